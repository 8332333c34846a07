"""Time limits against a second, plain count of every receipt date of three years."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.clocks import SOON_WORKDAYS, ClockState, Deadline, deadline, status
from desktop.rules.rulebook import Clock, System, Unit
from desktop.rules.workdays import Calendar, DayKind, Override
from desktop.usecases.calendars import build

YEARS = (2024, 2025, 2026)
DAY = timedelta(days=1)
EVERY_DAY = [date(2024, 1, 1) + n * DAY for n in range(366 + 365 + 365)]
CALENDAR = build({}, frozenset())

#: The State Council's notices, typed in by hand: days off beyond the plain week, and days worked.
OFF = """
2024-01-01 2024-02-10:17 2024-04-04:06 2024-05-01:05 2024-06-10 2024-09-15:17 2024-10-01:07
2025-01-01 2025-01-28:31 2025-02-01:04 2025-04-04:06 2025-05-01:05 2025-05-31 2025-06-01:02
2025-10-01:08
2026-01-01:03 2026-02-15:23 2026-04-04:06 2026-05-01:05 2026-06-19:21 2026-09-25:27 2026-10-01:07
"""
WORKED = """
2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12
2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11
2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10
"""
WORKING_DAYS = {2024: 251, 2025: 248, 2026: 248}


def days(text: str) -> set[date]:
    found = set()
    for word in text.split():
        first, _, last = word.partition(":")
        start = date.fromisoformat(first)
        found |= {start.replace(day=n) for n in range(start.day, int(last or start.day) + 1)}
    return found


def clock(count: int, unit: Unit) -> Clock:
    return Clock(
        id="x", source="s", article="第一条", system=System.COMPLAINTS, name="期限",
        starts="received", stops="transferred", count=count, unit=unit,
    )  # fmt: skip


@cache
def works(day: date) -> bool:
    """The second opinion: the package itself where it knows the year, else the plain week."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def plain_end(start: date, count: int, unit: Unit) -> date:
    """Count on fingers: day by day, week by week, month by month."""
    if unit is Unit.WORKDAY:
        day = start
        while count:
            day += DAY
            count -= works(day)
        return day
    if unit is Unit.MONTH:
        year, month = start.year, start.month
        for _ in range(count):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        wanted = start.day
        while True:
            try:
                return date(year, month, wanted)
            except ValueError:
                wanted -= 1
    return start + count * (7 if unit is Unit.WEEK else 1) * DAY


# ---- the calendar -------------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_the_rest_days_are_those_of_the_state_councils_notices(year: int) -> None:
    off, worked = days(OFF), days(WORKED)
    for day in (d for d in EVERY_DAY if d.year == year):
        found = CALENDAR.day(day)
        assert found.certain
        assert found.working == (day in worked or (day.weekday() < 5 and day not in off)), day
        assert (found.kind is DayKind.MAKEUP) == (day in worked), day
        assert (found.kind is DayKind.HOLIDAY) == (day in off), day
        assert bool(found.label) == (day in off or day in worked), day
    assert sum(CALENDAR.is_workday(d) for d in EVERY_DAY if d.year == year) == WORKING_DAYS[year]


def test_a_year_without_a_notice_is_the_plain_week_and_uncertain() -> None:
    for n in range(365):
        day = CALENDAR.day(date(2027, 1, 1) + n * DAY)
        assert not day.certain
        assert not day.label
        assert day.working == (day.day.weekday() < 5)


@given(st.dates(date(2023, 12, 1), date(2028, 2, 1)), st.booleans())
def test_the_offices_own_entry_wins_over_the_notice(day: date, working: bool) -> None:
    own = build({day: Override(day, working, "补录")}, frozenset())
    found = own.day(day)
    assert (found.working, found.label, found.certain) == (working, "补录", True)
    for other in (day - DAY, day + DAY):
        assert own.day(other) == CALENDAR.day(other)


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0, 120))
def test_working_days_between_are_counted_alike_in_both_directions(start: date, span: int) -> None:
    end = start + span * DAY
    count = sum(works(start + n * DAY) for n in range(1, span + 1))
    assert CALENDAR.workdays_between(start, end) == count
    assert CALENDAR.workdays_between(end, start) == (-count if span else 0)


# ---- every receipt date -------------------------------------------------------------------------

CLOCKS = [
    (5, Unit.WORKDAY), (1, Unit.WORKDAY), (20, Unit.WORKDAY), (5, Unit.DAY), (7, Unit.DAY),
    (15, Unit.DAY), (1, Unit.WEEK), (3, Unit.WEEK), (1, Unit.MONTH), (6, Unit.MONTH),
]  # fmt: skip


@pytest.mark.parametrize(("count", "unit"), CLOCKS, ids=lambda v: str(v))
def test_each_receipt_date_of_three_years_ends_where_a_plain_count_ends(
    count: int, unit: Unit
) -> None:
    rule = clock(count, unit)
    for start in EVERY_DAY:
        end = deadline(rule, start, CALENDAR)
        assert end.due == plain_end(start, count, unit), start
        rolled = end.due
        while not works(rolled):
            rolled += DAY
        assert end.latest == rolled, start
        check_strip(end)


@given(
    st.dates(date(1998, 1, 1), date(2051, 1, 1)),
    st.sampled_from(CLOCKS),
    st.dictionaries(st.dates(date(2026, 11, 1), date(2027, 3, 1)), st.booleans(), max_size=5),
    st.booleans(),
)
def test_who_only_wants_the_dates_gets_the_same(
    start: date, rule: tuple[int, Unit], own: dict[date, bool], near: bool
) -> None:
    start = date(2026, 11, 1) + (start - date(1998, 1, 1)) % timedelta(days=120) if near else start
    table = build({day: Override(day, works, "补录") for day, works in own.items()}, frozenset())
    whole = deadline(clock(*rule), start, table)
    assert replace(deadline(clock(*rule), start, table, listed=False), counted=()) == replace(
        whole, counted=()
    )


def check_strip(end: Deadline) -> None:
    """The strip "why this date" tells the same story as the dates."""
    strip = end.counted
    assert [c.day.day for c in strip] == [
        end.start + n * DAY for n in range((end.latest - end.start).days + 1)
    ]
    numbers = [c.number for c in strip if c.number]
    assert numbers == list(range(1, len(numbers) + 1))
    assert strip[0].number == 0
    last = max(strip, key=lambda c: c.number)
    assert last.day.day == end.due
    assert last.number == (
        end.clock.count if end.clock.unit is Unit.WORKDAY else (end.due - end.start).days
    )
    if end.clock.unit is Unit.WORKDAY:
        assert all((c.number > 0) == c.day.working for c in strip[1:])
        assert end.due == end.latest
    tail = [c for c in strip if c.rolled]
    assert [c.day.day for c in tail] == [c.day.day for c in strip if c.day.day > end.due]
    assert all(not c.number for c in tail)
    assert all(not c.day.working for c in tail[:-1])
    assert strip[-1].day.working
    if tail:
        assert not CALENDAR.is_workday(end.due)
    touched = {c.day.day.year for c in strip}
    assert end.tentative == any(year not in YEARS for year in touched)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-12-15", 1, "2027-01-15"),
    ],
)
def test_a_month_ends_on_the_same_day_or_on_the_months_last(
    start: str, count: int, due: str
) -> None:
    end = deadline(clock(count, Unit.MONTH), date.fromisoformat(start), CALENDAR)
    assert end.due.isoformat() == due


def test_figures_of_the_regulation_for_known_days() -> None:
    # received on the Friday before National Day 2026: a make-up Saturday later counts
    end = deadline(clock(5, Unit.WORKDAY), date(2026, 9, 24), CALENDAR)
    assert end.due == date(2026, 10, 9)
    # seven days from the last working day before Spring Festival: target in it, latest after it
    end = deadline(clock(7, Unit.DAY), date(2026, 2, 14), CALENDAR)
    assert (end.due, end.latest) == (date(2026, 2, 21), date(2026, 2, 24))
    assert not end.tentative


def test_confirming_a_year_or_entering_each_of_its_days_makes_a_date_certain() -> None:
    rule, start = clock(5, Unit.WORKDAY), date(2026, 12, 30)
    assert deadline(rule, start, CALENDAR).tentative
    assert not deadline(rule, start, build({}, frozenset({2027}))).tentative
    new_year = {date(2027, 1, 1): Override(date(2027, 1, 1), False, "元旦")}
    moved = deadline(rule, start, build(new_year, frozenset({2027})))
    assert not moved.tentative
    assert moved.due == date(2027, 1, 7)
    assert deadline(rule, start, CALENDAR).due == date(2027, 1, 6)
    some = deadline(rule, start, build(new_year, frozenset()))
    assert some.tentative
    last = {date(2027, 1, 6): Override(date(2027, 1, 6), True, "补录")}
    unsure_inside = deadline(rule, start, build(last, frozenset()))
    assert unsure_inside.due == date(2027, 1, 6)
    assert unsure_inside.tentative


def test_only_what_the_count_touches_is_uncertain() -> None:
    assert not deadline(clock(1, Unit.WORKDAY), date(2026, 12, 30), CALENDAR).tentative
    assert deadline(clock(5, Unit.DAY), date(2026, 12, 28), CALENDAR).tentative
    old = deadline(clock(5, Unit.DAY), date(2003, 6, 2), CALENDAR)
    assert old.tentative


@given(
    st.dates(date(2024, 1, 1), date(2026, 11, 1)),
    st.integers(1, 30),
    st.dictionaries(st.dates(date(2024, 1, 1), date(2027, 1, 31)), st.booleans(), max_size=20),
)
def test_own_entries_move_working_day_clocks_as_a_plain_count_says(
    start: date, count: int, own: dict[date, bool]
) -> None:
    table = build({d: Override(d, w, "补录") for d, w in own.items()}, frozenset())
    left, day = count, start
    while left:
        day += DAY
        left -= own.get(day, works(day))
    assert deadline(clock(count, Unit.WORKDAY), start, table).due == day


# ---- how it stands ------------------------------------------------------------------------------

ORDER = [
    ClockState.RUNNING,
    ClockState.SOON,
    ClockState.TODAY,
    ClockState.GRACE,
    ClockState.OVERDUE,
]


@pytest.mark.parametrize(("count", "unit"), [(5, Unit.WORKDAY), (7, Unit.DAY), (1, Unit.MONTH)])
@given(start=st.dates(date(2024, 1, 1), date(2026, 11, 20)))
def test_a_clock_goes_day_by_day_from_running_to_overdue(
    count: int, unit: Unit, start: date
) -> None:
    end = deadline(clock(count, unit), start, CALENDAR)
    seen: list[ClockState] = []
    for n in range((end.latest - start).days + 8):
        today = start + n * DAY
        now = status(end, today, None, CALENDAR)
        check_one_day(end, today, now.state, now.days_left)
        assert now.in_workdays == (unit is Unit.WORKDAY)
        if not seen or seen[-1] is not now.state:
            seen.append(now.state)
    assert [ORDER.index(s) for s in seen] == sorted({ORDER.index(s) for s in seen})
    assert seen[-1] is ClockState.OVERDUE
    assert ClockState.TODAY in seen
    assert (ClockState.GRACE in seen) == (end.latest > end.due)


def check_one_day(end: Deadline, today: date, state: ClockState, left: int) -> None:
    until_due = sum(works(today + n * DAY) for n in range(1, (end.due - today).days + 1))
    if today > end.latest:
        assert state is ClockState.OVERDUE
        assert left < 0
    elif today > end.due:
        assert state is ClockState.GRACE
        assert left == (end.latest - today).days
    elif today == end.due:
        assert (state, left) == (ClockState.TODAY, 0)
    else:
        assert (state is ClockState.SOON) == (until_due <= SOON_WORKDAYS)
        wanted = until_due if end.clock.unit is Unit.WORKDAY else (end.due - today).days
        assert left == wanted


@given(st.dates(date(2024, 1, 1), date(2026, 11, 1)), st.integers(0, 30), st.integers(0, 60))
def test_a_stopped_clock_was_met_until_the_latest_day_and_late_after_it(
    start: date, stopped_after: int, asked_after: int
) -> None:
    end = deadline(clock(7, Unit.DAY), start, CALENDAR)
    stopped = start + stopped_after * DAY
    now = status(end, start + asked_after * DAY, stopped, CALENDAR)
    late = stopped > end.latest
    assert now.state is (ClockState.MET_LATE if late else ClockState.MET)
    assert now.days_left == 0


def test_a_count_that_never_ends_says_so() -> None:
    never = Calendar({}, {}, frozenset(), {})
    with pytest.raises(OverflowError):
        deadline(clock(1000, Unit.WORKDAY), date(9999, 12, 1), never)
