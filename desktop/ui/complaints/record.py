"""The record pane: one complaint, where it stands, its clocks, its next step, all that is known."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.rules.complaints import Identity, State, Step
from desktop.text import _, format_date
from desktop.ui.common import clipboard, icons, theme, wording
from desktop.ui.common.empty import EmptyState
from desktop.ui.common.labels import button, label, press_with_enter
from desktop.ui.common.palette import Status
from desktop.ui.common.panes import on_top, upright
from desktop.ui.common.permission import allow
from desktop.ui.common.record import (
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
from desktop.ui.complaints import actions, dates, reading, words
from desktop.ui.complaints.actions import (
    APPROVAL_SHEET,
    CONTENTS_SHEET,
    CORRECT,
    INTAKE_SHEET,
    TRANSCRIPT,
    UNDO,
    Permits,
)
from desktop.ui.complaints.handlers import Handlers, counted
from desktop.ui.complaints.identity import Complainants
from desktop.ui.complaints.links import Links
from desktop.ui.complaints.origin import ORIGIN_REPLY
from desktop.ui.complaints.papers import Attachments, Letters
from desktop.ui.complaints.paused import PauseCard, resting
from desktop.ui.complaints.points import Points, tab_words
from desktop.ui.context import Context
from desktop.usecases import links, replies
from desktop.usecases.looking import Looked
from desktop.usecases.register import ComplaintView

_NARROWEST = 32  # characters


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
        self._permits = Permits(context)
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
        self.next.why_not = lambda key: self._permits.why_not(self.view, key)
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
            self.tabs.add(key, text, on_top(page))

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
        hidden = self._permits.why_hidden(view)
        self.letters.show_letters(view.letters, named=named, hidden=hidden)
        self.files.show_files(view.attachments, hidden=hidden)
        self.links.show_links(view, self._permits.why_not_linked(view))
        self.handlers.show_handlers(view, self._permits.why_not_named(view))
        self.tabs.set_text("handlers", _counted(_("承办"), counted(view)))
        self.tabs.set_text("links", _counted(_("关联件"), len(view.links)))
        self.points.show_points(view.points, self._permits.why_no_points(view), told=named)
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
        wanted = next((one for one in stops if not one.isHidden() and one.isEnabled()), self)
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_with_enter(event):
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody's name stays behind a page or another tab."""
        super().hideEvent(event)
        if self.complainants is not None and self.complainants.is_open():
            self.hide_complainants()

    # -- inside --------------------------------------------------------------------------------

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
        self._scroll = upright(inside)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
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
        self.next.set_actions(*actions.offered(view))
        self._show_how(view, actions.following(view))
        self._show_second(view)

    def _show_how(self, view: ComplaintView, following: Step | None) -> None:
        """When an answer is due, say how it was asked for."""
        due = following in (Step.ANSWER, Step.REFUSE) and view.reply_way is not None
        self._how.setText(
            _("请按投诉人选择的方式答复：{way}").format(way=_reply_way(view)) if due else ""
        )
        self._how.setVisible(due)

    def _show_second(self, view: ComplaintView) -> None:
        """A second button where two things are likely."""
        self.propose.setVisible(view.state is State.REGISTERED)
        allow(self.propose, self._permits.why_not(view, Step.PROPOSE.value))
        second = actions.second(view, self._today())
        self._second_key = second.key if second is not None else ""
        if second is not None:
            self.second.setText(second.text)
            icons.dress(self.second, second.icon)
            allow(self.second, self._permits.why_not(view, second.key))
        self.second.setVisible(second is not None)

    def _show_facts(self, view: ComplaintView) -> None:
        complaint = view.complaint
        self.complainants = Complainants()
        self.complainants.wanted.connect(self.reveal)
        self.complainants.hidden.connect(self.hide_complainants, Qt.ConnectionType.QueuedConnection)
        self.complainants.allow(self._permits.why_hidden(view))
        anonymous = view.standing.identity is Identity.ANONYMOUS
        void = not anonymous and view.state is State.VOID
        self.complainants.show_mask(0 if anonymous else view.complainants, void=void)
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


def _counted(word: str, count: int) -> str:
    return f"{word} {count}" if count else word
