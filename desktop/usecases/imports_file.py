"""What a file is: refused if it is no ledger, or made to do harm, whatever a reader made of it.

Runs in the child that reads the file, never in the program itself. Only the bytes of the archive
are looked at here, in pieces; nothing is taken apart that could grow without bound.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: Limits of this program, far beyond any ledger kept by hand.
LARGEST = 30 * 1024 * 1024
EXPANDED = 200 * 1024 * 1024
PARTS = 2_000
RATIO = 200
ROWS, COLUMNS = 100_000, 200
#: Cells of the smallest rectangle that holds all rows and columns.
AREA = 4_000_000

_PIECE = 1 << 20
#: No reference to a cell is longer, with what stands around it.
_OVERLAP = 512
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: A reference to a cell that may be too far, in every way in which XML may write it.
_FAR = re.compile(
    rb"""r\s*=\s*["'](?:[A-Za-z]{0,3}\d{6}|[A-Za-z]{3}|[H-Zh-z][A-Za-z]|[Gg][S-Zs-z])[^>]{0,400}>"""
)
_CELL = re.compile(rb"""["']([A-Za-z]*)(\d+)["']""")
_DTD = (b"<!DOCTYPE", b"<!ENTITY")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


class Refused(Exception):
    """The file is not read; ``code`` says why."""

    def __init__(self, code: str) -> None:
        """Keep the code (too_large, bomb, macros, password, no_ledger, broken …)."""
        self.code = code
        super().__init__(code)


@dataclass(slots=True)
class Looked:
    """What a look at the file tells: its kind, and what a reader of it should know."""

    kind: str
    epoch_1904: bool = False
    formulas: int = 0
    errors: int = 0


def glance(path: Path) -> str:
    """Say what a file is, by its beginning and by the list of its parts: xlsx, xls or csv.

    Raises:
        Refused: it is no ledger, or is too large, or its list says that it may do harm.
        OSError: it can not be read (gone, locked by another program).
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(0)
        head = file.read(8)
    if size == 0:
        raise Refused("empty")
    if size > LARGEST:
        raise Refused("too_large")
    if head.startswith(_OLE):
        if _ENCRYPTED in path.read_bytes():
            raise Refused("password")
        return "xls"
    if head.startswith(b"PK"):
        with _archive(path):
            return "xlsx"
    if head.startswith(
        (b"%PDF", b"MZ", b"\x7fELF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"{\\rtf")
    ):
        raise Refused("no_ledger")
    if head.lstrip().lower().startswith((b"<html", b"<!doc", b"<table", b"<?xml")):
        raise Refused("web_page")
    return "csv"


def look(path: Path) -> Looked:
    """Look into a workbook, through every part of it.

    Raises:
        Refused: it may do harm, or is broken.
        OSError: it can not be read any more.
    """
    with _archive(path) as archive:
        return _look_at_parts(archive, archive.infolist())


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a workbook whose list of parts is as it should be."""
    try:
        if _said_parts(path) > PARTS:
            raise Refused("bomb")
        with zipfile.ZipFile(path) as archive:
            _look_at_list(archive.infolist())
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, ValueError) as error:
        raise Refused("broken") from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise Refused("broken") from error


def _said_parts(path: Path) -> int:
    """Return how many parts the end of the archive says it has, before its list is read."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 65_557))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 16 > len(tail):
        raise Refused("broken")
    listed = int.from_bytes(tail[at + 12 : at + 16], "little")
    # A list longer than so many parts can need hides more of them than it says.
    return max(int.from_bytes(tail[at + 10 : at + 12], "little"), listed // 400)


def _look_at_list(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.replace("\\", "/").casefold() for part in parts]
    if len(parts) > PARTS or len(set(names)) != len(names):
        raise Refused("bomb")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("password")
    if any("vbaproject" in name or "/macrosheets/" in name for name in names):
        raise Refused("macros")
    if any("externallinks/" in name for name in names):
        raise Refused("external_links")
    if "xl/workbook.xml" not in names:
        raise Refused("no_ledger")
    if sum(part.file_size for part in parts) > EXPANDED:
        raise Refused("bomb")
    for part in parts:
        if part.file_size > _PIECE and part.file_size > RATIO * max(1, part.compress_size):
            raise Refused("bomb")


def _look_at_parts(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Looked:
    found = Looked("xlsx")
    left = EXPANDED
    for part in parts:
        name = part.filename.replace("\\", "/")
        text = name.casefold().endswith((".xml", ".rels", ".vml"))
        seen = _Seen(found, _SHEET.fullmatch(name) is not None) if text else None
        whole = 0
        for piece in _pieces(archive, part):
            whole += len(piece)
            left -= len(piece)
            if left < 0 or (whole > _PIECE and whole > RATIO * max(1, part.compress_size)):
                raise Refused("bomb")
            if seen is not None:
                seen.look(piece)
    return found


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as file:
        while piece := file.read(_PIECE):
            yield piece


class _Seen:
    """Looks at one part in pieces, with a little of the piece before."""

    def __init__(self, found: Looked, sheet: bool) -> None:
        self._found, self._sheet, self._before = found, sheet, b""

    def look(self, piece: bytes) -> None:
        if not self._before and (piece[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in piece[:200]):
            raise Refused("broken")  # no spreadsheet program writes UTF-16 here
        text = self._before + piece
        if b"<!" in text and any(sign in text for sign in _DTD):
            raise Refused("dtd")
        if self._sheet:
            if any(_too_far(hit[0]) for hit in _FAR.finditer(text)):
                raise Refused("far_cell")
            if b"<f" in piece:
                self._found.formulas += piece.count(b"<f>") + piece.count(b"<f ")
            self._found.errors += piece.count(b't="e"')
        elif b"date1904" in text and re.search(rb"""date1904\s*=\s*["'](1|true)""", text):
            self._found.epoch_1904 = True
        self._before = text[-_OVERLAP:]


def _too_far(hit: bytes) -> bool:
    """Whether a cell beyond the limits holds something; formats alone are set on whole columns."""
    if hit.endswith(b"/>"):
        return False
    where = _CELL.search(hit)
    if where is None:
        return False
    column = 0
    for letter in where[1].upper():
        column = column * 26 + letter - 64
    return int(where[2]) > ROWS or column > COLUMNS


#: What stands between the cells of a line, the likeliest first.
_DELIMITERS = ",\t;|"


def read_text(content: bytes, best_guess: Callable[[bytes], str | None]) -> tuple[str, str]:
    """Decode a text file: UTF-8 with and without mark, UTF-16 with its mark, GB18030, else a guess.

    Returns:
        The text, and by which code it was read.

    Raises:
        Refused: it is no text in any code that is known.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        codes = ["utf-16"]
    elif b"\0" in content:
        raise Refused("no_ledger")
    else:
        codes = ["utf-8-sig", "gb18030"]
    for code in codes:
        try:
            return content.decode(code), code
        except UnicodeDecodeError:
            continue
    guessed = best_guess(content)
    if guessed is None:
        raise Refused("charset")
    try:
        return content.decode(guessed), guessed
    except (UnicodeDecodeError, LookupError) as error:
        raise Refused("charset") from error


def delimiter(text: str) -> str:
    """Return what separates the cells: what is found most evenly in the first lines."""
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()]
    return max(_DELIMITERS, key=lambda sign: sum(min(line.count(sign), 50) for line in lines))
