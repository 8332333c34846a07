"""Dates that the office set itself (自定期限): reply, rectification, extension; and how they stand."""

from datetime import date

from desktop.rules.clocks import SOON_WORKDAYS, ClockState, ClockStatus
from desktop.usecases.calendars import calendar
from desktop.usecases.office import Office
from frozen import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """A date the office set itself, with how it stands; such a date has one reading only."""

    due: date
    status: ClockStatus
    tentative: bool


def target(office: Office, due: date, today: date, met: date | None = None) -> Target:
    """Say how a date of the office's own stands on a day.

    Args:
        office: whose working-day calendar tells what is soon.
        due: the date.
        today: the day asked about.
        met: the day on which it was met, or None while it is waited for.
    """
    table = calendar(office)
    left = (due - today).days
    if met is not None:
        state, left = ClockState.MET if met <= due else ClockState.MET_LATE, 0
    elif left < 0:
        state = ClockState.OVERDUE
    elif left == 0:
        state = ClockState.TODAY
    else:
        soon = table.workdays_between(today, due) <= SOON_WORKDAYS
        state = ClockState.SOON if soon else ClockState.RUNNING
    return Target(due, ClockStatus(state, left, in_workdays=False), not table.day(due).certain)
