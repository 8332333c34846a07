"""Killed in the midst of writing and of migrating: nothing acknowledged may be lost."""

import random
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

from db import backup, connect, keys
from db.driver import Database, Migrations
from db.migrations import m0001_first_office, m0002_letter_book
from tests.drill import children
from tests.drill.children import child, heard
from tests.drill.offices import make_office, session, sit_down
from tests.drill.result import Result
from tests.drill.sound import lost_attachments, unsound

#: A fresh office after so many kills, so that checking it all does not grow without end.
PER_OFFICE = 100
#: The part of the kills that does not wait for the first event.
EARLY = 0.2


@dataclass
class Tally:
    """Kills, and what was wrong after any of them."""

    tried: int = 0
    acknowledged: int = 0
    faults: list[str] = field(default_factory=list)


def killed_while_writing(folder: Path, count: int, dice: random.Random) -> Result:
    """Kill a writing program again and again on the same office file."""
    tally = Tally()
    bad = 0
    path = folder / "none.db"
    for n in range(count):
        if n % PER_OFFICE == 0:
            path = folder / f"kills{n}" / "office.db"
            path.parent.mkdir()
            make_office(path).close()
        early = dice.random() < EARLY  # while it still opens the file that was killed before
        said = _one_kill(path, dice.uniform(0.0, 0.25), early=early)
        tally.tried += 1
        tally.acknowledged += len(said)
        found = _lost(path, said) if said or early else ["the child said nothing"]
        bad += bool(found)
        tally.faults += found
    what = (
        f"kill -9 while writing: {tally.acknowledged} acknowledged events, each present after "
        f"reopening; quick_check, chain, rows and attachments sound"
    )
    return Result("kill_writing", tally.tried, tally.tried - bad, _with(what, tally.faults))


def _with(what: str, faults: list[str]) -> str:
    return f"{what}; FAULTS: {'; '.join(sorted(set(faults))[:5])}" if faults else what


def _one_kill(path: Path, delay: float, *, early: bool) -> list[tuple[int, str, int]]:
    """Let a child write for a while, kill it, and return what it had acknowledged."""
    said = []
    with child(children.write, path) as (process, pipe):
        if not early and pipe.poll(60):
            said.append(pipe.recv())
        time.sleep(delay)
        process.kill()
        process.join()
        said += list(heard(pipe))
    return said


def _lost(path: Path, said: list[tuple[int, str, int]]) -> list[str]:
    """Reopen a file and name what is wrong with it."""
    db = connect.open_office(path, session(path).keys.data)
    try:
        found = unsound(db)
        for seq, table, row in said:
            if db.execute("SELECT 1 FROM event WHERE seq = ?", [seq]).fetchone() is None:
                found.append(f"event {seq} lost")
            if db.execute(f"SELECT 1 FROM {table} WHERE id = ?", [row]).fetchone() is None:
                found.append(f"{table} {row} lost")
        found += lost_attachments(db, path)
        return found
    finally:
        db.close()


def killed_while_restoring(folder: Path, count: int, dice: random.Random) -> Result:
    """Kill a program that backs up and goes back, over and over: the office opens, sound, each time."""
    path = folder / "office.db"
    make_office(path).close()
    key = session(path).keys.data
    restored, faults, bad = 0, [], 0
    for _n in range(count):
        with child(children.back_up_and_go_back, path) as (process, pipe):
            time.sleep(dice.uniform(0.05, 2.0))
            process.kill()
            process.join()
            restored += len(list(heard(pipe)))
        found = []
        office = sit_down(path)
        found += unsound(office.db)
        office.close()
        for made in backup.sets(path.with_suffix(".backups")):
            if not backup.unspoilt(made) or backup.check(made.file, key) != made.head:
                found.append(f"the backup {made.folder.name} counts and is not sound")
        bad += bool(found)
        faults += found
    what = f"kill -9 while backing up and going back; {restored} restorings came to their end"
    return Result("kill_restoring", count, count - bad, _with(what, faults))


# ---- migrations --------------------------------------------------------------------------------

KEY = bytes(range(32))
ROWS = 20_000


def killed_while_migrating(folder: Path, count: int, dice: random.Random) -> Result:
    """Kill a program that brings an old file to the newest shape: each step is done or not begun."""
    master = folder / "old.db"
    _old_office(master)
    began = time.perf_counter()
    trial = folder / "trial.db"
    shutil.copy(master, trial)
    connect.open_office(trial, KEY, children.with_rebuild()).close()
    whole = time.perf_counter() - began
    shapes = _shapes()
    faults, bad, before, after = [], 0, 0, 0
    for n in range(count):
        path = folder / f"migration{n}.db"
        shutil.copy(master, path)
        with child(children.migrate, path, KEY) as (process, pipe):
            pipe.recv()
            time.sleep(dice.uniform(0, whole))
            process.kill()
            process.join()
        found, applied = _half_done(path, shapes)
        before, after = before + (applied < len(shapes) - 1), after + (applied == len(shapes) - 1)
        bad += bool(found)
        faults += found
        for leftover in folder.glob(f"migration{n}.db*"):
            leftover.unlink()
    what = (
        f"kill -9 while migrating {ROWS} rows with a table rebuild: {before} before the last step, "
        f"{after} after it, none in between; all rows present, the migration ends when opened again"
    )
    return Result("kill_migrating", count, count - bad, _with(what, faults))


def _old_office(path: Path) -> None:
    old = Migrations("office")
    m0001_first_office.register(old)
    m0002_letter_book.register(old)
    db = connect.connect(path, KEY)
    db.execute(f"PRAGMA application_id = {connect.APPLICATION_ID}")
    old.apply(db)
    db.execute("BEGIN")
    db.conn.executemany(
        "INSERT INTO unit (id, rev, name, kind) VALUES (?, 1, ?, ?)",
        [(n, f"单位{n}", "行政机关" * 10) for n in range(1, ROWS + 1)],
    )
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    keys.write_ring(path, keys.new_ring())


def _tables(db: Database) -> dict[str, str]:
    found = db.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type IN ('table', 'index') AND sql IS NOT NULL "
        "AND name NOT LIKE '_sqlite_migrations%'"
    ).fetchall()
    return {str(name): str(sql) for name, sql in found}


def _shapes() -> list[dict[str, str]]:
    """The shape after each step, from none to all."""
    whole = children.with_rebuild()
    blank = Database(memory=True)
    names = [m.name for m in whole.pending(blank)]
    blank.close()
    shapes = []
    for stop in [*names, None]:
        db = Database(memory=True)
        children.with_rebuild().apply(db, stop_before=stop) if stop else whole.apply(db)
        shapes.append(_tables(db))
        db.close()
    return shapes


def _half_done(path: Path, shapes: list[dict[str, str]]) -> tuple[list[str], int]:
    db = connect.connect(path, KEY)
    found = []
    try:
        if db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            found.append("quick_check")
        applied = int(db.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0])
        if _tables(db) != shapes[applied]:
            found.append(f"shape between {applied} and {applied + 1} steps")
    finally:
        db.close()
    db = connect.open_office(path, KEY, children.with_rebuild())
    try:
        if _tables(db) != shapes[-1]:
            found.append("not brought to the end")
        count, total = db.execute("SELECT count(*), total(id) FROM unit").fetchone()
        if (count, total) != (ROWS, ROWS * (ROWS + 1) / 2):
            found.append("rows lost")
        backup.any_head(db)
    finally:
        db.close()
    return found, applied
