"""The same letter as a Word document, for offices that route drafts through their own system.

Close to the PDF, not equal to it: Word sets the lines itself, on a grid of 28 characters by a
fixed pitch, in the fonts by the names they have on office machines.
"""

import datetime as dt
import io
from collections.abc import Sequence
from itertools import groupby
from typing import Any
from unicodedata import category

from desktop.notices.chinese import long_date
from desktop.notices.fonts import Role
from desktop.notices.letters import spans_of, texts_of
from desktop.notices.model import (
    ControlCharacter,
    EmptyPart,
    Letter,
    Paragraph,
    refuse_hidden,
)
from desktop.notices.titles import balance
from desktop.notices.word_parts import FOOT_LEFT, ROW_PITCH, Parts, Side, Style, settled

_FANG, _TITLE, _HEI, _KAI, _SONG = (
    "仿宋_GB2312",
    "方正小标宋简体",
    "黑体",
    "楷体_GB2312",
    "宋体",
)
_SONG_EXTENDED = "SimSun-ExtB"
_BMP, _FIRST_HAN = 0xFFFF, "\u3400"
_WITH_SIGN_OFF = 2
"""Paragraphs that stay on the page of the sign-off."""
_FACES = {Role.BODY: _FANG, Role.HEADING: _HEI, Role.KAI: _KAI}
_RED = "E60012"
_GREY = "A6A6A6"
_SIZE_2, _SIZE_3, _SIZE_4 = 22.0, 16.0, 14.0
_CELL = 156 / 25.4 * 72 / 28
_CLOSER = 0.25
"""Twenty-eight characters of 3号 are wider than the core: so much, in points, is taken from each."""
_MARK_WIDTH = 154 / 25.4 * 72
_MARK_SIZE = {"document": 50.0, "correspondence": 34.0}
_MARK_NARROWEST = 55


def to_docx(letter: Letter) -> bytes:
    """Return the letter as a .docx; the same letter gives the same bytes.

    Raises:
        EmptyPart: mark, title or signing office is empty.
        ControlCharacter, HiddenCharacter: characters that cannot be seen.
    """
    for part in ("issuer_mark", "title", "issuer"):
        if not getattr(letter, part).strip():
            raise EmptyPart(part)
    whole = "\n".join(texts_of(letter))
    refuse_hidden(whole)
    if broken := tuple(dict.fromkeys(char for char in whole if category(char) == "Cs")):
        raise ControlCharacter(broken)
    return _Writing(letter).write()


class _Writing:
    """One letter being written."""

    def __init__(self, letter: Letter) -> None:
        from docx import Document  # with its XML library, needed for this only

        self.letter = letter
        self.document: Any = Document()
        self.parts = Parts()
        self.section: Any = self.document.sections[0]

    def write(self) -> bytes:
        letter = self.letter
        self._describe()
        self.parts.page(self.section, pitch=ROW_PITCH)
        self.parts.default_font(self.document, _FANG, _SIZE_3)
        self._write_page_numbers()
        if letter.layout == "document":
            self._write_document_head()
        else:
            self._write_correspondence_head()
        self._write_title()
        for k, paragraph in enumerate(letter.paragraphs):
            self._write_paragraph(paragraph, last=k >= len(letter.paragraphs) - _WITH_SIGN_OFF)
        self._write_attachments()
        self._write_sign_off()
        self._write_colophon()
        buffer = io.BytesIO()
        self.document.save(buffer)
        return settled(buffer.getvalue(), letter.dated)

    def _describe(self) -> None:
        letter, core = self.letter, self.document.core_properties
        moment = dt.datetime.combine(letter.dated, dt.time(), tzinfo=dt.UTC)
        core.title = letter.title.replace("\n", "")
        core.author = core.last_modified_by = letter.issuer
        core.subject = letter.number
        core.keywords = ", ".join(w for w in (letter.register_number, letter.kind.value) if w)
        core.comments = ""
        core.language = "zh-CN"
        core.created = core.modified = moment
        core.revision = 1

    def _line(
        self,
        text: str,
        style: Style,
        *,
        font: str = _FANG,
        size: float = _SIZE_3,
        where: Any = None,
        **look: Any,
    ) -> Any:
        """Add a paragraph of one run; ``look``: colour, scale."""
        paragraph = (where or self.document).add_paragraph()
        self.parts.shape(paragraph, style, _CELL)
        if text:
            self._runs(paragraph, text, font, size, **look)
        return paragraph

    def _runs(self, paragraph: Any, text: str, font: str, size: float, **look: Any) -> None:
        """Add text; what the faces of official letters lack comes from the large 宋体."""
        closer = _CLOSER if size == _SIZE_3 else 0.0
        for face, chars in groupby(text, key=lambda char: _face_of(char, font)):
            self.parts.run(paragraph, "".join(chars), face, size, closer=closer, **look)

    def _blank(self, count: int, *, keep: bool = False) -> None:
        for _ in range(count):
            self._line("", Style(keep=keep))

    def _mark(self, where: Any, before: float = 0.0) -> Any:
        text = self.letter.issuer_mark
        size = _MARK_SIZE[self.letter.layout]
        natural = len(text) * size
        scale = max(_MARK_NARROWEST, min(100, int(100 * _MARK_WIDTH / natural)))
        if natural * scale / 100 > _MARK_WIDTH:
            size *= _MARK_WIDTH / (natural * scale / 100)
        style = Style("center", pitch=size * 1.15, before=before)
        return self._line(
            text,
            style,
            font=_TITLE,
            size=round(size * 2) / 2,
            where=where,
            colour=_RED,
            scale=scale,
        )

    def _write_document_head(self) -> None:
        self._write_copy_mark(self.section.header)
        self._mark(None, before=35 / 25.4 * 72)
        self._blank(2)
        number = self._line(self.letter.number, Style("center"))
        self.parts.border(number, "bottom", "single", 12, 11, _RED)
        self._blank(1)

    def _write_correspondence_head(self) -> None:
        section = self.section
        section.different_first_page_header_footer = True
        self.parts.distances(section, header=30, footer=20)
        wide = Style("center", left=-7 / 25.4 * 72, right=-7 / 25.4 * 72 / _CELL)
        header = section.first_page_header
        rule = self._mark(header)
        self.parts.shape(rule, Style("center", left=wide.left, right=wide.right, pitch=42.0), _CELL)
        self.parts.border(rule, "bottom", "thickThinSmallGap", 24, 1, _RED)
        foot = self._line("", Style("center", left=wide.left, right=wide.right, pitch=6.0),
                          where=section.first_page_footer)  # fmt: skip
        self.parts.border(foot, "bottom", "thinThickSmallGap", 24, 1, _RED)
        self.parts.drop_first(header, section.first_page_footer)
        self._write_copy_mark(header)
        self._line(self.letter.number, Style("right"))
        self._blank(2)

    def _write_copy_mark(self, where: Any) -> None:
        if self.letter.mark:
            self._line(self.letter.mark, Style("right"), font=_HEI, where=where, colour=_GREY)

    def _write_title(self) -> None:
        title = self.letter.title
        widths = tuple(0.0 if c == "\n" else 0.5 if c.isascii() else 1.0 for c in title)
        names = (self.letter.addressee, self.letter.issuer)
        if self.letter.layout == "document":
            self._blank(1)
        for part in balance(title, widths, names=names):
            style = Style("center", pitch=32.0, keep=True)
            self._line(part, style, font=_TITLE, size=_SIZE_2)
        self._blank(1)
        addressee = self.letter.addressee.rstrip("：:")
        if addressee:
            self._line(addressee + "：", Style("left"))

    def _write_paragraph(self, paragraph: Paragraph, *, last: bool) -> None:
        spans = spans_of(paragraph)
        keep = len(spans) == 1 and spans[0].role is not Role.BODY
        made = self.document.add_paragraph()
        self.parts.shape(made, Style(first=2, keep=keep or last), _CELL)
        for span in spans:
            self._runs(made, span.text, _FACES[span.role], _SIZE_3)

    def _write_attachments(self) -> None:
        names = self.letter.attachments
        if not names:
            return
        self._blank(1, keep=True)
        for k, name in enumerate(names, 1):
            number = f"{k}. " if len(names) > 1 else ""
            label = ("附件：" if k == 1 else "") + number
            hang = 3 + len(number) / 2
            first = -hang if k == 1 else -len(number) / 2
            style = Style(left=(2 + hang) * _CELL, first=first, keep=True)
            self._line(label + name.rstrip("。；"), style)

    def _write_sign_off(self) -> None:
        letter = self.letter
        self._blank(2 if letter.sealed else 1, keep=True)
        date = long_date(letter.dated)
        office = letter.issuer.replace("\n", "")
        wide, date_wide = _cells(office), _cells(date)
        if letter.sealed:
            shift, gap = max(0.0, 4 + (date_wide - wide) / 2), 4.0
        else:
            shift = max(2.0, date_wide + 2 + 2 - wide) if date_wide > wide - 2 else 2.0
            gap = max(2.0, shift + wide - date_wide - 2)
        self._line(office, Style("right", right=shift, keep=True))
        self._line(date, Style("right", right=gap, keep=bool(letter.remark)))
        remark = letter.remark.strip()
        if remark:
            text = remark if remark.startswith("（") else f"（{remark}）"
            self._line(text, Style(first=2))

    def _write_colophon(self) -> None:
        letter = self.letter
        copied = "，".join(letter.copied_to).rstrip("。")
        rows: list[Sequence[str]] = [(f"抄送：{copied}。",)] if copied else []
        ruled = letter.layout == "document"
        if ruled and letter.printed_by:
            rows.append((letter.printed_by, long_date(letter.printed_on or letter.dated) + "印发"))
        if not rows:
            return
        table = self.parts.foot_table(self.document, rows, ruled=ruled)
        for cells, texts in zip(table, rows, strict=True):
            for k, (cell, text) in enumerate(zip(cells, texts, strict=True)):
                side: Side = "right" if k else "left"
                hang = 3 * _SIZE_4 if text.startswith("抄送：") else 0.0
                paragraph = cell.paragraphs[0]
                both = len(texts) > 1
                style = Style(
                    side,
                    first=-hang / _CELL,
                    left=0.0 if k else _SIZE_4 + hang,
                    pitch=24.0,
                    right=_SIZE_4 / _CELL if k or not both else 0.0,
                )
                self.parts.shape(paragraph, style, _CELL)
                room = (FOOT_LEFT - 10) / 25.4 * 72 / _SIZE_4 if both and not k else 1e9
                scale = max(_MARK_NARROWEST, min(100, int(100 * room / _cells(text))))
                self._runs(paragraph, text, _FANG, _SIZE_4, scale=scale)
        self._line("", Style(pitch=1.0))  # a table at the foot hangs on the paragraph after it

    def _write_page_numbers(self) -> None:
        section = self.section
        self.document.settings.odd_and_even_pages_header_footer = True
        self.parts.distances(section, header=15, footer=25)
        for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            after = 0.0 if self.letter.layout == "document" else 5 / 25.4 * 72
            style = (
                Style("right", right=1, after=after)
                if side == "right"
                else Style("left", left=_SIZE_4, after=after)
            )
            self.parts.shape(paragraph, style, _CELL)
            self.parts.page_number(paragraph, _SONG, _SIZE_4)


def _face_of(char: str, font: str) -> str:
    """Return the font of a character: those with the names of GB2312 hold no others."""
    if ord(char) > _BMP:
        return _SONG_EXTENDED
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return _SONG if char >= _FIRST_HAN else font
    return font


def _cells(text: str) -> float:
    """Width on the grid: half a cell for a letter or digit."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)
