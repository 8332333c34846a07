"""The office as a whole: opening and making its file, its profile, its people, taking back."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from db import connect, keys
from db import restore as from_backup
from db.driver import Database
from db.errors import StorageFault
from db.journal import Journal
from db.keys import Cost
from db.ledger import Action, Actor, EventDraft, Ledger, Signer, Value
from db.queries import letters as letter_queries
from db.queries import office as queries
from db.queries.clocks import Moved as Moved  # what the calendar's page compares
from db.records import Clerk, PackChoice, Person, Profile, Unit
from desktop import paths
from desktop.notices import FontChoice as FontChoice  # part of the office's draft
from desktop.rules import typed
from desktop.rules.faults import Fault, NotPermitted, fault, refuse_if
from desktop.rules.roles import Role, read_roles, sees_identity, write_roles
from desktop.rules.rulebook import Rulebook, System
from desktop.rules.workdays import Calendar
from desktop.usecases import lockinfo, places
from desktop.usecases.beforehand import backup_of_older_shape
from desktop.usecases.clockwatch import ClockWatch
from desktop.usecases.passwords import too_easy
from desktop.usecases.rulebooks import Library, load_library
from desktop.usecases.session import SHORTEST, Session
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
#: A fingerprint of the identity key, by which one typed from paper is told from another office's.
IDENTITY_MARK = "identity.mark"
#: Since when there is a recovery sheet.
SHEET_MADE = "recovery.sheet"
#: After how many minutes without key or mouse the window locks; 1 to 30, 5 if not chosen.
IDLE, IDLE_USUAL, IDLE_MOST = "idle", 5, 30

#: What a number consists of beside its words, so that no word may hold it.
_BRACKETS = frozenset("〔〕[]［］()（）【】{}｛｝〈〉《》<>＜＞")


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

    def __post_init__(self) -> None:
        """Let every action bring up to date what is derived, and be refused to who must withdraw."""
        from desktop.usecases import derived  # it needs this module itself

        derived.attach(self)
        self.ledger.stop = self._stop

    def _stop(self, event: EventDraft, actor: Actor) -> None:
        """Refuse what a user does in a matter that he must not deal with (回避)."""
        if event.subject_id and event.subject in ("complaint", "case_file", "letter"):
            from desktop.usecases import handlers

            handlers.stop(self, event, actor)

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


@dataclass(frozen=True, slots=True)
class ClerkDraft:
    """A user as typed (用户): without a password he can not unlock the file until he has one."""

    name: str
    title: str = ""
    roles: frozenset[Role] = frozenset({Role.REGISTRAR})
    password: str = ""


@dataclass(frozen=True, slots=True)
class OfficeDraft:
    """What the first page asks of a new office (新建本单位数据文件)."""

    name: str
    letterhead: str
    mark: str
    telephone: str
    address: str
    contact: str
    clerks: tuple[ClerkDraft, ...]
    packs: Mapping[System, str]
    postcode: str = ""
    fonts: FontChoice = FontChoice.BUNDLED
    #: The word after the mark in the numbers of a kind of letter (发文字号), where it is not the
    #: program's own.
    series: Mapping[str, str] = field(default_factory=dict)
    #: Minutes without key or mouse after which the window locks; None: not a number.
    idle: int | None = IDLE_USUAL


#: The systems that the program works with; an office chooses a rulebook for each.
CHOSEN = (System.COMPLAINTS, System.ACCOUNTABILITY, System.ASSESSMENT)


def read_library() -> Library:
    """Return the rulebooks that came with the program; their files are read once."""
    return _library(paths.resources() / "rulebooks")


_library = lru_cache(maxsize=1)(load_library)


def sheet_missing(office: Office) -> bool:
    """Say whether this office has no recovery sheet yet, as far as the program was told (恢复单)."""
    return not office.setting(SHEET_MADE)


def open_office(path: Path, session: Session) -> Office:
    """Open an office file on this thread for the user whose password opened it.

    Raises:
        StorageFault: the file can not be used; ``unknown_user`` – it does not know this user's key;
            ``no_room`` – the disk is too full; ``locked_by`` with who has it open.
    """
    from_backup.resume(path)
    places.require_room(path)
    db = _open(path, session)
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


def _open(path: Path, session: Session) -> Database:
    """Open the file; where another program has it, say who."""
    key = session.keys.data
    try:
        return connect.open_office(path, key, before=backup_of_older_shape(path, key))
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


def create_office(
    path: Path, draft: OfficeDraft, acting: Acting, cost: Cost | None = None
) -> Office:
    """Make a new office file with its profile, users and rulebooks, and open it.

    Args:
        path: where it shall lie; its key file comes beside it.
        draft: what was typed.
        acting: who makes it: one of the users in the draft, by name.
        cost: how dear guessing a password is made; the usual one if not said.

    Raises:
        Faults: something typed can not be kept.
        StorageFault: the file can not be made.
    """
    library = read_library()
    check_office(draft, library)
    names = [typed.clean(c.name) for c in draft.clerks]
    maker = names.index(typed.clean(acting.name)) if typed.clean(acting.name) in names else 0
    check_makers(draft, maker)
    own = [keys.new_keys() for _ in draft.clerks]
    common = own[maker]
    held = [
        keys.Keys(common.data, common.identity if sees_identity(c.roles) else None, mine.signing)
        for c, mine in zip(draft.clerks, own, strict=True)
    ]
    ring = keys.new_ring()
    for n, (clerk, name) in enumerate(zip(draft.clerks, names, strict=True)):
        if clerk.password:
            slot = keys.make_slot(
                ring, n + 1, name, sorted(clerk.roles), held[n], clerk.password, cost
            )
            ring = ring.having(slot)
    acting = Acting(maker + 1, names[maker], acting.at)

    def fill(db: Database) -> None:
        event = EventDraft("office.create", "profile", 1, typed.clean(draft.name))
        signer = Signer(maker + 1, maker + 1, held[maker].signing)
        with Ledger(db, signer).action(event, acting.actor()) as action:
            action.insert("profile", id=1, **_profile_values(draft))
            for clerk, name, mine in zip(draft.clerks, names, held, strict=True):
                row = action.insert(
                    "clerk",
                    name=name,
                    title=typed.clean(clerk.title),
                    roles=write_roles(clerk.roles),
                )
                action.insert(
                    "clerk_key", clerk=row, public=mine.public, since=acting.at.isoformat()
                )
            _choose_packs(action, library, draft.packs)
            _save_settings(action, db, draft)
            assert common.identity is not None
            keep_setting(action, db, IDENTITY_MARK, identity_mark(common.identity))

    # Another office of that stem beside it would lose its keys to this one.
    beside = (path, keys.key_path(path), keys.spare_path(path))
    if path.is_symlink() or any(one.exists() for one in beside):
        raise StorageFault("exists", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        keys.write_ring(path, ring)
        connect.create_office(path, common.data, fill)
    except BaseException:
        for one in beside[1:]:
            one.unlink(missing_ok=True)
        raise
    roles = draft.clerks[maker].roles
    return open_office(path, Session(maker + 1, names[maker], roles, held[maker]))


def check_makers(draft: OfficeDraft, maker: int) -> None:
    """Check that the file can be opened again: a password for its maker, somebody who is 管理员.

    Raises:
        Faults: with every fault of the users.
    """
    faults = [
        password_fault(f"clerks.{n}.password", c.password, c.name)
        for n, c in enumerate(draft.clerks)
        if c.password or n == maker
    ]
    faults += [
        fault(f"clerks.{n}.roles", "choose") for n, c in enumerate(draft.clerks) if not c.roles
    ]
    if not any(Role.ADMIN in c.roles and c.password for c in draft.clerks):
        faults.append(fault("clerks", "no_admin"))
    if not any(sees_identity(c.roles) for c in draft.clerks[maker : maker + 1]):
        faults.append(fault(f"clerks.{maker}.roles", "no_identity"))  # nobody would hold the key
    refuse_if(faults)


def identity_mark(key: bytes) -> str:
    """Return the fingerprint of an identity key; a random key can not be found from it."""
    return hashlib.sha256(b"identity" + key).hexdigest()[:16]


def password_fault(field: str, password: str, name: str) -> Fault | None:
    """Check a new password: long enough, and neither the name nor one sign over and over."""
    if len(password) < SHORTEST:
        return fault(field, "password_short", least=SHORTEST)
    if too_easy(password, name):
        return fault(field, "password_weak")
    return None


def _profile_values(draft: OfficeDraft) -> dict[str, Value]:
    names = ("name", "letterhead", "mark", "telephone", "address", "contact")
    return {name: typed.clean(getattr(draft, name)) for name in names}


def _choose_packs(action: Action, library: Library, packs: Mapping[System, str]) -> None:
    newest = {b.id: b for b in library.places()}
    for system, pack in packs.items():
        action.insert("pack_choice", system=system.value, pack=pack, version=newest[pack].version)


def _save_settings(action: Action, db: Database, draft: OfficeDraft) -> None:
    before = letter_queries.settings(db)
    words = {SERIES_WORD + kind: typed.clean(word) for kind, word in draft.series.items()}
    gone = [key for key in before if key.startswith(SERIES_WORD) and key not in words]
    fonts = "" if draft.fonts is FontChoice.BUNDLED else draft.fonts.value
    wanted = {
        POSTCODE: typed.clean(draft.postcode),
        FONTS: fonts,
        IDLE: "" if draft.idle == IDLE_USUAL else str(draft.idle),
        **dict.fromkeys(gone, ""),
        **words,
    }
    for key, value in wanted.items():
        if before.get(key, "") != value:
            keep_setting(action, db, key, value)


_POSTCODE = fault("postcode", "postcode")


def keep_setting(action: Action, db: Database, key: str, value: str) -> None:
    """Keep one of the office's settings inside an action; an empty value is as if never set."""
    row = letter_queries.setting_row(db, key)
    if row is None:
        action.insert("office_setting", key=key, value=value)
    else:
        action.update("office_setting", row, value=value, void=0)


def _check_word(key: str, word: str) -> Fault | None:
    """Check a word of the numbers: without what would make the number read otherwise."""
    if any(c.isdecimal() or c.isspace() or c in _BRACKETS for c in typed.clean(word)):
        return fault(key, "series_word")
    return typed.check_text(key, word, required=True, limit=20)


def check_office(draft: OfficeDraft, library: Library) -> None:
    """Check the first page.

    Raises:
        Faults: with every fault of the page.
    """
    places = {b.id: b for b in library.places()}
    faults = [
        typed.check_text("name", draft.name, required=True, limit=typed.NAME),
        typed.check_text("letterhead", draft.letterhead, required=True, limit=typed.NAME),
        _check_word("mark", draft.mark),
        typed.check_text("telephone", draft.telephone, limit=typed.NAME),
        typed.check_text("address", draft.address),
        typed.check_text("contact", draft.contact, limit=typed.NAME),
        None if re.fullmatch(r"([0-9]{6})?", typed.clean(draft.postcode)) else _POSTCODE,
        *(_check_word(SERIES_WORD + kind, word) for kind, word in draft.series.items()),
        None if draft.clerks else fault("clerks", "required"),
        None if 1 <= (draft.idle or 0) <= IDLE_MOST else fault("idle", "idle", most=IDLE_MOST),
    ]
    clerks = [typed.clean(clerk.name) for clerk in draft.clerks]
    for n, clerk in enumerate(draft.clerks):
        key = f"clerks.{n}.name"
        taken = clerks[n] in clerks[:n] and bool(clerks[n])
        faults.append(fault(key, "taken", name=clerks[n]) if taken else None)
        faults.append(typed.check_text(key, clerk.name, required=True, limit=typed.NAME))
        faults.append(typed.check_text(f"clerks.{n}.title", clerk.title, limit=typed.NAME))
    for system in CHOSEN:
        pack = places.get(draft.packs.get(system, ""))
        if pack is None or not pack.offers(system):
            faults.append(fault(f"pack.{system}", "choose"))
    refuse_if(faults)


def save_profile(office: Office, draft: OfficeDraft, acting: Acting) -> Done[None]:
    """Change the office's profile and rulebooks; running records stay with what they began under.

    Users are no part of it: they are changed one by one (desktop.usecases.users).

    Raises:
        Faults: something typed can not be kept.
    """
    check_office(draft, office.library)
    event = EventDraft("office.profile", "profile", 1, typed.clean(draft.name))
    newest = {b.id: b for b in office.library.places()}
    chosen = {c.system: c for c in queries.packs(office.db)}
    with office.ledger.action(event, acting.actor()) as action:
        action.update("profile", 1, **_profile_values(draft))
        for system, pack in draft.packs.items():
            version = newest[pack].version
            action.update("pack_choice", chosen[system.value].id, pack=pack, version=version)
        _save_settings(action, office.db, draft)
    office.pack_cache.clear()
    return Done(None, event.seq)


@dataclass(frozen=True, slots=True)
class RulesInUse:
    """All rulebooks at hand, and which of them the office has chosen for which system."""

    library: Library
    choices: Mapping[System, PackChoice]


def rules_in_use(office: Office) -> RulesInUse:
    """Return the rulebooks and the office's choice among them (规则选用)."""
    return RulesInUse(office.library, {System(c.system): c for c in queries.packs(office.db)})


@dataclass(frozen=True, slots=True)
class Directory:
    """The names that forms complete from: clerks, units, persons."""

    clerks: tuple[Clerk, ...]
    units: tuple[Unit, ...]
    persons: tuple[Person, ...]


def directory(office: Office) -> Directory:
    """Return who and what the office knows."""
    return Directory(
        tuple(queries.clerks(office.db)),
        tuple(queries.units(office.db)),
        tuple(queries.persons(office.db)),
    )


def draft_of(office: Office) -> OfficeDraft:
    """Return the present profile as a draft for the profile page."""
    p = office.profile()
    packs = {System(c.system): c.pack for c in queries.packs(office.db)}
    clerks = tuple(
        ClerkDraft(c.name, c.title, read_roles(c.roles)) for c in queries.clerks(office.db)
    )
    kept = letter_queries.settings(office.db)
    return OfficeDraft(
        p.name,
        p.letterhead,
        p.mark,
        p.telephone,
        p.address,
        p.contact,
        clerks,
        packs,
        postcode=kept.get(POSTCODE, ""),
        fonts=office.fonts,
        idle=office.idle,
        series={
            key.removeprefix(SERIES_WORD): word
            for key, word in kept.items()
            if key.startswith(SERIES_WORD) and word
        },
    )


UNIT_KINDS = ("行政机关", "公共企事业单位", "县（市、区）政府")


def save_unit(
    office: Office, unit_id: int | None, name: str, kind: str, acting: Acting
) -> Done[int]:
    """Add or rename a unit (单位).

    Raises:
        Faults: no name, or the name is taken.
    """
    clean = typed.clean(name)
    taken = any(u.name == clean and u.id != unit_id for u in queries.units(office.db))
    refuse_if(
        [
            typed.check_text("name", name, required=True, limit=typed.NAME),
            fault("name", "taken", name=clean) if taken else None,
            None if kind in UNIT_KINDS else fault("kind", "choose"),
        ]
    )
    event = EventDraft("unit.save", "unit", label=clean)
    with office.ledger.action(event, acting.actor()) as action:
        if unit_id is None:
            unit_id = action.insert("unit", name=clean, kind=kind)
        else:
            action.update("unit", unit_id, name=clean, kind=kind)
        event.subject_id = unit_id
    return Done(unit_id, event.seq)


def save_person(
    office: Office, person_id: int | None, name: str, unit: int | None, post: str, acting: Acting
) -> Done[int]:
    """Add or change a person (人员).

    Raises:
        Faults: no name or no unit.
    """
    refuse_if(
        [
            typed.check_text("name", name, required=True, limit=typed.NAME),
            fault("unit", "choose_unit") if unit is None else None,
            typed.check_text("post", post, limit=typed.NAME),
        ]
    )
    assert unit is not None
    event = EventDraft("person.save", "person", label=typed.clean(name))
    values: dict[str, Value] = {
        "name": typed.clean(name),
        "unit": unit,
        "post": typed.clean(post),
    }
    with office.ledger.action(event, acting.actor()) as action:
        if person_id is None:
            person_id = action.insert("person", **values)
        else:
            action.update("person", person_id, **values)
        event.subject_id = person_id
    return Done(person_id, event.seq)


def take_back(office: Office, event: int, acting: Acting, reason: str = "") -> Done[None]:
    """Take an action back (撤销), if nothing was built on it since.

    Raises:
        StorageFault: ``not_undoable``.
    """
    seq = office.ledger.undo(event, acting.actor(), reason)
    office.calendar_cache = None
    office.pack_cache.clear()
    return Done(None, seq)


def names(items: Sequence[str]) -> str:
    """Join names as a Chinese sentence does."""
    return "、".join(items)
