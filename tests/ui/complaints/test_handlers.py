"""Handlers and recusals in the record, an objection, and the points that a closing asks for."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.rules.complaints import Identity, Outcome, Ruling, Step
from desktop.rules.handlers import Relation
from desktop.rules.points import PointState
from desktop.ui.common.pills import Pill
from desktop.ui.common.record import StepState
from desktop.ui.complaints import words as paths
from desktop.usecases import complaints, handlers, listing, transfers
from desktop.usecases.complaints import DecisionDraft, FindingDraft
from desktop.usecases.handlers import RecusalDraft
from desktop.usecases.office import Office
from desktop.usecases.register import ComplaintView
from desktop.usecases.transfers import ObjectionDraft, TransferDraft
from tests.ui.complaints.conftest import TODAY, Desk, day

K = Qt.Key


def words(widget: QWidget) -> str:
    seen = [*widget.findChildren(QLabel), *widget.findChildren(Pill)]
    return " ".join(w.text() for w in seen if w.isVisible())


def view(desk: Desk) -> ComplaintView:
    found = desk.tab.record.view
    assert found is not None
    return found


def passed_on(desk: Desk) -> int:
    acting = desk.context.acting()
    number = desk.register()
    decision = DecisionDraft("陈守正", day(4), Ruling.TRANSFER, receiver=2)
    desk.work(lambda o: complaints.decide(o, number, decision, acting))
    letter = TransferDraft("分配结果没有公开。", "", None, day(3))
    desk.work(lambda o: transfers.transfer(o, number, letter, acting))
    desk.open(number)
    return number


def test_a_handler_is_named_by_keyboard_and_released_by_mouse(desk: Desk) -> None:
    desk.open(desk.register())
    desk.tab.record.tabs.show_page("handlers")
    desk.click("complaints.handlers.handler")
    desk.at("complaints.handler.name")
    desk.type("孙丽")
    desk.press(K.Key_Tab)
    desk.at("complaints.handler.unit")
    assert desk.page().form.editor("unit").words() == "市市场监督局"  # the list knows where she is
    desk.press(K.Key_Tab)
    desk.at("complaints.handler.day")
    desk.press(K.Key_Return, ctrl=True)
    desk.wait()
    assert [(h.name, h.unit) for h in view(desk).handlers] == [("孙丽", 2)]
    assert desk.tab.record.tabs.current() == "handlers"
    desk.click("complaints.handlers.release.1")
    assert view(desk).handlers[0].until == TODAY
    assert "已更换承办人" in desk.said[-1]


def test_the_accused_is_refused_with_a_sentence_under_the_name(desk: Desk) -> None:
    desk.open(desk.register(accused_person="窗口科员张喆"))
    desk.tab.record.tabs.show_page("handlers")
    desk.click("complaints.handlers.handler")
    desk.type("张喆")
    desk.press(K.Key_Tab)
    desk.click("complaints.handler.save")
    assert "是被投诉的人" in desk.page().form.faults()["name"]


def test_a_recusal_is_recorded_and_lifted_with_its_reason(desk: Desk) -> None:
    desk.open(desk.register())
    desk.tab.record.tabs.show_page("handlers")
    desk.click("complaints.handlers.recusal")
    form = desk.page().form
    desk.wait()
    assert "《信访工作条例》第二十八条" in form.hint("relation")
    desk.click("complaints.recusal.save")
    assert set(form.faults()) == {"name", "relation", "reason", "decided_by"}
    form.set_values(
        {
            "name": "李堃",
            "relation": Relation.COMPLAINANT,
            "reason": "是刘芳的表弟。",
            "decided_by": "陈守正",
        }
    )
    desk.click("complaints.recusal.save")
    desk.qtbot.waitUntil(lambda: "李堃" in words(desk.tab.record.handlers))
    said = words(desk.tab.record.handlers)
    for one in ("李堃", "与投诉举报人有利害关系", "理由：是刘芳的表弟。", "陈守正 2026-11-20 决定"):
        assert one in said, one
    desk.click("complaints.handlers.lift.1")
    desk.page().form.set_values({"reason": "核实不是亲属。"})
    desk.click("complaints.lift.save")
    assert view(desk).recusals[0].lifted == TODAY
    desk.qtbot.waitUntil(lambda: "已解除" in words(desk.tab.record.handlers))
    desk.tab.record.tabs.show_page("steps")
    desk.qtbot.waitUntil(lambda: "解除回避" in words(desk.tab.record.timeline))


def test_who_must_withdraw_finds_everything_closed_with_the_reason(desk: Desk) -> None:
    number = desk.register()
    acting = desk.context.acting()
    draft = RecusalDraft("王敏", None, Relation.OTHER, "与当事人是邻居", "陈守正", TODAY)
    desk.work(lambda o: handlers.recuse(o, number, draft, acting))
    desk.open(number)
    record = desk.tab.record
    desk.qtbot.waitUntil(lambda: "您须回避" in words(record.header))
    assert not record.next.main.isEnabled()
    assert "您已登记回避，不能办理 投〔2026〕0001" in words(record)
    for name in ("complaints.handlers.handler", "complaints.handlers.lift.1"):
        record.tabs.show_page("handlers")
        assert not desk.find(name).isEnabled(), name
    record.tabs.show_page("points")
    assert not desk.find("complaints.points.edit").isEnabled()
    desk.tab.work.correct()
    assert desk.tab._page is None
    assert "您已登记回避" in desk.said[-1]


def test_an_objection_says_until_when_it_could_come(desk: Desk, tmp_path: Path) -> None:
    passed_on(desk)
    desk.tab.record.next.choose(Step.OBJECT.value)
    desk.wait()
    assert desk.page().objectName() == "complaints.object"
    desk.wait()
    form = desk.page().form
    assert "2026-11-24" in form.hint("day")
    assert "《信访工作条例》第二十三条" in form.hint("day")
    paper = tmp_path / "退回函.pdf"
    paper.write_bytes(b"%PDF-1.7 back")
    form.editor("attachments").add([paper])  # type: ignore[attr-defined]
    desk.click("complaints.object.save")
    assert "请填写" in form.faults()["reason"]
    form.set_values({"reason": "不属于本单位职责。", "paper": "市监函〔2026〕9号"})
    desk.click("complaints.object.save")
    record = desk.tab.record
    assert view(desk).state == "returned"
    path = paths.path(view(desk))
    assert [dot.state for dot in path][:2] == [StepState.DONE, StepState.CURRENT]
    record.tabs.show_page("steps")
    said = words(record.timeline)
    for one in ("承办单位退回", "来文 市监函〔2026〕9号", "附件：退回函.pdf", "转办（已退回）"):
        assert one in said, one


def test_the_same_receiver_again_asks_why(desk: Desk) -> None:
    number = passed_on(desk)
    acting = desk.context.acting()
    objection = ObjectionDraft(day(1), "不属于本单位职责")
    desk.work(lambda o: transfers.record_objection(o, number, objection, acting))
    desk.open(number)
    desk.click("complaints.next")
    form = desk.page().form
    assert not form.editor("reason").isVisible()
    form.set_values({"leader": "陈守正", "ruling": Ruling.TRANSFER, "receiver": 3})
    form.edited.emit("receiver")
    assert not form.editor("reason").isVisible()
    form.set_values({"receiver": 2})
    form.edited.emit("receiver")
    assert form.editor("reason").isVisible()
    desk.click("complaints.decide.save")
    assert "请填写" in form.faults()["reason"]
    form.set_values({"reason": "列入该局职责"})
    desk.click("complaints.decide.save")
    assert view(desk).state == "transfer_due"


def test_the_end_of_an_anonymous_complaint_asks_for_every_open_point(desk: Desk) -> None:
    number = desk.register(
        identity=Identity.ANONYMOUS, complainants=(), demands="1. 公开分配结果；2. 处理责任人员"
    )
    acting = desk.context.acting()
    accept = DecisionDraft("陈守正", TODAY, Ruling.ACCEPT)
    desk.work(lambda o: complaints.decide(o, number, accept, acting))
    finding = FindingDraft(TODAY, "李堃", "确未公开。", Outcome.PROVEN, "已责令公开。")
    desk.work(lambda o: complaints.record_finding(o, number, finding, acting))
    desk.open(number)
    desk.click("complaints.next")
    form = desk.page().form
    desk.click("complaints.close.save")
    assert "还有 2 项诉求没有交代" in form.bar.text()
    form.set_values(
        {"point1": "已公开。", "state2": PointState.DECLINED, "point2": "没有处理的依据。"}
    )
    desk.click("complaints.close.save")
    assert [p.state for p in view(desk).points] == ["answered", "declined"]
    assert view(desk).state == "closed"
    desk.tab.record.tabs.show_page("points")
    desk.qtbot.waitUntil(lambda: "不予答复" in words(desk.tab.record.points))
    assert "已办理" in words(desk.tab.record.points)


def test_one_search_by_a_name_is_one_event(desk: Desk) -> None:
    def events(office: Office) -> int:
        sql = "SELECT count(*) FROM event WHERE action = 'complaint.search'"
        return int(office.db.execute(sql).fetchone()[0])

    def search(text: str) -> None:
        desk.tab.search.setFocus()
        desk.tab.search.clear()
        for ch in text:
            desk.type(ch)
        desk.qtbot.waitUntil(lambda: not desk.tab.pane._pause.isActive())
        desk.wait()
        desk.qtbot.waitUntil(lambda: not desk.tab.pane._asked)

    desk.register()
    desk.work(listing.open_names, changes=False)
    search("分配")
    assert desk.work(events, changes=False) == 0
    search("刘芳")
    assert desk.work(events, changes=False) == 1
    desk.type("1390000")  # still the same search
    desk.tab.pane.reload()
    desk.wait()
    assert desk.work(events, changes=False) == 1
    search("")
    search("刘芳")
    assert desk.work(events, changes=False) == 2
