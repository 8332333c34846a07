"""Inputs that clean what is pasted; Ctrl+Z gives back what was pasted as it was."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QTextCursor,
)
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from desktop.rules import pasted

Clean = Callable[[str], str]


class PasteEdit(QPlainTextEdit):
    """Several lines; files are left to the form, which keeps them as attachments."""

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return not has_files(source) and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        raw = source.text()
        clean = pasted.clean_text(raw)
        cursor = self.textCursor()
        start = cursor.selectionStart()
        cursor.insertText(raw)
        if clean != raw:
            # a step of its own, so that undoing it shows what was pasted
            end = cursor.position()
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(clean)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()


class PasteLine(QLineEdit):
    """One line; `narrow` makes full width digits and letters narrow, as in telephone numbers."""

    def __init__(self, *, narrow: bool = False) -> None:
        super().__init__()
        self._clean: Clean = pasted.clean_number if narrow else pasted.clean_line

    def paste_clean(self) -> None:
        """Paste what is on the clipboard, then clean it as a step of its own."""
        raw = QGuiApplication.clipboard().text()
        if not raw or self.isReadOnly():
            return
        begin = self.selectionStart()
        start = begin if begin >= 0 else self.cursorPosition()
        before = len(self.text()) - len(self.selectedText())
        self.insert(raw)
        length = len(self.text()) - before
        shown = self.text()[start : start + length]
        clean = self._clean(raw)
        if clean != shown:
            self.setSelection(start, length)
            self.insert(clean)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_clean()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() == "edit-paste":
                action.triggered.disconnect()
                action.triggered.connect(self.paste_clean)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if has_files(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)


def has_files(source: QMimeData) -> bool:
    """Whether files are being dragged or pasted."""
    return any(url.isLocalFile() for url in source.urls())
