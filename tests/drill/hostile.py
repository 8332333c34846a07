"""Ledgers made to do harm, or broken: each is refused quickly, and the program lives on.

    python -m tests.drill.hostile

Every file is made here, small and from nothing, and read by the same child that reads ledgers in
the program. A try comes out as promised when it is refused with a word, within the time and the
memory set here, and an honest ledger is read right afterwards.
"""

import os
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.usecases.imports_read import Unreadable, read_ledger
from tests.drill.result import Result

SECONDS, MEMORY = 2.0, 500 * 1024 * 1024

_WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="{target}"/>{more}</Relationships>'
)
_SHARED = (
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/sharedStrings" Target="sharedStrings.xml"/>'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>',
    "</sheetData></worksheet>",
)
_MEGABYTE = 1 << 20


def _book(
    path: Path,
    sheet: Iterator[bytes] | bytes,
    parts: dict[str, Iterator[bytes] | bytes] | None = None,
    more: str = "",
) -> None:
    """Write a workbook of one sheet, its parts in pieces so that large ones need no memory."""
    whole: dict[str, Iterator[bytes] | bytes] = {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _RELATIONS.format(
            kind="officeDocument", target="xl/workbook.xml", more=""
        ).encode(),
        "xl/workbook.xml": _WORKBOOK.encode(),
        "xl/_rels/workbook.xml.rels": _RELATIONS.format(
            kind="worksheet", target="worksheets/sheet1.xml", more=more
        ).encode(),
        "xl/worksheets/sheet1.xml": sheet,
        **(parts or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in whole.items():
            with archive.open(name, "w", force_zip64=False) as file:
                for piece in (content,) if isinstance(content, bytes) else content:
                    file.write(piece)


def _in_sheet(inside: bytes) -> bytes:
    return _SHEET[0].encode() + inside + _SHEET[1].encode()


def _cells(*cells: tuple[str, str]) -> bytes:
    return "".join(
        f'<row r="{"".join(ch for ch in where if ch.isdigit())}"><c r="{where}" t="inlineStr">'
        f"<is><t>{text}</t></is></c></row>"
        for where, text in cells
    ).encode()


def _many(piece: bytes, size: int, head: bytes = b"", tail: bytes = b"") -> Iterator[bytes]:
    yield head
    block = piece * (_MEGABYTE // len(piece))
    for _ in range(size // len(block)):
        yield block
    yield tail


def rows_bomb(path: Path) -> None:
    """400 MB of rows in a file of a few hundred kilobytes."""
    row = b'<row><c t="inlineStr"><is><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></is></c></row>'
    _book(path, _many(row, 400 * _MEGABYTE, _SHEET[0].encode(), _SHEET[1].encode()))


def cell_bomb(path: Path) -> None:
    """One cell of 300 MB."""
    head = _SHEET[0].encode() + b'<row r="1"><c r="A1" t="inlineStr"><is><t>'
    tail = b"</t></is></c></row>" + _SHEET[1].encode()
    _book(path, _many(b"A", 300 * _MEGABYTE, head, tail))


def strings_bomb(path: Path) -> None:
    """300 MB of shared strings."""
    head = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    strings = _many(b"<si><t>" + b"b" * 200 + b"</t></si>", 300 * _MEGABYTE, head, b"</sst>")
    sheet = _in_sheet(b'<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    _book(path, sheet, {"xl/sharedStrings.xml": strings}, _SHARED)


def said_strings(path: Path) -> None:
    """Four milliards of shared strings, as it says: a reader that makes room for them is ended."""
    strings = b'<sst count="4000000000" uniqueCount="4000000000"><si><t>a</t></si></sst>'
    sheet = _in_sheet(b'<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    _book(path, sheet, {"xl/sharedStrings.xml": strings}, _SHARED)


def said_strings_and_entity(path: Path) -> None:
    """The same with a reason of its own in its last part: that is what is said."""
    strings = b'<sst count="4000000000" uniqueCount="4000000000"><si><t>a</t></si></sst>'
    sheet = _in_sheet(b'<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    parts: dict[str, Iterator[bytes] | bytes] = {
        "xl/sharedStrings.xml": strings,
        "xl/z.xml": b"<!DOCTYPE z []><z/>",
    }
    _book(path, sheet, parts, _SHARED)


def far_cell(path: Path) -> None:
    """Two cells, as far from each other as a sheet is large: a legal file of 1 KB."""
    _book(path, _in_sheet(_cells(("A1", "x"), ("XFD1048576", "y"))))


def far_rows(path: Path) -> None:
    """Rows without references, the last one at the end of the sheet."""
    inside = (
        b'<row r="1"><c><v>1</v></c></row><row r="1048576"><c r = \'XFD1048576\'><v>1</v></c></row>'
    )
    _book(path, _in_sheet(inside))


def wide_area(path: Path) -> None:
    """Two cells within the limits whose rectangle would fill the memory of a small computer."""
    _book(path, _in_sheet(_cells(("A1", "x"), ("GQ99000", "y"))))


def laughs(path: Path) -> None:
    """A billion laughs: entities of entities."""
    inner = "".join(
        f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "lol"}{"&l" + str(n - 1) + ";" if n else ""}">'
        for n in range(30)
    )
    sheet = f"<!DOCTYPE worksheet [{inner}]>".encode() + _in_sheet(
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>&l29;</t></is></c></row>'
    )
    _book(path, sheet)


def foreign_entity(path: Path) -> None:
    """XXE: an entity that names a file of the computer."""
    sheet = b'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + _in_sheet(
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>'
    )
    _book(path, sheet)


def many_parts(path: Path) -> None:
    """Five thousand parts."""
    parts: dict[str, Iterator[bytes] | bytes] = {f"xl/media/{n}.bin": b"" for n in range(5_000)}
    _book(path, _in_sheet(_cells(("A1", "x"))), parts)


def twin_parts(path: Path) -> None:
    """Two sheets under one name: which one is read depends on who reads."""
    _book(path, _in_sheet(_cells(("A1", "x"))), {"XL/worksheets/SHEET1.xml": b"<worksheet/>"})


def macros(path: Path) -> None:
    """A workbook with macros under an innocent name."""
    _book(path, _in_sheet(_cells(("A1", "x"))), {"xl/vbaProject.bin": b"\x00" * 64})


def links(path: Path) -> None:
    """A workbook that reads other files."""
    _book(path, _in_sheet(_cells(("A1", "x"))), {"xl/externalLinks/externalLink1.xml": b"<a/>"})


def truncated(path: Path) -> None:
    """A download that broke off."""
    honest(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])


def password(path: Path) -> None:
    """A workbook with a password: the encrypted package in a compound file."""
    head = bytes.fromhex("d0cf11e0a1b11ae1")
    path.write_bytes(head + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(3_000))


def garbage_xls(path: Path) -> None:
    """An .xls of noise behind a right beginning."""
    noise = bytes((n * 7919 + n // 251) % 256 for n in range(40_000))
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + noise)


def program(path: Path) -> None:
    """A program under the name of a ledger."""
    path.write_bytes(b"MZ" + bytes(2_000))


def endless_line(path: Path) -> None:
    """A list with one cell of 20 MB."""
    path.write_bytes('编号,内容\n1,"'.encode() + b"a" * (20 * _MEGABYTE))


def honest(path: Path) -> None:
    """A ledger as it should be."""
    _book(path, _in_sheet(_cells(("A1", "编号"), ("A2", "1"), ("A3", "2"))))


#: The files, with the codes by which each may be refused.
FILES: dict[str, tuple[Callable[[Path], None], str, frozenset[str]]] = {
    "rows-bomb": (rows_bomb, "xlsx", frozenset({"bomb"})),
    "cell-bomb": (cell_bomb, "xlsx", frozenset({"bomb"})),
    "strings-bomb": (strings_bomb, "xlsx", frozenset({"bomb"})),
    "said-strings": (said_strings, "xlsx", frozenset({"memory"})),
    "said-and-entity": (said_strings_and_entity, "xlsx", frozenset({"dtd"})),
    "far-cell": (far_cell, "xlsx", frozenset({"far_cell"})),
    "far-rows": (far_rows, "xlsx", frozenset({"far_cell"})),
    "wide-area": (wide_area, "xlsx", frozenset({"memory", "far_cell"})),
    "billion-laughs": (laughs, "xlsx", frozenset({"dtd"})),
    "foreign-entity": (foreign_entity, "xlsx", frozenset({"dtd"})),
    "many-parts": (many_parts, "xlsx", frozenset({"bomb"})),
    "twin-parts": (twin_parts, "xlsx", frozenset({"bomb"})),
    "macros": (macros, "xlsx", frozenset({"macros"})),
    "external-links": (links, "xlsx", frozenset({"external_links"})),
    "truncated": (truncated, "xlsx", frozenset({"broken"})),
    "password": (password, "xlsx", frozenset({"password"})),
    "garbage": (garbage_xls, "xls", frozenset({"broken", "memory"})),
    "program": (program, "xls", frozenset({"no_ledger"})),
    "endless-line": (endless_line, "csv", frozenset({"broken"})),
}


def hostile() -> list[Result]:
    """Try every file; one result for each, and one for a file that another program holds."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        good = Path(folder) / "good.xlsx"
        honest(good)
        for name, (make, kind, codes) in FILES.items():
            path = Path(folder) / f"{name}.{kind}"
            make(path)
            said = tried(path, codes, good)
            found.append(Result(f"hostile-{name}", 1, int(not said), said or "refused, alive"))
            path.unlink()
        found.append(_locked(Path(folder), good))
    return found


def tried(path: Path, codes: frozenset[str], good: Path) -> str:
    """Read a file and an honest one after it; say what went wrong, or nothing."""
    began = time.monotonic()
    with watched() as peak:
        try:
            read_ledger(path)
            code = "read"
        except Unreadable as refused:
            code = refused.code
    took = time.monotonic() - began
    if code not in codes:
        return f"{code}, not {'/'.join(sorted(codes))}"
    if took > SECONDS * _patience():
        return f"{code}, but only after {took:.1f} s"
    if peak[0] > MEMORY:
        return f"{code}, but with {peak[0] // _MEGABYTE} MB"
    return "" if len(read_ledger(good).rows) == 3 else "the next ledger was not read"


def _patience() -> float:
    """A machine with more to do than it has processors takes longer for the same work."""
    if not hasattr(os, "getloadavg"):
        return 1.0
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


@contextmanager
def watched() -> Iterator[list[int]]:
    """Watch how much memory the children of this process take together, at the most (Linux)."""
    peak, over = [0], threading.Event()

    def watch() -> None:
        while not over.wait(0.01):
            peak[0] = max(peak[0], _of_children())

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()


def _of_children() -> int:
    total = 0
    for listed in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
        try:
            children = listed.read_text().split()
        except OSError:
            continue
        for child in children:
            try:
                pages = int(Path(f"/proc/{child}/statm").read_text().split()[1])
            except (OSError, IndexError):
                continue
            total += pages * os.sysconf("SC_PAGE_SIZE")
    return total


def _locked(folder: Path, good: Path) -> Result:
    """A file that may not be read: held by Excel on Windows, without rights elsewhere."""
    path = folder / "locked.xlsx"
    honest(path)
    if sys.platform != "win32" and os.geteuid() == 0:
        # The administrator may read everything; a folder of that name can not be read by anybody.
        path.unlink()
        path.mkdir()
        said = tried(path, frozenset({"unreadable"}), good)
        path.rmdir()
        return Result("hostile-locked", 1, int(not said), said or "refused, alive")
    with _held(path):
        said = tried(path, frozenset({"locked"}), good)
    return Result("hostile-locked", 1, int(not said), said or "refused, alive")


@contextmanager
def _held(path: Path) -> Iterator[None]:
    if sys.platform == "win32":
        import msvcrt

        with path.open("rb+") as file:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, path.stat().st_size)
            yield
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, path.stat().st_size)
    else:
        path.chmod(0)
        yield
        path.chmod(0o600)


if __name__ == "__main__":
    results = hostile()
    for one in results:
        print(f"{'ok' if one.holds else 'FAILED':<7} {one.name:<24} {one.what}")
    sys.exit(0 if all(one.holds for one in results) else 1)
