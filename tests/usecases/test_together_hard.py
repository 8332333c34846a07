"""What waits for the search index outlives full disks, killed programs and destroyed ones."""

import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from db import keys, moment, search
from db.errors import StorageFault
from desktop.usecases import backups, derived, keeping, places, restores
from desktop.usecases.office import take_back
from tests.drill.children import child
from tests.drill.sound import unsound
from tests.drill.storage import small_disk
from tests.usecases import desk as tests_desk
from tests.usecases.desk import ACTING, Desk, Make, copy_office, office_session
from tests.usecases.test_together import in_index
from tests.usecases.test_together_scan import bring, correct, finds, waiting

MANY = 1_500


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "TOGETHER", 10)
    monkeypatch.setattr(search, "PORTION", 60)


def every(desk: Desk) -> set[int]:
    return {row[0] for row in desk.office.db.execute("SELECT id FROM complaint").fetchall()}


def left(desk: Desk) -> set[int]:
    return {n for a, b in search.waiting(desk.office.db) for n in range(a, b + 1)}


@pytest.fixture(name="small")
def _small_office(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """An office on a small disk, which may be filled to its last page."""
    monkeypatch.setattr(places, "LEAST_FREE", 0)
    reopen(desk)  # nothing is left in its log file
    with small_disk(tmp_path, "small", 64) as disk:
        if disk is None:
            pytest.skip("this user may make no disk")
        copy_office(desk.office.path, disk / "office.db")
        there = tests_desk.sit_down(disk / "office.db")
        bring(there, tmp_path, "办信", MANY)
        yield there
        there.office.close()


def reopen(desk: Desk) -> None:
    path = desk.office.path
    desk.office.close()
    desk.office = tests_desk.sit_down(path).office


def fill(disk: Path) -> Path:
    """Leave no room on a disk; return the file that has taken it."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as stream, suppress(OSError):
        while stream.write(bytes(4096)):
            pass
    return ballast


def go_on(desk: Desk) -> str:
    """Index as far as it goes; return what stopped it."""
    with suppress(StorageFault):
        while derived.index_more(desk.office):
            pass
        return ""
    with pytest.raises(StorageFault) as stopped:
        derived.index_more(desk.office)
    return stopped.value.code


def test_on_a_full_disk_it_stops_and_goes_on_when_there_is_room(small: Desk) -> None:
    derived.index_more(small.office)
    reopen(small)  # the log file, in which there is room from the import, begins anew
    ballast = fill(small.office.path.parent)
    assert go_on(small) == "full"
    stuck = left(small)
    assert in_index(small) == every(small) - stuck
    finds(small)
    ballast.unlink()
    one = small.register(subject="腾出地方以后不公開")
    assert derived.index_more(small.office)
    assert one in in_index(small)
    assert left(small) < stuck
    assert go_on(small) == ""
    assert in_index(small) == every(small)
    finds(small)
    assert unsound(small.office.db) == []


def test_an_office_on_a_full_disk_is_closed_and_opened_again_as_it_was(small: Desk) -> None:
    """While somebody reads it the office file does not grow; then there is no room for that."""
    assert moment.hold(small.office.db) is not None
    for _n in range(5):
        derived.index_more(small.office)
    now = left(small)
    ballast = fill(small.office.path.parent)
    small.office.close()
    ballast.unlink()
    small.office = tests_desk.sit_down(small.office.path).office
    assert left(small) == now
    assert go_on(small) == ""
    assert in_index(small) == every(small)
    finds(small)
    assert unsound(small.office.db) == []


def test_the_last_of_a_disk_is_for_the_clerks_work(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(desk, tmp_path, "办信", 100)
    before = left(desk)
    with monkeypatch.context() as nearly:
        nearly.setattr(places, "LEAST_FREE", 1 << 60)
        with pytest.raises(StorageFault) as full:
            derived.index_more(desk.office)
        assert full.value.code == "no_room"
        assert left(desk) == before
        one = desk.register()
        assert in_index(desk) == {one}
    assert derived.index_more(desk.office)
    assert left(desk) < before


def index_on(pipe: Connection, path: Path) -> None:
    """Index until killed; say after each portion how many are left."""
    desk = tests_desk.sit_down(path)
    while derived.index_more(desk.office):
        pipe.send(len(left(desk)))
    pipe.send(0)
    pipe.recv()


def test_killed_again_and_again_it_goes_on_where_it_was(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, "办信", MANY)
    path = desk.office.path
    desk.office.close()
    kills, last = 0, MANY
    while last:
        with child(index_on, path) as (process, pipe):
            assert pipe.poll(60)
            told = pipe.recv()
            time.sleep(0.004 * kills)  # each at another moment
            process.kill()
            process.join()
        kills += 1
        again = tests_desk.sit_down(path)
        now = len(left(again))
        assert now <= told
        assert in_index(again) == every(again) - left(again)
        if kills % 4 == 1 or not now:
            finds(again)
        assert unsound(again.office.db) == []
        again.office.close()
        last = now
    assert kills > 3
    desk.office = tests_desk.sit_down(path).office


def test_restored_from_a_backup_and_the_journal_it_is_whole(desk_of: Make, tmp_path: Path) -> None:
    desk = desk_of()
    office, path = desk.office, desk.office.path
    usb = tmp_path / "usb"
    usb.mkdir()
    bring(desk, tmp_path, "办信", 100)
    derived.index_more(office)
    backups.choose_places(office, "", str(usb), True, ACTING)
    there = backups.carried(backups.carry(office, ACTING.at), office.session.keys.data)
    backups.note_second(office, there, ACTING)
    keeping.begin_journal(office, there)
    derived.index_more(office)
    done = bring(desk, tmp_path, "来电", 100)
    bring(desk, tmp_path, "来访", 100)
    correct(desk, waiting(desk)[0], subject="更正以后的驴")
    take_back(office, done.event, ACTING)
    before = every(desk)
    office.close()
    for place in (usb / f"{path.stem}.backups", None):
        for file in (path, keys.key_path(path), keys.spare_path(path)):
            file.unlink()
        who = office_session(there.file)
        restores.restore_office(path, who, there, "硬盘坏了", ACTING, place)
        desk.office = tests_desk.sit_down(path).office
        finds(desk)
        assert in_index(desk) == every(desk) - left(desk)
        assert (every(desk) == before) is (place is not None)
        assert bool(left(desk)) is (place is None)  # what the journal brought is indexed anew
        while derived.index_more(desk.office):
            pass
        assert in_index(desk) == every(desk)
        finds(desk)
        desk.office.close()
    desk.office = tests_desk.sit_down(path).office
