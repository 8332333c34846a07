"""Setting a black form with ruled cells (文书式), A4 upright, on the same lines as a letter."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportlab.lib.units import mm

from desktop.notices.fonts import FontBook, Role
from desktop.notices.headings import LEADING, head_lines
from desktop.notices.lines import Line, Measure, Span, break_lines, set_line
from desktop.notices.page import (
    BOTTOM,
    CORE_WIDTH,
    LEFT,
    RIGHT,
    SIZE_3,
    SIZE_4,
    THICK,
    THIN,
    Drawn,
    PdfFile,
    Properties,
    Sheet,
)
from desktop.notices.papers import Form, FormRow
from frozen import dataclass

_SIZES = (SIZE_4, 12.0, 10.5)
"""4号, and 小四 or 五号 where it keeps the form on one page."""
_SHRINK, _SHRINK_FIXED = 0.6, 0.75
"""To keep the form on one page a growing row may be made this much of its height, and any other
row so much, but never lower than its text."""
_WHOLE = 6
"""A row of text of up to so many lines goes to the next page whole; a longer one is parted."""
_PAD = 2.2 * mm
_LABEL = 30 * mm
_TOP = 28 * mm
"""A form is no letter (公文) and begins higher on the page."""
_NOTE_SIZE = 10.5
_NOTE_LEADING = _NOTE_SIZE * 1.5
_NOTE_GAP = 3 * mm
_CODE_SIDE = 32 * mm
_CODE_HEIGHT = _CODE_SIDE + 2 * _NOTE_GAP + _NOTE_LEADING


def draw_form(form: Form, file: PdfFile) -> Drawn:
    """Draw the form into a file."""
    return _FormSetting(form, file.fonts, Sheet(file, form.mark)).draw()


def form_texts(form: Form) -> Iterator[str]:
    """Yield every text of the form that will be printed."""
    yield from (form.issuer, form.title, form.number, form.mark)
    for row in form.rows:
        yield row.sign
        for cell in row.cells:
            yield from (cell.label, cell.value)
    yield from form.notes
    yield from (below for below, _text in form.codes)


def form_properties(form: Form) -> Properties:
    """Return what the PDF says of itself."""
    words = (form.number, form.register_number, form.kind.value, form.mark.value)
    return Properties(
        title=form.title,
        author=form.issuer,
        subject=form.number,
        keywords=", ".join(word for word in words if word),
        dated=form.dated,
    )


@dataclass(frozen=True, slots=True)
class _Box:
    """One box of a row: its left edge, width and the lines in it."""

    x: float
    width: float
    lines: tuple[Line, ...]
    centred: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """A row whose text is broken into lines; ``height`` is what it should take, in points."""

    boxes: tuple[_Box, ...]
    height: float
    sign: str

    @property
    def longest(self) -> int:
        """Lines of its tallest box."""
        return max(len(box.lines) for box in self.boxes)


@dataclass(slots=True)
class _FormSetting:
    """One form being set from the top of the page downwards."""

    form: Form
    fonts: FontBook
    sheet: Sheet
    y: float = _TOP
    size: float = SIZE_4

    @property
    def leading(self) -> float:
        return self.size * 1.4

    def draw(self) -> Drawn:
        self.sheet.bookmark(self.form.title, self.y, 0)
        self._draw_head()
        self._rule(THICK)
        notes = self._note_lines()
        foot = _NOTE_GAP + len(notes) * _NOTE_LEADING if notes else 0.0
        foot += _CODE_HEIGHT if self.form.codes else 0.0
        for row in self._rows(BOTTOM - self.y - foot):
            self._draw_row(row)
        self._rule(THICK)
        self._draw_notes(notes)
        self._draw_codes()
        if self.sheet.page > 1:
            self.sheet.page_number()
        return self.sheet.close()

    def _draw_head(self) -> None:
        for line, size in head_lines(self.fonts, self.form.issuer, self.form.title, CORE_WIDTH):
            self.sheet.line(LEFT + (CORE_WIDTH - line.width) / 2, self.y, line, size)
            self.y += size * LEADING
        self.y += 3 * mm
        if self.form.number:
            x = RIGHT - self.sheet.grid_width(self.form.number)
            self.sheet.grid_text(x, self.y, self.form.number)
            self.y += SIZE_3 + 3 * mm

    def _rows(self, room: float) -> list[_Row]:
        """Set all rows so that they fill one page where they can, in the largest type that does."""
        plans = self.form.rows
        growing = sum(row.grow for row in plans)
        for self.size in _SIZES:
            rows = [self._row(row) for row in plans]
            spare = room - sum(row.height for row in rows)
            if spare >= 0:
                return [
                    replace(row, height=row.height + spare / growing) if plan.grow else row
                    for row, plan in zip(rows, plans, strict=True)
                ]
            gives = [
                row.height
                - max(self._needed(row), row.height * (_SHRINK if plan.grow else _SHRINK_FIXED))
                for row, plan in zip(rows, plans, strict=True)
            ]
            if growing and spare + sum(gives) >= 0:
                part = -spare / sum(gives)
                return [
                    replace(row, height=row.height - give * part)
                    for row, give in zip(rows, gives, strict=True)
                ]
        self.size = SIZE_4
        return [self._row(row) for row in self.form.rows]

    def _row(self, row: FormRow) -> _Row:
        share = CORE_WIDTH / len(row.cells)
        boxes: list[_Box] = []
        for k, cell in enumerate(row.cells):
            x = LEFT + k * share
            boxes.append(self._box(x, _LABEL, cell.label, Role.HEADING, centred=True))
            boxes.append(self._box(x + _LABEL, share - _LABEL, cell.value, Role.BODY))
        made = _Row(tuple(boxes), 0.0, row.sign)
        return replace(made, height=max(row.height * mm, self._needed(made)))

    def _needed(self, row: _Row, start: int = 0) -> float:
        """Return the height of the row's text from a line on."""
        lines = row.longest - start + bool(row.sign)
        return lines * self.leading + 2 * _PAD

    def _box(self, x: float, width: float, text: str, role: Role, *, centred: bool = False) -> _Box:
        inner = width - 2 * _PAD
        measure = Measure(self.fonts, self.size, self.size, inner, inner)
        return _Box(x, width, tuple(break_lines([Span(text, role)], measure)), centred)

    def _draw_row(self, row: _Row) -> None:
        """Draw one row; one taller than what is left of the page goes to the next, or is parted."""
        start = 0
        least = row.height
        while True:
            height = max(least, self._needed(row, start))
            room = BOTTOM - self.y
            if height <= room + 0.1:
                self._draw_boxes(row.boxes, start, row.longest, height, row.sign)
                return
            fit = int((room - 2 * _PAD) / self.leading)
            whole = row.longest <= _WHOLE or fit < _WHOLE // 2
            if height <= BOTTOM - _TOP and start == 0 and whole:
                self._turn_page()
                continue
            fit = min(fit, row.longest - start - 1)
            if fit > 1:
                self._draw_boxes(row.boxes, start, start + fit, room)
                start += fit
                least = 0.0
            self._turn_page()

    def _turn_page(self) -> None:
        self._rule(THICK)
        self.sheet.page_number()
        self.sheet.next_page()
        self.y = _TOP
        self._rule(THICK)

    def _draw_boxes(
        self, boxes: Sequence[_Box], start: int, end: int, height: float, sign: str = ""
    ) -> None:
        """Draw lines ``start`` to ``end`` of the values, labels in full, and the row's rules."""
        for k, box in enumerate(boxes):
            lines = box.lines if box.centred else box.lines[start:end]
            top = self.y + (self.leading - self.size) / 2
            if box.centred or not sign:
                top += (height - len(lines) * self.leading) / 2
            else:  # room to write comes below the text
                top += _PAD
            for line in lines:
                shift = (box.width - 2 * _PAD - line.width) / 2 if box.centred else 0.0
                self.sheet.line(box.x + _PAD + shift, top, line, self.size)
                top += self.leading
            thick = THIN if k else THICK
            self.sheet.upright(box.x, self.y, self.y + height, thick)
        self.sheet.upright(RIGHT, self.y, self.y + height, THICK)
        if sign:
            line = set_line(sign, self.sheet.measure(self.size, CORE_WIDTH))
            top = self.y + height - _PAD - (self.leading + self.size) / 2
            self.sheet.line(RIGHT - 2 * _PAD - line.width, top, line, self.size)
        self.y += height
        self._rule(THIN)

    def _rule(self, thick: float) -> None:
        self.sheet.rule(self.y - thick / 2, thick, LEFT - THICK / 2, CORE_WIDTH + THICK)

    def _note_lines(self) -> list[Line]:
        measure = Measure(self.fonts, _NOTE_SIZE, _NOTE_SIZE, CORE_WIDTH, CORE_WIDTH)
        return [line for note in self.form.notes for line in break_lines([Span(note)], measure)]

    def _draw_notes(self, lines: list[Line]) -> None:
        self.y += _NOTE_GAP
        for line in lines:
            if self.y + _NOTE_LEADING > BOTTOM + 0.1:
                self.sheet.page_number()
                self.sheet.next_page()
                self.y = _TOP
            self.sheet.line(LEFT, self.y, line, _NOTE_SIZE)
            self.y += _NOTE_LEADING

    def _draw_codes(self) -> None:
        if not self.form.codes:
            return
        import segno  # hardly any form has a code

        if self.y + _CODE_HEIGHT > BOTTOM + 0.1:
            self.sheet.page_number()
            self.sheet.next_page()
            self.y = _TOP
        self.y += _NOTE_GAP
        share = CORE_WIDTH / len(self.form.codes)
        for k, (below, text) in enumerate(self.form.codes):
            middle = LEFT + (k + 0.5) * share
            matrix = segno.make_qr(text, error="m", encoding="utf-8").matrix
            step = _CODE_SIDE / len(matrix)
            self.sheet.dots(middle - _CODE_SIDE / 2, self.y, step, matrix)
            line = set_line(below, self.sheet.measure(_NOTE_SIZE, CORE_WIDTH))
            top = self.y + _CODE_SIDE + _NOTE_GAP
            self.sheet.line(middle - line.width / 2, top, line, _NOTE_SIZE)
        self.y += _CODE_HEIGHT
