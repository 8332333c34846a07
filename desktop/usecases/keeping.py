"""What keeps an open office file safe while it is used: the clock, the redo journal, their state."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from db import backup, keys
from db.journal import Journal
from db.ledger import EventDraft
from db.queries import keeping as queries
from desktop.rules import typed
from desktop.rules.backups import drill_due
from desktop.rules.clockguard import Suspicion
from desktop.rules.faults import refuse_if
from desktop.usecases import backups
from desktop.usecases.clockwatch import ClockWatch
from desktop.usecases.office import Acting, Done, Office, keep_event


class JournalState(StrEnum):
    """How the redo journal stands (续写日志)."""

    OFF = "off"
    ON = "on"
    AWAY = "away"  # 第二个盘不在，或者写不进去


@dataclass(frozen=True, slots=True)
class Watch:
    """What the window's frame says of safekeeping."""

    clock: Suspicion | None
    journal: JournalState
    second: Path | None  # the folder on the second medium
    copied_today: bool  # to the second medium
    drill_due: bool
    backup_due: bool


def begin(office: Office, built: date) -> None:
    """Watch the clock of this session, and go on with the redo journal, if there is one."""
    watch = ClockWatch(office.db, built)
    office.clock = watch
    office.ledger.numbering = watch.numbering
    office.ledger.doubtful = watch.doubtful
    backup.sweep(backups.place(office))
    start_journal(office)


def start_journal(office: Office) -> None:
    """Make the redo journal as the settings say; it stays away where it can not go on."""
    if office.journal is not None:
        office.journal.close()
        office.journal = None
        office.ledger.after_commit = None
    second = backups.second_place(office)
    if second is None or not backups.journal_wanted(office):
        return
    ring = keys.read_ring(office.path).office
    office.journal = Journal(office.db, office.path, office.session.keys.data, ring, second)
    office.ledger.after_commit = office.journal.append
    office.journal.go_on()


def begin_journal(office: Office, since: backup.BackupSet) -> None:
    """Begin the journal anew behind a full backup on the second medium.

    Raises:
        StorageFault: ``backup_place``.
    """
    if office.journal is None:
        start_journal(office)
    if office.journal is not None:
        office.journal.begin(since.head)


def journal_state(office: Office) -> JournalState:
    """Return how the redo journal stands."""
    if office.journal is None:
        return JournalState.OFF
    return JournalState.AWAY if office.journal.away else JournalState.ON


def watch(office: Office, now: datetime) -> Watch:
    """Return what the window's frame says of safekeeping now."""
    second = backups.second_place(office)
    copied = queries.last_of(office.db, "backup.make")
    begun = queries.first_time(office.db) or now
    drilled = queries.last_of(office.db, "backup.drill")
    return Watch(
        office.clock.suspicion(now) if office.clock is not None else None,
        journal_state(office),
        second.parent if second is not None else None,
        copied is not None and copied.at.date() == now.date(),
        drill_due(drilled.at if drilled else None, begun, now),
        backups.is_due(office, now),
    )


def confirm_clock(office: Office, reason: str, acting: Acting) -> Done[None]:
    """Confirm that the clock is right as it stands (管理员确认时钟).

    Raises:
        Faults: no reason.
        NotPermitted: ``not_your_role``.
    """
    refuse_if([typed.check_text("reason", reason, required=True)])
    event = EventDraft(
        "clock.confirm", "profile", 1, acting.at.isoformat(" ", "minutes"), typed.clean(reason)
    )
    keep_event(office, event, acting)
    if office.clock is not None:
        office.clock.confirmed = True
    return Done(None, event.seq)
