"""Small pictures of every kind, to be looked at when they change.

python -m tests.notices.goldens        # draw them anew into tests/notices/golden
"""

import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

from desktop.notices import Kind, Letter, compose, load_templates, render, with_code
from tests.notices.samples import LETTERS, long_fields, short_fields

FOLDER = Path(__file__).parent / "golden"
DPI = 40
_LEVELS = 16
_MOST = 3
"""Pages of a picture."""

CASES: dict[str, tuple[Kind, Callable[[Kind], dict[str, object]]]] = {
    **{kind.value: (kind, short_fields) for kind in Kind},
    "decision-long": (Kind.DECISION, long_fields),
    "transfer-long": (Kind.TRANSFER, long_fields),
    "agenda_sheet-long": (Kind.AGENDA_SHEET, long_fields),
    "intake_sheet-long": (Kind.INTAKE_SHEET, long_fields),
}


def picture(name: str) -> Image.Image:
    """Return the first pages of a case side by side, in shades of grey."""
    kind, fields = CASES[name]
    paper = compose(load_templates(LETTERS)[kind], fields(kind))
    if isinstance(paper, Letter):
        paper = with_code(paper)
    document = pypdfium2.PdfDocument(render(paper).pdf)
    try:
        pages = [
            document[k].render(scale=DPI / 72).to_pil().convert("L")
            for k in range(min(len(document), _MOST))
        ]
    finally:
        document.close()
    width = sum(page.width + 2 for page in pages)
    joined = Image.new("L", (width, max(page.height for page in pages)), 128)
    left = 0
    for page in pages:
        joined.paste(page, (left, 0))
        left += page.width + 2
    return joined


def main() -> int:
    """Draw all pictures anew."""
    for old in FOLDER.glob("*.png"):
        old.unlink()
    for name in CASES:
        picture(name).quantize(_LEVELS).save(FOLDER / f"{name}.png", optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
