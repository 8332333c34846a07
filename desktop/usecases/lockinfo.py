"""Who has an office file open (正在使用): a note beside it, for the message to the second program.

Only SQLite's own lock decides; the note is for people and may be stale or missing.
"""

import getpass
import json
import platform
from datetime import datetime
from pathlib import Path

from frozen import dataclass

_LARGEST = 4096


@dataclass(frozen=True, slots=True)
class Holder:
    """Who opened a file: the user, the account and the PC, and since when."""

    name: str
    account: str
    pc: str
    since: datetime


def note_path(path: Path) -> Path:
    """Return where the note lies."""
    return path.with_suffix(".lock")


def leave_note(path: Path, name: str) -> None:
    """Write who opened the file; that it can not be written is no reason not to work."""
    said = {"name": name, "account": _account(), "pc": platform.node()}
    try:
        note_path(path).write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    except OSError:
        return


def take_note(path: Path) -> None:
    """Remove the note when the file is closed."""
    try:
        note_path(path).unlink(missing_ok=True)
    except OSError:
        return


def holder(path: Path) -> Holder | None:
    """Return who has the file open, as the note says, or None."""
    note = note_path(path)
    try:
        since = datetime.fromtimestamp(note.stat().st_mtime)  # noqa: DTZ006 - the PC's own time
        with note.open("rb") as stream:
            said = json.loads(stream.read(_LARGEST))
        return Holder(str(said["name"]), str(said["account"]), str(said["pc"]), since)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
