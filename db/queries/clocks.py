"""The clocks of complaints as kept beside them: written, pressed forward by a day, counted anew."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from db.driver import Database
from db.queries.fetch import rows
from db.search import SEAT
from frozen import dataclass


@dataclass(frozen=True, slots=True)
class KeptClock:
    """A clock that runs, as the rules computed it.

    ``plain``: its end follows from start, count and unit alone, so that it can be counted anew
    here; ``listed``: it stands in the list of the register while the matter is open.
    """

    complaint: int
    ord: int
    clock: str
    start: date
    count: int
    unit: str
    due: date
    latest: date
    tentative: bool
    conditional: bool
    plain: bool
    listed: bool
    pressing: bool = False
    planned: date | None = None
    credited: int = 0
    paused: date | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A clock whose end moved when the calendar changed: before and after (期限重算前后)."""

    complaint: int
    number: str
    subject: str
    clock: str
    pack: str
    pack_version: int
    due_before: date
    latest_before: date
    due_after: date
    latest_after: date


_KEEP = (
    "INSERT INTO complaint_clock (complaint, ord, clock, start, count, unit, due, latest, "
    "tentative, conditional, plain, listed, pressing, planned, credited, paused) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)"
)


def keep(db: Database, complaints: Sequence[int], clocks: Iterable[KeptClock]) -> None:
    """Replace the clocks of some complaints; inside the caller's transaction."""
    drop(db, complaints)
    db.conn.executemany(
        _KEEP,
        [
            (
                c.complaint,
                c.ord,
                c.clock,
                c.start.isoformat(),
                c.count,
                c.unit,
                c.due.isoformat(),
                c.latest.isoformat(),
                int(c.tentative),
                int(c.conditional),
                int(c.plain),
                int(c.listed),
                c.planned.isoformat() if c.planned else None,
                c.credited,
                c.paused.isoformat() if c.paused else None,
            )
            for c in clocks
        ],
    )


def _rank(k: str) -> str:
    """Return how much a clock presses on :today, the most first (as register.URGENCY says)."""
    return (
        f"CASE WHEN {k}.paused IS NOT NULL THEN 5 WHEN {k}.latest < :today THEN 0 WHEN {k}.due < :today THEN 1 "
        f"WHEN {k}.due = :today THEN 2 WHEN {k}.due <= :soon THEN 3 ELSE 4 END"
    )


_PRESS = (
    "UPDATE complaint_clock AS k SET pressing = 1 - k.pressing "  # noqa: S608
    "WHERE {only} k.pressing <> (k.listed = 1 AND NOT EXISTS (SELECT 1 FROM complaint_clock o "
    "WHERE o.complaint = k.complaint AND o.ord <> k.ord AND o.listed = 1 "
    f"AND ({_rank('o')}, o.due, o.ord) < ({_rank('k')}, k.due, k.ord)))"
)
_PRESS_ALL = _PRESS.format(only="")
_PRESS_SOME = _PRESS.format(only="k.complaint IN (SELECT value FROM json_each(:ids)) AND")


def press(
    db: Database, today: date, soon_until: date, complaints: Sequence[int] | None = None
) -> None:
    """Mark the most pressing clock of each complaint (or of some) as it is on a day."""
    values = {"today": today.isoformat(), "soon": soon_until.isoformat()}
    if complaints is None:
        db.execute(_PRESS_ALL, values)
    else:
        db.execute(_PRESS_SOME, {**values, "ids": json.dumps(list(complaints))})


def of(db: Database, complaints: Sequence[int]) -> dict[int, list[KeptClock]]:
    """Return the kept clocks of some complaints, in the order of their rulebook."""
    sql = (
        "SELECT * FROM complaint_clock WHERE complaint IN (SELECT value FROM json_each(?)) "
        "ORDER BY complaint, ord"
    )
    found: dict[int, list[KeptClock]] = {}
    for clock in rows(db, KeptClock, sql, [json.dumps(list(complaints))]):
        found.setdefault(clock.complaint, []).append(clock)
    return found


# ---- the calendar ------------------------------------------------------------------------------


#: A kind of plain clocks, which all end on one day: start, count, unit, due, latest, tentative.
Kind = tuple[str, int, str, str, str, int]
_KINDS = (
    "SELECT DISTINCT plain, start, count, unit, due, latest, tentative FROM complaint_clock "
    "WHERE plain = 0 OR (latest >= ? AND start <= ?)"
)
_OF_KINDS = (
    "SELECT complaint, ord, start, count, unit, due, latest, tentative FROM complaint_clock "
    "WHERE plain = 1 AND latest >= ? AND start <= ? "
    "AND (start, count, unit, due, latest, tentative) IN "
    "(SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 "
    "FROM json_each(?))"
)
_WRITE = (
    "UPDATE complaint_clock SET due = ?, latest = ?, tentative = ? WHERE complaint = ? AND ord = ?"
)
_MOVED = (
    "SELECT k.complaint, c.number, c.subject, k.clock, c.pack, c.pack_version, "
    "j.value ->> 2 AS due_before, j.value ->> 3 AS latest_before, "
    "k.due AS due_after, k.latest AS latest_after FROM json_each(?) j "
    "CROSS JOIN complaint_clock k ON k.complaint = j.value ->> 0 AND k.ord = j.value ->> 1 "
    "JOIN complaint c ON c.id = k.complaint "
    "ORDER BY k.due, c.year, c.serial, k.ord"
)


def kinds(db: Database, first: date, last: date) -> tuple[list[Kind], bool]:
    """Return the kinds of plain clocks that run over one of the days from the first to the last.

    And whether there are clocks that are not plain, which only the rules can count.
    """
    found = db.execute(_KINDS, [first.isoformat(), last.isoformat()]).fetchall()
    return [row[1:] for row in found if row[0]], any(not row[0] for row in found)


def of_kinds(
    db: Database, first: date, last: date, wanted: Sequence[Kind]
) -> list[tuple[int, int, Kind]]:
    """Return the clocks of some of these kinds: complaint, ord, kind."""
    if not wanted:
        return []
    values = [first.isoformat(), last.isoformat(), json.dumps(wanted)]
    return [(row[0], row[1], row[2:]) for row in db.execute(_OF_KINDS, values).fetchall()]


def write_ends(db: Database, ends: Iterable[tuple[str, str, int, int, int]]) -> None:
    """Write the new ends of clocks: due, latest, tentative, complaint, ord."""
    db.conn.executemany(_WRITE, ends)


def moved(db: Database, before: Sequence[tuple[int, int, str, str]]) -> list[Moved]:
    """Return clocks with their ends before (complaint, ord, due, latest) and as they are now."""
    return rows(db, Moved, _MOVED, [json.dumps(before)])


def not_plain(db: Database) -> list[int]:
    """Return the complaints with a clock that only the rules can count anew."""
    sql = "SELECT DISTINCT complaint FROM complaint_clock WHERE plain = 0"
    return [int(row[0]) for row in db.execute(sql).fetchall()]


# ---- what is up to date ------------------------------------------------------------------------


def known(db: Database) -> dict[str, str]:
    """Return as of what the derived tables stand: version, calendar, day."""
    return {row[0]: row[1] for row in db.execute("SELECT key, value FROM derived").fetchall()}


def know(db: Database, key: str, value: str) -> None:
    """Say as of what a derived table stands."""
    db.execute("INSERT OR REPLACE INTO derived VALUES (?, ?)", [key, value])


def forget(db: Database) -> None:
    """Let everything derived be made anew when it is next asked for: rows came in beside it."""
    db.execute("DELETE FROM derived")


def keep_lines(db: Database, lines: Iterable[tuple[int, str, int, str, int]]) -> None:
    """Keep what the list is ordered by beside the complaints' own columns.

    A line: complaint, grounds, place, state, and the unit it is transferred to (0: none).
    """
    db.conn.executemany(
        "INSERT OR REPLACE INTO complaint_line (complaint, grounds, place, state, receiver) "
        "VALUES (?, ?, ?, ?, ?)",
        lines,
    )


def lines_of_many(db: Database, complaints: Sequence[int]) -> list[int]:
    """Keep the lines of very many complaints; return those with grounds, whose order the rules know."""
    wanted = json.dumps(list(complaints))
    db.execute(
        "INSERT OR REPLACE INTO complaint_line "  # noqa: S608 - a constant of our own
        f"SELECT c.id, '~', c.year * {SEAT} + c.serial, "
        "CASE c.void WHEN 1 THEN 'void' ELSE c.state END, "
        "coalesce(CASE c.ruling WHEN 'transfer' THEN (SELECT s.unit FROM complaint_step s "
        "WHERE s.complaint = c.id AND s.step = 'decide' AND s.void = 0 AND s.unit IS NOT NULL "
        "ORDER BY s.id DESC LIMIT 1) END, 0) "
        "FROM json_each(?) j CROSS JOIN complaint c ON c.id = j.value",
        [wanted],
    )
    sql = (
        "SELECT DISTINCT g.complaint FROM json_each(?) j "
        "CROSS JOIN complaint_ground g ON g.complaint = j.value AND g.void = 0 ORDER BY 1"
    )
    return [int(row[0]) for row in db.execute(sql, [wanted]).fetchall()]


def running(db: Database, complaints: Sequence[int], states: Collection[str]) -> list[int]:
    """Return those of some complaints whose clocks may run, and which are not void.

    They stand in one of some states, or the body that sent them on still waits for a word.
    """
    sql = (
        "SELECT c.id FROM json_each(?) j CROSS JOIN complaint c ON c.id = j.value "
        "WHERE c.void = 0 AND (+c.state IN (SELECT value FROM json_each(?)) "
        "OR c.origin_due IS NOT NULL AND c.origin_replied IS NULL) ORDER BY c.id"
    )
    values = [json.dumps(list(complaints)), json.dumps(sorted(states))]
    return [int(row[0]) for row in db.execute(sql, values).fetchall()]


def drop(db: Database, complaints: Sequence[int]) -> None:
    """Take away the clocks of some complaints; inside the caller's transaction."""
    db.execute(
        "DELETE FROM complaint_clock WHERE complaint IN (SELECT value FROM json_each(?))",
        [json.dumps(list(complaints))],
    )


#: To which complaint the rows of other tables belong, asked by stretches of their ids.
_BELONGS = {
    "complaint_ground": (
        "SELECT t.complaint FROM {of} CROSS JOIN complaint_ground t ON {within} "
        "WHERE t.complaint NOT BETWEEN ? AND ?"
    ),
    "complaint_step": (
        "SELECT t.complaint FROM {of} CROSS JOIN complaint_step t ON {within} "
        "WHERE t.complaint NOT BETWEEN ? AND ?"
    ),
    "letter": (
        "SELECT t.subject_id FROM {of} CROSS JOIN letter t ON {within} AND t.subject = 'complaint' "
        "WHERE t.subject_id NOT BETWEEN ? AND ?"
    ),
}
_STRETCHES = {"of": "json_each(?) j", "within": "t.id BETWEEN j.value ->> 0 AND j.value ->> 1"}


def touched(db: Database, written: Mapping[str, Sequence[int]]) -> list[int]:
    """Return the complaints to which rows belong that were written, the oldest first."""
    complaints = _stretches(written.get("complaint", ()))
    # Nearly all that was written of very many belongs to what lies in the longest stretch.
    first, last = max(complaints, key=lambda one: one[1] - one[0], default=(1, 0))
    found: set[int] = set()
    for begin, end in complaints:
        found.update(range(begin, end + 1))
    for table, sql in _BELONGS.items():
        if rows := written.get(table):
            values = [json.dumps(_stretches(rows)), first, last]
            asked = db.execute(sql.format(**_STRETCHES), values)
            found.update(int(row[0]) for row in asked.fetchall())
    return sorted(found)


def _stretches(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Return numbers as stretches without a gap: the first and the last of each."""
    if not rows:
        return []
    first, last = rows[0], rows[-1]
    if last - first + 1 == len(rows) and rows == list(range(first, last + 1)):
        return [(first, last)]  # many that came together
    ordered = sorted(set(rows))
    ends = [n for n, (one, other) in enumerate(pairwise(ordered)) if other != one + 1]
    begins = [0, *(n + 1 for n in ends)]
    return [
        (ordered[a], ordered[b]) for a, b in zip(begins, [*ends, len(ordered) - 1], strict=True)
    ]
