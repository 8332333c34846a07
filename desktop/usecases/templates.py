"""The wordings of letters (文书模板): which is in force, changing one, its versions, going back."""

from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from db.ledger import EventDraft
from db.queries import templates as queries
from db.records import LetterTemplate
from desktop.notices import (
    FieldType,
    Kind,
    Template,
    TemplateFaults,
    read_template,
)
from desktop.notices.kinds import KINDS, Shape
from desktop.rules import typed
from desktop.rules.faults import Faults, fault, refuse_if
from desktop.rules.rulebook import System
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.template_check import TemplateFault
from desktop.usecases.template_draft import (
    Part,
    Size,
    TemplateDraft,
    draft_of,
)
from desktop.usecases.template_fields import FieldInfo, field_infos
from desktop.usecases.template_look import (
    Look,
    check,
    content_of,
    faults_of,
    look,
    preview,
    printed,
    refuse_faulty,
)
from desktop.usecases.template_samples import sample_fields
from frozen import dataclass

__all__ = [
    "FieldInfo",
    "FieldType",
    "Kind",
    "Look",
    "Part",
    "Shape",
    "Size",
    "TemplateDraft",
    "TemplateFault",
    "check",
    "effective",
    "faults_of",
    "list_templates",
    "look",
    "open_template",
    "preview",
    "restore",
    "save",
]

NOTE_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Effective:
    """The template in force and the row it stands in; None: the program's own."""

    template: Template
    row: int | None


def effective(office: Office, kind: Kind, pack: str) -> Effective:
    """Return the template that letters of a kind are made from now.

    The office's newest own version for the pack (规则包) comes first, then its own for all
    packs, then the program's. A letter keeps the row, so that its wording can be found again.

    Raises:
        Faults: the office's own version can not be used by this version of the program.
    """
    for place in dict.fromkeys((pack, "")):
        found = queries.newest(office.db, kind, place)
        if found is None:
            continue
        row, content = found
        if not content:
            break
        return Effective(_own(content, office.templates[kind].name), row)
    return Effective(office.templates[kind], None)


def _own(content: str, name: str) -> Template:
    """Return an own version as a template.

    Raises:
        Faults: ``template_outdated``.
    """
    try:
        return _parsed(content)
    except TemplateFaults as error:
        raise Faults([fault("", "template_outdated", name=name)]) from error


@lru_cache(maxsize=64)
def _parsed(content: str) -> Template:
    """Read a version once; its text never changes, so nothing has to be forgotten."""
    return read_template(content)


class Origin(StrEnum):
    """Whose wording is in force."""

    PROGRAM = "program"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A kind of letter in the list of templates.

    ``packs`` are the rulebooks for which the office has a wording of its own, "" being all.
    ``outdated``: one of them can not be used by this version of the program.
    """

    kind: Kind
    name: str
    shape: Shape
    layout: str
    origin: Origin
    version: int
    packs: tuple[str, ...]
    outdated: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a wording; ``draft`` is None where it can not be used any more.

    ``program``: the program's own wording was put back with it.
    """

    row: int
    number: int
    made: datetime
    made_by: str
    note: str
    letters: int
    draft: TemplateDraft | None
    program: bool


@dataclass(frozen=True, slots=True)
class PackName:
    """A rulebook that a wording may be for (适用范围)."""

    id: str
    place: str


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A wording opened for editing."""

    kind: Kind
    pack: str
    name: str
    shape: Shape
    draft: TemplateDraft
    own: bool
    """Whether the office has its own wording for exactly this pack."""
    program: TemplateDraft
    """The program's wording."""
    fields: tuple[FieldInfo, ...]
    must_mention: frozenset[str]
    versions: tuple[Version, ...]
    packs: tuple[PackName, ...]
    """The rulebooks to choose from, those the office uses."""


_SYSTEMS = {
    System.COMPLAINTS: (
        Kind.ACCEPTANCE, Kind.REFUSAL, Kind.TRANSFER, Kind.CHASE, Kind.EXTENSION, Kind.INTERIM,
        Kind.RESULT,
    ),
    System.ACCOUNTABILITY: (
        Kind.HEARING_NOTICE, Kind.DECISION, Kind.REFERRAL, Kind.RECTIFICATION,
    ),
    System.ASSESSMENT: (Kind.ASSESSMENT,),
}  # fmt: skip


def list_templates(office: Office) -> tuple[TemplateRow, ...]:
    """Return every kind of letter and whose wording is in force."""
    own: dict[str, list[LetterTemplate]] = {}
    for row in queries.standing(office.db):
        if row.content:
            own.setdefault(row.kind, []).append(row)
    return tuple(
        TemplateRow(
            kind=kind,
            name=office.templates[kind].name,
            shape=KINDS[kind].shape,
            layout=office.templates[kind].default.layout,
            origin=Origin.OWN if own.get(kind) else Origin.PROGRAM,
            version=max((row.version for row in own.get(kind, ())), default=0),
            packs=tuple(row.pack for row in own.get(kind, ())),
            outdated=any(_usable(row.content) is None for row in own.get(kind, ())),
        )
        for kind in Kind
    )


def _usable(content: str) -> Template | None:
    try:
        return _parsed(content)
    except TemplateFaults:
        return None


def open_template(office: Office, kind: Kind, pack: str = "") -> TemplateView:
    """Open a kind's wording for a pack, "" for all of them, with its versions, newest first.

    A wording that this version of the program can not use is opened as the program's own; it
    stays among the versions.
    """
    program = office.templates[kind]
    try:
        template = effective(office, kind, pack).template
    except Faults:
        template = program
    versions = queries.versions(office.db, kind, pack)
    return TemplateView(
        kind=kind,
        pack=pack,
        name=program.name,
        shape=KINDS[kind].shape,
        draft=draft_of(kind, template.wording(pack)),
        own=bool(versions and versions[0].content),
        program=draft_of(kind, program.wording(pack)),
        fields=field_infos(program),
        must_mention=KINDS[kind].must_mention,
        versions=tuple(_version(office, row) for row in versions),
        packs=_packs(office, kind),
    )


def _version(office: Office, row: LetterTemplate) -> Version:
    kind, program = Kind(row.kind), not row.content
    found = office.templates[kind] if program else _usable(row.content)
    return Version(
        row=row.id,
        number=row.version,
        made=row.made,
        made_by=row.made_by,
        note=row.note,
        letters=row.letters,
        draft=None if found is None else draft_of(kind, found.wording(row.pack)),
        program=program,
    )


def _packs(office: Office, kind: Kind) -> tuple[PackName, ...]:
    """Return the rulebook in use for the kind's work and those that have a wording already."""
    places = {book.id: book.place for book in office.library.places()}
    used = [
        book.id
        for system, kinds in _SYSTEMS.items()
        if kind in kinds and (book := office.book(system)) is not None
    ]
    own = [row.pack for row in queries.standing(office.db) if row.kind == kind and row.pack]
    return tuple(PackName(pack, places.get(pack, pack)) for pack in dict.fromkeys((*used, *own)))


def save(
    office: Office,
    kind: Kind,
    pack: str,
    draft: TemplateDraft,
    note: str,
    acting: Acting,
) -> Done[int]:
    """Keep a draft as the newest version of a wording; the older ones stay (保存为新版本).

    Letters made from now on use it; those made before keep the version that made them.

    Raises:
        Faults: the draft has faults, it changes nothing, or its letter can not be printed.
    """
    refuse_faulty(check(office, kind, draft, today=acting.today))
    refuse_if([typed.check_text("note", note, limit=NOTE_LIMIT)])
    program = office.templates[kind]
    if _standing_draft(office, kind, pack) == draft:
        raise Faults([fault("", "template_unchanged")])
    content = content_of(program, draft)
    printed(office, _parsed(content), sample_fields(office, kind, acting.today))
    return _keep(office, kind, pack, content, note, acting)


def _standing_draft(office: Office, kind: Kind, pack: str) -> TemplateDraft | None:
    """Return what is in force, None while it can not be used."""
    try:
        return draft_of(kind, effective(office, kind, pack).template.wording(pack))
    except Faults:
        return None


def restore(
    office: Office, kind: Kind, pack: str, version: int | None, note: str, acting: Acting
) -> Done[int]:
    """Make an old version the newest again; ``version`` is its row, None the program's own.

    Raises:
        Faults: the old version has faults by the rules of today, or is in force already.
        LookupError: there is no such version of this wording.
    """
    if version is not None:
        old = queries.version(office.db, version)
        if old is None or (old.kind, old.pack) != (kind, pack):
            raise LookupError(f"template {version}")
        if old.content:
            draft = draft_of(kind, _own(old.content, office.templates[kind].name).default)
            return save(office, kind, pack, draft, note, acting)
    refuse_if([typed.check_text("note", note, limit=NOTE_LIMIT)])
    if effective_is_program(office, kind, pack):
        raise Faults([fault("", "template_unchanged")])
    return _keep(office, kind, pack, "", note, acting)


def effective_is_program(office: Office, kind: Kind, pack: str) -> bool:
    """Say whether the program's own wording is in force for a pack."""
    for place in dict.fromkeys((pack, "")):
        found = queries.newest(office.db, kind, place)
        if found is not None:
            return not found[1]
    return True


def _keep(
    office: Office, kind: Kind, pack: str, content: str, note: str, acting: Acting
) -> Done[int]:
    name = office.templates[kind].name
    first, last = queries.used_up(office.db, kind, pack)
    event = EventDraft("template.save", "letter_template", first, name)
    with office.ledger.action(event, acting.actor()) as action:
        row = action.insert(
            "letter_template",
            kind=str(kind),
            pack=pack,
            version=last + 1,
            content=content,
            made=acting.at.isoformat(timespec="seconds"),
            note=typed.clean(note),
        )
        event.subject_id = first or row
    return Done(row, event.seq)
