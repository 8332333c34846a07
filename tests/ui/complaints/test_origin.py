"""The body that sent a complaint on: typed at intake, shown in the record, found by the search."""

from datetime import timedelta

from desktop.ui.complaints.intake import IntakePage
from tests.ui.complaints.conftest import DRAFT, TODAY, Desk
from tests.ui.complaints.test_record import view


def test_the_body_that_sent_it_on_is_typed_and_shown(desk: Desk) -> None:
    desk.click("complaints.new")
    page = desk.page()
    assert isinstance(page, IntakePage)
    page.form.set_values(
        {
            "channel": "letter",
            "complainants": ({"name": "刘芳"},),
            "accused_unit": 1,
            "grounds": ("5",),
            "subject": DRAFT.subject,
            "text": DRAFT.text,
            "origin_number": "澄信转〔2026〕88号",
            "origin_due": TODAY + timedelta(days=30),
        }
    )
    desk.click("complaints.register.save")
    assert page.form.faults()["origin"] == "请填写这一项。"
    page.form.editor("origin").set_value("澄岳市信访局")
    desk.click("complaints.register.save")
    assert view(desk).complaint.origin == "澄岳市信访局"
    facts = desk.tab.record.facts
    assert facts.text("来源") == "澄岳市信访局　澄信转〔2026〕88号"
    assert facts.text("要求回复日期") == "2026-12-20"
    desk.tab.work.correct()
    desk.wait()
    assert desk.page().form.values()["origin"] == "澄岳市信访局"
