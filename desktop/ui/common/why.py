"""Why something is taken back, asked in the status line: one field, Enter and it is done."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QStyledItemDelegate,
    QWidget,
)

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.forms.field import mark
from desktop.ui.common.forms.pasting import PasteLine
from desktop.ui.common.labels import button

#: More does not fit into one line of the log either.
LONGEST = 200


class _Reason(QComboBox):
    """One line that may be typed, or taken from the usual reasons with the arrow keys."""

    given = Signal()
    left = Signal()

    def __init__(self, usual: Sequence[str]) -> None:
        super().__init__()
        self.setEditable(True)
        line = PasteLine()
        line.setMaxLength(LONGEST)
        line.textEdited.connect(lambda: mark(self, faulty=False))
        self.setLineEdit(line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line.setCompleter(None)  # type: ignore[arg-type]  # what is proposed must not be written by a slip
        self.setItemDelegate(QStyledItemDelegate(self))
        self.addItems(list(usual))
        self.setCurrentIndex(-1)
        self.currentIndexChanged.connect(lambda: mark(self, faulty=False))
        self.setMinimumWidth(theme.em(12))
        self.setMaximumWidth(theme.em(30))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.given.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class WhyLine(QWidget):
    """The question: a field with the usual reasons, 撤销 and 不撤销.

    ``given``: the reason, never empty; ``left``: everything stays as it is.
    """

    given = Signal(str)
    left = Signal()

    def __init__(self, usual: Sequence[str]) -> None:
        """`usual`: reasons that are often given."""
        super().__init__()
        self.reason = _Reason(usual)
        self.reason.setObjectName("status.why")
        self.reason.setAccessibleName(_("撤销的理由"))
        self._hint(_("为什么撤销？↓ 选常用的，Enter 撤销"))
        self.reason.given.connect(self._give)
        self.reason.left.connect(self.left)
        go, stay = button(_("撤销"), "link", "undo"), button(_("不撤销"), "link")
        go.setObjectName("status.why.go")
        stay.setObjectName("status.why.stay")
        go.clicked.connect(self._give)
        stay.clicked.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        row.addWidget(self.reason, 100)
        row.addWidget(go)
        row.addWidget(stay)
        row.addStretch(1)  # what the field does not need
        self._before = QApplication.focusWidget()
        if self._before is not None:
            self._before.destroyed.connect(self._forget)

    def enter(self) -> None:
        """Put the keyboard into the field."""
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def busy(self) -> bool:
        """Whether the clerk is at it: the keyboard is here."""
        return self.reason.hasFocus() or self.isAncestorOf(QApplication.focusWidget() or self)

    def give_back(self) -> None:
        """Put the keyboard where it was before the question."""
        if self.busy() and self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:  # from one of the buttons
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        reason = self.reason.currentText().strip()
        if reason:
            self.given.emit(reason)
            return
        mark(self.reason, faulty=True)
        self._hint(_("还没有写理由；不撤销按 Esc"))
        self.enter()

    def _hint(self, words: str) -> None:
        line = self.reason.lineEdit()
        if line is not None:
            line.setPlaceholderText(words)
        self.reason.setToolTip(words)
        self.reason.setAccessibleDescription(words)

    def _forget(self) -> None:
        self._before = None
