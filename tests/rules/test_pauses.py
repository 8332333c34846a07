"""Pauses against a second, plain count: day by day, the days on which the matter rested left out."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.clocks import ClockState, Pause, deadline, shifted, status, until
from desktop.rules.complaints import Identity, Ruling, Standing, State, clocks
from desktop.rules.rulebook import Unit
from desktop.usecases.calendars import build
from tests.rules.books import BOOKS
from tests.rules.test_clocks import CALENDAR, clock

DAY = timedelta(days=1)
START = date(2026, 9, 14)  # National Day and worked weekends lie ahead


@st.composite
def rests(draw: st.DrawFn, *, open_too: bool = False) -> tuple[Pause, ...]:
    """Pauses one after the other, the last perhaps not over."""
    ends = sorted(draw(st.lists(st.integers(0, 60), max_size=8)))
    days = [START + n * DAY for n in ends]
    found = [Pause(a, b) for a, b in list(pairwise(days))[::2]]
    if open_too and draw(st.booleans()):
        last = found[-1].resumed if found else START
        assert last is not None
        found.append(Pause(last + draw(st.integers(0, 20)) * DAY))
    return tuple(found)


RULES = st.builds(
    clock, st.integers(1, 25), st.sampled_from((Unit.WORKDAY, Unit.DAY, Unit.WEEK, Unit.MONTH))
)


def counts(unit: Unit, day: date) -> bool:
    return unit is not Unit.WORKDAY or CALENDAR.is_workday(day)


def rested(pauses: tuple[Pause, ...], day: date) -> bool:
    return any(p.first <= day and p.resumed is not None and day < p.resumed for p in pauses)


@given(RULES, rests())
def test_as_many_days_count_as_without_any_pause(rule, pauses) -> None:  # type: ignore[no-untyped-def]
    plain, found = deadline(rule, START, CALENDAR), deadline(rule, START, CALENDAR, pauses)
    wanted = sum(counts(rule.unit, START + n * DAY) for n in range(1, (plain.due - START).days + 1))
    day, left = START, wanted
    while left:
        day += DAY
        left -= counts(rule.unit, day) and not rested(pauses, day)
    assert found.due == day
    assert found.planned == plain.due


@given(RULES, rests())
def test_a_pause_never_shortens_and_credits_what_it_took(rule, pauses) -> None:  # type: ignore[no-untyped-def]
    plain, found = deadline(rule, START, CALENDAR), deadline(rule, START, CALENDAR, pauses)
    assert found.due >= plain.due
    assert found.latest >= plain.latest
    assert CALENDAR.is_workday(found.latest)
    span = [START + n * DAY for n in range(1, (found.latest - START).days + 1)]
    taken = sum(counts(rule.unit, d) and rested(pauses, d) for d in span)
    assert found.credited == taken
    if not taken:
        assert (found.due, found.latest) == (plain.due, plain.latest)
    assert [c.day.day for c in found.counted] == [START, *span]
    assert max(c.number for c in found.counted) == sum(
        c.number > 0 for c in found.counted if c.day.day <= found.due
    )


@given(RULES, rests(), st.randoms())
def test_the_order_in_which_pauses_are_told_does_not_matter(rule, pauses, dice) -> None:  # type: ignore[no-untyped-def]
    mixed = list(pauses)
    dice.shuffle(mixed)
    assert deadline(rule, START, CALENDAR, mixed) == deadline(rule, START, CALENDAR, pauses)


@given(RULES, rests(), st.integers(0, 59))
def test_a_pause_in_two_parts_is_as_one(rule, pauses, cut) -> None:  # type: ignore[no-untyped-def]
    at = START + cut * DAY
    parts = []
    for one in pauses:
        assert one.resumed is not None
        if one.first < at < one.resumed:
            parts += [Pause(one.first, at), Pause(at, one.resumed)]
        else:
            parts.append(one)
    whole, split = (deadline(rule, START, CALENDAR, p) for p in (pauses, parts))
    assert (whole.due, whole.latest, whole.credited) == (split.due, split.latest, split.credited)


@given(RULES, rests(open_too=True), st.integers(0, 90))
def test_while_it_rests_a_clock_neither_runs_nor_is_overdue(rule, pauses, days) -> None:  # type: ignore[no-untyped-def]
    today = START + days * DAY
    end = deadline(rule, START, CALENDAR, pauses)
    how = status(end, today, None, CALENDAR)
    if end.paused is None or today < end.paused:
        assert how.state is not ClockState.PAUSED
        # a pause that began after the end helps nothing
        assert not [p for p in pauses if p.resumed is None and p.first <= end.latest] or (
            end.paused is not None
        )
        return
    assert how.state is ClockState.PAUSED
    # taken up on any day, as much is left as was when it began to rest
    if today <= START:
        return  # nothing has begun to be counted
    over = (*(p for p in pauses if p.resumed is not None), Pause(end.paused, today))
    again = deadline(rule, START, CALENDAR, over)
    resumed = status(again, today, None, CALENDAR)
    if counts(rule.unit, today) and counts(rule.unit, end.paused) and today <= again.due:
        assert resumed.days_left == how.days_left
    assert resumed.state is not ClockState.OVERDUE


@given(rests(open_too=True), st.integers(0, 70))
def test_what_comes_after_a_clock_was_stopped_does_not_move_it(pauses, days) -> None:  # type: ignore[no-untyped-def]
    stopped = START + days * DAY
    facts = Standing(
        State.TRANSFERRED, Identity.REAL_NAME, START, ruling=Ruling.TRANSFER, transferred=stopped,
        told_in_writing=stopped, pauses=pauses, paused=bool(pauses) and pauses[-1].resumed is None,
    )  # fmt: skip
    later = stopped + 40 * DAY
    found = clocks(facts, BOOKS["baoding"], CALENDAR, later)
    assert not [c for c in found if c.status.state is ClockState.PAUSED]
    assert found == clocks(facts, BOOKS["baoding"], CALENDAR, later + 400 * DAY)
    before = until(pauses, stopped)
    assert all(p.resumed is not None and p.resumed <= stopped for p in before)
    for one in found:
        if one.end is not None:
            assert one.end.due == deadline(one.rule, START, CALENDAR, before).due


@given(rests(), st.integers(0, 40), st.integers(0, 40))
def test_a_day_of_the_offices_own_moves_by_the_days_that_were_paused_since(
    pauses: tuple[Pause, ...], named: int, ahead: int
) -> None:
    since = START + named * DAY
    due = since + ahead * DAY
    moved = shifted(due, since, pauses)
    span = [since + n * DAY for n in range(1, (moved - since).days + 1)]
    assert (moved - due).days == sum(rested(pauses, d) for d in span)
    assert shifted(due, since, (Pause(since),)) == due  # not over yet: moves nothing


def test_a_pause_over_the_spring_festival_by_hand() -> None:
    """Seven days from 2026-02-10; rested from the 13th until the 24th, when the holidays end."""
    pauses = (Pause(date(2026, 2, 13), date(2026, 2, 24)),)
    week = deadline(clock(7, Unit.DAY), date(2026, 2, 10), CALENDAR, pauses)
    assert (week.planned, week.credited) == (date(2026, 2, 17), 11)
    assert (week.due, week.latest) == (date(2026, 2, 28), date(2026, 2, 28))  # a worked Saturday
    # of those days only the 13th and the worked Saturday of the 14th are working days
    five = deadline(clock(5, Unit.WORKDAY), date(2026, 2, 10), CALENDAR, pauses)
    assert (five.planned, five.credited, five.due) == (date(2026, 2, 24), 2, date(2026, 2, 26))


def test_a_pause_that_begins_after_the_end_helps_nothing() -> None:
    late = Pause(date(2026, 10, 20))
    end = deadline(clock(7, Unit.DAY), START, CALENDAR, (late,))
    assert (end.paused, end.credited) == (None, 0)
    assert status(end, date(2026, 11, 1), None, CALENDAR).state is ClockState.OVERDUE
    over = deadline(clock(7, Unit.DAY), START, CALENDAR, (Pause(late.first, date(2026, 12, 1)),))
    assert (over.due, over.credited) == (end.due, 0)


def test_a_pause_in_the_days_of_grace_keeps_them() -> None:
    """Due on a Saturday, at the latest on Monday; rested from Sunday to Wednesday."""
    rule, start = clock(7, Unit.DAY), date(2026, 11, 7)
    plain = deadline(rule, start, CALENDAR)
    assert (plain.due, plain.latest) == (date(2026, 11, 14), date(2026, 11, 16))
    moved = deadline(rule, start, CALENDAR, (Pause(date(2026, 11, 15), date(2026, 11, 18)),))
    assert (moved.due, moved.latest) == (plain.due, date(2026, 11, 19))
    assert build({}, frozenset()).is_workday(moved.latest)
