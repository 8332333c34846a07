"""The office files opened lately on this machine; a list in the settings, no more.

A portable program's list names files on its own disk by the way from the program to them: a stick
has another letter on the next PC.
"""

import os
from contextlib import suppress
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Final

from PySide6.QtCore import QSettings

from desktop.ui.common.here import Portable, here

_KEY: Final = "office/recent"
_MOST: Final = 8
#: Where the settings keep what was typed for a new office that was not made yet.
UNFINISHED: Final = "begin/office"


def recent(settings: QSettings) -> list[Path]:
    """The files opened lately, the last one first; they may be gone by now."""
    kept: Any = settings.value(_KEY, [], list)
    return [_found(str(one)) for one in kept]


def remember(settings: QSettings, path: Path) -> None:
    """Put a file at the head of the list."""
    others = [one for one in recent(settings) if one != path]
    _keep(settings, [path, *others][:_MOST])


def forget(settings: QSettings, path: Path) -> None:
    """Take a file off the list; the file itself stays where it is."""
    _keep(settings, [one for one in recent(settings) if one != path])


def _keep(settings: QSettings, paths: list[Path]) -> None:
    settings.setValue(_KEY, [_written(one) for one in paths])


def _base() -> Path | None:
    """The folder of a portable program."""
    pc = here()
    return pc.program.parent if pc.program and pc.portable is Portable.YES else None


def _written(path: Path) -> str:
    base = _base()
    with suppress(OSError, ValueError):  # it is gone, or lies on another drive
        if base is not None and path.parent.stat().st_dev == base.stat().st_dev:
            return Path(os.path.relpath(path, base)).as_posix()
    return str(path)


def _found(text: str) -> Path:
    base = _base()
    whole = PurePosixPath(text).is_absolute() or PureWindowsPath(text).is_absolute()
    return Path(text) if whole or base is None else Path(os.path.normpath(base / text))
