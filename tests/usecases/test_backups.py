"""Backups, the second medium, the journal, going back, the drill and the clock, as a clerk has them."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from db import backup, connect, keys, restore
from db.driver import Migrations
from db.errors import StorageFault
from db.migrations import m0001_first_office, m0002_letter_book
from desktop.rules.backups import Reason
from desktop.rules.clockguard import Doubt
from desktop.rules.complaints import ComplaintDraft, Identity, PersonTyped
from desktop.rules.faults import Faults, NotPermitted
from desktop.rules.rulebook import System
from desktop.usecases import (
    attachments,
    backups,
    beforehand,
    complaints,
    keeping,
    listing,
    lockinfo,
    places,
    restores,
)
from desktop.usecases.keeping import JournalState
from desktop.usecases.listing import Query
from desktop.usecases.office import Acting, Office
from desktop.usecases.places import Caution
from tests.drill.offices import ACTING, NOW, add_unit, make_office, session, sit_down

BUILT = date(2026, 11, 1)


@pytest.fixture(name="office")
def _office(tmp_path: Path) -> Iterator[Office]:
    office = make_office(tmp_path / "office.db")
    keeping.begin(office, BUILT)
    yield office
    if office.journal is not None:
        office.journal.close()
    office.db.conn.close()


def register(office: Office, at: datetime = NOW) -> int:
    book = office.book(System.COMPLAINTS)
    assert book is not None
    draft = ComplaintDraft(
        channel=book.channels[0].id,
        received=date(2026, 11, 16),
        identity=Identity.REAL_NAME,
        complainants=(PersonTyped("钱多多", "13800001111", ""),),
        accused_unit=1,
        accused_person="",
        grounds=tuple(g.id for g in book.grounds[:1]),
        subject="职权目录未公开",
        text="我叫钱多多。该局未按规定公开职权目录。",
        demands="公开职权目录",
    )
    return complaints.register_complaint(office, draft, Acting(1, "王敏", at)).value


# ---- backups -----------------------------------------------------------------------------------


def test_a_backup_is_due_only_when_something_was_done(office: Office) -> None:
    assert backups.changed(office)
    made = backups.make(office, Reason.HOURLY, NOW)
    assert made.folder.parent.name == "office.backups"
    assert not backups.changed(office)
    add_unit(office, "新单位")
    assert backups.changed(office)


def test_old_backups_go_and_the_list_shows_the_rest(office: Office) -> None:
    for n in range(30):
        add_unit(office, f"单位{n}", NOW + timedelta(hours=n))
        backups.make(office, Reason.HOURLY, NOW + timedelta(hours=n))
    seen = backups.look(office, NOW + timedelta(hours=30))
    assert 24 <= len(seen.lines) <= 30
    assert seen.lines[0].at == NOW + timedelta(hours=29)
    assert seen.lines[0].reason is Reason.HOURLY
    assert all(line.complete for line in seen.lines)


def test_the_backup_of_an_import_outlives_the_next_ones_of_its_hour(office: Office) -> None:
    backups.make(office, Reason.HOURLY, NOW)
    backups.make(office, Reason.IMPORT, NOW + timedelta(minutes=5))
    add_unit(office, "新单位")
    backups.make(office, Reason.EXIT, NOW + timedelta(minutes=10))
    reasons = [line.reason for line in backups.look(office, NOW).lines]
    assert reasons == [Reason.EXIT, Reason.IMPORT]


def test_a_chosen_folder_must_be_there_and_take_files(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Faults) as caught:
        backups.choose_places(office, str(tmp_path / "nowhere"), "", True, ACTING)
    assert [(f.field, f.code) for f in caught.value.faults] == [
        ("place", "folder_missing"),
        ("second", "required"),
    ]
    other = tmp_path / "other"
    other.mkdir()
    backups.choose_places(office, str(other), "", False, ACTING)
    made = backups.make(office, Reason.HAND, NOW)
    assert made.folder.parent == other / "office.backups"


def test_before_a_file_is_brought_to_a_newer_shape_it_is_backed_up(tmp_path: Path) -> None:
    old = Migrations("office")
    m0001_first_office.register(old)
    m0002_letter_book.register(old)
    path, key = tmp_path / "old.db", bytes(range(32))
    db = connect.connect(path, key)
    db.execute(f"PRAGMA application_id = {connect.APPLICATION_ID}")
    old.apply(db)
    values = [1, "2026-11-20T09:30:00", 1, "王敏", "office.create", "profile", 1, "", ""]
    db.execute(
        "INSERT INTO event (seq, at, clerk, clerk_name, action, subject, subject_id, label, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values,
    )
    db.close()
    keys.write_ring(path, keys.new_ring())
    before = beforehand.backup_of_older_shape(path, key)
    connect.open_office(path, key, before=before).close()
    connect.open_office(path, key, before=before).close()
    found = backup.sets(beforehand.place_of(path))
    assert [one.note.reason for one in found] == ["migration"]
    assert found[0].note.made == NOW
    kept = backup.look(found[0].file, key)
    assert {r[0] for r in kept.execute("SELECT name FROM _sqlite_migrations").fetchall()} == {
        "m0001_first_office",
        "m0002_letter_book",
    }
    kept.close()


# ---- the second medium and the journal ---------------------------------------------------------


def to_second(office: Office, at: datetime = NOW) -> backup.BackupSet:
    carry = backups.carry(office, at)
    there = backups.carried(carry, office.session.keys.data)
    backups.note_second(office, there, Acting(1, "王敏", at))
    keeping.begin_journal(office, there)
    return there


def choose_second(office: Office, tmp_path: Path, journal: bool = True) -> Path:
    usb = tmp_path / "usb"
    usb.mkdir(exist_ok=True)
    backups.choose_places(office, "", str(usb), journal, ACTING)
    return usb


def test_the_second_medium_has_its_own_checked_copy(office: Office, tmp_path: Path) -> None:
    with pytest.raises(StorageFault, match="no_second"):
        backups.carry(office, NOW)
    usb = choose_second(office, tmp_path, journal=False)
    assert not keeping.watch(office, NOW).copied_today
    there = to_second(office)
    assert there.folder.parent == usb / "office.backups"
    assert backup.unspoilt(there)
    seen = keeping.watch(office, NOW)
    assert seen.copied_today
    assert seen.journal is JournalState.OFF
    assert not keeping.watch(office, NOW + timedelta(days=1)).copied_today
    assert not backups.changed(office)
    lines = backups.look(office, NOW).lines
    assert {line.where for line in lines} == {backups.Where.OWN, backups.Where.SECOND}
    usb.rename(tmp_path / "pulled")
    with pytest.raises(StorageFault, match="second_away"):
        backups.carry(office, NOW)


def test_a_destroyed_office_comes_back_from_backup_and_journal(
    office: Office, tmp_path: Path
) -> None:
    usb = choose_second(office, tmp_path)
    there = to_second(office)
    number = register(office)
    picture = tmp_path / "证据.pdf"
    picture.write_bytes(b"%PDF-1.4 " + os.urandom(1000))
    kept = attachments.store(office, [str(picture)])
    assert kept
    last = backup.head(office.db).seq
    path = office.path
    office.close()
    for file in (path, keys.key_path(path), keys.spare_path(path)):
        file.unlink()
    who = session(there.file)
    done = restores.restore_office(path, who, there, "硬盘坏了", ACTING, usb / "office.backups")
    assert done.replayed is not None
    assert done.replayed.last == last
    again = sit_down(path)
    assert again.db.execute("SELECT count(*) FROM complaint WHERE id = ?", [number]).fetchone()[0]
    event = again.db.execute("SELECT action, reason FROM event ORDER BY seq DESC").fetchone()
    assert event == ("backup.restore", "硬盘坏了")
    seen = listing.opening(again, Query(words="职权目录"), NOW.date())
    assert seen.found == (number,)
    assert seen.pages[0][0].clock is not None
    again.close()


def test_the_journal_goes_on_after_the_office_was_closed(office: Office, tmp_path: Path) -> None:
    choose_second(office, tmp_path)
    to_second(office)
    add_unit(office, "甲")
    path = office.path
    office.close()
    again = sit_down(path)
    keeping.begin(again, BUILT)
    assert keeping.journal_state(again) is JournalState.ON
    again.close()
    other = sit_down(path)
    add_unit(other, "乙")  # a program that kept no journal
    keeping.begin(other, BUILT)
    assert keeping.journal_state(other) is JournalState.AWAY
    to_second(other, NOW + timedelta(minutes=5))
    assert keeping.journal_state(other) is JournalState.ON
    other.close()


# ---- going back --------------------------------------------------------------------------------


def test_what_going_back_would_lose_is_said_by_number(office: Office) -> None:
    made = backups.make(office, Reason.HAND, NOW)
    register(office, NOW + timedelta(hours=1))
    register(office, NOW + timedelta(hours=2))
    lost = backups.loss(office, made)
    assert lost.same_history
    assert lost.events == 2
    assert (lost.first, lost.last) == (NOW + timedelta(hours=1), NOW + timedelta(hours=2))
    assert len(lost.numbers) == 2
    assert "钱多多" not in str(lost)


def test_only_an_administrator_goes_back_and_only_with_a_reason(office: Office) -> None:
    made = backups.make(office, Reason.HAND, NOW)
    path = office.path
    registrar = session(path, 2)
    admin = session(path)
    office.close()
    with pytest.raises(NotPermitted):
        restores.restore_office(path, registrar, made, "误操作", ACTING)
    with pytest.raises(Faults):
        restores.restore_office(path, admin, made, " ", ACTING)


def test_going_back_keeps_the_old_file_and_the_new_password(office: Office) -> None:
    made = backups.make(office, Reason.HAND, NOW)
    add_unit(office, "后来的")
    path, who = office.path, office.session
    ring = keys.read_ring(path)
    slot = keys.make_slot(
        ring, 1, "王敏", sorted(who.roles), who.keys, "xinmima2026", keys.Cost(1, 8, 1)
    )
    keys.write_ring(path, ring.having(slot))
    with pytest.raises(StorageFault, match="locked"):
        restores.restore_office(path, who, made, "误操作", ACTING)
    office.close()
    restores.restore_office(path, who, made, "误操作", ACTING)
    aside = next(path.with_suffix(".replaced").iterdir())
    assert (aside / "office.db").exists()
    assert keys.unlock(keys.read_ring(path), 1, "xinmima2026") == who.keys
    again = sit_down(path, 2)
    assert not again.db.execute("SELECT 1 FROM unit WHERE name = '后来的'").fetchone()
    again.close()


def test_a_user_whom_the_backup_does_not_know_can_not_go_back(office: Office) -> None:
    made = backups.make(office, Reason.HAND, NOW)
    path, who = office.path, office.session
    office.close()
    stranger = replace(who, keys=keys.Keys(who.keys.data, None, bytes(32)))
    with pytest.raises(StorageFault, match="unknown_user"):
        restores.restore_office(path, stranger, made, "误操作", ACTING)
    assert not path.with_suffix(".replaced").exists()


def test_a_restoring_that_was_cut_off_is_ended_before_a_password_is_asked(office: Office) -> None:
    made = backups.make(office, Reason.HAND, NOW)
    path, key = office.path, office.session.keys.data
    office.close()
    ready = restore.stage(path, made, key, NOW)
    ready.rename(ready.with_name(restore.READY))  # decided, and then the power went
    keys.key_path(path).rename(ready.parent / "office.keys")
    keys.spare_path(path).rename(ready.parent / "office.keys2")
    sit_down(path).close()


def test_the_drill_opens_the_newest_backup_elsewhere(office: Office) -> None:
    with pytest.raises(StorageFault, match="no_backup"):
        backups.newest(office)
    backups.make(office, Reason.HAND, NOW)
    drilled = backups.drill(backups.newest(office), office.session.keys.data)
    assert drilled.events == backup.head(office.db).seq
    assert drilled.seconds < 10
    assert not list(office.path.parent.glob("drill-*"))
    later = NOW + timedelta(days=40)
    assert keeping.watch(office, later).drill_due
    backups.note_drill(office, drilled, Acting(1, "王敏", later))
    assert not keeping.watch(office, later).drill_due
    made = backups.newest(office)
    made.file.write_bytes(b"\0" * 8192)
    with pytest.raises(StorageFault, match="backup_bad"):
        backups.drill(made, office.session.keys.data)


# ---- the clock ---------------------------------------------------------------------------------


def test_no_number_while_the_clock_is_doubtful(office: Office) -> None:
    early = NOW - timedelta(days=3)
    seen = keeping.watch(office, early).clock
    assert seen is not None
    assert seen.doubt is Doubt.BEHIND
    with pytest.raises(NotPermitted) as caught:
        register(office, early)
    assert caught.value.code == "clock_behind"
    add_unit(office, "不用编号的", early)
    assert marked(office) == [1]
    assert keeping.watch(office, early).clock is not None  # what is marked proves nothing


def test_an_administrator_confirms_the_clock_and_the_session_is_marked(office: Office) -> None:
    late = NOW + timedelta(days=60)
    acting = Acting(1, "王敏", late)
    with pytest.raises(Faults):
        keeping.confirm_clock(office, "", acting)
    keeping.confirm_clock(office, "停电两个月，已核对时间", acting)
    assert keeping.watch(office, late).clock is None
    register(office, late)
    assert marked(office) == [1, 1]
    path = office.path
    office.close()
    again = sit_down(path)
    keeping.begin(again, BUILT)
    assert keeping.watch(again, late).clock is None
    register(again, late)
    assert marked(again) == [1, 1]
    again.close()


def test_a_clerk_can_not_confirm_the_clock(office: Office) -> None:
    path = office.path
    office.close()
    again = sit_down(path, 2)
    keeping.begin(again, BUILT)
    with pytest.raises(NotPermitted):
        keeping.confirm_clock(again, "没问题", Acting(2, "李堃", NOW))
    again.close()


def test_before_the_build_date_a_confirmed_clock_is_believed_for_one_session(
    office: Office,
) -> None:
    early = datetime(2026, 10, 1, 9)
    keeping.confirm_clock(office, "主板电池没电", Acting(1, "王敏", early))
    assert keeping.watch(office, early).clock is None
    path = office.path
    office.close()
    again = sit_down(path)
    keeping.begin(again, BUILT)
    seen = keeping.watch(again, early).clock
    assert seen is not None
    assert seen.doubt is Doubt.BEFORE_BUILD
    again.close()


def marked(office: Office) -> list[int]:
    found = office.db.execute("SELECT doubtful FROM event WHERE doubtful = 1").fetchall()
    return [row[0] for row in found]


# ---- places and the second program -------------------------------------------------------------

MOUNTS = """\
/dev/vda / ext4 rw 0 0
proc /proc proc rw 0 0
/dev/sdb1 /media/user/U\\040盘 vfat rw 0 0
//server/share /mnt/share cifs rw 0 0
server:/x /mnt/nfs nfs4 rw 0 0
""".replace("盘", "\\347\\233\\230")


@pytest.mark.parametrize(
    ("path", "kind", "fat"),
    [
        ("/home/wm/office.db", None, False),
        ("/media/user/U 盘/office.db", Caution.REMOVABLE, True),
        ("/mnt/share/a/office.db", Caution.NETWORK, False),
        ("/mnt/nfs/office.db", Caution.NETWORK, False),
        ("/mnt/nfsx/office.db", None, False),
    ],
)
def test_disks_on_linux(path: str, kind: Caution | None, fat: bool) -> None:
    found = places.linux_disk(Path(path), MOUNTS, lambda device: device == "/dev/sdb1")
    assert found.kind is kind
    assert found.fat is fat


@pytest.mark.parametrize(
    ("kind", "caution"),
    [(2, Caution.REMOVABLE), (3, None), (4, Caution.NETWORK), (5, Caution.REMOVABLE), (6, None)],
)
def test_drives_on_windows(kind: int, caution: Caution | None) -> None:
    assert places.windows_kind(kind) is caution


@pytest.mark.parametrize(
    "folder", ["OneDrive - 单位", "坚果云", "我的坚果云/台账", "Dropbox", "WPS云盘"]
)
def test_folders_that_go_to_the_net(folder: str, tmp_path: Path) -> None:
    assert places.in_cloud(tmp_path / folder / "office.db", {})
    assert not places.in_cloud(tmp_path / "台账" / "office.db", {})


def test_a_folder_named_by_the_system_or_marked_goes_to_the_net(tmp_path: Path) -> None:
    assert places.in_cloud(tmp_path / "a" / "x.db", {"OneDriveCommercial": str(tmp_path / "a")})
    (tmp_path / ".stfolder").mkdir()
    assert places.in_cloud(tmp_path / "b" / "x.db", {})


def test_an_unpacking_program_s_folder_is_temporary(tmp_path: Path) -> None:
    assert Caution.TEMPORARY in places.cautions(tmp_path / "office.db")
    assert places.is_temporary(Path("/home/x/Rar$DIa0.123/office.db"), "/tmp")
    assert not places.is_temporary(Path("/home/x/office.db"), "/tmp")


def test_a_full_disk_is_seen_before_the_file_is_opened(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = office.path
    office.close()
    monkeypatch.setattr(places, "LEAST_FREE", 1 << 60)
    before = path.read_bytes()
    with pytest.raises(StorageFault) as caught:
        sit_down(path)
    assert caught.value.code == "no_room"
    assert int(caught.value.facts["wanted"]) > int(caught.value.facts["free"])
    assert path.read_bytes() == before


def test_the_second_program_is_told_who_has_the_file(office: Office) -> None:
    path = office.path
    with pytest.raises(StorageFault) as caught:
        sit_down(path, 2)
    assert caught.value.code == "locked_by"
    assert caught.value.facts["name"] == "王敏"
    assert caught.value.facts["pc"]
    lockinfo.note_path(path).unlink()
    with pytest.raises(StorageFault) as caught:
        sit_down(path, 2)
    assert caught.value.code == "locked"
    office.close()
    sit_down(path, 2).close()
    assert not lockinfo.note_path(path).exists()


def test_a_stale_note_locks_nobody_out(office: Office) -> None:
    path = office.path
    office.close()
    lockinfo.leave_note(path, "王敏")
    sit_down(path, 2).close()
