"""The letter book as part of the whole window: its menu, taking back, going to a record and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.letters.book import LetterBookPage
from desktop.ui.letters.codepage import CodePage
from desktop.ui.letters.testpage import TestPage
from desktop.ui.window import MainWindow
from desktop.usecases import letterbook
from desktop.usecases import office as offices
from desktop.usecases.letterbook import Status
from tests.ui.letters.conftest import NOW, answer, transfer
from tests.ui.office_fixtures import session


@pytest.fixture(name="window")
def _window(qtbot: QtBot, office_path: Path, tmp_path: Path) -> Iterator[MainWindow]:
    office = offices.open_office(office_path, session(office_path))
    transfer(office)
    answer(office)
    office.close()
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(lambda: NOW, settings, tmp_path / "sample.db")
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.open_office(office_path, session(office_path))
    qtbot.waitUntil(window.ready, timeout=20_000)
    yield window
    window.discard()


def pick(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """Take a line of a menu."""
    action = next(one for one in window.findChildren(QAction) if one.text().startswith(text))
    assert action.isEnabled()
    action.trigger()
    qtbot.waitUntil(window.ready, timeout=20_000)


def test_the_menu_leads_to_the_book_and_a_void_letter_is_taken_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    pick(qtbot, window, "发文登记簿")
    book = window.stack.currentWidget()
    assert isinstance(book, LetterBookPage)
    book.view.list.select(1)
    qtbot.waitUntil(window.ready, timeout=20_000)
    book.view.record.steps.choose("void")
    assert book._page is not None
    book._page.form.set_values({"reason": "重号"})  # type: ignore[attr-defined]
    save = book.findChild(QPushButton, "letters.void.save")
    assert isinstance(save, QPushButton)
    save.click()
    qtbot.waitUntil(window.ready, timeout=20_000)
    assert window.status.text() == "澄公开办投转〔2026〕1号 已作废。"
    row = book.view.list.current_row()
    assert row is not None
    assert row.status is Status.VOID
    window.status.undo.emit()
    qtbot.waitUntil(window.status.asking, timeout=20_000)
    (why,) = window.status.findChildren(QComboBox)
    why.setEditText("没有重号")
    qtbot.keyClick(why, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.status.text() == "已撤销。", timeout=20_000)
    qtbot.waitUntil(window.ready, timeout=20_000)
    row = book.view.list.current_row()
    assert row is not None
    assert row.status is Status.USED
    told = [one.text() for one in book.view.record.findChildren(QLabel)]
    assert any("没有重号" in one for one in told)  # the letter's own history has it


def test_a_letter_leads_to_its_complaint(qtbot: QtBot, window: MainWindow) -> None:
    pick(qtbot, window, "发文登记簿")
    book = window.stack.currentWidget()
    assert isinstance(book, LetterBookPage)
    book.view.list.select(2)
    qtbot.waitUntil(window.ready, timeout=20_000)
    book.view.record.steps.choose("open")
    qtbot.waitUntil(window.ready, timeout=20_000)
    assert window.tabs.currentWidget() is window.tab("complaints")
    assert window.stack.currentWidget() is not book


def test_a_code_leads_to_its_letter_and_the_test_page_is_there(
    qtbot: QtBot, window: MainWindow
) -> None:
    pick(qtbot, window, "查验二维码")
    page = window.stack.currentWidget()
    assert isinstance(page, CodePage)
    codes: list[str] = []
    window._context().tasks.run(
        lambda office: [row.letter.code for row in letterbook.book(office)], codes.extend
    )
    qtbot.waitUntil(lambda: bool(codes), timeout=20_000)
    page.input.setText(codes[1])
    page.ask()
    qtbot.waitUntil(window.ready, timeout=20_000)
    page.open_button.click()
    qtbot.waitUntil(window.ready, timeout=20_000)
    book = window.stack.currentWidget()
    assert isinstance(book, LetterBookPage)
    row = book.view.list.current_row()
    assert row is not None
    assert row.letter.code == codes[1]
    pick(qtbot, window, "打印测试页")
    assert isinstance(window.stack.currentWidget(), TestPage)
