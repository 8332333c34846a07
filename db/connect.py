"""Opening an office file: the one place where a connection is made and its settings are chosen."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database, Migrations

from db.errors import StorageFault, storage_fault
from db.migrations import OFFICE

#: Marks a file as an office file of this program ("SLED" in PRAGMA application_id).
APPLICATION_ID = 0x534C4544

_HEADER = b"SQLite format 3\x00"
_SIZES = slice(16, 32)  # page size and page count lie here in the header (fileformat2 1.3)

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


def create_office(path: Path, fill: Callable[[Database], None] | None = None) -> None:
    """Make a new office file; nothing half-written remains if it fails.

    Args:
        path: where it shall lie.
        fill: writes its first records, before the file gets its name.

    Raises:
        StorageFault: the file exists already, or the folder can not be written.
    """
    part = path.with_name(path.name + ".part")
    try:
        if path.exists() or path.is_symlink():
            raise StorageFault("exists", str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(part)
        db = _connect(part)
        try:
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            _migrate(db, OFFICE)
            if fill is not None:
                fill(db)
        finally:
            db.close()
        os.replace(part, path)  # noqa: PTH105 - atomic on every system
    except OSError as error:
        _sweep(part)
        raise StorageFault("read_only", str(path)) from error
    except sqlite3.Error as error:
        _sweep(part)
        raise storage_fault(error, str(path)) or error from error
    except BaseException:
        _sweep(part)
        raise


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
            header = file.read(100)
            size = file.seek(0, os.SEEK_END)
        wal = Path(f"{path}-wal")
        interrupted = wal.exists() and wal.stat().st_size > 0  # SQLite mends this by itself
    except OSError as error:
        code = "unreadable" if os.path.lexists(path) else "missing"
        raise StorageFault(code, str(path)) from error
    if not header.startswith(_HEADER):
        raise StorageFault("not_an_office", str(path))
    if not interrupted and _cut_off(header, size):
        raise StorageFault("damaged", str(path))
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


def _cut_off(header: bytes, size: int) -> bool:
    """Say whether a file is shorter than its own header says (an interrupted copy)."""
    numbers = header[_SIZES]
    page = int.from_bytes(numbers[0:2], "big")
    pages = int.from_bytes(numbers[12:16], "big")
    return size < pages * (65536 if page == 1 else page)


def _prepare(db: Database, path: Path, migrations: Migrations) -> None:
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StorageFault("not_an_office", str(path))
    blank = Database(memory=True)
    newest = {m.name for m in migrations.pending(blank)}
    blank.close()
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
    try:
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
    except sqlite3.Error:
        connection.close()
        raise
    return Database(connection, execute_plugins=False)
