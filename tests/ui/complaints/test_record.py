"""One complaint: its clocks and why, who complained, its steps, its letters."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.rules.clocks import deadline
from desktop.rules.complaints import Identity, Step
from desktop.rules.workdays import Calendar
from desktop.ui.common import theme
from desktop.ui.common.palette import Scheme, Status
from desktop.ui.common.record import Clock, DayStrip, StepState
from desktop.ui.complaints import dates, words
from desktop.ui.complaints.identity import Complainants
from desktop.ui.complaints.letters import TransferPage
from desktop.ui.complaints.papers import LetterView
from desktop.usecases import complaints, undoing
from desktop.usecases.complaints import DecisionDraft, FindingDraft, Outcome, Ruling
from desktop.usecases.office import Office
from desktop.usecases.register import ComplaintView
from tests.ui.complaints.conftest import TODAY, Desk


def view(desk: Desk) -> ComplaintView:
    found = desk.tab.record.view
    assert found is not None
    return found


def clocks(desk: Desk) -> dict[str, Clock]:
    seen = view(desk)
    return {c.name: c for c in dates.shown(seen.clocks, seen.book, seen.national)}


def decide(desk: Desk, complaint: int, ruling: Ruling, **more: object) -> None:
    draft = DecisionDraft("陈守正", TODAY, ruling, **more)  # type: ignore[arg-type]
    acting = desk.context.acting()
    desk.work(lambda office: complaints.decide(office, complaint, draft, acting))


def test_clocks_before_the_decision_say_in_which_case_they_count(desk: Desk) -> None:
    desk.register(received=date(2026, 11, 16))
    found = clocks(desk)
    assert found["转办"].due == "如转办：2026-11-23（周一）"
    assert found["转办"].left == "剩 1 个工作日"
    assert found["不予受理告知"].due.startswith("如不予受理：\n目标日 2026-11-21（周六）\n")
    assert found["实名举报书面告知"].due == "2026-11-23（周一）"


def test_no_line_of_the_clocks_is_wider_than_the_pane_at_large_type(desk: Desk) -> None:
    desk.register(received=date(2026, 11, 16))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, Scheme.LIGHT, 1.5)
    try:
        record = desk.tab.record
        clocks(desk)
        assert record._scroll.widget().minimumSizeHint().width() <= theme.em(31)
    finally:
        theme.apply(app, Scheme.LIGHT, 1.0)


def test_a_day_off_at_the_end_gives_both_readings_with_the_article(desk: Desk) -> None:
    desk.register(received=date(2026, 11, 14))
    clock = clocks(desk)["实名举报书面告知"]
    assert clock.due == "目标日 2026-11-21（周六）\n最迟 2026-11-23（周一）"
    assert "民法典第二百零三条" in clock.article
    assert clock.why is not None
    strip = clock.why()
    assert isinstance(strip, DayStrip)
    desk.qtbot.addWidget(strip)
    assert "最迟顺延到 2026-11-23" in strip.summary()


def test_a_year_without_a_published_table_makes_the_date_tentative_and_says_why(
    desk: Desk,
) -> None:
    desk.register()
    rule = next(c.rule for c in view(desk).clocks if c.rule.id == "transfer")
    unpublished = Calendar({}, {}, frozenset())
    end = deadline(rule, date(2031, 5, 5), unpublished)
    assert dates.due_words(end.due, end.latest, tentative=end.tentative).endswith("暂定")
    assert "暂定：2031 年放假安排尚未公布或补录" in dates.summary(end)


def test_clocks_that_do_not_apply_are_grey_with_the_reason(desk: Desk) -> None:
    complaint = desk.register(identity=Identity.ANONYMOUS, complainants=())
    decide(desk, complaint, Ruling.ACCEPT)
    found = clocks(desk)
    assert found["转办"].due == "不适用：领导没有批示转办"
    assert found["转办"].status is Status.VOID
    assert found["不予受理告知"].due == "不适用：匿名，没有可以告知的人"
    assert found["转办"].why is None


def test_the_explanation_opens_in_the_record(desk: Desk) -> None:
    desk.register()
    desk.tab.record.clocks.explain("transfer")
    strip = desk.find("complaints.why")
    assert isinstance(strip, DayStrip)
    assert "第 5 个工作日是 2026-11-20" in strip.summary()


@pytest.mark.parametrize(
    ("ruling", "more", "steps"),
    [
        (Ruling.ACCEPT, {}, "登记 批示 办理 答复 办结 归档"),
        (Ruling.TRANSFER, {"receiver": 2}, "登记 批示 转办 回复 答复 办结 归档"),
        (Ruling.REFUSE, {"reason": "不属于受理范围"}, "登记 批示 告知不予受理 办结 归档"),
    ],
)
def test_the_path_follows_the_decision(
    desk: Desk, ruling: Ruling, more: dict[str, object], steps: str
) -> None:
    complaint = desk.register()
    assert [dot.text for dot in words.path(view(desk))][1:3] == ["批示", "办理"]
    decide(desk, complaint, ruling, **more)
    path = words.path(view(desk))
    assert " ".join(dot.text for dot in path) == steps
    assert [dot.state for dot in path][:3] == [StepState.DONE, StepState.DONE, StepState.CURRENT]


def test_a_step_that_is_not_permitted_says_why(desk: Desk) -> None:
    desk.register()
    menu = desk.tab.record.next.menu_texts()
    assert "办结…（前面的步骤还没有办完。）" in menu
    assert "转入责任追究…（查明属实或者部分属实以后才能转入责任追究。）" in menu


def events(office: Office) -> list[str]:
    return [row[0] for row in office.db.execute("SELECT action FROM event ORDER BY seq")]


def reasons(office: Office) -> list[str]:
    return [row[0] for row in office.db.execute("SELECT reason FROM event ORDER BY seq")]


def look(desk: Desk) -> None:
    """Look at who complained, with a reason."""
    desk.click("complaints.reveal")
    box = desk.tab.record.complainants
    assert box is not None
    box._reason.set_value("联系核实")
    box._more.setText("电话没有打通")
    desk.click("complaints.reveal.go")


def test_who_complained_is_masked_until_asked_for_and_the_look_is_written_down(
    desk: Desk,
) -> None:
    first = desk.register()
    second = desk.register(accused_unit=2, accused_person="")
    desk.open(first)
    box = desk.tab.record.complainants
    assert isinstance(box, Complainants)
    assert "刘芳" not in box.text()
    assert "共 1 人" in box.text()
    look(desk)
    box = desk.tab.record.complainants
    assert box is not None
    assert "刘芳　13900001234" in box.text()
    assert desk.work(events, changes=False)[-1] == "complaint.reveal"
    assert desk.work(reasons, changes=False)[-1] == "联系核实：电话没有打通"
    desk.open(second)
    desk.open(first)
    shown = desk.tab.record.complainants
    assert shown is not None
    assert "刘芳" not in shown.text()


def test_names_are_masked_again_when_the_tab_is_left(desk: Desk) -> None:
    desk.open(desk.register())
    look(desk)
    box = desk.tab.record.complainants
    assert box is not None
    assert box.is_open()
    desk.tab.hide()
    box = desk.tab.record.complainants
    assert box is not None
    assert not box.is_open()


def test_a_look_wants_a_reason(desk: Desk) -> None:
    desk.open(desk.register())
    before = desk.work(events, changes=False)
    desk.click("complaints.reveal")
    desk.click("complaints.reveal.go")
    box = desk.tab.record.complainants
    assert box is not None
    assert box._fault.text() == "请选择一项。"
    box._reason.set_value("其他")
    desk.click("complaints.reveal.go")
    assert box._fault.text() == "请填写这一项。"
    assert not box.is_open()
    assert desk.work(events, changes=False) == before


def test_a_look_shows_the_words_as_they_were_written(desk: Desk) -> None:
    desk.open(desk.register(text="我是刘芳，分配结果没有公开。"))
    facts = desk.tab.record.facts
    assert facts.text("反映内容") == "我是×××，分配结果没有公开。"
    look(desk)
    assert facts.text("反映内容") == "我是刘芳，分配结果没有公开。"
    desk.tab.hide()
    assert facts.text("反映内容") == "我是×××，分配结果没有公开。"


def transfer_page(desk: Desk, **changes: object) -> TransferPage:
    complaint = desk.register(**changes)
    decide(desk, complaint, Ruling.TRANSFER, receiver=2)
    desk.open(complaint)
    desk.click("complaints.next")
    page = desk.page()
    assert isinstance(page, TransferPage)
    return page


def test_a_transfer_shows_its_letter_and_begins_with_what_was_complained(desk: Desk) -> None:
    page = transfer_page(desk)
    assert page.form.values()["summary"] == view(desk).complaint.body
    assert page.preview.page_count() > 0


def test_a_transfer_that_gives_a_complainant_away_is_refused(desk: Desk) -> None:
    page = transfer_page(desk, text="刘芳来信反映：分配结果没有公开。")
    assert page.form.values()["summary"] == "×××来信反映：分配结果没有公开。"
    page.form.editor("summary").set_value("刘芳来信反映：分配结果没有公开。")
    desk.qtbot.waitUntil(lambda: "刘芳" in page.preview.bar.text(), timeout=10_000)
    assert "刘芳" in page.preview.bar.text()
    desk.click("complaints.transfer.save")
    assert page.form.faults()["summary"].startswith("文中出现“刘芳”")
    page.form.editor("summary").set_value("来信反映：分配结果没有公开。")
    desk.click("complaints.transfer.save")
    assert desk.said[-1].startswith("已制作 澄公开办投转")


def found_to_be_true(desk: Desk) -> int:
    complaint = desk.register()
    decide(desk, complaint, Ruling.ACCEPT)
    acting = desk.context.acting()
    draft = FindingDraft(TODAY, "王敏、李堃", "经查属实。", Outcome.PROVEN, "已整改。")
    desk.work(lambda office: complaints.record_finding(office, complaint, draft, acting))
    desk.open(complaint)
    return complaint


def test_an_answer_is_previewed_without_the_name_and_kept_with_it(desk: Desk) -> None:
    found_to_be_true(desk)
    desk.click("complaints.next")
    desk.click("complaints.answer.save")
    assert isinstance(desk.tab._page, LetterView)
    desk.click("complaints.reader.back")
    letter = view(desk).letters[0]
    assert letter.secret
    assert letter.addressee == "×××"
    desk.tab.record.tabs.show_page("letters")
    labels = desk.tab.record.letters.findChildren(QWidget)
    assert not any("刘芳" in getattr(one, "text", str)() for one in labels)


def test_reading_a_letter_to_the_complainant_is_written_down(desk: Desk) -> None:
    found_to_be_true(desk)
    desk.click("complaints.next")
    desk.click("complaints.answer.save")
    desk.click("complaints.reader.back")
    before = len(desk.work(events, changes=False))
    desk.tab.record.tabs.show_page("letters")
    desk.click(f"complaints.letter.{view(desk).letters[0].id}")
    assert isinstance(desk.tab._page, LetterView)
    assert desk.work(events, changes=False)[before:] == ["complaint.reveal"]


def test_a_proven_complaint_can_become_a_case(desk: Desk) -> None:
    complaint = found_to_be_true(desk)
    wanted: list[tuple[str, int]] = []
    desk.context.case_wanted.connect(lambda origin, own: wanted.append((origin, own)))
    desk.tab.record.next.choose(Step.OPEN_CASE)
    assert wanted == [("complaint", complaint)]


def test_an_anonymous_complaint_is_closed_without_an_answer(desk: Desk) -> None:
    complaint = desk.register(identity=Identity.ANONYMOUS, complainants=())
    decide(desk, complaint, Ruling.REFUSE, reason="不属于受理范围")
    assert desk.tab.record.next.main.text() == "下一步：办结…"
    assert words.path(view(desk))[2].state is StepState.VOID


def test_a_refusal_begins_with_the_leaders_reason(desk: Desk) -> None:
    complaint = desk.register()
    decide(desk, complaint, Ruling.REFUSE, reason="不属于受理范围")
    desk.click("complaints.next")
    page = desk.page()
    assert page.objectName() == "complaints.refuse"
    assert page.form.values()["reason"] == "不属于受理范围"
    desk.click("complaints.refuse.save")
    assert desk.said[-1] == "已制作 澄公开办投告〔2026〕1号。"


def test_progress_is_told_while_the_matter_goes_on(desk: Desk) -> None:
    desk.register()
    desk.tab.record.next.choose(Step.INTERIM)
    desk.wait()
    page = desk.page()
    page.form.editor("progress").set_value("正在核实有关情况。")
    desk.click("complaints.interim.save")
    assert desk.said[-1] == "已制作 澄公开办投告〔2026〕1号。"
    written = next(c for c in view(desk).clocks if c.rule.id == "written")
    assert written.stopped == TODAY


def test_nobody_of_a_void_registration_is_called_anonymous(desk: Desk) -> None:
    complaint = desk.register()
    acting = desk.context.acting()

    def take_back(office: Office) -> None:
        last = undoing.foresee(office, complaint, acting)
        undoing.undo(office, complaint, last.event, "录入有误", acting)

    desk.work(take_back)
    desk.open(complaint)
    shown = desk.tab.record.complainants
    assert shown is not None
    assert shown.text() == "登记已经作废"
