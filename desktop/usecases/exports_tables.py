"""Exporting case files and a round of assessment for Excel and WPS, on record; in Chinese.

Both hold no complainant. Which lines and columns are written is the window's choice.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from db.ledger import EventDraft
from desktop.rules.casefiles import CaseState
from desktop.rules.faults import fault, refuse_if
from desktop.usecases import assessments, exports_file, shelf
from desktop.usecases.assessments import RoundView, UnitRow
from desktop.usecases.exports_file import Value
from desktop.usecases.office import Acting, Done, Office, names
from desktop.usecases.shelf import CaseView

Told = Callable[[int], None]
"""Told how many lines are done; stops the work by an exception."""


@dataclass(frozen=True, slots=True)
class Table:
    """Which lines (by id, in order) and columns (by key) are exported, and where to."""

    path: Path
    ids: tuple[int, ...]
    columns: tuple[str, ...]


#: Columns of the case files: key and heading.
CASES = {
    "number": "编号",
    "state": "状态",
    "opened": "立案日期",
    "unit": "被追究单位",
    "title": "案由",
    "origin": "来源",
    "situations": "追究情形",
    "people": "人员",
    "facts": "事实",
    "rung": "追究档次",
    "sanctions": "处理措施",
    "decided": "决定日期",
    "rectify": "整改期限",
    "reported": "收到整改报告日期",
    "closed": "结案日期",
    "progress": "办理进展",
}
_CASE_STATES = {
    CaseState.OPEN: "调查中",
    CaseState.DECIDED: "待送达",
    CaseState.SERVED: "整改中",
    CaseState.RECTIFIED: "待结案",
    CaseState.CLOSED: "已结案",
    CaseState.VOID: "作废",
}

#: Columns of a round beside its blocks, which stand between the total and the rest.
PLACE, UNIT, TOTAL = "place", "unit", "total"
_BEFORE = {PLACE: "名次", UNIT: "单位", TOTAL: "总分"}
_AFTER = {
    "grade": "档次",
    "scored": "已评项数",
    "unsatisfied": "民主评议不满意",
    "problems": "存在问题",
    "letter": "通知书编号",
    "case": "案卷",
}
_BLOCK, _NOTE = "block.", "note."


def round_columns(view: RoundView) -> dict[str, str]:
    """Return the columns of a round: each block has one for its points and one for its reason."""
    blocks = {f"{_BLOCK}{one.id}": one.name for one in view.blocks}
    notes = {f"{_NOTE}{one.id}": f"{one.name}（扣分理由）" for one in view.blocks}
    return {**_BEFORE, **blocks, **_AFTER, **notes}


def export_cases(
    office: Office, table: Table, acting: Acting, told: Told | None = None
) -> Done[int]:
    """Write case files into a file (.xlsx, or .csv by its name); return how many.

    Raises:
        Faults: no columns, more lines than a workbook holds.
        OSError: the file can not be written there.
    """

    def rows() -> Iterator[list[Value]]:
        for at, one in enumerate(table.ids):
            if told is not None:
                told(at)
            seen = shelf.view(office, one, acting.today)
            yield [_case_cell(seen, column) for column in table.columns]

    headers = [CASES[key] for key in table.columns]
    event = EventDraft("case.export", "case_file")
    return _write(office, event, table, ("责任追究案卷", headers, rows()), acting)


def export_round(
    office: Office, round_id: int, table: Table, acting: Acting, told: Told | None = None
) -> Done[int]:
    """Write the scores of a round into a file, a line for each unit; return how many.

    Raises:
        Faults: no columns, more lines than a workbook holds.
        OSError: the file can not be written there.
    """
    view = assessments.view(office, round_id)
    known = round_columns(view)
    units = {row.unit.id: row for row in view.units}

    def rows() -> Iterator[list[Value]]:
        for at, one in enumerate(table.ids):
            if told is not None:
                told(at)
            if one in units:
                yield [_unit_cell(view, units[one], column) for column in table.columns]

    headers = [known[key] for key in table.columns]
    event = EventDraft("round.export", "round", round_id)
    return _write(office, event, table, (view.round.name, headers, rows()), acting)


def _write(
    office: Office,
    event: EventDraft,
    table: Table,
    made: tuple[str, Sequence[str], Iterator[list[Value]]],
    acting: Acting,
) -> Done[int]:
    refuse_if(
        [
            None if table.columns else fault("columns", "choose"),
            exports_file.check_lines(table.path, len(table.ids)),
        ]
    )
    sheet, headers, rows = made
    event.label = f"{table.path.name}（{len(table.ids)} 行）"
    with office.ledger.action(event, acting.actor()):
        exports_file.write(table.path, _sheet_name(sheet), headers, rows)
    return Done(len(table.ids), event.seq)


def _sheet_name(name: str) -> str:
    """Return a name that a sheet may have: none of seven characters, no apostrophe at its ends."""
    return "".join("　" if ch in "[]:*?/\\" else ch for ch in name).strip("'　 ") or "表"


def _case_cell(seen: CaseView, column: str) -> Value:
    case = seen.case
    people = [f"{one.name}（{one.post}）" if one.post else one.name for one in seen.people]
    cells: dict[str, Value] = {
        "number": case.number,
        "state": _CASE_STATES[seen.state],
        "opened": case.opened,
        "unit": case.unit_name,
        "title": case.title,
        "origin": seen.origin.words if seen.origin else "",
        "situations": "；".join(f"{one.article} {one.text}" for one in seen.situations),
        "people": names(people),
        "facts": case.facts,
        "rung": seen.rung.circumstance if seen.rung else "",
        "sanctions": "；".join(one.text for one in seen.sanctions),
        "decided": case.decided,
        "rectify": case.rectify_by,
        "reported": case.reported,
        "closed": case.closed,
        "progress": _progress(seen),
    }
    return cells[column]


def _progress(seen: CaseView) -> str:
    """Say what is missing before the decision (办理进展)."""
    if seen.state is not CaseState.OPEN:
        return ""
    missing = sum(not one.done for one in seen.requirements)
    return f"缺{missing}项" if missing else "可以决定"


def _unit_cell(view: RoundView, row: UnitRow, column: str) -> Value:
    if column.startswith((_BLOCK, _NOTE)):
        score = row.scores.get(column.partition(".")[2])
        if score is None:
            return ""
        if column.startswith(_NOTE):
            return score.note
        return assessments.show(assessments.points_of(score.points))
    own: dict[str, Value] = {
        PLACE: str(row.place) if row.place else "",
        UNIT: row.unit.unit_name,
        TOTAL: assessments.show(row.result.total) if row.result.scored else "",
        "grade": _grade(row),
        "scored": f"{row.result.scored}／{len(view.blocks)}",
        "unsatisfied": "是" if row.unit.unsatisfied else "",
        "problems": row.unit.problems,
        "letter": row.unit.letter_number or "",
        "case": row.unit.case_number or "",
    }
    return own[column]


def _grade(row: UnitRow) -> str:
    """Return the grade as fixed, else the one that the points give, said to be provisional."""
    if row.graded is not None:
        return row.graded.name
    return f"拟{row.result.grade.name}" if row.result.grade is not None else ""
