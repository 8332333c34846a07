"""A file that was restored or is of an older making: what is derived is made anew, and it is said."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from db.queries import clocks as kept
from desktop.ui import opened
from desktop.ui.complaints.tab import ComplaintsTab
from desktop.ui.window import MainWindow
from desktop.usecases import listing
from desktop.usecases import office as offices
from desktop.usecases.listing import Query
from desktop.usecases.office import Office
from desktop.usecases.session import unlock
from tests.bench import data
from tests.bench.password import NOW, PASSWORD

WAIT = 60_000
COUNT = 6_000
_TABLES = ("derived", "complaint_gram_data", "complaint_clock", "complaint_line")


@pytest.fixture(scope="module", name="made")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("making") / "office.db"
    data.make(path, COUNT)
    return path


@pytest.fixture(name="path")
def _path(made: Path) -> Path:
    """An office of which nothing derived is known, as a restored one."""
    with_office(made, lambda office: kept.forget(office.db))
    return made


@pytest.fixture(name="window")
def _window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setattr(opened, "_UNTOLD", 0.0)  # a few thousand take long
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(lambda: NOW, settings, tmp_path / "sample.db")
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.discard()
    window.deleteLater()


def with_office(path: Path, act: Callable[[Office], object]) -> None:
    office = offices.open_office(path, unlock(path, 1, PASSWORD))
    act(office)
    office.close()


def derived_rows(path: Path) -> list[object]:
    found: list[object] = []
    for one in _TABLES:
        query = f"SELECT * FROM {one} ORDER BY 1, 2"
        with_office(path, lambda o, q=query: found.append(o.db.execute(q).fetchall()))
    return found


def hits(path: Path) -> int:
    found: list[int] = []
    word = Query(words=data.words(5).words[0])
    with_office(path, lambda o: found.append(listing.opening(o, word, data.TODAY).count))
    return found[0]


def begin(window: MainWindow, path: Path) -> None:
    window.open_office(path, unlock(path, 1, PASSWORD), "complaints")


def making(window: MainWindow) -> bool:
    return window.stack.currentWidget() is window.making


def test_it_says_how_far_it_is_and_shows_the_list_then(
    qtbot: QtBot, window: MainWindow, path: Path
) -> None:
    said: list[str] = []

    def ready() -> bool:
        if making(window):
            said.append(window.making.sentence())
            assert window.working.isVisible()
        return window.ready()

    begin(window, path)
    qtbot.waitUntil(ready, timeout=WAIT)
    assert all(one.startswith("正在为检索整理旧数据…") for one in said)
    shares = [int(re.findall(r"(\d+) %", one)[0]) for one in said]
    assert shares == sorted(shares)
    assert len(set(shares)) > 3
    tab = window.tab("complaints")
    assert isinstance(tab, ComplaintsTab)
    assert tab.isVisible()
    assert tab.model.rowCount() == COUNT
    assert not window.working.isVisible()


def test_stopped_it_leaves_the_file_as_it_was_and_it_can_be_opened_again(
    qtbot: QtBot, window: MainWindow, path: Path
) -> None:
    before = derived_rows(path)
    begin(window, path)
    qtbot.waitUntil(lambda: making(window), timeout=WAIT)
    stop = next(b for b in window.working.findChildren(QPushButton) if b.text() == "停止")
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.context is None, timeout=WAIT)
    assert window.stack.currentWidget() is window.welcome
    assert window.status.text() == "已停止整理，数据文件没有改动；下次打开时再整理。"
    assert not window.working.isVisible()
    assert before[0] == []
    assert derived_rows(path) == before
    begin(window, path)
    qtbot.waitUntil(window.ready, timeout=WAIT)
    assert window.status.text() == ""
    window._leave_office(lambda: None)
    assert derived_rows(path)[0]
    assert hits(path) > 0


def test_who_leaves_meanwhile_does_not_wait_for_it(
    qtbot: QtBot, window: MainWindow, path: Path, tmp_path: Path
) -> None:
    before = derived_rows(path)
    other = tmp_path / "other.db"
    data.make(other, 20)
    begin(window, path)
    qtbot.waitUntil(lambda: making(window), timeout=WAIT)
    begin(window, other)
    qtbot.waitUntil(window.ready, timeout=WAIT)
    assert window.path == other
    tab = window.tab("complaints")
    assert isinstance(tab, ComplaintsTab)
    assert tab.model.rowCount() == 20
    assert not window.working.isVisible()
    assert derived_rows(path) == before


def test_what_is_made_in_a_moment_is_not_spoken_of(
    qtbot: QtBot, window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "_UNTOLD", 600.0)
    begin(window, path)
    qtbot.waitUntil(window.ready, timeout=WAIT)
    assert "making" not in vars(window)
    window._leave_office(lambda: None)
    assert derived_rows(path)[0]
