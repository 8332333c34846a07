"""The wizard of import and the page of export, in the window, by keyboard and mouse."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.rules.ledgerfields import Field
from desktop.rules.ledgerrows import ADD
from desktop.ui.common import clipboard
from desktop.ui.common.sheetclip import tab_separated, table_html
from desktop.ui.complaints.exports import ExportPage
from desktop.ui.complaints.imports import ImportPage
from desktop.usecases import register
from desktop.usecases.imports_mend import WRONG
from tests.ui.complaints.conftest import TODAY, Desk

HEAD = [
    "登记号",
    "来访时间",
    "来源",
    "姓名",
    "联系电话",
    "被投诉单位",
    "主要内容",
    "备注",
    "办结日期",
]
ROWS = [
    [
        "信1",
        "2025年3月5日",
        "来信",
        "刘芳",
        "13900001234",
        "市住房保障局",
        "分配结果不公开。",
        "",
        "2025.4.1",
    ],
    ["信2", "2026.11.16", "来电", "匿名", "", "市城管局", "处理结果不公开。", "二次来电", ""],
    ["信3", "2026年2月30日", "来访", "赵六", "", "市住房保障局", "公开栏长期不更新。", "", ""],
]


@pytest.fixture(name="ledger")
def _ledger(tmp_path: Path) -> Path:
    path = tmp_path / "旧台账.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([["2025年投诉登记台账"], HEAD, *ROWS])
    return path


def settle(desk: Desk, condition: Callable[[], object]) -> None:
    desk.qtbot.waitUntil(lambda: bool(condition()), timeout=20_000)
    desk.wait()


def opened(desk: Desk) -> ImportPage:
    desk.tab.import_action.trigger()
    desk.wait()
    page = desk.tab._page
    assert isinstance(page, ImportPage)
    return page


def test_a_ledger_comes_in_by_keyboard_alone(desk: Desk, ledger: Path, tmp_path: Path) -> None:
    page = opened(desk)
    page.ask_open = lambda: str(ledger)
    rest = tmp_path / "待改正.xlsx"
    page.ask_save = lambda _name: str(rest)
    page.setFocus()
    button = page.choose._button
    button.setFocus()
    desk.press(Qt.Key.Key_Space)
    settle(desk, lambda: page._stack.currentIndex() == 1)
    assert page.columns.mapping()[:3] == (Field.NUMBER, Field.RECEIVED, Field.CHANNEL)
    assert page.columns.mapping()[7] is Field.NOTE
    desk.at("import.column.0")
    desk.press(Qt.Key.Key_Return, ctrl=True)
    settle(desk, lambda: page._stack.currentIndex() == 2)
    assert page.review.summary.text() == "可以导入 1 件；2 行有问题，不导入。"
    desk.at("import.settle.0")
    combo = page.review.units["市城管局"]
    combo.setCurrentIndex(combo.findData(ADD))
    desk.qtbot.keyClick(combo, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    settle(desk, lambda: page.review.summary.text().startswith("可以导入 2 件"))
    assert "没有“2026年2月30日”这一天" in page.review.why.text()
    page.save_rest()
    settle(desk, rest.exists)
    desk.press(Qt.Key.Key_Return, ctrl=True)
    settle(desk, lambda: page._stack.currentIndex() == 3)
    assert desk.said[-1] == "已导入 2 件，编号 投〔2025〕0001 至 投〔2026〕0001。"
    assert desk.events[-1] > 0
    page.done.clicked.emit()
    desk.wait()
    assert desk.tab._page is None
    rows = desk.work(lambda office: register.rows(office, TODAY), changes=False)
    assert {row.complaint.old_number for row in rows} == {"信1", "信2"}
    last = list(openpyxl.load_workbook(rest).worksheets[0].iter_rows(values_only=True))
    assert last[0][-1] == WRONG
    assert last[1][0] == "信3"


def near_names(path: Path, *units: str) -> Path:
    """A ledger with names that come near to known ones, and its sum at the foot."""
    rows = [
        [f"信{n}", "2026-03-05", "来信", "", "", unit, f"第{n}处不公开", "", ""]
        for n, unit in enumerate(units)
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows, ["合计", f"{len(units)} 件"]])
    return path


def looked(desk: Desk, path: Path) -> ImportPage:
    page = opened(desk)
    page.read(str(path))
    settle(desk, lambda: page._stack.currentIndex() == 1)
    desk.press(Qt.Key.Key_Return, ctrl=True)
    settle(desk, lambda: page._stack.currentIndex() == 2)
    return page


def test_a_near_name_is_confirmed_with_one_key(desk: Desk, tmp_path: Path) -> None:
    page = looked(desk, near_names(tmp_path / "a.csv", "澄岳市住房保障局", "市城管局"))
    assert page.review.summary.text() == (
        "可以导入 0 件；2 行有问题，不导入；第 4 行是合计，不导入。"
    )
    desk.at("import.settle.0")
    combo = page.review.units["澄岳市住房保障局"]
    assert combo.currentText() == "还没有选定"  # never silently
    assert combo.accessibleDescription() == "名称相近：市住房保障局（按 ↓ 选定）"
    desk.press(Qt.Key.Key_Down)
    assert combo.currentText() == "市住房保障局"
    desk.qtbot.keyClick(combo, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    settle(desk, lambda: page.review.summary.text().startswith("可以导入 1 件"))
    assert page.review.units["澄岳市住房保障局"].currentText() == "市住房保障局"


def test_all_near_names_are_taken_by_a_button_and_no_near_name_becomes_a_new_unit(
    desk: Desk, tmp_path: Path
) -> None:
    page = looked(desk, near_names(tmp_path / "a.csv", "澄岳市住房保障局", "市城管局"))
    assert page.review.add_all.text() == "其余添加为新单位(&A)"
    desk.click("import.add_all")
    settle(desk, lambda: page.review.summary.text().startswith("可以导入 1 件"))
    assert page.review.units["澄岳市住房保障局"].currentText() == "还没有选定"
    desk.click("import.take_near")
    settle(desk, lambda: page.review.summary.text().startswith("可以导入 2 件"))
    assert page.review.take_near.isHidden()


def test_the_clerk_corrects_the_columns(desk: Desk, ledger: Path) -> None:
    page = opened(desk)
    page.read(str(ledger))
    settle(desk, lambda: page._stack.currentIndex() == 1)
    unit = page.columns.combos[5]
    unit.setCurrentIndex(unit.findData(Field.NAME.value))
    desk.click("import.next")
    settle(desk, lambda: not page.bar.isHidden())
    assert "还没有指定哪一栏是“被投诉单位”" in page.bar.text()
    assert "有两栏都指定为“投诉举报人姓名”" in page.bar.text()
    unit.setCurrentIndex(unit.findData(Field.UNIT.value))
    desk.click("import.next")
    settle(desk, lambda: page._stack.currentIndex() == 2)
    desk.click("import.back")
    assert page._stack.currentIndex() == 1


def test_a_file_that_is_no_ledger_is_refused_in_words(desk: Desk, tmp_path: Path) -> None:
    page = opened(desk)
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"x" * 100)
    page.read(str(path))
    settle(desk, lambda: not page.bar.isHidden())
    assert "已经损坏" in page.bar.text()
    assert page._stack.currentIndex() == 0


def test_the_menu_of_import_and_export_opens_by_keyboard(desk: Desk) -> None:
    found = desk.find("complaints.exchange")
    found.setFocus()
    QTimer.singleShot(200, lambda: desk.tab.exchange.menu().actions()[0].trigger())
    QTimer.singleShot(400, desk.tab.exchange.menu().close)
    desk.press(Qt.Key.Key_Space)
    settle(desk, lambda: isinstance(desk.tab._page, ImportPage))


def test_leaving_asks_when_a_ledger_is_open(desk: Desk, ledger: Path) -> None:
    page = opened(desk)
    page.read(str(ledger))
    settle(desk, lambda: page._stack.currentIndex() == 1)
    assert desk.tab.has_unsaved()
    desk.press(Qt.Key.Key_Escape)
    assert page.bar.text() == "台账还没有导入。"
    page.bar.clicked.emit("drop")
    desk.wait()
    assert desk.tab._page is None


def test_a_ledger_is_dropped_on_the_register(desk: Desk, ledger: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(ledger))])
    event = QDropEvent(
        QPointF(50, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    desk.tab.dropEvent(event)  # as Qt calls it at the end of a drag
    page = desk.tab._page
    assert isinstance(page, ImportPage)
    settle(desk, lambda: page._stack.currentIndex() == 1)


def test_the_list_goes_into_a_workbook(desk: Desk, tmp_path: Path) -> None:
    desk.register()
    desk.tab.reload()
    desk.wait()
    desk.tab.export_action.trigger()
    desk.wait()
    page = desk.tab._page
    assert isinstance(page, ExportPage)
    path = tmp_path / "登记簿.xlsx"
    page.ask_path = lambda _name: str(path)
    desk.click("complaints.export.save")
    settle(desk, path.exists)
    settle(desk, lambda: desk.tab._page is None)
    lines: list[tuple[Any, ...]] = list(
        openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    )
    assert lines[0][0] == "编号"
    assert len(lines) == 2
    assert "刘芳" not in repr(lines)


def test_who_complained_is_exported_with_a_reason_only(desk: Desk, tmp_path: Path) -> None:
    desk.register()
    desk.tab.reload()
    desk.wait()
    desk.tab.export_action.trigger()
    desk.wait()
    page = desk.tab._page
    assert isinstance(page, ExportPage)
    path = tmp_path / "a.csv"
    page.ask_path = lambda _name: str(path)
    page.form.set_values({**page.form.values(), "named": True, "kind": ".csv"})
    page._edited("named")
    page.save()
    settle(desk, lambda: page.form.faults())
    page.form.set_values({**page.form.values(), "reason": "移交信访局"})
    page.save()
    settle(desk, path.exists)
    assert "刘芳" in path.read_text("utf-8-sig")


def test_selected_lines_are_copied_as_a_table_without_formulas(desk: Desk, qtbot: QtBot) -> None:
    desk.register(subject="=1+1 不公开")
    desk.tab.reload()
    desk.wait()
    desk.tab.list.selectAll()
    desk.tab.list.copy()
    desk.wait()
    data = QGuiApplication.clipboard().mimeData()
    assert "\t'=1+1 不公开\t" in data.text()
    assert "<th x:str>" in data.html()
    assert "'=1+1 不公开" in data.html()
    clipboard.leave_text()
    assert QGuiApplication.clipboard().text().count("'=1+1 不公开") == 1
    assert not QGuiApplication.clipboard().mimeData().hasHtml()


def test_the_table_of_the_clipboard_holds_text_only() -> None:
    html = table_html([["<b>", "0012"]], ["一", "二"])
    assert "&lt;b&gt;" in html
    assert "mso-number-format" in html
    assert tab_separated([["a\tb", "-1"]]) == "a b\t'-1"
