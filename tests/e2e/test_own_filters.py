"""我的筛选 by keyboard: kept, used, named anew, let go, and there again the next day."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.e2e.hand import Hand
from tests.ui.office_fixtures import make_office, session

K = Qt.Key


@pytest.fixture(name="office")
def _office(tmp_path: Path) -> Path:
    path = tmp_path / "office.db"
    make_office(path)
    return path


def sit_down(hand: Hand, office: Path) -> Any:
    hand.window.open_office(office, session(office, 1))
    hand.until(hand.window.ready, "the office")
    hand.window.show_tab("complaints")
    hand.rest()
    tab: Any = hand.window.tab("complaints")
    return tab.pane


def open_menu(hand: Hand, pane: Any) -> QMenu:
    pane.views.setFocus()
    hand.key(K.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def names(menu: QMenu) -> list[str]:
    return [a.text() for a in menu.actions() if a.text() and a.menu() is None]


def down_to(menu: QMenu, words: str) -> None:
    for _line in menu.actions():
        at = menu.activeAction()
        if at is not None and at.text() == words:
            return
        QTest.keyClick(menu, K.Key_Down)
    raise AssertionError(words)


def from_side(hand: Hand, menu: QMenu, words: str, name: str) -> None:
    """Take a view from 改名 or 删除."""
    down_to(menu, words)
    QTest.keyClick(menu, K.Key_Right)
    side = QApplication.activePopupWidget()
    assert isinstance(side, QMenu)
    assert side is not menu
    down_to(side, name)
    QTest.keyClick(side, K.Key_Return)
    hand.rest()


def type_name(hand: Hand, pane: Any, name: str) -> None:
    QTest.keyClicks(pane.views.name, name)
    QTest.keyClick(pane.views.name, K.Key_Return)
    hand.rest()


def test_a_filter_is_kept_used_named_anew_and_let_go(hand: Hand, office: Path) -> None:
    pane = sit_down(hand, office)
    pane.filters.choose("overdue")
    open_menu(hand, pane)
    type_name(hand, pane, "late")
    assert hand.said() == "已保存筛选“late”。"
    from_side(hand, open_menu(hand, pane), "改名", "late")
    assert pane.views.name.selectedText() == "late"
    type_name(hand, pane, "every morning")
    assert hand.said() == "筛选“late”已改名为“every morning”。"
    hand.window._close_office()
    pane = sit_down(hand, office)
    assert pane.query().press == ""
    menu = open_menu(hand, pane)
    assert names(menu) == ["every morning"]
    down_to(menu, "every morning")
    QTest.keyClick(menu, K.Key_Return)
    hand.rest()
    assert pane.query().press == "overdue"
    from_side(hand, open_menu(hand, pane), "删除", "every morning")
    assert hand.said() == "已删除筛选“every morning”。"
    menu = open_menu(hand, pane)
    assert names(menu) == []
    QTest.keyClick(menu, K.Key_Escape)
