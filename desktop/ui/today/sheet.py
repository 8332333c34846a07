"""The 今日要办 sheet as it prints."""

from desktop.text import _
from desktop.ui.common.reader import Reader


class SheetView(Reader):
    """Print, keep, open; `left` goes back to the list."""

    def __init__(self, pdf: bytes, name: str) -> None:
        said = _("给领导阅或者张贴的表；不含投诉举报人。")
        super().__init__("today.sheet", _("今日要办"), said, pdf, name)
