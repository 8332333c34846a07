"""The handbook (使用手册): reading it, finding in it, its part about a page, its PDF."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from desktop import paths
from desktop.notices.handbook import Block as Block  # held by the window, which knows no notices
from desktop.notices.handbook import Chapter as Chapter
from desktop.notices.handbook import Handbook as Handbook
from desktop.notices.handbook import Part as Part
from desktop.notices.handbook import PieceKind as PieceKind
from desktop.notices.handbook import pieces_of as pieces_of
from desktop.notices.handbook import read_chapter
from desktop.notices.handbook_pages import render_handbook

#: How many characters of a paragraph are shown around what was found.
_AROUND = 14


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the handbook: a chapter, and a block of it (0: its beginning)."""

    chapter: int
    block: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the contents."""

    title: str
    place: Place
    level: int


@dataclass(frozen=True, slots=True)
class Found:
    """A paragraph that holds all that was sought, with some words around the first of it."""

    heading: str
    excerpt: str
    place: Place


@lru_cache(maxsize=1)
def read_handbook() -> Handbook:
    """Return the handbook that came with the program.

    Raises:
        HandbookFault: a chapter is not written as it should be.
    """
    return read_from(paths.resources() / "handbook")


def read_from(folder: Path) -> Handbook:
    """Return the handbook of a folder: ``handbook.toml``, a ``.md`` for each chapter, pictures.

    Raises:
        HandbookFault: a chapter is not written as it should be.
    """
    about = tomllib.loads((folder / "handbook.toml").read_text("utf-8"))
    chapters = tuple(
        read_chapter(key, (folder / f"{key}.md").read_text("utf-8"), folder / "pictures")
        for key in about["chapters"]
    )
    return Handbook(about["title"], about["subtitle"], about["dated"], chapters)


def contents(book: Handbook) -> tuple[Heading, ...]:
    """Return the lines of the contents, chapters and their sections in order."""
    found: list[Heading] = []
    for n, chapter in enumerate(book.chapters):
        found.append(Heading(chapter.title, Place(n), 0))
        found += [
            Heading(block.plain, Place(n, k), 1)
            for k, block in enumerate(chapter.blocks)
            if block.part is Part.SECTION
        ]
    return tuple(found)


def place_of(book: Handbook, page: str) -> Place:
    """Return the part about a page of the window; the beginning if there is none.

    A chapter about it comes before a section about it, since that says more.
    """
    for n, chapter in enumerate(book.chapters):
        if chapter.pages[:1] == (page,):
            return Place(n)
    for n, chapter in enumerate(book.chapters):
        for k, block in enumerate(chapter.blocks):
            if page in block.pages:
                return Place(n, k)
        if page in chapter.pages:
            return Place(n)
    return Place(0)


def find(book: Handbook, typed: str) -> tuple[Found, ...]:
    """Return the paragraphs that hold every word typed; capital and small letters are alike."""
    words = typed.casefold().split()
    if not words:
        return ()
    found: list[Found] = []
    for n, chapter in enumerate(book.chapters):
        heading = chapter.title
        if _holds(heading, words):
            found.append(Found(heading, heading, Place(n)))
        for k, block in enumerate(chapter.blocks):
            if block.part is Part.SECTION:
                heading = f"{chapter.title} · {block.plain}"
            if _holds(block.plain, words):
                found.append(Found(heading, _excerpt(block.plain, words[0]), Place(n, k)))
    return tuple(found)


def _holds(text: str, words: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


def _excerpt(text: str, word: str) -> str:
    at = text.casefold().find(word)
    start, end = max(0, at - _AROUND), at + len(word) + 2 * _AROUND
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def pdf(book: Handbook) -> bytes:
    """Return the handbook as it prints.

    Raises:
        LetterError: a character of it cannot be printed.
    """
    return render_handbook(book).pdf
