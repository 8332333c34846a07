"""The 今日要办 sheet as it prints, over the whole tab; Esc goes back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.labels import button, label
from desktop.ui.common.preview import LetterPreview


class SheetView(QWidget):
    """Print, keep, open; `left` goes back to the list."""

    left = Signal()

    def __init__(self, pdf: bytes, name: str) -> None:
        super().__init__()
        self.setObjectName("today.sheet")
        self.preview = LetterPreview()
        self.preview.setObjectName("today.sheet.preview")
        self.back = button(_("返回(&R)"), "", "chevron_left")
        self.back.setObjectName("today.sheet.back")
        self.back.clicked.connect(self.left)
        head = QHBoxLayout()
        head.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        head.setSpacing(theme.MEDIUM)
        head.addWidget(self.back)
        head.addWidget(label(_("今日要办"), "heading"))
        head.addWidget(label(_("给领导阅或者张贴的表；不含投诉举报人。"), "quiet", wrap=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.preview, 1)
        for keys, slot in (("Esc", self.left.emit), ("Ctrl+P", self.preview.print_letter)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self.setFocusProxy(self.preview.print_button)
        self.preview.show_letter(pdf, name)
        self.preview.zoom(1.0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard."""
        holder = QApplication.focusWidget()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() and isinstance(holder, QPushButton):
            holder.click()
            return
        super().keyPressEvent(event)
