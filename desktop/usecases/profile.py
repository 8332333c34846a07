"""The office's profile as typed (单位信息): its words, rulebooks and settings, checked and kept."""

import re
from collections.abc import Mapping
from dataclasses import field

from db.driver import Database
from db.ledger import Action, EventDraft, Value
from db.queries import letters as letter_queries
from db.queries import office as queries
from db.records import PackChoice
from desktop.notices import FontChoice as FontChoice  # part of the office's draft
from desktop.rules import typed
from desktop.rules.faults import Fault, fault, refuse_if
from desktop.rules.roles import Role, read_roles, write_roles
from desktop.rules.rulebook import System
from desktop.usecases.office import (
    CHOSEN,
    FONTS,
    IDLE,
    IDLE_MOST,
    IDLE_USUAL,
    POSTCODE,
    SERIES_WORD,
    Acting,
    Done,
    Office,
    keep_setting,
)
from desktop.usecases.rulebooks import Library
from frozen import dataclass

#: What a number consists of beside its words, so that no word may hold it.
_BRACKETS = frozenset("〔〕[]［］()（）【】{}｛｝〈〉《》<>＜＞")


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


def profile_values(draft: OfficeDraft) -> dict[str, Value]:
    names = ("name", "letterhead", "mark", "telephone", "address", "contact")
    return {name: typed.clean(getattr(draft, name)) for name in names}


def clerk_values(draft: ClerkDraft) -> dict[str, Value]:
    """Return a user as the row keeps him: name, post and roles."""
    return {
        "name": typed.clean(draft.name),
        "title": typed.clean(draft.title),
        "roles": write_roles(draft.roles),
    }


def choose_packs(action: Action, library: Library, packs: Mapping[System, str]) -> None:
    newest = {b.id: b for b in library.places()}
    for system, pack in packs.items():
        action.insert("pack_choice", system=system.value, pack=pack, version=newest[pack].version)


def save_settings(action: Action, db: Database, draft: OfficeDraft) -> None:
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
        action.update("profile", 1, **profile_values(draft))
        for system, pack in draft.packs.items():
            version = newest[pack].version
            action.update("pack_choice", chosen[system.value].id, pack=pack, version=version)
        save_settings(action, office.db, draft)
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
