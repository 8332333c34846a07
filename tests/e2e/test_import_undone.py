"""A wrong ledger is imported in the real window and taken back at once: a reason is asked for."""

import csv
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.usecases import office as offices
from desktop.usecases import register
from tests.e2e.conftest import NOW
from tests.e2e.hand import CTRL, Hand
from tests.ui.office_fixtures import make_office, session

K = Qt.Key
HEAD = ["登记号", "收到日期", "来源", "姓名", "被投诉单位", "主要内容"]


@pytest.fixture(name="office")
def _office(tmp_path: Path) -> Path:
    path = tmp_path / "office.db"
    make_office(path)
    return path


def imported(hand: Hand, office: Path) -> None:
    """Bring a ledger in by keyboard."""
    ledger = office.with_name("旧台账.csv")
    with ledger.open("w", encoding="utf-8", newline="") as file:
        rows = [
            [f"信{n}", "2026-03-05", "来信", "刘芳", "市住房保障局", f"第{n}处不公开"]
            for n in range(3)
        ]
        csv.writer(file).writerows([HEAD, *rows])
    hand.window.open_office(office, session(office, 1))
    hand.until(hand.window.ready, "the office")
    hand.window.show_tab("complaints")
    hand.rest()
    tab: Any = hand.window.tab("complaints")
    tab.start_import(str(ledger))
    hand.until(lambda: tab._page.has_unsaved(), "the columns")
    hand.rest()
    hand.key(K.Key_Return, CTRL)
    hand.key(K.Key_Return, CTRL)
    hand.until(lambda: "已导入 3 件" in hand.said(), "the import")
    hand.rest()


def reasons(office: Path) -> list[str]:
    again = offices.open_office(office, session(office))
    try:
        assert {row.state.value for row in register.rows(again, NOW.date())} == {"void"}
        found = again.db.execute("SELECT reason FROM event WHERE action = 'undo'").fetchall()
        return [str(reason) for (reason,) in found]
    finally:
        again.close()


def test_the_key_that_undoes_asks_why_before_an_import_is_taken_back(
    hand: Hand, office: Path
) -> None:
    imported(hand, office)
    hand.window.show_tab("today")  # it is asked wherever one is
    hand.rest()
    hand.key(K.Key_Z, CTRL)
    assert hand.window.tabs.currentWidget() is hand.window.tab("complaints")
    assert hand.see("complaints.import_undo")
    hand.write("reason", "选错了年份的台账")
    hand.save()
    assert hand.said() == "已整批撤销“旧台账.csv”，3 件作废。"
    assert not hand.window.status.can_undo()
    hand.window.close()
    assert reasons(office) == ["选错了年份的台账"]


def test_the_link_beside_the_message_asks_too_and_may_be_left(hand: Hand, office: Path) -> None:
    imported(hand, office)
    hand.press_link("撤销")
    hand.key(K.Key_Escape)
    assert hand.see("import.past")
    assert hand.window.tab("complaints").importing()
    hand.key(K.Key_Escape)
    hand.window.close()
    again = offices.open_office(office, session(office))
    try:
        assert {row.state.value for row in register.rows(again, NOW.date())} == {"registered"}
    finally:
        again.close()
