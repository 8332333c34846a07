"""Reading the letter book (发文登记簿): every number given, seals, dispatches, the office's settings."""

from db.driver import Database
from db.queries.fetch import row, rows
from db.records import BookLetter, Dispatch, Event, Seal, SeriesCount, Service

_BOOK = (
    "SELECT l.*, coalesce(c.number, f.number, r.name || ' ' || u.name, '') AS subject_number, "
    "coalesce(r.id, 0) AS round, coalesce(c.pack, f.pack, r.pack, '') AS pack, "
    "EXISTS (SELECT 1 FROM letter_file x WHERE x.sha256 = l.sha256) AS kept, "
    "(SELECT max(s.day) FROM letter_seal s WHERE s.letter = l.id AND s.void = 0) AS sealed, "
    "(SELECT max(d.day) FROM letter_dispatch d WHERE d.letter = l.id AND d.void = 0) AS dispatched, "
    "(SELECT max(v.day) FROM service v WHERE v.letter = l.id AND v.void = 0) AS served "
    "FROM letter l "
    "LEFT JOIN complaint c ON l.subject = 'complaint' AND c.id = l.subject_id "
    "LEFT JOIN case_file f ON l.subject = 'case_file' AND f.id = l.subject_id "
    "LEFT JOIN round_unit ru ON l.subject = 'round_unit' AND ru.id = l.subject_id "
    "LEFT JOIN assessment_round r ON r.id = ru.round "
    "LEFT JOIN unit u ON u.id = ru.unit "
)
BOOK = _BOOK + "ORDER BY l.year DESC, l.dated DESC, l.id DESC"
LETTER = _BOOK + "WHERE l.id = ?"
BY_CODE = (
    _BOOK + "WHERE l.code LIKE '%|' || ?1 OR l.code LIKE '%|' || ?1 || '|%' ORDER BY l.id DESC"
)
BY_NUMBER = _BOOK + "WHERE l.number = ? ORDER BY l.id"
RESERVED = _BOOK + "WHERE l.status = 'reserved' AND l.void = 0 AND l.kind = ? ORDER BY l.id"
SEALS = "SELECT * FROM letter_seal WHERE letter = ? AND void = 0 ORDER BY day, id"
DISPATCHES = "SELECT * FROM letter_dispatch WHERE letter = ? AND void = 0 ORDER BY day, id"
SERVICES = (
    "SELECT s.*, l.number AS letter_number, l.title AS letter_title FROM service s "
    "JOIN letter l ON l.id = s.letter WHERE s.letter = ? AND s.void = 0 ORDER BY s.id"
)
HISTORY = (
    "SELECT * FROM event WHERE (subject = 'letter' AND subject_id = ?) OR seq IN "
    "(SELECT seq FROM event_change WHERE tbl = 'letter' AND row_id = ?) ORDER BY seq"
)
#: The registers count in the same table (complaints, case files, letters handed on, filings); they
#: are not letters.
SERIES = (
    "SELECT series, year, last FROM number_series "
    "WHERE series NOT IN ('complaint', 'case_file', 'handover', 'filing') "
    "ORDER BY year DESC, series"
)
TEMPLATE = "SELECT content FROM letter_template WHERE id = ?"
SETTING = "SELECT value FROM office_setting WHERE key = ? AND void = 0"
SETTINGS = "SELECT key, value FROM office_setting WHERE void = 0"
SETTING_ROW = "SELECT id FROM office_setting WHERE key = ?"


def book(db: Database) -> list[BookLetter]:
    """Return every number ever given, void and reserved ones too, newest first."""
    return rows(db, BookLetter, BOOK)


def letter(db: Database, letter_id: int) -> BookLetter | None:
    """Return one entry of the book."""
    return row(db, BookLetter, LETTER, [letter_id])


def by_digest(db: Database, digest: str) -> BookLetter | None:
    """Return the letter whose code (二维码) holds a digest, at its end or before the anchor."""
    return row(db, BookLetter, BY_CODE, [digest])


def by_number(db: Database, number: str) -> BookLetter | None:
    """Return the letter with a number (发文字号)."""
    return row(db, BookLetter, BY_NUMBER, [number])


def reserved(db: Database, kind: str) -> list[BookLetter]:
    """Return the numbers that wait for a letter of a kind."""
    return rows(db, BookLetter, RESERVED, [kind])


def seals(db: Database, letter_id: int) -> list[Seal]:
    """Return when a letter was sealed."""
    return rows(db, Seal, SEALS, [letter_id])


def dispatches(db: Database, letter_id: int) -> list[Dispatch]:
    """Return how a letter was sent off."""
    return rows(db, Dispatch, DISPATCHES, [letter_id])


def services(db: Database, letter_id: int) -> list[Service]:
    """Return how a letter was served."""
    return rows(db, Service, SERVICES, [letter_id])


def history(db: Database, letter_id: int) -> list[Event]:
    """Return everything that was done to a letter, its making included, oldest first."""
    return rows(db, Event, HISTORY, [letter_id, letter_id])


def series(db: Database) -> list[SeriesCount]:
    """Return the last number of every series of letters and year."""
    return rows(db, SeriesCount, SERIES)


def template(db: Database, template_id: int) -> str | None:
    """Return the wording a letter was made from, if it was the office's own."""
    found = db.execute(TEMPLATE, [template_id]).fetchone()
    return str(found[0]) if found else None


def setting(db: Database, key: str) -> str | None:
    """Return one of the office's settings."""
    found = db.execute(SETTING, [key]).fetchone()
    return str(found[0]) if found else None


def settings(db: Database) -> dict[str, str]:
    """Return the office's settings."""
    return {str(key): str(value) for key, value in db.execute(SETTINGS).fetchall()}


def setting_row(db: Database, key: str) -> int | None:
    """Return the row of a setting, also when it was taken back."""
    found = db.execute(SETTING_ROW, [key]).fetchone()
    return int(found[0]) if found else None
