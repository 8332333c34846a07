"""Restoring (恢复): a backup takes the place of an office file, which is moved aside, never written.

The exchange survives a power cut at any moment: the checked copies lie ready in a folder ``new``,
and as long as that folder exists the exchange is not finished and ``resume`` ends it.
"""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db import files
from db.errors import StorageFault
from db.keyring import key_path, spare_path

# `resume` is asked at every door, before anything of the cipher is loaded.
if TYPE_CHECKING:
    from db.backup import BackupSet, Head

READY = "new"


def replaced_folder(path: Path) -> Path:
    """Return where the files that were replaced lie."""
    return path.with_suffix(".replaced")


def restore(
    path: Path, made: "BackupSet", key: bytes, at: datetime, step: files.Step = files.quiet
) -> "Head":
    """Put a backup in the place of an office file that nobody has open.

    Args:
        path: the office file; it may be gone or spoilt.
        made: the backup.
        key: the data key.
        at: when, for the name of the folder of what was replaced.
        step: told (done, total) in bytes of each file.

    Returns:
        The last event of the restored file.

    Raises:
        StorageFault: ``backup_bad`` – nothing was touched then; ``read_only``.
    """
    ready = stage(path, made, key, at, step)
    exchange(path, ready)
    restore_blobs(made.folder.parent, path)
    return made.head


def stage(
    path: Path, made: "BackupSet", key: bytes, at: datetime, step: files.Step = files.quiet
) -> Path:
    """Lay a checked copy of a backup ready beside the office file.

    Raises:
        StorageFault: ``backup_bad``, ``read_only``.
    """
    from db import backup

    aside = _aside(path, at)
    part = aside / f"{READY}.part"
    try:
        part.mkdir(parents=True)
        for one in made.parts:
            name = _renamed(one.name, made, path)
            if files.copy(made.folder / one.name, part / name, step) != one.sha256:
                raise StorageFault("backup_bad", str(made.folder))
        if backup.check(part / path.name, key) != made.head:
            raise StorageFault("backup_bad", str(made.folder))
        return part
    except OSError as error:
        _drop_empty(aside, part)
        raise StorageFault("read_only", str(aside)) from error
    except BaseException:
        _drop_empty(aside, part)
        raise


def _drop_empty(aside: Path, part: Path) -> None:
    from db import backup

    backup.discard(part)
    for folder in (aside, aside.parent):
        try:
            folder.rmdir()
        except OSError:
            return


def _aside(path: Path, at: datetime) -> Path:
    stamp, n = f"{at:%Y-%m-%d_%H%M%S}", 1
    folder = replaced_folder(path) / stamp
    while folder.exists():
        n += 1
        folder = replaced_folder(path) / f"{stamp}_{n}"
    return folder


def _renamed(name: str, made: "BackupSet", path: Path) -> str:
    """The office file may bear another name now than when it was backed up."""
    source = Path(made.office)
    names = {
        made.office: path.name,
        key_path(source).name: key_path(path).name,
        spare_path(source).name: spare_path(path).name,
    }
    return names.get(name, name)


def exchange(path: Path, ready: Path) -> None:
    """Move the live files aside and what lies ready into their place."""
    files.sync_folder(ready)
    final = ready.with_name(READY)
    ready.rename(final)  # from here on the exchange is decided
    files.sync_folder(final.parent)
    _go_on(path, final)


def resume(path: Path) -> bool:
    """End an exchange that a power cut or a crash interrupted; called before every opening.

    Returns:
        Whether there was one.
    """
    found = sorted(replaced_folder(path).glob(f"*/{READY}"))
    for ready in found:
        _go_on(path, ready)
    return bool(found)


def _live(path: Path) -> tuple[Path, ...]:
    beside = tuple(Path(f"{path}{end}") for end in ("-wal", "-shm", "-journal"))
    return (path, *beside, key_path(path), spare_path(path))


def _go_on(path: Path, ready: Path) -> None:
    aside = ready.parent
    if (ready / path.name).exists():  # else the new office file is in its place already
        for old in _live(path):
            # A name that is aside already is that of the old file: what bears it now is new.
            if old.exists() and not (aside / old.name).exists() and not _is_new_key(old, ready):
                old.rename(aside / old.name)
        files.sync_folder(aside)
        for new in sorted(ready.iterdir(), key=lambda one: one.name == path.name):
            new.replace(path.with_name(new.name))
        files.sync_folder(path.parent)
    ready.rmdir()
    files.sync_folder(aside)


def _is_new_key(old: Path, ready: Path) -> bool:
    """A key file that left ``ready`` already is the new one, whether or not there was an old one."""
    return old.suffix in (".keys", ".keys2") and not (ready / old.name).exists()


def restore_blobs(place: Path, path: Path) -> int:
    """Put back attachments that the office's folder lacks, from a place of backups."""
    from db import backup

    try:
        return backup.copy_blobs(place / backup.BLOBS, path.with_suffix(".files"))
    except OSError as error:
        raise StorageFault("read_only", str(path.with_suffix(".files"))) from error
