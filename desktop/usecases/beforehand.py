"""The backup of an office file before it is brought to a newer shape (升级前备份)."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from db import backup
from db.backup import Note
from db.driver import Database, sqlite
from db.queries import letters as letter_queries
from desktop import __version__
from desktop.rules.backups import Reason

#: The office's setting that says in which folder its backups lie; beside the file if it is empty.
PLACE = "backup.place"


def place_of(path: Path, folder: str = "") -> Path:
    """Return the folder of an office file's backups: beside it, or in a chosen folder."""
    return (Path(folder) if folder else path.parent) / f"{path.stem}.backups"


def backup_of_older_shape(path: Path, key: bytes) -> Callable[[Database], None]:
    """Return what keeps a backup of a file in its older shape, dated as its last event."""

    def keep(db: Database) -> None:
        try:
            folder = letter_queries.setting(db, PLACE) or ""
        except sqlite.OperationalError:  # the older shape has no settings
            folder = ""
        at = backup.any_head(db).at
        if at:  # without an event there is nothing in it yet
            note = Note(datetime.fromisoformat(at), Reason.MIGRATION.value, __version__)
            backup.make(db, path, key, place_of(path, folder), note)

    return keep
