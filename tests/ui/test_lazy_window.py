"""The window makes its tabs and pages when they are shown, and the rest when nothing else is to do."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.registry import TABS
from desktop.ui.window import MainWindow
from tests.ui.office_fixtures import NOW, session

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
