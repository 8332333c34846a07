"""Many papers at once: each as by itself, joined with bookmarks, padded for duplex."""

import io
from collections.abc import Iterator

import pypdf
import pytest

from desktop.notices import (
    ColophonTooLong,
    FontChoice,
    Kind,
    Paper,
    compose,
    load_templates,
    render,
    render_each,
    render_many,
)
from tests.notices.makers import make_document, make_letter
from tests.notices.pdfpage import PrintedFile
from tests.notices.samples import LETTERS, short_fields

TEMPLATES = load_templates(LETTERS)
PAPERS: list[Paper] = [compose(TEMPLATES[kind], short_fields(kind)) for kind in Kind]


def bookmarks(pdf: bytes) -> list[tuple[str, int]]:
    """The outline's first level: titles and page numbers from 0."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    tops = [entry for entry in reader.outline if not isinstance(entry, list)]
    return [(str(entry.title), reader.get_destination_page_number(entry) or 0) for entry in tops]


def test_each_is_as_by_itself() -> None:
    papers = PAPERS[:4]
    assert [one.pdf for one in render_each(papers)] == [render(paper).pdf for paper in papers]
    each = render_each(iter([make_letter(), make_document(copied_to=("某局",) * 900)]))
    assert next(each).pages == 1
    with pytest.raises(ColophonTooLong):
        next(each)


def test_joined_papers_are_the_same_pages_with_bookmarks_and_own_sizes() -> None:
    alone = [PrintedFile(render(paper).pdf) for paper in PAPERS]
    joined = render_many(PAPERS)
    file = PrintedFile(joined)
    assert file.sizes == [size for one in alone for size in one.sizes]
    assert [[line.text for line in page] for page in file.lines] == [
        [line.text for line in page] for one in alone for page in one.lines
    ]
    starts = [sum(len(one.lines) for one in alone[:k]) for k in range(len(alone))]
    assert [page for _, page in bookmarks(joined)] == starts
    assert len(joined) < sum(len(render(paper).pdf) for paper in PAPERS) / 3
    assert render_many(PAPERS) == joined
    metadata = file.reader.metadata
    assert metadata is not None
    assert metadata.title == f"投诉举报受理告知书等{len(PAPERS)}件"
    fonts = [font.name.split("+")[1] for font in file.fonts()]
    assert len(fonts) < 14  # subsets of six fonts, not of each paper


def test_for_duplex_every_paper_begins_on_its_own_sheet() -> None:
    papers = [make_letter(), make_document(), make_letter(body="正文。\n" * 60), make_letter()]
    joined = render_many(papers, duplex=True)
    assert all(page % 2 == 0 for _, page in bookmarks(joined))
    file = PrintedFile(joined)
    assert file.lines[1] == []
    assert file.lines[-1]  # the last one needs no blank page
    assert "'/Duplex': '/DuplexFlipLongEdge'" in str(file.reader.root_object["/ViewerPreferences"])


def test_a_name_can_be_given_and_one_paper_keeps_its_own() -> None:
    for papers, title, wanted in (
        ([make_letter()], "", "投诉举报办理结果告知书"),
        ([make_letter(), make_letter()], "十一月告知书", "十一月告知书"),
    ):
        reader = pypdf.PdfReader(io.BytesIO(render_many(papers, title=title)))
        assert reader.metadata is not None
        assert reader.metadata.title == wanted


def test_the_caller_can_stop_and_an_empty_batch_is_refused() -> None:
    asked = []

    def papers() -> Iterator[Paper]:
        for k in range(5):
            if k == 2:
                raise InterruptedError
            asked.append(k)
            yield make_letter()

    with pytest.raises(InterruptedError):
        render_many(papers(), FontChoice.BUNDLED)
    assert asked == [0, 1]
    with pytest.raises(ValueError, match="no papers"):
        render_many([])
