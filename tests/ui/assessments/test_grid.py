"""Scoring as in a spreadsheet: keys, pasting, faults in the cell, keeping row by row."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.ui.assessments.gridpage import GridPage
from desktop.ui.assessments.scores import FAULT_ROLE
from desktop.usecases import office as offices
from desktop.usecases.assessments import points_of
from tests.ui.assessments.conftest import GOOD, Desk
from tests.ui.office_fixtures import ACTING


def _editor(page: GridPage) -> QLineEdit:
    found = page.grid.viewport().findChildren(QLineEdit)
    assert found
    return found[-1]


def _enter(desk: Desk, page: GridPage, text: str) -> None:
    """Type into the current cell and press Enter."""
    desk.type(page.grid, text[:1])
    editor = _editor(page)
    if text[1:]:
        desk.type(editor, text[1:])
    desk.press(editor, Qt.Key.Key_Return)


def _at(page: GridPage) -> tuple[int, int]:
    now = page.grid.currentIndex()
    return now.row(), now.column()


def _points(desk: Desk, unit: int) -> list[Decimal]:
    view = desk.view()
    row = next(r for r in view.units if r.unit.id == unit)
    return [points_of(row.scores[b.id].points) for b in view.blocks if b.id in row.scores]


def test_typing_and_enter_goes_down_the_column(desk: Desk) -> None:
    desk.open_round()
    page = desk.grid()
    for text in ("18", "17.5", "12"):
        _enter(desk, page, text)
    assert _at(page) == (2, 0)
    desk.click("assessments.grid.save")
    assert [_points(desk, unit) for unit in (1, 2, 3)] == [
        [Decimal(18)],
        [Decimal("17.5")],
        [Decimal(12)],
    ]


def test_typing_replaces_what_stood_in_the_cell(desk: Desk) -> None:
    desk.open_round()
    desk.score(1, GOOD)
    page = desk.grid()
    page.grid.go(0, 0)
    _enter(desk, page, "16")
    assert page.model.line(0).points[page.model.blocks[0].id] == "16"


def test_arrows_and_tab_move_from_cell_to_cell(desk: Desk) -> None:
    desk.open_round()
    page = desk.grid()
    desk.press(page.grid, Qt.Key.Key_Right)
    desk.press(page.grid, Qt.Key.Key_Down)
    assert _at(page) == (1, 1)
    page.grid.go(0, 4)
    desk.press(page.grid, Qt.Key.Key_Tab)
    assert _at(page) == (1, 0)


def test_a_row_is_kept_when_it_is_left_as_one_action(desk: Desk) -> None:
    desk.open_round()
    page = desk.grid()
    desk.paste("\t".join(GOOD))
    page.grid.paste()
    assert not desk.said
    desk.press(page.grid, Qt.Key.Key_Down)
    desk.wait()
    assert desk.said == ["已保存市住房保障局的评分。"]
    assert len(_points(desk, 1)) == 5


def test_a_block_copied_from_a_spreadsheet_fills_the_grid(desk: Desk) -> None:
    desk.open_round()
    page = desk.grid()
    page.grid.go(0, 1)
    desk.paste("13\t21\r\n12.5\t20\r\n11\t19\r\n")
    page.grid.paste()
    page.save()
    desk.wait()
    assert [_points(desk, unit) for unit in (1, 2, 3)] == [
        [Decimal(13), Decimal(21)],
        [Decimal("12.5"), Decimal(20)],
        [Decimal(11), Decimal(19)],
    ]


def test_what_does_not_fit_is_said_and_not_dropped_silently(desk: Desk) -> None:
    desk.open_round()
    page = desk.grid()
    page.grid.go(2, 4)
    desk.paste("12\t99\n13\t98")
    page.grid.paste()
    assert "有 3 格超出表格或者已定档，没有粘贴" in page.bar.text()


def test_wrong_points_are_marked_in_the_cell_and_the_row_waits(desk: Desk) -> None:
    desk.open_round()
    page = desk.grid()
    _enter(desk, page, "21")
    desk.wait()
    cell = page.model.index(0, 0)
    assert cell.data() == "21"
    assert cell.data(FAULT_ROLE) == "“21”超出范围，请填 0 到 20 之间的分数。"
    assert page.bar.text() == (
        "市住房保障局 · 组织领导情况：“21”超出范围，请填 0 到 20 之间的分数。这一行还没有保存。"
    )
    assert _points(desk, 1) == []
    desk.press(page.grid, Qt.Key.Key_Up)
    assert page.panel.fault.text() == "“21”超出范围，请填 0 到 20 之间的分数。"
    _enter(desk, page, "２０")
    desk.wait()
    assert not page.bar.isVisible()
    assert _points(desk, 1) == [Decimal(20)]


def test_a_note_without_points_is_refused_at_its_cell(desk: Desk) -> None:
    desk.open_round()
    page = desk.grid()
    page.grid.go(0, 2)
    desk.type(page.panel.note.text, "公开栏更新及时")
    page.save()
    desk.wait()
    assert page.model.index(0, 2).data(FAULT_ROLE) == "写了说明，还要填写得分。"
    assert page.has_unsaved()


def test_notes_problems_and_evaluation_are_kept_with_the_row(desk: Desk) -> None:
    desk.open_round("fujin")
    page = desk.grid()
    _enter(desk, page, "18")
    page.grid.go(0, 0)
    desk.type(page.panel.note.text, "会议记录齐全")
    desk.type(page.panel.problems.text, "目录未更新")
    page.panel.unsatisfied.setFocus()
    desk.press(page.panel.unsatisfied, Qt.Key.Key_Space)
    page.save()
    desk.wait()
    row = desk.view().units[0]
    assert [score.note for score in row.scores.values()] == ["会议记录齐全"]
    assert (row.unit.problems, row.unit.unsatisfied) == ("目录未更新", True)


def test_the_panel_shows_the_questions_of_the_block(desk: Desk) -> None:
    desk.open_round()
    page = desk.grid()
    page.grid.go(0, 4)
    said = [one.text() for one in page.panel.findChildren(type(page.panel.fault))]
    assert "制度是否具有可操作性" in said
    assert "满分 15 分 · 第五条（五）" in said


def test_baodings_rules_know_no_evaluation_that_overrides(desk: Desk) -> None:
    desk.open_round()
    assert not desk.grid().panel.unsatisfied.isVisible()


def test_total_and_grade_follow_the_typing(desk: Desk) -> None:
    desk.open_round()
    page = desk.grid()
    desk.paste("\t".join(GOOD))
    page.grid.paste()
    shown = [page.model.index(0, column).data() for column in (5, 6, 7)]
    assert shown == ["84", "优秀", "未保存"]


def test_what_stands_in_an_open_cell_is_kept_too(desk: Desk) -> None:
    desk.open_round()
    page = desk.grid()
    desk.type(page.grid, "1")
    desk.type(_editor(page), "8")
    assert desk.tab.has_unsaved()
    desk.qtbot.keyClick(page.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.wait()
    assert _points(desk, 1) == [Decimal(18)]


def test_escape_in_a_cell_takes_back_only_the_cell(desk: Desk) -> None:
    desk.open_round()
    page = desk.grid()
    desk.type(page.grid, "7")
    desk.press(_editor(page), Qt.Key.Key_Escape)
    assert desk.tab.page() is page
    assert page.model.index(0, 0).data() == ""


def test_leaving_keeps_every_row_first(desk: Desk) -> None:
    desk.open_round()
    page = desk.grid(2)
    desk.paste("18")
    page.grid.paste()
    page.leave()
    desk.wait()
    assert desk.tab.page() is None
    assert _points(desk, 2) == [Decimal(18)]
    assert desk.tab.overview.list.current_row().unit.unit_name == "市市场监督局"


def test_leaving_with_a_wrong_cell_asks_before_dropping_it(desk: Desk) -> None:
    desk.open_round()
    page = desk.grid()
    desk.paste("九十")
    page.grid.paste()
    page.leave()
    desk.wait()
    assert desk.tab.page() is page
    assert page.bar.text() == "有填写有误的评分，没有保存。"
    page.bar.clicked.emit("stay")
    assert page.model.index(0, 0).data() == "九十"
    page.leave()
    desk.wait()
    page.bar.clicked.emit("drop")
    assert desk.tab.page() is None


def test_a_graded_unit_can_not_be_changed(desk: Desk) -> None:
    desk.open_round()
    desk.score(1, GOOD)
    desk.tab.overview.select(1)
    desk.click("assessments.next")
    desk.click("assessments.grade.save")
    desk.click("assessments.letter.back")
    page = desk.grid()
    desk.paste("1")
    page.grid.go(0, 0)
    page.grid.paste()
    assert page.model.index(0, 0).data() == "18"
    assert page.model.index(0, 7).data() == "已定档"


def test_undo_shows_in_the_open_grid(desk: Desk) -> None:
    desk.open_round()
    page = desk.grid()
    desk.paste("18")
    page.grid.paste()
    page.save()
    desk.wait()
    desk.work(lambda office: offices.take_back(office, desk.events[-1], ACTING))
    desk.wait()
    assert page.model.index(0, 0).data() == ""
    assert not page.has_unsaved()


def test_copied_cells_are_lines_of_tabs(desk: Desk) -> None:
    desk.open_round()
    desk.score(1, GOOD)
    page = desk.grid()
    page.grid.selectRow(0)
    page.grid.copy()
    assert desk.clipboard() == "18\t13\t21\t20\t12\t84\t优秀\t已保存"


def test_what_is_being_typed_survives_the_keeping_of_the_row_before(desk: Desk) -> None:
    desk.open_round()
    page = desk.grid()
    _enter(desk, page, "18")
    desk.type(page.grid, "1")
    desk.type(_editor(page), "7")
    desk.wait()
    page.model.renew(1)
    assert _editor(page).text() == "17"
    desk.press(_editor(page), Qt.Key.Key_Return)
    desk.click("assessments.grid.save")
    assert _points(desk, 2) == [Decimal(17)]
