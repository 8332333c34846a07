"""The check itself: it agrees with other readers, sees what is wrong, and is quick."""

import dataclasses
import io
import time
from collections.abc import Callable

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import ttfonts
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from desktop.notices import (
    CopyMark,
    Kind,
    Letter,
    Status,
    check,
    compose,
    letterhead,
    load_templates,
    paragraphs_of,
    render,
    with_code,
)
from desktop.notices.printed import Printed
from tests.notices.makers import make_document, make_letter
from tests.notices.pdfpage import PrintedFile
from tests.notices.samples import LETTERS, STORY, long_fields, short_fields

TEMPLATES = load_templates(LETTERS)


def codes(pdf: bytes, letter: Letter | None = None) -> list[str]:
    return [item.code for item in check(pdf, letter).failures]


@pytest.mark.parametrize("kind", [Kind.DECISION, Kind.TRANSFER, Kind.RECEIPT])
def test_it_reads_pages_as_another_reader_does(kind: Kind) -> None:
    pdf = render(compose(TEMPLATES[kind], long_fields(kind), mark=CopyMark.COPY)).pdf
    other = PrintedFile(pdf)
    with Printed(pdf) as file:
        assert len(file.pages) == len(other.lines)
        for page, lines, rules in zip(file.pages, other.lines, other.rules, strict=True):
            assert [line.text for line in page.lines] == [line.text for line in lines]
            for mine, theirs in zip(page.lines, lines, strict=True):
                assert mine.left == pytest.approx(theirs.left, abs=0.02)
                assert mine.right == pytest.approx(theirs.right, abs=0.02)
                assert mine.base == pytest.approx(theirs.base, abs=0.02)
                assert mine.size == pytest.approx(theirs.size, abs=0.11)
                assert (mine.font, mine.red) == (theirs.font, theirs.red)
            assert len(page.rules) == len(rules)
            for mine_rule, rule in zip(page.rules, rules, strict=True):
                assert mine_rule.top == pytest.approx(rule.top, abs=0.02)
                assert mine_rule.red == rule.red
        box = (20.0, 20.0, 190.0, 100.0)
        assert file.ink(0, box) == pytest.approx(other.ink(0, box), abs=0.1)
        assert file.ink(0, (5.0, 5.0, 20.0, 20.0)) is None


def test_three_pages_take_less_than_a_second() -> None:
    letter = make_document(body=STORY * 12)
    rendered = render(letter)
    assert rendered.pages >= 3
    started = time.perf_counter()
    report = check(rendered.pdf, letter)
    assert time.perf_counter() - started < 1
    assert report.passed
    assert len(report.items) > 50
    assert {item.status for item in report.items} == {Status.PASS}


@pytest.mark.parametrize("kind", [Kind.RECEIPT, Kind.APPROVAL_SHEET, Kind.AGENDA_SHEET])
@pytest.mark.parametrize("fields", [short_fields, long_fields])
def test_a_paper_without_red_is_held_to_what_holds_for_any(
    kind: Kind, fields: Callable[[Kind], dict[str, object]]
) -> None:
    report = check(render(compose(TEMPLATES[kind], fields(kind))).pdf)
    assert report.layout == "plain"
    assert [str(item) for item in report.failures] == []


def test_an_envelope_is_not_a4() -> None:
    paper = compose(TEMPLATES[Kind.ENVELOPE], short_fields(Kind.ENVELOPE))
    assert codes(render(paper).pdf) == ["paper"]


def test_words_that_are_not_on_the_paper_are_named() -> None:
    letter = make_document(body="经查，情况属实。")
    other = dataclasses.replace(letter, paragraphs=paragraphs_of("经查，情况不属实。"))
    report = check(render(letter).pdf, other)
    assert [(item.code, item.measured) for item in report.failures] == [
        ("words-lost", "经查，情况不属实。")
    ]
    assert "没有印出的文字" in str(report.failures[0])


def test_a_code_over_text_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    letter = with_code(make_document(body=STORY * 8))
    assert codes(render(letter).pdf, letter) == []
    monkeypatch.setattr(letterhead, "_CODE_DROP", -200.0)
    assert "code-covers" in codes(render(letter).pdf)


def test_a_character_that_cannot_be_copied_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    letter = make_letter(addressee="王𬱖")
    assert codes(render(letter).pdf, letter) == []

    def stock(_name: str, subset: list[int]) -> str:
        lines = "\n".join(f"<{k:02X}> <{code:04X}>" for k, code in enumerate(subset))
        return f"begincmap\n{len(subset)} beginbfchar\n{lines}\nendbfchar\nendcmap"

    monkeypatch.setattr(ttfonts, "makeToUnicodeCMap", stock)
    assert "words-lost" in codes(render(letter).pdf, letter)


def test_a_naive_letter_fails_in_many_places() -> None:
    render(make_letter())  # registers the fonts
    style = ParagraphStyle("naive", fontName="BODY", fontSize=15, leading=28, wordWrap="CJK")
    buffer = io.BytesIO()
    story = [Paragraph(text, style) for text in ("某公开办函[2026]08号", "王某：", STORY * 4)]

    def head(canvas: Canvas, _document: object) -> None:
        canvas.setFillColorRGB(0.9, 0, 0.07)
        canvas.rect(80, 640, 400, 1, stroke=0, fill=1)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(80, 30, "Page 1")

    SimpleDocTemplate(buffer).build(story, onFirstPage=head)
    found = codes(buffer.getvalue())
    assert {"number-form", "mark-place", "title-size", "date-form", "colophon"} <= set(found)
    assert {"fonts-embedded", "metadata", "rule-length"} <= set(found)


@pytest.mark.parametrize("pdf", [b"", b"not a pdf"])
def test_what_is_no_pdf_is_refused(pdf: bytes) -> None:
    with pytest.raises(ValueError, match="PDF"):
        check(pdf)
