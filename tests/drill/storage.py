"""Backups while somebody writes, full disks, two programs, an office rebuilt from what is left."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db import backup, connect
from db.errors import StorageFault
from desktop.usecases import attachments, backups, restores
from desktop.usecases.office import Acting
from tests.drill import children
from tests.drill.children import child, heard
from tests.drill.offices import ACTING, NOW, add_unit, make_office, session, sit_down
from tests.drill.result import Result
from tests.drill.sound import lost_attachments, unsound

KEY = bytes(range(32))


def backups_reopened(folder: Path, count: int) -> Result:
    """Reopen every backup that a program makes while it writes, in another process."""
    path = folder / "office.db"
    make_office(path).close()
    key = session(path).keys.data
    good, faults = 0, []
    with child(children.write_and_back_up, path, 3) as (_process, pipe):
        for _n in range(count):
            if not pipe.poll(60):
                break
            made, seq = pipe.recv()
            found = _reopened(Path(made), key, seq)
            good += not found
            faults += found
    what = "each backup reopened by another process while the program went on writing"
    return Result("backups_reopened", count, good, "; ".join([what, *faults[:3]]))


def _reopened(folder: Path, key: bytes, seq: int) -> list[str]:
    made = next((one for one in backup.sets(folder.parent) if one.folder == folder), None)
    if made is None or not backup.unspoilt(made):
        return ["a set that is not as its manifest says"]
    if backup.check(made.file, key).seq != seq:
        return ["another last event than when it was made"]
    db = backup.look(made.file, key)
    try:
        return unsound(db)
    finally:
        db.close()


# ---- full disks --------------------------------------------------------------------------------


@contextmanager
def small_disk(folder: Path, name: str, megabytes: int) -> Iterator[Path | None]:
    """Give a disk of so many MB, or None where this user may make none."""
    where = folder / name
    where.mkdir()
    mount = shutil.which("mount")
    may = sys.platform.startswith("linux") and os.geteuid() == 0 and mount is not None
    size = f"size={megabytes}m"
    if (
        not may
        or subprocess.run(
            [str(mount), "-t", "tmpfs", "-o", size, "tmpfs", str(where)], capture_output=True
        ).returncode
    ):
        yield None
        return
    try:
        yield where
    finally:
        subprocess.run(["umount", "-l", str(where)], capture_output=True)


def disk_full(folder: Path) -> Result:
    """Fill the disk: an error in words, everything acknowledged still there, writing goes on."""
    faults: list[str] = []
    tried = 0
    with small_disk(folder, "small", 6) as disk:
        if disk is not None:
            tried += 1
            (disk / "ballast").write_bytes(bytes(1 << 20))
            faults += _fill(disk / "office.db", 0)
    if sys.platform != "win32":
        tried += 1
        faults += _fill(folder / "limited.db", 3 << 20)
    tried += 1
    faults += _no_room(folder)
    what = "disk full (small disk, limit of the file size, too little room at opening)"
    return Result("disk_full", tried, tried - min(len(faults), tried), "; ".join([what, *faults]))


def _fill(path: Path, limit: int) -> list[str]:
    connect.create_office(path, KEY)
    with child(children.fill_the_disk, path, KEY, limit) as (process, pipe):
        told: object = 0
        while not isinstance(told, tuple):
            if not pipe.poll(30):
                return ["the program hung on a full disk"]
            told = pipe.recv()
        code, count, seen = told
        process.kill()
        process.join()
    found = [] if code in ("full", "damaged") else [f"unknown words: {code}"]
    if not limit and code != "full":
        found.append(f"a full disk was called {code}")
    if seen != count:
        found.append("rows could not be read on the full disk")
    (path.parent / "ballast").unlink(missing_ok=True)
    db = connect.open_office(path, KEY)
    found += unsound(db)
    if db.execute("SELECT count(*) FROM unit").fetchone()[0] != count:
        found.append("acknowledged rows are lost")
    db.close()
    return found


def _no_room(folder: Path) -> list[str]:
    with small_disk(folder, "roomy", 40) as disk:
        if disk is None:
            return []
        path = folder / "roomy.db"
        make_office(path).close()
        for one in folder.glob("roomy.*"):
            if one.is_file():
                shutil.copy(one, disk)
        try:
            sit_down(disk / "roomy.db").close()
        except StorageFault as fault:
            return [] if fault.code == "no_room" else [f"too little room was called {fault.code}"]
        return ["opened on a disk without room"]


# ---- two programs ------------------------------------------------------------------------------


def two_programs(folder: Path) -> Result:
    """Open a file that another program has open: refused in time, by name; free after a kill."""
    path = folder / "office.db"
    make_office(path).close()
    faults = []
    with child(children.hold, path) as (process, pipe):
        pipe.poll(60)
        pipe.recv()
        began = time.perf_counter()
        try:
            sit_down(path, 2).close()
            faults.append("a second program got in")
        except StorageFault as fault:
            if fault.code != "locked_by" or fault.facts["name"] != "王敏":
                faults.append(f"not told who has it: {fault.code}")
        if time.perf_counter() - began > 5:
            faults.append("refused too late")
        process.kill()
        process.join()
    try:
        sit_down(path, 2).close()
    except StorageFault as fault:
        faults.append(f"still {fault.code} after the other program was killed")
    what = "two programs on one file: the second refused by name, let in after kill -9 of the first"
    return Result("two_programs", 2, 2 - min(len(faults), 2), "; ".join([what, *faults]))


# ---- rebuilding --------------------------------------------------------------------------------


def rebuilt(folder: Path, count: int, dice: random.Random) -> Result:
    """Kill, destroy everything on the first disk, rebuild from the second: nothing is missing."""
    good, events, faults = 0, 0, []
    for n in range(count):
        one = folder / f"rebuilt{n}"
        found, said = _destroy_and_rebuild(one, dice.uniform(0.3, 1.5), torn=n % 2 == 1)
        good += not found
        events += said
        faults += found
        shutil.rmtree(one)
    what = f"destroyed and rebuilt from backup and redo journal: {events} events written after it"
    return Result("rebuilt", count, good, "; ".join([what, *faults[:3]]))


def _destroy_and_rebuild(folder: Path, delay: float, torn: bool) -> tuple[list[str], int]:
    usb, pc = folder / "usb", folder / "pc"
    usb.mkdir(parents=True)
    pc.mkdir()
    path = pc / "office.db"
    office = make_office(path)
    backups.choose_places(office, "", str(usb), True, ACTING)
    office.close()
    with child(children.write_with_journal, path) as (process, pipe):
        pipe.poll(60)
        time.sleep(delay)
        process.kill()
        process.join()
        said = list(heard(pipe))
    shutil.rmtree(pc)
    pc.mkdir()
    place = usb / "office.backups"
    if torn:  # the stick was pulled out while the last event was being written
        journal = max((place / "journal").glob("*.redo"))
        with journal.open("rb+") as stream:
            stream.truncate(journal.stat().st_size - 7)
    made = backup.sets(place)[0]
    who = session(made.file)
    done = restores.restore_office(path, who, made, "硬盘坏了", Acting(1, "王敏", NOW), place)
    assert done.replayed is not None
    office = sit_down(path)
    try:
        found = unsound(office.db) + lost_attachments(office.db, path)
        events = {row[0] for row in office.db.execute("SELECT seq FROM event").fetchall()}
        written = [seq for seq, _table, _row in said]
        missing = [seq for seq in written if seq not in events]
        # A torn tail may cost the last event that was written, acknowledged or not.
        allowed = {max(written)} if torn and written else set()
        if set(missing) - allowed:
            found.append(f"{len(missing)} acknowledged events missing")
        for (row,) in office.db.execute("SELECT id FROM attachment").fetchall():
            if attachments.content(office, int(row)) is None:
                found.append("an attachment does not open")
        add_unit(office, "恢复以后的单位", NOW)
        return found, len(written)
    finally:
        office.close()
