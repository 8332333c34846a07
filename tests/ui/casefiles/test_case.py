"""One case from the complaint to its closing, with mouse and keyboard."""

from pathlib import Path

from desktop.rules.casefiles import CaseState, CaseStep
from desktop.ui.casefiles.pages.decision import DecisionPage
from desktop.ui.casefiles.pages.service import ServicePage
from desktop.ui.common.record import StepState
from tests.ui.casefiles.conftest import Desk, prove_complaint


def test_a_proven_complaint_goes_all_the_way_to_a_closed_case(desk: Desk, tmp_path: Path) -> None:
    _open_from_complaint(desk)
    _take_evidence(desk, tmp_path)
    _hear_both(desk)
    _divide(desk)
    _sanction_and_approve(desk)
    _decide(desk)
    _serve_the_receipt_offered(desk)
    _rectify_and_close(desk)
    view = desk.view()
    assert view.state is CaseState.CLOSED
    assert [one.title for one in view.letters][-1] == "限期整改通知书"
    assert desk.said[0] == "已立案 案〔2026〕0001。"
    assert desk.said[-1] == "案〔2026〕0001 已结案。"
    assert not desk.tab.has_unsaved()


def _open_from_complaint(desk: Desk) -> None:
    complaint = desk.ask(prove_complaint)
    desk.tab.start_from("complaint", complaint)
    desk.settle()
    values = desk.page.form.values()
    assert values["unit"] == 1
    assert values["facts"] == "经查，三季度公租房分配结果逾期十五日才在网站公布。"
    desk.write("casefiles.situations.filter", "时间要求")
    desk.click("casefiles.situation.6.1")
    assert desk.cell(0, "name").text() == "张喆"
    assert desk.cell(0, "post").text() == "窗口科员"
    desk.add_row("people")
    desk.write_cell(1, "name", "赵建国")
    assert desk.cell(1, "post").text() == "副局长"
    desk.pick_in(desk.cell(1, "role"), "主管领导")
    desk.save()
    assert desk.numbers() == ["案〔2026〕0001"]
    view = desk.view()
    assert view.origin is not None
    assert desk.find("casefiles.origin").text() == f"来源：{view.origin.words}"
    assert [p.role for p in view.people] == ["handler", "supervising_leader"]


def _take_evidence(desk: Desk, tmp_path: Path) -> None:
    scan = tmp_path / "网站截图.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    desk.step(CaseStep.EVIDENCE)
    desk.write("casefiles.evidence.name", "单位网站公布页面截图")
    desk.pick("casefiles.evidence.kind", "电子数据")
    desk.write("casefiles.evidence.day", "11-20")
    desk.write("casefiles.evidence.taken_by", "王敏")
    desk.page.form.editor("attachments").add([scan])
    desk.save()
    assert desk.view().requirements[0].missing == "few_investigators"
    desk.step(CaseStep.EVIDENCE)
    assert desk.page.form.hint("taken_by") == "取证人员只有 1 人，至少要 2 人"
    desk.write("casefiles.evidence.name", "对张喆的询问笔录")
    desk.pick("casefiles.evidence.kind", "询问笔录")
    desk.write("casefiles.evidence.day", "今天")
    desk.write("casefiles.evidence.taken_by", "王敏、李堃")
    desk.save()
    assert desk.view().requirements[0].done


def _hear_both(desk: Desk) -> None:
    desk.step(CaseStep.HEARING)
    desk.write("casefiles.hearing.day", "今天")
    desk.write("casefiles.hearing.statement", "因人手不足，未能及时更新。")
    desk.write("casefiles.hearing.opinion", "人手不足不能免除责任，不予采纳。")
    desk.save()
    desk.step(CaseStep.HEARING)
    assert desk.page.form.values()["person"] == desk.view().people[1].id
    desk.tick("放弃", "waived")
    desk.write("casefiles.hearing.day", "今天")
    desk.save()
    assert [one.waived for one in desk.view().hearings] == [False, True]


def _divide(desk: Desk) -> None:
    desk.step(CaseStep.DIVISION)
    desk.tick("经主管领导审批或者同意", "approval")
    desk.rest()
    values = desk.page.form.values()
    assert (values["parts.0.share"], values["parts.1.share"]) == ("secondary", "primary")
    desk.save()
    assert [p.share for p in desk.view().people] == ["secondary", "primary"]


def _sanction_and_approve(desk: Desk) -> None:
    desk.step(CaseStep.SANCTION)
    desk.click("casefiles.rung.2")
    desk.save()
    assert len(desk.view().sanctions) == 7
    desk.step(CaseStep.APPROVAL)
    desk.write("casefiles.approval.by", "领导小组会议（2026年第5次）")
    desk.write("casefiles.approval.day", "今天")
    desk.save()
    assert not [one for one in desk.view().requirements if not one.done]


def _decide(desk: Desk) -> None:
    desk.step(CaseStep.DECIDE)
    page = desk.page
    assert isinstance(page, DecisionPage)
    assert page.preview.page_count() >= 2
    desk.write_cell(0, "name", "市纪委监委", "copied_to")
    desk.rest()
    desk.save()
    assert desk.said[-1] == "已制作责任追究决定书 澄公开办责决〔2026〕1号。"
    assert desk.view().state is CaseState.DECIDED


def _serve_the_receipt_offered(desk: Desk) -> None:
    bar = desk.tab.record.bar
    assert "打印后送达" in bar.text()
    bar.clicked.emit("receipt")
    desk.settle()
    page = desk.page
    assert isinstance(page, ServicePage)
    assert page.preview.page_count() == 1
    desk.write("casefiles.service.day", "今天")
    desk.pick("casefiles.service.way", "直接送达")
    desk.write("casefiles.service.receiver", "张喆")
    desk.save()
    assert desk.view().state is CaseState.SERVED


def _rectify_and_close(desk: Desk) -> None:
    desk.step(CaseStep.RECTIFY)
    desk.write_cell(0, "text", "补充公布分配结果", "requirements")
    desk.write("casefiles.rectification.rectify_by", "2026-12-05")
    desk.rest()
    desk.save()
    assert desk.said[-1] == "已制作限期整改通知书 澄公开办责改〔2026〕1号。"
    desk.step(CaseStep.REPORT)
    desk.write("casefiles.report.day", "今天")
    desk.write("casefiles.report.report", "已补充公布，并修订了更新责任制。")
    desk.save()
    desk.step(CaseStep.CLOSE)
    desk.save()
    states = [one.state for one in desk.tab.record.stepper._steps]
    assert set(states) == {StepState.DONE}
