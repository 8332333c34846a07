"""The clipboard: what was copied here and names a complainant does not stay there.

Other programs, clipboard histories and remote desktops read the clipboard. Copied names,
telephones and addresses of complainants are taken out again after a minute, and at once when the
program is locked or closed. What others put there is left alone.
"""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

from desktop.ui.common.sheetclip import TABLE

STAYS: Final = 60_000  # milliseconds
_LEAST: Final = 2  # characters of a word by which a copied text is recognised


class Guard(QObject):
    """Watches what is copied from this program; there is one."""

    def __init__(self) -> None:
        super().__init__()
        self._words: set[str] = set()
        self._own = False
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(STAYS)
        self.timer.timeout.connect(self._clear_own)
        self._clipboard().dataChanged.connect(self._copied)

    def know(self, words: Iterable[str]) -> None:
        """These words name a complainant, as they were shown or typed just now."""
        self._words |= {word.strip() for word in words if len(word.strip()) >= _LEAST}
        self._changed()

    def wipe(self) -> None:
        """Take out what names somebody; it may be shown again after the lock."""
        self._clear_own()

    def clear(self) -> None:
        """The desk is left: take out what names somebody, and forget who it was."""
        self._clear_own()
        self._words.clear()

    def _copied(self) -> None:
        # not every system says whose a copy is; while our window has the keyboard it is ours
        window = QGuiApplication.focusWindow()
        self._own = self._clipboard().ownsClipboard() or window is not None
        self._changed()

    def _changed(self) -> None:
        if self._is_secret():
            self.timer.start()
        else:
            self.timer.stop()

    def _clear_own(self) -> None:
        self.timer.stop()
        if self._is_secret():
            self._clipboard().clear()

    def _is_secret(self) -> bool:
        if not self._words or not self._own:
            return False
        text = self._clipboard().text()
        return any(word in text for word in self._words)

    def _clipboard(self) -> QClipboard:
        return QGuiApplication.clipboard()


def leave_text() -> None:
    """Before the program ends: what was copied as a table stays as its text.

    A table is an object made here, which must not be on the clipboard when the interpreter is gone.
    """
    clipboard = QGuiApplication.clipboard()
    data = clipboard.mimeData()
    if data is not None and data.hasFormat(TABLE):
        clipboard.setText(data.text())


_guards: list[Guard] = []


def guard() -> Guard:
    """Return the guard of this program."""
    if not _guards:
        _guards.append(Guard())
    return _guards[0]
