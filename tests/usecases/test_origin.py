"""Complaints that another body sent on (来源): kept, corrected, found, and replied to."""

from dataclasses import replace
from datetime import date

from desktop.rules.clocks import ClockState
from desktop.rules.complaints import ORIGIN, Ruling, RunningClock
from desktop.usecases import corrections, listing, origins, register, sheets
from desktop.usecases import today as agenda
from desktop.usecases.corrections import Correction
from desktop.usecases.listing import Press, Query
from desktop.usecases.origins import OriginDraft
from desktop.usecases.sheets import TranscriptDraft
from tests.pdftext import text_of
from tests.usecases.desk import ACTING, NAME, SECRETS, TODAY, Desk, at, faulty, forbidden

SENT: dict[str, object] = {
    "origin": "澄岳市信访局",
    "origin_number": "澄信转〔2026〕88号",
    "origin_day": date(2026, 11, 12),
    "origin_due": date(2026, 12, 11),
}


def found(desk: Desk, words: str) -> int:
    return listing.opening(desk.office, Query(words=words), TODAY).count


def test_the_body_that_sent_it_on_is_kept_and_found(desk: Desk) -> None:
    number = desk.register(**SENT)
    desk.register()
    seen = desk.seen(number).complaint
    assert {key: getattr(seen, key) for key in SENT} == SENT
    assert found(desk, "信访局") == 1
    assert found(desk, "澄信转") == 1


def test_what_is_said_of_it_needs_its_name_and_possible_days(desk: Desk) -> None:
    with faulty(("origin", "required")):
        desk.register(origin_number="88号")
    with faulty(("origin", "gives_away")):
        desk.register(origin=f"{NAME}转来")
    with faulty(("origin_day", "future")):
        desk.register(origin="市信访局", origin_day=date(2027, 1, 1))
    with faulty(("origin_due", "before")):
        desk.register(**{**SENT, "origin_due": date(2026, 11, 1)})


def test_it_is_corrected_on_record(desk: Desk) -> None:
    number = desk.register(**SENT)
    before = desk.rows()
    seen = desk.seen(number)
    draft = replace(desk.draft(**SENT), origin_due=date(2026, 12, 18), text=seen.complaint.body)
    wanted = Correction(draft, "看错了日期", seen.complaint.rev, named=False)
    corrections.correct(desk.office, number, wanted, ACTING)
    after = desk.seen(number)
    assert after.complaint.origin_due == date(2026, 12, 18)
    change = corrections.changes(after.corrections[0])
    assert [(c.field, c.old, c.new) for c in change] == [("origin_due", "2026-12-11", "2026-12-18")]
    desk.take_back()
    assert desk.rows() == before


# ---- the word to the body that sent it on ------------------------------------------------------

DRAFT = OriginDraft(TODAY, "已转有关单位核实。", "")


def clock(desk: Desk, number: int, today: date = TODAY) -> RunningClock:
    return next(c for c in desk.seen(number, today).clocks if c.rule is ORIGIN)


def items(desk: Desk, today: date = TODAY) -> list[agenda.Item]:
    return [i for i in agenda.agenda(desk.office, today) if i.todo == agenda.REPLY_TO_ORIGIN]


def test_its_day_is_a_clock_of_its_own_in_the_list_and_today(desk: Desk) -> None:
    number = desk.register(**SENT)
    assert clock(desk, number).end is not None
    item = items(desk)[0]
    assert (item.record_id, item.due, item.clock) == (number, SENT["origin_due"], "外单位要求回复")
    late = date(2026, 12, 14)
    assert items(desk, late)[0].group is agenda.Group.OVERDUE
    sheet = sheets.agenda_sheet(desk.office, at(TODAY))
    assert sheet.startswith(b"%PDF")
    desk.decide(number, Ruling.ACCEPT)
    desk.find(number)
    desk.answer(number)
    desk.close(number)
    row = listing.opening(desk.office, Query(press=Press.OVERDUE), late).pages[0][0]
    assert row.complaint.id == number  # closed, and yet somebody waits
    assert row.clock is not None
    assert row.clock.rule is ORIGIN
    whole = register.rows(desk.office, late)[0]
    assert whole.clock == row.clock
    assert items(desk, late)[0].record_id == number


def test_the_first_word_stops_it_and_undoing_starts_it_again(desk: Desk) -> None:
    number = desk.proven(**SENT)
    before = desk.rows()
    progress, result = origins.beginning(desk.seen(number))
    assert "职权目录确未公开" in progress
    assert "属实" in result
    done = origins.reply(desk.office, number, OriginDraft(TODAY, progress, result), ACTING)
    seen = desk.seen(number)
    assert (seen.complaint.origin_replied, len(seen.origin_replies)) == (TODAY, 1)
    letter = seen.letters[-1]
    assert letter.number == "澄公开办投复〔2026〕1号"
    assert seen.complaint.origin_reply == letter.number
    told = desk.pdf_text(done.value)
    for words in ("澄岳市信访局：", "澄信转〔2026〕88号", "办理结果", "特此函复"):
        assert words in told
    assert not any(secret.replace(" ", "") in told for secret in SECRETS)
    assert clock(desk, number).status.state is ClockState.MET
    assert items(desk) == []
    desk.take_back()
    assert desk.rows() == before
    assert items(desk)


def test_a_second_word_may_follow_and_moves_nothing(desk: Desk) -> None:
    number = desk.register(**SENT)
    origins.reply(desk.office, number, DRAFT, ACTING)
    later = at(date(2026, 12, 1))
    draft = OriginDraft(later.today, "已经办结。", "所反映的问题属实。")
    origins.reply(desk.office, number, draft, later)
    seen = desk.seen(number, later.today)
    assert seen.complaint.origin_replied == TODAY
    assert [s.day for s in seen.origin_replies] == [TODAY, later.today]
    assert [letter.number[-7:] for letter in seen.letters] == ["2026〕1号", "2026〕2号"]


def test_a_reply_sent_otherwise_is_only_noted(desk: Desk) -> None:
    number = desk.register(**SENT)
    with faulty(("sent", "required")):
        origins.reply(desk.office, number, replace(DRAFT, letter=False), ACTING)
    noted = replace(DRAFT, letter=False, number="电话回复信访局办公室")
    assert origins.reply(desk.office, number, noted, ACTING).value == 0
    seen = desk.seen(number)
    assert seen.letters == ()
    assert seen.complaint.origin_reply == "电话回复信访局办公室"
    assert clock(desk, number).stopped == TODAY


def test_it_names_nobody_and_only_what_was_sent_on_is_replied_to(desk: Desk) -> None:
    own = desk.register()
    with forbidden("no_origin"):
        origins.reply(desk.office, own, DRAFT, ACTING)
    number = desk.register(**SENT)
    with faulty(("progress", "gives_away")):
        origins.reply(desk.office, number, replace(DRAFT, progress=f"{NAME}来过。"), ACTING)
    with faulty(("day", "before_receipt")):
        origins.reply(desk.office, number, replace(DRAFT, day=date(2026, 11, 1)), ACTING)
    seen = origins.preview(desk.office, number, replace(DRAFT, result=f"{NAME}满意。"), ACTING)
    assert seen.pdf.startswith(b"%PDF")
    assert [f.code for f in seen.faults] == ["gives_away"]
    desk.take_back(desk.last_event())
    with forbidden("void"):
        origins.reply(desk.office, number, DRAFT, ACTING)


# ---- the record of a visit or call -------------------------------------------------------------


def test_what_was_spoken_is_put_on_a_record_to_be_signed(desk: Desk) -> None:
    letter = desk.register()
    with forbidden("not_spoken"):
        sheets.transcript_beginning(desk.office, letter, ACTING)
    for channel, title, sign in (
        ("visit", "接谈记录", "签名（捺印）"),
        ("phone", "电话记录", "来电人确认"),
    ):
        number = desk.register(channel=channel)
        begin = sheets.transcript_beginning(desk.office, number, ACTING)
        assert begin.present is (channel == "visit")
        assert begin.begun == "2026年11月20日9时30分"
        assert desk.office.db.execute("SELECT action FROM event ORDER BY seq DESC").fetchone() == (
            "complaint.reveal",
        )
        draft = TranscriptDraft(
            begin.begun, "9时50分", "接谈室", begin.host, "李堃", begin.statement,
            tuple((q, "有照片。") for q in begin.questions), begin.demands,
        )  # fmt: skip
        said = text_of(sheets.transcript(desk.office, number, draft, ACTING))
        for words in (title, sign, NAME, "问：有没有证据材料", "答：有照片。", "记录人签名"):
            assert words in said, words
        with faulty(("statement", "required")):
            sheets.transcript(desk.office, number, replace(draft, statement=""), ACTING)
