"""Letters beside the decision, and what was entered wrongly taken out again."""

from datetime import date, timedelta

from desktop.rules.casefiles import CaseState, CaseStep, Closing
from desktop.usecases import casenotices, letters
from desktop.usecases.casenotices import HearingNoticeDraft, ReferralDraft
from tests.pdftext import text_of
from tests.usecases.desk import ACTING, NAME, TODAY, Desk, faulty, forbidden, not_undoable

DAY = timedelta(days=1)


# ---- 陈述申辩告知书 -------------------------------------------------------------------------------


def test_a_person_is_told_facts_basis_measure_and_the_right_to_be_heard(desk: Desk) -> None:
    case = desk.open_case()
    first, second = (p.id for p in desk.case(case).people[:2])
    letter = desk.notice(case, first, way="当面陈述的，请于11月23日上午到办公室")
    said = desk.pdf_text(letter)
    person = desk.case(case).person(first)
    assert person is not None
    for words in (
        f"{person.name}：",
        "第十一条第（二）项",
        "给予通报批评",
        "2026年11月25日前提出",
        "有权进行陈述和申辩",
        "11月23日上午到办公室",
    ):
        assert words in said
    (notice,) = desk.case(case).notices
    assert (notice.person, notice.letter.id, notice.state_by) == (first, letter, date(2026, 11, 25))
    assert "澄岳市人民路1号" in desk.pdf_text(desk.notice(case, second))
    desk.take_back()
    assert [n.person for n in desk.case(case).notices] == [first]
    desk.hear(case, first)
    with faulty(("person", "heard_already")):
        desk.notice(case, first)
    desk.hear_all(case)
    with forbidden("all_heard"):
        desk.notice(case, second)


def test_a_hearing_notice_says_what_is_wrong_with_it(desk: Desk) -> None:
    case = desk.open_case()
    person = desk.case(case).people[0].id
    with faulty(("person", "choose"), ("rung", "choose"), ("proposed", "required"),
                ("state_by", "required")):  # fmt: skip
        desk.notice(case, 0, rung="", proposed=(" ",), state_by=None)
    with faulty(("state_by", "before")):
        desk.notice(case, person, state_by=TODAY - DAY)
    with faulty(("day", "before_opening")):
        desk.notice(case, person, day=date(2026, 1, 5))
    origin = desk.open_case(complaint=desk.proven())
    with faulty(("proposed", "gives_away")):
        desk.notice(origin, desk.case(origin).people[0].id, proposed=(f"{NAME}反映的",))
    desk.ready(case)
    desk.decide_case(case)
    with forbidden("already_done"):
        desk.notice(case, person)


def test_what_is_intended_comes_from_the_rung_and_then_from_the_choice(desk: Desk) -> None:
    case = desk.open_case()
    view = desk.case(case)
    person = view.people[0].id
    assert casenotices.intended(view, person, "2") == (
        "给予通报批评",
        "责令写出书面检查",
        "取消当年评优、评奖资格",
    )
    assert casenotices.intended(view, person, "3") == (
        "建议有权处理的机关作如下处理：离岗培训3个月",
    )
    assert casenotices.intended(view, person, "4") == ("移交纪检监察机关按程序处理",)
    assert casenotices.intended(view, 0, "2") == casenotices.intended(view, person, "") == ()
    desk.divide(case)
    desk.sanction(case, "2")
    assert "给予通报批评" in casenotices.intended(desk.case(case), person, "2")


def test_a_draft_of_the_notice_shows_what_is_not_filled_in_yet(desk: Desk) -> None:
    case = desk.open_case()
    person = desk.case(case).people[0].id
    draft = HearingNoticeDraft(person, "", (), TODAY + DAY, "", None)
    said = text_of(casenotices.preview_hearing_notice(desk.office, case, draft, ACTING))
    assert "确定追究方式后列明依据" in said
    assert "待填写" in said
    with faulty(("person", "choose"), ("state_by", "required")):
        empty = HearingNoticeDraft(None, "", (), None, "", None)
        casenotices.preview_hearing_notice(desk.office, case, empty, ACTING)


# ---- 移送函 ---------------------------------------------------------------------------------------


def test_what_another_authority_decides_is_handed_over_by_one_letter(desk: Desk) -> None:
    case = desk.ready(desk.open_case(), "4")
    with forbidden("earlier_step_first"):
        desk.refer(case)
    decision = desk.decide_case(case)
    view = desk.case(case)
    (handover,) = view.handovers
    assert (handover.authority, handover.letter) == ("discipline", None)
    assert "应当移交纪检监察机关按程序处理" in casenotices.referral_reason(view, handover)
    papers = casenotices.referral_papers(view)
    assert any(letters.of(desk.office, letters.Subject("case_file", case))[-1].number in p
               for p in papers)  # fmt: skip
    assert any("陈述申辩笔录" in p for p in papers)
    desk.serve(case, decision)
    letter = desk.refer(case, materials=papers, reply_by=TODAY + 20 * DAY)
    said = desk.pdf_text(letter)
    for words in ("澄岳市纪委监委：", "第十一条第（四）项", "陈述申辩笔录", "2026年12月10日前"):
        assert words in said
    seen = desk.case(case)
    assert seen.handovers[0].letter is not None
    assert seen.handovers[0].letter.id == letter
    assert {line.key: line.done for line in seen.closing}[Closing.REFERRED]
    with forbidden("already_done"):
        desk.refer(case)
    desk.take_back()
    assert desk.case(case).handovers[0].letter is None
    desk.refer(case)


def test_closing_is_warned_of_a_missing_handover_and_not_hindered(desk: Desk) -> None:
    case = desk.ready(desk.open_case(), "4")
    desk.serve(case, desk.decide_case(case))
    seen = desk.case(case)
    assert not {line.key: line.done for line in seen.closing}[Closing.REFERRED]
    assert CaseStep.CLOSE in seen.permitted
    desk.close_case(case, "已由纪检监察机关另案处理")
    assert desk.case(case).state is CaseState.CLOSED
    with forbidden("already_done"):
        desk.refer(case)


def test_a_handover_says_what_is_wrong_with_it(desk: Desk) -> None:
    own = desk.ready(desk.open_case(), "2")
    desk.decide_case(own)
    with forbidden("nothing_to_refer"):
        desk.refer(own)
    case = desk.ready(desk.open_case(complaint=desk.proven()), "4")
    desk.decide_case(case)
    with faulty(("authority", "choose"), ("receiver", "required"), ("reason", "required"),
                ("materials", "required")):  # fmt: skip
        desk.refer(case, authority="judicial", receiver="", reason="", materials=("",))
    with faulty(("materials", "gives_away")):
        desk.refer(case, materials=(f"{NAME}的来信",))
    with faulty(("day", "before_letter")):
        desk.refer(case, day=TODAY - DAY)


def test_a_draft_of_the_handover_can_be_looked_at_before_it_is_complete(desk: Desk) -> None:
    case = desk.ready(desk.open_case(), "3")
    desk.decide_case(case)
    draft = ReferralDraft("appointing", "", "", (), None, None)
    assert "（受移送机关）" in text_of(
        casenotices.preview_referral(desk.office, case, draft, ACTING)
    )
    with faulty(("authority", "choose")):
        nobody = ReferralDraft(None, "", "", (), None, None)
        casenotices.preview_referral(desk.office, case, nobody, ACTING)


# ---- 撤下 -----------------------------------------------------------------------------------------


def test_what_was_entered_wrongly_is_taken_out_with_a_reason_and_can_come_back(desk: Desk) -> None:
    case = desk.ready(desk.open_case())
    view = desk.case(case)
    with faulty(("reason", "required")):
        desk.withdraw_evidence(case, view.evidence[0].id, " ")
    with faulty(("", "gone")):
        desk.withdraw_evidence(case, 99)
    desk.withdraw_evidence(case, view.evidence[0].id)
    seen = desk.case(case)
    assert seen.evidence == ()
    assert seen.case.approved is None  # what was approved has changed
    assert CaseStep.DECIDE not in seen.permitted
    event = desk.office.db.execute("SELECT action, reason FROM event ORDER BY seq DESC").fetchone()
    assert tuple(event) == ("case.evidence.withdraw", "登记错了案卷")
    desk.take_back()
    assert desk.case(case).requirements == view.requirements
    desk.withdraw_hearing(case, view.hearings[0].id)
    assert len(desk.case(case).hearings) == len(view.hearings) - 1
    assert CaseStep.HEARING_NOTICE in desk.case(case).permitted
    person = view.hearings[0].case_person
    desk.hear(case, person)
    with not_undoable():
        desk.take_back(desk.last_event() - 1)
    desk.approve(case)
    desk.decide_case(case)
    with forbidden("already_done"):
        desk.withdraw_hearing(case, desk.case(case).hearings[0].id)
