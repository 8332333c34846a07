"""Reading case files."""

from db.driver import Database
from db.queries.fetch import row, rows
from db.records import CaseEvidence, CaseFile, CaseHearing, CasePerson, CaseSanction

_CASE = (
    "SELECT k.*, u.name AS unit_name, c.number AS complaint_number FROM case_file k "
    "JOIN unit u ON u.id = k.unit LEFT JOIN complaint c ON c.id = k.complaint "
)
SHELF = _CASE + "ORDER BY k.year DESC, k.serial DESC"
CASE = _CASE + "WHERE k.id = ?"
SITUATIONS = "SELECT situation FROM case_situation WHERE case_file = ? AND void = 0 ORDER BY id"
SITUATION_ROWS = "SELECT id, situation FROM case_situation WHERE case_file = ? AND void = 0"
PEOPLE = "SELECT * FROM case_person WHERE case_file = ? AND void = 0 ORDER BY id"
EVIDENCE = "SELECT * FROM case_evidence WHERE case_file = ? AND void = 0 ORDER BY id"
EVIDENCE_FILES = (
    "SELECT f.case_evidence, f.attachment FROM case_evidence e "
    "JOIN case_evidence_file f ON f.case_evidence = e.id AND f.void = 0 "
    "WHERE e.case_file = ? AND e.void = 0 ORDER BY f.id"
)
HEARINGS = "SELECT * FROM case_hearing WHERE case_file = ? AND void = 0 ORDER BY id"
SANCTIONS = "SELECT * FROM case_sanction WHERE case_file = ? AND void = 0 ORDER BY id"


def shelf(db: Database) -> list[CaseFile]:
    """Return all case files, newest number first."""
    return rows(db, CaseFile, SHELF)


def case_file(db: Database, case_id: int) -> CaseFile | None:
    """Return one case file."""
    return row(db, CaseFile, CASE, [case_id])


def situations(db: Database, case_id: int) -> list[str]:
    """Return a case's situations."""
    return [r[0] for r in db.execute(SITUATIONS, [case_id]).fetchall()]


def situation_rows(db: Database, case_id: int) -> list[tuple[int, str]]:
    """Return (row id, situation) of a case."""
    return [(int(r[0]), str(r[1])) for r in db.execute(SITUATION_ROWS, [case_id]).fetchall()]


def people(db: Database, case_id: int) -> list[CasePerson]:
    """Return a case's persons."""
    return rows(db, CasePerson, PEOPLE, [case_id])


def evidence(db: Database, case_id: int) -> list[CaseEvidence]:
    """Return a case's evidence."""
    return rows(db, CaseEvidence, EVIDENCE, [case_id])


def evidence_files(db: Database, case_id: int) -> list[tuple[int, int]]:
    """Return which attachment belongs to which piece of evidence: evidence and attachment."""
    return [(int(r[0]), int(r[1])) for r in db.execute(EVIDENCE_FILES, [case_id]).fetchall()]


def hearings(db: Database, case_id: int) -> list[CaseHearing]:
    """Return the statements and defences heard."""
    return rows(db, CaseHearing, HEARINGS, [case_id])


def sanctions(db: Database, case_id: int) -> list[CaseSanction]:
    """Return the measures chosen."""
    return rows(db, CaseSanction, SANCTIONS, [case_id])
