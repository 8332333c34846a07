"""Stand-ins (替补) for lost bundles: the rows as they stood when somebody took note of the loss.

What a lost bundle held nobody knows any more. Whoever takes note of it takes note of its rows as
they stand then: they are kept in a new bundle of the same rows, which the chain covers like any
other, and what is done to the rows afterwards is found by it. The lines of changes go on naming the
lost one.
"""

from typing import TYPE_CHECKING

from db import bundles, guards
from db.bundles import Bundle, BundleFault
from db.driver import Database

if TYPE_CHECKING:
    from db.ledger import Action

#: The action by which somebody takes note of what was found; no other writes a stand-in.
NOTING = "log.accept"

_WRITTEN = (
    "SELECT c.row_id FROM event_change c JOIN event e ON e.seq = c.seq "  # noqa: S608 - our own word
    f"WHERE c.tbl = 'bundle' AND c.rev = 1 AND e.action = '{NOTING}' "
    "AND json_valid(c.after)"
)
_SPAN = (
    "SELECT after ->> 'tbl', after ->> 'first', after ->> 'last' FROM event_change "
    "WHERE tbl = 'bundle' AND row_id = ? AND rev = 1 AND json_valid(after)"
)
_OF = (
    f"SELECT max(c.row_id) FROM ({_WRITTEN}) w "  # noqa: S608 - our own words
    "JOIN event_change c ON c.tbl = 'bundle' AND c.row_id = w.row_id AND c.rev = 1 "
    "WHERE c.row_id > :number AND c.after ->> 'tbl' = :table "
    "AND c.after ->> 'first' = :first AND c.after ->> 'last' = :last"
)
#: Bundles that the log has and the file has not, with their table.
_TAKEN_OUT = (
    "SELECT c.row_id, c.after ->> 'tbl' FROM event_change c WHERE c.tbl = 'bundle' AND c.rev = 1 "
    "AND json_valid(c.after) AND NOT EXISTS (SELECT 1 FROM bundle b WHERE b.id = c.row_id)"
)


def ids(db: Database) -> frozenset[int]:
    """Return the bundles that stand in for others; no line of changes names them."""
    return frozenset(int(row) for (row,) in db.execute(_WRITTEN).fetchall())


def taken_out(db: Database) -> dict[str, list[int]]:
    """Return the bundles that are not in the file any more, by the table of their rows."""
    found: dict[str, list[int]] = {}
    for number, table in db.execute(_TAKEN_OUT).fetchall():
        found.setdefault(str(table), []).append(int(number))
    return found


def of(db: Database, number: int) -> int | None:
    """Return the newest bundle that stands in for a lost one; None if there is none."""
    span = _span(db, number)
    if span is None:
        return None
    values = dict(zip(("table", "first", "last"), span, strict=True))
    found = db.execute(_OF, {"number": number, **values}).fetchone()[0]
    return None if found is None else int(found)


def image(db: Database, table: str, row_id: int, after: str) -> dict[str, bundles.Value] | None:
    """Return what stands in for the lost image that a line of changes names; None if nothing does."""
    try:
        named = bundles.ref(after)
        other = None if named is None else of(db, named.bundle)
        if named is None or other is None:
            return None
        line = f"{bundles.MARK}{other}{bundles.VOIDED if named.voided else ''}"
        return bundles.Reader(db).image(table, row_id, line)
    except BundleFault:
        return None


def write(action: "Action", db: Database, number: int) -> None:
    """Keep the rows of a lost bundle as they stand now; nothing where it is not lost after all.

    Args:
        action: the action by which somebody takes note of the loss.
        db: the file, inside the action's transaction.
        number: the bundle.
    """
    span = _span(db, number)
    if span is None or not _lost(db, number) or span[0] not in guards.record_tables(db):
        return
    table, first, last = span
    names = [name for name in guards.columns(db, table) if name not in ("rev", "void")]
    quoted = ", ".join(f't."{name}"' for name in names)
    stand = {
        int(row[0]): row[1:]
        for row in db.execute(
            f'SELECT t.id, {quoted} FROM "{table}" t WHERE t.id BETWEEN ? AND ?',  # noqa: S608
            [first, last],
        ).fetchall()
    }
    nothing = (None,) * len(names)  # a row that is gone is told by itself
    rows = [stand.get(row_id, nothing) for row_id in range(first, last + 1)]
    said = bundles.written(rows)
    if len(said) >= bundles.LARGEST:
        return
    sha256, content = bundles.packed(said)
    while (there := _kept(db, sha256)) is not None and there != content:
        said += b" "  # the same content lies there and is spoilt
        sha256, content = bundles.packed(said)
    if there is None:
        db.execute("INSERT INTO bundle_file VALUES (?, ?)", [sha256, content])
    one = Bundle(table, first, last, tuple(names), {"rev": 1, "void": 0}, sha256)
    action.insert("bundle", id=_next(db), **one.row())


def _span(db: Database, number: int) -> tuple[str, int, int] | None:
    """Return the table of a bundle, its first and its last row, as the log has them."""
    found = db.execute(_SPAN, [number]).fetchone()
    if found is None or not (isinstance(found[1], int) and isinstance(found[2], int)):
        return None
    return str(found[0]), found[1], found[2]


def _lost(db: Database, number: int) -> bool:
    row = db.execute("SELECT rev, void FROM bundle WHERE id = ?", [number]).fetchone()
    if row != (1, 0):
        return True
    try:
        bundles.Reader(db).content(number)
    except BundleFault:
        return True
    return False


def _kept(db: Database, sha256: str) -> bytes | None:
    """Return what is kept under a hash."""
    found = db.execute("SELECT content FROM bundle_file WHERE sha256 = ?", [sha256]).fetchone()
    return None if found is None else bytes(found[0])


def _next(db: Database) -> int:
    """Return a number that no bundle ever had, nor one that was taken out."""
    last = "SELECT max(coalesce(max(row_id), 0), (SELECT coalesce(max(id), 0) FROM bundle)) "
    return 1 + int(db.execute(last + "FROM event_change WHERE tbl = 'bundle'").fetchone()[0])
