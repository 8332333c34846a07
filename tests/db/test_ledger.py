"""One action is one transaction and one event; taking back leaves nothing standing on air."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.connect import open_office
from db.driver import sqlite
from db.errors import StorageFault
from db.ledger import Action, EventDraft, Ledger, StaleRecord
from tests.db.conftest import ACTOR, KEY

Count = Callable[[str], int]
ROOT = Path(__file__).parents[2]


def event(action: str = "unit.save", subject: str = "unit", subject_id: int = 1) -> EventDraft:
    return EventDraft(action, subject, subject_id, "标签")


def add_unit(ledger: Ledger, name: str = "市住房保障局") -> tuple[int, int]:
    """Add a unit; return its id and the event."""
    draft = event()
    with ledger.action(draft, ACTOR) as action:
        draft.subject_id = action.insert("unit", name=name, kind="行政机关")
    return draft.subject_id, draft.seq


def row(ledger: Ledger, table: str, row_id: int) -> dict[str, object]:
    with_names = Action(ledger.db, 0).row(table, row_id)
    return dict(with_names)


def test_one_action_is_one_event_with_every_row_before_and_after(
    ledger: Ledger, count: Count
) -> None:
    draft = event("unit.save")
    with ledger.action(draft, ACTOR) as action:
        unit = action.insert("unit", name="甲", kind="行政机关")
        person = action.insert("person", name="张三", unit=unit, post="")
        action.update("unit", unit, name="乙")
        assert action.changed == 3
    assert (count("event"), count("event_change"), draft.seq) == (1, 3, 1)
    changes = ledger.db.execute(
        "SELECT tbl, row_id, rev, before, after FROM event_change ORDER BY id"
    ).fetchall()
    assert [(c[0], c[1], c[2]) for c in changes] == [
        ("unit", unit, 1), ("person", person, 1), ("unit", unit, 2),
    ]  # fmt: skip
    assert changes[0][3] is None
    assert json.loads(changes[2][3]) == json.loads(changes[0][4])
    assert json.loads(changes[2][4]) == row(ledger, "unit", unit)
    said = ledger.db.execute("SELECT at, clerk, clerk_name, action, label FROM event").fetchone()
    assert said == ("2026-11-20T09:30:00", 1, "王敏", "unit.save", "标签")


def test_a_change_that_changes_nothing_leaves_the_revision(ledger: Ledger, count: Count) -> None:
    unit, _ = add_unit(ledger)
    with ledger.action(event(), ACTOR) as action:
        action.update("unit", unit, name="市住房保障局")
        assert action.changed == 0
    assert row(ledger, "unit", unit)["rev"] == 1
    assert count("event_change") == 1


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, GeneratorExit])
def test_an_error_inside_leaves_nothing_and_takes_no_number(
    ledger: Ledger, count: Count, error: type[BaseException]
) -> None:
    with ledger.action(event(), ACTOR) as action:
        assert action.next_serial("投", 2026) == 1
    tables = ("event", "event_change", "unit", "number_series", "letter_file")
    before = [count(t) for t in tables]

    def fails() -> None:
        with ledger.action(event(), ACTOR) as action:
            action.next_serial("投", 2026)
            action.next_serial("案", 2026)
            action.insert("unit", name="甲", kind="行政机关")
            action.keep_file("00", b"%PDF")
            raise error

    with pytest.raises(error):
        fails()
    assert [count(t) for t in tables] == before
    assert not ledger.db.conn.in_transaction
    with ledger.action(event(), ACTOR) as action:
        assert action.next_serial("投", 2026) == 2
        assert action.next_serial("案", 2026) == 1
        assert action.next_serial("投", 2027) == 1


@given(st.lists(st.tuples(st.sampled_from("甲乙"), st.sampled_from((2025, 2026)), st.booleans())))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_numbers_have_no_gap_whatever_fails_in_between(
    ledger: Ledger, tries: list[tuple[str, int, bool]]
) -> None:
    last = {
        (r[0], r[1]): r[2]
        for r in ledger.db.execute("SELECT series, year, last FROM number_series").fetchall()
    }
    for series, year, fails in tries:
        try:
            with ledger.action(event(), ACTOR) as action:
                number = action.next_serial(series, year)
                assert number == last.get((series, year), 0) + 1
                if fails:
                    raise ValueError
                last[series, year] = number
        except ValueError:
            pass


def test_strict_tables_refuse_wrong_types(ledger: Ledger, count: Count) -> None:
    with pytest.raises(sqlite.IntegrityError), ledger.action(event(), ACTOR) as action:
        action.insert("number_series", series="投", year="近年", last=1)
    with pytest.raises(sqlite.IntegrityError), ledger.action(event(), ACTOR) as action:
        action.insert("assessment_round", year="x", kind="", name="", pack="", pack_version=1,
                      opened="", state="")  # fmt: skip
    with pytest.raises(sqlite.IntegrityError), ledger.action(event(), ACTOR) as action:
        action.insert("unit", name=None, kind="行政机关")
    with pytest.raises(sqlite.IntegrityError), ledger.action(event(), ACTOR) as action:
        action.insert("person", name="张三", unit=99, post="")
    assert count("event") == 0
    plain = ledger.db.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
        "AND strict = 0 AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlite_migrations%'"
    ).fetchall()
    assert plain == []


def test_changing_a_row_that_is_not_there_is_refused(ledger: Ledger) -> None:
    with pytest.raises(StaleRecord), ledger.action(event(), ACTOR) as action:
        action.update("unit", 7, name="甲")


def test_the_same_bytes_are_kept_once(ledger: Ledger, count: Count) -> None:
    with ledger.action(event(), ACTOR) as action:
        action.keep_file("ab", b"%PDF")
        action.keep_file("ab", b"%PDF")
    assert count("letter_file") == 1


def test_a_full_disk_is_told_as_such_and_writes_nothing(ledger: Ledger, count: Count) -> None:
    pages = ledger.db.execute("PRAGMA page_count").fetchone()[0]
    ledger.db.execute(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        with ledger.action(event(), ACTOR) as action:
            for n in range(200):
                action.keep_file(f"{n}", b"x" * 4000)

    with pytest.raises(StorageFault) as caught:
        fill()
    assert caught.value.code == "full"
    assert (count("event"), count("letter_file")) == (0, 0)
    ledger.db.execute("PRAGMA max_page_count = 100000")
    add_unit(ledger)
    assert count("event") == 1


# ---- taking back --------------------------------------------------------------------------------


def test_taking_back_voids_what_was_made_and_restores_what_was_changed(ledger: Ledger) -> None:
    unit, _ = add_unit(ledger)
    draft = event()
    with ledger.action(draft, ACTOR) as action:
        action.update("unit", unit, name="改一")
        action.update("unit", unit, name="改二", kind="公共企事业单位")
        person = action.insert("person", name="张三", unit=unit, post="")
        assert action.next_serial("投", 2026) == 1
    seq = ledger.undo(draft.seq, ACTOR, "填错")
    now = row(ledger, "unit", unit)
    assert (now["name"], now["kind"], now["rev"], now["void"]) == ("市住房保障局", "行政机关", 4, 0)
    assert row(ledger, "person", person)["void"] == 1
    said = ledger.db.execute(
        "SELECT action, undoes, reason, label FROM event WHERE seq = ?", [seq]
    ).fetchone()
    assert said == ("undo", draft.seq, "填错", "标签")
    with ledger.action(event(), ACTOR) as action:
        assert action.next_serial("投", 2026) == 2  # the number stays used


def refused(ledger: Ledger, seq: int) -> None:
    before = ledger.db.execute("SELECT count(*), max(seq) FROM event").fetchone()
    with pytest.raises(StorageFault) as caught:
        ledger.undo(seq, ACTOR, "")
    assert caught.value.code == "not_undoable"
    assert ledger.db.execute("SELECT count(*), max(seq) FROM event").fetchone() == before
    assert not ledger.db.conn.in_transaction


def test_an_action_is_taken_back_once_and_a_taking_back_never(ledger: Ledger) -> None:
    _, seq = add_unit(ledger)
    undone = ledger.undo(seq, ACTOR, "")
    refused(ledger, seq)
    refused(ledger, undone)
    refused(ledger, 99)


def test_what_was_changed_since_is_not_taken_back(ledger: Ledger) -> None:
    unit, seq = add_unit(ledger)
    later = event(subject="another", subject_id=5)
    with ledger.action(later, ACTOR) as action:
        action.update("unit", unit, name="改名")
    refused(ledger, seq)
    ledger.undo(later.seq, ACTOR, "")
    ledger.undo(seq, ACTOR, "")  # the row says again what that action wrote
    assert row(ledger, "unit", unit)["void"] == 1


def test_whether_it_may_be_taken_back_is_known_beforehand(ledger: Ledger) -> None:
    unit, seq = add_unit(ledger)
    assert ledger.may_undo(seq)
    later = event(subject="another", subject_id=5)
    with ledger.action(later, ACTOR) as action:
        action.update("unit", unit, name="改名")
    assert not ledger.may_undo(seq)
    undone = ledger.undo(later.seq, ACTOR, "")
    assert ledger.may_undo(seq)
    assert not ledger.may_undo(later.seq)
    assert not ledger.may_undo(undone)
    assert not ledger.may_undo(99)


def test_only_the_last_standing_action_on_a_record_is_taken_back(ledger: Ledger) -> None:
    first, second = event(subject="case_file"), event(subject="case_file")
    for draft in (first, second):
        with ledger.action(draft, ACTOR) as action:
            action.insert("calendar_year", year=2000 + action._seq)
    refused(ledger, first.seq)
    with ledger.action(event("look", "case_file"), ACTOR):
        pass  # looking changes nothing and hinders nothing
    other = event(subject="case_file", subject_id=2)
    with ledger.action(other, ACTOR) as action:
        action.insert("calendar_year", year=1999)
    ledger.undo(second.seq, ACTOR, "")
    ledger.undo(first.seq, ACTOR, "")


def test_looking_can_not_be_taken_back(ledger: Ledger) -> None:
    looked = event("complaint.reveal", "complaint")
    with ledger.action(looked, ACTOR):
        pass
    refused(ledger, looked.seq)


def test_what_others_refer_to_is_not_taken_back(ledger: Ledger) -> None:
    unit, seq = add_unit(ledger)
    draft = event("person.save", "person")
    with ledger.action(draft, ACTOR) as action:
        action.insert("person", name="张三", unit=unit, post="")
    refused(ledger, seq)
    ledger.undo(draft.seq, ACTOR, "")
    ledger.undo(seq, ACTOR, "")
    assert row(ledger, "unit", unit)["void"] == 1


def test_a_name_given_anew_since_is_not_taken_back(ledger: Ledger) -> None:
    unit, _ = add_unit(ledger, "甲")
    renamed = event()
    with ledger.action(renamed, ACTOR) as action:
        action.update("unit", unit, name="乙")
    draft = event(subject_id=2)
    with ledger.action(draft, ACTOR) as action:
        action.insert("unit", name="甲", kind="行政机关")
    refused(ledger, renamed.seq)
    assert row(ledger, "unit", unit)["name"] == "乙"


def test_the_making_of_the_office_is_not_taken_back(ledger: Ledger) -> None:
    draft = event("office.create", "profile")
    with ledger.action(draft, ACTOR) as action:
        action.insert("profile", id=1, name="x", letterhead="x", mark="x", telephone="",
                      address="", contact="")  # fmt: skip
    refused(ledger, draft.seq)


# ---- a program killed ---------------------------------------------------------------------------

_WRITER = """
import sys
from datetime import datetime
from pathlib import Path
from db.connect import open_office
from db.driver import sqlite
from db.ledger import Actor, EventDraft, Ledger
ledger = Ledger(open_office(Path(sys.argv[1]), bytes(range(32))))
actor = Actor(1, "王敏", datetime(2026, 11, 20))
for n in range(10_000):
    with ledger.action(EventDraft("unit.save", "unit", n), actor) as action:
        serial = action.next_serial("投", 2026)
        unit = action.insert("unit", name=f"单位{n}", kind="行政机关")
        action.insert("person", name=f"人{n}", unit=unit, post="")
        action.keep_file(f"{n}", b"x" * 20_000)
        if n == int(sys.argv[2]):
            print("inside", flush=True)
            sys.stdin.read()
    print(serial, flush=True)
"""


@pytest.mark.parametrize("at", [0, 3, 40])
def test_a_program_killed_inside_an_action_loses_that_action_only(path: Path, at: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(path), str(at)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        lines = []
        while (line := child.stdout.readline().strip()) != "inside":
            lines.append(line)
        child.kill()
    assert lines == [str(n + 1) for n in range(at)]
    db = open_office(path, KEY)
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in ("event", "unit", "person", "letter_file"):
        assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == at
    with Ledger(db).action(event(), ACTOR) as action:
        assert action.next_serial("投", 2026) == at + 1
    Ledger(db).close()
