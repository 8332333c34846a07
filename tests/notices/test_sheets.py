"""Tables, envelopes and labels on paper: nothing outside, nothing lost, heads repeated."""

import dataclasses
import datetime as dt

import pytest

from desktop.notices import (
    Column,
    CopyMark,
    Envelope,
    Kind,
    LabelSheet,
    Table,
    Turn,
    compose,
    load_templates,
    render,
)
from tests.notices.pdfpage import PrintedFile, TextLine
from tests.notices.samples import AGENDA, LETTERS, STORY, long_fields, short_fields

TEMPLATES = load_templates(LETTERS)


def make_table(rows: list[tuple[str, ...]], **changes: object) -> Table:
    values: dict[str, object] = {
        "kind": "ledger",
        "issuer": "某某市政务公开领导小组办公室",
        "title": "发文登记簿",
        "columns": (Column("文号", 40), Column("标题", 80), Column("日期", 22)),
        "rows": tuple(rows),
        "dated": dt.date(2026, 11, 5),
        "caption": ("2026年", "单位：件"),
    }
    return Table(**{**values, **changes})  # type: ignore[arg-type]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_long_table_repeats_its_head_and_counts_its_pages() -> None:
    rows = [
        (f"某公开办〔2026〕{k}号", f"关于第{k}件投诉举报的告知书", "2026-11-05")
        for k in range(1, 200)
    ]
    rendered = render(make_table(rows, notes=("制表人：赵某",)))
    file = PrintedFile(rendered.pdf)
    assert rendered.pages == len(file.lines) > 4
    assert {(round(w), round(h)) for w, h in file.sizes} == {(297, 210)}
    for number, lines in enumerate(file.lines, 1):
        text = squeezed("".join(line.text for line in lines))
        assert "文号标题日期" in text
        assert f"第{number}页共{rendered.pages}页" in text
        assert all(line.left > 17 and line.right < 278 and line.bottom < 203 for line in lines)
    whole = squeezed(file.text)
    assert all(f"〔2026〕{k}号" in whole for k in range(1, 200))
    assert whole.count("制表人") == 1


def test_a_cell_longer_than_a_page_goes_on() -> None:
    file = PrintedFile(render(make_table([("一", STORY * 25, "2026-11-05")])).pdf)
    assert len(file.lines) > 1
    assert squeezed(file.extracted).count("群众反映强烈。") == 25


def test_paper_is_laid_upright_only_when_rows_stay_low() -> None:
    def width(table: Table) -> int:
        return round(PrintedFile(render(table).pdf).sizes[0][0])

    table = compose(TEMPLATES[Kind.AGENDA_SHEET], short_fields(Kind.AGENDA_SHEET))
    assert isinstance(table, Table)
    assert width(table) == 210
    assert width(dataclasses.replace(table, turn=Turn.LANDSCAPE)) == 297
    tall = dataclasses.replace(table, rows=tuple((*row[:5], STORY) for row in AGENDA))
    assert width(tall) == 297
    code = (*AGENDA[0][:2], "TS-2026-000112-0001-0002", *AGENDA[0][3:])
    assert width(dataclasses.replace(table, rows=(code,))) == 297


def test_an_empty_table_says_so_and_a_copy_is_marked() -> None:
    file = PrintedFile(render(make_table([], empty="没有记录。", mark=CopyMark.COPY)).pdf)
    assert "没有记录。" in file.text
    assert "副本" in file.extracted


def test_the_overdue_stand_out_in_print() -> None:
    paper = compose(TEMPLATES[Kind.AGENDA_SHEET], short_fields(Kind.AGENDA_SHEET))
    file = PrintedFile(render(paper).pdf)

    def font_of(word: str) -> str:
        line = next(line for line in file.lines[0] if line.text.startswith(word))
        return line.han_font(2)

    assert "Hei" in font_of("已超期")
    assert "Fang" in font_of("将到期")


def lines_of(envelope: Envelope) -> list[TextLine]:
    return PrintedFile(render(envelope).pdf).lines[0]


@pytest.mark.parametrize("size", ["ZL", "DL", "C5", "C4"])
@pytest.mark.parametrize("fields", [short_fields, long_fields])
def test_an_envelope_keeps_its_edges_and_the_sorting_strip_free(size: str, fields: object) -> None:
    values = {**fields(Kind.ENVELOPE), "size": size}  # type: ignore[operator]
    envelope = compose(TEMPLATES[Kind.ENVELOPE], values)
    assert isinstance(envelope, Envelope)
    file = PrintedFile(render(envelope).pdf)
    assert [(round(w), round(h)) for w, h in file.sizes] == [(envelope.width, envelope.height)]
    for line in file.lines[0]:
        assert line.left > 10
        assert line.right < envelope.width - 9
        assert line.bottom < envelope.height - (8 if "邮政编码" in line.text else 18)
    name = [line for line in file.lines[0] if line.text.endswith("收")]
    assert name
    sender = next(line for line in file.lines[0] if line.text.endswith("306室"))
    assert sender.top > name[-1].bottom


def test_preprinted_stock_gets_only_the_addressee() -> None:
    values = {**short_fields(Kind.ENVELOPE), "preprinted": True}
    envelope = compose(TEMPLATES[Kind.ENVELOPE], values)
    assert isinstance(envelope, Envelope)
    text = squeezed("".join(line.text for line in lines_of(envelope)))
    assert text == "071000某某市建设路8号院3号楼2单元502室王𬱖收"


@pytest.mark.parametrize("size", ["2×7", "2×8", "3×7", "3×8"])
def test_every_label_stays_on_its_own(size: str) -> None:
    values = {**long_fields(Kind.ADDRESS_LABELS), "size": size, "skip": 3}
    labels = compose(TEMPLATES[Kind.ADDRESS_LABELS], values)
    assert isinstance(labels, LabelSheet)
    grid = labels.grid
    assert grid.left + grid.columns * grid.width + (grid.columns - 1) * grid.gap_x <= 210.5
    assert grid.top + grid.rows * grid.height + (grid.rows - 1) * grid.gap_y <= 297
    rendered = render(labels)
    assert rendered.pages == -(-33 // (grid.columns * grid.rows))
    file = PrintedFile(rendered.pdf)
    for number, page in enumerate(file.lines):
        for line in page:
            row = int((line.top - grid.top) // (grid.height + grid.gap_y))
            top = grid.top + row * (grid.height + grid.gap_y)
            assert top <= line.top
            assert line.bottom <= top + grid.height
        codes = sum(line.text.count("071000") for line in page)
        assert codes <= grid.columns * grid.rows - (0 if number else 3)
    assert squeezed(file.text).count("071000") == 30
