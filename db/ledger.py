"""Writing: one clerk's action is one transaction and one event, with every row before and after."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from datetime import datetime
from functools import partial

from db import batches, bundles, chain, moment
from db.driver import Database, sqlite
from db.errors import StorageFault, storage_fault
from frozen import dataclass

Value = str | int | None
#: Told how far something long is, from 0 to 1; may raise to stop it.
Told = Callable[[float], None]

#: Tables that an undo leaves alone: a number once given stays given, and bundles hold images.
KEPT = frozenset({"number_series", "bundle"})

#: How much of an action's ending is done when what is derived from its rows is; the rest is the hash.
DERIVED = 0.8

#: Without this row the file is no office any more.
ROOT = ("profile", 1)


@dataclass(frozen=True, slots=True)
class Signer:
    """The user whose key signs the events: the clerk, the row of the key, its secret half."""

    clerk: int
    key_row: int
    signing: bytes = field(repr=False)

    def __repr__(self) -> str:
        """Never show a key."""
        return f"Signer({self.clerk})"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts and when (经办人与时间); ``doubtful``: the computer's clock is not to be believed."""

    clerk: int
    name: str
    at: datetime
    doubtful: bool = False


class StaleRecord(RuntimeError):
    """Raised when a record was changed since it was read."""


class Action:
    """The writes of one action, inside its transaction."""

    def __init__(
        self,
        db: Database,
        seq: int,
        may_number: Callable[[], None] | None = None,
        ending: Told | None = None,
    ) -> None:
        """Begin with nothing written.

        Args:
            db: inside a transaction.
            seq: the event.
            may_number: raises if no number may be given now.
            ending: told how far what follows on the writing is.
        """
        self._db, self._seq, self._may_number, self._ending = db, seq, may_number, ending
        self.changes: list[chain.Row] = []
        #: Whether whole tables were written too: then the changes are read where they are written.
        self.bulk = False
        #: The rows that were written so far, by table.
        self.written: dict[str, list[int]] = {}
        #: Those of them that were made by the batch, by table: the first and the last of each batch.
        self.batches: dict[str, list[tuple[int, int]]] = {}

    def ending(self, begin: float, end: float) -> Told:
        """Return what is told how far one part of the ending is, which goes from here to there."""
        ending = self._ending

        def told(share: float) -> None:
            if ending is not None:
                ending(begin + (end - begin) * share)

        return told

    @property
    def changed(self) -> int:
        """How many changes of rows were written."""
        if not self.bulk:
            return len(self.changes)
        sql = "SELECT count(*) FROM event_change WHERE seq = ?"
        return int(self._db.execute(sql, [self._seq]).fetchone()[0])

    def insert(self, table: str, **values: Value) -> int:
        """Insert a row and return its id."""
        row_id = int(values.pop("id", 0) or self._next_id(table))
        row = {**bundles.defaults(self._db, table), "id": row_id, "rev": 1, "void": 0, **values}
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
        return _row(self._db, table, row_id)

    def next_serial(self, series: str, year: int) -> int:
        """Take the next number of a series in a year; the series has no gap (编号连续)."""
        if self._may_number is not None:
            self._may_number()
        found = self._db.execute(
            "SELECT id, last FROM number_series WHERE series = ? AND year = ?", [series, year]
        ).fetchone()
        if found is None:
            self.insert("number_series", series=series, year=year, last=1)
            return 1
        self.update("number_series", int(found[0]), last=int(found[1]) + 1)
        return int(found[1]) + 1

    def insert_many(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]
    ) -> int:
        """Insert many new rows at once, each with its image; the first column is the id, rising."""
        self.bulk = True
        made, bundled = batches.insert_many(self._db, self._seq, table, columns, rows)
        self._keep_batch({table: made}, bundled)
        return len(made)

    @contextmanager
    def writing(self, tables: Mapping[str, Sequence[str]]) -> Iterator[batches.Batch]:
        """Insert many new rows of several tables, as ``batches.writing`` has it."""
        self.bulk = True
        with batches.writing(self._db, self._seq, tables) as batch:
            yield batch
        self._keep_batch(batch.made, batch.bundled)

    def _keep_batch(self, made: Mapping[str, list[int]], bundled: Iterable[bundles.Bundle]) -> None:
        for one in bundled:
            self.insert("bundle", **one.row())
        for table, ids in made.items():
            self.written.setdefault(table, []).extend(ids)
            if ids:
                self.batches.setdefault(table, []).append((ids[0], ids[-1]))

    def next_id(self, table: str) -> int:
        """Return the id that the next new row of a table gets."""
        return self._next_id(table)

    def next_serials(self, series: str, year: int, count: int) -> int:
        """Take several numbers of a series in a row; return the first of them."""
        first = self.next_serial(series, year)
        if count > 1:
            row_id, last = self._db.execute(
                "SELECT id, last FROM number_series WHERE series = ? AND year = ?", [series, year]
            ).fetchone()
            self.update("number_series", int(row_id), last=int(last) + count - 1)
        return first

    def void_many(self, undone: int) -> None:
        """Make void what an event made, when nothing of it was changed since."""
        self.bulk = True
        for table, rows in batches.void_many(self._db, self._seq, undone, KEPT).items():
            self.written.setdefault(table, []).extend(rows)

    def keep_file(self, sha256: str, pdf: bytes) -> None:
        """Keep a letter's bytes under their hash; the same bytes are kept once."""
        if self._may_number is not None:
            self._may_number()
        kept = self._db.execute("SELECT 1 FROM letter_file WHERE sha256 = ?", [sha256]).fetchone()
        if kept is None:
            self._db.execute("INSERT INTO letter_file (sha256, pdf) VALUES (?, ?)", [sha256, pdf])

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
        change = (table, row_id, rev, _json(before) if before else None, _json(after))
        known = self._db.execute(_IMAGE, [table, row_id, rev]).fetchone()
        if known is not None:  # from outside it was set back to what it was before later events
            raise StaleRecord(f"{table} {row_id}")
        self._db.execute(
            "INSERT INTO event_change (seq, tbl, row_id, rev, before, after) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [self._seq, *change],
        )
        self.changes.append(change)
        self.written.setdefault(table, []).append(row_id)


_IMAGE = "SELECT 1 FROM event_change WHERE tbl = ? AND row_id = ? AND rev = ?"


def _json(row: Mapping[str, Value]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _row(db: Database, table: str, row_id: int) -> dict[str, Value]:
    cursor = db.execute(f'SELECT * FROM "{table}" WHERE id = ?', [row_id])  # noqa: S608
    found = cursor.fetchone()
    if found is None:
        raise StaleRecord(f"{table} {row_id}")
    return dict(zip((c[0] for c in cursor.description), found, strict=True))


def _stands(now: Mapping[str, Value], after: str) -> bool:
    """Say whether a row says what an event wrote; what was done and taken back since is no matter.

    Nobody knows what it wrote (empty) where a bundle is lost.
    """
    left: dict[str, Value] = json.loads(after) if after else {}
    return bool(left) and all(
        name in now and now[name] == left[name] for name in left if name != "rev"
    )


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


_INSERT_EVENT = (
    f"INSERT INTO event ({', '.join(chain.EVENT)}, hash, signature) "  # noqa: S608 - our own names
    f"VALUES ({', '.join('?' * (len(chain.EVENT) + 2))})"
)

#: A later action on the same record that changed something and still stands.
_LATER = (
    "SELECT 1 FROM event e JOIN event l ON l.subject = e.subject AND l.subject_id = e.subject_id "
    "AND l.seq > e.seq AND l.undoes IS NULL "
    "WHERE e.seq = ? AND EXISTS (SELECT 1 FROM event_change c WHERE c.seq = l.seq) "
    "AND NOT EXISTS (SELECT 1 FROM event u WHERE u.undoes = l.seq)"
)
#: Which column of which table refers to which table.
_REFERENCES = (
    'SELECT m.name, f."from", f."table" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f '
    "WHERE m.type = 'table' AND m.name NOT LIKE 'event%'"
)
#: The columns that lead an index.
_LED = (
    "SELECT m.name, x.name FROM sqlite_schema m, pragma_index_list(m.name) i, "
    "pragma_index_info(i.name) x WHERE m.type = 'table' AND i.partial = 0 AND x.seqno = 0"
)
#: Whether later events made rows that refer to one: from those that refer to it, where an index
#: finds them, else from what the later events wrote. Either is short; the whole log is not.
_BY_ROW = (
    'SELECT 1 FROM "{0}" c CROSS JOIN event_change e ON e.tbl = :child AND e.row_id = c.id '
    'AND e.before IS NULL AND e.seq > :seq WHERE c."{1}" = :row AND c.void = 0'
)
_BY_EVENT = (
    'SELECT 1 FROM event_change e INDEXED BY event_change_seq CROSS JOIN "{0}" c ON c.id = e.row_id '
    "WHERE e.seq > :seq AND e.tbl = :child AND e.before IS NULL "
    'AND c."{1}" = :row AND c.void = 0'
)


class Ledger:
    """The office file as the use cases see it: reads by queries, writes only through actions."""

    def __init__(
        self,
        db: Database,
        signer: Signer | None = None,
        permit: Callable[[str], None] | None = None,
    ) -> None:
        """Take over the connection of this thread.

        Args:
            db: the open file.
            signer: whose key signs the events; nobody's if None.
            permit: asked before every action, by its name; raises if it is not permitted.
        """
        self.db, self._permit = db, permit
        self.signers = {} if signer is None else {signer.clerk: signer}
        #: Asked before every action with its event and who acts; raises if it must not be.
        self.stop: Callable[[EventDraft, Actor], None] | None = None
        #: Brings what is derived from the rows (search, clocks) up to date, in the transaction.
        self.derive: Callable[[Action, Actor], None] | None = None
        #: Told the event's number after each COMMIT (续写日志); must not raise.
        self.after_commit: Callable[[int], None] | None = None
        #: Asked with the time before a number or a letter is given; raises if the clock is doubtful.
        self.numbering: Callable[[datetime], None] | None = None
        #: Says of a time whether the event written at it shall be marked (时钟存疑).
        self.doubtful: Callable[[datetime], bool] | None = None

    @contextmanager
    def action(
        self, event: EventDraft, actor: Actor, ending: Told | None = None
    ) -> Iterator[Action]:
        """Run one action: everything inside is written together with its event, or not at all.

        The event is written last, so that the action can fill in its subject and label. ``ending``
        is told how far what follows on the writing is (search, clocks, the hash); what it raises
        takes everything back. With 1 it is told that nothing but the COMMIT is left.

        Raises:
            StorageFault: the disk is full, or the file can not be written or read.
            ValueError: the actor's key is not at hand, though keys are in use.
        """
        if self._permit is not None:
            self._permit(event.action)
        if self.stop is not None:
            self.stop(event, actor)
        if self.signers and actor.clerk not in self.signers:
            raise ValueError(f"no key of clerk {actor.clerk} to sign {event.action}")
        try:
            self.db.execute("BEGIN IMMEDIATE")
            last, previous = chain.head(self.db)
            may_number = partial(self._may_number, actor.at)
            action = Action(self.db, last + 1, may_number, ending)
            doubtful = self.doubtful is not None and self.doubtful(actor.at)
            yield action
            if self.derive is not None:
                self.derive(action, actor)
            who = replace(actor, doubtful=actor.doubtful or doubtful)
            self._write(last + 1, previous, event, who, action)
            action.ending(0, 1)(1)
            self.db.execute("COMMIT")
            event.seq = last + 1
        except BaseException as error:
            if self.db.conn.in_transaction:
                self.db.execute("ROLLBACK")
            known = storage_fault(error, "") if isinstance(error, sqlite.Error) else None
            if known is not None:
                raise known from error
            raise
        moment.relieve(self.db)
        if self.after_commit is not None:
            self.after_commit(event.seq)

    def _may_number(self, at: datetime) -> None:
        if self.numbering is not None:
            self.numbering(at)

    def _write(
        self,
        seq: int,
        previous: str,
        event: EventDraft,
        actor: Actor,
        action: Action,
    ) -> None:
        """Write the event with its hash over the one before, signed if there are keys."""
        signer = self.signers.get(actor.clerk)
        row: chain.Row = (
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
            None if signer is None else signer.key_row,
            int(actor.doubtful),
        )
        if action.bulk:
            digest = chain.link_written(self.db, previous, row, action.ending(DERIVED, 0.99))
        else:
            digest = chain.link(previous, row, action.changes)
        signature = "" if signer is None else chain.sign(signer.signing, digest)
        self.db.execute(_INSERT_EVENT, [*row, digest, signature])

    @contextmanager
    def many(self, event: EventDraft, actor: Actor, ending: Told | None = None) -> Iterator[Action]:
        """Run one action that writes very many rows; otherwise as ``action``."""
        with (
            batches.room(self.db),
            moment.put_off(self.db),
            self.action(event, actor, ending) as action,
        ):
            yield action

    def undo(self, seq: int, actor: Actor, reason: str, ending: Told | None = None) -> int:
        """Take an action back: rows it changed get their old values, rows it made become void.

        Numbers stay used. The undoing is an action with an event of its own. Only the last action
        on a record can be taken back, and only while nothing refers to what it wrote: evidence
        stays when the decision stands on it, a finding when a case was opened from it.

        Args:
            seq: the event of the action.
            actor: who takes it back.
            reason: why.
            ending: as of ``action``, when very many rows are taken back.

        Returns:
            The sequence number of the undoing event.

        Raises:
            StorageFault: ``not_undoable`` if something was built on it since, if it is taken back
                already, or if it changed nothing (a mere looking).
        """
        event = self.db.execute(
            "SELECT subject, subject_id, label, undoes, action FROM event WHERE seq = ?", [seq]
        ).fetchone()
        taken = self.db.execute("SELECT 1 FROM event WHERE undoes = ?", [seq]).fetchone()
        if event is None or event[3] is not None or taken is not None:
            raise StorageFault("not_undoable")
        if self._permit is not None:
            self._permit(event[4])
        draft = EventDraft("undo", event[0], event[1], event[2], reason, seq)
        if batches.all_new(self.db, seq):
            self._undo_many(seq, draft, actor, ending)
            return draft.seq
        newest, oldest = self._images(seq)
        if not oldest or oldest.get(ROOT, "") is None or self._built_upon(seq, oldest):
            raise StorageFault("not_undoable")
        try:
            with self.action(draft, actor) as action:
                for (table, row_id), before in oldest.items():
                    now = action.row(table, row_id)
                    if not _stands(now, newest[table, row_id]):
                        raise StorageFault("not_undoable")
                    old = {"void": 1} if before is None else json.loads(before)
                    values = {name: v for name, v in old.items() if name not in ("id", "rev")}
                    if not values.keys() <= now.keys():  # from before a change of shape
                        raise StorageFault("not_undoable")
                    action.update(table, row_id, **values)
        except sqlite.IntegrityError as error:  # its name or day was given anew since
            raise StorageFault("not_undoable") from error
        return draft.seq

    def may_undo(self, seq: int) -> bool:
        """Say whether an action can be taken back as the file stands now; nothing is written."""
        event = self.db.execute("SELECT undoes FROM event WHERE seq = ?", [seq]).fetchone()
        taken = self.db.execute("SELECT 1 FROM event WHERE undoes = ?", [seq]).fetchone()
        if event is None or event[0] is not None or taken is not None:
            return False
        newest, oldest = self._images(seq)
        if not oldest or oldest.get(ROOT, "") is None or self._built_upon(seq, oldest):
            return False
        return all(
            _stands(_row(self.db, table, row_id), after)
            for (table, row_id), after in newest.items()
        )

    def _images(
        self, seq: int
    ) -> tuple[dict[tuple[str, int], str], dict[tuple[str, int], str | None]]:
        """Return of each row that an event wrote how it left it (empty: that is lost), and before."""
        newest: dict[tuple[str, int], str] = {}
        oldest: dict[tuple[str, int], str | None] = {}
        reader = bundles.Reader(self.db)
        for table, row_id, before, after in self.db.execute(
            "SELECT tbl, row_id, before, after FROM event_change WHERE seq = ? ORDER BY id DESC",
            [seq],
        ).fetchall():
            if table not in KEPT:
                newest.setdefault((table, row_id), reader.known(table, row_id, after))
                oldest[table, row_id] = before
        return newest, oldest

    def _undo_many(self, seq: int, draft: EventDraft, actor: Actor, ending: Told | None) -> None:
        """Take back an event that only made rows, very many of them, by whole tables."""
        with batches.room(self.db):  # what is looked at now is read again when it is taken back
            later = self.db.execute(_LATER, [seq]).fetchone()
            if later is not None or self.built_upon(seq):
                raise StorageFault("not_undoable")
            with self.many(draft, actor, ending) as action:
                action.void_many(seq)

    def built_upon(self, seq: int) -> dict[str, list[int]]:
        """Return of the rows that an event made, by table, those that keep it from being taken back.

        They say something else since, or rows that stand refer to them and are not the event's own.
        What was done on them and taken back is no matter.
        """
        references = [
            (str(child), str(column), str(parent))
            for child, column, parent in self.db.execute(_REFERENCES).fetchall()
        ]
        made = batches.made(self.db, seq, KEPT)
        found = batches.referred_to(self.db, made, references)
        found |= {
            (table, row_id)
            for table, row_id, after in batches.touched(self.db, made)
            if not _stands(_row(self.db, table, row_id), after)
        }
        by_table: dict[str, list[int]] = {}
        for table, row_id in sorted(found):
            by_table.setdefault(table, []).append(row_id)
        return by_table

    def _built_upon(self, seq: int, rows: Iterable[tuple[str, int]]) -> bool:
        """Say whether a later action stands on the same record, or made rows that refer to these."""
        if self.db.execute(_LATER, [seq]).fetchone() is not None:
            return True
        led = {(str(table), str(column)) for table, column in self.db.execute(_LED).fetchall()}
        references: dict[str, list[tuple[str, str]]] = {}
        for child, column, parent in self.db.execute(_REFERENCES).fetchall():
            references.setdefault(parent, []).append((child, column))
        return any(
            self.db.execute(
                (_BY_ROW if (child, column) in led else _BY_EVENT).format(child, column),
                {"child": child, "seq": seq, "row": row_id},
            ).fetchone()
            for table, row_id in rows
            for child, column in references.get(table, ())
        )

    def close(self) -> None:
        """Write everything into the one file and let it go.

        If the disk has no room for that, what was written stays in the log file beside it; whoever
        opens the office reads both.
        """
        moment.end(self.db)  # nobody reads the file while it is written
        try:
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite.Error as error:
            if storage_fault(error, "") is None:
                raise
        finally:
            self.db.close()
