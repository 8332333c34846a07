"""Opening an office file: the one place where a connection is made and its settings are chosen."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from db import guards, migrations
from db.driver import Database, sqlite
from db.errors import StorageFault, storage_fault
from db.files import APPLICATION_ID as APPLICATION_ID
from db.files import PAGE

if TYPE_CHECKING:
    from db.driver import Migrations

#: How a file begins that is not encrypted (an office file of the first shape, or anything else).
_PLAIN = b"SQLite format 3\x00"

#: The step from which on events are chained.
_CHAINED = "m0003_safekeeping"

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


def create_office(path: Path, key: bytes, fill: Callable[[Database], None] | None = None) -> None:
    """Make a new, encrypted office file; nothing half-written remains if it fails.

    Args:
        path: where it shall lie.
        key: the data key (32 bytes).
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
        db = _connect(part, key)
        try:
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            _migrate(db, migrations.OFFICE)
            if fill is not None:
                fill(db)
        finally:
            db.close()
        os.replace(part, path)  # noqa: PTH105 - atomic on every system
    except OSError as error:
        _sweep(part)
        raise StorageFault("read_only", str(path)) from error
    except sqlite.Error as error:
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


def open_office(
    path: Path,
    key: bytes,
    steps: "Migrations | None" = None,
    before: Callable[[Database], None] | None = None,
) -> Database:
    """Open an existing office file for this thread and bring it to the newest shape.

    Args:
        path: where it lies.
        key: the data key.
        steps: the steps to the newest shape, if not the program's own.
        before: keeps a backup; called before a file is brought to a newer shape, and only then.

    Raises:
        StorageFault: missing, not an office file of this key, not encrypted, written by a newer
            program, in use, read-only, cut off.
    """
    try:
        with path.open("rb") as file:
            header = file.read(len(_PLAIN))
            size = file.seek(0, os.SEEK_END)
        wal = Path(f"{path}-wal")
        interrupted = wal.exists() and wal.stat().st_size > 0  # SQLite mends this by itself
    except OSError as error:
        code = "unreadable" if os.path.lexists(path) else "missing"
        raise StorageFault(code, str(path)) from error
    if header == _PLAIN:
        raise StorageFault("not_encrypted", str(path))
    if size < PAGE and not interrupted:
        raise StorageFault("not_an_office", str(path))
    if size % PAGE and not interrupted:
        raise StorageFault("damaged", str(path))
    if not os.access(path, os.W_OK):
        raise StorageFault("read_only", str(path))
    db: Database | None = None
    try:
        db = _connect(path, key)
        if not interrupted and _cut_off(db, size):
            raise StorageFault("damaged", str(path))
        _prepare(db, path, steps, before)
    except (sqlite.Error, StorageFault) as error:
        if db is not None:
            db.close()
        if isinstance(error, StorageFault):
            raise
        raise storage_fault(error, str(path)) or error from error
    return db


def _cut_off(db: Database, size: int) -> bool:
    """Say whether a file is shorter than its own first page says (an interrupted copy)."""
    return size < int(db.execute("PRAGMA page_count").fetchone()[0]) * PAGE


def _prepare(
    db: Database,
    path: Path,
    steps: "Migrations | None",
    before: Callable[[Database], None] | None,
) -> None:
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StorageFault("not_an_office", str(path))
    newest = set(migrations.NAMES if steps is None else _names(steps))
    applied = _applied(db)
    if applied - newest:
        raise StorageFault("too_new", str(path))
    if newest - applied or guards.are_down(db):
        if applied and before is not None:
            before(db)
        _migrate(db, steps or migrations.OFFICE)


def _names(steps: "Migrations") -> list[str]:
    blank = Database(memory=True)
    found = [m.name for m in steps.pending(blank)]
    blank.close()
    return found


def _applied(db: Database) -> set[str]:
    """Return the steps that a file has, as sqlite-utils notes them."""
    noted = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '_sqlite_migrations'"
    if db.execute(noted).fetchone() is None:
        return set()
    sql = "SELECT name FROM _sqlite_migrations WHERE migration_set = 'office'"
    return {str(name) for (name,) in db.execute(sql).fetchall()}


def _migrate(db: Database, steps: "Migrations") -> None:
    """Apply pending steps with foreign keys off (a table rebuild must not cascade), then check.

    The guards are down meanwhile, and made anew for the tables as they are then.
    """
    from db import chain

    unchained = any(m.name == _CHAINED for m in steps.pending(db))
    db.execute("PRAGMA foreign_keys = OFF")
    guards.take_down(db)
    steps.apply(db)
    if unchained:
        with db.atomic():
            chain.begin(db)
    guards.install(db)
    broken = db.execute("PRAGMA foreign_key_check").fetchall()
    db.execute("PRAGMA foreign_keys = ON")
    if broken:
        raise sqlite.DatabaseError(f"malformed: {len(broken)} broken references")


def connect(path: Path, key: bytes) -> Database:
    """Open an encrypted file with the office's settings, without asking what it is."""
    return _connect(path, key)


def _connect(path: Path, key: bytes) -> Database:
    # isolation_level None: a transaction begins only where the ledger begins one, never by itself.
    # Another thread may stop a long statement; everything else stays on the thread that opened it.
    connection = sqlite.connect(str(path), timeout=2, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # a windowed program has no stderr
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
    except sqlite.Error:
        connection.close()
        raise
    return Database(connection, execute_plugins=False)
