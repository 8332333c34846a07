"""What a file really is (文件种类): its content must be of the kind that its name says."""

import zipfile
from io import BytesIO
from pathlib import Path

from frozen import dataclass

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: How much of the beginning is looked at.
HEAD = 4096

#: How files of a kind begin.
_BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "bmp": (b"BM",),
    "gif": (b"GIF87a", b"GIF89a"),
    "tif": (b"II*\x00", b"MM\x00*"),
    "tiff": (b"II*\x00", b"MM\x00*"),
    "ofd": (_ZIP,),
    "docx": (_ZIP,),
    "xlsx": (_ZIP,),
    "zip": (_ZIP, b"PK\x05\x06"),
    "doc": (_OLE, b"{\\rtf"),
    "xls": (_OLE,),
    "wps": (_OLE, _ZIP),
    "et": (_OLE, _ZIP),
    "mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"),
    "amr": (b"#!AMR",),
}
#: What a kind that is a zip file inside must hold.
_PARTS = {"docx": "word/", "xlsx": "xl/", "ofd": "OFD.xml"}
_FILM = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")

#: How programs begin; they are refused whatever they are called.
_PROGRAMS = (b"MZ", b"\x7fELF", b"L\x00\x00\x00\x01\x14\x02\x00", b"#!")
_MOST_PARTS = 10_000


def is_program(head: bytes) -> bool:
    """Say whether a file begins as a program does (a recording of speech begins with #!AMR)."""
    return head.startswith(_PROGRAMS) and not head.startswith(b"#!AMR")


def agrees(path: Path) -> bool:
    """Say whether a file's content is of the kind that its ending says.

    Raises:
        OSError: it can not be read.
    """
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    kind = path.suffix.lower().lstrip(".")
    if not _begins_as(kind, head):
        return False
    return kind not in _PARTS or _holds(path, _PARTS[kind])


def _begins_as(kind: str, head: bytes) -> bool:
    match kind:
        case "pdf":
            return b"%PDF-" in head[:1024]
        case "wav":
            return head.startswith(b"RIFF") and head[8:12] == b"WAVE"
        case "avi":
            return head.startswith(b"RIFF") and head[8:12] == b"AVI "
        case "mp4" | "mov" | "m4a":
            return head[4:8] in _FILM
        case "txt" | "csv" | "eml":
            return head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in head
    return kind in _BEGINNINGS and head.startswith(_BEGINNINGS[kind])


def _holds(path: Path, part: str) -> bool:
    """Look into the list of a zip file's parts; nothing is unpacked."""
    try:
        with zipfile.ZipFile(path) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    macro = any(name.lower().endswith("vbaproject.bin") for name in names)
    return len(names) <= _MOST_PARTS and not macro and any(n.startswith(part) for n in names)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is shown of a file before it is kept; pages 0 where nobody knows."""

    size: int
    pages: int = 0


def facts(path: Path) -> Facts:
    """Return a file's size and, of a PDF, its pages.

    Raises:
        OSError: it can not be read.
    """
    size = path.stat().st_size
    return Facts(size, pdf_pages(path) if path.suffix.lower() == ".pdf" and size else 0)


def pdf_pages(source: Path | bytes) -> int:
    """Return how many pages a PDF has, 0 if it can not be read or is locked with a password."""
    import pypdfium2  # type: ignore[import-untyped]  # slow to load: only when needed

    try:
        document = pypdfium2.PdfDocument(BytesIO(source) if isinstance(source, bytes) else source)
    except (pypdfium2.PdfiumError, OSError):
        return 0
    try:
        return len(document)
    finally:
        document.close()
