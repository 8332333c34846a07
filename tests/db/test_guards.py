"""The guards: no row without its event, nothing of the log changed, every table covered."""

import json
from pathlib import Path

import pytest

from db import guards
from db.connect import open_office
from db.driver import Database, sqlite
from db.guards import Guard
from db.ledger import EventDraft, Ledger, StaleRecord
from db.migrations import OFFICE
from tests.db.conftest import ACTOR, KEY
from tests.db.test_connect import whole
from tests.tamper import outside


def unit(ledger: Ledger, name: str = "市住房保障局") -> int:
    with ledger.action(EventDraft("unit.save"), ACTOR) as action:
        return action.insert("unit", name=name, kind="行政机关")


def refused(db: Database, sql: str, *values: object) -> str:
    with pytest.raises(sqlite.IntegrityError) as caught:
        db.execute(sql, list(values))
    return str(caught.value)


def test_no_row_is_written_without_its_event(ledger: Ledger) -> None:
    unit(ledger)
    db = ledger.db
    for sql in (
        "INSERT INTO unit VALUES (2, 1, 0, '甲', '乙')",
        "INSERT INTO unit (rev, void, name, kind) VALUES (1, 0, '甲', '乙')",
        "INSERT OR REPLACE INTO unit VALUES (1, 1, 0, '甲', '乙')",
        "INSERT OR IGNORE INTO unit VALUES (2, 1, 0, '甲', '乙')",
        "REPLACE INTO unit VALUES (1, 2, 0, '甲', '乙')",
        "UPDATE unit SET name = '甲'",
        "UPDATE unit SET name = '甲', rev = 2",
        "UPDATE OR REPLACE unit SET id = 5, rev = 2",
        "INSERT INTO unit VALUES (1, 2, 0, '甲', '乙') ON CONFLICT (id) DO UPDATE SET void = 1",
        "DELETE FROM unit",
        "UPDATE letter_file SET pdf = x'00'",
    ):
        if "letter_file" in sql:
            with ledger.action(EventDraft("letter.next"), ACTOR) as action:
                action.keep_file("ab", b"%PDF")
        assert "guard: " in refused(db, sql), sql
    assert db.execute("SELECT name FROM unit").fetchall() == [("市住房保障局",)]


def noted(ledger: Ledger, after: dict[str, object], rev: int) -> None:
    """Begin an action by hand and write down what a row is to become."""
    ledger.db.execute("BEGIN IMMEDIATE")
    ledger.db.execute(
        "INSERT INTO event_change (seq, tbl, row_id, rev, before, after) VALUES (?, ?, ?, ?, ?, ?)",
        [2, "unit", 1, rev, "{}", json.dumps(after)],
    )


def test_a_row_must_become_what_was_written_down_column_by_column(ledger: Ledger) -> None:
    unit(ledger)
    after = {"id": 1, "rev": 2, "void": 0, "name": "甲", "kind": "行政机关"}
    for wrong in (
        "UPDATE unit SET rev = 2, name = '乙'",
        "UPDATE unit SET rev = 2, name = '甲', void = 1",
        "UPDATE unit SET rev = 3, name = '甲'",
        "UPDATE unit SET name = '甲'",
        "UPDATE unit SET rev = 2, name = '甲', kind = ''",
    ):
        noted(ledger, after, 2)
        assert "guard: unit" in refused(ledger.db, wrong)
        ledger.db.execute("ROLLBACK")
    noted(ledger, after, 2)
    ledger.db.execute("UPDATE unit SET rev = 2, name = '甲'")
    ledger.db.execute("ROLLBACK")
    noted(ledger, {**after, "name": None}, 2)  # an image that says nothing of a column
    assert "guard: unit" in refused(ledger.db, "UPDATE unit SET rev = 2, name = '甲'")
    ledger.db.execute("ROLLBACK")


def test_empty_columns_and_numbers_are_compared_too(ledger: Ledger) -> None:
    with ledger.action(EventDraft("complaint.register"), ACTOR) as action:
        place = action.insert("unit", name="甲", kind="")
        step = {"complaint": 1, "step": "decide", "day": "2026-11-20", "unit": None, "due": None}
        action.insert(
            "complaint", year=2026, serial=1, number="1", pack="p", pack_version=1, channel="c",
            received="2026-11-20", registered="2026-11-20", identity="i", accused_unit=place,
            accused_person="", subject="", body="", demands="", state="registered",
        )  # fmt: skip
        row = action.insert("complaint_step", **step)
        action.update("complaint_step", row, unit=place, outcome="accept")
        action.update("complaint_step", row, unit=None, outcome=None)
        action.update("complaint_step", row, void=True)
    found = ledger.db.execute("SELECT void, unit, outcome, text FROM complaint_step").fetchone()
    assert found == (1, None, None, "")


def test_the_log_only_grows_and_by_one_event_at_a_time(ledger: Ledger) -> None:
    unit(ledger)
    hashed = "0" * 64
    event = "INSERT INTO event (seq, at, clerk, clerk_name, action, subject, subject_id, label, reason, hash) VALUES ({}, '', 1, '', '', '', 1, '', '', '{}')"
    change = "INSERT INTO event_change (seq, tbl, row_id, rev, after) VALUES ({}, 'unit', {}, {}, '{{}}')"
    for sql in (
        "UPDATE event SET label = 'x'",
        "DELETE FROM event",
        "UPDATE event_change SET after = '{}'",
        "DELETE FROM event_change",
        event.format(1, hashed),
        event.format(3, hashed),
        event.format(0, hashed),
        event.format(2, ""),
        event.format(1, hashed).replace("INSERT", "REPLACE", 1),
        change.format(1, 1, 2),
        change.format(3, 1, 2),
        change.format(2, 1, 1),
        change.format(2, 1, 1).replace("INSERT", "REPLACE", 1),
        "REPLACE INTO event_change VALUES (1, 2, 'unit', 7, 1, NULL, '{}')",
    ):
        assert "guard: event" in refused(ledger.db, sql), sql


def test_a_row_is_not_written_after_its_event_is_closed(ledger: Ledger) -> None:
    unit(ledger)
    noted(ledger, {"id": 1, "rev": 2, "void": 0, "name": "甲", "kind": "行政机关"}, 2)
    ledger.db.execute(
        "INSERT INTO event (seq, at, clerk, clerk_name, action, subject, subject_id, label, reason, "
        "hash) VALUES (2, '', 1, '', '', '', 1, '', '', ?)",
        ["0" * 64],
    )
    assert "no event" in refused(ledger.db, "UPDATE unit SET rev = 2, name = '甲'")
    ledger.db.execute("ROLLBACK")


def test_a_row_that_was_set_back_is_not_written_over(ledger: Ledger) -> None:
    row = unit(ledger)
    with ledger.action(EventDraft("unit.save"), ACTOR) as action:
        action.update("unit", row, name="改名")
    outside(ledger.db, "UPDATE unit SET rev = 1")
    with pytest.raises(StaleRecord), ledger.action(EventDraft("unit.save"), ACTOR) as action:
        action.update("unit", row, name="又改")


def test_a_table_that_comes_later_is_guarded_too(path: Path) -> None:
    steps = whole()

    @steps()
    def m0999_pets(db: Database) -> None:
        db.executescript(
            "CREATE TABLE pet (id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, "
            "void INTEGER NOT NULL DEFAULT 0, name TEXT NOT NULL, age INTEGER) STRICT;"
            "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT) STRICT;"
        )

    ledger = Ledger(open_office(path, KEY, steps))
    assert "pet" in guards.record_tables(ledger.db)
    assert "note" not in guards.record_tables(ledger.db)
    assert "no event" in refused(ledger.db, "INSERT INTO pet VALUES (1, 1, 0, '猫', 3)")
    ledger.db.execute("INSERT INTO note VALUES (1, 'free')")
    with ledger.action(EventDraft("pet.save"), ACTOR) as action:
        action.update("pet", action.insert("pet", name="猫"), age=3)
    assert "never deleted" in refused(ledger.db, "DELETE FROM pet")
    ledger.close()


def test_every_table_of_the_office_is_guarded_or_free_for_a_reason(ledger: Ledger) -> None:
    kept = {"event", "event_change", "letter_file", "bundle_file"}
    found = ledger.db.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
        "AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    named = {guards.table_of(sql) for sql in guards.present(ledger.db).values()}
    assert named == kept | set(guards.record_tables(ledger.db))
    for (table,) in found:
        columns = set(guards.columns(ledger.db, table))
        assert (table in named) == ({"id", "rev", "void"} <= columns or table in kept)


def test_a_change_of_shape_may_rebuild_a_table_and_the_guards_come_back(path: Path) -> None:
    ledger = Ledger(open_office(path, KEY))
    place = unit(ledger)
    with ledger.action(EventDraft("person.save"), ACTOR) as action:
        action.insert("person", name="张三", unit=place, post="")
    ledger.close()
    steps = whole()

    @steps()
    def m0999_rebuilds(db: Database) -> None:
        db["person"].transform(rename={"post": "office"})
        db.execute("UPDATE person SET office = '科长'")

    db = open_office(path, KEY, steps)
    assert db.execute("SELECT office FROM person").fetchall() == [("科长",)]
    assert guards.compare(db, guards.of_shape()) == ()
    assert "guard" in refused(db, "DELETE FROM unit")
    db.close()


def test_a_change_of_shape_that_was_interrupted_leaves_no_false_alarm(path: Path) -> None:
    db = open_office(path, KEY)
    guards.take_down(db)
    db.execute("INSERT INTO unit VALUES (1, 1, 0, '甲', '乙')")
    db.close()
    db = open_office(path, KEY)
    assert guards.compare(db, guards.of_shape()) == ()
    assert not guards.are_down(db)
    assert "guard" in refused(db, "DELETE FROM unit")
    db.close()


def test_what_is_wrong_with_a_trigger_is_told(ledger: Ledger) -> None:
    db = ledger.db
    assert guards.compare(db, guards.of_shape()) == ()
    db.execute("DROP TRIGGER guard_unit_delete")
    db.execute("DROP TRIGGER guard_event_update")
    db.execute("CREATE TRIGGER guard_event_update BEFORE UPDATE ON event BEGIN SELECT 1; END")
    db.execute("CREATE TRIGGER other AFTER INSERT ON person BEGIN SELECT 1; END")
    found = {(one.guard, one.name, one.table) for one in guards.compare(db, guards.of_shape())}
    assert found == {
        (Guard.MISSING, "guard_unit_delete", "unit"),
        (Guard.ALTERED, "guard_event_update", "event"),
        (Guard.UNKNOWN, "other", "person"),
    }
    own = {**guards.of_shape(), "other": guards.triggers(db)["other"]}
    assert len(guards.compare(db, own)) == 2
    guards.install(db)
    assert guards.compare(db, own) == ()
    for name in guards.of_shape():
        db.execute(f'DROP TRIGGER "{name}"')
    guards.mend(db)
    assert guards.compare(db, guards.of_shape()) == ()
    assert OFFICE.pending(db) == []
