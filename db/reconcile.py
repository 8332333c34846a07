"""Comparing the rows of an office file with the log: what was touched without an event."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from db import bundles, guards, standins
from db.bundles import BUNDLED, BundleFault
from db.driver import Database, sqlite

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
    BUNDLE_GONE = "bundle_gone"  # the images in a bundle are not there, or not what was written


@dataclass(frozen=True, slots=True)
class TouchedRow:
    """A row that the log does not bear out; ``seq`` is the last event that wrote it (0: none).

    ``fields``: (column, as the log has it, as it stands); the log has nothing (None) where it names a
    bundle that does not hold the row.
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
    own, out = standins.ids(db), standins.taken_out(db)
    for n, table in enumerate(tables):
        if progress is not None:
            progress(n, len(tables))
        changed = _changed(db, table)
        found += changed
        told = {one.row_id for one in changed}
        found += _bundled(db, table, told, own, out.get(table, ()))
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


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a table: its name, the name it had before, what stands for it where unsaid.

    ``default`` is empty where nothing is known of it.
    """

    name: str
    former: str
    default: str

    def image(self) -> str:
        """Say in SQL what the image ``c`` has of it; the row's own value where it says nothing."""
        said = f"c.after ->> '{self.name}'"
        unsaid = f"c.after ->> '{self.former}'" if self.former else self.default or self.own
        return (
            f"CASE WHEN json_type(c.after, '$.{self.name}') IS NULL THEN {unsaid} ELSE {said} END"
        )

    @property
    def own(self) -> str:
        """Say in SQL what the row itself has of it."""
        return f't."{self.name}"'


def _columns(db: Database, table: str) -> list[_Column]:
    """Return the columns of a table with what an image stands for that does not name them.

    An image from before a column was added stands for its default. A column that could not have
    been added came by rebuilding the table, and an older image says nothing of it. One that somebody
    lets the database reckon (``xinfo`` alone names it) is compared like the others.
    """
    info = db.execute('SELECT name, "notnull", dflt_value FROM pragma_table_xinfo(?)', [table])
    former = RENAMED.get(table, {})
    return [
        _Column(
            str(name),
            former.get(str(name), ""),
            f"({default})" if default is not None else "" if strict else "NULL",
        )
        for name, strict, default in info.fetchall()
    ]


def _as_written(columns: Sequence[_Column]) -> str:
    """Say in SQL how the image of a row ``t`` is written: every column by the alphabet, as JSON."""
    names = sorted(one.name for one in columns)
    return "json_object(" + ", ".join(f"'{name}', t.\"{name}\"" for name in names) + ")"


#: Compares sign by sign, whatever somebody made of the column.
_EXACTLY = "COLLATE BINARY IS"


def _changed(db: Database, table: str) -> list[TouchedRow]:
    """Return the rows that differ from the image of their own revision, or have none.

    Those whose images lie in bundles are looked at elsewhere, but for those that the bundle which
    is named does not hold. Mostly the image says the same sign by sign: only where it does not is
    it taken apart.
    """
    columns = _columns(db, table)
    parts = " AND ".join(f"{one.own} {_EXACTLY} {one.image()}" for one in columns)
    same = f"c.after IS {_as_written(columns)} OR ({parts})"
    images = ", ".join(f"CASE WHEN NOT {BUNDLED} THEN {one.image()} END" for one in columns)
    values = ", ".join(one.own for one in columns)
    rows = db.execute(
        f"SELECT t.id, c.seq, CASE WHEN {BUNDLED} THEN c.after END, {images}, {values} "  # noqa: S608
        f'FROM "{table}" t LEFT JOIN event_change c '
        f"ON c.tbl = '{table}' AND c.row_id = t.id AND c.rev = t.rev "
        f"WHERE c.seq IS NULL OR CASE WHEN {BUNDLED} THEN {_unheld(db, table)} ELSE NOT ({same}) END"
    ).fetchall()
    found = []
    for row_id, seq, ref, *both in rows:
        if seq is None:
            found.append(TouchedRow(Touched.ADDED, table, int(row_id)))
            continue
        if ref is not None and _was_held(db, table, int(row_id), str(ref)):
            continue  # the bundle itself is told
        was, now = both[: len(columns)], both[len(columns) :]
        pairs = zip(columns, was if ref is None else [None] * len(was), now, strict=True)
        fields = tuple((one.name, said, own) for one, said, own in pairs if said != own)
        found.append(TouchedRow(Touched.CHANGED, table, int(row_id), int(seq), fields))
    return found


#: Says in SQL that the bundle which the line ``c`` names is one of this table, with the row ``t``.
_HELD = (
    "EXISTS (SELECT 1 FROM bundle b WHERE b.id = CAST(substr(c.after, 2) AS INTEGER) "
    "AND b.tbl = c.tbl AND t.id BETWEEN b.first AND b.last)"
)
#: The same of what the log has of the bundle.
_WAS_HELD = (
    "SELECT 1 FROM event_change WHERE tbl = 'bundle' AND row_id = CAST(substr(:ref, 2) AS INTEGER) "
    "AND rev = 1 AND json_valid(after) AND after ->> 'tbl' = :table "
    "AND :row BETWEEN after ->> 'first' AND after ->> 'last'"
)


#: So many stretches of ids are written out.
_STRETCHES = 20


def _unheld(db: Database, table: str) -> str:
    """Say in SQL that the row ``t`` lies in no bundle that could be the one which is named.

    The bundles of a table mostly follow each other, so that a few stretches of ids say where none
    is; where they do not, each row is looked up.
    """
    spans: list[list[int]] = []
    for first, last in db.execute(
        "SELECT first, last FROM bundle WHERE tbl = ? ORDER BY first", [table]
    ).fetchall():
        if spans and first <= spans[-1][1] + 1:
            spans[-1][1] = max(spans[-1][1], last)
        else:
            spans.append([first, last])
    if len(spans) > _STRETCHES:
        return f"NOT {_HELD}"
    return " AND ".join(f"t.id NOT BETWEEN {a} AND {b}" for a, b in spans) or "1"


def _was_held(db: Database, table: str, row_id: int, ref: str) -> bool:
    """Say whether the log has a bundle with a row: then it is the bundle that was touched."""
    values = {"ref": ref, "table": table, "row": row_id}
    return db.execute(_WAS_HELD, values).fetchone() is not None


def _bundled(
    db: Database, table: str, told: Set[int], own: Set[int], out: Iterable[int]
) -> list[TouchedRow]:
    """Return the rows that differ from what a bundle has of them, and the bundles that are no more.

    The database compares a bundle's rows with its content; only one that differs is taken apart.
    A bundle that was written a second time is none: nobody ever does so. The rows of one that is
    lost are compared with what stands in for it, once somebody took note of the loss. ``told``:
    rows that are told already; ``own``: bundles that stand in for others; ``out``: those that are
    not in the file.
    """
    columns, reader = _columns(db, table), bundles.Reader(db)
    found: list[TouchedRow] = []
    lost = list(out)
    listed = db.execute("SELECT id, rev, void FROM bundle WHERE tbl = ?", [table]).fetchall()
    for number, rev, void in listed:
        try:
            if (rev, void) != (1, 0):
                raise BundleFault(f"bundle {number} was altered")
            ref = None if number in own else number
            odd = _odd(db, reader, columns, table, int(number), ref)
        except BundleFault:
            found.append(TouchedRow(Touched.BUNDLE_GONE, "bundle", int(number)))
            lost.append(int(number))
            continue
        found += _differing(db, reader, columns, table, [one for one in odd if one[0] not in told])
    for number in lost:
        other = standins.of(db, number) if number not in own else None
        try:
            odd = [] if other is None else _odd(db, reader, columns, table, other, number)
        except BundleFault:  # that is told as well
            continue
        mark = f"{bundles.MARK}{number}"
        said = {end: f"{bundles.MARK}{other}{end}" for end in ("", bundles.VOIDED)}
        instead = [
            (row_id, seq, said.get(after.removeprefix(mark), after))
            for row_id, seq, after in odd
            if row_id not in told
        ]
        found += _differing(db, reader, columns, table, instead)
    return found


#: A row, the event that wrote it last, and the line of changes of that.
_Odd = tuple[int, int, str]


def _odd(
    db: Database,
    reader: bundles.Reader,
    columns: Sequence[_Column],
    table: str,
    number: int,
    ref: int | None,
) -> list[_Odd]:
    """Return the rows that are not as a bundle has them, where a line of changes names ``ref``.

    With None nothing is compared: it is only looked whether the bundle is what was written.

    Raises:
        BundleFault: it is lost.
    """
    one, content = reader.content(number)
    if one.table != table:
        raise BundleFault(f"bundle {number} is one of {one.table}")
    if ref is None:
        return []
    sql = _DIFFERING.format(table=table, same=_same(columns, one))
    named = {"_content": content, "_first": one.first, "_ref": f"{bundles.MARK}{ref}"}
    try:
        odd = db.execute(sql, {**one.rest, **named}).fetchall()
    except sqlite.OperationalError as error:
        if "JSON" not in str(error):
            raise
        raise BundleFault(f"bundle {number} can not be read") from error
    return [(int(row_id), int(seq), str(after)) for row_id, seq, after in odd]


def _differing(
    db: Database,
    reader: bundles.Reader,
    columns: Sequence[_Column],
    table: str,
    odd: Sequence[_Odd],
) -> list[TouchedRow]:
    """Say of rows that are not as a bundle has them in what they differ."""
    values = ", ".join(one.own for one in columns)
    found = []
    for row_id, seq, after in odd:
        row = f'SELECT {values} FROM "{table}" t WHERE t.id = ?'  # noqa: S608
        now = db.execute(row, [row_id]).fetchone()
        try:
            fields = _fields(db, columns, reader.image(table, row_id, after), now)
        except BundleFault:  # so nobody knows what it said
            fields = tuple((one.name, None, own) for one, own in zip(columns, now, strict=True))
        if fields:
            found.append(TouchedRow(Touched.CHANGED, table, row_id, seq, fields))
    return found


#: The rows of a bundle that are not as it has them, or whose line of changes names another.
_DIFFERING = (
    "SELECT t.id, c.seq, c.after FROM jsonb_each(:_content) j "  # noqa: S608
    'CROSS JOIN "{table}" t ON t.id = :_first + j.key '
    "CROSS JOIN event_change c ON c.tbl = '{table}' AND c.row_id = t.id AND c.rev = t.rev "
    f"WHERE {BUNDLED} AND NOT ({{same}} AND CASE c.after WHEN :_ref THEN t.rev = 1 AND t.void = 0 "
    f"WHEN :_ref || '{bundles.VOIDED}' THEN t.rev = 2 AND t.void = 1 ELSE 0 END)"
)


def _same(columns: Sequence[_Column], one: bundles.Bundle) -> str:
    """Say in SQL that a row is as a bundle has it; false if that can not be said in short."""
    by_name = {column.name: column for column in columns}
    if not {*one.names, *one.rest} <= by_name.keys():
        return "0"
    said = {name: f"j.value ->> {at}" for at, name in enumerate(one.names)}
    said |= {name: f":{name}" for name in one.rest}
    parts = []
    for column in columns:
        if column.name in ("rev", "void"):
            continue
        if column.name in said:
            parts.append(f"{column.own} {_EXACTLY} {said[column.name]}")
        elif column.former or not column.default:
            return "0"
        else:
            parts.append(f"{column.own} {_EXACTLY} {column.default}")
    return " AND ".join(parts)


def _default(db: Database, column: _Column) -> Value:
    value: Value = db.execute(f"SELECT {column.default}").fetchone()[0]
    return value


def _fields(
    db: Database, columns: Sequence[_Column], image: Mapping[str, Value], now: Sequence[Value]
) -> tuple[tuple[str, Value, Value], ...]:
    """Return in which columns a row differs from an image: the column, as said, as it stands."""
    found = []
    for column, own in zip(columns, now, strict=True):
        if column.name in image:
            said = image[column.name]
        elif column.former in image:
            said = image[column.former]
        else:
            said = _default(db, column) if column.default else own
        if said != own:
            found.append((column.name, said, own))
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
