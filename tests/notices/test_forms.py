"""Forms with ruled cells: complete on one page, safe over several."""

import datetime as dt
from itertools import pairwise

import pytest

from desktop.notices import (
    CopyMark,
    Form,
    FormCell,
    FormRow,
    Kind,
    MissingGlyph,
    compose,
    load_templates,
    render,
    render_form,
)
from tests.notices.pdfpage import PrintedFile
from tests.notices.samples import LETTERS, STORY, short_fields


def make_form(*rows: FormRow, **changes: object) -> Form:
    values: dict[str, object] = {
        "kind": Kind.RECEIPT,
        "issuer": "某某市政务公开领导小组办公室",
        "title": "送达回证",
        "number": "某公开办〔2026〕5号",
        "dated": dt.date(2026, 11, 5),
    }
    return Form(rows=rows, **{**values, **changes})  # type: ignore[arg-type]


def test_the_receipt_fits_on_one_page_with_room_to_sign() -> None:
    form = compose(load_templates(LETTERS)[Kind.RECEIPT], short_fields(Kind.RECEIPT))
    assert isinstance(form, Form)
    rendered = render(form)
    assert rendered.pages == 1
    file = PrintedFile(rendered.pdf)
    for words in ("送达回证", "李喆", "直接送达", "受送达人", "见证人签名", "年　　月　　日　　时"):
        assert words.replace("　", "") in "".join(file.text.split())
    title = next(line for line in file.lines[0] if line.text == "送达回证")
    assert title.size == 22
    assert title.middle == pytest.approx(106, abs=0.5)
    assert render(form).pdf == rendered.pdf
    edges = [rule for rule in file.rules[0] if rule.length > 150]
    assert len(edges) >= 10
    assert all(abs(rule.left - 28) < 0.3 and abs(rule.right - 184) < 0.3 for rule in edges)


@pytest.mark.parametrize("length", [20, 120, 200])
def test_an_approval_sheet_stays_on_one_page_and_leaves_room_to_write(length: int) -> None:
    fields = short_fields(Kind.APPROVAL_SHEET) | {
        "summary": (STORY * 20)[:length],
        "grounds": ("对提供政务信息的申请无正当理由不受理、拖延办理", "不落实公开透明运行的要求"),
        "deadlines": [f"如不予受理，不予受理告知：2026年11月2{n}日前（第七条）" for n in range(3)],
        "proposal": "拟转市住房和城乡建设局办理，请其于2026年12月20日前函复。",
    }
    form = compose(load_templates(LETTERS)[Kind.APPROVAL_SHEET], fields)
    rendered = render(form)
    assert rendered.pages == 1
    tops = [rule.top for rule in PrintedFile(rendered.pdf).rules[0] if rule.length > 150]
    tops.sort()
    assert max(below - above for above, below in pairwise(tops)) > 32  # 领导批示


def test_a_long_row_fills_the_page_it_begins_on() -> None:
    rows = (FormRow((FormCell("事由", "简要"),)), FormRow((FormCell("备注", "文" * 900),)))
    filler = FormRow((FormCell("内容", ""),), height=90)
    file = PrintedFile(render_form(make_form(filler, *rows)).pdf)
    assert [len(lines) > 10 for lines in file.lines] == [True, True]


def test_a_row_taller_than_a_page_goes_on_over_several() -> None:
    text = "\n".join([STORY] * 14)
    rows = (FormRow((FormCell("事由", "简要"),)), FormRow((FormCell("备注", text), FormCell("甲"))))
    rendered = render_form(make_form(*rows, notes=("说明一。",)))
    assert rendered.pages > 1
    file = PrintedFile(rendered.pdf)
    extracted = "".join(file.extracted.split())
    assert extracted.count("群众反映强烈。") == 14
    for number, lines in enumerate(file.lines, 1):
        assert any(line.text.replace(" ", "") == f"—{number}—" for line in lines)
        assert all(line.bottom < 263 for line in lines if line.size != 14 or "—" not in line.text)


def test_a_row_that_no_longer_fits_goes_to_the_next_page_whole() -> None:
    rows = [FormRow((FormCell(f"栏目{k}", "内容"),), height=40) for k in range(8)]
    file = PrintedFile(render_form(make_form(*rows, mark=CopyMark.COPY)).pdf)
    assert len(file.lines) == 2
    assert all("副本" in page.extract_text() for page in file.reader.pages)


def test_a_form_refuses_what_it_cannot_print() -> None:
    with pytest.raises(MissingGlyph):
        render_form(make_form(FormRow((FormCell("备注", "😀"),))))
