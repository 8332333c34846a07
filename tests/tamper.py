"""What somebody does who has the file's key and another tool: write past the program."""

from collections.abc import Sequence

from db import guards
from db.driver import Database


def outside(db: Database, sql: str, values: Sequence[object] = ()) -> int:
    """Run a statement with the guards taken off; return how many rows it touched."""
    kept = guards.present(db)
    with db.atomic():
        for name in kept:
            db.execute(f'DROP TRIGGER "{name}"')
        touched = int(db.execute(sql, list(values)).rowcount)
        for text in kept.values():
            db.execute(text)
    return touched
