"""Many rows in one action: written and taken back by whole tables, with the same image of each.

The same as row by row, only quicker: every row still has its own line among the event's changes,
and where there are hundreds, their images lie together in bundles (``db.bundles``).
"""

import json
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from operator import ge
from typing import NamedTuple, Self

from db import bundles, guards
from db.bundles import Bundle
from db.driver import Database
from frozen import dataclass

Value = str | int | None

#: Rows that go to the database at a time; those of a full portion get one bundle.
PORTION = bundles.SIZE
#: KiB of pages kept in memory meanwhile (a negative number says KiB).
_ROOM = -512 * 1024
#: Writings that may wait while the next rows are made ready, and bytes of JSON in one of them.
_AHEAD, _TOGETHER = 4, 8 << 20
#: Seconds for which a thread keeps the others from Python while two of them make and write rows: the
#: one that writes needs it often and never for long.
_TURN = 0.0005
#: From so many changes on an undoing goes by whole tables.
MANY = 500


@contextmanager
def room(db: Database) -> Iterator[None]:
    """Let the file's pages stay in memory while very many are written, so that each is so once."""
    usual = int(db.execute("PRAGMA cache_size").fetchone()[0])
    db.execute(f"PRAGMA cache_size = {_ROOM}")
    try:
        yield
    finally:
        db.execute(f"PRAGMA cache_size = {usual}")


def insert_many(
    db: Database, seq: int, table: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]
) -> tuple[list[int], list[Bundle]]:
    """Insert new rows of one table, each with its image among the changes of an event.

    Args:
        db: inside a transaction.
        seq: the event, as ``writing`` has it.
        table: where they go.
        columns: what the values are, beginning with ``id``.
        rows: the values, in the order of the columns.

    Returns:
        Their ids, and the bundles, as ``Batch`` has them.

    Raises:
        ValueError: as ``writing``.
    """
    flow = iter(rows)
    with writing(db, seq, {table: columns}) as batch:
        while portion := list(islice(flow, PORTION)):
            batch.add(table, portion)
    return batch.made[table], batch.bundled


@contextmanager
def writing(db: Database, seq: int, tables: Mapping[str, Sequence[str]]) -> "Iterator[Batch]":
    """Write new rows of some tables, each with its image among the changes of an event.

    The guards of the tables are down meanwhile, inside the transaction, so that nobody ever sees
    the file without them: instead of asking for each row whether it is written down, the database
    itself writes down every row as it stands, or names the bundle that was made of them. What the
    guards would have refused is refused here for the whole.

    Args:
        db: inside a transaction.
        seq: the event; none has this number yet, and it is the next one.
        tables: by table what the values are that come, beginning with ``id``; ``rev`` and ``void``
            come by themselves. What comes of the first table is written before the others, whose
            rows may refer to it.

    Raises:
        ValueError: the event is not the next; an id is taken or out of order.
    """
    before = {table: _last(db, table) for table in tables}
    if seq != int(db.execute(_NEXT_EVENT).fetchone()[0]):
        raise ValueError(f"event {seq} is not the next")
    counted = {table: _COUNTED[table] for table in tables if table in _COUNTED}
    with (
        guards.lifted(
            db,
            *(f"guard_{table}_insert" for table in tables),
            "guard_event_change_insert",
            *(trigger for trigger, _count in counted.values()),
        ),
        _Beside() as beside,
    ):
        batch = Batch(db, seq, tables, beside)
        yield batch
        batch.end()
        for table, (_trigger, count) in counted.items():
            db.execute(count, [before[table]])


class Batch:
    """Takes new rows and writes them in portions.

    ``made``: by table the ids; ``bundled``: the bundles, whose contents are kept already: the
    caller writes the bundles down as records of the same event, with the ids that follow those in
    the file.
    """

    def __init__(
        self, db: Database, seq: int, tables: Mapping[str, Sequence[str]], beside: "_Beside"
    ) -> None:
        """Begin with nothing written; as ``writing``, which alone makes one."""
        self._number = _last(db, "bundle")
        self._writers = {
            table: _Writer(db, seq, table, tuple(columns)) for table, columns in tables.items()
        }
        self._last = {table: _last(db, table) for table in tables}
        self._waiting: dict[str, list[Sequence[Value]]] = {table: [] for table in tables}
        self._first = next(iter(tables))
        self._beside = beside
        self.made: dict[str, list[int]] = {table: [] for table in tables}
        self.bundled: list[Bundle] = []

    def add(self, table: str, rows: Iterable[Sequence[Value]]) -> None:
        """Take rows, the values in the order of the columns; the more at a time, the quicker.

        Each id is greater than the one before and than all that were there.
        """
        waiting = self._waiting[table]
        waiting += rows
        whole = len(waiting) - len(waiting) % PORTION
        if whole and table != self._first:
            self._write(self._first)
        if whole:
            self._waiting[table] = waiting[whole:]
            del waiting[whole:]
            self._portions(table, waiting)

    def end(self) -> None:
        """Write what is left."""
        for table in self._waiting:
            self._write(table)
        self._beside.wait()
        for writer in self._writers.values():
            writer.end()

    def _write(self, table: str) -> None:
        rows = self._waiting[table]
        if rows:
            self._waiting[table] = []
            self._portions(table, rows)

    def _portions(self, table: str, rows: Sequence[Sequence[Value]]) -> None:
        ids, last = [int(row[0] or 0) for row in rows], self._last[table]
        if ids[0] <= last or any(map(ge, ids, ids[1:])):
            raise ValueError(f"{table}: ids out of order after {last}")
        self._last[table] = ids[-1]
        self.made[table] += ids
        writer, packed = self._writers[table], list[Packed]()
        for begin in range(0, len(rows), PORTION):
            portion, end = rows[begin : begin + PORTION], min(begin + PORTION, len(rows)) - 1
            one = None
            if len(portion) >= MANY and ids[end] - ids[begin] < len(portion):
                one = self._bundle(writer, portion)
            if one is None:  # few, with gaps, or far too long
                self._do(writer, packed)
                self._beside.do(partial(writer.write, portion, ids[begin] - 1))
                continue
            if packed and (
                (one.bundle.names, one.bundle.rest)
                != (packed[-1].bundle.names, packed[-1].bundle.rest)
                or sum(len(each.said) for each in packed) > _TOGETHER
            ):
                self._do(writer, packed)
            packed.append(one)
        self._do(writer, packed)

    def _bundle(self, writer: "_Writer", rows: Sequence[Sequence[Value]]) -> "Packed | None":
        """Make a bundle of rows: what is the same in all is in it once; None if it is too long."""
        columns = list(zip(*rows, strict=True))
        same = {
            name: values[0]
            for name, values in zip(writer.columns, columns, strict=True)
            if values[0] == values[-1] and values.count(values[0]) == len(values)
        }
        names = tuple(name for name in writer.columns if name not in same)
        differing = (v for n, v in zip(writer.columns, columns, strict=True) if n not in same)
        said = bundles.written(list(zip(*differing, strict=True)))
        if len(said) > bundles.LARGEST:
            return None
        sha256, content = bundles.packed(said)
        first, last = rows[0], rows[-1]
        one = Bundle(
            writer.table,
            int(first[0] or 0),
            int(last[0] or 0),
            names,
            {**writer.rest, **same},
            sha256,
        )
        self.bundled.append(one)
        mark = f"{bundles.MARK}{self._number + len(self.bundled)}"
        return Packed(one, mark, said, content, first, last)

    def _do(self, writer: "_Writer", packed: "list[Packed]") -> None:
        if packed:
            self._beside.do(partial(writer.write_bundles, tuple(packed)))
            packed.clear()


class Packed(NamedTuple):
    """A bundle that is to be written: how it is named, its rows as JSON and as they are kept."""

    bundle: Bundle
    mark: str
    said: bytes
    content: bytes
    first: Sequence[Value]
    last: Sequence[Value]


class _Beside:
    """Does one thing after another on a thread of its own, while the next are made ready here.

    Whoever uses it asks the database nothing before ``wait``: the file is the other thread's then.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "batch")
        self._running: deque[Future[None]] = deque()
        self._failed = False
        self._turns = sys.getswitchinterval()

    def do(self, work: Callable[[], None]) -> None:
        """Have something done when what was begun before is done; wait while too much is begun."""
        while len(self._running) >= _AHEAD:
            self._running.popleft().result()
        self._running.append(self._thread.submit(self._one, work))

    def _one(self, work: Callable[[], None]) -> None:
        """Do one thing, unless one before it failed: that may have ended the transaction."""
        if self._failed:
            return
        self._failed = True
        work()
        self._failed = False

    def wait(self) -> None:
        """Wait for what was begun; raise what it raised."""
        while self._running:
            self._running.popleft().result()

    def __enter__(self) -> Self:
        sys.setswitchinterval(_TURN)
        return self

    def __exit__(self, *_error: object) -> None:
        self._thread.shutdown(cancel_futures=True)  # whatever happened, the file is free again
        sys.setswitchinterval(self._turns)


class _Writer:
    """Writes portions of new rows of one table, each with what is noted of them."""

    def __init__(self, db: Database, seq: int, table: str, columns: tuple[str, ...]) -> None:
        self._db, self._seq, self.table, self.columns = db, seq, table, columns
        rest = {key: v for key, v in bundles.defaults(db, table).items() if key not in columns}
        self.rest = {**rest, "rev": 1, "void": 0}
        self._seen: list[Sequence[Value]] = []
        quoted = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" * len(columns))
        self._insert = f'INSERT INTO "{table}" ({quoted}, rev, void) VALUES ({marks}, 1, 0)'  # noqa: S608
        self._image = _note(table, _image(db, table))
        self._name = (
            "INSERT INTO event_change (seq, tbl, row_id, rev, before, after) "  # noqa: S608
            f"SELECT :seq, '{table}', t.id, t.rev, NULL, b.value ->> 2 FROM jsonb_each(:named) b "
            f'CROSS JOIN "{table}" t WHERE t.id BETWEEN b.value ->> 0 AND b.value ->> 1'
        )

    def write(self, rows: Sequence[Sequence[Value]], after: int) -> None:
        """Write some rows, each with an image of its own."""
        self._db.conn.executemany(self._insert, rows)
        values = {"seq": self._seq, "after": after, "until": rows[-1][0]}
        self._noted(self._db.execute(self._image, values).rowcount, len(rows))

    def write_bundles(self, packed: Sequence[Packed]) -> None:
        """Write rows from the JSON that the bundles keep, and name its bundle for each.

        The bundles have the same columns. All at once: two threads that take turns lose time with
        each statement.
        """
        like = packed[0].bundle
        quoted = ", ".join(f'"{name}"' for name in (*like.names, *like.rest))
        values = ", ".join(
            [*(f"v.value ->> {at}" for at in range(len(like.names))), *("?" for _name in like.rest)]
        )
        said = b"[%s]" % b",".join(each.said for each in packed)
        made = self._db.execute(
            f'INSERT INTO "{self.table}" ({quoted}) SELECT {values} '  # noqa: S608
            "FROM jsonb_each(CAST(? AS TEXT)) b CROSS JOIN jsonb_each(b.value) v",
            [*like.rest.values(), said],
        ).rowcount
        named = json.dumps([(one.bundle.first, one.bundle.last, one.mark) for one in packed])
        noted = self._db.execute(self._name, {"seq": self._seq, "named": named}).rowcount
        self._noted(noted, made)
        contents = [(one.bundle.sha256, one.content) for one in packed]
        self._db.conn.executemany("INSERT INTO bundle_file VALUES (?, ?)", contents)
        for one in packed:
            self._seen += (one.first, one.last)

    def end(self) -> None:
        """See that some rows of each bundle are kept as they were said."""
        wanted = [*self.columns, *self.rest]
        quoted = ", ".join(f'"{name}"' for name in wanted)
        ids = json.dumps([row[0] for row in self._seen])
        kept = self._db.execute(
            f'SELECT {quoted} FROM "{self.table}" '  # noqa: S608
            "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
            [ids],
        ).fetchall()
        rest = tuple(self.rest.values())
        if [tuple(row) for row in kept] != [(*row, *rest) for row in self._seen]:
            raise ValueError(f"{self.table}: some were not kept as it was said")

    def _noted(self, noted: int, made: int) -> None:
        if noted != made:
            raise ValueError(f"{self.table}: {noted} notes for {made} rows")


def _last(db: Database, table: str) -> int:
    return int(db.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"').fetchone()[0])  # noqa: S608


_TALLY = (
    "INSERT INTO complaint_tally "
    "SELECT CASE void WHEN 1 THEN 'void' ELSE state END, count(*) FROM complaint "
    "WHERE id > ? GROUP BY 1 ON CONFLICT (state) DO UPDATE SET n = n + excluded.n"
)
#: What a trigger of the shape counts row by row, counted at once: its name, and how.
_COUNTED = {"complaint": ("complaint_counted", _TALLY)}
_NEXT_EVENT = "SELECT coalesce(max(seq), 0) + 1 FROM event"


def _note(table: str, image: str) -> str:
    """Write the statement that notes rows as they stand, in the order of their ids."""
    return (
        "INSERT INTO event_change (seq, tbl, row_id, rev, before, after) "  # noqa: S608
        f"SELECT :seq, '{table}', t.id, t.rev, NULL, {image} FROM \"{table}\" t "
        "WHERE t.id > :after AND t.id <= :until ORDER BY t.id"
    )


def _image(db: Database, table: str) -> str:
    """Write what makes the image of a row: every column by the alphabet, as JSON."""
    names = sorted(guards.columns(db, table))
    return "json_object(" + ", ".join(f"'{name}', t.\"{name}\"" for name in names) + ")"


def all_new(db: Database, seq: int) -> bool:
    """Say whether an event made very many rows and changed none (but numbers, which stay)."""
    count, old = db.execute(
        "SELECT count(*), total(before IS NOT NULL AND tbl <> 'number_series') "
        "FROM event_change WHERE seq = ?",
        [seq],
    ).fetchone()
    return bool(count >= MANY and not old)


@dataclass(frozen=True, slots=True)
class Made:
    """What an event made: where its changes stand in the log, and by table the ids, from and to.

    The changes of an event stand in a row, so that a row is known to be its own without reading an
    image: those of a large import are as much as the register itself.
    """

    first: int
    last: int
    spans: dict[str, tuple[int, int]]


_OWN = (
    "EXISTS (SELECT 1 FROM event_change o WHERE o.tbl = :{0} AND o.row_id = {1} AND o.rev = 1 "
    "AND o.id BETWEEN :first AND :last)"
)


def made(db: Database, seq: int, kept: Iterable[str]) -> Made:
    """Return what an event made, but for the tables whose rows stay."""
    first, last = db.execute(
        "SELECT min(id), max(id) FROM event_change WHERE seq = ?", [seq]
    ).fetchone()
    found = db.execute(
        "SELECT tbl, min(row_id), max(row_id) FROM event_change "
        "WHERE rev = 1 AND +id BETWEEN ? AND ? GROUP BY tbl",  # + : the index alone says all this
        [first, last],
    ).fetchall()
    spans = {str(table): (int(low), int(high)) for table, low, high in found}
    return Made(first or 0, last or 0, {t: s for t, s in spans.items() if t not in set(kept)})


def touched(db: Database, of: Made) -> list[tuple[str, int, str]]:
    """Return the rows of an event that were written again later: table, id, and the first image.

    The image is empty where the bundle is lost that held it.
    """
    own, reader = _OWN.format("tbl", "e.row_id"), bundles.Reader(db)
    return [
        (table, int(row_id), reader.known(table, int(row_id), str(after)))
        for table, (low, high) in of.spans.items()
        for row_id, after in db.execute(
            "SELECT f.row_id, f.after FROM event_change f WHERE f.tbl = :tbl AND f.rev = 1 "  # noqa: S608
            "AND f.row_id IN (SELECT e.row_id FROM event_change e WHERE e.tbl = :tbl "
            f"AND e.row_id BETWEEN :low AND :high AND e.rev > 1 AND {own})",
            {"tbl": table, "low": low, "high": high, "first": of.first, "last": of.last},
        ).fetchall()
    ]


def referred_to(
    db: Database, of: Made, references: Iterable[tuple[str, str, str]]
) -> set[tuple[str, int]]:
    """Return the rows of an event, table and id, that standing rows of others refer to.

    Args:
        db: the open file.
        of: what the event made.
        references: child table, its column, parent table.
    """
    found: set[tuple[str, int]] = set()
    for child, column, parent in references:
        if parent not in of.spans:
            continue
        low, high = of.spans[parent]
        own, others = _OWN.format("parent", f'c."{column}"'), _OWN.format("child", "c.id")
        sql = (
            f'SELECT DISTINCT c."{column}" FROM "{child}" c '  # noqa: S608
            f'WHERE c."{column}" BETWEEN :low AND :high AND c.void = 0 AND {own} AND NOT {others}'
        )
        values = {"low": low, "high": high, "first": of.first, "last": of.last}
        rows = db.execute(sql, {**values, "parent": parent, "child": child}).fetchall()
        found |= {(parent, int(row_id)) for (row_id,) in rows}
    return found


def void_many(db: Database, seq: int, undone: int, kept: Iterable[str]) -> dict[str, list[int]]:
    """Make every row void that an event made; return their ids by table.

    Of a row that stands as its bundle has it, the bundle is named once more. The other images are
    taken from the rows as they stand: since the event they may have got columns, or something was
    done on them and taken back.

    The guards of the table are down meanwhile, as they are when many rows are made: a change is
    written for each row that is made void, and for no other.

    Args:
        db: inside a transaction.
        seq: the undoing event.
        undone: the event that made them; none of its rows says anything else since.
        kept: tables whose rows stay.
    """
    rows = "SELECT row_id FROM event_change WHERE seq = ? AND tbl = ?"
    found: dict[str, list[int]] = {}
    for table in sorted(made(db, undone, kept).spans):
        now = _image(db, table)
        as_bundled = f"t.rev = 1 AND {bundles.BUNDLED}"
        noted = db.execute(
            "INSERT INTO event_change (seq, tbl, row_id, rev, before, after) "  # noqa: S608
            f"SELECT ?, ?, t.id, t.rev + 1, CASE WHEN {as_bundled} THEN c.after ELSE {now} END, "
            f"CASE WHEN {as_bundled} THEN c.after || '{bundles.VOIDED}' "
            f"ELSE json_set({now}, '$.rev', t.rev + 1, '$.void', 1) END "
            f'FROM event_change c JOIN "{table}" t ON t.id = c.row_id '
            "WHERE c.seq = ? AND c.tbl = ? ORDER BY t.id DESC",
            [seq, table, undone, table],
        ).rowcount
        with guards.lifted(db, f"guard_{table}_update"):
            voided = db.execute(
                f'UPDATE "{table}" SET void = 1, rev = rev + 1 WHERE id IN ({rows})',  # noqa: S608
                [undone, table],
            ).rowcount
        found[table] = [int(row) for (row,) in db.execute(rows, [undone, table]).fetchall()]
        if not noted == voided == len(found[table]):
            raise ValueError(f"{table}: {noted} notes and {voided} rows of {len(found[table])}")
    return found
