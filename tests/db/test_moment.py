"""An office file held at a moment: read beside the writing, unchanged, from any thread."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from db import moment
from db.connect import open_office
from db.driver import Database, sqlite
from db.ledger import EventDraft, Ledger
from tests.db.conftest import ACTOR, KEY
from tests.db.test_guards import unit

ENDLESS = "WITH RECURSIVE n(x) AS (VALUES(0) UNION ALL SELECT x + 1 FROM n) SELECT sum(x) FROM n"


def names(db: Database) -> list[str]:
    return [str(row[0]) for row in db.execute("SELECT name FROM unit ORDER BY id").fetchall()]


def keep_much(ledger: Ledger) -> None:
    """Write more than what goes from the log file into the office file at once."""
    with ledger.action(EventDraft("letter.keep"), ACTOR) as action:
        action.keep_file("ab", bytes(6_000_000))
    unit(ledger, "后来的")  # at its end the log file would be written into the office file


def test_a_file_that_is_held_stays_as_it_was_and_then_goes_on(ledger: Ledger, path: Path) -> None:
    unit(ledger, "甲")
    assert moment.hold(ledger.db)
    held = path.read_bytes()
    with moment.beside(path, KEY) as db:
        assert names(db) == ["甲"]
        keep_much(ledger)
        assert names(db) == ["甲"]
        assert db.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        with pytest.raises(sqlite.OperationalError):
            db.execute("DELETE FROM unit")
    assert path.read_bytes() == held
    assert names(ledger.db) == ["甲", "后来的"]
    moment.let_go(ledger.db)
    unit(ledger, "再后来的")
    assert len(path.read_bytes()) > len(held) + 6_000_000
    assert moment.hold(ledger.db)
    with moment.beside(path, KEY) as db:
        assert names(db) == ["甲", "后来的", "再后来的"]


def test_a_file_that_is_being_read_is_not_held(ledger: Ledger) -> None:
    for name in ("甲", "乙"):
        unit(ledger, name)
    reading = ledger.db.execute("SELECT name FROM unit")
    assert reading.fetchone()
    assert not moment.hold(ledger.db)
    reading.close()
    assert moment.hold(ledger.db)


@pytest.mark.parametrize("name", ["甲 乙.db", "100%25 a#b?c=1&d.db"])
def test_a_file_of_whatever_name_is_read(path: Path, name: str) -> None:
    path = path.rename(path.with_name(name))
    ledger = Ledger(open_office(path, KEY))
    unit(ledger, "甲")
    assert moment.hold(ledger.db)
    with moment.beside(path, KEY) as db:
        assert names(db) == ["甲"]
    ledger.close()


def test_who_reads_beside_is_stopped_in_the_midst(ledger: Ledger, path: Path) -> None:
    stops: list[Callable[[], None]] = []
    failed: list[str] = []
    reads = threading.Event()

    def read() -> None:
        with moment.beside(path, KEY, stops.append) as db:
            reads.set()
            try:
                db.execute(ENDLESS).fetchone()
            except sqlite.OperationalError as error:
                failed.append(str(error))

    assert moment.hold(ledger.db)
    thread = threading.Thread(target=read)
    thread.start()
    assert reads.wait(10)
    unit(ledger, "甲")  # nobody waits for it
    while thread.is_alive():
        stops[0]()
        thread.join(0.01)
    assert failed == ["interrupted"]
    stops[0]()  # it is over: there is nothing to stop
