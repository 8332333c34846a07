"""What waits for the index: no text that holds a word is passed over, and what is kept of it is read."""

import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db import unindexed
from db.driver import Database, sqlite
from db.search import _RUN, Folding

FOLDING = Folding({"後": "后", "資": "资", "開": "开", "處": "处", "裏": "里", "裡": "里"})
#: What is written in several ways, what is folded to several characters, what a pattern means.
SIGNS = "公开開资資处處里裏裡12１AaあａsſßẞﬆﬁfiİiıkK[]^-*?\\\x00 ，'\U00020001"


@pytest.fixture(name="db", scope="module")
def _db() -> Database:
    return Database(sqlite.connect(":memory:"), execute_plugins=False)


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet=SIGNS, max_size=20), st.data())
@example("Straße", None)
def test_a_text_that_holds_a_word_fits_its_pattern(
    db: Database, text: str, data: st.DataObject
) -> None:
    folded = FOLDING(text)
    runs = [folded[a:b] for a in range(len(folded)) for b in range(a + 1, len(folded) + 1)]
    runs = [run for run in runs if _RUN.fullmatch(run)]
    if data is not None:
        runs = [data.draw(st.sampled_from(runs))] if runs else []
    for run in runs:
        sql = "SELECT ? GLOB ? OR instr(?, char(0))"
        assert db.execute(sql, [text, FOLDING.writings.pattern(run), text]).fetchone()[0], run


def test_a_pattern_is_of_use(db: Database) -> None:
    for run, text in (("处里", "开处里1"), ("公开12", "公开"), ("ss", "资料"), ("a", "公开")):
        pattern = FOLDING.writings.pattern(run)
        assert not db.execute("SELECT ? GLOB ?", [text.replace(run, ""), pattern]).fetchone()[0]


def test_a_very_long_word_has_no_long_pattern() -> None:
    assert len(FOLDING.writings.pattern("里开" * 5_000)) < 100
    assert len(FOLDING.writings.pattern("ss" * 5_000)) < 100


def test_no_character_beyond_is_written_small() -> None:
    """If this fails, a newer Unicode has letters where none were."""
    beyond = range(unindexed._CASED, sys.maxunicode + 1)
    assert not [code for code in beyond if chr(code).casefold() != chr(code)]


@pytest.mark.parametrize(
    ("kept", "version", "stretches"),
    [
        ("3", "3", []),
        ("3:51-90", "3", [(51, 90)]),
        ("3:51-90,95-120", "3", [(51, 90), (95, 120)]),
        ("2:51-90", "2", []),
        ("", "", []),
        ("3:", "", []),
        ("3:51", "", []),
        ("3:a-b", "", []),
        ("3:51-90,", "", []),
        ("x:51-90", "", []),
    ],
)
def test_what_is_kept_is_read_or_the_index_is_made_anew(
    kept: str, version: str, stretches: list[tuple[int, int]]
) -> None:
    db = Database(sqlite.connect(":memory:"), execute_plugins=False)
    db.execute("CREATE TABLE derived (key TEXT PRIMARY KEY, value TEXT)")
    assert unindexed.waiting(db, "3") == []
    db.execute("INSERT INTO derived VALUES ('search', ?)", [kept])
    assert unindexed.made(kept) == version
    assert unindexed.waiting(db, "3") == stretches
    db.close()


def test_stretches_that_touch_are_one() -> None:
    db = Database(sqlite.connect(":memory:"), execute_plugins=False)
    db.execute("CREATE TABLE derived (key TEXT PRIMARY KEY, value TEXT)")
    unindexed.keep(db, "3", [(1, 5), (6, 9), (11, 12), (13, 13)])
    assert unindexed.waiting(db, "3") == [(1, 9), (11, 13)]
    db.close()
