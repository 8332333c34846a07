"""Triggers in the office file that refuse what is not written down: no change without its event.

They are pure SQL, made from the schema for every table of records (with id, rev and void), so that
a table that comes later is guarded too. They hinder mistakes of this program and of other tools;
who drops them is found at the next start, because the triggers are compared with what they should be
and the rows with the log.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum

from db.driver import Database
from frozen import dataclass

_PREFIX = "guard_"
#: In PRAGMA user_version while a change of shape has the guards down.
DOWN = 1
#: Tables that only grow, with what tells their rows apart.
_GROWING = {"letter_file": "sha256", "bundle_file": "sha256"}

_TABLES = (
    "SELECT t.name FROM pragma_table_list t WHERE t.schema = 'main' AND t.type = 'table' "
    "AND 3 = (SELECT count(*) FROM pragma_table_info(t.name) c WHERE c.name IN ('id','rev','void')) "
    "ORDER BY t.name"
)
_OPEN = "(SELECT coalesce(max(seq), 0) + 1 FROM event)"


def record_tables(db: Database) -> list[str]:
    """Return the tables of records: those whose rows have id, rev and void."""
    return [str(name) for (name,) in db.execute(_TABLES).fetchall()]


def columns(db: Database, table: str) -> list[str]:
    """Return the columns of a table in their order."""
    found = db.execute("SELECT name FROM pragma_table_info(?) ORDER BY cid", [table]).fetchall()
    return [str(name) for (name,) in found]


def expected(db: Database) -> dict[str, str]:
    """Return the guards that a file of this shape should have: name and text."""
    made = [*_of_log(), *_of_growing()]
    for table in record_tables(db):
        made += _of_records(table, columns(db, table))
    return {text.split('"')[1]: text for text in made}


def install(db: Database) -> None:
    """Put up the guards, all of them or none."""
    with db.atomic():
        for name in present(db):
            db.execute(f'DROP TRIGGER "{name}"')
        for text in expected(db).values():
            db.execute(text)
        db.execute("PRAGMA user_version = 0")


def mend(db: Database) -> None:
    """Make every trigger of a file anew, as its shape and its guards should be; others go."""
    with db.atomic():
        for name in triggers(db):
            db.execute(f'DROP TRIGGER "{name}"')
        for text in of_shape().values():
            db.execute(text)
        install(db)


def take_down(db: Database) -> None:
    """Take the guards down for a change of shape; the file remembers that they are to come back."""
    with db.atomic():
        for name in present(db):
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute(f"PRAGMA user_version = {DOWN}")


def are_down(db: Database) -> bool:
    """Say whether a change of shape was interrupted before the guards were back."""
    return int(db.execute("PRAGMA user_version").fetchone()[0]) == DOWN


@contextmanager
def lifted(db: Database, *names: str) -> Iterator[None]:
    """Let some triggers be down inside the running transaction, and put them up again as they were.

    The caller sees to it himself that nothing is written that they would refuse. Whatever ends the
    transaction early takes back that they were down.

    Raises:
        ValueError: there is no transaction.
    """
    if not db.conn.in_transaction:
        raise ValueError("guards are lifted inside a transaction only")
    down = {name: text for name, text in triggers(db).items() if name in names}
    for name in down:
        db.execute(f'DROP TRIGGER "{name}"')
    try:
        yield
    finally:
        if db.conn.in_transaction:
            for text in down.values():
                db.execute(text)


def present(db: Database) -> dict[str, str]:
    """Return the guards that a file has: name and text."""
    return {name: sql for name, sql in triggers(db).items() if name.startswith(_PREFIX)}


def of_shape() -> dict[str, str]:
    """Return the triggers that the shape of an office file itself brings, which are no guards."""
    from db import shape

    return dict(shape.expected().triggers)


def triggers(db: Database) -> dict[str, str]:
    """Return every trigger of a file: name and text."""
    found = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    return {str(name): str(sql) for name, sql in found}


class Guard(StrEnum):
    """What is wrong with a trigger."""

    MISSING = "guard_missing"
    ALTERED = "guard_altered"
    UNKNOWN = "guard_unknown"


@dataclass(frozen=True, slots=True)
class GuardFault:
    """A trigger that is not as it should be, of which table, and its text as found."""

    guard: Guard
    name: str
    table: str
    text: str = ""


def compare(db: Database, others: dict[str, str]) -> tuple[GuardFault, ...]:
    """Compare the triggers of a file with what they should be.

    Args:
        db: the file.
        others: the triggers that belong to the shape of the file and are no guards.
    """
    wanted, found = {**others, **expected(db)}, triggers(db)
    faults = [GuardFault(Guard.MISSING, n, table_of(wanted[n])) for n in wanted if n not in found]
    faults += [
        GuardFault(Guard.ALTERED if name in wanted else Guard.UNKNOWN, name, table_of(sql), sql)
        for name, sql in found.items()
        if wanted.get(name) != sql
    ]
    return tuple(faults)


def table_of(sql: str) -> str:
    """Return the table that a trigger belongs to, from its text."""
    words = sql.replace('"', " ").split()
    return words[words.index("ON") + 1] if "ON" in words else ""


# ---- the texts ---------------------------------------------------------------------------------


def _trigger(name: str, when: str, table: str, *refusals: tuple[str, str]) -> str:
    """Write a trigger that refuses a write for any of (why, condition)."""
    body = "\n".join(
        f"  SELECT RAISE(ABORT, 'guard: {table}: {why}') WHERE {condition};"
        for why, condition in refusals
    )
    return f'CREATE TRIGGER "{_PREFIX}{name}" BEFORE {when} ON "{table}"\nBEGIN\n{body}\nEND'


def _of_records(table: str, names: Sequence[str]) -> list[str]:
    same = " AND ".join(f"c.after ->> '{name}' IS new.\"{name}\"" for name in names)
    written = (
        "SELECT 1 FROM event_change c "  # noqa: S608 - from the schema
        f"WHERE c.tbl = '{table}' AND c.row_id = new.id AND c.rev = new.rev "
        f"AND c.seq = {_OPEN} AND {same}"
    )
    unnoted = ("no event", f"NOT EXISTS ({written})")
    there = f'EXISTS (SELECT 1 FROM "{table}" WHERE id = new.id)'  # noqa: S608 - from the schema
    return [
        _trigger(
            f"{table}_insert",
            "INSERT",
            table,
            ("there already", there),
            ("revision", "new.rev IS NOT 1"),
            unnoted,
        ),
        _trigger(
            f"{table}_update",
            "UPDATE",
            table,
            ("revision", "new.id IS NOT old.id OR new.rev IS NOT old.rev + 1"),
            unnoted,
        ),
        _trigger(f"{table}_delete", "DELETE", table, ("never deleted", "1")),
    ]


def _of_log() -> list[str]:
    taken = (
        "EXISTS (SELECT 1 FROM event_change WHERE id = new.id OR "
        "(tbl = new.tbl AND row_id = new.row_id AND rev = new.rev))"
    )
    return [
        _trigger(
            "event_insert",
            "INSERT",
            "event",
            ("not the next number", f"new.seq IS NOT {_OPEN}"),
            ("no hash", "length(new.hash) IS NOT 64"),
        ),
        _trigger(
            "event_change_insert",
            "INSERT",
            "event_change",
            ("its event is closed", f"new.seq IS NOT {_OPEN}"),
            ("there already", taken),
        ),
        *_kept("event"),
        *_kept("event_change"),
    ]


def _of_growing() -> list[str]:
    made = []
    for table, key in _GROWING.items():
        there = f'EXISTS (SELECT 1 FROM "{table}" WHERE "{key}" = new."{key}")'  # noqa: S608
        made.append(_trigger(f"{table}_insert", "INSERT", table, ("there already", there)))
        made += _kept(table)
    return made


def _kept(table: str) -> list[str]:
    return [
        _trigger(f"{table}_update", "UPDATE", table, ("never changed", "1")),
        _trigger(f"{table}_delete", "DELETE", table, ("never deleted", "1")),
    ]
