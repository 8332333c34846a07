"""Backups of the office (备份): where they go, when one is due, the second medium, the drill."""

import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from db import backup, connect, files, keys, moment, restore
from db.backup import BackupSet as BackupSet  # held by the window, which does not know db
from db.backup import Drawn as Drawn
from db.backup import Note
from db.errors import StorageFault
from db.ledger import EventDraft
from db.queries import keeping as queries
from desktop import __version__
from desktop.rules import backups as rules
from desktop.rules.backups import Reason
from desktop.rules.faults import fault, refuse_if
from desktop.usecases import places
from desktop.usecases.beforehand import PLACE, place_of
from desktop.usecases.office import Acting, Done, Office, keep_event, keep_setting
from frozen import dataclass

#: Keys of the office's settings: the second medium, and whether a redo journal is kept ("1").
SECOND, JOURNAL = "backup.second", "backup.journal"


class Where(StrEnum):
    """Where a backup lies."""

    OWN = "own"  # 本机
    SECOND = "second"  # 第二个盘


@dataclass(frozen=True, slots=True)
class BackupLine:
    """A backup in the list (备份): what it is, where it lies, whether all of it is there."""

    made: BackupSet
    where: Where
    complete: bool

    @property
    def key(self) -> str:
        """Return what names it."""
        return str(self.made.folder)

    @property
    def at(self) -> datetime:
        """Return when it was made."""
        return self.made.note.made

    @property
    def reason(self) -> Reason:
        """Return why it was made."""
        known = {r.value for r in Reason}
        return Reason(self.made.note.reason) if self.made.note.reason in known else Reason.HAND


@dataclass(frozen=True, slots=True)
class BackupsSeen:
    """The page 备份与恢复: the folders, how they stand, and every backup there is."""

    place: Path
    chosen: str  # the folder chosen for it, empty: beside the office file
    second: Path | None
    second_there: bool
    same_disk: bool  # the second medium is the disk of the office file
    journal: bool
    last_second: datetime | None
    last_drill: datetime | None
    drill_due: bool
    changed: bool
    lines: tuple[BackupLine, ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """What going back to a backup would lose: events and records by number, nobody's name."""

    same_history: bool
    events: int
    first: datetime | None
    last: datetime | None
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drilled:
    """What a drill (恢复演练) found: which backup, how long it took, how much is in it."""

    made: BackupSet
    seconds: float
    events: int


# ---- where -------------------------------------------------------------------------------------


def place(office: Office) -> Path:
    """Return where this office's backups go."""
    return place_of(office.path, office.setting(PLACE))


def second_place(office: Office) -> Path | None:
    """Return where backups on the second medium go, or None if none was chosen."""
    chosen = office.setting(SECOND)
    return place_of(office.path, chosen) if chosen else None


def journal_wanted(office: Office) -> bool:
    """Say whether a redo journal is kept on the second medium."""
    return office.setting(JOURNAL) == "1"


def choose_places(
    office: Office, folder: str, second: str, journal: bool, acting: Acting
) -> Done[None]:
    """Choose the folders of backups; empty texts: beside the office file, and none.

    Raises:
        Faults: a folder is missing or read-only; a journal without a second medium.
        NotPermitted: ``not_your_role``.
    """
    refuse_if(
        [
            *(
                fault(field, "folder_missing" if not Path(one).is_dir() else "folder_read_only")
                for field, one in (("place", folder), ("second", second))
                if one and not (Path(one).is_dir() and places.is_writable(Path(one)))
            ),
            fault("second", "required") if journal and not second else None,
        ]
    )
    event = EventDraft("office.setting", "profile", 1, "备份位置")
    wanted = {PLACE: folder, SECOND: second, JOURNAL: "1" if journal else ""}
    with office.ledger.action(event, acting.actor()) as action:
        for key, value in wanted.items():
            if office.setting(key) != value:
                keep_setting(action, office.db, key, value)
    return Done(None, event.seq)


# ---- making ------------------------------------------------------------------------------------


def changed(office: Office) -> bool:
    """Say whether something was done since the newest backup on this PC."""
    newest = next(iter(backup.sets(place(office))), None)
    if newest is None:
        return True
    at = newest.head
    if not queries.has_event(office.db, at.seq, at.hash, at.at):
        return True
    return queries.changed_since(office.db, at.seq)


def draw(
    office: Office,
    reason: Reason,
    at: datetime,
    stopped: Callable[[], bool] | None = None,
) -> Drawn:
    """Write a backup of the open file; it counts only after ``finish``.

    Args:
        office: the open office.
        reason: why.
        at: when.
        stopped: asked all the while; the drawing is given up when it says so.

    Raises:
        StorageFault: the place has no room, can not be written, or the drawing was interrupted.
    """
    note = Note(at.replace(microsecond=0), reason.value, __version__)
    return backup.draw(office.db, office.path, place(office), note, stopped)


@dataclass(frozen=True, slots=True)
class Begun:
    """A backup of the file as it stands at a moment, to be written beside the work."""

    drawn: Drawn
    held: moment.Held
    key: bytes


def begin(office: Office, reason: Reason, at: datetime) -> Begun | None:
    """Begin a backup that is written beside the work; None if the file can not be held now.

    ``let_go`` ends the holding, and so does closing the office.

    Raises:
        StorageFault: the place has no room or can not be written.
    """
    held = moment.hold(office.db, alone=True)  # its keys are those of now
    if held is None:
        return None
    note = Note(at.replace(microsecond=0), reason.value, __version__)
    try:
        drawn = backup.begin(office.db, office.path, place(office), note)
    except BaseException:
        moment.let_go(office.db, held)
        raise
    return Begun(drawn, held, office.session.keys.data)


def write_beside(
    begun: Begun, stopper: Callable[[Callable[[], None]], None] | None = None
) -> Drawn:
    """Write a backup that was begun, on whatever thread; ``stopper``: see ``moment.beside``.

    Raises:
        StorageFault: see ``draw``.
    """
    return backup.write_beside(begun.held, begun.key, begun.drawn, stopper)


def let_go(office: Office, begun: Begun) -> None:
    """Let the file go on: the backup is written, or given up."""
    moment.let_go(office.db, begun.held)


def is_due(office: Office, now: datetime) -> bool:
    """Say whether an hour went by since the newest backup and something was done."""
    newest = next(iter(backup.sets(place(office))), None)
    if newest is not None and abs(now - newest.note.made) < rules.EVERY:
        return False
    return changed(office)


def finish(drawn: Drawn, key: bytes, step: files.Step = files.quiet) -> BackupSet:
    """Reopen and check what was drawn, then remove backups whose time is over; on any thread.

    Raises:
        StorageFault: ``backup_bad``, ``backup_place``.
    """
    made = backup.finish(drawn, key, step)
    if drawn.note.reason != Reason.RESTORE:  # the one that is gone back to must not go now
        prune(made.folder.parent)
    return made


def make(office: Office, reason: Reason, at: datetime, step: files.Step = files.quiet) -> BackupSet:
    """Make a backup in one go.

    Raises:
        StorageFault: it could not be made.
    """
    return finish(draw(office, reason, at), office.session.keys.data, step)


def prune(folder: Path) -> None:
    """Remove the backups of a place whose time is over."""
    found = backup.sets(folder)
    points = [one.note.made for one in found if one.note.reason in rules.POINTS]
    stay = rules.kept((one.note.made for one in found), points)
    for one in found:
        if one.note.made not in stay:
            backup.remove(one)


# ---- the second medium -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Carry:
    """A backup on its way to the second medium: drawn just now, or one that is there already."""

    drawn: Drawn | BackupSet
    target: Path


def carry(office: Office, at: datetime) -> Carry:
    """Begin a backup to the second medium: the only part that needs the connection.

    Raises:
        StorageFault: ``no_second`` – none was chosen; ``second_away``; see ``draw``.
    """
    target = second_place(office)
    if target is None:
        raise StorageFault("no_second")
    if not target.parent.is_dir():
        raise StorageFault("second_away", str(target.parent))
    newest = next(iter(backup.sets(place(office))), None)
    if newest is not None and newest.head == backup.head(office.db) and backup.complete(newest):
        return Carry(newest, target)
    return Carry(draw(office, Reason.SECOND, at), target)


def carried(carry: Carry, key: bytes, step: files.Step = files.quiet) -> BackupSet:
    """Check the backup, copy it to the second medium and read it back there; on any thread.

    Raises:
        StorageFault: ``fat_limit``, ``backup_full``, ``backup_place``, ``backup_bad``.
    """
    made = carry.drawn if isinstance(carry.drawn, BackupSet) else finish(carry.drawn, key, step)
    there = backup.copy_set(made, carry.target, places.disk(carry.target).fat, step)
    prune(carry.target)
    return there


def note_second(office: Office, there: BackupSet, acting: Acting) -> Done[None]:
    """Keep in the log that a backup lies on the second medium (已备份到第二个盘)."""
    said = f"第二个盘 {there.note.made.isoformat(' ', 'minutes')}"
    event = EventDraft("backup.make", "profile", 1, said)
    return keep_event(office, event, acting)


# ---- seeing ------------------------------------------------------------------------------------


def look(office: Office, now: datetime) -> BackupsSeen:
    """Return what the page 备份与恢复 shows."""
    own, second = place(office), second_place(office)
    lines = [BackupLine(one, Where.OWN, backup.complete(one)) for one in backup.sets(own)]
    if second is not None:
        lines += [
            BackupLine(one, Where.SECOND, backup.complete(one)) for one in backup.sets(second)
        ]
    lines.sort(key=lambda line: (line.at, line.made.head.seq, line.where), reverse=True)
    copied = queries.last_of(office.db, "backup.make")
    drilled = queries.last_of(office.db, "backup.drill")
    begun = queries.first_time(office.db) or now
    return BackupsSeen(
        own,
        office.setting(PLACE),
        second.parent if second else None,
        second is not None and second.parent.is_dir(),
        second is not None and _same_disk(office.path, second.parent),
        journal_wanted(office),
        copied.at if copied else None,
        drilled.at if drilled else None,
        rules.drill_due(drilled.at if drilled else None, begun, now),
        changed(office),
        tuple(lines),
    )


def _same_disk(path: Path, folder: Path) -> bool:
    try:
        return path.stat().st_dev == folder.stat().st_dev
    except OSError:
        return False


def found_at(folder: Path) -> BackupSet | None:
    """Return the backup in a folder, or the newest one in a folder of backups."""
    here = [one for one in backup.sets(folder.parent) if one.folder == folder]
    inside = [
        one for place in (folder, *sorted(folder.glob("*.backups"))) for one in backup.sets(place)
    ]
    return next(iter([*here, *sorted(inside, key=lambda one: one.note.made, reverse=True)]), None)


def loss(office: Office, made: BackupSet) -> Loss:
    """Return what would be lost by going back to a backup."""
    at = made.head
    same = queries.has_event(office.db, at.seq, at.hash, at.at)
    since = at.seq if same else 0
    span = queries.span_after(office.db, since)
    numbers = tuple(one.number for one in queries.concerned_after(office.db, since))
    return Loss(same, span.count, span.first, span.last, numbers)


# ---- the drill ---------------------------------------------------------------------------------


def newest(office: Office) -> BackupSet:
    """Return the newest backup there is.

    Raises:
        StorageFault: ``no_backup``.
    """
    found = backup.sets(place(office))
    second = second_place(office)
    if second is not None:
        found += backup.sets(second)
    if not found:
        raise StorageFault("no_backup", str(place(office)))
    return max(found, key=lambda one: (one.note.made, one.head.seq))


def drill(made: BackupSet, key: bytes, step: files.Step = files.quiet) -> Drilled:
    """Restore a backup into a folder of its own, open it, check it; on any thread.

    Raises:
        StorageFault: ``backup_bad`` – it could not have been restored.
    """
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="drill-", dir=made.folder.parent.parent) as folder:
        path = Path(folder) / made.office
        restore.restore(path, made, key, made.note.made, step)
        keys.read_ring(path)
        db = connect.open_office(path, key)
        try:
            if db.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise StorageFault("backup_bad", str(made.folder))
            events = int(db.execute("SELECT count(*) FROM event").fetchone()[0])
        finally:
            db.close()
    return Drilled(made, time.perf_counter() - begun, events)


def note_drill(office: Office, drilled: Drilled, acting: Acting) -> Done[None]:
    """Keep in the log that a drill went well (恢复演练), how long it took."""
    said = f"{drilled.made.note.made.isoformat(' ', 'minutes')}，{drilled.seconds:.1f} 秒"
    event = EventDraft("backup.drill", "profile", 1, said)
    return keep_event(office, event, acting)
