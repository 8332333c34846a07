"""Pieces of WordprocessingML that python-docx has no words for: grid, fonts by script, 版记 table."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

ROW_PITCH = 28.95
"""Distance of the rows in points: 22 on a page."""

_SIDES = {"left": "LEFT", "center": "CENTER", "right": "RIGHT", "both": "JUSTIFY"}
_AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
    "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd",
    "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap",
    "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
"""What follows the borders of a paragraph in the schema."""
_AFTER_AUTO_SPACE = _AFTER_BORDERS[_AFTER_BORDERS.index("w:bidi") :]
_AFTER_SNAP = _AFTER_BORDERS[_AFTER_BORDERS.index("w:spacing") :]


Side = Literal["left", "center", "right", "both"]


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph stands; lengths in points, ``first`` and ``right`` in characters."""

    side: Side = "both"
    first: float = 0.0
    left: float = 0.0
    right: float = 0.0
    pitch: float = ROW_PITCH
    before: float = 0.0
    after: float = 0.0
    keep: bool = False


FOOT_LEFT, FOOT_RIGHT = 100.0, 56.0
"""Columns of the 版记, in millimetres: who printed it, and when."""


class Parts:
    """Makes them; holds python-docx's modules, which are slow to import."""

    def __init__(self) -> None:
        from docx.enum import text
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt, RGBColor

        self._make: Any = OxmlElement
        self._name = qn
        self._mm, self._pt, self._rgb = Mm, Pt, RGBColor
        self._text: Any = text
        self._pitch = 0.0

    def _element(self, tag: str, **values: object) -> Any:
        made = self._make(f"w:{tag}")
        for name, value in values.items():
            made.set(self._name(f"w:{name}"), str(value))
        return made

    def page(self, section: Any, *, pitch: float) -> None:
        """A4, the margins of GB/T 9704, and the grid of lines.

        No grid of characters: not every program takes one whose cells are narrower than the type.
        """
        self._pitch = pitch
        section.page_width, section.page_height = self._mm(210), self._mm(297)
        section.top_margin, section.bottom_margin = self._mm(37), self._mm(35)
        section.left_margin, section.right_margin = self._mm(28), self._mm(26)
        properties = section._sectPr  # noqa: SLF001  # python-docx gives no other way
        for old in properties.findall(self._name("w:docGrid")):
            properties.remove(old)
        properties.append(self._element("docGrid", type="lines", linePitch=round(pitch * 20)))

    def distances(self, section: Any, *, header: float, footer: float) -> None:
        """How far header and footer stand from the page's edges, in millimetres."""
        section.header_distance, section.footer_distance = self._mm(header), self._mm(footer)

    def default_font(self, document: Any, font: str, size: float) -> None:
        """The font of everything that says nothing else."""
        style = document.styles["Normal"]
        style.font.size = self._pt(size)
        self._fonts(style.element.get_or_add_rPr(), font)

    def _fonts(self, properties: Any, font: str) -> None:
        fonts = properties.get_or_add_rFonts()
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(self._name(f"w:{script}"), font)

    def shape(self, paragraph: Any, style: Style, cell: float) -> None:
        """Give a paragraph its place and pitch."""
        format_ = paragraph.paragraph_format
        format_.alignment = self._text.WD_ALIGN_PARAGRAPH[_SIDES[style.side]]
        format_.line_spacing_rule = self._text.WD_LINE_SPACING.EXACTLY
        format_.line_spacing = self._pt(style.pitch)
        format_.space_before, format_.space_after = self._pt(style.before), self._pt(style.after)
        format_.left_indent = self._pt(style.left)
        format_.right_indent = self._pt(style.right * cell)
        format_.first_line_indent = self._pt(style.first * cell)
        format_.keep_with_next = style.keep or None
        format_.widow_control = True
        properties = paragraph._p.pPr  # noqa: SLF001
        if properties.find(self._name("w:autoSpaceDE")) is None:
            for tag in ("autoSpaceDE", "autoSpaceDN"):  # no gaps between Chinese and digits
                properties.insert_element_before(self._element(tag, val=0), *_AFTER_AUTO_SPACE)
            if style.pitch != self._pitch:  # else the grid would double the distance of the rows
                properties.insert_element_before(self._element("snapToGrid", val=0), *_AFTER_SNAP)
        if style.first > 0:
            indent = paragraph._p.pPr.ind  # noqa: SLF001
            indent.set(self._name("w:firstLineChars"), str(round(style.first * 100)))

    def run(
        self,
        paragraph: Any,
        text: str,
        font: str,
        size: float,
        *,
        colour: str = "",
        scale: int = 100,
        closer: float = 0.0,
    ) -> Any:
        """Add text; ``scale`` condenses it, in per cent, ``closer`` sets it closer, in points."""
        run = paragraph.add_run(text)
        run.font.size = self._pt(size)
        properties = run._r.get_or_add_rPr()  # noqa: SLF001
        self._fonts(properties, font)
        if colour:
            run.font.color.rgb = self._rgb.from_string(colour)
        if closer:
            properties.insert_element_before(
                self._element("spacing", val=round(-closer * 20)),
                *("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u"),
                *("w:effect", "w:bdr", "w:shd", "w:fitText", "w:vertAlign", "w:rtl", "w:cs"),
                *("w:em", "w:lang"),
            )
        if scale != 100:
            properties.insert_element_before(
                self._element("w", val=scale),
                *("w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:effect"),
                *("w:bdr", "w:shd", "w:fitText", "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang"),
            )
        return run

    def border(
        self, paragraph: Any, side: str, kind: str, eighths: int, space: int, colour: str
    ) -> None:
        """Rule a side of a paragraph: thickness in eighths of a point, distance in points."""
        borders = self._element("pBdr")
        borders.append(self._element(side, val=kind, sz=eighths, space=space, color=colour))
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
        properties.insert_element_before(borders, *_AFTER_BORDERS)

    def drop_first(self, *stories: Any) -> None:
        """Take away the empty paragraph a new header or footer begins with."""
        for story in stories:
            first = story.paragraphs[0]
            if not first.text and len(story.paragraphs) > 1:
                first._p.getparent().remove(first._p)  # noqa: SLF001

    def page_number(self, paragraph: Any, font: str, size: float) -> None:
        """Add “— 1 —” with the number as a field."""
        self.run(paragraph, "— ", font, size)
        run = self.run(paragraph, "", font, size)
        for kind in ("begin", "instr", "separate", "text", "end"):
            if kind == "instr":
                made = self._element("instrText")
                made.set(self._name("xml:space"), "preserve")
                made.text = "PAGE"
            elif kind == "text":
                made = self._element("t")
                made.text = "1"
            else:
                made = self._element("fldChar", fldCharType=kind)
            run._r.append(made)  # noqa: SLF001
        self.run(paragraph, " —", font, size)

    def foot_table(
        self, document: Any, rows: Sequence[Sequence[str]], *, ruled: bool
    ) -> list[list[Any]]:
        """Add the 版记: a table as wide as the text at the foot of the page; return its cells."""
        table = document.add_table(rows=len(rows), cols=2)
        table.autofit = False
        properties = table._tbl.tblPr  # noqa: SLF001
        place = self._element(
            "tblpPr",
            vertAnchor="margin",
            horzAnchor="margin",
            tblpXSpec="left",
            tblpYSpec="bottom",
        )
        properties.insert_element_before(
            place, "w:tblOverlap", "w:bidiVisual", "w:tblStyleRowBandSize", "w:tblStyleColBandSize",
            "w:tblW", "w:jc", "w:tblCellSpacing", "w:tblInd", "w:tblBorders", "w:shd",
            "w:tblLayout", "w:tblCellMar", "w:tblLook",
        )  # fmt: skip
        if ruled:
            borders = self._element("tblBorders")
            for side, eighths in (("top", 8), ("bottom", 8), ("insideH", 6)):
                borders.append(
                    self._element(side, val="single", sz=eighths, space=0, color="000000")
                )
            properties.insert_element_before(
                borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"
            )
        for column, width in zip(table.columns, (FOOT_LEFT, FOOT_RIGHT), strict=True):
            column.width = self._mm(width)
        cells: list[list[Any]] = []
        for row, texts in zip(table.rows, rows, strict=True):
            left, right = row.cells
            left.width, right.width = self._mm(FOOT_LEFT), self._mm(FOOT_RIGHT)
            cells.append([left.merge(right)] if len(texts) == 1 else [left, right])
        return cells


def settled(data: bytes, day: dt.date) -> bytes:
    """Write the package anew with the letter's date on every part instead of the hour."""
    stamp = (max(day.year, 1980), day.month, day.day, 0, 0, 0)
    settled = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name, content in _contents(old):
            new.writestr(zipfile.ZipInfo(name, stamp), content, zipfile.ZIP_DEFLATED)
    return settled.getvalue()


def _contents(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for info in package.infolist():
        yield info.filename, package.read(info)
