"""Duplicates beside the new registration; linking, merging and taking up anew in the record."""

from PySide6.QtWidgets import QApplication

from desktop.rules.complaints import State
from desktop.ui.complaints import words
from desktop.ui.complaints.intake import IntakePage
from desktop.ui.complaints.reading import events
from desktop.usecases import answers, complaints
from desktop.usecases.answers import AnswerDraft
from tests.ui.complaints.conftest import DRAFT, TODAY, Desk
from tests.ui.complaints.test_points import found
from tests.ui.complaints.test_record import view


def settle(desk: Desk, page: IntakePage) -> None:
    """The clerk stops typing: after a moment the twins are looked for."""
    desk.qtbot.waitUntil(lambda: not page._pause.isActive())
    desk.wait()
    QApplication.processEvents()  # what is new beside the form gets its place before it is clicked


def typed(desk: Desk, subject: str = "保障房分配结果一直不公开") -> IntakePage:
    desk.click("complaints.new")
    page = desk.page()
    assert isinstance(page, IntakePage)
    page.form.editor("accused_unit").set_value(1)
    page.form.editor("subject").set_value(subject)
    settle(desk, page)
    return page


def test_likely_twins_stand_beside_while_typing(desk: Desk) -> None:
    desk.register()
    page = typed(desk)
    assert [t.number for t in page.foresight.twins.shown] == ["投〔2026〕0001"]
    assert page.foresight.twins.isVisible()
    assert not desk.find("complaints.twin.1.body").isVisible()
    desk.click("complaints.twin.1.look")
    assert desk.find("complaints.twin.1.body").isVisible()
    page.form.editor("subject").set_value("窗口收费没有公示")
    settle(desk, page)
    assert not page.foresight.twins.isVisible()


def test_what_is_typed_is_registered_as_a_duplicate(desk: Desk) -> None:
    desk.register()
    page = typed(desk)
    desk.click("complaints.twin.1.duplicate")  # not all is filled in yet
    first, *others = page.form.faults().values()
    assert first.endswith("\n还没有登记；改正以后，请再点“登记为重复件”。")
    assert not [one for one in others if "重复件" in one]
    assert page._linked is None
    page.form.editor("received").set_value("2月30日")
    desk.click("complaints.twin.1.duplicate")
    assert "请再点“登记为重复件”" in page.form.faults()["received"]
    page.form.editor("received").set_value(DRAFT.received)
    page.form.set_values(
        {
            "channel": "letter",
            "complainants": ({"name": "刘芳"},),
            "grounds": ("5",),
            "text": DRAFT.text,
        }
    )
    settle(desk, page)
    desk.click("complaints.twin.1.duplicate")
    assert desk.said[-1] == "已登记 投〔2026〕0002。"
    assert [(k.kind, k.far_number) for k in view(desk).links] == [("duplicate", "投〔2026〕0001")]


def test_a_complaint_is_linked_opened_merged_and_comes_back(desk: Desk) -> None:
    desk.register()
    second = desk.register()
    desk.open(second)
    desk.tab.record.tabs.show_page("links")
    desk.click("complaints.links.link")
    page = desk.page()
    assert "投〔2026〕0001" in page.form.hint("number")
    page.form.editor("number").set_value("7")
    desk.click("complaints.link.save")
    assert page.form.faults()["number"] == "登记簿里没有“7”这个编号，请核对。"
    page.form.editor("number").set_value("1")
    desk.click("complaints.link.save")
    assert [k.kind for k in view(desk).links] == ["related"]
    desk.click("complaints.links.drop.1")
    assert desk.asked == "取消与 投〔2026〕0001 的关联。"
    assert len(view(desk).links) == 1
    desk.give_reason("刘芳说是两件事")
    assert view(desk).links == ()
    newest = events(view(desk))[0]
    assert (newest.what, newest.text) == ("取消关联", "理由：×××说是两件事")
    desk.click("complaints.links.merge")
    desk.page().form.editor("number").set_value("投〔2026〕0001")
    desk.click("complaints.merge.save")
    assert view(desk).state is State.CLOSED
    assert not desk.tab.record.clocks.isVisible()
    assert [dot.text for dot in words.path(view(desk))] == ["登记", "办结"]
    desk.click("complaints.links.open.2")
    assert view(desk).complaint.number == "投〔2026〕0001"
    assert [k.far_number for k in view(desk).links] == ["投〔2026〕0002"]
    desk.open(second)
    desk.click("complaints.links.drop.2")
    assert desk.asked == "撤销并入 投〔2026〕0001。"
    desk.give_reason("\ue000")
    assert view(desk).state is State.CLOSED
    assert "不能" in desk.tab.bar.text()
    desk.click("complaints.links.drop.2")
    desk.give_reason("并错了")
    assert view(desk).state is State.REGISTERED


def test_a_closed_complaint_is_taken_up_anew(desk: Desk) -> None:
    complaint = found(desk, demands="")
    acting = desk.context.acting()
    answer = AnswerDraft("结果确未公开。", "已责令公开。", TODAY)
    desk.work(lambda o: answers.answer(o, complaint, answer, acting))
    desk.tab.record.tabs.show_page("links")
    assert not desk.find("complaints.links.reopen").isEnabled()
    desk.work(lambda o: complaints.close(o, complaint, TODAY, "", acting))
    desk.open(complaint)
    desk.click("complaints.links.reopen")
    page = desk.page()
    assert page.heading() == "重新办理 投〔2026〕0001"
    assert page.form.values()["subject"] == DRAFT.subject
    assert page.kept()["linked"] == complaint
    desk.click("complaints.register.save")
    assert [(k.kind, k.far_number) for k in view(desk).links] == [("reopened", "投〔2026〕0001")]
