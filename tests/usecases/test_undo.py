"""Taking back: every action leaves the records as they stood before it, and nothing on air."""

from datetime import date

import pytest

from desktop.rules.complaints import Ruling, State
from desktop.usecases import (
    assessments,
    calendars,
    letterbook,
    letters,
    people,
    profile,
    undoing,
)
from desktop.usecases.assessments import ScoreDraft
from desktop.usecases.letterbook import SealDraft
from desktop.usecases.undoing import LastDone
from tests.usecases.desk import ACTING, NAME, TODAY, Desk, Make, faulty, not_undoable
from tests.usecases.test_assessment_line import open_round, score

COMPLAINT = ["register", "decide", "transfer", "interim", "find", "answer", "close"]


def act_complaint(desk: Desk, step: str) -> None:
    match step:
        case "register":
            desk.register()
        case "decide":
            desk.decide(1, Ruling.TRANSFER)
        case _:
            getattr(desk, step)(1)


@pytest.mark.parametrize("last", COMPLAINT)
def test_each_step_of_a_complaint_is_taken_back_without_a_trace_in_the_records(
    desk: Desk, last: str
) -> None:
    for step in COMPLAINT[: COMPLAINT.index(last)]:
        act_complaint(desk, step)
    before, events = desk.rows(), desk.count("event")
    act_complaint(desk, last)
    assert desk.rows() != before
    desk.take_back()
    assert desk.rows() == before
    assert desk.count("event") == events + 2
    act_complaint(desk, last)  # and it can be done again


CASE = [
    "open", "evidence", "hear_all", "divide", "sanction", "approve", "decide", "serve", "rectify",
    "report", "close",
]  # fmt: skip


def act_case(desk: Desk, step: str) -> None:
    match step:
        case "open":
            desk.open_case(people=desk.case_draft().people[:1])
        case "decide":
            desk.decide_case(1)
        case "serve":
            desk.serve(1, next(x.id for x in desk.case(1).letters if not x.void))
        case "close":
            desk.close_case(1)
        case _:
            getattr(desk, step)(1)


@pytest.mark.parametrize("last", CASE)
def test_each_step_of_a_case_is_taken_back_without_a_trace_in_the_records(
    desk: Desk, last: str
) -> None:
    for step in CASE[: CASE.index(last)]:
        act_case(desk, step)
    before = desk.rows()
    act_case(desk, last)
    assert desk.rows() != before
    desk.take_back()
    assert desk.rows() == before
    act_case(desk, last)


def test_only_the_last_step_is_taken_back(desk: Desk) -> None:
    first = desk.last_event() + 1
    for step in COMPLAINT:
        act_complaint(desk, step)
    before = desk.rows()
    for earlier in range(first, desk.last_event()):
        with not_undoable():
            desk.take_back(earlier)
    assert desk.rows() == before
    assert desk.seen(1).state is State.CLOSED


def test_a_decision_keeps_what_it_stands_on(desk: Desk) -> None:
    case = desk.open_case()
    papers = [desk.evidence(case)]
    desk.hear_all(case)
    papers += [desk.last_event(), desk.divide(case), desk.sanction(case), desk.approve(case)]
    letter = desk.decide_case(case)
    decided = desk.last_event()
    for event in papers:
        with not_undoable():
            desk.take_back(event)
    made = letters.pdf(desk.office, letter)
    desk.take_back(decided)
    assert desk.case(case).letters[0].void
    assert letters.pdf(desk.office, letter) == made  # what went out on paper stays readable
    again = desk.decide_case(case)
    assert desk.case(case).letters[1].number.endswith("〔2026〕2号")
    desk.serve(case, again)


def test_a_finding_stays_while_a_case_stands_on_it(desk: Desk) -> None:
    number = desk.register()
    desk.decide(number, Ruling.ACCEPT)
    found = desk.find(number)
    case = desk.open_case(complaint=number)
    opened = desk.last_event()
    with not_undoable():
        desk.take_back(found)
    desk.take_back(opened)
    assert desk.seen(number).complaint.case_id is None
    assert desk.case(case).permitted == ()
    desk.take_back(found)
    desk.find(number)
    assert desk.case(desk.open_case(complaint=number)).case.number == "案〔2026〕0002"


def test_the_first_written_word_is_not_taken_back_from_under_the_second(desk: Desk) -> None:
    number = desk.register()
    desk.interim(number)
    first = desk.last_event()
    desk.interim(number)
    with not_undoable():
        desk.take_back(first)
    assert desk.seen(number).complaint.told_in_writing == TODAY


def test_a_void_complaint_permits_nothing_and_its_number_stays_used(desk: Desk) -> None:
    number = desk.register()
    desk.take_back()
    seen = desk.seen(number)
    assert seen.state is State.VOID
    assert seen.permitted == ()
    assert {p.why_not for p in seen.permissions} == {"void"}
    assert desk.seen(desk.register()).complaint.number == "投〔2026〕0002"


def test_a_service_keeps_its_letter(desk: Desk) -> None:
    case = desk.ready(desk.open_case())
    desk.serve(case, desk.decide_case(case))
    notice = desk.rectify(case)
    demanded = desk.last_event()
    desk.serve(case, notice)
    with not_undoable():
        desk.take_back(demanded)


def test_a_round_keeps_what_its_grades_stand_on(desk: Desk) -> None:
    round_id = open_round(desk)
    one, other = (u.unit.id for u in assessments.view(desk.office, round_id).units)
    scored = score(desk, one, "5")
    before = desk.rows()
    score(desk, other, "18")
    desk.take_back()
    assert desk.rows() == before
    score(desk, other, "18")
    assessments.grade(desk.office, one, TODAY, ACTING)
    graded = desk.last_event()
    with not_undoable():
        desk.take_back(scored)
    draft = assessments.draft_case(desk.office, one, TODAY)
    opened = desk.open_case(unit=draft.unit, round_unit=one)
    with not_undoable():
        desk.take_back(graded)
    assert desk.case(opened).case.round_unit == one


def test_unit_and_person_and_calendar_are_taken_back(desk: Desk) -> None:
    before = desk.rows()
    unit = people.save_unit(desk.office, None, "新单位", people.UNIT_KINDS[0], ACTING)
    desk.take_back(unit.event)
    person = people.save_person(desk.office, None, "张三", 1, "", ACTING)
    desk.take_back(person.event)
    entered = calendars.set_override(desk.office, date(2027, 1, 1), False, "元旦", ACTING)
    desk.take_back(entered.event)
    confirmed = calendars.confirm_year(desk.office, 2027, True, ACTING)
    assert 2027 in calendars.calendar(desk.office).confirmed
    desk.take_back(confirmed.event)
    assert 2027 not in calendars.calendar(desk.office).confirmed
    assert desk.rows() == before


def test_a_unit_in_use_and_the_office_itself_are_not_taken_back(desk: Desk) -> None:
    unit = people.save_unit(desk.office, None, "新单位", people.UNIT_KINDS[0], ACTING)
    desk.register(accused_unit=unit.value)
    with not_undoable():
        desk.take_back(unit.event)
    with not_undoable():
        desk.take_back(1)
    assert desk.office.profile().name


def test_a_dropped_day_entered_anew_is_not_brought_back_beside_it(desk: Desk) -> None:
    day = date(2027, 1, 1)
    calendars.set_override(desk.office, day, False, "元旦", ACTING)
    (own,) = calendars.year(desk.office, 2027).overrides
    dropped = calendars.drop_override(desk.office, own.id, ACTING)
    calendars.set_override(desk.office, day, False, "元旦", ACTING)
    with not_undoable():
        desk.take_back(dropped.event)
    assert len(calendars.year(desk.office, 2027).overrides) == 1


def test_a_changed_profile_is_taken_back_with_its_rules(desk: Desk) -> None:
    now = profile.draft_of(desk.office)
    packs = dict.fromkeys(now.packs, "baoding") | {next(iter(now.packs)): "kunming"}
    done = profile.save_profile(
        desk.office,
        profile.OfficeDraft("新名", "新名", "新", "", "", "", now.clerks, packs),
        ACTING,
    )
    assert desk.office.book(next(iter(now.packs))).id == "kunming"  # type: ignore[union-attr]
    desk.take_back(done.event)
    assert profile.draft_of(desk.office) == now
    assert desk.office.book(next(iter(now.packs))).id == "baoding"  # type: ignore[union-attr]


def test_a_scores_note_and_problems_come_back_as_they_were(desk_of: Make) -> None:
    desk = desk_of(assess="fujin")
    round_id = open_round(desk)
    unit = assessments.view(desk.office, round_id).units[0].unit.id
    score(desk, unit, "10")
    before = desk.rows()
    blocks = [b.id for b in assessments.view(desk.office, round_id).blocks]
    draft = ScoreDraft({blocks[0]: "3"}, {blocks[0]: "说明"}, "有问题", unsatisfied=True)
    assessments.score(desk.office, unit, draft, ACTING)
    assert desk.rows() != before
    desk.take_back()
    assert desk.rows() == before


def reason(desk: Desk) -> str:
    told = desk.office.db.execute("SELECT reason FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    return str(told[0])


def test_a_matter_is_taken_back_only_for_a_reason_that_is_kept(desk: Desk) -> None:
    number = desk.proven()
    desk.answer(number)
    done = desk.last_event()
    assert undoing.last_done(desk.office, done) == LastDone("complaint.answer", True)
    with faulty(("reason", "required")):
        undoing.take_back(desk.office, done, " ", ACTING)
    undoing.take_back(desk.office, done, f"{NAME}又来电话", ACTING)
    assert reason(desk) == "×××又来电话"
    with not_undoable():
        undoing.last_done(desk.office, done)
    letter = desk.answer(number)
    letterbook.seal(desk.office, letter, SealDraft(TODAY, "陈守正", "王敏", 1), ACTING)
    sealed = desk.last_event()
    assert undoing.last_done(desk.office, sealed).reasoned
    undoing.take_back(desk.office, sealed, f"{NAME}的信没有盖", ACTING)
    assert reason(desk) == "×××的信没有盖"


def test_a_case_keeps_the_reason_with_who_complained_masked(desk: Desk) -> None:
    case = desk.open_case(complaint=desk.proven())
    opened = desk.last_event()
    undoing.take_back(desk.office, opened, f"{NAME}撤回了", ACTING)
    assert reason(desk) == "×××撤回了"
    assert desk.case(case).permitted == ()


def test_a_setting_is_taken_back_without_a_reason(desk: Desk) -> None:
    done = calendars.confirm_year(desk.office, 2027, True, ACTING)
    assert not undoing.last_done(desk.office, done.event).reasoned
    undoing.take_back(desk.office, done.event, "", ACTING)
    assert reason(desk) == ""
