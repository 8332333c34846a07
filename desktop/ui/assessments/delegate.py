"""How a cell of the scoring grid is drawn and edited; what it says is the model's."""

from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygon
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.ui.assessments.scores import FAULT_ROLE, NOTE_ROLE, Index
from desktop.ui.common import theme
from desktop.ui.common.palette import Status
from desktop.ui.common.pills import paint_pill, pill_size
from desktop.ui.common.table import STATUS_ROLE

ENTER_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ScoreDelegate(QStyledItemDelegate):
    """Draws points, pills, faults; its editor gives Enter and the arrows back to the grid."""

    stepped = Signal(int)  # rows down, while an editor was open

    def __init__(self, grid: QTableView) -> None:
        super().__init__(grid)
        self._grid = grid

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setFrame(False)
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setProperty("role", "cell")
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        # The sheet's edges and least height are for forms; a cell has its own frame.
        editor.setStyleSheet(
            f"border: 2px solid {theme.colours().accent}; border-radius: 0;"
            " padding: 0 3px; min-height: 0;"
        )
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the cell's text, unless the clerk is typing: a row drawn anew must not eat it."""
        if not (isinstance(editor, QLineEdit) and editor.isModified()):
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            assert isinstance(event, QKeyEvent)
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
            steps |= dict.fromkeys(ENTER_KEYS, -1 if shift else 1)
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in steps and not control:
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.NoHint)
                self.stepped.emit(steps[Qt.Key(event.key())])
                return True
        return super().eventFilter(watched, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown: Any = QStyleOptionViewItem(option)  # the stubs do not know the fields of options
        self.initStyleOption(shown, index)
        status = index.data(STATUS_ROLE)
        word = shown.text
        current = index == self._grid.currentIndex()
        shown.state &= ~QStyle.StateFlag.State_HasFocus
        if status is not None:
            shown.text = ""
        fault = index.data(FAULT_ROLE)
        if fault:
            painter.fillRect(shown.rect, QColor(theme.colours().error_soft))
            shown.state &= ~QStyle.StateFlag.State_Selected
        self._grid.style().drawControl(
            QStyle.ControlElement.CE_ItemViewItem, shown, painter, self._grid
        )
        rect: QRect = shown.rect
        if status is not None and word:
            wanted = min(pill_size(word, shown.font).width(), rect.width() - 2 * theme.TIGHT)
            room = QRectF(rect)
            room.setLeft(rect.center().x() - wanted / 2)
            room.setWidth(wanted)
            painter.save()
            painter.setFont(shown.font)
            paint_pill(painter, room, word, Status(status))
            painter.restore()
        self._marks(painter, rect, index, current=current, fault=bool(fault))

    def _marks(
        self, painter: QPainter, rect: QRect, index: Index, *, current: bool, fault: bool
    ) -> None:
        tones = theme.colours()
        painter.save()
        if index.data(NOTE_ROLE):
            side = theme.px(7)
            corner = rect.topLeft()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tones.accent))
            painter.drawPolygon(
                QPolygon([corner, corner + QPoint(side, 0), corner + QPoint(0, side)])
            )
        if fault or current:
            tone = tones.error if fault else tones.accent
            strong = current and self._grid.hasFocus()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tone), 2 if strong or fault else 1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()
