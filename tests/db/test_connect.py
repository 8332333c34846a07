"""Opening an office file: what is opened, what is refused, and that nothing half-made remains."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from db import migrations
from db.connect import APPLICATION_ID, connect, create_office, open_office
from db.driver import Database, Migrations, sqlite
from db.errors import StorageFault, storage_fault
from db.ledger import EventDraft, Ledger
from db.migrations import OFFICE, m0001_first_office
from tests.db.conftest import ACTOR, KEY

ROOT = Path(__file__).parents[2]


#: The steps of the program, in the order in which a file goes through them.
NAMES = sorted(name for name in vars(migrations) if name.startswith("m0"))


def whole() -> Migrations:
    """Return the program's own steps, to be followed by others."""
    steps = Migrations("office")
    for name in NAMES:
        getattr(migrations, name).register(steps)
    return steps


def refusal(path: Path) -> str:
    """Return the code with which a file is refused; opening must leave the file as it is."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StorageFault) as caught:
        open_office(path, KEY).close()
    assert caught.value.path == str(path)
    assert (path.read_bytes() if path.is_file() else None) == before
    return caught.value.code


def test_a_new_file_is_one_file_and_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "新 建" / "澄岳 office.db"
    create_office(path, KEY)
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    for _ in range(2):
        db = open_office(path, KEY)
        assert db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert [m.name for m in OFFICE.applied(db)] == NAMES
        assert not OFFICE.pending(db)
        Ledger(db).close()
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_the_settings_are_really_on(path: Path) -> None:
    db = open_office(path, KEY)
    wanted = {
        "foreign_keys": 1, "journal_mode": "wal", "synchronous": 2, "locking_mode": "exclusive",
        "trusted_schema": 0, "secure_delete": 1, "cell_size_check": 1, "temp_store": 2,
    }  # fmt: skip
    found = {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    assert found == wanted
    assert db.execute("PRAGMA recursive_triggers").fetchone()[0] == 1
    action = Ledger(db).action(EventDraft("person.save"), ACTOR)
    with pytest.raises(sqlite.IntegrityError, match="FOREIGN KEY"), action as writes:
        writes.insert("person", name="张三", unit=99, post="")
    db.close()


def test_an_existing_file_is_never_overwritten(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(StorageFault) as caught:
        create_office(path, KEY)
    assert caught.value.code == "exists"
    assert path.read_bytes() == before


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    assert refusal(tmp_path / "office.db") == "missing"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "content", [b"", b"SQLite", b"%PDF-1.7 something else entirely", b"\0" * 8192]
)
def test_a_file_of_another_kind_is_not_an_office(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "office.db"
    path.write_bytes(content)
    assert refusal(path) == "not_an_office"
    assert [p.name for p in tmp_path.iterdir()] == ["office.db"]


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite.connect(path) as other:
        other.execute("CREATE TABLE notes (text)")
    other.close()
    with pytest.raises(StorageFault) as caught:
        open_office(path, KEY)
    assert caught.value.code == "not_encrypted"
    other = sqlite.connect(path)
    assert other.execute("SELECT name FROM sqlite_schema").fetchall() == [("notes",)]
    other.close()


def test_a_folder_is_no_office(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "unreadable"
    with pytest.raises(StorageFault) as caught:
        create_office(tmp_path, KEY)
    assert caught.value.code == "exists"


def test_a_file_written_by_a_newer_program_is_refused(path: Path) -> None:
    newer = whole()

    @newer()
    def m0999_from_the_future(db: Database) -> None:
        db.execute("CREATE TABLE future (id INTEGER PRIMARY KEY) STRICT")

    Ledger(open_office(path, KEY, newer)).close()
    with pytest.raises(StorageFault) as caught:
        open_office(path, KEY)
    assert caught.value.code == "too_new"
    Ledger(open_office(path, KEY, newer)).close()  # and the newer program still reads it


def test_a_file_of_the_first_shape_is_brought_to_the_newest(tmp_path: Path) -> None:
    first = Migrations("office")
    m0001_first_office.register(first)
    path = tmp_path / "old.db"
    old = connect(path, KEY)
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    first.apply(old)
    old.execute(
        "INSERT INTO letter VALUES (1, 1, 0, 'transfer', '澄投转', 2026, 1, '澄投转〔2026〕1号', "
        "'complaint', 1, '转办函', '某局', '2026-11-20', 1, 'x', '{}')"
    )
    old.close()
    db = open_office(path, KEY)
    assert not OFFICE.pending(db)
    row = db.execute("SELECT number, status, void_reason, template, findings FROM letter")
    assert row.fetchall() == [("澄投转〔2026〕1号", "used", "", None, "")]
    Ledger(db).close()


def test_a_migration_that_leaves_broken_references_is_refused(path: Path) -> None:
    breaking = whole()

    @breaking()
    def m0999_breaks(db: Database) -> None:
        db.execute("INSERT INTO person VALUES (1, 1, 0, '张三', 99, '')")

    with pytest.raises(StorageFault) as caught:
        open_office(path, KEY, breaking)
    assert caught.value.code == "damaged"


def test_a_second_program_is_refused_while_the_first_works(path: Path) -> None:
    db = open_office(path, KEY)
    with pytest.raises(StorageFault) as caught:
        open_office(path, KEY)
    assert caught.value.code == "locked"
    Ledger(db).close()
    Ledger(open_office(path, KEY)).close()


def test_another_key_opens_nothing_and_changes_nothing(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(StorageFault) as caught:
        open_office(path, bytes(32))
    assert caught.value.code == "not_an_office"
    assert path.read_bytes() == before


@pytest.mark.parametrize("part", [0.3, 0.7, 0.98])
def test_a_file_cut_off_in_copying_is_damaged(path: Path, part: float) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])
    assert refusal(path) == "damaged"


def test_a_file_with_an_overwritten_schema_is_refused(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:4000] = b"\xff" * 3900
    path.write_bytes(content)
    with pytest.raises(StorageFault) as caught:
        open_office(path, KEY)
    assert caught.value.code in ("damaged", "not_an_office")


def test_a_parent_that_is_a_file_is_refused_and_stays(tmp_path: Path) -> None:
    parent = tmp_path / "file"
    parent.write_text("x")
    with pytest.raises(StorageFault) as caught:
        create_office(parent / "office.db", KEY)
    assert caught.value.code == "read_only"
    assert parent.read_text() == "x"
    assert refusal(parent / "office.db") == "missing"


def test_nothing_half_written_remains_when_making_a_file_fails(tmp_path: Path) -> None:
    path = tmp_path / "office.db"

    def fill(db: Database) -> None:
        with Ledger(db).action(EventDraft("unit.save"), ACTOR) as action:
            action.insert("unit", name="市住房保障局", kind="行政机关")
        raise KeyError("a slip of our own")

    with pytest.raises(KeyError):
        create_office(path, KEY, fill)
    assert not list(tmp_path.iterdir())

    def bad(db: Database) -> None:
        with Ledger(db).action(EventDraft("unit.save"), ACTOR) as action:
            action.insert("unit", name=None, kind="行政机关")

    with pytest.raises(sqlite.IntegrityError):
        create_office(path, KEY, bad)
    assert not list(tmp_path.iterdir())


def test_the_remains_of_a_killed_creation_do_not_hinder_the_next(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    for end in ("", "-wal", "-journal"):
        Path(f"{path}.part{end}").write_bytes(b"rubbish")
    create_office(path, KEY)
    assert [p.name for p in tmp_path.iterdir()] == ["office.db"]
    Ledger(open_office(path, KEY)).close()


def test_a_file_is_mended_from_its_log_after_a_crash(path: Path, tmp_path: Path) -> None:
    db = open_office(path, KEY)
    with Ledger(db).action(EventDraft("unit.save"), ACTOR) as action:
        action.insert("unit", name="市住房保障局", kind="行政机关")
    copy = tmp_path / "copy.db"
    shutil.copy(path, copy)
    shutil.copy(f"{path}-wal", f"{copy}-wal")
    db.close()
    again = open_office(copy, KEY)
    assert again.execute("SELECT name FROM unit").fetchall() == [("市住房保障局",)]
    again.close()


_AS_NOBODY = """
import os
import sys
from pathlib import Path
from db.connect import create_office, open_office
from db.errors import StorageFault
if os.geteuid() == 0:  # root may write anywhere: ask as somebody else
    os.setuid(65534)
for act, path in ((open_office, sys.argv[1]), (create_office, sys.argv[2])):
    try:
        act(Path(path), bytes(range(32)))
        print("opened")
    except StorageFault as fault:
        print(fault.code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such rights on Windows")
def test_a_read_only_file_and_a_read_only_folder_are_named(
    path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("readonly")
    shutil.copy(path, folder / "office.db")
    (folder / "office.db").chmod(0o444)
    folder.chmod(0o555)
    for parent in folder.parents[:2] if os.geteuid() == 0 else ():
        parent.chmod(0o755)
    found = subprocess.run(
        [sys.executable, "-c", _AS_NOBODY, folder / "office.db", folder / "new.db"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert found.stdout.split() == ["read_only", "unreadable"]
    assert [p.name for p in folder.iterdir()] == ["office.db"]
    folder.chmod(0o755)


def test_what_sqlite_says_is_put_into_one_of_our_codes() -> None:
    said = {
        "database is locked": "locked", "database or disk is full": "full",
        "attempt to write a readonly database": "read_only",
        "unable to open database file": "unreadable", "file is not a database": "not_an_office",
        "database disk image is malformed": "damaged", "disk I/O error": "damaged",
    }  # fmt: skip
    for words, code in said.items():
        fault = storage_fault(sqlite.OperationalError(words), "x")
        assert fault is not None
        assert fault.code == code
    assert storage_fault(sqlite.OperationalError("no such table: x"), "x") is None


def test_the_steps_are_known_by_name_without_being_loaded() -> None:
    blank = Database(memory=True)
    assert tuple(m.name for m in OFFICE.pending(blank)) == migrations.NAMES
    blank.close()
