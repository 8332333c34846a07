"""Every printed letter is measured against GB/T 9704-2012, and the measure itself is tested."""

from typing import Any

import pytest
from reportlab.lib.units import mm

from desktop.notices import (
    CopyMark,
    Kind,
    Letter,
    Note,
    compose,
    load_templates,
    page,
    render,
    render_letter,
)
from desktop.notices.check import check
from desktop.notices.kinds import KINDS, Shape
from tests.notices.makers import make_document, make_letter
from tests.notices.samples import LETTERS, long_fields, short_fields

TEMPLATES = load_templates(LETTERS)
STORY = "经调查核实，所反映的问题部分属实，现将有关情况和处理意见告知如下，请予配合。"


LETTERS_ONLY = [kind for kind in Kind if KINDS[kind].shape is Shape.LETTER]


@pytest.mark.parametrize("kind", LETTERS_ONLY)
@pytest.mark.parametrize("fields", [short_fields, long_fields])
def test_every_kind_of_letter_keeps_the_standard(kind: Kind, fields: Any) -> None:
    paper = compose(TEMPLATES[kind], fields(kind))
    assert isinstance(paper, Letter)
    rendered = render(paper)
    report = check(rendered.pdf, paper)
    assert [str(item) for item in report.failures] == []
    assert report.layout == {
        Kind.DECISION: "document",
        Kind.RECTIFICATION: "document",
        Kind.ASSESSMENT: "document",
    }.get(kind, "correspondence")
    if fields is long_fields:
        assert rendered.pages >= 3


@pytest.mark.parametrize(
    "changes",
    [
        {"sealed": False},
        {"mark": CopyMark.COPY},
        {"body": "特此告知。"},
        {"issuer": "县公开办", "issuer_mark": "县公开办"},
        {"issuer": "县公开办", "sealed": False},
        {"issuer": "中共某某自治州某某民族自治县委员会某某县人民政府政务公开工作领导小组办公室"},
        {"addressee": "阿卜杜热西提·买买提明·吐尔逊古丽·阿不都克里木·艾合买提江·斯迪克·玉素甫江"},
        {"copied_to": ("市纪委监委", "市自然资源和规划局")},
        {
            "attachments": (
                "整改任务清单",
                "责任追究情形对照表及关于责任区分的说明材料目录（共十二份）",
            )
        },
        {"remark": "联系人：赵堃；联系电话：0000-12345678；地址：某某市人民路1号政务服务中心306室"},
    ],
    ids=lambda changes: "+".join(changes),
)
@pytest.mark.parametrize("make", [make_letter, make_document])
def test_unusual_letters_keep_the_standard(make: Any, changes: dict[str, Any]) -> None:
    letter = make(**changes)
    report = check(render_letter(letter).pdf, letter)
    assert [str(item) for item in report.failures] == []


@pytest.mark.parametrize("sentences", [10, 12, 13])
def test_a_document_whose_text_just_fills_a_page_keeps_the_standard(sentences: int) -> None:
    rendered = render_letter(make_document(body="\n".join([STORY] * sentences)))
    assert check(rendered.pdf).failures == ()


def test_a_letter_is_squeezed_onto_one_page_when_tighter_rows_are_enough() -> None:
    for sentences in range(3, 9):
        rendered = render_letter(make_letter(body="\n".join([STORY] * sentences)))
        if Note.TIGHTER_ROWS in rendered.notes:
            assert rendered.pages == 1
            assert check(rendered.pdf).failures == ()
            return
    pytest.fail("no length of letter needed tighter rows")


@pytest.mark.parametrize(
    ("name", "value", "item"),
    [
        ("LEFT", page.LEFT + 10, "addressee-left"),
        ("CELL", page.CELL * 0.96, "cells"),
        ("SIZE_3", 15.0, "body-size"),
    ],
)
def test_the_measure_notices_a_wrong_page(
    name: str, value: float, item: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"desktop.notices.letters.{name}", value)
    failures = check(render_letter(make_letter(body=STORY * 8)).pdf).failures
    assert item in [failure.code for failure in failures], failures


def test_the_measure_notices_wrong_wording() -> None:
    pdf = render_letter(make_letter(number="某公开办函[2026]08号")).pdf
    assert [failure.code for failure in check(pdf).failures] == ["number-form"]


def test_the_measure_notices_a_mark_that_is_too_low(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.notices.letterhead._MARK_DROP", 40 * mm)
    failures = check(render_letter(make_document()).pdf).failures
    assert "mark-place" in [failure.code for failure in failures]
