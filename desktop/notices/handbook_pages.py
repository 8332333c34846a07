"""Setting the handbook as a PDF: cover, contents, chapters with headings, steps, notes, pictures."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader

from desktop.notices.fonts import FontBook, Role, bundled
from desktop.notices.handbook import (
    Block,
    Chapter,
    Handbook,
    Part,
    PieceKind,
    pieces_of,
    texts_of,
)
from desktop.notices.lines import Line, Measure, Span, break_lines, set_line
from desktop.notices.model import RenderedLetter
from desktop.notices.page import PAGE_HEIGHT, PAGE_WIDTH, PdfFile, Properties, Sheet
from desktop.notices.press import DRAWING

LEFT, WIDTH = 28 * mm, 156 * mm
TOP, BOTTOM = 30 * mm, PAGE_HEIGHT - 27 * mm
SIZE, SMALL, TINY = 12.0, 10.5, 9.0
"""小四 for the text, 五号 for notes, captions and contents, 小五 at the edges of the page."""
LEADING = 1.62
_CHAPTER, _SECTION = 20.0, 14.0
_HANG = 2 * SIZE
_NOTE_INDENT = 12.0
_TALLEST = 82 * mm
"""A picture is no higher than this, so that two go on a page with some text."""
_ROW = 13.4
"""Distance of the lines of the contents."""
_GREY, _LIGHT = "0.40 g", "0.72 g"
_BLACK = "0 0 0 rg"
_ROLES = {
    PieceKind.PLAIN: Role.BODY,
    PieceKind.NAME: Role.HEADING,
    PieceKind.KEYS: Role.SONG,
}


@dataclass(frozen=True, slots=True)
class Strip:
    """What goes on a page in one piece; ``above`` is left free over it but at a page's top.

    ``keep``: it stands on one page with the next. ``line`` is its text, for a look at how lines
    begin and end.
    """

    height: float
    draw: Callable[[Sheet, float], None]
    above: float = 0.0
    keep: bool = False
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading with its place in the file: page counted from 1, height from the page's top."""

    title: str
    level: int
    page: int
    top: float

    @property
    def target(self) -> str:
        """The name by which the contents lead to it."""
        return f"h{self.page}.{round(self.top)}"


def render_handbook(book: Handbook) -> RenderedLetter:
    """Return the handbook as a PDF; the same text and pictures give the same bytes anywhere.

    Raises:
        ControlCharacter, MissingGlyph: text that cannot be printed.
    """
    with DRAWING:
        fonts = bundled()
        fonts.require("\n".join(texts_of(book)))
        file = PdfFile(fonts)
        setting = _Setting(book, file)
        setting.draw()
        title = f"{book.title}{book.subtitle}"
        pdf = file.finish(Properties(title, book.title, "", book.subtitle, book.dated))
    sheet = setting.sheet
    return RenderedLetter(pdf, file.pages, fonts.files(frozenset(sheet.used)))


def lines_of(chapter: Chapter) -> Iterator[str]:
    """Yield the lines of a chapter as they are printed, without numbers of steps."""
    for strip in _Strips(bundled()).of(chapter):
        if strip.line is not None:
            yield strip.line.text


@dataclass(slots=True)
class _Strips:
    """Turns the blocks of a chapter into strips."""

    fonts: FontBook

    def of(self, chapter: Chapter) -> Iterator[Strip]:
        """Yield the strips of a chapter, its title first."""
        title = set_line(chapter.title, self._measure(_CHAPTER, WIDTH), Role.TITLE)
        yield Strip(_CHAPTER * 2.2, _writer(title, LEFT, _CHAPTER), keep=True, line=title)
        for block in chapter.blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Strip]:
        match block.part:
            case Part.SECTION:
                lines = break_lines(
                    [Span(block.plain, Role.HEADING)], self._measure(_SECTION, WIDTH)
                )
                yield from self._strips(lines, _SECTION, LEFT, above=13.0, keep=True)
            case Part.STEP:
                yield from self._hanging(block, f"{block.number}.", Role.HEADING)
            case Part.ITEM:
                yield from self._hanging(block, "•", Role.HEADING)
            case Part.NOTE:
                yield from self._note(block)
            case Part.PICTURE:
                yield from self._picture(block)
            case Part.TEXT:
                measure = self._measure(SIZE, WIDTH, indent=2 * SIZE)
                lines = break_lines(_spans(block.text), measure)
                yield from self._strips(lines, SIZE, LEFT, above=3.0, indent=2 * SIZE)

    def _measure(self, size: float, width: float, *, indent: float = 0.0) -> Measure:
        return Measure(self.fonts, size, size, width - indent, width)

    def _strips(
        self,
        lines: Sequence[Line],
        size: float,
        x: float,
        *,
        above: float,
        indent: float = 0.0,
        keep: bool = False,
    ) -> Iterator[Strip]:
        """Yield a strip a line; a paragraph's first and last lines do not stand alone."""
        for k, line in enumerate(lines):
            tied = keep or (len(lines) > 1 and k in (0, len(lines) - 2))
            yield Strip(
                size * LEADING,
                _writer(line, x + (0.0 if k else indent), size),
                0.0 if k else above,
                tied,
                line,
            )

    def _hanging(self, block: Block, mark: str, role: Role) -> Iterator[Strip]:
        lines = break_lines(_spans(block.text), self._measure(SIZE, WIDTH - _HANG))
        number = set_line(mark, self._measure(SIZE, _HANG), role)
        strips = list(self._strips(lines, SIZE, LEFT + _HANG, above=3.0))
        first = strips[0]
        x = LEFT + _HANG - 6.0 - number.width

        def draw(sheet: Sheet, top: float) -> None:
            sheet.line(x, top, number, SIZE)
            first.draw(sheet, top)

        yield Strip(first.height, draw, first.above, first.keep, first.line)
        yield from strips[1:]

    def _note(self, block: Block) -> Iterator[Strip]:
        """Yield a note in smaller type with a bar at its left."""
        width = WIDTH - _HANG - _NOTE_INDENT
        lines = break_lines(_spans(block.text, Role.KAI), self._measure(SMALL, width))
        x = LEFT + _HANG + _NOTE_INDENT
        for strip in self._strips(lines, SMALL, x, above=5.0):
            yield Strip(strip.height, _barred(strip), strip.above, strip.keep, strip.line)

    def _picture(self, block: Block) -> Iterator[Strip]:
        assert block.picture is not None
        image = ImageReader(str(block.picture))
        across, down = image.getSize()
        height = min(WIDTH * down / across, _TALLEST)
        width = height * across / down
        path, x = str(block.picture), LEFT + (WIDTH - width) / 2

        def draw(sheet: Sheet, top: float) -> None:
            sheet.picture(path, x, top, width, height)
            sheet.ink(_LIGHT)
            sheet.frame(x, top, width, height, 0.5)
            sheet.ink(_BLACK)

        caption = set_line(block.plain, self._measure(SMALL, WIDTH), Role.KAI)
        yield Strip(height + 4.0, draw, 8.0, keep=True)
        at = LEFT + (WIDTH - caption.width) / 2
        yield Strip(SMALL * LEADING + 6.0, _writer(caption, at, SMALL), line=caption)


def _spans(text: str, plain: Role = Role.BODY) -> list[Span]:
    return [
        Span(piece.text, plain if piece.kind is PieceKind.PLAIN else _ROLES[piece.kind])
        for piece in pieces_of(text)
    ]


def _writer(line: Line, x: float, size: float) -> Callable[[Sheet, float], None]:
    return lambda sheet, top: sheet.line(x, top, line, size)


def _barred(strip: Strip) -> Callable[[Sheet, float], None]:
    def draw(sheet: Sheet, top: float) -> None:
        sheet.ink(_LIGHT)
        sheet.upright(LEFT + _HANG, top - 2.5, top - 2.5 + strip.height + 0.2, 2.0)
        sheet.ink(_BLACK)
        strip.draw(sheet, top)

    return draw


def spread(strips: Sequence[Strip]) -> list[list[tuple[float, Strip]]]:
    """Put strips on pages, each with its top; those tied together are not parted."""
    pages: list[list[tuple[float, Strip]]] = [[]]
    y, k = TOP, 0
    while k < len(strips):
        end = k
        while strips[end].keep and end + 1 < len(strips):
            end += 1
        group = strips[k : end + 1]
        tall = sum(one.height + one.above for one in group) - (0 if pages[-1] else group[0].above)
        if y + tall > BOTTOM and pages[-1]:
            pages.append([])
            y = TOP
        for one in group:
            y += one.above if pages[-1] else 0.0
            pages[-1].append((y, one))
            y += one.height
        k = end + 1
    return pages


@dataclass(slots=True)
class _Setting:
    """The handbook being set: chapters first, so that the contents know the pages."""

    book: Handbook
    file: PdfFile
    sheet: Sheet = field(init=False)
    marks: list[Mark] = field(init=False, default_factory=list)

    def draw(self) -> None:
        strips = _Strips(self.file.fonts)
        chapters = [spread(list(strips.of(chapter))) for chapter in self.book.chapters]
        ahead = 1 + len(self._contents([self._marks(c, 0) for c in self._headed(chapters)]))
        page = ahead
        found: list[list[Mark]] = []
        for headed in self._headed(chapters):
            found.append(self._marks(headed, page))
            page += len(headed[1])
        self.marks = [mark for chapter in found for mark in chapter]
        self.sheet = Sheet(self.file)
        self._cover()
        for lines in self._contents(found):
            self.sheet.next_page()
            self._contents_page(lines)
        for chapter, pages in self._headed(chapters):
            for placed in pages:
                self.sheet.next_page()
                self._page(chapter, placed)

    def _headed(
        self, chapters: Sequence[list[list[tuple[float, Strip]]]]
    ) -> list[tuple[Chapter, list[list[tuple[float, Strip]]]]]:
        return list(zip(self.book.chapters, chapters, strict=True))

    def _marks(
        self, headed: tuple[Chapter, list[list[tuple[float, Strip]]]], before: int
    ) -> list[Mark]:
        """Return where the headings of a chapter stand, ``before`` pages being ahead of it."""
        chapter, pages = headed
        wanted = [(chapter.title, 0)]
        wanted += [(b.plain, 1) for b in chapter.blocks if b.part is Part.SECTION]
        marks: list[Mark] = []
        for number, placed in enumerate(pages, before + 1):
            for top, strip in placed:
                if len(marks) == len(wanted) or strip.line is None or not strip.keep:
                    continue
                title, level = wanted[len(marks)]
                if title.startswith(strip.line.text) and strip.height != SIZE * LEADING:
                    marks.append(Mark(title, level, number, top))
        assert len(marks) == len(wanted), chapter.title
        return marks

    def _cover(self) -> None:
        sheet = self.sheet
        sheet.bookmark(self.book.title + self.book.subtitle, TOP, 0)
        dated = self.book.dated
        lines = (
            (self.book.title, 40.0, Role.TITLE, 92 * mm),
            (self.book.subtitle, 24.0, Role.TITLE, 112 * mm),
            (f"{dated.year}年{dated.month}月", SIZE + 2, Role.BODY, 240 * mm),
        )
        for text, size, role, top in lines:
            width = sheet.text_width(text, role, size)
            sheet.text((PAGE_WIDTH - width) / 2, top, text, size, role)
        sheet.ink(_LIGHT)
        sheet.rule(132 * mm, 0.8, PAGE_WIDTH / 2 - 25 * mm, 50 * mm)
        sheet.ink(_BLACK)

    def _contents(self, found: Sequence[Sequence[Mark]]) -> list[list[tuple[float, Mark]]]:
        """Return the lines of the contents page by page; a chapter's lines stay together."""
        pages: list[list[tuple[float, Mark]]] = [[]]
        y = TOP + 14 * mm
        for chapter in found:
            tall = 6.0 + len(chapter) * _ROW
            if y + tall > BOTTOM and pages[-1]:
                pages.append([])
                y = TOP
            y += 6.0
            for mark in chapter:
                pages[-1].append((y, mark))
                y += _ROW
        return pages

    def _contents_page(self, lines: Sequence[tuple[float, Mark]]) -> None:
        sheet = self.sheet
        if sheet.page == 2:
            sheet.bookmark("目录", TOP, 0)
            width = sheet.text_width("目录", Role.TITLE, _CHAPTER)
            sheet.text((PAGE_WIDTH - width) / 2, TOP, "目录", _CHAPTER, Role.TITLE)
        for top, mark in lines:
            role = Role.BODY if mark.level else Role.HEADING
            x = LEFT + mark.level * 2 * SMALL
            end = x + sheet.text_width(mark.title, role, SMALL)
            number = str(mark.page)
            across = sheet.text_width(number, Role.SONG, SMALL)
            sheet.text(x, top, mark.title, SMALL, role)
            sheet.text(LEFT + WIDTH - across, top, number, SMALL, Role.SONG)
            self._dots(end + 6.0, LEFT + WIDTH - across - 6.0, top)
            sheet.link(mark.target, x, top - 2, LEFT + WIDTH - x, SMALL + 4)
        self._foot()

    def _dots(self, start: float, end: float, top: float) -> None:
        step = self.sheet.text_width("·", Role.SONG, SMALL)
        room = end - start
        count = int(room / step)
        self.sheet.ink(_GREY)
        self.sheet.text(end - count * step, top, "·" * count, SMALL, Role.SONG)
        self.sheet.ink(_BLACK)

    def _page(self, chapter: Chapter, placed: Sequence[tuple[float, Strip]]) -> None:
        sheet = self.sheet
        sheet.ink(_GREY)
        sheet.text(LEFT, 17 * mm, self.book.title + self.book.subtitle, TINY, Role.SONG)
        width = sheet.text_width(chapter.title, Role.SONG, TINY)
        sheet.text(LEFT + WIDTH - width, 17 * mm, chapter.title, TINY, Role.SONG)
        sheet.ink(_LIGHT)
        sheet.rule(22 * mm, 0.5, LEFT, WIDTH)
        sheet.ink(_BLACK)
        for mark in self.marks:
            if mark.page == sheet.page:
                sheet.bookmark(mark.title, mark.top, mark.level)
                sheet.target(mark.target, mark.top)
        for top, strip in placed:
            strip.draw(sheet, top)
        self._foot()

    def _foot(self) -> None:
        number = f"— {self.sheet.page} —"
        width = self.sheet.text_width(number, Role.SONG, TINY)
        self.sheet.text(LEFT + (WIDTH - width) / 2, BOTTOM + 9 * mm, number, TINY, Role.SONG)
