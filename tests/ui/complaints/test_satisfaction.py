"""Closing asks whether who complained is satisfied, and the record shows it."""

from desktop.rules.complaints import Satisfaction
from desktop.usecases import answers
from desktop.usecases.answers import AnswerDraft
from tests.ui.complaints.conftest import TODAY, Desk
from tests.ui.complaints.test_points import found


def test_closing_asks_for_the_satisfaction(desk: Desk) -> None:
    complaint = found(desk, demands="")
    acting = desk.context.acting()
    answer = AnswerDraft("结果确未公开。", "已责令公开。", TODAY)
    desk.work(lambda o: answers.answer(o, complaint, answer, acting))
    desk.click("complaints.next")
    page = desk.page()
    assert not page.form.editor("asked").isVisible()
    page.form.editor("satisfaction").set_value(Satisfaction.DISSATISFIED)
    assert page.form.editor("asked").isVisible()
    assert page.form.values()["asked"] == TODAY
    page.form.editor("said").set_value("希望早些公开。")
    desk.click("complaints.close.save")
    assert desk.tab.record.facts.text("满意度") == "不满意"
    view = desk.tab.record.view
    assert view is not None
    assert view.satisfaction is not None
    assert view.satisfaction.text == "希望早些公开。"
