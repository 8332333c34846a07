"""The 版记 at the foot of the last page (GB/T 9704-2012 7.4; in a 信函 without rules, 10.1)."""

from desktop.notices.chinese import long_date
from desktop.notices.fonts import ASCENT, Role
from desktop.notices.lines import Line, Measure, Span, break_lines
from desktop.notices.model import ColophonTooLong, Letter
from desktop.notices.page import (
    BOTTOM,
    CORE_HEIGHT,
    CORE_WIDTH,
    LEFT,
    PAGE_HEIGHT,
    PITCH,
    RIGHT,
    SIZE_4,
    THICK,
    THIN,
    Sheet,
)
from frozen import dataclass

_ROW = SIZE_4 + 10.0
_INNER = CORE_WIDTH - 2 * SIZE_4
_NARROWEST = 0.7
"""A long 印发机关 is condensed to this before it takes another row."""
_HANG = 3 * SIZE_4
"""Continuation lines begin under the first name after “抄送：”."""


@dataclass(frozen=True, slots=True)
class Colophon:
    """What stands in the 版记; ``ruled`` in documents only."""

    copied: tuple[Line, ...]
    printer: tuple[str, ...]
    printed: str
    condense: float
    ruled: bool

    @property
    def height(self) -> float:
        """Height with its rules in points, 0 when there is nothing to print."""
        rows = len(self.copied) + len(self.printer)
        return rows * _ROW + (2 * THICK + THIN if self.ruled else 0.0) if rows else 0.0

    @property
    def room(self) -> float:
        """Height to keep free under the last row: the 版记 and one row above it."""
        return self.height + PITCH if self.height else 0.0

    def draw(self, sheet: Sheet) -> None:
        """Draw it so that the last rule lies on the bottom of the core."""
        if not self.height:
            return
        y = BOTTOM - self.height
        y = self._rule(sheet, y, THICK)
        for k, line in enumerate(self.copied):
            x = LEFT + SIZE_4 + (_HANG if k else 0.0)
            sheet.line(x, y + (_ROW - SIZE_4) / 2, line, SIZE_4)
            y += _ROW
        if self.printed:
            if self.copied:
                y = self._rule(sheet, y, THIN)
            self._draw_printer(sheet, y + (_ROW - SIZE_4) / 2)
        self._rule(sheet, BOTTOM - THICK, THICK)

    def _draw_printer(self, sheet: Sheet, top: float) -> None:
        """Draw 印发机关 on the left, condensed if long, and the date at the end of its last row."""
        for k, text in enumerate(self.printer):
            y = PAGE_HEIGHT - top - k * _ROW - SIZE_4 * ASCENT
            sheet.baseline(LEFT + SIZE_4, y, text, Role.BODY, SIZE_4, condense=self.condense)
        width = sheet.text_width(self.printed, Role.BODY, SIZE_4)
        last = top + (len(self.printer) - 1) * _ROW
        sheet.text(RIGHT - SIZE_4 - width, last, self.printed, SIZE_4)

    def _rule(self, sheet: Sheet, y: float, thick: float) -> float:
        if not self.ruled:
            return y
        sheet.rule(y, thick)
        return y + thick


def colophon_of(letter: Letter, sheet: Sheet) -> Colophon:
    """Set the 版记 of a letter.

    Raises:
        ColophonTooLong: it is longer than a page.
    """
    copied: tuple[Line, ...] = ()
    if letter.copied_to:
        text = "抄送：" + "，".join(letter.copied_to).rstrip("。") + "。"
        measure = Measure(sheet.fonts, SIZE_4, SIZE_4, _INNER, _INNER - _HANG)
        copied = tuple(break_lines([Span(text)], measure))
    document = letter.layout == "document"
    printer: tuple[str, ...] = ()
    printed, condense = "", 1.0
    if document and letter.printed_by:
        printed = long_date(letter.printed_on or letter.dated) + "印发"
        room = _INNER - sheet.text_width(printed, Role.BODY, SIZE_4) - SIZE_4
        printer = (letter.printed_by,)
        condense = min(1.0, room / sheet.text_width(letter.printed_by, Role.BODY, SIZE_4))
        if condense < _NARROWEST:
            condense = 1.0
            lines = break_lines([Span(letter.printed_by)], sheet.measure(SIZE_4, room))
            printer = tuple(line.text for line in lines)
    colophon = Colophon(copied, printer, printed, condense, ruled=document)
    if colophon.height > CORE_HEIGHT:
        raise ColophonTooLong(f"{len(letter.copied_to)} names in copied_to fill more than a page")
    return colophon
