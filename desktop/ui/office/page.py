"""The frame of an office page: title, explanation, 返回, a place for messages; Esc goes back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.bars import MessageBar
from desktop.ui.common.labels import button, label


class OfficePage(QWidget):
    """A page in place of the tabs; `closed` goes back to them. Put the content into `body`."""

    closed = Signal()

    def __init__(self, name: str, title: str, subtitle: str, parent: QWidget | None = None) -> None:
        """`name` is the object name, by which the parts are named as well."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.back = button(_("返回(&R)"), "", "chevron_left")
        self.back.setObjectName(f"{name}.back")
        self.back.clicked.connect(self.leave)
        self.bar = MessageBar()
        self.bar.setObjectName(f"{name}.bar")
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.MEDIUM)
        self.head.addWidget(self.back)
        self.head.addWidget(label(title, "title"))
        self.head.addStretch(1)
        above = QVBoxLayout()
        above.setContentsMargins(theme.WIDE, theme.MEDIUM, theme.WIDE, theme.SMALL)
        above.setSpacing(theme.SMALL)
        above.addLayout(self.head)
        if subtitle:
            above.addWidget(label(subtitle, "quiet", wrap=True))
        above.addWidget(self.bar)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(theme.WIDE, 0, theme.WIDE, theme.LARGE)
        self.body.setSpacing(theme.MEDIUM)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addLayout(self.body, 1)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.leave)

    def leave(self) -> None:
        """Go back."""
        self.closed.emit()
