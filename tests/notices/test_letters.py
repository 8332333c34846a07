"""Letters as a whole: same bytes, true properties, extreme texts, and the sign-off's company."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.notices import (
    ColophonTooLong,
    CopyMark,
    EmptyPart,
    Letter,
    Note,
    Paragraph,
    paragraphs_of,
    render_letter,
)
from desktop.notices.fonts import Role
from desktop.notices.letters import is_heading, spans_of
from tests.notices.makers import make_document, make_letter
from tests.notices.pdfpage import PrintedFile
from tests.notices.test_lines import TEXTS


def squeezed(text: str) -> str:
    return "".join(text.split())


def read(letter: Letter) -> PrintedFile:
    return PrintedFile(render_letter(letter).pdf)


def test_the_same_letter_gives_the_same_bytes() -> None:
    letter = make_document(body="一、标题\n正文王𬱖。", mark=CopyMark.DRAFT)
    assert render_letter(letter).pdf == render_letter(letter).pdf


def test_the_file_says_what_it_is() -> None:
    file = read(make_document(register_number="TS-2026-000128", body="正文。\n" * 40))
    metadata = file.reader.metadata
    assert metadata is not None
    assert metadata.title == "关于对市不动产登记中心予以责任追究的决定"
    assert metadata.author == "某某市政务公开领导小组办公室"
    assert metadata.subject == "某公开办〔2026〕8号"
    assert str(metadata["/Keywords"]) == "某公开办〔2026〕8号, TS-2026-000128, result"
    for stamp in ("/CreationDate", "/ModDate"):
        assert str(metadata[stamp]) == "D:20261105000000+08'00'"
    root = file.reader.root_object
    assert file.reader.pdf_header == "%PDF-1.7"
    assert str(root["/Lang"]) == "zh-CN"
    preferences = str(file.reader.root_object["/ViewerPreferences"])
    assert "'/PrintScaling': '/None'" in preferences
    assert "'/Duplex': '/DuplexFlipLongEdge'" in preferences


def test_headings_are_in_the_outline() -> None:
    file = read(make_document(body="一、查明的事实\n正文。\n二、处理决定\n正文。"))
    titles: list[str] = []

    def collect(entries: object) -> None:
        for entry in entries if isinstance(entries, list) else []:
            if isinstance(entry, list):
                collect(entry)
            else:
                titles.append(str(entry.title))

    collect(file.reader.outline)
    assert titles[1:] == ["一、查明的事实", "二、处理决定"]


@given(st.lists(TEXTS, min_size=1, max_size=6))
@settings(max_examples=12)
def test_every_character_is_in_the_file_in_order(paragraphs: list[str]) -> None:
    letter = make_letter(paragraphs=tuple(Paragraph(text) for text in paragraphs))
    file = read(letter)
    whole = "".join(paragraphs)
    drawn = "".join(
        squeezed(line.text)
        for page in file.lines
        for line in page
        if line.size > 15 and not line.red
    )
    assert squeezed(whole) in drawn
    extracted = squeezed(file.extracted)
    for page in range(2, len(file.lines) + 1):
        extracted = extracted.replace(f"—{page}—", "")
    assert squeezed(whole) in extracted


def test_twenty_thousand_characters_take_seconds() -> None:
    text = "经查，2026年10月9日，申请人（王𬱖）到窗口办理“存量房转移登记”业务，" * 540
    assert len(text) > 20_000
    started = time.perf_counter()
    rendered = render_letter(make_document(body=text))
    assert time.perf_counter() - started < 10
    assert rendered.pages > 30


@pytest.mark.parametrize(
    "text", ["<b>加粗</b>&amp;<para>", "{{ office }}{% raw %}", "100%(甲)\\n[乙]<<丙>>", "a<b&c>d"]
)
def test_mark_up_is_only_text(text: str) -> None:
    file = read(make_document(body=f"正文{text}完。", title=f"题{text}", addressee=text))
    assert squeezed(f"正文{text}完。") in squeezed(file.text)
    assert squeezed(text) + "：" in squeezed(file.text)


@pytest.mark.parametrize("sentences", range(1, 16))
def test_the_sign_off_never_stands_alone(sentences: int) -> None:
    body = "\n".join(["正文说明有关情况，并提出明确的意见和要求，请遵照办理。"] * sentences)
    file = read(make_document(body=body, sealed=bool(sentences % 2)))
    page = next(p for p in file.lines if any(line.text == "2026年11月5日" for line in p))
    k = next(k for k, line in enumerate(page) if line.text == "2026年11月5日")
    above = [line for line in page[:k] if line.size > 15 and not line.red]
    assert len(above) >= (3 if sentences > 3 else 2)  # the office is one of them


def test_a_long_list_of_copies_gets_a_page_of_its_own() -> None:
    names = tuple(f"市第{k}行政机关办公室" for k in range(45))
    rendered = render_letter(make_document(copied_to=names))
    assert Note.SEPARATE_COLOPHON in rendered.notes or Note.PULLED_ROWS in rendered.notes
    assert names[-1] in squeezed(PrintedFile(rendered.pdf).text)
    with pytest.raises(ColophonTooLong):
        render_letter(make_document(copied_to=names * 5))


@pytest.mark.parametrize(
    "name", ["县公开办", "某某市政务公开暨行政权力公开透明运行工作领导小组办公室" * 2]
)
def test_the_printing_office_never_runs_into_the_date(name: str) -> None:
    file = read(make_document(printed_by=name))
    rows = [line for line in file.lines[-1] if abs(line.size - 14) < 0.2]
    assert rows[-2 if rows[-1].text.startswith("—") else -1].text.endswith("2026年11月6日印发")
    dated = next(line for line in rows if line.text.endswith("印发"))
    chars = [char for char in dated.chars if char["text"].strip()]
    assert all(b["x0"] >= a["x1"] - 1 for a, b in pairwise(chars))


@pytest.mark.parametrize("part", ["issuer_mark", "title", "issuer"])
def test_a_letter_without_mark_title_or_office_is_refused(part: str) -> None:
    with pytest.raises(EmptyPart) as raised:
        render_letter(make_letter(**{part: " "}))
    assert raised.value.part == part


def test_a_copy_is_marked_on_every_page() -> None:
    file = read(make_document(mark=CopyMark.COPY, body="正文。\n" * 60))
    assert len(file.lines) > 2
    assert all("副本" in squeezed(page.extract_text()) for page in file.reader.pages)
    assert "副本" not in file.text


def test_attachments_are_numbered_and_hang() -> None:
    one = read(make_letter(attachments=("整改清单。",)))
    assert any(line.text == "附件：整改清单" for line in one.lines[0])
    long = "责任追究情形对照表及关于责任区分的说明材料目录（共计十二份，含照片及录像）"
    file = read(make_letter(attachments=("整改清单", long)))
    lines = [line for page in file.lines for line in page]
    first = next(line for line in lines if line.text == "附件：1. 整改清单")
    second = next(k for k, line in enumerate(lines) if line.text.startswith("2. "))
    name = next(char for char in first.chars if char["text"] == "整")
    assert lines[second + 1].left == pytest.approx(name["x0"] * 25.4 / 72, abs=0.3)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("一、查明的事实", 1),
        ("十二、其他", 1),
        ("（三）经查", 2),
        ("1. 内容", 3),
        ("12．内容", 3),
        ("（1）内容", 4),
        ("1.5倍", 0),
        ("2026年", 0),
        ("一是公开", 0),
    ],
)
def test_levels_come_from_the_text(text: str, level: int) -> None:
    assert paragraphs_of(f"\n　　{text}\r\n") == (Paragraph(text, level),)


def test_headings_have_their_own_face() -> None:
    def roles(text: str) -> list[Role]:
        return [span.role for span in spans_of(paragraphs_of(text)[0])]

    assert roles("一、查明的事实") == [Role.HEADING]
    assert roles("（一）服务态度生硬。经查属实。") == [Role.KAI, Role.BODY]
    assert roles("（一）服务态度") == [Role.KAI]
    assert roles("（一）对张某给予通报批评。") == [Role.BODY]
    assert roles("1. 标题") == [Role.BODY]
    assert is_heading(Paragraph("一、标题", 1))
    assert not is_heading(Paragraph("（一）标题。正文。", 2))
    assert not is_heading(Paragraph("（一）一句话；", 2, item=True))
