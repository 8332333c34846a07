"""How an unopened letter is worded: columns, state and seal, what can be done, what is known."""

from dataclasses import replace

from desktop.rules.handovers import HandoverState, Sealing
from desktop.text import N_, _, format_date
from desktop.ui.common import wording
from desktop.ui.common.palette import Status
from desktop.ui.common.record import Action, Fact
from desktop.ui.common.table import Column
from desktop.usecases.handovers import Row, View

NAME = "handovers"

STATES = {
    HandoverState.HELD: (N_("待移交"), Status.WAITING),
    HandoverState.HANDED: (N_("已移交"), Status.DONE),
    HandoverState.VOID: (N_("作废"), Status.VOID),
}
SEALINGS = {
    Sealing.INTACT: N_("封条完好"),
    Sealing.PASTED: N_("无封条，封口完好"),
    Sealing.BROKEN: N_("封条破损"),
    Sealing.OPENED: N_("收到时已拆"),
    Sealing.MISTAKE: N_("误拆后重新封存"),
}
EVENTS = {
    "handover.register": N_("登记"),
    "handover.correct": N_("修改登记"),
    "handover.hand": N_("移交"),
    "handover.void": N_("作废"),
    "handover.print": N_("打印交接单"),
    "undo": N_("撤销"),
}


def columns() -> list[Column[Row]]:
    """The columns of the list."""
    return [
        Column("number", _("编号"), lambda row: row.letter.number, width=7.8),
        Column("received", _("收到"), lambda row: row.letter.received.isoformat(), width=5.6),
        Column("kind", _("来信类别"), lambda row: row.rule.name if row.rule else "", width=9.2),
        Column(
            "state",
            _("状态"),
            lambda row: _(STATES[row.state][0]),
            width=4.5,
            status=lambda row: STATES[row.state][1],
        ),
        Column("due", _("移交期限"), _due, width=6, status=_due_colour),
        Column("to", _("接收单位"), lambda row: row.letter.to_unit, width=6, stretch=True),
    ]


def _due(row: Row) -> str:
    return wording.clock_words(row.due.status)[0] if row.due else ""


def _due_colour(row: Row) -> Status | None:
    return wording.clock_words(row.due.status)[1] if row.due else None


def actions(seen: View) -> tuple[Action | None, list[Action]]:
    """The next step, and what else can be done."""
    state = seen.row.state
    over = wording.why_not_words("void") if state is HandoverState.VOID else ""
    handed = wording.why_not_words("already_done") if state is HandoverState.HANDED else over
    hand = Action("hand", _("登记移交…"), handed, "send")
    sheet = Action("print", _("打印交接单…"), over, "print")
    rest = [
        Action("correct", _("修改登记…"), over, "edit"),
        Action("void", _("作废…"), over, "prohibited"),
    ]
    if state is HandoverState.HELD:
        return replace(hand, icon=""), [sheet, *rest]
    return None, [hand, sheet, *rest]


def facts(seen: View) -> list[Fact]:
    """What is known of the outside of a letter."""
    letter, due = seen.row.letter, seen.row.due
    by = ""
    if due is not None:
        by = _("{day} 前").format(day=format_date(due.due))
        by = _("{due} 暂定").format(due=by) if due.tentative else by
    weight = _("{n} 克").format(n=letter.weight) if letter.weight else _("没有称")
    handed = ""
    if letter.handed is not None:
        handed = f"{format_date(letter.handed)} {letter.handed_at}"
    return [
        Fact(_("依据"), seen.citation),
        *([Fact(_("移交期限"), by)] if by else []),
        Fact(_("信封特征"), letter.envelope),
        Fact(_("送信人"), letter.brought),
        Fact(_("封条编号"), letter.seal),
        Fact(_("封口情况"), _(SEALINGS[seen.sealing])),
        Fact(_("件数和重量"), _("{n} 件，{weight}").format(n=letter.pieces, weight=weight)),
        Fact(_("登记人"), letter.clerk_name),
        Fact(_("接收单位"), letter.to_unit),
        Fact(_("接收人"), letter.to_person),
        Fact(_("移交时间"), handed),
        *([Fact(_("移交人"), letter.handed_by)] if letter.handed_by else []),
        *([Fact(_("作废原因"), letter.void_reason)] if letter.void_reason else []),
        Fact(_("内容"), _("不录入")),
    ]
