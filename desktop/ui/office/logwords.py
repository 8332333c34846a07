"""The log's words as the window shows them: one line, a finding, a signature, a look-up of a head."""

from datetime import datetime

from desktop.text import N_, _, format_date
from desktop.ui.common.bars import Tone
from desktop.ui.common.palette import Status
from desktop.usecases import audit, auditwords
from desktop.usecases.audit import AnchorVerdict, Finding, Held
from desktop.usecases.auditlog import LogLine, Signature

SIGNATURES = {
    Signature.GOOD: (N_("签名有效：内容与签名时相同，由本人的密钥签署。"), Tone.INFO),
    Signature.ALTERED: (N_("内容与校验值不符：这条记录被程序以外的人改动过。"), Tone.ERROR),
    Signature.FORGED: (N_("签名无效：不是用本人的密钥签署的。"), Tone.ERROR),
    Signature.NONE: (N_("没有签名：写下这条记录时用户还没有密钥。"), Tone.WARN),
}

_HELD = {
    Held.UNREADABLE: (
        N_("这不是链首。链首形如 1234-ABCD-EFGH-IJKL-MNOP，也可以扫文书上的二维码。"),
        Tone.WARN,
    ),
    Held.HELD: (
        N_("数据文件里有这个链首：第 {seq} 条和它以前的操作记录都没有被删去或者换过。"),
        Tone.INFO,
    ),
    Held.CUT: (
        N_(
            "数据文件只到第 {last} 条，没有第 {seq} 条：末尾的操作记录被截去，"
            "或者这是一份旧的数据文件。请从备份恢复。"
        ),
        Tone.ERROR,
    ),
    Held.OTHER: (
        N_(
            "数据文件的第 {seq} 条不是印出时的那一条：第 {seq} 条或者它以前的操作记录被换过，"
            "或者这张纸不是本单位的。"
        ),
        Tone.ERROR,
    ),
}


def held_words(verdict: AnchorVerdict) -> tuple[str, Tone]:
    """Return what a look-up of a head came to, and how much it matters."""
    said, tone = _HELD[verdict.held]
    return _(said).format(seq=verdict.seq, last=verdict.last), tone


def moment(at: datetime) -> str:
    """Return a day and a time."""
    return f"{format_date(at.date())} {at:%H:%M}"


def action(line: LogLine) -> str:
    """Return what was done."""
    return auditwords.action_words(line.action, _)


def standing(line: LogLine) -> tuple[str, Status | None]:
    """Return what became of an event: taken back, a reveal, a time that is in doubt."""
    if line.undone_by is not None:
        return _("已撤销"), Status.VOID
    if line.doubtful:
        return _("时间存疑"), Status.SOON
    if line.action in ("complaint.reveal", "complaint.search"):
        return _("看身份"), Status.WAITING
    if line.action == "log.accept":
        return _("知悉"), Status.SOON
    return "", None


def told(progress: audit.Progress) -> audit.Progress:
    """Let a long job say how far it is in the language in use."""
    return lambda text, done, total: progress(_(text), done, total)


def finding(one: Finding) -> str:
    """Return a finding as a sentence."""
    return audit.sentence(one, _)
