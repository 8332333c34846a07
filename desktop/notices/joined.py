"""Finished PDFs put one after the other into one file (合并), page by page as they are."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any


def join(pdfs: Iterable[bytes], *, duplex: bool = False) -> bytes:
    """Return one PDF with the pages of all; they are copied, nothing is set anew.

    Args:
        pdfs: may be a generator, so that progress and stopping lie with the caller.
        duplex: after an odd number of pages add an empty one, so that each begins on a sheet of
            its own.

    Raises:
        ValueError: there is nothing to join, or something is no PDF.
    """
    import pypdfium2  # type: ignore[import-untyped]

    whole: Any = pypdfium2.PdfDocument.new()
    try:
        for pdf in pdfs:
            if duplex and len(whole) % 2:
                whole.new_page(*whole[len(whole) - 1].get_size())
            try:
                part: Any = pypdfium2.PdfDocument(pdf)
            except pypdfium2.PdfiumError as error:
                raise ValueError(f"not a PDF: {error}") from error
            whole.import_pages(part)
            part.close()
        if not len(whole):
            raise ValueError("there is nothing to join")
        out = BytesIO()
        whole.save(out)
    finally:
        whole.close()
    return out.getvalue()
