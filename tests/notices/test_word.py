"""The letter as a Word document: the same words, the standard's measures, the same bytes."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from desktop.notices import (
    CopyMark,
    EmptyPart,
    Kind,
    Letter,
    compose,
    load_templates,
    to_docx,
)
from desktop.notices.kinds import KINDS, Shape
from tests.notices.makers import make_document, make_letter
from tests.notices.samples import LETTERS, long_fields, short_fields

TEMPLATES = load_templates(LETTERS)
OF_LETTERS = [kind for kind in Kind if KINDS[kind].shape is Shape.LETTER]


def opened(letter: Letter) -> Any:
    return docx.Document(io.BytesIO(to_docx(letter)))


def story(document: Any) -> str:
    """All text in the order of the file, tables in their place, heads and feet before it."""
    section = document.sections[0]
    heads = (section.first_page_header, section.header)
    texts = [p.text for head in heads for p in head.paragraphs]
    paragraphs = document.element.body.iter(qn("w:p"))
    texts += [t.text or "" for paragraph in paragraphs for t in paragraph.iter(qn("w:t"))]
    return "".join("".join(texts).split())


@pytest.mark.parametrize("kind", OF_LETTERS)
@pytest.mark.parametrize("fields", [short_fields, long_fields])
def test_every_word_is_there_in_order(
    kind: Kind, fields: Callable[[Kind], dict[str, object]]
) -> None:
    letter = compose(TEMPLATES[kind], fields(kind))
    assert isinstance(letter, Letter)
    text = story(opened(letter))
    place = 0
    for part in (
        letter.issuer_mark,
        letter.number,
        letter.title,
        letter.addressee + "：",
        *(paragraph.text for paragraph in letter.paragraphs),
        *letter.attachments,
        letter.issuer,
        f"{letter.dated.year}年{letter.dated.month}月{letter.dated.day}日",
        letter.remark,
        *letter.copied_to,
    ):
        found = text.find("".join(part.split()), place)
        assert found >= 0, part
        place = found


def test_the_page_is_that_of_the_standard() -> None:
    document = opened(make_document())
    section = document.sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    grid = document.element.body.sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:linePitch")) == "579"
    assert grid.get(qn("w:type")) == "lines"
    body = next(p for p in document.paragraphs if p.text.startswith("2026年10月9日"))
    assert body.paragraph_format.line_spacing.pt == pytest.approx(28.95, abs=0.05)
    assert body.paragraph_format.first_line_indent.pt == pytest.approx(2 * 15.79, abs=0.1)
    run = body.runs[0]
    assert run.font.size.pt == 16
    fonts = run._r.rPr.rFonts
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia")} == {
        "仿宋_GB2312"
    }


def test_parts_have_their_faces() -> None:
    document = opened(make_document(body="一、标题\n（一）小标题。正文。\n正文。\n张喆𬱖。"))

    def face(text: str) -> tuple[str, float]:
        run = next(r for p in document.paragraphs for r in p.runs if r.text.startswith(text))
        return run._r.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt

    assert face("关于对") == ("方正小标宋简体", 22)
    assert face("张") == ("仿宋_GB2312", 16)
    assert face("喆") == ("宋体", 16)
    assert face("𬱖") == ("SimSun-ExtB", 16)
    assert face("一、标题") == ("黑体", 16)
    assert face("（一）小标题。") == ("楷体_GB2312", 16)
    assert face("正文。") == ("仿宋_GB2312", 16)
    assert face("某某市政务公开领导小组办公室文件")[0] == "方正小标宋简体"
    footer = document.sections[0].footer.paragraphs[0]
    assert footer.text == "— 1 —"
    assert footer.runs[0].font.size.pt == 14
    assert document.settings.odd_and_even_pages_header_footer
    assert document.sections[0].even_page_footer.paragraphs[0].text == "— 1 —"


def test_the_colophon_is_a_table_and_a_letter_has_no_number_on_page_1() -> None:
    document = opened(make_document())
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["抄送：市纪委监委，市自然资源和规划局。"] * 2,
        ["某某市政务公开领导小组办公室", "2026年11月6日印发"],
    ]
    letter = opened(make_letter())
    assert letter.tables == []
    section = letter.sections[0]
    assert section.different_first_page_header_footer
    assert "".join(p.text for p in section.first_page_footer.paragraphs) == ""
    assert section.first_page_header.paragraphs[0].text == "某某市政务公开领导小组办公室"


def test_the_sign_off_keeps_the_last_words_and_the_colophon_hangs_on_a_paragraph() -> None:
    """Without a paragraph after it, a table at the foot of the page is lost in some programs."""
    document = opened(make_document(remark="联系人：张三"))
    texts = [p.text for p in document.paragraphs]
    date = texts.index("2026年11月5日")
    kept = [bool(p.paragraph_format.keep_with_next) for p in document.paragraphs]
    assert all(kept[date - 5 : date + 1]), texts[date - 5 : date + 1]
    assert not kept[date + 1]
    (table,) = document.tables
    assert etree.QName(table._tbl.getnext()).localname == "p"
    for paragraph in document.paragraphs:
        assert paragraph._p.pPr.find(qn("w:autoSpaceDN")).get(qn("w:val")) == "0"
        assert paragraph.paragraph_format.widow_control


def test_the_same_letter_gives_the_same_bytes_and_says_what_it_is() -> None:
    letter = make_document(register_number="TS-2026-000128", mark=CopyMark.DRAFT)
    data = to_docx(letter)
    assert to_docx(letter) == data
    core = docx.Document(io.BytesIO(data)).core_properties
    assert core.title == letter.title
    assert core.author == letter.issuer
    assert core.created.date() == letter.dated
    assert "草稿" in story(opened(letter))


@pytest.mark.parametrize("make", [make_letter, make_document])
def test_every_part_is_well_formed_and_in_the_order_of_the_schema(
    make: Callable[..., Letter],
) -> None:
    """Word repairs or refuses files whose elements stand in another order."""
    order = {
        "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs"
        " autoSpaceDE autoSpaceDN snapToGrid spacing ind jc outlineLvl rPr sectPr",
        "rPr": "rStyle rFonts b bCs i color spacing w kern position sz szCs highlight u lang",
        "tblPr": "tblStyle tblpPr tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
        "sectPr": "type pgSz pgMar pgNumType cols titlePg docGrid",
    }
    with zipfile.ZipFile(
        io.BytesIO(to_docx(make(attachments=("甲", "乙"), remark="丙")))
    ) as package:
        for name in package.namelist():
            if not name.endswith(".xml"):
                continue
            for element in etree.fromstring(package.read(name)).iter():
                tag = etree.QName(element).localname
                if tag in order and "styles" not in name:
                    known = order[tag].split()
                    names = [etree.QName(child).localname for child in element]
                    places = [known.index(n) for n in names if not n.endswith("Reference")]
                    assert places == sorted(places), (name, tag)


@pytest.mark.parametrize("part", ["issuer_mark", "title", "issuer"])
def test_a_letter_without_its_parts_is_refused(part: str) -> None:
    with pytest.raises(EmptyPart):
        to_docx(make_letter(**{part: " "}))


@pytest.mark.parametrize("text", ["<b>&amp;", "]]>", "a<b&c>d", "王𬱖"])
def test_mark_up_is_only_text(text: str) -> None:
    assert text in story(opened(make_document(body=f"正文{text}完。")))
