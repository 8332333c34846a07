"""The tab on a fresh office, and a clerk's hands: what is clicked, typed, and picked by keyboard."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.rules.casefiles import CaseStep
from desktop.rules.complaints import ComplaintDraft, Identity, Outcome, Ruling
from desktop.ui.casefiles import CaseFilesTab
from desktop.ui.casefiles.pages.base import CasePage
from desktop.ui.context import Context
from desktop.usecases import casefiles, complaints, shelf
from desktop.usecases.casefiles import CaseDraft, PersonPart
from desktop.usecases.complaints import DecisionDraft, FindingDraft
from desktop.usecases.office import Office
from desktop.usecases.shelf import CaseView
from tests.ui import desk
from tests.ui.office_fixtures import ACTING, NOW

T = TypeVar("T")
TODAY = NOW.date()
FACTS = "经查，三季度公租房分配结果逾期十五日才在网站公布。"

CASE = CaseDraft(
    unit=1,
    title="公租房分配结果未按时公开",
    facts=FACTS,
    situations=("6.1",),
    people=(
        PersonPart("张喆", "窗口科员", "handler"),
        PersonPart("赵建国", "副局长", "supervising_leader"),
    ),
    day=date(2026, 11, 2),
)


_NONE = Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier


class Desk(desk.Desk):
    """The tab with what a test asks of it."""

    def __init__(self, qtbot: QtBot, context: Context) -> None:
        super().__init__(qtbot, context)
        self.tab = self.follow(CaseFilesTab(context))

    # -- waiting -------------------------------------------------------------------------------

    def wait(self) -> None:
        """Wait until the worker is idle and what follows from its answers is shown."""
        for _again in range(3):
            self.qtbot.waitUntil(self.context.tasks.idle, timeout=20_000)
            QApplication.processEvents()

    settle = wait

    def open_case(self, draft: CaseDraft = CASE) -> int:
        """A case file that exists already, shown on the right."""
        case_id = self.ask(lambda office: casefiles.open_case(office, draft, ACTING)).value
        self.turn_to(case_id)
        return case_id

    def turn_to(self, case_id: int) -> None:
        self.tab.open_record(case_id)
        self.settle()

    def view(self) -> CaseView:
        """The case on screen, as the office has it now."""
        shown = self.tab.record.view
        assert shown is not None
        return self.ask(lambda office: shelf.view(office, shown.case.id, TODAY))

    # -- hands ---------------------------------------------------------------------------------

    def find(self, name: str) -> Any:
        """The visible widget of this name."""
        found = [one for one in self.tab.findChildren(QWidget, name) if one.isVisible()]
        assert found, f"nothing called {name} is to be seen"
        return found[0]

    def write(self, name: str, text: str) -> None:
        """Type into a field as an input method does, in place of what it holds."""
        widget = self.find(name)
        widget.setFocus()
        widget.selectAll()
        desk.commit(widget, text)

    def pick(self, name: str, words: str) -> None:
        """Choose in a combo box with the arrow keys."""
        self.pick_in(self.find(name), words)

    def pick_in(self, combo: QWidget, words: str) -> None:
        assert isinstance(combo, QComboBox)
        combo.setFocus()
        for _line in range(combo.count()):
            if combo.currentText().startswith(words):
                return
            self.qtbot.keyClick(combo, Qt.Key.Key_Down)
        assert combo.currentText().startswith(words), f"{words} is not offered"

    def tick(self, words: str, within: str) -> None:
        """Click the option with these words of a field of the page."""
        for one in self.page.form.editor(within).editors():
            if isinstance(one, QAbstractButton) and words in (one.text() or one.accessibleName()):
                # The middle of a radio button may lie beside its words.
                one.setFocus()
                self.qtbot.keyClick(one, Qt.Key.Key_Space)
                return
        raise AssertionError(f"{words} is not offered in {within}")

    def cell(self, row: int, column: str, field: str = "people") -> Any:
        """The input in a row of a repeating field."""
        rows: Any = self.page.form.editor(field)
        return rows.cell(row, column).target()

    def add_row(self, field: str = "people") -> None:
        """The link below the rows."""
        rows: Any = self.page.form.editor(field)
        self.qtbot.mouseClick(rows.add_button, Qt.MouseButton.LeftButton)

    def write_cell(self, row: int, column: str, text: str, field: str = "people") -> None:
        widget = self.cell(row, column, field)
        widget.setFocus()
        desk.commit(widget, text)
        self.qtbot.keyClick(QApplication.activePopupWidget() or widget, Qt.Key.Key_Tab)

    @property
    def page(self) -> CasePage:
        """The page that is open."""
        assert self.tab.page is not None, "no page is open"
        return self.tab.page

    def rest(self) -> None:
        """Wait until the office has answered what the last edits asked."""
        page: Any = self.page
        self.qtbot.waitUntil(lambda: not page._timer.isActive(), timeout=5_000)
        self.settle()

    def press(self, key: Qt.Key, hold: Qt.KeyboardModifier = _NONE) -> None:
        """Press a key where the keyboard is; a list of suggestions is left first."""
        if QApplication.focusWidget() is None:
            self.tab.activateWindow()
            self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        self.qtbot.keyClick(QApplication.focusWidget(), key, hold)
        self.settle()

    def save(self) -> None:
        """Ctrl+Enter."""
        self.press(Qt.Key.Key_Return, _CTRL)

    def escape(self) -> None:
        self.press(Qt.Key.Key_Escape)

    def step(self, step: CaseStep) -> None:
        """Take a step from the button or from 更多."""
        shown = self.tab.record.view
        assert shown is not None
        if shown.permitted and shown.permitted[0] is step:
            self.click("casefiles.next")
        else:
            self.tab.record.next.choose(step.value)
            self.settle()

    # -- what stands there ---------------------------------------------------------------------

    def faults(self) -> dict[str, str]:
        return self.page.form.faults()

    def numbers(self) -> Sequence[str]:
        """The numbers in the list, as it is filtered now."""
        model = self.tab.list_pane.list.model()
        return [model.index(at, 0).data() for at in range(model.rowCount())]


@pytest.fixture(name="desk")
def _desk(qtbot: QtBot, context: Context) -> Iterator[Desk]:
    desk = Desk(qtbot, context)
    yield desk
    desk.settle()


def prove_complaint(office: Office) -> int:
    """A complaint that was found to be true, ready to be turned into a case."""
    draft = ComplaintDraft(
        channel="phone",
        received=date(2026, 10, 12),
        identity=Identity.ANONYMOUS,
        complainants=(),
        accused_unit=1,
        accused_person="张喆",
        grounds=("5",),
        subject="公租房分配结果迟迟不公开",
        text="三季度分配结果没有公布。",
        demands="",
    )
    found = FindingDraft(date(2026, 10, 20), "王敏、李堃", FACTS, Outcome.PROVEN, "转入责任追究")
    made = complaints.register_complaint(office, draft, ACTING).value
    ruled = DecisionDraft("周主任", date(2026, 10, 13), Ruling.ACCEPT)
    complaints.decide(office, made, ruled, ACTING)
    complaints.record_finding(office, made, found, ACTING)
    return made
