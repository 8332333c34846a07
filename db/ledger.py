"""Writing: one clerk's action is one transaction and one event, with every row before and after."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from db.errors import StorageFault

Value = str | int | None

#: Tables that an undo leaves alone: a number once given stays given.
KEPT = frozenset({"number_series"})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts and when (经办人与时间)."""

    clerk: int
    name: str
    at: datetime


class StaleRecord(RuntimeError):  # noqa: N818 - reads as a sentence where raised
    """Raised when a record was changed since it was read."""


class Action:
    """The writes of one action, inside its transaction."""

    def __init__(self, db: Database, seq: int) -> None:
        """Begin with nothing written."""
        self._db, self._seq = db, seq
        self.changed = 0

    def insert(self, table: str, **values: Value) -> int:
        """Insert a row and return its id."""
        row_id = int(values.pop("id", 0) or self._next_id(table))
        row = {"id": row_id, "rev": 1, "void": 0, **values}
        self._note(table, row_id, 1, None, row)
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        self._db.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(row.values()))  # noqa: S608
        return row_id

    def update(self, table: str, row_id: int, **values: Value) -> None:
        """Change columns of a row; its revision grows by one.

        Raises:
            StaleRecord: there is no such row.
        """
        before = self.row(table, row_id)
        if all(before[name] == value for name, value in values.items()):
            return
        rev = int(before["rev"] or 0) + 1
        after = {**before, **values, "rev": rev}
        self._note(table, row_id, rev, before, after)
        sets = ", ".join(f'"{name}" = ?' for name in (*values, "rev"))
        self._db.execute(
            f'UPDATE "{table}" SET {sets} WHERE id = ?',  # noqa: S608
            [*values.values(), rev, row_id],
        )

    def row(self, table: str, row_id: int) -> dict[str, Value]:
        """Return a row as it stands now.

        Raises:
            StaleRecord: there is no such row.
        """
        cursor = self._db.execute(f'SELECT * FROM "{table}" WHERE id = ?', [row_id])  # noqa: S608
        found = cursor.fetchone()
        if found is None:
            raise StaleRecord(f"{table} {row_id}")
        return dict(zip((c[0] for c in cursor.description), found, strict=True))

    def next_serial(self, series: str, year: int) -> int:
        """Take the next number of a series in a year; the series has no gap (编号连续)."""
        found = self._db.execute(
            "SELECT id, last FROM number_series WHERE series = ? AND year = ?", [series, year]
        ).fetchone()
        if found is None:
            self.insert("number_series", series=series, year=year, last=1)
            return 1
        self.update("number_series", int(found[0]), last=int(found[1]) + 1)
        return int(found[1]) + 1

    def keep_file(self, sha256: str, pdf: bytes) -> None:
        """Keep a letter's bytes under their hash; the same bytes are kept once."""
        self._db.execute(
            "INSERT OR IGNORE INTO letter_file (sha256, pdf) VALUES (?, ?)", [sha256, pdf]
        )

    def _next_id(self, table: str) -> int:
        return int(
            self._db.execute(f'SELECT coalesce(max(id), 0) + 1 FROM "{table}"').fetchone()[0]  # noqa: S608
        )

    def _note(
        self,
        table: str,
        row_id: int,
        rev: int,
        before: Mapping[str, Value] | None,
        after: Mapping[str, Value],
    ) -> None:
        self._db.execute(
            "INSERT INTO event_change (seq, tbl, row_id, rev, before, after) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [self._seq, table, row_id, rev, before and _json(before), _json(after)],
        )
        self.changed += 1


def _json(row: Mapping[str, Value]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(slots=True)
class EventDraft:
    """What the event of an action says; the action may fill it in while it runs."""

    action: str
    subject: str = ""
    subject_id: int = 0
    label: str = ""
    reason: str = ""
    undoes: int | None = None
    seq: int = 0


class Ledger:
    """The office file as the use cases see it: reads by queries, writes only through actions."""

    def __init__(self, db: Database) -> None:
        """Take over the connection of this thread."""
        self.db = db

    @contextmanager
    def action(self, event: EventDraft, actor: Actor) -> Iterator[Action]:
        """Run one action: everything inside is written together with its event, or not at all.

        The event is written last, so that the action can fill in its subject and label.
        """
        self.db.execute("BEGIN IMMEDIATE")
        try:
            seq = self.db.execute("SELECT coalesce(max(seq), 0) + 1 FROM event").fetchone()[0]
            action = Action(self.db, int(seq))
            yield action
            self.db.execute(
                "INSERT INTO event (seq, at, clerk, clerk_name, action, subject, subject_id, "
                "label, reason, undoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    seq,
                    actor.at.isoformat(timespec="seconds"),
                    actor.clerk,
                    actor.name,
                    event.action,
                    event.subject,
                    event.subject_id,
                    event.label,
                    event.reason,
                    event.undoes,
                ],
            )
            self.db.execute("COMMIT")
            event.seq = int(seq)
        except BaseException:
            if self.db.conn.in_transaction:
                self.db.execute("ROLLBACK")
            raise

    def undo(self, seq: int, actor: Actor, reason: str) -> int:
        """Take an action back: rows it changed get their old values, rows it made become void.

        Numbers stay used. The undoing is an action with an event of its own.

        Returns:
            The sequence number of the undoing event.

        Raises:
            StorageFault: ``not_undoable`` if a row was changed since, or it is taken back already.
        """
        event = self.db.execute(
            "SELECT subject, subject_id, label, undoes FROM event WHERE seq = ?", [seq]
        ).fetchone()
        taken = self.db.execute("SELECT 1 FROM event WHERE undoes = ?", [seq]).fetchone()
        if event is None or event[3] is not None or taken is not None:
            raise StorageFault("not_undoable")
        draft = EventDraft("undo", event[0], event[1], event[2], reason, seq)
        changes = self.db.execute(
            "SELECT tbl, row_id, rev, before FROM event_change WHERE seq = ? ORDER BY id DESC",
            [seq],
        ).fetchall()
        newest: dict[tuple[str, int], int] = {}
        oldest: dict[tuple[str, int], str | None] = {}
        for table, row_id, rev, before in changes:
            newest.setdefault((table, row_id), rev)
            oldest[table, row_id] = before
        with self.action(draft, actor) as action:
            for (table, row_id), before in oldest.items():
                if table in KEPT:
                    continue
                if action.row(table, row_id)["rev"] != newest[table, row_id]:
                    raise StorageFault("not_undoable")
                if before is None:
                    action.update(table, row_id, void=1)
                else:
                    old = json.loads(before)
                    old.pop("id"), old.pop("rev")
                    action.update(table, row_id, **old)
        return draft.seq

    def close(self) -> None:
        """Write everything into the one file and let it go."""
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.db.close()
