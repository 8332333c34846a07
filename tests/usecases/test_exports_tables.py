"""Case files and rounds of assessment for Excel: text stays text, days are days, all on record."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.rules.faults import Faults
from desktop.usecases import assessments, exports_tables
from desktop.usecases.assessments import RoundDraft, ScoreDraft
from desktop.usecases.exports_tables import CASES, Table
from tests.usecases.desk import ACTING, TODAY, Desk

HOSTILE = '=HYPERLINK("http://x","点")'


def sheet(path: Path) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows():
        assert all(cell.data_type != "f" for cell in row)  # no formula anywhere
    return list(book.worksheets[0].iter_rows(values_only=True))


def test_case_files_go_into_a_workbook_as_they_stand(desk: Desk, tmp_path: Path) -> None:
    first = desk.open_case(title=HOSTILE)
    second = desk.ready(desk.open_case(title="+86 目录未公开", facts="-1 处\n@两处"))
    path = tmp_path / "案卷.xlsx"
    done = exports_tables.export_cases(
        desk.office, Table(path, (second, first), tuple(CASES)), ACTING
    )
    assert done.value == 2
    head, one, two = sheet(path)
    assert list(head) == list(CASES.values())
    cells, other = dict(zip(CASES, one, strict=True)), dict(zip(CASES, two, strict=True))
    assert cells["number"] == "案〔2026〕0002"
    assert cells["title"] == "+86 目录未公开"
    assert cells["facts"] == "-1 处\n@两处"
    assert cells["opened"] == datetime(TODAY.year, TODAY.month, TODAY.day)
    assert cells["people"] == "张喆（窗口科员）、赵建国（副局长）"
    assert cells["progress"] == "可以决定"
    assert other["title"] == HOSTILE
    assert other["progress"].startswith("缺")
    event = desk.office.db.execute("SELECT action, label FROM event ORDER BY seq DESC").fetchone()
    assert tuple(event) == ("case.export", "案卷.xlsx（2 行）")


def test_a_text_list_holds_nothing_a_spreadsheet_would_compute(desk: Desk, tmp_path: Path) -> None:
    case = desk.open_case(title=HOSTILE)
    path = tmp_path / "案卷.csv"
    exports_tables.export_cases(desk.office, Table(path, (case,), ("title", "number")), ACTING)
    lines = path.read_text("utf-8-sig").splitlines()
    assert lines[0] == "案由,编号"
    assert lines[1].startswith("\"'=HYPERLINK(")


def test_no_column_is_no_export(desk: Desk, tmp_path: Path) -> None:
    case = desk.open_case()
    path = tmp_path / "案卷.xlsx"
    with pytest.raises(Faults):
        exports_tables.export_cases(desk.office, Table(path, (case,), ()), ACTING)
    assert not path.exists()
    assert "case.export" not in [
        row[0] for row in desk.office.db.execute("SELECT action FROM event").fetchall()
    ]


def open_round(desk: Desk, units: tuple[int, ...]) -> assessments.RoundView:
    begun = assessments.new_round(desk.office)
    points = {b.id: "20" for b in begun.blocks}
    floors = {g.id: str(90 - 10 * n) for n, g in enumerate(begun.grades[:-1])}
    draft = RoundDraft(
        2026, begun.kinds[0].id, "2026年[上半年]抽查", date(2026, 11, 1), units, points, floors
    )
    made = assessments.open_round(desk.office, draft, ACTING).value
    view = assessments.view(desk.office, made)
    for row in view.units[:1]:
        given = {b.id: "18.5" for b in view.blocks}
        notes = {b.id: "=SUM(A1)" for b in view.blocks}
        score = ScoreDraft(given, notes, "公开栏空白", False)
        assessments.score(desk.office, row.unit.id, score, ACTING)
    return assessments.view(desk.office, made)


def test_a_round_goes_into_a_workbook_a_line_for_each_unit(desk: Desk, tmp_path: Path) -> None:
    view = open_round(desk, (1, 2))
    columns = exports_tables.round_columns(view)
    path = tmp_path / "考核.xlsx"
    ids = tuple(row.unit.id for row in view.units)
    exports_tables.export_round(
        desk.office, view.round.id, Table(path, ids, tuple(columns)), ACTING
    )
    head, one, two = sheet(path)
    assert list(head) == list(columns.values())
    cells, other = dict(zip(columns, one, strict=True)), dict(zip(columns, two, strict=True))
    assert cells["unit"] == "市住房保障局"
    assert cells["place"] == "1"
    block = view.blocks[0].id
    assert cells[f"block.{block}"] == "18.5"
    assert cells[f"note.{block}"] == "=SUM(A1)"
    assert cells["problems"] == "公开栏空白"
    assert other["total"] is None
    assert openpyxl.load_workbook(path).sheetnames[0] == "2026年　上半年　抽查"
