"""The office's own calendar entries move the dates; today groups what presses."""

from datetime import date, timedelta

from desktop.rules.clocks import ClockState
from desktop.rules.complaints import Ruling, Step
from desktop.usecases import calendars, register, today
from desktop.usecases.today import Group
from tests.usecases.desk import ACTING, TODAY, Desk, at, faulty

DAY = timedelta(days=1)


def end(desk: Desk, number: int, clock: str) -> tuple[date, date, bool]:
    found = next(c.end for c in desk.seen(number).clocks if c.rule.id == clock)
    assert found is not None
    return found.due, found.latest, found.tentative


def test_an_own_entry_moves_the_dates_and_taking_it_back_moves_them_again(desk: Desk) -> None:
    number = desk.register()
    assert end(desk, number, "transfer") == (date(2026, 11, 23), date(2026, 11, 23), False)
    calendars.set_override(desk.office, date(2026, 11, 18), False, "停电", ACTING)
    assert end(desk, number, "transfer")[0] == date(2026, 11, 24)
    calendars.set_override(desk.office, date(2026, 11, 21), True, "加班", ACTING)
    assert end(desk, number, "transfer")[0] == date(2026, 11, 23)
    desk.take_back()
    assert end(desk, number, "transfer")[0] == date(2026, 11, 24)
    (own,) = calendars.year(desk.office, 2026).overrides
    calendars.drop_override(desk.office, own.id, ACTING)
    assert end(desk, number, "transfer")[0] == date(2026, 11, 23)


def test_a_count_into_an_unknown_year_is_tentative_until_the_year_is_confirmed(desk: Desk) -> None:
    acting = at(date(2026, 12, 31))
    number = desk.register(acting, received=date(2026, 12, 28))
    assert end(desk, number, "transfer") == (date(2027, 1, 4), date(2027, 1, 4), True)
    calendars.set_override(desk.office, date(2027, 1, 1), False, "元旦", ACTING)
    assert end(desk, number, "transfer") == (date(2027, 1, 5), date(2027, 1, 5), True)
    assert not calendars.year(desk.office, 2027).confirmed
    calendars.confirm_year(desk.office, 2027, True, ACTING)
    assert end(desk, number, "transfer") == (date(2027, 1, 5), date(2027, 1, 5), False)
    assert calendars.year(desk.office, 2027).confirmed
    calendars.confirm_year(desk.office, 2027, False, ACTING)
    assert end(desk, number, "transfer")[2]
    items = today.agenda(desk.office, date(2026, 12, 31))
    assert any(i.tentative for i in items if i.record_id == number)


def test_an_entry_says_what_it_needs(desk: Desk) -> None:
    with faulty(("day", "required"), ("label", "required")):
        calendars.set_override(desk.office, None, False, "", ACTING)
    assert [d.label for d in calendars.year(desk.office, 2026).odd_days][:2] == ["元旦", "元旦"]


def groups(desk: Desk, day: date) -> list[tuple[Group, str, str]]:
    return [(i.group, i.number[-4:], i.clock) for i in today.agenda(desk.office, day)]


def test_today_moves_a_complaint_from_group_to_group_as_days_pass(desk: Desk) -> None:
    number = desk.register(received=date(2026, 11, 20))
    desk.decide(number, Ruling.TRANSFER)
    seen: dict[date, Group] = {}
    for n in range(10):
        day = TODAY + n * DAY
        found = [g for g, _, clock in groups(desk, day) if clock == "转办"]
        assert len(found) == 1
        seen[day] = found[0]
    assert seen[date(2026, 11, 20)] is Group.TODO
    assert seen[date(2026, 11, 24)] is Group.SOON
    assert seen[date(2026, 11, 27)] is Group.TODAY
    assert seen[date(2026, 11, 28)] is Group.OVERDUE
    order = [Group.TODO, Group.SOON, Group.TODAY, Group.OVERDUE]
    assert [order.index(g) for g in seen.values()] == sorted(order.index(g) for g in seen.values())


def test_a_target_day_off_leaves_grace_until_the_latest_day(desk: Desk) -> None:
    # seven days from Saturday 2026-09-19 end on Saturday 26, in the Mid-Autumn days off
    acting = at(date(2026, 9, 20))
    number = desk.register(acting, received=date(2026, 9, 19))
    assert end(desk, number, "written") == (date(2026, 9, 26), date(2026, 9, 28), False)
    state = {
        day: next(c for c in desk.seen(number, day).clocks if c.rule.id == "written").status.state
        for day in (date(2026, 9, 26), date(2026, 9, 27), date(2026, 9, 28), date(2026, 9, 29))
    }
    for day, group in (
        (26, Group.TODAY),
        (27, Group.TODAY),
        (28, Group.TODAY),
        (29, Group.OVERDUE),
    ):
        found = today.agenda(desk.office, date(2026, 9, day))
        assert [i.group for i in found if i.clock == "实名举报书面告知"] == [group]
    assert list(state.values()) == [
        ClockState.TODAY, ClockState.GRACE, ClockState.GRACE, ClockState.OVERDUE,
    ]  # fmt: skip


def test_every_open_record_has_its_line_and_a_closed_one_waits_to_be_filed(desk: Desk) -> None:
    waiting, todo, closed, void = (desk.register() for _ in range(4))
    desk.decide(waiting, Ruling.TRANSFER)
    desk.transfer(waiting)
    desk.interim(waiting)
    desk.decide(todo, Ruling.ACCEPT)
    desk.interim(todo)
    desk.decide(closed, Ruling.REFUSE)
    desk.refuse(closed)
    refused = today.agenda(desk.office, TODAY)
    assert [i.next_step for i in refused if i.record_id == closed] == [Step.CLOSE]
    desk.close(closed)
    event = desk.office.db.execute(
        "SELECT seq FROM event WHERE action = 'complaint.register' AND subject_id = ?", [void]
    ).fetchone()[0]
    desk.take_back(event)
    case = desk.open_case()
    items = today.agenda(desk.office, TODAY)
    assert {(i.record, i.record_id, i.group) for i in items} == {
        ("complaint", waiting, Group.WAITING),
        ("complaint", todo, Group.TODO),
        ("complaint", closed, Group.TODO),
        ("case_file", case, Group.TODO),
    }
    line = next(i for i in items if i.group is Group.WAITING)
    assert (line.due, line.next_step) == (date(2026, 12, 4), Step.FIND)
    assert today.pressing(items) == 0
    late = today.agenda(desk.office, date(2026, 12, 5))
    assert next(i for i in late if i.group is Group.WAITING).status.state is ClockState.OVERDUE  # type: ignore[union-attr]


def test_a_rectification_date_presses_until_the_report_is_there(desk: Desk) -> None:
    case = desk.ready(desk.open_case())
    desk.serve(case, desk.decide_case(case))
    desk.rectify(case, date(2026, 12, 4))

    def group(day: date) -> Group:
        (item,) = today.agenda(desk.office, day)
        return item.group

    assert [group(d) for d in (TODAY, date(2026, 12, 1), date(2026, 12, 4), date(2026, 12, 5))] == [
        Group.TODO, Group.SOON, Group.TODAY, Group.OVERDUE,
    ]  # fmt: skip
    desk.report(case)
    assert group(date(2026, 12, 5)) is Group.TODO
    desk.close_case(case)
    assert today.agenda(desk.office, date(2026, 12, 5)) == ()


def test_the_register_and_the_agenda_agree_on_what_presses(desk: Desk) -> None:
    for received in (date(2026, 11, 2), date(2026, 11, 13), date(2026, 11, 18)):
        desk.register(received=received)
    items = today.agenda(desk.office, TODAY)
    for row in register.rows(desk.office, TODAY):
        assert row.clock is not None
        assert row.clock.end is not None
        own = [i for i in items if i.record_id == row.complaint.id]
        assert row.clock.end.due in {i.due for i in own}
