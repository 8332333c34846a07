"""The window makes its tabs and pages when they are shown, and the rest when nothing else is to do."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QListWidget, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.common import early
from desktop.ui.common.labels import label
from desktop.ui.complaints.tab import ComplaintsTab
from desktop.ui.registry import TABS
from desktop.ui.window import MainWindow
from tests.ui.office_fixtures import NOW, PASSWORD, session

WAIT = 30_000


@pytest.fixture(name="window")
def _window(qtbot: QtBot, office_path: Path, tmp_path: Path) -> Iterator[MainWindow]:
    def clock() -> datetime:
        return NOW

    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(clock, settings, tmp_path / "sample.db")
    window.resize(1366, 768)
    window.open_office(office_path, session(office_path))
    window.show()
    qtbot.waitUntil(window.ready, timeout=WAIT)
    yield window
    window.discard()
    window.deleteLater()


def test_a_tab_is_made_when_it_is_turned_to_and_stands_where_its_title_is(
    qtbot: QtBot, window: MainWindow
) -> None:
    window._ahead.stop()
    assert "casefiles" not in window._tabs.made
    kept = window.tabs.widget(2)
    icon = window.tabs.tabIcon(2).cacheKey()
    tabs = window.tabs.tabBar()
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(2).center())
    qtbot.waitUntil(window.ready, timeout=WAIT)
    made = window._tabs.made["casefiles"]
    assert window.tabs.currentWidget() is made is window.tabs.widget(2)
    assert made is not kept
    assert made.isVisible()
    assert window.tabs.count() == len(TABS)
    assert window.tabs.tabText(2) == "责任追究案卷"
    assert window.tabs.tabIcon(2).cacheKey() == icon


def test_the_other_tabs_are_made_in_idle_moments_without_being_turned_to(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.waitUntil(lambda: not window._ahead.at_work(), timeout=WAIT)
    assert set(window._tabs.made) == {key for key, _title, _icon in TABS}
    assert window.tabs.currentIndex() == 0
    assert not window._pages.made


def test_what_is_prepared_waits_for_who_types(qtbot: QtBot, window: MainWindow) -> None:
    assert window._ahead.at_work()
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Down)
    made = len(window._tabs.made)
    assert window._ahead._timer.remainingTime() > 500
    assert len(window._tabs.made) == made


def test_a_page_is_made_once(qtbot: QtBot, window: MainWindow) -> None:
    before = window.stack.count()
    window.show_page("people")
    qtbot.waitUntil(window.ready, timeout=WAIT)
    first: QWidget = window.stack.currentWidget()
    window.show_tab("today")
    window.show_page("people")
    qtbot.waitUntil(window.ready, timeout=WAIT)
    assert window.stack.currentWidget() is first
    assert window.stack.count() == before + 1


def test_a_window_opened_at_a_tab_shows_that_one_and_makes_no_other(
    qtbot: QtBot, office_path: Path, tmp_path: Path
) -> None:
    settings = QSettings(str(tmp_path / "other.ini"), QSettings.Format.IniFormat)
    window = MainWindow(lambda: NOW, settings, tmp_path / "sample.db")
    window.open_office(office_path, session(office_path), "assessments")
    window.show()
    qtbot.waitUntil(lambda: window._ready, timeout=WAIT)
    assert list(window._tabs.made) == ["assessments"]
    assert window.tabs.currentWidget() is window._tabs.made["assessments"]
    qtbot.waitUntil(window.ready, timeout=WAIT)
    window.discard()
    window.deleteLater()


# ---- at the door -------------------------------------------------------------------------------


@pytest.fixture(name="door")
def _door(qtbot: QtBot, office_path: Path, tmp_path: Path) -> Iterator[MainWindow]:
    """A window at the door of an office, painted; nothing is prepared as yet."""
    settings = QSettings(str(tmp_path / "door.ini"), QSettings.Format.IniFormat)
    window = MainWindow(lambda: NOW, settings, tmp_path / "sample.db")
    window.resize(1366, 768)
    window.open_office(office_path)
    window.show()
    yield window
    window.discard()
    window.deleteLater()


def _type(qtbot: QtBot, window: MainWindow, name: str = "王敏", password: str = PASSWORD) -> None:
    card = window.unlock.card
    clerk = next(user.clerk for user in card._users if user.name == name)
    card.choose(clerk)
    qtbot.keyClicks(card.password.line, password)
    qtbot.keyClick(card.password.line, Qt.Key.Key_Return)


def _prepared(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: {"complaints", "today"} <= set(window._tabs.made), timeout=WAIT)
    qtbot.waitUntil(lambda: not window._ahead.at_work(), timeout=WAIT)


def test_a_password_typed_at_once_opens_the_office_whole(qtbot: QtBot, door: MainWindow) -> None:
    _type(qtbot, door)
    qtbot.waitUntil(door.ready, timeout=WAIT)
    assert door.tabs.count() == len(TABS)
    assert door.tabs.currentWidget() is door._tabs.made["today"]
    assert door.menuBar().actions()[0].menu().actions()  # type: ignore[attr-defined]
    assert door._day.text().startswith("2026-")


def test_a_password_typed_while_things_are_prepared_takes_what_is_there(
    qtbot: QtBot, door: MainWindow
) -> None:
    qtbot.waitUntil(lambda: door._ahead.at_work() and bool(door._keys), timeout=WAIT)
    _type(qtbot, door)
    qtbot.waitUntil(door.ready, timeout=WAIT)
    assert door.tabs.count() == len(TABS)
    assert len(door._keys) == len({keys.key().toString() for keys in door._keys})


def test_what_was_prepared_is_what_is_shown_to_whoever_comes_in(
    qtbot: QtBot, door: MainWindow
) -> None:
    _prepared(qtbot, door)
    page = door._tabs.made["complaints"]
    assert isinstance(page, ComplaintsTab)
    assert page.new_button.isEnabled()  # nobody is there yet, so nothing is refused
    _type(qtbot, door, "周晓", "nothing like it")
    qtbot.waitUntil(lambda: not door.unlock.card.fault.isHidden(), timeout=WAIT)
    assert door.context is None
    _type(qtbot, door, "周晓")
    qtbot.waitUntil(door.ready, timeout=WAIT)
    door.show_tab("complaints")
    assert door._tabs["complaints"] is page
    assert not page.new_button.isEnabled()  # 周晓 only reads
    assert "查阅" in page.new_button.toolTip()


def test_the_next_user_finds_pages_of_his_own(
    qtbot: QtBot, door: MainWindow, office_path: Path
) -> None:
    _prepared(qtbot, door)
    first = door._tabs.made["complaints"]
    _type(qtbot, door, "周晓")
    qtbot.waitUntil(door.ready, timeout=WAIT)
    door.open_office(office_path)
    _type(qtbot, door, "李堃")
    qtbot.waitUntil(door.ready, timeout=WAIT)
    page = door.tab("complaints")
    assert isinstance(page, ComplaintsTab)
    assert page is not first
    assert page.new_button.isEnabled()


def test_a_page_opened_at_the_door_stays_while_things_are_prepared(
    qtbot: QtBot, door: MainWindow
) -> None:
    door.show_page("about")
    shown = door.stack.currentWidget()
    qtbot.waitUntil(lambda: not door._ahead.at_work() and bool(door._keys), timeout=WAIT)
    assert door.stack.currentWidget() is shown
    assert shown.isVisible()
    door.open_office(door.unlock._door.path)
    _type(qtbot, door)
    qtbot.waitUntil(door.ready, timeout=WAIT)


def test_a_menu_opened_right_after_the_start_is_whole(qtbot: QtBot, door: MainWindow) -> None:
    menu = next(m for m in door.findChildren(QMenu) if m.title() == "文件(&F)")
    assert not menu.actions()
    menu.aboutToShow.emit()
    named = {action.text(): action for action in menu.actions()}
    assert not named["打开数据文件(&O)…"].icon().isNull()
    assert not named["关闭数据文件(&C)"].isEnabled()
    count = len(menu.actions())
    qtbot.waitUntil(lambda: bool(door._keys), timeout=WAIT)
    assert len(menu.actions()) == count


def test_the_numbers_set_before_the_first_paint_are_those_of_qt(qtbot: QtBot) -> None:
    text, area = label("<b>1</b>"), QListWidget()
    for one in (text, area):
        qtbot.addWidget(one)
    assert text.textFormat() is Qt.TextFormat.PlainText
    early.no_bar_below(area)
    assert area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    early.let_focus(area, on=False)
    assert area.focusPolicy() is Qt.FocusPolicy.NoFocus
    early.let_focus(area)
    assert area.focusPolicy() is Qt.FocusPolicy.StrongFocus
    early.hint_password(area)
    hint = Qt.InputMethodHint
    assert area.inputMethodHints() == (
        hint.ImhHiddenText
        | hint.ImhSensitiveData
        | hint.ImhNoAutoUppercase
        | hint.ImhNoPredictiveText
        | hint.ImhLatinOnly
    )
