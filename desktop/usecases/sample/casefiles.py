"""The sample's case files from their opening to where their fates leave them."""

from datetime import date, timedelta

from desktop.usecases import (
    assessments,
    casefiles,
    casenotices,
    decisions,
    inquiry,
    shelf,
    weighing,
)
from desktop.usecases.casefiles import CaseDraft, PersonPart
from desktop.usecases.casenotices import HearingNoticeDraft, ReferralDraft
from desktop.usecases.decisions import DecisionLetterDraft, RectificationDraft, ServiceDraft
from desktop.usecases.inquiry import EvidenceDraft, HearingDraft
from desktop.usecases.sample.maker import Life, Maker, afternoon, clerk
from desktop.usecases.weighing import Conduct, DivisionDraft, SanctionDraft

#: The rung of the ladder of which a part is for another authority to impose (移送).
_REFERRED = "4"


def case_life(
    maker: Maker, complaint: int | None, round_unit: int | None, unit: int, day: date, fate: str
) -> Life:
    """One case file from its opening to where its fate leaves it."""
    office = maker.office
    day = maker.later(day, 1)
    moment = maker.at(day)
    yield moment
    draft = (
        casefiles.draft_from_complaint(office, complaint, day)
        if complaint is not None
        else assessments.draft_case(office, round_unit or 0, day)
    )
    staff = maker.people[unit]
    people = (
        PersonPart(staff[-1][0], staff[-1][1], "handler"),
        PersonPart(staff[1][0], staff[1][1], "supervising_leader"),
    )
    situation = maker.situations.get(draft.title.removeprefix(_unit_name(maker, unit)), "5.4")
    opened = CaseDraft(
        unit, draft.title, draft.facts, (situation,), people, day, complaint, round_unit
    )
    case = casefiles.open_case(office, opened, clerk(moment, 1)).value
    yield from _investigated(maker, case, people, day, fate)


def _unit_name(maker: Maker, unit: int) -> str:
    name: str = maker.words["units"][maker.units.index(unit)]["name"]
    return name


def _investigated(
    maker: Maker, case: int, people: tuple[PersonPart, ...], day: date, fate: str
) -> Life:
    office = maker.office
    for name, kind in (("公开栏和网站截图", "视听资料"), ("询问笔录", "询问笔录")):
        day = maker.later(day, 1)
        moment = maker.at(day)
        yield moment
        evidence = EvidenceDraft(name, kind, day, "李堃、沈卫东")
        inquiry.add_evidence(office, case, evidence, clerk(moment, 1))
    if fate == "evidence":
        return
    view = shelf.view(office, case, day)
    rung = _REFERRED if fate == "decided" else "2"
    if fate == "heard":
        moment = afternoon(day)
        yield moment
        intended = casenotices.intended(view, view.people[0].id, rung)
        state_by = day + timedelta(days=5)
        notice = HearingNoticeDraft(view.people[0].id, rung, intended, state_by, "", day)
        casenotices.notify_hearing(office, case, notice, clerk(moment, 1))
    for person in view.people:
        day = maker.later(day, 1)
        moment = maker.at(day)
        yield moment
        said = "承认没有按规定办理，愿意改正，希望从轻处理"
        hearing = HearingDraft(
            person.id,
            day,
            "办公室谈话室",
            "李堃",
            waived=False,
            statement=said,
            opinion="态度诚恳，予以考虑",
        )
        inquiry.hear(office, case, hearing, clerk(moment, 1))
    if fate == "heard":
        return
    day = maker.later(day, 1)
    moment = maker.at(day)
    yield moment
    shares = ("secondary", "primary")
    parts = tuple(
        Conduct(
            p.id,
            advised=False,
            adopted=False,
            kept_silent=False,
            exhibit="",
            share=shares[n],
            reason="",
        )
        for n, p in enumerate(view.people)
    )
    weighing.divide(office, case, DivisionDraft("approved", parts), clerk(moment, 1))
    proposed = shelf.proposed_measures(shelf.view(office, case, day), rung)
    chosen = tuple((p.person, p.measure.id) for p in proposed)
    weighing.choose_sanction(office, case, SanctionDraft(rung, chosen, ""), clerk(moment, 1))
    moment = maker.at(day) + timedelta(hours=4)
    yield moment
    weighing.approve(
        office, case, maker.words["office"]["leader"], day, "会议研究同意。", clerk(moment)
    )
    if fate != "ready":
        yield from _decided(maker, case, people, day, fate)


def _decided(maker: Maker, case: int, people: tuple[PersonPart, ...], day: date, fate: str) -> Life:
    office = maker.office
    day = maker.later(day, 1)
    moment = maker.at(day)
    yield moment
    letter = decisions.decide(
        office, case, DecisionLetterDraft(day, None, ("澄岳市纪委监委机关",)), clerk(moment)
    ).value
    if fate == "decided":
        yield from _referred(maker, case, day)
        return
    day = maker.later(day, 1)
    moment = maker.at(day)
    yield moment
    service = ServiceDraft(
        letter, people[0].name, day, "直接送达", "单位办公室", "李堃", people[0].name
    )
    decisions.serve(office, case, service, clerk(moment, 1))
    moment += timedelta(hours=3)
    yield moment
    due = day + timedelta(days=15)
    if fate == "served":
        due = maker.today + timedelta(days=3 * (case % 2))
    demand = RectificationDraft(
        ("应当公开的内容没有按期公开", "公开前没有按规定程序审查"),
        ("立即改正并举一反三自查", "建立按期公开台账，明确专人负责"),
        max(due, day),
        day,
    )
    decisions.demand_rectification(office, case, demand, clerk(moment, 1))
    if fate == "served":
        return
    day = maker.later(day, 8)
    moment = maker.at(day)
    yield moment
    decisions.receive_report(
        office, case, day, "已逐项改正，建立台账，并对有关人员进行了教育。", (), clerk(moment)
    )
    day = maker.later(day, 1)
    moment = maker.at(day)
    yield moment
    decisions.close_case(office, case, day, "整改到位。", clerk(moment))


def _referred(maker: Maker, case: int, day: date) -> Life:
    view = shelf.view(maker.office, case, day)
    for handover in view.handovers:
        moment = afternoon(day)
        yield moment
        draft = ReferralDraft(
            handover.authority,
            "澄岳市纪委监委机关",
            casenotices.referral_reason(view, handover),
            casenotices.referral_papers(view),
            None,
            day,
        )
        casenotices.refer(maker.office, case, draft, clerk(moment, 1))
