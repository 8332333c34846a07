"""Turning rows into records; every query goes through here."""

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from db.driver import Database, sqlite
from db.errors import storage_fault

T = TypeVar("T")


def rows(db: Database, record: type[T], sql: str, values: Sequence[object] = ()) -> list[T]:
    """Run a query and return its rows as records (dates read, 0/1 as truth).

    Raises:
        StorageFault: the file can not be read (damaged, gone with its drive).
    """
    try:
        cursor = db.execute(sql, list(values))
        names = [column[0] for column in cursor.description]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    except sqlite.Error as error:
        raise storage_fault(error, "") or error from error
    return msgspec.convert(found, list[record], strict=False)  # type: ignore[valid-type]


def learn(record: type) -> None:
    """Look at the fields of a record now, so that the first query for it need not."""
    msgspec.convert([], list[record], strict=False)  # type: ignore[valid-type]


def row(db: Database, record: type[T], sql: str, values: Sequence[object] = ()) -> T | None:
    """Run a query and return its first row as a record, or None."""
    found = rows(db, record, sql, values)
    return found[0] if found else None
