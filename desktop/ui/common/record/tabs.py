"""Flat tabs for what is needed less often; a page is made when it is first looked at."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.ui.common import theme
from desktop.ui.common.labels import plain, rule


class QuietTabs(QWidget):
    """A tab bar over a stack, as tall as the page in front."""

    shown = Signal(str)  # the key of the page

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[str] = []
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self.bar = QTabBar()
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setUsesScrollButtons(True)
        self.stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(rule())
        column.addSpacing(theme.MEDIUM)
        column.addWidget(self.stack, 1)
        self.bar.currentChanged.connect(self._turn)

    def add(self, key: str, text: str, page: QWidget | Callable[[], QWidget]) -> None:
        """Add a page, or what makes it when it is first shown."""
        self._keys.append(key)
        if isinstance(page, QWidget):
            self.stack.addWidget(page)
        else:
            self._makers[key] = page
            self.stack.addWidget(QWidget())
        at = self.bar.addTab(text)
        self.bar.setAccessibleTabName(at, plain(text))
        if at == 0:
            self._turn(0)

    def page(self, key: str) -> QWidget:
        """The page of a key."""
        return self.stack.widget(self._keys.index(key))

    def current(self) -> str:
        """The key of the page in front."""
        return self._keys[self.bar.currentIndex()]

    def show_page(self, key: str) -> None:
        """Bring a page to the front."""
        self.bar.setCurrentIndex(self._keys.index(key))

    def set_text(self, key: str, text: str) -> None:
        """Name a page anew, such as with a count."""
        self.bar.setTabText(self._keys.index(key), text)

    def _turn(self, at: int) -> None:
        if not 0 <= at < len(self._keys):
            return
        key = self._keys[at]
        maker = self._makers.pop(key, None)
        if maker is not None:
            old = self.stack.widget(at)
            self.stack.insertWidget(at, maker())
            self.stack.removeWidget(old)
            old.deleteLater()
        self.stack.setCurrentIndex(at)
        self.shown.emit(key)
