"""The notice before the hearing, the handover after the decision, and taking out what was wrong."""

from PySide6.QtWidgets import QLabel, QPushButton

from desktop.rules.casefiles import CaseStep
from desktop.rules.sanctions import rung
from desktop.ui.casefiles.words import closing
from desktop.usecases import inquiry
from desktop.usecases.inquiry import EvidenceDraft, HearingDraft
from tests.ui.casefiles.conftest import TODAY, Desk
from tests.ui.casefiles.test_refusals import decide
from tests.ui.office_fixtures import ACTING


def labels(desk: Desk) -> str:
    return "\n".join(one.text() for one in desk.tab.record.findChildren(QLabel))


def test_a_person_is_told_before_the_hearing_and_the_file_shows_it(desk: Desk) -> None:
    desk.open_case()
    desk.step(CaseStep.HEARING_NOTICE)
    page = desk.page
    assert page.objectName() == "casefiles.notice"
    first = desk.view().people[0].id
    assert page.form.values()["person"] == first
    book = desk.view().book
    desk.pick("casefiles.notice.rung", rung(book, "2").circumstance)
    assert [row["text"] for row in page.form.values()["proposed"]] == [  # type: ignore[attr-defined, index]
        "给予通报批评",
        "责令写出书面检查",
        "取消当年评优、评奖资格",
    ]
    desk.save()
    assert set(desk.faults()) == {"state_by"}
    desk.write("casefiles.notice.state_by", "2026-11-27")
    desk.rest()
    assert page.preview.page_count() > 0  # type: ignore[attr-defined]
    desk.save()
    assert desk.tab.record.bar.text() == "澄公开办责告〔2026〕1号 已制作，请打印后送交。"
    assert desk.view().notices[0].person == first
    desk.tab.record.tabs.show_page("evidence")
    desk.settle()
    assert "告知张喆陈述申辩的权利" in labels(desk)
    desk.tab.record.bar.clicked.emit(f"letter.{desk.view().letters[0].id}")
    desk.settle()
    assert desk.tab.letter is not None
    desk.click("casefiles.letter.back")
    desk.step(CaseStep.HEARING_NOTICE)
    assert desk.page.form.values()["person"] == desk.view().people[1].id  # the one not told yet


def test_what_was_typed_is_not_overwritten_by_another_rung(desk: Desk) -> None:
    desk.open_case()
    desk.step(CaseStep.HEARING_NOTICE)
    book = desk.view().book
    desk.pick("casefiles.notice.rung", rung(book, "2").circumstance)
    desk.page.form.editor("proposed").set_value(({"text": "责令作出书面检查"},))
    desk.pick("casefiles.notice.rung", rung(book, "4").circumstance)
    assert desk.page.form.values()["proposed"] == ({"text": "责令作出书面检查"},)


def test_what_others_decide_is_handed_over_from_the_check_before_closing(desk: Desk) -> None:
    case = desk.open_case()
    desk.ask(lambda office: decide(office, case, "4"))
    desk.turn_to(case)
    assert [one.text for one in closing(desk.view())] == ["决定书送达", "移送有权处理的机关"]
    desk.tab.record.gate.chosen.emit("referral")
    desk.settle()
    page = desk.page
    assert page.objectName() == "casefiles.referral"
    desk.write("casefiles.referral.receiver", "澄岳市纪委监委")
    desk.rest()
    assert page.preview.page_count() > 0  # type: ignore[attr-defined]
    assert "应当移交纪检监察机关按程序处理" in str(page.form.values()["reason"])
    desk.save()
    assert desk.said[-1] == "已制作移送函 澄公开办责移〔2026〕1号。"
    lines = {one.key: one for one in closing(desk.view())}
    assert lines["referral"].done
    assert "澄公开办责移〔2026〕1号" in lines["referral"].note
    desk.tab.record.tabs.show_page("responsibility")
    desk.settle()
    assert "已移送纪检监察机关，澄公开办责移〔2026〕1号" in labels(desk)
    menu = desk.tab.record.next.menu_texts()
    assert any(one.startswith("移送有权处理的机关…（") for one in menu)


def test_closing_without_the_handover_is_warned_of(desk: Desk) -> None:
    case = desk.open_case()
    desk.ask(lambda office: decide(office, case, "4"))
    desk.turn_to(case)
    desk.tab.open_page(CaseStep.CLOSE)
    desk.settle()
    assert desk.page.form.bar.text().startswith("还没有移送纪检监察机关")


def test_evidence_and_hearings_are_taken_out_with_a_reason(desk: Desk) -> None:
    case = desk.open_case()
    piece = EvidenceDraft("网站截图", "电子数据", TODAY, "王敏、李堃")
    person = desk.view().people[0].id
    heard = HearingDraft(person, TODAY, "", "王敏", waived=True, statement="", opinion="")
    desk.ask(lambda office: inquiry.add_evidence(office, case, piece, ACTING))
    desk.ask(lambda office: inquiry.hear(office, case, heard, ACTING))
    desk.turn_to(case)
    desk.tab.record.tabs.show_page("evidence")
    desk.settle()
    desk.find("casefiles.withdraw.evidence.1").click()
    desk.settle()
    desk.save()
    assert desk.faults() == {"reason": "请填写这一项。"}
    desk.write("casefiles.withdrawal.reason", "登记错了案卷")
    desk.save()
    assert desk.said[-1] == "已撤下证据“网站截图”。"
    assert desk.view().evidence == ()
    desk.tab.withdraw("hearing", desk.view().hearings[0].id)
    desk.write("casefiles.withdrawal.reason", "记错了人")
    desk.save()
    assert desk.said[-1] == "已撤下张喆的陈述申辩。"
    assert desk.view().hearings == ()


def test_a_decided_case_offers_no_taking_out(desk: Desk) -> None:
    case = desk.open_case()
    desk.ask(lambda office: decide(office, case))
    desk.turn_to(case)
    desk.tab.record.tabs.show_page("evidence")
    desk.settle()
    assert not [
        one
        for one in desk.tab.record.findChildren(QPushButton)
        if one.objectName().startswith("casefiles.withdraw.")
    ]
