"""Reading the complaint register."""

import json
from collections.abc import Sequence
from datetime import date

from db.driver import Database
from db.queries.fetch import row, rows
from db.records import (
    Complainant,
    Complaint,
    ComplaintArchive,
    ComplaintLink,
    ComplaintPoint,
    ComplaintStep,
    Handler,
    LastAction,
    Read,
    Recusal,
    Rest,
    TakenBack,
)

_COMPLAINT = (
    "SELECT c.*, u.name AS unit_name, k.id AS case_id, k.number AS case_number "
    "FROM complaint c JOIN unit u ON u.id = c.accused_unit "
    "LEFT JOIN case_file k ON k.complaint = c.id AND k.void = 0 "
)
REGISTER = _COMPLAINT + "ORDER BY c.year DESC, c.serial DESC"
SOME = _COMPLAINT + "WHERE c.id IN (SELECT value FROM json_each(?))"  # noqa: S608
LIVE = (
    _COMPLAINT + "WHERE c.void = 0 AND c.state IN (SELECT value FROM json_each(?))"  # noqa: S608
)
#: The index is named: that of the states seems as good to the database, and walks the register.
AWAITED = (
    _COMPLAINT.replace("complaint c ", "complaint c INDEXED BY complaint_origin_waits ", 1)
    + "WHERE c.origin_due IS NOT NULL AND c.origin_replied IS NULL AND c.void = 0 "
    "ORDER BY c.origin_due"
)
COMPLAINT = _COMPLAINT + "WHERE c.id = ?"
GROUNDS = "SELECT ground FROM complaint_ground WHERE complaint = ? AND void = 0 ORDER BY id"
GROUND_ROWS = "SELECT id, ground FROM complaint_ground WHERE complaint = ? AND void = 0 ORDER BY id"
GROUNDS_OF = (
    "SELECT complaint, ground FROM complaint_ground "
    "WHERE complaint IN (SELECT value FROM json_each(?)) AND void = 0 ORDER BY id"
)
STEPS_OF = (
    "SELECT s.*, u.name AS unit_name, l.number AS letter_number FROM complaint_step s "
    "LEFT JOIN unit u ON u.id = s.unit LEFT JOIN letter l ON l.id = s.letter "
    "WHERE s.complaint IN (SELECT value FROM json_each(?)) AND s.void = 0 ORDER BY s.id"
)
LEADERS = (
    "SELECT s.person FROM (SELECT id, year, serial FROM complaint "
    "ORDER BY year DESC, serial DESC LIMIT ?) c "
    "JOIN complaint_step s ON s.complaint = c.id AND s.step = 'decide' AND s.void = 0 "
    "AND s.person <> '' GROUP BY s.person ORDER BY max(c.year) DESC, max(c.serial) DESC"
)
EXTENDED = (
    "SELECT c.id, s.due, s.day FROM complaint c CROSS JOIN complaint_step s ON s.complaint = c.id "
    "AND s.step = 'extension' AND s.void = 0 AND s.due IS NOT NULL "
    "WHERE c.void = 0 AND c.state IN (SELECT value FROM json_each(?)) ORDER BY s.id"
)
_LAST_TRANSFER = (
    "(SELECT max(t.id) FROM complaint_step t WHERE t.complaint = c.id "
    "AND t.step = 'transfer' AND t.void = 0)"
)
TOLD = (
    "SELECT c.id, s.due, s.day FROM complaint c "  # noqa: S608
    "CROSS JOIN complaint_step s ON s.complaint = c.id "
    "AND s.step IN ('transfer', 'chase') AND s.void = 0 AND s.due IS NOT NULL "
    f"WHERE c.void = 0 AND c.state = 'transferred' AND s.id >= {_LAST_TRANSFER} ORDER BY s.id"
)
OF_UNIT = "SELECT id FROM complaint WHERE accused_unit = ? ORDER BY year DESC, serial DESC LIMIT ?"
COUNT_OF_UNIT = "SELECT count(*) FROM complaint WHERE accused_unit = ?"
COMPLAINANTS = "SELECT * FROM complainant WHERE complaint = ? AND void = 0 ORDER BY id"
LINKS = (
    "SELECT k.id, k.complaint, k.other, k.kind, c.id AS far, c.number AS far_number, "
    "c.received AS far_received, c.state AS far_state, c.void AS far_void, "
    "c.subject AS far_subject FROM "
    "(SELECT *, other AS far FROM complaint_link WHERE complaint = ? AND void = 0 "
    "UNION ALL SELECT *, complaint AS far FROM complaint_link WHERE other = ? AND void = 0) k "
    "JOIN complaint c ON c.id = k.far ORDER BY k.id"
)
NEWEST_OF_UNIT = (
    "SELECT id, number, received, state, subject, body FROM complaint "
    "WHERE accused_unit = ? AND void = 0 AND received >= ? "
    "ORDER BY year DESC, serial DESC LIMIT ?"
)
BY_SERIAL = _COMPLAINT + "WHERE c.year = ? AND c.serial = ?"
#: The words of the WHERE are those of the index complaint_step_pause.
PAUSES = (
    "SELECT complaint, step, day FROM complaint_step "
    "WHERE step IN ('pause', 'resume') AND void = 0 ORDER BY complaint, id"
)
PAUSES_OF = (
    "SELECT complaint, step, day FROM complaint_step "
    "WHERE step IN ('pause', 'resume') AND complaint IN (SELECT value FROM json_each(?)) "
    "AND void = 0 ORDER BY complaint, id"
)
ARCHIVE = "SELECT * FROM complaint_archive WHERE complaint = ? AND void = 0 ORDER BY id DESC"
UNFILED = (
    "FROM complaint INDEXED BY complaint_unfiled "
    "WHERE state = 'closed' AND void = 0 AND import_batch IS NULL"
)
LAST_ACTION = (
    "SELECT e.seq, e.at, e.clerk_name, e.action FROM event e "
    "WHERE e.subject = 'complaint' AND e.subject_id = ? AND e.undoes IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM event u WHERE u.undoes = e.seq) "
    "AND EXISTS (SELECT 1 FROM event_change c WHERE c.seq = e.seq) ORDER BY e.seq DESC LIMIT 1"
)
TAKEN_BACK = (
    "SELECT u.seq, u.at, u.clerk_name, u.reason, coalesce(e.action, u.action) AS action, "
    "u.undoes IS NULL AS own FROM event u LEFT JOIN event e ON e.seq = u.undoes "
    "WHERE u.subject = 'complaint' AND u.subject_id = ? "
    "AND (u.undoes IS NOT NULL OR u.action = 'complaint.unlink') ORDER BY u.seq"
)
WRITTEN_BY = (
    "SELECT c.row_id, c.seq FROM event_change c WHERE c.tbl = 'complaint_step' AND c.rev = 1 "
    "AND c.row_id IN (SELECT id FROM complaint_step WHERE complaint = ?)"
)
BEFORE = (
    "SELECT before FROM event_change WHERE seq = ? AND tbl = 'complaint' AND row_id = ? "
    "ORDER BY rev LIMIT 1"
)
SENT = (
    "SELECT l.number FROM letter l JOIN event_change c ON c.tbl = 'letter' AND c.row_id = l.id "
    "WHERE c.seq = ? AND l.void = 0 AND ("
    "EXISTS (SELECT 1 FROM letter_seal s WHERE s.letter = l.id AND s.void = 0) "
    "OR EXISTS (SELECT 1 FROM letter_dispatch d WHERE d.letter = l.id AND d.void = 0) "
    "OR EXISTS (SELECT 1 FROM service v WHERE v.letter = l.id AND v.void = 0)) ORDER BY l.id"
)
LINKED_SINCE = (
    "SELECT c.number FROM complaint_link k JOIN complaint c ON c.id = k.complaint "
    "JOIN event_change e ON e.tbl = 'complaint_link' AND e.row_id = k.id AND e.rev = 1 "
    "WHERE k.other = ? AND k.void = 0 AND e.seq > ? ORDER BY k.id"
)
LETTERS_OF = (
    "SELECT l.number FROM letter l JOIN event_change c ON c.tbl = 'letter' AND c.row_id = l.id "
    "WHERE c.seq = ? AND l.void = 0 ORDER BY l.id"
)
POINTS = (
    "SELECT id, complaint, text, answer, CASE declined WHEN 1 THEN 'declined' ELSE state END "
    "AS state FROM complaint_point WHERE complaint = ? AND void = 0 ORDER BY id"
)
HANDLERS = (
    "SELECT h.*, u.name AS unit_name FROM complaint_handler h LEFT JOIN unit u ON u.id = h.unit "
    "WHERE h.complaint = ? AND h.void = 0 ORDER BY h.id"
)
RECUSALS = (
    "SELECT r.*, u.name AS unit_name FROM complaint_recusal r LEFT JOIN unit u ON u.id = r.unit "
    "WHERE r.complaint = ? AND r.void = 0 ORDER BY r.id"
)
STEP_FILES = (
    "SELECT f.complaint_step, f.attachment FROM complaint_step s "
    "JOIN complaint_step_file f ON f.complaint_step = s.id AND f.void = 0 "
    "WHERE s.complaint = ? AND s.void = 0 ORDER BY f.id"
)
RECEIVERS = (
    "SELECT l.complaint, l.receiver, u.name FROM json_each(?) j "
    "JOIN complaint_line l ON l.complaint = j.value JOIN unit u ON u.id = l.receiver"
)
DECIDED_RECEIVERS = (
    "SELECT s.complaint, s.unit FROM json_each(?) j "
    "JOIN complaint c ON c.id = j.value AND c.ruling = 'transfer' "
    "JOIN complaint_step s ON s.complaint = c.id AND s.step = 'decide' AND s.void = 0 "
    "ORDER BY s.id"
)
WITHDRAWN = (
    "SELECT 1 FROM complaint_recusal WHERE complaint = ? AND clerk = ? AND void = 0 "
    "AND lifted IS NULL"
)
STEPS = (
    "SELECT s.*, u.name AS unit_name, l.number AS letter_number FROM complaint_step s "
    "LEFT JOIN unit u ON u.id = s.unit LEFT JOIN letter l ON l.id = s.letter "
    "WHERE s.complaint = ? AND s.void = 0 ORDER BY s.id"
)
WAITING = (
    "SELECT s.*, u.name AS unit_name, l.number AS letter_number FROM complaint c "  # noqa: S608
    "CROSS JOIN complaint_step s ON s.complaint = c.id "
    "LEFT JOIN unit u ON u.id = s.unit LEFT JOIN letter l ON l.id = s.letter "
    f"WHERE c.state = 'transferred' AND c.void = 0 AND s.id = {_LAST_TRANSFER} "
    "ORDER BY s.due, s.id"
)


def register(db: Database) -> list[Complaint]:
    """Return the whole register, newest number first."""
    return rows(db, Complaint, REGISTER)


def complaint(db: Database, complaint_id: int) -> Complaint | None:
    """Return one complaint."""
    return row(db, Complaint, COMPLAINT, [complaint_id])


def awaited(db: Database) -> list[Complaint]:
    """Return the complaints of which another body still waits to be told."""
    return rows(db, Complaint, AWAITED)


def grounds(db: Database, complaint_id: int) -> list[str]:
    """Return a complaint's grounds."""
    return [r[0] for r in db.execute(GROUNDS, [complaint_id]).fetchall()]


def ground_rows(db: Database, complaint_id: int) -> list[tuple[int, str]]:
    """Return the rows of a complaint's grounds, to correct them: id and ground."""
    return [(r[0], r[1]) for r in db.execute(GROUND_ROWS, [complaint_id]).fetchall()]


def some(db: Database, ids: Sequence[int]) -> list[Complaint]:
    """Return some complaints, in the order of their ids as given."""
    found = {c.id: c for c in rows(db, Complaint, SOME, [json.dumps(list(ids))])}
    return [found[i] for i in ids if i in found]


def live(db: Database, states: Sequence[str]) -> list[Complaint]:
    """Return the complaints in some states, without walking the others."""
    return rows(db, Complaint, LIVE, [json.dumps(list(states))])


def grounds_of(db: Database, ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the grounds of some complaints."""
    found: dict[int, list[str]] = {}
    for complaint_id, ground in db.execute(GROUNDS_OF, [json.dumps(list(ids))]).fetchall():
        found.setdefault(complaint_id, []).append(ground)
    return found


def steps_of(db: Database, ids: Sequence[int]) -> dict[int, list[ComplaintStep]]:
    """Return the steps taken on some complaints, oldest first."""
    found: dict[int, list[ComplaintStep]] = {}
    for step in rows(db, ComplaintStep, STEPS_OF, [json.dumps(list(ids))]):
        found.setdefault(step.complaint, []).append(step)
    return found


def leaders(db: Database, newest: int) -> list[str]:
    """Return who decided on the newest so many complaints, the latest first."""
    return [r[0] for r in db.execute(LEADERS, [newest]).fetchall()]


def extended(db: Database, states: Sequence[str]) -> dict[int, tuple[date, date]]:
    """Return the day to which each complaint in some states was extended last, and told on which."""
    return _named(db.execute(EXTENDED, [json.dumps(list(states))]).fetchall())


def told(db: Database) -> dict[int, tuple[date, date]]:
    """Return the day by which each receiving unit was told last to reply, and told on which."""
    return _named(db.execute(TOLD).fetchall())


def _named(found: Sequence[tuple[int, str, str]]) -> dict[int, tuple[date, date]]:
    return {i: (date.fromisoformat(due), date.fromisoformat(day)) for i, due, day in found}


def of_unit(db: Database, unit: int, limit: int) -> tuple[list[int], int]:
    """Return the newest complaints against a unit, and how many there are."""
    ids = [r[0] for r in db.execute(OF_UNIT, [unit, limit]).fetchall()]
    return ids, int(db.execute(COUNT_OF_UNIT, [unit]).fetchone()[0])


def complainants(db: Database, complaint_id: int) -> list[Complainant]:
    """Return who complained; only for those who may see it."""
    return rows(db, Complainant, COMPLAINANTS, [complaint_id])


def steps(db: Database, complaint_id: int) -> list[ComplaintStep]:
    """Return the steps taken on a complaint, oldest first."""
    return rows(db, ComplaintStep, STEPS, [complaint_id])


def points(db: Database, complaint_id: int) -> list[ComplaintPoint]:
    """Return what a complaint asks for, point by point."""
    return rows(db, ComplaintPoint, POINTS, [complaint_id])


def links(db: Database, complaint_id: int) -> list[ComplaintLink]:
    """Return what a complaint is linked with, whichever of the two was linked."""
    return rows(db, ComplaintLink, LINKS, [complaint_id, complaint_id])


def handlers(db: Database, complaint_id: int) -> list[Handler]:
    """Return who handles a complaint, and who did."""
    return rows(db, Handler, HANDLERS, [complaint_id])


def recusals(db: Database, complaint_id: int) -> list[Recusal]:
    """Return who must not deal with a complaint, or had not to."""
    return rows(db, Recusal, RECUSALS, [complaint_id])


def withdrawn(db: Database, complaint_id: int, clerk: int) -> bool:
    """Say whether a user must not deal with a complaint."""
    return db.execute(WITHDRAWN, [complaint_id, clerk]).fetchone() is not None


def step_files(db: Database, complaint_id: int) -> list[tuple[int, int]]:
    """Return which attachment came with which step of a complaint: step and attachment."""
    return [(int(r[0]), int(r[1])) for r in db.execute(STEP_FILES, [complaint_id]).fetchall()]


def receivers(db: Database, ids: Sequence[int]) -> dict[int, str]:
    """Return the unit that some complaints are transferred to now, by name; others have none."""
    found = db.execute(RECEIVERS, [json.dumps(list(ids))]).fetchall()
    return {int(row[0]): str(row[2]) for row in found}


def decided_receivers(db: Database, ids: Sequence[int]) -> dict[int, int]:
    """Return the unit that the last decision on some complaints named, where it was a transfer."""
    found = db.execute(DECIDED_RECEIVERS, [json.dumps(list(ids))]).fetchall()
    return {int(row[0]): int(row[1]) for row in found if row[1] is not None}


def newest_of_unit(db: Database, unit: int, since: date, limit: int) -> list[Read]:
    """Return what the newest complaints against a unit say, received since a day."""
    return rows(db, Read, NEWEST_OF_UNIT, [unit, since.isoformat(), limit])


def by_serial(db: Database, year: int, serial: int) -> Complaint | None:
    """Return the complaint with a number."""
    return row(db, Complaint, BY_SERIAL, [year, serial])


def _rests(found: list[Rest]) -> dict[int, list[Rest]]:
    rests: dict[int, list[Rest]] = {}
    for one in found:
        rests.setdefault(one.complaint, []).append(one)
    return rests


def pauses(db: Database) -> dict[int, list[Rest]]:
    """Return when complaints were paused and taken up again, of all that ever were."""
    return _rests(rows(db, Rest, PAUSES))


def pauses_of(db: Database, ids: Sequence[int]) -> dict[int, list[Rest]]:
    """Return when some complaints were paused and taken up again."""
    return _rests(rows(db, Rest, PAUSES_OF, [json.dumps(list(ids))]))


def archive(db: Database, complaint_id: int) -> ComplaintArchive | None:
    """Return under what a complaint was filed."""
    return row(db, ComplaintArchive, ARCHIVE, [complaint_id])


def volumes(db: Database, ids: Sequence[int]) -> dict[int, str]:
    """Return the volume under which some complaints were filed; others have none."""
    sql = (
        "SELECT a.complaint, a.volume FROM complaint_archive a "
        "JOIN json_each(?) j ON a.complaint = j.value WHERE a.void = 0"
    )
    return {int(row[0]): str(row[1]) for row in db.execute(sql, [json.dumps(list(ids))]).fetchall()}


def filed(db: Database) -> list[int]:
    """Return the complaints that were filed under a volume."""
    sql = "SELECT complaint FROM complaint_archive WHERE void = 0 ORDER BY complaint"
    return list(dict.fromkeys(int(row[0]) for row in db.execute(sql).fetchall()))


def unfiled(db: Database) -> tuple[int, int | None]:
    """Return how many closed complaints are not filed yet, and the one closed first.

    What was imported closed from an older ledger lies in its own volumes and is not counted.
    """
    count = int(db.execute(f"SELECT count(*) {UNFILED}").fetchone()[0])
    first = db.execute(f"SELECT id {UNFILED} ORDER BY closed, id LIMIT 1").fetchone()
    return count, int(first[0]) if first else None


def filed_under(db: Database, column: str, newest: int) -> list[str]:
    """Return what was written in a column of the newest filings: volume, box or retention."""
    sql = (
        f"SELECT {column} FROM (SELECT id, {column} FROM complaint_archive "  # noqa: S608
        f"WHERE void = 0 AND {column} <> '' ORDER BY id DESC LIMIT ?) "
        f"GROUP BY {column} ORDER BY max(id) DESC"
    )
    return [r[0] for r in db.execute(sql, [newest]).fetchall()]


def last_action(db: Database, complaint_id: int) -> LastAction | None:
    """Return the last action on a complaint that changed something and still stands."""
    return row(db, LastAction, LAST_ACTION, [complaint_id])


def taken_back(db: Database, complaint_id: int) -> list[TakenBack]:
    """Return what was taken back on a complaint, oldest first."""
    return rows(db, TakenBack, TAKEN_BACK, [complaint_id])


def written_by(db: Database, complaint_id: int) -> dict[int, int]:
    """Return by which event each step of a complaint was written."""
    return {int(r[0]): int(r[1]) for r in db.execute(WRITTEN_BY, [complaint_id]).fetchall()}


def letters_of(db: Database, seq: int) -> list[str]:
    """Return the numbers of the letters that an event made or numbered."""
    return [str(r[0]) for r in db.execute(LETTERS_OF, [seq]).fetchall()]


def before(db: Database, seq: int, complaint_id: int) -> str | None:
    """Return a complaint's row as JSON as it was before an event, if the event changed it.

    Raises:
        LookupError: the event did not change it.
    """
    found = db.execute(BEFORE, [seq, complaint_id]).fetchone()
    if found is None:
        raise LookupError(f"event {seq}")
    return None if found[0] is None else str(found[0])


def sent(db: Database, seq: int) -> list[str]:
    """Return the letters of an event that were sealed, sent off or served since."""
    return [str(r[0]) for r in db.execute(SENT, [seq]).fetchall()]


def linked_since(db: Database, complaint_id: int, seq: int) -> list[str]:
    """Return the numbers of complaints that were linked to one after an event."""
    return [str(r[0]) for r in db.execute(LINKED_SINCE, [complaint_id, seq]).fetchall()]


def waiting(db: Database) -> list[ComplaintStep]:
    """Return the transfers whose receivers have not replied."""
    return rows(db, ComplaintStep, WAITING)
