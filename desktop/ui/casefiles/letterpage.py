"""A page that shows one letter of the case as it was made, or a list to be printed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.text import _, format_date
from desktop.ui.common import theme
from desktop.ui.common.labels import button, label
from desktop.ui.common.preview import LetterPreview
from desktop.usecases.records import Letter


class ShownLetter(QWidget):
    """The letter with print, keep and open; Esc goes back."""

    left = Signal()

    def __init__(self, title: str, said: str, name: str) -> None:
        """`said`: the quiet line under the title; `name`: what a kept copy is called."""
        super().__init__()
        self._name = name
        self.preview = LetterPreview()
        self.preview.setObjectName("casefiles.letter.preview")
        self.back = button(_("返回(&B)"), "", "chevron_left")
        self.back.setObjectName("casefiles.letter.back")
        self.back.clicked.connect(self.left)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(title, "heading", wrap=True))
        words.addWidget(label(said, "quiet", wrap=True))
        head = QHBoxLayout()
        head.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.SMALL)
        head.setSpacing(theme.MEDIUM)
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.preview, 1)
        for keys, slot in (("Esc", self.left.emit), ("Ctrl+P", self.preview.print_letter)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def show_pdf(self, pdf: bytes) -> None:
        """Show the bytes once they have come from the worker."""
        self.preview.show_letter(pdf, self._name)
        self.preview.zoom(1.0)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def of(letter: Letter) -> "ShownLetter":
        """Return the page of a letter."""
        said = " · ".join((letter.number, format_date(letter.dated), letter.addressee))
        return ShownLetter(letter.title, said, f"{letter.number} {letter.title}")

    def show_missing(self) -> None:
        """Say that the letter's bytes are not what was kept."""
        self.preview.show_message(_("这份文书的存档找不到了，或者已被改动。"))
