"""Files that must be on the disk before they count: hashing, copying, syncing; no database."""

import os
from collections.abc import Callable
from pathlib import Path

#: Marks a file as an office file of this program ("SLED" in PRAGMA application_id).
APPLICATION_ID = 0x534C4544
#: SQLCipher's page; a file that is no multiple of it was cut off.
PAGE = 4096

_BLOCK = 1 << 20

Step = Callable[[int, int], None]


def quiet(_done: int, _total: int) -> None:
    """Tell nobody how far a copy is."""


def sync_folder(folder: Path) -> None:
    """Make the names in a folder safe against a power cut, where the system knows such a thing."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Make a file's content safe against a power cut."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def write(path: Path, content: bytes) -> None:
    """Write a small file whole, or not at all."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)


def digest(path: Path, step: Step = quiet) -> str:
    """Return the SHA-256 of a file as it lies on the medium, not as it is remembered."""
    import hashlib

    found, done = hashlib.sha256(), 0
    with path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        forget = getattr(os, "posix_fadvise", None)
        if forget is not None:
            forget(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while block := stream.read(_BLOCK):
            found.update(block)
            done += len(block)
            step(done, size)
    return found.hexdigest()


def copy(source: Path, target: Path, step: Step = quiet) -> str:
    """Copy a file to a new name, synced before it bears it; return the SHA-256 of what was read."""
    part = target.with_name(target.name + ".part")
    import hashlib

    found, done = hashlib.sha256(), 0
    with source.open("rb") as reading, part.open("wb") as writing:
        size = os.fstat(reading.fileno()).st_size
        while block := reading.read(_BLOCK):
            found.update(block)
            writing.write(block)
            done += len(block)
            step(done, size)
        writing.flush()
        os.fsync(writing.fileno())
    part.replace(target)
    return found.hexdigest()
