"""Opening an office file: the one place where a connection is made and its settings are chosen."""

import os
import sqlite3
from pathlib import Path

from sqlite_utils import Database, Migrations

from db.errors import StorageFault, storage_fault
from db.migrations import OFFICE

#: Marks a file as an office file of this program ("SLED" in PRAGMA application_id).
APPLICATION_ID = 0x534C4544

_HEADER = b"SQLite format 3\x00"

_SETTINGS = (
    "locking_mode = EXCLUSIVE",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "secure_delete = ON",
    "cell_size_check = ON",
    "temp_store = MEMORY",
)


def create_office(path: Path) -> None:
    """Make a new, empty office file; nothing half-written remains if it fails.

    Raises:
        StorageFault: the file exists already, or the folder can not be written.
    """
    if path.exists():
        raise StorageFault("exists", str(path))
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        db = _connect(part)
        try:
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            _migrate(db, OFFICE)
        finally:
            db.close()
        os.replace(part, path)  # noqa: PTH105 - atomic on every system
    except OSError as error:
        _sweep(part)
        raise StorageFault("read_only", str(path)) from error
    except sqlite3.Error as error:
        _sweep(part)
        raise storage_fault(error, str(path)) or error from error


def _sweep(part: Path) -> None:
    """Remove what a failed creation left, as far as the folder allows it."""
    for leftover in (part, Path(f"{part}-wal"), Path(f"{part}-shm"), Path(f"{part}-journal")):
        try:
            leftover.unlink(missing_ok=True)
        except OSError:
            return


def open_office(path: Path, migrations: Migrations = OFFICE) -> Database:
    """Open an existing office file for this thread and bring it to the newest shape.

    Raises:
        StorageFault: missing, not an office file, written by a newer program, in use, read-only.
    """
    try:
        with path.open("rb") as file:
            header = file.read(len(_HEADER))
    except OSError as error:
        code = "missing" if not path.exists() else "unreadable"
        raise StorageFault(code, str(path)) from error
    if header != _HEADER:
        raise StorageFault("not_an_office", str(path))
    if not os.access(path, os.W_OK):
        raise StorageFault("read_only", str(path))
    db: Database | None = None
    try:
        db = _connect(path)
        _prepare(db, path, migrations)
    except (sqlite3.Error, StorageFault) as error:
        if db is not None:
            db.close()
        if isinstance(error, StorageFault):
            raise
        raise storage_fault(error, str(path)) or error from error
    return db


def _prepare(db: Database, path: Path, migrations: Migrations) -> None:
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StorageFault("not_an_office", str(path))
    newest = {m.name for m in migrations.pending(Database(memory=True))}
    if {m.name for m in migrations.applied(db)} - newest:
        raise StorageFault("too_new", str(path))
    if migrations.pending(db):
        _migrate(db, migrations)


def _migrate(db: Database, migrations: Migrations) -> None:
    """Apply pending steps with foreign keys off (a table rebuild must not cascade), then check."""
    db.execute("PRAGMA foreign_keys = OFF")
    migrations.apply(db)
    broken = db.execute("PRAGMA foreign_key_check").fetchall()
    db.execute("PRAGMA foreign_keys = ON")
    if broken:
        raise sqlite3.DatabaseError(f"malformed: {len(broken)} broken references")


def _connect(path: Path) -> Database:
    # isolation_level None: a transaction begins only where the ledger begins one, never by itself
    connection = sqlite3.connect(path, timeout=2, isolation_level=None)
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    return Database(connection, execute_plugins=False)
