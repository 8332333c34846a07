"""The sheet of paper: geometry of GB/T 9704-2012 and the strokes that put glyphs and rules on it.

Lengths are points; heights are measured downwards from the top edge of the page, and text is
placed by the top of its em box (字框). Knows nothing of what a letter consists of.
"""

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from desktop.notices.fonts import ASCENT, FontBook, Role
from desktop.notices.lines import Line, Measure, Stretch, set_line
from desktop.notices.model import CopyMark, Note
from desktop.notices.pen import Pen
from frozen import dataclass

SIZE_2, SIZE_3, SIZE_4 = 22.0, 16.0, 14.0
"""2号, 3号 and 4号 type."""
PAGE_WIDTH, PAGE_HEIGHT = 210 * mm, 297 * mm
A4 = (PAGE_WIDTH, PAGE_HEIGHT)
LEFT, TOP = 28 * mm, 37 * mm
"""订口 and 天头 (5.2.1)."""
CORE_WIDTH, CORE_HEIGHT = 156 * mm, 225 * mm
"""版心 (5.2.1)."""
RIGHT, BOTTOM = LEFT + CORE_WIDTH, TOP + CORE_HEIGHT
CELL = CORE_WIDTH / 28
"""One 字: 28 fill the core. 3号 as 16 pt is a little wider, so glyphs overlap their cells."""
PITCH = (CORE_HEIGHT - SIZE_3) / 21
"""One 行: the first of 22 rows touches the top of the core, the last its bottom."""
RED = (0.90, 0.0, 0.07)
"""About Y80 M80 (6.3)."""
THICK, THIN = 0.35 * mm, 0.25 * mm
"""Rules of the 版记 (7.4.1)."""

_FLIPS = {"long": "DuplexFlipLongEdge", "short": "DuplexFlipShortEdge", "none": "Simplex"}
_INK_RED = " ".join(f"{part:g}" for part in RED) + " rg"
_INK_BLACK = "0 0 0 rg"
_PALE = 0.90
_MARK_SIZE = 110.0
_DASH_DROP = 7 * mm


@dataclass(frozen=True, slots=True)
class Properties:
    """What the PDF says of itself (文档属性)."""

    title: str
    author: str
    subject: str
    keywords: str
    dated: dt.date


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper in its file: pages, registered names of the fonts used, notes for the clerk."""

    pages: int
    used: frozenset[str]
    notes: tuple[Note, ...]


class PdfFile:
    """A PDF being drawn, paper after paper; the papers share its fonts and its outline."""

    def __init__(self, fonts: FontBook, flip: str = "long") -> None:
        """Begin; ``flip``: over which edge a sheet printed on both sides is turned, or "none"."""
        fonts.face(Role.BODY)
        self._flip = flip
        self.fonts = fonts
        self.pages = 0
        self._longest = 0
        self._buffer = io.BytesIO()
        self._keys = 0
        self.canvas = Canvas(
            self._buffer,
            pagesize=A4,
            invariant=True,
            pdfVersion=(1, 7),
            initialFontName=Role.BODY.name,  # type: ignore[arg-type]  # the stub says float
            lang="zh-CN",
        )
        self.pen = Pen(self.canvas)

    def _describe(self, properties: Properties) -> None:
        canvas = self.canvas
        canvas.setTitle(properties.title)
        canvas.setAuthor(properties.author)
        canvas.setSubject(properties.subject)
        canvas.setKeywords(properties.keywords)
        canvas.setCreator("阳光台账")
        stamp = f"D:{properties.dated:%Y%m%d}000000+08'00'"
        canvas.setDateFormatter(lambda *_moment: stamp)
        canvas.setViewerPreference("PrintScaling", "None")
        canvas.setViewerPreference("DisplayDocTitle", "true")

    def new_page(self, size: tuple[float, float], number: int) -> None:
        """Finish the page in hand and begin another, ``number`` within its paper."""
        if self.pages:
            self.canvas.showPage()
        self.canvas.setPageSize(size)
        self.pages += 1
        self._longest = max(self._longest, number)

    def blank_page(self) -> None:
        """Add an empty page of the size of the last one."""
        self.canvas.showPage()
        self.pages += 1

    def finish(self, properties: Properties) -> bytes:
        """Close the file and return its bytes."""
        self._describe(properties)
        flip = _FLIPS[self._flip] if self._longest > 1 else "Simplex"
        self.canvas.setViewerPreference("Duplex", flip)
        self.canvas.showPage()
        self._share_resources()
        with _binary_streams():
            self.canvas.save()
        return self._buffer.getvalue()

    def _share_resources(self) -> None:
        """Let all pages name one resource dictionary, instead of each having its own."""
        document = vars(self.canvas)["_doc"]
        resources = pdfdoc.PDFResourceDictionary()
        resources.basicFonts()
        resources.basicProcs()
        pictures = {k: v for page in document.Pages.pages for k, v in _pictures(page).items()}
        if pictures:
            resources.allProcs()
            resources.XObject = pdfdoc.PDFDictionary(pictures)  # type: ignore[attr-defined]
        shared = document.Reference(resources, "pageResources")
        boxes: dict[tuple[float, float], _Verbatim] = {}
        for page in document.Pages.pages:
            size = page.pagewidth, page.pageheight
            page.MediaBox = boxes.setdefault(
                size, _Verbatim(f"[ 0 0 {size[0]:.5g} {size[1]:.5g} ]")
            )
            page.Resources = shared

    def bookmark(self, title: str, height: float, level: int) -> None:
        """Add an entry to the outline (书签) that leads to this height of the page in hand."""
        self._keys += 1
        key = f"b{self._keys}"
        self.canvas.bookmarkHorizontal(key, 0, height)
        self.canvas.addOutlineEntry(title, key, level)


def _pictures(page: Any) -> dict[str, Any]:
    """Return the pictures of a page as ReportLab noted them, by name."""
    found = getattr(page, "XObjects", None)
    return dict(vars(found)["dict"]) if found else {}


class _Verbatim(pdfdoc.PDFObject):
    """A piece of the file that is ready as it is."""

    def __init__(self, text: str) -> None:
        self._bytes = text.encode("ascii")

    def format(self, document: object) -> bytes:
        del document
        return self._bytes


@contextmanager
def _binary_streams() -> Iterator[None]:
    """Spare the pages ReportLab's ASCII armour, which makes them larger and slow to write."""
    before = rl_config.useA85
    rl_config.useA85 = 0
    try:
        yield
    finally:
        rl_config.useA85 = before


class Sheet:
    """One paper being drawn into a file, page after page."""

    def __init__(
        self, file: PdfFile, mark: CopyMark = CopyMark.NONE, size: tuple[float, float] = A4
    ) -> None:
        self.fonts = file.fonts
        self.page = 0
        self.width, self.height = size
        self.used: set[str] = set()
        self._file = file
        self._canvas = file.canvas
        self._pen = file.pen
        self._mark = mark
        self.next_page()

    def next_page(self) -> None:
        """Finish this page and begin another."""
        self.page += 1
        self._file.new_page((self.width, self.height), self.page)
        if self._mark:
            self._draw_mark()

    def _draw_mark(self) -> None:
        canvas = self._canvas
        canvas.saveState()
        canvas.setFillGray(_PALE)
        canvas.translate(self.width / 2, self.height / 2)
        canvas.rotate(45)
        track = 20.0
        width = self.text_width(self._mark, Role.HEADING, _MARK_SIZE)
        width += track * (len(self._mark) - 1)
        self.baseline(-width / 2, -40, self._mark, Role.HEADING, _MARK_SIZE, track=track)
        canvas.restoreState()

    def close(self, notes: Sequence[Note] = ()) -> Drawn:
        """Return what was drawn, with the notes for the clerk."""
        fallback = any(self.fonts.is_rare(font) for font in self.used)
        rare = (Note.RARE_CHARACTERS,) if fallback else ()
        return Drawn(self.page, frozenset(self.used), (*notes, *rare))

    def bookmark(self, title: str, top: float, level: int) -> None:
        """Add an entry to the outline (书签) that leads to this height of this page."""
        self._file.bookmark(title, self.height - top + SIZE_4, level)

    def target(self, name: str, top: float) -> None:
        """Name this height of this page, so that links can lead to it."""
        self._canvas.bookmarkHorizontal(name, 0, self.height - top + SIZE_4)

    def link(self, name: str, x: float, top: float, width: float, height: float) -> None:
        """Make a rectangle lead to a named place."""
        y = self.height - top - height
        self._canvas.linkRect("", name, (x, y, x + width, y + height), Border="[0 0 0]")

    def picture(self, path: str, x: float, top: float, width: float, height: float) -> None:
        """Draw a picture from its file."""
        self._canvas.drawImage(path, x, self.height - top - height, width, height)

    def ink(self, operator: str) -> None:
        """Switch to an ink given as the operator that sets it, as ``0.4 g``."""
        self._canvas.addLiteral(operator)

    def measure(self, size: float, width: float, *, em: float = 0.0) -> Measure:
        """Return a measure for lines of one width in type of one size."""
        return Measure(self.fonts, size, em or size, width, width)

    def text_width(self, text: str, role: Role, size: float) -> float:
        """Return the natural width of the text."""
        return self.fonts.width(text, role) * size

    def line(self, x: float, top: float, line: Line, size: float) -> None:
        """Draw a line of glyphs."""
        base = self.height - top - size * ASCENT
        self._pen.write(x, base, line.stretches)
        self.used.update([stretch.font for stretch in line.stretches])

    def text(self, x: float, top: float, text: str, size: float, role: Role = Role.BODY) -> None:
        """Draw text on one line at its natural width."""
        self.line(x, top, set_line(text, self.measure(size, CORE_WIDTH), role), size)

    def grid_text(self, x: float, top: float, text: str) -> None:
        """Draw text of 3号 仿宋 on one line, a cell to each character."""
        self.line(x, top, set_line(text, self.measure(SIZE_3, CORE_WIDTH, em=CELL)), SIZE_3)

    def grid_width(self, text: str) -> float:
        """Return the width of text of 3号 仿宋 on the grid."""
        return self.fonts.width(text, Role.BODY) * CELL

    def baseline(
        self,
        x: float,
        y: float,
        text: str,
        role: Role,
        size: float,
        *,
        track: float = 0.0,
        condense: float = 1.0,
    ) -> None:
        """Draw text by its baseline, ``y`` points above the origin, letter-spaced or condensed."""
        stretches: list[Stretch] = []
        edge = x
        for font, group in groupby(text, key=lambda char: self.fonts.font_of(char, role)):
            run = "".join(group)
            stretches.append(Stretch((edge - x) / condense, 0.0, font, size, track, run))
            edge += condense * (self.text_width(run, role, size) + track * len(run))
        self._pen.write(x, y, stretches, condense)
        self.used.update([stretch.font for stretch in stretches])

    def red(self, *, on: bool) -> None:
        """Switch between red and black ink."""
        self._canvas.addLiteral(_INK_RED if on else _INK_BLACK)

    def rule(self, top: float, thick: float, x: float = LEFT, width: float = CORE_WIDTH) -> None:
        """Draw a horizontal rule whose upper edge is ``top``, in the ink switched on."""
        self._fill(x, self.height - top - thick, width, thick)

    def upright(self, x: float, top: float, bottom: float, thick: float) -> None:
        """Draw a vertical rule centred on ``x``."""
        self._fill(x - thick / 2, self.height - bottom, thick, bottom - top)

    def _fill(self, x: float, y: float, width: float, height: float) -> None:
        self._canvas.addLiteral(f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re f")

    def frame(self, x: float, top: float, width: float, height: float, thick: float) -> None:
        """Draw an empty rectangle by four rules inside its outline, in the ink switched on."""
        self.rule(top, thick, x, width)
        self.rule(top + height - thick, thick, x, width)
        self.upright(x + thick / 2, top, top + height, thick)
        self.upright(x + width - thick / 2, top, top + height, thick)

    def dots(self, x: float, top: float, step: float, matrix: Sequence[Sequence[int]]) -> None:
        """Draw a matrix of black squares as one path, so that no hairlines part them."""
        path = self._canvas.beginPath()
        for row, dots in enumerate(matrix):
            y = self.height - top - (row + 1) * step
            start = 0
            for value, group in groupby(dots):
                count = len(list(group))
                if value:
                    path.rect(x + start * step, y, count * step, step)
                start += count
        self._canvas.drawPath(path, stroke=0, fill=1)

    def page_number(self) -> None:
        """Draw “— 1 —” in 4号 宋体, dash 7 mm below the core, odd pages right, even left (7.5)."""
        parts = ("—", str(self.page), "—")
        space = SIZE_4 * 0.25
        width = sum(self.text_width(part, Role.SONG, SIZE_4) for part in parts) + 2 * space
        x = RIGHT - SIZE_4 - width if self.page % 2 else LEFT + SIZE_4
        y = self.height - (BOTTOM + _DASH_DROP) - self.fonts.dash_centre(SIZE_4)
        for part in parts:
            self.baseline(x, y, part, Role.SONG, SIZE_4)
            x += self.text_width(part, Role.SONG, SIZE_4) + space
