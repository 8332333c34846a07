"""What a printed page holds, read back from the PDF: lines of text, rules, ink, fonts.

Positions are millimetres from the top left corner. The em box of a line reaches from 0.88 em above
its baseline to 0.12 em below, as in practically every Han font.
"""

import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from statistics import median, mode
from typing import Any

import pdfplumber
import pypdf
import pypdfium2  # type: ignore[import-untyped]

MM = 25.4 / 72
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
CELL = 156.0 / 28

Box = tuple[float, float, float, float]


def plain_font(name: str) -> str:
    """Return a font's name without the subset's tag."""
    return re.sub(r"^[A-Z]{6}\+", "", name)


def is_red(colour: object) -> bool:
    """Tell whether a fill colour, RGB or CMYK, is the red of a letterhead."""
    parts = tuple(colour) if isinstance(colour, list | tuple) else (colour,)
    if len(parts) == 3:
        return bool(parts[0] > 0.6 and parts[1] < 0.35 and parts[2] < 0.35)
    if len(parts) == 4:
        return bool(parts[1] > 0.6 and parts[2] > 0.6 and parts[0] < 0.3)
    return False


class TextLine:
    """Characters on one baseline."""

    def __init__(self, chars: list[dict[str, Any]], page_height: float) -> None:
        self.chars = sorted(chars, key=lambda char: char["x0"])
        seen = [char for char in self.chars if char["text"].strip()]
        self.text = "".join(char["text"] for char in self.chars).strip()
        self.left: float = min(char["x0"] for char in seen) * MM
        self.right: float = max(char["x1"] for char in seen) * MM
        self.size: float = mode([round(char["size"], 1) for char in seen])
        self.base: float = (page_height - median(char["matrix"][5] for char in seen)) * MM
        self.top = self.base - 0.88 * self.size * MM
        self.bottom = self.base + 0.12 * self.size * MM
        self.fonts = Counter(plain_font(char["fontname"]) for char in seen)
        self.red = any(is_red(char["non_stroking_color"]) for char in seen)

    @property
    def font(self) -> str:
        """The font of most of its characters."""
        return self.fonts.most_common(1)[0][0]

    @property
    def middle(self) -> float:
        """Horizontal centre."""
        return (self.left + self.right) / 2

    @property
    def cells(self) -> float:
        """How many cells of the grid its characters take: one for Han, their width for others."""
        return sum(
            1.0
            if HAN.match(char["text"]) or ord(char["text"][0]) > 0x2E7F or char["text"] in "“”‘’…—"
            else (char["x1"] - char["x0"]) * MM / CELL
            for char in self.chars
        )

    def han_font(self, count: int) -> str:
        """The font of the Han characters among its first ``count`` characters."""
        fonts = Counter(
            plain_font(char["fontname"]) for char in self.chars[:count] if HAN.match(char["text"])
        )
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
class FontUse:
    """A font in the file."""

    name: str
    embedded: bool
    to_unicode: bytes | None

    @property
    def malformed(self) -> int:
        """Entries of the ToUnicode map that are not UTF-16."""
        blocks = re.findall(rb"beginbfchar(.*?)endbfchar", self.to_unicode or b"", re.DOTALL)
        targets = (
            target
            for block in blocks
            for target in re.findall(rb"<[0-9A-Fa-f]{2,4}>\s*<([0-9A-Fa-f]+)>", block)
        )
        return sum(len(target) % 4 != 0 for target in targets)


class PrintedFile:
    """A PDF read by three independent readers."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        self.reader = pypdf.PdfReader(io.BytesIO(pdf))
        with pdfplumber.open(io.BytesIO(pdf)) as plumber:
            self.sizes = [(float(p.width) * MM, float(p.height) * MM) for p in plumber.pages]
            self.lines = [list(_lines(page)) for page in plumber.pages]
            self.rules = [sorted(_rules(page), key=lambda r: r.top) for page in plumber.pages]

    @cached_property
    def text(self) -> str:
        """All text in reading order of lines, watermarks left out."""
        return "".join(line.text for page in self.lines for line in page)

    @cached_property
    def extracted(self) -> str:
        """All text as pypdf extracts it, in the file's own order."""
        return "".join(page.extract_text() for page in self.reader.pages)

    def ink(self, page: int, box: Box, dpi: int = 300) -> Box | None:
        """Return the box of the ink inside a box, measured on the rendered page."""
        document = pypdfium2.PdfDocument(self._pdf)
        try:
            width, height = self.sizes[page]
            margins = (box[0], height - box[3], width - box[2], box[1])
            crop = tuple(margin / MM for margin in margins)
            image = document[page].render(scale=dpi / 72, crop=crop).to_pil().convert("L")
        finally:
            document.close()
        scale = dpi / 25.4
        found = image.point(lambda v: 255 if v < 160 else 0).getbbox()
        if not found:
            return None
        return (
            box[0] + found[0] / scale,
            box[1] + found[1] / scale,
            box[0] + found[2] / scale,
            box[1] + found[3] / scale,
        )

    def fonts(self) -> list[FontUse]:
        """Every font that any page names."""
        found: dict[str, FontUse] = {}
        for page in self.reader.pages:
            fonts: Any = page["/Resources"].get_object().get("/Font") or {}  # type: ignore[union-attr]
            for key, reference in fonts.items():
                font: Any = reference.get_object()
                descriptor = font.get("/FontDescriptor")
                inner = descriptor.get_object() if descriptor else {}
                embedded = any(name in inner for name in ("/FontFile", "/FontFile2", "/FontFile3"))
                mapped = font.get("/ToUnicode")
                data = mapped.get_object().get_data() if mapped else None
                name = str(font.get("/BaseFont", key))
                found[name + key] = FontUse(name, embedded, data)
        return list(found.values())


def _lines(page: Any) -> Iterator[TextLine]:
    """Group a page's characters by baseline, without rotated or pale watermarks."""
    groups: dict[float, list[dict[str, Any]]] = defaultdict(list)
    for char in page.chars:
        if abs(char["matrix"][1]) > 1e-3 or abs(char["matrix"][2]) > 1e-3:
            continue
        colour = char["non_stroking_color"]
        grey = colour if isinstance(colour, list | tuple) else (colour,)
        if len(grey) == 1 and grey[0] is not None and grey[0] > 0.6:
            continue
        groups[round(char["matrix"][5] * 2) / 2].append(char)
    merged: list[list[dict[str, Any]]] = []
    last = None
    for base in sorted(groups, reverse=True):  # a smaller fallback glyph sits a little higher
        if last is not None and last - base < 1.5:
            merged[-1] += groups[base]
        else:
            merged.append(list(groups[base]))
            last = base
    for chars in merged:
        if any(char["text"].strip() for char in chars):
            yield TextLine(chars, float(page.height))


def _rules(page: Any) -> Iterator[Rule]:
    for box in page.rects:
        length, thick = (box["x1"] - box["x0"]) * MM, (box["bottom"] - box["top"]) * MM
        if length > 60 and thick < 2.0:
            red = is_red(box["non_stroking_color"])
            yield Rule(box["x0"] * MM, box["x1"] * MM, box["top"] * MM, thick, red)
    for line in page.lines:
        left, right = sorted((line["x0"] * MM, line["x1"] * MM))
        if right - left > 60 and abs(line["top"] - line["bottom"]) * MM < 0.2:
            thick = (line["linewidth"] or 0) * MM
            red = is_red(line["stroking_color"])
            yield Rule(left, right, line["top"] * MM - thick / 2, thick, red)
