"""Very many complaints that come in together: found, sorted and counted while they wait for the index."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from db import search
from desktop.rules.complaints import Ruling, State
from desktop.rules.ledgerrows import ADD
from desktop.usecases import derived, imports, listing
from desktop.usecases import office as offices
from desktop.usecases.imports import Imported
from desktop.usecases.listing import By, Press, Query
from desktop.usecases.office import Done
from tests.usecases import desk as tests_desk
from tests.usecases.desk import ACTING, NAME, TODAY, Desk, Make

HEAD = ["编号", "收到日期", "来源", "姓名", "电话", "被投诉单位", "内容", "批示领导", "批示日期",
        "办理结果", "办结日期"]  # fmt: skip
MATTERS = ("分配结果不公開", "收费标准不一致", "公开栏长期不更新", "ＡＢ窗口拒绝答复")
UNITS = ("市住房保障局", "市教育局", "东关街道办事处")
COUNT = 30
WORDS = (
    "公开",
    "不公开",
    "公",
    "第7件",
    "教育局",
    "孙七",
    "1391",
    "ab窗口",
    "不更新 东关",
    "没有的词",
    "、",
)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few are many, so that there are moments in between."""
    monkeypatch.setattr(search, "TOGETHER", 10)
    monkeypatch.setattr(search, "PORTION", 7)


@pytest.fixture(name="ledger", scope="module")
def _ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD)
    for n in range(COUNT):
        day = date(2025, 6, 2) + timedelta(days=n * 17)
        closed: list[Any] = ["", "", "", ""]
        if n % 3:
            closed = ["周局", day, "经查属实，已责令限期公开。", day + timedelta(days=9)]
        name = "孙七" if n % 5 == 0 else NAME
        sheet.append([f"信{n}", day, "来信", name, f"1391{n:07d}", UNITS[n % 3],
                      f"{name}反映第{n}件：{MATTERS[n % 4]}。", *closed])  # fmt: skip
    path = tmp_path_factory.mktemp("ledger") / "台账.xlsx"
    book.save(path)
    return path


def brought(desk: Desk, ledger: Path) -> Done[Imported]:
    plan = imports.plan(desk.office, imports.read_ledger(ledger))
    plan = imports.decide(plan, units=dict.fromkeys(UNITS, ADD))
    review = imports.check(desk.office, plan, TODAY)
    return imports.import_ledger(desk.office, review, ACTING)


def queries() -> Iterator[Query]:
    for n, words in enumerate(WORDS):
        yield Query(words=words)
        yield Query(words=words, by=list(By)[n % len(By)], descending=n % 2 == 0, limit=5)
        yield Query(words=words, states=(State.CLOSED, State.VOID), by=By.SUBJECT)
        yield Query(words=words, press=Press.OVERDUE)
        yield Query(words=words, states=(State.REGISTERED,), limit=3)


def told(desk: Desk) -> list[object]:
    """Everything that the list says: hits, order, where they were found, and the counts."""
    office = desk.office
    while not listing.open_names(office):
        pass
    said: list[object] = [listing.counts(office, TODAY)]
    for query in queries():
        found = listing.opening(office, query, TODAY)
        rows = listing.page(office, found, TODAY, 0)
        where = [(row.complaint.id, row.state, row.where) for row in rows]
        said.append((query, found.found, found.more, found.named, where))
    return said


def as_indexed(desk: Desk) -> list[object]:
    """What the list would say if nothing waited; the file stays as it is."""
    db = desk.office.db
    db.execute("BEGIN")
    while search.go_on(db, derived.folding()):
        pass
    assert not search.waiting(db)
    said = told(desk)
    db.execute("ROLLBACK")
    return said


def hits(desk: Desk, words: str) -> int:
    return listing.opening(desk.office, Query(words=words), TODAY).count


def in_index(desk: Desk) -> set[int]:
    sql = (
        "SELECT c.id FROM complaint_gram_docsize d "
        f"JOIN complaint c ON c.year * {search.SEAT} + c.serial = d.id"
    )
    return {int(row[0]) for row in desk.office.db.execute(sql).fetchall()}


def test_what_waits_is_found_at_once_and_goes_into_the_index_bit_by_bit(
    desk: Desk, ledger: Path
) -> None:
    own = desk.register()
    brought(desk, ledger)
    assert in_index(desk) == {own}
    left = [derived.waiting(desk.office)]
    while left[-1]:
        assert told(desk) == as_indexed(desk)
        assert hits(desk, "第7件") == 1
        assert hits(desk, "不公开") == len([n for n in range(COUNT) if n % 4 == 0])
        left.append(derived.index_more(desk.office))
        waiting = {n for a, b in search.waiting(desk.office.db) for n in range(a, b + 1)}
        every = {row[0] for row in desk.office.db.execute("SELECT id FROM complaint").fetchall()}
        assert in_index(desk) == every - waiting
    assert len(left) == 1 + -(-COUNT // search.PORTION)
    assert derived.kept.known(desk.office.db)["search"] == search.VERSION
    assert hits(desk, "第7件") == 1
    assert not derived.index_more(desk.office)


def test_a_few_are_indexed_with_the_action_itself(
    desk: Desk, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "TOGETHER", COUNT + 1)
    brought(desk, ledger)
    assert not derived.waiting(desk.office)
    assert len(in_index(desk)) == COUNT


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=(Phase.reuse, Phase.generate),  # each takes seconds
)
@given(data=st.data())
def test_at_every_moment_a_search_says_what_it_says_when_all_is_indexed(
    desk_of: Make, ledger: Path, data: st.DataObject
) -> None:
    desk = desk_of()
    desk.register(subject="公开栏长期不更新")
    first = int(desk.office.db.execute("SELECT max(id) FROM complaint").fetchone()[0]) + 1
    event, undone = brought(desk, ledger).event, False
    for _n in range(5):
        todo = data.draw(st.sampled_from(["index", "decide", "new", "undo", "again", "reopen"]))
        if todo == "index":
            derived.index_more(desk.office)
        elif todo == "decide" and not undone:
            rows = desk.office.db.execute(
                "SELECT id FROM complaint WHERE state = 'registered' AND void = 0 AND id >= ?",
                [first],
            ).fetchall()
            one = data.draw(st.sampled_from([int(row[0]) for row in rows]))
            desk.decide(one, Ruling.ACCEPT, opinion="ＡＢ窗口不公开的要说明")
            undone = True  # the import can not be taken back any more
        elif todo == "new":
            desk.register(subject=data.draw(st.sampled_from(MATTERS)))
        elif todo == "undo" and not undone:
            offices.take_back(desk.office, event, ACTING)
            undone = True
        elif todo == "again" and undone:
            with_numbers = desk.office.db.execute(
                "SELECT count(*) FROM complaint WHERE void = 0 AND old_number <> ''"
            ).fetchone()[0]
            if not with_numbers:
                event, undone = brought(desk, ledger).event, False
        elif todo == "reopen":
            path = desk.office.path
            desk.office.close()
            desk.office = tests_desk.sit_down(path).office
        assert told(desk) == as_indexed(desk), todo
    while derived.index_more(desk.office):
        pass
    assert in_index(desk) == {
        row[0] for row in desk.office.db.execute("SELECT id FROM complaint").fetchall()
    }


def test_after_a_crash_it_goes_on_where_it_was(desk: Desk, ledger: Path, tmp_path: Path) -> None:
    brought(desk, ledger)
    derived.index_more(desk.office)
    db, path = desk.office.db, desk.office.path
    before = search.waiting(db)
    db.execute("BEGIN IMMEDIATE")
    search.go_on(db, derived.folding())
    (tmp_path / "left").mkdir()  # what a power cut leaves
    for file in path.parent.glob(f"{path.stem}.*"):
        if file.is_file():
            shutil.copy(file, tmp_path / "left" / file.name)
    db.execute("ROLLBACK")
    other = tests_desk.sit_down(tmp_path / "left" / path.name)
    try:
        assert search.waiting(other.office.db) == before
        assert told(other) == as_indexed(other)
        while derived.index_more(other.office):
            pass
        assert hits(other, "第7件") == hits(other, "第29件") == 1
        assert len(in_index(other)) == COUNT
    finally:
        other.office.close()


def test_an_index_of_another_making_is_made_anew_and_nothing_waits(
    desk: Desk, ledger: Path
) -> None:
    brought(desk, ledger)
    derived.kept.know(desk.office.db, "search", "0:1-7")
    assert hits(desk, "第7件") == 1
    assert not derived.waiting(desk.office)
    assert len(in_index(desk)) == COUNT


def test_a_mark_that_nobody_can_read_lets_the_index_be_made_anew(desk: Desk, ledger: Path) -> None:
    brought(desk, ledger)
    derived.kept.know(desk.office.db, "search", f"{search.VERSION}:1-x")
    assert told(desk) == as_indexed(desk)
    assert not derived.waiting(desk.office)
    assert len(in_index(desk)) == COUNT


@pytest.mark.parametrize("version", search.UNFILED_VERSIONS)
def test_what_waits_in_an_index_without_volumes_goes_on_waiting(
    desk: Desk, ledger: Path, version: str
) -> None:
    number = desk.proven()
    desk.answer(number)
    desk.close(number)
    desk.archive(number, volume="WS·2026-Y-0317")
    brought(desk, ledger)
    derived.index_more(desk.office)
    before = search.waiting(desk.office.db)
    kept = derived.kept.known(desk.office.db)["search"]
    older = kept.replace(search.VERSION, version, 1)
    derived.kept.know(desk.office.db, "search", older)
    assert told(desk) == as_indexed(desk)
    assert hits(desk, "0317") == 1
    assert search.waiting(desk.office.db) == before != []


def test_an_older_program_has_made_the_index_anew_and_nothing_waits(
    desk: Desk, ledger: Path
) -> None:
    """It does not know the mark, and leaves its own version, with everything in the index."""
    brought(desk, ledger)
    db = desk.office.db
    db.execute("BEGIN")
    search.rebuild(db, derived.folding())
    derived.kept.know(db, "search", search.UNFILED_VERSIONS[-1])
    db.execute("COMMIT")
    assert told(desk) == as_indexed(desk)
    assert not derived.waiting(desk.office)
    assert derived.kept.known(db)["search"] == search.VERSION
