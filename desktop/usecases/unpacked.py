"""What the one-file program unpacks to run (``_MEI…``), and what crashed runs of it left there.

A run holds a mark in its own folder locked, as long as it lives. A folder is swept away only if it
is ours, has been there for a while, and nobody holds it.
"""

import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from desktop.usecases.leftovers import lock

_PREFIX = "_MEI"
_MARK = "sunlight.running"
#: What only our own program unpacks.
_OURS = Path("resources") / "icons" / "sunlight.ico"
#: Seconds: a run that is starting has not marked its folder yet; one without a mark may be slow.
MARKED, UNMARKED = 600, 2 * 86_400
#: Windows refuses to delete these while a program runs from the folder.
_IN_USE = ("python3*.dll", "base_library.zip")


def hold(folder: Path) -> IO[bytes] | None:
    """Mark the folder that this run unpacked; keep what is returned as long as the run lasts."""
    if not folder.name.startswith(_PREFIX):
        return None
    with suppress(OSError):
        held = (folder / _MARK).open("wb")
        lock(held)
        return held
    return None


def sweep(temporary: Path, own: Path | None = None, now: float | None = None) -> list[Path]:
    """Remove what crashed runs left in the temporary folder; returns what is gone.

    Args:
        temporary: where the program unpacks itself.
        own: the folder of this run.
        now: the time, in seconds, as files have it.
    """
    moment = time.time() if now is None else now
    gone = []
    with suppress(OSError):
        for folder in sorted(temporary.glob(_PREFIX + "*")):
            if folder != own and _is_left(folder, moment):
                shutil.rmtree(folder, ignore_errors=True)
                if not folder.exists():
                    gone.append(folder)
    return gone


def _is_left(folder: Path, now: float) -> bool:
    mark = folder / _MARK
    try:
        if folder.is_symlink() or not folder.is_dir():
            return False
        marked = mark.is_file()
        age = now - folder.stat().st_mtime
        if not (marked or (folder / _OURS).is_file()) or age < (MARKED if marked else UNMARKED):
            return False
        if marked:
            with mark.open("r+b") as stream:
                lock(stream)
        for pattern in _IN_USE:
            for file in folder.glob(pattern):
                file.unlink()
    except OSError:  # somebody still runs from it, or it is not ours to touch
        return False
    return True
