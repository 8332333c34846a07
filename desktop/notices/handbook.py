"""The handbook (使用手册) as a record, read from its plain text; setting it is ``handbook_pages``."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Part(StrEnum):
    """What a block of a chapter is."""

    TEXT = "text"  # 正文
    SECTION = "section"  # 小标题
    STEP = "step"  # 步骤
    ITEM = "item"  # 条目
    NOTE = "note"  # 提示
    PICTURE = "picture"  # 图


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a step, a picture; ``pages`` names the window's pages it is about."""

    part: Part
    text: str
    number: int = 0
    picture: Path | None = None
    pages: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """The text without the marks of its pieces."""
        return "".join(piece.text for piece in pieces_of(self.text))


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: title, the pages of the window it is about, its blocks."""

    key: str
    title: str
    pages: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Handbook:
    """The whole of it; ``dated`` is the day of its text."""

    title: str
    subtitle: str
    dated: dt.date
    chapters: tuple[Chapter, ...]


class PieceKind(StrEnum):
    """How a piece of a text is shown."""

    PLAIN = "plain"
    NAME = "name"  # 【…】 a word of the window
    KEYS = "keys"  # `…` keys, files


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a text that are shown alike."""

    text: str
    kind: PieceKind = PieceKind.PLAIN


class HandbookFault(ValueError):
    """A chapter's text is not written as it should be; says file and line."""


_MARKED = re.compile(r"【([^】]+)】|`([^`]+)`")
_STEP = re.compile(r"(\d+)\. +(.+)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([\w.-]+)\)")


def pieces_of(text: str) -> tuple[Piece, ...]:
    """Part a text: what stands in 【】 is a word of the window, in `` keys or a file."""
    found: list[Piece] = []
    place = 0
    for match in _MARKED.finditer(text):
        if match.start() > place:
            found.append(Piece(text[place : match.start()]))
        kind = PieceKind.NAME if match[1] else PieceKind.KEYS
        found.append(Piece(match[1] or match[2], kind))
        place = match.end()
    if place < len(text):
        found.append(Piece(text[place:]))
    return tuple(found)


def read_chapter(key: str, text: str, pictures: Path) -> Chapter:
    """Read a chapter from its plain text.

    The first line is its title after ``# ``; ``## `` begins a section; a line ``@ a b`` under
    either names the window's pages it is about; ``1. `` is a step, ``- `` an item, ``> `` a note,
    ``![caption](file)`` a picture; anything else is a paragraph, one a line.

    Raises:
        HandbookFault: no title, a step out of order, a picture that is not there.
    """
    return _Reader(key, pictures).read(text)


@dataclass(slots=True)
class _Reader:
    key: str
    pictures: Path
    title: str = ""
    pages: tuple[str, ...] = ()
    blocks: list[Block] = field(default_factory=list)
    step: int = 0

    def read(self, text: str) -> Chapter:
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                self._line(line.strip(), f"{self.key}:{number}")
        if not self.title:
            raise HandbookFault(f"{self.key}: no title")
        return Chapter(self.key, self.title, self.pages, tuple(self.blocks))

    def _line(self, line: str, where: str) -> None:
        if step := _STEP.fullmatch(line):
            self.step += 1
            if int(step[1]) != self.step:
                raise HandbookFault(f"{where}: step {step[1]} after {self.step - 1}")
            self.blocks.append(Block(Part.STEP, step[2], self.step))
            return
        if line.startswith("@ "):
            self._name_pages(tuple(line[2:].split()))
            return
        block = self._block(line, where)
        if block is not None:
            if block.part not in (Part.NOTE, Part.PICTURE):  # they may stand between steps
                self.step = 0
            self.blocks.append(block)

    def _name_pages(self, pages: tuple[str, ...]) -> None:
        if not self.blocks:
            self.pages = pages
        else:
            last = self.blocks[-1]
            self.blocks[-1] = Block(last.part, last.text, pages=pages)

    def _block(self, line: str, where: str) -> Block | None:
        if line.startswith("# "):
            self.title = line[2:]
            return None
        for mark, part in (("## ", Part.SECTION), ("- ", Part.ITEM), ("> ", Part.NOTE)):
            if line.startswith(mark):
                return Block(part, line[len(mark) :])
        if picture := _PICTURE.fullmatch(line):
            path = self.pictures / picture[2]
            if not path.is_file():
                raise HandbookFault(f"{where}: no picture {picture[2]}")
            return Block(Part.PICTURE, picture[1], picture=path)
        return Block(Part.TEXT, line)


def texts_of(book: Handbook) -> Iterator[str]:
    """Yield every text that is printed."""
    yield from (book.title, book.subtitle, "目录第页0123456789年月日—…·•")
    for chapter in book.chapters:
        yield chapter.title
        yield from (block.plain for block in chapter.blocks)
