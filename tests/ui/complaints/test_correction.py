"""The page 修改登记: F2, the masked complainants, the due days before and after, the timeline."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.rules.complaints import Identity
from desktop.ui.complaints.correction import CorrectionPage
from desktop.usecases.office import Office, take_back
from tests.ui.complaints.conftest import DRAFT, TODAY, Desk

K = Qt.Key


def looks(office: Office) -> int:
    sql = "SELECT count(*) FROM event WHERE action = 'complaint.reveal'"
    return int(office.db.execute(sql).fetchone()[0])


def correction(desk: Desk) -> CorrectionPage:
    desk.tab.list.setFocus()
    desk.press(K.Key_F2)
    desk.wait()
    page = desk.page()
    assert isinstance(page, CorrectionPage)
    return page


def timeline(desk: Desk) -> str:
    desk.tab.record.tabs.show_page("steps")

    def said() -> str:
        labels = desk.tab.record.timeline.findChildren(QLabel)
        return "\n".join(one.text() for one in labels if one.isVisible())

    desk.qtbot.waitUntil(lambda: bool(said()))  # new lines are shown by an event
    return said()


def test_f2_corrects_the_receipt_date_and_shows_the_days_before_and_after(desk: Desk) -> None:
    desk.open(desk.register())
    page = correction(desk)
    assert page.moved.text() == "期限\n这次修改不影响期限。"
    assert not desk.tab.has_unsaved()
    page.form.editor("received").set_value(TODAY - timedelta(days=3))
    page.form.edited.emit("received")
    desk.wait()
    assert "期限从改后的收到日期重新计算" in page.moved.text()
    assert "2026-11-20（周五） → 2026-11-24（周二）" in page.moved.text()
    desk.press(K.Key_Return, ctrl=True)
    desk.wait()
    assert page.form.faults() == {"reason": "请填写这一项。"}
    page.form.editor("reason").set_value("看错了邮戳日期。")
    desk.click("complaints.correct.save")
    assert desk.said[-1] == "投〔2026〕0001 的登记已修改。"
    view = desk.tab.record.view
    assert view is not None
    assert view.complaint.received == TODAY - timedelta(days=3)
    assert "收到日期：2026-11-13 → 2026-11-17" in timeline(desk)
    assert "理由：看错了邮戳日期。" in timeline(desk)
    acting, event = desk.context.acting(), desk.events[-1]
    desk.work(lambda office: take_back(office, event, acting))
    view = desk.tab.record.view
    assert view is not None
    assert view.complaint.received == DRAFT.received
    assert view.corrections == ()
    assert "收到日期：" not in timeline(desk)
    assert timeline(desk).startswith("撤销：修改登记")


def test_who_complained_is_shown_by_a_look_on_record_and_can_then_be_changed(desk: Desk) -> None:
    desk.open(desk.register())
    page = correction(desk)
    names = page.form.editor("complainants")
    assert names.isHidden() or not names.isVisible()
    assert page.form.values()["complainants"] == ()
    assert desk.work(looks, changes=False) == 0
    desk.click("complaints.correct.reveal")
    assert desk.work(looks, changes=False) == 1
    assert names.isVisible()
    assert page.form.values()["identity"] is Identity.REAL_NAME
    assert page.form.values()["complainants"][0]["name"] == "刘芳"  # type: ignore[index]
    assert not desk.tab.has_unsaved()
    names.set_value(({"name": "刘芳芳", "phone": "", "address": ""},))
    page.form.editor("reason").set_value("姓名漏写一字。")
    desk.click("complaints.correct.save")
    assert "改了投诉举报人" in timeline(desk)
    assert "刘芳" not in timeline(desk)


def test_what_was_typed_stays_when_the_complainants_are_looked_at(desk: Desk) -> None:
    desk.open(desk.register())
    page = correction(desk)
    page.form.editor("subject").set_value("保障房结果没有公开")
    desk.click("complaints.correct.reveal")
    assert page.form.values()["subject"] == "保障房结果没有公开"
    assert desk.tab.has_unsaved()


def test_an_anonymous_complaint_has_nobody_to_hide(desk: Desk) -> None:
    desk.open(desk.register(identity=Identity.ANONYMOUS, complainants=()))
    page = correction(desk)
    assert not page.form.editor("masked").isVisible()
    assert page.form.editor("identity").isVisible()
    assert not page.form.editor("complainants").isVisible()
