"""Envelopes and address labels (信封、地址标签) for the letters of the book."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from db.queries import complaints as complaint_queries
from db.queries import letters as queries
from desktop import notices
from desktop.notices import Kind, Paper
from desktop.rules import typed
from desktop.rules.faults import Fault, Faults, fault, refuse_if
from desktop.usecases import letterbook, letters, register, replies
from desktop.usecases.letterbook import Status
from desktop.usecases.letterprints import reveal
from desktop.usecases.office import POSTCODE, Acting, Office


@dataclass(frozen=True, slots=True)
class Mail:
    """Where a letter goes: what is written on its envelope or label."""

    number: str
    postcode: str
    place: str
    name: str
    secret: bool = False
    """It names who complained."""


@dataclass(frozen=True, slots=True)
class Size:
    """An envelope (length and height in mm) or a sheet of labels (columns and rows)."""

    name: str
    across: float
    down: float


def mails(office: Office, chosen: Sequence[int], acting: Acting) -> tuple[Mail, ...]:
    """Return where letters go, as far as the office knows; naming who complained is an event."""
    found: list[Mail] = []
    for letter_id in chosen:
        letter = queries.letter(office.db, letter_id)
        if letter is None or letterbook.status_of(letter) is not Status.USED:
            continue
        if not letterbook.is_secret(letter):
            found.append(Mail(letter.number, "", "", letter.addressee))
            continue
        reveal(office, letter, acting)
        found += _to_complainants(office, letter.subject_id, letter.number)
    return tuple(found)


def _to_complainants(office: Office, complaint_id: int, number: str) -> list[Mail]:
    """Return where an answer goes: to the representative or the address for answers, else to all."""
    complaint = complaint_queries.complaint(office.db, complaint_id)
    people = register.complainants(office, complaint_id)
    if complaint is None or not people:
        return []
    to = replies.reply_to(office, complaint, people)
    if to.representative or len(people) == 1:
        return [Mail(number, to.postcode, to.address, to.name, secret=True)]
    return [
        Mail(
            number,
            to.postcode if n == 0 else "",
            to.address if n == 0 else one.address,
            one.name,
            secret=True,
        )
        for n, one in enumerate(people)
    ]


def _sizes(office: Office, kind: Kind) -> tuple[Size, ...]:
    known = office.templates[kind].default.sizes
    return tuple(Size(name, lengths[0], lengths[1]) for name, lengths in known.items())


def envelope_sizes(office: Office) -> tuple[Size, ...]:
    """Return the envelopes at hand (信封规格), the usual one first."""
    return _sizes(office, Kind.ENVELOPE)


def label_sizes(office: Office) -> tuple[Size, ...]:
    """Return the sheets of labels at hand (标签规格), the usual one first."""
    return _sizes(office, Kind.ADDRESS_LABELS)


def _size(sizes: Sequence[Size], name: str) -> Size:
    """Return a size by its name.

    Raises:
        Faults: there is none of that name.
    """
    found = next((one for one in sizes if one.name == name), None)
    if found is None:
        raise Faults([fault("size", "choose")])
    return found


def _check_mails(to: Sequence[Mail]) -> list[Fault | None]:
    faults: list[Fault | None] = [None if to else fault("rows", "required")]
    for n, one in enumerate(to):
        code = re.fullmatch(r"([0-9]{6})?", one.postcode.strip())
        faults += [
            None if code else fault(f"rows.{n}.postcode", "postcode"),
            typed.check_text(f"rows.{n}.place", one.place),
            typed.check_text(f"rows.{n}.name", one.name, required=True, limit=typed.NAME * 2),
            typed.check_text(f"rows.{n}.number", one.number),
        ]
    return faults


def print_envelopes(
    office: Office, to: Sequence[Mail], size: str, acting: Acting, *, preprinted: bool = False
) -> bytes:
    """Return an envelope (信封) for each address, a page each.

    Raises:
        Faults: an address can not be used, or a character not printed.
    """
    refuse_if(_check_mails(to))
    _size(envelope_sizes(office), size)
    profile = office.profile()
    papers: list[Paper] = []
    for one in to:
        fields = {
            "office": profile.name,
            "mark": profile.letterhead,
            "number": typed.clean(one.number),
            "dated": acting.today,
            "address": profile.address,
            "recipient": typed.clean(one.name),
            "recipient_address": typed.clean(one.place),
            "postcode": one.postcode.strip(),
            "office_postcode": office.setting(POSTCODE),
            "size": size,
            "preprinted": preprinted,
        }
        papers.append(notices.compose(office.templates[Kind.ENVELOPE], fields))
    with letters.worded():
        return notices.render_many(papers, office.fonts, title="信封" if len(papers) > 1 else "")


def print_labels(
    office: Office, to: Sequence[Mail], size: str, skip: int | None, acting: Acting
) -> bytes:
    """Return sheets of address labels (地址标签); ``skip`` labels of the first are used up.

    Raises:
        Faults: an address can not be used, or a character not printed.
    """
    refuse_if(_check_mails(to))
    sheet = _size(label_sizes(office), size)
    room = round(sheet.across * sheet.down)
    refuse_if([fault("skip", "label_skip", room=room - 1) if not 0 <= (skip or 0) < room else None])
    profile = office.profile()
    fields = {
        "office": profile.name,
        "mark": profile.letterhead,
        "number": "",
        "dated": acting.today,
        "addresses": [
            (one.postcode.strip(), typed.clean(one.place), typed.clean(one.name)) for one in to
        ],
        "size": size,
        "skip": skip or 0,
    }
    paper = notices.compose(office.templates[Kind.ADDRESS_LABELS], fields)
    return letters.printed(office, paper)
