"""Time limits (期限): when something is due, why on that day, and how it stands today."""

import calendar as months
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from desktop.rules.rulebook import Clock, Unit
from desktop.rules.workdays import Calendar, Day
from frozen import dataclass

#: A clock is called "soon" (临期) within so many working days: the program's own habit, no place's rule.
SOON_WORKDAYS = 3

WEEK = 7


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which nothing is counted (中止): from its first day up to the day it goes on.

    The day of resumption (恢复之日) counts again; None while the matter rests.
    """

    first: date
    resumed: date | None = None

    def holds(self, day: date) -> bool:
        """Say whether a day lies within."""
        return self.first <= day and (self.resumed is None or day < self.resumed)


def until(pauses: Iterable[Pause], stopped: date) -> tuple[Pause, ...]:
    """Return the pauses as they concern a clock that was stopped on a day: what came later does not."""
    cut = (Pause(p.first, min(p.resumed or stopped, stopped)) for p in pauses)
    return tuple(p for p in cut if p.resumed is not None and p.first < p.resumed)


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of the strip "why this date" (为什么是这一天): the day, and its number if it counted."""

    day: Day
    number: int  # 0: the start day, or a day that is not counted
    rolled: bool = False  # added after the last counted day because that was a day off
    rested: bool = False  # not counted because the matter was paused (中止)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of a time limit in its two readings.

    ``due`` is the plain date, the office's own target (内部目标日); ``latest`` is that date moved off
    a day off (最迟日, 民法典第二百零三条). They differ only for clocks that count calendar time.
    ``tentative`` (暂定): the count touches a year without a published holiday table.
    ``planned`` (原定): the plain date without any pause; ``credited`` (顺延天数): how many days did
    not count because of pauses, in the clock's own counting; ``paused``: the day since which it
    rests, while it does – the dates are then those of the moment at which it was paused.
    """

    clock: Clock
    start: date
    due: date
    latest: date
    counted: tuple[CountedDay, ...]
    tentative: bool
    planned: date | None = None
    credited: int = 0
    paused: date | None = None


def deadline(
    clock: Clock,
    start: date,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    *,
    listed: bool = True,
) -> Deadline:
    """Compute when a clock ends.

    The start day is not counted (民法典第二百零一条). Working days end on the last counted one;
    days, weeks and months end on the calendar date, and ``latest`` is moved to the next working day.

    Args:
        clock: count and unit from the rulebook.
        start: the day of the starting event, e.g. receipt (收到之日).
        calendar: the working-day calendar.
        pauses: when the matter rested (中止); those days do not count, so that both dates move
            back by as many days as were credited. A pause that begins after the end credits none.
        listed: whether the days between are wanted; who only wants the dates has them sooner.
    """
    workdays = clock.unit is Unit.WORKDAY
    if workdays:
        planned = due = latest = calendar.workday_after(start, clock.count)
    else:
        planned = due = _add_calendar(start, clock.count, clock.unit)
        latest = calendar.next_workday(due)
    over = [p for p in pauses if p.resumed is not None and p.first < p.resumed]
    if over:
        counts = calendar.is_workday if workdays else _every_day
        due = _pushed(due, start, over, counts)
        rolled = due if workdays else calendar.next_workday(due)
        latest = _pushed(rolled, due, over, counts)
        latest = latest if workdays else calendar.next_workday(latest)
    running = next((p.first for p in pauses if p.resumed is None and p.first <= latest), None)
    rests = [*over, *([Pause(running)] if running else [])]
    table = calendar.table
    if not listed and not rests and table.covers(start) and table.covers(latest):
        unsure = table.is_unsure(start, latest)
        return Deadline(clock, start, due, latest, (), unsure, planned, 0, running)
    counted = _strip(clock, start, due, latest, calendar, rests)
    tentative = any(not c.day.certain for c in counted)
    credited = sum(
        c.rested and c.day.day != start and (c.day.working or not workdays)
        for c in counted
        if running is None or c.day.day < running
    )
    return Deadline(clock, start, due, latest, counted, tentative, planned, credited, running)


def _every_day(_day: date) -> bool:
    return True


def shifted(due: date, since: date, pauses: Iterable[Pause]) -> date:
    """Return a day the office itself named, moved back by the days that its matter rested since.

    Args:
        due: the day that was named.
        since: the day on which it was named.
        pauses: when the matter rested; one that is not over yet moves nothing.
    """
    over = [p for p in pauses if p.resumed is not None and p.first < p.resumed]
    return _pushed(due, since, over, _every_day) if over else due


def _pushed(due: date, start: date, over: Sequence[Pause], counts: Callable[[date], bool]) -> date:
    """Return the first day from ``due`` on by which as many days counted as were to, without pauses."""
    one = timedelta(days=1)
    missing = 0
    day = max(start, min(p.first for p in over) - one)
    while day < due:
        day += one
        missing += any(p.holds(day) for p in over) and counts(day)
    day = due
    while missing:
        day += one
        missing -= counts(day) and not any(p.holds(day) for p in over)
    return day


def _add_calendar(start: date, count: int, unit: Unit) -> date:
    if unit is Unit.MONTH:
        year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
        last = months.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(start.day, last))
    return start + timedelta(days=count * (WEEK if unit is Unit.WEEK else 1))


def _strip(
    clock: Clock,
    start: date,
    due: date,
    latest: date,
    calendar: Calendar,
    rests: Sequence[Pause] = (),
) -> tuple[CountedDay, ...]:
    """List every day from the start to the latest date with its number in the count."""
    strip = [CountedDay(calendar.day(start), 0)]
    number = 0
    for offset in range(1, (latest - start).days + 1):
        day = calendar.day(start + timedelta(days=offset))
        rolled = day.day > due
        rested = any(p.holds(day.day) for p in rests)
        counts = not rolled and not rested and (day.working or clock.unit is not Unit.WORKDAY)
        number += counts
        strip.append(CountedDay(day, number if counts else 0, rolled, rested))
    return tuple(strip)


class ClockState(StrEnum):
    """How a clock stands (期限状态); every list, page and print words this one value."""

    NOT_APPLICABLE = "not_applicable"  # 不适用
    PAUSED = "paused"  # 中止
    RUNNING = "running"  # 进行中
    SOON = "soon"  # 临期
    TODAY = "today"  # 今日到期
    GRACE = "grace"  # 已过目标日，未过最迟日
    OVERDUE = "overdue"  # 超期
    MET = "met"  # 按时完成
    MET_LATE = "met_late"  # 逾期完成


@dataclass(frozen=True, slots=True)
class ClockStatus:
    """A clock's state on a day, with the days left in the clock's own unit (negative: overdue)."""

    state: ClockState
    days_left: int
    in_workdays: bool


def status(end: Deadline, today: date, stopped: date | None, calendar: Calendar) -> ClockStatus:
    """Say how a clock stands on ``today``.

    Args:
        end: the deadline.
        today: the day asked about.
        stopped: the day of the event that stops the clock, or None while it runs.
        calendar: for counting what is left.
    """
    in_workdays = end.clock.unit is Unit.WORKDAY
    if stopped is not None:
        state = ClockState.MET if stopped <= end.latest else ClockState.MET_LATE
        return ClockStatus(state, 0, in_workdays)
    paused = end.paused is not None and end.paused <= today
    if paused and end.paused is not None:
        # nothing is counted since; on the day it goes on, as much is left as on this one
        today = max(end.paused, end.start + timedelta(days=1))
    target = end.due if today <= end.due else end.latest
    left = calendar.workdays_between(today, target) if in_workdays else (target - today).days
    if paused:
        return ClockStatus(ClockState.PAUSED, max(left, 0), in_workdays)
    if today > end.latest:
        return ClockStatus(ClockState.OVERDUE, min(left, -1), in_workdays)
    if today > end.due:
        return ClockStatus(ClockState.GRACE, left, in_workdays)
    if today == end.due:
        return ClockStatus(ClockState.TODAY, 0, in_workdays)
    soon = calendar.workdays_between(today, end.due) <= SOON_WORKDAYS
    return ClockStatus(ClockState.SOON if soon else ClockState.RUNNING, left, in_workdays)
