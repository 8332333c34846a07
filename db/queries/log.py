"""Reading the log of events (操作记录): its lines by filter, one event's changes, its anchors."""

import json
from collections.abc import Iterator, Sequence

from db import standins
from db.bundles import BUNDLED, BundleFault, Reader
from db.driver import Database
from db.queries.fetch import row, rows
from db.records import LogChange, LogCount, LogFilter, LogLine

_LINE = (
    "SELECT e.seq, e.at, e.clerk, e.clerk_name, e.action, e.subject, e.subject_id, e.label, "
    "e.reason, e.undoes, e.signer, e.doubtful, e.hash, e.signature, "
    "(SELECT u.seq FROM event u WHERE u.undoes = e.seq) AS undone_by FROM event e"
)
#: A column that is never true twice: whoever is undone is named by the one who undid it.
_UNDONE = "e.seq IN (SELECT undoes FROM event WHERE undoes IS NOT NULL)"
CHANGES = (
    "SELECT c.tbl, c.row_id, c.rev, c.before, c.after FROM event_change c "  # noqa: S608
    f"WHERE c.seq = ? AND c.tbl <> 'bundle' AND NOT {BUNDLED} ORDER BY c.id LIMIT ?"
)
CHANGED = (
    "SELECT tbl, count(*) FROM event_change WHERE seq = ? AND tbl <> 'bundle' "
    "GROUP BY tbl ORDER BY min(id)"
)
NEWEST_IMAGE = (
    "SELECT after FROM event_change WHERE tbl = ? AND row_id = ? ORDER BY rev DESC LIMIT 1"
)
BUNDLE_FILE = "SELECT content FROM bundle_file WHERE sha256 = ?"
CODES = "SELECT number, code FROM letter WHERE code LIKE 'SLED2|%' ORDER BY id"
ANCHORS = "SELECT label FROM event WHERE action = 'log.anchor' ORDER BY seq"
COUNT = (
    "SELECT count(*) AS events, coalesce(min(seq), 0) AS first, coalesce(max(seq), 0) AS last "
    "FROM event WHERE at >= ? AND at < ?"
)
NUMBERS = "SELECT number FROM {table} WHERE {day} >= ? AND {day} < ? ORDER BY id"
ACCEPTED = "SELECT label FROM event WHERE action = 'log.accept'"
KEY = "SELECT public, clerk FROM clerk_key WHERE id = ?"


def lines(db: Database, wanted: LogFilter, before: int, limit: int) -> list[LogLine]:
    """Return events that fit a filter, newest first, those before a number (0: from the newest)."""
    where, values = _where(wanted)
    if before:
        where.append("e.seq < ?")
        values.append(before)
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    sql = f"{_LINE}{condition} ORDER BY e.seq DESC LIMIT ?"
    return rows(db, LogLine, sql, [*values, limit])


def line(db: Database, seq: int) -> LogLine | None:
    """Return one event."""
    return row(db, LogLine, f"{_LINE} WHERE e.seq = ?", [seq])


def count(db: Database, wanted: LogFilter) -> int:
    """Return how many events fit a filter."""
    where, values = _where(wanted)
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    sql = f"SELECT count(*) FROM event e{condition}"  # noqa: S608 - our own conditions
    return int(db.execute(sql, values).fetchone()[0])


def _where(wanted: LogFilter) -> tuple[list[str], list[object]]:
    likely = wanted.record.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    parts: list[tuple[bool, str, list[object]]] = [
        (wanted.first is not None, "e.at >= ?", [str(wanted.first)]),
        (wanted.last is not None, "e.at < ?", [f"{wanted.last}T99"]),
        (wanted.clerk is not None, "e.clerk = ?", [wanted.clerk]),
        (
            bool(wanted.group),
            "(e.action = ? OR e.action LIKE ?)",
            [wanted.group, f"{wanted.group}.%"],
        ),
        (bool(wanted.record), "e.label LIKE ? ESCAPE '\\'", [f"%{likely}%"]),
        (wanted.reveals, "e.action IN ('complaint.reveal', 'complaint.search')", []),
        (wanted.undone, _UNDONE, []),
    ]
    return (
        [sql for on, sql, _ in parts if on],
        [value for on, _, values in parts if on for value in values],
    )


def changes(db: Database, seq: int, limit: int) -> list[LogChange]:
    """Return what an event changed, in the order it was written, so many rows at most.

    Rows whose images lie in bundles are not among them, nor are the bundles.
    """
    return rows(db, LogChange, CHANGES, [seq, limit])


def changed(db: Database, seq: int) -> dict[str, int]:
    """Return how many rows an event changed, by table."""
    return {str(table): int(count) for table, count in db.execute(CHANGED, [seq]).fetchall()}


def newest_image(db: Database, table: str, row_id: int) -> str | None:
    """Return the newest after-image of a row, as JSON; None if there is none, or it is lost.

    Of a lost one what stands in for it, once somebody took note of the loss.
    """
    found = db.execute(NEWEST_IMAGE, [table, row_id]).fetchone()
    try:
        return Reader(db).text(table, row_id, str(found[0])) if found else None
    except BundleFault:
        instead = standins.image(db, table, row_id, str(found[0]))
        return None if instead is None else json.dumps(instead, ensure_ascii=False)


def bundle_file(db: Database, sha256: str) -> bytes | None:
    """Return the content of a bundle, or None if it is gone."""
    found = db.execute(BUNDLE_FILE, [sha256]).fetchone()
    return bytes(found[0]) if found else None


def codes(db: Database) -> Iterator[tuple[str, str]]:
    """Yield the number and the code of every letter whose code names the chain's head."""
    for number, code in db.execute(CODES):
        yield str(number), str(code)


def anchor_labels(db: Database) -> list[str]:
    """Return what the events of printed monthly sheets say."""
    return [str(label) for (label,) in db.execute(ANCHORS).fetchall()]


def month(db: Database, first: str, end: str) -> LogCount:
    """Return how many events fall into a span of time, and the first and last of them."""
    found = row(db, LogCount, COUNT, [first, end])
    assert found is not None
    return found


def numbers(db: Database, table: str, day: str, first: str, end: str) -> list[str]:
    """Return the numbers that records of a span of time bear, in the order they were given."""
    sql = NUMBERS.format(table=table, day=day)
    return [str(number) for (number,) in db.execute(sql, [first, end]).fetchall()]


def accepted(db: Database) -> list[str]:
    """Return what the events say by which findings were taken note of."""
    return [str(label) for (label,) in db.execute(ACCEPTED).fetchall()]


def key(db: Database, key_row: int) -> tuple[str, int] | None:
    """Return a public key and whose it is."""
    found = db.execute(KEY, [key_row]).fetchone()
    return (str(found[0]), int(found[1])) if found else None


def parents(db: Database, table: str) -> dict[str, str]:
    """Return which column of a table refers to which table."""
    found = db.execute('SELECT "from", "table" FROM pragma_foreign_key_list(?)', [table])
    return {str(column): str(parent) for column, parent in found.fetchall()}


def record(db: Database, table: str, row_id: int) -> dict[str, object]:
    """Return a row of a table of records by column; empty if it is not there."""
    cursor = db.execute(f'SELECT * FROM "{table}" WHERE id = ?', [row_id])  # noqa: S608
    names: Sequence[str] = [column[0] for column in cursor.description]
    found = cursor.fetchone()
    return dict(zip(names, found, strict=True)) if found else {}
