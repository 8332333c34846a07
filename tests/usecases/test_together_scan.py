"""A clerk goes on working while an import waits for the search index: always what a scan finds."""

import csv
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from db import search
from desktop.rules.complaints import Outcome, Ruling, State
from desktop.rules.ledgerrows import ADD
from desktop.usecases import derived, identity, imports, links, listing, names, people
from desktop.usecases import office as offices
from desktop.usecases.imports import Imported
from desktop.usecases.links import MergeDraft
from desktop.usecases.listing import By, Press, Query
from desktop.usecases.office import Done
from tests.usecases import desk as tests_desk
from tests.usecases.desk import ACTING, NAME, TODAY, Desk
from tests.usecases.test_corrections import correct

HEAD = "编号,收到日期,来源,姓名,电话,被投诉单位,内容,批示领导,批示日期,办理结果,办结日期"
MATTERS = (
    "分配结果不公開",
    "收费标准不一致，Straße 8",
    "公开栏长期不更新",
    "ＡＢ窗口拒绝答复",
    "公、开 栏",
)
UNITS = ("市教育局", "东关街道办事处")
COUNT = 24
#: Of one character, of two, of several; by letter, volume, unit, name, number; as nobody writes it.
WORDS = (
    "公",
    "Ｂ",
    "驴",
    "公开",
    "公開",
    "第7",
    "不公开",
    "公開欄",
    "公、开",
    "ab窗口",
    "STRASSE",
    "ſs",
    "办信",
    "WS·2026-Y",
    "教育局",
    "住房",
    "孙七",
    "13910007",
    "投〔2025〕",
    "不更新 东关",
    "公开 孙七",
    "公 第7件",
    "没有的词",
    "、",
    "更正 以后",
)
STATES: tuple[tuple[State, ...], ...] = ((), (State.CLOSED, State.ARCHIVED), (State.VOID,))


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few are many, so that there are moments in between, and every way of searching is gone."""
    monkeypatch.setattr(search, "TOGETHER", 10)
    monkeypatch.setattr(search, "PORTION", 7)
    monkeypatch.setattr(search, "WALKED", 3)


def bring(desk: Desk, path: Path, mark: str, count: int = COUNT) -> Done[Imported]:
    """Import a ledger of its own: two years, some closed and some running."""
    lines = [HEAD.split(",")]
    for n in range(count):
        day = date(2025, 6, 2) + timedelta(days=n * 528 // count)
        done = ["周局", day, "经查属实，已责令限期公开。", day + timedelta(days=9)]
        name = "孙七" if n % 5 == 0 else NAME
        text = f"{name}反映{mark}第{n}件：{MATTERS[n % 5]}。"
        row = [f"{mark}{n}", day, "来信", name, f"1391{n:07d}", UNITS[n % 2], text]
        lines.append([str(cell) for cell in [*row, *(done if n % 3 else [""] * 4)]])
    file = path / f"{mark}.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(lines)
    plan = imports.plan(desk.office, imports.read_ledger(file))
    plan = imports.decide(plan, units=dict.fromkeys(UNITS, ADD))
    return imports.import_ledger(desk.office, imports.check(desk.office, plan, TODAY), ACTING)


# ---- the scan ----------------------------------------------------------------------------------

_OWN = (
    "SELECT c.id, number, old_number, origin, origin_number, subject, body, demands, "
    "accused_person, u.name FROM complaint c JOIN unit u ON u.id = c.accused_unit"
)
_STEPS = (
    "SELECT complaint, text, CASE step WHEN 'correct' THEN '' ELSE detail END, person, paper "
    "FROM complaint_step WHERE void = 0"
)
_TEXTS = (
    _OWN,
    _STEPS,
    "SELECT subject_id, number, title FROM letter WHERE subject = 'complaint' AND void = 0",
    "SELECT complaint, volume, box FROM complaint_archive WHERE void = 0",
)


def texts(desk: Desk) -> dict[int, list[str]]:
    """Everything in which a complaint may be found, folded."""
    fold, found = derived.folding(), dict[int, list[str]]()
    for sql in _TEXTS:
        for owner, *some in desk.office.db.execute(sql).fetchall():
            known = [text for text in some if text and text[0] != search._SEALED]
            found.setdefault(owner, []).extend(map(fold, known))
    people_of = "SELECT complaint, name, phone FROM complainant WHERE void = 0"
    for owner, *some in desk.office.db.execute(people_of).fetchall():
        found[owner] += [fold(identity.unseal(desk.office, text)) for text in some]
    return found


def queries() -> Iterator[Query]:
    """Every word in some order and narrowed in some way; each way comes with many words."""
    ways = list(product(By, (True, False)))
    for n, word in enumerate(WORDS):
        yield Query(words=word)
        yield Query(words=word, limit=3)
        yield Query(words=word, states=STATES[n % 3])
        for k in range(3):
            by, down = ways[(n * 3 + k) % len(ways)]
            yield Query(words=word, by=by, descending=down, limit=(2, 7, 100)[k])
        yield Query(words=word, states=(State.REGISTERED, State.ACCEPTED), by=list(By)[n % len(By)])
        yield Query(words=word, press=(Press.OVERDUE, Press.SOON)[n % 2])


def agrees(desk: Desk) -> None:
    """Every search finds what a scan finds, in the order that the list has without a word."""
    office, known = desk.office, texts(desk)
    while not listing.open_names(office):
        pass
    orders: dict[Query, list[int]] = {}
    for query in queries():
        plain = Query(query.states, query.press, "", query.by, query.descending)
        if plain not in orders:
            orders[plain] = listing.ids(office, listing.opening(office, plain, TODAY), TODAY)
        words = derived.folding()(query.words).split()
        expected = [
            one
            for one in orders[plain]
            if all(any(word in text for text in known[one]) for word in words)
        ]
        found = listing.opening(office, query, TODAY)
        assert found.found == tuple(expected[: query.limit]), query
        assert found.more == (len(expected) > query.limit), query
        paged = [
            row.complaint.id
            for number in range(-(-found.count // listing.PAGE))
            for row in listing.page(office, found, TODAY, number)
        ]
        assert paged == list(found.found), query


def finds(desk: Desk) -> None:
    """The words alone, of a register that is too large for every order: found as by a scan."""
    known = texts(desk)
    while not listing.open_names(desk.office):
        pass
    for typed in WORDS:
        words = derived.folding()(typed).split()
        expected = {n for n, t in known.items() if all(any(w in one for one in t) for w in words)}
        found = listing.opening(desk.office, Query(words=typed, limit=listing.MOST), TODAY)
        assert set(found.found or ()) == expected, typed


# ---- what the clerk does meanwhile -------------------------------------------------------------


def waiting(desk: Desk, state: State = State.REGISTERED) -> list[int]:
    """Return what waits and stands in a state, the last of it first: it is indexed last."""
    ids = [n for a, b in search.waiting(desk.office.db) for n in range(a, b + 1)]
    sql = "SELECT id FROM complaint WHERE state = ? AND void = 0 ORDER BY id DESC"
    rows = desk.office.db.execute(sql, [state.value]).fetchall()
    return [row[0] for row in rows if row[0] in ids]


def _correct(desk: Desk) -> None:
    one = waiting(desk)[0]
    correct(desk, one, subject="更正以后不公開", text="驴：窗口拒绝", accused_unit=2)
    agrees(desk)
    desk.take_back()


def _corrected(desk: Desk) -> None:
    correct(desk, waiting(desk)[1], subject="更正以后的第7件", text="公开", demands="驴")


def _whole_course(desk: Desk) -> None:
    one = waiting(desk)[0]
    desk.decide(one, Ruling.TRANSFER, opinion="驴不公开的要说明")
    desk.transfer(one)
    desk.find(one, Outcome.PROVEN)
    desk.answer(one)
    agrees(desk)
    desk.undo_last(one)
    agrees(desk)
    desk.answer(one)
    desk.close(one)
    desk.archive(one)


def _merge(desk: Desk) -> None:
    one, other = waiting(desk)[:2]
    number = desk.seen(other).complaint.number
    links.merge(desk.office, one, MergeDraft(number, TODAY, "更正以后同一件"), ACTING)
    agrees(desk)
    links.unlink(desk.office, one, desk.seen(one).links[0].id, "关联错了", ACTING)
    agrees(desk)
    links.merge(desk.office, other, MergeDraft(desk.seen(one).complaint.number, TODAY), ACTING)


def _own(desk: Desk) -> None:
    one = desk.register(subject="驴的收费标准不公開")
    agrees(desk)
    desk.take_back()
    assert desk.seen(one).state is State.VOID


def _new_name(desk: Desk) -> None:
    unit = next(u for u in people.directory(desk.office).units if u.name == UNITS[0])
    people.save_unit(desk.office, unit.id, "市公开驴局", unit.kind, ACTING)


WORK: tuple[Callable[[Desk], None], ...] = (
    _correct,
    _corrected,
    _whole_course,
    _merge,
    _own,
    _new_name,
)


@pytest.mark.parametrize("work", WORK)
def test_what_is_done_on_what_waits_is_found(
    desk: Desk, tmp_path: Path, work: Callable[[Desk], None]
) -> None:
    desk.register(subject="公开栏长期不更新")
    bring(desk, tmp_path, "办信")
    derived.index_more(desk.office)
    work(desk)
    agrees(desk)
    while derived.index_more(desk.office):
        agrees(desk)
    agrees(desk)


def test_two_imports_of_which_the_second_is_taken_back(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, "办信")
    derived.index_more(desk.office)
    agrees(desk)
    second = bring(desk, tmp_path, "来电")
    agrees(desk)
    path = desk.office.path
    desk.office.close()
    desk.office = tests_desk.sit_down(path).office
    agrees(desk)
    offices.take_back(desk.office, second.event, ACTING)
    agrees(desk)
    derived.index_more(desk.office)
    bring(desk, tmp_path, "来访")
    while derived.index_more(desk.office):
        agrees(desk)
    agrees(desk)
    assert not search.waiting(desk.office.db)


def test_an_import_that_waits_is_taken_back_whole(desk: Desk, tmp_path: Path) -> None:
    done = bring(desk, tmp_path, "办信")
    derived.index_more(desk.office)
    offices.take_back(desk.office, done.event, ACTING)
    agrees(desk)
    while derived.index_more(desk.office):
        agrees(desk)
    agrees(desk)
    query = Query(words="公开", states=(State.VOID,))
    assert listing.opening(desk.office, query, TODAY).count


def test_among_many_only_what_waits_is_looked_at(desk: Desk, tmp_path: Path) -> None:
    """A few that wait in a large register are gone to, not sought along the whole of it."""
    for _n in range(3):
        bring(desk, tmp_path, f"甲{_n}")
    while derived.index_more(desk.office):
        pass
    last = desk.count("complaint")
    assert last > 8 * 3
    db = desk.office.db
    db.execute("BEGIN")
    db.execute("DELETE FROM complaint_gram WHERE rowid IN (SELECT year * 10000000 + serial "
               "FROM complaint WHERE id > ?)", [last - 3])  # fmt: skip
    search.put_off(db, [(last - 2, last)])
    db.execute("COMMIT")
    agrees(desk)


def test_a_search_that_is_given_up_ends_between_two_portions(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, "办信")
    asked: list[bool] = []

    def going() -> bool:
        asked.append(True)
        return False

    for query in (Query(words="没有的词"), Query(words="没有的词", by=By.SUBJECT)):
        assert listing.opening(desk.office, query, TODAY, going=going).found == ()
    assert 0 < len(asked) <= 4


def test_very_many_names_are_opened_bit_by_bit(desk: Desk, tmp_path: Path) -> None:
    desk.register()
    assert listing.open_names(desk.office)
    done = bring(desk, tmp_path, "办信")
    held, fold = names.begin(desk.office), derived.folding()
    assert held is not None
    told = [held.open_more(desk.office, fold, 5)]
    (term,) = search.terms(fold, "孙七")
    while not told[-1]:
        told.append(held.open_more(desk.office, fold, 5))
    assert len(told) == -(-COUNT // 5)
    assert len(held.places(term)) == -(-COUNT // 5)
    offices.take_back(desk.office, done.event, ACTING)
    held.open_more(desk.office, fold, 5)
    assert held.places(term) == []  # nobody is found any more, before they are looked at anew
    agrees(desk)
