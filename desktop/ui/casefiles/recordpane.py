"""One case file: what it is, where it stands, its gate, the one next step, and all the rest."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.rules.casefiles import CaseState, CaseStep
from desktop.text import _, format_date
from desktop.ui.casefiles import quiet, words
from desktop.ui.common import theme, wording
from desktop.ui.common.bars import MessageBar
from desktop.ui.common.flow import clear
from desktop.ui.common.labels import button, card, label
from desktop.ui.common.palette import Status
from desktop.ui.common.panes import upright
from desktop.ui.common.record import (
    Action,
    Chip,
    Clock,
    ClockCard,
    ExhibitList,
    Header,
    NextStep,
    QuietTabs,
    Stepper,
)
from desktop.ui.context import Context
from desktop.usecases.shelf import CaseView

REVISE, RECEIPT, EVIDENCE_LIST = "revise", "receipt", "evidence_list"


#: The right that a step needs where it is not called as the step is.
_RIGHTS = {
    CaseStep.DIVISION: "case.divide",
    CaseStep.APPROVAL: "case.approve",
    CaseStep.REFERRAL: "case.refer",
    RECEIPT: "case.serve",
}
#: What is only read and printed; whoever may see who complained may print it.
_READ = (EVIDENCE_LIST,)


def right_of(key: str) -> str:
    """Return the action for which somebody needs the right to open a page."""
    return _RIGHTS.get(key, f"case.{key}")


class RecordPane(QScrollArea):
    """Right side of the tab."""

    wanted = Signal(str)  # a CaseStep, or REVISE or RECEIPT: a page is to open
    origin = Signal()
    letter = Signal(int)
    file_opened = Signal(object)
    file_kept = Signal(object)
    withdrawn = Signal(str, int)  # "evidence" or "hearing", and its id

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.view: CaseView | None = None
        self.bar = MessageBar()
        self.header = Header()
        self.origin_link = button("", "link", "link")
        self.origin_link.setObjectName("casefiles.origin")
        self.origin_link.clicked.connect(self.origin)
        self.stepper = Stepper()
        self.gate = ExhibitList()
        self.gate.setObjectName("casefiles.gate")
        self.gate.chosen.connect(self.wanted)
        self._gate_title = label("", "strong", wrap=True)
        self._gate_hint = label("", "hint", wrap=True)
        self._gate_card = self._make_gate()
        self.clocks = ClockCard(_("整改期限"))
        self.next = NextStep()
        self.next.main.setObjectName("casefiles.next")
        self.next.more.setObjectName("casefiles.more")
        self.next.chosen.connect(self.wanted)
        self._context = context
        self.next.why_not = self._why_not
        self.tabs = QuietTabs()
        self.tabs.bar.setObjectName("casefiles.tabs")
        self._columns: dict[str, QVBoxLayout] = {}
        self._makers: dict[str, Callable[[], QWidget]] = {}
        for key, text in (
            ("facts", _("案情")),
            ("evidence", _("证据与陈述")),
            ("responsibility", _("责任与处理")),
            ("papers", _("文书与送达")),
            ("files", _("附件")),
        ):
            self._add_page(key, text)
        self.tabs.shown.connect(self._turn)
        self._lay_out()

    def barred(self) -> str:
        """Return why the user at the desk must leave this case alone (回避), or nothing."""
        view = self.view
        if view is None or not view.withdrawn:
            return ""
        return wording.why_not_words("recused").format(number=view.case.number)

    def _why_not(self, key: str) -> str:
        """Return why the user may not do this to the case."""
        if key in _READ:
            of_complaint = self.view is not None and self.view.case.complaint is not None
            return self._context.why_hidden() if of_complaint else ""
        return self.barred() or self._context.why_not(right_of(key))

    def show_case(self, view: CaseView) -> None:
        """Show a case; another one begins without the message of the one before."""
        if self.view is None or self.view.case.id != view.case.id:
            self.bar.clear()
            self.verticalScrollBar().setValue(0)
        self.view = view
        case = view.case
        state, status = wording.CASE_STATES[view.state]
        chips = [Chip(_(state), status)]
        if view.withdrawn:
            chips.append(Chip(_("您须回避"), Status.OVERDUE))
        self.header.show_record(
            case.number,
            case.title,
            chips,
            _("{unit} · {day} 立案").format(unit=case.unit_name, day=format_date(case.opened)),
        )
        self._show_origin(view)
        self.stepper.set_steps(words.stepper(view))
        self._show_gate(view)
        self._show_clock(view)
        self.next.set_actions(_next(view), _others(view))
        self._fill(view)

    def _show_origin(self, view: CaseView) -> None:
        self.origin_link.setVisible(view.origin is not None)
        if view.origin is not None:
            self.origin_link.setText(_("来源：{name}").format(name=view.origin.words))
            self.origin_link.setAccessibleName(self.origin_link.text())

    def _show_gate(self, view: CaseView) -> None:
        running = view.state in (CaseState.DECIDED, CaseState.SERVED, CaseState.RECTIFIED)
        self._gate_card.setVisible(running or view.state is CaseState.OPEN)
        self._gate_title.setText(_("结案前核对") if running else _("作出决定前应当具备"))
        self.gate.set_exhibits(words.closing(view) if running else words.gate(view))
        source = None if running else words.gate_source(view)
        title = _("依据《{title}》").format(title=source.title) if source else ""
        self._gate_hint.setText(title)
        self._gate_hint.setVisible(bool(title))

    def _show_clock(self, view: CaseView) -> None:
        due = view.rectify
        self.clocks.setVisible(due is not None and view.state is not CaseState.VOID)
        if due is None:
            return
        left, status = wording.clock_words(due.status)
        day = format_date(due.due)
        if due.tentative:
            day = _("{day}（暂定）").format(day=day)
        told = _("本办公室在文书中定的期限")
        name = _("改正情况报告")
        self.clocks.set_clocks([Clock("rectify", name, day, left, status, told)])

    def _fill(self, view: CaseView) -> None:
        self._makers = {
            "facts": lambda: quiet.facts(view),
            "evidence": lambda: quiet.evidence(
                view,
                self.withdrawn.emit,
                self.file_opened.emit,
                self.barred() or self._context.why_hidden(),
            ),
            "responsibility": lambda: quiet.responsibility(view),
            "papers": lambda: quiet.papers(view, self.letter.emit),
            "files": lambda: quiet.files(view, self.file_opened.emit, self.file_kept.emit),
        }
        self.tabs.set_text("papers", _counted(_("文书与送达"), len(view.letters)))
        self.tabs.set_text("files", _counted(_("附件"), len(view.attachments)))
        self._turn(self.tabs.current())

    def _turn(self, key: str) -> None:
        """Keep only the page in front, so that the pane is no taller than it."""
        for column in self._columns.values():
            clear(column)
        if key in self._makers:
            made = self._makers[key]()
            self._columns[key].addWidget(made, 0, Qt.AlignmentFlag.AlignTop)

    def _make_gate(self) -> QWidget:
        frame = card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        column.addWidget(self._gate_title)
        column.addWidget(self._gate_hint)
        column.addWidget(self.gate)
        return frame

    def _add_page(self, key: str, text: str) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        self._columns[key] = column
        self.tabs.add(key, text, page)

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.bar)
        column.addWidget(self.header)
        column.addWidget(self.origin_link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.stepper)
        column.addWidget(self.next)
        column.addWidget(self._gate_card)
        column.addWidget(self.clocks)
        column.addWidget(self.tabs)
        column.addStretch(1)
        upright(inside, self)


def _counted(text: str, n: int) -> str:
    return _("{text} {n}").format(text=text, n=n) if n else text


def _next(view: CaseView) -> Action | None:
    if not view.permitted:
        return None
    step = view.permitted[0]
    return Action(step.value, _(wording.CASE_STEPS[step]))


def _others(view: CaseView) -> list[Action]:
    """Every other step in its order; what cannot be done now says why."""
    if view.state is CaseState.VOID:
        return []
    first = view.permitted[0] if view.permitted else None
    actions = []
    for step in CaseStep:
        if step in (CaseStep.OPEN, first):
            continue
        text, reason = _(wording.CASE_STEPS[step]), words.reason_against(view, step)
        if step is CaseStep.DECIDE and view.state is CaseState.OPEN:
            # The draft may be looked at any time; the page says what is missing.
            text, reason = _("看决定书草稿…"), ""
        actions.append(Action(step.value, text, reason))
    told = "" if view.state is CaseState.OPEN else _("已经作出决定，不能再改。")
    actions.append(Action(REVISE, _("修改案情…"), told, "edit"))
    none = "" if view.evidence else _("还没有登记证据。")
    actions.append(Action(EVIDENCE_LIST, _("打印证据目录…"), none, "print"))
    if view.letters and CaseStep.SERVE in view.permitted:
        actions.append(Action(RECEIPT, _("打印送达回证…"), "", "print"))
    return actions
