"""Finished PDFs put one after the other into one file (合并), page by page as they are."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """One of the joined PDFs: its bookmark, and its pages in the whole, counted from 0."""

    title: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Joined:
    """One PDF with the pages of all, and what lies where in it."""

    pdf: bytes
    parts: tuple[Part, ...]


def join(pdfs: Iterable[tuple[str, bytes]], *, duplex: bool = False) -> Joined:
    """Return one PDF with the pages of all; they are copied, nothing is set anew.

    Args:
        pdfs: the title each has among the bookmarks, and its bytes; may be a generator, so that
            progress and stopping lie with the caller.
        duplex: after an odd number of pages add an empty one, so that each begins on a sheet of
            its own.

    Raises:
        ValueError: there is nothing to join, or something is no PDF.
    """
    import pypdfium2  # type: ignore[import-untyped]

    whole: Any = pypdfium2.PdfDocument.new()
    parts: list[Part] = []
    try:
        for title, pdf in pdfs:
            if duplex and len(whole) % 2:
                whole.new_page(*whole[len(whole) - 1].get_size())
            try:
                part: Any = pypdfium2.PdfDocument(pdf)
            except pypdfium2.PdfiumError as error:
                raise ValueError(f"not a PDF: {error}") from error
            first = len(whole)
            whole.import_pages(part)
            part.close()
            parts.append(Part(title, first, len(whole) - 1))
        if not parts:
            raise ValueError("there is nothing to join")
        out = BytesIO()
        whole.save(out)
    finally:
        whole.close()
    return Joined(_with_bookmarks(out.getvalue(), parts), tuple(parts))


_CATALOG = re.compile(rb"\s1 0 obj\s*<<\s*/Pages 2 0 R\s*/Type\s*/Catalog\s*>>")
_PAGES = re.compile(
    rb"\s2 0 obj\s*<<\s*/Count \d+\s*/Kids\s*\[([0-9 R\r\n]*)\]\s*/Type\s*/Pages\s*>>"
)
_TRAILER = re.compile(
    rb"trailer\s*<<(.*?)/Size\s+(\d+)(.*?)>>\s*startxref\s+(\d+)\s*%%EOF\s*$", re.DOTALL
)


def _with_bookmarks(pdf: bytes, parts: Sequence[Part]) -> bytes:
    """Append bookmarks (书签) to a file as PDFium writes it, as an incremental update.

    PDFium can read bookmarks but not write them. What stands in the file stays as it is
    (ISO 32000-1, 7.5.6): a new catalogue and the outline (12.3.3) come after it.
    """
    pages, trailer = _PAGES.search(pdf), _TRAILER.search(pdf)
    if pages is None or trailer is None or _CATALOG.search(pdf) is None:
        raise ValueError("PDFium wrote the file in another form")
    kids = [int(number) for number in re.findall(rb"(\d+) 0 R", pages[1])]
    size = int(trailer[2])
    catalogue = (
        f"<</Type/Catalog/Pages 2 0 R/Outlines {size} 0 R/PageMode/UseOutlines/Lang(zh-CN)"
        "/ViewerPreferences<</PrintScaling/None>>>>"
    )
    objects = [(1, catalogue), *_outline(parts, kids, size)]
    out = bytearray(pdf)
    places: list[int] = []
    for number, body in objects:
        places.append(len(out))
        out += f"{number} 0 obj\r\n{body}\r\nendobj\r\n".encode("ascii")
    table = len(out)
    entries = [f"{place:010d} 00000 n\r\n" for place in places]
    out += f"xref\r\n1 1\r\n{entries[0]}{size} {len(entries) - 1}\r\n".encode("ascii")
    out += "".join(entries[1:]).encode("ascii")
    out += b"trailer\r\n<<" + trailer[1] + f"/Size {size + len(entries) - 1}".encode("ascii")
    out += trailer[3] + b"/Prev " + trailer[4] + b">>\r\n"
    out += f"startxref\r\n{table}\r\n%%EOF\r\n".encode("ascii")
    return bytes(out)


def _outline(parts: Sequence[Part], kids: Sequence[int], root: int) -> Iterator[tuple[int, str]]:
    """Yield the outline's objects: its root and one item for each part."""
    count = len(parts)
    yield root, f"<</Type/Outlines/First {root + 1} 0 R/Last {root + count} 0 R/Count {count}>>"
    for k, part in enumerate(parts, 1):
        title = ("\ufeff" + part.title).encode("utf-16-be", "replace").hex().upper()
        before = f"/Prev {root + k - 1} 0 R" if k > 1 else ""
        after = f"/Next {root + k + 1} 0 R" if k < count else ""
        where = f"[{kids[part.first]} 0 R/Fit]"
        yield root + k, f"<</Title<{title}>/Parent {root} 0 R{before}{after}/Dest{where}>>"
