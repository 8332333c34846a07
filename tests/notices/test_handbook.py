"""The handbook as a PDF: nothing missing, lines that begin and end well, contents that lead right."""

import io
import re

import pypdf
import pytest

from desktop.notices.handbook import Handbook, Part, texts_of
from desktop.notices.handbook_pages import lines_of, render_handbook
from desktop.notices.lines import NO_END, NO_START
from desktop.usecases.handbook import read_handbook


@pytest.fixture(name="book", scope="module")
def _book() -> Handbook:
    return read_handbook()


@pytest.fixture(name="reader", scope="module")
def _reader(book: Handbook) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(render_handbook(book).pdf))


def test_no_line_begins_or_ends_with_a_mark_that_may_not_stand_there(book: Handbook) -> None:
    for chapter in book.chapters:
        for line in lines_of(chapter):
            assert line[0] not in NO_START, line
            assert line[-1] not in NO_END, line


def test_every_character_is_printed(book: Handbook, reader: pypdf.PdfReader) -> None:
    printed = set("".join(page.extract_text() for page in reader.pages))
    wanted = set("".join(texts_of(book))) - set(" \n")
    assert wanted - printed == set()


def test_the_bookmarks_and_the_contents_lead_to_the_headings(
    book: Handbook, reader: pypdf.PdfReader
) -> None:
    chapters = {
        str(item.title): reader.get_destination_page_number(item)
        for item in reader.outline
        if not isinstance(item, list)
    }
    for chapter in book.chapters:
        number = chapters[chapter.title]
        assert number is not None
        assert chapter.title in re.sub(r"\s", "", reader.pages[number].extract_text()).replace(
            "Englishsummary", "English summary"
        )
        sections = [b.plain for b in chapter.blocks if b.part is Part.SECTION]
        assert sections == _below(reader, chapter.title)
    links = [len(page.get("/Annots", [])) for page in reader.pages]
    headings = sum(1 + len(_below(reader, c.title)) for c in book.chapters)
    assert sum(links) == headings
    assert not links[0]


def _below(reader: pypdf.PdfReader, title: str) -> list[str]:
    """The titles of the bookmarks under one."""
    for item, after in zip(reader.outline, [*reader.outline[1:], None], strict=True):
        if not isinstance(item, list) and item.title == title:
            return [str(one.title) for one in after] if isinstance(after, list) else []  # type: ignore[union-attr]
    raise AssertionError(title)


def test_every_picture_is_on_a_page(book: Handbook, reader: pypdf.PdfReader) -> None:
    pictures = [b for c in book.chapters for b in c.blocks if b.part is Part.PICTURE]
    drawn = b"".join(page.get_contents().get_data() for page in reader.pages)  # type: ignore[union-attr]
    assert len(re.findall(rb"/FormXob\.\w+ Do", drawn)) == len(pictures)


def test_nothing_is_drawn_outside_the_margins(reader: pypdf.PdfReader) -> None:
    assert {tuple(map(round, page.mediabox[2:])) for page in reader.pages} == {(595, 842)}


def test_the_same_handbook_gives_the_same_bytes(book: Handbook) -> None:
    small = Handbook(book.title, book.subtitle, book.dated, book.chapters[2:3])
    assert render_handbook(small).pdf == render_handbook(small).pdf
