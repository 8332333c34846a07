"""One paper as it was made, over the whole tab, to print, keep or open; Esc goes back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.labels import button, label, press_with_enter
from desktop.ui.common.preview import LetterPreview


class Reader(QWidget):
    """A line that says what it is, and the paper below; `left` goes back."""

    left = Signal()

    def __init__(self, name: str, title: str, said: str, pdf: bytes, file: str) -> None:
        """`name` is the object name; `file` is what a kept copy is called."""
        super().__init__()
        self.setObjectName(name)
        self.preview = LetterPreview()
        self.preview.setObjectName(f"{name}.preview")
        self.back = button(_("返回(&R)"), "", "chevron_left")
        self.back.setObjectName(f"{name}.back")
        self.back.clicked.connect(self.left)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        self.head.setSpacing(theme.MEDIUM)
        self.head.addWidget(self.back)
        self.head.addWidget(label(title, "heading"))
        self.head.addWidget(label(said, "quiet", wrap=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.head)
        column.addWidget(self.preview, 1)
        for keys, slot in (("Esc", self.left.emit), ("Ctrl+P", self.preview.print_letter)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self.setFocusProxy(self.preview.print_button)
        self.preview.show_letter(pdf, file)
        self.preview.zoom(1.0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_with_enter(event):
            super().keyPressEvent(event)
