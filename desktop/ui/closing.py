"""Leaving an office file: what is typed and not saved, the lock, and who sits down next."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.text import _
from desktop.ui.going import Going
from desktop.ui.registry import reads

if TYPE_CHECKING:
    from PySide6.QtGui import QShortcut

    from desktop.ui.office.lock import IdleWatch, LockPage


class Closing(Going):
    """The frame that lets nobody lose what he typed, and covers it while nobody is there."""

    #: Somebody else shall sit down at the desk.
    change_wanted = Signal()

    def _begin_closing(self) -> None:
        self._keys: list[QShortcut] = []
        #: Where the keyboard was when the window was locked.
        self._held: QWidget | None = None

    # ---- made when they are needed -------------------------------------------------------------

    @cached_property
    def watch(self) -> "IdleWatch":
        """Who sees that nobody is at the desk."""
        from desktop.ui.office.lock import IdleWatch

        made = IdleWatch(self._clock, self)
        made.idle.connect(self.lock_up)
        return made

    @cached_property
    def lock(self) -> "LockPage":
        """The page over everything."""
        from desktop.ui.office.lock import LockPage

        made = LockPage()
        made.unlocked.connect(self._unlock)
        made.change_wanted.connect(self.change_wanted)
        self.whole.addWidget(made)
        return made

    # ---- leaving -------------------------------------------------------------------------------

    def _leave_office(self, again: Callable[[], object]) -> bool:
        """Close the office file; while something is unsaved ask first, then come `again`."""
        if self.context is None:
            return True
        # Nobody else decides over the typed things of who locked the window: they stay as drafts.
        if not self.locked() and self._show_unsaved():
            from desktop.ui import leaving

            leaving.ask(self, self.context.drafts, lambda: self._leave_drafts(again))
            return False
        self._let_go()
        return True

    def _let_go(self) -> None:
        self._drop_office()
        self._show_closed()

    def _unsaved(self) -> str | None:
        """Return the tab or page where something typed is not kept."""
        return next((key for key, one in self._all_made() if reads(one).has_unsaved()), None)

    def _all_made(self) -> Iterator[tuple[str, QWidget]]:
        yield from self._tabs.made.items()
        yield from self._pages.made.items()

    def _close_office(self) -> None:
        self._leave_office(lambda: None)

    def _leave_drafts(self, again: Callable[[], object]) -> None:
        """What is typed is kept as drafts: go on with what was wanted."""
        self._let_go()
        again()

    def _show_unsaved(self) -> bool:
        """Bring what is typed and not saved to the front; say whether there is anything."""
        unsaved = self._unsaved()
        if unsaved is None:
            return False
        if unsaved in self._tabs:
            self.show_tab(unsaved)
        else:
            self.show_page(unsaved)
        return True

    def _drop_office(self) -> None:
        if self._made("watch"):
            self.watch.stop()
        if self.context is not None:
            from desktop.ui import leaving

            leaving.secure(self.context.drafts, gone=True)
        super()._drop_office()
        if self.locked():
            self._unlock()

    # ---- the lock ------------------------------------------------------------------------------

    def locked(self) -> bool:
        """Say whether the lock covers the window."""
        return self._made("lock") and self.whole.currentWidget() is self.lock

    def lock_up(self) -> None:
        """Cover everything until the user at the desk has typed his password (锁定)."""
        if self.context is None or self.session is None or self.path is None or self.locked():
            return
        if self._is_sample(self.path) or not self._ready:
            return
        from desktop.ui import leaving
        from desktop.ui.office.lock import close_dialogs

        close_dialogs(self)
        leaving.secure(self.context.drafts)
        self._held = QApplication.focusWidget()
        self.lock.ask(self.path, self.session, unsaved=self._unsaved() is not None)
        self.whole.setCurrentWidget(self.lock)
        self._cover(covered=True)

    def _unlock(self) -> None:
        self.whole.setCurrentWidget(self.stack)
        self._cover(covered=False)
        self._take_up()
        self.watch.touch()

    def _take_up(self) -> None:
        """Put the keyboard back where it was, so that one goes on typing in the same field."""
        held, self._held = self._held, None
        if held is None or not shiboken6.isValid(held) or not held.isVisibleTo(self):
            held = self.tabs.tabBar() if self.stack.currentWidget() is self._office else None
        from PySide6.QtCore import Qt

        (held or self.stack.currentWidget() or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _cover(self, *, covered: bool) -> None:
        self.menuBar().setVisible(not covered)
        self.statusBar().setVisible(not covered)
        for keys in self._keys:
            keys.setEnabled(not covered)

    def _stay_locked(self) -> None:
        self.lock.say(_("草稿存不进去，要原来的人登录后保存或者放弃，才能换人。"))
