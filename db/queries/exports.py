"""Reading the register for an export: many records at a time, in any order that was asked for."""

from collections.abc import Sequence

from db.driver import Database
from db.queries.fetch import rows
from db.records import Complainant, Complaint, ComplaintArchive, ComplaintStep

COMPLAINTS = (
    "SELECT c.*, u.name AS unit_name, k.id AS case_id, k.number AS case_number "
    "FROM complaint c JOIN unit u ON u.id = c.accused_unit "
    "LEFT JOIN case_file k ON k.complaint = c.id AND k.void = 0 "
    "WHERE c.id IN (SELECT value FROM json_each(?))"
)
STEPS = (
    "SELECT s.*, u.name AS unit_name, l.number AS letter_number FROM complaint_step s "
    "LEFT JOIN unit u ON u.id = s.unit LEFT JOIN letter l ON l.id = s.letter "
    "WHERE s.complaint IN (SELECT value FROM json_each(?)) AND s.void = 0 ORDER BY s.id"
)
PEOPLE = (
    "SELECT * FROM complainant WHERE complaint IN (SELECT value FROM json_each(?)) "
    "AND void = 0 ORDER BY id"
)
GROUNDS = (
    "SELECT complaint, ground FROM complaint_ground "
    "WHERE complaint IN (SELECT value FROM json_each(?)) AND void = 0 ORDER BY id"
)

ARCHIVES = (
    "SELECT * FROM complaint_archive WHERE complaint IN (SELECT value FROM json_each(?)) "
    "AND void = 0 ORDER BY id"
)


def _list(ids: Sequence[int]) -> list[str]:
    return ["[" + ",".join(map(str, ids)) + "]"]


def complaints(db: Database, ids: Sequence[int]) -> dict[int, Complaint]:
    """Return these complaints by their ids."""
    return {one.id: one for one in rows(db, Complaint, COMPLAINTS, _list(ids))}


def steps(db: Database, ids: Sequence[int]) -> dict[int, list[ComplaintStep]]:
    """Return the steps of these complaints, oldest first."""
    found: dict[int, list[ComplaintStep]] = {}
    for step in rows(db, ComplaintStep, STEPS, _list(ids)):
        found.setdefault(step.complaint, []).append(step)
    return found


def complainants(db: Database, ids: Sequence[int]) -> dict[int, list[Complainant]]:
    """Return who complained, still sealed."""
    found: dict[int, list[Complainant]] = {}
    for person in rows(db, Complainant, PEOPLE, _list(ids)):
        found.setdefault(person.complaint, []).append(person)
    return found


def archives(db: Database, ids: Sequence[int]) -> dict[int, ComplaintArchive]:
    """Return under what these complaints were filed; others have no entry."""
    return {one.complaint: one for one in rows(db, ComplaintArchive, ARCHIVES, _list(ids))}


def grounds(db: Database, ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the grounds of these complaints."""
    found: dict[int, list[str]] = {}
    for complaint, ground in db.execute(GROUNDS, _list(ids)).fetchall():
        found.setdefault(complaint, []).append(ground)
    return found
