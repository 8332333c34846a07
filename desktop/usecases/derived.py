"""What is derived from the records and kept beside them: the search index, clocks, the list's order.

The rules stay the truth: they compute every clock when a complaint changes. Only when the calendar
changes, clocks that follow from start, count and unit alone are counted anew inside the database.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

from db import search
from db.driver import Database
from db.ledger import Actor
from db.queries import clocks as kept
from db.queries import complaints as queries
from db.queries.clocks import KeptClock, Moved
from db.records import Complaint, ComplaintStep
from desktop import paths
from desktop.rules import complaints as rules
from desktop.rules.clocks import SOON_WORKDAYS, Deadline, status
from desktop.rules.complaints import RunningClock, State
from desktop.rules.rulebook import Unit
from desktop.rules.workdays import Calendar
from desktop.usecases import register
from desktop.usecases.calendars import calendar
from desktop.usecases.office import Office

_CHUNK = 500
_CALENDAR = ("workday_override", "calendar_year")
#: States in which a clock may still press.
RUNNING = register.OPEN | {State.REFUSED, State.ANSWERED}


def folding() -> search.Folding:
    """Return how texts are compared: simplified characters, half width, small letters."""
    return search.Folding.read(paths.resources() / "search" / "simplified.txt")


def attach(office: Office) -> None:
    """Let every action of an office bring up to date what is derived from what it wrote."""
    office.ledger.derive = lambda seq, actor: _after(office, seq, actor)


def _after(office: Office, seq: int, actor: Actor) -> None:
    """Bring up to date what follows from the rows an action wrote, inside its transaction."""
    today = actor.at.date()
    _complete(office, today)
    if any(kept.changed(office.db, seq, table) for table in _CALENDAR):
        office.calendar_cache = None  # the rows it was built from are others now
        office.moved = _recount(office, today)
    complaints = kept.touched(office.db, seq)
    if complaints:
        renew(office, complaints, today)
        if kept.known(office.db).get("day") != today.isoformat():
            kept.know(office.db, "day", "")  # pressed as of two days now
    if office.names is not None:
        office.names.forget(kept.changed(office.db, seq, "complainant"))


def renew(office: Office, complaints: Sequence[int], today: date) -> None:
    """Derive anew what belongs to some complaints; inside the caller's transaction."""
    search.reindex(office.db, folding(), complaints)
    for at in range(0, len(complaints), _CHUNK):
        ids = complaints[at : at + _CHUNK]
        _keep_clocks(office, ids, today)


def _keep_clocks(office: Office, ids: Sequence[int], today: date) -> None:
    found = queries.some(office.db, ids)
    grounds = queries.grounds_of(office.db, ids)
    steps = queries.steps_of(office.db, [c.id for c in found if _runs(c)])
    receivers = queries.decided_receivers(office.db, [c.id for c in found])
    clocks = [
        clock
        for complaint in found
        if _runs(complaint)
        for clock in _clocks(office, complaint, steps.get(complaint.id, ()), today)
    ]
    kept.keep(office.db, ids, clocks)
    kept.press(office.db, today, soon_until(calendar(office), today), ids)
    kept.keep_lines(
        office.db,
        [
            (
                c.id,
                _grounds_key(office, c, grounds.get(c.id, ())),
                c.year * search.SEAT + c.serial,
                State.VOID.value if c.void else c.state,
                receivers.get(c.id, 0),
            )
            for c in found
        ],
    )


def _grounds_key(office: Office, complaint: Complaint, grounds: Sequence[str]) -> str:
    """Return by what grounds are ordered: their places in the rulebook; without any, last."""
    book = office.library.pinned(complaint.pack, complaint.pack_version)
    order = {ground.id: n for n, ground in enumerate(book.grounds)}
    places = sorted(order[g] for g in grounds if g in order)
    return ",".join(f"{place:03d}" for place in places) or "~"


def _runs(complaint: Complaint) -> bool:
    return not complaint.void and State(complaint.state) in RUNNING


def _clocks(
    office: Office, complaint: Complaint, steps: Sequence[ComplaintStep], today: date
) -> Iterator[KeptClock]:
    book = office.library.pinned(complaint.pack, complaint.pack_version)
    facts = register.standing(complaint, steps)
    table = calendar(office)
    for n, running in enumerate(rules.clocks(facts, book, table, today)):
        end = running.end
        if end is None or running.status.state not in register.URGENCY:
            continue
        yield KeptClock(
            complaint.id,
            n,
            running.rule.id,
            end.start,
            running.rule.count,
            running.rule.unit.value,
            end.due,
            end.latest,
            end.tentative,
            running.conditional,
            _plain(end, table),
            facts.state in register.OPEN,
        )


def _plain(end: Deadline, table: Calendar) -> bool:
    """Say whether the database can count this end anew from start, count and unit."""
    if not (table.table.covers(end.start) and table.table.covers(end.latest)):
        return False
    if end.clock.unit is Unit.WORKDAY:
        return table.workday_after(end.start, end.clock.count) == end.due == end.latest
    return table.next_workday(end.due) == end.latest


def soon_until(table: Calendar, today: date) -> date:
    """Return the last day that counts as soon: the day before one working day too many."""
    return table.workday_after(today, SOON_WORKDAYS + 1) - timedelta(days=1)


def kept_clock(office: Office, complaint: Complaint, clock: KeptClock, today: date) -> RunningClock:
    """Return a kept clock with its state on a day, by the same function as everywhere."""
    book = office.library.pinned(complaint.pack, complaint.pack_version)
    rule = next(c for c in book.clocks if c.id == clock.clock)
    end = Deadline(rule, clock.start, clock.due, clock.latest, (), clock.tentative)
    return RunningClock(
        rule, end, status(end, today, None, calendar(office)), conditional=clock.conditional
    )


# ---- what changes without a complaint changing -------------------------------------------------


def current(office: Office, today: date) -> None:
    """See that what is derived is complete and as of this day and this calendar."""
    known = kept.known(office.db)
    fresh = _calendar_key(calendar(office))
    if (
        known.get("search") == search.VERSION
        and known.get("calendar") == fresh
        and known.get("day") == today.isoformat()
    ):
        return
    with _writing(office.db):
        _complete(office, today)
        if kept.known(office.db).get("calendar") != fresh:
            _recount(office, today)
        if known.get("day") != today.isoformat():
            kept.press(office.db, today, soon_until(calendar(office), today))
            kept.know(office.db, "day", today.isoformat())


@contextmanager
def _writing(db: Database) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")
        raise


def _complete(office: Office, today: date) -> None:
    """Derive everything anew in a file that has none of it, or of an older making."""
    if kept.known(office.db).get("search") == search.VERSION:
        return
    search.rebuild(office.db, folding())
    ids = [row[0] for row in office.db.execute("SELECT id FROM complaint ORDER BY id").fetchall()]
    for at in range(0, len(ids), _CHUNK):
        _keep_clocks(office, ids[at : at + _CHUNK], today)
    kept.know(office.db, "search", search.VERSION)
    kept.know(office.db, "calendar", _calendar_key(calendar(office)))
    kept.know(office.db, "day", today.isoformat())


def _calendar_key(table: Calendar) -> str:
    """Return what tells one state of the calendar from another."""
    own = sorted((day, o.working) for day, o in table.overrides.items())
    parts = (own, sorted(table.confirmed), sorted(table.published), len(table.holidays))
    return hashlib.sha256(repr((parts, len(table.makeups))).encode()).hexdigest()


def fill_calendar(office: Office) -> None:
    """Write the working days into the database, as they stand now (工作日表)."""
    days = calendar(office).table
    first = date.fromordinal(days.base)
    worked = frozenset(days.days)
    kept.fill_calendar(
        office.db,
        (
            (
                (first + timedelta(days=n)).isoformat(),
                int(days.base + n in worked),
                seq,
                days.unsure[n],
            )
            for n, seq in enumerate(days.seq)
        ),
    )


def _recount(office: Office, today: date) -> tuple[Moved, ...]:
    """Count the clocks anew after the calendar changed; return what moved, before and after."""
    table = calendar(office)
    fill_calendar(office)
    moved = kept.recount(office.db)
    odd = kept.not_plain(office.db)
    for at in range(0, len(odd), _CHUNK):
        ids = odd[at : at + _CHUNK]
        before = kept.of(office.db, ids)
        _keep_clocks(office, ids, today)
        moved += _compared(office, before, kept.of(office.db, ids))
    kept.press(office.db, today, soon_until(table, today))
    kept.know(office.db, "calendar", _calendar_key(table))
    kept.know(office.db, "day", today.isoformat())
    return tuple(moved)


def _compared(
    office: Office, before: dict[int, list[KeptClock]], after: dict[int, list[KeptClock]]
) -> list[Moved]:
    found = []
    for complaint in queries.some(office.db, list(before)):
        now = {clock.ord: clock for clock in after.get(complaint.id, ())}
        for old in before[complaint.id]:
            new = now.get(old.ord)
            if new is not None and (new.due, new.latest) != (old.due, old.latest):
                found.append(
                    Moved(
                        complaint.id,
                        complaint.number,
                        complaint.subject,
                        old.clock,
                        complaint.pack,
                        complaint.pack_version,
                        old.due,
                        old.latest,
                        new.due,
                        new.latest,
                    )
                )
    return found
