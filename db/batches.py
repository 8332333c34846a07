"""Many rows in one action: written and taken back by whole tables, with the same image of each.

The same as row by row, only quicker: every row still has its own line among the event's changes.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from operator import ge

from db import guards
from db.driver import Database

Value = str | int | None

#: Rows that go to the database at a time.
PORTION = 5_000
#: KiB of pages kept in memory meanwhile (a negative number says KiB).
_ROOM = -512 * 1024
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
) -> list[int]:
    """Insert new rows, each with its image among the changes of an event; return their ids.

    The guards of the two tables are down meanwhile, inside the transaction, so that nobody ever
    sees the file without them: instead of asking for each row whether it is written down, the
    database itself writes down every row as it stands. What the guards would have refused is
    refused here for the whole.

    Args:
        db: inside a transaction.
        seq: the event; none has this number yet, and it is the next one.
        table: where they go.
        columns: what the values are, beginning with ``id``; ``rev`` and ``void`` come by themselves.
        rows: the values, in the order of the columns; each id greater than the one before and than
            all that are there.

    Raises:
        ValueError: an id is taken or out of order, or the event is not the next.
    """
    last = int(db.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"').fetchone()[0])  # noqa: S608
    if seq != int(db.execute(_NEXT_EVENT).fetchone()[0]):
        raise ValueError(f"event {seq} is not the next")
    quoted = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    insert = f'INSERT INTO "{table}" ({quoted}, rev, void) VALUES ({marks}, 1, 0)'  # noqa: S608
    note = _note(db, table)
    made: list[int] = []
    flow = iter(rows)
    before = last
    trigger, counted = _COUNTED.get(table, ("", ""))
    with guards.lifted(db, f"guard_{table}_insert", "guard_event_change_insert", trigger):
        while portion := list(islice(flow, PORTION)):
            ids = [int(row[0] or 0) for row in portion]
            if ids[0] <= last or any(map(ge, ids, ids[1:])):
                raise ValueError(f"{table}: ids out of order after {last}")
            db.conn.executemany(insert, portion)
            noted = db.execute(note, {"seq": seq, "after": last, "until": ids[-1]}).rowcount
            if noted != len(portion):
                raise ValueError(f"{table}: {noted} rows for {len(portion)}")
            last = ids[-1]
            made += ids
        if counted:
            db.execute(counted, [before])
    return made


_TALLY = (
    "INSERT INTO complaint_tally "
    "SELECT CASE void WHEN 1 THEN 'void' ELSE state END, count(*) FROM complaint "
    "WHERE id > ? GROUP BY 1 ON CONFLICT (state) DO UPDATE SET n = n + excluded.n"
)
#: What a trigger of the shape counts row by row, counted at once: its name, and how.
_COUNTED = {"complaint": ("complaint_counted", _TALLY)}
_NEXT_EVENT = "SELECT coalesce(max(seq), 0) + 1 FROM event"


def _note(db: Database, table: str) -> str:
    """Write the statement that notes rows as they stand: every column by the alphabet, as JSON."""
    names = sorted(guards.columns(db, table))
    image = ", ".join(f"'{name}', \"{name}\"" for name in names)
    return (
        "INSERT INTO event_change (seq, tbl, row_id, rev, before, after) "  # noqa: S608
        f"SELECT :seq, '{table}', id, rev, NULL, json_object({image}) FROM \"{table}\" "
        "WHERE id > :after AND id <= :until ORDER BY id"
    )


def all_new(db: Database, seq: int) -> bool:
    """Say whether an event made very many rows and changed none (but numbers, which stay)."""
    count, old = db.execute(
        "SELECT count(*), total(before IS NOT NULL AND tbl <> 'number_series') "
        "FROM event_change WHERE seq = ?",
        [seq],
    ).fetchone()
    return bool(count >= MANY and not old)


def _tables(db: Database, seq: int, kept: Iterable[str]) -> list[str]:
    found = db.execute("SELECT DISTINCT tbl FROM event_change WHERE seq = ?", [seq]).fetchall()
    return sorted({str(name) for (name,) in found} - set(kept))


def changed_since(db: Database, seq: int, kept: Iterable[str]) -> bool:
    """Say whether a row that an event made was changed afterwards."""
    return any(
        db.execute(
            f'SELECT 1 FROM event_change e JOIN "{table}" t ON t.id = e.row_id '  # noqa: S608
            "WHERE e.seq = ? AND e.tbl = ? AND t.rev <> e.rev LIMIT 1",
            [seq, table],
        ).fetchone()
        for table in _tables(db, seq, kept)
    )


def referred_to(
    db: Database, seq: int, kept: Iterable[str], references: Iterable[tuple[str, str, str]]
) -> bool:
    """Say whether later events made rows that stand and refer to rows of this event.

    Args:
        db: the open file.
        seq: the event.
        kept: tables that do not count.
        references: child table, its column, parent table.
    """
    made = set(_tables(db, seq, kept))
    return any(
        db.execute(
            f'SELECT 1 FROM event_change e JOIN "{child}" c ON c.id = e.row_id AND c.void = 0 '  # noqa: S608
            f'JOIN event_change p ON p.tbl = ? AND p.row_id = c."{column}" AND p.seq = ? '
            "WHERE e.seq > ? AND e.tbl = ? AND e.before IS NULL LIMIT 1",
            [parent, seq, seq, child],
        ).fetchone()
        for child, column, parent in references
        if parent in made
    )


def void_many(db: Database, seq: int, undone: int, kept: Iterable[str]) -> dict[str, list[int]]:
    """Make every row void that an event made; return their ids by table.

    Args:
        db: inside a transaction.
        seq: the undoing event.
        undone: the event that made them; none of its rows was changed since.
        kept: tables whose rows stay.
    """
    made: dict[str, list[int]] = {}
    for table in _tables(db, undone, kept):
        db.execute(
            "INSERT INTO event_change (seq, tbl, row_id, rev, before, after) "
            "SELECT ?, tbl, row_id, rev + 1, after, "
            "json_set(after, '$.rev', rev + 1, '$.void', 1) "
            "FROM event_change WHERE seq = ? AND tbl = ? ORDER BY id DESC",
            [seq, undone, table],
        )
        db.execute(
            f'UPDATE "{table}" SET void = 1, rev = rev + 1 WHERE id IN '  # noqa: S608
            "(SELECT row_id FROM event_change WHERE seq = ? AND tbl = ?)",
            [undone, table],
        )
        rows = "SELECT row_id FROM event_change WHERE seq = ? AND tbl = ?"
        made[table] = [int(row) for (row,) in db.execute(rows, [undone, table]).fetchall()]
    return made
