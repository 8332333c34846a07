"""Assessment scoring (考核评分): schemes, totals, grades, overrides. Points are the office's own."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop.rules.faults import Fault, fault
from desktop.rules.rulebook import Grade, Override, Rulebook

CENT = Decimal("0.01")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{0,9})?")


@dataclass(frozen=True, slots=True)
class SchemeBlock:
    """A content block with the full points that the office gave it (本单位自定分值)."""

    block: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class CutOff:
    """The least total, in points, for a grade (本单位自定分数线)."""

    grade: str
    floor: Decimal


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scoring scheme (评分方案). No regulation at hand gives points: all of it is the office's."""

    blocks: tuple[SchemeBlock, ...]
    cut_offs: tuple[CutOff, ...]

    @property
    def full(self) -> Decimal:
        """Return the full total."""
        return sum((b.points for b in self.blocks), Decimal(0))


def grades(book: Rulebook) -> tuple[Grade, ...]:
    """Return the assessment grades of a rulebook, best first."""
    return tuple(sorted((g for g in book.grades if g.system == "assessment"), key=lambda g: g.rank))


def read_points(field: str, text: str, full: Decimal) -> tuple[Decimal | None, Fault | None]:
    """Read typed points: a number with at most two decimals between 0 and ``full``."""
    text = text.strip().replace("．", ".").translate({0xFF10 + n: str(n) for n in range(10)})
    if not text:
        return None, None
    if not _NUMBER.fullmatch(text):  # Decimal itself would also read 1_0, 1e2 and NaN
        return None, fault(field, "not_a_number", typed=text[:20])
    points = Decimal(text)
    if points != points.quantize(CENT):
        return None, fault(field, "not_a_number", typed=text[:20])
    if points < 0 or points > full:
        return None, fault(field, "points_out_of_range", typed=text[:20], full=full)
    return points, None


def check_scheme(scheme: Scheme, book: Rulebook) -> list[Fault]:
    """Check a scheme: every block has points, the cut-offs fall from the best grade to the worst."""
    found = [fault(f"block.{b.block}", "points_positive") for b in scheme.blocks if b.points <= 0]
    order = [g.id for g in grades(book)]
    floors = {c.grade: c.floor for c in scheme.cut_offs}
    previous = scheme.full
    for n, grade in enumerate(order[:-1]):
        floor = floors.get(grade)
        if floor is None:
            found.append(fault(f"grade.{grade}", "required"))
        elif floor <= 0 or floor > previous or (n and floor == previous):
            code = "cut_off_order" if n else "cut_off_top"
            found.append(fault(f"grade.{grade}", code, previous=previous))
        else:
            previous = floor
    return found


@dataclass(frozen=True, slots=True)
class Result:
    """A unit's result: total, grade by points, and the grade after any override, with its rule."""

    total: Decimal
    scored: int
    complete: bool
    grade_by_points: Grade | None
    grade: Grade | None
    override: Override | None


def result(
    scheme: Scheme, book: Rulebook, scores: Mapping[str, Decimal], *, unsatisfied: bool = False
) -> Result:
    """Add up a unit's scores and grade them.

    Args:
        scheme: the office's points and cut-offs.
        book: grades and overrides of the place.
        scores: points per block id; blocks not yet scored are absent.
        unsatisfied: public evaluation was "not satisfied" (民主评议为不满意).
    """
    given = [scores[b.block] for b in scheme.blocks if b.block in scores]
    total = sum(given, Decimal(0))
    complete = len(given) == len(scheme.blocks)
    by_points = grade_of(scheme, book, total) if complete else None
    override = next(
        (
            o
            for o in book.overrides
            if o.system == "assessment" and o.when == "evaluation_unsatisfied" and unsatisfied
        ),
        None,
    )
    grade = by_points
    if override is not None and by_points is not None:
        grade = next(g for g in grades(book) if g.id == override.grade)
    return Result(total, len(given), complete, by_points, grade, override)


def grade_of(scheme: Scheme, book: Rulebook, total: Decimal) -> Grade:
    """Return the grade of a total: the best whose floor it reaches, else the worst."""
    floors = {c.grade: c.floor for c in scheme.cut_offs}
    ladder: Sequence[Grade] = grades(book)
    return next((g for g in ladder[:-1] if total >= floors[g.id]), ladder[-1])
