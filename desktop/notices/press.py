"""From a paper to its PDF: fonts, characters that cannot be printed, the file and its properties."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import RLock

from desktop.notices.envelopes import draw_envelope, draw_labels, envelope_texts, label_texts
from desktop.notices.fonts import FontBook, FontChoice, book_of
from desktop.notices.forms import draw_form, form_properties, form_texts
from desktop.notices.letters import draw_letter, properties_of, texts_of
from desktop.notices.model import Letter, RenderedLetter
from desktop.notices.page import Drawn, PdfFile, Properties
from desktop.notices.papers import Envelope, Form, LabelSheet, Paper, Table
from desktop.notices.tables import draw_table, table_texts

DRAWING = RLock()
"""Fonts keep a read position, so one paper is drawn at a time."""


def render(paper: Paper, fonts: FontChoice = FontChoice.BUNDLED) -> RenderedLetter:
    """Return a paper as a PDF; the same paper in the bundled fonts gives the same bytes anywhere.

    Raises:
        ControlCharacter, MissingGlyph: text that cannot be printed.
        EmptyPart: mark, title or signing office of a letter is empty.
        ColophonTooLong: the 抄送 list fills more than a page.
    """
    book = book_of(fonts)
    with DRAWING:
        book.require("\n".join(paper_texts(paper)))
        file = PdfFile(book)
        drawn = draw(paper, file)
        pdf = file.finish(paper_properties(paper))
    return RenderedLetter(pdf, drawn.pages, book.files(drawn.used), drawn.notes)


def render_each(
    papers: Iterable[Paper], fonts: FontChoice = FontChoice.BUNDLED
) -> Iterator[RenderedLetter]:
    """Yield every paper as a PDF of its own, each when it is asked for.

    Raises:
        LetterError: as :func:`render`, for the paper whose turn it is.
    """
    for paper in papers:
        yield render(paper, fonts)


def render_many(
    papers: Iterable[Paper],
    fonts: FontChoice = FontChoice.BUNDLED,
    *,
    duplex: bool = False,
    title: str = "",
) -> bytes:
    """Return many papers as one PDF that holds each font once; every paper has its bookmark.

    ``papers`` may be a generator: it is asked for one paper after the other, so that progress and
    stopping (by an exception) lie with the caller. With ``duplex`` a paper of an odd number of
    pages is followed by an empty one, so that each begins on a sheet of its own.

    Raises:
        LetterError: as :func:`render`; nothing is returned then.
        ValueError: there are no papers.
    """
    book = book_of(fonts)
    with _uncollected():
        return _joined_file(papers, book, duplex=duplex, title=title)


def _joined_file(papers: Iterable[Paper], book: FontBook, *, duplex: bool, title: str) -> bytes:
    file: PdfFile | None = None
    found: list[Properties] = []
    for paper in papers:
        with DRAWING:
            file = file or PdfFile(book)
            if duplex and file.pages % 2:
                file.blank_page()
            book.require("\n".join(paper_texts(paper)))
            draw(paper, file)
            found.append(paper_properties(paper))
    if file is None:
        raise ValueError("there are no papers to print")
    with DRAWING:
        return file.finish(_joined(found, title))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector out: a file's objects all live until it is written, and looking
    them through again and again takes a quarter of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _joined(found: list[Properties], title: str) -> Properties:
    first = found[0]
    if len(found) == 1:
        return replace(first, title=title or first.title)
    return Properties(
        title=title or f"{first.title}等{len(found)}件",
        author=first.author,
        subject="",
        keywords=", ".join(dict.fromkeys(one.subject for one in found[:50] if one.subject)),
        dated=max(one.dated for one in found),
    )


def render_letter(letter: Letter, fonts: FontChoice = FontChoice.BUNDLED) -> RenderedLetter:
    """Return a letter as a PDF; see :func:`render`."""
    return render(letter, fonts)


def render_form(form: Form, fonts: FontChoice = FontChoice.BUNDLED) -> RenderedLetter:
    """Return a form as a PDF; see :func:`render`."""
    return render(form, fonts)


def draw(paper: Paper, file: PdfFile) -> Drawn:
    """Draw any paper into a file, from a new page on."""
    match paper:
        case Letter():
            return draw_letter(paper, file)
        case Form():
            return draw_form(paper, file)
        case Table():
            return draw_table(paper, file)
        case Envelope():
            return draw_envelope(paper, file)
        case LabelSheet():
            return draw_labels(paper, file)


def paper_texts(paper: Paper) -> Iterator[str]:
    """Yield every text of the paper that will be printed."""
    match paper:
        case Letter():
            yield from texts_of(paper)
        case Form():
            yield from form_texts(paper)
        case Table():
            yield from table_texts(paper)
        case Envelope():
            yield from envelope_texts(paper)
        case LabelSheet():
            yield from label_texts(paper)


def paper_properties(paper: Paper) -> Properties:
    """Return what the PDF says of itself."""
    match paper:
        case Letter():
            return properties_of(paper)
        case Form():
            return form_properties(paper)
        case Table():
            title, author, subject = paper.title, paper.issuer, ""
        case Envelope():
            title, author, subject = paper.to.name, paper.sender.name, paper.reference
        case LabelSheet():
            title, author, subject = "地址标签", paper.issuer, ""
    words = (subject, str(paper.kind))
    return Properties(title, author, subject, ", ".join(w for w in words if w), paper.dated)
