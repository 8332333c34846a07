"""Scores, grades and cut-offs: the office's own figures, added up without rounding."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.assessments import (
    CutOff,
    Scheme,
    SchemeBlock,
    check_scheme,
    grade_of,
    grades,
    read_points,
    result,
)
from tests.rules.books import BOOKS

POINTS = st.decimals(0, 100, places=2)
PLACES = st.sampled_from(["baoding", "fujin"])


@st.composite
def schemes(draw: st.DrawFn) -> tuple[str, Scheme]:
    """A sound scheme of a place: positive points, falling cut-offs."""
    place = draw(PLACES)
    book = BOOKS[place]
    blocks = [b for b in book.blocks if b.system == "assessment"]
    points = tuple(SchemeBlock(b.id, draw(st.decimals("0.01", 100, places=2))) for b in blocks)
    full = sum((p.points for p in points), Decimal(0))
    count = len(grades(book)) - 1
    cents = draw(
        st.lists(
            st.integers(1, max(int(full * 100), count)),
            min_size=count, max_size=count, unique=True,
        )
    )  # fmt: skip
    floors = sorted((min(Decimal(c) / 100, full) for c in cents), reverse=True)
    cut_offs = tuple(CutOff(g.id, floor) for g, floor in zip(grades(book), floors, strict=False))
    return place, Scheme(points, cut_offs)


@given(schemes(), st.data())
def test_more_points_never_bring_a_worse_grade(
    given_scheme: tuple[str, Scheme], data: st.DataObject
) -> None:
    place, scheme = given_scheme
    book = BOOKS[place]
    first = data.draw(st.decimals(0, scheme.full, places=2))
    second = data.draw(st.decimals(first, scheme.full, places=2))
    assert grade_of(scheme, book, second).rank <= grade_of(scheme, book, first).rank


@given(schemes())
def test_a_grade_begins_exactly_at_its_cut_off(given_scheme: tuple[str, Scheme]) -> None:
    place, scheme = given_scheme
    book = BOOKS[place]
    assert [f.code for f in check_scheme(scheme, book)] == []
    for cut_off in scheme.cut_offs:
        at = grade_of(scheme, book, cut_off.floor)
        below = grade_of(scheme, book, cut_off.floor - Decimal("0.01"))
        assert at.id == cut_off.grade
        assert below.rank > at.rank
    assert grade_of(scheme, book, Decimal(0)) == grades(book)[-1]
    assert grade_of(scheme, book, scheme.full) == grades(book)[0]


@given(schemes(), st.data(), st.booleans())
def test_the_total_is_the_sum_and_an_override_keeps_the_raw_grade(
    given_scheme: tuple[str, Scheme], data: st.DataObject, unsatisfied: bool
) -> None:
    place, scheme = given_scheme
    book = BOOKS[place]
    scores = {
        b.block: data.draw(st.decimals(0, b.points, places=2))
        for b in scheme.blocks
        if data.draw(st.integers(0, 5))
    }
    found = result(scheme, book, scores, unsatisfied=unsatisfied)
    assert found.total == sum(scores.values(), Decimal(0))
    assert found.scored == len(scores)
    assert found.complete == (len(scores) == len(scheme.blocks))
    if not found.complete:
        assert found.grade is None
        assert found.grade_by_points is None
        return
    assert found.grade_by_points == grade_of(scheme, book, found.total)
    if place == "fujin" and unsatisfied:
        assert found.override is not None
        assert found.grade is not None
        assert found.grade.name == "不合格"
    else:
        assert found.override is None
        assert found.grade == found.grade_by_points


def test_grades_stand_from_best_to_worst() -> None:
    assert [g.name for g in grades(BOOKS["baoding"])] == ["优秀", "良好", "一般", "差"]
    assert [g.name for g in grades(BOOKS["fujin"])] == ["优秀", "良好", "合格", "不合格"]
    for place in ("kunming", "wuan", "shexian", "fuxing", "district", "yingshang"):
        assert grades(BOOKS[place]) == ()


@pytest.mark.parametrize(
    ("floors", "codes"),
    [
        ({"excellent": "90", "good": "75", "fair": "60"}, []),
        ({"excellent": "100", "good": "75", "fair": "60"}, []),
        ({"excellent": "101", "good": "75", "fair": "60"}, ["cut_off_top"]),
        ({"excellent": "0", "good": "75", "fair": "60"}, ["cut_off_top"]),
        ({"excellent": "90", "good": "90", "fair": "60"}, ["cut_off_order"]),
        ({"excellent": "75", "good": "90", "fair": "60"}, ["cut_off_order"]),
        ({"excellent": "90", "good": "75", "fair": "0"}, ["cut_off_order"]),
        ({"excellent": "90", "good": "75", "fair": "-1"}, ["cut_off_order"]),
        ({"excellent": "90", "fair": "60"}, ["required"]),
        ({}, ["required", "required", "required"]),
    ],
)
def test_cut_offs_must_fall_from_grade_to_grade(floors: dict[str, str], codes: list[str]) -> None:
    blocks = tuple(
        SchemeBlock(b.id, Decimal(20)) for b in BOOKS["baoding"].blocks if b.system == "assessment"
    )
    scheme = Scheme(blocks, tuple(CutOff(g, Decimal(f)) for g, f in floors.items()))
    assert [f.code for f in check_scheme(scheme, BOOKS["baoding"])] == codes


def test_a_block_without_points_is_refused() -> None:
    scheme = Scheme((SchemeBlock("organisation", Decimal(0)),), ())
    assert "points_positive" in {f.code for f in check_scheme(scheme, BOOKS["baoding"])}


@given(st.decimals(0, 20, places=2))
def test_points_typed_plainly_or_full_width_are_read_exactly(points: Decimal) -> None:
    wide = str(points).translate({ord(str(n)): 0xFF10 + n for n in range(10)} | {ord("."): "．"})
    for text in (str(points), f" {points} ", wide):
        assert read_points("p", text, Decimal(20)) == (points, None)


@given(st.text(max_size=30))
def test_whatever_is_typed_gives_points_or_a_fault_and_never_an_error(text: str) -> None:
    points, wrong = read_points("p", text, Decimal(20))
    if points is not None:
        assert wrong is None
        assert 0 <= points <= 20
        assert points * 100 == int(points * 100)
    elif wrong is None:
        assert not text.strip()
    else:
        assert wrong.code in ("not_a_number", "points_out_of_range")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("20.01", "points_out_of_range"),
        ("-1", "points_out_of_range"),
        ("12.345", "not_a_number"),
        ("1e1", "not_a_number"),
        ("1e999999", "not_a_number"),
        ("1E+50", "not_a_number"),
        ("1_0", "not_a_number"),
        ("NaN", "not_a_number"),
        ("Infinity", "not_a_number"),
        ("十分", "not_a_number"),
        ("١٢", "not_a_number"),
        ("9" * 500, "not_a_number"),
        (".5", "not_a_number"),
    ],
)
def test_what_is_no_score_is_refused(text: str, code: str) -> None:
    points, wrong = read_points("p", text, Decimal(20))
    assert points is None
    assert wrong is not None
    assert wrong.code == code
