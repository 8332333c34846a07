"""Going back to a backup (恢复): the file is closed, moved aside and replaced, and the log says so."""

from dataclasses import dataclass
from pathlib import Path

from db import backup, connect, files, journal, keys, restore
from db.backup import BackupSet
from db.driver import Database, sqlite
from db.errors import StorageFault
from db.journal import Replayed
from db.keys import KeyRing
from db.ledger import EventDraft, Ledger, Signer
from db.queries import clocks
from db.queries import office as queries
from desktop.rules import typed
from desktop.rules.faults import NotPermitted, refuse_if
from desktop.usecases import places
from desktop.usecases.office import Acting
from desktop.usecases.session import Session


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restoring gave: the last event of the backup, what the journal added."""

    event: int
    replayed: Replayed | None


def restore_office(
    path: Path,
    session: Session,
    made: BackupSet,
    reason: str,
    acting: Acting,
    journals: Path | None = None,
    step: files.Step = files.quiet,
) -> Restored:
    """Put a backup in the place of an office file that is closed, gone or spoilt.

    The users' passwords are those of the day of the backup, but for the one who restores.

    Args:
        path: the office file.
        session: who restores; 管理员 now.
        made: the backup.
        reason: why, for the log.
        acting: who and when.
        journals: a place of backups whose redo journals are added, or None.
        step: told (done, total) in bytes of each file.

    Raises:
        Faults: no reason.
        NotPermitted: ``not_your_role``.
        StorageFault: ``backup_bad``, ``unknown_user``, ``locked`` – nothing was touched then.
    """
    refuse_if([typed.check_text("reason", reason, required=True)])
    if not session.may("backup.restore"):
        raise NotPermitted("not_your_role", action="backup.restore")
    signer = _signer(made, session)
    _require_closed(path, session.keys.data)
    places.require_room(path)
    ring = _ring(path)
    restore.restore(path, made, session.keys.data, acting.at, step)
    _keep_slot(path, ring, session.clerk)
    db = connect.open_office(path, session.keys.data)
    ledger = Ledger(db, signer)
    try:
        added = _replay(db, journals, path, session.keys.data)
        said = f"{made.note.made.isoformat(' ', 'minutes')} 的备份，第 {made.head.seq} 号操作"
        if added is not None:
            said += f"，续写日志补到第 {added.last} 号"
            restore.restore_blobs(journals or path, path)
        event = EventDraft("backup.restore", "profile", 1, said, typed.clean(reason))
        with ledger.action(event, acting.actor()):
            pass
    finally:
        ledger.close()
    return Restored(made.head.seq, added)


def _signer(made: BackupSet, session: Session) -> Signer:
    """Find the user in the backup; he could not open it otherwise."""
    try:
        db = backup.look(made.file, session.keys.data)
    except (sqlite.Error, OSError) as error:
        raise StorageFault("backup_bad", str(made.folder)) from error
    try:
        row = queries.clerk_key(db, session.clerk, session.keys.public)
    except sqlite.Error as error:
        raise StorageFault("backup_bad", str(made.folder)) from error
    finally:
        db.close()
    if row is None:
        raise StorageFault("unknown_user", str(made.folder))
    return Signer(session.clerk, row, session.keys.signing)


def _require_closed(path: Path, key: bytes) -> None:
    """Refuse while another program has the file open; a spoilt or missing one is no hindrance."""
    if not path.exists():
        return
    try:
        connect.connect(path, key).close()
    except sqlite.Error as error:
        if "locked" in str(error):
            raise StorageFault("locked", str(path)) from error


def _ring(path: Path) -> KeyRing | None:
    try:
        return keys.read_ring(path)
    except StorageFault:
        return None


def _keep_slot(path: Path, before: KeyRing | None, clerk: int) -> None:
    """The one who restores keeps his password of today."""
    now = keys.read_ring(path)
    slot = before.slot(clerk) if before is not None and before.office == now.office else None
    if slot is not None:
        keys.write_ring(path, now.having(slot))


def _replay(db: Database, place: Path | None, path: Path, key: bytes) -> Replayed | None:
    if place is None:
        return None
    clocks.forget(db)  # the journal has the rows, not what is derived from them
    return journal.replay(db, place, key, keys.read_ring(path).office)
