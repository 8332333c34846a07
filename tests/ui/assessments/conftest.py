"""The tab on an office with units, a round to score, and hands on the keyboard."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.rules import assessments as rules
from desktop.rules.rulebook import System
from desktop.ui.assessments.gridpage import GridPage
from desktop.ui.assessments.tab import AssessmentsTab
from desktop.ui.context import Context
from desktop.usecases import assessments, people, profile
from desktop.usecases.assessments import RoundDraft, RoundView, ScoreDraft
from desktop.usecases.office import Office
from tests.ui import desk
from tests.ui.office_fixtures import ACTING, NOW

T = TypeVar("T")
POINTS = ("20", "15", "25", "25", "15")
GOOD = ("18", "13", "21", "20", "12")
POOR = ("8", "6", "11", "9.5", "6")


class Desk(desk.Desk):
    """The tab with what a test asks of it."""

    def __init__(self, qtbot: QtBot, context: Context) -> None:
        super().__init__(qtbot, context)
        self.tab = self.follow(AssessmentsTab(context))

    def reload(self) -> None:
        self.tab.reload()
        self.wait()

    def open_round(self, pack: str = "baoding") -> int:
        """Open a round over all units, under the rules of a place."""

        def job(office: Office) -> int:
            if pack != "baoding":
                use_pack(office, pack)
            book = office.book(System.ASSESSMENT)
            assert book is not None
            blocks = [b.id for b in assessments.blocks(book)]
            points = dict(zip(blocks, (*POINTS, "10")[: len(blocks)], strict=True))
            floors = dict(zip((g.id for g in rules.grades(book)), ("80", "70", "60"), strict=False))
            kind = assessments.kinds(book)[-1].id
            units = tuple(u.id for u in people.directory(office).units)
            draft = RoundDraft(2026, kind, "2026年度年终考核", NOW.date(), units, points, floors)
            return assessments.open_round(office, draft, ACTING).value

        made = self.work(job)
        self.reload()
        return made

    def score(self, unit: int, points: tuple[str, ...], *, unsatisfied: bool = False) -> None:
        """Keep a unit's scores as the grid would."""
        blocks = [b.id for b in self.view().blocks]
        given: Mapping[str, str] = dict(zip(blocks, points, strict=False))
        draft = ScoreDraft(given, {}, "公开栏更新不及时。", unsatisfied)
        self.work(lambda office: assessments.score(office, unit, draft, ACTING))

    def view(self) -> RoundView:
        """The newest round as it is kept."""
        return self.work(_newest, changes=False)

    def grid(self, unit: int = 1) -> GridPage:
        """Open the grid on a unit as the button does."""
        self.tab.overview.select(unit)
        self.click("assessments.score")
        page = self.tab.page()
        assert isinstance(page, GridPage)
        return page

    def type(self, widget: QWidget, text: str) -> None:
        """Type a text; what no keyboard has comes from an input method."""
        if text.isascii():
            self.qtbot.keyClicks(widget, text)
            return
        desk.commit(widget, text)

    def press(self, widget: QWidget, key: Qt.Key) -> None:
        self.qtbot.keyClick(widget, key)

    def clipboard(self) -> str:
        return QGuiApplication.clipboard().text()

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)


def use_pack(office: Office, pack: str) -> None:
    """Let the office assess by another place's rules."""
    draft = profile.draft_of(office)
    packs = {**draft.packs, System.ASSESSMENT: pack}
    changed = profile.OfficeDraft(
        draft.name,
        draft.letterhead,
        draft.mark,
        draft.telephone,
        draft.address,
        draft.contact,
        draft.clerks,
        packs,
    )
    profile.save_profile(office, changed, ACTING)


def _newest(office: Office) -> RoundView:
    return assessments.view(office, assessments.rounds(office)[0].id)


@pytest.fixture(name="desk")
def _desk(qtbot: QtBot, context: Context) -> Iterator[Desk]:
    made = Desk(qtbot, context)
    yield made
    made.wait()
