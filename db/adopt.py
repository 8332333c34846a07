"""Taking over an office file of the first version, which was not encrypted: into an encrypted one."""

import json
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from db import chain, connect, guards, migrations
from db.driver import Database, sqlite
from db.errors import StorageFault, storage_fault

Value = str | int | None
#: Changes a row, or the image of one in the log, into what it shall be: table, row, its columns.
Reseal = Callable[[str, int, dict[str, Value]], Mapping[str, Value]]


def read_plain(path: Path, sql: str) -> list[tuple[object, ...]]:
    """Ask an office file that is not encrypted.

    Raises:
        StorageFault: it can not be read.
    """
    try:
        with closing(sqlite.connect(str(path), timeout=2, isolation_level=None)) as plain:
            return [tuple(row) for row in plain.execute(sql).fetchall()]
    except sqlite.Error as error:
        raise storage_fault(error, str(path)) or error from error


def copy_encrypted(path: Path, part: Path, key: bytes) -> None:
    """Copy a plain office file into a new encrypted one, whole; the plain one stays as it is.

    Raises:
        StorageFault: the file is in use or can not be read, or the folder can not be written.
    """
    try:
        with closing(sqlite.connect(str(path), timeout=2, isolation_level=None)) as plain:
            plain.execute("PRAGMA cipher_log_level = NONE")
            plain.execute(f"ATTACH DATABASE ? AS sealed KEY \"x'{key.hex()}'\"", [str(part)])
            plain.execute("SELECT sqlcipher_export('sealed')")
            plain.execute(f"PRAGMA sealed.application_id = {connect.APPLICATION_ID}")
            plain.execute("DETACH DATABASE sealed")
    except sqlite.Error as error:
        raise storage_fault(error, str(path)) or error from error


def bring_up(
    db: Database,
    tables: Mapping[str, str],
    reseal: Reseal,
    reseal_file: Callable[[str, bytes], bytes],
) -> None:
    """Give the encrypted copy today's shape, seal what is to be sealed, and begin its chain.

    Args:
        db: the copy.
        tables: the tables to be sealed, each with the SELECT of its rows (id first).
        reseal: gives the columns that change; asked for each row and each image in the log.
        reseal_file: gives the bytes of a letter as they are to be kept; asked by their hash.

    Raises:
        StorageFault: ``damaged`` – rows refer to rows that are not there.
    """
    db.execute("PRAGMA foreign_keys = OFF")
    migrations.OFFICE.apply(db)
    with db.atomic():
        for table, sql in tables.items():
            _seal_rows(db, table, sql, reseal)
            _seal_images(db, table, reseal)
        for sha256, pdf in db.execute("SELECT sha256, pdf FROM letter_file").fetchall():
            db.execute(
                "UPDATE letter_file SET pdf = ? WHERE sha256 = ?",
                [reseal_file(str(sha256), bytes(pdf)), sha256],
            )
        chain.begin(db)
    guards.install(db)
    if db.execute("PRAGMA foreign_key_check").fetchall():
        raise StorageFault("damaged")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("VACUUM")  # no page keeps a name as it stood before


def _seal_rows(db: Database, table: str, sql: str, reseal: Reseal) -> None:
    cursor = db.execute(sql)
    names = [str(column[0]) for column in cursor.description]
    for row in cursor.fetchall():
        values = dict(zip(names, row, strict=True))
        changed = reseal(table, int(row[0]), values)
        if changed:
            sets = ", ".join(f'"{name}" = ?' for name in changed)
            db.execute(
                f'UPDATE "{table}" SET {sets} WHERE id = ?',  # noqa: S608
                [*changed.values(), int(row[0])],
            )


def _seal_images(db: Database, table: str, reseal: Reseal) -> None:
    found = db.execute(
        "SELECT id, row_id, before, after FROM event_change WHERE tbl = ?", [table]
    ).fetchall()
    for image, row, *texts in found:
        before, after = (_image(table, int(row), text, reseal) for text in texts)
        db.execute(
            "UPDATE event_change SET before = ?, after = ? WHERE id = ?", [before, after, image]
        )


def _image(table: str, row: int, text: str | None, reseal: Reseal) -> str | None:
    if text is None:
        return None
    values = json.loads(text)
    values.update(reseal(table, row, values))
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
