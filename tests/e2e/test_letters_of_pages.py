"""The letters that a page shows (Alt+W of 反映内容(W)) are the page's, though menus have them too."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.complaints.imports import ImportPage
from desktop.ui.complaints.tab import ComplaintsTab
from tests.e2e.hand import CTRL, Hand
from tests.ui.office_fixtures import make_office, session

K = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(name="tab")
def _tab(hand: Hand, tmp_path: Path) -> ComplaintsTab:
    path = tmp_path / "office.db"
    make_office(path)
    hand.window.open_office(path, session(path, 1))
    hand.until(hand.window.ready, "the office")
    hand.window.show_tab("complaints")
    hand.rest()
    tab = hand.window.tab("complaints")
    assert isinstance(tab, ComplaintsTab)
    return tab


def test_a_letter_of_the_form_goes_to_its_field_every_time(hand: Hand, tab: ComplaintsTab) -> None:
    hand.key(K.Key_N, CTRL)
    form = hand.form()
    for _again in range(3):
        form.editor("channel").target().setFocus()
        hand.key(K.Key_W, ALT)
        assert QApplication.focusWidget() is form.editor("text").target()
        assert hand.window.menuBar().activeAction() is None
    form.editor("channel").target().setFocus()
    hand.key(K.Key_V, ALT)  # no field has it
    assert "外观" in hand.window.menuBar().activeAction().text()
    QTest.keyClick(QApplication.activePopupWidget() or hand.window.menuBar(), K.Key_Escape)


def test_a_ledger_is_settled_by_letters_from_the_first_key_on(
    hand: Hand, tab: ComplaintsTab, tmp_path: Path
) -> None:
    path = tmp_path / "台账.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["编号", "收到日期", "被投诉单位", "内容"])
    sheet.append(["信1", "2025-03-05", "东关镇财政所", "收费不公开。"])
    book.save(path)
    tab.import_action.trigger()
    hand.rest()
    page = tab._page
    assert isinstance(page, ImportPage)
    page.ask_open = lambda: str(path)
    hand.key(K.Key_Space)
    hand.until(lambda: page._stack.currentIndex() == 1, "the columns")
    hand.rest()
    hand.key(K.Key_Return, CTRL)
    hand.until(lambda: page._stack.currentIndex() == 2, "the check")
    hand.rest()
    hand.key(K.Key_Down)
    hand.key(K.Key_R, ALT)
    hand.until(lambda: page.review.summary.text() == "可以导入 1 件。", "the second check")
    hand.rest()
    hand.key(K.Key_Escape)
    assert page.bar.text() == "台账还没有导入。"
    hand.key(K.Key_Space)  # 继续导入
    assert page.bar.isHidden()
    assert page.isAncestorOf(QApplication.focusWidget())
