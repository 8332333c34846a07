"""Backups (备份) of an office file: drawn, reopened and checked, and only then given their name.

A set is a folder with the office file, both copies of the key file and a manifest. The attachments
never change, so they are copied once into a folder of their own beside the sets. No clock, no rule.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from db import files, keys, moment
from db.driver import Database, sqlite
from db.errors import StorageFault, storage_fault
from frozen import dataclass

MANIFEST, BLOBS, JOURNALS = "manifest.json", "blobs", "journal"
#: Larger files do not go onto FAT32.
FAT_LIMIT = (1 << 32) - 1
#: Room that a backup leaves on its medium.
_ROOM = 20 << 20
#: Steps of SQLite's machine between two questions whether to stop: a few rows.
_ASKED_EVERY = 50
#: So many where nobody else waits for the file: it is asked often enough, and costs nothing.
_SELDOM = 5_000
_SIZES = ("page_count", "page_size")


@dataclass(frozen=True, slots=True)
class Head:
    """The last event of a file: number, hash, time; two files with the same one are the same."""

    seq: int
    hash: str
    at: str


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a set, by name, SHA-256 and size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Note:
    """What a manifest says of the making: when, why, by which version of the program."""

    made: datetime
    reason: str
    version: str


@dataclass(frozen=True, slots=True)
class BackupSet:
    """A backup that was reopened and checked when it was made."""

    folder: Path
    office: str
    ring: str
    note: Note
    head: Head
    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        """Return the bytes of its files together."""
        return sum(part.size for part in self.parts)

    @property
    def file(self) -> Path:
        """Return where its office file lies."""
        return self.folder / self.office


@dataclass(frozen=True, slots=True)
class Drawn:
    """A backup that is written and not yet checked: it does not count."""

    folder: Path
    path: Path
    note: Note
    head: Head


def head(db: Database) -> Head:
    """Return the last event of an open file."""
    found = db.execute("SELECT seq, hash, at FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(int(found[0]), str(found[1]), str(found[2])) if found else Head(0, "", "")


def any_head(db: Database) -> Head:
    """Return the last event of a file of any shape."""
    columns = {row[1] for row in db.execute("PRAGMA table_info(event)").fetchall()}
    if "hash" in columns:
        return head(db)
    found = db.execute("SELECT seq, at FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(int(found[0]), "", str(found[1])) if found else Head(0, "", "")


# ---- making ------------------------------------------------------------------------------------


def draw(
    db: Database,
    path: Path,
    place: Path,
    note: Note,
    stopped: Callable[[], bool] | None = None,
) -> Drawn:
    """Write a backup of an open office file with its own connection.

    Args:
        db: the open file.
        path: where it lies.
        place: the folder for backups.
        note: what its manifest will say.
        stopped: asked all the while; once it is true the drawing ends and nothing remains of it.

    Raises:
        StorageFault: ``backup_full``, ``backup_place`` – the place has no room or can not be
            written; ``interrupted``.
    """
    begun = begin(db, path, place, note)
    with _asking(db, stopped):
        return write(db, begun)


@contextmanager
def _asking(
    db: Database, stopped: Callable[[], bool] | None, every: int = _ASKED_EVERY
) -> Iterator[None]:
    """Ask all the while whether to stop; what is under way then ends as interrupted."""
    db.conn.set_progress_handler(stopped, every)
    try:
        yield
    finally:
        db.conn.set_progress_handler(None, _ASKED_EVERY)


def begin(db: Database, path: Path, place: Path, note: Note) -> Drawn:
    """Begin a backup: its folder, its keys, the event it will end with; ``write`` must follow.

    Args:
        db: the open file.
        path: where it lies.
        place: the folder for backups.
        note: what its manifest will say.

    Raises:
        StorageFault: ``backup_full``, ``backup_place``.
    """
    folder = _new_folder(place, note.made)
    with _discarding(folder):
        folder.mkdir(parents=True)
        pages, page = (int(db.execute(f"PRAGMA {n}").fetchone()[0]) for n in _SIZES)
        if shutil.disk_usage(folder).free < pages * page + _ROOM:
            raise StorageFault("backup_full", str(place))
        for source, name in _key_files(path):
            if source.exists():
                files.copy(source, folder / name)
        return Drawn(folder, path, note, any_head(db))


def write(db: Database, begun: Drawn) -> Drawn:
    """Write the office file of a backup that was begun.

    Args:
        db: the open file, or one who reads it as it stood when the backup was begun.
        begun: the backup.

    Raises:
        StorageFault: ``backup_full``, ``backup_place``, ``interrupted``.
    """
    with _discarding(begun.folder):
        db.execute("VACUUM INTO ?", [str(begun.folder / begun.path.name)])
    return begun


def write_beside(
    held: moment.Held,
    key: bytes,
    begun: Drawn,
    stopper: Callable[[Callable[[], None]], None] | None = None,
) -> Drawn:
    """Write the office file of a backup from the file as it is held, on whatever thread.

    Raises:
        StorageFault: see ``write``; ``interrupted`` too if the file is not held any more.
    """
    with _discarding(begun.folder), moment.beside(held, key, stopper) as db:
        db.execute("PRAGMA query_only = OFF")  # what is held was opened for reading only
        return write(db, begun)


@contextmanager
def _discarding(folder: Path) -> Iterator[None]:
    """Let nothing remain of a backup that can not be made."""
    try:
        yield
    except OSError as error:
        discard(folder)
        raise StorageFault("backup_place", str(folder.parent)) from error
    except sqlite.Error as error:
        discard(folder)
        raise _backup_fault(error, folder.parent) from error
    except BaseException:
        discard(folder)
        raise


def _key_files(path: Path) -> tuple[tuple[Path, str], ...]:
    first, second = keys.key_path(path), keys.spare_path(path)
    return (first, first.name), (second, second.name)


def _new_folder(place: Path, made: datetime) -> Path:
    stamp, n = f"{made:%Y-%m-%d_%H%M%S}", 1
    name = stamp
    while (place / name).exists() or (place / f"{name}.part").exists():
        n += 1
        name = f"{stamp}_{n}"
    return place / f"{name}.part"


def _backup_fault(error: sqlite.Error, place: Path) -> Exception:
    text = str(error)
    if "interrupted" in text:
        return StorageFault("interrupted", str(place))
    if "disk is full" in text or "disk I/O error" in text:
        return StorageFault("backup_full", str(place))
    if "unable to open" in text:
        return StorageFault("backup_place", str(place))
    return storage_fault(error, str(place)) or error


def discard(folder: Path) -> None:
    """Remove what was begun."""
    shutil.rmtree(folder, ignore_errors=True)


def finish(
    drawn: Drawn,
    key: bytes,
    step: files.Step = files.quiet,
    stopped: Callable[[], bool] | None = None,
) -> BackupSet:
    """Reopen what was drawn, check it, copy new attachments, and let it count; on any thread.

    Raises:
        StorageFault: ``backup_bad`` – it is not what was to be kept; ``backup_place``;
            ``interrupted``.
    """
    folder, name = drawn.folder, drawn.path.name
    try:
        files.sync_file(folder / name)
        if check(folder / name, key, stopped) != drawn.head:
            raise StorageFault("backup_bad", str(folder))
        copy_blobs(drawn.path.with_suffix(".files"), folder.parent / BLOBS)
        ring = keys.read_ring(folder / name).office
        parts = tuple(
            Part(one.name, files.digest(one, step), one.stat().st_size)
            for one in sorted(folder.iterdir())
        )
        final = folder.with_suffix("")
        made = BackupSet(final, name, ring, drawn.note, drawn.head, parts)
        _settle(made, folder)
    except OSError as error:
        discard(folder)
        raise StorageFault("backup_place", str(folder.parent)) from error
    except BaseException:
        discard(folder)
        raise
    return made


def _settle(made: BackupSet, folder: Path) -> None:
    """Write the manifest last and give the folder its name."""
    content = {
        "office": made.office,
        "ring": made.ring,
        "made": made.note.made.isoformat(timespec="seconds"),
        "reason": made.note.reason,
        "version": made.note.version,
        "event": asdict(made.head),
        "files": [asdict(part) for part in made.parts],
    }
    files.write(folder / MANIFEST, json.dumps(content, ensure_ascii=False, indent=1).encode())
    files.sync_folder(folder)
    folder.rename(made.folder)
    files.sync_folder(made.folder.parent)


def make(
    db: Database,
    path: Path,
    key: bytes,
    place: Path,
    note: Note,
    watched: Callable[[Path, int], bool] | None = None,
) -> BackupSet:
    """Make a backup in one go.

    Args:
        db: the open file.
        path: where it lies.
        key: the data key.
        place: the folder for backups.
        note: what its manifest will say.
        watched: asked all the while whether to go on, with the file that is being written and, when
            that is done, how many bytes of it were read back since (-1: it is still being written);
            once it says no, nothing remains of the backup.

    Raises:
        StorageFault: it could not be made, and does not count; ``interrupted``.
    """
    if watched is None:
        return finish(draw(db, path, place, note), key)
    begun = begin(db, path, place, note)
    file, read = begun.folder / begun.path.name, -1

    def stopped() -> bool:
        return not watched(file, read)

    def step(done: int, _total: int) -> None:
        nonlocal read
        read = max(read, done)  # the key files are read after it
        if not watched(file, read):
            raise StorageFault("interrupted", str(place))

    with _asking(db, stopped, _SELDOM):
        drawn = write(db, begun)
    read = 0
    return finish(drawn, key, step, stopped)


def check(file: Path, key: bytes, stopped: Callable[[], bool] | None = None) -> Head:
    """Open a copy without changing a byte of it, check every page, return its last event.

    Raises:
        StorageFault: ``backup_bad``; ``interrupted`` if it was stopped.
    """
    try:
        db = look(file, key)
        try:
            db.conn.set_progress_handler(stopped, _SELDOM)
            sound = db.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            whole = not db.execute("PRAGMA cipher_integrity_check").fetchall()
            if not sound or not whole:
                raise StorageFault("backup_bad", str(file))
            return any_head(db)
        finally:
            db.close()
    except (sqlite.Error, OSError) as error:
        code = (
            "interrupted" if stopped is not None and "interrupted" in str(error) else "backup_bad"
        )
        raise StorageFault(code, str(file)) from error


def look(file: Path, key: bytes) -> Database:
    """Open a file that nobody writes, for reading only; works on read-only media too."""
    connection = sqlite.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite.Error:
        connection.close()
        raise
    return Database(connection, execute_plugins=False)


# ---- what there is -----------------------------------------------------------------------------


def sets(place: Path) -> list[BackupSet]:
    """Return the sets of a place, newest first; what has no readable manifest does not count."""
    try:
        folders = [one for one in place.iterdir() if (one / MANIFEST).is_file()]
    except OSError:
        return []
    found = [made for one in folders if (made := _read(one)) is not None]
    return sorted(found, key=lambda one: (one.note.made, one.head.seq, one.folder), reverse=True)


def _read(folder: Path) -> BackupSet | None:
    if folder.suffix == ".part":
        return None
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
        note = Note(
            datetime.fromisoformat(found["made"]), str(found["reason"]), str(found["version"])
        )
        at = found["event"]
        return BackupSet(
            folder,
            Path(str(found["office"])).name,
            str(found["ring"]),
            note,
            Head(int(at["seq"]), str(at["hash"]), str(at["at"])),
            tuple(Part(Path(p["name"]).name, p["sha256"], int(p["size"])) for p in found["files"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def complete(made: BackupSet) -> bool:
    """Say at a glance whether every file of a set is there in its size."""
    try:
        return all((made.folder / p.name).stat().st_size == p.size for p in made.parts)
    except OSError:
        return False


def unspoilt(made: BackupSet, step: files.Step = files.quiet) -> bool:
    """Say whether every file of a set is byte for byte as its manifest says."""
    try:
        return all(files.digest(made.folder / p.name, step) == p.sha256 for p in made.parts)
    except OSError:
        return False


def remove(made: BackupSet) -> None:
    """Remove a set; from the first moment on it does not count any more."""
    gone = made.folder.with_name(made.folder.name + ".gone.part")
    try:
        made.folder.rename(gone)
    except OSError:
        return
    discard(gone)


def sweep(place: Path) -> None:
    """Remove what an interrupted making or removing left."""
    for leftover in place.glob("*.part"):
        if leftover.is_dir():
            discard(leftover)


# ---- copying elsewhere -------------------------------------------------------------------------


def copy_set(
    made: BackupSet, place: Path, fat: bool = False, step: files.Step = files.quiet
) -> BackupSet:
    """Copy a set to another medium and read it back from there; it counts only when it is the same.

    Args:
        made: the set.
        place: the folder for sets on the other medium.
        fat: whether that medium is FAT32, which takes no file of 4 GiB.
        step: told (done, total) in bytes of each file.

    Raises:
        StorageFault: ``fat_limit``, ``backup_full``, ``backup_place``, ``backup_bad``.
    """
    if fat and any(part.size > FAT_LIMIT for part in made.parts):
        raise StorageFault("fat_limit", str(place))
    folder = place / f"{made.folder.name}.part"
    final = place / made.folder.name
    try:
        if (found := _read(final)) is not None and found.parts == made.parts and unspoilt(found):
            return found
        place.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(place).free < made.size + _ROOM:
            raise StorageFault("backup_full", str(place))
        discard(folder)
        folder.mkdir()
        for part in made.parts:
            files.copy(made.folder / part.name, folder / part.name, step)
        if any(files.digest(folder / p.name, step) != p.sha256 for p in made.parts):
            raise StorageFault("backup_bad", str(place))
        copy_blobs(made.folder.parent / BLOBS, place / BLOBS)
        copied = BackupSet(final, made.office, made.ring, made.note, made.head, made.parts)
        if final.exists():
            remove(copied)
        _settle(copied, folder)
    except OSError as error:
        discard(folder)
        raise StorageFault("backup_place", str(place)) from error
    except BaseException:
        discard(folder)
        raise
    return copied


def copy_blobs(source: Path, target: Path, wanted: Callable[[str], bool] | None = None) -> int:
    """Copy the attachments that the target lacks, each checked after it was written.

    Raises:
        OSError: the target can not be written.
        StorageFault: ``backup_bad`` – one came out otherwise than it went in.
    """
    copied = 0
    for file in sorted(source.glob("??/*")):
        if file.suffix == ".part" or (wanted is not None and not wanted(file.name)):
            continue
        there = target / file.parent.name / file.name
        if there.exists() and there.stat().st_size == file.stat().st_size:
            continue
        there.parent.mkdir(parents=True, exist_ok=True)
        if files.copy(file, there) != files.digest(there):
            raise StorageFault("backup_bad", str(there))
        copied += 1
    return copied
