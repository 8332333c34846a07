"""The gate before a decision: no case is decided while anything is missing."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.casefiles import (
    CaseFacts,
    CaseState,
    CaseStep,
    Closing,
    closing,
    requirements,
    steps,
)
from tests.rules.books import BOOKS, NATIONAL

PLACES = [p for p, b in BOOKS.items() if b.situations or b.rungs]
INVESTIGATORS = 2  # 公职人员政务处分法第四十二条


def every_facts(state: CaseState) -> list[CaseFacts]:
    """Every combination of what may be there or missing."""
    return [
        CaseFacts(
            state, situations, people, evidence, investigators, min(heard, people),
            min(divided, people), sanctions, approved, False, False,
        )
        for situations, people, evidence, investigators, heard, divided, sanctions, approved in
        product((0, 2), (0, 1, 3), (0, 1), (0, 1, 2), (0, 1, 3), (0, 1, 3), (0, 1), (False, True))
    ]  # fmt: skip


def complete(facts: CaseFacts) -> bool:
    """By hand: what a case must hold."""
    return (
        facts.situations > 0
        and facts.people > 0
        and facts.evidence > 0
        and facts.investigators >= INVESTIGATORS
        and facts.heard == facts.people
        and facts.divided == facts.people
        and facts.sanctions > 0
        and facts.approved
    )


@pytest.mark.parametrize("place", PLACES)
def test_a_decision_is_permitted_exactly_when_nothing_is_missing(place: str) -> None:
    for facts in every_facts(CaseState.OPEN):
        gate = requirements(facts, BOOKS[place], NATIONAL)
        assert all(r.done for r in gate) == complete(facts), facts
        allowed = steps(facts, gate)
        assert (CaseStep.DECIDE in allowed) == complete(facts)
        missing = [r.key for r in gate if not r.done]
        assert allowed[0] == (missing[0] if missing else CaseStep.DECIDE)
        assert set(missing) <= set(allowed)
        assert len(set(allowed)) == len(allowed)


@pytest.mark.parametrize("place", PLACES)
def test_the_gate_names_each_paper_once_in_the_order_of_the_work(place: str) -> None:
    gate = requirements(every_facts(CaseState.OPEN)[0], BOOKS[place], NATIONAL)
    assert [r.key for r in gate] == [
        CaseStep.EVIDENCE, CaseStep.HEARING, CaseStep.DIVISION, CaseStep.SANCTION,
        CaseStep.APPROVAL,
    ]  # fmt: skip
    for line in gate:
        assert line.citation.startswith("《") or line.key is CaseStep.DIVISION
        assert not line.done


def test_the_gate_cites_the_places_own_article_where_it_has_one() -> None:
    gate = {
        r.key: r for r in requirements(every_facts(CaseState.OPEN)[0], BOOKS["baoding"], NATIONAL)
    }
    for key in (CaseStep.EVIDENCE, CaseStep.HEARING, CaseStep.DIVISION):
        assert gate[key].citation.startswith("《保定市")
        assert gate[key].citation.endswith("第十二条")
    assert "政务处分法" in gate[CaseStep.APPROVAL].citation
    # Fujin orders no division as a step, but has a table of it; Kunming has neither
    fujin = {
        r.key: r for r in requirements(every_facts(CaseState.OPEN)[0], BOOKS["fujin"], NATIONAL)
    }
    assert fujin[CaseStep.DIVISION].citation.endswith("第四部分第1项（1）")


@pytest.mark.parametrize(
    ("state", "rectification", "wanted"),
    [
        (CaseState.DECIDED, False, "serve"),
        (CaseState.DECIDED, True, "serve"),
        (CaseState.SERVED, True, "report serve rectify"),
        (CaseState.SERVED, False, "rectify close serve"),
        (CaseState.RECTIFIED, True, "close serve"),
        (CaseState.CLOSED, True, ""),
        (CaseState.VOID, False, ""),
    ],
)
def test_after_the_decision_only_what_follows_from_it_is_left(
    state: CaseState, rectification: bool, wanted: str
) -> None:
    facts = CaseFacts(state, 1, 1, 1, 2, 1, 1, 1, True, rectification, False)
    gate = requirements(facts, BOOKS["baoding"], NATIONAL)
    assert [s.value for s in steps(facts, gate)] == wanted.split()


@given(st.sampled_from(CaseState), st.booleans(), st.integers(0, 3), st.integers(0, 3))
def test_what_others_must_decide_is_handed_over_after_the_decision_and_never_in_the_way(
    state: CaseState, rectification: bool, authorities: int, referred: int
) -> None:
    referred = min(referred, authorities)
    facts = CaseFacts(state, 1, 1, 1, 2, 1, 1, 1, True, rectification, False, authorities, referred)
    without = replace(facts, authorities=0, referred=0)
    gate = requirements(facts, BOOKS["baoding"], NATIONAL)
    allowed, before = steps(facts, gate), steps(without, gate)
    open_ = state in (CaseState.DECIDED, CaseState.SERVED, CaseState.RECTIFIED)
    assert (CaseStep.REFERRAL in allowed) == (open_ and referred < authorities)
    assert [s for s in allowed if s is not CaseStep.REFERRAL] == list(before)
    lines = {line.key: line.done for line in closing(facts)}
    assert lines.get(Closing.REFERRED, True) == (referred == authorities or not lines)
    assert (CaseStep.CLOSE in allowed) == (CaseStep.CLOSE in before)


@pytest.mark.parametrize(
    ("state", "rectification", "reported", "wanted"),
    [
        (CaseState.OPEN, False, False, {}),
        (CaseState.VOID, False, False, {}),
        (CaseState.DECIDED, False, False, {Closing.SERVED: False}),
        (CaseState.SERVED, True, False, {Closing.SERVED: True, Closing.REPORTED: False}),
        (CaseState.RECTIFIED, True, True, {Closing.SERVED: True, Closing.REPORTED: True}),
    ],
)
def test_the_check_before_closing_names_what_is_still_to_be_done(
    state: CaseState, rectification: bool, reported: bool, wanted: dict[Closing, bool]
) -> None:
    facts = CaseFacts(state, 1, 1, 1, 2, 1, 1, 1, True, rectification, reported)
    assert {line.key: line.done for line in closing(facts)} == wanted


@given(st.integers(0, 4), st.integers(0, 4))
def test_a_hearing_is_announced_while_somebody_is_to_be_heard(people: int, heard: int) -> None:
    facts = CaseFacts(
        CaseState.OPEN, 1, people, 1, 2, min(heard, people), people, 1, True, False, False
    )
    allowed = steps(facts, requirements(facts, BOOKS["baoding"], NATIONAL))
    assert (CaseStep.HEARING_NOTICE in allowed) == (not people or heard < people)
    assert allowed[0] is not CaseStep.HEARING_NOTICE
    if CaseStep.HEARING_NOTICE in allowed and allowed[0] is not CaseStep.HEARING:
        assert allowed.index(CaseStep.HEARING_NOTICE) < allowed.index(CaseStep.HEARING)


@given(st.sampled_from(PLACES), st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))
def test_what_is_missing_is_said_in_figures(
    place: str, people: int, heard: int, divided: int
) -> None:
    facts = CaseFacts(
        CaseState.OPEN, 1, people, 1, 1, min(heard, people), min(divided, people), 1, True,
        False, False,
    )  # fmt: skip
    gate = {r.key: r for r in requirements(facts, BOOKS[place], NATIONAL)}
    evidence = gate[CaseStep.EVIDENCE]
    assert (evidence.missing, evidence.count, evidence.wanted) == ("few_investigators", 1, 2)
    hearing = gate[CaseStep.HEARING]
    if not people:
        assert hearing.missing == gate[CaseStep.DIVISION].missing == "no_people"
    elif facts.heard < people:
        assert (hearing.missing, hearing.count, hearing.wanted) == (
            "not_heard",
            facts.heard,
            people,
        )
    else:
        assert hearing.done
