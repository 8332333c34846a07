"""The scoring grid as a view: keys of a spreadsheet, pasting, cells that show their fault."""

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QTableView,
    QWidget,
)

from desktop.text import _
from desktop.ui.assessments.delegate import ENTER_KEYS, ScoreDelegate
from desktop.ui.assessments.scores import ScoreModel, cells_of
from desktop.ui.common import theme
from desktop.ui.common.table import tab_separated

_ROW_HEIGHT = 32


class ScoreGrid(QTableView):
    """Typing replaces, Enter goes down, arrows move, Delete empties, Ctrl+V pastes a block.

    ``pasted(cells, left_over)`` tells how many cells were filled and how many found no place.
    """

    pasted = Signal(int, int)

    def __init__(self, model: ScoreModel) -> None:
        super().__init__()
        self.scores = model
        self.setModel(model)
        self.setObjectName("assessments.grid")
        self.setAccessibleName(_("评分表"))
        delegate = ScoreDelegate(self)
        delegate.stepped.connect(self.step)
        self.setItemDelegate(delegate)
        self.setAlternatingRowColors(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.DoubleClicked | trigger.EditKeyPressed)
        self._set_up_headers()
        theme.on_change(self._renew)
        self._renew()

    def go(self, row: int, column: int) -> None:
        """Put the keyboard on a cell."""
        index = self.scores.index(row, column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def step(self, down: int) -> None:
        """Go up or down by so many rows."""
        now = self.currentIndex()
        row = min(max(now.row() + down, 0), self.scores.rowCount() - 1)
        self.go(row, now.column())

    def finish(self) -> None:
        """Take what stands in an open editor."""
        if self.state() == QAbstractItemView.State.EditingState:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def copy(self) -> None:
        """Put the selected cells on the clipboard."""
        chosen = self._chosen()
        rows = sorted({index.row() for index in chosen})
        columns = sorted({index.column() for index in chosen})
        cells = [
            [str(self.scores.index(row, column).data() or "") for column in columns] for row in rows
        ]
        if cells:
            QGuiApplication.clipboard().setText(tab_separated(cells))

    def paste(self) -> None:
        """Fill cells from the clipboard; one value goes into every selected cell."""
        text = QGuiApplication.clipboard().text()
        now = self.currentIndex()
        if not text.strip() or not now.isValid():
            return
        cells = cells_of(text)
        chosen = self._chosen()
        if len(cells) == 1 and len(cells[0]) == 1 and len(chosen) > 1:
            filled = sum(self.scores.setData(index, cells[0][0]) for index in chosen)
            self.pasted.emit(filled, len(chosen) - filled)
            return
        top = min((index.row() for index in chosen), default=now.row())
        left = min((index.column() for index in chosen), default=now.column())
        filled = left_over = 0
        for down, line in enumerate(cells):
            for right, cell in enumerate(line):
                index = self.scores.index(top + down, left + right)
                if index.isValid() and self.scores.setData(index, cell):
                    filled += 1
                elif cell:
                    left_over += 1
        self.pasted.emit(filled, left_over)

    # -- Qt ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif plain and key in ENTER_KEYS:
            self.step(-1 if shift else 1)
        elif plain and key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            if not self._sideways(-1 if key == Qt.Key.Key_Backtab else 1):
                super().keyPressEvent(event)
        elif plain and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            for index in self._chosen():
                self.scores.setData(index, "")
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Hand on what an input method gives at once, such as a full-width digit."""
        opens = self.state() != QAbstractItemView.State.EditingState
        super().inputMethodEvent(event)
        editor = self.viewport().findChild(QLineEdit)
        if opens and editor is not None and event.commitString() and not event.preeditString():
            QApplication.sendEvent(editor, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from cell to cell and leaves the grid after the last one."""
        if self.state() != QAbstractItemView.State.EditingState and self._sideways(
            1 if forward else -1
        ):
            return True
        return super().focusNextPrevChild(forward)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        ends = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, ends.NoHint)
        if hint == ends.EditNextItem:
            self._sideways(1)
        elif hint == ends.EditPreviousItem:
            self._sideways(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    # -- inside --------------------------------------------------------------------------------

    def _chosen(self) -> list[QModelIndex]:
        return self.selectionModel().selectedIndexes()

    def _sideways(self, by: int) -> bool:
        """Go to the next cell for points, over the end of a row; False at the very end."""
        now = self.currentIndex()
        width = len(self.scores.blocks)
        if not now.isValid() or not width:
            return False
        place = now.row() * width + min(now.column(), width - 1) + by
        if not 0 <= place < width * self.scores.rowCount():
            return False
        self.go(place // width, place % width)
        return True

    def _set_up_headers(self) -> None:
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setHighlightSections(True)
        across.setSectionsClickable(False)
        down.setSectionsClickable(False)
        # The header takes text flags as well as alignments, which the types do not say.
        wrap = Qt.AlignmentFlag(Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value)
        across.setDefaultAlignment(wrap)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _share_out(self) -> None:
        """Give the blocks what room there is, within reason."""
        across, blocks = self.horizontalHeader(), len(self.scores.blocks)
        side = theme.em(5) + theme.MEDIUM
        room = self.viewport().width() - (self.scores.columnCount() - blocks) * side
        each = min(max(room // max(blocks, 1), theme.em(4.5)), theme.em(10))
        for at in range(self.scores.columnCount()):
            across.resizeSection(at, each if at < blocks else side)
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(b.name) for b in self.scores.blocks), default=0)
        lines = 1 + -(-longest // max(each - 2 * theme.SMALL - theme.TIGHT, 1))
        across.setFixedHeight(lines * metrics.lineSpacing() + 2 * theme.SMALL)

    def _renew(self) -> None:
        down = self.verticalHeader()
        down.setDefaultSectionSize(theme.px(_ROW_HEIGHT))
        names = [line.row.unit.unit_name for line in self.scores.lines]
        longest = max((self.fontMetrics().horizontalAdvance(name) for name in names), default=0)
        down.setFixedWidth(min(max(longest, theme.em(6)), theme.em(12)) + 2 * theme.MEDIUM)
        down.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._share_out()
        self.viewport().update()


def select_cell(grid: ScoreGrid, row: int, column: int) -> None:
    """Make a cell the only selected one."""
    flags = QItemSelectionModel.SelectionFlag
    grid.selectionModel().setCurrentIndex(grid.scores.index(row, column), flags.ClearAndSelect)
