"""Setting a bound register (登记簿): its cover, its landscape pages, and where it is signed.

Rows are broken into lines twice, once to find the pages and once to draw them, so that a register
of many thousand rows never lies in memory whole.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from reportlab.lib.units import mm

from desktop.notices.fonts import FontChoice, Role, book_of
from desktop.notices.headings import head_lines
from desktop.notices.lines import Line, Measure, Span, break_lines
from desktop.notices.model import RenderedLetter
from desktop.notices.page import A4, THICK, THIN, Drawn, PdfFile, Properties, Sheet
from desktop.notices.papers import Align, BoundRegister
from desktop.notices.press import DRAWING

_BOUND, _OUTER = 25 * mm, 10 * mm
"""Margins at the edge where the pages are bound (订口) and at the other."""
_TOP, _BOTTOM = 21 * mm, 15 * mm
_PAD_X, _PAD_Y = 0.9 * mm, 1.2 * mm
_SIZE, _SMALL = 9.0, 9.0
_LEADING = 1.35
_RAGGED = 12 * _SIZE
"""Cells narrower than this are not justified."""
_SIGNED = 15 * mm
"""Room for a signature."""
_COVER_TITLE, _COVER_TEXT = 42.0, 16.0

Told = Callable[[int, int], None]
"""Told how many of how many rows are done; stops the work by an exception."""


def render_bound(
    register: BoundRegister, fonts: FontChoice = FontChoice.BUNDLED, told: Told | None = None
) -> RenderedLetter:
    """Return a register as a PDF; ``pages`` counts its own pages, without the cover.

    Raises:
        ControlCharacter, MissingGlyph: text that cannot be printed.
    """
    book = book_of(fonts)
    with DRAWING:
        book.require("\n".join(_texts(register)))
        file = PdfFile(book, flip="short" if register.two_sided else "none")
        drawn = _Setting(register, file, told or (lambda _done, _total: None)).draw()
        pdf = file.finish(
            Properties(register.title, register.issuer, register.volume, "", register.dated)
        )
    return RenderedLetter(pdf, drawn.pages, book.files(drawn.used), drawn.notes)


def _texts(register: BoundRegister) -> Iterator[str]:
    yield from (register.issuer, register.title, register.volume, register.running)
    yield "第页共0123456789年月日：　"
    for label, value in register.facts:
        yield label + value
    yield from (column.head for column in register.columns)
    for row in register.rows:
        yield from row
    yield from (*register.closing, *register.signs)


@dataclass(frozen=True, slots=True)
class _Part:
    """A row, or the lines of a row from one to another, as it stands on a page."""

    row: int
    height: float
    first: int = 0
    last: int | None = None


@dataclass(slots=True)
class _Setting:
    register: BoundRegister
    file: PdfFile
    told: Told
    widths: tuple[float, ...] = field(init=False)
    sheet: Sheet = field(init=False)
    width: float = field(init=False)
    height: float = field(init=False)

    def __post_init__(self) -> None:
        self.width, self.height = A4[1], A4[0]
        given = [column.width * mm for column in self.register.columns]
        room = self.width - _BOUND - _OUTER
        self.widths = tuple(width * room / sum(given) for width in given)

    # -- finding the pages ---------------------------------------------------------------------

    def draw(self) -> Drawn:
        pages = self._paginate()
        self.sheet = Sheet(self.file, size=(self.width, self.height))
        self.sheet.bookmark(self.register.title, _TOP, 0)
        self._draw_cover(len(pages))
        if self.register.two_sided:
            self.sheet.next_page()  # the back of the cover stays empty
        total, done = 2 * len(self.register.rows), len(self.register.rows)
        for number, parts in enumerate(pages, 1):
            self.told(done, total)
            self.sheet.next_page()
            y = self._draw_page(number, parts)
            if number == len(pages):
                self._draw_end(y)
            self._draw_foot(number, len(pages))
            done += len(parts)
        drawn = self.sheet.close()
        return Drawn(len(pages), drawn.used, drawn.notes)

    def _paginate(self) -> list[list[_Part]]:
        """Spread the rows over the pages; one taller than a page is parted between its lines."""
        top, bottom = _TOP + self._head_height(), self.height - _BOTTOM
        pages: list[list[_Part]] = [[]]
        y, total = top, 2 * len(self.register.rows)
        for at, row in enumerate(self.register.rows):
            if at % 50 == 0:
                self.told(at, total)
            lines = max(len(cell) for cell in self._cells(row))
            height, first = self._height(lines), 0
            while height > bottom - top:
                fit = int((bottom - y - 2 * _PAD_Y) / (_SIZE * _LEADING))
                if fit > 1:
                    pages[-1].append(_Part(at, bottom - y, first, first + fit))
                    first, lines = first + fit, lines - fit
                    height = self._height(lines)
                pages.append([])
                y = top
            if height > bottom - y + 0.1:
                pages.append([])
                y = top
            pages[-1].append(_Part(at, height, first))
            y += height
        if y + self._end_height() > bottom:
            pages.append([])
        return pages

    def _cells(self, row: Sequence[str]) -> list[list[Line]]:
        """Break the texts of a row; the last cell of a short row reaches over the rest."""
        widths = [*self.widths[: len(row) - 1], sum(self.widths[len(row) - 1 :])]
        return [
            self._lines(text, width, Role.BODY) for text, width in zip(row, widths, strict=True)
        ]

    def _lines(self, text: str, width: float, role: Role) -> list[Line]:
        inner = width - 2 * _PAD_X
        measure = Measure(self.file.fonts, _SIZE, _SIZE, inner, inner, inner < _RAGGED)
        return break_lines([Span(text, role)], measure)

    @staticmethod
    def _height(lines: int) -> float:
        return max(1, lines) * _SIZE * _LEADING + 2 * _PAD_Y

    def _head(self) -> list[list[Line]]:
        return [
            self._lines(column.head, width, Role.HEADING)
            for column, width in zip(self.register.columns, self.widths, strict=True)
        ]

    def _head_height(self) -> float:
        return self._height(max(len(cell) for cell in self._head())) + 1 * mm

    def _end_height(self) -> float:
        closing = len(self._closing()) * _SIZE * 1.6
        return 4 * mm + closing + _SIGNED

    def _closing(self) -> list[Line]:
        room = self.width - _BOUND - _OUTER
        return [
            line for text in self.register.closing for line in self._lines(text, room, Role.BODY)
        ]

    # -- the cover -----------------------------------------------------------------------------

    def _draw_cover(self, pages: int) -> None:
        register, sheet = self.register, self.sheet
        left, right = _BOUND, self.width - _OUTER
        sheet.frame(left, 15 * mm, right - left, self.height - 30 * mm, 0.7 * mm)
        sheet.frame(left + 1.5 * mm, 16.5 * mm, right - left - 3 * mm, self.height - 33 * mm, THIN)
        room, middle = right - left - 30 * mm, (left + right) / 2
        y = 34 * mm
        for line, size in head_lines(sheet.fonts, register.issuer, "", room):
            sheet.line(middle - line.width / 2, y, line, size)
            y += size * 1.4
        y = 62 * mm
        self._centred(middle, y, register.title, _COVER_TITLE, Role.TITLE)
        y += _COVER_TITLE + 9 * mm
        self._centred(middle, y, register.volume, 22.0, Role.KAI)
        facts = [(label, value.format(pages=pages)) for label, value in register.facts]
        widest = max(
            (sheet.text_width(label, Role.HEADING, _COVER_TEXT) for label, _value in facts),
            default=0.0,
        )
        x = middle - 62 * mm
        y = self.height - 30 * mm - len(facts) * _COVER_TEXT * 1.75
        for label, value in facts:
            sheet.text(x, y, label, _COVER_TEXT, Role.HEADING)
            sheet.text(x + widest + 6 * mm, y, value, _COVER_TEXT)
            sheet.rule(
                y + _COVER_TEXT * 1.25, THIN, x + widest + 4 * mm, 124 * mm - widest - 4 * mm
            )
            y += _COVER_TEXT * 1.75

    def _centred(self, middle: float, top: float, text: str, size: float, role: Role) -> None:
        width = self.sheet.text_width(text, role, size)
        self.sheet.text(middle - width / 2, top, text, size, role)

    # -- the pages -----------------------------------------------------------------------------

    def _left(self, number: int) -> float:
        """Return where a page's table begins: the bound edge is at the left, of a back right."""
        return _OUTER if self.register.two_sided and number % 2 == 0 else _BOUND

    def _draw_page(self, number: int, parts: Sequence[_Part]) -> float:
        left = self._left(number)
        room = sum(self.widths)
        register, sheet = self.register, self.sheet
        top = _TOP - 7.5 * mm
        sheet.text(left, top, register.running, _SIZE + 1.5, Role.HEADING)
        width = sheet.text_width(register.volume, Role.BODY, _SIZE + 1)
        sheet.text(left + room - width, top, register.volume, _SIZE + 1)
        if not parts:
            return _TOP
        y = _TOP
        self._rule(left, y, THICK)
        head = self._head_height()
        self._draw_row(left, y, head, self._head(), centred=True)
        y += head
        self._rule(left, y, THICK)
        for part in parts:
            cells = self._cells(register.rows[part.row])
            cells = [cell[part.first : part.last] for cell in cells]
            self._draw_row(left, y, part.height, cells)
            y += part.height
            self._rule(left, y, THICK if part is parts[-1] else THIN)
        for edge in (left, left + room):
            sheet.upright(edge, _TOP, y, THICK)
        return y

    def _draw_row(
        self,
        left: float,
        y: float,
        height: float,
        cells: Sequence[Sequence[Line]],
        *,
        centred: bool = False,
    ) -> None:
        x = left
        for k, cell in enumerate(cells):
            last = k == len(cells) - 1
            width = sum(self.widths[k:]) if last else self.widths[k]
            column = self.register.columns[k]
            middle = centred or (column.align is Align.CENTRE and k < len(cells) - 1)
            if last and len(cells) == len(self.register.columns):
                middle = centred or column.align is Align.CENTRE
            top = y + (height - len(cell) * _SIZE * _LEADING) / 2 + _SIZE * (_LEADING - 1) / 2
            for line in cell:
                shift = (width - 2 * _PAD_X - line.width) / 2 if middle else 0.0
                self.sheet.line(x + _PAD_X + shift, top, line, _SIZE)
                top += _SIZE * _LEADING
            x += width
            if not last:
                self.sheet.upright(x, y, y + height, THIN)

    def _rule(self, left: float, y: float, thick: float) -> None:
        self.sheet.rule(y - thick / 2, thick, left - THICK / 2, sum(self.widths) + THICK)

    def _draw_end(self, y: float) -> None:
        """Say where the register ends, and leave room for those who sign for it."""
        left, sheet = self._left(self.sheet.page - 1 - self.register.two_sided), self.sheet
        y += 3 * mm
        for line in self._closing():
            sheet.line(left, y, line, _SIZE)
            y += _SIZE * 1.6
        step = sum(self.widths) / max(1, len(self.register.signs))
        for k, sign in enumerate(self.register.signs):
            sheet.text(left + k * step, y + _SIGNED - _SIZE - 1 * mm, sign, _SIZE + 1.5)

    def _draw_foot(self, number: int, pages: int) -> None:
        text = f"第{number}页　共{pages}页"
        left = self._left(number)
        width = self.sheet.text_width(text, Role.BODY, _SMALL)
        x = left + (sum(self.widths) - width) / 2
        self.sheet.text(x, self.height - _BOTTOM + 4.5 * mm, text, _SMALL)
