"""Answering as it was asked for, replying to the body that sent on, the record of a visit."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from desktop.rules.complaints import Outcome, Ruling, Step
from desktop.rules.replies import ReplyWay
from desktop.ui.complaints.correction import CorrectionPage
from desktop.ui.complaints.origin import OriginReplyPage
from desktop.ui.complaints.papers import LetterView
from desktop.ui.complaints.transcript import TranscriptPage
from desktop.usecases import complaints, register
from desktop.usecases.complaints import DecisionDraft, FindingDraft
from desktop.usecases.office import Office
from tests.ui.complaints.conftest import TODAY, Desk, day

SENT: dict[str, object] = {
    "origin": "澄岳市信访局",
    "origin_number": "澄信转〔2026〕88号",
    "origin_day": date(2026, 11, 12),
    "origin_due": date(2026, 11, 25),
}


def find(desk: Desk, number: int) -> None:
    """Bring a complaint to where it is to be answered."""
    acting = desk.context.acting()

    def work(office: Office) -> None:
        complaints.decide(office, number, DecisionDraft("陈守正", TODAY, Ruling.ACCEPT), acting)
        draft = FindingDraft(TODAY, "李堃", "确未公开。", Outcome.PROVEN, "责令公开。")
        complaints.record_finding(office, number, draft, acting)

    desk.work(work)


def test_when_the_answer_is_due_the_chosen_way_is_shown(desk: Desk) -> None:
    number = desk.register(reply_way=ReplyWay.PHONE)
    desk.open(number)
    note = desk.find("complaints.how")
    assert not note.isVisible()
    find(desk, number)
    desk.open(number)
    note = desk.find("complaints.how")
    assert isinstance(note, QLabel)
    assert note.isVisible()
    assert note.text() == "请按投诉人选择的方式答复：电话"
    desk.tab.work.take_step(Step.ANSWER)
    desk.wait()
    texts = [one.text() for one in desk.page().findChildren(QLabel)]
    assert "请按投诉人选择的方式答复：电话。" in texts


def test_a_letter_of_an_earlier_day_says_which_clock_it_ends(desk: Desk) -> None:
    number = desk.register()
    desk.open(number)
    desk.tab.work.take_step(Step.INTERIM)
    desk.wait()
    page = desk.page()
    told = next(
        one for one in desk.ask(lambda o: register.view(o, number, TODAY)).clocks
        if one.rule.stops == "told_in_writing"
    )  # fmt: skip
    assert told.end is not None
    assert page.form.hint("day") == ""
    page.form.editor("progress").set_value("正在调查。")
    page.form.editor("day").set_value(day(2))
    assert page.form.hint("day") == (
        f"早于今天；期限“{told.rule.name}”（{told.end.latest}）按这一天停止计算。"
    )
    for wrong, said in (
        (day(8), f"日期不能早于收到日期（{day(7)}），请改正。"),
        (day(-1), f"日期不能晚于今天（{TODAY}），请改正。"),
    ):
        page.form.editor("day").set_value(wrong)
        assert page.form.hint("day") == ""
        desk.click("complaints.interim.save")
        assert page.form.faults() == {"day": said}
    page.form.editor("day").set_value(day(2))
    desk.click("complaints.interim.save")
    assert desk.ask(lambda o: register.view(o, number, TODAY)).complaint.told_in_writing == day(2)


def test_where_to_answer_is_seen_and_corrected_only_after_the_look(desk: Desk) -> None:
    number = desk.register(reply_way=ReplyWay.EMAIL, reply_email="liu@example.cn")
    desk.open(number)
    desk.tab.work.correct()
    desk.wait()
    page = desk.page()
    assert isinstance(page, CorrectionPage)
    for key in ("reply_way", "reply_email", "representative"):
        assert not page.form.editor(key).isVisible()
    desk.click("complaints.correct.reveal")
    email = desk.find("complaints.correct.reply_email")
    assert isinstance(email, QLineEdit)
    assert email.text() == "liu@example.cn"
    email.setFocus()
    email.selectAll()
    desk.type("fang@example.cn")
    page.form.editor("reason").set_value("投诉人换了邮箱")
    desk.click("complaints.correct.save")
    assert desk.said[-1].endswith("的登记已修改。")


def test_the_body_that_sent_it_on_is_told_by_letter_and_its_clock_stops(desk: Desk) -> None:
    number = desk.register(**SENT)
    desk.open(number)
    texts = desk.tab.record.next.menu_texts()
    assert "回复来源单位…" in texts
    find(desk, number)
    desk.open(number)
    desk.tab.record.next.choose("origin_reply")
    desk.wait()
    page = desk.page()
    assert isinstance(page, OriginReplyPage)
    assert "属实" in str(page.form.values()["result"])
    assert page.preview.page_count() > 0
    desk.press(Qt.Key.Key_Return, ctrl=True)
    desk.wait()
    assert desk.said[-1] == "已制作 澄公开办投复〔2026〕1号。"
    assert isinstance(desk.tab._page, LetterView)
    desk.press(Qt.Key.Key_Escape)
    desk.wait()
    view = desk.tab.record.view
    assert view is not None
    assert view.complaint.origin_replied == TODAY
    told = desk.tab.record.facts.text("已回复来源单位")
    assert told == "2026-11-20　澄公开办投复〔2026〕1号"
    assert "回复来源单位…" in desk.tab.record.next.menu_texts()  # the end may be told, too


def test_a_reply_that_went_another_way_is_noted_with_its_number(desk: Desk) -> None:
    number = desk.register(**SENT)
    desk.open(number)
    desk.tab.record.next.choose("origin_reply")
    desk.wait()
    page = desk.page()
    page.form.editor("how").set_value("otherwise")
    assert not page.form.editor("progress").isVisible()
    desk.click("complaints.origin_reply.save")
    assert set(page.form.faults()) == {"sent"}
    page.form.editor("sent").set_value("电话回复")
    desk.click("complaints.origin_reply.save")
    assert desk.said[-1] == "投〔2026〕0001 已登记回复来源单位。"


def test_its_day_is_in_the_list(desk: Desk) -> None:
    desk.register(**{**SENT, "received": TODAY, "origin_due": TODAY})
    row = desk.tab.model.rows()[0]
    assert row.clock is not None
    assert row.clock.rule.name == "外单位要求回复"


@pytest.mark.parametrize(("channel", "title"), [("visit", "接谈记录"), ("phone", "电话记录")])
def test_what_was_said_is_typed_with_questions_and_seen_as_it_prints(
    desk: Desk, channel: str, title: str
) -> None:
    letter = desk.register()
    desk.open(letter)
    assert not any("记录…" in one and "打印" in one for one in desk.tab.record.next.menu_texts())
    number = desk.register(channel=channel)
    desk.open(number)
    assert any(title in one for one in desk.tab.record.next.menu_texts())
    desk.tab.record.next.choose("transcript")
    desk.wait()
    page = desk.tab._page
    assert isinstance(page, TranscriptPage)
    assert page.heading() == f"打印{title}"
    assert len(page.form.values()["exchanges"]) == 3  # type: ignore[arg-type]
    assert page.preview.page_count() == 1
    page.form.editor("statement").set_value("")
    desk.qtbot.waitUntil(lambda: not page._timer.isActive())  # the sheet follows the typing
    desk.wait()
    assert "statement" in page.form.faults()
