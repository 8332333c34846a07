"""Every word that stands in a complaint is found, and nothing in which it does not stand."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import guards, search
from db.connect import open_office
from db.driver import Database
from db.search import SEAT, Folding, Search, Wanted
from tests.db.conftest import KEY

FOLDING = Folding({"後": "后", "資": "资", "開": "开", "處": "处", "裏": "里"})

#: Few signs, so that words overlap in every way: two scripts, widths, cases, signs, blanks.
SIGNS = "公开開资資处處局12Aa１Ａ，（)-_ \n%'\"*\U00020001é"
TEXT = st.text(alphabet=SIGNS, max_size=24)


@pytest.fixture(name="db")
def _db(path: Path) -> Iterator[Database]:
    db = open_office(path, KEY)
    guards.take_down(db)  # rows are written here without events
    yield db
    db.close()


def fill(db: Database, texts: list[tuple[str, str, str, str]]) -> None:
    """Write complaints: subject, body, text of a step, title of a letter."""
    for table in ("letter", "complaint_step", "complaint", "unit"):
        db.execute(f"DELETE FROM {table}")
    db.execute("INSERT INTO unit (id, rev, name, kind) VALUES (1, 1, '市资源局', '')")
    for n, (subject, body, step, title) in enumerate(texts, 1):
        db.execute(
            "INSERT INTO complaint (id, rev, year, serial, number, pack, pack_version, channel, "
            "received, registered, identity, accused_unit, accused_person, subject, body, demands, "
            "state) VALUES (?, 1, 2026, ?, ?, 'p', 1, 'letter', '2026-01-01', '2026-01-01', "
            "'anonymous', 1, '', ?, ?, '', 'registered')",
            [n, n, f"投{n}", subject, body],
        )
        db.execute(
            "INSERT INTO complaint_step (id, rev, complaint, step, day, text) "
            "VALUES (?, 1, ?, 'find', '2026-01-02', ?)",
            [n, n, step],
        )
        db.execute(
            "INSERT INTO letter (id, rev, kind, series, year, serial, number, subject, subject_id, "
            "title, addressee, dated, pages, sha256, fields) VALUES (?, 1, 'k', 's', 2026, ?, ?, "
            "'complaint', ?, ?, '', '2026-01-02', 1, '', '')",
            [n, n, f"函{n}", n, title],
        )
    search.rebuild(db, FOLDING)


def scan(db: Database, typed: str) -> list[int]:
    """Find by looking at every text: what the index must find, and all it may find."""
    words = FOLDING(search._SURROGATES.sub("", typed)).split()
    rows = db.execute(
        "SELECT c.serial, c.number, c.subject, c.body, s.text, l.number, l.title, u.name "
        "FROM complaint c JOIN complaint_step s ON s.complaint = c.id "
        "JOIN letter l ON l.subject_id = c.id JOIN unit u ON u.id = c.accused_unit "
        "ORDER BY c.serial DESC"
    ).fetchall()
    return [
        row[0]
        for row in rows
        if all(any(word in FOLDING(text) for text in row[1:]) for word in words)
    ]


def found(db: Database, typed: str) -> list[int]:
    wanted = Wanted(search.terms(FOLDING, typed))
    return [place % SEAT for place in Search(db, FOLDING, wanted).newest(1000)]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_the_index_finds_what_a_scan_finds(db: Database, data: st.DataObject) -> None:
    texts = data.draw(st.lists(st.tuples(TEXT, TEXT, TEXT, TEXT), min_size=1, max_size=8))
    fill(db, texts)
    whole = [text for row in texts for text in row if text]
    for _n in range(12):
        if whole and data.draw(st.booleans()):
            text = data.draw(st.sampled_from(whole))
            first = data.draw(st.integers(0, len(text) - 1))
            typed = text[first : first + data.draw(st.integers(1, 6))]
        else:
            typed = data.draw(st.text(alphabet=SIGNS, max_size=5))
        assert found(db, typed) == scan(db, typed), typed


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_what_waits_for_the_index_is_found_as_a_scan_finds_it(
    db: Database, monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    monkeypatch.setattr(search, "PORTION", 2)
    monkeypatch.setattr(search, "WALKED", 1)  # one character, too, is asked of the index
    texts = data.draw(st.lists(st.tuples(TEXT, TEXT, TEXT, TEXT), min_size=2, max_size=8))
    fill(db, texts)
    count = len(texts)
    known = data.draw(st.integers(0, count - 1))  # the others came in together, at twice
    cut = data.draw(st.integers(known, count))
    db.execute("INSERT INTO complaint_gram(complaint_gram) VALUES ('delete-all')")
    search.reindex(db, FOLDING, range(1, known + 1))
    db.execute("INSERT OR REPLACE INTO derived VALUES ('search', ?)", [search.VERSION])
    for first, last in ((known + 1, cut), (cut + 1, count)):
        if first <= last:
            search.put_off(db, [(first, last)])
    whole = [text for row in texts for text in row if text] or ["公"]
    places = [2026 * SEAT + n for n in range(1, count + 1)]
    left = True
    while left:
        for _n in range(4):
            text = data.draw(st.sampled_from(whole))
            begin = data.draw(st.integers(0, len(text) - 1))
            typed = text[begin : begin + data.draw(st.integers(1, 6))]
            one = data.draw(st.integers(1, count))
            subject = data.draw(TEXT)
            db.execute("UPDATE complaint SET subject = ? WHERE id = ?", [subject, one])
            if not any(a <= one <= b for a, b in search.waiting(db)):
                search.reindex(db, FOLDING, [one])
            for words in (typed, f"{typed} {subject[:2]}"):
                expected = scan(db, words)
                assert found(db, words) == expected, words
                look = Search(db, FOLDING, Wanted(search.terms(FOLDING, words)))
                assert [p % SEAT for p in look.among(places)] == expected[::-1], words
                some = look.ordered(1000, count, lambda hits: _walked(db, places, hits), sorted)
                assert [p % SEAT for p in some] == expected[::-1], words
        left = search.go_on(db, FOLDING)
    assert not search.waiting(db)


def _walked(db: Database, places: list[int], hits: str) -> Iterator[int]:
    known = {row[0] for row in db.execute(f"SELECT place FROM {hits}")} if hits else set(places)
    return (place for place in places if place in known)


def test_one_writing_is_found_by_the_other(db: Database) -> None:
    fill(db, [("信息公开", "ＡＢＣ１２３", "", ""), ("資訊開放，處後", "abc", "", "")])
    assert found(db, "公開") == [1]
    assert found(db, "处后") == [2]
    assert found(db, "abc") == [2, 1]
    assert found(db, "ａｂｃ１２") == [1]
    assert found(db, "開") == [2, 1]
    assert found(db, "资源") == [2, 1]  # the unit's name


def test_a_renamed_unit_is_found_by_its_new_name_at_once(db: Database) -> None:
    fill(db, [("信息", "", "", "")])
    db.execute("UPDATE unit SET name = '市水务局'")
    assert found(db, "水务局") == [1]
    assert found(db, "资源局") == []


def test_a_changed_text_is_found_and_its_old_words_are_not(db: Database) -> None:
    fill(db, [("信息公开", "", "", ""), ("信息处理", "", "", "")])
    db.execute("UPDATE complaint SET subject = '职权目录' WHERE id = 1")
    search.reindex(db, FOLDING, [1])
    assert found(db, "职权") == [1]
    assert found(db, "信息") == [2]


def test_few_and_many_hits_come_in_the_same_order(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(db, [(f"公开{n % 7}", "资源" * (n % 3), "", "") for n in range(60)])
    order = [n * 37 % 60 + 1 + 2026 * SEAT for n in range(60)]

    def put(places: object) -> list[int]:
        return sorted(json.loads(json.dumps(list(places))), key=order.index)  # type: ignore[call-overload]

    def walk(among: str) -> Iterator[int]:
        if not among:
            return iter(order)
        wanted = {row[0] for row in db.execute(f"SELECT place FROM {among}").fetchall()}
        return (place for place in order if place in wanted)

    for typed in ("公开", "公开3", "资源", "资源资源", "公", "资 公开5", "（"):
        look = Search(db, FOLDING, Wanted(search.terms(FOLDING, typed)))
        with monkeypatch.context() as patch:
            few = look.ordered(10, 10**6, walk, put)
            many = look.ordered(10, 60, walk, put)
            patch.setattr(search, "KNOWN", 5)
            most = look.ordered(10, 60, walk, put)
        assert few == many == most
        assert few == [p for p in order if p % SEAT in scan(db, typed)][:10]


def test_names_are_found_only_through_what_is_passed(db: Database) -> None:
    fill(db, [("信息公开", "", "", ""), ("职权目录", "", "", "")])
    terms = search.terms(FOLDING, "钱多 公开")
    assert Search(db, FOLDING, Wanted(terms)).newest(9) == []
    named = [[2026 * SEAT + 2, 2026 * SEAT + 1], []]
    assert Search(db, FOLDING, Wanted(terms, named)).newest(9) == [2026 * SEAT + 1]
    one = search.terms(FOLDING, "钱多")
    assert Search(db, FOLDING, Wanted(one, named[:1])).newest(9) == named[0]
    assert Search(db, FOLDING, Wanted(one, named[:1], ("closed",))).newest(9) == []


def test_an_index_of_many_pieces_is_merged_before_it_takes_no_more(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(db, [(f"公开{n}", "资源", "", "") for n in range(9)])
    assert search._pieces(db) == 1
    # as when a large piece is being merged, and those of further edits have to wait
    db.execute("INSERT INTO complaint_gram(complaint_gram, rank) VALUES ('automerge', 0)")
    monkeypatch.setattr(search, "_CROWDED", 5)
    for n in range(40):
        search.reindex(db, FOLDING, [n % 9 + 1])
        assert search._pieces(db) <= 7
    assert found(db, "资源") == list(range(9, 0, -1))
    monkeypatch.setattr(search, "_CROWDED", 300)
    for n in range(200):  # a number of two bytes
        search.reindex(db, FOLDING, [n % 9 + 1])
    assert search._pieces(db) > 128
