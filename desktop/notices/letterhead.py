"""The head of a letter, 文件格式 (GB/T 9704-2012 7.2) or 信函格式 (10.1); not the text below."""

from reportlab.lib.units import mm

from desktop.notices.flow import Frame
from desktop.notices.fonts import Role
from desktop.notices.page import (
    BOTTOM,
    CORE_WIDTH,
    LEFT,
    PAGE_HEIGHT,
    PITCH,
    RIGHT,
    SIZE_3,
    TOP,
    Sheet,
)
from frozen import dataclass

_MARK_DROP = 35 * mm
_MARK_HEIGHT = 18 * mm
"""The tallest mark; with it everything below lands on the grid (the 1999 standard: ≤ 22 mm)."""
_NUMBER_TO_RULE = 4 * mm
_RULE = 0.5 * mm
_NARROWEST = 0.55
"""A mark is condensed to this share of its width before it is made smaller."""

_LETTER_MARK_TOP = 30 * mm
_LETTER_MARK_SIZE = 34.0
_LETTER_TRACK = 12.0
_LETTER_NARROWEST = 0.6
_LETTER_RULE_GAP = 4 * mm
_LETTER_RULE_LENGTH = 170 * mm
_LETTER_RULE_DROP = 20 * mm
_WIDE, _FINE, _BETWEEN = 0.9 * mm, 0.3 * mm, 0.4 * mm
_SEVEN_EIGHTHS = SIZE_3 * 7 / 8


@dataclass(frozen=True, slots=True)
class Mark:
    """A 发文机关标志 fitted to the core: type size, horizontal condensing, ink above and below."""

    size: float
    condense: float
    track: float
    width: float
    above: float
    below: float

    @property
    def height(self) -> float:
        """Height of the ink in points."""
        return self.above - self.below


def fit_mark(sheet: Sheet, text: str, size: float, narrowest: float, track: float) -> Mark:
    """Fit a mark into the core width: letter-spaced if short, condensed or smaller if long."""
    room = CORE_WIDTH - 2 * mm
    natural = sheet.text_width(text, Role.TITLE, size)
    condense = max(narrowest, min(1.0, room / natural))
    if natural * condense > room:
        size *= room / (natural * condense)
        natural = sheet.text_width(text, Role.TITLE, size)
    gaps = max(1, len(text) - 1)
    loose = max(0.0, min(track, (room - 4 * mm - natural * condense) / gaps))
    above, below = sheet.fonts.ink(text, Role.TITLE, size)
    return Mark(size, condense, loose, natural * condense + loose * (len(text) - 1), above, below)


def _draw_mark(sheet: Sheet, text: str, mark: Mark, top: float) -> None:
    sheet.red(on=True)
    sheet.baseline(
        LEFT + (CORE_WIDTH - mark.width) / 2,
        PAGE_HEIGHT - top - mark.above,
        text,
        Role.TITLE,
        mark.size,
        track=mark.track / mark.condense,
        condense=mark.condense,
    )
    sheet.red(on=False)


def _draw_number(sheet: Sheet, number: str, top: float, *, centred: bool) -> None:
    width = sheet.grid_width(number)
    sheet.grid_text(LEFT + (CORE_WIDTH - width) / 2 if centred else RIGHT - width, top, number)


def draw_document_head(sheet: Sheet, mark_text: str, number: str) -> Frame:
    """Draw mark, number and red rule; return where rows go on page 1.

    The mark's upper edge is 35 mm below the core's, the number two rows below it, the rule 4 mm
    below that and the first row two rows below the rule, on the grid of the page.
    """
    em_above, em_below = sheet.fonts.ink(mark_text, Role.TITLE, 1.0)
    size = _MARK_HEIGHT / (em_above - em_below)
    mark = fit_mark(sheet, mark_text, size, _NARROWEST, 0.0)
    top = TOP + _MARK_DROP
    _draw_mark(sheet, mark_text, mark, top)
    below_mark = top + mark.height
    needed = below_mark + 2 * PITCH + SIZE_3 + _NUMBER_TO_RULE + 2 * PITCH
    row = -int(-(needed - TOP - 0.5) // PITCH)
    spare = max(0.0, TOP + row * PITCH - needed) / 2
    number_top = below_mark + 2 * PITCH + spare
    _draw_number(sheet, number, number_top, centred=True)
    sheet.red(on=True)
    sheet.rule(number_top + SIZE_3 + _NUMBER_TO_RULE, _RULE)
    sheet.red(on=False)
    return Frame(TOP + row * PITCH, BOTTOM)


def draw_correspondence_head(sheet: Sheet, mark_text: str, number: str) -> Frame:
    """Draw mark, number and both red double rules; return where rows go on page 1."""
    mark = fit_mark(sheet, mark_text, _LETTER_MARK_SIZE, _LETTER_NARROWEST, _LETTER_TRACK)
    _draw_mark(sheet, mark_text, mark, _LETTER_MARK_TOP)
    x = LEFT + (CORE_WIDTH - _LETTER_RULE_LENGTH) / 2
    y = _LETTER_MARK_TOP + mark.height + _LETTER_RULE_GAP
    both = _WIDE + _BETWEEN + _FINE
    low = PAGE_HEIGHT - _LETTER_RULE_DROP - both
    sheet.red(on=True)
    sheet.rule(y, _WIDE, x, _LETTER_RULE_LENGTH)
    sheet.rule(y + _WIDE + _BETWEEN, _FINE, x, _LETTER_RULE_LENGTH)
    sheet.rule(low, _FINE, x, _LETTER_RULE_LENGTH)
    sheet.rule(low + _FINE + _BETWEEN, _WIDE, x, _LETTER_RULE_LENGTH)
    sheet.red(on=False)
    number_top = y + both + _SEVEN_EIGHTHS
    _draw_number(sheet, number, number_top, centred=False)
    return Frame(number_top + 3 * PITCH, low - _SEVEN_EIGHTHS)


CODE_SIDE = 14 * mm
_CODE_DROP = 6.5 * mm
_CODE_BELOW_RULE = 1.5 * mm


def draw_code(sheet: Sheet, text: str, *, document: bool) -> None:
    """Draw the 二维码 in the margin under all text: opposite the page number, or under the 信函's
    lower double rule; 14 mm square with its quiet zone free on all sides.
    """
    import segno  # not every letter has a code

    matrix = segno.make_qr(text, error="l", encoding="utf-8").matrix
    top = BOTTOM + _CODE_DROP
    if not document:
        top = PAGE_HEIGHT - _LETTER_RULE_DROP + _CODE_BELOW_RULE
    sheet.dots(LEFT, top, CODE_SIDE / len(matrix), matrix)
