"""Unfinished forms (草稿) in the office file: read, kept and dropped without any event.

A draft is no record: nothing rests on it, and its content is sealed before it comes here.
"""

from collections.abc import Sequence

from db.driver import Database, sqlite
from db.errors import storage_fault
from db.queries.fetch import rows
from frozen import dataclass

OWN = "SELECT * FROM draft WHERE clerk = ? ORDER BY saved DESC, id DESC"
KEEP = (
    "INSERT INTO draft (clerk, form, subject, subject_id, label, saved, box) "
    "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (clerk, form, subject, subject_id) "
    "DO UPDATE SET label = excluded.label, saved = excluded.saved, box = excluded.box"
)
DROP = "DELETE FROM draft WHERE id = ? AND clerk = ?"
FORGET = "DELETE FROM draft WHERE clerk = ? AND form = ? AND subject = ? AND subject_id = ?"
#: The last event that changed a record: looking at it changes nothing.
REVISION = (
    "SELECT coalesce(max(e.seq), 0) FROM event e WHERE e.subject = ? AND e.subject_id = ? "
    "AND EXISTS (SELECT 1 FROM event_change c WHERE c.seq = e.seq)"
)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A row of the table; ``box`` is sealed and written in base64."""

    id: int
    clerk: int
    form: str
    subject: str
    subject_id: int
    label: str
    saved: str
    box: str


def own(db: Database, clerk: int) -> Sequence[DraftRow]:
    """Return a user's drafts, the newest first."""
    return rows(db, DraftRow, OWN, [clerk])


def revision(db: Database, subject: str, subject_id: int) -> int:
    """Return the last event that changed a record; 0 for a form that is about none."""
    return int(db.execute(REVISION, [subject, subject_id]).fetchone()[0]) if subject_id else 0


def keep(db: Database, draft: DraftRow) -> None:
    """Write a draft in place of the same form's former one.

    Raises:
        StorageFault: the disk is full, or the file can not be written.
    """
    place = [draft.clerk, draft.form, draft.subject, draft.subject_id]
    _write(db, KEEP, [*place, draft.label, draft.saved, draft.box])


def drop(db: Database, draft: int, clerk: int) -> None:
    """Take one of a user's drafts out; one that is gone already is no fault.

    Raises:
        StorageFault: the file can not be written.
    """
    _write(db, DROP, [draft, clerk])


def forget(db: Database, clerk: int, form: str, subject: str, subject_id: int) -> None:
    """Take the draft of a form out; without one this is no fault.

    Raises:
        StorageFault: the file can not be written.
    """
    _write(db, FORGET, [clerk, form, subject, subject_id])


def _write(db: Database, sql: str, values: Sequence[object]) -> None:
    try:
        db.execute("BEGIN IMMEDIATE")
        db.execute(sql, list(values))
        db.execute("COMMIT")
    except BaseException as error:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")
        known = storage_fault(error, "") if isinstance(error, sqlite.Error) else None
        if known is not None:
            raise known from error
        raise
