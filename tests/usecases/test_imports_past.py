"""An import is taken back as a whole also later, as long as nothing was done on its matters."""

from pathlib import Path
from typing import Any

import pytest

from desktop.rules.complaints import Ruling
from desktop.rules.faults import NotPermitted
from desktop.rules.ledgerrows import ADD
from desktop.rules.links import LinkKind
from desktop.usecases import audit, imports_past, links, looking, people, register, undoing
from desktop.usecases.imports_past import PastImport
from desktop.usecases.links import LinkDraft
from tests.usecases.desk import ACTING, TODAY, Desk, faulty, forbidden
from tests.usecases.test_corrections import correct
from tests.usecases.test_imports import CLOSED, FAULTY, HEAD, RUNNING, book, brought, standing
from tests.usecases.test_registerbook import pages, printed


def many(count: int) -> list[list[Any]]:
    return [
        [f"信{n}", "2025-03-05", "来信", f"刘芳{n}", "", "市城管局", f"第{n}件不公开"]
        for n in range(count)
    ]


def small(desk: Desk, tmp_path: Path) -> PastImport:
    path = book(tmp_path / "旧.xlsx", [HEAD, CLOSED, RUNNING, FAULTY])
    brought(desk, path, units={"市城管局": ADD})
    return past(desk)


def large(desk: Desk, tmp_path: Path) -> PastImport:
    brought(desk, book(tmp_path / "多.xlsx", [HEAD[:7], *many(300)]), units={"市城管局": ADD})
    return past(desk)


def past(desk: Desk) -> PastImport:
    return imports_past.past(desk.office)[0]


def ids(desk: Desk, one: PastImport) -> list[int]:
    found = register.rows(desk.office, TODAY)
    return sorted(r.complaint.id for r in found if r.complaint.import_batch == one.batch)


WHY = "导错了文件"
BOTH = pytest.mark.parametrize("bring", [small, large])


def test_past_imports_are_told_the_newest_first(desk: Desk, tmp_path: Path) -> None:
    assert imports_past.past(desk.office) == ()
    first = small(desk, tmp_path)
    assert (first.file, first.by, first.at) == ("旧.xlsx", "王敏", ACTING.at)
    assert (first.count, first.left_out, first.units) == (2, 1, 1)
    assert (first.first, first.last) == ("投〔2025〕0001", "投〔2026〕0001")
    assert (first.back_at, first.hindrance) == (None, None)
    brought(desk, book(tmp_path / "新.xlsx", [HEAD[:7], *many(3)]))
    assert [one.file for one in imports_past.past(desk.office)] == ["新.xlsx", "旧.xlsx"]
    assert past(desk).units == 0


@BOTH
def test_an_import_is_taken_back_after_other_work(desk: Desk, tmp_path: Path, bring: Any) -> None:
    before = standing(desk)
    one = bring(desk, tmp_path)
    number = desk.register()
    desk.decide(number, Ruling.ACCEPT)
    people.save_unit(desk.office, None, "市财政局", people.UNIT_KINDS[0], ACTING)
    done = imports_past.take_back(desk.office, one.batch, WHY, ACTING)
    assert done.value == one
    now = standing(desk)
    assert [row[0] for row in now["complaint"]] == [number]
    assert len(now["unit"]) == len(before["unit"]) + 1
    assert (now["import_batch"], len(now["complaint_step"])) == ([], 2)
    back = past(desk)
    assert (back.back_by, back.back_at, back.hindrance) == ("王敏", ACTING.at, None)
    assert (back.first, back.last, back.count) == (one.first, one.last, one.count)
    assert audit.inspect(desk.office).findings == ()
    with forbidden("import_taken_back"):
        imports_past.take_back(desk.office, one.batch, WHY, ACTING)
    again = bring(desk, tmp_path)
    assert again.first not in (one.first, one.last)  # numbers stay taken
    assert imports_past.past(desk.office)[1] == back


@BOTH
def test_it_is_refused_with_the_numbers_until_the_work_is_taken_back(
    desk: Desk, tmp_path: Path, bring: Any
) -> None:
    empty = standing(desk)
    one = bring(desk, tmp_path)
    number = ids(desk, one)[-1]
    with forbidden("imported"):
        undoing.foresee(desk.office, number, ACTING)
    desk.decide(number, Ruling.ACCEPT)
    before, last = standing(desk), desk.last_event()
    with pytest.raises(NotPermitted) as caught:
        imports_past.take_back(desk.office, one.batch, WHY, ACTING)
    assert caught.value.code == "import_worked_on"
    assert caught.value.facts == (("n", "1"), ("numbers", one.last))
    assert (standing(desk), desk.last_event()) == (before, last)
    desk.undo_last(number)
    assert past(desk).hindrance is None
    imports_past.take_back(desk.office, one.batch, WHY, ACTING)
    assert standing(desk) == empty
    assert audit.inspect(desk.office).findings == ()


def test_the_first_numbers_are_named_and_all_are_counted(desk: Desk, tmp_path: Path) -> None:
    one = large(desk, tmp_path)
    for number in ids(desk, one)[:7]:
        desk.decide(number, Ruling.ACCEPT)
    why = past(desk).hindrance
    assert why is not None
    assert (why.matters, why.units, why.names) == (7, 0, ())
    assert why.numbers == tuple(f"投〔2025〕{n:04d}" for n in range(1, 6))


@BOTH
def test_looking_at_who_complained_is_no_work(desk: Desk, tmp_path: Path, bring: Any) -> None:
    one = bring(desk, tmp_path)
    assert looking.reveal(desk.office, ids(desk, one)[0], ACTING)
    assert past(desk).hindrance is None


@BOTH
def test_a_matter_linked_from_elsewhere_hinders(desk: Desk, tmp_path: Path, bring: Any) -> None:
    one = bring(desk, tmp_path)
    links.link(desk.office, desk.register(), LinkDraft(one.first, LinkKind.REPEAT), ACTING)
    why = past(desk).hindrance
    assert why is not None
    assert (why.matters, why.numbers) == (1, (one.first,))


@BOTH
def test_a_unit_that_came_with_it_and_is_used_elsewhere_hinders(
    desk: Desk, tmp_path: Path, bring: Any
) -> None:
    one = bring(desk, tmp_path)
    (unit,) = (u.id for u in people.directory(desk.office).units if u.name == "市城管局")
    desk.register(accused_unit=unit)
    why = past(desk).hindrance
    assert why is not None
    assert (why.matters, why.units, why.names) == (0, 1, ("市城管局",))
    with forbidden("import_unit_used"):
        imports_past.take_back(desk.office, one.batch, WHY, ACTING)
    desk.take_back()
    assert past(desk).hindrance is None


@BOTH
def test_an_older_matter_that_was_moved_to_such_a_unit_hinders(
    desk: Desk, tmp_path: Path, bring: Any
) -> None:
    number = desk.register()
    bring(desk, tmp_path)
    (unit,) = (u.id for u in people.directory(desk.office).units if u.name == "市城管局")
    correct(desk, number, accused_unit=unit)
    why = past(desk).hindrance
    assert why is not None
    assert (why.matters, why.names) == (0, ("市城管局",))


def test_it_needs_a_reason_and_the_bound_register_prints_it(desk: Desk, tmp_path: Path) -> None:
    one = small(desk, tmp_path)
    before, last = standing(desk), desk.last_event()
    with faulty(("reason", "required")):
        imports_past.take_back(desk.office, one.batch, " 　", ACTING)
    assert (standing(desk), desk.last_event()) == (before, last)
    imports_past.take_back(desk.office, one.batch, "应刘芳的要求，改用新台账。", ACTING)
    assert desk.office.db.execute("SELECT reason FROM event WHERE action = 'undo'").fetchall() == [
        ("应×××的要求，改用新台账。",)
    ]
    whole = "".join(pages(printed(desk, year=2025)))
    assert "作废（2026-11-20，王敏）：应×××的要求，改用新台账。" in whole
    assert "没有填写原因" not in whole


def test_stopping_takes_nothing_back(desk: Desk, tmp_path: Path) -> None:
    one = large(desk, tmp_path)
    before, last = standing(desk), desk.last_event()

    def stop(_share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        imports_past.take_back(desk.office, one.batch, WHY, ACTING, stop)
    assert (standing(desk), desk.last_event(), past(desk)) == (before, last, one)
