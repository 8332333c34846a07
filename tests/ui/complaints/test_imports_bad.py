"""Ledgers as they come: every oddity of a spreadsheet through the wizard, which stays alive."""

import csv
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from PySide6.QtCore import Qt

from desktop.rules.ledgerrows import ADD
from desktop.ui.complaints import imports_words
from desktop.ui.complaints.imports import ImportPage
from desktop.usecases import register
from tests.drill import hostile
from tests.ui.complaints.conftest import TODAY, Desk

HEAD = ["编号", "收到日期", "姓名", "电话", "被投诉单位", "内容", "办结日期"]
UNIT = "市住房保障局"


def settle(desk: Desk, condition: Callable[[], object]) -> None:
    desk.qtbot.waitUntil(lambda: bool(condition()), timeout=30_000)
    desk.wait()


def book(path: Path, rows: list[list[Any]], *, mac: bool = False) -> Path:
    made = openpyxl.Workbook()
    if mac:
        made.epoch = CALENDAR_MAC_1904
    sheet = made.active
    assert sheet is not None
    for row in (HEAD, *rows):
        sheet.append(row)
    made.save(path)
    return path


def checked(desk: Desk, path: Path) -> ImportPage:
    """Bring a ledger as far as the result of its check, by the buttons."""
    desk.tab.import_action.trigger()
    desk.wait()
    page = desk.tab._page
    assert isinstance(page, ImportPage)
    page.ask_open = lambda: str(path)
    page.choose._button.click()
    settle(desk, lambda: page._stack.currentIndex() == 1 or not page.bar.isHidden())
    assert page._stack.currentIndex() == 1, page.bar.text()
    desk.click("import.next")
    settle(desk, lambda: page._stack.currentIndex() == 2 or not page.bar.isHidden())
    assert page._stack.currentIndex() == 2, page.bar.text()
    return page


def imported(desk: Desk, page: ImportPage) -> dict[str, register.Row]:
    """Import what is good; return the register by the old numbers."""
    for combo in page.review.units.values():
        combo.setCurrentIndex(combo.findData(ADD))
    if page.review.units:
        page.review.again.emit()
        settle(desk, lambda: page.foot.cancel.text() == "取消")
    desk.click("import.next")
    settle(desk, lambda: page._stack.currentIndex() == 3)
    return in_register(desk)


def in_register(desk: Desk) -> dict[str, register.Row]:
    rows = desk.work(lambda office: register.rows(office, TODAY), changes=False)
    return {row.complaint.old_number: row for row in rows if not row.complaint.void}


def line(number: str, received: object = "2025-03-05", **cells: object) -> list[object]:
    usual = {
        "姓名": "",
        "电话": "",
        "被投诉单位": UNIT,
        "内容": f"{number}：收费不公开。",
        "办结日期": "",
    }
    return [number, received, *({**usual, **cells}[name] for name in HEAD[2:])]


WAYS = (
    "2025-03-05", "2025/3/5", "2025.3.5", "2025年3月5日", "2025年03月05号", "20250305", "25.3.5",
    "二〇二五年三月五日", "二○二五年三月五日", "二零二五年三月五日", "２０２５年３月５日",
    "2025-03-05 09:30", "2025年3月5日上午", "2025年3月5日（星期三）", "2025、3、5", " 2025 年 3 月 5 日 ",
)  # fmt: skip


def test_days_written_in_every_way_are_one_day(desk: Desk, tmp_path: Path) -> None:
    rows = [line(f"信{n}", way) for n, way in enumerate(WAYS)]
    rows.append(line("信数", 20250305))
    rows.append(line("信序", 45721))
    rows.append(line("信日", datetime(2025, 3, 5, 14, 20)))
    page = checked(desk, book(tmp_path / "日期.xlsx", rows))
    assert page.review.why.text() == ""
    found = imported(desk, page)
    assert {row.complaint.received.isoformat() for row in found.values()} == {"2025-03-05"}
    assert len(found) == len(rows)


def test_a_calendar_that_begins_in_1904_moves_no_day(desk: Desk, tmp_path: Path) -> None:
    rows = [
        line("信1", datetime(2025, 3, 5)),
        line("信2", 45721 - 1462),
        line("信3", "2025年3月5日"),
    ]
    found = imported(desk, checked(desk, book(tmp_path / "苹果.xlsx", rows, mac=True)))
    assert [row.complaint.received.isoformat() for row in found.values()] == ["2025-03-05"] * 3


def test_digits_that_a_number_has_lost_are_told(desk: Desk, tmp_path: Path) -> None:
    rows = [
        line("信1", 电话=440106199001011234),
        line("信2", 电话="4.40106E+17"),
        line("信3", 电话=13900001234),
        line("信4", 电话="440106199001011234"),
        line(3.0),  # type: ignore[arg-type]
    ]
    page = checked(desk, book(tmp_path / "身份证.xlsx", rows))
    assert page.review.summary.text() == "可以导入 3 件；2 行有问题，不导入。"
    assert "的末几位已经被表格抹成零" in page.review.why.text()
    marked = page.review.table.model()
    assert marked.rowCount() == 2
    found = imported(desk, page)
    assert sorted(found) == ["3", "信3", "信4"]


def test_merged_cells_hold_for_all_their_lines(desk: Desk, tmp_path: Path) -> None:
    path = book(
        tmp_path / "合并.xlsx",
        [line("信1", 被投诉单位=UNIT), line("信2", 被投诉单位=None), line("信3", 被投诉单位=None)],
    )
    made = openpyxl.load_workbook(path)
    made.worksheets[0].merge_cells("E2:E4")
    made.save(path)
    found = imported(desk, checked(desk, path))
    assert [row.complaint.unit_name for row in found.values()] == [UNIT] * 3


def test_formulas_give_what_they_gave_and_their_errors_nothing(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "公式.xlsx"
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    sheet.write_row(1, 0, line("信1"))
    sheet.write_formula(1, 5, '=CONCATENATE("收费","不公开")', None, "收费不公开")
    sheet.write_row(2, 0, line("信2"))
    sheet.write_formula(2, 4, "=VLOOKUP(A3,B:C,2,0)", None, "#N/A")
    sheet.write_row(3, 0, line("信3"))
    sheet.write_string(3, 5, '=HYPERLINK("http://x","收费")不公开')
    made.close()
    page = checked(desk, path)
    assert page.review.summary.text() == "可以导入 2 件；1 行有问题，不导入。"
    desk.click("import.back")
    said = " ".join(one.text() for one in page.columns.findChildren(type(page._title)))
    assert "有 2 个格子是公式，按表格里存着的结果读入" in said
    desk.click("import.next")
    settle(desk, lambda: page._stack.currentIndex() == 2)
    found = imported(desk, page)
    assert {key: row.complaint.body for key, row in found.items()} == {
        "信1": "收费不公开",
        "信3": '=HYPERLINK("http://x","收费")不公开',
    }


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (hostile.rows_bomb, "bomb"),
        (hostile.far_cell, "far_cell"),
        (hostile.laughs, "dtd"),
        (hostile.truncated, "broken"),
        (hostile.password, "password"),
        (hostile.macros, "macros"),
    ],
)
def test_a_file_made_to_do_harm_is_refused_and_the_next_comes_in(
    desk: Desk, tmp_path: Path, make: Callable[[Path], None], code: str
) -> None:
    bad = tmp_path / "坏.xlsx"
    make(bad)
    desk.tab.import_action.trigger()
    desk.wait()
    page = desk.tab._page
    assert isinstance(page, ImportPage)
    page.read(str(bad))
    settle(desk, lambda: not page.bar.isHidden())
    assert page.bar.text() == imports_words._REFUSED[code]
    page.read(str(book(tmp_path / "好.xlsx", [line("信1")])))
    settle(desk, lambda: page._stack.currentIndex() == 1)
    desk.click("import.next")
    settle(desk, lambda: page._stack.currentIndex() == 2)
    assert list(imported(desk, page)) == ["信1"]


def test_a_file_that_excel_holds_is_refused_until_it_is_let_go(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "占用.xlsx", [line("信1")])
    desk.tab.import_action.trigger()
    desk.wait()
    page = desk.tab._page
    assert isinstance(page, ImportPage)
    root = sys.platform != "win32" and os.geteuid() == 0
    kept = path.rename(tmp_path / "另处") if root else path
    if root:  # the administrator may read everything but a folder
        path.mkdir()
        page.read(str(path))
        settle(desk, lambda: not page.bar.isHidden())
        path.rmdir()
        kept.rename(path)
    else:
        with hostile._held(path):
            page.read(str(path))
            settle(desk, lambda: not page.bar.isHidden())
    word = imports_words._REFUSED["unreadable" if root else "locked"]
    assert page.bar.text() == word
    page.read(str(path))
    settle(desk, lambda: page._stack.currentIndex() == 1)


@pytest.fixture(name="large")
def _large(tmp_path: Path) -> Path:
    """Enough lines that every stage takes a while."""
    path = tmp_path / "大台账.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [HEAD, *(line(f"信{n}", f"2025-0{n % 9 + 1}-1{n % 9}") for n in range(6_000))]
        )
    return path


def test_every_stage_can_be_stopped_and_gone_through_again(desk: Desk, large: Path) -> None:
    desk.tab.import_action.trigger()
    desk.wait()
    page = desk.tab._page
    assert isinstance(page, ImportPage)

    def stop(begin: Callable[[], None], stays: int) -> None:
        begin()
        assert page.foot.cancel.text() == "停止"
        desk.qtbot.mouseClick(page.foot.cancel, Qt.MouseButton.LeftButton)
        settle(desk, lambda: not page.bar.isHidden())
        assert page.bar.text() == "已停止，什么也没有导入。"
        assert page._stack.currentIndex() == stays
        assert page.foot.cancel.text() == "取消"

    stop(lambda: page.read(str(large)), 0)
    page.read(str(large))
    settle(desk, lambda: page._stack.currentIndex() == 1)
    stop(page.foot.next.click, 1)
    page.foot.next.click()
    settle(desk, lambda: page._stack.currentIndex() == 2)
    told: list[int] = []
    desk.context.tasks.progressed.connect(lambda _text, done, _total: told.append(done))
    page.foot.next.click()
    desk.qtbot.waitUntil(lambda: bool(told) and told[-1] >= 2_000, timeout=30_000)
    desk.qtbot.mouseClick(page.foot.cancel, Qt.MouseButton.LeftButton)
    settle(desk, lambda: not page.bar.isHidden())
    assert page.bar.text() == "已停止，什么也没有导入。"
    assert in_register(desk) == {}
    told.clear()
    page.foot.next.click()
    settle(desk, lambda: page._stack.currentIndex() == 3)
    assert told == sorted(told)
    assert told[-1] == 6_000
    assert len(in_register(desk)) == 6_000
    event = desk.events[-1]
    acting = desk.context.acting()
    desk.work(lambda office: office.ledger.undo(event, acting.actor(), "导错了"))
    assert in_register(desk) == {}
