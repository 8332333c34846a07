"""Words beside the main way: acceptance, chasing a reply, extension; and the forms to print."""

from datetime import date, timedelta
from io import BytesIO

import pypdf
import pytest

from desktop.rules.clocks import ClockState
from desktop.rules.complaints import Identity, PersonTyped, Ruling, Step
from desktop.usecases import followups, looking, sheets, today
from desktop.usecases.followups import AcceptanceDraft, ChaseDraft, ExtensionDraft
from desktop.usecases.identity import MASK
from desktop.usecases.sheets import ApprovalDraft
from desktop.usecases.today import Group
from tests.pdftext import text_of
from tests.usecases.desk import (
    ACTING,
    ADDRESS,
    NAME,
    PHONE,
    SECRETS,
    TODAY,
    Desk,
    Make,
    at,
    faulty,
    forbidden,
)

DAY = timedelta(days=1)


def written(desk: Desk, number: int) -> ClockState:
    return next(c.status.state for c in desk.seen(number).clocks if c.rule.id == "written")


def transferred(desk: Desk, reply_by: date | None = TODAY - 2 * DAY) -> int:
    acting = at(TODAY - 4 * DAY)
    number = desk.register(acting)
    desk.decide(number, Ruling.TRANSFER, acting)
    desk.transfer(number, acting, reply_by=reply_by)
    return number


# ---- 受理告知书 -----------------------------------------------------------------------------------


def test_the_acceptance_is_told_once_and_is_a_written_word(desk: Desk) -> None:
    number = desk.register()
    with forbidden("earlier_step_first"):
        desk.tell_acceptance(number)
    desk.decide(number, Ruling.ACCEPT)
    assert followups.answer_by(desk.seen(number), TODAY) == date(2026, 11, 23)
    letter = desk.tell_acceptance(number, answer_by=date(2026, 11, 23))
    said = desk.pdf_text(letter)
    assert NAME in said
    assert "2026年11月23日前书面告知办理情况" in said
    assert "监督检查科" in said
    assert "第七条第（二）项" in said
    assert written(desk, number) is ClockState.MET
    seen = desk.seen(number)
    assert seen.expected == date(2026, 11, 23)
    assert seen.complaint.told_in_writing == TODAY
    with forbidden("already_done"):
        desk.tell_acceptance(number)
    desk.take_back()
    assert desk.seen(number).complaint.told_in_writing is None
    assert Step.ACCEPTANCE in desk.seen(number).permitted


def test_nobody_is_told_of_an_anonymous_or_refused_matter(desk: Desk) -> None:
    hidden, refused = desk.anonymous(), desk.register()
    desk.decide(hidden, Ruling.ACCEPT)
    desk.decide(refused, Ruling.REFUSE)
    with forbidden("anonymous"):
        desk.tell_acceptance(hidden)
    with forbidden("other_ruling"):
        desk.tell_acceptance(refused)


def test_an_acceptance_says_what_is_wrong_with_it(desk: Desk) -> None:
    number = desk.register()
    desk.decide(number, Ruling.ACCEPT)
    with faulty(("day", "before_decide"), ("answer_by", "before")):
        desk.tell_acceptance(number, day=TODAY - DAY, answer_by=TODAY - 2 * DAY)
    with faulty(("handler", "gives_away")):
        desk.tell_acceptance(number, handler=f"办理{NAME}一案的科室")


def test_reading_an_acceptance_is_a_look_at_who_complained(desk: Desk) -> None:
    number = desk.register()
    desk.decide(number, Ruling.ACCEPT)
    letter = desk.tell_acceptance(number)
    events = desk.count("event", "action = 'complaint.reveal'")
    looking.read_letter(desk.office, number, letter, ACTING)
    assert desk.count("event", "action = 'complaint.reveal'") == events + 1


# ---- 催办函 ---------------------------------------------------------------------------------------


def test_a_late_reply_is_offered_to_be_chased_and_has_a_new_date_then(desk: Desk) -> None:
    number = transferred(desk)

    def waiting() -> today.Item:
        return next(i for i in today.agenda(desk.office, TODAY) if i.group is Group.WAITING)

    assert (waiting().next_step, waiting().due) == (Step.CHASE, TODAY - 2 * DAY)
    letter = desk.chase(number, reply_by=TODAY + 7 * DAY)
    first = desk.last_event()
    said = desk.pdf_text(letter)
    assert "该件已经逾期" in said
    assert "第1次催办" not in said
    assert "2026年11月27日前" in said
    assert not [s for s in SECRETS if s in said]
    assert (waiting().next_step, waiting().due) == (Step.FIND, TODAY + 7 * DAY)
    step = desk.seen(number).steps[-1]
    assert (step.step, step.unit, step.due) == ("chase", 2, TODAY + 7 * DAY)
    assert desk.seen(number).reply_due == TODAY + 7 * DAY
    again = desk.pdf_text(desk.chase(number))
    assert "第2次催办" in again
    desk.take_back()
    assert desk.seen(number).chased == 1
    desk.take_back(first)
    assert desk.seen(number).reply_due == TODAY - 2 * DAY


def test_a_chase_without_an_earlier_date_still_sets_one(desk: Desk) -> None:
    number = transferred(desk, reply_by=None)
    assert "逾期。" not in desk.pdf_text(desk.chase(number))
    assert desk.seen(number).reply_due == TODAY + 7 * DAY


def test_only_a_reply_that_has_not_come_is_chased(desk: Desk) -> None:
    number = transferred(desk)
    with faulty(("reply_by", "required")):
        desk.chase(number, reply_by=None)
    with faulty(("day", "before_transfer"), ("reply_by", "before")):
        desk.chase(number, day=TODAY - 5 * DAY, reply_by=TODAY - 6 * DAY)
    with faulty(("consequence", "gives_away")):
        desk.chase(number, consequence=f"请与{NAME}联系")
    desk.chase(number)
    with faulty(("day", "before_chase")):
        desk.chase(number, day=TODAY - DAY)
    desk.find(number)
    with forbidden("already_done"):
        desk.chase(number)
    accepted = desk.register()
    desk.decide(accepted, Ruling.ACCEPT)
    with forbidden("other_ruling"):
        desk.chase(accepted)


# ---- 延期告知书 -----------------------------------------------------------------------------------


def test_an_extension_keeps_both_dates_and_moves_no_clock_of_the_rulebook(desk: Desk) -> None:
    number = desk.register()
    desk.decide(number, Ruling.ACCEPT)
    ends = [c.end for c in desk.seen(number).clocks]
    letter = desk.extend(number, due=date(2026, 11, 27), new_due=date(2026, 12, 11))
    said = desk.pdf_text(letter)
    for words in ("第七条第（四）项", "经周主任批准", "2026年11月27日", "2026年12月11日", NAME):
        assert words in said
    seen = desk.seen(number)
    step = seen.steps[-1]
    assert (followups.extended_from(step), step.due) == (date(2026, 11, 27), date(2026, 12, 11))
    assert (step.person, step.text) == ("周主任", "需要逐笔核对登记台账")
    assert [c.end for c in seen.clocks] == ends
    assert written(desk, number) is ClockState.MET  # it is a written word
    assert seen.extended is not None
    assert seen.extended.due == date(2026, 12, 11)
    item = next(i for i in today.agenda(desk.office, TODAY) if i.extended)
    assert (item.group, item.due, item.next_step) == (Group.TODO, date(2026, 12, 11), Step.FIND)
    late = next(i for i in today.agenda(desk.office, date(2026, 12, 12)) if i.extended)
    assert late.group is Group.OVERDUE
    desk.extend(number, due=date(2026, 12, 11), new_due=date(2026, 12, 25))
    shown = [i.due for i in today.agenda(desk.office, TODAY) if i.extended]
    assert shown == [date(2026, 12, 25)]
    desk.find(number)
    desk.answer(number)
    assert desk.seen(number).extended is None
    assert not [i for i in today.agenda(desk.office, TODAY) if i.extended]
    with forbidden("already_done"):
        desk.extend(number)


def test_an_extension_of_an_anonymous_matter_is_told_to_a_unit_concerned(desk: Desk) -> None:
    number = desk.anonymous()
    desk.decide(number, Ruling.TRANSFER)
    desk.transfer(number)
    units = followups.concerned(desk.seen(number))
    assert units == ((2, "市市场监督局"), (1, "市住房保障局"))
    said = desk.pdf_text(desk.extend(number, to=2))
    assert "市市场监督局：" in said
    seen = desk.seen(number)
    assert seen.complaint.told_in_writing is None
    assert seen.steps[-1].unit_name == "市市场监督局"
    assert seen.letters[-1].addressee == "市市场监督局"
    events = desk.count("event")
    looking.read_letter(desk.office, number, seen.letters[-1].id, ACTING)
    assert desk.count("event") == events  # nobody is named in it
    with faulty(("to", "choose_unit")):
        desk.extend(number, to=3)


def test_an_extension_says_what_is_wrong_with_it(desk: Desk) -> None:
    number = desk.register()
    with forbidden("earlier_step_first"):
        desk.extend(number)
    desk.decide(number, Ruling.ACCEPT)
    with faulty(("reason", "required"), ("approved_by", "required"), ("new_due", "required")):
        desk.extend(number, reason="", approved_by="", new_due=None)
    with faulty(("new_due", "not_later")):
        desk.extend(number, due=TODAY + DAY, new_due=TODAY + DAY)
    with faulty(("due", "before_receipt")):
        desk.extend(number, due=date(2026, 11, 1))
    refused = desk.register()
    desk.decide(refused, Ruling.REFUSE)
    with forbidden("other_ruling"):
        desk.extend(refused)


@pytest.mark.parametrize("place", ["baoding", "kunming", "yingshang", "district"])
def test_every_place_can_print_the_words_beside_the_main_way(desk_of: Make, place: str) -> None:
    desk = desk_of(complaint=place)
    accepted, moved = desk.register(), desk.register()
    desk.decide(accepted, Ruling.ACCEPT)
    desk.decide(moved, Ruling.TRANSFER)
    desk.transfer(moved)
    for letter in (desk.tell_acceptance(accepted), desk.extend(accepted), desk.chase(moved)):
        assert "依据《" in desk.pdf_text(letter)


def test_drafts_show_no_name_and_wait_for_what_they_can_not_do_without(desk: Desk) -> None:
    number = transferred(desk)
    accepted = desk.register()
    desk.decide(accepted, Ruling.ACCEPT)
    drafts: list[tuple[int, followups.Draft]] = [
        (accepted, AcceptanceDraft("", None, None)),
        (number, ChaseDraft(TODAY + DAY, f"请与{NAME}联系", TODAY)),
        (accepted, ExtensionDraft("查证需要时间", "", None, None, "", None)),
    ]
    for of, draft in drafts:
        shown = followups.preview(desk.office, of, draft, ACTING)
        said = text_of(shown.pdf)
        assert (MASK in said) == (of == accepted)
        assert bool(shown.faults) == (of == number)
        if of == accepted:
            assert NAME not in said
    with faulty(("reply_by", "required")):
        followups.preview(desk.office, number, ChaseDraft(None, "", TODAY), ACTING)
    with faulty(("reason", "required")):
        empty = ExtensionDraft("", "", None, None, "", None)
        followups.preview(desk.office, accepted, empty, ACTING)
    hidden = desk.anonymous()
    desk.decide(hidden, Ruling.ACCEPT)
    to = ExtensionDraft("查证需要时间", "", None, None, "", None, to=1)
    assert "市住房保障局：" in text_of(followups.preview(desk.office, hidden, to, ACTING).pdf)


# ---- 领导批示单, 投诉登记表, 今日要办 ---------------------------------------------------------------


def test_the_leaders_sheet_never_says_who_complained(desk: Desk) -> None:
    number = desk.register()
    start = sheets.approval_beginning(desk.office, number, ACTING)
    summary = start.summary
    assert start.proposal == ""
    assert summary == f"我叫{MASK}，电话{MASK}。该局未按规定公开职权目录。"
    said = text_of(
        sheets.approval_sheet(desk.office, number, ApprovalDraft(summary, "拟受理"), ACTING)
    )
    assert not [s for s in SECRETS if s in said]
    for words in ("实名", "拟受理", "2026年11月23日前（第七条第（三）项）", "如需转办", "领导批示"):
        assert words in said
    for told in (f"{NAME}反映", f"来电{PHONE[:3]} {PHONE[3:]}", f"住{ADDRESS}"):
        with faulty(("summary", "gives_away")):
            sheets.approval_sheet(desk.office, number, ApprovalDraft(told, ""), ACTING)
    with faulty(("proposal", "gives_away")):
        sheets.approval_sheet(desk.office, number, ApprovalDraft("未公开", f"约{NAME}"), ACTING)
    with faulty(("summary", "required")):
        sheets.approval_sheet(desk.office, number, ApprovalDraft(" ", ""), ACTING)


@pytest.mark.parametrize(
    ("channel", "line"),
    [("visit", "签名（捺印）"), ("phone", "向来电人复述"), ("letter", "")],
)
def test_the_intake_sheet_shows_who_complained_and_writes_that_down(
    desk: Desk, channel: str, line: str
) -> None:
    two = (PersonTyped(NAME, PHONE, ADDRESS), PersonTyped("孙少少"))
    number = desk.register(channel=channel, identity=Identity.JOINT, complainants=two)
    events = desk.count("event", "action = 'complaint.reveal'")
    said = text_of(sheets.intake_sheet(desk.office, number, ACTING))
    assert desk.count("event", "action = 'complaint.reveal'") == events + 1
    assert NAME in said
    assert "孙少少" in said
    assert "联名" in said
    for words in ("签名（捺印）", "向来电人复述"):
        assert (words in said) == (words == line)


def test_an_anonymous_intake_sheet_shows_nobody_and_needs_no_record(desk: Desk) -> None:
    number = desk.anonymous(text="公开栏没有更新。")
    events = desk.count("event")
    assert "匿名" in text_of(sheets.intake_sheet(desk.office, number, ACTING))
    assert desk.count("event") == events


def test_the_sheet_for_the_wall_says_what_is_due_in_words_of_the_right_table(desk: Desk) -> None:
    assert "今日没有需要办理的事项" in text_of(sheets.agenda_sheet(desk.office, ACTING))
    transferred(desk)
    desk.register()
    desk.open_case()
    said = text_of(sheets.agenda_sheet(desk.office, ACTING))
    for words in ("星期五，工作日", "已超期", "发催办函", "记录领导批示", "登记证据"):
        assert words in said
    assert "责任追究决定书" not in said
    assert "逾期" not in said
    assert not [s for s in SECRETS if s in said]


def test_what_has_no_date_stands_together_on_the_sheet(desk: Desk) -> None:
    cases = [desk.open_case() for _n in range(3)]
    said = text_of(sheets.agenda_sheet(desk.office, ACTING))
    assert "共3件案〔2026〕0001、0002、0003登记证据" in said.replace("\n", "")
    assert len(cases) == said.count("、000") + 1
    desk.decide(desk.register(), Ruling.ACCEPT)
    assert "投〔2026〕0001" in text_of(sheets.agenda_sheet(desk.office, ACTING))


def test_the_leaders_sheet_holds_three_hundred_characters_on_a_page(desk: Desk) -> None:
    number = desk.register()
    for length, pages in ((300, 1), (600, 2)):
        summary = ("窗口工作人员每次只告知部分材料，收费标准没有公开。" * 30)[:length]
        draft = ApprovalDraft(summary, "拟转市住房和城乡建设局办理，请领导批示。")
        pdf = sheets.approval_sheet(desk.office, number, draft, ACTING)
        assert len(pypdf.PdfReader(BytesIO(pdf)).pages) == pages
