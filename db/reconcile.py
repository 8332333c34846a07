"""Comparing the rows of an office file with the log: what was touched without an event."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from db import guards
from db.driver import Database

Value = str | int | float | bytes | None

#: Columns that a change of shape gave another name: images from before name the old one.
RENAMED: Mapping[str, Mapping[str, str]] = {"clerk": {"title": "role"}}


class Touched(StrEnum):
    """What was done to a row without an event."""

    CHANGED = "changed"  # it does not say what its last event wrote
    ADDED = "added"  # no event ever wrote it
    GONE = "gone"  # events wrote it, and it is not there
    SET_BACK = "set_back"  # it stands as it was before later events
    FILE_GONE = "file_gone"  # the bytes of a letter are not there


@dataclass(frozen=True, slots=True)
class TouchedRow:
    """A row that the log does not bear out; ``seq`` is the last event that wrote it (0: none).

    ``fields``: (column, as the log has it, as it stands).
    """

    touched: Touched
    table: str
    row_id: int
    seq: int = 0
    fields: tuple[tuple[str, Value, Value], ...] = ()


def reconcile(
    db: Database, progress: Callable[[int, int], None] | None = None
) -> tuple[TouchedRow, ...]:
    """Compare every table of records with the newest image that events wrote of its rows."""
    tables = guards.record_tables(db)
    found: list[TouchedRow] = []
    for n, table in enumerate(tables):
        if progress is not None:
            progress(n, len(tables))
        found += _changed(db, table)
        found += _gone(db, table)
    found += [
        TouchedRow(Touched.GONE, str(table), int(row), int(seq))
        for table, row, seq in db.execute(_OTHER_TABLES, [json.dumps(tables)]).fetchall()
    ]
    found += [
        TouchedRow(Touched.FILE_GONE, "letter", int(row))
        for (row,) in db.execute(_FILES).fetchall()
    ]
    return tuple(found)


#: Images of rows in tables that are not there.
_OTHER_TABLES = (
    "SELECT tbl, row_id, max(seq) FROM event_change "
    "WHERE tbl NOT IN (SELECT value FROM json_each(?)) GROUP BY tbl, row_id LIMIT 50"
)
_FILES = (
    "SELECT l.id FROM letter l WHERE l.sha256 <> '' "
    "AND NOT EXISTS (SELECT 1 FROM letter_file f WHERE f.sha256 = l.sha256)"
)


def _changed(db: Database, table: str) -> list[TouchedRow]:
    """Return the rows that differ from the image of their own revision, or have none."""
    info = db.execute('SELECT name, "notnull", dflt_value FROM pragma_table_info(?)', [table])
    columns = [(str(name), bool(strict), default) for name, strict, default in info.fetchall()]
    same = " AND ".join(_same(table, *column) for column in columns)
    names = ", ".join(f't."{name}"' for name, _strict, _default in columns)
    rows = db.execute(
        f'SELECT c.seq, c.after, t.id, {names} FROM "{table}" t LEFT JOIN event_change c '  # noqa: S608
        f"ON c.tbl = '{table}' AND c.row_id = t.id AND c.rev = t.rev "
        f"WHERE c.seq IS NULL OR NOT ({same})"
    ).fetchall()
    return [
        TouchedRow(Touched.ADDED, table, int(row[2]))
        if row[0] is None
        else TouchedRow(
            Touched.CHANGED, table, int(row[2]), int(row[0]), _fields(table, columns, row)
        )
        for row in rows
    ]


def _same(table: str, name: str, strict: bool, default: str | None) -> str:
    """Say in SQL that a row's column is as the image has it.

    An image from before the column was added stands for its default. A column that could not be
    added with a default came by rebuilding the table, and such an image says nothing of it.
    """
    former = RENAMED.get(table, {}).get(name)
    missing = f't."{name}" IS ({default})' if default is not None or not strict else "1"
    if former is not None:
        missing = f"c.after ->> '{former}' IS t.\"{name}\""
    return (
        f"CASE WHEN json_type(c.after, '$.{name}') IS NULL THEN {missing.replace('(None)', 'NULL')} "
        f"ELSE c.after ->> '{name}' IS t.\"{name}\" END"
    )


def _fields(
    table: str, columns: list[tuple[str, bool, str | None]], row: tuple[Value, ...]
) -> tuple[tuple[str, Value, Value], ...]:
    image = json.loads(str(row[1]))
    found = []
    for (name, _strict, _default), now in zip(columns, row[3:], strict=True):
        former = image.get(name, image.get(RENAMED.get(table, {}).get(name, name)))
        if former != now:
            found.append((name, former, now))
    return tuple(found)


def _gone(db: Database, table: str) -> list[TouchedRow]:
    """Return the rows that events wrote and that are gone, or stand at an older revision."""
    newest = "SELECT row_id, max(rev) AS rev FROM event_change WHERE tbl = ? GROUP BY row_id"
    rows = db.execute(
        f"SELECT n.row_id, t.id, "  # noqa: S608
        "(SELECT seq FROM event_change WHERE tbl = ? AND row_id = n.row_id AND rev = n.rev) "
        f'FROM ({newest}) n LEFT JOIN "{table}" t ON t.id = n.row_id '
        "WHERE t.id IS NULL OR t.rev < n.rev",
        [table, table],
    ).fetchall()
    return [
        TouchedRow(Touched.GONE if now is None else Touched.SET_BACK, table, int(row), int(seq))
        for row, now, seq in rows
    ]
