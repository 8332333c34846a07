"""Mending ReportLab's TrueType fonts: ToUnicode above U+FFFF, and no copies of whole outlines."""

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics, ttfonts


class _Outlines:
    """The 'glyf' table, sliced in place: ReportLab only ever takes slices of it."""

    def __init__(self, table: memoryview) -> None:
        self._table = table

    def __getitem__(self, part: slice) -> bytes:
        return bytes(self._table[part])


_stock_table: Any = ttfonts.TTFontFace.get_table


class Face(ttfonts.TTFontFace):
    """A face that does not copy its megabytes of outlines for every subset of every letter."""

    def get_table(self, tag: str) -> Any:
        if tag != "glyf":
            return _stock_table(self, tag)
        start, length = self.get_table_pos(tag)
        data: bytes = vars(self)["_ttf_data"]
        return _Outlines(memoryview(data)[start : start + length])

    def makeSubset(self, subset: Sequence[Any]) -> bytes:  # noqa: N802
        try:
            made: bytes = super().makeSubset(subset)
        except TypeError:  # a ReportLab that does more than slice gets its copy
            self.__class__ = ttfonts.TTFontFace  # type: ignore[assignment]
            made = self.makeSubset(subset)
        return made


def _to_unicode_map(fontname: str, subset: Sequence[int]) -> str:
    """Write a ToUnicode CMap in UTF-16BE; ReportLab writes five hex digits above U+FFFF."""
    del fontname  # readers take the map by its content
    entries = [f"<{i:02X}> <{chr(c).encode('utf-16-be').hex()}>" for i, c in enumerate(subset)]
    blocks: list[str] = []
    for start in range(0, len(entries), 100):
        block = entries[start : start + 100]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


ttfonts.makeToUnicodeCMap = _to_unicode_map


def load_face(name: str, path: Path, index: int = 0) -> Face:
    """Read a font file and register it with ReportLab under a name.

    Raises:
        OSError: the file is missing.
        ttfonts.TTFError: it is not a font that ReportLab can embed.
    """
    try:
        font: Any = ttfonts.TTFont(name, str(path), subfontIndex=index, asciiReadable=False)
    except (struct.error, LookupError, ValueError) as error:
        raise ttfonts.TTFError(f"{path.name}: {error}") from error
    font.face.__class__ = Face
    pdfmetrics.registerFont(font)
    face: Face = font.face
    return face


def glyph_box(face: Face, char: str) -> tuple[float, float]:
    """Return the lowest and highest point of a character's outline, in ems."""
    view: Any = face
    place = view.glyphPos[view.charToGlyph[ord(char)]]
    head = view.get_table("glyf")[place : place + 10] or bytes(10)
    _, _, low, _, high = struct.unpack(">hhhhh", head)
    return low / view.unitsPerEm, high / view.unitsPerEm
