"""Very many rows in one action: written down as strictly as one by one, found out as surely."""

import json
import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import batches, chain, guards
from db.driver import sqlite
from db.errors import StorageFault
from db.ledger import Action, EventDraft, Ledger
from db.reconcile import Touched, reconcile
from tests.db.conftest import ACTOR
from tests.tamper import outside

Count = Callable[[str], int]
COLUMNS = ("id", "name", "kind")
#: Whatever SQLite keeps as text.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


def make(ledger: Ledger, rows: list[tuple[int, str, str]]) -> int:
    """Make units as one event; return its number."""
    draft = EventDraft("unit.save", "unit", 1, "整批")
    with ledger.many(draft, ACTOR) as action:
        assert action.insert_many("unit", COLUMNS, rows) == len(rows)
        assert action.changed == len(rows) + len(action.written.get("bundle", ()))
    return draft.seq


def units(count: int, first: int = 1) -> list[tuple[int, str, str]]:
    return [(first + n, f"单位{first + n}", "行政机关") for n in range(count)]


@given(st.lists(TEXTS, min_size=1, max_size=8, unique=True))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_has_the_image_that_it_would_have_alone(ledger: Ledger, names: list[str]) -> None:
    first = Action(ledger.db, 0).next_id("unit")
    ledger.db.execute("SAVEPOINT before")
    try:
        ledger.db.execute("DROP INDEX unit_name")  # names may come again in another example
        batches.insert_many(
            ledger.db,
            chain.head(ledger.db)[0] + 1,
            "unit",
            COLUMNS,
            [(first + n, name, "机关") for n, name in enumerate(names)],
        )
        images = ledger.db.execute(
            "SELECT row_id, rev, before, after FROM event_change WHERE tbl = 'unit' "
            "AND row_id >= ? ORDER BY id",
            [first],
        ).fetchall()
        assert [row[:3] for row in images] == [(first + n, 1, None) for n in range(len(names))]
        for row_id, _rev, _before, after in images:
            row = Action(ledger.db, 0).row("unit", row_id)
            assert json.loads(after) == row
            assert list(json.loads(after)) == sorted(row)
            assert reconcile(ledger.db) == ()
    finally:
        ledger.db.execute("ROLLBACK TO before")
        ledger.db.execute("RELEASE before")


@pytest.mark.parametrize("count", [1, 3, chain.PIECE, 2 * chain.PIECE + 1])
def test_the_hash_of_very_many_changes_is_that_of_all_of_them(ledger: Ledger, count: int) -> None:
    make(ledger, units(count))
    (one,) = chain.events(ledger.db)
    assert len([change for change in one.changes if change[0] == "unit"]) == count
    assert chain.link(chain.START, one.columns, one.changes) == one.hash
    checked = chain.verify(ledger.db)
    assert (checked.events, checked.count) == (1, 0)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_hash_is_made_in_pieces_whatever_the_images_say(
    ledger: Ledger, texts: list[tuple[str, str]]
) -> None:
    seq = chain.head(ledger.db)[0] + 1
    ledger.db.execute("BEGIN")
    try:
        changes: list[chain.Row] = [
            (
                "unit",
                10_000 + n,
                n + 1,
                json.dumps({"name": before}, ensure_ascii=False) if n % 2 else None,
                json.dumps({"name": after}, ensure_ascii=False),
            )
            for n, (before, after) in enumerate(texts)
        ]
        ledger.db.conn.executemany(
            "INSERT INTO event_change (seq, tbl, row_id, rev, before, after) "
            f"VALUES ({seq}, ?, ?, ?, ?, ?)",
            changes,
        )
        columns = (seq, "整批", None)
        assert chain.link_written(ledger.db, "ab", columns) == chain.link("ab", columns, changes)
    finally:
        ledger.db.execute("ROLLBACK")


def test_afterwards_every_guard_is_up_again(ledger: Ledger, count: Count) -> None:
    before = guards.triggers(ledger.db)
    make(ledger, units(20))
    assert guards.triggers(ledger.db) == before
    with pytest.raises(sqlite.IntegrityError, match="no event"):
        ledger.db.execute("INSERT INTO unit (id, rev, name, kind) VALUES (99, 1, '甲', '机关')")
    with pytest.raises(sqlite.IntegrityError, match="closed"):
        ledger.db.execute(
            "INSERT INTO event_change (seq, tbl, row_id, rev, after) VALUES (1, 'unit', 99, 1, '{}')"
        )
    assert count("unit") == 20


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([(5, "甲", "机关")], id="there already"),
        pytest.param([(31, "甲", "机关"), (31, "乙", "机关")], id="twice"),
        pytest.param([(32, "甲", "机关"), (31, "乙", "机关")], id="out of order"),
        pytest.param([(31, "单位3", "机关")], id="a name that is taken"),
        pytest.param([(31, None, "机关")], id="nothing where something must be"),
    ],
)
def test_what_may_not_be_is_refused_and_leaves_nothing(
    ledger: Ledger, count: Count, rows: list[tuple[int, str, str]]
) -> None:
    make(ledger, units(30))
    before, guarded = (
        (count("event"), count("event_change"), count("unit")),
        guards.triggers(ledger.db),
    )
    with pytest.raises((ValueError, sqlite.IntegrityError)):
        make(ledger, rows)
    assert (count("event"), count("event_change"), count("unit")) == before
    assert guards.triggers(ledger.db) == guarded


def test_an_action_that_goes_on_after_a_refusal_goes_on_guarded(ledger: Ledger) -> None:
    guarded = guards.triggers(ledger.db)
    with ledger.action(EventDraft("unit.save", "unit", 1), ACTOR) as action:
        with pytest.raises(ValueError, match="out of order"):
            action.insert_many("unit", COLUMNS, [(2, "甲", "机关"), (1, "乙", "机关")])
        assert guards.triggers(ledger.db) == guarded


@pytest.mark.parametrize("pages", [10, 60, 150])
def test_a_disk_that_fills_while_rows_are_written_beside_takes_all_back(
    ledger: Ledger, count: Count, pages: int
) -> None:
    full = int(ledger.db.execute("PRAGMA page_count").fetchone()[0]) + pages
    ledger.db.execute(f"PRAGMA max_page_count = {full}")
    with pytest.raises(StorageFault) as caught:
        make(ledger, units(12 * batches.PORTION))
    assert caught.value.code == "full"
    assert [count(t) for t in ("unit", "event", "event_change", "bundle_file")] == [0, 0, 0, 0]
    assert guards.compare(ledger.db, guards.of_shape()) == ()
    assert not [one for one in threading.enumerate() if one.name.startswith("batch")]
    ledger.db.execute("PRAGMA max_page_count = 1000000000")
    make(ledger, units(2))
    assert reconcile(ledger.db) == ()


def test_what_waits_behind_a_writing_that_failed_is_not_written(ledger: Ledger) -> None:
    begun, written = threading.Event(), list[int]()

    def fail() -> None:
        begun.wait()
        ledger.db.execute("INSERT INTO no_table VALUES (1)")

    with batches._Beside() as beside:
        beside.do(fail)
        for n in range(batches._AHEAD - 1):
            beside.do(partial(written.append, n))
        begun.set()
        with pytest.raises(sqlite.OperationalError):
            beside.wait()
    assert written == []


def test_who_stops_while_rows_are_written_beside_leaves_nothing(
    ledger: Ledger, count: Count
) -> None:
    def flow() -> Iterator[tuple[int, str, str]]:
        yield from units(7 * batches.PORTION + 300)
        raise KeyError("stopped")

    with pytest.raises(KeyError), ledger.many(EventDraft("unit.save", "unit", 1), ACTOR) as action:
        action.insert_many("unit", COLUMNS, flow())
    assert [count(table) for table in ("unit", "event", "event_change", "bundle_file")] == [0] * 4
    assert guards.compare(ledger.db, guards.of_shape()) == ()
    assert not [one for one in threading.enumerate() if one.name.startswith("batch")]
    make(ledger, units(3))
    assert chain.verify(ledger.db).count == 0


def test_guards_are_lifted_inside_a_transaction_only(ledger: Ledger) -> None:
    with (
        pytest.raises(ValueError, match="transaction"),
        guards.lifted(ledger.db, "guard_unit_insert"),
    ):
        pass
    assert guards.compare(ledger.db, guards.of_shape()) == ()


def test_an_event_that_is_not_the_next_writes_nothing(ledger: Ledger, count: Count) -> None:
    with pytest.raises(ValueError, match="not the next"), ledger.db.atomic():
        batches.insert_many(ledger.db, 7, "unit", COLUMNS, units(2))
    assert (count("unit"), count("event_change")) == (0, 0)


def test_many_rows_are_taken_back_after_their_table_grew_and_work_on_them_was_undone(
    ledger: Ledger, count: Count
) -> None:
    seq = make(ledger, units(600))
    guards.take_down(ledger.db)
    ledger.db.execute("ALTER TABLE unit ADD COLUMN remark TEXT NOT NULL DEFAULT ''")
    guards.install(ledger.db)
    later = EventDraft("unit.save", "unit", 8)
    with ledger.action(later, ACTOR) as action:
        action.update("unit", 8, name="改名")
    assert ledger.built_upon(seq) == {"unit": [8]}
    with pytest.raises(StorageFault):
        ledger.undo(seq, ACTOR, "")
    ledger.undo(later.seq, ACTOR, "")
    assert ledger.built_upon(seq) == {}
    ledger.undo(seq, ACTOR, "")
    found = ledger.db.execute("SELECT void, rev, count(*) FROM unit GROUP BY 1, 2").fetchall()
    assert [tuple(row) for row in found] == [(1, 2, 599), (1, 4, 1)]
    assert reconcile(ledger.db) == ()
    assert chain.verify(ledger.db).count == 0


def test_tampering_with_rows_of_a_batch_is_found(ledger: Ledger) -> None:
    make(ledger, units(30))
    outside(ledger.db, "UPDATE unit SET name = '改' WHERE id = 7")
    outside(ledger.db, "DELETE FROM unit WHERE id = 8")
    outside(ledger.db, "INSERT INTO unit (id, rev, name, kind) VALUES (90, 1, '添', '机关')")
    found = {(one.touched, one.row_id) for one in reconcile(ledger.db)}
    assert found == {(Touched.CHANGED, 7), (Touched.GONE, 8), (Touched.ADDED, 90)}
    assert chain.verify(ledger.db).count == 0
    outside(
        ledger.db,
        "UPDATE event_change SET after = replace(after, '单位9', '单位X') WHERE row_id = 9",
    )
    assert [one.broken for one in chain.verify(ledger.db).breaks] == [chain.Broken.ALTERED]
