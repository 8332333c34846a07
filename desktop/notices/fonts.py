"""Which bundled font prints which character; system fonts are not looked at.

Also mends two things in ReportLab: the ToUnicode map of characters above U+FFFF and the copy of
the whole outline table that it makes for every subset.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import category

from reportlab.pdfbase import pdfmetrics, ttfonts

from desktop.notices.model import ControlCharacter, MissingGlyph
from desktop.paths import resources

ASCENT = 0.88
"""Share of the em box (字框) above the baseline, as nearly all Han fonts have it."""
RARE_SCALE = 0.97
"""The fallback face fills its box more than 仿宋; any smaller and readers see gaps as spaces."""

CLOSING = frozenset("，。、；：？！）》〉】〕〗』」｝］”’")
"""Marks whose right half is empty."""
OPENING = frozenset("（《〈【〔〖『「｛［“‘")
"""Marks whose left half is empty."""


class Role(StrEnum):
    """What a font is used for; the value is its file."""

    BODY = "NoticeFang.ttf"  # 仿宋
    TITLE = "NoticeTitle.ttf"  # 小标宋
    HEADING = "NoticeHei.ttf"  # 黑体
    KAI = "NoticeKai.ttf"  # 楷体
    SONG = "NoticeSong.ttf"  # 宋体: page numbers, Latin and digits
    RARE = "NoticeFallback.ttf"  # characters the others lack


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character ready to print; all lengths in points.

    ``width`` is what it takes on the line, ``advance`` what its font says, ``left``/``right`` how
    much of ``width`` may be squeezed away on that side.
    """

    char: str
    font: str
    size: float
    advance: float
    width: float
    left: float
    right: float
    scale: float


class _Outlines:
    """The 'glyf' table, sliced in place: ReportLab only ever takes slices of it."""

    def __init__(self, table: memoryview) -> None:
        self._table = table

    def __getitem__(self, part: slice) -> bytes:
        return bytes(self._table[part])


_stock_table: Any = ttfonts.TTFontFace.get_table


class _Face(ttfonts.TTFontFace):
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


class FontBook:
    """The six bundled fonts, each read from disk when first needed and registered once."""

    def __init__(self, folder: Path) -> None:
        ttfonts.makeToUnicodeCMap = _to_unicode_map
        self._folder = folder
        self._faces: dict[Role, Any] = {}
        self._glyphs: dict[tuple[str, Role, float, float], Glyph] = {}

    def face(self, role: Role) -> Any:
        """Return ReportLab's face of a role, loading it on first use.

        Raises:
            OSError: the font file is missing.
        """
        if role not in self._faces:
            font = ttfonts.TTFont(role.name, str(self._folder / role.value), asciiReadable=False)
            font.face.__class__ = _Face
            pdfmetrics.registerFont(font)
            self._faces[role] = font.face
        return self._faces[role]

    def role_of(self, char: str, wanted: Role) -> Role:
        """Return the role whose font prints the character where ``wanted`` is asked for.

        Half-width letters and digits of 仿宋 and 楷体 come from 宋体, whose digits are exactly half
        a cell; quotes of the 楷体 face are narrow Latin ones and come from 仿宋.

        Raises:
            MissingGlyph: no bundled font has the character.
        """
        code = ord(char)
        if wanted in (Role.BODY, Role.KAI) and 0x21 <= code < 0x7F:
            return Role.SONG
        if wanted is Role.KAI and char in "“”‘’—…·":
            wanted = Role.BODY
        for role in (wanted, Role.BODY, Role.RARE, Role.SONG):
            if code in self.face(role).charToGlyph:
                return role
        raise MissingGlyph((char,))

    def require(self, text: str) -> None:
        """Make sure that every character of the text can be printed.

        Raises:
            ControlCharacter: control characters other than a newline.
            MissingGlyph: characters that no bundled font has, each named once.
        """
        chars = [c for c in dict.fromkeys(text) if c != "\n"]
        if controls := tuple(c for c in chars if category(c) in ("Cc", "Zl", "Zp")):
            raise ControlCharacter(controls)
        if missing := tuple(c for c in chars if not self._printable(c)):
            raise MissingGlyph(missing)

    def _printable(self, char: str) -> bool:
        code = ord(char)
        return any(code in self.face(r).charToGlyph for r in (Role.BODY, Role.RARE, Role.SONG))

    def glyph(self, char: str, wanted: Role, size: float, em: float) -> Glyph:
        """Return the character at ``size`` points where a Han character takes ``em`` points."""
        key = (char, wanted, size, em)
        found = self._glyphs.get(key)
        if found is None:
            found = self._glyphs[key] = self._make(char, wanted, size, em)
        return found

    def _make(self, char: str, wanted: Role, size: float, em: float) -> Glyph:
        role = self.role_of(char, wanted)
        advance: float = self.face(role).getCharWidth(ord(char)) * size / 1000
        width = advance * em / size
        shrunk = role is Role.RARE and wanted in (Role.BODY, Role.KAI) and ord(char) >= 0x3400
        return Glyph(
            char=char,
            font=role.name,
            size=size,
            advance=advance,
            width=width,
            left=width / 2 if char in OPENING else 0.0,
            right=width / 2 if char in CLOSING else 0.0,
            scale=RARE_SCALE if shrunk else 1.0,
        )

    def ink(self, text: str, wanted: Role, size: float) -> tuple[float, float]:
        """Return how far the ink of the text reaches above and below the baseline, in points."""
        tops, bottoms = [0], [0]
        for char in text:
            face = self.face(self.role_of(char, wanted))
            place = face.glyphPos[face.charToGlyph[ord(char)]]
            box = struct.unpack(">hhhhh", face.get_table("glyf")[place : place + 10] or bytes(10))
            bottoms.append(box[2])
            tops.append(box[4])
        return max(tops) * size / 1000, min(bottoms) * size / 1000

    def dash_centre(self, size: float) -> float:
        """Return the height of a page number's dash (一字线) above the baseline, in points."""
        face = self.face(Role.SONG)
        place = face.glyphPos[face.charToGlyph[0x2014]]
        low, high = struct.unpack(">hxxh", face.get_table("glyf")[place + 4 : place + 10])
        return float(low + high) / 2 * size / 1000


@lru_cache(maxsize=1)
def bundled() -> FontBook:
    """Return the fonts that come with the program (one set for the process)."""
    return FontBook(resources() / "fonts")
