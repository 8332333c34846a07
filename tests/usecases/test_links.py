"""Complaints that belong together: twins, links, merging and taking up anew."""

from datetime import date

import pytest

from desktop.rules.complaints import Ruling, State
from desktop.rules.links import Likeness, LinkKind, likeness
from desktop.usecases import complaints, links
from desktop.usecases.links import LinkDraft, MergeDraft
from tests.usecases.desk import ACTING, NAME, TODAY, Desk, faulty, forbidden


def joined(desk: Desk, number: int) -> list[tuple[str, str]]:
    return [(k.kind, k.far_number) for k in desk.seen(number).links]


def test_likely_twins_are_found_by_unit_and_words(desk: Desk) -> None:
    first = desk.register()
    desk.register(accused_unit=2, accused_person="")
    desk.register(
        subject="窗口态度生硬", text="办事窗口工作人员说话难听，让人多跑几趟。", demands=""
    )
    found = links.twins(desk.office, 1, "职权目录没有公开", "", TODAY)
    assert [(t.id, t.likeness) for t in found] == [(first, Likeness.VERY)]
    same = links.twins(desk.office, 1, "职权目录未公开", "", TODAY)
    assert [t.likeness for t in same] == [Likeness.SAME]
    assert NAME not in same[0].body
    assert links.twins(desk.office, 1, "职权目录未公开", "", date(2029, 1, 1)) == ()
    assert links.twins(desk.office, 1, "职权目录未公开", "", TODAY, but=first) == ()


def test_too_little_typed_is_like_nothing() -> None:
    assert likeness(0) is None


def test_a_duplicate_is_registered_with_its_link(desk: Desk) -> None:
    first = desk.register()
    before = desk.rows()
    done = complaints.register_complaint(
        desk.office, desk.draft(), ACTING, (first, LinkKind.DUPLICATE)
    )
    assert joined(desk, done.value) == [("duplicate", "投〔2026〕0001")]
    assert joined(desk, first) == [("duplicate", "投〔2026〕0002")]
    desk.take_back()
    assert desk.rows() == before


@pytest.mark.parametrize(
    "typed", ["投〔2026〕0001", "1", "2026-1", "投〔2026〕0001　职权目录未公开"]
)
def test_a_link_is_made_by_number_and_taken_away(desk: Desk, typed: str) -> None:
    first, second = desk.register(), desk.register()
    links.link(desk.office, second, LinkDraft(typed, LinkKind.RELATED), ACTING)
    assert joined(desk, first) == [("related", "投〔2026〕0002")]
    with faulty(("number", "linked_already")):
        links.link(desk.office, first, LinkDraft("2", LinkKind.REPEAT), ACTING)
    links.unlink(desk.office, first, desk.seen(first).links[0].id, "关联错了", ACTING)
    assert joined(desk, second) == []
    desk.take_back()
    assert joined(desk, second) == [("related", "投〔2026〕0001")]


def test_what_can_not_be_linked_is_refused(desk: Desk) -> None:
    first = desk.register()
    for typed, code in (
        ("", "required"),
        ("没有", "no_such_number"),
        ("99", "no_such_number"),
        ("1", "itself"),
    ):
        with faulty(("number", code)):
            links.link(desk.office, first, LinkDraft(typed, LinkKind.RELATED), ACTING)
    desk.register()
    with faulty(("kind", "choose")):
        links.link(desk.office, first, LinkDraft("2", None), ACTING)


@pytest.mark.parametrize("how", ["registered", "decided", "transferred", "found", "answered"])
def test_a_merged_complaint_points_on_and_comes_back_where_it_stood(desk: Desk, how: str) -> None:
    first, second = desk.register(), desk.register()
    way = ["registered", "decided", "transferred", "found", "answered"].index(how)
    steps = [
        lambda: desk.decide(second, Ruling.TRANSFER),
        lambda: desk.transfer(second),
        lambda: desk.find(second),
        lambda: desk.answer(second),
    ]
    for step in steps[:way]:
        step()
    before = desk.rows()
    links.merge(desk.office, second, MergeDraft("1", TODAY, "同一件事"), ACTING)
    seen = desk.seen(second)
    assert seen.state is State.CLOSED
    assert seen.steps[-1].text == "并入 投〔2026〕0001"
    into = links.merged_into(seen)
    assert into is not None
    assert into.far == first
    assert links.merged_into(desk.seen(first)) is None
    desk.take_back()
    assert desk.rows() == before
    links.merge(desk.office, second, MergeDraft("1", TODAY), ACTING)
    with forbidden("unmerge_there"):
        links.unlink(desk.office, first, desk.seen(first).links[0].id, "关联错了", ACTING)
    links.unlink(desk.office, second, desk.seen(second).links[0].id, "关联错了", ACTING)
    assert desk.rows() == before


def test_nothing_is_merged_in_a_circle(desk: Desk) -> None:
    first, second = desk.register(), desk.register()
    third = desk.register()
    links.merge(desk.office, second, MergeDraft("1", TODAY), ACTING)
    with faulty(("number", "merged_itself")):
        links.merge(desk.office, first, MergeDraft("2", TODAY), ACTING)
    with faulty(("number", "merged_itself")):
        links.merge(desk.office, third, MergeDraft("2", TODAY), ACTING)
    with forbidden("merged"):
        links.reopen(desk.office, second, ACTING)
    with forbidden("closed"):
        links.merge(desk.office, second, MergeDraft("3", TODAY), ACTING)


def test_a_closed_complaint_is_taken_up_anew_with_what_was_typed(desk: Desk) -> None:
    first = desk.proven()
    with forbidden("not_closed"):
        links.reopen(desk.office, first, ACTING)
    desk.answer(first)
    desk.close(first)
    found = links.reopen(desk.office, first, ACTING)
    assert [p.name for p in found.people] == [NAME]
    assert NAME in found.complaint.body
    log = desk.office.db.execute("SELECT action, reason FROM event ORDER BY seq DESC").fetchone()
    assert log == ("complaint.reveal", "重新办理")


def test_what_is_open_goes_along_and_comes_back(desk: Desk) -> None:
    demands = "1. 公开职权目录；2. 公布收费标准"
    first = desk.register(demands="1. 公布收费标准；2. 处理责任人员")
    second = desk.register(demands=demands)
    links.merge(desk.office, second, MergeDraft("1", TODAY), ACTING)
    assert {p.state for p in desk.seen(second).points} == {"answered"}
    assert {p.answer for p in desk.seen(second).points} == {"并入 投〔2026〕0001，在该件答复。"}
    assert [p.text for p in desk.seen(first).points] == [
        "公布收费标准", "处理责任人员", "公开职权目录"
    ]  # fmt: skip
    (link,) = desk.seen(second).links
    links.unlink(desk.office, second, link.id, "关联错了", ACTING)
    assert [(p.text, p.answer, p.state) for p in desk.seen(second).points] == [
        ("公开职权目录", "", "open"), ("公布收费标准", "", "open")
    ]  # fmt: skip
    assert [p.text for p in desk.seen(first).points] == ["处理责任人员"]


def test_what_is_open_does_not_go_where_it_can_not_be_answered(desk: Desk) -> None:
    first = desk.proven()
    desk.answer(first)
    second = desk.register(demands="1. 公开职权目录；2. 公布收费标准")
    with faulty(("number", "points_left")):
        links.merge(desk.office, second, MergeDraft("1", TODAY), ACTING)
    third = desk.register()
    links.merge(desk.office, third, MergeDraft("1", TODAY), ACTING)
