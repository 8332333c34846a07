"""The words of the letter book: statuses, what was done, what the check found, what a code tells."""

from collections.abc import Sequence

from desktop.text import N_, _, ngettext_
from desktop.ui.common.palette import Status as Colour
from desktop.usecases.letterbook import Status
from desktop.usecases.lettercode import Agreement, Measured, Printer
from desktop.usecases.letters import Finding
from desktop.usecases.records import Event

STATUSES = {
    Status.USED: (N_("已用"), Colour.DONE),
    Status.RESERVED: (N_("预留"), Colour.WAITING),
    Status.VOID: (N_("作废"), Colour.VOID),
}

_EVENTS = {
    "letter.reserve": N_("预留编号"),
    "letter.next": N_("指定下一份文书使用"),
    "letter.void": N_("作废"),
    "letter.seal": N_("登记用印"),
    "letter.dispatch": N_("登记发出"),
    "undo": N_("撤销"),
}

#: Notes of the layout: what it had to do so that the letter is as it should be.
_NOTES = {
    "note.tighter-rows": N_("为使落款与正文同页，行距略有缩小（GB/T 9704 7.3.5.5）。"),
    "note.pulled-rows": N_("为使落款与正文同页，有几行正文移到了末页。"),
    "note.separate-colophon": N_("版记在落款下面排不下，单独成页。"),
    "note.no-body-on-first-page": N_("标题和主送机关占满了首页，首页没有正文（7.3.3）。"),
    "note.rare-characters": N_("有生僻字由补充字库印出，字形可能与正文略有差别。"),
}

AGREEMENTS = {
    Agreement.UNREADABLE: (
        N_("这不是本程序文书上的二维码，或者没有扫全。"),
        N_("请对准文书首页左下角的二维码再扫一次。"),
    ),
    Agreement.UNKNOWN: (
        N_("本单位的发文登记簿里没有这份文书。"),
        N_("它可能是别的单位发的，也可能出自另一个数据文件。"),
    ),
    Agreement.ALTERED: (
        N_("编号是本单位的，内容与登记的文书不一致。"),
        N_("这份文书可能被改动过，或者不是本单位印发的；请与登记的文书逐字核对。"),
    ),
    Agreement.DAMAGED: (
        N_("文书是本单位的，但数据文件里保存的原件已丢失或者被改动。"),
        N_("请从备份恢复数据文件，再查验一次。"),
    ),
    Agreement.VOID: (
        N_("文书是本单位的，已经作废。"),
        N_("作废的文书不再有效；原件仍保存在登记簿里。"),
    ),
    Agreement.GOOD: (
        N_("文书是本单位的，与登记的一致。"),
        N_("二维码里的校验码与登记的相同，保存的原件没有改动。"),
    ),
}


def event_words(event: Event) -> str:
    """Return what an event did to a letter; whatever made it is told as making."""
    words = _EVENTS.get(event.action)
    return _(words) if words else _("制作文书")


def finding_words(finding: Finding) -> str:
    """Return one line of the check."""
    if finding.code in _NOTES:
        return _(_NOTES[finding.code])
    return _("{title}：应为{wanted}，实测{measured}（{clause}）").format(
        title=finding.title,
        wanted=finding.wanted,
        measured=finding.measured,
        clause=finding.clause,
    )


def is_note(finding: Finding) -> bool:
    """Say whether a finding is no fault."""
    return finding.code.startswith("note.")


def check_words(findings: Sequence[Finding]) -> str:
    """Return what the check of a letter came to, in one sentence."""
    off = sum(not is_note(one) for one in findings)
    if not off:
        return _("检查：没有发现不符合 GB/T 9704—2012 的地方。")
    return ngettext_(
        "检查：有 {n} 处不符合 GB/T 9704—2012。", "检查：有 {n} 处不符合 GB/T 9704—2012。", off
    ).format(n=off)


def printer_words(seen: Measured) -> str:
    """Return what the ruler says of a printer, and what to do about it."""
    scale = f"{seen.scale:.1%}"
    if seen.printer is Printer.GOOD:
        return _("可以印制公文：版心的大小和位置都在 1 毫米以内。")
    if seen.printer is Printer.SHIFTED:
        return _(
            "大小准确，位置偏了：向右 {right} 毫米、向下 {down} 毫米（负数为向左、向上）。"
            "请在打印机属性里校正进纸位置。"
        ).format(right=f"{seen.right:+.1f}", down=f"{seen.down:+.1f}")
    if seen.printer is Printer.STRETCHED:
        return _("宽和高的比例不一样，打印机走纸不准，请检修打印机或者换一台。")
    if seen.scale < 1:
        return _("打印时缩小到了 {scale}。请在打印对话框里选“实际大小”，不要选“适合页面”。").format(
            scale=scale
        )
    return _("打印时放大到了 {scale}。请在打印对话框里选“实际大小”，缩放填 100 %。").format(
        scale=scale
    )
