"""Reply checklist: each point of a complaint is answered before the answer goes out."""

import pytest

from desktop.rules.complaints import Ruling, State
from desktop.rules.points import PointState
from desktop.usecases import answers, points
from desktop.usecases.answers import AnswerDraft
from desktop.usecases.identity import MASK
from desktop.usecases.points import PointAnswer, PointDraft
from tests.usecases.desk import ACTING, NAME, TODAY, Desk, faulty, forbidden

DEMANDS = f"1.公开职权目录；2.书面答复{NAME}；3.处理责任人"


def found(desk: Desk) -> int:
    number = desk.register(demands=DEMANDS)
    desk.decide(number, Ruling.ACCEPT)
    desk.find(number)
    return number


def answer(desk: Desk, number: int, *said: PointAnswer) -> int:
    draft = AnswerDraft("该局目录确未公开。", "已责令公开。", TODAY, said)
    return answers.answer(desk.office, number, draft, ACTING).value


def test_points_are_proposed_from_the_demands_and_name_nobody(desk: Desk) -> None:
    number = desk.register(demands=DEMANDS)
    seen = desk.seen(number).points
    assert [p.text for p in seen] == ["公开职权目录", f"书面答复{MASK}", "处理责任人"]
    assert {p.state for p in seen} == {PointState.OPEN}
    log = desk.office.db.execute("SELECT before, after FROM event_change").fetchall()
    assert NAME not in str(log)
    desk.take_back()
    assert desk.count("complaint_point", "void = 0") == 0


def test_a_single_demand_is_no_list(desk: Desk) -> None:
    assert desk.seen(desk.register()).points == ()


def test_the_answer_is_refused_while_a_point_is_open(desk: Desk) -> None:
    number = found(desk)
    first, second, third = desk.seen(number).points
    with faulty(
        ("", "points_open"), (f"point{second.id}", "required"), (f"point{third.id}", "required")
    ):
        answer(desk, number, PointAnswer(first.id, "已公开"), PointAnswer(second.id, " "))
    assert desk.seen(number).state is State.FOUND


def test_the_letter_answers_every_point_and_taking_it_back_opens_them_again(desk: Desk) -> None:
    number = found(desk)
    first, second, third = desk.seen(number).points
    before = desk.rows()
    letter = answer(
        desk,
        number,
        PointAnswer(first.id, "目录已于本月公开"),
        PointAnswer(second.id, "即以本告知书答复。"),
        PointAnswer(third.id, "可以向市纪委监委反映。", PointState.NOT_OURS),
    )
    seen = desk.seen(number)
    assert [p.state for p in seen.points] == ["answered", "answered", "not_ours"]
    text = desk.pdf_text(letter)
    assert "关于“公开职权目录”的诉求：目录已于本月公开。" in text
    assert "关于第2项诉求：即以本告知书答复。" in text
    with forbidden("already_done"):
        points.save(desk.office, number, [], ACTING)
    desk.take_back()
    assert desk.rows() == before


def test_points_are_edited_in_the_record(desk: Desk) -> None:
    number = found(desk)
    before = desk.rows()
    first, _second, third = desk.seen(number).points
    wanted = [
        PointDraft("处理责任人", "已约谈。", PointState.ANSWERED),
        PointDraft("公开职权目录和流程图"),
    ]
    points.save(desk.office, number, wanted, ACTING)
    seen = {p.id: (p.text, p.state) for p in desk.seen(number).points}
    assert seen == {
        first.id: ("公开职权目录和流程图", "open"),
        third.id: ("处理责任人", "answered"),
    }
    desk.take_back()
    assert desk.rows() == before


def test_what_can_not_be_a_point_is_refused(desk: Desk) -> None:
    number = found(desk)
    with faulty(("points.0.text", "required"), ("points.1.answer", "required")):
        wanted = [PointDraft(" "), PointDraft("公开", "", PointState.ANSWERED)]
        points.save(desk.office, number, wanted, ACTING)
    same = [PointDraft(p.text) for p in desk.seen(number).points]
    with faulty(("", "unchanged")):
        points.save(desk.office, number, same, ACTING)


@pytest.mark.parametrize("state", list(State))
def test_every_state_says_whether_points_can_be_changed(state: State) -> None:
    assert (points.why_not(state) == "") == (
        state not in (State.ANSWERED, State.REFUSED, State.CLOSED, State.ARCHIVED, State.VOID)
    )
