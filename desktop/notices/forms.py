"""Setting a black form with ruled cells (文书式), A4 upright, on the same lines as a letter."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from reportlab.lib.units import mm

from desktop.notices.fonts import FontBook, Role, bundled
from desktop.notices.letters import DRAWING
from desktop.notices.lines import Line, Measure, Span, break_lines
from desktop.notices.model import Form, FormRow, Note, RenderedLetter
from desktop.notices.page import (
    BOTTOM,
    CORE_WIDTH,
    LEFT,
    PITCH,
    RIGHT,
    SIZE_2,
    SIZE_3,
    SIZE_4,
    THICK,
    THIN,
    TOP,
    Properties,
    Sheet,
)
from desktop.notices.titles import balance

_LEADING = SIZE_4 * 1.4
_PAD = 2.2 * mm
_LABEL = 30 * mm
_NOTE_SIZE = 10.5
_NOTE_LEADING = _NOTE_SIZE * 1.5


def render_form(form: Form) -> RenderedLetter:
    """Return the form as a PDF; the same form gives the same bytes.

    Raises:
        ControlCharacter, MissingGlyph: text that cannot be printed.
    """
    with DRAWING:
        fonts = bundled()
        fonts.require("\n".join(_texts_of(form)))
        return _FormSetting(form, fonts).render()


def _texts_of(form: Form) -> Iterator[str]:
    yield from (form.issuer, form.title, form.number, form.mark)
    for row in form.rows:
        for cell in row.cells:
            yield from (cell.label, cell.value)
    yield from form.notes


@dataclass(frozen=True, slots=True)
class _Box:
    """One box of a row: its left edge, width and the lines in it."""

    x: float
    width: float
    lines: tuple[Line, ...]
    centred: bool


@dataclass(slots=True)
class _FormSetting:
    """One form being set from the top of the core downwards."""

    form: Form
    fonts: FontBook
    sheet: Sheet = field(init=False)
    y: float = TOP

    def render(self) -> RenderedLetter:
        form = self.form
        words = (form.number, form.register_number, form.kind.value, form.mark.value)
        properties = Properties(
            title=form.title,
            author=form.issuer,
            subject=form.number,
            keywords=", ".join(word for word in words if word),
            dated=form.dated,
        )
        self.sheet = Sheet(self.fonts, properties, form.mark)
        self._draw_head()
        self._rule(THICK)
        for row in form.rows:
            self._draw_row(row)
        self._rule(THICK)
        self._draw_notes()
        if self.sheet.page > 1:
            self.sheet.page_number()
        pdf = self.sheet.finish()
        used = tuple(role.value for role in Role if role.name in self.sheet.used)
        rare = (Note.RARE_CHARACTERS,) if Role.RARE.value in used else ()
        return RenderedLetter(pdf, self.sheet.page, used, rare)

    def _draw_head(self) -> None:
        for text in (self.form.issuer, self.form.title):
            widths = tuple(
                0.0
                if char == "\n"
                else self.fonts.glyph(char, Role.TITLE, SIZE_2, SIZE_2).width / SIZE_2
                for char in text
            )
            for part in balance(text, widths):
                measure = self.sheet.measure(SIZE_2, float("inf"))
                line = break_lines([Span(part, Role.TITLE)], measure)[0]
                self.sheet.line(LEFT + (CORE_WIDTH - line.width) / 2, self.y, line, SIZE_2)
                self.y += PITCH
        self.y += PITCH * 0.4
        if self.form.number:
            x = RIGHT - self.sheet.grid_width(self.form.number)
            self.sheet.grid_text(x, self.y, self.form.number)
            self.y += SIZE_3 + 3 * mm

    def _draw_row(self, row: FormRow) -> None:
        """Draw one row; one taller than what is left of the page goes to the next, or is parted."""
        boxes = self._boxes(row)
        least = row.height * mm
        start = 0
        longest = max(len(box.lines) for box in boxes)
        while True:
            height = max(least, (longest - start) * _LEADING + 2 * _PAD)
            room = BOTTOM - self.y
            if height <= room + 0.1:
                self._draw_boxes(boxes, start, longest, height)
                return
            if height <= BOTTOM - TOP and start == 0:
                self._turn_page()
                continue
            fit = int((room - 2 * _PAD) / _LEADING)
            if fit > 1:
                self._draw_boxes(boxes, start, start + fit, room)
                start += fit
                least = 0.0
            self._turn_page()

    def _turn_page(self) -> None:
        self._rule(THICK)
        self.sheet.page_number()
        self.sheet.next_page()
        self.y = TOP
        self._rule(THICK)

    def _boxes(self, row: FormRow) -> list[_Box]:
        share = CORE_WIDTH / len(row.cells)
        boxes: list[_Box] = []
        for k, cell in enumerate(row.cells):
            x = LEFT + k * share
            boxes.append(self._box(x, _LABEL, cell.label, Role.HEADING, centred=True))
            boxes.append(self._box(x + _LABEL, share - _LABEL, cell.value, Role.BODY))
        return boxes

    def _box(self, x: float, width: float, text: str, role: Role, *, centred: bool = False) -> _Box:
        inner = width - 2 * _PAD
        measure = Measure(self.fonts, SIZE_4, SIZE_4, inner, inner)
        return _Box(x, width, tuple(break_lines([Span(text, role)], measure)), centred)

    def _draw_boxes(self, boxes: list[_Box], start: int, end: int, height: float) -> None:
        """Draw lines ``start`` to ``end`` of the values, labels in full, and the row's rules."""
        for k, box in enumerate(boxes):
            lines = box.lines if box.centred else box.lines[start:end]
            top = self.y + (height - len(lines) * _LEADING) / 2 + (_LEADING - SIZE_4) / 2
            for line in lines:
                shift = (box.width - 2 * _PAD - line.width) / 2 if box.centred else 0.0
                self.sheet.line(box.x + _PAD + shift, top, line, SIZE_4)
                top += _LEADING
            thick = THIN if k else THICK
            self.sheet.upright(box.x, self.y, self.y + height, thick)
        self.sheet.upright(RIGHT, self.y, self.y + height, THICK)
        self.y += height
        self._rule(THIN)

    def _rule(self, thick: float) -> None:
        self.sheet.rule(self.y - thick / 2, thick, LEFT - THICK / 2, CORE_WIDTH + THICK)

    def _draw_notes(self) -> None:
        self.y += 3 * mm
        measure = Measure(self.fonts, _NOTE_SIZE, _NOTE_SIZE, CORE_WIDTH, CORE_WIDTH)
        for note in self.form.notes:
            for line in break_lines([Span(note)], measure):
                if self.y + _NOTE_LEADING > BOTTOM:
                    self.sheet.page_number()
                    self.sheet.next_page()
                    self.y = TOP
                self.sheet.line(LEFT, self.y, line, _NOTE_SIZE)
                self.y += _NOTE_LEADING
