"""The main window: the tabs of the office, its menus, its status line; tabs talk only through it.

Its parts are stacked upon each other, each in its own module: ``frame`` (what is always there),
``going`` (tabs and pages), ``closing`` (unsaved things, the lock), ``doors`` (opening an office
file), ``opened`` (what is shown of it), ``menubar``; which pages there are says ``registry``.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtGui import QCloseEvent, QPaintEvent, QShowEvent

import frozen
from desktop.ui.ahead import MODULES, TO_OPEN, TODAY, Slice, loading
from desktop.ui.common import lean
from desktop.ui.menubar import MenuBar


class MainWindow(MenuBar):
    """The window of the program; shows the first page until an office file is open."""

    def __init__(
        self, clock: Callable[[], datetime], settings: QSettings, sample_path: Path
    ) -> None:
        """Build what is always there; see `Frame`."""
        super().__init__(clock, settings, sample_path)
        self._painted = False
        self._begin_going()
        self._begin_closing()
        self._begin_doors()
        self._begin_opened()
        self._build_menus()

    # ---- prepared at the door ------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is seen first is painted before anything else is made."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self._soon(self._prepare)

    def _prepare(self) -> None:
        """The door is painted: prepare the office behind it, unless one is open already."""
        lean.started()
        if self.context is None:
            self._ahead.prepare(self._at_the_door())

    def _ask_at_the_door(self, path: Path) -> None:
        super()._ask_at_the_door(path)
        if self._painted:  # else the first paint will see to it
            self._prepare()

    def _at_the_door(self) -> Iterator[Slice]:
        """Yield what is prepared while somebody types his password, in this order."""
        yield from self._frame_slices()
        yield from loading(TO_OPEN)
        yield self._prepare_office
        yield partial(self._make_tab, "complaints")
        yield partial(self._paint_tab, "complaints")
        from desktop.ui.common import glyphs
        from desktop.usecases import ahead

        yield glyphs.rehearse
        yield from frozen.compiling()
        yield from ahead.slices()
        yield from loading(TODAY)
        yield partial(self._make_tab, "today")
        yield partial(self._paint_tab, "today")
        yield from glyphs.slices(self.devicePixelRatio())
        yield from loading(MODULES)

    def _complete(self) -> None:
        """Make at once what of the frame was not prepared."""
        for each in self._frame_slices():
            each()

    def _frame_slices(self) -> list[Slice]:
        """Return what makes the frame of an open office, as far as it is not there."""
        return [
            self._fill_menus,
            self._build_shortcuts,
            lambda: self.status,
            lambda: self._office,
        ]

    def _prepare_office(self) -> None:
        """Put up the tabs of the next office, whichever it will be."""
        if self.context is None and not self._pages.made:
            blocked = self.tabs.blockSignals(True)
            self._open_shelves(self._next_context())
            self.tabs.blockSignals(blocked)
            self._put_user_button(self._next_context())

    def _make_tab(self, key: str) -> None:
        """Make a tab of the next office."""
        if self.context is None and self._tabs:
            assert self._tabs[key]

    def _paint_tab(self, key: str) -> None:
        """Paint a tab of the next office once, unseen: from then on its looks are known."""
        if self.context is None and key in self._tabs.made:
            blocked = self.tabs.blockSignals(True)
            self.tabs.setCurrentIndex(self._place_of(key))
            self.tabs.blockSignals(blocked)
            self._office.resize(self.stack.size())
            self._office.grab()

    def _build_shortcuts(self) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut

        if self._keys:
            return
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
