"""Subsets put together from ready pieces: the same glyphs as ReportLab's, sound to other readers."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont
from reportlab.pdfbase import ttfonts
from reportlab.pdfgen.canvas import Canvas

from desktop.notices.faces import load_face
from desktop.notices.fonts import Role, bundled
from desktop.notices.subsets import Subsetter
from desktop.paths import resources

CODES = [0, *map(ord, " 2026—ABCÀé政务公开")]
BUNDLE = resources() / "fonts"


def outlines(data: bytes, count: int) -> list[tuple[int, list[object]]]:
    """Width and outline of what each code of a subset shows."""
    font = TTFont(io.BytesIO(data))
    cmap = font["cmap"].tables[0].cmap
    glyphs = font.getGlyphSet()
    found = []
    for code in range(count):
        name = cmap.get(code, ".notdef")
        pen = RecordingPen()
        glyphs[name].draw(pen)
        found.append((glyphs[name].width, pen.value))
    return found


@pytest.mark.parametrize("role", [Role.BODY, Role.SONG, Role.RARE])
def test_a_subset_shows_what_the_stock_one_shows(role: Role) -> None:
    face = bundled().face(role)
    stock = ttfonts.TTFontFace(str(BUNDLE / role.value))
    packed = Subsetter(face).pack(CODES)
    assert packed is not None
    data = zlib.decompress(packed.stream)
    assert len(data) == packed.length
    assert outlines(data, len(CODES)) == outlines(stock.makeSubset(CODES), len(CODES))


def words(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    return sum(struct.unpack(f">{len(padded) // 4}L", padded)) % 2**32


def test_checksums_are_right() -> None:
    packed = Subsetter(bundled().face(Role.BODY)).pack(CODES)
    assert packed is not None
    data = zlib.decompress(packed.stream)
    assert words(data) == 0xB1B0AFBA
    (count,) = struct.unpack_from(">H", data, 4)
    entries = [struct.unpack_from(">4sLLL", data, 12 + 16 * k) for k in range(count)]
    assert entries == sorted(entries)
    for tag, checksum, place, size in entries:
        table = bytearray(data[place : place + size])
        if tag == b"head":
            table[8:12] = bytes(4)
        assert words(bytes(table)) == checksum, tag


def test_the_same_codes_give_the_same_bytes_from_a_fresh_start() -> None:
    face = bundled().face(Role.SONG)
    first = Subsetter(face)
    first.pack(list(range(32, 127)))
    assert first.pack(CODES) == Subsetter(face).pack(CODES)


def test_glyphs_made_of_others_are_left_to_reportlab(tmp_path: Path) -> None:
    font = TTFont(BUNDLE / Role.SONG.value)
    cmap = font.getBestCmap()
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(font.getGlyphSet())
    pen.addComponent(cmap[ord("A")], (1, 0, 0, 1, 0, 0))
    font["glyf"][cmap[ord("B")]] = pen.glyph()
    font.save(tmp_path / "composite.ttf")
    face = load_face("COMPOSITE", tmp_path / "composite.ttf")
    subsetter = Subsetter(face)
    assert subsetter.pack([0, ord("A")]) is not None
    assert subsetter.pack([0, ord("B")]) is None
    buffer = io.BytesIO()
    canvas = Canvas(buffer, initialFontName="COMPOSITE")  # type: ignore[arg-type]
    canvas.setFont("COMPOSITE", 12)
    canvas.drawString(72, 72, "AB")
    canvas.save()
    assert buffer.getvalue().count(b"/FontFile2") == 1
