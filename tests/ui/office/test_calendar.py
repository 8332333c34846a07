"""The working-day calendar: the published year, the office's own entries, the year to come."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.ui.office.calendar import CalendarPage
from desktop.ui.office.yearview import Mark
from desktop.usecases import calendars, complaints, listing
from tests.ui.complaints.conftest import DRAFT
from tests.ui.office.conftest import Desk


def _marks(page: CalendarPage) -> dict[date, Mark]:
    return {odd.day: odd.mark for odd in page.model.rows()}


def test_the_published_year_shows_holidays_and_worked_weekends(desk: Desk) -> None:
    page = desk.show(CalendarPage(desk.context))
    marks = _marks(page)
    assert marks[date(2026, 10, 1)] is Mark.REST
    assert marks[date(2026, 2, 14)] is Mark.WORK
    assert page.notice.isHidden()


def test_a_day_is_entered_by_hand_and_dropped_again(desk: Desk) -> None:
    page = desk.show(CalendarPage(desk.context))
    page.year.select(date(2026, 11, 25))
    desk.click("calendar.add")
    assert page.card.form.values()["day"] == date(2026, 11, 25)
    desk.type("calendar.entry.label", "停电放假")
    desk.click("calendar.entry.save")
    assert _marks(page)[date(2026, 11, 25)] is Mark.OWN_REST
    assert not desk.ask(calendars.calendar).is_workday(date(2026, 11, 25))
    page.list.select(date(2026, 11, 25))
    desk.click("calendar.drop")
    assert date(2026, 11, 25) not in _marks(page)
    assert desk.ask(calendars.calendar).is_workday(date(2026, 11, 25))


def test_an_entry_without_a_name_is_refused_under_the_field(desk: Desk) -> None:
    page = desk.show(CalendarPage(desk.context))
    desk.click("calendar.add")
    desk.click("calendar.entry.save")
    assert page.card.form.faults() == {"label": "请填写这一项。"}


def test_an_entry_says_at_once_what_is_missing_and_what_can_not_be_read(desk: Desk) -> None:
    page = desk.show(CalendarPage(desk.context))
    desk.click("calendar.add")
    page.card.form.editor("day").set_value("月底")
    desk.click("calendar.entry.save")
    assert set(page.card.form.faults()) == {"day", "label"}


def test_a_published_holiday_can_not_be_dropped(desk: Desk) -> None:
    page = desk.show(CalendarPage(desk.context))
    page.list.select(date(2026, 10, 1))
    assert not page.drop_button.isEnabled()


def test_a_year_without_a_table_is_provisional_until_it_is_confirmed(desk: Desk) -> None:
    page = desk.show(CalendarPage(desk.context))
    desk.click("calendar.after")
    assert "2027 年的放假安排还没有收入本程序" in page.notice.text()
    assert "暂定" in page.notice.text()
    page.notice.clicked.emit("confirm")
    desk.wait()
    assert "已确认全部录入" in page.notice.text()
    assert desk.ask(calendars.calendar).day(date(2027, 3, 1)).certain
    page.notice.clicked.emit("open")
    desk.wait()
    assert not desk.ask(calendars.calendar).day(date(2027, 3, 1)).certain


def test_arrows_go_through_the_days_and_enter_begins_an_entry(desk: Desk) -> None:
    page = desk.show(CalendarPage(desk.context))
    page.year.select(date(2026, 11, 20))
    desk.qtbot.keyClick(page.year, Qt.Key.Key_Down)
    desk.qtbot.keyClick(page.year, Qt.Key.Key_Right)
    assert page.year.day() == date(2026, 11, 28)
    desk.qtbot.keyClick(page.year, Qt.Key.Key_Return)
    assert page.card.form.values()["day"] == date(2026, 11, 28)


def test_what_a_changed_day_moves_stands_line_by_line_before_and_after(desk: Desk) -> None:
    today = desk.context.today()
    acting = desk.context.acting()
    for n in range(20):
        draft = replace(DRAFT, received=today, subject=f"第{n}件")
        desk.ask(lambda o, d=draft: complaints.register_complaint(o, d, acting))
    desk.ask(lambda o: listing.counts(o, today))
    page = desk.show(CalendarPage(desk.context))
    opened: list[tuple[str, int]] = []
    desk.context.wanted.connect(lambda kind, record: opened.append((kind, record)))
    assert not page.compared.isVisible()
    page.year.select(date(2026, 11, 25))
    desk.click("calendar.add")
    desk.type("calendar.entry.label", "停电放假")
    desk.click("calendar.entry.save")
    assert page.compared.isVisible()
    assert page.compared.title() == "期限重算前后对照：20 件"
    model = page.compared.model
    said = [model.index(n, c).data() for n in range(2) for c in range(4)]
    assert said == [
        *("投〔2026〕0020", "转办", "2026-11-27", "2026-11-30"),
        *("投〔2026〕0020", "不予受理告知", "2026-11-25", "2026-11-25，最迟 2026-11-26"),
    ]
    assert model.rowCount() == 40
    page.compared.list.setFocus()
    desk.qtbot.keyClick(page.compared.list, Qt.Key.Key_Return)
    assert opened == [("complaint", 20)]
    closed: list[None] = []
    page.closed.connect(lambda: closed.append(None))
    desk.qtbot.keyClick(page.compared.list, Qt.Key.Key_Escape)
    assert not page.compared.isVisible()
    assert page.year.hasFocus()  # there it was when the list came
    assert not closed
    page.list.select(date(2026, 11, 25))
    desk.click("calendar.drop")
    assert page.compared.isVisible()
    held = QApplication.focusWidget()
    close = desk.find("calendar.compared.close")
    close.setFocus()
    desk.qtbot.keyClick(close, Qt.Key.Key_Space)
    assert not page.compared.isVisible()
    assert QApplication.focusWidget() is held is not None
    page.year.setFocus()
    desk.qtbot.keyClick(page.year, Qt.Key.Key_Escape)
    assert closed == [None]
