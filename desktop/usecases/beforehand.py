"""The backup of an office file before it is brought to a newer shape (升级前备份)."""

import os
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from db import backup
from db.backup import Note
from db.driver import Database, sqlite
from db.errors import StorageFault
from db.queries import letters as letter_queries
from desktop import __version__
from desktop.rules.backups import Reason

#: The office's setting that says in which folder its backups lie; beside the file if it is empty.
PLACE = "backup.place"


class Stage(StrEnum):
    """What is done with a file of an older shape before it can be worked with."""

    BACKUP = "backup"  # 备份；这时停止，文件没有改动
    CHECK = "check"  # 核对这份备份；这时停止也一样
    CHANGE = "change"  # 升级；不能停止


#: Told what is under way, how much of how much is done (0, 0: nobody knows); says whether to go on.
Told = Callable[[Stage, int, int], bool]


def place_of(path: Path, folder: str = "") -> Path:
    """Return the folder of an office file's backups: beside it, or in a chosen folder."""
    return (Path(folder) if folder else path.parent) / f"{path.stem}.backups"


def backup_of_older_shape(
    path: Path, key: bytes, told: Told | None = None
) -> Callable[[Database], None]:
    """Return what keeps a backup of a file in its older shape, dated as its last event.

    Raises:
        StorageFault: what it returns does: the backup can not be made; ``not_brought_up`` – it was
            stopped, and the file is as it was.
    """

    def keep(db: Database) -> None:
        try:
            folder = letter_queries.setting(db, PLACE) or ""
        except sqlite.OperationalError:  # the older shape has no settings
            folder = ""
        at = backup.any_head(db).at
        if at:  # without an event there is nothing in it yet
            note = Note(datetime.fromisoformat(at), Reason.MIGRATION.value, __version__)
            watched = None if told is None else _watched(path, told)
            try:
                backup.make(db, path, key, place_of(path, folder), note, watched)
            except StorageFault as error:
                if error.code == "interrupted":
                    raise StorageFault("not_brought_up", str(path)) from error
                raise
        if told is not None:
            told(Stage.CHANGE, 0, 0)

    return keep


def _watched(path: Path, told: Told) -> Callable[[Path, int], bool]:
    """Return what tells how far a backup is: half of it is writing, half is reading it back."""
    size = os.stat(path).st_size  # noqa: PTH116 - no more than its size

    def watched(file: Path, read: int) -> bool:
        # in kilobytes: a bar counts no further than two thousand million
        total = 2 * size // 1024 + 1
        if read < 0:
            written = min(os.stat(file).st_size, size)  # noqa: PTH116
            return told(Stage.BACKUP, written // 1024, total)
        return told(Stage.CHECK, (size + min(read, size)) // 1024, total)

    return watched
