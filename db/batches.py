"""Many rows in one action: written and taken back by whole tables, with the same image of each.

The same as row by row, only quicker: every row still has its own line among the event's changes,
and where there are hundreds, their images lie together in bundles (``db.bundles``).
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from operator import ge
from typing import Self

from db import bundles, guards
from db.bundles import Bundle
from db.driver import Database
from frozen import dataclass

Value = str | int | None

#: Rows that go to the database at a time; those of a full portion get one bundle.
PORTION = bundles.SIZE
#: KiB of pages kept in memory meanwhile (a negative number says KiB).
_ROOM = -512 * 1024
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
    """Insert new rows, each with its image among the changes of an event.

    The guards of the two tables are down meanwhile, inside the transaction, so that nobody ever
    sees the file without them: instead of asking for each row whether it is written down, the
    database itself writes down every row as it stands, or names the bundle that was made of them.
    What the guards would have refused is refused here for the whole.

    Args:
        db: inside a transaction.
        seq: the event; none has this number yet, and it is the next one.
        table: where they go.
        columns: what the values are, beginning with ``id``; ``rev`` and ``void`` come by themselves.
        rows: the values, in the order of the columns; each id greater than the one before and than
            all that are there.

    Returns:
        Their ids, and the bundles, whose contents are kept already: the caller writes the bundles
        down as records of the same event, with the ids that follow those in the file.

    Raises:
        ValueError: an id is taken or out of order, or the event is not the next.
    """
    before = last = _last(db, table)
    if seq != int(db.execute(_NEXT_EVENT).fetchone()[0]):
        raise ValueError(f"event {seq} is not the next")
    writer = _Writer(db, seq, table, tuple(columns))
    made: list[int] = []
    flow = iter(rows)
    trigger, counted = _COUNTED.get(table, ("", ""))
    with (
        guards.lifted(db, f"guard_{table}_insert", "guard_event_change_insert", trigger),
        _Beside() as beside,
    ):
        while portion := list(islice(flow, PORTION)):
            ids = [int(row[0] or 0) for row in portion]
            if ids[0] <= last or any(map(ge, ids, ids[1:])):
                raise ValueError(f"{table}: ids out of order after {last}")
            last, after = ids[-1], last
            said = b""
            if len(ids) >= MANY and ids[-1] - ids[0] < len(ids):
                said = bundles.written(portion)
            if not 0 < len(said) <= bundles.LARGEST:  # few, with gaps, or far too long
                beside.do(partial(writer.write, portion, after))
            else:
                beside.do(partial(writer.write_bundle, said, portion[0], portion[-1]))
            made += ids
        beside.wait()
        if counted:
            db.execute(counted, [before])
    return made, writer.bundled


class _Beside:
    """Does one thing after another on a thread of its own, while the next one is made ready here.

    Whoever uses it asks the database nothing before ``wait``: the file is the other thread's then.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "batch")
        self._running: Future[None] | None = None
        self._turns = sys.getswitchinterval()

    def do(self, work: Callable[[], None]) -> None:
        """Begin with something when what was begun before is done."""
        self.wait()
        self._running = self._thread.submit(work)

    def wait(self) -> None:
        """Wait for what was begun; raise what it raised."""
        running, self._running = self._running, None
        if running is not None:
            running.result()

    def __enter__(self) -> Self:
        sys.setswitchinterval(_TURN)
        return self

    def __exit__(self, *_error: object) -> None:
        self._thread.shutdown()  # whatever happened, the file is free again
        sys.setswitchinterval(self._turns)


class _Writer:
    """Writes portions of new rows of one table, each with what is noted of them."""

    def __init__(self, db: Database, seq: int, table: str, columns: tuple[str, ...]) -> None:
        self._db, self._seq, self._table, self._columns = db, seq, table, columns
        self._number = _last(db, "bundle")
        rest = {key: v for key, v in bundles.defaults(db, table).items() if key not in columns}
        self._rest = {**rest, "rev": 1, "void": 0}
        self.bundled: list[Bundle] = []
        quoted = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" * len(columns))
        values = ", ".join(f"value ->> {at}" for at in range(len(columns)))
        into = f'INSERT INTO "{table}" ({quoted}, rev, void)'
        self._insert = f"{into} VALUES ({marks}, 1, 0)"
        self._insert_all = f"{into} SELECT {values}, 1, 0 FROM jsonb_each(?)"  # noqa: S608
        self._image = _note(table, _image(db, table))
        self._name = _note(table, ":name")

    def write(self, rows: Sequence[Sequence[Value]], after: int) -> None:
        """Write some rows, each with an image of its own."""
        self._db.conn.executemany(self._insert, rows)
        values = {"seq": self._seq, "after": after, "until": rows[-1][0]}
        self._noted(self._db.execute(self._image, values).rowcount, len(rows))

    def write_bundle(self, said: bytes, first: Sequence[Value], last: Sequence[Value]) -> None:
        """Write rows from the JSON that the bundle keeps, and name the bundle for each."""
        begin, end = int(first[0] or 0), int(last[0] or 0)
        made = self._db.execute(self._insert_all, [said.decode()]).rowcount
        sha256, content = bundles.packed(said)
        one = Bundle(self._table, begin, end, self._columns, self._rest, sha256)
        _see(self._db, one, first, last)
        self._db.execute("INSERT INTO bundle_file VALUES (?, ?)", [sha256, content])
        self.bundled.append(one)
        mark = f"{bundles.MARK}{self._number + len(self.bundled)}"
        values = {"seq": self._seq, "after": begin - 1, "until": end, "name": mark}
        self._noted(self._db.execute(self._name, values).rowcount, made)

    def _noted(self, noted: int, made: int) -> None:
        if noted != made:
            raise ValueError(f"{self._table}: {noted} notes for {made} rows")


def _see(db: Database, one: Bundle, *rows: Sequence[Value]) -> None:
    """See that a bundle says what the database made of the values, of some of its rows."""
    wanted = [*one.names, *one.rest]
    quoted = ", ".join(f'"{name}"' for name in wanted)
    for row in rows:
        made = db.execute(
            f'SELECT {quoted} FROM "{one.table}" WHERE id = ?',  # noqa: S608
            [row[0]],
        ).fetchone()
        if tuple(made) != (*row, *one.rest.values()):
            raise ValueError(f"{one.table} {row[0]} was not kept as it was said")


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
