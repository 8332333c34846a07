"""Who handles a complaint, who must not, and that the program refuses the latter everywhere."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.rules.complaints import Identity, Ruling
from desktop.rules.handlers import Relation
from desktop.rules.points import PointState
from desktop.rules.roles import Role
from desktop.usecases import (
    attachments,
    auditlog,
    casefiles,
    complaints,
    corrections,
    handlers,
    inquiry,
    letterbook,
    looking,
    office,
    points,
    register,
    sheets,
)
from desktop.usecases.corrections import Correction
from desktop.usecases.handlers import HandlerDraft, RecusalDraft
from desktop.usecases.identity import MASK
from desktop.usecases.inquiry import HearingDraft
from desktop.usecases.looking import LOOK_REASONS
from desktop.usecases.office import Acting
from desktop.usecases.points import PointDraft
from tests.usecases.desk import (
    ACTING,
    LIBRARY,
    NAME,
    NOW,
    TEMPLATES,
    TODAY,
    Desk,
    faulty,
    forbidden,
    office_session,
)

LI = Acting(2, "李堃", NOW)


def name(desk: Desk, number: int, who: str, unit: int | None = None, **change: object) -> int:
    values = {"name": who, "unit": unit, "day": TODAY}
    draft = HandlerDraft(**{**values, **change})  # type: ignore[arg-type]
    return handlers.name_handler(desk.office, number, draft, ACTING).event


def recuse(desk: Desk, number: int, who: str, unit: int | None = None, **change: object) -> int:
    values = {
        "name": who,
        "unit": unit,
        "relation": Relation.ACCUSED,
        "reason": "配偶在被投诉单位工作",
        "decided_by": "周主任",
        "day": TODAY,
    }
    draft = RecusalDraft(**{**values, **change})  # type: ignore[arg-type]
    return handlers.recuse(desk.office, number, draft, ACTING).event


def as_li(desk: Desk) -> Desk:
    """The same office with the other clerk at the desk."""
    path = desk.office.path
    desk.office.close()
    opened = office.open_office(path, office_session(path, 2))
    opened.library, opened.templates = LIBRARY, TEMPLATES
    desk.office = opened
    return desk


def test_handlers_are_named_and_replaced_and_stand_in_the_course(desk: Desk) -> None:
    number = desk.register()
    name(desk, number, "李堃")
    name(desk, number, "孙丽", 2)
    first, second = desk.seen(number).handlers
    assert (first.name, first.unit_name, first.since, first.until) == ("李堃", None, TODAY, None)
    assert second.unit_name == "市市场监督局"
    handlers.release_handler(desk.office, number, first.id, ACTING)
    view = desk.seen(number)
    assert [h.until for h in view.handlers] == [TODAY, None]
    assert [(s.step, s.outcome, s.text) for s in view.aside] == [
        ("handler", "named", "李堃"), ("handler", "named", "孙丽"), ("handler", "ended", "李堃")
    ]  # fmt: skip
    assert [s.step for s in view.steps] == ["register"]  # the matter itself has not moved
    with forbidden("already_done"):
        handlers.release_handler(desk.office, number, first.id, ACTING)
    name(desk, number, "李堃")  # and he may be named again


def test_who_is_complained_of_or_complained_does_not_handle_it(desk: Desk) -> None:
    number = desk.register(accused_person="副局长赵建国、张喆")
    with faulty(("name", "person_accused")):
        name(desk, number, "赵建国", 1)
    with faulty(("name", "person_accused")):
        name(desk, number, "张　喆")
    name(desk, number, "赵建国", 2)  # a namesake of another unit
    with faulty(("name", "gives_away")):
        name(desk, number, NAME)
    with faulty(("name", "handler_there")):
        name(desk, number, "赵建国", 2)
    with faulty(("name", "required"), ("unit", "choose_unit"), ("day", "before_receipt")):
        name(desk, number, " ", 99, day=TODAY - timedelta(days=30))


def test_who_is_complained_of_neither_decides_nor_approves_nor_investigates(desk: Desk) -> None:
    number = desk.register(accused_person="副局长赵建国")
    with faulty(("leader", "person_accused")):
        desk.decide(number, Ruling.ACCEPT, leader="赵建国")
    desk.decide(number, Ruling.ACCEPT)
    recuse(desk, number, "孙丽", 2)
    with faulty(("approved_by", "person_accused")):
        desk.extend(number, approved_by="赵建国")
    with faulty(("approved_by", "person_recused")):
        desk.extend(number, approved_by="孙丽")
    with faulty(("approved_by", "person_accused")):
        desk.pause(number, approved_by="赵建国")
    with faulty(("investigators", "person_accused"), ("investigators", "person_recused")):
        desk.find(number, investigators="李堃、赵建国，孙丽")
    desk.find(number, investigators="李堃、王敏")


def test_a_reply_is_not_by_who_must_withdraw(desk: Desk) -> None:
    number = desk.register()
    desk.decide(number, Ruling.TRANSFER, receiver=2)
    desk.transfer(number)
    recuse(desk, number, "孙丽", 2)
    with faulty(("investigators", "person_recused")):
        desk.find(number, investigators="市市场监督局 孙丽")
    desk.find(number, investigators="市市场监督局")


def test_a_handler_is_not_made_the_accused_by_a_correction(desk: Desk) -> None:
    number = desk.register()
    name(desk, number, "孙丽")
    view = desk.seen(number)
    draft = replace(desk.draft(), accused_person="科长孙丽")
    wanted = Correction(draft, "原来漏登", view.complaint.rev, named=True)
    with faulty(("accused_person", "accused_handles")):
        corrections.correct(desk.office, number, wanted, ACTING)


def test_who_withdraws_handles_it_no_longer_and_is_named_nowhere(desk: Desk) -> None:
    number = desk.register()
    name(desk, number, "孙丽", 2)
    recuse(desk, number, "孙丽", 2)
    view = desk.seen(number)
    assert [h.until for h in view.handlers] == [TODAY]
    (recusal,) = view.recusals
    assert (recusal.name, recusal.relation, recusal.decided_by) == ("孙丽", "accused", "周主任")
    for unit in (None, 2):
        with faulty(("name", "person_recused")):
            name(desk, number, "孙丽", unit)
    with faulty(("name", "recused_already")):
        recuse(desk, number, "孙　丽")
    with faulty(("handler", "person_recused")):
        desk.propose(number, handler="孙丽")
    with faulty(("leader", "person_recused")):
        desk.decide(number, Ruling.TRANSFER, leader="孙丽")
    desk.decide(number, Ruling.TRANSFER)
    with faulty(("approved_by", "person_recused")):
        desk.pause(number, approved_by="孙丽")
    with faulty(("contact", "person_recused")):
        desk.transfer(number, contact="孙丽")
    handlers.lift(desk.office, number, recusal.id, "配偶已调离", ACTING)
    view = desk.seen(number)
    assert view.recusals[0].lifted == TODAY
    assert [(s.step, s.outcome, s.detail) for s in view.aside[-2:]] == [
        ("recusal", "named", "配偶在被投诉单位工作"), ("recusal", "ended", "配偶已调离")
    ]  # fmt: skip
    desk.transfer(number, contact="孙丽")


def test_a_recusal_says_why_and_by_whom(desk: Desk) -> None:
    number = desk.register()
    wrong = ("name", "required"), ("relation", "choose"), ("reason", "required")
    with faulty(*wrong, ("decided_by", "required"), ("day", "future")):
        recuse(
            desk, number, "", relation=None, reason="", decided_by="",
            day=TODAY + timedelta(days=1),
        )  # fmt: skip
    with faulty(("reason", "required")):
        recuse(desk, number, "孙丽")
        handlers.lift(desk.office, number, desk.seen(number).recusals[0].id, " ", ACTING)


def test_a_user_who_withdrew_writes_nothing_more_on_it(desk: Desk, tmp_path: Path) -> None:
    paper = tmp_path / "来信.pdf"
    paper.write_bytes(b"%PDF-1.7 one")
    number = desk.register(attachments=(str(paper),))
    other = desk.register()
    desk.decide(number, Ruling.TRANSFER)
    letter = desk.transfer(number)
    recuse(desk, number, "李堃", relation=Relation.OTHER, reason="与当事人是邻居")
    assert not desk.seen(number).withdrawn
    desk = as_li(desk)
    view = desk.seen(number)
    assert view.withdrawn
    before = desk.count("event")
    for step in (
        lambda: desk.find(number, acting=LI, investigators="王敏"),
        lambda: desk.chase(number, LI),
        lambda: desk.interim(number, LI),
        lambda: looking.look(desk.office, number, LI, LOOK_REASONS[0]),
        lambda: sheets.intake_sheet(desk.office, number, LI),
        lambda: attachments.look(desk.office, view.attachments[0].id, LI),
        lambda: points.save(desk.office, number, [PointDraft("公开目录")], LI),
        lambda: letterbook.dispatch(
            desk.office,
            letter,
            letterbook.DispatchDraft(TODAY, letterbook.WAYS[0], "市市场监督局", "", ""),
            LI,
        ),
        lambda: handlers.lift(desk.office, number, view.recusals[0].id, "不用回避了", LI),
        lambda: handlers.name_handler(desk.office, number, HandlerDraft("王敏", None, TODAY), LI),
    ):
        with forbidden("recused"):
            step()
    assert desk.count("event") == before
    desk.decide(other, Ruling.ACCEPT, LI)  # another complaint is his as before


def test_nor_on_the_case_that_came_of_it(desk: Desk) -> None:
    number = desk.proven()
    case = desk.open_case(complaint=number)
    recuse(desk, number, "李堃", relation=Relation.OTHER, reason="与当事人是邻居")
    with faulty(("taken_by", "person_recused")):
        desk.evidence(case)
    with faulty(("recorder", "person_recused")):
        desk.hear(case, desk.case(case).people[0].id)
    desk.evidence(case, by="王敏、周晓")
    other = desk.proven()
    recuse(desk, other, "李堃", relation=Relation.OTHER, reason="与当事人是邻居")
    desk = as_li(desk)
    assert desk.case(case).withdrawn
    person = desk.case(case).people[0].id
    heard = HearingDraft(person, TODAY, "办公室", "王敏", False, "工作疏忽。", "予以考虑。")
    with forbidden("recused"):
        inquiry.hear(desk.office, case, heard, LI)
    with forbidden("recused"):
        casefiles.open_case(desk.office, desk.case_draft(complaint=other), LI)


def test_a_namesake_in_a_unit_is_no_user_of_the_office(desk: Desk) -> None:
    number = desk.register()
    recuse(desk, number, "李堃", 2)
    assert desk.seen(number).recusals[0].clerk is None
    assert not as_li(desk).seen(number).withdrawn


def test_a_reason_that_tells_who_complained_is_sealed(desk: Desk) -> None:
    number = desk.register()
    recuse(desk, number, "孙丽", relation=Relation.COMPLAINANT, reason=f"是{NAME}的姐姐")
    recuse(desk, number, "吴强", reason=f"{NAME}曾经举报过他")
    sealed, masked = desk.seen(number).recusals
    assert (sealed.relation, sealed.reason) == ("complainant", f"是{NAME}的姐姐")
    assert masked.reason == f"{MASK}曾经举报过他"
    event = desk.last_event() - 1
    said = str(auditlog.event(desk.office, event).records)
    assert "身份保密" in said
    assert NAME not in said
    assert "投诉举报人有利害关系" not in said
    rows = str(desk.rows())
    assert NAME not in rows
    assert "姐姐" not in rows
    desk.office.session = replace(desk.office.session, roles=frozenset({Role.READER}))
    view = desk.seen(number)
    assert (view.recusals[0].relation, view.recusals[0].reason) == ("", MASK)
    assert view.aside[0].detail == MASK
    assert NAME not in str(view)


def test_what_is_over_names_nobody_and_the_rule_is_cited(desk: Desk) -> None:
    number = desk.anonymous()
    desk.decide(number, Ruling.ACCEPT)
    desk.find(number)
    desk.close(number)
    with forbidden("closed"):
        name(desk, number, "李堃")
    with forbidden("closed"):
        recuse(desk, number, "李堃")
    desk.archive(number)
    with forbidden("archived"):
        name(desk, number, "李堃")
    with forbidden("archived"):
        recuse(desk, number, "李堃")
    assert handlers.rule(desk.office).endswith("（《信访工作条例》第二十八条）")


def test_naming_and_withdrawing_can_be_taken_back(desk: Desk) -> None:
    number = desk.register()
    before = desk.rows()
    named = name(desk, number, "李堃")
    recuse(desk, number, "孙丽")
    desk.take_back()
    assert desk.seen(number).recusals == ()
    desk.take_back(named)
    assert desk.rows() == before


# ---- what is open when it ends ----------------------------------------------------------------


DEMANDS = "1. 公开职权目录；2. 公布收费标准；3. 处理责任人员"


@pytest.mark.parametrize("ruling", [Ruling.ACCEPT, Ruling.TRANSFER])
def test_an_anonymous_complaint_is_not_closed_while_a_point_is_open(
    desk: Desk, ruling: Ruling
) -> None:
    number = desk.anonymous(demands=DEMANDS)
    desk.decide(number, ruling)
    if ruling is Ruling.TRANSFER:
        desk.transfer(number)
    desk.find(number)
    first, second, third = desk.seen(number).points
    keys = [(f"point{p.id}", "required") for p in (first, second, third)]
    with faulty(("", "points_unsettled"), *keys):
        desk.close(number)
    with faulty(("", "points_unsettled"), keys[2]):
        close(desk, number, {first.id: "已公开", second.id: "已公布", third.id: " "})
    close(
        desk, number, {first.id: "已公开", second.id: "可以向发改委反映", third.id: "没有依据"},
        {second.id: PointState.NOT_OURS, third.id: PointState.DECLINED},
    )  # fmt: skip
    view = desk.seen(number)
    assert [(p.state, p.answer) for p in view.points] == [
        ("answered", "已公开"), ("not_ours", "可以向发改委反映"), ("declined", "没有依据")
    ]  # fmt: skip
    desk.take_back()
    assert {p.state for p in desk.seen(number).points} == {"open"}


def close(
    desk: Desk, number: int, said: dict[int, str], states: dict[int, PointState] | None = None
) -> None:
    settled = tuple(
        points.PointAnswer(one, text, (states or {}).get(one, PointState.ANSWERED))
        for one, text in said.items()
    )
    complaints.close(desk.office, number, TODAY, "", ACTING, settled=settled)


@pytest.mark.parametrize("identity", [Identity.REAL_NAME, Identity.ANONYMOUS])
def test_a_refused_complaint_says_what_became_of_its_points(desk: Desk, identity: Identity) -> None:
    anonymous = identity is Identity.ANONYMOUS
    number = desk.anonymous(demands=DEMANDS) if anonymous else desk.register(demands=DEMANDS)
    desk.decide(number, Ruling.REFUSE)
    if not anonymous:
        desk.refuse(number)
    with pytest.raises(Exception, match="points_unsettled"):
        desk.close(number)
    open_ = desk.seen(number).points
    close(
        desk, number, {p.id: "不予受理" for p in open_},
        {p.id: PointState.DECLINED for p in open_},
    )  # fmt: skip
    assert {p.state for p in desk.seen(number).points} == {"declined"}


def test_a_point_may_be_declined_while_the_matter_goes_on(desk: Desk) -> None:
    number = desk.anonymous(demands=DEMANDS)
    drafts = [PointDraft(p.text, "没有依据", PointState.DECLINED) for p in desk.seen(number).points]
    points.save(desk.office, number, drafts, ACTING)
    assert {p.state for p in desk.seen(number).points} == {"declined"}
    drafts = [PointDraft(p.text, p.answer, PointState.OPEN) for p in desk.seen(number).points]
    points.save(desk.office, number, drafts, ACTING)
    assert {p.state for p in desk.seen(number).points} == {"open"}
    assert register.view(desk.office, number, TODAY).points[0].answer == "没有依据"
