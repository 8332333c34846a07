"""A transfer that comes back: the objection, the new decision, the new transfer, the clocks."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from desktop.rules.clocks import ClockState
from desktop.rules.complaints import Ruling, State, Step
from desktop.usecases import (
    answers,
    corrections,
    exports,
    listing,
    people,
    today,
    transfers,
)
from desktop.usecases.corrections import Correction
from desktop.usecases.exports import Column, ExportDraft
from desktop.usecases.listing import By, Query
from desktop.usecases.transfers import ObjectionDraft, TransferDraft
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


def passed_on(desk: Desk, **change: object) -> int:
    """A complaint transferred two days ago to 市市场监督局."""
    number = desk.register()
    desk.decide(number, Ruling.TRANSFER, at(TODAY - 3 * DAY))
    desk.transfer(number, at(TODAY - 2 * DAY), **change)
    return number


def send_back(desk: Desk, number: int, **change: object) -> int:
    values = {"day": TODAY - DAY, "reason": "不属于本单位职责", "paper": "市监函〔2026〕9号"}
    draft = ObjectionDraft(**{**values, **change})  # type: ignore[arg-type]
    return transfers.record_objection(desk.office, number, draft, ACTING).event


def clock(desk: Desk, number: int) -> ClockState:
    return next(c for c in desk.seen(number).clocks if c.rule.stops == "transferred").status.state


def receiver(desk: Desk, number: int) -> str:
    found = listing.opening(desk.office, Query(by=By.RECEIVER), TODAY)
    rows = {r.complaint.id: r for page in found.pages.values() for r in page}
    return rows[number].receiver


def test_what_came_back_goes_to_the_leader_and_its_clock_runs_on(desk: Desk) -> None:
    number = passed_on(desk)
    assert (clock(desk, number), receiver(desk, number)) == (ClockState.MET, "市市场监督局")
    send_back(desk, number)
    view = desk.seen(number)
    assert view.state is State.RETURNED
    assert view.permitted[0] is Step.DECIDE
    assert clock(desk, number) in (ClockState.RUNNING, ClockState.SOON, ClockState.TODAY)
    assert receiver(desk, number) == ""
    assert view.returned is not None
    assert (view.returned.unit, view.returned.paper) == (2, "市监函〔2026〕9号")
    item = next(i for i in today.agenda(desk.office, TODAY) if i.record_id == number)
    assert item.next_step is Step.DECIDE
    desk.decide(number, Ruling.TRANSFER, receiver=3)
    assert receiver(desk, number) == "东关街道办事处"
    desk.transfer(number)
    view = desk.seen(number)
    assert (view.state, view.complaint.transferred) == (State.TRANSFERRED, TODAY)
    assert [s.step for s in view.steps] == [
        "register", "decide", "transfer", "object", "decide", "transfer"
    ]  # fmt: skip


def test_another_receiver_is_told_nothing_of_the_one_before(desk: Desk) -> None:
    number = passed_on(desk)
    send_back(desk, number, reason=f"{NAME}所反映的不属于本单位职责")
    desk.decide(number, Ruling.TRANSFER, receiver=3, opinion="不同意退回")
    said = desk.pdf_text(desk.transfer(number))
    for secret in (*SECRETS, "市市场监督局", "市监函", "退回的", "不同意退回", "异议"):
        assert secret.replace(" ", "") not in said.replace("退回本函", ""), secret
    assert "东关街道办事处" in said
    back = next(s for s in desk.seen(number).steps if s.step == Step.OBJECT)
    assert back.text == "×××所反映的不属于本单位职责"


def test_the_leader_may_uphold_it_and_then_the_first_transfer_counts(desk: Desk) -> None:
    number = passed_on(desk)
    first = desk.seen(number).letters[0]
    send_back(desk, number)
    with faulty(("reason", "required")):
        desk.decide(number, Ruling.TRANSFER, receiver=2)
    with faulty(("reason", "gives_away")):
        desk.decide(number, Ruling.TRANSFER, receiver=2, reason=f"{NAME}说的在理")
    desk.decide(number, Ruling.TRANSFER, receiver=2, reason="三定方案列入该局职责")
    letter = desk.transfer(number)
    said = desk.pdf_text(letter)
    for words in (first.number, "市监函〔2026〕9号", "仍由你单位办理", "三定方案列入该局职责。"):
        assert words in said, words
    view = desk.seen(number)
    assert view.complaint.transferred == TODAY - 2 * DAY
    assert clock(desk, number) is ClockState.MET
    send_back(desk, number, day=TODAY)
    desk.decide(number, Ruling.TRANSFER, receiver=2, reason="仍应由该局办理")
    desk.transfer(number)
    assert desk.seen(number).complaint.transferred == TODAY - 2 * DAY


def test_reminders_and_reply_date_are_those_of_the_last_transfer(desk: Desk) -> None:
    number = passed_on(desk)
    desk.chase(number, at(TODAY - DAY))
    desk.chase(number, at(TODAY - DAY))
    assert desk.seen(number).chased == 2
    send_back(desk, number)
    view = desk.seen(number)
    assert (view.chased, view.reply_due) == (0, None)
    desk.decide(number, Ruling.TRANSFER, receiver=3)
    desk.transfer(number, reply_by=None)
    view = desk.seen(number)
    assert (view.chased, view.reply_due) == (0, None)
    (line,) = [i for i in today.agenda(desk.office, TODAY) if i.group is today.Group.WAITING]
    assert (line.due, line.concerning[:5]) == (None, "东关街道办")
    desk.chase(number)
    chase = next(one for one in desk.seen(number).letters if one.kind == "chase" and one.id > 3)
    assert "第2次" not in desk.pdf_text(chase.id)
    assert desk.seen(number).chased == 1


def test_an_objection_needs_its_reason_and_a_day_after_the_transfer(desk: Desk) -> None:
    number = desk.register()
    with forbidden("earlier_step_first"):
        send_back(desk, number)
    desk.decide(number, Ruling.TRANSFER)
    desk.transfer(number)
    with faulty(("day", "before_transfer"), ("reason", "required")):
        send_back(desk, number, reason=" ")
    desk.find(number)
    with forbidden("already_done"):
        send_back(desk, number, day=TODAY)


def test_the_objections_papers_are_kept_with_it_and_taken_back_with_it(
    desk: Desk, tmp_path: Path
) -> None:
    paper = tmp_path / "退回函.pdf"
    paper.write_bytes(b"%PDF-1.7 back")
    number = passed_on(desk)
    before = desk.rows()
    event = send_back(desk, number, attachments=(str(paper),))
    view = desk.seen(number)
    (file,) = view.attachments
    assert (file.name, view.step_files) == ("退回函.pdf", ((view.steps[-1].id, file.id),))
    desk.take_back(event)
    assert desk.rows() == before
    assert desk.seen(number).state is State.TRANSFERRED
    assert receiver(desk, number) == "市市场监督局"


def test_a_receiver_may_object_within_the_national_time(desk: Desk) -> None:
    number = passed_on(desk)
    until = transfers.object_by(desk.office, desk.seen(number))
    assert until is not None
    assert "信访工作条例" in until.citation
    assert until.end.due > TODAY - 2 * DAY
    send_back(desk, number)
    assert transfers.object_by(desk.office, desk.seen(number)) is None


def test_a_transfer_stops_at_the_accused_unit_and_at_a_part_of_it(desk: Desk) -> None:
    part = people.save_unit(
        desk.office, None, "市住房保障局配租中心", people.UNIT_KINDS[0], ACTING
    ).value
    number = desk.register()
    with faulty(("receiver", "receiver_is_accused")):
        desk.decide(number, Ruling.TRANSFER, receiver=1)
    with faulty(("receiver", "receiver_under_accused")):
        desk.decide(number, Ruling.TRANSFER, receiver=part)
    with faulty(("receiver", "choose_unit")):
        desk.decide(number, Ruling.TRANSFER, receiver=None)
    with faulty(("receiver", "receiver_is_accused")):
        desk.propose(number, receiver=1)
    with faulty(("receiver", "receiver_under_accused")):
        desk.propose(number, receiver=part)
    desk.decide(number, Ruling.TRANSFER, receiver=2)
    view = desk.seen(number)
    draft = replace(desk.draft(), accused_unit=2)
    wanted = Correction(draft, "看错了单位", view.complaint.rev, named=True)
    with faulty(("accused_unit", "accused_is_receiver")):
        corrections.correct(desk.office, number, wanted, ACTING)
    desk.transfer(number, at(TODAY))
    send_back(desk, number, day=TODAY)
    wanted = replace(wanted, rev=desk.seen(number).complaint.rev)
    corrections.correct(desk.office, number, wanted, ACTING)  # it has the matter no longer
    assert desk.seen(number).complaint.accused_unit == 2


def test_the_accused_is_not_taken_for_the_receivers_contact(desk: Desk) -> None:
    number = desk.register(accused_person="副局长赵建国、孙丽")
    desk.decide(number, Ruling.TRANSFER)
    desk.transfer(number, contact="孙丽")  # of another unit than the accused
    assert desk.seen(number).steps[-1].person == "孙丽"
    other = desk.register()
    desk.decide(other, Ruling.TRANSFER)
    with faulty(("contact", "gives_away")):
        desk.transfer(other, contact=NAME)


def test_the_reply_is_recorded_with_its_own_number(desk: Desk, tmp_path: Path) -> None:
    paper = tmp_path / "回复.pdf"
    paper.write_bytes(b"%PDF-1.7 reply")
    number = passed_on(desk)
    desk.find(number, paper="市监函〔2026〕12号", attachments=(str(paper),))
    view = desk.seen(number)
    assert view.steps[-1].paper == "市监函〔2026〕12号"
    found = listing.opening(desk.office, Query(words="市监函〔2026〕12号"), TODAY)
    assert found.found == (number,)
    assert [step for step, _file in view.step_files] == [view.steps[-1].id]


def test_an_export_names_the_unit_that_has_it_now(desk: Desk, tmp_path: Path) -> None:
    def exported() -> str:
        path = tmp_path / "登记簿.csv"
        draft = ExportDraft(path, (number,), (Column.STATE, Column.RECEIVER))
        exports.export_register(desk.office, draft, ACTING)
        return path.read_text("utf-8-sig").splitlines()[1]

    number = passed_on(desk)
    assert "市市场监督局" in exported()
    send_back(desk, number)
    assert exported().startswith("已退回")
    assert "市市场监督局" not in exported()


def test_what_a_transfer_shows_beforehand_holds_nobody_and_no_file(
    desk: Desk, tmp_path: Path
) -> None:
    letter = tmp_path / f"{NAME}的来信.pdf"
    letter.write_bytes(b"%PDF-1.7 one")
    number = desk.register(attachments=(str(letter),))
    desk.decide(number, Ruling.TRANSFER)
    view = desk.seen(number)
    draft = TransferDraft(view.complaint.body, view.complaint.demands, None, TODAY)
    fields = transfers.transfer_letter(view, draft, ACTING).fields
    assert view.book.id == "baoding"
    for secret in (*SECRETS, "来信"):
        assert secret not in str(fields)
    assert answers.preview(desk.office, number, draft, ACTING).faults == ()
