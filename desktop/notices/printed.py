"""What a printed page holds, read back from a PDF by PDFium: lines of text, rules, ink, fonts.

Nothing here knows how pages are made. Positions are millimetres from the top left corner; the em
box of a line reaches from 0.88 em above its baseline to 0.12 em below.
"""

import re
from collections import Counter
from collections.abc import Iterator
from ctypes import byref, c_float, c_int, c_uint, c_ushort, create_string_buffer
from itertools import groupby
from statistics import median, mode
from types import TracebackType
from typing import Any

from frozen import dataclass

MM = 25.4 / 72
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
CELL = 156.0 / 28

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Char:
    """A character: where it begins and ends, its baseline, all from the page's top left."""

    text: str
    left: float
    right: float
    base: float
    size: float
    """Type size in points."""
    font: str
    red: bool
    aside: bool
    """Rotated or pale, as the word of a copy or draft."""


class TextLine:
    """Characters on one baseline."""

    def __init__(self, chars: list[Char]) -> None:
        self.chars = sorted(chars, key=lambda char: char.left)
        seen = [char for char in self.chars if char.text.strip()]
        self.text = "".join(char.text for char in self.chars).strip()
        self.left = min(char.left for char in seen)
        self.right = max(char.right for char in seen)
        self.size: float = mode([round(char.size, 1) for char in seen])
        self.base: float = median(char.base for char in seen)
        self.top = self.base - 0.88 * self.size * MM
        self.bottom = self.base + 0.12 * self.size * MM
        self.red = any(char.red for char in seen)
        self.font: str = Counter(char.font for char in seen).most_common(1)[0][0]

    @property
    def middle(self) -> float:
        """Horizontal centre."""
        return (self.left + self.right) / 2

    @property
    def cells(self) -> float:
        """How many cells of the grid its characters take: one for Han, their width for others."""
        return sum(
            1.0
            if HAN.match(char.text) or ord(char.text[0]) > 0x2E7F or char.text in "“”‘’…—"
            else (char.right - char.left) / CELL
            for char in self.chars
        )

    def han_font(self, count: int) -> str:
        """The font of the Han characters among its first ``count`` characters."""
        fonts = Counter(char.font for char in self.chars[:count] if HAN.match(char.text))
        return fonts.most_common(1)[0][0] if fonts else ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A long horizontal rule."""

    left: float
    right: float
    top: float
    thick: float
    red: bool

    @property
    def length(self) -> float:
        """Its length."""
        return self.right - self.left

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.thick


@dataclass(frozen=True, slots=True)
class Page:
    """One printed page. ``chars`` are in the order of the file, ``lines`` from top to bottom."""

    width: float
    height: float
    chars: tuple[Char, ...]
    lines: tuple[TextLine, ...]
    rules: tuple[Rule, ...]
    code: Box | None
    """Where a square of dots (二维码) is drawn."""
    loose_fonts: frozenset[str]
    """Fonts that are not embedded."""
    unmapped: int
    """Characters whose code no reader can tell."""


class Printed:
    """A PDF opened for measuring; a context manager that closes it."""

    def __init__(self, pdf: bytes) -> None:
        # megabytes that only a check needs
        import pypdfium2  # type: ignore[import-untyped]

        self._document: Any = pypdfium2.PdfDocument(pdf)
        self._raw: Any = pypdfium2.raw
        self.pages = tuple(self._read(page) for page in self._document)
        self.metadata: dict[str, str] = self._document.get_metadata_dict()

    def __enter__(self) -> "Printed":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._document.close()

    @property
    def language(self) -> str:
        """The language the file says it is in."""
        buffer = (c_ushort * 64)()
        size = self._raw.FPDFCatalog_GetLanguage(self._document, buffer, len(buffer))
        return bytes(buffer)[: max(0, size - 2)].decode("utf-16-le")

    def ink(self, page: int, box: Box, dpi: int = 300) -> Box | None:
        """Return the box of the ink inside a box, measured on the rendered page."""
        place = self.pages[page]
        margins = (box[0], place.height - box[3], place.width - box[2], box[1])
        crop = tuple(max(margin, 0.0) / MM for margin in margins)
        bitmap = self._document[page].render(scale=dpi / 72, crop=crop, grayscale=True)
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        data = bytes(bitmap.buffer)
        bitmap.close()
        rows = [data[k * stride : k * stride + width].translate(_INK) for k in range(height)]
        dark = [k for k, row in enumerate(rows) if 1 in row]
        if not dark:
            return None
        left = min(rows[k].find(1) for k in dark)
        right = max(rows[k].rfind(1) for k in dark)
        scale = dpi / 25.4
        return (
            box[0] + left / scale,
            box[1] + dark[0] / scale,
            box[0] + (right + 1) / scale,
            box[1] + (dark[-1] + 1) / scale,
        )

    def _read(self, page: Any) -> Page:
        width, height = page.get_width() * MM, page.get_height() * MM
        text = page.get_textpage()
        chars, unmapped = self._chars(text, height)
        text.close()
        rules, code, loose = self._objects(page, height)
        lines = tuple(_lines(char for char in chars if not char.aside))
        return Page(width, height, tuple(chars), lines, rules, code, loose, unmapped)

    def _chars(self, text: Any, height: float) -> tuple[list[Char], int]:
        raw = self._raw
        box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
        flags = c_int()
        name = create_string_buffer(256)
        chars: list[Char] = []
        unmapped = 0
        high = 0
        for k in range(raw.FPDFText_CountChars(text)):
            if raw.FPDFText_IsGenerated(text, k) == 1:
                continue
            code = raw.FPDFText_GetUnicode(text, k)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
            high = 0
            unmapped += raw.FPDFText_HasUnicodeMapError(text, k) == 1
            raw.FPDFText_GetLooseCharBox(text, k, byref(box))
            raw.FPDFText_GetMatrix(text, k, byref(matrix))
            raw.FPDFText_GetFillColor(text, k, byref(red), byref(green), byref(blue), byref(alpha))
            length = raw.FPDFText_GetFontInfo(text, k, name, len(name), byref(flags))
            rgb = red.value, green.value, blue.value
            chars.append(
                Char(
                    chr(code),
                    box.left * MM,
                    box.right * MM,
                    height - matrix.f * MM,
                    raw.FPDFText_GetFontSize(text, k) * matrix.d,
                    plain_font(name.raw[: max(0, length - 1)].decode("utf-8", "replace")),
                    _is_red(rgb),
                    abs(matrix.b) > 1e-3 or (min(rgb) > _PALE and max(rgb) - min(rgb) < 3),
                )
            )
        return chars, unmapped

    def _objects(
        self, page: Any, height: float
    ) -> tuple[tuple[Rule, ...], Box | None, frozenset[str]]:
        raw = self._raw
        rules: list[Rule] = []
        loose: set[str] = set()
        code: Box | None = None
        edges = [c_float() for _ in range(4)]
        colour = [c_uint() for _ in range(4)]
        name = create_string_buffer(256)
        for k in range(raw.FPDFPage_CountObjects(page)):
            one = raw.FPDFPage_GetObject(page, k)
            kind = raw.FPDFPageObj_GetType(one)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                font = raw.FPDFTextObj_GetFont(one)
                if raw.FPDFFont_GetIsEmbedded(font) != 1:
                    length = raw.FPDFFont_GetBaseFontName(font, name, len(name))
                    loose.add(name.raw[: max(0, length - 1)].decode("utf-8", "replace"))
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                raw.FPDFPageObj_GetBounds(one, *(byref(edge) for edge in edges))
                left, low, right, top = (edge.value * MM for edge in edges)
                wide, tall = right - left, top - low
                if wide > _RULE_LENGTH and tall < _RULE_THICK:
                    raw.FPDFPageObj_GetFillColor(one, *(byref(part) for part in colour))
                    red = _is_red((colour[0].value, colour[1].value, colour[2].value))
                    rules.append(Rule(left, right, height - top, tall, red))
                elif raw.FPDFPath_CountSegments(one) > _DOTS and abs(wide - tall) < 1:
                    code = (left, height - top, right, height - low)
        return tuple(sorted(rules, key=lambda rule: rule.top)), code, frozenset(loose)


_INK = bytes(value < 160 for value in range(256))
"""Which grey values are ink."""
_PALE = 153
_RULE_LENGTH, _RULE_THICK = 60.0, 2.0
_DOTS = 400
"""A path of more segments than this that is as wide as high is a code of dots."""


def plain_font(name: str) -> str:
    """Return a font's name without the subset's tag."""
    return re.sub(r"^[A-Z]{6}\+", "", name)


def _is_red(rgb: tuple[int, int, int]) -> bool:
    return rgb[0] > 153 and rgb[1] < 90 and rgb[2] < 90


def _lines(chars: Iterator[Char]) -> Iterator[TextLine]:
    """Group characters by baseline; a smaller fallback glyph sits a little higher."""
    merged: list[list[Char]] = []
    last = float("-inf")
    by_base = sorted(chars, key=lambda char: char.base)
    for base, group in groupby(by_base, key=lambda char: round(char.base, 1)):
        if base - last < 0.53:
            merged[-1] += group
        else:
            merged.append(list(group))
            last = base
    for line in merged:
        if any(char.text.strip() for char in line):
            yield TextLine(line)
