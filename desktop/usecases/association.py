"""双击打开: office files open with this program when double-clicked, for this Windows user alone.

Only ``HKEY_CURRENT_USER\\Software\\Classes`` is written, which needs no administrator. Our own kind
of file becomes ours; ``.db``, which belongs to many programs, only gets us on its list 打开方式.
Taking it back removes what was written, and leaves what others have written meanwhile.
"""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from desktop.usecases.door import KINDS
from frozen import dataclass

PROG_ID = "SunlightLedger.Office"
_CLASSES = "Software\\Classes"
_OWN, *_SHARED = KINDS
_LIST = "OpenWithProgids"


class Opens(StrEnum):
    """What a double click on an office file does."""

    NOTHING = "nothing"
    THIS = "this"  # this very program
    OTHER = "other"  # a program of ours at another place


@dataclass(frozen=True, slots=True)
class Association:
    """What is set now, and for which program's file."""

    opens: Opens
    program: str = ""


class Registry(Protocol):
    """Keys and texts under HKEY_CURRENT_USER."""

    def read(self, key: str, name: str) -> str | None:
        """Return a text, or None."""

    def write(self, key: str, name: str, text: str) -> None:
        """Write a text; the key is made if need be."""

    def drop(self, key: str, name: str) -> None:
        """Remove a text, if it is there."""

    def drop_key(self, key: str) -> None:
        """Remove a key if nothing is in it any more."""

    def changed(self) -> None:
        """Tell the desktop to look anew."""


def entries(program: Path) -> tuple[tuple[str, str, str], ...]:
    """Return what is written, as key, name and text."""
    ours = f"{_CLASSES}\\{PROG_ID}"
    return (
        (ours, "", "阳光台账数据文件"),
        (f"{ours}\\DefaultIcon", "", f'"{program}",0'),
        (f"{ours}\\shell\\open\\command", "", f'"{program}" "%1"'),
        (f"{_CLASSES}\\{_OWN}", "", PROG_ID),
        *((f"{_CLASSES}\\{kind}\\{_LIST}", PROG_ID, "") for kind in KINDS),
    )


def offer(registry: Registry, program: Path) -> None:
    """Let a double click open office files with this program.

    Raises:
        OSError: the registry can not be written.
    """
    for key, name, text in entries(program):
        registry.write(key, name, text)
    registry.changed()


def take_back(registry: Registry) -> None:
    """Remove what ``offer`` wrote.

    Raises:
        OSError: the registry can not be written.
    """
    if registry.read(f"{_CLASSES}\\{_OWN}", "") == PROG_ID:
        registry.drop(f"{_CLASSES}\\{_OWN}", "")
    for kind in KINDS:
        registry.drop(f"{_CLASSES}\\{kind}\\{_LIST}", PROG_ID)
        registry.drop_key(f"{_CLASSES}\\{kind}\\{_LIST}")
        registry.drop_key(f"{_CLASSES}\\{kind}")
    for part in ("\\shell\\open\\command", "\\DefaultIcon", ""):
        registry.drop(f"{_CLASSES}\\{PROG_ID}{part}", "")
    for part in ("\\shell\\open\\command", "\\shell\\open", "\\shell", "\\DefaultIcon", ""):
        registry.drop_key(f"{_CLASSES}\\{PROG_ID}{part}")
    registry.changed()


def look(registry: Registry, program: Path) -> Association:
    """Return what a double click does now."""
    command = registry.read(f"{_CLASSES}\\{PROG_ID}\\shell\\open\\command", "") or ""
    if registry.read(f"{_CLASSES}\\{_OWN}", "") != PROG_ID or not command.startswith('"'):
        return Association(Opens.NOTHING)
    named = command[1:].partition('"')[0]
    same = named.casefold() == str(program).casefold()
    return Association(Opens.THIS if same else Opens.OTHER, named)


def registry() -> Registry | None:
    """Return this user's registry; None where there is none."""
    if sys.platform == "win32":
        return _Windows()
    return None


if sys.platform == "win32":
    import ctypes
    import winreg

    class _Windows:
        """HKEY_CURRENT_USER itself."""

        def read(self, key: str, name: str) -> str | None:
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                    return str(winreg.QueryValueEx(opened, name)[0])
            except OSError:
                return None

        def write(self, key: str, name: str, text: str) -> None:
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, text)

        def drop(self, key: str, name: str) -> None:
            try:
                access = winreg.KEY_SET_VALUE
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, access) as opened:
                    winreg.DeleteValue(opened, name)
            except FileNotFoundError:
                return

        def drop_key(self, key: str) -> None:
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                    within, texts, _when = winreg.QueryInfoKey(opened)
                if not within and not texts:
                    winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)
            except FileNotFoundError:
                return

        def changed(self) -> None:
            ctypes.windll.shell32.SHChangeNotify(0x08000000, 0, None, None)  # SHCNE_ASSOCCHANGED
