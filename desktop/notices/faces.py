"""ReportLab's TrueType fonts, mended (ToUnicode above U+FFFF) and made quick to put into files."""

import struct
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfdoc, pdfmetrics, ttfonts

from desktop.notices.subsets import Packed, Subsetter


class Face(ttfonts.TTFontFace):
    """A face whose subsets are put together from glyphs that were cut and compressed once.

    A subset with glyphs made of other glyphs is left to ReportLab.
    """

    def addSubsetObjects(self, doc: Any, fontname: str, subset: Sequence[int]) -> Any:  # noqa: N802
        subsetter = vars(self).get("subsetter")
        if subsetter is None:
            subsetter = vars(self)["subsetter"] = Subsetter(self)
        packed: Packed | None = subsetter.pack(subset) if doc.compression else None
        if packed is None:
            return super().addSubsetObjects(doc, fontname, subset)  # type: ignore[no-untyped-call]
        stream = pdfdoc.PDFStream(content=packed.stream)
        stream.dictionary["Length1"] = packed.length
        stream.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
        file = doc.Reference(stream, f"fontFile:{fontname}")
        descriptor = _Descriptor(self, fontname, file)
        return doc.Reference(descriptor, f"fontDescriptor:{fontname}")


class _Descriptor(pdfdoc.PDFObject):
    """A font descriptor (PDF 32000-1, 9.8), written in one go instead of entry by entry."""

    __RefOnly__ = 1

    def __init__(self, face: Any, name: str, file: Any) -> None:
        self._face, self._name, self._file = face, name, file

    def format(self, document: Any) -> bytes:
        face = self._face
        flags = face.flags & ~_NONSYMBOLIC | _SYMBOLIC
        box = " ".join(f"{edge:.6g}" for edge in face.bbox)
        words = (
            f"<< /Type /FontDescriptor /FontName /{self._name} /Flags {flags}"
            f" /FontBBox [ {box} ] /ItalicAngle {face.italicAngle:.6g} /Ascent {face.ascent:.6g}"
            f" /Descent {face.descent:.6g} /CapHeight {face.capHeight:.6g} /StemV {face.stemV:.6g}"
            f" /MissingWidth {face.defaultWidth:.6g} /FontFile2 "
        )
        reference: bytes = pdfdoc.format(self._file, document)
        return words.encode("ascii") + reference + b" >>"


_NONSYMBOLIC, _SYMBOLIC = 1 << 5, 1 << 2


class _Widths(pdfdoc.PDFArray):
    """The widths of a subset, written in one go instead of object by object."""

    def format(self, document: Any, IND: bytes = b" ") -> bytes:  # noqa: ARG002, N803
        return b"[ " + " ".join([f"{width:.6g}" for width in self.sequence]).encode() + b" ]"


class _Font(ttfonts.TTFont):
    """A font whose width tables are quick to write."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        super().addObjects(doc)
        for font in doc.idToObject["BasicFonts"].dict.values():
            widths = getattr(font, "Widths", None)
            if type(widths) is pdfdoc.PDFArray:
                font.Widths = _Widths(widths.sequence)


@lru_cache(maxsize=8192)
def _utf16(code: int) -> str:
    return chr(code).encode("utf-16-be").hex()


def _to_unicode_map(fontname: str, subset: Sequence[int]) -> str:
    """Write a ToUnicode CMap in UTF-16BE; ReportLab writes five hex digits above U+FFFF."""
    del fontname  # readers take the map by its content
    entries = [f"<{i:02X}> <{_utf16(code)}>" for i, code in enumerate(subset)]
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
        font: Any = _Font(name, str(path), subfontIndex=index, asciiReadable=False)
    except (struct.error, LookupError, ValueError) as error:
        raise ttfonts.TTFError(f"{path.name}: {error}") from error
    font.face.__class__ = Face
    # ReportLab takes all fonts of one face name for one font, and names subsets after the face.
    own = font.face.name
    font.face.name = name.encode()
    pdfmetrics.registerFont(font)
    font.face.name = (
        own if _TAKEN.setdefault(own, name) == name else own + b"-" + str(len(_TAKEN)).encode()
    )
    _TAKEN.setdefault(font.face.name, name)
    face: Face = font.face
    return face


_TAKEN: dict[bytes, str] = {}
"""Face names in use, and the registered name of the font that has each."""


def glyph_box(face: Face, char: str) -> tuple[float, float]:
    """Return the lowest and highest point of a character's outline, in ems."""
    view: Any = face
    place = view.get_table_pos("glyf")[0] + view.glyphPos[view.charToGlyph[ord(char)]]
    head = view.get_chunk(place, 10)
    _, _, low, _, high = struct.unpack(">hhhhh", head) if len(head) == 10 else (0, 0, 0, 0, 0)
    return low / view.unitsPerEm, high / view.unitsPerEm
