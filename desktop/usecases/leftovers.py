"""What a running program leaves on the disk beside the office file: its mark, and plain copies.

Both lie in the user's own data folder, never in the shared temporary one. The mark is a file held
locked as long as the program runs; who finds one that is not locked knows that the program ended
badly, and wipes what it left.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

_MARK = ".running"


class SessionFolder:
    """The folder of one run of the program with its mark; `begin` it, `end` it."""

    def __init__(self, root: Path) -> None:
        """`root` holds the folders and marks of all runs of this user."""
        self._root = root
        self._name = os.urandom(4).hex()
        self._mark: IO[bytes] | None = None
        self._count = 0

    @property
    def folder(self) -> Path:
        """Where the copies of this run lie."""
        return self._root / self._name

    def begin(self) -> bool:
        """Take up the mark and wipe what others left; say whether one of them ended badly."""
        crashed = sweep(self._root)
        self._root.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):  # a file system without rights is no reason not to start
            self._root.chmod(0o700)
        self._mark = (self._root / f"{self._name}{_MARK}").open("wb")
        _lock(self._mark)
        return crashed

    def put(self, content: bytes, suffix: str) -> Path:
        """Write a copy for another program to open; its name is a number.

        Raises:
            OSError: it can not be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):
            self.folder.chmod(0o700)
        self._count += 1
        path = self.folder / f"{self._count:03}{suffix}"
        path.write_bytes(content)
        return path

    def wipe(self) -> None:
        """Take every copy away, as far as no other program holds it open."""
        wipe(self.folder)

    def end(self) -> None:
        """The program ends as it should: the copies go, and the mark with them."""
        self.wipe()
        if self._mark is not None:
            self._mark.close()
            self._mark = None
            (self._root / f"{self._name}{_MARK}").unlink(missing_ok=True)


def sweep(root: Path) -> bool:
    """Wipe what runs that are over left behind; say whether one of them ended badly."""
    crashed = False
    running = set()
    for mark in root.glob(f"*{_MARK}"):
        if _is_held(mark):
            running.add(mark.name.removesuffix(_MARK))
            continue
        crashed = True
        with suppress(OSError):
            mark.unlink(missing_ok=True)
    for folder in root.glob("*/"):
        if folder.is_dir() and folder.name not in running:
            wipe(folder)
    return crashed


def wipe(folder: Path) -> None:
    """Overwrite and remove a folder's files, then the folder; what is held open stays.

    Overwriting is the best that can be done from here: a flash disk may keep old blocks.
    """
    if not folder.is_dir():
        return
    for file in folder.iterdir():
        with suppress(OSError):
            if file.is_file() and not file.is_symlink():
                with file.open("r+b") as stream:
                    left = file.stat().st_size
                    while left > 0:
                        left -= stream.write(bytes(min(left, 1 << 20)))
                    stream.flush()
                    os.fsync(stream.fileno())
            file.unlink()
    with suppress(OSError):
        folder.rmdir()


def _is_held(mark: Path) -> bool:
    """Whether the program that made a mark still runs: the system lets go of a dead one's lock."""
    try:
        with mark.open("r+b") as stream:
            _lock(stream)
    except OSError:
        return True
    return False


if sys.platform == "win32":
    import msvcrt

    def _lock(stream: IO[bytes]) -> None:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(stream: IO[bytes]) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
