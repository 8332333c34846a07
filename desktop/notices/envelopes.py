"""Setting envelopes (信封) and sheets of address labels (地址标签), each on its own page size.

Positions after GB/T 1416-2003 as commonly printed: boxes for the addressee's postcode top left,
the stamp top right, the sender bottom right with the strip for sorting marks left blank.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.lib.units import mm

from desktop.notices.fonts import Role
from desktop.notices.lines import Line, Span, break_lines, set_line
from desktop.notices.page import A4, SIZE_2, SIZE_3, SIZE_4, Drawn, PdfFile, Sheet
from desktop.notices.papers import Address, Envelope, LabelSheet

_BOX_X, _BOX_Y = 12 * mm, 12 * mm
_BOX_W, _BOX_H, _BOX_STEP = 8 * mm, 9 * mm, 10 * mm
_BOX_LINE = 0.3 * mm
_STAMP = 20 * mm
_STAMP_EDGE = 10 * mm
_SORTING = 20 * mm
"""The strip along the lower edge kept free for sorting marks, except for the sender's postcode."""
_SMALL = 10.5
_STAMP_TEXT, _CODE_TEXT = "贴邮票处", "邮政编码　"


def draw_envelope(envelope: Envelope, file: PdfFile) -> Drawn:
    """Draw the envelope into a file, as one page of its own size."""
    size = (envelope.width * mm, envelope.height * mm)
    return _EnvelopeSetting(envelope, Sheet(file, size=size)).draw()


def envelope_texts(envelope: Envelope) -> Iterator[str]:
    """Yield every text of the envelope that will be printed."""
    for address in (envelope.to, envelope.sender):
        yield from (address.postcode, address.place, address.name)
    yield envelope.reference
    yield _STAMP_TEXT + _CODE_TEXT


@dataclass(slots=True)
class _EnvelopeSetting:
    """One envelope being set."""

    envelope: Envelope
    sheet: Sheet

    def draw(self) -> Drawn:
        envelope, sheet = self.envelope, self.sheet
        sheet.bookmark(envelope.to.name, 0.0, 0)
        if not envelope.preprinted:
            sheet.red(on=True)
            for k in range(6):
                sheet.frame(_BOX_X + k * _BOX_STEP, _BOX_Y, _BOX_W, _BOX_H, _BOX_LINE)
            sheet.red(on=False)
            self._draw_stamp()
        self._draw_postcode()
        self._draw_addressee()
        if not envelope.preprinted:
            self._draw_sender()
        return sheet.close()

    def _draw_postcode(self) -> None:
        for k, digit in enumerate(self.envelope.to.postcode[:6]):
            width = self.sheet.text_width(digit, Role.SONG, SIZE_3)
            x = _BOX_X + k * _BOX_STEP + (_BOX_W - width) / 2
            self.sheet.text(x, _BOX_Y + (_BOX_H - SIZE_3) / 2, digit, SIZE_3, Role.SONG)

    def _draw_stamp(self) -> None:
        x = self.sheet.width - _STAMP_EDGE - _STAMP
        self.sheet.frame(x, _STAMP_EDGE, _STAMP, _STAMP, _BOX_LINE / 2)
        for k, part in enumerate((_STAMP_TEXT[:2], _STAMP_TEXT[2:])):
            width = self.sheet.text_width(part, Role.SONG, _SMALL)
            top = _STAMP_EDGE + _STAMP / 2 + (k - 1) * _SMALL * 1.4 + _SMALL * 0.2
            self.sheet.text(x + (_STAMP - width) / 2, top, part, _SMALL)

    def _draw_addressee(self) -> None:
        """The place from the left third on, the name in larger type centred under it."""
        to, sheet = self.envelope.to, self.sheet
        left = sheet.width * 0.17
        room = sheet.width * 0.70
        y = sheet.height * 0.30
        for line in break_lines([Span(to.place)], sheet.measure(SIZE_3, room)):
            sheet.line(left, y, line, SIZE_3)
            y += SIZE_3 * 1.5
        y = max(y + SIZE_3 * 0.4, sheet.height * 0.44)
        size = SIZE_2
        while (lines := self._name_lines(size, room)) and len(lines) > 2 and size > SIZE_4:
            size -= 1.0
        for line in lines:
            sheet.line(left + (room - line.width) / 2, y, line, size)
            y += size * 1.35

    def _name_lines(self, size: float, room: float) -> list[Line]:
        return break_lines([Span(self.envelope.to.name)], self.sheet.measure(size, room))

    def _draw_sender(self) -> None:
        sender, sheet = self.envelope.sender, self.sheet
        right = sheet.width - 12 * mm
        room = sheet.width * 0.62
        lines: list[Line] = []
        measure = sheet.measure(SIZE_4, room)
        for text in (sender.place, sender.name):
            lines += break_lines([Span(text)], measure)
        bottom = sheet.height - _SORTING
        y = bottom - len(lines) * SIZE_4 * 1.35
        if self.envelope.reference:
            reference = set_line(self.envelope.reference, sheet.measure(_SMALL, room))
            sheet.line(12 * mm, bottom - _SMALL * 1.4, reference, _SMALL)
        for line in lines:
            sheet.line(right - line.width, y, line, SIZE_4)
            y += SIZE_4 * 1.35
        if sender.postcode:
            code = set_line(_CODE_TEXT + sender.postcode, sheet.measure(12.0, room))
            sheet.line(right - code.width, sheet.height - 15 * mm, code, 12.0)


def draw_labels(labels: LabelSheet, file: PdfFile) -> Drawn:
    """Draw the labels into a file, sheet after sheet."""
    sheet = Sheet(file, size=A4)
    sheet.bookmark("地址标签", 0.0, 0)
    grid = labels.grid
    for k, address in enumerate(labels.addresses, labels.skip):
        place = k % (grid.columns * grid.rows)
        if not place and k > labels.skip:
            sheet.next_page()
        row, column = divmod(place, grid.columns)
        x = (grid.left + column * (grid.width + grid.gap_x)) * mm
        y = (grid.top + row * (grid.height + grid.gap_y)) * mm
        _draw_label(sheet, x, y, grid.width * mm, grid.height * mm, address)
    return sheet.close()


def label_texts(labels: LabelSheet) -> Iterator[str]:
    """Yield every text of the labels that will be printed."""
    for address in labels.addresses:
        yield from (address.postcode, address.place, address.name)


def _draw_label(
    sheet: Sheet, x: float, y: float, width: float, height: float, address: Address
) -> None:
    """Draw one label, in smaller type when it is too small for its text."""
    pad = 4.5 * mm
    size = SIZE_4
    while True:
        measure = sheet.measure(size, width - 2 * pad)
        lines = [
            line
            for span in (
                Span(address.postcode, Role.SONG),
                Span(address.place),
                Span(address.name, Role.HEADING),
            )
            for line in break_lines([span], measure)
        ]
        if len(lines) * size * 1.35 <= height - 5 * mm or size <= 7.0:
            break
        size -= 0.5
    top = y + (height - len(lines) * size * 1.35) / 2 + size * 0.175
    for line in lines:
        sheet.line(x + pad, top, line, size)
        top += size * 1.35
