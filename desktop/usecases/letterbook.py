"""The letter book (发文登记簿): every number, what became of it, its seals and dispatches, its gaps."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.ledger import EventDraft
from db.queries import complaints as complaint_queries
from db.queries import letters as queries
from db.records import BookLetter, Dispatch, Event, Seal, Service
from desktop import notices
from desktop.rules import typed
from desktop.rules.faults import Fault, NotPermitted, fault, refuse_if
from desktop.rules.replies import ReplyWay
from desktop.usecases import letters, replies
from desktop.usecases.letternumbers import NEXT
from desktop.usecases.letters import SERIES, TITLES, TO_COMPLAINANTS, Finding
from desktop.usecases.office import Acting, Done, Office, keep_setting
from desktop.usecases.serials import standing

#: Stands for the name of who complained: the book is shown and printed without it.
COMPLAINANT = "投诉举报人"

#: How a letter may leave the office (发出方式).
WAYS = ("邮寄", "直接送交", "机要交换", "传真", "电子公文", "其他")


class Status(StrEnum):
    """What became of a number."""

    USED = "used"  # 已用
    RESERVED = "reserved"  # 预留
    VOID = "void"  # 作废


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the book; the addressee is masked where it is who complained."""

    letter: BookLetter
    kind_name: str
    addressee: str
    status: Status
    next: bool
    """The next letter of the kind takes this reserved number."""

    @property
    def digest(self) -> str:
        """The digest (校验码) in the letter's code; empty where it has none."""
        return notices.read_code(self.letter.code).digest if self.letter.code else ""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which lines to show; None and an empty text leave everything in."""

    kind: str | None = None
    year: int | None = None
    status: Status | None = None
    text: str = ""

    def passes(self, row: Row) -> bool:
        """Say whether a line is shown; names of complainants are not searched."""
        letter = row.letter
        searched = (letter.number, letter.title, row.kind_name, row.addressee)
        words = self.text.split()
        return (
            self.kind in (None, letter.kind)
            and self.year in (None, letter.year)
            and self.status in (None, row.status)
            and all(
                any(word in text for text in (*searched, letter.subject_number)) for word in words
            )
        )


def is_secret(letter: BookLetter) -> bool:
    """Say whether a letter bears the name of who complained."""
    return letter.kind in TO_COMPLAINANTS


def addressee_of(letter: BookLetter) -> str:
    """Return whom a letter is for; who complained is not named."""
    return COMPLAINANT if is_secret(letter) and letter.addressee else letter.addressee


def status_of(letter: BookLetter) -> Status:
    """Return what became of a number; a letter whose making was taken back is void."""
    return Status.VOID if letter.void else Status(letter.status)


def book(office: Office, wanted: Filter | None = None) -> tuple[Row, ...]:
    """Return the book, newest first."""
    waiting = {key: value for key, value in queries.settings(office.db).items() if value}
    rows = (_row(letter, waiting) for letter in queries.book(office.db))
    return tuple(row for row in rows if wanted is None or wanted.passes(row))


def _row(letter: BookLetter, settings: dict[str, str]) -> Row:
    status = status_of(letter)
    return Row(
        letter,
        TITLES.get(letter.kind, letter.kind),
        addressee_of(letter),
        status,
        status is Status.RESERVED and settings.get(NEXT + letter.kind) == str(letter.id),
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One letter with everything its page shows, except its bytes."""

    row: Row
    findings: tuple[Finding, ...]
    fonts: tuple[str, ...]
    seals: tuple[Seal, ...]
    dispatches: tuple[Dispatch, ...]
    services: tuple[Service, ...]
    history: tuple[Event, ...]
    reply_way: ReplyWay | None = None  # how the complainant it is for wants to be answered


def entry(office: Office, letter_id: int) -> Entry:
    """Return one letter of the book.

    Raises:
        LookupError: there is no such letter.
    """
    letter = _letter(office, letter_id)
    return Entry(
        _row(letter, queries.settings(office.db)),
        letters.findings(letter),
        letters.fonts(letter),
        tuple(queries.seals(office.db, letter_id)),
        tuple(queries.dispatches(office.db, letter_id)),
        tuple(queries.services(office.db, letter_id)),
        tuple(queries.history(office.db, letter_id)),
        _reply_way(office, letter),
    )


def _reply_way(office: Office, letter: BookLetter) -> ReplyWay | None:
    """Return how those want to be answered to whom a letter goes, if they said so."""
    if not is_secret(letter):
        return None
    complaint = complaint_queries.complaint(office.db, letter.subject_id)
    return replies.way_of(complaint) if complaint is not None else None


def _letter(office: Office, letter_id: int) -> BookLetter:
    found = queries.letter(office.db, letter_id)
    if found is None:
        raise LookupError(f"letter {letter_id}")
    return found


def _made(office: Office, letter_id: int) -> BookLetter:
    """Return a letter that stands.

    Raises:
        NotPermitted: it is void, or its number is only reserved.
    """
    letter = standing(_letter(office, letter_id))
    if letter.status == Status.RESERVED:
        raise NotPermitted("not_made")
    return letter


def _event(action: str, letter: BookLetter, reason: str = "") -> EventDraft:
    return EventDraft(action, "letter", letter.id, letter.number, reason)


# -- numbers ---------------------------------------------------------------------------------------


def reserve(office: Office, kind: str, reason: str, acting: Acting) -> Done[int]:
    """Reserve the next number of a kind of letter (预留编号).

    Raises:
        Faults: no kind, or no reason.
    """
    refuse_if(
        [
            None if kind in SERIES else fault("kind", "choose"),
            typed.check_text("reason", reason, required=True),
        ]
    )
    word, year = letters.series(office, kind), acting.today.year
    event = EventDraft("letter.reserve", "letter", reason=typed.clean(reason))
    with office.ledger.action(event, acting.actor()) as action:
        serial = action.next_serial(word, year)
        event.label = f"{word}〔{year}〕{serial}号"
        event.subject_id = action.insert(
            "letter",
            kind=kind,
            series=word,
            year=year,
            serial=serial,
            number=event.label,
            subject="",
            subject_id=0,
            title=typed.clean(reason),
            addressee="",
            dated=acting.today.isoformat(),
            pages=0,
            sha256="",
            fields="{}",
            status=Status.RESERVED.value,
        )
    return Done(event.subject_id, event.seq)


def use_next(office: Office, letter_id: int, acting: Acting) -> Done[None]:
    """Let the next letter of the kind take a reserved number; a second call takes that back.

    Raises:
        NotPermitted: the number is not reserved any more.
    """
    letter = _letter(office, letter_id)
    if status_of(letter) is not Status.RESERVED:
        raise NotPermitted("not_reserved")
    key = NEXT + letter.kind
    value = "" if office.setting(key) == str(letter_id) else str(letter_id)
    event = _event("letter.next", letter)
    with office.ledger.action(event, acting.actor()) as action:
        keep_setting(action, office.db, key, value)
    return Done(None, event.seq)


def void(office: Office, letter_id: int, reason: str, acting: Acting) -> Done[None]:
    """Make a number void (作废): it stays in the book with its reason, a letter keeps its bytes.

    Raises:
        Faults: no reason.
        NotPermitted: it is void already.
    """
    letter = standing(_letter(office, letter_id))
    refuse_if([typed.check_text("reason", reason, required=True)])
    event = _event("letter.void", letter, typed.clean(reason))
    with office.ledger.action(event, acting.actor()) as action:
        action.update(
            "letter", letter_id, void=1, status=Status.VOID.value, void_reason=event.reason
        )
        if office.setting(NEXT + letter.kind) == str(letter_id):
            keep_setting(action, office.db, NEXT + letter.kind, "")
    return Done(None, event.seq)


# -- seal and dispatch -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SealDraft:
    """The seal put on a letter (用印登记)."""

    day: date | None
    approved_by: str
    sealed_by: str
    copies: int | None
    note: str = ""


def seal(office: Office, letter_id: int, draft: SealDraft, acting: Acting) -> Done[int]:
    """Register that a letter was sealed (登记用印).

    Raises:
        Faults: something typed can not be kept.
        NotPermitted: the letter is void or not made.
    """
    letter = _made(office, letter_id)
    copies = draft.copies
    refuse_if(
        [
            typed.check_date("day", draft.day, acting.today, not_before=letter.dated),
            typed.check_text("approved_by", draft.approved_by, required=True, limit=typed.NAME),
            typed.check_text("sealed_by", draft.sealed_by, required=True, limit=typed.NAME),
            fault("copies", "copies") if copies is None or not 0 < copies < 1000 else None,
            typed.check_text("note", draft.note),
        ]
    )
    assert draft.day is not None
    event = _event("letter.seal", letter)
    with office.ledger.action(event, acting.actor()) as action:
        row = action.insert(
            "letter_seal",
            letter=letter_id,
            day=draft.day.isoformat(),
            approved_by=typed.clean(draft.approved_by),
            sealed_by=typed.clean(draft.sealed_by),
            copies=copies,
            note=typed.clean(draft.note),
        )
    return Done(row, event.seq)


@dataclass(frozen=True, slots=True)
class DispatchDraft:
    """A letter sent off (登记发出); to who complained the recipient is not named."""

    day: date | None
    way: str
    recipient: str
    tracking: str = ""
    note: str = ""


def dispatch(office: Office, letter_id: int, draft: DispatchDraft, acting: Acting) -> Done[int]:
    """Register that a letter was sent off (登记发出).

    Raises:
        Faults: something typed can not be kept.
        NotPermitted: the letter is void or not made.
    """
    letter = _made(office, letter_id)
    recipient = COMPLAINANT if is_secret(letter) else typed.clean(draft.recipient)
    refuse_if([*_dispatch_faults(letter, draft, recipient, acting)])
    assert draft.day is not None
    event = _event("letter.dispatch", letter)
    with office.ledger.action(event, acting.actor()) as action:
        row = action.insert(
            "letter_dispatch",
            letter=letter_id,
            day=draft.day.isoformat(),
            way=draft.way,
            recipient=recipient,
            tracking=typed.clean(draft.tracking),
            note=typed.clean(draft.note),
        )
    return Done(row, event.seq)


def _dispatch_faults(
    letter: BookLetter, draft: DispatchDraft, recipient: str, acting: Acting
) -> list[Fault | None]:
    return [
        typed.check_date("day", draft.day, acting.today, not_before=letter.dated),
        None if draft.way in WAYS else fault("way", "choose"),
        typed.check_text("recipient", recipient, required=True),
        typed.check_text("tracking", draft.tracking, limit=typed.NAME),
        typed.check_text("note", draft.note),
    ]


# -- gaps ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SeriesReport:
    """One series of numbers in one year: how many of each, and what is wrong with them.

    ``missing``: numbers that were given and are not in the book; ``lost``: letters whose bytes are
    gone. Both are empty unless the file was tampered with.
    """

    series: str
    year: int
    last: int
    used: int
    reserved: int
    void: int
    missing: tuple[int, ...]
    lost: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing and not self.lost


def gaps(office: Office) -> tuple[SeriesReport, ...]:
    """Return every series of numbers with its gaps (缺号), newest year first."""
    given = {(one.year, one.series): one.last for one in queries.series(office.db)}
    found: dict[tuple[int, str], list[BookLetter]] = {}
    for letter in queries.book(office.db):
        found.setdefault((letter.year, letter.series), []).append(letter)
    keys = sorted({*given, *found}, key=lambda key: (-key[0], key[1]))
    return tuple(_report(key, given.get(key, 0), found.get(key, [])) for key in keys)


def _report(key: tuple[int, str], given: int, found: list[BookLetter]) -> SeriesReport:
    serials = {letter.serial for letter in found}
    last = max(given, *serials, 0)
    statuses = [status_of(letter) for letter in found]
    return SeriesReport(
        series=key[1],
        year=key[0],
        last=last,
        used=statuses.count(Status.USED),
        reserved=statuses.count(Status.RESERVED),
        void=statuses.count(Status.VOID),
        missing=tuple(n for n in range(1, last + 1) if n not in serials),
        lost=tuple(one.number for one in reversed(found) if one.sha256 and not one.kept),
    )
