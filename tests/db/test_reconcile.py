"""Rows and log are compared: what was touched without an event is named, and nothing else."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.connect import open_office
from db.driver import Database
from db.ledger import EventDraft, Ledger
from db.reconcile import Touched, TouchedRow, reconcile
from tests.db.conftest import ACTOR, KEY
from tests.db.test_connect import whole
from tests.db.test_guards import unit
from tests.tamper import outside


def test_an_office_left_alone_is_never_accused(ledger: Ledger) -> None:
    row = unit(ledger)
    draft = EventDraft("unit.save", "unit", row)
    with ledger.action(draft, ACTOR) as action:
        action.update("unit", row, name="改名")
        action.insert("person", name="张三", unit=row, post="")
        action.insert("calendar_year", year=2026)
        action.keep_file("ab", b"%PDF")
    ledger.undo(draft.seq, ACTOR, "")
    assert reconcile(ledger.db) == ()


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        (
            "UPDATE unit SET name = '乙' WHERE id = 1",
            TouchedRow(Touched.CHANGED, "unit", 1, 1, (("name", "甲", "乙"),)),
        ),
        (
            "UPDATE unit SET void = 1 WHERE id = 2",
            TouchedRow(Touched.CHANGED, "unit", 2, 2, (("void", 0, 1),)),
        ),
        ("DELETE FROM unit WHERE id = 2", TouchedRow(Touched.GONE, "unit", 2, 2)),
        ("INSERT INTO unit VALUES (3, 1, 0, '丙', '')", TouchedRow(Touched.ADDED, "unit", 3)),
        ("UPDATE unit SET rev = 7 WHERE id = 1", TouchedRow(Touched.ADDED, "unit", 1)),
        ("UPDATE unit SET rev = 0 WHERE id = 1", TouchedRow(Touched.ADDED, "unit", 1)),
    ],
)
def test_what_was_touched_is_named(ledger: Ledger, sql: str, found: TouchedRow) -> None:
    unit(ledger, "甲")
    unit(ledger, "乙局")
    assert outside(ledger.db, sql) == 1
    assert reconcile(ledger.db)[0] == found


def test_a_row_set_back_to_an_older_image_is_named(ledger: Ledger) -> None:
    row = unit(ledger, "甲")
    with ledger.action(EventDraft("unit.save"), ACTOR) as action:
        action.update("unit", row, name="乙")
    outside(ledger.db, "UPDATE unit SET name = '甲', rev = 1")
    assert reconcile(ledger.db) == (TouchedRow(Touched.SET_BACK, "unit", 1, 2),)


def test_a_whole_table_that_is_gone_and_lost_bytes_are_named(ledger: Ledger) -> None:
    with ledger.action(EventDraft("calendar.confirm"), ACTOR) as action:
        action.insert("calendar_year", year=2026)
        action.insert("letter", kind="chase", series="x", year=2026, serial=1, number="1",
                      subject="", subject_id=0, title="", addressee="", dated="", pages=1,
                      sha256="ab", fields="")  # fmt: skip
    ledger.db.execute("DROP TABLE calendar_year")
    assert reconcile(ledger.db) == (
        TouchedRow(Touched.GONE, "calendar_year", 1, 1),
        TouchedRow(Touched.FILE_GONE, "letter", 1),
    )


def test_a_column_that_came_later_stands_at_its_default_in_old_images(path: Path) -> None:
    ledger = Ledger(open_office(path, KEY))
    unit(ledger, "甲")
    ledger.close()
    steps = whole()

    @steps()
    def m0999_grows(db: Database) -> None:
        db.executescript(
            "ALTER TABLE unit ADD COLUMN phone TEXT NOT NULL DEFAULT '';"
            "ALTER TABLE unit ADD COLUMN chief TEXT;"
            "ALTER TABLE unit ADD COLUMN size INTEGER NOT NULL DEFAULT 3;"
        )

    ledger = Ledger(open_office(path, KEY, steps))
    assert reconcile(ledger.db) == ()
    unit(ledger, "乙")
    assert reconcile(ledger.db) == ()
    outside(ledger.db, "UPDATE unit SET phone = '123' WHERE id = 1")
    assert reconcile(ledger.db) == (
        TouchedRow(Touched.CHANGED, "unit", 1, 1, (("phone", "", "123"),)),
    )
    with ledger.action(EventDraft("unit.save"), ACTOR) as action:  # from here on the log has it
        action.update("unit", 1, size=4)
    assert reconcile(ledger.db) == ()
    ledger.close()


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_agrees_with_its_image(
    ledger: Ledger, typed: list[tuple[str, str]]
) -> None:
    with ledger.action(EventDraft("person.save"), ACTOR) as action:
        place = action.insert("unit", name="", kind="", void=1)
        row = action.insert("person", name="", unit=place, post="")
        for name, post in typed:
            action.update("person", row, name=name, post=post)
    assert reconcile(ledger.db) == ()
