"""The window inspects the file as soon as it is open, says what it found, and leads to the log."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from db.connect import open_office
from desktop.ui.office.log import LogViewPage
from desktop.ui.office.loganchor import AnchorPage
from desktop.ui.office.logfindings import FindingsPage
from desktop.ui.office.logmonth import MonthPage
from desktop.ui.window import MainWindow
from tests.tamper import outside
from tests.ui.office_fixtures import session


def opened(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    window.open_office(path, session(path))
    qtbot.waitUntil(window.ready, timeout=20_000)


def pick(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """Choose from 本单位 by the begin of the words."""
    entry = next(one for one in window._office_menu.actions() if one.text().startswith(words))
    entry.trigger()
    qtbot.waitUntil(window.ready, timeout=20_000)


def test_an_untouched_file_is_opened_without_a_word(
    qtbot: QtBot, window: MainWindow, office_path: Path
) -> None:
    opened(qtbot, window, office_path)
    assert window.bar.isHidden()
    for words, kind in (
        ("操作记录", LogViewPage),
        ("月度核对单", MonthPage),
        ("核对链首", AnchorPage),
    ):
        pick(qtbot, window, words)
        assert isinstance(window.stack.currentWidget(), kind)


def test_a_touched_file_is_told_at_once_and_until_it_is_taken_note_of(
    qtbot: QtBot, window: MainWindow, office_path: Path
) -> None:
    db = open_office(office_path, session(office_path).keys.data)
    outside(db, "UPDATE unit SET name = '市别的局' WHERE id = 2")
    db.close()
    opened(qtbot, window, office_path)
    assert not window.bar.isHidden()
    assert "单位“市市场监督局”被程序以外的人改动过" in window.bar.text()
    window.bar.clicked.emit("findings")
    qtbot.waitUntil(window.ready, timeout=20_000)
    page = window.stack.currentWidget()
    assert isinstance(page, FindingsPage)
    assert "发现 1 处不符" in page.bar.text()
    page.reason.setText("已查明")
    page.accept.click()
    qtbot.waitUntil(lambda: window.ready() and window.bar.isHidden(), timeout=20_000)
    assert "核对无误" in page.bar.text()
    page.back.click()
    opened(qtbot, window, office_path)
    assert window.bar.isHidden()
