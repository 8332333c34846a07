"""How grades, places and points of an assessment read and which colour they wear."""

from collections.abc import Sequence
from decimal import Decimal

from desktop.rules.assessments import CutOff, Scheme
from desktop.rules.rulebook import Grade
from desktop.text import _
from desktop.ui.common.palette import Status
from desktop.usecases.assessments import RoundView, UnitRow, show


def grade_status(grade: Grade, ladder: Sequence[Grade]) -> Status:
    """The colour of a grade by its place on the ladder: best green, worst red, last but one amber."""
    at = next(n for n, one in enumerate(ladder) if one.id == grade.id)
    if at == 0:
        return Status.DONE
    if at == len(ladder) - 1:
        return Status.OVERDUE
    return Status.SOON if at == len(ladder) - 2 else Status.RUNNING


def grade_words(row: UnitRow) -> str:
    """The fixed grade, else the one that the points give, said to be provisional."""
    if row.graded is not None:
        return row.graded.name
    if row.result.grade is not None:
        return _("拟{grade}").format(grade=row.result.grade.name)
    return ""


def row_status(row: UnitRow, ladder: Sequence[Grade]) -> Status | None:
    """The colour of a row's grade; none before it has one."""
    grade = row.graded or row.result.grade
    return grade_status(grade, ladder) if grade is not None else None


def place_words(row: UnitRow) -> str:
    """The place in the ranking, or nothing."""
    return str(row.place) if row.place else "—"


def points_words(points: Decimal) -> str:
    """Points as written, without needless zeros."""
    return show(points)


def cut_off_words(grade: Grade, ladder: Sequence[Grade], scheme: Scheme) -> str:
    """From how many points a grade is given: 90 分以上; the lowest takes what is left."""
    floor = next((c.floor for c in scheme.cut_offs if c.grade == grade.id), None)
    if floor is not None:
        return _("{points} 分以上").format(points=show(floor))
    lowest = min((c.floor for c in scheme.cut_offs), default=Decimal(0))
    return _("不满 {points} 分").format(points=show(lowest)) if grade is ladder[-1] else ""


def scheme_line(view: RoundView) -> str:
    """The scheme on one line: full total and cut-offs."""
    names = {g.id: g.name for g in view.grades}
    floors = [f"{names[c.grade]} {show(c.floor)}" for c in _falling(view.scheme.cut_offs)]
    return _("满分 {full} 分 · 分数线：{floors}").format(
        full=show(view.scheme.full), floors=_("，").join(floors)
    )


def _falling(cut_offs: Sequence[CutOff]) -> list[CutOff]:
    return sorted(cut_offs, key=lambda c: c.floor, reverse=True)


def override_words(row: UnitRow) -> str:
    """Why the grade is not the one of the points; empty when it is."""
    result = row.result
    if result.override is None or result.grade is None or result.grade_by_points is None:
        return ""
    return _("按得分为“{points}”；{rule}（{article}），因此评定为“{grade}”。").format(
        points=result.grade_by_points.name,
        rule=result.override.text,
        article=result.override.article,
        grade=result.grade.name,
    )
