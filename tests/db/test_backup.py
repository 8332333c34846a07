"""Backups of an office file: what counts, what does not, and what is given back."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db import backup, chain, files, guards, keys, restore
from db.backup import Note
from db.connect import open_office
from db.errors import StorageFault
from db.journal import Journal, replay
from db.ledger import Actor, EventDraft, Ledger
from db.reconcile import reconcile

KEY = bytes(range(32))
AT = datetime(2026, 11, 20, 9, 30)
OPENED: list[Journal] = []
NOTE = Note(AT, "hand", "0.1.0")


@pytest.fixture(name="ring")
def _ring(path: Path) -> str:
    ring = keys.new_ring()
    keys.write_ring(path, ring)
    return ring.office


@pytest.fixture(name="ledger")
def _ledger(path: Path) -> Iterator[Ledger]:
    """An open file that a test may close itself."""
    ledger = Ledger(open_office(path, KEY))
    yield ledger
    while OPENED:
        OPENED.pop().close()
    ledger.db.conn.close()


def do(ledger: Ledger, n: int, files_too: bool = False) -> int:
    event = EventDraft("unit.save", "unit", label=str(n))
    with ledger.action(event, Actor(1, "王敏", AT + timedelta(minutes=n))) as action:
        action.insert("unit", name=f"单位{n}", kind="行政机关")
        if files_too:
            action.insert(
                "letter", kind="transfer", series="x", year=2026, serial=n, number=str(n),
                subject="complaint", subject_id=1, title="t", addressee="a",
                dated="2026-11-20", pages=1, sha256=f"{n:064x}", fields="{}",
            )  # fmt: skip
            action.keep_file(f"{n:064x}", os.urandom(5000))
    return event.seq


def place_of(path: Path) -> Path:
    return path.with_suffix(".backups")


@pytest.mark.usefixtures("ring")
def test_a_backup_is_reopened_and_is_the_file_as_it_stood(ledger: Ledger, path: Path) -> None:
    do(ledger, 1)
    made = backup.make(ledger.db, path, KEY, place_of(path), NOTE)
    do(ledger, 2)
    assert made.folder.name == "2026-11-20_093000"
    assert {p.name for p in made.parts} == {"office.db", "office.keys", "office.keys2"}
    assert backup.sets(place_of(path)) == [made]
    assert backup.complete(made)
    assert backup.unspoilt(made)
    assert backup.check(made.file, KEY) == made.head
    assert made.head.seq == 1
    again = backup.make(ledger.db, path, KEY, place_of(path), NOTE)
    assert again.folder.name == "2026-11-20_093000_2"
    assert again.head.seq == 2


@pytest.mark.usefixtures("ring")
def test_nothing_readable_is_in_a_backup(ledger: Ledger, path: Path) -> None:
    do(ledger, 1)
    made = backup.make(ledger.db, path, KEY, place_of(path), NOTE)
    for file in made.folder.iterdir():
        assert "单位1".encode() not in file.read_bytes()


@pytest.mark.usefixtures("ring")
def test_one_flipped_bit_and_a_backup_does_not_count(ledger: Ledger, path: Path) -> None:
    do(ledger, 1)
    drawn = backup.draw(ledger.db, path, place_of(path), NOTE)
    spoil(drawn.folder / "office.db", 9000)
    with pytest.raises(StorageFault, match="backup_bad"):
        backup.finish(drawn, KEY)
    assert backup.sets(place_of(path)) == []
    assert list(place_of(path).iterdir()) == []
    made = backup.make(ledger.db, path, KEY, place_of(path), NOTE)
    spoil(made.file, 9000)
    assert not backup.unspoilt(made)
    with pytest.raises(StorageFault, match="backup_bad"):
        restore.restore(path.with_name("other.db"), made, KEY, AT)


@pytest.mark.usefixtures("ring")
def test_what_was_interrupted_is_swept_and_never_counts(ledger: Ledger, path: Path) -> None:
    do(ledger, 1)
    drawn = backup.draw(ledger.db, path, place_of(path), NOTE)
    assert backup.sets(place_of(path)) == []
    backup.sweep(place_of(path))
    assert not drawn.folder.exists()


@pytest.mark.usefixtures("ring")
def test_drawing_can_be_interrupted_for_a_clerk_who_waits(ledger: Ledger, path: Path) -> None:
    ledger.db.execute("BEGIN")
    for n in range(300):
        values = [str(n), os.urandom(60_000)]
        ledger.db.execute("INSERT INTO letter_file (sha256, pdf) VALUES (?, ?)", values)
    ledger.db.execute("COMMIT")
    answers = iter([False] * 20)
    with pytest.raises(StorageFault, match="interrupted"):
        backup.draw(ledger.db, path, place_of(path), NOTE, lambda: next(answers, True))
    assert list(place_of(path).iterdir()) == []
    assert do(ledger, 1)


@pytest.mark.usefixtures("ring")
def test_attachments_go_along_once_and_come_back(ledger: Ledger, path: Path) -> None:
    store = path.with_suffix(".files") / "ab"
    store.mkdir(parents=True)
    (store / "abcd.enc").write_bytes(b"box")
    made = backup.make(ledger.db, path, KEY, place_of(path), NOTE)
    blob = place_of(path) / "blobs" / "ab" / "abcd.enc"
    written = blob.stat().st_mtime_ns
    backup.make(ledger.db, path, KEY, place_of(path), NOTE)
    assert blob.stat().st_mtime_ns == written
    ledger.close()
    shutil.rmtree(store)
    restore.restore(path, made, KEY, AT)
    assert (store / "abcd.enc").read_bytes() == b"box"


@pytest.mark.usefixtures("ring")
def test_a_copy_on_another_medium_is_read_back(ledger: Ledger, path: Path, tmp_path: Path) -> None:
    do(ledger, 1)
    made = backup.make(ledger.db, path, KEY, place_of(path), NOTE)
    there = backup.copy_set(made, tmp_path / "usb" / "office.backups")
    assert backup.unspoilt(there)
    assert backup.copy_set(made, tmp_path / "usb" / "office.backups") == there
    spoil(there.file, 5000)
    assert backup.unspoilt(backup.copy_set(made, tmp_path / "usb" / "office.backups"))


@pytest.mark.usefixtures("ring")
def test_fat32_takes_no_file_of_four_gigabytes(ledger: Ledger, path: Path, tmp_path: Path) -> None:
    made = backup.make(ledger.db, path, KEY, place_of(path), NOTE)
    huge = backup.BackupSet(
        made.folder, made.office, made.ring, made.note, made.head,
        (backup.Part("office.db", "0" * 64, 1 << 32),),
    )  # fmt: skip
    with pytest.raises(StorageFault, match="fat_limit"):
        backup.copy_set(huge, tmp_path / "usb", fat=True)


# ---- restoring ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("ring")
def test_restoring_moves_the_old_file_aside_with_its_wal(ledger: Ledger, path: Path) -> None:
    do(ledger, 1)
    made = backup.make(ledger.db, path, KEY, place_of(path), NOTE)
    do(ledger, 2)
    ledger.close()
    before = path.read_bytes()
    Path(f"{path}-wal").write_bytes(b"left over")
    assert restore.restore(path, made, KEY, AT).seq == 1
    aside = restore.replaced_folder(path) / "2026-11-20_093000"
    assert (aside / "office.db").read_bytes() == before
    assert (aside / "office.db-wal").read_bytes() == b"left over"
    assert (aside / "office.keys").exists()
    assert not Path(f"{path}-wal").exists()
    db = open_office(path, KEY)
    assert backup.head(db) == made.head
    db.close()


@pytest.mark.usefixtures("ring")
def test_an_exchange_cut_off_at_any_step_is_ended_at_the_next_opening(
    ledger: Ledger, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(ledger, 1)
    made = backup.make(ledger.db, path, KEY, place_of(path), NOTE)
    do(ledger, 2)
    ledger.close()
    done = 0
    for stop in range(20):
        folder = tmp_path / f"try{stop}"
        folder.mkdir()
        here = folder / "office.db"
        for one in (path, keys.key_path(path), keys.spare_path(path)):
            shutil.copy(one, folder)
        ready = restore.stage(here, made, KEY, AT)
        steps = cut_after(stop, monkeypatch)
        try:
            restore.exchange(here, ready)
            done += 1
        except PowerCut:
            pass
        finally:
            monkeypatch.undo()
        del steps
        restore.resume(here)
        assert not restore.resume(here)
        if here.exists() and (ready.parent / "office.db").exists():
            db = open_office(here, KEY)
            assert backup.head(db).seq == 1
            db.close()
            assert (ready.parent / "office.keys").exists()
        else:  # it was cut off before it was decided
            db = open_office(here, KEY)
            assert backup.head(db).seq == 2
            db.close()
        assert keys.read_ring(here)
    assert done


class PowerCut(Exception):
    pass


def cut_after(count: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let so many renames happen and then no more."""
    seen: list[str] = []
    for name in ("rename", "replace"):
        real = getattr(Path, name)

        def step(self: Path, target: Path, real: object = real) -> Path:
            if len(seen) == count:
                raise PowerCut
            seen.append(self.name)
            return real(self, target)  # type: ignore[operator, no-any-return]

        monkeypatch.setattr(Path, name, step)
    return seen


# ---- the journal -------------------------------------------------------------------------------


def journal_of(ledger: Ledger, path: Path, ring: str, usb: Path) -> Journal:
    journal = Journal(ledger.db, path, KEY, ring, usb)
    ledger.after_commit = journal.append
    OPENED.append(journal)
    return journal


def begin(ledger: Ledger, path: Path, journal: Journal, at: datetime = AT) -> backup.BackupSet:
    made = backup.make(ledger.db, path, KEY, place_of(path), Note(at, "second", "0.1.0"))
    there = backup.copy_set(made, journal.place)
    journal.begin(made.head)
    return there


def rebuilt(path: Path, there: backup.BackupSet, ring: str) -> tuple[Ledger, bool]:
    restore.restore(path, there, KEY, AT)
    db = open_office(path, KEY)
    done = replay(db, there.folder.parent, KEY, ring)
    return Ledger(db), done.torn


def content(ledger: Ledger) -> list[object]:
    return [
        ledger.db.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
        for table in (
            "event",
            "event_change",
            "unit",
            "letter",
            "letter_file",
            "bundle",
            "bundle_file",
        )
    ]


def test_backup_and_journal_give_everything_back(
    ledger: Ledger, path: Path, ring: str, tmp_path: Path
) -> None:
    usb = tmp_path / "usb"
    do(ledger, 1, files_too=True)
    journal = journal_of(ledger, path, ring, usb)
    there = begin(ledger, path, journal)
    for n in range(2, 30):
        do(ledger, n, files_too=n % 3 == 0)
    with ledger.action(EventDraft("unit.save", "unit", 1), Actor(1, "王敏", AT)) as action:
        action.update("unit", 1, name="改名")
    before = content(ledger)
    ledger.close()
    path.write_bytes(b"gone")
    again, torn = rebuilt(path, there, ring)
    assert content(again) == before
    assert not torn
    assert do(again, 99)
    again.close()


@pytest.mark.parametrize("undone", [False, True])
def test_what_came_by_the_thousand_comes_back_from_the_journal(
    ledger: Ledger, path: Path, ring: str, tmp_path: Path, undone: bool
) -> None:
    actor = Actor(1, "王敏", AT)
    do(ledger, 1)
    journal = journal_of(ledger, path, ring, tmp_path / "usb")
    there = begin(ledger, path, journal)
    draft = EventDraft("unit.save", "unit", 1, "整批")
    first = 10
    with ledger.many(draft, actor) as action:
        rows = [(first + n, f"单位“{n}”\\\n", "机关") for n in range(2_600)]
        action.insert_many("unit", ("id", "name", "kind"), rows)
    if undone:
        ledger.undo(draft.seq, actor, "导错了")
    do(ledger, 3_000)
    before = content(ledger)
    assert len(before[-1]) == 3  # type: ignore[arg-type]
    ledger.close()
    path.write_bytes(b"gone")
    again, torn = rebuilt(path, there, ring)
    assert content(again) == before
    assert not torn
    assert reconcile(again.db) == ()
    assert chain.verify(again.db).count == 0
    assert guards.compare(again.db, guards.of_shape()) == ()
    with again.action(EventDraft("unit.save", "unit", 11), actor) as action:
        action.update("unit", 1, name="改名")
    again.close()


def test_a_torn_tail_loses_the_last_event_only(
    ledger: Ledger, path: Path, ring: str, tmp_path: Path
) -> None:
    journal = journal_of(ledger, path, ring, tmp_path / "usb")
    there = begin(ledger, path, journal)
    for n in range(1, 6):
        do(ledger, n)
    ledger.close()
    file = next((tmp_path / "usb" / "journal").glob("*.redo"))
    whole = file.read_bytes()
    for cut in (1, 20, 200):
        file.write_bytes(whole[:-cut])
        again, torn = rebuilt(path, there, ring)
        assert torn
        assert backup.head(again.db).seq == 4
        again.close()


def test_nothing_readable_is_in_a_journal_and_another_key_opens_nothing(
    ledger: Ledger, path: Path, ring: str, tmp_path: Path
) -> None:
    journal = journal_of(ledger, path, ring, tmp_path / "usb")
    there = begin(ledger, path, journal)
    do(ledger, 1)
    ledger.close()
    file = next((tmp_path / "usb" / "journal").glob("*.redo"))
    assert "单位1".encode() not in file.read_bytes()
    assert b"unit" not in file.read_bytes()
    restore.restore(path, there, KEY, AT)
    db = open_office(path, KEY)
    assert replay(db, tmp_path / "usb", bytes(32), ring).events == 0
    db.close()


def test_a_medium_that_is_pulled_out_does_not_stop_the_work(
    ledger: Ledger, path: Path, ring: str, tmp_path: Path
) -> None:
    told: list[int] = []
    journal = journal_of(ledger, path, ring, tmp_path / "usb")
    journal.told = lambda: told.append(1)
    begin(ledger, path, journal)
    do(ledger, 1)
    shutil.rmtree(tmp_path / "usb")
    (tmp_path / "usb").write_bytes(b"no folder any more")
    assert journal._stream is not None
    journal._stream.close()  # what the system does to a file on a medium that is gone
    journal._stream = (tmp_path / "usb").open("rb")
    do(ledger, 2)
    assert journal.away
    assert told == [1]
    do(ledger, 3)
    (tmp_path / "usb").unlink()
    assert not journal.go_on()
    there = begin(ledger, path, journal, AT + timedelta(hours=1))
    do(ledger, 4)
    before = content(ledger)
    ledger.close()
    again, torn = rebuilt(path, there, ring)
    assert content(again) == before
    assert not torn
    again.close()


def test_a_journal_goes_on_only_where_it_ended(
    ledger: Ledger, path: Path, ring: str, tmp_path: Path
) -> None:
    journal = journal_of(ledger, path, ring, tmp_path / "usb")
    begin(ledger, path, journal)
    do(ledger, 1)
    journal.close()
    assert journal.go_on()
    journal.close()
    do(ledger, 2)  # while it was away
    assert not journal.go_on()
    file = next((tmp_path / "usb" / "journal").glob("*.redo"))
    file.write_bytes(file.read_bytes() + b"\0\0")
    assert not journal.go_on()


def test_the_journal_of_a_history_that_was_given_up_is_passed_over(
    ledger: Ledger, path: Path, ring: str, tmp_path: Path
) -> None:
    journal = journal_of(ledger, path, ring, tmp_path / "usb")
    there = begin(ledger, path, journal)
    for n in range(1, 4):
        do(ledger, n)
    ledger.close()
    restore.restore(path, there, KEY, AT)  # without the journal
    other = Ledger(open_office(path, KEY))
    again = journal_of(other, path, ring, tmp_path / "usb")
    assert not again.go_on()
    do(other, 50)
    newer = begin(other, path, again, AT + timedelta(hours=1))
    do(other, 51)
    before = content(other)
    other.close()
    last, _torn = rebuilt(path, newer, ring)
    assert content(last) == before
    last.close()


def spoil(file: Path, at: int) -> None:
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(bytes(content))


def test_digest_and_copy_agree(tmp_path: Path) -> None:
    source = tmp_path / "a"
    source.write_bytes(os.urandom(3_000_000))
    assert files.copy(source, tmp_path / "b") == files.digest(tmp_path / "b")
