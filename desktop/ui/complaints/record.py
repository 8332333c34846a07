"""The record pane: one complaint, where it stands, its clocks, its next step, all that is known."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.rules.clocks import ClockState
from desktop.rules.complaints import UNDECIDED, Identity, State, Step, why_not_correct
from desktop.rules.links import why_not_merge, why_not_reopen
from desktop.text import _, format_date
from desktop.ui.common import clipboard, icons, theme, wording
from desktop.ui.common.empty import EmptyState
from desktop.ui.common.labels import button, label
from desktop.ui.common.palette import Status
from desktop.ui.common.permission import allow
from desktop.ui.common.record import (
    Action,
    Chip,
    ClockCard,
    Fact,
    Facts,
    Header,
    NextStep,
    QuietTabs,
    Stepper,
    Timeline,
)
from desktop.ui.complaints import dates, reading, words
from desktop.ui.complaints.handlers import HANDLER, RECUSAL, Handlers, counted
from desktop.ui.complaints.identity import Complainants
from desktop.ui.complaints.links import LINK, MERGE, REOPEN, Links
from desktop.ui.complaints.origin import ORIGIN_REPLY
from desktop.ui.complaints.papers import Attachments, Letters
from desktop.ui.complaints.paused import PauseCard, resting
from desktop.ui.complaints.points import Points, tab_words
from desktop.ui.context import Context
from desktop.usecases import links, origins, points, replies, sheets
from desktop.usecases.looking import Looked
from desktop.usecases.register import ComplaintView

_NARROWEST = 32  # characters
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


class RecordPane(QStackedWidget):
    """Emits what the clerk wants: `step(Step)`, `sheet`, `letter`, `file`, `reveal`, `case(id)`."""

    step = Signal(object)
    sheet = Signal(str)
    letter = Signal(object)
    file = Signal(object)
    reveal = Signal(str, str)  # the reason, and words to it
    correction = Signal()
    undo = Signal()
    origin = Signal()
    case = Signal(int)

    def __init__(self, context: Context) -> None:
        """Begin with nothing; the context says which day it is and what the user may do."""
        super().__init__()
        self._context = context
        self._today = context.today
        self.view: ComplaintView | None = None
        self.header = Header()
        self.stepper = Stepper()
        self.clocks = ClockCard()
        self.next = NextStep()
        self.next.main.setObjectName("complaints.next")
        self.next.more.setObjectName("complaints.more")
        self._how = label("", "strong", wrap=True)
        self._how.setObjectName("complaints.how")
        self._second_key = ""
        self.second = button("", "", "print")
        self.second.setObjectName("complaints.second")
        self.second.clicked.connect(lambda: self._choose(self._second_key))
        self.propose = button(_("拟办…"), "", "edit")
        self.propose.setObjectName("complaints.proposal")
        self.propose.clicked.connect(lambda: self._choose(Step.PROPOSE.value))
        self.paused = PauseCard()
        self._build_tabs()
        self.next.chosen.connect(self._choose)
        self.next.why_not = self._why_not
        self.letters.wanted.connect(self.letter)
        self.files.wanted.connect(self.file)
        self._empty = EmptyState("list", _("在左边选一件，这里显示它的情况和下一步。"))
        self._lay_out()
        theme.on_change(self._fit)
        self._fit()
        self.setAccessibleName(_("投诉举报情况"))

    def _build_tabs(self) -> None:
        self.tabs = QuietTabs()
        self.tabs.setObjectName("complaints.tabs")
        self.complainants: Complainants | None = None
        self.facts = Facts()
        self.timeline = Timeline()
        self.points = Points()
        self.links = Links()
        self.handlers = Handlers()
        self.letters = Letters()
        self.files = Attachments()
        for key, text, page in (
            ("facts", _("基本情况"), self.facts),
            ("steps", _("办理过程"), self.timeline),
            ("points", _("诉求"), self.points),
            ("handlers", _("承办"), self.handlers),
            ("links", _("关联件"), self.links),
            ("letters", _("文书"), self.letters),
            ("files", _("附件"), self.files),
        ):
            self.tabs.add(key, text, _on_top(page))

    def show_view(self, view: ComplaintView) -> None:
        """Show a complaint; names that were revealed stay only while it is the same one."""
        same = self.view is not None and self.view.complaint.id == view.complaint.id
        self.view = view
        self._show_head(view)
        lines = dates.shown(view.clocks, view.book, view.national)
        if view.extended is not None:
            lines.insert(
                sum(c.end is not None for c in view.clocks), dates.extension(view.extended)
            )
        self.clocks.set_clocks(lines)
        self.clocks.setVisible(bool(lines) and links.merged_into(view) is None)
        self._show_actions(view)
        self.paused.show_pause(view, self._today())
        box = self.complainants if same else None
        if box is None or not (box.is_open() or box.is_asking()):
            self._show_facts(view)
        self.timeline.set_events(reading.events(view))
        named = view.standing.identity is not Identity.ANONYMOUS
        hidden = self._barred() or self._context.why_hidden()
        self.letters.show_letters(view.letters, named=named, hidden=hidden)
        self.files.show_files(view.attachments, hidden=hidden)
        self.links.show_links(view, self._why_not_linked(view))
        self.handlers.show_handlers(view, self._why_not_named(view))
        self.tabs.set_text("handlers", _counted(_("承办"), counted(view)))
        self.tabs.set_text("links", _counted(_("关联件"), len(view.links)))
        why_not = self._context.why_not("complaint.points")
        over = wording.why_not_words(points.why_not(view.state))
        told = view.standing.identity is not Identity.ANONYMOUS
        self.points.show_points(view.points, self._barred() or why_not or over, told=told)
        self.tabs.set_text("points", tab_words(view.points))
        self.tabs.set_text("letters", _counted(_("文书"), len(view.letters)))
        self.tabs.set_text("files", _counted(_("附件"), len(view.attachments)))
        if not same:
            self._scroll.verticalScrollBar().setValue(0)
        self.setCurrentWidget(self._scroll)

    def show_nothing(self) -> None:
        """Nothing is selected."""
        self.view = None
        self.complainants = None
        self.facts.set_facts(())
        self.setCurrentWidget(self._empty)

    def show_complainants(self, looked: Looked) -> None:
        """Show who complained and what they wrote, once the look was written down."""
        if self.view is not None:
            people = looked.people
            clipboard.guard().know(part for p in people for part in (p.name, p.phone, p.address))
            self._show_facts(replace(self.view, complaint=looked.written))
            if self.complainants is not None:
                self.complainants.reveal(looked.people, replies.in_words(looked.reply))

    def hide_complainants(self) -> None:
        """Show the masks again."""
        if self.view is not None:
            self._show_facts(self.view)

    def refuse_look(self, faults: dict[str, str]) -> None:
        """Say what is wrong with the reason for looking."""
        if self.complainants is not None:
            self.complainants.refuse(faults)

    def enter(self) -> None:
        """Put the keyboard where work goes on: on the next step, else on 更多."""
        stops: tuple[QWidget, ...] = (self.next.main, self.next.more, self.tabs.bar)
        wanted = next((one for one in stops if not one.isHidden()), self)
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        holder = QApplication.focusWidget()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() and isinstance(holder, QPushButton):
            holder.click()
            return
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody's name stays behind a page or another tab."""
        super().hideEvent(event)
        if self.complainants is not None and self.complainants.is_open():
            self.hide_complainants()

    # -- inside --------------------------------------------------------------------------------

    def _why_not(self, key: str) -> str:
        """Return why the user may not do this to any complaint."""
        if key == INTAKE_SHEET and self.view is not None and not self.view.complainants:
            return ""
        if barred := self._barred():
            return barred
        return self._context.why_not(_RIGHTS.get(key, f"complaint.{key}"))

    def _barred(self) -> str:
        """Return why the user at the desk must leave this complaint alone (回避), or nothing."""
        view = self.view
        if view is None or not view.withdrawn:
            return ""
        return wording.why_not_words("recused").format(number=view.complaint.number)

    def _why_not_named(self, view: ComplaintView) -> dict[str, str]:
        """Return why nobody can be named to handle it, or to withdraw."""
        over = self._barred() or wording.why_not_words(why_not_correct(view.state))
        return {
            HANDLER: self._context.why_not("complaint.handler") or over,
            RECUSAL: self._context.why_not("complaint.recuse") or over,
        }

    def _why_not_linked(self, view: ComplaintView) -> dict[str, str]:
        """Return why the complaint can not be linked, merged or taken up anew."""
        void = "void" if view.state is State.VOID else ""
        merge = why_not_merge(view.state, has_case=view.standing.has_case)
        reopen = "merged" if links.merged_into(view) else why_not_reopen(view.state)
        said = wording.why_not_words
        return {
            LINK: self._barred() or self._context.why_not("complaint.link") or said(void),
            MERGE: self._barred() or self._context.why_not("complaint.merge") or said(merge),
            REOPEN: self._barred()
            or self._context.why_not("complaint.register")
            or said(reopen)
            or self._context.why_hidden(),
        }

    def _choose(self, key: str) -> None:
        if key in (APPROVAL_SHEET, INTAKE_SHEET, CONTENTS_SHEET, TRANSCRIPT):
            self.sheet.emit(key)
        elif key == ORIGIN_REPLY:
            self.origin.emit()
        elif key == CORRECT:
            self.correction.emit()
        elif key == UNDO:
            self.undo.emit()
        else:
            self.step.emit(Step(key))

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        for part in (
            self.header, self.stepper, self.paused, self.clocks, self.next, self._how
        ):  # fmt: skip
            column.addWidget(part)
        buttons = self.next.main.parentWidget()
        row = buttons.layout() if buttons is not None else None
        assert row is not None
        row.addWidget(self.propose)
        row.addWidget(self.second)
        column.addSpacing(theme.TIGHT)
        column.addWidget(self.tabs, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.addWidget(self._empty)
        self.addWidget(self._scroll)

    def _fit(self) -> None:
        """Never so narrow that a clock does not fit on its line."""
        self.setMinimumWidth(theme.em(_NARROWEST))

    def _show_head(self, view: ComplaintView) -> None:
        complaint = view.complaint
        word, status = wording.STATES[view.state]
        identity = view.standing.identity
        origin = _("{channel} · {day} 收到 · {unit}").format(
            channel=view.channel, day=format_date(complaint.received), unit=complaint.unit_name
        )
        chips = [Chip(_(word), status), Chip(_(wording.IDENTITIES[identity]), Status.PAUSED)]
        if resting(view):
            chips.insert(1, Chip(_("中止"), Status.PAUSED))
        into = links.merged_into(view)
        if into is not None:
            chips.append(Chip(_("已并入 {number}").format(number=into.far_number), Status.VOID))
        if view.chased:
            chips.append(Chip(reading.chased(view), Status.WAITING))
        if view.withdrawn:
            chips.append(Chip(_("您须回避"), Status.OVERDUE))
        self.header.show_record(complaint.number, complaint.subject, chips, origin)
        self.stepper.set_steps(words.path(view))

    def _show_actions(self, view: ComplaintView) -> None:
        following = next((s for s in view.permitted if s is not Step.OPEN_CASE), None)
        listed = sorted(view.permissions, key=lambda p: bool(p.why_not))
        others = [
            Action(
                p.step.value,
                words.step_name(p.step, view.state),
                wording.why_not_words(p.why_not),
                _ICONS[p.step],
            )
            for p in listed
            if p.step is not following
        ]
        main = None
        if following is not None:
            main = Action(following.value, words.step_name(following, view.state))
        undo = Action(UNDO, _("撤销上一步…"), _void(view), "undo")
        told = [_origin_reply(view)] if view.complaint.origin else []
        self.next.set_actions(main, [*others, *told, _correction(view), *self._sheets(view), undo])
        self._show_how(view, following)
        self._show_second(view)

    def _show_how(self, view: ComplaintView, following: Step | None) -> None:
        """When an answer is due, say how it was asked for."""
        due = following in (Step.ANSWER, Step.REFUSE) and view.reply_way is not None
        self._how.setText(
            _("请按投诉人选择的方式答复：{way}").format(way=_reply_way(view)) if due else ""
        )
        self._how.setVisible(due)

    def _sheets(self, view: ComplaintView) -> list[Action]:
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

    def _show_second(self, view: ComplaintView) -> None:
        """A second button where two things are likely: paper for the leader, a late reply."""
        late = view.reply_due is not None and view.reply_due < self._today()
        self._second_key = ""
        self.propose.setVisible(view.state is State.REGISTERED)
        allow(self.propose, self._why_not(Step.PROPOSE.value))
        if view.state in UNDECIDED:
            self._second_key = APPROVAL_SHEET
            self.second.setText(_("打印批示单…"))
            icons.dress(self.second, "print")
        elif view.state is State.TRANSFERRED and late:
            self._second_key = Step.CHASE.value
            self.second.setText(_(wording.STEPS[Step.CHASE]))
            icons.dress(self.second, "clock")
        elif Step.INTERIM in view.permitted and _word_due(view):
            self._second_key = Step.INTERIM.value
            self.second.setText(_(wording.STEPS[Step.INTERIM]))
            icons.dress(self.second, "mail")
        self.second.setVisible(bool(self._second_key))
        allow(self.second, self._why_not(self._second_key) if self._second_key else "")

    def _show_facts(self, view: ComplaintView) -> None:
        complaint = view.complaint
        self.complainants = Complainants()
        self.complainants.wanted.connect(self.reveal)
        self.complainants.hidden.connect(self.hide_complainants, Qt.ConnectionType.QueuedConnection)
        self.complainants.allow(self._barred() or self._context.why_hidden())
        anonymous = view.standing.identity is Identity.ANONYMOUS
        self.complainants.show_mask(0 if anonymous else view.complainants)
        received = format_date(complaint.received)
        if view.receipt is not None:
            received = f"{received}\n{view.receipt.text}。{view.receipt_citation}"
        facts = [
            Fact(_("投诉举报人"), self.complainants),
            *([Fact(_("答复方式"), _reply_way(view))] if view.reply_way else []),
            *reading.content_facts(view),
            *reading.transfer_facts(view),
            Fact(_("来件方式"), view.channel),
            Fact(_("收到日期"), received),
            Fact(_("登记日期"), format_date(complaint.registered)),
            *reading.archive_facts(view),
        ]
        if view.satisfaction is not None:
            facts.append(Fact(_("满意度"), reading.satisfied(view.satisfaction)))
        if complaint.case_id is not None:
            facts.insert(0, Fact(_("责任追究案卷"), self._case_link(view)))
        self.facts.set_facts(facts)

    def _case_link(self, view: ComplaintView) -> QWidget:
        link = button(view.complaint.case_number or "", "link", "gavel")
        link.setObjectName("complaints.case")
        case = view.complaint.case_id or 0
        link.clicked.connect(lambda: self.case.emit(case))
        return link


def _reply_way(view: ComplaintView) -> str:
    return _(wording.REPLY_WAYS[view.reply_way]) if view.reply_way else ""


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


def _on_top(page: QWidget) -> QWidget:
    """A page that stays at the top of its room."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(page)
    column.addStretch(1)
    return holder


def _counted(word: str, count: int) -> str:
    return f"{word} {count}" if count else word
