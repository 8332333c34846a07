"""Filling templates: what the letter says with and without each part, and refused values."""

import datetime as dt
from decimal import Decimal

import pytest

from desktop.notices import (
    ControlCharacter,
    CopyMark,
    FieldFault,
    FieldFaults,
    Form,
    Kind,
    Letter,
    Paragraph,
    Table,
    compose,
    load_templates,
)
from desktop.notices.chinese import hanzi_count, hanzi_number, long_date
from desktop.notices.compose import number_items
from desktop.notices.wording import clause, points, quoted, sentence
from tests.notices.samples import LETTERS, OFFICE, short_fields

TEMPLATES = load_templates(LETTERS)


def letter_of(kind: Kind, **changes: object) -> Letter:
    made = compose(TEMPLATES[kind], {**short_fields(kind), **changes})
    assert isinstance(made, Letter)
    return made


def text_of(letter: Letter) -> str:
    return "\n".join(paragraph.text for paragraph in letter.paragraphs)


def test_a_refusal_gives_reason_basis_channel_and_remedy() -> None:
    letter = letter_of(Kind.REFUSAL, reason="不属于受理范围")
    text = text_of(letter)
    assert letter.addressee == "王堃"
    assert "2026年10月9日" in text
    assert "经审查，不属于受理范围。依据《" in text
    assert "人民法院提出主张。" in text
    assert "申请复核。" in text
    assert letter.sealed
    assert letter.layout == "correspondence"
    assert letter.register_number == "TS-2026-000128"
    bare = text_of(letter_of(Kind.REFUSAL, channel_hint="", remedy="", channel=""))
    assert "复核" not in bare
    assert "来件方式" not in bare


def test_a_transfer_withholds_identity_and_numbers_its_parts() -> None:
    letter = letter_of(Kind.TRANSFER)
    text = text_of(letter)
    assert "王堃" not in text
    assert "TS-2026-000128" in text
    assert "请于2026年11月30日前" in text
    for words in ("身份信息依法保密", "不得透露或者转交给被反映的单位和人员", "打击报复"):
        assert words in text
    headings = [p.text for p in letter.paragraphs if p.level == 1]
    assert [heading[:2] for heading in headings] == ["一、", "二、", "三、", "四、"]
    without = letter_of(Kind.TRANSFER, demands="", grounds=[], accused="", reply_by=None)
    headings = [p.text for p in without.paragraphs if p.level == 1]
    assert headings == ["一、反映的主要情况", "二、办理要求", "三、保密要求"]
    assert "所涉事由" not in text_of(without)
    assert "请及时办理" in text_of(without)


def test_an_interim_letter_promises_the_result() -> None:
    assert "预计于2026年12月1日前办结" in text_of(letter_of(Kind.INTERIM))
    assert "及时另行书面告知办理结果" in text_of(letter_of(Kind.INTERIM, expected=None))


def test_a_result_states_facts_outcome_handling_and_remedy() -> None:
    text = text_of(letter_of(Kind.RESULT))
    assert "所反映的问题部分属实。" in text
    assert "四、救济途径" in text
    assert "救济途径" not in text_of(letter_of(Kind.RESULT, remedy=""))


def test_a_decision_is_complete() -> None:
    letter = letter_of(Kind.DECISION)
    text = text_of(letter)
    assert [p.text for p in letter.paragraphs if p.level == 1] == [
        "一、查明的事实",
        "二、追究责任的情形",
        "三、陈述和申辩",
        "四、责任区分",
        "五、处理决定",
        "六、移交和建议事项",
        "七、整改和反馈",
        "八、救济途径",
    ]
    assert (
        "（一）不能按规定的程序、范围和时间要求公开的（《责任追究办法》第六条第（一）项）；" in text
    )
    assert "（二）公开的内容不真实的（《责任追究办法》第六条第（四）项）。" in text
    assert letter.layout == "document"
    assert letter.title == "关于对市不动产登记中心予以责任追究的决定"
    assert letter.copied_to[1] == "市自然资源和规划局"
    assert letter.printed_by == OFFICE
    assert letter.printed_on == dt.date(2026, 11, 5)
    lean = letter_of(
        Kind.DECISION,
        recommendations=[],
        rectify_by=None,
        remedy="",
        copied_to=[],
        situations=[("应公开而未公开的", "《办法》第五条")],
    )
    assert "上述行为属于应公开而未公开的（《办法》第五条）。" in text_of(lean)
    assert "移交" not in text_of(lean)
    assert "请及时纠正" in text_of(lean)
    assert lean.copied_to == ()


def test_an_assessment_says_whose_points_they_are() -> None:
    text = text_of(letter_of(Kind.ASSESSMENT))
    assert "1. 组织领导：18.5分（满分20分）；" in text
    assert "5. 制度规范化建设：17分（满分20分）。" in text
    assert "总分100分，你单位得86分。" in text
    assert "自行确定。" in text
    assert "档次为“良好”。" in text
    assert "存在的问题" not in text_of(letter_of(Kind.ASSESSMENT, problems=[], consequence=""))


def test_a_rectification_names_date_and_addressee_of_the_report() -> None:
    text = text_of(letter_of(Kind.RECTIFICATION))
    assert "请于2026年12月10日前完成整改" in text
    assert f"书面报告{OFFICE}，" in text
    assert "追究责任" in text


def test_a_receipt_leaves_the_date_open_until_served() -> None:
    def date_cell(served_on: dt.date | None) -> str:
        fields = {**short_fields(Kind.RECEIPT), "served_on": served_on}
        form = compose(TEMPLATES[Kind.RECEIPT], fields)
        assert isinstance(form, Form)
        return next(c.value for row in form.rows for c in row.cells if c.label == "送达时间")

    assert "年　　月　　日" in date_cell(None)
    assert date_cell(dt.date(2026, 11, 9)) == "2026年11月9日"


@pytest.mark.parametrize("kind", [k for k in Kind if k not in (Kind.ENVELOPE, Kind.ADDRESS_LABELS)])
def test_the_mark_of_a_draft_reaches_the_paper(kind: Kind) -> None:
    paper = compose(TEMPLATES[kind], short_fields(kind), mark=CopyMark.DRAFT)
    assert isinstance(paper, Letter | Form | Table)
    assert paper.mark is CopyMark.DRAFT


def test_template_language_in_a_value_is_only_text() -> None:
    text = text_of(letter_of(Kind.REFUSAL, reason="{{ office }}{% for x in y %}# 甲\n## 乙"))
    assert "{{ office }}{% for x in y %}# 甲" in text
    assert "## 乙。" in text


def test_every_fault_of_the_fields_is_named_at_once() -> None:
    fields = short_fields(Kind.DECISION)
    del fields["hearing"]
    fields |= {
        "dated": dt.datetime(2026, 11, 5),
        "facts": " ",
        "responsibilities": [],
        "situations": ["甲"],
        "copied_to": "市纪委",
        "rectify_by": "2026-12-10",
        "basis": "《中华人民共和国行政监察法》第三条",
    }
    with pytest.raises(FieldFaults) as raised:
        compose(TEMPLATES[Kind.DECISION], fields)
    assert set(raised.value.faults) == {
        FieldFault("hearing", "missing"),
        FieldFault("dated", "wrong-type", "datetime"),
        FieldFault("facts", "empty"),
        FieldFault("responsibilities", "empty"),
        FieldFault("situations", "wrong-type", "list"),
        FieldFault("copied_to", "wrong-type", "str"),
        FieldFault("rectify_by", "wrong-type", "str"),
        FieldFault("basis", "repealed", "中华人民共和国行政监察法"),
    }
    assert "hearing: missing" in str(raised.value)


def test_a_control_character_in_a_field_is_refused() -> None:
    with pytest.raises(ControlCharacter):
        letter_of(Kind.REFUSAL, reason="甲\x01乙")
    with pytest.raises(ControlCharacter):
        letter_of(Kind.DECISION, sanctions=["甲\t乙"])


def test_items_are_numbered_level_by_level() -> None:
    lines = ("#甲", "##乙。", "##丙；", "正文", "#丁", "##单独一项。", "###戊", "###己")
    assert number_items("\n".join(lines).replace("#", "\x01")) == (
        Paragraph("一、甲", 1),
        Paragraph("（一）乙。", 2, item=True),
        Paragraph("（二）丙；", 2, item=True),
        Paragraph("正文"),
        Paragraph("二、丁", 1),
        Paragraph("单独一项。"),
        Paragraph("1. 戊", 3),
        Paragraph("2. 己", 3),
    )


def test_the_words_of_formal_chinese() -> None:
    assert long_date(dt.date(2026, 1, 5)) == "2026年1月5日"
    assert [hanzi_number(n) for n in (1, 10, 11, 20, 99)] == ["一", "十", "十一", "二十", "九十九"]
    assert [hanzi_count(n) for n in (1, 2, 10, 12)] == ["一", "两", "十", "12"]
    for wrong in (0, 100):
        with pytest.raises(ValueError, match=str(wrong)):
            hanzi_number(wrong)
    with pytest.raises(ValueError, match="0"):
        hanzi_count(0)
    assert sentence("已改正；") == "已改正。"
    assert sentence("他说“好。”") == "他说“好。”"
    assert sentence("") == ""
    assert clause("已改正。 ") == "已改正"
    assert quoted("未公开“时限”。") == "“未公开‘时限’”"
    assert [points(v) for v in (Decimal("18.50"), 20, 16.5, Decimal(100), "九")] == [
        "18.5",
        "20",
        "16.5",
        "100",
        "九",
    ]


def test_a_decision_that_only_other_authorities_can_carry_out_says_only_that() -> None:
    text = text_of(letter_of(Kind.DECISION, sanctions=[], recommendations=["移送纪检监察机关"]))
    assert "处理决定" not in text
    assert "移送纪检监察机关" in text
