"""What is derived from the records and kept beside them: the search index, clocks, the list's order.

The rules stay the truth: they compute every clock when a complaint changes. Only when the calendar
changes, clocks that follow from start, count and unit alone are counted anew inside the database.
"""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from operator import add, sub

from db import moment, search, unindexed
from db.driver import Database, sqlite
from db.errors import StorageFault, storage_fault
from db.ledger import DERIVED, Action, Actor, Told
from db.queries import clocks as kept
from db.queries import complaints as queries
from db.queries.clocks import KeptClock, Moved
from db.records import Complaint, ComplaintStep
from desktop import paths
from desktop.rules import complaints as rules
from desktop.rules import daytable
from desktop.rules.clocks import SOON_WORKDAYS, Deadline, status
from desktop.rules.complaints import RunningClock, State
from desktop.rules.rulebook import Unit
from desktop.rules.workdays import Calendar
from desktop.usecases import register
from desktop.usecases.calendars import calendar
from desktop.usecases.office import Office

_CHUNK = 500
#: How much of deriving is done when the search index is made.
_INDEXED = 0.75
#: From so many complaints on it is quicker to look at all of them.
_MANY = 10_000
_CALENDAR = ("workday_override", "calendar_year")
#: States in which a clock may still press.
RUNNING = register.OPEN | {State.REFUSED, State.ANSWERED}


@cache
def folding() -> search.Folding:
    """Return how texts are compared: simplified characters, half width, small letters."""
    return search.Folding.read(paths.resources() / "search" / "simplified.txt")


def attach(office: Office) -> None:
    """Let every action of an office bring up to date what is derived from what it wrote."""
    office.ledger.derive = lambda action, actor: _after(office, action, actor)


def waiting(office: Office) -> bool:
    """Say whether complaints wait to be indexed, or what was put off to go into the office file."""
    return bool(search.waiting(office.db)) or moment.unsettled(office.db)


def index_more(office: Office) -> bool:
    """Index some more of the complaints that wait; return whether any is left.

    What an import left to be written into the office file is written there first.

    Raises:
        StorageFault: the disk is full, or the file can not be written; ``no_room`` – it is nearly
            full, and what is left is for the clerk's own work.
    """
    from desktop.usecases import places

    if not places.has_room_to_spare(office.path):
        raise StorageFault("no_room", str(office.path))
    try:
        if moment.settle(office.db):
            return True
        with _writing(office.db):
            left = search.go_on(office.db, folding())
    except sqlite.Error as error:
        known = storage_fault(error, "")
        if known is None:
            raise
        raise known from error
    moment.relieve(office.db)
    return left


def _after(office: Office, action: Action, actor: Actor) -> None:
    """Bring up to date what follows from the rows an action wrote, inside its transaction."""
    today, written = actor.at.date(), action.written
    _complete(office, today)
    if any(written.get(table) for table in _CALENDAR):
        office.calendar_cache = None  # the rows it was built from are others now
        office.moved = recount(office, today)
    complaints = kept.touched(office.db, written)
    if complaints:
        known = _known_at_once(office, action, complaints)
        share = DERIVED * (_INDEXED if known else 0)
        search.reindex(office.db, folding(), known, action.ending(0, share))
        _keep_many(office, complaints, today, action.ending(share, DERIVED))
        if kept.known(office.db).get("day") != today.isoformat():
            kept.know(office.db, "day", "")  # pressed as of two days now
    if office.names is not None:
        office.names.forget(written.get("complainant", ()))


def _known_at_once(office: Office, action: Action, complaints: Sequence[int]) -> Sequence[int]:
    """Return which of the complaints that were written go into the index now.

    Of very many that came in together none does: they wait, and are looked at themselves by
    whoever searches until ``index_more`` got to them.
    """
    made = action.batches.get("complaint", [])
    if sum(last - first + 1 for first, last in made) >= search.TOGETHER:
        search.put_off(office.db, made)
    waiting = search.waiting(office.db)
    known = list(complaints)  # in their order
    for first, last in waiting:
        del known[bisect_left(known, first) : bisect_right(known, last)]
    return known


def _keep_many(
    office: Office, complaints: Sequence[int], today: date, told: Told | None = None
) -> None:
    """Keep the clocks and lines of complaints; the same as of each, those without any at once."""
    if len(complaints) > _CHUNK:
        kept.drop(office.db, complaints)
        pressing = kept.running(office.db, complaints, RUNNING)
        grounded = kept.lines_of_many(office.db, complaints)
        complaints = sorted({*pressing, *grounded})
    for at in range(0, len(complaints), _CHUNK):
        if told is not None:
            told(at / len(complaints))
        _keep_clocks(office, complaints[at : at + _CHUNK], today)


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
    waits = complaint.origin_due is not None and complaint.origin_replied is None
    return not complaint.void and (waits or State(complaint.state) in RUNNING)


def _clocks(
    office: Office, complaint: Complaint, steps: Sequence[ComplaintStep], today: date
) -> Iterator[KeptClock]:
    book = office.library.pinned(complaint.pack, complaint.pack_version)
    facts = register.standing(complaint, steps)
    table = calendar(office)
    for n, running in enumerate(rules.clocks(facts, book, table, today, listed=False)):
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
            running.rule is not rules.ORIGIN and _plain(end, table),
            running.rule is rules.ORIGIN or facts.state in register.OPEN,
            planned=end.planned if end.planned != end.due else None,
            credited=end.credited,
            paused=end.paused,
        )


def _plain(end: Deadline, table: Calendar) -> bool:
    """Say whether the database can count this end anew from start, count and unit."""
    if end.credited or end.paused is not None:
        return False
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
    if clock.clock == rules.ORIGIN.id:
        rule = rules.ORIGIN
    else:
        book = office.library.pinned(complaint.pack, complaint.pack_version)
        rule = next(c for c in book.clocks if c.id == clock.clock)
    end = Deadline(
        rule,
        clock.start,
        clock.due,
        clock.latest,
        (),
        clock.tentative,
        clock.planned or clock.due,
        clock.credited,
        clock.paused,
    )
    return RunningClock(
        rule, end, status(end, today, None, calendar(office)), conditional=clock.conditional
    )


# ---- what changes without a complaint changing -------------------------------------------------


def complete(office: Office, today: date, told: Told) -> None:
    """Derive everything anew, if the file has none of it or of an older making.

    Of very many complaints that takes seconds; afterwards ``current`` has little to do. It is one
    transaction: what stops it leaves the file as it was.

    Args:
        office: the open office.
        today: the day on which clocks are looked at.
        told: how far it is, from 0 to 1; never called where nothing is to do. May raise to stop.

    Raises:
        StorageFault: the disk is full, or the file can not be written.
    """
    if unindexed.made(kept.known(office.db).get("search", "")) == search.VERSION:
        return
    try:
        with _writing(office.db):
            _complete(office, today, told)
    except sqlite.Error as error:
        known = storage_fault(error, "")
        if known is None:
            raise
        raise known from error


def current(office: Office, today: date) -> None:
    """See that what is derived is complete and as of this day and this calendar."""
    known = kept.known(office.db)
    fresh = _calendar_key(calendar(office))
    if (
        unindexed.made(known.get("search", "")) == search.VERSION
        and known.get("calendar") == fresh
        and known.get("day") == today.isoformat()
    ):
        return
    with _writing(office.db):
        _complete(office, today)
        if kept.known(office.db).get("calendar") != fresh:
            recount(office, today)
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


def _complete(office: Office, today: date, told: Told | None = None) -> None:
    """Derive everything anew in a file that has none of it, or of an older making."""
    made = unindexed.made(kept.known(office.db).get("search", ""))
    if made == search.VERSION:
        return
    if made in search.UNFILED_VERSIONS:
        search.reindex(office.db, folding(), queries.filed(office.db), told)
        unindexed.keep(office.db, search.VERSION, unindexed.waiting(office.db, made))
        return
    search.rebuild(office.db, folding(), _part(told, 0, _INDEXED))
    ids = [row[0] for row in office.db.execute("SELECT id FROM complaint ORDER BY id").fetchall()]
    _keep_many(office, ids, today, _part(told, _INDEXED, 1))
    kept.know(office.db, "search", search.VERSION)
    kept.know(office.db, "calendar", _calendar_key(calendar(office)))
    kept.know(office.db, "days", _days(calendar(office)))
    kept.know(office.db, "day", today.isoformat())


def _part(told: Told | None, begin: float, end: float) -> Told | None:
    """Return what tells how far a part is, in shares of the whole."""
    if told is None:
        return None
    return lambda share: told(begin + share * (end - begin))


def _calendar_key(table: Calendar) -> str:
    """Return what tells one state of the calendar from another."""
    own = sorted((day, o.working) for day, o in table.overrides.items())
    parts = (own, sorted(table.confirmed), sorted(table.published), len(table.holidays))
    return hashlib.sha256(repr((parts, len(table.makeups))).encode()).hexdigest()


def recount(office: Office, today: date) -> tuple[Moved, ...]:
    """Count the clocks anew after the calendar changed; return what moved, before and after.

    Inside the caller's transaction. What no changed day lies in has its end where it was.
    """
    table = calendar(office)
    known, days = kept.known(office.db), _days(table)
    changed = _changed_days(known.get("days", ""), days)
    kinds, others = kept.kinds(office.db, *changed)
    odd = set(kept.not_plain(office.db)) if others else set()
    fresh = _fresh_ends(table, kinds)
    clocks = kept.of_kinds(office.db, *changed, list(fresh))
    kept.write_ends(office.db, ((*end, c, n) for c, n, k in clocks if (end := fresh[k])))
    moved = kept.moved(
        office.db,
        [(c, n, *k[3:5]) for c, n, k in clocks if (end := fresh[k]) and end[:2] != k[3:5]],
    )
    odd |= {c for c, _n, k in clocks if fresh[k] is None}
    _press_again(office, today, sorted({c for c, _n, _k in clocks}), known.get("day", ""))
    moved += _by_the_rules(office, sorted(odd), today)
    kept.know(office.db, "calendar", _calendar_key(table))
    kept.know(office.db, "days", days)
    return tuple(moved)


def _by_the_rules(office: Office, odd: Sequence[int], today: date) -> list[Moved]:
    """Count the clocks of complaints anew by the rules; return what moved."""
    moved: list[Moved] = []
    for at in range(0, len(odd), _CHUNK):
        ids = odd[at : at + _CHUNK]
        kept_before = kept.of(office.db, ids)
        _keep_clocks(office, ids, today)
        moved += _compared(office, kept_before, kept.of(office.db, ids))
    return moved


def _days(table: Calendar) -> str:
    """Return a sign for every day that is counted beforehand: worked or not, sure or not."""
    days = table.table
    worked = map(sub, days.seq, (0, *days.seq))
    unsure = map(sub, days.unsure, (0, *days.unsure))
    return "".join(map("rRwW".__getitem__, map(add, unsure, map((2).__mul__, worked))))


def _changed_days(before: str, now: str) -> tuple[date, date]:
    """Return the first and the last day that are not what they were; no day if all are."""
    if len(before) != len(now):
        return date.min, date.max
    places = [at for at, (old, new) in enumerate(zip(before, now, strict=True)) if old != new]
    if not places:
        return date.max, date.min
    zero = date(daytable.FIRST, 1, 1)
    return zero + timedelta(days=places[0]), zero + timedelta(days=places[-1])


def _fresh_ends(
    table: Calendar, kinds: Sequence[kept.Kind]
) -> dict[kept.Kind, tuple[str, str, int] | None]:
    """Count kinds of plain clocks anew by the table of days, the same as the rules do for each.

    Returns:
        Due, latest and tentative of those whose end is another now; None where it lies beyond the
        days that are counted beforehand.
    """
    days = table.table
    found: dict[kept.Kind, tuple[str, str, int] | None] = {}
    for kind in kinds:
        start, count, unit, due, *_before = kind
        first = date.fromisoformat(start)
        plain = days.after(first, count) if unit == Unit.WORKDAY else date.fromisoformat(due)
        latest = days.next(plain) if plain is not None else None
        if plain is None or latest is None:
            found[kind] = None
            continue
        fresh = (plain.isoformat(), latest.isoformat(), int(days.is_unsure(first, latest)))
        if fresh != kind[3:]:
            found[kind] = fresh
    return found


def _press_again(office: Office, today: date, complaints: Sequence[int], pressed: str) -> None:
    """Mark what presses most among the clocks of complaints whose clocks have other ends now."""
    soon = soon_until(calendar(office), today)
    if pressed != today.isoformat() or len(complaints) > _MANY:
        kept.press(office.db, today, soon)
        kept.know(office.db, "day", today.isoformat())
    else:
        kept.press(office.db, today, soon, complaints)


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
