"""The working-day calendar: the published table, and the office's own entries over it."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from db.ledger import EventDraft, Value
from db.queries import office as queries
from db.records import WorkdayOverride
from desktop.rules import typed
from desktop.rules.faults import fault, refuse_if
from desktop.rules.workdays import Calendar, Day, Override
from desktop.usecases.office import Acting, Done, Office
from frozen import dataclass


@lru_cache(maxsize=1)
def _published() -> tuple[Mapping[date, str], Mapping[date, str], frozenset[int]]:
    """Read the State Council's tables as chinesecalendar carries them."""
    from chinese_calendar.constants import Holiday, holidays, workdays

    names = {member.value: member.chinese for member in Holiday}
    off = {day: names[str(name)] for day, name in holidays.items()}
    worked = {day: names[str(name)] for day, name in workdays.items()}
    return off, worked, frozenset(day.year for day in off)


@lru_cache(maxsize=1)
def published_calendar() -> Calendar:
    """Return the calendar of an office that entered nothing of its own; its days are counted once."""
    off, worked, years = _published()
    return Calendar(off, worked, years)


def build(
    overrides: Mapping[date, Override], confirmed: frozenset[int], published: bool = True
) -> Calendar:
    """Build a calendar from the published table and the given entries."""
    if published and not overrides and not confirmed:
        return published_calendar()
    off, worked, years = _published() if published else ({}, {}, frozenset())
    return Calendar(off, worked, years, overrides, confirmed)


def calendar(office: Office) -> Calendar:
    """Return the office's calendar as it stands (工作日历)."""
    if office.calendar_cache is None:
        own = {o.day: Override(o.day, o.working, o.label) for o in queries.overrides(office.db)}
        years = frozenset(year for _, year in queries.confirmed_years(office.db))
        office.calendar_cache = build(own, years)
    return office.calendar_cache


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year as the calendar page shows it."""

    year: int
    published: bool
    confirmed: bool
    odd_days: tuple[Day, ...]
    overrides: tuple[WorkdayOverride, ...]


def year(office: Office, wanted: int) -> CalendarYear:
    """Return a year's holidays, make-up working days and own entries."""
    table = calendar(office)
    own = tuple(o for o in queries.overrides(office.db) if o.day.year == wanted)
    first = date(wanted, 1, 1)
    span = (date(wanted + 1, 1, 1) - first).days
    days = (table.day(first + timedelta(days=n)) for n in range(span))
    odd = tuple(d for d in days if d.label or d.day in table.overrides)
    return CalendarYear(wanted, wanted in table.published, wanted in table.confirmed, odd, own)


def set_override(
    office: Office, day: date | None, working: bool, label: str, acting: Acting
) -> Done[None]:
    """Enter a day by hand (补录), over the published table; an earlier entry is replaced.

    Raises:
        Faults: no date, or no name of the holiday.
    """
    refuse_if(
        [
            fault("day", "required") if day is None else None,
            typed.check_text("label", label, required=True, limit=typed.NAME),
        ]
    )
    assert day is not None
    office.moved = ()  # what moved is said of this action only
    event = EventDraft("calendar.override", "calendar", day.toordinal(), day.isoformat())
    old = next((o for o in queries.overrides(office.db) if o.day == day), None)
    with office.ledger.action(event, acting.actor()) as action:
        values: dict[str, Value] = {"working": int(working), "label": typed.clean(label)}
        if old:
            action.update("workday_override", old.id, **values)
        else:
            action.insert("workday_override", day=day.isoformat(), **values)
    office.calendar_cache = None
    return Done(None, event.seq)


def drop_override(office: Office, override_id: int, acting: Acting) -> Done[None]:
    """Take a day's own entry back, so that the published table counts again."""
    office.moved = ()
    event = EventDraft("calendar.drop", "calendar", override_id)
    with office.ledger.action(event, acting.actor()) as action:
        event.label = str(action.row("workday_override", override_id)["day"])
        action.update("workday_override", override_id, void=1)
    office.calendar_cache = None
    return Done(None, event.seq)


def confirm_year(office: Office, wanted: int, confirmed: bool, acting: Acting) -> Done[None]:
    """Say that a year's arrangement is completely entered, so that its dates are no longer 暂定."""
    office.moved = ()
    event = EventDraft("calendar.confirm", "calendar", wanted, str(wanted))
    own = next((r for r, y in queries.confirmed_years(office.db) if y == wanted), None)
    with office.ledger.action(event, acting.actor()) as action:
        if confirmed and own is None:
            action.insert("calendar_year", year=wanted)
        elif not confirmed and own is not None:
            action.update("calendar_year", own, void=1)
    office.calendar_cache = None
    return Done(None, event.seq)


@dataclass(frozen=True, slots=True)
class Compared:
    """A deadline before and after the calendar was changed (期限重算前后对照).

    ``latest_…``: the working day that follows, where a deadline falls on a day of rest (最迟日).
    """

    complaint: int
    number: str
    subject: str
    clock: str
    before: date
    latest_before: date
    after: date
    latest_after: date


def compared(office: Office) -> tuple[Compared, ...]:
    """Return every deadline that the last change of the calendar moved, the newest matter first."""
    found = []
    for one in office.moved:
        book = office.library.pinned(one.pack, one.pack_version)
        name = next((c.name for c in book.clocks if c.id == one.clock), one.clock)
        found.append(
            Compared(
                one.complaint,
                one.number,
                one.subject,
                name,
                one.due_before,
                one.latest_before,
                one.due_after,
                one.latest_after,
            )
        )
    return tuple(sorted(found, key=lambda c: (c.complaint, c.after), reverse=True))
