"""What can be done to a complaint, as its record offers it, and why not."""

from datetime import date

from desktop.rules.clocks import ClockState
from desktop.rules.complaints import UNDECIDED, Identity, State, Step, why_not_correct
from desktop.rules.links import why_not_merge, why_not_reopen
from desktop.text import _
from desktop.ui.common import wording
from desktop.ui.common.record import Action
from desktop.ui.complaints import words
from desktop.ui.complaints.handlers import HANDLER, RECUSAL
from desktop.ui.complaints.links import LINK, MERGE, REOPEN
from desktop.ui.complaints.origin import ORIGIN_REPLY
from desktop.ui.context import Context
from desktop.usecases import links, origins, points, sheets
from desktop.usecases.register import ComplaintView

_ICONS = {
    Step.PROPOSE: "edit",
    Step.DECIDE: "signature",
    Step.ACCEPTANCE: "mail",
    Step.TRANSFER: "send",
    Step.CHASE: "clock",
    Step.OBJECT: "undo",
    Step.REFUSE: "prohibited",
    Step.INTERIM: "mail",
    Step.EXTENSION: "calendar",
    Step.PAUSE: "pause",
    Step.RESUME: "play",
    Step.FIND: "search",
    Step.ANSWER: "mail",
    Step.CLOSE: "checkmark",
    Step.ARCHIVE: "archive",
    Step.OPEN_CASE: "gavel",
}


#: 修改登记 is no step of the matter; nor are papers to print.
CORRECT = "correct"
APPROVAL_SHEET, INTAKE_SHEET, CONTENTS_SHEET = "approval_sheet", "intake_sheet", "contents_sheet"
#: 撤销上一步 asks for a reason; what may be taken back is found when it is chosen.
UNDO = "undo"
TRANSCRIPT = "transcript"


#: The right that an action needs where it is not called as the step is.
_RIGHTS = {
    Step.OPEN_CASE: "case.open",
    APPROVAL_SHEET: "complaint.decide",
    INTAKE_SHEET: "complaint.reveal",
    CONTENTS_SHEET: "complaint.export",
    UNDO: "undo",
    TRANSCRIPT: "complaint.reveal",
}
#: Clocks in these states ask for a written word now.
_PRESSING = (ClockState.SOON, ClockState.TODAY, ClockState.GRACE, ClockState.OVERDUE)


class Permits:
    """What the user at the desk may do to a complaint; each answer is a sentence, or nothing."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def why_not(self, view: ComplaintView | None, key: str) -> str:
        """Why the user may not do this."""
        if key == INTAKE_SHEET and view is not None and not view.complainants:
            return ""
        if barred := self.barred(view):
            return barred
        return self._context.why_not(_RIGHTS.get(key, f"complaint.{key}"))

    def barred(self, view: ComplaintView | None) -> str:
        """Why the user must leave this complaint alone (回避)."""
        if view is None or not view.withdrawn:
            return ""
        return wording.why_not_words("recused").format(number=view.complaint.number)

    def why_not_named(self, view: ComplaintView) -> dict[str, str]:
        """Why nobody can be named to handle it, or to withdraw."""
        over = self.barred(view) or wording.why_not_words(why_not_correct(view.state))
        return {
            HANDLER: self._context.why_not("complaint.handler") or over,
            RECUSAL: self._context.why_not("complaint.recuse") or over,
        }

    def why_not_linked(self, view: ComplaintView) -> dict[str, str]:
        """Why the complaint can not be linked, merged or taken up anew."""
        void = "void" if view.state is State.VOID else ""
        merge = why_not_merge(view.state, has_case=view.standing.has_case)
        reopen = "merged" if links.merged_into(view) else why_not_reopen(view.state)
        said = wording.why_not_words
        return {
            LINK: self.barred(view) or self._context.why_not("complaint.link") or said(void),
            MERGE: self.barred(view) or self._context.why_not("complaint.merge") or said(merge),
            REOPEN: self.barred(view)
            or self._context.why_not("complaint.register")
            or said(reopen)
            or self._context.why_hidden(),
        }

    def why_no_points(self, view: ComplaintView) -> str:
        """Why the points can not be answered one by one."""
        over = wording.why_not_words(points.why_not(view.state))
        return self.barred(view) or self._context.why_not("complaint.points") or over

    def why_hidden(self, view: ComplaintView) -> str:
        """Why nobody is to see who complained."""
        return self.barred(view) or self._context.why_hidden()


def following(view: ComplaintView) -> Step | None:
    """The step that comes next."""
    return next((s for s in view.permitted if s is not Step.OPEN_CASE), None)


def offered(view: ComplaintView) -> tuple[Action | None, list[Action]]:
    """The next step, and all that 更多 holds; what can not be done says why."""
    first = following(view)
    others = [
        Action(
            p.step.value,
            words.step_name(p.step, view.state),
            wording.why_not_words(p.why_not),
            _ICONS[p.step],
        )
        for p in sorted(view.permissions, key=lambda p: bool(p.why_not))
        if p.step is not first
    ]
    main = Action(first.value, words.step_name(first, view.state)) if first is not None else None
    undo = Action(UNDO, _("撤销上一步…"), _void(view), "undo")
    told = [_origin_reply(view)] if view.complaint.origin else []
    return main, [*others, *told, _correction(view), *_sheets(view), undo]


def second(view: ComplaintView, today: date) -> Action | None:
    """What is as likely as the next step: paper for the leader, a late reply, the written word."""
    late = view.reply_due is not None and view.reply_due < today
    if view.state in UNDECIDED:
        return Action(APPROVAL_SHEET, _("打印批示单…"), "", "print")
    if view.state is State.TRANSFERRED and late:
        return Action(Step.CHASE.value, _(wording.STEPS[Step.CHASE]), "", "clock")
    if Step.INTERIM in view.permitted and _word_due(view):
        return Action(Step.INTERIM.value, _(wording.STEPS[Step.INTERIM]), "", "mail")
    return None


def _sheets(view: ComplaintView) -> list[Action]:
    """The papers that can be printed at any time, or say why not."""
    waits = view.state in UNDECIDED
    decided = "" if waits else _("已经批示过了。")
    named = view.standing.identity is not Identity.ANONYMOUS
    intake = _("打印登记表…（显示投诉举报人）") if named else _("打印登记表…")
    return [
        Action(APPROVAL_SHEET, _("打印批示单…"), decided, "print"),
        Action(INTAKE_SHEET, intake, "", "print"),
        Action(CONTENTS_SHEET, _("打印卷内目录…"), "", "print"),
        *([Action(TRANSCRIPT, _transcript(view), "", "print")] if sheets.spoken(view) else []),
    ]


def _transcript(view: ComplaintView) -> str:
    channel = sheets.spoken(view)
    here = channel is not None and sheets.in_person(channel)
    if view.standing.identity is Identity.ANONYMOUS:
        return _("打印接谈记录…") if here else _("打印电话记录…")
    return _("打印接谈记录…（显示投诉举报人）") if here else _("打印电话记录…（显示投诉举报人）")


def _origin_reply(view: ComplaintView) -> Action:
    why_not = wording.why_not_words(origins.why_not(view))
    return Action(ORIGIN_REPLY, _("回复来源单位…"), why_not, "mail")


def _correction(view: ComplaintView) -> Action:
    why_not = wording.why_not_words(why_not_correct(view.state))
    return Action(CORRECT, _("修改登记…（F2）"), why_not, "edit")


def _void(view: ComplaintView) -> str:
    return wording.why_not_words("void") if view.state is State.VOID else ""


def _word_due(view: ComplaintView) -> bool:
    """Whether the days for the written word end soon, or have, and the matter is not finished."""
    return any(
        c.rule.stops == "told_in_writing" and c.status.state in _PRESSING for c in view.clocks
    )
