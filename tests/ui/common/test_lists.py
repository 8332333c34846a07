"""Lists sort, keep their place, copy harmlessly and say when they are empty."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QSettings, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.ui.common import theme
from desktop.ui.common.listview import ListView
from desktop.ui.common.palette import Scheme, Status
from desktop.ui.common.sheetclip import table_html
from desktop.ui.common.table import (
    RIGHT,
    ROW_ROLE,
    STATUS_ROLE,
    Column,
    Index,
    ListModel,
    tab_separated,
)

NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    unit: str
    due: date | None
    status: Status


LINES = [
    Line(3, "市住建局", date(2026, 11, 20), Status.OVERDUE),
    Line(1, "东关街道", None, Status.DONE),
    Line(2, "=cmd|x", date(2026, 11, 25), Status.SOON),
]


def columns() -> list[Column[Line]]:
    return [
        Column("number", "编号", lambda row: str(row.number), lambda row: row.number, RIGHT),
        Column("unit", "单位", lambda row: row.unit, stretch=True),
        Column("due", "到期", lambda row: str(row.due or ""), lambda row: row.due),
        Column("status", "状态", lambda row: row.status.value, status=lambda row: row.status),
    ]


@pytest.fixture
def model() -> ListModel[Line]:
    made = ListModel(columns(), key=lambda row: row.number)
    made.set_rows(LINES)
    return made


@pytest.fixture
def view(model: ListModel[Line], qtbot: QtBot) -> ListView[Line]:
    made = ListView(model, "投诉登记")
    qtbot.addWidget(made)
    made.resize(700, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


def numbers(model: ListModel[Line]) -> list[int]:
    return [row.number for row in model.rows()]


def test_the_model_is_a_sound_model(model: ListModel[Line], qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model, force_py=True)
    model.sort(0)
    model.set_rows(LINES[:1])


def test_roles_are_answered(model: ListModel[Line]) -> None:
    index = model.index(0, 3)
    assert index.data() == "overdue"
    assert index.data(STATUS_ROLE) == Status.OVERDUE
    assert index.data(ROW_ROLE) is LINES[0]
    assert model.index(0, 0).data(Qt.ItemDataRole.TextAlignmentRole) == RIGHT
    assert model.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None


def test_the_header_sorts_and_what_is_empty_stands_last(
    view: ListView[Line], model: ListModel[Line], qtbot: QtBot
) -> None:
    header = view.horizontalHeader()

    def click(section: int) -> None:
        spot = header.rect().center()
        spot.setX(header.sectionViewportPosition(section) + 12)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    click(0)
    assert numbers(model) == [1, 2, 3]
    click(0)
    assert numbers(model) == [3, 2, 1]
    view.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert numbers(model) == [3, 2, 1]
    view.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert numbers(model) == [2, 3, 1]


def test_sorting_and_reloading_keep_the_current_record(
    view: ListView[Line], model: ListModel[Line]
) -> None:
    told: list[object] = []
    view.select(2)
    view.current.connect(told.append)
    view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert view.current_row() == LINES[2]
    fresh = [replace(row, unit=f"{row.unit}（新）") for row in LINES]
    model.set_rows(fresh)
    assert view.current_row() == fresh[2]
    assert told[-1] == fresh[2]
    assert numbers(model) == [1, 2, 3]
    model.set_rows(LINES[:1])
    assert view.current_row() is None
    assert told[-1] is None


def test_enter_and_double_click_open(view: ListView[Line], qtbot: QtBot) -> None:
    view.select(1)
    with qtbot.waitSignal(view.chosen) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [LINES[1]]
    spot = view.visualRect(view.model().index(0, 1)).center()
    with qtbot.waitSignal(view.chosen) as opened:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened.args == [LINES[0]]


def test_rows_are_copied_as_a_table_that_computes_nothing(
    view: ListView[Line], qtbot: QtBot
) -> None:
    view.selectAll()
    assert [row.number for row in view.selected_rows()] == [3, 1, 2]
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0] == "3\t市住建局\t2026-11-20\toverdue"
    assert copied[2].split("\t")[1] == "'=cmd|x"


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=4), min_size=1, max_size=4))
def test_no_copied_cell_begins_a_formula_or_breaks_the_table(cells: list[list[str]]) -> None:
    lines = tab_separated(cells).split("\n")
    assert len(lines) == len(cells)
    for line, row in zip(lines, cells, strict=True):
        assert len(line.split("\t")) == len(row)
        assert not any(cell[:1] in ("=", "+", "-", "@") for cell in line.split("\t") if cell)


class Read(HTMLParser):
    """Reads a table back, as a spreadsheet does."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self._inside = tag in ("td", "th")
        if tag == "tr":
            self.rows.append([])
        elif self._inside:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        del tag
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data


@given(
    st.lists(
        st.lists(st.text(st.sampled_from("a<>&\"'; \t\r\n\x1f=+甲－"), max_size=8), min_size=1),
        max_size=4,
    )
)
def test_a_spreadsheet_reads_the_cells_that_other_programs_read(cells: list[list[str]]) -> None:
    found = Read(table_html(cells, ["编号", "<单位>"])).rows
    assert found[0] == ["编号", "<单位>"]
    assert found[1:] == [line.split("\t") for line in tab_separated(cells).split("\n") if cells]


def test_an_empty_list_says_so_and_offers_something(
    view: ListView[Line], model: ListModel[Line], qtbot: QtBot
) -> None:
    assert not view.is_empty_shown()
    view.set_empty("inbox", "还没有投诉举报。", "新登记")
    model.set_rows([])
    assert view.is_empty_shown()
    shown = [one for one in view.findChildren(QPushButton) if one.text() == "新登记"]
    with qtbot.waitSignal(view.wanted):
        qtbot.mouseClick(shown[0], Qt.MouseButton.LeftButton)
    model.set_rows(LINES)
    assert not view.is_empty_shown()


def test_widths_are_remembered_and_grow_with_the_text(
    qtbot: QtBot, qapp: QApplication, model: ListModel[Line], tmp_path: Path
) -> None:
    settings = QSettings(str(tmp_path / "view.ini"), QSettings.Format.IniFormat)
    view = ListView(model, "投诉登记", settings)
    qtbot.addWidget(view)
    view.horizontalHeader().resizeSection(0, 200)
    again = ListView(model, "投诉登记", settings)
    qtbot.addWidget(again)
    assert again.columnWidth(0) == 200
    theme.apply(qapp, Scheme.LIGHT, 1.5)
    assert again.columnWidth(0) > 250
    assert again.verticalHeader().defaultSectionSize() == 42


def test_rows_are_28_pixels_without_grid(view: ListView[Line]) -> None:
    assert view.rowHeight(0) == 28
    assert not view.showGrid()


def test_order_can_be_left_to_the_owner_of_the_rows(qtbot: QtBot) -> None:
    asked: list[tuple[str, bool]] = []
    model = ListModel(columns(), sorter=lambda key, down: asked.append((key, down)))
    model.set_rows(LINES)
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert asked == [("due", True)]
    assert numbers(model) == [3, 1, 2]


def test_many_rows_are_shown_at_once(view: ListView[Line], model: ListModel[Line]) -> None:
    start = date(2020, 1, 1)
    many = [Line(at, "单位", start + timedelta(days=at % 900), Status.DONE) for at in range(50_000)]
    model.set_rows(many)
    view.scrollToBottom()
    view.grab()
    assert model.rowCount() == 50_000


def test_choosing_a_row_by_program_leaves_one_row_selected_while_ctrl_is_held(
    view: ListView[Line], model: ListModel[Line], qtbot: QtBot
) -> None:
    first, second = (model.key(row) for row in model.rows()[:2])
    view.select(first)
    qtbot.keyPress(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)  # Ctrl stays down
    view.select(second)
    qtbot.keyRelease(view, Qt.Key.Key_A)
    assert [i.row() for i in view.selectionModel().selectedRows()] == [1]


def test_a_list_all_selected_is_painted_without_looking_at_all_of_it(qtbot: QtBot) -> None:
    class Counting(ListModel[int]):
        asked = 0

        def rowCount(self, parent: Index = NOWHERE) -> int:
            self.asked += 1
            return super().rowCount(parent)

    model = Counting([Column("n", "数", str), Column("m", "数之二", lambda n: str(2 * n))])
    view = ListView(model, "数")
    qtbot.addWidget(view)
    view.show()
    model.set_rows(range(50_000))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert view.selected_spans() == [range(50_000)]
    model.asked = 0
    view.viewport().repaint()
    view.horizontalHeader().viewport().repaint()
    assert model.asked < 1_000


def fitted(settings: QSettings | None = None) -> ListView[Line]:
    made: ListModel[Line] = ListModel(
        [
            Column("number", "编号", lambda row: str(row.number), width=6),
            Column("unit", "单位", lambda row: row.unit, width=12, rank=1, least=6),
            Column("due", "到期", lambda row: str(row.due or ""), width=6, rank=2),
            Column("matter", "事项", lambda row: row.unit, width=10, stretch=True),
        ],
        key=lambda row: row.number,
    )
    made.set_rows(LINES)
    return ListView(made, "窄", settings)


def shown_keys(view: ListView[Line]) -> list[str]:
    return [c.key for at, c in enumerate(view._model.columns) if not view.isColumnHidden(at)]


def test_columns_give_way_by_rank_and_come_back(qtbot: QtBot) -> None:
    view = fitted()
    qtbot.addWidget(view)
    view.resize(theme.em(60), 300)
    view.show()
    qtbot.waitExposed(view)
    wide = view.columnWidth(1)
    assert shown_keys(view) == ["number", "unit", "due", "matter"]
    view.resize(theme.em(32), 300)
    assert shown_keys(view) == ["number", "unit", "matter"]
    view.resize(theme.em(27), 300)
    assert shown_keys(view) == ["number", "unit", "matter"]
    assert view.columnWidth(1) < wide
    view.resize(theme.em(20), 300)
    assert shown_keys(view) == ["number", "matter"]
    assert view.horizontalScrollBar().maximum() == 0
    assert view.listed() == ["number", "unit", "due", "matter"]
    view.resize(theme.em(60), 300)
    assert shown_keys(view) == ["number", "unit", "due", "matter"]
    assert view.columnWidth(1) == wide


def test_what_was_hidden_by_hand_stays_hidden_and_what_gave_way_is_not_remembered(
    qtbot: QtBot, tmp_path: Path
) -> None:
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    view = fitted(settings)
    qtbot.addWidget(view)
    view.resize(theme.em(60), 300)
    view.show()
    qtbot.waitExposed(view)
    view.show_column(2, False)
    view.resize(theme.em(20), 300)
    again = fitted(settings)
    qtbot.addWidget(again)
    again.resize(theme.em(60), 300)
    again.show()
    qtbot.waitExposed(again)
    assert shown_keys(again) == ["number", "unit", "matter"]
    assert again.columnWidth(1) > theme.em(11)


def test_a_column_with_nothing_to_say_is_away_until_it_has(qtbot: QtBot) -> None:
    view = fitted()
    qtbot.addWidget(view)
    view.resize(theme.em(60), 300)
    view.show()
    qtbot.waitExposed(view)
    view.set_idle("due", idle=True)
    assert shown_keys(view) == ["number", "unit", "matter"]
    assert [action.text() for action in view.columns_menu().actions()] == ["编号", "单位", "事项"]
    view.set_idle("due", idle=False)
    assert shown_keys(view) == ["number", "unit", "due", "matter"]


def test_what_is_found_is_marked_in_the_cell(qtbot: QtBot) -> None:
    made: ListModel[Line] = ListModel(
        [Column("unit", "单位", lambda row: row.unit, width=12, marked=True)],
        key=lambda row: row.number,
    )
    made.set_rows(LINES)
    view: ListView[Line] = ListView(made, "记")
    qtbot.addWidget(view)
    view.resize(theme.em(30), 200)
    view.show()
    qtbot.waitExposed(view)
    mark = QColor(theme.colours().mark).rgb()

    def marked() -> int:
        picture = view.grab().toImage()
        return sum(
            picture.pixel(x, y) == mark
            for x in range(picture.width())
            for y in range(picture.height())
        )

    assert marked() == 0
    view.spots = lambda text: ((1, 3),) if text == "市住建局" else ()
    view.viewport().update()
    assert marked() > 50
