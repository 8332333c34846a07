"""The office files opened lately on this machine; a list in the settings, no more."""

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QSettings

_KEY: Final = "office/recent"
_MOST: Final = 8


def recent(settings: QSettings) -> list[Path]:
    """The files opened lately, the last one first; they may be gone by now."""
    kept: Any = settings.value(_KEY, [], list)
    return [Path(str(one)) for one in kept]


def remember(settings: QSettings, path: Path) -> None:
    """Put a file at the head of the list."""
    others = [one for one in recent(settings) if one != path]
    _keep(settings, [path, *others][:_MOST])


def forget(settings: QSettings, path: Path) -> None:
    """Take a file off the list; the file itself stays where it is."""
    _keep(settings, [one for one in recent(settings) if one != path])


def _keep(settings: QSettings, paths: list[Path]) -> None:
    settings.setValue(_KEY, [str(one) for one in paths])
