"""Working days counted beforehand, so that a deadline is looked up and not walked to day by day."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import accumulate

from frozen import dataclass

#: The years counted beforehand; deadlines outside are counted day by day.
FIRST, LAST = 2000, 2049
_WEEKEND = (5, 6)


@dataclass(frozen=True, slots=True)
class DayTable:
    """How many working days there were up to each day, and which day was the n-th.

    ``seq``: working days from the first day to each day, both included. ``unsure``: likewise the
    days that rest on no published table.
    """

    base: int
    seq: tuple[int, ...]
    days: tuple[int, ...]
    unsure: tuple[int, ...]

    def covers(self, day: date) -> bool:
        """Say whether a day lies in the years counted beforehand."""
        return 0 <= day.toordinal() - self.base < len(self.seq)

    def after(self, start: date, count: int) -> date | None:
        """Return the ``count``-th working day after a day, or None beyond the years counted."""
        at = start.toordinal() - self.base
        if not 0 <= at < len(self.seq) or count < 1:
            return None
        nth = self.seq[at] + count - 1
        return date.fromordinal(self.days[nth]) if nth < len(self.days) else None

    def next(self, day: date) -> date | None:
        """Return the day itself if it is worked, else the next that is; None beyond the years."""
        if not self.covers(day):
            return None
        nth = bisect_left(self.days, day.toordinal())
        return date.fromordinal(self.days[nth]) if nth < len(self.days) else None

    def between(self, after: date, until: date) -> int | None:
        """Count the working days in (after, until], or None beyond the years counted."""
        first, last = after.toordinal() - self.base, until.toordinal() - self.base
        size = len(self.seq)
        if not (0 <= first < size and 0 <= last < size):
            return None
        return self.seq[last] - self.seq[first]


def build(
    exceptions: Mapping[date, bool], published: Iterable[int], own: Callable[[date], bool]
) -> DayTable:
    """Count the years beforehand.

    Args:
        exceptions: the days that are not as their weekday says, and whether they are worked.
        published: the years whose arrangement is known.
        own: says of a day that the office itself entered it, which makes it certain.
    """
    start = date(FIRST, 1, 1)
    size = (date(LAST + 1, 1, 1) - start).days
    base, weekday = start.toordinal(), start.weekday()
    working = [int((weekday + n) % 7 not in _WEEKEND) for n in range(size)]
    unsure = [1] * size
    for year in published:
        if FIRST <= year <= LAST:
            first = date(year, 1, 1).toordinal() - base
            length = date(year, 12, 31).toordinal() - base + 1 - first
            unsure[first : first + length] = [0] * length
    for day, worked in exceptions.items():
        at = day.toordinal() - base
        if 0 <= at < size:
            working[at] = int(worked)
            if own(day):
                unsure[at] = 0
    days = tuple(base + n for n, worked in enumerate(working) if worked)
    return DayTable(base, tuple(accumulate(working)), days, tuple(accumulate(unsure)))
