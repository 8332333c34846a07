"""Where the program's own data lies, in a checkout and in a frozen exe alike; no user's files."""

import sys
from pathlib import Path


def unpacked() -> Path | None:
    """Folder from which a frozen program runs: beside it, or unpacked for this run alone."""
    folder = getattr(sys, "_MEIPASS", None)  # set by PyInstaller inside the exe
    return Path(folder) if folder else None


def _home() -> Path:
    """The folder that holds `resources/` and `i18n/`."""
    return unpacked() or Path(__file__).resolve().parent.parent


def resources() -> Path:
    """Folder of rulebooks, letter forms, fonts and icons."""
    return _home() / "resources"


def catalogues() -> Path:
    """Folder of the translations: `<language>/LC_MESSAGES/messages.po` and `.mo`."""
    return _home() / "i18n"
