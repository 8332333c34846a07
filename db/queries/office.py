"""Reading the office's own data: profile, people, calendar, attachments, letters, events."""

from db.driver import Database
from db.queries.fetch import row, rows
from db.records import (
    Attachment,
    Clerk,
    Event,
    Letter,
    PackChoice,
    Person,
    Profile,
    Service,
    Unit,
    WorkdayOverride,
)

PROFILE = "SELECT * FROM profile WHERE id = 1"
PACKS = "SELECT * FROM pack_choice WHERE void = 0 ORDER BY id"
CLERKS = "SELECT * FROM clerk WHERE void = 0 ORDER BY id"
CLERK_KEY = "SELECT id FROM clerk_key WHERE clerk = ? AND public = ? AND void = 0"
LIVE_KEYS = "SELECT id FROM clerk_key WHERE clerk = ? AND void = 0 ORDER BY id"
NEXT_KEY = "SELECT coalesce(max(id), 0) + 1 FROM clerk_key"
UNITS = "SELECT * FROM unit WHERE void = 0 ORDER BY id"
PERSONS = "SELECT * FROM person WHERE void = 0 ORDER BY unit, id"
OVERRIDES = "SELECT * FROM workday_override WHERE void = 0 ORDER BY day"
YEARS = "SELECT id, year FROM calendar_year WHERE void = 0 ORDER BY year"
ATTACHMENTS = "SELECT * FROM attachment WHERE owner = ? AND owner_id = ? AND void = 0 ORDER BY id"
ATTACHMENT = "SELECT * FROM attachment WHERE id = ?"
LETTERS = "SELECT * FROM letter WHERE subject = ? AND subject_id = ? ORDER BY id"
LETTER = "SELECT * FROM letter WHERE id = ?"
LETTER_FILE = "SELECT pdf FROM letter_file WHERE sha256 = ?"
SERVICES = (
    "SELECT s.*, l.number AS letter_number, l.title AS letter_title FROM service s "
    "JOIN letter l ON l.id = s.letter "
    "WHERE l.subject = ? AND l.subject_id = ? AND s.void = 0 ORDER BY s.id"
)
EVENTS = "SELECT * FROM event WHERE subject = ? AND subject_id = ? ORDER BY seq"
LAST_EVENT = "SELECT * FROM event ORDER BY seq DESC LIMIT 1"


def profile(db: Database) -> Profile | None:
    """Return the office's profile, or None in a new file."""
    return row(db, Profile, PROFILE)


def packs(db: Database) -> list[PackChoice]:
    """Return which rulebook serves each system."""
    return rows(db, PackChoice, PACKS)


def clerks(db: Database) -> list[Clerk]:
    """Return the clerks."""
    return rows(db, Clerk, CLERKS)


def clerk_key(db: Database, clerk: int, public: str) -> int | None:
    """Return the row of a clerk's signing key, or None if the file does not know it."""
    found = db.execute(CLERK_KEY, [clerk, public]).fetchone()
    return int(found[0]) if found else None


def live_keys(db: Database, clerk: int) -> list[int]:
    """Return the rows of the signing keys that a clerk may use."""
    return [int(found[0]) for found in db.execute(LIVE_KEYS, [clerk]).fetchall()]


def next_key(db: Database) -> int:
    """Return the row that the next signing key will get."""
    return int(db.execute(NEXT_KEY).fetchone()[0])


def units(db: Database) -> list[Unit]:
    """Return the units."""
    return rows(db, Unit, UNITS)


def persons(db: Database) -> list[Person]:
    """Return the persons, unit by unit."""
    return rows(db, Person, PERSONS)


def overrides(db: Database) -> list[WorkdayOverride]:
    """Return the office's own entries in the working-day calendar."""
    return rows(db, WorkdayOverride, OVERRIDES)


def confirmed_years(db: Database) -> list[tuple[int, int]]:
    """Return (row id, year) of the years the office entered completely."""
    return [(int(r[0]), int(r[1])) for r in db.execute(YEARS).fetchall()]


def attachments(db: Database, owner: str, owner_id: int) -> list[Attachment]:
    """Return a record's attachments."""
    return rows(db, Attachment, ATTACHMENTS, [owner, owner_id])


def attachment(db: Database, attachment_id: int) -> Attachment | None:
    """Return one attachment."""
    return row(db, Attachment, ATTACHMENT, [attachment_id])


def letters(db: Database, subject: str, subject_id: int) -> list[Letter]:
    """Return a record's letters, void ones too."""
    return rows(db, Letter, LETTERS, [subject, subject_id])


def letter(db: Database, letter_id: int) -> Letter | None:
    """Return one letter."""
    return row(db, Letter, LETTER, [letter_id])


def letter_file(db: Database, sha256: str) -> bytes | None:
    """Return the bytes of a letter."""
    found = db.execute(LETTER_FILE, [sha256]).fetchone()
    return bytes(found[0]) if found else None


def services(db: Database, subject: str, subject_id: int) -> list[Service]:
    """Return how a record's letters were served."""
    return rows(db, Service, SERVICES, [subject, subject_id])


def events(db: Database, subject: str, subject_id: int) -> list[Event]:
    """Return everything that was done to a record, oldest first."""
    return rows(db, Event, EVENTS, [subject, subject_id])


def last_event(db: Database) -> Event | None:
    """Return the newest event."""
    return row(db, Event, LAST_EVENT)
