"""Complaints that another body sent on (来源): kept, corrected, found."""

from dataclasses import replace
from datetime import date

from desktop.usecases import corrections, listing
from desktop.usecases.corrections import Correction
from desktop.usecases.listing import Query
from tests.usecases.desk import ACTING, NAME, TODAY, Desk, faulty

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
