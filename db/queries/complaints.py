"""Reading the complaint register."""

from db.driver import Database
from db.queries.fetch import row, rows
from db.records import Complainant, Complaint, ComplaintStep

_COMPLAINT = (
    "SELECT c.*, u.name AS unit_name, k.id AS case_id, k.number AS case_number "
    "FROM complaint c JOIN unit u ON u.id = c.accused_unit "
    "LEFT JOIN case_file k ON k.complaint = c.id AND k.void = 0 "
)
REGISTER = _COMPLAINT + "ORDER BY c.year DESC, c.serial DESC"
COMPLAINT = _COMPLAINT + "WHERE c.id = ?"
GROUNDS = "SELECT ground FROM complaint_ground WHERE complaint = ? AND void = 0 ORDER BY id"
GROUND_ROWS = "SELECT id, ground FROM complaint_ground WHERE complaint = ? AND void = 0 ORDER BY id"
ALL_GROUNDS = "SELECT complaint, ground FROM complaint_ground WHERE void = 0 ORDER BY id"
COMPLAINANTS = "SELECT * FROM complainant WHERE complaint = ? AND void = 0 ORDER BY id"
STEPS = (
    "SELECT s.*, u.name AS unit_name, l.number AS letter_number FROM complaint_step s "
    "LEFT JOIN unit u ON u.id = s.unit LEFT JOIN letter l ON l.id = s.letter "
    "WHERE s.complaint = ? AND s.void = 0 ORDER BY s.id"
)
WAITING = (
    "SELECT s.*, u.name AS unit_name, l.number AS letter_number FROM complaint_step s "
    "JOIN complaint c ON c.id = s.complaint AND c.state = 'transferred' AND c.void = 0 "
    "LEFT JOIN unit u ON u.id = s.unit LEFT JOIN letter l ON l.id = s.letter "
    "WHERE s.step = 'transfer' AND s.void = 0 ORDER BY s.due, s.id"
)


def register(db: Database) -> list[Complaint]:
    """Return the whole register, newest number first."""
    return rows(db, Complaint, REGISTER)


def complaint(db: Database, complaint_id: int) -> Complaint | None:
    """Return one complaint."""
    return row(db, Complaint, COMPLAINT, [complaint_id])


def grounds(db: Database, complaint_id: int) -> list[str]:
    """Return a complaint's grounds."""
    return [r[0] for r in db.execute(GROUNDS, [complaint_id]).fetchall()]


def ground_rows(db: Database, complaint_id: int) -> list[tuple[int, str]]:
    """Return the rows of a complaint's grounds, to correct them: id and ground."""
    return [(r[0], r[1]) for r in db.execute(GROUND_ROWS, [complaint_id]).fetchall()]


def all_grounds(db: Database) -> dict[int, list[str]]:
    """Return every complaint's grounds."""
    found: dict[int, list[str]] = {}
    for complaint_id, ground in db.execute(ALL_GROUNDS).fetchall():
        found.setdefault(complaint_id, []).append(ground)
    return found


def complainants(db: Database, complaint_id: int) -> list[Complainant]:
    """Return who complained; only for those who may see it."""
    return rows(db, Complainant, COMPLAINANTS, [complaint_id])


def steps(db: Database, complaint_id: int) -> list[ComplaintStep]:
    """Return the steps taken on a complaint, oldest first."""
    return rows(db, ComplaintStep, STEPS, [complaint_id])


def waiting(db: Database) -> list[ComplaintStep]:
    """Return the transfers whose receivers have not replied."""
    return rows(db, ComplaintStep, WAITING)
