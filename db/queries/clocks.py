"""The clocks of complaints as kept beside them: written, pressed forward by a day, counted anew."""

import json
from collections.abc import Iterable, Sequence
from datetime import date

from db.driver import Database
from db.queries.fetch import rows
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
    "tentative, conditional, plain, listed, pressing) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)"
)


def keep(db: Database, complaints: Sequence[int], clocks: Iterable[KeptClock]) -> None:
    """Replace the clocks of some complaints; inside the caller's transaction."""
    db.execute(
        "DELETE FROM complaint_clock WHERE complaint IN (SELECT value FROM json_each(?))",
        [json.dumps(list(complaints))],
    )
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
            )
            for c in clocks
        ],
    )


def _rank(k: str) -> str:
    """Return how much a clock presses on :today, the most first (as register.URGENCY says)."""
    return (
        f"CASE WHEN {k}.latest < :today THEN 0 WHEN {k}.due < :today THEN 1 "
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


def fill_calendar(db: Database, days: Iterable[tuple[str, int, int, int]]) -> None:
    """Replace the table of days: day, worked or not, working days and unsure days up to it."""
    db.execute("DELETE FROM calendar_day")
    db.conn.executemany("INSERT INTO calendar_day VALUES (?, ?, ?, ?)", days)


#: Every plain clock as the table of days counts it.
_FRESH = """
WITH fresh AS MATERIALIZED (
  SELECT k.complaint, k.ord, k.due AS due_before, k.latest AS latest_before,
    k.tentative AS tentative_before, s.unsure - CASE WHEN p.unsure IS NULL THEN 0
      ELSE s.unsure - p.unsure END AS unsure_before,
    CASE k.unit WHEN 'workday' THEN w.day ELSE k.due END AS due,
    CASE k.unit WHEN 'workday' THEN w.day ELSE r.day END AS latest
  FROM complaint_clock k
  JOIN calendar_day s ON s.day = k.start
  LEFT JOIN calendar_day p ON p.day = date(k.start, '-1 day')
  LEFT JOIN calendar_day w ON k.unit = 'workday' AND w.working = 1 AND w.seq = s.seq + k.count
  LEFT JOIN calendar_day d ON k.unit <> 'workday' AND d.day = k.due
  LEFT JOIN calendar_day r ON r.working = 1 AND r.seq = d.seq + 1 - d.working
  WHERE k.plain = 1
)
"""
_RECOUNT = f"""
CREATE TEMP TABLE moved AS {_FRESH}
SELECT f.complaint, f.ord, f.due_before, f.latest_before, f.due, f.latest,
  e.unsure > f.unsure_before AS tentative
FROM fresh f JOIN calendar_day e ON e.day = f.latest
WHERE f.due IS NOT f.due_before OR f.latest IS NOT f.latest_before
  OR (e.unsure > f.unsure_before) IS NOT f.tentative_before
"""  # noqa: S608
_WRITE = (
    "UPDATE complaint_clock SET due = m.due, latest = m.latest, tentative = m.tentative "
    "FROM temp.moved m WHERE complaint_clock.complaint = m.complaint "
    "AND complaint_clock.ord = m.ord"
)
_MOVED = (
    "SELECT m.complaint, c.number, c.subject, k.clock, c.pack, c.pack_version, m.due_before, "
    "m.latest_before, m.due AS due_after, m.latest AS latest_after FROM temp.moved m "
    "JOIN complaint c ON c.id = m.complaint "
    "JOIN complaint_clock k ON k.complaint = m.complaint AND k.ord = m.ord "
    "WHERE m.due <> m.due_before OR m.latest <> m.latest_before "
    "ORDER BY m.due, c.year, c.serial, m.ord"
)


def recount(db: Database, *, moved: bool = True) -> list[Moved]:
    """Count every plain clock anew from the table of days; return those whose end moved.

    Args:
        db: inside a transaction.
        moved: whether what moved is to be read; it may be very much.
    """
    db.execute("DROP TABLE IF EXISTS temp.moved")
    db.execute(_RECOUNT)
    db.execute(_WRITE)
    found = rows(db, Moved, _MOVED) if moved else []
    db.execute("DROP TABLE temp.moved")
    return found


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


def keep_lines(db: Database, lines: Iterable[tuple[int, str, int, str, int]]) -> None:
    """Keep what the list is ordered by beside the complaints' own columns.

    A line: complaint, grounds, place, state, and the unit it is transferred to (0: none).
    """
    db.conn.executemany(
        "INSERT OR REPLACE INTO complaint_line (complaint, grounds, place, state, receiver) "
        "VALUES (?, ?, ?, ?, ?)",
        lines,
    )


_TOUCHED = (
    "SELECT e.row_id FROM event_change e WHERE e.seq = ?1 AND e.tbl = 'complaint' "
    "UNION SELECT t.complaint FROM event_change e JOIN complaint_ground t ON t.id = e.row_id "
    "WHERE e.seq = ?1 AND e.tbl = 'complaint_ground' "
    "UNION SELECT t.complaint FROM event_change e JOIN complaint_step t ON t.id = e.row_id "
    "WHERE e.seq = ?1 AND e.tbl = 'complaint_step' "
    "UNION SELECT t.subject_id FROM event_change e JOIN letter t ON t.id = e.row_id "
    "WHERE e.seq = ?1 AND e.tbl = 'letter' AND t.subject = 'complaint' ORDER BY 1"
)


def touched(db: Database, seq: int) -> list[int]:
    """Return the complaints to which the rows belong that an event changed, the oldest first."""
    return [int(row[0]) for row in db.execute(_TOUCHED, [seq]).fetchall()]


def changed(db: Database, seq: int, table: str) -> list[int]:
    """Return the rows of a table that an event changed."""
    sql = "SELECT row_id FROM event_change WHERE seq = ? AND tbl = ?"
    return [int(row[0]) for row in db.execute(sql, [seq, table]).fetchall()]
