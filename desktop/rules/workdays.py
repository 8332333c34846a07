"""The working-day calendar (工作日历): what kind of day each day is, and how sure that is."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from desktop.rules import daytable
from desktop.rules.daytable import DayTable
from frozen import dataclass

SATURDAY = 5


class DayKind(StrEnum):
    """What a day is for counting (日子的种类)."""

    WORK = "work"  # 工作日
    REST = "rest"  # 周末休息日
    HOLIDAY = "holiday"  # 法定节假日及调休放假
    MAKEUP = "makeup"  # 调休上班


@dataclass(frozen=True, slots=True)
class Override:
    """The office's own entry for a day (本单位补录): a working day or not, and why."""

    day: date
    working: bool
    label: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day with its kind, its name where it has one, and whether it rests on a published table."""

    day: date
    kind: DayKind
    label: str
    certain: bool

    @property
    def working(self) -> bool:
        """Say whether the day counts as a working day."""
        return self.kind in (DayKind.WORK, DayKind.MAKEUP)


@dataclass(frozen=True)
class Calendar:
    """Every day's kind: override, else published table, else the plain week.

    Args:
        holidays: days off by the State Council's yearly notice, with their names.
        makeups: weekend days worked in exchange (调休上班), with the holiday's name.
        published: years whose notice is in the two tables.
        overrides: the office's own entries, which win.
        confirmed: years the office says it has entered completely by itself.
    """

    holidays: Mapping[date, str]
    makeups: Mapping[date, str]
    published: frozenset[int]
    overrides: Mapping[date, Override] = field(default_factory=dict)
    confirmed: frozenset[int] = frozenset()

    def day(self, day: date) -> Day:
        """Return what kind of day this is."""
        certain = day.year in self.published or day.year in self.confirmed
        own = self.overrides.get(day)
        if own is not None:
            return Day(day, _own_kind(day, own.working), own.label, certain=True)
        if day in self.holidays:
            return Day(day, DayKind.HOLIDAY, self.holidays[day], certain)
        if day in self.makeups:
            return Day(day, DayKind.MAKEUP, self.makeups[day], certain)
        kind = DayKind.REST if day.weekday() >= SATURDAY else DayKind.WORK
        return Day(day, kind, "", certain)

    @cached_property
    def table(self) -> DayTable:
        """The working days of the near years, counted beforehand from the same entries."""
        exceptions = {
            **dict.fromkeys(self.makeups, True),
            **dict.fromkeys(self.holidays, False),
            **{day: own.working for day, own in self.overrides.items()},
        }
        return daytable.build(
            exceptions, self.published | self.confirmed, self.overrides.__contains__
        )

    def workday_after(self, start: date, count: int) -> date:
        """Return the ``count``-th working day after a day.

        Raises:
            OverflowError: the count would run past the year 9999.
        """
        known = self.table.after(start, count)
        if known is not None:
            return known
        left = count
        for day in self.days_after(start):
            left -= day.working
            if left == 0:
                return day.day
        raise AssertionError("days_after never ends")

    def is_workday(self, day: date) -> bool:
        """Say whether a day counts as a working day (工作日)."""
        return self.day(day).working

    def days_after(self, start: date) -> Iterator[Day]:
        """Yield the days after ``start``, one by one, without end.

        Raises:
            OverflowError: the count would run past the year 9999.
        """
        day = start
        while True:
            day += timedelta(days=1)
            yield self.day(day)

    def next_workday(self, day: date) -> date:
        """Return the day itself if it is a working day, else the next that is (民法典第二百零三条)."""
        known = self.table.next(day)
        if known is not None:
            return known
        if self.is_workday(day):
            return day
        return next(d.day for d in self.days_after(day) if d.working)

    def workdays_between(self, after: date, until: date) -> int:
        """Count working days in (after, until]; negative if ``until`` lies before ``after``."""
        known = self.table.between(after, until)
        if known is not None:
            return known
        if until < after:
            return -self.workdays_between(until, after)
        span = (until - after).days
        return sum(self.is_workday(after + timedelta(days=n)) for n in range(1, span + 1))


def _own_kind(day: date, working: bool) -> DayKind:
    """Name the kind of an overridden day so that its oddity shows."""
    weekend = day.weekday() >= SATURDAY
    if working:
        return DayKind.MAKEUP if weekend else DayKind.WORK
    return DayKind.REST if weekend else DayKind.HOLIDAY
