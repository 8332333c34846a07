"""The menu bar that gives way: a letter that the page on the screen shows is the page's first."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShortcutEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QMainWindow, QMenuBar

if TYPE_CHECKING:
    from PySide6.QtGui import QKeySequence


class YieldingMenuBar(QMenuBar):
    """Menus with the letters of their titles, but for those the page has given to its own.

    Qt asks in turn all that have the same letter, the menus before the page: Alt+W of a form would
    open a menu at first and reach the field 反映内容(W) at the second try only.
    """

    def event(self, event: QEvent) -> bool:
        """Hand a letter that is the page's as well on to the page."""
        if isinstance(event, QShortcutEvent) and event.isAmbiguous():
            key = event.key()
            if self._button(key) or self._field(key):
                return True
        return super().event(event)

    def _button(self, key: "QKeySequence") -> bool:
        from PySide6.QtCore import Qt  # dear, and the first page shown needs none of it

        page = self._page()
        for one in page.findChildren(QAbstractButton) if page else ():
            if _has(one.text(), key) and one.isVisible() and one.isEnabled():
                one.setFocus(Qt.FocusReason.ShortcutFocusReason)
                one.animateClick()
                return True
        return False

    def _field(self, key: "QKeySequence") -> bool:
        from PySide6.QtCore import Qt

        page = self._page()
        for one in page.findChildren(QLabel) if page else ():
            to = one.buddy()
            if to is not None and _has(one.text(), key) and one.isVisible() and to.isEnabled():
                to.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
        return False

    def _page(self) -> QMainWindow | None:
        window = self.window()
        return window if isinstance(window, QMainWindow) else None


def _has(text: str, key: "QKeySequence") -> bool:
    from PySide6.QtGui import QKeySequence

    return "&" in text and QKeySequence.mnemonic(text) == key
