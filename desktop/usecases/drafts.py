"""What was typed and not yet saved (草稿): sealed, kept beside the records, found again.

A draft is no action: it changes no record, has no event and needs no right. It belongs to the user
who typed it; what he may not see in a record he can not have typed.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from db import keys
from db.queries import drafts as queries
from db.queries.drafts import DraftRow
from desktop.usecases.office import Office
from frozen import dataclass

#: After so many days a draft is shown for deletion (a limit of this program, no regulation's).
OLD_AFTER = 90

_PURPOSE = b"draft"
#: Between a form's name and the number of a further draft of the same form.
_NEXT = "~"

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Place:
    """Which form, about which record (``subject_id`` 0: about a new one)."""

    form: str
    subject: str = ""
    subject_id: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as the window shows it (草稿).

    ``values`` are what stood in the form, by field; ``readable`` is false for a draft that this
    user's keys no longer open. ``changed``: the record was written since the form was opened.
    ``missing``: files that are no longer where they were taken from. ``words``: what was filled
    in as lines to read, where the form could say it.
    """

    id: int
    place: Place
    label: str
    saved: datetime
    values: Values
    readable: bool = True
    revision: int = 0
    changed: bool = False
    missing: tuple[str, ...] = ()
    slot: int = 0
    words: tuple[str, ...] = ()

    def is_old(self, today: date) -> bool:
        """Say whether it is old enough to be shown for deletion."""
        return (today - self.saved.date()).days > OLD_AFTER


@dataclass(frozen=True, slots=True)
class Opening:
    """What a form that opens is told: drafts it left, the record's revision, a free slot."""

    drafts: tuple[Draft, ...]
    revision: int
    slot: int


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a form now, ready to be kept; slot -1: the next free one."""

    place: Place
    label: str
    values: Values
    revision: int
    slot: int = -1
    words: tuple[str, ...] = ()


def mine(office: Office) -> tuple[Draft, ...]:
    """Return the drafts of the user at the desk, the newest first."""
    return tuple(_read(office, row) for row in queries.own(office.db, office.session.clerk))


def opening(office: Office, place: Place) -> Opening:
    """Return what was left in a form, and what a new draft of it needs."""
    rows = [row for row in queries.own(office.db, office.session.clerk) if _place(row) == place]
    taken = {_slot(row) for row in rows}
    slot = next(n for n in range(len(taken) + 1) if n not in taken)
    revision = queries.revision(office.db, place.subject, place.subject_id)
    return Opening(tuple(_read(office, row) for row in rows), revision, slot)


def keep(office: Office, typed: Typed, at: datetime) -> int:
    """Keep what stands in a form; return its slot.

    Raises:
        StorageFault: the disk is full, or the file can not be written.
    """
    slot = opening(office, typed.place).slot if typed.slot < 0 else typed.slot
    content = {
        "revision": typed.revision,
        "values": _pack(typed.values),
        "words": list(typed.words),
    }
    box = keys.seal(_key(office), json.dumps(content).encode(), _PURPOSE)
    queries.keep(
        office.db,
        DraftRow(
            0,
            office.session.clerk,
            _form(typed.place, slot),
            typed.place.subject,
            typed.place.subject_id,
            typed.label,
            at.isoformat(timespec="seconds"),
            base64.b64encode(box).decode(),
        ),
    )
    return slot


def forget(office: Office, place: Place, slot: int) -> None:
    """Take the draft of a form out: it was saved, or given up."""
    clerk = office.session.clerk
    queries.forget(office.db, clerk, _form(place, slot), place.subject, place.subject_id)


def drop(office: Office, draft: int) -> None:
    """Throw one of the user's own drafts away (丢弃)."""
    queries.drop(office.db, draft, office.session.clerk)


def _key(office: Office) -> bytes:
    return office.session.keys.identity or office.session.keys.data


def _form(place: Place, slot: int) -> str:
    return f"{place.form}{_NEXT}{slot}" if slot else place.form


def _place(row: DraftRow) -> Place:
    return Place(row.form.partition(_NEXT)[0], row.subject, row.subject_id)


def _slot(row: DraftRow) -> int:
    number = row.form.partition(_NEXT)[2]
    return int(number) if number.isdigit() else 0


def _read(office: Office, row: DraftRow) -> Draft:
    place, saved = _place(row), datetime.fromisoformat(row.saved)
    content = _unseal(office, row)
    if content is None:
        return Draft(row.id, place, row.label, saved, {}, readable=False, slot=_slot(row))
    values = _unpack(content["values"])
    assert isinstance(values, Mapping)
    was, now = content["revision"], queries.revision(office.db, place.subject, place.subject_id)
    words = content["words"]
    assert isinstance(was, int)
    assert isinstance(words, list)
    return Draft(
        row.id,
        place,
        row.label,
        saved,
        values,
        revision=was,
        changed=now != was,
        missing=tuple(path.name for path in _paths(values) if not path.is_file()),
        slot=_slot(row),
        words=tuple(words),
    )


def _unseal(office: Office, row: DraftRow) -> dict[str, object] | None:
    """Open a box with the key it was sealed with; None if the user no longer holds it."""
    held = office.session.keys
    for key in (held.identity, held.data):
        if key is None:
            continue
        try:
            content = keys.unseal(key, base64.b64decode(row.box), _PURPOSE)
        except keys.WrongPassword:
            continue
        found = json.loads(content)
        assert isinstance(found, dict)
        return found
    return None


def _paths(value: object) -> Sequence[Path]:
    match value:
        case Path():
            return (value,)
        case Mapping():
            return [path for one in value.values() for path in _paths(one)]
        case tuple():
            return [path for one in value for path in _paths(one)]
    return ()


# ---- values as JSON and back ---------------------------------------------------------------------


def _pack(value: object) -> object:
    """Write a value so that its type comes back; a word of an enumeration comes back as text.

    Choices compare equal to their text, and the form puts its own in place of it.
    """
    match value:
        case str():
            return str(value)
        case None | bool() | int() | float():
            return value
        case datetime():
            return {"at": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case Decimal():
            return {"number": str(value)}
        case Path():
            return {"file": str(value)}
        case Mapping():
            return {"map": [[_pack(k), _pack(v)] for k, v in value.items()]}
        case tuple() | list():
            return [_pack(one) for one in value]
    raise TypeError(f"a draft can not hold {type(value).__name__}")


def _unpack(value: object) -> object:
    match value:
        case list():
            return tuple(_unpack(one) for one in value)
        case {"at": str(text)}:
            return datetime.fromisoformat(text)
        case {"day": str(text)}:
            return date.fromisoformat(text)
        case {"number": str(text)}:
            return Decimal(text)
        case {"file": str(text)}:
            return Path(text)
        case {"map": list(pairs)}:
            return {_unpack(key): _unpack(one) for key, one in pairs}
    return value


__all__ = [
    "OLD_AFTER",
    "Draft",
    "Opening",
    "Place",
    "Typed",
    "Values",
    "drop",
    "forget",
    "keep",
    "mine",
    "opening",
]
