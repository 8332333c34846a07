"""The body that sent a complaint on: typed at intake, shown in the record, found by the search."""

from datetime import timedelta

from desktop.ui.complaints.correction import CorrectionPage
from desktop.ui.complaints.intake import IntakePage
from tests.ui.complaints.conftest import DRAFT, TODAY, Desk
from tests.ui.complaints.test_record import view
from tests.ui.desk import commit


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


def test_the_day_it_wants_stands_among_the_clocks_while_it_is_typed(desk: Desk) -> None:
    desk.click("complaints.new")
    page = desk.page()
    assert isinstance(page, IntakePage)

    def lines() -> list[str]:
        desk.wait()
        shown = page.foresight.clocks._why
        return [shown["origin"].accessibleName()] if "origin" in shown else []

    assert lines() == []
    due = page.form.editor("origin_due")
    target = due.target()
    target.setFocus()
    commit(target, "2026-11-24")
    assert lines() == ["外单位要求回复 2026-11-24（周二） 剩 4 天"]
    page.form.editor("origin_day").set_value(TODAY + timedelta(days=7))
    page.form.edited.emit("origin_day")
    assert lines() == []  # it wants the reply before it wrote: that can not be
    page.form.editor("origin_day").set_value(TODAY)
    page.form.edited.emit("origin_day")
    assert len(lines()) == 1
    kept = page.kept()
    page.form.editor("origin_due").set_value(None)
    page.form.edited.emit("origin_due")
    assert lines() == []
    page.restore(kept)  # a draft that is gone on with
    assert len(lines()) == 1


def test_a_correction_shows_the_day_before_and_after(desk: Desk) -> None:
    desk.open(desk.register(origin="澄岳市信访局", origin_due=TODAY + timedelta(days=10)))
    desk.tab.work.correct()
    desk.wait()
    page = desk.page()
    assert isinstance(page, CorrectionPage)
    assert page.moved.text() == "期限\n这次修改不影响期限。"
    page.form.editor("origin_due").set_value(TODAY + timedelta(days=4))
    page.form.edited.emit("origin_due")
    desk.wait()
    assert page.moved.text() == (
        "期限\n改后的期限：\n外单位要求回复\n2026-11-30（周一） → 2026-11-24（周二）\n剩 4 天"
    )
    page.form.editor("origin_due").set_value(None)
    page.form.edited.emit("origin_due")
    desk.wait()
    assert page.moved.text().endswith("2026-11-30（周一） → 没有要求\n改后不再要求回复。")
