"""A new office in the real window: the card 开始使用, where its lines lead, the handbook beside it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from desktop.ui.office.handbook import HandbookPage
from desktop.usecases import calendars, founding
from desktop.usecases import office as offices
from desktop.usecases.office import Acting
from tests.e2e.conftest import NOW
from tests.e2e.hand import Hand
from tests.ui.office_fixtures import DRAFT, LIGHT, session

K = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(name="office")
def _office(tmp_path: Path) -> Path:
    path = tmp_path / "新单位.db"
    founding.create_office(path, DRAFT, Acting(1, "王敏", NOW), LIGHT).close()
    return path


def _open(hand: Hand, path: Path, clerk: int = 1) -> None:
    hand.window.open_office(path, session(path, clerk))
    hand.until(hand.window.ready, "the office")
    hand.rest()


def _handbook(hand: Hand) -> HandbookPage:
    page = hand.window.stack.currentWidget()
    assert isinstance(page, HandbookPage)
    return page


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("sheet", "recovery"),
        ("people", "people"),
        ("second", "backups"),
        ("calendar", "calendar"),
    ],
)
def test_each_line_leads_to_its_page(hand: Hand, office: Path, line: str, shown: str) -> None:
    _open(hand, office)
    hand.click(f"today.beginning.{line}.go")
    assert hand.window.stack.currentWidget().objectName() == shown


def test_the_import_leads_to_the_register(hand: Hand, office: Path) -> None:
    _open(hand, office)
    hand.click("today.beginning.import")
    assert hand.window.tabs.currentWidget().objectName() == "complaints"
    hand.window.show_handbook()
    page = _handbook(hand)
    assert page.book.chapters[page.shown().chapter].key == "import"
    page.leave()
    assert hand.window.tabs.currentWidget().objectName() == "complaints"


def test_a_step_skipped_is_found_again(hand: Hand, office: Path) -> None:
    _open(hand, office)
    where = hand.see("today.beginning.where")
    assert where.text() == "第 2 步，共 7 步；可以随时停下，下次接着办。"
    hand.click("today.beginning.import.aside")
    assert "跳过" in hand.said()
    hand.key(K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert hand.see("today.beginning.import")
    hand.click("today.beginning.import.aside")
    hand.click("today.beginning.import.back")
    assert hand.see("today.beginning.import")
    for line in ("people", "second", "calendar", "import"):
        hand.click(f"today.beginning.{line}.aside")
    _open(hand, office)
    assert [b.objectName() for b in hand.see("today.beginning").findChildren(object)
            if b.objectName().endswith(".go")] == ["today.beginning.sheet.go"]  # fmt: skip
    hand.window.show_page("settings")
    hand.rest()
    assert hand.see("settings.skipped").text() == "“开始使用”里有跳过的步骤。"
    hand.see("settings.skipped").clicked.emit("back")
    hand.rest()
    hand.window.show_tab("today")
    hand.rest()
    assert hand.see("today.beginning.import")


def test_the_calendar_is_ticked_off_once_it_was_looked_at(hand: Hand, office: Path) -> None:
    known = offices.open_office(office, session(office))
    calendars.confirm_year(known, 2027, True, Acting(1, "王敏", NOW))
    known.close()
    _open(hand, office)
    hand.click("today.beginning.calendar.checked")
    assert not hand.see("today.beginning").findChildren(object, "today.beginning.calendar")


def test_who_may_do_none_of_it_sees_no_card(hand: Hand, office: Path) -> None:
    _open(hand, office, 4)
    assert hand.window.tab("today").beginning.isHidden()  # type: ignore[union-attr]


def test_the_handbook_opens_at_what_is_on_the_screen_and_goes_back_there(
    hand: Hand, office: Path
) -> None:
    _open(hand, office)
    for page, chapter in (("users", "users"), ("backups", "backups"), ("calendar", "first-day")):
        hand.window.show_page(page)
        hand.rest()
        hand.window.show_handbook()
        book = _handbook(hand)
        assert book.book.chapters[book.shown().chapter].key == chapter
        hand.window.show_handbook()  # again: it stays where it is
        book.leave()
        assert hand.window.stack.currentWidget().objectName() == page
    hand.window.show_tab("casefiles")
    hand.window.show_handbook()
    book = _handbook(hand)
    assert book.book.chapters[book.shown().chapter].key == "casefiles"


def test_the_handbook_can_be_read_before_an_office_is_open(hand: Hand) -> None:
    hand.window.show_handbook()
    page = _handbook(hand)
    assert page.book.chapters[page.shown().chapter].key == "first-day"
    page.leave()
    assert hand.window.stack.currentWidget() is hand.window.welcome


def test_the_menu_has_the_handbook_and_its_keys(hand: Hand) -> None:
    def entries() -> list[QAction]:
        return [one for one in hand.window.findChildren(QAction) if one.text() == "使用手册(&M)"]

    hand.until(lambda: bool(entries()), "what stands in the menus, right after the first page")
    found = entries()
    assert [action.shortcut().toString() for action in found] == ["Shift+F1"]
    found[0].trigger()
    _handbook(hand)
