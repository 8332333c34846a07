"""Setting a letter: text to rows, rows to pages, sign-off. The file around it is ``press``."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from desktop.notices.chinese import long_date
from desktop.notices.colophon import Colophon, colophon_of
from desktop.notices.flow import Flow, Frame, Placed, Row, RowKind
from desktop.notices.fonts import FontBook, Role
from desktop.notices.letterhead import draw_code, draw_correspondence_head, draw_document_head
from desktop.notices.lines import Line, Measure, Span, break_lines
from desktop.notices.model import EmptyPart, Letter, Note, Paragraph
from desktop.notices.page import (
    BOTTOM,
    CELL,
    CORE_WIDTH,
    LEFT,
    PITCH,
    RIGHT,
    SIZE_2,
    SIZE_3,
    TOP,
    Drawn,
    PdfFile,
    Properties,
    Sheet,
)
from desktop.notices.titles import balance

DOCUMENT_PITCHES = (PITCH, 28.95)
"""22 rows a page either way; the second may keep a document on one page."""
CORRESPONDENCE_PITCHES = (PITCH, 28.95, 28.3, 27.7)
"""Tighter rows keep a short letter on one page (7.3.5.5)."""

_OFFICE_CELLS = 26.0
"""A signing office wider than this is set on two lines."""
_ATTACHMENT_ROWS = 7
"""A 附件说明 of up to so many rows is kept on one page with the sign-off."""
_SENTENCE = re.compile(r"[^。！？；]*[。！？]")
_HEADING_MOST = {1: 56, 2: 28}
"""Longest heading sentence, in characters, that is set in the heading's own face."""
_HEADING_ROLE = {1: Role.HEADING, 2: Role.KAI}


def draw_letter(letter: Letter, file: PdfFile) -> Drawn:
    """Draw the letter into a file.

    Raises:
        EmptyPart: mark, title or signing office is empty.
        ColophonTooLong: the 抄送 list fills more than a page.
    """
    for part in ("issuer_mark", "title", "issuer"):
        if not getattr(letter, part).strip():
            raise EmptyPart(part)
    return _Setting(letter, file.fonts).draw(file)


def texts_of(letter: Letter) -> Iterator[str]:
    """Yield every text of the letter that will be printed."""
    yield from (letter.issuer_mark, letter.number, letter.title, letter.addressee)
    yield from (paragraph.text for paragraph in letter.paragraphs)
    yield from letter.attachments
    yield from (letter.issuer, letter.remark, letter.printed_by, letter.mark)
    yield from letter.copied_to


def spans_of(paragraph: Paragraph) -> tuple[Span, ...]:
    """Return the paragraph's text with its heading part in 黑体 or 楷体 (7.3.3).

    The heading part is the whole text when it ends without a full stop, or its first sentence when
    another follows. A numbered item that is one sentence is text, not a heading.
    """
    text = paragraph.text
    role = _HEADING_ROLE.get(paragraph.level)
    if role is None or paragraph.item:
        return (Span(text),)
    most = _HEADING_MOST[paragraph.level]
    first = _SENTENCE.match(text)
    if first is None:
        plain_end = text.endswith(("；", "：")) and paragraph.level > 1
        return (Span(text, Role.BODY if plain_end or len(text) > most else role),)
    head, rest = text[: first.end()], text[first.end() :]
    if len(head) > most or (not rest and paragraph.level > 1):
        return (Span(text),)
    return (Span(head, role), Span(rest)) if rest else (Span(head, role),)


def is_heading(paragraph: Paragraph) -> bool:
    """Tell whether the paragraph is nothing but a heading, which stays with what follows."""
    spans = spans_of(paragraph)
    return len(spans) == 1 and spans[0].role is not Role.BODY


@dataclass(slots=True)
class _Setting:
    """One letter being set."""

    letter: Letter
    fonts: FontBook
    rows: list[Row] = field(default_factory=list)
    rigid: int = 0
    sheet: Sheet = field(init=False)

    def draw(self, file: PdfFile) -> Drawn:
        letter = self.letter
        self.sheet = Sheet(file, letter.mark)
        document = letter.layout == "document"
        head = draw_document_head if document else draw_correspondence_head
        first = head(self.sheet, letter.issuer_mark, letter.number)
        if letter.code:
            draw_code(self.sheet, letter.code, document=document)
        self._add_title()
        self._add_addressee()
        for paragraph in letter.paragraphs:
            self._add_paragraph(paragraph)
        end = len(self.rows)
        self._add_attachments()
        tail = end if len(self.rows) - end <= _ATTACHMENT_ROWS else len(self.rows)
        self._add_sign_off()
        colophon = colophon_of(letter, self.sheet)
        frame = Frame(TOP, BOTTOM)
        if not document and colophon.height:
            first = Frame(first.top, BOTTOM)
        flow = Flow(self.rows, first, frame, tail, colophon.room, self.rigid)
        placed = flow.paginate(DOCUMENT_PITCHES if document else CORRESPONDENCE_PITCHES)
        self._draw_pages(flow, placed, colophon)
        return self.sheet.close(self._notes(placed))

    def _draw_pages(self, flow: Flow, placed: Placed, colophon: Colophon) -> None:
        document = self.letter.layout == "document"
        for number, page in enumerate(placed.pages):
            if number:
                self.sheet.next_page()
            y = (flow.rest if number else flow.first).top
            for k in page:
                draw = self.rows[k].draw
                if draw is not None:
                    draw(y)
                y += flow.step(k, placed.pitch)
            if number == len(placed.pages) - 1:
                colophon.draw(self.sheet)
            if page and (number or document):
                self.sheet.page_number()

    def _notes(self, placed: Placed) -> tuple[Note, ...]:
        notes = list(placed.notes)
        if not any(self.rows[k].kind is RowKind.TEXT for k in placed.pages[0]):
            notes.append(Note.NO_BODY_ON_FIRST_PAGE)
        return tuple(notes)

    def _row(self, kind: RowKind, x: float, line: Line, size: float, *, keep: bool = False) -> None:
        drop = (SIZE_3 - size) / 2

        def draw(y: float) -> None:
            self.sheet.line(x, y + drop, line, size)

        self.rows.append(Row(kind, draw, keep))

    def _text_rows(
        self, lines: Sequence[Line], first: float, rest: float, *, keep: bool = False
    ) -> None:
        """Add a paragraph: where its first line begins and where the others do, in points."""
        start = len(self.rows)
        for k, line in enumerate(lines):
            self._row(RowKind.TEXT, rest if k else first, line, SIZE_3, keep=keep)
        end = len(self.rows) - 1
        self.rows[start:] = [
            replace(row, opens=k == start, ends=k == end)
            for k, row in enumerate(self.rows[start:], start)
        ]

    def _blank(self, count: int = 1, *, keep: bool = False) -> None:
        self.rows += [Row(RowKind.BLANK, keep=keep)] * count

    def _grid(self, first: float, rest: float) -> Measure:
        return Measure(self.fonts, SIZE_3, CELL, first, rest)

    def _add_title(self) -> None:
        text = self.letter.title
        measure = self.sheet.measure(SIZE_2, float("inf"))
        glyphs = [
            None if char == "\n" else self.fonts.glyph(char, Role.TITLE, SIZE_2, SIZE_2)
            for char in text
        ]
        widths = tuple(glyph.width / SIZE_2 if glyph else 0.0 for glyph in glyphs)
        names = (self.letter.addressee, self.letter.issuer)
        for k, part in enumerate(balance(text, widths, names=names)):
            line = break_lines([Span(part, Role.TITLE)], measure)[0]
            x = LEFT + (CORE_WIDTH - line.width) / 2
            self._row(RowKind.HEAD, x, line, SIZE_2, keep=True)
            if not k:
                self._bookmark(len(self.rows) - 1, text.replace("\n", ""), 0)
        self._blank(keep=True)
        self.rigid = len(self.rows)

    def _bookmark(self, row: int, title: str, level: int) -> None:
        inner = self.rows[row]

        def draw(y: float) -> None:
            self.sheet.bookmark(title, y, level)
            if inner.draw is not None:
                inner.draw(y)

        self.rows[row] = replace(inner, draw=draw)

    def _add_addressee(self) -> None:
        text = self.letter.addressee.rstrip("：:")
        if not text:
            return
        for line in break_lines([Span(text + "：")], self._grid(CORE_WIDTH, CORE_WIDTH)):
            self._row(RowKind.HEAD, LEFT, line, SIZE_3, keep=True)

    def _add_paragraph(self, paragraph: Paragraph) -> None:
        start = len(self.rows)
        keep = is_heading(paragraph)
        measure = self._grid(CORE_WIDTH - 2 * CELL, CORE_WIDTH)
        lines = break_lines(spans_of(paragraph), measure)
        self._text_rows(lines, LEFT + 2 * CELL, LEFT, keep=keep)
        if paragraph.level == 1 and keep:
            self._bookmark(start, paragraph.text, 1)

    def _add_attachments(self) -> None:
        """附件说明 (7.3.4): numbered when there are several, names hanging, no end mark."""
        names = self.letter.attachments
        if not names:
            return
        self._blank()
        for k, name in enumerate(names, 1):
            label = "附件：" if k == 1 else ""
            number = f"{k}. " if len(names) > 1 else ""
            text = label + number + name.rstrip("。；")
            left = LEFT + 2 * CELL + (0.0 if label else self.sheet.grid_width("附件："))
            hang = left + self.sheet.grid_width(label + number)
            lines = break_lines([Span(text)], self._grid(RIGHT - left, RIGHT - hang))
            self._text_rows(lines, left, hang)

    def _add_sign_off(self) -> None:
        """署名, 成文日期 and 附注 (7.3.5, 7.3.6)."""
        letter = self.letter
        self._blank(2 if letter.sealed else 1)
        date = long_date(letter.dated)
        offices = self._office_lines(letter.issuer)
        widths = [self.sheet.grid_width(office) for office in offices]
        date_width = self.sheet.grid_width(date)
        if letter.sealed:
            date_x = RIGHT - 4 * CELL - date_width
            lefts = [min(date_x + (date_width - w) / 2, RIGHT - w) for w in widths]
        else:
            date_x = min(RIGHT - 2 * CELL - widths[-1] + 2 * CELL, RIGHT - 2 * CELL - date_width)
            lefts = [RIGHT - 2 * CELL - w for w in widths[:-1]] + [date_x - 2 * CELL]
        for office, x in zip(offices, lefts, strict=True):
            self._sign(office, x)
        self._sign(date, date_x)
        remark = letter.remark.strip()
        if remark:
            if not remark.startswith("（"):
                remark = f"（{remark}）"
            measure = self._grid(CORE_WIDTH - 2 * CELL, CORE_WIDTH)
            for k, line in enumerate(break_lines([Span(remark)], measure)):
                self._row(RowKind.SIGN, LEFT if k else LEFT + 2 * CELL, line, SIZE_3)

    def _office_lines(self, office: str) -> Sequence[str]:
        widths = tuple(
            0.0 if c == "\n" else self.fonts.glyph(c, Role.BODY, SIZE_3, CELL).width / CELL
            for c in office
        )
        return balance(office, widths, most=_OFFICE_CELLS, alone=_OFFICE_CELLS)

    def _sign(self, text: str, x: float) -> None:
        def draw(y: float) -> None:
            self.sheet.grid_text(x, y, text)

        self.rows.append(Row(RowKind.SIGN, draw))


def properties_of(letter: Letter) -> Properties:
    """Return what the PDF says of itself."""
    words = (letter.number, letter.register_number, letter.kind.value, letter.mark.value)
    return Properties(
        title=letter.title.replace("\n", ""),
        author=letter.issuer.replace("\n", ""),
        subject=letter.number,
        keywords=", ".join(word for word in words if word),
        dated=letter.dated,
    )
