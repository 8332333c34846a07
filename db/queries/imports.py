"""Reading what an import has to know: what is in the register already, what was imported before."""

import json
from collections.abc import Iterable

from db.driver import Database
from db.queries.fetch import rows
from db.records import ImportBatch, PastBatch

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
PAST = (
    "SELECT b.id, b.file_name, b.rows, b.left_out, e.seq, e.at, e.clerk_name, "
    "(SELECT number FROM complaint WHERE id = "
    "(SELECT min(id) FROM complaint WHERE import_batch = b.id)) AS first, "
    "(SELECT number FROM complaint WHERE id = "
    "(SELECT max(id) FROM complaint WHERE import_batch = b.id)) AS last, "
    "u.at AS back_at, coalesce(u.clerk_name, '') AS back_by "
    "FROM import_batch b JOIN event e ON e.subject = 'import_batch' AND e.subject_id = b.id "
    "AND e.action = 'complaint.import' LEFT JOIN event u ON u.undoes = e.seq ORDER BY b.id DESC"
)
#: Units that came with an import; what an event made is told by its numbers in the log alone.
UNITS = (
    "SELECT count(*) FROM event_change WHERE tbl = 'unit' AND rev = 1 AND +id BETWEEN "
    "(SELECT min(id) FROM event_change WHERE seq = :seq) AND "
    "(SELECT max(id) FROM event_change WHERE seq = :seq)"
)
#: Matters of an import on which a later action stands that changed something.
WORKED_ON = (
    "SELECT DISTINCT e.subject_id FROM event e WHERE e.subject = 'complaint' AND e.subject_id "
    "BETWEEN (SELECT min(id) FROM complaint WHERE import_batch = :batch) "
    "AND (SELECT max(id) FROM complaint WHERE import_batch = :batch) "
    "AND e.seq > :seq AND e.undoes IS NULL "
    "AND e.seq NOT IN (SELECT undoes FROM event WHERE undoes IS NOT NULL) "
    "AND EXISTS (SELECT 1 FROM event_change c WHERE c.seq = e.seq)"
)
#: To which matter a row belongs.
OF_MATTER = {
    "complaint": "id",
    "complainant": "complaint",
    "complaint_step": "complaint",
}
PEOPLE = (
    "SELECT p.name, p.phone, p.address FROM complainant p JOIN complaint c ON c.id = p.complaint "
    "WHERE c.import_batch = ? AND p.void = 0"
)
NAMED = "SELECT {1} FROM {0} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"


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


def past(db: Database) -> list[PastBatch]:
    """Return every import with who brought it in, and who took it back if so; the newest first."""
    return rows(db, PastBatch, PAST)


def units_made(db: Database, seq: int) -> int:
    """Return how many units an import added."""
    return int(db.execute(UNITS, {"seq": seq}).fetchone()[0])


def worked_on(db: Database, batch: int, seq: int) -> set[int]:
    """Return the matters of an import on which something was done since, and stands."""
    found = db.execute(WORKED_ON, {"batch": batch, "seq": seq}).fetchall()
    return {int(row_id) for (row_id,) in found}


def matters_of(db: Database, table: str, ids: Iterable[int]) -> set[int]:
    """Return the matters to which rows of a table belong; none for a table of other records."""
    if table not in OF_MATTER:
        return set()
    sql = NAMED.format(table, OF_MATTER[table])
    return {int(row_id) for (row_id,) in db.execute(sql, [json.dumps(list(ids))]).fetchall()}


def people(db: Database, batch: int) -> list[tuple[str, str, str]]:
    """Return name, telephone and address of those who complained in an import, as they are kept."""
    found = db.execute(PEOPLE, [batch]).fetchall()
    return [(str(name), str(phone), str(address)) for name, phone, address in found]


def numbers_of(db: Database, ids: Iterable[int]) -> list[str]:
    """Return the numbers of some matters, in their order."""
    sql = NAMED.format("complaint", "number")
    return [str(name) for (name,) in db.execute(sql, [json.dumps(list(ids))]).fetchall()]


def unit_names(db: Database, ids: Iterable[int]) -> list[str]:
    """Return the names of some units, also of those that are void."""
    sql = NAMED.format("unit", "name")
    return [str(name) for (name,) in db.execute(sql, [json.dumps(list(ids))]).fetchall()]


def last_event(db: Database) -> int:
    """Return the number of the last event."""
    return int(db.execute(LAST_EVENT).fetchone()[0])
