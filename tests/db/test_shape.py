"""The shape of a file compared with what the steps make: nothing legitimate is accused, nothing lost is missed."""

from importlib import import_module
from pathlib import Path

import pytest

from db import connect, guards, migrations, shape
from db.connect import create_office, open_office
from db.driver import Database, Migrations
from db.ledger import EventDraft, Ledger
from db.shape import Shape
from tests.db.conftest import ACTOR, KEY


def first(count: int) -> Migrations:
    """The steps of the program when it had so many of them."""
    made = Migrations("office")
    for name in migrations.NAMES[:count]:
        import_module(f"db.migrations.{name}").register(made)
    return made


def grown(path: Path, *counts: int) -> Database:
    """Open a file as today's program does, that grew with the steps of each of these times."""
    for count in counts:
        db = connect.connect(path, KEY)
        db.execute(f"PRAGMA application_id = {connect.APPLICATION_ID}")
        first(count).apply(db)
        db.close()
    return open_office(path, KEY)


def told(db: Database) -> set[tuple[Shape, str, str]]:
    return {(one.shape, one.table, one.name) for one in shape.compare(db)}


@pytest.mark.parametrize("count", range(1, len(migrations.NAMES) + 1))
def test_a_file_of_any_age_that_was_brought_up_to_date_is_not_accused(
    tmp_path: Path, count: int
) -> None:
    db = grown(tmp_path / "old.db", count)
    assert shape.compare(db) == ()
    db.close()


def test_a_file_that_was_brought_up_step_by_step_is_not_accused(tmp_path: Path) -> None:
    db = grown(tmp_path / "old.db", *range(1, len(migrations.NAMES)))
    assert shape.compare(db) == ()
    assert guards.compare(db, guards.of_shape()) == ()
    db.close()


def test_a_step_that_is_wanting_would_be_told(tmp_path: Path) -> None:
    for count in range(1, len(migrations.NAMES)):
        db = connect.connect(tmp_path / f"{count}.db", KEY)
        first(count).apply(db)
        assert shape.compare(db)
        db.close()


def test_work_and_a_vacuum_leave_the_shape_as_it_was(path: Path, tmp_path: Path) -> None:
    ledger = Ledger(open_office(path, KEY))
    with ledger.action(EventDraft("unit.save"), ACTOR) as action:
        action.insert("unit", name="甲", kind="乙")
    ledger.db.execute("VACUUM")
    ledger.db.execute("ANALYZE")
    assert shape.compare(ledger.db) == ()
    ledger.close()
    other = tmp_path / "new.db"
    create_office(other, KEY)
    db = open_office(other, KEY)
    assert shape.compare(db) == ()
    db.close()


def test_a_column_that_was_taken_out_is_told_though_the_guards_fit(ledger: Ledger) -> None:
    db = ledger.db
    for name in guards.present(db):
        db.execute(f'DROP TRIGGER "{name}"')
    db.execute("ALTER TABLE complaint DROP COLUMN demands")
    guards.install(db)
    assert guards.compare(db, guards.of_shape()) == ()
    assert told(db) == {(Shape.COLUMN_MISSING, "complaint", "demands")}


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("ALTER TABLE person ADD COLUMN x TEXT", (Shape.COLUMN_UNKNOWN, "person", "x")),
        (
            "ALTER TABLE person ADD COLUMN x TEXT AS (name) VIRTUAL",
            (Shape.COLUMN_UNKNOWN, "person", "x"),
        ),
        ("DROP TABLE saved_view", (Shape.TABLE_MISSING, "saved_view", "saved_view")),
        ("CREATE TABLE other (id INTEGER)", (Shape.TABLE_UNKNOWN, "other", "other")),
        ("CREATE VIEW other AS SELECT 1", (Shape.TABLE_UNKNOWN, "other", "other")),
        ("DROP INDEX unit_name", (Shape.INDEX_MISSING, "unit", "unit_name")),
        ("CREATE INDEX other ON unit(kind)", (Shape.INDEX_UNKNOWN, "unit", "other")),
        (
            "DROP INDEX unit_name; CREATE INDEX unit_name ON unit(name)",
            (Shape.INDEX_ALTERED, "unit", "unit_name"),
        ),
    ],
)
def test_what_somebody_did_to_the_shape_is_told(
    ledger: Ledger, sql: str, fault: tuple[Shape, str, str]
) -> None:
    ledger.db.executescript(sql)
    assert told(ledger.db) == {fault}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("CHECK (id = 1)", "", (Shape.TABLE_ALTERED, "profile", "profile")),
        ("mark TEXT NOT NULL", "mark TEXT", (Shape.COLUMN_ALTERED, "profile", "mark")),
        (
            "mark TEXT NOT NULL",
            "mark TEXT NOT NULL COLLATE NOCASE",
            (Shape.TABLE_ALTERED, "profile", "profile"),
        ),
    ],
)
def test_a_condition_that_was_written_over_is_told(
    ledger: Ledger, old: str, new: str, fault: tuple[Shape, str, str]
) -> None:
    db = ledger.db
    db.execute("PRAGMA writable_schema = ON")
    db.execute(
        "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 'profile'", [old, new]
    )
    db.execute("PRAGMA writable_schema = RESET")
    assert told(db) == {fault}


def test_indexes_are_made_anew_and_a_lost_column_is_not_pretended(ledger: Ledger) -> None:
    db = ledger.db
    db.execute("DROP INDEX unit_name")
    db.execute("CREATE INDEX other ON unit(kind)")
    db.execute("DROP INDEX event_subject")
    db.execute("CREATE INDEX event_subject ON event(label)")
    db.execute("ALTER TABLE saved_view ADD COLUMN x TEXT")
    shape.mend(db)
    assert told(db) == {(Shape.COLUMN_UNKNOWN, "saved_view", "x")}


def test_an_index_that_the_rows_no_longer_allow_stays_missing(ledger: Ledger) -> None:
    db = ledger.db
    db.execute("DROP INDEX unit_name")
    for _twice in range(2):
        with ledger.action(EventDraft("unit.save"), ACTOR) as action:
            action.insert("unit", name="甲", kind="乙")
    shape.mend(db)
    assert told(db) == {(Shape.INDEX_MISSING, "unit", "unit_name")}
