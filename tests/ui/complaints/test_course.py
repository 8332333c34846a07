"""The course of a complaint as a clerk works with it: 拟办, 中止与恢复, 归档, 撤销上一步."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pypdf
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.rules.clocks import ClockState
from desktop.rules.complaints import Identity, Outcome, Ruling, RunningClock, State, Step
from desktop.ui.common import wording
from desktop.ui.common.palette import Status
from desktop.ui.common.record import DayStrip
from desktop.ui.complaints import reading
from desktop.ui.complaints.actions import CONTENTS_SHEET, UNDO
from desktop.ui.complaints.course import UndoPage
from desktop.ui.complaints.papers import LetterView
from desktop.ui.complaints.sheets import ApprovalPage
from desktop.ui.today import lines
from desktop.usecases import answers, auditlog, complaints, course, letterbook, today
from desktop.usecases.answers import AnswerDraft, InterimDraft
from desktop.usecases.auditlog import LogFilter
from desktop.usecases.complaints import DecisionDraft, FindingDraft
from desktop.usecases.course import PauseDraft
from desktop.usecases.letterbook import SealDraft
from desktop.usecases.office import Acting, Office
from desktop.usecases.register import ComplaintView
from desktop.usecases.today import Group
from tests.ui.complaints.conftest import TODAY, Desk, day


def view(desk: Desk) -> ComplaintView:
    found = desk.tab.record.view
    assert found is not None
    return found


def choose(desk: Desk, key: str) -> None:
    """Click a filter above the list."""
    desk.qtbot.mouseClick(desk.tab.filters._buttons[key], Qt.MouseButton.LeftButton)
    desk.wait()


def at(when: date) -> Acting:
    return Acting(1, "王敏", datetime(when.year, when.month, when.day, 9, 30))


def newest(desk: Desk) -> str:
    event = reading.events(view(desk))[0]
    return f"{event.what} {event.who}\n{event.text}"


def reader(desk: Desk) -> LetterView:
    page = desk.tab._page
    assert isinstance(page, LetterView)
    return page


def text(pdf: bytes) -> str:
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return "".join("".join(p.extract_text() for p in pages).split())


def accepted(desk: Desk, **changes: object) -> int:
    complaint = desk.register(**changes)
    draft = DecisionDraft("陈守正", TODAY, Ruling.ACCEPT)
    acting = desk.context.acting()
    desk.work(lambda o: complaints.decide(o, complaint, draft, acting))
    desk.open(complaint)
    return complaint


def closed(desk: Desk) -> int:
    complaint = accepted(desk)
    acting = desk.context.acting()

    def go(o: Office) -> None:
        found = FindingDraft(TODAY, "王敏", "已查明。", Outcome.UNPROVEN, "不作处理。")
        complaints.record_finding(o, complaint, found, acting)
        answers.answer(o, complaint, AnswerDraft("已查明。", "不作处理。", TODAY), acting)
        complaints.close(o, complaint, TODAY, "", acting)

    desk.work(go)
    desk.open(complaint)
    return complaint


def transfer_decided(desk: Desk) -> int:
    """Decided yesterday to be passed on; received the day before."""
    complaint = desk.register(received=day(2))
    draft = DecisionDraft("陈守正", day(1), Ruling.TRANSFER, receiver=2)
    desk.work(lambda o: complaints.decide(o, complaint, draft, at(day(1))))
    desk.open(complaint)
    return complaint


PAUSED = PauseDraft("等待法院对同一事项的判决", "陈守正", "", TODAY)


def clock(desk: Desk, rule: str) -> RunningClock:
    return next(c for c in view(desk).clocks if c.rule.id == rule)


def test_what_is_proposed_stands_on_the_leaders_sheet(desk: Desk) -> None:
    desk.open(desk.register())
    assert view(desk).permitted[0] is Step.DECIDE  # nobody is made to propose first
    desk.click("complaints.proposal")
    form = desk.page().form
    desk.press(Qt.Key.Key_Space, Qt.Key.Key_Right)
    assert form.values()["ruling"] is Ruling.TRANSFER
    desk.press(Qt.Key.Key_Tab)
    desk.type("市场")
    desk.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert form.values()["receiver"] == 2
    form.editor("handler").set_value("李堃")
    desk.press(Qt.Key.Key_Return, ctrl=True)
    desk.wait()
    assert form.faults() == {"text": "请填写这一项。"}
    desk.at("complaints.propose.text")
    desk.type("属于该局职权，建议转其核查并函复。")
    desk.press(Qt.Key.Key_Return, ctrl=True)
    desk.wait()
    assert view(desk).state is State.PROPOSED
    assert not desk.find("complaints.proposal").isVisible()
    assert newest(desk).startswith("拟办 王敏\n拟转办 · 承办单位：市市场监督局 · 承办人：李堃")
    desk.click("complaints.second")
    page = desk.tab._page
    assert isinstance(page, ApprovalPage)
    proposal = page.form.values()["proposal"]
    assert proposal == "拟转市市场监督局办理，由李堃承办。属于该局职权，建议转其核查并函复。"
    page.cancel_button.click()
    desk.wait()
    choose(desk, "registered")
    row = desk.tab.list.current_row()
    assert row is not None
    assert row.state is State.PROPOSED


def test_a_pause_stops_the_clocks_and_the_resumption_moves_them(desk: Desk) -> None:
    complaint = transfer_decided(desk)
    was = clock(desk, "transfer").end
    assert was is not None
    desk.tab.record.next.choose(Step.PAUSE)
    desk.wait()
    desk.at("complaints.pause.day")
    form = desk.page().form
    desk.press(Qt.Key.Key_Return, ctrl=True)
    desk.wait()
    assert set(form.faults()) == {"reason", "approved_by"}
    desk.at("complaints.pause.reason")
    desk.type("等待法院对同一事项的判决")
    form.editor("approved_by").set_value("陈守正")
    desk.press(Qt.Key.Key_Return, ctrl=True)
    desk.wait()
    assert reader(desk).preview.page_count() > 0
    desk.click("complaints.reader.back")
    seen = view(desk)
    assert seen.complaint.paused == TODAY
    rests = clock(desk, "transfer")
    assert (rests.status.state, rests.end and rests.end.due) == (ClockState.PAUSED, was.due)
    assert clock(desk, "written").status.state is ClockState.MET  # told by the letter
    assert desk.find("complaints.paused").isVisible()
    assert seen.permitted == (Step.RESUME, Step.INTERIM)
    assert "理由：等待法院对同一事项的判决\n依据：规则没有规定，本单位决定" in newest(desk)
    row = desk.tab.list.current_row()
    assert row is not None
    assert row.clock is not None
    assert wording.clock_words(row.clock.status) == ("中止，剩 3 个工作日", Status.PAUSED)
    choose(desk, "paused")
    assert [r.complaint.id for r in desk.tab.model.rows()] == [complaint]
    later = datetime(2026, 12, 7, 9, 0)
    desk.context.clock = lambda: later
    desk.tab.reload()
    desk.wait()
    desk.click("complaints.next")
    desk.at("complaints.resume.day")
    desk.page().form.editor("reason").set_value("判决已经生效")
    desk.press(Qt.Key.Key_Return, ctrl=True)
    desk.wait()
    said = text(reader(desk).preview._pdf)
    assert "现自2026年12月7日起恢复办理，中止期间共17日，不计入办理期限。" in said
    desk.click("complaints.reader.back")
    moved = clock(desk, "transfer")
    assert moved.end is not None
    # 2026-11-20 to 12-04 are eleven working days
    assert (moved.end.planned, moved.end.credited) == (was.due, 11)
    assert moved.end.due == date(2026, 12, 10)
    assert not desk.find("complaints.paused").isVisible()
    card = desk.tab.record.clocks
    card.explain("transfer")
    why = desk.find("complaints.why")
    assert isinstance(why, DayStrip)
    assert (
        "原定 2026-11-25（周三）；2026-11-20 至 2026-12-06 中止，共 11 个工作日不计"
        in why.summary()
    )
    assert "顺延后 2026-12-10（周四）" in why.summary()


def test_an_anonymous_complaint_rests_without_a_letter(desk: Desk) -> None:
    accepted(desk, identity=Identity.ANONYMOUS, complainants=(), received=day(1))
    desk.tab.record.next.choose(Step.PAUSE)
    desk.wait()
    form = desk.page().form
    form.set_values({"reason": "等待鉴定结论", "approved_by": "陈守正", "basis": "《办法》第九条"})
    desk.press(Qt.Key.Key_Return, ctrl=True)
    desk.wait()
    assert view(desk).letters == ()
    assert "依据：《办法》第九条" in newest(desk)
    desk.click("complaints.next")
    desk.page().form.set_values({"reason": "鉴定结论已经作出"})
    desk.press(Qt.Key.Key_Return, ctrl=True)
    desk.wait()
    assert view(desk).complaint.paused is None
    assert desk.said[-1] == "投〔2026〕0001 已恢复办理，期限已顺延。"


def test_a_closed_complaint_is_filed_and_locked(desk: Desk) -> None:
    complaint = closed(desk)
    items = desk.work(lambda o: today.agenda(o, TODAY), changes=False)
    assert [(i.record_id, i.next_step, i.unfiled) for i in items] == [(complaint, Step.ARCHIVE, 1)]
    desk.click("complaints.next")
    desk.at("complaints.archive.volume")
    form = desk.page().form
    desk.type("Z109-WS·2026-Y-0001")
    form.set_values({"box": "3", "retention": "30年", "pages": "十二"})
    desk.press(Qt.Key.Key_Return, ctrl=True)
    desk.wait()
    assert form.faults() == {"pages": "页数请填 1 到 9999 的数字；不清楚的不填。"}
    form.set_values({"pages": "12"})
    desk.press(Qt.Key.Key_Return, ctrl=True)
    desk.wait()
    seen = view(desk)
    assert seen.state is State.ARCHIVED
    assert seen.permitted == ()
    assert desk.tab.record.next.main.isHidden()
    facts = desk.tab.record.facts.text("归档")
    assert facts == "Z109-WS·2026-Y-0001，盒号 3 · 保管期限 30年 · 12 页 · 王敏 2026-11-20 归档"
    assert all(p.why_not for p in seen.permissions)
    desk.press(Qt.Key.Key_F2)
    assert desk.said[-1].startswith("这一件已经归档")
    desk.tab.record.next.choose(CONTENTS_SHEET)
    desk.wait()
    said = text(reader(desk).preview._pdf)
    for words in ("卷内目录", "投诉登记表", "领导批示单", "办理结果告知书", "卷号：Z109-WS·2026-Y-0001",
                  "盒号：3；保管期限：30年；全卷12页；归档人：王敏"):  # fmt: skip
        assert words in said
    assert "刘芳" not in said
    desk.click("complaints.reader.back")
    choose(desk, "archived")
    assert [r.complaint.id for r in desk.tab.model.rows()] == [complaint]
    assert desk.work(lambda o: today.agenda(o, TODAY), changes=False) == ()
    second = closed(desk)
    desk.click("complaints.next")
    # what was written last is offered again
    assert desk.page().form.values()["retention"] == "30年"
    assert second != complaint


def test_the_last_step_is_taken_back_with_a_reason_that_stays(desk: Desk) -> None:
    closed(desk)
    desk.tab.record.next.choose(UNDO)
    desk.wait()
    page = desk.page()
    assert isinstance(page, UndoPage)
    notes = {w.text() for w in page.findChildren(QLabel)}
    assert "投诉办结（王敏 2026-11-20 09:30）" in notes
    assert any(n.startswith("状态由“办结”回到“已答复”") for n in notes)
    desk.at("complaints.undo.reason")
    desk.press(Qt.Key.Key_Return, ctrl=True)
    desk.wait()
    assert page.form.faults() == {"reason": "请填写这一项。"}
    desk.type("刘芳又补来材料")
    desk.press(Qt.Key.Key_Return, ctrl=True)
    desk.wait()
    seen = view(desk)
    assert seen.state is State.ANSWERED
    assert desk.said[-1] == "已撤销 投〔2026〕0001 的“投诉办结”。"
    assert desk.events[-1] == 0
    assert newest(desk) == "撤销：投诉办结 王敏\n理由：×××又补来材料"
    desk.tab.record.next.choose(UNDO)  # now the answer: its letter becomes void
    desk.wait()
    number = seen.letters[-1].number
    assert any(f"文书 {number} 作废" in w.text() for w in desk.page().findChildren(QLabel))
    desk.page().form.set_values({"reason": "写错了"})
    desk.press(Qt.Key.Key_Return, ctrl=True)
    desk.wait()
    assert view(desk).state is State.FOUND
    assert view(desk).letters[-1].void
    log = desk.work(lambda o: auditlog.page(o, LogFilter(undone=False)), changes=False)
    assert log.lines[0].reason == "写错了"


def test_what_others_were_built_on_is_not_taken_back_and_says_why(desk: Desk) -> None:
    complaint = accepted(desk)
    acting = desk.context.acting()
    draft = InterimDraft("正在核查。", "约谈有关人员。", None, TODAY)
    letter = desk.work(lambda o: answers.tell_progress(o, complaint, draft, acting)).value
    seal = SealDraft(TODAY, "陈守正", "王敏", 1)
    desk.work(lambda o: letterbook.seal(o, letter, seal, acting))
    desk.tab.record.next.choose(UNDO)
    desk.wait()
    assert desk.tab._page is None
    assert "已经用印、发出或者送达，不能撤销" in desk.tab.bar.text()


def test_the_written_word_is_offered_before_its_days_are_over(desk: Desk) -> None:
    """Seven days from receipt; handling goes on, so an interim word is due."""
    accepted(desk, received=day(5))
    assert clock(desk, "written").status.state is ClockState.SOON
    button = desk.find("complaints.second")
    assert isinstance(button, QPushButton)
    assert (button.isVisible(), button.text()) == (True, "告知办理情况…")
    (item,) = [
        i
        for i in desk.work(lambda o: today.agenda(o, TODAY), changes=False)
        if i.next_step is Step.INTERIM
    ]
    assert item.clock == "实名举报书面告知"
    desk.click("complaints.second")
    form = desk.page().form
    form.set_values({"progress": "正在核查。", "next_step": "约谈有关人员。"})
    desk.press(Qt.Key.Key_Return, ctrl=True)
    desk.wait()
    desk.click("complaints.reader.back")
    assert clock(desk, "written").status.state is ClockState.MET
    assert not desk.find("complaints.second").isVisible()


def test_a_long_pause_is_asked_about_today(desk: Desk) -> None:
    complaint = transfer_decided(desk)
    acting = desk.context.acting()
    desk.work(lambda o: course.pause(o, complaint, PAUSED, acting))
    soon = desk.work(lambda o: today.agenda(o, TODAY), changes=False)
    (line,) = [i for i in soon if i.record_id == complaint]
    assert (lines.state(line), lines.status(line), lines.due(line)) == (
        "中止第 1 天",
        Status.PAUSED,
        "",
    )
    assert (line.group, line.next_step, today.pressing(soon)) == (Group.WAITING, Step.RESUME, 0)
    much_later = TODAY + timedelta(days=40)
    (line,) = desk.work(lambda o: today.agenda(o, much_later), changes=False)
    assert (lines.state(line), lines.status(line)) == ("中止第 41 天", Status.SOON)
    assert lines.due(line) == "请核实能否恢复"
