"""Letters of which only the handing over is registered (只登交接): own number, own list, two signatures."""

from dataclasses import replace
from datetime import date

import pytest

from db.errors import StorageFault
from db.ledger import StaleRecord
from desktop.rules.clocks import ClockState
from desktop.rules.handovers import HandingDraft, HandoverDraft, HandoverState, Sealing
from desktop.usecases import audit, handovers, letterbook, listing, monthly, today
from desktop.usecases.identity import MASK, SEALED
from desktop.usecases.listing import Query
from desktop.usecases.monthly import Month
from desktop.usecases.office import take_back
from desktop.usecases.today import Group
from tests.pdftext import text_of
from tests.usecases.desk import ACTING, TODAY, Desk, at, faulty, forbidden

OUTSIDE = "牛皮纸信封，16 开，左下角写有“王某某寄”"
LETTER = HandoverDraft(
    kind="superior",
    received=date(2026, 11, 18),
    at="9:05",
    channel="信函",
    brought="邮递员小周",
    envelope=OUTSIDE,
    seal="0007",
    sealing=Sealing.INTACT,
    pieces=1,
    weight=36,
    to_unit="市纪委监委信访室",
)
HAND = HandingDraft("市纪委监委信访室", "赵建国", TODAY, "09:20", signed=True)


def register(desk: Desk, **change: object) -> int:
    draft = replace(LETTER, **change)  # type: ignore[arg-type]
    return handovers.register(desk.office, draft, ACTING).value


def test_it_has_its_own_number_and_stands_apart_from_the_register(desk: Desk) -> None:
    first = register(desk)
    complaint = desk.register()
    second = register(desk, kind="own_head")
    rows = handovers.rows(desk.office, TODAY)
    assert [row.letter.number for row in rows] == ["接〔2026〕0002", "接〔2026〕0001"]
    assert [row.letter.id for row in rows] == [second, first]
    assert desk.seen(complaint).complaint.number == "投〔2026〕0001"
    assert listing.counts(desk.office, TODAY).total == 1
    assert listing.opening(desk.office, Query(words="牛皮纸"), TODAY).count == 0


def test_its_outside_is_sealed_everywhere_and_shown_only_to_who_may_see(desk: Desk) -> None:
    one = register(desk)
    kept = desk.office.db.execute("SELECT envelope, brought FROM handover").fetchone()
    assert all(value.startswith(SEALED) for value in kept)
    log = desk.office.db.execute("SELECT group_concat(after) FROM event_change").fetchone()[0]
    assert "牛皮纸" not in log
    assert "小周" not in log
    assert handovers.rows(desk.office, TODAY)[0].letter.envelope == MASK
    assert handovers.view(desk.office, one, TODAY).row.letter.envelope == OUTSIDE


def test_its_number_is_no_gap_in_the_letter_book(desk: Desk) -> None:
    register(desk)
    assert letterbook.gaps(desk.office) == ()


def test_it_is_due_by_the_rule_until_both_have_signed(desk: Desk) -> None:
    one = register(desk)
    row = handovers.rows(desk.office, TODAY)[0]
    assert row.due is not None
    assert row.due.due == date(2026, 11, 25)  # five working days, as the national text says
    item = next(i for i in today.agenda(desk.office, TODAY) if i.record == "handover")
    assert (item.number, item.group, item.record_id) == ("接〔2026〕0001", Group.SOON, one)
    assert "第十五条" in item.article
    with faulty(("signed", "both_sign")):
        handovers.hand_over(desk.office, one, replace(HAND, signed=False), ACTING)
    handovers.hand_over(desk.office, one, HAND, ACTING)
    seen = handovers.view(desk.office, one, TODAY)
    assert seen.row.state is HandoverState.HANDED
    assert seen.row.due is not None
    assert seen.row.due.status.state is ClockState.MET
    assert (seen.row.letter.handed_at, seen.row.letter.handed_by) == ("09:20", "王敏")
    assert not [i for i in today.agenda(desk.office, TODAY) if i.record == "handover"]
    with forbidden("already_done"):
        handovers.hand_over(desk.office, one, HAND, ACTING)


def test_late_letters_press_and_letters_about_the_own_head_have_no_day(desk: Desk) -> None:
    register(desk, received=date(2026, 11, 2))
    register(desk, kind="own_head")
    items = [i for i in today.agenda(desk.office, TODAY) if i.record == "handover"]
    assert [(i.group, i.due is None) for i in items] == [
        (Group.OVERDUE, False),
        (Group.TODO, True),
    ]


def test_the_sheet_for_two_signatures_says_the_outside_and_nothing_else(desk: Desk) -> None:
    one = register(desk)
    said = text_of(handovers.sheet(desk.office, one, ACTING))
    for words in ("来信交接单", "接〔2026〕0001", "封条完好", "0007", "36克", "签名", "第十五条"):
        assert words in said
    assert said.count("签名：") == 2
    assert desk.office.db.execute("SELECT action FROM event ORDER BY seq DESC").fetchone() == (
        "handover.print",
    )


def test_it_is_corrected_with_a_reason_and_what_is_the_same_is_not_sealed_anew(desk: Desk) -> None:
    one = register(desk)
    seen = handovers.view(desk.office, one, TODAY).row.letter
    before = desk.rows()
    sealed = desk.office.db.execute("SELECT envelope FROM handover").fetchone()
    draft = handovers.draft_of(seen)
    with faulty(("", "unchanged")):
        handovers.correct(desk.office, one, draft, "看错", seen.rev, ACTING)
    with faulty(("reason", "required")):
        handovers.correct(desk.office, one, replace(draft, seal="0008"), "", seen.rev, ACTING)
    handovers.correct(desk.office, one, replace(draft, seal="0008"), "看错封条", seen.rev, ACTING)
    assert handovers.view(desk.office, one, TODAY).row.letter.seal == "0008"
    assert desk.office.db.execute("SELECT envelope FROM handover").fetchone() == sealed
    with pytest.raises(StaleRecord):
        handovers.correct(desk.office, one, replace(draft, seal="0009"), "又错", seen.rev, ACTING)
    desk.take_back()
    assert desk.rows() == before


def test_a_void_entry_keeps_its_number_and_can_be_taken_back(desk: Desk) -> None:
    one = register(desk)
    with faulty(("reason", "required")):
        handovers.void(desk.office, one, " ", ACTING)
    handovers.void(desk.office, one, "重复登记", ACTING)
    row = handovers.rows(desk.office, TODAY)[0]
    assert (row.state, row.letter.void_reason) == (HandoverState.VOID, "重复登记")
    with forbidden("void"):
        handovers.hand_over(desk.office, one, HAND, ACTING)
    desk.take_back()
    assert handovers.rows(desk.office, TODAY)[0].state is HandoverState.HELD
    register(desk)
    assert handovers.rows(desk.office, TODAY)[0].letter.number == "接〔2026〕0002"


def test_taking_back_the_entry_itself_makes_it_void_and_later_steps_hold_it(desk: Desk) -> None:
    one = register(desk)
    made = desk.last_event()
    handovers.hand_over(desk.office, one, HAND, ACTING)
    with pytest.raises(StorageFault):
        take_back(desk.office, made, ACTING)
    desk.take_back()
    assert handovers.rows(desk.office, TODAY)[0].state is HandoverState.HELD
    register(desk)
    take_back(desk.office, desk.last_event(), ACTING, "登错")
    assert handovers.rows(desk.office, TODAY)[0].state is HandoverState.VOID


def test_the_log_bears_it_out_and_the_month_counts_it_apart(desk: Desk) -> None:
    one = register(desk)
    handovers.hand_over(desk.office, one, HAND, ACTING)
    desk.register()
    assert audit.inspect(desk.office).findings == ()
    said = text_of(monthly.sheet(desk.office, Month(2026, 11), at(TODAY)))
    assert "只登交接1件" in said
    assert "本月1件：投〔2026〕0001" in said
