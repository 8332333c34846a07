"""Reading the letters of which only the handing over is kept, and the filings of units."""

from datetime import date

from db.driver import Database
from db.queries.fetch import row, rows
from db.records import Filing, Handover

HANDOVERS = "SELECT * FROM handover ORDER BY year DESC, serial DESC"
HANDOVER = "SELECT * FROM handover WHERE id = ?"
HELD = "SELECT * FROM handover WHERE void = 0 AND state = 'held' ORDER BY received, id"
TOLD = (
    "SELECT to_unit FROM handover WHERE void = 0 AND to_unit <> '' GROUP BY to_unit "
    "ORDER BY max(id) DESC"
)
_FILING = "SELECT f.*, u.name AS unit_name FROM filing f JOIN unit u ON u.id = f.unit "
FILINGS = _FILING + "ORDER BY f.year DESC, f.serial DESC"
FILING = _FILING + "WHERE f.id = ?"
BETWEEN = (
    _FILING + "WHERE f.void = 0 AND f.reported >= ? AND f.reported <= ? ORDER BY f.reported, f.id"
)
REPORTED = "SELECT unit, period FROM filing WHERE void = 0 AND period <> ''"
_COUNTED = "SELECT count(*) FROM {} WHERE void = 0 AND registered >= ? AND registered < ?"


def handovers(db: Database) -> list[Handover]:
    """Return every letter that was handed on unopened, the newest number first."""
    return rows(db, Handover, HANDOVERS)


def handover(db: Database, handover_id: int) -> Handover | None:
    """Return one of them."""
    return row(db, Handover, HANDOVER, [handover_id])


def held(db: Database) -> list[Handover]:
    """Return those that were not handed on yet, the oldest first."""
    return rows(db, Handover, HELD)


def receivers(db: Database) -> list[str]:
    """Return to whom letters were handed on before, the latest first."""
    return [str(found[0]) for found in db.execute(TOLD).fetchall()]


def filings(db: Database) -> list[Filing]:
    """Return every filing, the newest number first."""
    return rows(db, Filing, FILINGS)


def any_filing(db: Database) -> bool:
    """Say whether anything was ever filed."""
    return db.execute("SELECT 1 FROM filing LIMIT 1").fetchone() is not None


def filing(db: Database, filing_id: int) -> Filing | None:
    """Return one filing."""
    return row(db, Filing, FILING, [filing_id])


def filed_between(db: Database, first: date, last: date) -> list[Filing]:
    """Return the filings that stand, reported between two days, both included."""
    return rows(db, Filing, BETWEEN, [first.isoformat(), last.isoformat()])


def reported(db: Database) -> list[tuple[int, str]]:
    """Return unit and period of every report that stands."""
    return [(int(r[0]), str(r[1])) for r in db.execute(REPORTED).fetchall()]


def registered(db: Database, table: str, first: date, end: date) -> int:
    """Return how many were registered from a day on and before another."""
    sql = _COUNTED.format({"handover": "handover", "filing": "filing"}[table])
    return int(db.execute(sql, [first.isoformat(), end.isoformat()]).fetchone()[0])
