"""Many complaints at once, and the bound register, in the window: by keyboard and mouse."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from desktop.rules.complaints import Ruling
from desktop.ui.common.printing import Sides
from desktop.ui.complaints.bookpage import BookPage, BookView
from desktop.ui.complaints.exports import ExportPage
from desktop.ui.complaints.papers import LetterView
from desktop.usecases import complaints, registerbook
from desktop.usecases import office as offices
from desktop.usecases.complaints import DecisionDraft
from desktop.usecases.registerbook import Span
from tests.ui.complaints.conftest import TODAY, Desk


def settle(desk: Desk, done: Callable[[], object]) -> None:
    desk.qtbot.waitUntil(lambda: bool(done()), timeout=20_000)
    desk.wait()


def text(pdf: bytes) -> str:
    return "".join("".join(p.extract_text() for p in pypdf.PdfReader(BytesIO(pdf)).pages).split())


def select_all(desk: Desk) -> None:
    """Go into the list and press Ctrl+A."""
    desk.tab.reload()
    desk.wait()
    desk.tab.list.setFocus()
    desk.press(Qt.Key.Key_A, ctrl=True)
    desk.wait()


def choose(desk: Desk, papers: str) -> None:
    """Choose a paper from the menu of those selected."""
    action = next(a for a in desk.tab.pane.many_menu.actions() if a.data() == papers)
    action.trigger()
    desk.wait()


@pytest.fixture
def several(desk: Desk) -> Desk:
    for n in range(3):
        desk.register(subject=f"第 {n + 1} 件没有公开")
    decision = DecisionDraft("周局长", TODAY, Ruling.ACCEPT, "同意", None, "")
    acting = desk.context.acting()
    desk.work(lambda office: complaints.decide(office, 1, decision, acting))
    return desk


def test_what_can_be_done_with_many_is_offered_once_several_are_selected(several: Desk) -> None:
    desk = several
    many = desk.find("complaints.many")
    assert not many.isVisible()
    select_all(desk)
    assert many.isVisible()
    assert isinstance(many, QPushButton)
    assert many.text() == "选中 3 件(&M)"
    top = desk.tab.list.mapTo(desk.tab, desk.tab.list.rect().topLeft())
    desk.press(Qt.Key.Key_Up)
    desk.wait()
    assert not many.isVisible()
    # no line moves under the mouse while lines are selected
    assert desk.tab.list.mapTo(desk.tab, desk.tab.list.rect().topLeft()) == top


def test_approval_sheets_of_many_are_one_print_and_say_what_is_left_out(several: Desk) -> None:
    desk = several
    select_all(desk)
    choose(desk, "approval")
    settle(desk, lambda: isinstance(desk.tab._page, LetterView))
    page = desk.tab._page
    assert isinstance(page, LetterView)
    said = page.preview.bar.text()
    assert said == (
        "2 件的领导批示单，共 2 份，每份从新的一张纸开始。"
        "没有包括的：已经批示的 1 件（投〔2026〕0001）。"
    )
    assert "刘芳" not in text(page.preview._pdf)
    desk.press(Qt.Key.Key_Escape)
    desk.wait()
    assert desk.tab.pane.selected() == 3  # what was selected stays selected


def test_forms_of_many_are_on_record_for_each(several: Desk) -> None:
    desk = several
    select_all(desk)
    choose(desk, "intake")
    settle(desk, lambda: isinstance(desk.tab._page, LetterView))
    page = desk.tab._page
    assert isinstance(page, LetterView)
    assert "共 3 份" in page.preview.bar.text()
    assert "已按件留有记录" in page.preview.bar.text()
    seen = desk.work(
        lambda office: office.db.execute(
            "SELECT count(*) FROM event WHERE action = 'complaint.reveal'"
        ).fetchone()[0],
        changes=False,
    )
    assert seen == 3


def test_nothing_to_print_says_why_for_each(several: Desk) -> None:
    desk = several
    select_all(desk)
    choose(desk, "letters")
    assert desk.tab._page is None
    assert desk.tab.bar.text() == (
        "没有可以打印的还没发出的文书：没有文书或者都已登记发出的 3 件"
        "（投〔2026〕0003、投〔2026〕0002、投〔2026〕0001）。"
    )


def test_what_is_selected_is_exported_in_the_columns_of_the_list(
    several: Desk, tmp_path: Path
) -> None:
    desk = several
    keys = [column.key for column in desk.tab.model.columns]
    desk.tab.list.show_column(keys.index("unit"), False)
    header = desk.tab.list.horizontalHeader()
    header.moveSection(header.visualIndex(keys.index("subject")), 0)
    desk.tab.list.setFocus()
    desk.tab.list.select(3)
    desk.qtbot.keyClick(desk.tab.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    desk.wait()
    desk.tab.export_action.trigger()
    desk.wait()
    page = desk.tab._page
    assert isinstance(page, ExportPage)
    path = tmp_path / "选中.xlsx"
    page.ask_path = lambda _name: str(path)
    desk.click("complaints.export.save")
    settle(desk, path.exists)
    settle(desk, lambda: desk.tab._page is None)
    lines: list[Any] = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    assert list(lines[0][:4]) == ["主题", "编号", "收到日期", "历时、期限"]
    assert "被投诉单位" not in lines[0]
    assert [line[0] for line in lines[1:]] == ["第 3 件没有公开", "第 2 件没有公开"]
    assert lines[1][1] == "投〔2026〕0003"
    assert lines[1][3].startswith(("剩", "今日", "超期", "最迟"))


def test_all_columns_are_exported_when_asked_for(several: Desk, tmp_path: Path) -> None:
    desk = several
    desk.tab.export_action.trigger()
    desk.wait()
    page = desk.tab._page
    assert isinstance(page, ExportPage)
    path = tmp_path / "全部.csv"
    page.ask_path = lambda _name: str(path)
    page.form.set_values({**page.form.values(), "which": "all", "kind": ".csv"})
    page.save()
    settle(desk, path.exists)
    head = path.read_text("utf-8-sig").splitlines()[0]
    assert "投诉内容" in head
    assert "满意度" in head
    assert "姓名" not in head


# ---- the bound register ------------------------------------------------------------------------


def open_book(desk: Desk) -> BookPage:
    desk.tab.pane.book_action.trigger()
    desk.wait()
    page = desk.tab._page
    assert isinstance(page, BookPage)
    return page


def make_book(desk: Desk) -> BookView:
    desk.press(Qt.Key.Key_Return, ctrl=True)
    settle(desk, lambda: isinstance(desk.tab._page, BookView))
    view = desk.tab._page
    assert isinstance(view, BookView)
    return view


def test_a_volume_is_printed_bound_and_followed_by_the_next(several: Desk) -> None:
    desk = several
    page = open_book(desk)
    assert page.form.hint("year") == "第 1 册，从 1 号起。"
    view = make_book(desk)
    assert "共 3 件，其中作废 0 件，空号 0 个" in view.preview.bar.text()
    assert "2026年第1册" in text(view.preview._pdf)
    assert "刘芳" not in text(view.preview._pdf)
    assert view.preview.sides is Sides.SHORT
    bind = next(b for b in view.findChildren(QPushButton) if b.text() == "记为成册")
    desk.qtbot.mouseClick(bind, Qt.MouseButton.LeftButton)
    desk.wait()
    assert desk.said[-1] == "已记为 2026 年第 1 册，下次从 4 号续打。"
    desk.press(Qt.Key.Key_Escape)
    desk.wait()
    page = open_book(desk)
    assert page.form.hint("year") == "这一年的编号都已经成册，没有可以续打的。"
    desk.press(Qt.Key.Key_Return, ctrl=True)
    settle(desk, lambda: not page.bar.isHidden())
    assert page.bar.text() == "这个范围里没有登记过编号。"
    desk.press(Qt.Key.Key_Escape)
    desk.wait()
    desk.register(subject="第 4 件")
    page = open_book(desk)
    assert page.form.hint("year") == "第 2 册，从 4 号起。"
    # the binding is an action like others: it can be taken back
    acting = desk.context.acting()
    desk.work(lambda office: offices.take_back(office, desk.events[-1], acting), changes=False)
    kept = desk.work(registerbook.beginning, changes=False)
    assert kept.volumes == ()


def test_names_are_in_the_book_only_with_a_reason(several: Desk) -> None:
    desk = several
    page = open_book(desk)
    page.form.editor("named").set_value(True)
    page.form.edited.emit("named")
    desk.press(Qt.Key.Key_Return, ctrl=True)
    settle(desk, lambda: page.form.faults())
    assert set(page.form.faults()) == {"reason"}
    page.form.editor("reason").set_value("移交档案室")
    view = make_book(desk)
    assert "刘芳" in text(view.preview._pdf)
    assert "请注意保密" in view.preview.bar.text()


def test_a_span_of_numbers_wants_both_ends(several: Desk) -> None:
    desk = several
    page = open_book(desk)
    page.form.editor("span").set_value(Span.NUMBERS)
    page.form.edited.emit("span")
    desk.press(Qt.Key.Key_Return, ctrl=True)
    settle(desk, lambda: page.form.faults())
    assert set(page.form.faults()) == {"first", "last"}
    page.form.editor("first").set_value(2)
    page.form.editor("last").set_value(3)
    view = make_book(desk)
    found = text(view.preview._pdf)
    assert "0002" in found
    assert "选印" in found
    assert not [b for b in view.findChildren(QPushButton) if b.text() == "记为成册"]


# ---- searching ---------------------------------------------------------------------------------


def test_a_search_says_where_it_found_what_the_line_does_not_show(several: Desk) -> None:
    desk = several
    keys = [column.key for column in desk.tab.model.columns]
    found = keys.index("found")
    assert desk.tab.list.isColumnHidden(found)
    desk.tab.search.setFocus()
    desk.type("網站")
    settle(desk, lambda: not desk.tab.list.isColumnHidden(found))
    said = desk.tab.model.index(0, found).data()
    assert said == "内容：…今没有在网站公开。"
    assert desk.tab.pane.found.text() == "找到 3 件"
    assert desk.tab.list.spots is not None
    assert desk.tab.list.spots("网站公开") == ((0, 2),)
    header = desk.tab.list.horizontalHeader()
    header.setSortIndicator(found, Qt.SortOrder.AscendingOrder)  # it is no order of the register
    desk.wait()
    assert header.sortIndicatorSection() == keys.index("number")
    desk.tab.search.clear()
    settle(desk, lambda: desk.tab.list.isColumnHidden(found))
    assert desk.tab.list.spots is None


def test_the_columns_that_matter_are_seen_without_scrolling_in_a_narrow_list(
    several: Desk,
) -> None:
    desk = several
    keys = [column.key for column in desk.tab.model.columns]
    desk.tab.resize(900, 700)
    desk.wait()
    assert desk.tab.list.horizontalScrollBar().maximum() == 0
    for key in ("number", "clock", "state", "subject"):
        assert not desk.tab.list.isColumnHidden(keys.index(key)), key
    assert desk.tab.list.isColumnHidden(keys.index("satisfaction"))
    # they are still chosen: copied, and back as soon as there is room
    assert "satisfaction" in desk.tab.list.listed()
    desk.tab.list.selectAll()
    desk.tab.list.copy()
    desk.wait()
    assert "满意度" in QGuiApplication.clipboard().mimeData().html()
    desk.tab.resize(2600, 700)
    desk.wait()
    desk.qtbot.waitUntil(lambda: not desk.tab.list.isColumnHidden(keys.index("satisfaction")))
