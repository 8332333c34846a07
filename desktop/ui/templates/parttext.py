"""One text of a template: large type, line numbers, placeholders coloured, faulty lines marked."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip, QWidget

from desktop.ui.common import theme
from desktop.ui.common.palette import Status
from desktop.ui.templates.words import explain_at, item_names
from desktop.usecases.templates import FieldInfo, Size, TemplateFault

_FIELD = re.compile(r"\{\{.*?\}\}")
_TAG = re.compile(r"\{%.*?%\}")
_HEADING = re.compile(r"^#{1,3} ")
_TYPE_SIZE = 1.25
_LEAST = {Size.LINE: 1, Size.LINES: 2, Size.BODY: 12}


class PartText(QPlainTextEdit):
    """An editor as tall as its text; `explained(str)` says what stands at the cursor."""

    explained = Signal(str)
    entered = Signal()
    moved = Signal()  # the cursor, to be kept in view

    def __init__(self, size: Size, fields: Sequence[FieldInfo]) -> None:
        super().__init__()
        self._size = size
        self._fields = fields
        self._faults: dict[int, bool] = {}  # line: whether it is only a warning
        self._tips: dict[int, str] = {}
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._gutter = _Gutter(self)
        self._gutter.setVisible(self.numbered())
        self._colourist = _Colourist(self.document())
        self.textChanged.connect(self._grow)
        self.cursorPositionChanged.connect(self._tell)
        self.updateRequest.connect(self._scrolled)
        theme.on_change(self._renew)
        self._renew()

    def numbered(self) -> bool:
        """Say whether lines are numbered: not where there is only one."""
        return self._size is not Size.LINE

    def show_text(self, text: str) -> None:
        """Show a text, forgetting what could be undone."""
        self.setPlainText(text)

    def mark(self, faults: Sequence[tuple[TemplateFault, str]]) -> None:
        """Mark the lines of these faults; the sentences are shown as tooltips."""
        self._faults, self._tips = {}, {}
        for fault, sentence in faults:
            line = fault.line or 1
            self._faults[line] = self._faults.get(line, True) and fault.warning
            self._tips[line] = "\n".join(filter(None, (self._tips.get(line, ""), sentence)))
        self._paint_marks()

    def marked_lines(self) -> tuple[int, ...]:
        """Return the numbers of the lines that carry a mark."""
        return tuple(sorted(self._faults))

    def insert_snippet(self, text: str) -> None:
        """Insert at the cursor; a text of several lines gets lines of its own."""
        cursor = self.textCursor()
        if "\n" in text:
            first, last = QTextCursor(cursor), QTextCursor(cursor)
            first.setPosition(cursor.selectionStart())
            last.setPosition(cursor.selectionEnd())
            before = not first.atBlockStart()
            after = not last.atBlockEnd()
            text = ("\n" if before else "") + text + ("\n" if after else "")
        cursor.insertText(text)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, line: int) -> None:
        """Put the cursor at the beginning of a line, counted from 1."""
        block = self.document().findBlockByNumber(max(line, 1) - 1)
        self.setTextCursor(QTextCursor(block if block.isValid() else self.document().lastBlock()))
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.moved.emit()

    # -- Qt ------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tip(event)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        rect = self.contentsRect()
        self._gutter.setGeometry(rect.left(), rect.top(), self._gutter_width(), rect.height())
        QTimer.singleShot(0, self, self._grow)

    def focusInEvent(self, event: QEvent) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.entered.emit()
        self._tell()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(24), self._height())

    # -- inside --------------------------------------------------------------------------------

    def _show_tip(self, event: QHelpEvent) -> None:
        at = self.viewport().mapFromGlobal(event.globalPos())
        cursor = self.cursorForPosition(at)
        block = cursor.block()
        said = [
            self._tips.get(block.blockNumber() + 1, ""),
            self._explained(cursor),
        ]
        text = "\n".join(one for one in said if one)
        if text:
            QToolTip.showText(event.globalPos(), text, self)
        else:
            QToolTip.hideText()

    def _tell(self) -> None:
        self.explained.emit(self._explained(self.textCursor()))
        if self.hasFocus():
            self.moved.emit()

    def _explained(self, cursor: QTextCursor) -> str:
        items = item_names(self.toPlainText())
        return explain_at(cursor.block().text(), cursor.positionInBlock(), self._fields, items)

    def _height(self) -> int:
        lines = max(int(self.document().size().height()), _LEAST[self._size])
        margin = 2 * int(self.document().documentMargin()) + theme.SMALL
        return lines * self.fontMetrics().lineSpacing() + margin

    def _grow(self) -> None:
        height = self._height()
        if self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _renew(self) -> None:
        self.setFont(theme.font(_TYPE_SIZE))
        self._gutter.setFont(theme.font(0.92))
        self.setViewportMargins(self._gutter_width(), 0, 0, 0)
        self._colourist.rehighlight()
        self._paint_marks()
        QTimer.singleShot(0, self, self._grow)

    def _gutter_width(self) -> int:
        return theme.em(2.4) if self.numbered() else 0

    def _scrolled(self, rect: QRect, _dy: int) -> None:
        self._gutter.update(0, rect.y(), self._gutter.width(), rect.height())

    def _paint_marks(self) -> None:
        marks = []
        for line, warning in self._faults.items():
            block = self.document().findBlockByNumber(line - 1)
            if not block.isValid():
                continue
            mark = QTextEdit.ExtraSelection()
            look = QTextCharFormat()
            look.setBackground(QColor(self._ground(warning)))
            look.setProperty(QTextFormat.Property.FullWidthSelection, True)
            mark.format = look  # type: ignore[attr-defined]
            whole = QTextCursor(block)  # all of the line, where it wraps too
            whole.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            mark.cursor = whole  # type: ignore[attr-defined]
            marks.append(mark)
        self.setExtraSelections(marks)
        self._gutter.update()

    def _ground(self, warning: bool) -> str:
        return theme.colours().warn_soft if warning else theme.colours().error_soft

    def paint_gutter(self, painter: QPainter, room: QRect) -> None:
        """Draw the line numbers, faulty ones with a bar in the colour of the fault."""
        painter.fillRect(room, QColor(theme.colours().window))
        block = self.firstVisibleBlock()
        while block.isValid():
            rect = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if rect.top() > room.bottom():
                break
            line = block.blockNumber() + 1
            height = self.fontMetrics().lineSpacing()
            at = QRect(0, int(rect.top()), self._gutter.width() - theme.TIGHT, height)
            if line in self._faults:
                which = Status.SOON if self._faults[line] else Status.OVERDUE
                painter.fillRect(
                    0, int(rect.top()), 3, int(rect.height()), theme.status(which).text
                )
                painter.setPen(QColor(theme.status(which).text))
            else:
                painter.setPen(QColor(theme.colours().faint))
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(at, int(align), str(line))
            block = block.next()


class _Gutter(QWidget):
    """The strip of line numbers at the left of a text."""

    def __init__(self, text: PartText) -> None:
        super().__init__(text)
        self._text = text

    def paintEvent(self, event: QPaintEvent) -> None:
        self._text.paint_gutter(QPainter(self), event.rect())

    def wheelEvent(self, event: QEvent) -> None:
        event.ignore()


class _Colourist(QSyntaxHighlighter):
    """Colours fields, conditions and heading marks."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    def highlightBlock(self, text: str) -> None:
        tones = theme.colours()
        self._colour(_FIELD, text, tones.on_accent_soft, tones.accent_soft)
        self._colour(_TAG, text, tones.quiet, tones.hover)
        self._colour(_HEADING, text, tones.accent, "")

    def _colour(self, pattern: re.Pattern[str], text: str, tone: str, ground: str) -> None:
        look = QTextCharFormat()
        look.setForeground(QColor(tone))
        if ground:
            look.setBackground(QColor(ground))
        for found in pattern.finditer(text):
            # Qt counts in UTF-16, Python in characters: a rare character before it counts twice.
            start = _utf16(text[: found.start()])
            self.setFormat(start, _utf16(found[0]), look)


def _utf16(text: str) -> int:
    return len(text) + sum(ord(c) > 0xFFFF for c in text)
