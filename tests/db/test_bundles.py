"""Bundles: rows made by the thousand keep their images together, and whoever touches them is found."""

import json
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import batches, bundles, chain, guards
from db import reconcile as reconciling
from db.bundles import BundleFault, Reader
from db.connect import open_office
from db.driver import sqlite
from db.errors import StorageFault
from db.ledger import EventDraft, Ledger
from db.queries import log
from db.reconcile import Touched, reconcile
from tests.db.conftest import ACTOR, KEY
from tests.db.test_batches import COLUMNS, TEXTS, make, units
from tests.tamper import outside

Count = Callable[[str], int]
MANY = 2 * bundles.SIZE + batches.MANY + 1


def image(ledger: Ledger, row_id: int, rev: int = 1) -> dict[str, bundles.Value]:
    """Return what the log has of a unit."""
    (after,) = ledger.db.execute(
        "SELECT after FROM event_change WHERE tbl = 'unit' AND row_id = ? AND rev = ?",
        [row_id, rev],
    ).fetchone()
    return Reader(ledger.db).image("unit", row_id, after)


def rows(ledger: Ledger, table: str = "unit") -> dict[int, dict[str, object]]:
    """Return the rows as they stand."""
    cursor = ledger.db.execute(f'SELECT * FROM "{table}" ORDER BY id')
    names = [column[0] for column in cursor.description]
    return {int(row[0]): dict(zip(names, row, strict=True)) for row in cursor.fetchall()}


@given(st.lists(TEXTS, min_size=1, max_size=12, unique=True), st.integers(0, 2**53))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_row_of_a_bundle_has_the_image_that_it_would_have_alone(
    ledger: Ledger, names: list[str], odd: int
) -> None:
    ledger.db.execute("SAVEPOINT before")
    try:
        ledger.db.execute("DROP INDEX unit_name")
        plain = units(batches.MANY)
        for at, name in enumerate(names):
            place = (odd * (at + 1)) % len(plain)
            plain[place] = (plain[place][0], name, "机关")
        with ledger.db.atomic():
            made, bundled = batches.insert_many(
                ledger.db, chain.head(ledger.db)[0] + 1, "unit", COLUMNS, plain
            )
            assert len(bundled) == 1
            ledger.db.execute("DROP TRIGGER guard_bundle_insert")
            row = bundled[0].row()
            ledger.db.execute(
                f"INSERT INTO bundle (id, rev, {', '.join(row)}) "
                f"VALUES (1, 1, {', '.join('?' * len(row))})",
                list(row.values()),
            )
        kept = rows(ledger)
        assert [(key, one["name"], one["kind"]) for key, one in kept.items()] == plain
        assert made == list(kept)
        assert {key: image(ledger, key) for key in kept} == kept
    finally:
        ledger.db.execute("ROLLBACK TO before")
        ledger.db.execute("RELEASE before")


def test_full_portions_are_bundled_and_the_rest_is_not(ledger: Ledger, count: Count) -> None:
    make(ledger, units(MANY + bundles.SIZE - batches.MANY + 7))
    assert (count("bundle"), count("bundle_file")) == (3, 3)
    whole = ledger.db.execute(
        "SELECT count(*) FROM event_change WHERE tbl = 'unit' AND after LIKE '{%'"
    ).fetchone()
    assert whole[0] == 8
    assert {key: image(ledger, key) for key in rows(ledger)} == rows(ledger)
    assert reconcile(ledger.db) == ()
    assert chain.verify(ledger.db).count == 0
    assert guards.compare(ledger.db, guards.of_shape()) == ()


def test_what_is_the_same_in_all_rows_of_a_bundle_stands_in_it_once(ledger: Ledger) -> None:
    of_two_kinds = units(bundles.SIZE) + [
        (row_id, name, "企业" if n % 2 else "机关")
        for n, (row_id, name, _kind) in enumerate(units(bundles.SIZE, bundles.SIZE + 1))
    ]
    make(ledger, of_two_kinds)
    reader = Reader(ledger.db)
    (same, _), (mixed, _) = reader.bundle(1), reader.bundle(2)
    assert (same.names, same.rest["kind"]) == (("id", "name"), of_two_kinds[0][2])
    assert mixed.names == ("id", "name", "kind")
    assert {key: image(ledger, key) for key in rows(ledger)} == rows(ledger)
    assert [(key, one["name"], one["kind"]) for key, one in rows(ledger).items()] == of_two_kinds
    assert reconcile(ledger.db) == ()


def test_rows_of_several_tables_are_written_beside_each_other(ledger: Ledger, count: Count) -> None:
    draft = EventDraft("unit.save", "unit", 1)
    tables = {"unit": COLUMNS, "person": ("id", "name", "unit", "post")}
    with ledger.many(draft, ACTOR) as action, action.writing(tables) as batch:
        for begin in range(0, 2 * bundles.SIZE + 700, 450):
            ids = range(begin + 1, begin + 451)
            batch.add("unit", [(n, f"单位{n}", "机关") for n in ids])
            batch.add("person", [(n, f"人{n}", n, "") for n in ids])
    made = 6 * 450
    assert (count("unit"), count("person")) == (made, made)
    assert {key: image(ledger, key) for key in rows(ledger)} == rows(ledger)
    assert reconcile(ledger.db) == ()
    assert chain.verify(ledger.db).count == 0
    assert guards.compare(ledger.db, guards.of_shape()) == ()
    assert ledger.db.execute("PRAGMA foreign_key_check").fetchall() == []
    ledger.undo(draft.seq, ACTOR, "")
    assert {one["void"] for one in (*rows(ledger).values(), *rows(ledger, "person").values())} == {
        1
    }
    assert reconcile(ledger.db) == ()


def test_rows_with_gaps_between_their_ids_are_not_bundled(ledger: Ledger, count: Count) -> None:
    gaps = [(2 * n + 1, f"单位{n}", "机关") for n in range(batches.MANY)]
    make(ledger, gaps)
    assert (count("unit"), count("bundle")) == (batches.MANY, 0)
    assert reconcile(ledger.db) == ()


def test_a_change_and_its_undoing_stand_beside_the_bundle(ledger: Ledger) -> None:
    seq = make(ledger, units(MANY))
    later = EventDraft("unit.save", "unit", 8)
    with ledger.action(later, ACTOR) as action:
        action.update("unit", 8, name="改名")
    assert (image(ledger, 8)["name"], image(ledger, 8, 2)["name"]) == ("单位8", "改名")
    assert ledger.may_undo(later.seq)
    assert not ledger.may_undo(seq)
    with pytest.raises(StorageFault):
        ledger.undo(seq, ACTOR, "")
    assert reconcile(ledger.db) == ()


def test_a_bundle_taken_back_is_named_once_more(ledger: Ledger, count: Count) -> None:
    seq = make(ledger, units(MANY))
    before = rows(ledger)
    ledger.undo(seq, ACTOR, "导错了")
    assert count("bundle") == 3
    now = rows(ledger)
    assert now == {key: one | {"rev": 2, "void": 1} for key, one in before.items()}
    assert {key: image(ledger, key, 2) for key in now} == now
    named = ledger.db.execute(
        "SELECT before, after FROM event_change WHERE tbl = 'unit' AND rev = 2 AND row_id = 1500"
    ).fetchone()
    assert tuple(named) == ("@2", "@2-")
    assert ledger.db.execute("SELECT count(*) FROM bundle WHERE void = 1").fetchone()[0] == 0
    assert reconcile(ledger.db) == ()
    assert chain.verify(ledger.db).count == 0
    assert guards.compare(ledger.db, guards.of_shape()) == ()
    with pytest.raises(StorageFault):
        ledger.undo(seq, ACTOR, "")


def test_a_column_that_came_later_stands_for_its_default(ledger: Ledger) -> None:
    seq = make(ledger, units(MANY))
    guards.take_down(ledger.db)
    ledger.db.execute("ALTER TABLE unit ADD COLUMN remark TEXT NOT NULL DEFAULT '无'")
    guards.install(ledger.db)
    assert reconcile(ledger.db) == ()
    outside(ledger.db, "UPDATE unit SET remark = '添' WHERE id = 1200")
    (found,) = reconcile(ledger.db)
    assert (found.row_id, found.fields) == (1200, (("remark", "无", "添"),))
    outside(ledger.db, "UPDATE unit SET remark = '无' WHERE id = 1200")
    ledger.undo(seq, ACTOR, "导错了")
    assert reconcile(ledger.db) == ()


@pytest.mark.parametrize("undone", [False, True])
def test_rows_touched_from_outside_are_named_one_by_one(ledger: Ledger, undone: bool) -> None:
    seq = make(ledger, units(MANY))
    if undone:
        ledger.undo(seq, ACTOR, "导错了")
    outside(ledger.db, "UPDATE unit SET name = '改' WHERE id = 1700")
    outside(ledger.db, "DELETE FROM unit WHERE id = 8")
    outside(ledger.db, "INSERT INTO unit (id, rev, name, kind) VALUES (9000, 1, '添', '机关')")
    outside(ledger.db, "UPDATE unit SET void = 1 - void WHERE id = 9")
    found = reconcile(ledger.db)
    assert {(one.touched, one.row_id) for one in found} == {
        (Touched.CHANGED, 1700),
        (Touched.GONE, 8),
        (Touched.ADDED, 9000),
        (Touched.CHANGED, 9),
    }
    (changed,) = (one for one in found if one.row_id == 1700)
    assert (changed.seq, changed.fields) == (seq + undone, (("name", "单位1700", "改"),))
    assert chain.verify(ledger.db).count == 0


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE bundle_file SET content = zeroblob(40)",
        "DELETE FROM bundle_file",
        "UPDATE bundle SET first = first - 1 WHERE id = 2",
        "UPDATE bundle SET last = last + 5 WHERE id = 2",
        "UPDATE bundle SET names = '[\"id\"]' WHERE id = 2",
        "UPDATE bundle SET names = 'x' WHERE id = 2",
        "UPDATE bundle SET rest = '[]' WHERE id = 2",
        "UPDATE bundle SET rest = json_set(rest, '$.kind', 'x') WHERE id = 2",
        "UPDATE bundle SET sha256 = (SELECT sha256 FROM bundle WHERE id = 1) WHERE id = 2",
        "UPDATE bundle SET tbl = 'person' WHERE id = 2",
        "DELETE FROM bundle WHERE id = 2",
    ],
)
def test_a_bundle_touched_from_outside_is_found(ledger: Ledger, attack: str) -> None:
    make(ledger, units(MANY))
    assert reconcile(ledger.db) == ()
    outside(ledger.db, attack)
    found = reconcile(ledger.db)
    assert ("bundle", 2) in {(one.table, one.row_id) for one in found}
    assert chain.verify(ledger.db).count == 0


@pytest.mark.parametrize("content", [b"[[1", b"{}", b"[1, 2]", b"\xff", b"[[1001]]"])
def test_a_bundle_exchanged_for_another_content_is_found(ledger: Ledger, content: bytes) -> None:
    make(ledger, units(MANY))
    sha256, packed = bundles.packed(content)
    outside(ledger.db, "INSERT INTO bundle_file VALUES (?, ?)", [sha256, packed])
    outside(ledger.db, "UPDATE bundle SET sha256 = ? WHERE id = 2", [sha256])
    found = reconcile(ledger.db)
    assert (Touched.CHANGED, "bundle", 2) in {(f.touched, f.table, f.row_id) for f in found}
    with pytest.raises(BundleFault):
        Reader(ledger.db).image("unit", 1500, "@2")


@pytest.mark.parametrize("after", ["@1", "@99", "@", "@x", "@2-", "@２"])
def test_a_line_that_names_another_bundle_is_found(ledger: Ledger, after: str) -> None:
    make(ledger, units(MANY))
    outside(ledger.db, "UPDATE event_change SET after = ? WHERE row_id = 1500", [after])
    (found,) = reconcile(ledger.db)
    assert (found.touched, found.row_id) == (Touched.CHANGED, 1500)
    assert found.fields
    assert [one.broken for one in chain.verify(ledger.db).breaks] == [chain.Broken.ALTERED]


def forge(ledger: Ledger, change: tuple[str, int, int, str], *writes: str) -> None:
    """Write an event past the program, as somebody does who can sign for himself."""
    seq, previous = chain.head(ledger.db)
    (table, row_id, rev, after), row = (
        change,
        (seq + 1, "", 1, "", "log", "", 0, "", "", None, None, 0),
    )
    digest = chain.link(previous, row, [(table, row_id, rev, None, after)])
    with ledger.db.atomic():
        for name in guards.present(ledger.db):
            ledger.db.execute(f'DROP TRIGGER "{name}"')
        ledger.db.execute(
            "INSERT INTO event_change (seq, tbl, row_id, rev, after) VALUES (?, ?, ?, ?, ?)",
            [seq + 1, table, row_id, rev, after],
        )
        ledger.db.execute(
            f"INSERT INTO event ({', '.join(chain.EVENT)}, hash) VALUES ({'?, ' * len(row)} ?)",
            [*row, digest],
        )
        for sql in writes:
            ledger.db.execute(sql)
        guards.install(ledger.db)
    assert chain.verify(ledger.db).count == 0


@pytest.mark.parametrize("ref", ["@99", "@99-", "@2", "@2-", "@0", "@x"])
@pytest.mark.parametrize("row_id", [MANY - 600, MANY + 1])
@pytest.mark.parametrize("stretches", [20, 0])
def test_a_signed_line_that_names_a_bundle_without_the_row_is_found(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, ref: str, row_id: int, stretches: int
) -> None:
    monkeypatch.setattr(reconciling, "_STRETCHES", stretches)
    make(ledger, units(2 * bundles.SIZE - batches.MANY))
    make(ledger, units(1, MANY - 600))
    new = row_id > MANY
    insert = f"INSERT INTO unit (id, rev, name, kind) VALUES ({row_id}, 1, '伪造', '机关')"
    update = f"UPDATE unit SET rev = 2, name = '伪造' WHERE id = {row_id}"
    forge(ledger, ("unit", row_id, 1 if new else 2, ref), insert if new else update)
    (found,) = reconcile(ledger.db)
    assert (found.touched, found.table, found.row_id) == (Touched.CHANGED, "unit", row_id)
    assert ("name", None, "伪造") in found.fields


def test_a_bundle_written_a_second_time_by_a_signed_line_is_found(ledger: Ledger) -> None:
    make(ledger, units(batches.MANY))
    one, values = Reader(ledger.db).bundle(1)
    values[4][1] = "伪造"
    sha256, content = bundles.packed(bundles.written(values))
    outside(ledger.db, "INSERT INTO bundle_file VALUES (?, ?)", [sha256, content])
    said = json.dumps({**one.row(), "id": 1, "rev": 2, "void": 0, "sha256": sha256})
    forge(
        ledger,
        ("bundle", 1, 2, said),
        f"UPDATE bundle SET rev = 2, sha256 = '{sha256}'",
        "UPDATE unit SET name = '伪造' WHERE id = 5",
    )
    (found,) = reconcile(ledger.db)
    assert (found.touched, found.table, found.row_id) == (Touched.BUNDLE_GONE, "bundle", 1)


@pytest.mark.parametrize("count", [batches.MANY, 9])
@pytest.mark.parametrize(("collation", "name"), [("NOCASE", "UNIT"), ("RTRIM", "unit ")])
def test_a_column_told_to_compare_loosely_hides_nothing(
    path: Path, count: int, collation: str, name: str
) -> None:
    ledger = Ledger(open_office(path, KEY))
    make(ledger, [(1, "unit", "机关"), *units(count, 2)])
    ledger.db.execute("PRAGMA writable_schema = ON")
    ledger.db.execute(
        "UPDATE sqlite_schema SET sql = replace(sql, 'name TEXT NOT NULL', "
        f"'name TEXT NOT NULL COLLATE {collation}') WHERE type = 'table' AND name = 'unit'"
    )
    ledger.close()
    ledger = Ledger(open_office(path, KEY))
    assert ledger.db.execute("SELECT name = ? FROM unit WHERE id = 1", [name]).fetchone() == (1,)
    assert reconcile(ledger.db) == ()
    outside(ledger.db, "UPDATE unit SET name = ? WHERE id = 1", [name])
    (found,) = reconcile(ledger.db)
    assert found.fields == (("name", "unit", name),)
    ledger.close()


@pytest.mark.parametrize("count", [batches.MANY, 9])
def test_a_column_that_is_reckoned_hides_nothing(path: Path, count: int) -> None:
    ledger = Ledger(open_office(path, KEY))
    make(ledger, units(count))
    ledger.db.execute("PRAGMA writable_schema = ON")
    ledger.db.execute(
        "UPDATE sqlite_schema SET sql = replace(sql, 'kind TEXT NOT NULL', 'kind TEXT NOT NULL "
        "GENERATED ALWAYS AS (''伪造'') STORED') WHERE type = 'table' AND name = 'unit'"
    )
    ledger.close()
    ledger = Ledger(open_office(path, KEY))
    outside(ledger.db, "UPDATE unit SET name = name WHERE id = 1")
    (found,) = reconcile(ledger.db)
    assert found.fields == (("kind", "行政机关", "伪造"),)
    ledger.close()


def test_a_bundle_with_fewer_rows_than_it_says_is_found(ledger: Ledger) -> None:
    sha256, content = bundles.packed(b"[]")
    outside(ledger.db, "INSERT INTO bundle_file VALUES (?, ?)", [sha256, content])
    row = bundles.Bundle("unit", 1, 9, ("id",), {}, sha256).row()
    with ledger.action(EventDraft("unit.save", "unit", 1), ACTOR) as action:
        action.insert("bundle", **row)
    insert = "INSERT INTO unit (id, rev, name, kind) VALUES (5, 1, '伪造', '机关')"
    forge(ledger, ("unit", 5, 1, "@1"), insert)
    (found,) = reconcile(ledger.db)
    assert (found.touched, found.table, found.row_id) == (Touched.BUNDLE_GONE, "bundle", 1)


def test_rows_too_long_for_a_bundle_have_images_of_their_own(
    ledger: Ledger, count: Count, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "LARGEST", 100_000)
    long = [(n, f"单位{n}" + "长" * 100, "机关") for n in range(1, bundles.SIZE + 1)]
    make(ledger, long + units(batches.MANY, bundles.SIZE + 1))
    assert count("bundle") == 1
    assert reconcile(ledger.db) == ()
    assert {key: image(ledger, key) for key in rows(ledger)} == rows(ledger)


def test_what_a_lost_bundle_held_can_not_be_taken_back(ledger: Ledger) -> None:
    seq = make(ledger, units(batches.MANY))
    for name in ("改名", "单位8"):
        with ledger.action(EventDraft("unit.save", "unit", 8), ACTOR) as action:
            action.update("unit", 8, name=name)
    assert ledger.built_upon(seq) == {}
    outside(ledger.db, "DELETE FROM bundle_file")
    assert ledger.built_upon(seq) == {"unit": [8]}
    assert not ledger.may_undo(seq)
    with pytest.raises(StorageFault, match="not_undoable"):
        ledger.undo(seq, ACTOR, "")


def test_a_bundle_that_would_not_end_is_refused(ledger: Ledger) -> None:
    make(ledger, units(MANY))
    bomb = zlib.compress(b"[" + b" " * (80 << 20) + b"]", 9)
    sha256 = "ab" * 32
    outside(ledger.db, "INSERT INTO bundle_file VALUES (?, ?)", [sha256, bomb])
    outside(ledger.db, "UPDATE bundle SET sha256 = ? WHERE id = 1", [sha256])
    with pytest.raises(BundleFault):
        Reader(ledger.db).bundle(1)


@pytest.mark.parametrize("table", ["bundle", "bundle_file"])
def test_bundles_are_never_changed_nor_deleted(ledger: Ledger, table: str) -> None:
    make(ledger, units(MANY))
    for sql in (f"DELETE FROM {table}", f"UPDATE {table} SET sha256 = 'x'"):
        with pytest.raises(sqlite.IntegrityError, match="guard"):
            ledger.db.execute(sql)


def test_the_log_tells_what_came_by_the_thousand_by_its_number(ledger: Ledger) -> None:
    seq = make(ledger, units(MANY + 3))
    assert log.changed(ledger.db, seq) == {"unit": MANY + 3}
    assert log.changes(ledger.db, seq, 10) == []
    newest = log.newest_image(ledger.db, "unit", 1500)
    assert newest is not None
    assert json.loads(newest) == rows(ledger)[1500]
    outside(ledger.db, "DELETE FROM bundle_file")
    assert log.newest_image(ledger.db, "unit", 1500) is None


def test_what_the_making_of_rows_raises_leaves_nothing(ledger: Ledger, count: Count) -> None:
    def broken() -> object:
        yield from units(bundles.SIZE + 10)
        raise RuntimeError("stopped")

    before = guards.triggers(ledger.db)
    with (
        pytest.raises(RuntimeError, match="stopped"),
        ledger.many(EventDraft("unit.save", "unit", 1), ACTOR) as action,
    ):
        action.insert_many("unit", COLUMNS, broken())  # type: ignore[arg-type]
    assert [count(t) for t in ("unit", "event", "event_change", "bundle", "bundle_file")] == [0] * 5
    assert guards.triggers(ledger.db) == before


def test_a_value_of_another_kind_than_its_column_is_refused(ledger: Ledger, count: Count) -> None:
    odd = [(row_id, name, 7) for row_id, name, _kind in units(batches.MANY)]
    with pytest.raises(ValueError, match="as it was said"):
        make(ledger, odd)  # type: ignore[arg-type]
    assert count("unit") == 0
