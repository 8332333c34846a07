"""A paper of the book over the whole page, to print, keep or open: the book, a page for a void."""

from PySide6.QtWidgets import QWidget

from desktop.text import _
from desktop.ui.common.preview import LetterPreview
from desktop.ui.office.page import OfficePage


class PaperPage(OfficePage):
    """One PDF with its preview; 返回 or Esc leaves it."""

    def __init__(self, title: str, pdf: bytes, name: str, parent: QWidget | None = None) -> None:
        super().__init__("letters.paper", title, "", parent)
        self.preview = LetterPreview()
        self.preview.setObjectName("letters.paper.preview")
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.preview, 1)
        self.setFocusProxy(self.preview.print_button)
        self.preview.show_letter(pdf, name)
        self.setAccessibleDescription(_("预览"))
