"""A name is completed by its characters, its spelling and its initials."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.common import spelling
from desktop.ui.common.forms.texts import LineEditor

NAMES = ["市住房保障局", "市市场监督局", "东关街道办事处"]


@pytest.mark.parametrize("typed", ["住房", "szf", "SZF", "zhufang"])
def test_what_is_typed_in_letters_finds_the_name(qtbot: QtBot, typed: str) -> None:
    spelling.learn({"市住房保障局": "shizhufangbaozhangju szfbzj", "市市场监督局": "sscjdj"})
    editor = LineEditor()
    qtbot.addWidget(editor)
    editor.suggest(NAMES)
    editor.show()
    qtbot.waitExposed(editor)
    editor.line.setFocus()
    completer = editor.line.completer()
    completer.setCompletionPrefix(typed)
    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "市住房保障局"
    assert spelling.fits(typed, "市住房保障局")
    assert not spelling.fits(typed, "东关街道办事处")
    assert not spelling.fits(" ", "市住房保障局")


def test_the_list_gives_the_name_and_not_its_letters(qtbot: QtBot) -> None:
    spelling.learn({"市住房保障局": "shizhufangbaozhangju szfbzj"})
    editor = LineEditor()
    qtbot.addWidget(editor)
    editor.suggest(NAMES)
    editor.show()
    qtbot.waitExposed(editor)
    editor.activateWindow()
    editor.line.setFocus()
    qtbot.waitUntil(editor.line.hasFocus)
    QTest.keyClicks(editor.line, "zfbz")
    popup = editor.line.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert editor.value() == "市住房保障局"


def test_letters_of_one_name_only_become_it_when_the_line_is_left(qtbot: QtBot) -> None:
    spelling.learn({"赵建国": "zhaojianguo zjg", "张喆": "zhangzhe zz"})
    editor, other = LineEditor(), LineEditor()
    page = QWidget()
    column = QVBoxLayout(page)
    for one in (editor, other):
        column.addWidget(one)
    qtbot.addWidget(page)
    editor.suggest(["赵建国", "张喆"])
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    for typed, wanted in (("zjg", "赵建国"), ("zh", "zh"), ("Smith", "Smith"), ("zhangz", "张喆")):
        editor.line.setFocus()
        qtbot.waitUntil(editor.line.hasFocus)
        editor.line.clear()
        QTest.keyClicks(editor.line, typed)
        popup = editor.line.completer().popup()
        QTest.keyClick(popup if popup.isVisible() else editor.line, Qt.Key.Key_Tab)
        page.activateWindow()
        other.line.setFocus()
        qtbot.waitUntil(other.line.hasFocus)
        assert editor.value() == wanted
