"""The one folder for copies that other programs open: private, without names, gone afterwards."""

from pathlib import Path

from desktop.usecases.leftovers import SessionFolder

_folders: list[SessionFolder] = []


def use(folder: SessionFolder) -> None:
    """Put copies into this folder from now on."""
    _folders[:] = [folder]


def put(content: bytes, suffix: str) -> Path:
    """Write a copy under a name that says nothing, and return where it lies.

    Raises:
        OSError: it can not be written.
        LookupError: the program has not begun its session.
    """
    if not _folders:
        raise LookupError("no folder for copies")
    return _folders[0].put(content, suffix)


def wipe() -> None:
    """Take every copy away; what another program holds open goes at the next start."""
    for folder in _folders:
        folder.wipe()
