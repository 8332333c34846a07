"""The room of the tab: list and record, or one page in their place, and where to go after it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import isValid


class Stage(QStackedWidget):
    """Shows a page until it is left; a page that is filled in is asked first.

    `returned` when list and record are there again, before what was wanted meanwhile is done.
    """

    returned = Signal()

    def __init__(self, main: QWidget) -> None:
        super().__init__()
        self.main = main
        self.page: QWidget | None = None
        self._held: QWidget | None = None  # where the keyboard was before the page
        self._ask: Callable[[], None] | None = None  # how the page is asked to leave
        self._after: Callable[[], None] | None = None
        self.addWidget(main)

    def show_page(self, page: QWidget, ask: Callable[[], None] | None = None) -> None:
        """Put a page in front; `ask` lets it say that something would be lost."""
        holder = QApplication.focusWidget()
        if holder is not None and self.main.isAncestorOf(holder):
            self._held = holder
        self._drop()
        self.page, self._ask = page, ask
        self.addWidget(page)
        self.setCurrentWidget(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def came_from(self) -> QWidget | None:
        """Where the keyboard was in list and record before a page was opened, if one can go back."""
        held, self._held = self._held, None
        if held is None or not isValid(held) or not held.isEnabled():
            return None
        return held if held.isVisibleTo(self.main) else None

    def leave(self) -> None:
        """Go back to list and record, or on to what was wanted meanwhile."""
        self._drop()
        self.setCurrentWidget(self.main)
        self.returned.emit()
        if self._after is not None:
            after, self._after = self._after, None
            after()

    def leave_then(self, after: Callable[[], None]) -> None:
        """Go on once no page is open, or once the clerk has answered."""
        if self.page is None:
            after()
            return
        self._after = after
        (self._ask or self.leave)()

    def wanted(self) -> bool:
        """Say whether something else is wanted once the page is left."""
        return self._after is not None

    def stay(self) -> None:
        """Who goes on with the page no longer wants to go elsewhere."""
        self._after = None

    def _drop(self) -> None:
        if self.page is not None:
            self.removeWidget(self.page)
            self.page.deleteLater()
            self.page = self._ask = None
