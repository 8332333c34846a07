"""At the door of an office file (登录前): what it is and who can unlock it, before any key is known."""

import os
from collections.abc import Sequence
from pathlib import Path

from db import files, restore
from db.errors import StorageFault
from desktop.usecases import session
from desktop.usecases.session import User, WrongPassword
from frozen import dataclass

__all__ = [
    "KINDS",
    "Door",
    "StorageFault",
    "User",
    "WrongPassword",
    "free",
    "look",
    "named",
    "pause_after",
]

#: How names of office files end: our own kind, and the kind of the first version.
KINDS = (".sunlight", ".db")

#: Where an SQLite file that is not encrypted names the program it belongs to, and how it begins.
_MARK_AT, _PLAIN = 68, b"SQLite format 3\x00"

#: Wrong passwords before the first pause, and the longest pause in seconds.
TRIES, LONGEST_PAUSE = 5, 60


@dataclass(frozen=True, slots=True)
class Door:
    """An office file before it is unlocked; without users only the recovery sheet opens it."""

    path: Path
    users: tuple[User, ...]


def look(path: Path) -> Door:
    """Look at an office file without opening it.

    Raises:
        StorageFault: missing, unreadable, not an office file; ``not_encrypted`` – it is one of the
            first version, readable by everybody.
    """
    restore.resume(path)
    try:
        with path.open("rb") as file:
            header = file.read(_MARK_AT + 4)
            size = file.seek(0, os.SEEK_END)
    except OSError as error:
        code = "unreadable" if os.path.lexists(path) else "missing"
        raise StorageFault(code, str(path)) from error
    if header.startswith(_PLAIN):
        ours = header[_MARK_AT:] == files.APPLICATION_ID.to_bytes(4, "big")
        raise StorageFault("not_encrypted" if ours else "not_an_office", str(path))
    if size < files.PAGE:
        raise StorageFault("not_an_office", str(path))
    return Door(path, tuple(_users(path)))


def _users(path: Path) -> Sequence[User]:
    try:
        return session.users(path)
    except StorageFault:  # the key file is gone: the recovery sheet opens it still
        return ()


def named(path: Path) -> Path:
    """Return a new office file's place with the ending of our own kind, if it has none of ours."""
    return path if path.suffix.lower() in KINDS else path.with_name(path.name + KINDS[0])


def free(path: Path) -> Path:
    """Return a name beside which no office lies yet: files of one stem would share their keys."""
    number, found = 2, path
    while any(found.with_suffix(end).exists() for end in (*KINDS, found.suffix, ".keys", ".keys2")):
        found = path.with_stem(f"{path.stem}{number}")
        number += 1
    return found


def pause_after(wrong: int) -> int:
    """Return how many seconds to wait after so many wrong passwords in a row: 0, then 2, 4, 8 …"""
    return min(2 ** (wrong - TRIES + 1), LONGEST_PAUSE) if wrong >= TRIES else 0
