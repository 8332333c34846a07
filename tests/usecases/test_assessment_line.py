"""An assessment round from its scheme to the letters, and on to accountability."""

from decimal import Decimal
from typing import Any

import pytest

from desktop.rules.faults import Faults
from desktop.rules.rulebook import System
from desktop.usecases import assessments
from desktop.usecases.assessments import RoundDraft, ScoreDraft
from tests.usecases.desk import ACTING, TODAY, Desk, Make, faulty, forbidden


def round_draft(desk: Desk, **change: Any) -> RoundDraft:
    """A round of two units: 20 points a block, cut-offs at nine, seven and six tenths."""
    book = desk.office.book(System.ASSESSMENT)
    assert book is not None
    blocks = [b.id for b in book.blocks if b.system == "assessment"]
    grades = sorted((g for g in book.grades if g.system == "assessment"), key=lambda g: g.rank)
    full = 20 * len(blocks)
    floors = {g.id: str(full * tenth / 10) for g, tenth in zip(grades, (9, 7, 6), strict=False)}
    values: dict[str, Any] = {
        "year": 2026,
        "kind": next((r.id for r in book.rounds if r.system == "assessment"), ""),
        "name": "2026年度年终考核",
        "day": TODAY,
        "units": (1, 2),
        "points": dict.fromkeys(blocks, "20"),
        "floors": floors,
    }
    return RoundDraft(**{**values, **change})


def open_round(desk: Desk, **change: Any) -> int:
    return assessments.open_round(desk.office, round_draft(desk, **change), ACTING).value


def score(desk: Desk, unit: int, points: str, *, unsatisfied: bool = False) -> int:
    """Give a unit the same points in every block."""
    rounds = [assessments.view(desk.office, r.id) for r in assessments.rounds(desk.office)]
    seen = next((r for r in rounds if unit in {u.unit.id for u in r.units}), None)
    if seen is None:
        raise LookupError(f"round unit {unit}")
    blocks = seen.blocks
    draft = ScoreDraft(
        dict.fromkeys((b.id for b in blocks), points),
        {},
        "目录更新不及时\n\n会议纪要不全",
        unsatisfied,
    )
    return assessments.score(desk.office, unit, draft, ACTING).event


@pytest.mark.parametrize("place", ["baoding", "fujin"])
def test_a_round_goes_from_scheme_to_letters(desk_of: Make, place: str) -> None:
    desk = desk_of(assess=place)
    round_id = open_round(desk)
    seen = assessments.view(desk.office, round_id)
    assert seen.scheme.full == 20 * len(seen.blocks)
    one, other = (u.unit.id for u in seen.units)
    with forbidden("not_scored"):
        assessments.grade(desk.office, one, TODAY, ACTING)
    score(desk, one, "19.5")
    score(desk, other, "５")
    seen = assessments.view(desk.office, round_id)
    assert [u.place for u in seen.units] == [1, 2]
    assert seen.scored == 2
    assert seen.units[0].result.total == Decimal("19.5") * len(seen.blocks)
    for unit in (one, other):
        letter = assessments.grade(desk.office, unit, TODAY, ACTING).value
        text = desk.pdf_text(letter)
        assert "考核" in text
        assert "本办公室自行确定" in text
        assert "目录更新不及时" in text
    seen = assessments.view(desk.office, round_id)
    assert seen.round.state == assessments.FINISHED
    assert [u.graded.rank for u in seen.units if u.graded] == [1, 4]
    with forbidden("already_done"):
        score(desk, one, "1")
    with forbidden("already_done"):
        assessments.grade(desk.office, one, TODAY, ACTING)


def test_the_worst_grade_leads_to_a_case_once(desk: Desk) -> None:
    round_id = open_round(desk)
    one, other = (u.unit.id for u in assessments.view(desk.office, round_id).units)
    score(desk, one, "5")
    score(desk, other, "20")
    for unit in (one, other):
        assessments.grade(desk.office, unit, TODAY, ACTING)
    rows = assessments.view(desk.office, round_id).units
    assert [assessments.may_open_case(r) for r in rows] == [True, False]
    draft = assessments.draft_case(desk.office, one, TODAY)
    assert "评定为差" in draft.title
    case = desk.open_case(unit=draft.unit, title=draft.title, facts=draft.facts, round_unit=one)
    assert not assessments.may_open_case(assessments.view(desk.office, round_id).units[0])
    with forbidden("has_case"):
        desk.open_case(round_unit=one)
    assert desk.case(case).case.round_unit == one


def test_an_unsatisfied_public_overrides_the_points_where_the_text_says_so(desk_of: Make) -> None:
    desk = desk_of(assess="fujin")
    round_id = open_round(desk)
    unit = assessments.view(desk.office, round_id).units[0].unit.id
    score(desk, unit, "20", unsatisfied=True)
    row = assessments.view(desk.office, round_id).units[0]
    assert row.result.grade_by_points is not None
    assert row.result.grade is not None
    assert (row.result.grade_by_points.name, row.result.grade.name) == ("优秀", "不合格")
    text = desk.pdf_text(assessments.grade(desk.office, unit, TODAY, ACTING).value)
    assert "民主评议为不满意" in text
    desk = desk_of()
    unit = assessments.view(desk.office, open_round(desk)).units[0].unit.id
    score(desk, unit, "20", unsatisfied=True)
    row = assessments.view(desk.office, 1).units[0]
    assert row.result.override is None


def test_a_scheme_says_what_it_needs(desk: Desk) -> None:
    good = round_draft(desk)
    first = next(iter(good.points))
    with faulty(("year", "required"), ("kind", "choose"), ("name", "required"),
                ("day", "required"), ("units", "choose")):  # fmt: skip
        open_round(desk, year=None, kind="", name="", day=None, units=())
    with faulty((f"block.{first}", "required")):
        open_round(desk, points={**good.points, first: ""})
    with faulty((f"block.{first}", "points_positive")):
        open_round(desk, points={**good.points, first: "0"})
    with faulty((f"block.{first}", "not_a_number")):
        open_round(desk, points={**good.points, first: "1e99"})
    with faulty(("grade.good", "cut_off_order")):
        open_round(desk, floors={**good.floors, "good": good.floors["excellent"]})
    with faulty(("grade.excellent", "cut_off_top")):
        open_round(desk, floors={**good.floors, "excellent": "101"})
    with faulty(("kind", "choose")):
        open_round(desk, kind="public")  # a kind of evaluation, not of assessment
    assert desk.count("assessment_round") == 0


def test_scores_beyond_the_block_or_a_note_on_nothing_are_refused(desk: Desk) -> None:
    round_id = open_round(desk)
    seen = assessments.view(desk.office, round_id)
    unit, block = seen.units[0].unit.id, seen.blocks[0].id
    for text, code in (("20.01", "points_out_of_range"), ("-1", "points_out_of_range"),
                       ("十", "not_a_number"), ("1.005", "not_a_number")):  # fmt: skip
        with faulty((f"points.{block}", code)):
            assessments.score(desk.office, unit, ScoreDraft({block: text}, {}, ""), ACTING)
    with pytest.raises(Faults):
        assessments.score(desk.office, unit, ScoreDraft({}, {block: "写了说明"}, ""), ACTING)
    assessments.score(desk.office, unit, ScoreDraft({block: "12.25"}, {block: "说明"}, ""), ACTING)
    row = assessments.view(desk.office, round_id).units[0]
    assert row.scores[block].points == 1225
    assert (row.result.scored, row.result.complete, row.place) == (1, False, 0)
    assessments.score(desk.office, unit, ScoreDraft({block: ""}, {}, ""), ACTING)
    assert assessments.view(desk.office, round_id).units[0].scores == {}


def test_numbers_of_result_letters_follow_the_year_of_the_letter(desk: Desk) -> None:
    round_id = open_round(desk)
    for row in assessments.view(desk.office, round_id).units:
        score(desk, row.unit.id, "15")
        assessments.grade(desk.office, row.unit.id, TODAY, ACTING)
    numbers = [row.unit.letter_number for row in assessments.view(desk.office, round_id).units]
    assert numbers == ["澄公开办考通〔2026〕1号", "澄公开办考通〔2026〕2号"]
