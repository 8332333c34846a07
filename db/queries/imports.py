"""Reading what an import has to know: what is in the register already, what was imported before."""

from db.driver import Database
from db.queries.fetch import rows
from db.records import ImportBatch

NUMBERS = (
    "SELECT number FROM complaint WHERE void = 0 UNION "
    "SELECT old_number FROM complaint WHERE void = 0 AND old_number <> ''"
)
MATTERS = (
    "SELECT c.received, u.name, c.subject FROM complaint c JOIN unit u ON u.id = c.accused_unit "
    "WHERE c.void = 0 AND c.received BETWEEN ? AND ?"
)
LAST_EVENT = "SELECT coalesce(max(seq), 0) FROM event"
BATCHES = "SELECT * FROM import_batch ORDER BY id DESC"


def numbers(db: Database) -> frozenset[str]:
    """Return every number in the register: our own, and those of old ledgers."""
    return frozenset(str(number) for (number,) in db.execute(NUMBERS).fetchall())


def matters(db: Database, first: str, last: str) -> frozenset[tuple[str, str, str]]:
    """Return day of receipt, unit and subject of what was received between two days."""
    found = db.execute(MATTERS, [first, last]).fetchall()
    return frozenset((str(day), str(unit), str(subject)) for day, unit, subject in found)


def batches(db: Database) -> list[ImportBatch]:
    """Return every import, the newest first, also those that were taken back."""
    return rows(db, ImportBatch, BATCHES)


def last_event(db: Database) -> int:
    """Return the number of the last event."""
    return int(db.execute(LAST_EVENT).fetchone()[0])
