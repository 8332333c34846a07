"""The schema on paper: db/schema.sql, written from what the migrations make, to be read and compared.

``python -m db.schema`` writes it anew after a migration was added.

One table in it is read by nothing any more: ``calendar_day`` (m0006), from which the clocks were once
counted inside the database; files of that time still hold its days. A landed migration is not
changed, and one that only dropped it would shut older programs out of every file.
"""

from pathlib import Path

from db.driver import Database
from db.migrations import OFFICE

SCHEMA = Path(__file__).with_name("schema.sql")

_HEAD = "-- Written by python -m db.schema from the migrations; not run by the program.\n"


def schema_text(db: Database) -> str:
    """Return the statements that made a file's tables and indexes, in the order of their making."""
    made = db.execute(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
        "AND tbl_name NOT LIKE '_sqlite_migrations%' AND name NOT LIKE 'guard%' "
        "AND tbl_name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') "
        "ORDER BY rowid"
    ).fetchall()
    return _HEAD + "".join(f"\n{sql};\n" for (sql,) in made)


def write_schema() -> None:
    """Write db/schema.sql from a new, empty database."""
    db = Database(memory=True)
    OFFICE.apply(db)
    SCHEMA.write_text(schema_text(db), encoding="utf-8", newline="\n")
    db.close()


if __name__ == "__main__":
    write_schema()
