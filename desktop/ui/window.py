"""The main window: the tabs of the office, its menus, its status line; tabs talk only through it.

Its parts are stacked upon each other, each in its own module: ``frame`` (what is always there),
``going`` (tabs and pages), ``closing`` (unsaved things, the lock), ``doors`` (opening an office
file), ``opened`` (what is shown of it), ``menubar``; which pages there are says ``registry``.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent

from desktop.ui.menubar import MenuBar


class MainWindow(MenuBar):
    """The window of the program; shows the first page until an office file is open."""

    def __init__(
        self, clock: Callable[[], datetime], settings: QSettings, sample_path: Path
    ) -> None:
        """Build what is always there; see `Frame`."""
        super().__init__(clock, settings, sample_path)
        self._begin_going()
        self._begin_closing()
        self._begin_doors()
        self._begin_opened()
        self._build_menus()
        self._build_shortcuts()

    def _build_shortcuts(self) -> None:
        for n in range(4):
            keys = QShortcut(QKeySequence(f"Ctrl+{n + 1}"), self)
            keys.activated.connect(lambda n=n: self._turn_to(n))
            self._keys.append(keys)
        for typed, slot in (
            ("Ctrl+N", self._start_new),
            ("Ctrl+Z", self._undo_by_key),
            ("Ctrl+L", self.lock_up),
        ):
            keys = QShortcut(QKeySequence(typed), self)
            keys.activated.connect(slot)
            self._keys.append(keys)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the first page, unless something else is shown or opened already."""
        super().showEvent(event)
        if self.context is None and self.stack.currentIndex() == 0:
            self._show_closed()

    def discard(self) -> None:
        """Close at once, keeping drafts unasked; for when the system ends the session."""
        self._end()
        self._drop_office()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the office file go before the window does; typed things are not lost."""
        if self._maker is not None:
            self._end_making()
        if not self._leave_office(self.close):
            event.ignore()
            return
        self._end()
        self._settings.setValue("window/geometry", self.saveGeometry())
        super().closeEvent(event)

    def _end(self) -> None:
        """End what runs in the background."""
        if self._maker is not None:
            self._end_making()
        self._stop_handbook()
        self._stop_doors()
