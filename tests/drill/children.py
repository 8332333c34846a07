"""Processes that the drill starts and kills: they write real actions and say each that was done."""

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from db import connect
from db.driver import Database, Migrations
from desktop.rules.backups import Reason
from desktop.rules.complaints import ComplaintDraft, Identity, PersonTyped, Ruling
from desktop.rules.rulebook import System
from desktop.usecases import backups, complaints, keeping, people, restores, transfers
from desktop.usecases.complaints import DecisionDraft
from desktop.usecases.office import Acting, Office
from desktop.usecases.transfers import TransferDraft
from tests.drill.offices import NOW, UNITS, add_unit, make_office, sit_down

#: A child is this process once more, with everything already imported; Windows has to begin anew.
CONTEXT: Any = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")

Say = Callable[[object], None]


@contextmanager
def child(job: Callable[..., None], *arguments: object) -> Iterator[tuple[Any, Connection]]:
    """Run a job in a process of its own; it is killed at the end, whatever it does."""
    here, there = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=job, args=(there, *arguments), daemon=True)
    process.start()
    there.close()
    try:
        yield process, here
    finally:
        process.kill()
        process.join()
        here.close()


def heard(pipe: Connection) -> Iterator[Any]:
    """Yield what a child still said before it was killed."""
    while True:
        try:
            if not pipe.poll(0):
                return
            yield pipe.recv()
        except (EOFError, OSError):
            return


def warm() -> None:
    """Read once what every child would read anew: templates, rulebooks, fonts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "office.db"
        make_office(path).close()
        office = sit_down(path)
        for _n in islice(work(office, lambda _event: None), 8):
            pass
        office.close()


# ---- what a clerk does -------------------------------------------------------------------------


def complaint_draft(
    office: Office, subject: str, name: str = "钱多多", **change: Any
) -> ComplaintDraft:
    """Return a complaint as typed."""
    book = office.book(System.COMPLAINTS)
    assert book is not None
    values: dict[str, Any] = {
        "channel": book.channels[0].id,
        "received": date(2026, 11, 16),
        "identity": Identity.REAL_NAME,
        "complainants": (PersonTyped(name, "13800001111", "文华路 12 号"),),
        "accused_unit": 1,
        "accused_person": "张喆",
        "grounds": tuple(g.id for g in book.grounds[:1]),
        "subject": subject,
        "text": f"我叫{name}，电话13800001111。该局未按规定公开职权目录。",
        "demands": "公开职权目录",
    }
    return ComplaintDraft(**{**values, **change})


def transfer(office: Office, number: int, acting: Acting) -> None:
    """Let the leader decide and write the letter of transfer."""
    decision = DecisionDraft("周局", acting.today, Ruling.TRANSFER, "同意", 2, "")
    complaints.decide(office, number, decision, acting)
    letter = TransferDraft(
        "反映该局未按规定公开职权目录。", "公开职权目录", date(2026, 12, 4), acting.today
    )
    transfers.transfer(office, number, letter, acting)


def work(office: Office, say: Say, begun: datetime = NOW) -> Iterator[int]:
    """Do one thing after another; say the event of each as soon as it is done."""
    folder = office.path.parent / "incoming"
    folder.mkdir(exist_ok=True)
    n = int(office.db.execute("SELECT count(*) FROM event").fetchone()[0])
    while True:
        n += 1
        acting = Acting(1, "王敏", begun + timedelta(seconds=n))
        label = f"第{n}件"
        files: tuple[str, ...] = ()
        if n % 5 == 0:
            file = folder / f"{n}.txt"
            file.write_bytes(f"附件 {n}".encode() * 50)
            files = (str(file),)
        draft = complaint_draft(office, label, attachments=files)
        done = complaints.register_complaint(office, draft, acting)
        say((done.event, "complaint", done.value))
        if n % 7 == 0:
            transfer(office, done.value, acting)
            last = int(office.db.execute("SELECT max(seq) FROM event").fetchone()[0])
            say((last, "complaint", done.value))
        named = people.save_unit(office, None, f"{UNITS[0]}{n}", people.UNIT_KINDS[0], acting)
        say((named.event, "unit", named.value))
        yield n


def write(pipe: Connection, path: Path) -> None:
    """Write until killed."""
    office = sit_down(path)
    for _n in work(office, pipe.send):
        pass


def write_with_journal(pipe: Connection, path: Path) -> None:
    """Write until killed, with the redo journal on the second medium."""
    office = sit_down(path)
    keeping.begin(office, date(2026, 11, 1))
    at = last_time(office)
    carry = backups.carry(office, at)
    there = backups.carried(carry, office.session.keys.data)
    backups.note_second(office, there, Acting(1, "王敏", at))
    keeping.begin_journal(office, there)
    for _n in work(office, pipe.send, at):
        pass


def last_time(office: Office) -> datetime:
    """Return when the last event was written."""
    found = office.db.execute("SELECT max(at) FROM event").fetchone()
    return datetime.fromisoformat(found[0])


def write_and_back_up(pipe: Connection, path: Path, every: int) -> None:
    """Write until killed, and say of each backup where it lies."""
    office = sit_down(path)
    for n in work(office, lambda _event: None):
        if n % every == 0:
            made = backups.make(office, Reason.HAND, NOW + timedelta(hours=n))
            pipe.send((str(made.folder), made.head.seq))


def back_up_and_go_back(pipe: Connection, path: Path) -> None:
    """Do something, back it up, do more, go back to the backup: over and over."""
    n = 0
    while True:
        office = sit_down(path)
        n += 1
        at = last_time(office) + timedelta(seconds=10)
        add_unit(office, f"{at}", at)
        made = backups.make(office, Reason.HAND, at)
        add_unit(office, f"{at} 后", at)
        who = office.session
        office.close()
        restores.restore_office(path, who, made, "演练", Acting(1, "王敏", at))
        pipe.send(n)


def hold(pipe: Connection, path: Path) -> None:
    """Open an office and keep it open."""
    office = sit_down(path)
    pipe.send(office.path.name)
    CONTEXT.Event().wait()


def migrate(pipe: Connection, path: Path, key: bytes) -> None:
    """Bring an old file to the newest shape and beyond."""
    pipe.send("begun")
    connect.open_office(path, key, with_rebuild()).close()
    pipe.send("done")


def with_rebuild() -> Migrations:
    """Return the program's migrations with one more behind them that rebuilds a full table."""
    from db import migrations

    office = Migrations("office")
    modules = [m for name, m in sorted(vars(migrations).items()) if name.startswith("m0")]
    for module in modules:
        module.register(office)

    @office()
    def m9999_rebuild(db: Database) -> None:
        kept = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'unit_name'").fetchone()[0]
        old = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'unit'").fetchone()[0]
        columns = ", ".join(f'"{c.name}"' for c in db.table("unit").columns)
        db.execute(
            old.replace("CREATE TABLE unit", "CREATE TABLE unit_new").replace(
                'CREATE TABLE "unit"', 'CREATE TABLE "unit_new"'
            )
        )
        db.execute(f"INSERT INTO unit_new ({columns}) SELECT {columns} FROM unit")
        db.execute("DROP TABLE unit")
        db.execute("ALTER TABLE unit_new RENAME TO unit")
        db.execute("ALTER TABLE unit ADD COLUMN rebuilt INTEGER NOT NULL DEFAULT 1")
        db.execute(kept)

    return office


def fill_the_disk(pipe: Connection, path: Path, key: bytes, limit: int) -> None:
    """Write until the disk is full, or until a file may grow no further; then go on reading."""
    from db.errors import StorageFault
    from db.ledger import Actor, EventDraft, Ledger

    if limit:
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    ledger = Ledger(connect.open_office(path, key))
    count = 0
    try:
        while True:
            event = EventDraft("unit.save", "unit", label=str(count))
            with ledger.action(event, Actor(1, "王敏", NOW)) as action:
                action.insert("unit", name=f"{count} " + "满" * 20_000, kind="行政机关")
            count += 1
            pipe.send(event.seq)
    except StorageFault as fault:
        seen = ledger.db.execute("SELECT count(*) FROM unit").fetchone()[0]
        pipe.send((fault.code, count, int(seen)))
    CONTEXT.Event().wait()
