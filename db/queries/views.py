"""The views that users keep of the register; no records, so no events tell of them."""

from db.driver import Database


def views(db: Database, clerk: int) -> list[tuple[int, str]]:
    """Return the ids and boxes of a user's views, the oldest first."""
    sql = "SELECT id, box FROM saved_view WHERE clerk = ? ORDER BY id"
    return [(int(row[0]), str(row[1])) for row in db.execute(sql, [clerk]).fetchall()]


def keep(db: Database, clerk: int, box: str, old: int = 0) -> None:
    """Keep a view, in place of an old one if there is one."""
    if old:
        db.execute("UPDATE saved_view SET box = ? WHERE id = ? AND clerk = ?", [box, old, clerk])
    else:
        db.execute("INSERT INTO saved_view (clerk, box) VALUES (?, ?)", [clerk, box])


def drop(db: Database, clerk: int, view: int) -> None:
    """Forget a view of a user."""
    db.execute("DELETE FROM saved_view WHERE id = ? AND clerk = ?", [view, clerk])
