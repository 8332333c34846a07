"""备案 by keyboard and mouse in the real window: registered, corrected, printed, exported, reminded."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from desktop.rules.rulebook import System
from desktop.ui.registers.filings import FilingsPage
from desktop.usecases import filings, profile
from desktop.usecases import office as offices
from tests.e2e.hand import CTRL, Hand
from tests.ui.office_fixtures import ACTING, session


def open_page(hand: Hand) -> FilingsPage:
    action = next(
        one for one in hand.window.findChildren(QAction) if one.text().startswith("查处结果备案")
    )
    assert action.isVisible()
    action.trigger()
    hand.rest()
    shown = hand.window.stack.currentWidget()
    assert isinstance(shown, FilingsPage)
    return shown


def register(hand: Hand, **more: str) -> None:
    hand.click("filings.new")
    values = {
        "unit": "东关街道办事处",
        "unit_number": "东办〔2026〕3号",
        "received": "10-08",
        "subject": "窗口没有公开收费标准",
        "handling": "当日公开收费标准。",
        "answered": "10-20",
        **more,
    }
    for key, text in values.items():
        hand.write(key, text)
    hand.tick("outcome", "属实")


def test_a_report_is_registered_counted_apart_and_taken_back(hand: Hand) -> None:
    shown = open_page(hand)
    assert shown.list.is_empty_shown()
    hand.click("filings.new")
    hand.press_save()
    assert set(hand.form().faults()) == {"unit", "received", "subject", "outcome", "handling"}
    hand.key(Qt.Key.Key_Escape)
    register(hand)
    hand.save()
    row = shown.list.current_row()
    assert row is not None
    assert (row.number, row.unit_name) == ("备〔2026〕0001", "东关街道办事处")
    assert "备案 1 件，1 个单位：属实 1" in shown.tally.text()
    assert shown.record.facts.text("单位编号") == "东办〔2026〕3号"
    hand.key(Qt.Key.Key_Z, CTRL)
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Return)
    assert "备案 0 件" in shown.tally.text()


def test_a_zero_report_asks_for_nothing_more(hand: Hand) -> None:
    shown = open_page(hand)
    hand.click("filings.new")
    hand.write("unit", "市市场监督局")
    hand.tick("what", "零报告")
    assert not hand.form().editor("subject").isVisible()
    hand.save()
    assert "零报告 1 份" in shown.tally.text()


def test_it_is_corrected_and_made_void_with_a_reason(hand: Hand) -> None:
    shown = open_page(hand)
    register(hand)
    hand.save()
    shown.record.steps.choose("correct")
    hand.rest()
    hand.tick("outcome", "部分属实")
    hand.press_save()
    assert "reason" in hand.form().faults()
    hand.write("reason", "单位更正")
    hand.save()
    assert shown.record.facts.text("查处结论") == "部分属实"
    shown.record.steps.choose("void")
    hand.rest()
    hand.write("reason", "报错了")
    hand.save()
    assert "备案 0 件" in shown.tally.text()


def test_the_list_is_printed_for_a_time_and_exported(hand: Hand, tmp_path: Path) -> None:
    shown = open_page(hand)
    register(hand)
    hand.save()
    hand.click("filings.print")
    hand.write("first", "2026-12-01")
    hand.press_save()
    assert "last" in hand.form().faults()
    hand.write("first", "2026-01-01")
    hand.save()
    assert hand.see("filings.paper.preview").isVisible()
    hand.key(Qt.Key.Key_Escape)
    path = tmp_path / "备案.xlsx"
    shown.ask_path = lambda _name: str(path)
    hand.click("filings.export")
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert sheet.cell(2, 3).value == "东关街道办事处"
    assert "已导出 1 条" in hand.said()


def test_how_often_units_report_is_the_offices_own_choice(hand: Hand) -> None:
    shown = open_page(hand)
    assert "报备周期：没有规定" in shown.tally.text()
    hand.click("filings.period")
    hand.tick("period", "每季度")
    hand.save()
    assert "报备周期：每季度（本单位自定）" in shown.tally.text()
    hand.click("filings.new")
    assert hand.form().values()["period"] == "2026-3-3"
    hand.key(Qt.Key.Key_Escape)


@pytest.mark.usefixtures("window")
def test_elsewhere_there_is_no_word_of_filings(hand: Hand, office_path: Path) -> None:
    window = hand.window
    window._close_office()
    office = offices.open_office(office_path, session(office_path))
    draft = profile.draft_of(office)

    packs = {**draft.packs, System.ACCOUNTABILITY: "baoding"}
    profile.save_profile(office, replace(draft, packs=packs), ACTING)
    assert filings.duty(office) is None
    office.close()
    window.open_office(office_path, session(office_path))
    hand.rest()
    action = next(a for a in window.findChildren(QAction) if a.text().startswith("查处结果备案"))
    assert not action.isVisible()
