"""What a PDF says, as a reader would copy it; blanks and line breaks are left out."""

from io import BytesIO

import pypdf


def text_of(pdf: bytes) -> str:
    """Return the text of all pages."""
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return "".join("".join(page.extract_text() for page in pages).split())
