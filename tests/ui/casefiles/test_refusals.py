"""What a case file does not let pass, and how it says so."""

from dataclasses import replace

from PySide6.QtCore import Qt

from desktop.rules.casefiles import CaseStep
from desktop.rules.rulebook import System
from desktop.ui.casefiles.pages.decision import DecisionPage
from desktop.ui.casefiles.pages.service import ServicePage
from desktop.usecases import decisions, inquiry, profile, shelf, weighing
from desktop.usecases.decisions import DecisionLetterDraft
from desktop.usecases.inquiry import EvidenceDraft, HearingDraft
from desktop.usecases.office import Office
from desktop.usecases.weighing import Conduct, DivisionDraft, SanctionDraft
from tests.ui.casefiles.conftest import CASE, TODAY, Desk
from tests.ui.office_fixtures import ACTING


def test_a_decision_before_the_hearing_says_what_is_missing(desk: Desk) -> None:
    desk.open_case()
    desk.step(CaseStep.DECIDE)
    page = desk.page
    assert isinstance(page, DecisionPage)
    assert page.preview.page_count() >= 1  # the draft may be looked at all the same
    missing = (
        "还不能作出决定，只能看草稿。还缺：调查取证（还没有登记证据）、"
        "听取陈述申辩（2 人中已听取 0 人）、区分责任（2 人中已区分 0 人）、"
        "确定追究方式（还没有确定追究方式）、履行审批手续（还没有集体研究或者审批）。"
    )
    assert page.form.bar.text() == missing
    desk.save()
    assert page.bar.text() == missing
    assert desk.view().letters == ()
    desk.escape()
    assert desk.tab.page is None


def test_the_gate_lists_each_paper_and_opens_its_page(desk: Desk) -> None:
    desk.open_case()
    asked = {
        "evidence": "casefiles.evidence",
        "hearing": "casefiles.hearing",
        "division": "casefiles.division",
        "sanction": "casefiles.sanction",
        "approval": "casefiles.approval",
    }
    for key, name in asked.items():
        desk.tab.record.gate.chosen.emit(key)
        desk.settle()
        assert desk.page.objectName() == name
        desk.escape()


def test_an_empty_case_is_refused_field_by_field(desk: Desk) -> None:
    desk.tab.start_new()
    desk.settle()
    desk.save()
    assert set(desk.faults()) == {"unit", "title", "facts", "situations"}
    assert desk.faults()["title"] == "请填写这一项。"


def test_a_person_needs_a_role_and_the_row_is_named(desk: Desk) -> None:
    desk.tab.start_new()
    desk.settle()
    desk.write_cell(0, "name", "张喆")
    desk.save()
    assert desk.faults()["people"] == "第 1 行“在此事中的身份”：请选择一项。"


def test_without_persons_the_hearing_asks_for_them_first(desk: Desk) -> None:
    desk.open_case(replace(CASE, people=()))
    desk.tab.record.gate.chosen.emit("hearing")
    desk.settle()
    assert desk.page.objectName() == "casefiles.opening"
    assert desk.page.form.bar.text() == "请先登记被追究人员，再办理这一步。"
    desk.write_cell(0, "name", "张喆")
    desk.pick_in(desk.cell(0, "role"), "承办人")
    desk.save()
    assert [p.post for p in desk.view().people] == ["窗口科员"]


def test_unsaved_work_is_not_lost_by_choosing_another_case(desk: Desk) -> None:
    first = desk.open_case()
    desk.open_case()
    desk.step(CaseStep.EVIDENCE)
    desk.write("casefiles.evidence.name", "询问笔录")
    desk.tab.list_pane.list.select(first)
    desk.settle()
    assert desk.tab.has_unsaved()
    assert desk.page.bar.text() == "有未保存的内容。"
    shown = desk.tab.record.view
    assert shown is not None
    assert shown.case.id != first


def test_relief_needs_a_paper_that_proves_it(desk: Desk) -> None:
    desk.open_case()
    desk.step(CaseStep.DIVISION)
    desk.tick("经主管领导审批或者同意", "approval")
    desk.tick("未被采纳", "parts.0.conduct")
    desk.rest()
    said = desk.page.form.editor("parts.0.proposal").text()  # type: ignore[attr-defined]
    assert "应当 不承担责任 第十条（二）" in said
    assert "还缺证明材料" in said
    desk.save()
    assert set(desk.faults()) == {"parts.0.exhibit"}
    desk.write("casefiles.division.parts.0.exhibit", "10月8日签注意见")
    desk.rest()
    desk.save()
    assert [p.share for p in desk.view().people] == ["none", "primary"]


def test_where_the_table_is_silent_the_clerk_chooses_and_says_why(desk: Desk) -> None:
    desk.open_case()
    desk.step(CaseStep.DIVISION)
    desk.tick("经领导班子集体讨论决定", "approval")
    desk.rest()
    said = desk.page.form.editor("parts.0.proposal").text()  # type: ignore[attr-defined]
    assert said == "没有规定 规则没有规定这种情形，由本单位研究确定，并写明理由。"
    for n in range(2):
        assert desk.page.form.values()[f"parts.{n}.share"] is None
        desk.tick("次要责任", f"parts.{n}.share")
    desk.save()
    assert set(desk.faults()) == {"parts.0.reason", "parts.1.reason"}
    for n in range(2):
        desk.write(f"casefiles.division.parts.{n}.reason", "经研究，参照承办情况确定。")
    desk.save()
    assert [p.share for p in desk.view().people] == ["secondary", "secondary"]


def test_where_the_text_leaves_it_open_the_clerk_chooses_and_the_choice_stays(desk: Desk) -> None:
    desk.ask(_use_wuan)
    situation = desk.ask(_first_situation)
    desk.open_case(replace(CASE, situations=(situation,)))
    desk.step(CaseStep.DIVISION)
    desk.tick("经主管领导审批或者同意", "approval")
    desk.tick("未被采纳", "parts.0.conduct")
    desk.write("casefiles.division.parts.0.exhibit", "10月8日签注意见")
    desk.rest()
    said = desk.page.form.editor("parts.0.proposal").text()  # type: ignore[attr-defined]
    assert "可以 减轻或者免予追究；不适用的，承担责任。由经办人选定，并写明理由。" in said
    assert desk.page.form.values()["parts.0.share"] is None
    desk.tick("减轻或者免予追究", "parts.0.share")
    desk.write("casefiles.division.parts.0.reason", "意见正确，且有签注。")
    desk.save()
    assert [p.share for p in desk.view().people] == ["reduced_or_none", "liable"]
    desk.tab.record.gate.chosen.emit("division")
    desk.rest()
    values = desk.page.form.values()
    assert values["parts.0.share"] == "reduced_or_none"
    assert values["parts.0.reason"] == "意见正确，且有签注。"
    assert not desk.tab.has_unsaved()


def test_what_only_others_may_impose_is_decided_as_a_recommendation(desk: Desk) -> None:
    case = desk.open_case()
    desk.ask(lambda office: decide(office, case, rung="4"))
    desk.turn_to(case)
    assert {one.authority for one in desk.view().sanctions} == {"discipline"}
    assert desk.view().letters[0].title == "关于对市住房保障局予以责任追究的决定"


def test_who_knew_and_kept_silent_bears_everything(desk: Desk) -> None:
    desk.open_case()
    desk.step(CaseStep.DIVISION)
    desk.tick("经主管领导审批或者同意", "approval")
    desk.tick("不提醒", "parts.0.conduct")
    desk.write("casefiles.division.parts.0.exhibit", "询问笔录第3页")
    desk.rest()
    other = desk.page.form.editor("parts.1.proposal").text()  # type: ignore[attr-defined]
    assert other == "应当 不承担责任（由张喆承担全部责任）"
    desk.save()
    assert [p.share for p in desk.view().people] == ["full", "none"]


def test_other_measures_than_proposed_need_a_reason(desk: Desk) -> None:
    case = desk.open_case()
    desk.ask(lambda office: divide(office, case))
    desk.turn_to(case)
    desk.step(CaseStep.SANCTION)
    desk.click("casefiles.rung.3")
    person = desk.view().people[0].id
    assert desk.find(f"casefiles.measure.{person}.training").isChecked()
    desk.find(f"casefiles.measure.{person}.transfer_post").setFocus()
    desk.press(Qt.Key.Key_Space)
    assert not desk.find(f"casefiles.measure.{person}.training").isChecked()
    desk.save()
    assert set(desk.faults()) == {"reason"}
    desk.write("casefiles.sanction.reason", "已不宜在原岗位工作。")
    desk.save()
    assert desk.view().case.departure == "已不宜在原岗位工作。"


def test_a_letter_left_behind_needs_a_witness(desk: Desk) -> None:
    case = desk.open_case()
    desk.ask(lambda office: decide(office, case))
    desk.turn_to(case)
    desk.step(CaseStep.SERVE)
    assert isinstance(desk.page, ServicePage)
    desk.write("casefiles.service.day", "今天")
    desk.pick("casefiles.service.way", "留置送达")
    desk.save()
    assert desk.faults() == {"witness": "请填写这一项。"}
    desk.write("casefiles.service.witness", "社区干部陈立")
    desk.save()
    assert desk.view().services[0].witness == "社区干部陈立"


def test_a_case_without_a_report_closes_only_with_a_reason(desk: Desk) -> None:
    case = desk.open_case()
    desk.ask(lambda office: decide(office, case))
    desk.turn_to(case)
    desk.step(CaseStep.SERVE)
    desk.write("casefiles.service.day", "今天")
    desk.pick("casefiles.service.way", "直接送达")
    desk.write("casefiles.service.receiver", "张喆")
    desk.save()
    desk.step(CaseStep.CLOSE)
    desk.save()
    assert desk.faults() == {"note": "请填写这一项。"}


def test_a_decided_case_can_no_longer_be_changed(desk: Desk) -> None:
    case = desk.open_case()
    desk.ask(lambda office: decide(office, case))
    desk.turn_to(case)
    menu = desk.tab.record.next.menu_texts()
    assert "修改案情…（已经作出决定，不能再改。）" in menu
    assert "登记证据…（这一步已经办过了。）" in menu
    assert "结案…（前面的步骤还没有办完。）" in menu


def _use_wuan(office: Office) -> None:
    """Another place's rules: there relief for good advice is 可以, not 必须."""
    before = profile.draft_of(office)
    packs = {**before.packs, System.ACCOUNTABILITY: "wuan"}
    profile.save_profile(office, replace(before, packs=packs), ACTING)


def _first_situation(office: Office) -> str:
    book = office.book(System.ACCOUNTABILITY)
    assert book is not None
    return book.situations[0].id


def divide(office: Office, case: int) -> None:
    """Approved by the leader; nobody did anything special."""
    people = shelf.view(office, case, TODAY).people
    shares = {"handler": "secondary", "supervising_leader": "primary"}
    parts = tuple(Conduct(p.id, False, False, False, "", shares[p.role], "") for p in people)
    weighing.divide(office, case, DivisionDraft("approved", parts), ACTING)


def decide(office: Office, case: int, rung: str = "2") -> None:
    """Everything the gate asks, and the decision."""
    inquiry.add_evidence(
        office, case, EvidenceDraft("网站截图", "电子数据", TODAY, "王敏、李堃"), ACTING
    )
    view = shelf.view(office, case, TODAY)
    for person in view.people:
        heard = HearingDraft(person.id, TODAY, "", "王敏", waived=True, statement="", opinion="")
        inquiry.hear(office, case, heard, ACTING)
    divide(office, case)
    view = shelf.view(office, case, TODAY)
    proposed = shelf.proposed_measures(view, rung)
    chosen = tuple((one.person, one.measure.id) for one in proposed)
    weighing.choose_sanction(office, case, SanctionDraft(rung, chosen, ""), ACTING)
    weighing.approve(office, case, "领导小组会议", TODAY, "", ACTING)
    decisions.decide(office, case, DecisionLetterDraft(TODAY, None), ACTING)
