"""Finding words in a letter on the screen: a line under the preview's head, opened by Ctrl+F."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.text import _, ngettext_
from desktop.ui.common import theme
from desktop.ui.common.labels import label, tool

if TYPE_CHECKING:  # loaded when the first letter is shown
    from PySide6.QtPdf import QPdfDocument, QPdfSearchModel
    from PySide6.QtPdfWidgets import QPdfView


class FindBar(QWidget):
    """What is looked for, how often it is there, and the ways to the next place; Esc closes it."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view: QPdfView | None = None
        self._model: QPdfSearchModel | None = None
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("在文书中查找"))
        self.line.setAccessibleName(_("在文书中查找"))
        self.line.setMaximumWidth(theme.em(18))
        self.line.textChanged.connect(self._look)
        self.line.returnPressed.connect(lambda: self.step(1))
        self._count = label("", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.LARGE, 0, theme.LARGE, theme.TIGHT)
        row.setSpacing(theme.TIGHT)
        row.addWidget(self.line, 1)
        row.addWidget(tool("chevron_up", _("上一处"), lambda: self.step(-1)))
        row.addWidget(tool("chevron_down", _("下一处"), lambda: self.step(1)))
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(tool("dismiss", _("关闭查找"), self.leave))
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.leave)
        self.hide()

    def attach(self, document: "QPdfDocument", view: "QPdfView") -> None:
        """Look in this document and mark what is found in this view."""
        from PySide6.QtPdf import QPdfSearchModel

        self._view = view
        self._model = QPdfSearchModel(self)
        self._model.setDocument(document)
        view.setSearchModel(self._model)
        self._model.countChanged.connect(self._tell)

    def enter(self) -> None:
        """Show the line and put the keyboard on it."""
        if self._model is not None:
            self.show()
            self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.line.selectAll()

    def leave(self) -> None:
        """Hide the line and take the marks away."""
        self.line.clear()
        self.hide()
        self.closed.emit()

    def found(self) -> int:
        """How often the words are in the letter."""
        if self._model is None or not self.line.text():
            return 0
        return self._model.rowCount(QModelIndex())

    def step(self, by: int) -> None:
        """Go to the next place, around the end to the first."""
        if self._view is None or not self.found():
            return
        now = self._view.currentSearchResultIndex()
        at = 0 if now < 0 and by > 0 else (now + by) % self.found()
        self._view.setCurrentSearchResultIndex(at)
        self._tell()

    def _look(self, text: str) -> None:
        if self._model is not None and self._view is not None:
            self._view.setCurrentSearchResultIndex(-1)
            self._model.setSearchString(text)
            self._tell()

    def _tell(self) -> None:
        if not self.line.text() or self._view is None:
            self._count.setText("")
            return
        n = self.found()
        at = self._view.currentSearchResultIndex() + 1
        if not n:
            words = _("没有找到")
        elif at:
            words = _("第 {at} 处，共 {n} 处").format(at=at, n=n)
        else:
            words = ngettext_("共 {n} 处", "共 {n} 处", n).format(n=n)
        self._count.setText(words)

    def said(self) -> str:
        """What stands beside the line."""
        return self._count.text()
