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
    return _lines(_flat(cells))


def table_html(cells: Sequence[Sequence[str]], headers: Sequence[str] = ()) -> str:
    """The cells as a table in which every cell is text."""
    return _table(_flat(cells), headers)


def sheet_data(cells: Sequence[Sequence[str]], headers: Sequence[str] = ()) -> QMimeData:
    """What goes on the clipboard: plain lines for any program, a table for spreadsheets."""
    flat = _flat(cells)
    data = QMimeData()
    data.setText(_lines(flat))
    data.setHtml(_table(flat, headers))
    data.setData(TABLE, b"1")
    return data


def _flat(cells: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[harmless(cell) for cell in line] for line in cells]


def _lines(flat: Sequence[Sequence[str]]) -> str:
    return "\n".join("\t".join(line) for line in flat)


def _table(flat: Sequence[Sequence[str]], headers: Sequence[str]) -> str:
    head = _rows("th", _flat([headers])) if headers else ""
    return f"{_HEAD}{head}{_rows('td', flat)}</table></body></html>"


def _rows(tag: str, flat: Sequence[Sequence[str]]) -> str:
    """All rows at once: a thousand of them are copied in an instant."""
    from html import escape  # its table of entities is not needed before something is copied

    if not flat:
        return ""
    # Flat cells have no tab and no end of line, so these stand between cells only.
    inside = escape(_lines(flat), quote=False)
    first, last = f"<tr><{tag} x:str>", f"</{tag}></tr>"
    inside = inside.replace("\t", f"</{tag}><{tag} x:str>").replace("\n", last + first)
    return f"{first}{inside}{last}"
