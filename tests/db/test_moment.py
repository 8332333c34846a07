"""An office file held at a moment: read beside the writing, unchanged, from any thread."""

import subprocess
import sys
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


def hold(db: Database) -> moment.Held:
    held = moment.hold(db)
    assert held is not None
    return held


def usual(db: Database) -> bool:
    """Whether what is written goes into the office file by itself."""
    return int(db.execute("PRAGMA wal_autocheckpoint").fetchone()[0]) > 0


def keep_much(ledger: Ledger) -> None:
    """Write more than what goes from the log file into the office file at once."""
    with ledger.action(EventDraft("letter.keep"), ACTOR) as action:
        action.keep_file("ab", bytes(6_000_000))
    unit(ledger, "后来的")  # at its end the log file would be written into the office file


def test_a_file_that_is_held_stays_as_it_was_and_then_goes_on(ledger: Ledger, path: Path) -> None:
    unit(ledger, "甲")
    held = hold(ledger.db)
    before = path.read_bytes()
    with moment.beside(held, KEY) as db:
        assert names(db) == ["甲"]
        keep_much(ledger)
        assert names(db) == ["甲"]
        assert db.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        with pytest.raises(sqlite.OperationalError):
            db.execute("DELETE FROM unit")
    assert path.read_bytes() == before
    assert names(ledger.db) == ["甲", "后来的"]
    moment.let_go(ledger.db, held)
    unit(ledger, "再后来的")
    assert len(path.read_bytes()) > len(before) + 6_000_000
    with moment.beside(hold(ledger.db), KEY) as db:
        assert names(db) == ["甲", "后来的", "再后来的"]


def test_what_very_many_rows_put_off_is_settled_later(ledger: Ledger, path: Path) -> None:
    small = path.stat().st_size
    with ledger.many(EventDraft("letter.keep"), ACTOR) as action:
        action.keep_file("ab", bytes(20_000_000))
    assert path.stat().st_size == small
    assert usual(ledger.db)
    held = moment.hold(ledger.db)
    assert held is not None  # to hold it, it is settled
    moment.let_go(ledger.db, held)
    assert path.stat().st_size > small + 20_000_000
    with ledger.many(EventDraft("letter.keep"), ACTOR) as action:
        action.keep_file("cd", bytes(20_000_000))
    assert moment.settle(ledger.db)
    assert path.stat().st_size > small + 40_000_000
    assert Path(f"{path}-wal").stat().st_size == 0
    assert not moment.settle(ledger.db)


def test_what_is_put_off_while_the_file_is_held_stays_so(ledger: Ledger) -> None:
    held = hold(ledger.db)
    with ledger.many(EventDraft("letter.keep"), ACTOR) as action:
        action.keep_file("ab", bytes(20_000_000))
    assert not usual(ledger.db)
    assert not moment.settle(ledger.db)
    with moment.beside(held, KEY) as db:
        assert db.execute("SELECT count(*) FROM letter_file").fetchone()[0] == 0
    moment.let_go(ledger.db, held)
    assert usual(ledger.db)
    assert moment.settle(ledger.db)


def test_what_was_put_off_outlives_a_crash(path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from db.connect import open_office; "
        "from db.ledger import EventDraft, Ledger; from tests.db.conftest import ACTOR, KEY\n"
        "ledger = Ledger(open_office(Path(sys.argv[1]), KEY))\n"
        "with ledger.many(EventDraft('unit.save', 'unit', 1), ACTOR) as action:\n"
        "    rows = [(n, f'单位{n}', '机关') for n in range(1, 30_001)]\n"
        "    action.insert_many('unit', ('id', 'name', 'kind'), rows)\n"
        "os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert done.returncode == 9
    assert Path(f"{path}-wal").stat().st_size > path.stat().st_size
    db = open_office(path, KEY)
    assert len(names(db)) == 30_000
    db.close()


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
    with moment.beside(hold(ledger.db), KEY) as db:
        assert names(db) == ["甲"]
    ledger.close()


def test_who_reads_beside_is_stopped_in_the_midst(ledger: Ledger) -> None:
    stops: list[Callable[[], None]] = []
    failed: list[str] = []
    reads = threading.Event()

    def read() -> None:
        with moment.beside(held, KEY, stops.append) as db:
            reads.set()
            try:
                db.execute(ENDLESS).fetchone()
            except sqlite.OperationalError as error:
                failed.append(str(error))

    held = hold(ledger.db)
    thread = threading.Thread(target=read)
    thread.start()
    assert reads.wait(10)
    unit(ledger, "甲")  # nobody waits for it
    while thread.is_alive():
        stops[0]()
        thread.join(0.01)
    assert failed == ["interrupted"]
    stops[0]()  # it is over: there is nothing to stop


def test_a_second_who_holds_it_does_not_write_into_what_the_first_reads(
    ledger: Ledger, path: Path
) -> None:
    unit(ledger, "甲")
    first = hold(ledger.db)
    before = path.read_bytes()
    with moment.beside(first, KEY) as db:
        keep_much(ledger)
        second = hold(ledger.db)
        assert moment.hold(ledger.db, alone=True) is None
        with moment.beside(second, KEY) as other:
            assert names(other) == names(db) == ["甲"]
            moment.let_go(ledger.db, first)
            unit(ledger, "再后来的")
            assert path.read_bytes() == before
    assert not usual(ledger.db)
    moment.let_go(ledger.db, second)
    assert usual(ledger.db)
    third = moment.hold(ledger.db, alone=True)
    assert third is not None
    moment.let_go(ledger.db, first)  # told twice it must not end what others hold
    assert not usual(ledger.db)
    with moment.beside(third, KEY) as db:
        assert names(db) == ["甲", "后来的", "再后来的"]


def test_a_file_that_is_let_go_is_not_read_any_more(ledger: Ledger) -> None:
    held = hold(ledger.db)
    moment.let_go(ledger.db, held)
    with pytest.raises(sqlite.OperationalError), moment.beside(held, KEY):
        pass


def reading(held: moment.Held) -> tuple[threading.Thread, list[str]]:
    """Read without end, on a thread of its own."""
    failed: list[str] = []
    reads = threading.Event()

    def read() -> None:
        try:
            with moment.beside(held, KEY) as db:
                reads.set()
                db.execute(ENDLESS).fetchone()
        except sqlite.OperationalError as error:
            failed.append(str(error))

    thread = threading.Thread(target=read)
    thread.start()
    assert reads.wait(10)
    return thread, failed


def test_the_file_is_not_closed_before_who_reads_it_has_ended(path: Path) -> None:
    ledger = Ledger(open_office(path, KEY))
    thread, failed = reading(hold(ledger.db))
    unit(ledger, "甲")
    ledger.close()
    assert failed == ["interrupted"]
    thread.join(10)
    assert not Path(f"{path}-wal").exists()


def test_a_log_file_that_becomes_too_large_ends_the_reading(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moment, "_LARGEST", 3_000_000)
    held = hold(ledger.db)
    before = path.read_bytes()
    thread, failed = reading(held)
    unit(ledger, "甲")
    assert not usual(ledger.db)
    assert path.read_bytes() == before
    keep_much(ledger)
    thread.join(10)
    assert failed == ["interrupted"]
    assert usual(ledger.db)
    assert len(path.read_bytes()) > len(before) + 6_000_000
    again = hold(ledger.db)
    moment.let_go(ledger.db, held)  # who held it before learns of it late
    with moment.beside(again, KEY) as db:
        assert names(db) == ["甲", "后来的"]


_FALLS = """
import os, sys
from pathlib import Path
from db import moment
from db.connect import open_office
from db.ledger import Ledger
from tests.db.test_guards import unit
ledger = Ledger(open_office(Path(sys.argv[1]), bytes(range(32))))
assert moment.hold(ledger.db)
unit(ledger, "甲")
os._exit(7)
"""


def test_a_crash_while_it_is_held_loses_nothing(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _FALLS, str(path)], check=False)
    assert done.returncode == 7
    ledger = Ledger(open_office(path, KEY))
    assert names(ledger.db) == ["甲"]
    assert usual(ledger.db)
    ledger.close()


_ANOTHER = """
import sys
from pathlib import Path
from db.connect import open_office
from db.errors import StorageFault
try:
    open_office(Path(sys.argv[1]), bytes(range(32)))
except StorageFault as fault:
    sys.exit(9 if fault.code == "locked" else 1)
"""


def test_who_read_beside_leaves_the_file_locked_against_others(ledger: Ledger, path: Path) -> None:
    with moment.beside(hold(ledger.db), KEY) as db:
        assert names(db) == []
    done = subprocess.run([sys.executable, "-c", _ANOTHER, str(path)], check=False)
    assert done.returncode == 9


def test_what_is_put_off_is_not_settled_while_something_is_being_read(ledger: Ledger) -> None:
    unit(ledger, "甲")
    unit(ledger, "乙")
    with ledger.many(EventDraft("letter.keep"), ACTOR) as action:
        action.keep_file("ab", bytes(20_000_000))
    reading = ledger.db.execute("SELECT name FROM unit")
    reading.fetchone()
    assert not moment.settle(ledger.db)
    reading.fetchall()
    assert moment.settle(ledger.db)
