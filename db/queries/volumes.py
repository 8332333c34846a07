"""Reading the register to bind it (登记簿): its numbers in their order, why one is void, volumes."""

import json
from collections.abc import Sequence

from db.driver import Database
from db.queries.fetch import rows
from db.records import RegisterVolume

VOLUMES = "SELECT * FROM register_volume WHERE void = 0 ORDER BY year DESC, volume DESC"
YEARS = "SELECT year, max(serial) FROM complaint GROUP BY year ORDER BY year DESC"
BY_NUMBER = (
    "SELECT year, serial, id FROM complaint WHERE year = ? AND serial BETWEEN ? AND ? "
    "ORDER BY year, serial"
)
BY_DAY = (
    "SELECT year, serial, id FROM complaint WHERE received BETWEEN ? AND ? ORDER BY year, serial"
)
NUMBERED = "SELECT serial FROM complaint WHERE year = ? AND serial BETWEEN ? AND ? ORDER BY serial"
#: The registration itself was taken back, or the import it came by.
UNDONE = (
    "SELECT j.value, substr(e.at, 1, 10), e.clerk_name, e.reason "
    "FROM json_each(?) j JOIN complaint c ON c.id = j.value "
    "JOIN event e ON e.action = 'undo' AND ((e.subject = 'complaint' AND e.subject_id = c.id) "
    "OR (e.subject = 'import_batch' AND e.subject_id = c.import_batch)) ORDER BY e.seq"
)

_ROWS = list[tuple[int, int, int]]


def volumes(db: Database) -> list[RegisterVolume]:
    """Return the volumes that were bound, the newest first."""
    return rows(db, RegisterVolume, VOLUMES)


def years(db: Database) -> list[tuple[int, int]]:
    """Return the years of the register with the last number of each, the newest first."""
    return [(int(year), int(last)) for year, last in db.execute(YEARS).fetchall()]


def by_number(db: Database, year: int, first: int, last: int) -> _ROWS:
    """Return year, serial number and id of the complaints of a span of numbers, void ones too."""
    return _read(db, BY_NUMBER, [year, first, last])


def by_day(db: Database, first: str, last: str) -> _ROWS:
    """Return year, serial number and id of what was received in a span of days, by number."""
    return _read(db, BY_DAY, [first, last])


def numbered(db: Database, year: int, first: int, last: int) -> list[int]:
    """Return the serial numbers that are there in a span."""
    return [int(row[0]) for row in db.execute(NUMBERED, [year, first, last]).fetchall()]


def undone(db: Database, ids: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    """Return when, by whom and why the registration of void complaints was taken back."""
    found = db.execute(UNDONE, [json.dumps(list(ids))]).fetchall()
    return {int(row[0]): (str(row[1]), str(row[2]), str(row[3])) for row in found}


def _read(db: Database, sql: str, values: Sequence[object]) -> _ROWS:
    found = db.execute(sql, list(values)).fetchall()
    return [(int(year), int(serial), int(row)) for year, serial, row in found]
