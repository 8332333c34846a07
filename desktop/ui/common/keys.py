"""The list of keyboard shortcuts shown under F1; which ones there are is the window's."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.flow import FlowLayout
from desktop.ui.common.labels import button, label
from desktop.ui.common.palette import Status
from desktop.ui.common.pills import Pill


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Shortcuts that belong together: pairs of keys (Ctrl+N) and what they do."""

    title: str
    keys: Sequence[tuple[str, str]]


class KeysDialog(QDialog):
    """All shortcuts at a glance; Esc or F1 closes it."""

    def __init__(self, groups: Sequence[KeyGroup], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("快捷键"))
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme.MEDIUM, 0)
        grid.setHorizontalSpacing(theme.LARGE)
        grid.setVerticalSpacing(theme.SMALL)
        grid.setColumnStretch(1, 1)
        line = 0
        for group in groups:
            if line:
                grid.setRowMinimumHeight(line, theme.MEDIUM)
                line += 1
            grid.addWidget(label(group.title, "heading"), line, 0, 1, 2)
            line += 1
            for keys, text in group.keys:
                grid.addWidget(_keycaps(keys), line, 0)
                grid.addWidget(label(text, wrap=True), line, 1)
                line += 1
        grid.setRowStretch(line, 1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        close = button(_("关闭"))
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.LARGE, theme.WIDE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(scroll, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        QShortcut(QKeySequence(Qt.Key.Key_F1), self).activated.connect(self.accept)
        self.resize(theme.em(34), theme.em(36))


def show_keys(parent: QWidget, groups: Sequence[KeyGroup]) -> KeysDialog:
    """Open the list over a window without stopping it."""
    dialog = KeysDialog(groups, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def _keycaps(keys: str) -> QWidget:
    """Ctrl+N as two caps; what separates alternatives (/) stays text."""
    frame = QWidget()
    row = FlowLayout(frame, theme.TIGHT)
    frame.setAccessibleName(keys)
    for part in keys.replace("+", " ").split():
        row.addWidget(label(part, "quiet") if part in ("/", "…") else Pill(part, Status.PAUSED))
    frame.setMinimumWidth(theme.em(8))
    return frame
