"""Cells on the clipboard, so that Excel and WPS take them as a table of texts with no live formula."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QMimeData

_LIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_HEAD = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8">'
    "<style>td,th{mso-number-format:'\\@';white-space:nowrap}</style></head><body><table>"
)


#: By this mark the program knows a table of its own on the clipboard.
TABLE: Final = "application/x-sunlight-ledger-table"


def harmless(cell: str) -> str:
    """Return a cell on one line; what a spreadsheet would compute gets a leading '."""
    flat = " ".join(cell.split())
    return f"'{flat}" if flat.startswith(_LIVE) else flat


def tab_separated(cells: Sequence[Sequence[str]]) -> str:
    """Lines of cells with tabs between them."""
    return "\n".join("\t".join(harmless(cell) for cell in line) for line in cells)


def table_html(cells: Sequence[Sequence[str]], headers: Sequence[str] = ()) -> str:
    """The cells as a table in which every cell is text."""
    lines = [_line("th", headers)] if headers else []
    lines += [_line("td", line) for line in cells]
    return _HEAD + "".join(lines) + "</table></body></html>"


def _line(tag: str, cells: Sequence[str]) -> str:
    from html import escape  # its table of entities is not needed before something is copied

    inside = "".join(
        f"<{tag} x:str>{escape(harmless(cell), quote=False)}</{tag}>" for cell in cells
    )
    return f"<tr>{inside}</tr>"


def sheet_data(cells: Sequence[Sequence[str]], headers: Sequence[str] = ()) -> QMimeData:
    """What goes on the clipboard: plain lines for any program, a table for spreadsheets."""
    data = QMimeData()
    data.setText(tab_separated(cells))
    data.setHtml(table_html(cells, headers))
    data.setData(TABLE, b"1")
    return data
