"""Correcting a registered complaint: the reason, the clocks, the secret, and what must not change."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from db.ledger import StaleRecord
from desktop.rules.complaints import ORIGIN, ComplaintDraft, Identity, PersonTyped, Ruling
from desktop.usecases import corrections, register
from desktop.usecases.corrections import Change, Correction
from desktop.usecases.register import Written
from tests.usecases.desk import ACTING, ADDRESS, NAME, PHONE, TODAY, Desk, Make, faulty, forbidden

REASON = "登记时看错了签收日期。"


def correct(desk: Desk, number: int, reason: str = REASON, **change: Any) -> int:
    """Correct what the desk registers by default; naming complainants means having seen them."""
    named = bool({"identity", "complainants"} & set(change))
    draft: ComplaintDraft = desk.draft(**change)
    if not named:
        draft = replace(draft, identity=Identity.REAL_NAME, complainants=())
    rev = desk.seen(number).complaint.rev
    return corrections.correct(
        desk.office, number, Correction(draft, reason, rev, named), ACTING
    ).event


def test_a_later_receipt_date_moves_the_clocks_and_nothing_that_was_given(desk: Desk) -> None:
    number = desk.register()
    before = desk.seen(number)
    written = Written(date(2026, 11, 18), Identity.REAL_NAME)
    moved = corrections.foresee(desk.office, number, written, TODAY)
    correct(desk, number, received=date(2026, 11, 18))
    after = desk.seen(number)
    assert after.complaint.received == date(2026, 11, 18)
    assert [c.old and c.old.end for c in moved] == [c.end for c in before.clocks]
    assert [c.new and c.new.end for c in moved] == [c.end for c in after.clocks]
    assert all(c.moved for c in moved)
    kept = ("number", "pack", "pack_version", "registered", "state")
    assert all(getattr(after.complaint, k) == getattr(before.complaint, k) for k in kept)
    (step,) = after.corrections
    assert step.person == "王敏"
    assert step.text == REASON
    assert corrections.changes(step) == (Change("received", "2026-11-16", "2026-11-18"),)
    assert desk.count("event", f"action = 'complaint.correct' AND reason = '{REASON}'") == 1


def test_the_day_that_another_body_wants_is_foreseen_as_it_will_be(desk: Desk) -> None:
    number = desk.register()

    def foreseen(**days: date) -> list[tuple[str, date | None, date | None]]:
        written = Written(date(2026, 11, 16), Identity.REAL_NAME, **days)
        found = [m for m in corrections.foresee(desk.office, number, written, TODAY) if m.moved]
        return [
            (
                m.rule.id,
                m.old.end.due if m.old and m.old.end else None,
                m.new.end.due if m.new and m.new.end else None,
            )
            for m in found
        ]

    assert foreseen() == []
    wanted = date(2026, 12, 4)
    assert foreseen(origin_due=wanted) == [("origin", None, wanted)]
    assert foreseen(origin_due=wanted, origin_day=date(2026, 12, 5)) == []  # it can not be kept
    correct(desk, number, origin="澄岳市信访局", origin_due=wanted)
    assert [c.end.due for c in desk.seen(number).clocks if c.rule is ORIGIN and c.end] == [wanted]
    assert foreseen(origin_due=wanted) == []
    assert foreseen(origin_due=date(2026, 12, 8)) == [("origin", wanted, date(2026, 12, 8))]
    assert foreseen() == [("origin", wanted, None)]
    later = Written(date(2026, 11, 18), Identity.REAL_NAME, None, wanted)
    moved = [m.rule.id for m in corrections.foresee(desk.office, number, later, TODAY) if m.moved]
    assert "transfer" in moved
    assert "origin" not in moved  # its day does not follow from the receipt


def test_a_correction_is_taken_back_whole(desk: Desk) -> None:
    number = desk.register()
    before = desk.rows()
    correct(
        desk,
        number,
        channel=desk.seen(number).book.channels[2].id,
        grounds=("5", "8"),
        identity=Identity.JOINT,
        complainants=(PersonTyped(NAME, "13900002222"), PersonTyped("孙小美")),
        text="该局未公开职权目录，也没有收费依据。",
    )
    assert [p.name for p in register.complainants(desk.office, number)] == [NAME, "孙小美"]
    assert [g.id for g in desk.seen(number).grounds] == ["5", "8"]
    desk.take_back()
    assert desk.rows() == before


def test_nobodys_name_stands_in_what_was_changed(desk: Desk) -> None:
    number = desk.register()
    people = (PersonTyped("钱多", PHONE, ADDRESS),)
    correct(desk, number, complainants=people, subject="某局职权目录未公开")
    (step,) = desk.seen(number).corrections
    assert [c.field for c in corrections.changes(step)] == ["subject", "complainants"]
    for secret in (NAME, "钱多", PHONE, ADDRESS):
        assert secret not in step.detail


def test_without_looking_the_complainants_stay_as_they_are(desk: Desk) -> None:
    number = desk.register()
    before = register.complainants(desk.office, number)
    correct(desk, number, subject="收费依据未公开")
    assert register.complainants(desk.office, number) == before
    assert desk.seen(number).standing.identity is Identity.REAL_NAME


def test_a_correction_needs_a_reason_and_a_difference(desk: Desk) -> None:
    number = desk.register()
    before = desk.rows()
    with faulty(("reason", "required"), ("", "unchanged")):
        correct(desk, number, reason=" ")
    with faulty(("subject", "required"), ("text", "emoji")):
        correct(desk, number, subject="", text="没有公开🙂")
    assert desk.rows() == before


def test_the_receipt_can_not_come_after_what_was_done(desk: Desk) -> None:
    number = desk.register()
    desk.decide(number, Ruling.ACCEPT, day=date(2026, 11, 17))
    with faulty(("received", "receipt_after")):
        correct(desk, number, received=date(2026, 11, 18))
    with faulty(("received", "future")):
        correct(desk, number, received=TODAY + timedelta(days=1))
    correct(desk, number, received=date(2026, 11, 17))
    desk.find(number, day=date(2026, 11, 17))  # a correction made today stops no earlier step


def test_who_was_written_to_does_not_become_anonymous(desk: Desk) -> None:
    number = desk.register()
    desk.interim(number)
    with faulty(("identity", "told_already")):
        correct(desk, number, identity=Identity.ANONYMOUS, complainants=())


def test_a_real_name_that_was_none_becomes_anonymous(desk: Desk) -> None:
    number = desk.register()
    correct(desk, number, identity=Identity.ANONYMOUS, complainants=())
    assert desk.seen(number).complainants == 0
    assert next(c for c in desk.seen(number).clocks if c.rule.id == "written").end is None


def test_the_accused_is_not_whom_it_was_passed_to_nor_another_than_in_the_case(
    desk: Desk,
) -> None:
    passed = desk.register()
    desk.decide(passed, Ruling.TRANSFER)
    with faulty(("accused_unit", "accused_is_receiver")):
        correct(desk, passed, accused_unit=2)
    proven = desk.proven()
    desk.open_case(complaint=proven)
    with faulty(("accused_unit", "case_names_unit")):
        correct(desk, proven, accused_unit=3)


def test_what_is_closed_is_not_corrected(desk: Desk) -> None:
    number = desk.proven()
    desk.answer(number)
    correct(desk, number, demands="公开全部职权目录")
    desk.close(number)
    with forbidden("closed"):
        correct(desk, number, demands="")


def test_a_page_left_open_does_not_overwrite_what_came_since(desk: Desk) -> None:
    number = desk.register()
    rev = desk.seen(number).complaint.rev
    correct(desk, number, subject="收费依据未公开")
    with pytest.raises(StaleRecord):
        corrections.correct(
            desk.office, number, Correction(desk.draft(), REASON, rev, named=True), ACTING
        )


@pytest.mark.parametrize("place", ["kunming", "district"])
def test_a_place_without_grounds_and_clocks_corrects_too(desk_of: Make, place: str) -> None:
    desk = desk_of(complaint=place)
    number = desk.register(grounds=())
    correct(desk, number, grounds=(), received=date(2026, 11, 18))
    assert desk.seen(number).clocks == ()
