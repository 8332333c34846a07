"""An open office file: who acts, what an action gave, opening it, taking back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from db import connect
from db import restore as from_backup
from db.driver import Database
from db.errors import StorageFault
from db.journal import Journal
from db.ledger import Action, Actor, EventDraft, Ledger, Signer
from db.queries import letters as letter_queries
from db.queries import office as queries
from db.queries.clocks import Moved as Moved  # what the calendar's page compares
from db.records import Profile
from desktop import paths
from desktop.notices import FontChoice
from desktop.rules.faults import Faults, NotPermitted
from desktop.rules.roles import read_roles
from desktop.rules.rulebook import Rulebook, System
from desktop.rules.workdays import Calendar
from desktop.usecases import lockinfo, places
from desktop.usecases.beforehand import Told, backup_of_older_shape
from desktop.usecases.clockwatch import ClockWatch
from desktop.usecases.rulebooks import Library, load_library
from desktop.usecases.session import Session
from frozen import dataclass

if TYPE_CHECKING:
    from desktop.notices import Kind, Template
    from desktop.usecases.names import Names

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Acting:
    """Who is acting, and when (经办人、时间)."""

    clerk: int
    name: str
    at: datetime

    @property
    def today(self) -> date:
        """Return the day of acting."""
        return self.at.date()

    def actor(self) -> Actor:
        """Return the same for the ledger."""
        return Actor(self.clerk, self.name, self.at)


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What an action gave, and its event, by which it can be taken back."""

    value: T
    event: int


#: Keys of the office's settings; the word of a kind's numbers is kept under its kind.
FONTS, POSTCODE, SERIES_WORD = "fonts", "postcode", "series."
#: Since when there is a recovery sheet.
SHEET_MADE = "recovery.sheet"
#: After how many minutes without key or mouse the window locks; 1 to 30, 5 if not chosen.
IDLE, IDLE_USUAL, IDLE_MOST = "idle", 5, 30


class _Weighed(Exception):
    """The rules have nothing against a job; it was not done."""


@dataclass
class Office:
    """An open office file with everything its use cases need; belongs to one thread."""

    path: Path
    ledger: Ledger
    session: Session
    library: Library
    templates: "Mapping[Kind, Template]"
    calendar_cache: Calendar | None = None
    pack_cache: dict[System, Rulebook] = field(default_factory=dict)
    clock: ClockWatch | None = None
    journal: Journal | None = None
    #: Complainants' names for those who may see them, once somebody searched (desktop.usecases.names).
    names: "Names | None" = None
    #: The clocks whose end moved when the calendar was changed last (期限重算前后对照).
    moved: tuple[Moved, ...] = ()
    #: A job is only weighed: it ends where it would begin to write.
    weighing: bool = False

    def __post_init__(self) -> None:
        """Let every action bring up to date what is derived, and be refused to who must withdraw."""
        from desktop.usecases import derived  # it needs this module itself

        derived.attach(self)
        self.ledger.stop = self._stop

    def _stop(self, event: EventDraft, actor: Actor) -> None:
        """Refuse what a user does in a matter that he must not deal with (回避)."""
        self.before_writing()
        if event.subject_id and event.subject in ("complaint", "case_file", "letter"):
            from desktop.usecases import handlers

            handlers.stop(self, event, actor)

    def before_writing(self) -> None:
        """End here what is only weighed; called before anything is written or kept."""
        if self.weighing:
            raise _Weighed

    @property
    def db(self) -> Database:
        """Return the connection, for queries."""
        return self.ledger.db

    @property
    def national(self) -> Rulebook:
        """Return the national rulebook."""
        return self.library.national

    def book(self, system: System) -> Rulebook | None:
        """Return the rulebook the office now uses for a system, or None if none was chosen."""
        if system not in self.pack_cache:
            choice = next((c for c in queries.packs(self.db) if c.system == system), None)
            if choice is None:
                return None
            self.pack_cache[system] = self.library.pinned(choice.pack, choice.version)
        return self.pack_cache[system]

    def profile(self) -> Profile:
        """Return the office's profile (每个新建的数据文件都有)."""
        found = queries.profile(self.db)
        if found is None:
            raise LookupError("an office file without profile")
        return found

    def setting(self, key: str) -> str:
        """Return one of the office's settings, empty if it was never set."""
        return letter_queries.setting(self.db, key) or ""

    @property
    def idle(self) -> int:
        """Return after how many minutes without key or mouse the window locks (锁定)."""
        kept = self.setting(IDLE)
        return int(kept) if kept.isdecimal() and 1 <= int(kept) <= IDLE_MOST else IDLE_USUAL

    @property
    def fonts(self) -> FontChoice:
        """Return which fonts letters are printed with (文书字体)."""
        return FontChoice(self.setting(FONTS) or FontChoice.BUNDLED)

    def close(self) -> None:
        """Close the file."""
        if self.journal is not None:
            self.journal.close()
        self.ledger.close()
        lockinfo.take_note(self.path)


#: The systems that the program works with; an office chooses a rulebook for each.
CHOSEN = (System.COMPLAINTS, System.ACCOUNTABILITY, System.ASSESSMENT)


def read_library() -> Library:
    """Return the rulebooks that came with the program; their files are read once."""
    return _library(paths.resources() / "rulebooks")


_library = lru_cache(maxsize=1)(load_library)


def sheet_missing(office: Office) -> bool:
    """Say whether this office has no recovery sheet yet, as far as the program was told (恢复单)."""
    return not office.setting(SHEET_MADE)


def open_office(path: Path, session: Session, told: Told | None = None) -> Office:
    """Open an office file on this thread for the user whose password opened it.

    Args:
        path: where it lies.
        session: who opens it.
        told: how far it is, if the file is of an older shape and takes long; may say to stop.

    Raises:
        StorageFault: the file can not be used; ``unknown_user`` – it does not know this user's key;
            ``no_room`` – the disk is too full; ``locked_by`` with who has it open;
            ``not_brought_up`` – it was stopped before anything of it was changed.
    """
    from_backup.resume(path)
    places.require_room(path)
    db = _open(path, session, told)
    known = next((c for c in queries.clerks(db) if c.id == session.clerk), None)
    key = queries.clerk_key(db, session.clerk, session.keys.public)
    if known is None or key is None:
        db.close()
        raise StorageFault("unknown_user", str(path))
    lockinfo.leave_note(path, known.name)
    return desk(path, db, replace(session, name=known.name, roles=read_roles(known.roles)), key)


@lru_cache(maxsize=1)
def _own_templates() -> "Mapping[Kind, Template]":
    from desktop.notices import load_templates  # fonts and all: not before a letter is made

    return load_templates(paths.resources() / "letters")


class _Templates(Mapping["Kind", "Template"]):
    """The templates of the letters, read and checked once, when the first of them is asked for."""

    def __getitem__(self, kind: "Kind") -> "Template":
        return _own_templates()[kind]

    def __iter__(self) -> "Iterator[Kind]":
        return iter(_own_templates())

    def __len__(self) -> int:
        return len(_own_templates())


def _open(path: Path, session: Session, told: Told | None) -> Database:
    """Open the file; where another program has it, say who."""
    key = session.keys.data
    try:
        return connect.open_office(path, key, before=backup_of_older_shape(path, key, told))
    except StorageFault as error:
        holder = lockinfo.holder(path) if error.code == "locked" else None
        if holder is None:
            raise
        raise StorageFault(
            "locked_by",
            str(path),
            name=holder.name,
            account=holder.account,
            pc=holder.pc,
            since=holder.since.isoformat(" ", "minutes"),
        ) from error


def desk(path: Path, db: Database, session: Session, key_row: int) -> Office:
    """Return an open office file with what its use cases need, at the desk of a user."""

    def permit(action: str) -> None:
        if not session.may(action):
            raise NotPermitted("not_your_role", action=action)

    signer = Signer(session.clerk, key_row, session.keys.signing)
    templates = _Templates()
    return Office(path, Ledger(db, signer, permit), session, read_library(), templates)


def keep_setting(action: Action, db: Database, key: str, value: str) -> None:
    """Keep one of the office's settings inside an action; an empty value is as if never set."""
    row = letter_queries.setting_row(db, key)
    if row is None:
        action.insert("office_setting", key=key, value=value)
    else:
        action.update("office_setting", row, value=value, void=0)


def keep_event(office: Office, event: EventDraft, acting: Acting) -> Done[None]:
    """Keep in the log that something was done which changes no row."""
    with office.ledger.action(event, acting.actor()):
        pass
    return Done(None, event.seq)


def weigh(office: Office, job: Callable[[Office], object]) -> Faults | None:
    """Return what the rules have against a job, without doing it (只核对，不办理).

    For a form of which a part can not be read: the clerk is told all that is wrong in one go.

    Raises:
        NotPermitted: the job may not be done at all.
    """
    office.weighing = True
    try:
        job(office)
    except Faults as found:
        return found
    except _Weighed:
        pass
    finally:
        office.weighing = False
    return None


def take_back(
    office: Office,
    event: int,
    acting: Acting,
    reason: str = "",
    told: Callable[[float], None] | None = None,
) -> Done[None]:
    """Take an action back (撤销), if nothing was built on it since.

    ``told``: how far it is, from 0 to 1, where very many rows are taken back (an import); may raise
    to stop, and nothing was taken back then.

    Raises:
        StorageFault: ``not_undoable``.
    """
    seq = office.ledger.undo(event, acting.actor(), reason, told)
    office.calendar_cache = None
    office.pack_cache.clear()
    return Done(None, seq)


def names(items: Sequence[str]) -> str:
    """Join names as a Chinese sentence does."""
    return "、".join(items)
