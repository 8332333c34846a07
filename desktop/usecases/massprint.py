"""Papers of many complaints joined into one print (一并打印): forms, approval sheets, letters.

Whatever cannot be printed is left out and named with its reason; nothing is changed by printing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from db.queries import letters as book_queries
from db.queries import office as office_queries
from desktop.notices.joined import join
from desktop.rules.complaints import UNDECIDED, State
from desktop.rules.faults import Faults
from desktop.usecases import letterbook, letterprints, register, sheets
from desktop.usecases.letterbook import Status
from desktop.usecases.letters import TITLES
from desktop.usecases.office import Acting, Office
from desktop.usecases.paperkinds import Papers as Papers
from desktop.usecases.register import ComplaintView

Told = Callable[[int], None]
"""Told how many complaints are done; stops the work by an exception."""


class Why(StrEnum):
    """Why a complaint is left out."""

    VOID = "void"
    DECIDED = "decided"  # the leader has decided already
    NAMES = "names"  # the text names who complained, or lacks what the sheet needs
    NO_LETTERS = "no_letters"  # none, or all are sent


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A complaint of which nothing is printed."""

    number: str
    why: Why


@dataclass(frozen=True, slots=True)
class Gathered:
    """One PDF with the papers of many complaints; ``papers`` of ``complaints``.

    Nothing to print: no bytes, and everything is left out.
    """

    pdf: bytes
    papers: int
    complaints: int
    left: tuple[LeftOut, ...]


def gather(
    office: Office, papers: Papers, ids: Sequence[int], acting: Acting, told: Told
) -> Gathered:
    """Return the papers of complaints as one print, each beginning on a sheet of its own.

    A paper that names who complained is a looking (查看) for each complaint, as if alone.

    Raises:
        NotPermitted: ``identity_hidden`` – this user may not see who complained.
        LookupError: the bytes of a letter are gone or changed.
    """
    left: list[LeftOut] = []
    of: set[int] = set()

    def made() -> Iterator[tuple[str, bytes]]:
        for at, one in enumerate(ids):
            told(at)
            for title, pdf in _papers(office, papers, one, acting, left):
                of.add(one)
                yield title, pdf

    try:
        joined = join(made(), duplex=True)
    except ValueError:  # there is nothing to join
        return Gathered(b"", 0, 0, tuple(left))
    return Gathered(joined.pdf, len(joined.parts), len(of), tuple(left))


def _papers(
    office: Office, papers: Papers, complaint: int, acting: Acting, left: list[LeftOut]
) -> Iterator[tuple[str, bytes]]:
    view = register.view(office, complaint, acting.today)
    number = view.complaint.number
    if view.state is State.VOID:
        left.append(LeftOut(number, Why.VOID))
        return
    match papers:
        case Papers.INTAKE:
            title = f"{number}　{TITLES['intake_sheet']}"
            yield title, sheets.intake_sheet(office, complaint, acting)
        case Papers.APPROVAL:
            yield from _approval(office, view, acting, left)
        case Papers.LETTERS:
            sent = True
            for letter_id, title in _unsent(office, complaint):
                sent = False
                yield title, letterprints.read(office, letter_id, acting)
            if sent:
                left.append(LeftOut(number, Why.NO_LETTERS))


def _approval(
    office: Office, view: ComplaintView, acting: Acting, left: list[LeftOut]
) -> Iterator[tuple[str, bytes]]:
    number, complaint = view.complaint.number, view.complaint.id
    if view.state not in UNDECIDED:
        left.append(LeftOut(number, Why.DECIDED))
        return
    draft = sheets.approval_beginning(office, complaint, acting)
    try:
        pdf = sheets.approval_sheet(office, complaint, draft, acting)
    except Faults:
        left.append(LeftOut(number, Why.NAMES))
        return
    yield f"{number}　{TITLES['approval_sheet']}", pdf


def _unsent(office: Office, complaint: int) -> Iterator[tuple[int, str]]:
    """Yield the letters of a complaint that stand and were not dispatched, with their titles."""
    for one in office_queries.letters(office.db, "complaint", complaint):
        letter = book_queries.letter(office.db, one.id)
        if letter is None or letterbook.status_of(letter) is not Status.USED:
            continue
        if letter.dispatched is None:
            title = letter.title.replace("\n", "")
            yield letter.id, f"{letter.number}　{title}"
