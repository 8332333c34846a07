"""Subsets of TrueType fonts, put together from glyphs that are cut, summed and deflated once.

Most of the time of making a file would go into copying and deflating the same few hundred
outlines again. Each glyph is deflated by itself, in blocks that end on a byte and refer to nothing
before them; a stream of such blocks is a zlib stream like any other (RFC 1950, 1951). The bytes
depend on zlib alone, not on the machine.
"""

import struct
import zlib
from collections.abc import Sequence
from typing import Any

from frozen import dataclass

_HEAD, _END = b"\x78\x9c", b"\x03\x00"
_MAGIC = 0xB1B0AFBA
_COPIED = ("cvt ", "fpgm", "prep")
_MASK = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Packed:
    """A subset as a zlib stream, and its length before."""

    stream: bytes
    length: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """Bytes padded to whole words, their checksum, and themselves deflated."""

    data: bytes
    checksum: int
    deflated: bytes


class _Composite(Exception):
    """A glyph is made of other glyphs."""


class Subsetter:
    """Makes subsets of one face; ``face`` is ReportLab's, with its tables read."""

    def __init__(self, face: Any) -> None:
        self._face = face
        self._glyphs: dict[int, _Piece] = {}
        self._copied = [(tag, _piece(face.get_table(tag))) for tag in _COPIED if tag in face.table]

    def pack(self, codes: Sequence[int]) -> Packed | None:
        """Return a font in which code k shows the character ``codes[k]``, None if it is not simple.

        The tables are those a PDF needs of an embedded font (ISO 32000-1, 9.9): no names, no OS/2.
        """
        face = self._face
        order: dict[int, int] = {0: 0}
        places = [order.setdefault(face.charToGlyph.get(c, 0), len(order)) for c in codes]
        try:
            glyphs = [self._glyphs.get(glyph) or self._cut(glyph) for glyph in order]
        except _Composite:
            return None
        return self._assemble(list(order), places, glyphs)

    def _cut(self, glyph: int) -> _Piece:
        face = self._face
        start, end = face.glyphPos[glyph], face.glyphPos[glyph + 1]
        data: bytes = face.get_chunk(face.get_table_pos("glyf")[0] + start, end - start)
        if data and data[0] & 0x80:
            raise _Composite
        made = self._glyphs[glyph] = _piece(data)
        return made

    def _assemble(
        self, order: Sequence[int], places: Sequence[int], glyphs: Sequence[_Piece]
    ) -> Packed:
        face = self._face
        offsets, end = [0], 0
        for glyph in glyphs:
            end += len(glyph.data)
            offsets.append(end)
        metrics = [face.hmetrics[glyph] for glyph in order]
        widths = [int(part) & 0xFFFF for pair in metrics for part in pair[:2]]
        count = len(order)
        small = {
            "cmap": struct.pack(">HHHHLHHHHH", 0, 1, 1, 0, 12, 6, 10 + 2 * len(places), 0, 0,
                                len(places)) + struct.pack(f">{len(places)}H", *places),
            "head": face.get_table("head")[:8] + bytes(4) + face.get_table("head")[12:50]
            + struct.pack(">hh", 1, 0),
            "hhea": face.get_table("hhea")[:34] + struct.pack(">H", count),
            "hmtx": struct.pack(f">{len(widths)}H", *widths),
            "loca": struct.pack(f">{len(offsets)}L", *offsets),
            "maxp": face.get_table("maxp")[:4] + struct.pack(">H", count)
            + face.get_table("maxp")[6:],
            "post": b"\x00\x03\x00\x00" + face.get_table("post")[4:16] + bytes(16),
        }  # fmt: skip
        return _file(small, self._copied, glyphs, end)


def _file(
    small: dict[str, bytes],
    copied: Sequence[tuple[str, _Piece]],
    glyphs: Sequence[_Piece],
    outlines: int,
) -> Packed:
    """Lay out directory, small tables, copied tables and outlines, in this order."""
    tables = len(small) + len(copied) + 1
    place = 12 + 16 * tables
    entries: list[tuple[bytes, int, int, int]] = []
    body: list[bytes] = []
    head = 0
    for tag, data in small.items():
        padded = data + bytes(-len(data) % 4)
        if tag == "head":
            head = place
        entries.append((tag.encode(), _sum(padded), place, len(data)))
        body.append(padded)
        place += len(padded)
    for tag, piece in copied:
        entries.append((tag.encode(), piece.checksum, place, len(piece.data)))
        place += len(piece.data)
    checksum = sum([glyph.checksum for glyph in glyphs]) & _MASK
    entries.append((b"glyf", checksum, place, outlines))
    entries.sort()
    power = tables.bit_length() - 1
    search = 16 << power
    directory = struct.pack(">LHHHH", 0x00010000, tables, search, power, tables * 16 - search)
    directory += b"".join([struct.pack(">4sLLL", *entry) for entry in entries])
    front = bytearray(directory + b"".join(body))
    whole = _sum(directory) + sum(entry[1] for entry in entries)
    struct.pack_into(">L", front, head + 8, (_MAGIC - whole) & _MASK)
    pieces = [*[piece for _, piece in copied], *glyphs]
    data = b"".join([bytes(front), *[piece.data for piece in pieces]])
    deflated = b"".join([_deflated(bytes(front), 6), *[piece.deflated for piece in pieces]])
    stream = _HEAD + deflated + _END + struct.pack(">L", zlib.adler32(data))
    return Packed(stream, len(data))


def _piece(data: bytes) -> _Piece:
    padded = data + bytes(-len(data) % 4)
    return _Piece(padded, _sum(padded), _deflated(padded, 9))


def _sum(padded: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}L", padded)
    return sum(words) & _MASK


def _deflated(data: bytes, level: int) -> bytes:
    """Return blocks of raw deflate that end on a byte and need nothing before them."""
    maker = zlib.compressobj(level, zlib.DEFLATED, -15, 9)
    return maker.compress(data) + maker.flush(zlib.Z_SYNC_FLUSH)
