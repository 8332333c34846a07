"""The register's rules: which step may follow, which clock runs, what may be registered."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.clocks import ClockState
from desktop.rules.complaints import (
    ComplaintDraft,
    Identity,
    Outcome,
    PersonTyped,
    Ruling,
    Standing,
    State,
    Step,
    check_draft,
    clocks,
    steps,
    why_not,
)
from desktop.rules.secrecy import gives_away
from desktop.usecases.calendars import build
from tests.rules.books import BOOKS

BAODING = BOOKS["baoding"]
CALENDAR = build({}, frozenset())
RECEIVED = date(2026, 11, 16)
TODAY = date(2026, 11, 20)

#: What the office may do, by hand: for a person who can be told, and for one who can not.
MOVES = {
    State.REGISTERED: ("decide propose interim", "decide propose"),
    State.PROPOSED: ("decide propose interim", "decide propose"),
    State.ACCEPTED: ("find acceptance interim extension pause", "find extension pause"),
    State.TRANSFER_DUE: ("transfer interim extension pause", "transfer extension pause"),
    State.TRANSFERRED: (
        "find chase object interim extension pause",
        "find chase object extension pause",
    ),
    State.RETURNED: ("decide interim extension pause", "decide extension pause"),
    State.REFUSAL_DUE: ("refuse", "close"),
    State.REFUSED: ("close", "close"),
    State.FOUND: ("answer interim extension pause", "close extension pause"),
    State.ANSWERED: ("close", "close"),
    State.CLOSED: ("archive", "archive"),
    State.ARCHIVED: ("", ""),
    State.VOID: ("", ""),
}
EVERY = [
    Standing(
        state, identity, RECEIVED, ruling=ruling, outcome=outcome, has_case=has_case,
        acceptance_told=told, paused=paused,
    )
    for state, identity, ruling, outcome, has_case, told, paused in product(
        State, Identity, (None, *Ruling), (None, *Outcome), (False, True), (False, True),
        (False, True),
    )
]  # fmt: skip


def test_every_state_permits_what_the_office_may_do_and_nothing_else() -> None:
    for standing in EVERY:
        told, untold = MOVES[standing.state]
        text = untold if standing.identity is Identity.ANONYMOUS else told
        wanted = {Step(word) for word in text.split()}
        if standing.paused and "pause" in text:
            # while it rests it is taken up again, or those who complained are told how it stands
            wanted = {Step.RESUME, *({Step.INTERIM} & wanted)}
            assert set(steps(standing)) == wanted, standing
            continue
        if standing.acceptance_told:
            wanted.discard(Step.ACCEPTANCE)
        proven = standing.outcome in (Outcome.PROVEN, Outcome.PARTLY)
        later = standing.state in (State.FOUND, State.ANSWERED, State.CLOSED, State.ARCHIVED)
        if proven and later and not standing.has_case:
            wanted.add(Step.OPEN_CASE)
        assert set(steps(standing)) == wanted, standing
        assert len(steps(standing)) == len(wanted)


def test_every_forbidden_step_has_its_reason_and_every_permitted_one_none() -> None:
    for standing in EVERY:
        for step in Step:
            assert bool(why_not(step, standing)) == (step not in steps(standing)), (step, standing)


def test_the_reasons_name_the_true_hindrance() -> None:
    base = Standing(State.REGISTERED, Identity.REAL_NAME, RECEIVED)
    anonymous = replace(base, identity=Identity.ANONYMOUS, state=State.FOUND)
    assert why_not(Step.TRANSFER, base) == "earlier_step_first"
    assert why_not(Step.REGISTER, base) == "already_done"
    assert why_not(Step.ANSWER, anonymous) == "anonymous"
    assert why_not(Step.OPEN_CASE, base) == "not_proven"
    proven = replace(base, state=State.FOUND, outcome=Outcome.PROVEN)
    assert why_not(Step.OPEN_CASE, replace(proven, has_case=True)) == "has_case"
    accepted = replace(base, state=State.ACCEPTED, ruling=Ruling.ACCEPT)
    assert why_not(Step.TRANSFER, accepted) == "other_ruling"
    assert why_not(Step.REFUSE, accepted) == "other_ruling"
    assert why_not(Step.CHASE, accepted) == "other_ruling"
    assert why_not(Step.ACCEPTANCE, replace(accepted, acceptance_told=True)) == "already_done"
    hidden = replace(accepted, identity=Identity.ANONYMOUS)
    assert why_not(Step.ACCEPTANCE, hidden) == "anonymous"
    assert why_not(Step.EXTENSION, hidden) == ""
    assert why_not(Step.EXTENSION, base) == "earlier_step_first"
    due = replace(base, state=State.TRANSFER_DUE, ruling=Ruling.TRANSFER)
    assert why_not(Step.CHASE, due) == "earlier_step_first"
    assert why_not(Step.ACCEPTANCE, due) == "other_ruling"
    passed = replace(due, state=State.TRANSFERRED)
    assert why_not(Step.OBJECT, due) == "earlier_step_first"
    assert why_not(Step.OBJECT, accepted) == "other_ruling"
    assert why_not(Step.OBJECT, replace(passed, state=State.FOUND)) == "already_done"
    returned = replace(base, state=State.RETURNED)
    for step in (Step.TRANSFER, Step.CHASE, Step.OBJECT, Step.FIND, Step.ANSWER, Step.CLOSE):
        assert why_not(step, returned) == "earlier_step_first"
    answered = replace(due, state=State.ANSWERED)
    assert why_not(Step.CHASE, answered) == why_not(Step.EXTENSION, answered) == "already_done"
    refused = replace(base, state=State.REFUSED, ruling=Ruling.REFUSE)
    for step in (Step.FIND, Step.ANSWER, Step.INTERIM, Step.EXTENSION, Step.TRANSFER, Step.CHASE):
        assert why_not(step, refused) == "other_ruling"
    assert why_not(Step.REFUSE, refused) == "already_done"
    assert why_not(Step.DECIDE, replace(base, state=State.VOID)) == "void"
    resting = replace(accepted, paused=True)
    assert why_not(Step.FIND, resting) == why_not(Step.PAUSE, resting) == "paused"
    assert why_not(Step.RESUME, accepted) == "not_paused"
    assert why_not(Step.PAUSE, base) == "earlier_step_first"
    assert why_not(Step.PAUSE, answered) == "answered_already"
    assert why_not(Step.PAUSE, refused) == "other_ruling"
    filed = replace(base, state=State.ARCHIVED, outcome=Outcome.UNPROVEN)
    assert why_not(Step.ARCHIVE, filed) == why_not(Step.CLOSE, filed) == "archived"
    assert why_not(Step.OPEN_CASE, filed) == "not_proven"
    assert why_not(Step.ARCHIVE, answered) == "earlier_step_first"


def test_from_every_state_a_complaint_can_be_brought_to_its_end() -> None:
    after = {
        Step.DECIDE: (State.ACCEPTED, State.TRANSFER_DUE, State.REFUSAL_DUE),
        Step.TRANSFER: (State.TRANSFERRED,),
        Step.OBJECT: (State.RETURNED,),
        Step.REFUSE: (State.REFUSED,),
        Step.FIND: (State.FOUND,),
        Step.ANSWER: (State.ANSWERED,),
        Step.CLOSE: (State.CLOSED,),
        Step.ARCHIVE: (State.ARCHIVED,),
    }
    for identity in Identity:
        ends = {State.ARCHIVED}
        for _ in State:
            ends |= {
                state
                for state in State
                for step in steps(Standing(state, identity, RECEIVED))
                if ends & set(after.get(step, ()))
            }
        assert ends == set(State) - {State.VOID}


# ---- which clock runs ---------------------------------------------------------------------------


def running(standing: Standing, today: date = TODAY) -> dict[str, tuple[ClockState, str, bool]]:
    found = clocks(standing, BAODING, CALENDAR, today)
    for clock in found:
        assert (clock.end is None) == bool(clock.reason)
        assert (clock.status.state is ClockState.NOT_APPLICABLE) == bool(clock.reason)
    return {c.rule.id: (c.status.state, c.reason, c.conditional) for c in found}


def test_which_clock_applies_follows_from_identity_and_ruling() -> None:
    for identity, ruling in product(Identity, (None, *Ruling)):
        found = running(Standing(State.REGISTERED, identity, RECEIVED, ruling=ruling))
        anonymous = identity is Identity.ANONYMOUS
        assert found["written"][1] == ("anonymous" if anonymous else "")
        assert not found["written"][2]
        moved = ruling in (None, Ruling.TRANSFER)
        assert found["transfer"][1] == ("" if moved else "no_transfer")
        assert found["transfer"][2] == (ruling is None)
        if anonymous:
            assert found["refusal"][1:] == ("anonymous", False)
        else:
            assert found["refusal"][1] == ("" if ruling in (None, Ruling.REFUSE) else "no_refusal")
            assert found["refusal"][2] == (ruling is None)


def test_a_void_complaint_has_no_clock_and_a_silent_place_has_none_either() -> None:
    void = Standing(State.VOID, Identity.REAL_NAME, RECEIVED)
    assert {c[1] for c in running(void).values()} == {"void"}
    for place in ("kunming", "yingshang", "district", "fujin"):
        assert clocks(void, BOOKS[place], CALENDAR, TODAY) == ()


def test_words_beside_the_main_way_never_come_first_and_change_no_clock() -> None:
    beside = {Step.ACCEPTANCE, Step.CHASE, Step.INTERIM, Step.EXTENSION}
    for standing in EVERY:
        allowed = steps(standing)
        if set(allowed) - beside - {Step.OPEN_CASE}:
            assert allowed[0] not in beside, standing
        told = replace(standing, acceptance_told=not standing.acceptance_told)
        assert clocks(told, BAODING, CALENDAR, TODAY) == clocks(standing, BAODING, CALENDAR, TODAY)


@given(st.integers(0, 20), st.integers(0, 20))
def test_each_clock_is_stopped_by_its_own_event(told_after: int, moved_after: int) -> None:
    told = RECEIVED + timedelta(days=told_after)
    moved = RECEIVED + timedelta(days=moved_after)
    standing = Standing(
        State.TRANSFERRED, Identity.REAL_NAME, RECEIVED,
        ruling=Ruling.TRANSFER, transferred=moved, told_in_writing=told,
    )  # fmt: skip
    found = running(standing)
    in_time = moved <= date(2026, 11, 23)  # five working days after Monday 16 November
    assert found["transfer"][0] is (ClockState.MET if in_time else ClockState.MET_LATE)
    assert found["written"][0] is (
        ClockState.MET if told <= date(2026, 11, 23) else ClockState.MET_LATE
    )
    only_moved = running(replace(standing, told_in_writing=None), RECEIVED)
    assert only_moved["written"][0] is ClockState.RUNNING


# ---- what may be registered ---------------------------------------------------------------------

GOOD = ComplaintDraft(
    channel="letter",
    received=RECEIVED,
    identity=Identity.REAL_NAME,
    complainants=(PersonTyped("钱多多", "13800001111", "文华路 12 号"),),
    accused_unit=1,
    accused_person="张喆",
    grounds=("1", "5"),
    subject="职权目录未公开",
    text="该局未按规定公开职权目录。",
)
TWO = (PersonTyped("钱多多"), PersonTyped("孙少少"))


def faults(draft: ComplaintDraft, place: str = "baoding") -> list[tuple[str, str]]:
    return [(f.field, f.code) for f in check_draft(draft, BOOKS[place], TODAY)]


def test_a_complete_complaint_has_no_fault() -> None:
    assert faults(GOOD) == []
    assert faults(replace(GOOD, identity=Identity.JOINT, complainants=TWO)) == []
    assert faults(replace(GOOD, identity=Identity.ANONYMOUS, complainants=())) == []


ONE = GOOD.complainants[0]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"channel": "pigeon"}, "channel", "choose"),
        ({"channel": ""}, "channel", "choose"),
        ({"received": None}, "received", "required"),
        ({"received": date(2026, 11, 21)}, "received", "future"),
        ({"received": date(1999, 12, 31)}, "received", "too_early"),
        ({"complainants": ()}, "complainants", "required"),
        ({"identity": Identity.JOINT}, "complainants", "joint_needs_two"),
        ({"complainants": TWO}, "complainants", "real_name_is_one"),
        ({"identity": Identity.ANONYMOUS}, "complainants", "anonymous_has_name"),
        ({"complainants": (PersonTyped(" "),)}, "complainants.0.name", "required"),
        ({"complainants": (PersonTyped("赵" * 2000),)}, "complainants.0.name", "too_long"),
        ({"complainants": (PersonTyped("赵\u202e"),)}, "complainants.0.name", "hidden_character"),
        ({"complainants": (PersonTyped("赵六", "1\u200b3"),)}, "complainants.0.phone",
         "hidden_character"),
        ({"complainants": (PersonTyped("赵六", "", "路\x00"),)}, "complainants.0.address",
         "control_character"),
        ({"identity": Identity.ANONYMOUS, "complainants": (PersonTyped("", "😀"),)},
         "complainants.0.phone", "emoji"),
        ({"accused_unit": None}, "accused_unit", "choose_unit"),
        ({"accused_person": "一\n二"}, "accused_person", "line_break"),
        ({"accused_person": "处长（与钱多多有矛盾）"}, "accused_person", "gives_away"),
        ({"grounds": ()}, "grounds", "choose"),
        ({"grounds": ("1", "99")}, "grounds", "choose"),
        ({"subject": ""}, "subject", "required"),
        ({"subject": "字" * 61}, "subject", "too_long"),
        ({"subject": "钱　多 多反映目录未公开"}, "subject", "gives_away"),
        ({"subject": "１３８-0000 1111来电反映"}, "subject", "gives_away"),
        ({"subject": "住文华路12号的人反映"}, "subject", "gives_away"),
        ({"text": ""}, "text", "required"),
        ({"text": "字" * 20_001}, "text", "too_long"),
        ({"text": "好😀"}, "text", "emoji"),
        ({"demands": "字" * 20_001}, "demands", "too_long"),
    ],
)  # fmt: skip
def test_each_fault_is_found_alone_and_at_its_field(
    change: dict[str, object], field: str, code: str
) -> None:
    assert faults(replace(GOOD, **change)) == [(field, code)]  # type: ignore[arg-type]


def test_every_fault_of_an_empty_form_is_told_at_once() -> None:
    empty = ComplaintDraft("", None, Identity.REAL_NAME, (), None, "", (), "", "")
    assert {field for field, _ in faults(empty)} == {
        "channel", "received", "complainants", "accused_unit", "grounds", "subject", "text",
    }  # fmt: skip


@pytest.mark.parametrize("place", ["baoding", "kunming", "yingshang", "district"])
def test_a_complaint_can_be_registered_wherever_complaints_are_offered(place: str) -> None:
    book = BOOKS[place]
    draft = replace(
        GOOD,
        channel=book.channels[0].id,
        grounds=tuple(g.id for g in book.grounds[:1]),
    )
    assert faults(draft, place) == []
    assert ("grounds", "choose") in faults(replace(draft, grounds=("nothing",)), place)
    assert ("channel", "choose") in faults(replace(draft, channel="nothing"), place)


# ---- who complained stays unknown ---------------------------------------------------------------

NAMES = st.text("赵钱孙李周吴郑王", min_size=2, max_size=4)


@given(NAMES, st.text("甲乙丙丁，。\n", max_size=10), st.text("甲乙丙丁", max_size=10))
def test_a_name_is_found_wherever_it_stands(name: str, before: str, after: str) -> None:
    people = (PersonTyped(name),)
    spread = "　".join(name)
    for text in (name, spread):
        found = gives_away(people, {"a": before + text + after, "b": "甲"})
        assert [(f.field, f.code) for f in found] == [("a", "gives_away")]


def test_names_that_must_be_written_do_not_count_as_the_complainants() -> None:
    people = (PersonTyped("王强", "", "澄岳市东关街道"),)
    assert gives_away(people, {"a": "王强国未公开目录"}, ["王强国"]) == []
    assert gives_away(people, {"a": "王强国说王强告了他"}, ["王强国"]) != []
    assert gives_away(people, {"a": "澄岳市东关街道未公开目录"}) == []
    assert gives_away((PersonTyped("甲"),), {"a": "甲乙"}) == []
    assert gives_away((PersonTyped("", "0"),), {"a": "0"}) == []
