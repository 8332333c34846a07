"""Setting a ledger-like table (表册) on A4, upright or landscape, head repeated on each page."""

from collections.abc import Iterator, Sequence
from dataclasses import field

from reportlab.lib.units import mm

from desktop.notices.fonts import FontBook, Role
from desktop.notices.headings import LEADING, head_lines
from desktop.notices.lines import Line, Measure, Span, break_lines
from desktop.notices.page import (
    A4,
    THICK,
    THIN,
    Drawn,
    PdfFile,
    Sheet,
)
from desktop.notices.papers import Align, Table, Turn
from frozen import dataclass

_MARGIN = {True: (30 * mm, 20 * mm, 18 * mm, 20 * mm), False: (28 * mm, 26 * mm, 25 * mm, 25 * mm)}
"""Top, bottom, left, right; a landscape sheet is bound at its upper long edge."""
_PAD_X, _PAD_Y, _CLOSE_Y = 1.4 * mm, 1.5 * mm, 0.6 * mm
"""Room around the text of a cell: at its sides, above and below, and the same where the rows would
take more than a page."""
_LEADING = 1.35
_RAGGED = 16
"""Columns narrower than so many characters are not justified."""
_TALL = 4
"""An upright table whose rows take more lines than this is laid landscape."""


def draw_table(table: Table, file: PdfFile) -> Drawn:
    """Draw the table into a file."""
    lying = _TableSetting(table, file, landscape=True)
    upright = _TableSetting(table, file, landscape=False)
    match table.turn:
        case Turn.LANDSCAPE:
            return lying.draw()
        case Turn.UPRIGHT:
            return upright.draw()
    fits = _fits_upright(table, file.fonts) and upright.count() <= lying.count()
    return (upright if fits else lying).draw()


def table_texts(table: Table) -> Iterator[str]:
    """Yield every text of the table that will be printed."""
    yield from (
        table.issuer,
        table.title,
        table.empty,
        table.mark,
        *table.caption,
        "第页共0123456789",
    )
    yield from (column.head for column in table.columns)
    for row in table.rows:
        yield from row
    yield from table.notes


def _fits_upright(table: Table, fonts: FontBook) -> bool:
    """Tell whether on upright paper no row becomes tall and no number or date is parted."""
    room = A4[0] - _MARGIN[False][2] - _MARGIN[False][3]
    widths = _widths(table, fonts, room)
    return all(
        len(cell) <= _TALL and (len(cell) < 2 or not text.isascii())
        for row in table.rows
        for text, cell in zip(row, _cells(row, widths, table, fonts), strict=True)
    )


def _widths(table: Table, fonts: FontBook, room: float) -> tuple[float, ...]:
    """Return the columns' widths in points: what is over goes to the columns whose text is long."""
    given = [column.width * mm for column in table.columns]
    over = room - sum(given)
    if over <= 0:
        return tuple(width * room / sum(given) for width in given)
    lacks = [
        max(
            (
                sum(fonts.glyph(c, Role.BODY, table.size, table.size).width for c in row[k])
                for row in table.rows
            ),
            default=0.0,
        )
        + 2 * _PAD_X
        - width
        for k, width in enumerate(given)
    ]
    wants = [min(max(lack, 0.0), over) for lack in lacks]
    if not any(wants):
        wants = given
    return tuple(g + over * want / sum(wants) for g, want in zip(given, wants, strict=True))


def _cells(
    row: Sequence[str], widths: Sequence[float], table: Table, fonts: FontBook
) -> list[list[Line]]:
    """Break the texts of a row into the lines of its cells."""
    cells: list[list[Line]] = []
    for k, (text, width) in enumerate(zip(row, widths, strict=True)):
        inner = width - 2 * _PAD_X
        role = Role.HEADING if not k and text in table.strong else Role.BODY
        ragged = inner < _RAGGED * table.size
        measure = Measure(fonts, table.size, table.size, inner, inner, ragged)
        cells.append(break_lines([Span(text, role)], measure))
    return cells


@dataclass(frozen=True, slots=True)
class _Strip:
    """A row, or the part of a row that stands on one page."""

    cells: tuple[tuple[Line, ...], ...]
    height: float


@dataclass(slots=True)
class _TableSetting:
    """One table being set: pages first, so that each can say of how many it is."""

    table: Table
    file: PdfFile
    landscape: bool
    fonts: FontBook = field(init=False)
    size: tuple[float, float] = field(init=False)
    left: float = field(init=False)
    right: float = field(init=False)
    top: float = field(init=False)
    bottom: float = field(init=False)
    widths: tuple[float, ...] = field(init=False)
    pad: float = field(init=False, default=_PAD_Y)
    sheet: Sheet = field(init=False)

    def __post_init__(self) -> None:
        self.fonts = self.file.fonts
        self.size = (A4[1], A4[0]) if self.landscape else A4
        top, bottom, left, right = _MARGIN[self.landscape]
        self.top, self.bottom = top, self.size[1] - bottom
        self.left, self.right = left, self.size[0] - right
        self.widths = _widths(self.table, self.fonts, self.right - self.left)

    def count(self) -> int:
        """Return how many pages the table takes."""
        return len(self._pages()[1])

    def _pages(self) -> tuple[_Strip, list[list[_Strip]]]:
        """Return the head and the rows page by page; they stand closer where one page is too few."""
        for self.pad in (_PAD_Y, _CLOSE_Y):
            head, first_top, notes = self._head(), self._first_top(), self._note_lines()
            pages = self._paginate(head.height, first_top)
            if notes and not self._notes_fit(pages, notes, head.height, first_top):
                pages.append([])
            if len(pages) == 1:
                break
        return head, pages

    def _title(self) -> list[tuple[Line, float]]:
        room = self.right - self.left
        return head_lines(self.fonts, self.table.issuer, self.table.title, room)

    def _first_top(self) -> float:
        """Return where the table begins on its first page."""
        top = self.top + sum(size * LEADING for _, size in self._title()) + 2 * mm
        return top + len(self._captions()) * self.table.size * 1.7

    def _captions(self) -> list[tuple[str, str]]:
        """Return the lines above the table: one, or two where its halves would meet."""
        left, right = self.table.caption
        if not left and not right:
            return []
        size = self.table.size
        used = sum(self.fonts.glyph(c, Role.BODY, size, size).width for c in f"{left}　{right}")
        if left and right and used > self.right - self.left:
            return [(left, ""), ("", right)]
        return [(left, right)]

    def draw(self) -> Drawn:
        table = self.table
        head, pages = self._pages()
        title, first_top, notes = self._title(), self._first_top(), self._note_lines()
        self.sheet = Sheet(self.file, table.mark, self.size)
        self.sheet.bookmark(table.title, self.top, 0)
        for number, strips in enumerate(pages):
            if number:
                self.sheet.next_page()
            else:
                self._draw_title(title)
            y = self.top if number else first_top
            if strips or not number:
                y = self._draw_page(y, [head, *strips])
            if number == len(pages) - 1:
                self._draw_notes(y, notes)
            self._draw_number(len(pages))
        return self.sheet.close()

    def _head(self) -> _Strip:
        table = self.table
        cells = tuple(
            tuple(
                break_lines(
                    [Span(column.head, Role.HEADING)],
                    Measure(
                        self.fonts,
                        table.size,
                        table.size,
                        width - 2 * _PAD_X,
                        width - 2 * _PAD_X,
                    ),
                )
            )
            for column, width in zip(table.columns, self.widths, strict=True)
        )
        return _Strip(cells, self._height(cells) + self.pad)

    def _height(self, cells: Sequence[Sequence[Line]]) -> float:
        rows = max((len(cell) for cell in cells), default=1)
        return max(1, rows) * self.table.size * _LEADING + 2 * self.pad

    def _paginate(self, head: float, first_top: float) -> list[list[_Strip]]:
        """Spread the rows over pages; one taller than a page is parted."""
        pages: list[list[_Strip]] = [[]]
        y = first_top + head
        for row in self.table.rows:
            cells = tuple(tuple(c) for c in _cells(row, self.widths, self.table, self.fonts))
            while True:
                height = self._height(cells)
                room = self.bottom - y
                if height <= room + 0.1:
                    pages[-1].append(_Strip(cells, height))
                    y += height
                    break
                whole = self.bottom - self.top - head
                fit = int((room - 2 * self.pad) / (self.table.size * _LEADING))
                if height > whole and fit > 1:
                    part = tuple(cell[:fit] for cell in cells)
                    pages[-1].append(_Strip(part, room))
                    cells = tuple(cell[fit:] for cell in cells)
                pages.append([])
                y = self.top + head
        if not self.table.rows and self.table.empty:
            pages[-1].append(_Strip((), self._height(())))
        return pages

    def _note_lines(self) -> list[Line]:
        size = self.table.size
        room = self.right - self.left
        measure = Measure(self.fonts, size, size, room, room)
        return [line for note in self.table.notes for line in break_lines([Span(note)], measure)]

    def _notes_fit(
        self, pages: list[list[_Strip]], notes: list[Line], head: float, first_top: float
    ) -> bool:
        top = self.top if len(pages) > 1 else first_top
        used = top + head + sum(strip.height for strip in pages[-1])
        return used + self._notes_height(notes) <= self.bottom + 0.1

    def _notes_height(self, notes: list[Line]) -> float:
        return 2 * mm + len(notes) * self.table.size * 1.5

    def _draw_title(self, title: list[tuple[Line, float]]) -> None:
        y = self.top
        for line, type_size in title:
            x = self.left + (self.right - self.left - line.width) / 2
            self.sheet.line(x, y, line, type_size)
            y += type_size * LEADING
        y += 2 * mm
        size = self.table.size
        for left, right in self._captions():
            self.sheet.text(self.left, y, left, size)
            width = self.sheet.text_width(right, Role.BODY, size)
            self.sheet.text(self.right - width, y, right, size)
            y += size * 1.7

    def _draw_page(self, y: float, strips: list[_Strip]) -> float:
        """Draw strips one under the other with all rules; return where they end."""
        top = y
        room = self.right - self.left
        self._rule(y, THICK)
        for k, strip in enumerate(strips):
            self._draw_strip(y, strip, head=k == 0)
            y += strip.height
            self._rule(y, THICK if k == len(strips) - 1 else THIN)
        x = self.left
        ruled = strips[0].height if len(strips) == 2 and not strips[1].cells else y - top
        for width in self.widths[:-1]:
            x += width
            self.sheet.upright(x, top, top + ruled, THIN)
        for edge in (self.left, self.left + room):
            self.sheet.upright(edge, top, y, THICK)
        return y

    def _draw_strip(self, y: float, strip: _Strip, *, head: bool) -> None:
        size = self.table.size
        if not strip.cells:
            text = self.table.empty
            width = self.sheet.text_width(text, Role.BODY, size)
            x = self.left + (self.right - self.left - width) / 2
            self.sheet.text(x, y + (strip.height - size) / 2, text, size)
            return
        x = self.left
        for cell, width, column in zip(strip.cells, self.widths, self.table.columns, strict=True):
            align = Align.CENTRE if head else column.align
            top = y + (strip.height - len(cell) * size * _LEADING) / 2 + size * (_LEADING - 1) / 2
            for line in cell:
                free = width - 2 * _PAD_X - line.width
                shift = {Align.LEFT: 0.0, Align.CENTRE: free / 2, Align.RIGHT: free}[align]
                self.sheet.line(x + _PAD_X + shift, top, line, size)
                top += size * _LEADING
            x += width

    def _rule(self, y: float, thick: float) -> None:
        x, width = self.left - THICK / 2, self.right - self.left + THICK
        self.sheet.rule(y - thick / 2, thick, x, width)

    def _draw_notes(self, y: float, notes: list[Line]) -> None:
        size = self.table.size
        y += 2 * mm
        for line in notes:
            self.sheet.line(self.left, y, line, size)
            y += size * 1.5

    def _draw_number(self, pages: int) -> None:
        text = f"第{self.sheet.page}页　共{pages}页"
        size = 9.0
        width = self.sheet.text_width(text, Role.BODY, size)
        self.sheet.text(self.right - width, self.bottom + 5 * mm, text, size)
