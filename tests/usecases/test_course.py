"""拟办, 中止与恢复, 归档, 撤销上一步: what they keep, what they move, what they refuse."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop import paths
from desktop.rules.clocks import ClockState
from desktop.rules.complaints import Ruling, State, Step
from desktop.usecases import (
    contents,
    corrections,
    course,
    letterbook,
    links,
    listing,
    sheets,
    today,
    undoing,
)
from desktop.usecases.complaints import Outcome
from desktop.usecases.letterbook import DispatchDraft
from desktop.usecases.links import LinkDraft, LinkKind, MergeDraft
from desktop.usecases.listing import Query
from desktop.usecases.register import Written
from desktop.usecases.rulebooks import load_library
from desktop.usecases.sheets import ApprovalDraft
from desktop.usecases.today import Group
from tests.pdftext import text_of
from tests.usecases.desk import (
    ACTING,
    NAME,
    SECRETS,
    TODAY,
    Desk,
    at,
    faulty,
    forbidden,
)

DAY = timedelta(days=1)


def moved(desk: Desk, **change: object) -> int:
    """Received on the 18th, decided on the 19th to be passed on."""
    number = desk.register(received=date(2026, 11, 18), **change)
    desk.decide(number, Ruling.TRANSFER, at(TODAY - DAY))
    return number


# ---- 拟办 --------------------------------------------------------------------------------------


def test_a_proposal_is_optional_and_may_be_put_anew(desk: Desk) -> None:
    number = desk.register()
    with faulty(("receiver", "receiver_is_accused")):
        desk.propose(number, receiver=1)
    with faulty(("ruling", "choose"), ("text", "required")):
        desk.propose(number, ruling=None, text="")
    with faulty(("text", "gives_away")):
        desk.propose(number, text=f"{NAME}反映的情况属实。")
    desk.propose(number, ruling=Ruling.ACCEPT, text="建议组织调查。")
    assert desk.seen(number).state is State.PROPOSED
    start = sheets.approval_beginning(desk.office, number, ACTING)
    assert start.proposal == "拟受理并组织调查，由李堃承办。建议组织调查。"
    desk.propose(number, handler="")
    start = sheets.approval_beginning(desk.office, number, ACTING)
    assert start.proposal == "拟转市市场监督局办理。属于该局职权，建议转办。"
    draft = ApprovalDraft(start.summary, start.proposal)
    said = text_of(sheets.approval_sheet(desk.office, number, draft, ACTING))
    assert "拟转市市场监督局办理。属于该局职权，建议转办。" in said
    assert not [s for s in SECRETS if s in said]
    with faulty(("day", "before_propose")):
        desk.decide(number, Ruling.TRANSFER, day=TODAY - DAY)
    desk.decide(number, Ruling.ACCEPT)  # the leader decides otherwise
    with forbidden("already_done"):
        desk.propose(number)
    other = desk.register()
    desk.decide(other, Ruling.ACCEPT)  # straight away, as ever


def test_a_merged_complaint_goes_back_to_where_it_was_proposed(desk: Desk) -> None:
    one, other = desk.register(), desk.register()
    desk.propose(one)
    links.merge(desk.office, one, MergeDraft("2", TODAY), ACTING)
    links.unlink(desk.office, one, desk.seen(one).links[0].id, "关联错了", ACTING)
    assert desk.seen(one).state is State.PROPOSED
    assert desk.seen(other).state is State.REGISTERED


# ---- 中止、恢复 ---------------------------------------------------------------------------------


def test_a_pause_tells_the_complainants_and_names_no_basis_where_there_is_none(desk: Desk) -> None:
    number = moved(desk)
    with faulty(("reason", "required"), ("approved_by", "required")):
        desk.pause(number, reason="", approved_by="")
    with faulty(("day", "before_decide")):
        desk.pause(number, day=TODAY - 2 * DAY)
    with faulty(("day", "future")):
        desk.pause(number, day=TODAY + DAY)
    assert course.pause_rule(desk.seen(number)) == ""
    desk.pause(number, reason=f"等待法院对{NAME}一案的判决")
    seen = desk.seen(number)
    assert seen.complaint.told_in_writing == TODAY
    (letter,) = seen.letters
    assert (letter.kind, letter.secret, letter.addressee) == ("pause", True, "×××")
    assert NAME in desk.pdf_text(letter.id)
    assert "依据" not in desk.pdf_text(letter.id)
    assert "×××" in seen.steps[-1].text
    with forbidden("paused"):
        desk.transfer(number)
    with forbidden("paused"):
        desk.pause(number)
    with faulty(("day", "before_pause")):
        desk.resume(number, day=TODAY - DAY)
    desk.interim(number)
    desk.resume(number, at(TODAY + 3 * DAY))
    with forbidden("not_paused"):
        desk.resume(number)
    assert "共3日，不计入办理期限" in desk.pdf_text(
        desk.seen(number, TODAY + 3 * DAY).letters[-1].id
    )


def test_no_pause_or_extension_prints_the_mask_of_the_complainants(desk: Desk) -> None:
    number = moved(desk)
    with faulty(("reason", "mask_printed"), ("basis", "mask_printed")):
        desk.pause(number, reason="等待法院对×××一案的判决", basis="×××的申请")
    with faulty(("reason", "mask_printed"), ("progress", "mask_printed")):
        desk.extend(number, reason="×××补交了材料", progress="正在核对×××的材料")
    desk.pause(number, reason=f"等待法院对{NAME}一案的判决")
    shown = (
        desk.seen(number).steps[-1].text
    )  # what a clerk takes over from the course of the matter
    with faulty(("reason", "mask_printed")):
        desk.resume(number, reason=f"{shown}已经生效")
    desk.resume(number, reason="判决已经生效")
    assert not any(
        "×××" in desk.pdf_text(one.id) for one in desk.seen(number).letters if one.secret
    )


def test_several_pauses_add_up_and_every_view_tells_the_same(desk: Desk) -> None:
    number = moved(desk)
    days = [TODAY + n * DAY for n in (0, 3, 5, 12)]
    desk.pause(number, at(days[0]))
    desk.resume(number, at(days[1]))
    desk.pause(number, at(days[2]))
    while_paused = desk.seen(number, days[3])
    (transfer,) = [c for c in while_paused.clocks if c.rule.id == "transfer"]
    assert transfer.status.state is ClockState.PAUSED
    overdue = listing.counts(desk.office, days[3])
    assert (overdue.overdue, overdue.soon, overdue.paused) == (0, 0, 1)
    desk.resume(number, at(days[3]))
    seen = desk.seen(number, days[3])
    (transfer,) = [c for c in seen.clocks if c.rule.id == "transfer"]
    assert transfer.end is not None
    # 20th; 25th, 26th, 27th, 30th and 1 December are the working days that were taken
    assert transfer.end.planned == date(2026, 11, 25)
    assert (transfer.end.credited, transfer.end.due) == (6, date(2026, 12, 3))
    found = listing.opening(desk.office, Query(), days[3]).pages[0][0].clock
    assert found is not None
    assert found.end is not None
    assert (found.end.due, found.end.planned) == (transfer.end.due, transfer.end.planned)
    item = next(i for i in today.agenda(desk.office, days[3]) if i.due == date(2026, 12, 3))
    assert item.shifted
    start = sheets.approval_beginning(desk.office, number, at(days[3]))
    said = text_of(
        sheets.approval_sheet(desk.office, number, ApprovalDraft(start.summary, ""), at(days[3]))
    )
    assert "转办：2026年12月3日前" in said
    assert "原定2026年11月25日，中止后顺延" in said
    wall = text_of(sheets.agenda_sheet(desk.office, at(days[3])))
    assert "2026-12-03（中止后顺延）" in wall
    desk.transfer(number, at(days[3]), reply_by=None)
    (transfer,) = [c for c in desk.seen(number).clocks if c.rule.id == "transfer"]
    assert transfer.status.state is ClockState.MET


def test_a_pause_rests_the_days_that_the_office_itself_named(desk: Desk) -> None:
    number = moved(desk)
    desk.transfer(number, reply_by=date(2026, 11, 24))
    desk.extend(number, new_due=date(2026, 11, 26))
    desk.pause(number)
    later = TODAY + 10 * DAY
    (line,) = today.agenda(desk.office, later)
    assert (line.group, line.next_step, line.rested) == (Group.WAITING, Step.RESUME, 11)
    resting = desk.seen(number, later)
    assert resting.extended is not None
    assert resting.extended.status.state is ClockState.PAUSED
    wall = text_of(sheets.agenda_sheet(desk.office, at(later)))
    assert "中止第11天" in wall
    desk.resume(number, at(later))
    seen = desk.seen(number, later)
    # the 20th is the day on which they were named: it would not have counted anyway
    assert seen.reply_due == date(2026, 12, 3)
    assert seen.extended is not None
    assert (seen.extended.due, seen.extended.planned) == (date(2026, 12, 5), date(2026, 11, 26))
    lines = today.agenda(desk.office, later)
    assert {i.due for i in lines if i.record_id == number} == {date(2026, 12, 3), date(2026, 12, 5)}


def test_what_was_overdue_before_is_not_helped_by_a_pause(desk: Desk) -> None:
    number = desk.anonymous(received=date(2026, 11, 2))
    desk.decide(number, Ruling.TRANSFER)
    desk.pause(number)
    (transfer,) = [c for c in desk.seen(number).clocks if c.rule.id == "transfer"]
    assert transfer.status.state is ClockState.OVERDUE
    groups = {(i.group, i.rested > 0) for i in today.agenda(desk.office, TODAY)}
    assert groups == {(Group.OVERDUE, False), (Group.WAITING, True)}
    assert desk.seen(number).letters == ()


def test_a_matter_merged_away_rests_no_more_and_rests_again_when_it_comes_back(desk: Desk) -> None:
    number, other = moved(desk), desk.register()
    desk.pause(number)
    links.merge(desk.office, number, MergeDraft("2", TODAY), ACTING)
    assert listing.counts(desk.office, TODAY).paused == 0
    assert desk.seen(number).permitted == (Step.ARCHIVE,)
    links.unlink(desk.office, number, desk.seen(number).links[0].id, "关联错了", ACTING)
    assert listing.counts(desk.office, TODAY).paused == 1
    assert desk.seen(number).permitted[0] is Step.RESUME
    del other


def test_a_corrected_receipt_counts_its_pauses_anew(desk: Desk) -> None:
    number = moved(desk)
    desk.pause(number)
    desk.resume(number, at(TODAY + 7 * DAY))
    acting = at(TODAY + 7 * DAY)
    before = next(c for c in desk.seen(number).clocks if c.rule.id == "transfer").end
    written = Written(date(2026, 11, 17), desk.seen(number).standing.identity)
    moves = corrections.foresee(desk.office, number, written, acting.today)
    (new,) = [m.new for m in moves if m.rule.id == "transfer"]
    assert before is not None
    assert new is not None
    assert new.end is not None
    assert new.end.due == before.due - DAY
    assert new.end.credited == 5


# ---- 归档 --------------------------------------------------------------------------------------


def done(desk: Desk) -> int:
    number = desk.register()
    desk.decide(number, Ruling.ACCEPT)
    desk.find(number, Outcome.UNPROVEN)
    desk.answer(number)
    desk.close(number)
    return number


def test_a_filed_complaint_is_locked_but_for_taking_it_up_anew(desk: Desk) -> None:
    number, other = done(desk), desk.register()
    with faulty(("day", "before_close")):
        desk.archive(number, day=TODAY - DAY)
    with faulty(("volume", "required"), ("retention", "required"), ("person", "required")):
        desk.archive(number, volume=" ", retention="", person="")
    for wrong in ("0", "-1", "十二", "100000", "1.5"):
        with faulty(("pages", "page_count")):
            desk.archive(number, pages=wrong)
    desk.archive(number, box="", pages="")
    seen = desk.seen(number)
    assert seen.state is State.ARCHIVED
    assert seen.archive is not None
    assert (seen.archive.volume, seen.archive.pages) == ("WS·2026-Y-0001", None)
    for step in Step:
        if step not in (Step.REGISTER, Step.OPEN_CASE):
            why = next(p.why_not for p in seen.permissions if p.step is step)
            assert why == "archived", step
    with forbidden("archived"):
        desk.archive(number)
    with forbidden("archived"):
        links.link(desk.office, number, LinkDraft("2", LinkKind.RELATED), ACTING)
    with forbidden("archived"):
        links.merge(desk.office, number, MergeDraft("2", TODAY), ACTING)
    again = links.reopen(desk.office, number, ACTING)
    assert again.complaint.subject == seen.complaint.subject
    links.link(desk.office, other, LinkDraft("1", LinkKind.RELATED), ACTING)  # to it, not of it
    proven = desk.proven()
    desk.answer(proven)
    desk.close(proven)
    desk.archive(proven)
    desk.open_case(complaint=proven)


def test_what_is_closed_and_not_filed_waits_on_one_quiet_line(desk: Desk) -> None:
    assert today.agenda(desk.office, TODAY) == ()
    first, second = done(desk), done(desk)
    (line,) = today.agenda(desk.office, TODAY)
    assert (line.record_id, line.unfiled, line.group) == (first, 2, Group.TODO)
    assert (line.due, today.pressing((line,))) == (None, 0)
    wall = text_of(sheets.agenda_sheet(desk.office, ACTING))
    assert "等2件已办结未归档" in wall
    desk.archive(first)
    (line,) = today.agenda(desk.office, TODAY)
    assert (line.record_id, line.unfiled) == (second, 1)
    desk.archive(second)
    assert today.agenda(desk.office, TODAY) == ()
    plan = course.filing_plan(desk.office)
    assert (plan.volumes, plan.boxes, plan.retentions) == (("WS·2026-Y-0001",), ("3",), ("30年",))


def test_the_list_of_papers_has_every_one_in_its_order_and_nobodys_name(desk: Desk) -> None:
    number = moved(desk)
    desk.transfer(number)
    desk.interim(number)
    voided = desk.chase(number)
    desk.undo_last(number)
    desk.find(number, investigators="市市场监督局")
    desk.answer(number)
    desk.close(number)
    draft = contents.contents_sheet(desk.office, number, ACTING)
    assert "保管期限：　" not in text_of(draft)
    assert "归档人：" in text_of(draft)
    desk.archive(number)
    said = text_of(contents.contents_sheet(desk.office, number, ACTING))
    order = ["投诉登记表", "领导批示单", "转办", "办理情况告知书", "承办单位回复材料"]
    places = [said.index(word) for word in order]
    assert places[0] > 0
    assert sorted(places[1:4]) == places[1:4]
    assert "本卷共6份材料。" in said
    assert "全卷12页" in said
    assert not [s for s in SECRETS if s in said]
    void = next(x for x in desk.seen(number).letters if x.id == voided)
    assert void.void
    assert "催办" not in said


# ---- 撤销上一步 ---------------------------------------------------------------------------------


def test_step_after_step_is_taken_back_to_the_first(desk: Desk) -> None:
    number = moved(desk)
    desk.pause(number)
    desk.resume(number)
    desk.transfer(number)
    states = []
    for _ in range(5):
        last = undoing.foresee(desk.office, number, ACTING)
        states.append((last.action, last.after))
        desk.undo_last(number)
        assert desk.seen(number).state is last.after
    assert states == [
        ("complaint.transfer", State.TRANSFER_DUE),
        ("complaint.resume", State.TRANSFER_DUE),
        ("complaint.pause", State.TRANSFER_DUE),
        ("complaint.decide", State.REGISTERED),
        ("complaint.register", State.VOID),
    ]
    with forbidden("nothing_to_undo"):
        undoing.foresee(desk.office, number, ACTING)
    seen = desk.seen(number)
    assert len(seen.taken_back) == 5
    assert seen.complaint.number == "投〔2026〕0001"
    assert all(x.void for x in seen.letters)
    assert desk.seen(desk.register()).complaint.number == "投〔2026〕0002"


def test_a_reason_is_asked_for_and_names_nobody(desk: Desk) -> None:
    number = moved(desk)
    last = undoing.foresee(desk.office, number, ACTING)
    with faulty(("reason", "required")):
        undoing.undo(desk.office, number, last.event, " ", ACTING)
    desk.interim(number)
    with pytest.raises(undoing.StaleRecord):  # something else was done since it was shown
        undoing.undo(desk.office, number, last.event, "写错", ACTING)
    desk.undo_last(number, reason=f"{NAME}又来电话")
    assert desk.seen(number).taken_back[0].reason == "×××又来电话"


def test_what_was_built_on_a_step_is_named(desk: Desk) -> None:
    number = desk.proven()
    case = desk.open_case(complaint=number)
    last = undoing.foresee(desk.office, number, ACTING)
    assert (last.why_not, dict(last.facts)) == ("built_case", {"number": "案〔2026〕0001"})
    with forbidden("built_case"):
        desk.undo_last(number)
    del case
    other = desk.register()
    desk.decide(other, Ruling.ACCEPT)
    letter = desk.interim(other)
    sent = DispatchDraft(TODAY, "邮寄", "投诉举报人")
    letterbook.dispatch(desk.office, letter, sent, ACTING)
    last = undoing.foresee(desk.office, other, ACTING)
    assert last.why_not == "built_letter"
    assert last.letters == (dict(last.facts)["number"],)
    third, fourth = desk.register(), desk.register()
    links.link(desk.office, fourth, LinkDraft(str(third), LinkKind.RELATED), ACTING)
    last = undoing.foresee(desk.office, third, ACTING)
    assert (last.why_not, dict(last.facts)) == ("built_link", {"number": "投〔2026〕0004"})


def test_a_correction_is_a_step_that_can_be_taken_back(desk: Desk) -> None:
    number = desk.register()
    wanted = corrections.Correction(
        desk.draft(subject="职权目录公开不全"),
        "主题写错",
        desk.seen(number).complaint.rev,
        named=True,
    )
    corrections.correct(desk.office, number, wanted, ACTING)
    last = undoing.foresee(desk.office, number, ACTING)
    assert (last.action, last.now, last.after) == (
        "complaint.correct",
        State.REGISTERED,
        State.REGISTERED,
    )
    desk.undo_last(number)
    assert desk.seen(number).complaint.subject == "职权目录未公开"


# ---- 延期 --------------------------------------------------------------------------------------


LIMIT = """
[[clocks]]
id = "extended"
source = "complaints"
article = "第七条"
system = "complaints"
name = "延期"
starts = "extended"
stops = "answered"
count = 30
unit = "day"
text = "最长延长30日"
"""


def test_an_extension_keeps_to_the_limit_of_its_rulebook(desk: Desk, tmp_path: Path) -> None:
    """No place's text at hand sets one; a rulebook that does is obeyed."""
    number = desk.register()
    desk.decide(number, Ruling.ACCEPT)
    desk.extend(number, due=date(2026, 11, 27), new_due=date(2027, 6, 1))
    desk.undo_last(number)
    folder = tmp_path / "rulebooks"
    shutil.copytree(paths.resources() / "rulebooks", folder)
    with (folder / "baoding.toml").open("a", encoding="utf-8") as book:
        book.write(LIMIT)
    desk.office.library = load_library(folder)
    desk.office.pack_cache.clear()
    with faulty(("new_due", "too_far")):
        desk.extend(number, due=date(2026, 11, 27), new_due=date(2026, 12, 28))
    desk.extend(number, due=date(2026, 11, 27), new_due=date(2026, 12, 27))
