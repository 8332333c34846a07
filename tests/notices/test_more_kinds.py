"""What acceptance, reminder, extension, hearing notice, referral and the sheets must say."""

import datetime as dt

import pytest

from desktop.notices import (
    Envelope,
    FieldFault,
    FieldFaults,
    Form,
    Kind,
    LabelSheet,
    Letter,
    Paper,
    Table,
    TemplateFaults,
    Turn,
    compose,
    load_templates,
    read_template,
)
from tests.notices.samples import AGENDA, LETTERS, OFFICE, short_fields

TEMPLATES = load_templates(LETTERS)


def paper_of(kind: Kind, **changes: object) -> Paper:
    return compose(TEMPLATES[kind], {**short_fields(kind), **changes})


def text_of(kind: Kind, **changes: object) -> str:
    letter = paper_of(kind, **changes)
    assert isinstance(letter, Letter)
    return "\n".join(paragraph.text for paragraph in letter.paragraphs)


def cells_of(kind: Kind, **changes: object) -> dict[str, str]:
    form = paper_of(kind, **changes)
    assert isinstance(form, Form)
    return {cell.label: cell.value for row in form.rows for cell in row.cells}


def test_an_acceptance_says_what_was_received_and_when_the_answer_comes() -> None:
    text = text_of(Kind.ACCEPTANCE)
    for words in (
        "2026年10月9日，我办收到",
        "TS-2026-000128",
        "予以受理",
        "于2026年10月16日前书面",
    ):
        assert words in text
    bare = text_of(Kind.ACCEPTANCE, answer_by=None, handler="", remedy="")
    assert "及时办理" in bare
    assert "承办。" not in bare
    assert "救济途径" not in bare


def test_a_reminder_names_the_transfer_and_says_whether_it_is_overdue() -> None:
    text = text_of(Kind.CHASE)
    for words in (
        "以某公开办函〔2026〕31号函",
        "于2026年10月30日前书面函复",
        "已经逾期",
        "2026年11月12日前",
    ):
        assert words in text
    assert "次催办" not in text
    assert "第2次催办" in text_of(Kind.CHASE, times=2)
    early = text_of(Kind.CHASE, due=dt.date(2026, 11, 20), consequence="逾期的，提请通报")
    assert "逾期。" not in early.split("依据", maxsplit=1)[0]
    assert "逾期的，提请通报。" in early


def test_an_extension_gives_the_reason_and_both_dates() -> None:
    text = text_of(Kind.EXTENSION)
    for words in (
        "原定于2026年11月6日前办结",
        "逐笔核对。",
        "延长至2026年11月27日",
        "主要负责人批准，",
    ):
        assert words in text
    bare = text_of(Kind.EXTENSION, due=None, new_due=None, approved_by="", progress="")
    assert "抓紧办理" in bare
    assert "原定" not in bare
    assert "批准" not in bare


def test_a_pause_gives_its_reason_and_claims_a_basis_only_where_there_is_one() -> None:
    text = text_of(Kind.PAUSE)
    for words in (
        "经领导小组办公室主要负责人批准，决定自2026年11月5日起中止办理",
        "判决生效。",
        "及时恢复办理，并书面告知",
        "中止的时间不计入办理期限",
    ):
        assert words in text
    assert "依据" not in text
    assert "，依据《办法》第九条，经" in text_of(Kind.PAUSE, pause_basis="《办法》第九条")


def test_a_resumption_names_both_days_and_how_many_lie_between() -> None:
    text = text_of(Kind.RESUME)
    for words in (
        "2026年10月12日起中止",
        "自2026年11月5日起恢复办理",
        "共24日，不计入办理期限",
        "理由：某某市",
    ):
        assert words in text
    assert "不计入" not in text_of(Kind.RESUME, days=0)


def test_a_hearing_notice_tells_facts_grounds_measures_and_the_right_to_speak() -> None:
    text = text_of(Kind.HEARING_NOTICE)
    for words in (
        "你单位有权进行陈述和申辩",
        "于2026年11月16日前提出",
        "不因陈述和申辩加重",
        "306室。",
    ):
        assert words in text
    assert "你单位" not in text_of(Kind.HEARING_NOTICE, to_person=True, proposed=["给予通报批评"])


def test_a_referral_lists_its_materials_as_attachments() -> None:
    letter = paper_of(Kind.REFERRAL)
    assert isinstance(letter, Letter)
    assert len(letter.attachments) == 3
    assert "张犇" in text_of(Kind.REFERRAL)
    assert "2026年11月30日前将是否受理" in text_of(Kind.REFERRAL)
    assert "案卷编号" not in text_of(Kind.REFERRAL, case_number="")


def test_an_approval_sheet_names_no_complainant_and_leaves_room_to_write() -> None:
    form = paper_of(Kind.APPROVAL_SHEET, people=[("王𬱖", "1", "甲")])
    assert isinstance(form, Form)
    cells = cells_of(Kind.APPROVAL_SHEET)
    assert "王𬱖" not in "".join(cells.values())
    assert cells["领导批示"] == ""
    room = next(row for row in form.rows if row.cells[0].label == "领导批示")
    assert room.grow
    assert "签名" in room.sign
    assert cells["办理期限"].count("\n") == 1
    assert "所涉事由" not in cells_of(Kind.APPROVAL_SHEET, grounds=[])


def test_an_intake_sheet_shows_who_speaks_and_where_to_sign() -> None:
    cells = cells_of(Kind.INTAKE_SHEET)
    assert cells["投诉举报人"] == "王𬱖"
    assert cells["联系电话"] == "0000-87654321"
    assert "本人确认" in cells
    assert "复述确认" not in cells
    phone = cells_of(Kind.INTAKE_SHEET, present=False)
    assert "复述确认" in phone
    assert "本人确认" not in phone
    assert "可以不签名" not in cells["本人确认"]
    assert "可以不签名" in cells_of(Kind.INTAKE_SHEET, people=[])["本人确认"]
    letter = cells_of(Kind.INTAKE_SHEET, transcript=False, people=[])
    assert not {"投诉举报人", "本人确认", "复述确认"} & set(letter)
    several = cells_of(Kind.INTAKE_SHEET, people=[("王𬱖", "1", "甲"), ("李喆", "", "")])
    assert several["投诉举报人"] == "1. 王𬱖，电话1，住甲\n2. 李喆"


def test_a_decision_claims_no_hearing_that_was_waived() -> None:
    assert "听取了" not in text_of(Kind.DECISION, hearing="张喆书面表示放弃陈述和申辩。")


def test_whatever_presses_stands_out_in_the_agenda() -> None:
    table = paper_of(Kind.AGENDA_SHEET)
    assert isinstance(table, Table)
    assert {"已超期", "今日到期"} == table.strong


def test_an_agenda_is_a_table_and_says_when_there_is_nothing_to_do() -> None:
    table = paper_of(Kind.AGENDA_SHEET)
    assert isinstance(table, Table)
    assert table.rows == tuple(AGENDA)
    assert [column.head for column in table.columns] == [
        "状态", "期限", "编号", "关于", "到期日", "下一步",
    ]  # fmt: skip
    assert table.caption == (
        "2026年11月5日　星期四，工作日",
        "已超期1件，今日到期1件，三日内到期2件",
    )
    assert table.turn is Turn.FIT
    empty = paper_of(Kind.AGENDA_SHEET, items=[], day="")
    assert isinstance(empty, Table)
    assert empty.empty == "今日没有需要办理的事项。"
    assert empty.caption[0] == "2026年11月5日"
    with pytest.raises(FieldFaults) as raised:
        paper_of(Kind.AGENDA_SHEET, items=[("逾期",)])
    assert raised.value.faults == (FieldFault("items", "wrong-type", "1 texts for 6 columns"),)


def test_an_envelope_has_the_size_asked_for() -> None:
    envelope = paper_of(Kind.ENVELOPE)
    assert isinstance(envelope, Envelope)
    assert (envelope.width, envelope.height) == (230, 120)
    assert envelope.to.name == "王𬱖　收"
    assert envelope.sender.name == OFFICE
    small = paper_of(Kind.ENVELOPE, size="DL")
    assert isinstance(small, Envelope)
    assert (small.width, small.height) == (220, 110)
    with pytest.raises(FieldFaults) as raised:
        paper_of(Kind.ENVELOPE, size="A9")
    assert raised.value.faults == (FieldFault("size", "unknown", "A9"),)


def test_labels_begin_after_those_used_up() -> None:
    labels = paper_of(Kind.ADDRESS_LABELS, skip="1")
    assert isinstance(labels, LabelSheet)
    assert labels.skip == 1
    assert labels.addresses[1].name == "市自然资源和规划局　收"
    assert (labels.grid.columns, labels.grid.rows) == (2, 7)
    for skip in ("-1", 14, "x"):
        with pytest.raises(FieldFaults):
            paper_of(Kind.ADDRESS_LABELS, skip=skip)


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        (Kind.INTAKE_SHEET, "transcript", "yes"),
        (Kind.INTAKE_SHEET, "people", [("王某",)]),
        (Kind.AGENDA_SHEET, "items", [("逾期", 1)]),
        (Kind.AGENDA_SHEET, "items", ["逾期"]),
        (Kind.ADDRESS_LABELS, "addresses", [("071000", "某某市")]),
        (Kind.ADDRESS_LABELS, "addresses", []),
    ],
)
def test_a_value_of_the_wrong_type_is_named(kind: Kind, field: str, value: object) -> None:
    with pytest.raises(FieldFaults) as raised:
        paper_of(kind, **{field: value})
    assert raised.value.faults[0].field == field


def test_a_template_can_be_checked_while_it_is_edited() -> None:
    text = (LETTERS / "chase.toml").read_text(encoding="utf-8")
    assert read_template(text).kind is Kind.CHASE
    dead = text.replace("特此函告。", "依照《国家公务员暂行条例》特此函告。")
    with pytest.raises(TemplateFaults) as raised:
        read_template(dead, "催办函")
    (fault,) = raised.value.faults
    assert (fault.file, fault.entry, fault.code) == ("催办函", "default.body", "repealed")


@pytest.mark.parametrize(
    ("name", "old", "new", "entry"),
    [
        ("agenda_sheet", '["状态", 18.5, "centre"]', '["状态", 18.5, "middle"]', "columns.1"),
        ("agenda_sheet", 'turn = "fit"', 'turn = "sideways"', "turn"),
        ("agenda_sheet", "type_size = 10", 'type_size = "10.5"', "type_size"),
        ("agenda_sheet", 'strong = ["', 'strong = [1, "', "strong"),
        ("envelope", "ZL = [230, 120]", "ZL = [230]", "sizes.ZL"),
        ("address_labels", '"3×8" = [3,', '"3×8" = ["3",', "sizes.3×8"),
        ("approval_sheet", "grow = true", 'grow = "yes"', "rows.9"),
        ("approval_sheet", "height = 55", "height = true", "rows.9"),
    ],
)
def test_a_wrong_entry_of_a_sheet_is_named(name: str, old: str, new: str, entry: str) -> None:
    text = (LETTERS / f"{name}.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(TemplateFaults) as raised:
        read_template(text.replace(old, new))
    assert [fault.entry for fault in raised.value.faults] == [f"default.{entry}"]
