"""The series of numbers (发文字号) and the reserved ones (预留的号): which of them a letter takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from db.ledger import Action
from db.queries import letters as queries
from db.records import BookLetter
from desktop.rules.faults import Faults, fault
from desktop.usecases.office import SERIES_WORD, Office, keep_setting
from frozen import dataclass

#: The word between the office's mark and the year in a letter's number (发文字号), by kind.
SERIES = {
    "transfer": "投转",
    "refusal": "投告",
    "interim": "投告",
    "result": "投告",
    "acceptance": "投告",
    "extension": "投告",
    "chase": "投催",
    "hearing_notice": "责告",
    "referral": "责移",
    "decision": "责决",
    "rectification": "责改",
    "assessment": "考通",
}

#: Setting that holds the reserved number which the next letter of a kind takes.
NEXT = "next."

#: Stands for a number that is not reserved but the next one of its series.
NEW_NUMBER = 0

_CHOICE: ContextVar[int | None] = ContextVar("choice", default=None)


def series(office: Office, kind: str) -> str:
    """Return what stands before the year in the numbers of a kind of letter (发文字号)."""
    return office.profile().mark + (office.setting(SERIES_WORD + kind) or SERIES[kind])


@dataclass(frozen=True, slots=True)
class ReservedNumber:
    """A number kept free for a letter (预留的号), what for, and whether it is the next in turn."""

    id: int
    number: str
    reason: str
    next: bool


def reserved(office: Office, kind: str) -> tuple[ReservedNumber, ...]:
    """Return the reserved numbers of the series of a kind of letter, lowest first."""
    first = _waiting(office, kind)
    found = [one for one in queries.book(office.db) if _may_take(office, kind, one)]
    return tuple(
        ReservedNumber(one.id, one.number, one.title, first is not None and one.id == first.id)
        for one in sorted(found, key=lambda one: (one.year, one.serial))
    )


@contextmanager
def numbered(choice: int | None) -> Iterator[None]:
    """Let the letters made or previewed inside take the number chosen on their form.

    Args:
        choice: the id of a reserved number, ``NEW_NUMBER``, or None for what the book has set.
    """
    before = _CHOICE.set(choice)
    try:
        yield
    finally:
        _CHOICE.reset(before)


def _is_reserved(entry: BookLetter) -> bool:
    return entry.status == "reserved" and not entry.void


def _may_take(office: Office, kind: str, entry: BookLetter) -> bool:
    """Say whether a number is free for a kind: reserved for it, or for another of its series."""
    return _is_reserved(entry) and (entry.kind == kind or entry.series == series(office, kind))


def _waiting(office: Office, kind: str) -> BookLetter | None:
    """Return the reserved number that the next letter of a kind is to take, if one is set."""
    said = office.setting(NEXT + kind)
    entry = queries.letter(office.db, int(said)) if said else None
    return entry if entry is not None and _is_reserved(entry) else None


def chosen(office: Office, kind: str) -> BookLetter | None:
    """Return the reserved number that a letter takes, or None for a new one.

    Raises:
        Faults: the chosen one is not of the kind's series, or not reserved any more.
    """
    choice = _CHOICE.get()
    if choice is None:
        return _waiting(office, kind)
    if choice == NEW_NUMBER:
        return None
    entry = queries.letter(office.db, choice)
    if entry is None or not _may_take(office, kind, entry):
        raise Faults([fault("reserved", "not_reserved")])
    return entry


def place(office: Office, kind: str, dated: date) -> BookLetter | None:
    """Return the reserved number that a letter of a day takes, or None for a new one.

    Raises:
        Faults: it is not of the kind's series, or not reserved any more, or belongs to another year.
    """
    entry = chosen(office, kind)
    if entry is not None and entry.year != dated.year:
        raise Faults([fault("day", "reserved_year", number=entry.number, year=entry.year)])
    return entry


def taken(office: Office, action: Action, entry: BookLetter) -> None:
    """Write down that a reserved number is used: it is not the next in turn any more."""
    if office.setting(NEXT + entry.kind) == str(entry.id):
        keep_setting(action, office.db, NEXT + entry.kind, "")
