"""Acceptance, chasing, extension, and the sheets to print, as a clerk works with them."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QComboBox

from desktop.rules.complaints import Identity, Step
from desktop.ui.common.palette import Status
from desktop.ui.complaints import dates, reading
from desktop.ui.complaints.papers import LetterView
from desktop.ui.complaints.sheets import ApprovalPage
from desktop.usecases import complaints, letterbook, office, transfers
from desktop.usecases.complaints import DecisionDraft, Ruling
from desktop.usecases.office import Acting, Office
from desktop.usecases.register import ComplaintView
from desktop.usecases.targets import target
from desktop.usecases.transfers import TransferDraft
from tests.ui.complaints.conftest import TODAY, Desk, day


def decided(desk: Desk, ruling: Ruling, **changes: object) -> int:
    complaint = desk.register(**changes)
    draft = DecisionDraft("陈守正", TODAY, ruling, receiver=2)
    acting = desk.context.acting()
    desk.work(lambda o: complaints.decide(o, complaint, draft, acting))
    desk.open(complaint)
    return complaint


def late(desk: Desk) -> int:
    """Transferred twenty days ago, its reply due five days ago."""
    then = Acting(1, "王敏", datetime(2026, 10, 30, 9, 30))
    complaint = desk.register(received=date(2026, 10, 28))

    def pass_on(o: Office) -> None:
        decision = DecisionDraft("陈守正", then.today, Ruling.TRANSFER, receiver=2)
        complaints.decide(o, complaint, decision, then)
        letter = TransferDraft("分配结果没有公开。", "", day(5), then.today)
        transfers.transfer(o, complaint, letter, then)

    desk.work(pass_on)
    desk.open(complaint)
    return complaint


def view(desk: Desk) -> ComplaintView:
    found = desk.tab.record.view
    assert found is not None
    return found


def reader(desk: Desk) -> LetterView:
    page = desk.tab._page
    assert isinstance(page, LetterView)
    return page


def back(desk: Desk) -> None:
    desk.click("complaints.reader.back")


def timeline(desk: Desk) -> str:
    newest = reading.events(view(desk))[0]
    return f"{newest.what} {newest.who}\n{newest.text}"


def test_the_acceptance_is_told_from_the_menu_and_stops_the_written_clock(desk: Desk) -> None:
    decided(desk, Ruling.ACCEPT, received=day(3))
    desk.tab.record.next.choose(Step.ACCEPTANCE)
    desk.wait()
    page = desk.page()
    assert page.form.values()["answer_by"] == day(-4)
    page.form.editor("handler").set_value("监督检查科")
    desk.at("complaints.acceptance.day")
    desk.press(Qt.Key.Key_Return, ctrl=True)
    desk.wait()
    assert reader(desk).preview.page_count() > 0
    assert desk.said[-1].startswith("已制作 澄公开办投告")
    back(desk)
    assert timeline(desk).startswith("告知受理")
    assert "答应 2026-11-24 前告知办理情况" in timeline(desk)
    written = next(c for c in view(desk).clocks if c.rule.id == "written")
    assert written.stopped == TODAY
    assert any(t.startswith("告知受理…（") for t in desk.tab.record.next.menu_texts())
    desk.work(lambda o: office.take_back(o, desk.events[-1], desk.context.acting()))
    assert Step.ACCEPTANCE in view(desk).permitted


def test_a_late_reply_is_chased_by_the_second_button(desk: Desk) -> None:
    late(desk)
    assert desk.tab.record.second.text() == "催办…"
    desk.click("complaints.second")
    page = desk.page()
    desk.click("complaints.chase.save")
    assert page.form.faults() == {"reply_by": "请填写这一项。"}
    page.form.editor("reply_by").set_value(day(-14))
    desk.click("complaints.chase.save")
    assert reader(desk).preview.page_count() > 0
    back(desk)
    assert "请于 2026-12-04 前回复" in timeline(desk)
    assert timeline(desk).startswith("催办")
    assert view(desk).reply_due == day(-14)
    # the reply is no longer late; what is, is the written word to the complainant
    assert desk.tab.record.second.text() == "告知办理情况…"
    desk.work(lambda o: office.take_back(o, desk.events[-1], desk.context.acting()))
    assert desk.tab.record.second.text() == "催办…"


def test_an_extension_shows_both_dates_and_says_that_no_clock_moves(desk: Desk) -> None:
    decided(desk, Ruling.ACCEPT)
    desk.tab.record.next.choose(Step.EXTENSION)
    desk.wait()
    page = desk.page()
    desk.click("complaints.extension.save")
    assert set(page.form.faults()) == {"reason", "approved_by", "new_due"}
    page.form.set_values(
        {"reason": "需要逐笔核对台账", "approved_by": "陈守正", "due": day(-7), "new_due": day(-7)}
    )
    desk.click("complaints.extension.save")
    assert page.form.faults() == {"new_due": "新的日期要晚于原定日期（2026-11-27），请改正。"}
    page.form.editor("new_due").set_value(day(-21))
    desk.click("complaints.extension.save")
    back(desk)
    assert timeline(desk).splitlines()[0] == "延期 陈守正 批准"
    assert "原定 2026-11-27，延期至 2026-12-11" in timeline(desk)
    extended = view(desk).extended
    assert extended is not None
    assert extended.due == day(-21)


def test_an_anonymous_extension_goes_to_the_unit_and_the_list_names_it(desk: Desk) -> None:
    decided(desk, Ruling.ACCEPT, identity=Identity.ANONYMOUS, complainants=())
    desk.tab.record.next.choose(Step.EXTENSION)
    desk.wait()
    page = desk.page()
    assert page.form.values()["to"] == 1
    page.form.set_values({"reason": "需要核对", "approved_by": "陈守正", "new_due": day(-21)})
    desk.click("complaints.extension.save")
    back(desk)
    assert view(desk).letters[-1].addressee == "市住房保障局"
    assert "告知 市住房保障局" in timeline(desk)


# ---- 批示单, 登记表 --------------------------------------------------------------------------------


def approval(desk: Desk) -> ApprovalPage:
    page = desk.tab._page
    assert isinstance(page, ApprovalPage)
    return page


def test_the_leaders_sheet_is_printed_from_a_complaint_that_waits_for_the_decision(
    desk: Desk,
) -> None:
    desk.open(desk.register(text="刘芳（13900001234）反映分配结果没有公开。"))
    assert desk.tab.record.second.text() == "打印批示单…"
    desk.click("complaints.second")
    page = approval(desk)
    assert page.form.values()["summary"] == "×××（×××）反映分配结果没有公开。"
    assert page.preview.page_count() > 0
    printed: list[QPrinter] = []

    def refuse(printer: QPrinter) -> bool:
        printed.append(printer)
        return False

    page.preview.ask_printer = refuse
    desk.click("complaints.approval.save")
    assert len(printed) == 1
    desk.click("complaints.approval.cancel")
    assert desk.tab._page is None


def test_a_sheet_that_gives_a_complainant_away_can_not_be_printed(desk: Desk) -> None:
    desk.open(desk.register())
    desk.click("complaints.second")
    page = approval(desk)
    printed: list[QPrinter] = []
    page.preview.ask_printer = lambda printer: bool(printed.append(printer))  # type: ignore[func-returns-value]
    page.form.editor("summary").set_value("刘芳来信反映。")
    page._wait()
    desk.click("complaints.approval.save")
    assert page.form.faults()["summary"].startswith("文中出现“刘芳”")
    assert page.preview.page_count() == 0
    page.preview.print_letter()
    assert printed == []
    assert desk.tab.has_unsaved()
    desk.tab.start_new()
    desk.wait()
    assert approval(desk) is page  # asks in its bar
    page.bar.clicked.emit("drop")
    desk.wait()
    assert desk.page().objectName() == "complaints.register"


def test_a_decided_complaint_says_why_its_sheet_is_not_printed(desk: Desk) -> None:
    decided(desk, Ruling.ACCEPT, received=day(1))
    assert "打印批示单…（已经批示过了。）" in desk.tab.record.next.menu_texts()
    assert not desk.tab.record.second.isVisible()


def reveals(o: Office) -> int:
    sql = "SELECT count(*) FROM event WHERE action = 'complaint.reveal'"
    return int(o.db.execute(sql).fetchone()[0])


def test_the_intake_sheet_says_that_the_look_was_written_down(desk: Desk) -> None:
    desk.open(desk.register(channel="visit"))
    before = desk.work(reveals, changes=False)
    desk.tab.record.next.choose("intake_sheet")
    desk.wait()
    page = reader(desk)
    assert "已留有记录" in page.preview.bar.text()
    assert page.preview.page_count() == 1
    assert desk.work(reveals, changes=False) == before + 1
    back(desk)
    hidden = desk.register(identity=Identity.ANONYMOUS, complainants=())
    desk.open(hidden)
    assert "打印登记表…" in desk.tab.record.next.menu_texts()
    desk.tab.record.next.choose("intake_sheet")
    desk.wait()
    assert reader(desk).preview.bar.text() == ""
    assert desk.work(reveals, changes=False) == before + 1


def test_the_extended_day_stands_in_the_clock_card_as_the_offices_own(desk: Desk) -> None:

    found = desk.work(lambda o: target(o, TODAY + timedelta(days=3), TODAY), changes=False)
    line = dates.extension(found)
    assert line.due == "延期至 2026-11-23（周一）"
    assert line.status is Status.SOON
    assert "不改变规则规定的期限" in line.article


def test_a_letter_takes_the_reserved_number_chosen_on_its_form(desk: Desk) -> None:
    complaint = decided(desk, Ruling.TRANSFER)
    acting = desk.context.acting()
    first, second = (
        desk.work(lambda o, why=why: letterbook.reserve(o, "transfer", why, acting)).value
        for why in ("给住建局", "给市场监督局")
    )
    desk.open(complaint)
    desk.tab.record.next.main.click()
    desk.wait()
    page = desk.page()
    combo = page.form.editor("reserved").target()
    assert isinstance(combo, QComboBox)
    assert [combo.itemText(n) for n in range(1, combo.count())] == [
        "取下一个新编号",
        "使用预留的号 澄公开办投转〔2026〕1号（给住建局）",
        "使用预留的号 澄公开办投转〔2026〕2号（给市场监督局）",
    ]
    assert not page.form.dirty()
    page.form.editor("reserved").set_value(second)
    desk.press(Qt.Key.Key_Return, ctrl=True)
    desk.wait()
    assert desk.said[-1] == "已制作 澄公开办投转〔2026〕2号。"
    rows = desk.work(lambda o: letterbook.book(o), changes=False)
    assert [row.letter.id for row in rows if row.status is letterbook.Status.RESERVED] == [first]


def test_without_reserved_numbers_a_form_does_not_ask(desk: Desk) -> None:
    decided(desk, Ruling.TRANSFER)
    desk.tab.record.next.main.click()
    desk.wait()
    assert not desk.page().form.editor("reserved").isVisible()
    assert desk.page().form.values()["reserved"] is None
