"""The reply checklist on the screen: listed in the record, asked for on the page of the answer."""

from desktop.ui.common.preview import LetterPreview
from desktop.usecases import complaints
from desktop.usecases.complaints import DecisionDraft, FindingDraft, Outcome, Ruling
from tests.ui.complaints.conftest import TODAY, Desk

DEMANDS = "1.尽快公开分配结果；2.说明延期的原因。"


def found(desk: Desk, demands: str = DEMANDS) -> int:
    complaint = desk.register(demands=demands)
    acting = desk.context.acting()
    accept = DecisionDraft("陈守正", TODAY, Ruling.ACCEPT)
    desk.work(lambda o: complaints.decide(o, complaint, accept, acting))
    finding = FindingDraft(TODAY, "李堃", "结果确未公开。", Outcome.PROVEN, "已责令公开。")
    desk.work(lambda o: complaints.record_finding(o, complaint, finding, acting))
    desk.open(complaint)
    return complaint


def tab_text(desk: Desk) -> str:
    tabs = desk.tab.record.tabs
    return tabs.bar.tabText(tabs._keys.index("points"))


def test_the_answer_asks_for_every_open_point(desk: Desk) -> None:
    found(desk)
    assert tab_text(desk) == "诉求 0/2"
    desk.click("complaints.next")
    page = desk.page()
    desk.qtbot.waitUntil(lambda: not page._timer.isActive())  # type: ignore[attr-defined]
    assert page.form.hint("point1") == "尽快公开分配结果"
    desk.click("complaints.answer.save")
    assert page.form.faults()["point1"] == "请填写这一项。"
    assert "还有 2 项诉求没有答复，请逐项填写。" in page.form.bar.text()
    page.form.editor("point1").set_value("已于 11 月 18 日公开。")
    page.form.editor("point2").set_value("可以向市纪委监委反映。")
    page.form.editor("other2").set_value(True)
    desk.qtbot.wait(500)
    desk.wait()
    assert isinstance(page.preview, LetterPreview)  # type: ignore[attr-defined]
    desk.click("complaints.answer.save")
    view = desk.tab.record.view
    assert view is not None
    assert [p.state for p in view.points] == ["answered", "not_ours"]
    assert tab_text(desk) == "诉求 2/2"


def test_points_are_edited_from_the_record(desk: Desk) -> None:
    found(desk)
    desk.tab.record.tabs.show_page("points")
    desk.click("complaints.points.edit")
    page = desk.page()
    rows = page.form.editor("points")
    assert [r["text"] for r in rows.value()] == ["尽快公开分配结果", "说明延期的原因"]  # type: ignore[attr-defined]
    rows.set_value(({"text": "尽快公开分配结果", "answer": "正在办理"},))
    desk.click("complaints.points.save")
    view = desk.tab.record.view
    assert view is not None
    assert [(p.text, p.answer, p.state) for p in view.points] == [
        ("尽快公开分配结果", "正在办理", "open")
    ]
    assert tab_text(desk) == "诉求 0/1"
    desk.click("complaints.next")
    assert desk.page().form.values()["point1"] == "正在办理"
