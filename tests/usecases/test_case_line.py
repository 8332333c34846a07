"""A case file from opening to close: every paper asked for, every place able to finish."""

from datetime import date

import pytest

from desktop.rules.casefiles import CaseState, CaseStep
from desktop.rules.complaints import Identity, Outcome, PersonTyped, Ruling, Step
from desktop.usecases import casefiles, casework, decisions, letters, shelf, weighing
from desktop.usecases.casefiles import PersonPart
from desktop.usecases.decisions import DecisionLetterDraft, RectificationDraft, ServiceDraft
from desktop.usecases.weighing import Conduct, DivisionDraft, SanctionDraft
from tests.usecases.desk import ACTING, NAME, PHONE, TODAY, Desk, Make, faulty, forbidden


def missing(desk: Desk, case: int) -> dict[str, str]:
    return {r.key.value: r.missing for r in desk.case(case).requirements if not r.done}


def test_a_case_goes_from_a_proven_complaint_to_its_close(desk: Desk) -> None:
    number = desk.proven()
    draft = casefiles.draft_from_complaint(desk.office, number, TODAY)
    assert draft.facts == "该局职权目录确未公开。"
    assert [p.name for p in draft.people] == ["张喆"]
    case = desk.open_case(complaint=number)
    assert desk.case(case).case.number == "案〔2026〕0001"
    assert desk.seen(number).complaint.case_number == "案〔2026〕0001"
    with forbidden("has_case"):
        desk.open_case(complaint=number)
    assert missing(desk, case) == {
        "evidence": "no_evidence", "hearing": "not_heard", "division": "not_divided",
        "sanction": "no_sanction", "approval": "not_approved",
    }  # fmt: skip
    with forbidden("gate"):
        desk.decide_case(case)
    desk.evidence(case, "李堃")
    assert missing(desk, case)["evidence"] == "few_investigators"
    desk.evidence(case, "王敏")
    assert "evidence" not in missing(desk, case)
    desk.hear_all(case)
    desk.divide(case)
    desk.sanction(case)
    assert set(missing(desk, case)) == {"approval"}
    with forbidden("gate"):
        desk.decide_case(case)
    desk.approve(case)
    assert missing(desk, case) == {}
    letter = desk.decide_case(case)
    text = desk.pdf_text(letter)
    for words in (
        "关于对市住房保障局予以责任追究的决定", "职权目录确未公开", "第五条第（一）项", "张喆陈述和申辩",
        "赵建国书面表示放弃陈述和申辩", "承担次要责任", "承担主要责任", "通报批评", "第十一条第（二）项",
    ):  # fmt: skip
        assert words in text, words
    assert NAME not in text
    assert desk.case(case).state is CaseState.DECIDED
    desk.serve(case, letter)
    notice = desk.rectify(case)
    assert "2026年12月4日" in desk.pdf_text(notice)
    desk.serve(case, notice)
    with forbidden("report_first"):
        desk.close_case(case)
    desk.report(case)
    desk.close_case(case)
    assert desk.case(case).state is CaseState.CLOSED
    assert [x.number for x in desk.case(case).letters] == [
        "澄公开办责决〔2026〕1号", "澄公开办责改〔2026〕1号",
    ]  # fmt: skip
    assert desk.case(case).permitted == ()


@pytest.mark.parametrize(
    "place", ["baoding", "wuan", "fujin", "shexian", "kunming", "district", "yingshang"]
)
def test_a_case_can_be_finished_in_every_place_on_every_rung(desk_of: Make, place: str) -> None:
    desk = desk_of(case=place)
    book = desk.office.library.pinned(place, 1)
    for rung in book.rungs:
        case = desk.open_case()
        desk.evidence(case)
        desk.hear_all(case)
        desk.divide(case)
        if shelf.proposed_measures(desk.case(case), rung.id):
            desk.sanction(case, rung.id)
        else:  # aimed at nobody here: the clerk chooses and says why
            person = 0 if rung.measures[0].target == "unit" else desk.case(case).people[0].id
            chosen = ((person, rung.measures[0].id),)
            weighing.choose_sanction(
                desk.office, case, SanctionDraft(rung.id, chosen, "据情节"), ACTING
            )
        desk.approve(case)
        letter = desk.decide_case(case, date(2026, 12, 4))
        text = desk.pdf_text(letter)
        assert "处理决定" in text
        assert "（尚未" not in text
        assert "不承担责任" not in text
        desk.serve(case, letter)
        desk.rectify(case)
        desk.report(case)
        desk.close_case(case)
        assert desk.case(case).state is CaseState.CLOSED


def test_where_nothing_is_to_be_rectified_the_close_says_why(desk: Desk) -> None:
    case = desk.ready(desk.open_case())
    desk.serve(case, desk.decide_case(case))
    with faulty(("note", "required")):
        desk.close_case(case)
    desk.close_case(case, "已在调查期间改正。")
    assert desk.case(case).state is CaseState.CLOSED


def test_without_a_hearing_nothing_is_decided_even_when_all_else_is_there(desk: Desk) -> None:
    case = desk.open_case()
    desk.evidence(case)
    desk.divide(case)
    desk.sanction(case)
    desk.approve(case)
    desk.hear(case, desk.case(case).people[0].id)
    assert missing(desk, case) == {"hearing": "not_heard"}
    with forbidden("gate"):
        desk.decide_case(case)
    assert desk.count("letter") == 0
    assert decisions.preview_decision(
        desk.office, case, DecisionLetterDraft(None, None), ACTING
    ).startswith(b"%PDF")


def test_a_unit_alone_needs_a_responsible_person_to_be_heard(desk: Desk) -> None:
    case = desk.open_case(people=())
    desk.evidence(case)
    assert missing(desk, case)["hearing"] == "no_people"
    casefiles.revise(
        desk.office,
        case,
        desk.case_draft(people=(PersonPart("孙丽", "局长", "main_leader"),)),
        ACTING,
    )
    desk.hear_all(case)
    desk.divide(case)
    desk.sanction(case)
    desk.approve(case)
    assert "孙丽" in desk.pdf_text(desk.decide_case(case))


# ---- persons ------------------------------------------------------------------------------------


def test_two_persons_of_one_name_are_two_persons(desk: Desk) -> None:
    twins = (PersonPart("张伟", "科员", "handler"), PersonPart("张伟", "科长", "handler"))
    case = desk.open_case(people=twins)
    assert len(desk.case(case).people) == 2
    for now in (twins, twins[:1], twins):
        casefiles.revise(desk.office, case, desk.case_draft(people=now), ACTING)
        assert [(p.name, p.post) for p in desk.case(case).people] == [(p.name, p.post) for p in now]


def test_who_was_heard_stays_in_the_file(desk: Desk) -> None:
    case = desk.open_case()
    desk.hear(case, desk.case(case).people[0].id)
    rest = desk.case_draft().people[1:]
    with faulty(("people", "person_heard")):
        casefiles.revise(desk.office, case, desk.case_draft(people=rest), ACTING)


def test_a_changed_person_needs_a_new_share_and_a_new_approval(desk: Desk) -> None:
    case = desk.ready(desk.open_case())
    first, second = desk.case_draft().people
    moved = (first, PersonPart(second.name, second.post, "main_leader"))
    casefiles.revise(desk.office, case, desk.case_draft(people=moved), ACTING)
    assert missing(desk, case) == {"division": "not_divided", "approval": "not_approved"}
    desk.divide(case, "collective")
    desk.approve(case)
    casefiles.revise(desk.office, case, desk.case_draft(people=moved), ACTING)
    assert missing(desk, case) == {}


def test_a_person_taken_out_takes_the_measures_along(desk: Desk) -> None:
    case = desk.open_case()
    desk.evidence(case)
    desk.divide(case)
    desk.sanction(case, "1")
    first = desk.case_draft().people[:1]
    assert {s.case_person for s in desk.case(case).sanctions} == {desk.case(case).people[0].id}
    casefiles.revise(
        desk.office, case, desk.case_draft(people=desk.case_draft().people[1:]), ACTING
    )
    assert desk.case(case).sanctions == ()
    assert missing(desk, case)["sanction"] == "no_sanction"
    casefiles.revise(desk.office, case, desk.case_draft(people=first), ACTING)


def test_an_approval_covers_only_what_was_approved(desk: Desk) -> None:
    case = desk.ready(desk.open_case())
    desk.sanction(case)
    desk.divide(case)
    assert missing(desk, case) == {}  # the same again changes nothing
    desk.sanction(case, "3")
    assert missing(desk, case) == {"approval": "not_approved"}
    desk.approve(case)
    desk.divide(case, "unapproved")
    assert missing(desk, case) == {"approval": "not_approved"}


def test_one_investigator_written_with_a_blank_is_still_one(desk: Desk) -> None:
    case = desk.open_case()
    desk.evidence(case, "王　敏")
    desk.evidence(case, "王敏")
    assert desk.case(case).facts.investigators == 1
    desk.evidence(case, "王 敏 ， 李堃")
    assert desk.case(case).facts.investigators == 2
    with faulty(("taken_by", "required")):
        desk.evidence(case, "、，")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("王敏、李堃", ["王敏", "李堃"]), ("王敏,李堃；赵六", ["王敏", "李堃", "赵六"]),
        ("王敏 李堃", ["王敏", "李堃"]), ("王　敏", ["王敏"]), ("", [""]), ("王敏/李堃", ["王敏", "李堃"]),
    ],
)  # fmt: skip
def test_names_in_one_field_are_told_apart(typed: str, names: list[str]) -> None:
    assert shelf.split_names(typed) == [n for n in names if n]


# ---- division and sanction ----------------------------------------------------------------------


def conduct(person: int, share: str, **change: object) -> Conduct:
    values: dict[str, object] = {
        "advised": False, "adopted": False, "kept_silent": False, "exhibit": "", "reason": "",
    }  # fmt: skip
    return Conduct(person=person, share=share, **{**values, **change})  # type: ignore[arg-type]


def test_relief_needs_its_paper_and_a_departure_its_reason(desk: Desk) -> None:
    case = desk.open_case()
    handler, leader = (p.id for p in desk.case(case).people)

    def divide(one: Conduct, other: Conduct, how: str = "approved") -> None:
        weighing.divide(desk.office, case, DivisionDraft(how, (one, other)), ACTING)

    primary = conduct(leader, "primary")
    with faulty(("parts.0.exhibit", "exhibit_required")):
        divide(conduct(handler, "none", advised=True), primary)
    with faulty(("parts.0.reason", "required")):
        divide(conduct(handler, "none"), primary)
    with faulty(("parts.0.kept_silent", "advised_and_silent"), ("parts.0.reason", "required"),
                ("parts.1.reason", "required")):  # fmt: skip
        divide(
            conduct(handler, "secondary", advised=True, kept_silent=True, exhibit="纪要"), primary
        )
    with faulty(("approval", "choose")):
        divide(conduct(handler, "secondary"), primary, "perhaps")
    with faulty(("parts.1.share", "choose")):
        divide(conduct(handler, "secondary"), conduct(leader, ""))
    divide(conduct(handler, "full", kept_silent=True, exhibit="询问笔录"), conduct(leader, "none"))
    assert [p.share for p in desk.case(case).people] == ["full", "none"]


def test_what_the_text_only_allows_needs_a_reason_either_way(desk_of: Make) -> None:
    desk = desk_of(case="wuan")
    case = desk.open_case()
    handler, leader = (p.id for p in desk.case(case).people)
    for share in ("reduced_or_none", "liable"):
        part = conduct(handler, share, advised=True, exhibit="签注意见")
        with faulty(("parts.0.reason", "required")):
            weighing.divide(
                desk.office,
                case,
                DivisionDraft("approved", (part, conduct(leader, "liable"))),
                ACTING,
            )
    part = conduct(handler, "reduced_or_none", advised=True, exhibit="签注意见", reason="及时提出")
    draft = DivisionDraft("approved", (part, conduct(leader, "liable")))
    weighing.divide(desk.office, case, draft, ACTING)
    assert desk.case(case).people[0].share_reason == "及时提出"


def test_measures_of_others_are_only_recommended(desk: Desk) -> None:
    case = desk.ready(desk.open_case(), "4")
    text = desk.pdf_text(desk.decide_case(case))
    assert "移交和建议事项" in text
    assert "移交纪检监察机关" in text.split("移交和建议事项")[1]
    assert "移交纪检监察机关" not in text.split("移交和建议事项")[0].split("处理决定")[1]


def test_a_sanction_is_refused_for_each_reason(desk: Desk) -> None:
    case = desk.open_case()
    handler = desk.case(case).people[0].id
    desk.divide(case)

    def choose(rung: str, *measures: tuple[int, str], reason: str = "理由") -> None:
        weighing.choose_sanction(desk.office, case, SanctionDraft(rung, measures, reason), ACTING)

    with faulty(("rung", "choose")):
        choose("9")
    with faulty(("measures", "choose")):
        choose("1")
    with faulty(("measures", "choose")):
        choose("1", (99, "correct"))
    with faulty(("reason", "reason_for_departure")):
        choose("1", (handler, "correct"), reason="")
    choose("1", (handler, "correct"), (handler, "correct"))
    assert len(desk.case(case).sanctions) == 1
    assert desk.case(case).case.departure == "理由"


# ---- who complained stays unknown ---------------------------------------------------------------


def test_no_letter_of_a_case_tells_who_complained(desk: Desk) -> None:
    number = desk.proven()
    with faulty(("title", "gives_away"), ("facts", "gives_away")):
        desk.open_case(complaint=number, title=f"{NAME}反映的问题", facts=f"据{PHONE}来电")
    case = desk.open_case(complaint=number)
    with faulty(("facts", "gives_away")):
        casefiles.revise(desk.office, case, desk.case_draft(facts=f"{NAME}说目录未公开"), ACTING)
    handler = desk.case(case).people[0].id
    with faulty(("statement", "gives_away")):
        desk.hear(case, handler, statement=f"是{NAME}告的我。")
    desk.ready(case)
    letter = desk.decide_case(case)
    desk.serve(case, letter)
    with faulty(("problems", "gives_away")):
        draft = RectificationDraft((f"{NAME}反映的问题",), ("改正",), date(2026, 12, 4), TODAY)
        decisions.demand_rectification(desk.office, case, draft, ACTING)
    notice = desk.rectify(case)
    for one in (letter, notice):
        assert NAME not in desk.pdf_text(one)
    elsewhere = desk.open_case(title=f"{NAME}的案件")  # a case of its own knows no complainant
    assert desk.case(elsewhere).case.title == f"{NAME}的案件"


def test_who_is_accused_may_be_named_though_the_name_holds_the_complainants(desk: Desk) -> None:
    number = desk.proven(accused_person="", complainants=(PersonTyped("张喆"),))
    people = (PersonPart("张喆明", "科员", "handler"),)
    case = desk.open_case(complaint=number, people=people, facts="张喆明未公开目录。")
    with faulty(("facts", "gives_away")):
        casefiles.revise(
            desk.office, case, desk.case_draft(people=people, facts="张喆明与张喆不和。"), ACTING
        )


# ---- what is refused ----------------------------------------------------------------------------


def test_an_unproven_complaint_opens_no_case(desk: Desk) -> None:
    number = desk.register()
    with forbidden("not_proven"):
        desk.open_case(complaint=number)
    desk.decide(number, Ruling.ACCEPT)
    desk.find(number, Outcome.UNCLEAR)
    with forbidden("not_proven"):
        desk.open_case(complaint=number)
    assert Step.OPEN_CASE not in desk.seen(number).permitted


def test_an_anonymous_proven_complaint_may_become_a_case_before_and_after_its_close(
    desk: Desk,
) -> None:
    number = desk.anonymous()
    desk.decide(number, Ruling.ACCEPT)
    desk.find(number, Outcome.PARTLY)
    desk.close(number)
    case = desk.open_case(complaint=number)
    assert desk.seen(number).standing.identity is Identity.ANONYMOUS
    assert desk.case(case).state is CaseState.OPEN


def test_papers_say_what_they_need(desk: Desk) -> None:
    with faulty(("unit", "choose_unit"), ("title", "required"), ("facts", "required"),
                ("situations", "choose"), ("day", "required"), ("people.0.name", "required"),
                ("people.0.role", "choose")):  # fmt: skip
        desk.open_case(
            unit=None,
            title="",
            facts="",
            situations=(),
            day=None,
            people=(PersonPart("", "", "x"),),
        )
    case = desk.open_case()
    with faulty(("person", "choose")):
        desk.hear(case, 99)
    with faulty(("statement", "required"), ("opinion", "required")):
        desk.hear(case, desk.case(case).people[0].id, statement="", opinion="")
    with faulty(("day", "before_opening")):
        desk.hear(case, desk.case(case).people[0].id, day=date(2026, 11, 19))
    desk.ready(case)
    with faulty(("day", "before_hearing")):
        decisions.decide(desk.office, case, DecisionLetterDraft(date(2026, 11, 19), None), ACTING)
    with faulty(("rectify_by", "before")):
        desk.decide_case(case, date(2026, 11, 1))
    letter = desk.decide_case(case)
    with faulty(("letter", "choose"), ("way", "choose")):
        decisions.serve(
            desk.office, case, ServiceDraft(99, "某", TODAY, "飞鸽", "", "李堃", "孙丽"), ACTING
        )
    with faulty(("witness", "required")):
        decisions.serve(
            desk.office, case, ServiceDraft(letter, "某", TODAY, "留置送达", "", "李堃", ""), ACTING
        )
    desk.serve(case, letter)
    with faulty(("problems", "required"), ("requirements", "required"), ("rectify_by", "required")):
        decisions.demand_rectification(
            desk.office, case, RectificationDraft(("  ",), (), None, TODAY), ACTING
        )
    decisions.demand_rectification(
        desk.office, case,
        RectificationDraft(("目录未公开", " "), ("公开", ""), date(2026, 12, 1), TODAY), ACTING,
    )  # fmt: skip


def test_after_the_decision_nothing_before_it_may_be_changed(desk: Desk) -> None:
    case = desk.ready(desk.open_case())
    letter = desk.decide_case(case)
    made = letters.pdf(desk.office, letter)
    for act in (
        lambda: desk.evidence(case),
        lambda: desk.hear(case, desk.case(case).people[0].id),
        lambda: desk.divide(case),
        lambda: desk.sanction(case),
        lambda: desk.approve(case),
        lambda: desk.decide_case(case),
        lambda: casefiles.revise(desk.office, case, desk.case_draft(), ACTING),
    ):
        with forbidden("already_done"):
            act()
    for step in CaseStep:
        view = desk.case(case)
        assert bool(casework.why_not(view, step)) == (step not in view.permitted)
    assert letters.pdf(desk.office, letter) == made
