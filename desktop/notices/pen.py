"""Writing glyphs into a page: the PDF operators for stretches of text, each made once a file."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from desktop.notices.lines import Stretch


class Pen:
    """Writes text into the pages of one file.

    ReportLab still makes the subsets: it is asked once which subset and code a character has, not
    for every piece of text again. Strings are hexadecimal, which needs no escapes.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._document: Any = vars(canvas)["_doc"]  # every subset belongs to a document
        self._codes: dict[str, dict[str, tuple[str, str]]] = {}
        self._shown: dict[tuple[str, float, str], str] = {}

    def write(
        self, x: float, base: float, stretches: Sequence[Stretch], condense: float = 1.0
    ) -> None:
        """Write stretches of a line whose start is ``x`` and baseline ``base`` points up."""
        parts = ["BT"]
        if condense != 1.0:
            parts.append(f"{condense * 100:.4f} Tz")
        for one in stretches:
            left, rise = x + one.left * condense, base + one.rise
            shown = self._show(one.font, one.size, one.text)
            parts.append(f"1 0 0 1 {left:.3f} {rise:.3f} Tm {one.gap:.4f} Tc {shown}")
        parts.append("0 Tc 100 Tz ET" if condense != 1.0 else "0 Tc ET")
        self._canvas.addLiteral(" ".join(parts))

    def _show(self, font: str, size: float, text: str) -> str:
        """Return the operators that choose the font's subsets and show the text."""
        key = (font, size, text)
        found = self._shown.get(key)
        if found is None:
            codes = self._codes.setdefault(font, {})
            if not codes.keys() >= set(text):
                self._learn(font, codes, text)
            found = " ".join(
                f"{subset} {size:.4g} Tf <{''.join([code for _, code in group])}> Tj"
                for subset, group in groupby([codes[char] for char in text], key=itemgetter(0))
            )
            self._shown[key] = found
        return found

    def _learn(self, font: str, codes: dict[str, tuple[str, str]], text: str) -> None:
        """Ask ReportLab for the subset and the code there of the characters not yet known."""
        new = "".join([char for char in dict.fromkeys(text) if char not in codes])
        made: Any = pdfmetrics.getFont(font)
        place = 0
        for subset, run in made.splitString(new, self._document):
            name = made.getSubsetInternalName(subset, self._document)
            for code in run:
                codes[new[place]] = name, f"{code:02x}"
                place += 1
