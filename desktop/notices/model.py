"""The letter as a record, its faults and its outcome; no fonts, pages or database here."""

import datetime as dt
import re
from enum import StrEnum
from typing import Literal
from unicodedata import category

from frozen import dataclass

Layout = Literal["document", "correspondence"]
"""文件格式 (red head, red rule, 版记) or 信函格式 (double rules, no number on page 1)."""


class Kind(StrEnum):
    """What a paper is (文种); each kind has one template in ``resources/letters``."""

    ACCEPTANCE = "acceptance"  # 受理告知书
    REFUSAL = "refusal"  # 不予受理告知书
    TRANSFER = "transfer"  # 转办函
    CHASE = "chase"  # 催办函
    EXTENSION = "extension"  # 延期告知书
    PAUSE = "pause"  # 中止办理告知书
    RESUME = "resume"  # 恢复办理告知书
    INTERIM = "interim"  # 办理情况告知书
    RESULT = "result"  # 办理结果告知书
    HEARING_NOTICE = "hearing_notice"  # 陈述申辩告知书
    DECISION = "decision"  # 责任追究决定书
    REFERRAL = "referral"  # 移送函
    RECTIFICATION = "rectification"  # 限期整改通知书
    ASSESSMENT = "assessment"  # 考核结果通知书
    ORIGIN_REPLY = "origin_reply"  # 回复函
    RECEIPT = "receipt"  # 送达回证
    APPROVAL_SHEET = "approval_sheet"  # 领导批示单
    INTAKE_SHEET = "intake_sheet"  # 投诉登记表
    TRANSCRIPT = "transcript"  # 接谈（电话）记录
    HANDOVER_SHEET = "handover_sheet"  # 来信交接单
    AGENDA_SHEET = "agenda_sheet"  # 今日要办
    RECOVERY_SHEET = "recovery_sheet"  # 恢复单
    MONTHLY_SHEET = "monthly_sheet"  # 月度核对单
    EVIDENCE_LIST = "evidence_list"  # 证据目录
    ENVELOPE = "envelope"  # 信封
    ADDRESS_LABELS = "address_labels"  # 地址标签


class CopyMark(StrEnum):
    """A pale word across every page that tells a copy from the original."""

    NONE = ""
    COPY = "副本"
    DRAFT = "草稿"


class Note(StrEnum):
    """Something the layout had to do that the clerk should know; the window words each code."""

    TIGHTER_ROWS = "tighter-rows"
    """Row pitch reduced to keep the sign-off with the text (GB/T 9704 7.3.5.5)."""
    PULLED_ROWS = "pulled-rows"
    """Text rows carried over so that the sign-off does not stand alone."""
    SEPARATE_COLOPHON = "separate-colophon"
    """版记 did not fit under the sign-off and stands on a page of its own."""
    NO_BODY_ON_FIRST_PAGE = "no-body-on-first-page"
    """Title and addressees fill page 1; 7.3.3 wants text there."""
    RARE_CHARACTERS = "rare-characters"
    """Some characters came from the fallback face."""


class LetterError(ValueError):
    """A letter cannot be printed as it stands."""


class MissingGlyph(LetterError):
    """No font can print some character.

    ``characters`` holds each of them once, in order of appearance. Nothing is ever printed blank.
    """

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        super().__init__(f"no font has a glyph for {', '.join(self.named)}")

    @property
    def named(self) -> tuple[str, ...]:
        """The characters as a clerk may be told of them, see :func:`character_name`."""
        return tuple(character_name(char) for char in self.characters)


class ControlCharacter(LetterError):
    """The text holds control characters (tab, escape, …); only a newline has a meaning here."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        super().__init__(f"characters that cannot be printed: {', '.join(self.named)}")

    @property
    def named(self) -> tuple[str, ...]:
        """The characters as a clerk may be told of them, see :func:`character_name`."""
        return tuple(character_name(char) for char in self.characters)


class HiddenCharacter(ControlCharacter):
    """The text holds characters of no width, or such that turn the direction of the text.

    They cannot be seen, and can make a text read otherwise than it is stored; they mostly come
    from pasted web pages.
    """


_HIDDEN_NAMES = {
    "\u00ad": "软连字符",
    "\u061c": "阿拉伯字母标记",
    "\u200b": "零宽空格",
    "\u200c": "零宽不连字",
    "\u200d": "零宽连字",
    "\u200e": "从左到右标记",
    "\u200f": "从右到左标记",
    "\u202a": "从左到右嵌入",
    "\u202b": "从右到左嵌入",
    "\u202c": "方向格式结束",
    "\u202d": "从左到右强制",
    "\u202e": "从右到左强制",
    "\u2060": "单词连接符",
    "\u2066": "从左到右隔离",
    "\u2067": "从右到左隔离",
    "\u2068": "首字符方向隔离",
    "\u2069": "方向隔离结束",
    "\ufeff": "字节顺序标记",
    "\t": "制表符",
    "\r": "回车符",
    "\x00": "空字符",
    "\x1b": "转义符",
    "\u2028": "行分隔符",
    "\u2029": "段落分隔符",
}


def character_name(char: str) -> str:
    """Return how to speak of a character: itself if it can be seen, else its name, and its code."""
    shown = char if char.isprintable() else _HIDDEN_NAMES.get(char, "")
    return f"{shown}（U+{ord(char):04X}）"


def refuse_hidden(text: str) -> None:
    """Make sure that a text holds no control characters but newlines, and no hidden ones.

    Raises:
        ControlCharacter, HiddenCharacter: each of them once, in order of appearance.
    """
    chars = [char for char in dict.fromkeys(text) if char != "\n"]
    if controls := tuple(c for c in chars if category(c) in ("Cc", "Zl", "Zp")):
        raise ControlCharacter(controls)
    if hidden := tuple(c for c in chars if category(c) == "Cf"):
        raise HiddenCharacter(hidden)


class EmptyPart(LetterError):
    """A letter has no mark, no title or no signing office; ``part`` is the field of Letter."""

    def __init__(self, part: str) -> None:
        self.part = part
        super().__init__(f"the letter has no {part}")


class ColophonTooLong(LetterError):
    """The 抄送 list alone is longer than a page."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. ``level``: 0 text, 1 “一、” 黑体, 2 “（一）” 楷体, 3 “1.”, 4 “（1）”.

    ``item`` marks one of a list of sentences, which has a number but no heading in it.
    """

    text: str
    level: int = 0
    item: bool = False


_LEVELS = (
    (1, re.compile(r"[一二三四五六七八九十百]+、")),
    (2, re.compile(r"（[一二三四五六七八九十百]+）")),
    (3, re.compile(r"\d{1,3}[.．](?!\d)")),
    (4, re.compile(r"（\d{1,3}）")),
)


def level_of(text: str) -> int:
    """Return the level (层次, GB/T 9704 7.3.3) shown by the text's own number, 0 for none."""
    return next((level for level, number in _LEVELS if number.match(text)), 0)


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """Split text into paragraphs, one a line; empty lines and blanks at either end are dropped."""
    lines = (line.strip(" \t\u3000\r") for line in text.split("\n"))
    return tuple(Paragraph(line, level_of(line)) for line in lines if line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One official letter (公文). Every text is final: nothing is looked up or worded later."""

    kind: Kind
    layout: Layout
    issuer_mark: str
    """发文机关标志, the red words at the head."""
    number: str
    """发文字号, as “某公转〔2026〕5号”."""
    title: str
    """标题; a newline forces a break, otherwise the lines are balanced."""
    addressee: str
    """主送机关 or the person, without the colon."""
    paragraphs: tuple[Paragraph, ...]
    issuer: str
    """发文机关署名."""
    dated: dt.date
    """成文日期; also the date in the PDF's metadata."""
    sealed: bool
    """Leave room for the seal (7.3.5.1) or set the sign-off without one (7.3.5.2)."""
    attachments: tuple[str, ...] = ()
    """附件 names, without numbers."""
    remark: str = ""
    """附注, usually the contact; the round brackets are added."""
    copied_to: tuple[str, ...] = ()
    """抄送机关."""
    printed_by: str = ""
    """印发机关 (document layout only)."""
    printed_on: dt.date | None = None
    mark: CopyMark = CopyMark.NONE
    register_number: str = ""
    """Number in the register (受理编号); goes into the PDF's keywords."""
    code: str = ""
    """Text of the 二维码 in the lower margin of page 1, see ``with_code``; empty: none."""


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """A finished PDF. ``fonts`` names the font files used; ``notes`` are :class:`Note` codes."""

    pdf: bytes
    pages: int
    fonts: tuple[str, ...]
    notes: tuple[Note, ...] = ()
