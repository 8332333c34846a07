"""Reading what keeps an office safe: which events are new, which records they concern, the clock."""

from datetime import datetime

from db.driver import Database
from db.queries.fetch import row, rows
from db.records import Event
from frozen import dataclass

#: Events that only say that something was kept do not call for another backup.
_OWN = "('backup.make', 'backup.drill')"

SURE = (
    "SELECT at FROM event WHERE doubtful = 0 OR action = 'clock.confirm' ORDER BY seq DESC LIMIT 1"
)
CHANGED = f"SELECT 1 FROM event WHERE seq > ? AND action NOT IN {_OWN} LIMIT 1"  # noqa: S608
SPAN = "SELECT count(*) AS count, min(at) AS first, max(at) AS last FROM event WHERE seq > ?"
HASH = "SELECT hash, at FROM event WHERE seq = ?"
LAST_OF = "SELECT * FROM event WHERE action = ? ORDER BY seq DESC LIMIT 1"
FIRST = "SELECT at FROM event ORDER BY seq LIMIT 1"
RECORDS = """
SELECT e.subject AS subject, coalesce(c.number, f.number, l.number, r.name) AS number
FROM (SELECT DISTINCT subject, subject_id FROM event WHERE seq > ?) e
LEFT JOIN complaint c ON e.subject = 'complaint' AND c.id = e.subject_id
LEFT JOIN case_file f ON e.subject = 'case_file' AND f.id = e.subject_id
LEFT JOIN letter l ON e.subject = 'letter' AND l.id = e.subject_id
LEFT JOIN assessment_round r ON e.subject = 'round' AND r.id = e.subject_id
WHERE coalesce(c.number, f.number, l.number, r.name) IS NOT NULL
ORDER BY e.subject, e.subject_id
"""


@dataclass(frozen=True, slots=True)
class Span:
    """How many events there are beyond one, and from when to when."""

    count: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Concerned:
    """A record by its number: nobody is named."""

    subject: str
    number: str


def last_sure_time(db: Database) -> datetime | None:
    """Return when the last event was written that is beyond doubt, or confirmed the clock."""
    found = db.execute(SURE).fetchone()
    return datetime.fromisoformat(found[0]) if found else None


def changed_since(db: Database, seq: int) -> bool:
    """Say whether something was done after an event, beside keeping backups."""
    return db.execute(CHANGED, [seq]).fetchone() is not None


def span_after(db: Database, seq: int) -> Span:
    """Return how many events there are after one, the first and the last time."""
    found = row(db, Span, SPAN, [seq])
    assert found is not None
    return found


def concerned_after(db: Database, seq: int) -> list[Concerned]:
    """Return the records that events after one concern, by their numbers."""
    return rows(db, Concerned, RECORDS, [seq])


def has_event(db: Database, seq: int, hash_: str, at: str) -> bool:
    """Say whether an event is part of this file's history."""
    found = db.execute(HASH, [seq]).fetchone()
    return (seq == 0 and found is None) or (found is not None and tuple(found) == (hash_, at))


def last_of(db: Database, action: str) -> Event | None:
    """Return the last event of an action."""
    return row(db, Event, LAST_OF, [action])


def first_time(db: Database) -> datetime | None:
    """Return when the office file was made."""
    found = db.execute(FIRST).fetchone()
    return datetime.fromisoformat(found[0]) if found else None
