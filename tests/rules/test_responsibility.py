"""The responsibility table of every place, cell by cell, and the sanction ladders."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.responsibility import Part, choices, divide
from desktop.rules.rulebook import Approval, Role, Rulebook
from desktop.rules.sanctions import (
    FREE,
    check_choice,
    departs,
    fits,
    propose,
    rung,
)
from tests.rules.books import BOOKS

APPROVALS: tuple[Approval, ...] = ("unapproved", "approved", "collective")
ROLES: tuple[Role, ...] = (
    "handler", "supervising_leader", "main_leader", "team_member", "direct",
)  # fmt: skip

#: By hand from the texts: approval, role → share without relief.
PLAIN = {
    "baoding": {
        ("unapproved", "handler"): "liable",
        ("approved", "supervising_leader"): "primary",
        ("approved", "handler"): "secondary",
        ("collective", "main_leader"): "primary",
        ("collective", "team_member"): "secondary",
    },
    "wuan": {
        ("unapproved", "handler"): "liable",
        ("approved", "supervising_leader"): "liable",
        ("approved", "handler"): "liable",
        ("collective", "main_leader"): "primary",
        ("collective", "handler"): "primary",
        ("collective", "team_member"): "secondary",
    },
    "fujin": {
        ("unapproved", "handler"): "liable",
        ("approved", "supervising_leader"): "liable",
        ("approved", "handler"): "liable",
        ("collective", "main_leader"): "primary",
        ("collective", "supervising_leader"): "primary",
        ("collective", "handler"): "primary",
        ("collective", "team_member"): "secondary",
    },
    "district": {
        (approval, role): "liable"
        for approval in APPROVALS
        for role in ("direct", "supervising_leader")
    },
    "shexian": {},
    "kunming": {},
    "yingshang": {},
    "fuxing": {},
}


def relief(place: str, approval: str, part: Part) -> tuple[str, bool] | None:
    """By hand from the texts: what relief or blame conduct brings, and whether it may be refused."""
    heeded_not = part.advised and not part.adopted
    on_collective = approval == "collective" and part.role in ("handler", "team_member")
    on_approved = approval == "approved" and part.role == "handler"
    if place == "baoding":
        if on_approved and part.kept_silent:
            return "full", False
        if on_approved and heeded_not:
            return "none", False
        if approval == "collective" and part.role == "team_member" and part.advised:
            return ("none", False) if not part.kept_silent else None
    if place in ("wuan", "fujin") and part.advised and not part.kept_silent:
        share = "reduced_or_none" if place == "wuan" else "exempt"
        return (share, True) if on_collective or on_approved else None
    if place == "shexian" and part.role == "handler" and heeded_not and not part.kept_silent:
        return "reduced_or_none", True
    return None


@pytest.mark.parametrize("place", PLAIN)
def test_every_cell_of_the_table_is_as_the_text_has_it(place: str) -> None:
    bools = (False, True)
    for approval, role, advised, adopted, silent in product(APPROVALS, ROLES, bools, bools, bools):
        for exhibit in ("", "会议纪要"):
            part = Part(7, role, advised, adopted, silent, exhibit)
            (found,) = divide(BOOKS[place], approval, [part])
            plain = PLAIN[place].get((approval, role))
            special = relief(place, approval, part)
            assert (found.plain.share if found.plain else None) == plain
            share = found.bearing.share if found.bearing else None
            assert share == (special[0] if special else plain), (approval, part)
            assert found.discretion == bool(special and special[1])
            assert found.exhibit_missing == bool(special and not exhibit)
            assert (found.person, found.relieved_by) == (7, 0)


def test_who_kept_silent_bears_everything_and_relieves_the_others() -> None:
    silent = Part(1, "handler", kept_silent=True, exhibit="询问笔录")
    leader = Part(2, "supervising_leader")
    other = Part(3, "handler")
    found = {p.person: p for p in divide(BOOKS["baoding"], "approved", [silent, leader, other])}
    assert found[1].bearing is not None
    assert found[1].bearing.share == "full"
    assert found[2].relieved_by == found[3].relieved_by == 1
    assert found[2].bearing is None
    both = divide(BOOKS["baoding"], "approved", [silent, Part(4, "handler", kept_silent=True)])
    assert [p.relieved_by for p in both] == [0, 0]
    assert all(p.bearing and p.bearing.share == "full" for p in both)


def test_a_silent_place_proposes_nothing_yet_leaves_the_clerk_a_choice() -> None:
    for approval, role in product(APPROVALS, ROLES):
        (found,) = divide(BOOKS["kunming"], approval, [Part(1, role, advised=True)])
        assert found.bearing is None
        assert not found.discretion
        assert not found.exhibit_missing
    for book in BOOKS.values():
        offered = choices(book)
        assert {"liable", "none"} <= set(offered)
        assert {b.share for b in book.bearings} <= set(offered)
        assert len(set(offered)) == len(offered)


def test_nobody_is_divided_where_nobody_is_named() -> None:
    assert divide(BOOKS["baoding"], "approved", []) == ()


# ---- ladders ------------------------------------------------------------------------------------

LADDERS = [(place, r.id) for place, book in BOOKS.items() for r in book.rungs]


@pytest.mark.parametrize(("place", "step"), LADDERS)
def test_a_rung_proposes_only_what_is_aimed_at_whom_it_proposes_it_for(
    place: str, step: str
) -> None:
    chosen = rung(BOOKS[place], step)
    people = [(n + 1, role, "liable") for n, role in enumerate(ROLES)]
    found = propose(chosen, people)  # type: ignore[arg-type]
    for one in found:
        if one.person:
            assert fits(one.measure, ROLES[one.person - 1])
        else:
            assert one.measure.target == "unit"
        assert not one.measure.condition
    pairs = [(p.person, p.measure.alternative) for p in found if p.measure.alternative]
    assert len(pairs) == len(set(pairs))
    taken = [(p.person, p.measure.id) for p in found]
    assert not departs(found, taken)
    assert [f.code for f in check_choice(chosen, taken, departing=False, reason="")] == (
        [] if taken else ["choose"]
    )


@given(st.sampled_from(LADDERS), st.lists(st.sampled_from([None, *FREE]), max_size=5))
def test_who_bears_nothing_is_not_sanctioned(
    where: tuple[str, str], shares: list[str | None]
) -> None:
    people = [(n + 1, ROLES[n], share) for n, share in enumerate(shares)]
    found = propose(rung(BOOKS[where[0]], where[1]), people)  # type: ignore[arg-type]
    assert all(p.person == 0 for p in found)


def test_a_choice_is_refused_for_each_reason() -> None:
    first = rung(BOOKS["baoding"], "1")
    second = rung(BOOKS["baoding"], "2")

    def codes(chosen: object, reason: str = "", departing: bool = True, of: object = None) -> list:
        return [
            f.code for f in check_choice(of or first, chosen, departing=departing, reason=reason)
        ]  # type: ignore[arg-type]

    assert codes([], departing=False) == ["choose"]
    assert codes([(1, "unheard_of")], "有理由") == ["choose"]
    assert codes([(1, "oral_warning"), (1, "education")], "有理由") == ["exclusive"]
    assert codes([(1, "oral_warning"), (2, "education")], "有理由") == []
    assert codes([(1, "correct")]) == ["reason_for_departure"]
    assert codes([(1, "correct")], "  ") == ["reason_for_departure"]
    assert codes([(0, "correct")], "有理由") == ["choose"]  # a person's measure for the unit
    assert codes([(1, "unit_criticism")], "有理由", of=second) == ["choose"]
    with pytest.raises(KeyError):
        rung(BOOKS["baoding"], "6")


def test_places_that_stop_short_are_completed_from_national_law_and_say_so() -> None:
    def national(book: Rulebook, name: str) -> bool:
        entries = getattr(book, name)
        return all(e.source.startswith("national.") and e.flag for e in entries)

    assert national(BOOKS["kunming"], "rungs")
    assert national(BOOKS["shexian"], "situations")
    assert not any(e.source.startswith("national.") for e in BOOKS["kunming"].situations)
    assert not any(e.source.startswith("national.") for e in BOOKS["shexian"].rungs)
    for place in ("baoding", "wuan", "fujin", "district", "yingshang", "fuxing"):
        assert not any(s.id.startswith("national.") for s in BOOKS[place].sources)
    assert not BOOKS["fuxing"].rungs
    for book in BOOKS.values():
        for entry in (*book.rungs, *book.situations):
            assert book.cite(entry).startswith("《")
