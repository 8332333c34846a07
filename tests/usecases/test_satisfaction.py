"""Whether who complained is satisfied, asked at the closing (满意度)."""

from datetime import timedelta

from desktop.rules.complaints import Ruling, Satisfaction, State
from desktop.usecases import complaints
from desktop.usecases.complaints import Asked
from desktop.usecases.identity import MASK
from tests.usecases.desk import ACTING, NAME, TODAY, Desk, faulty


def answered(desk: Desk) -> int:
    number = desk.proven()
    desk.answer(number)
    return number


def test_what_they_said_is_kept_with_the_closing_and_goes_with_it(desk: Desk) -> None:
    number = answered(desk)
    before = desk.rows()
    asked = Asked(Satisfaction.FAIRLY, TODAY, f"{NAME}说办得慢了些")
    complaints.close(desk.office, number, TODAY, "", ACTING, asked)
    seen = desk.seen(number)
    assert seen.state is State.CLOSED
    assert seen.satisfaction is not None
    assert (seen.satisfaction.outcome, seen.satisfaction.day) == ("fairly", TODAY)
    assert seen.satisfaction.text == f"{MASK}说办得慢了些"
    assert [s.step for s in seen.steps][-1] == "close"
    desk.take_back()
    assert desk.rows() == before


def test_nobody_asked_needs_no_day(desk: Desk) -> None:
    number = answered(desk)
    complaints.close(desk.office, number, TODAY, "", ACTING, Asked(Satisfaction.UNRATED))
    kept = desk.seen(number).satisfaction
    assert kept is not None
    assert kept.outcome == "unrated"


def test_what_can_not_be_is_refused(desk: Desk) -> None:
    number = answered(desk)
    with faulty(("satisfaction", "choose"), ("asked", "required")):
        complaints.close(desk.office, number, TODAY, "", ACTING, Asked(None))
    early = Asked(Satisfaction.SATISFIED, TODAY - timedelta(days=1))
    with faulty(("asked", "before_answer")):
        complaints.close(desk.office, number, TODAY, "", ACTING, early)
    refused = desk.register()
    desk.decide(refused, Ruling.REFUSE)
    desk.refuse(refused)
    with faulty(("satisfaction", "nobody_asked")):
        asked = Asked(Satisfaction.SATISFIED, TODAY)
        complaints.close(desk.office, refused, TODAY, "", ACTING, asked)
