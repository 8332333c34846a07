"""Whether an office file is sound: pages, log, chain, and every row as the log says."""

from pathlib import Path

from db import chain, guards
from db.bundles import Reader
from db.driver import Database


def unsound(db: Database) -> list[str]:
    """Name what is wrong with an open file; an empty list is as it should be."""
    found = []
    if db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
        found.append("quick_check")
    if db.execute("PRAGMA foreign_key_check").fetchone() is not None:
        found.append("broken reference")
    seqs = [row[0] for row in db.execute("SELECT seq FROM event ORDER BY seq").fetchall()]
    if seqs != list(range(1, len(seqs) + 1)):
        found.append("a gap among the events")
    stray = "SELECT 1 FROM event_change WHERE seq NOT IN (SELECT seq FROM event)"
    if db.execute(stray).fetchone() is not None:
        found.append("a change without its event")
    return found + _rows(db) + _chain(db)


def _rows(db: Database) -> list[str]:
    """Compare every row with its newest image in the log."""
    newest: dict[tuple[str, int], str] = {}
    for table, row_id, after in db.execute(
        "SELECT tbl, row_id, after FROM event_change ORDER BY rev"
    ).fetchall():
        newest[table, row_id] = after
    rows: dict[str, dict[int, dict[str, object]]] = {}
    for table in {table for table, _row in newest}:
        cursor = db.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in cursor.description]
        listed = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        rows[table] = {int(str(row["id"])): row for row in listed}
    found, reader = [], Reader(db)
    for (table, row_id), after in newest.items():
        row = rows[table].get(row_id)
        image = reader.image(table, row_id, after)
        if row is None or any(row[name] != value for name, value in image.items()):
            found.append(f"{table} {row_id} is not as the log says")
    return found


def _chain(db: Database) -> list[str]:
    """Ask the chain of events, its signatures and its guards."""
    found = [f"chain: {fault}" for fault in chain.verify(db).breaks]
    found += [f"signature: {fault}" for fault in chain.newest_authors(db)]
    missing = set(guards.expected(db)) - set(guards.present(db))
    return found + [f"guard {name} is missing" for name in sorted(missing)]


def lost_attachments(db: Database, path: Path) -> list[str]:
    """Name attachments whose file is not in the store."""
    store = path.with_suffix(".files")
    return [
        f"attachment {sha[:8]} lost"
        for (sha,) in db.execute("SELECT sha256 FROM attachment").fetchall()
        if not list(store.glob(f"{sha[:2]}/{sha}.*"))
    ]
