"""Time limits (期限): when something is due, why on that day, and how it stands today."""

import calendar as months
from datetime import date, timedelta
from enum import StrEnum

from desktop.rules.rulebook import Clock, Unit
from desktop.rules.workdays import Calendar, Day
from frozen import dataclass

#: A clock is called "soon" (临期) within so many working days: the program's own habit, no place's rule.
SOON_WORKDAYS = 3

WEEK = 7


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of the strip "why this date" (为什么是这一天): the day, and its number if it counted."""

    day: Day
    number: int  # 0: the start day, or a day that is not counted
    rolled: bool = False  # added after the last counted day because that was a day off


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of a time limit in its two readings.

    ``due`` is the plain date, the office's own target (内部目标日); ``latest`` is that date moved off
    a day off (最迟日, 民法典第二百零三条). They differ only for clocks that count calendar time.
    ``tentative`` (暂定): the count touches a year without a published holiday table.
    """

    clock: Clock
    start: date
    due: date
    latest: date
    counted: tuple[CountedDay, ...]
    tentative: bool


def deadline(clock: Clock, start: date, calendar: Calendar) -> Deadline:
    """Compute when a clock ends.

    The start day is not counted (民法典第二百零一条). Working days end on the last counted one;
    days, weeks and months end on the calendar date, and ``latest`` is moved to the next working day.

    Args:
        clock: count and unit from the rulebook.
        start: the day of the starting event, e.g. receipt (收到之日).
        calendar: the working-day calendar.
    """
    if clock.unit is Unit.WORKDAY:
        due = latest = calendar.workday_after(start, clock.count)
    else:
        due = _add_calendar(start, clock.count, clock.unit)
        latest = calendar.next_workday(due)
    counted = _strip(clock, start, due, latest, calendar)
    tentative = any(not c.day.certain for c in counted)
    return Deadline(clock, start, due, latest, counted, tentative)


def _add_calendar(start: date, count: int, unit: Unit) -> date:
    if unit is Unit.MONTH:
        year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
        last = months.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(start.day, last))
    return start + timedelta(days=count * (WEEK if unit is Unit.WEEK else 1))


def _strip(
    clock: Clock, start: date, due: date, latest: date, calendar: Calendar
) -> tuple[CountedDay, ...]:
    """List every day from the start to the latest date with its number in the count."""
    strip = [CountedDay(calendar.day(start), 0)]
    number = 0
    for offset in range(1, (latest - start).days + 1):
        day = calendar.day(start + timedelta(days=offset))
        rolled = day.day > due
        counts = not rolled and (day.working or clock.unit is not Unit.WORKDAY)
        number += counts
        strip.append(CountedDay(day, number if counts else 0, rolled))
    return tuple(strip)


class ClockState(StrEnum):
    """How a clock stands (期限状态); every list, page and print words this one value."""

    NOT_APPLICABLE = "not_applicable"  # 不适用
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
    target = end.due if today <= end.due else end.latest
    left = calendar.workdays_between(today, target) if in_workdays else (target - today).days
    if today > end.latest:
        return ClockStatus(ClockState.OVERDUE, min(left, -1), in_workdays)
    if today > end.due:
        return ClockStatus(ClockState.GRACE, left, in_workdays)
    if today == end.due:
        return ClockStatus(ClockState.TODAY, 0, in_workdays)
    soon = calendar.workdays_between(today, end.due) <= SOON_WORKDAYS
    return ClockStatus(ClockState.SOON if soon else ClockState.RUNNING, left, in_workdays)
