"""Letters of which only the handing over is registered (只登交接不录内容), and their 交接单.

Source: 纪检监察机关处理检举控告工作规则 第十五条 (resources/rulebooks/national.toml); an office that is no
organ of discipline follows it by analogy. They have a number of their own, stand in a list of their
own and are counted apart: every item is registered one by one (逐项登记), and nothing it says is.
"""

from dataclasses import dataclass, replace
from datetime import date

from db.ledger import EventDraft, StaleRecord
from db.queries import handovers as queries
from db.queries import office as office_queries
from db.records import Event, Handover
from desktop.rules import typed
from desktop.rules.clocks import ClockStatus, deadline, status
from desktop.rules.faults import NotPermitted, fault, refuse_if
from desktop.rules.handovers import (
    HandingDraft,
    HandoverDraft,
    HandoverState,
    Sealing,
    check_handing,
    check_handover,
    read_time,
)
from desktop.rules.rulebook import Clock, Rulebook, System
from desktop.rules.rulebook import Handover as Rule
from desktop.usecases import identity
from desktop.usecases.calendars import calendar
from desktop.usecases.office import Acting, Done, Office, keep_event
from desktop.usecases.serials import make_void, standing, take_number

#: The series of their numbers, and what stands before the year.
SERIES, WORD = "handover", "接"

SEALING_WORDS = {
    Sealing.INTACT: "封条完好",
    Sealing.PASTED: "无封条，封口完好",
    Sealing.BROKEN: "封条破损",
    Sealing.OPENED: "收到时已拆",
    Sealing.MISTAKE: "误拆后重新封存",
}

#: What of a letter is kept under seal: the outside of an envelope may name who sent it.
_SECRET = ("brought", "envelope")


@dataclass(frozen=True, slots=True)
class Due:
    """By when a letter must be handed on, and how that stands (移交期限)."""

    due: date
    status: ClockStatus
    tentative: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list (只登交接登记簿); the outside of the envelope is not in it."""

    letter: Handover
    state: HandoverState
    rule: Rule | None
    due: Due | None


@dataclass(frozen=True, slots=True)
class View:
    """One such letter with all that is known of it; ``hidden``: this user may not see its outside."""

    row: Row
    citation: str
    sealing: Sealing
    hidden: bool
    events: tuple[Event, ...]


def kinds(office: Office) -> tuple[Rule, ...]:
    """Return which letters may not be entered, as the national rulebook has them."""
    return office.national.handovers


def receivers(office: Office) -> tuple[str, ...]:
    """Return to whom letters were handed on before, for the form to offer."""
    return tuple(queries.receivers(office.db))


def rows(office: Office, today: date) -> tuple[Row, ...]:
    """Return all of them, the newest number first; nothing of their outside is opened."""
    return tuple(_row(office, _masked(one), today) for one in queries.handovers(office.db))


def waiting(office: Office, today: date) -> tuple[Row, ...]:
    """Return those that wait to be handed on, the oldest first."""
    return tuple(_row(office, _masked(one), today) for one in queries.held(office.db))


def view(office: Office, handover_id: int, today: date) -> View:
    """Return one of them; its outside is shown to those who may see who complained.

    Raises:
        LookupError: there is none of this id.
    """
    kept = _kept(office, handover_id)
    hidden = not office.session.sees_identity
    shown = _masked(kept) if hidden else _opened(office, kept)
    row = _row(office, shown, today)
    book = _book(office, kept)
    cited = f"{book.cite(row.rule)}：{row.rule.text}" if row.rule else ""
    events = office_queries.events(office.db, "handover", handover_id)
    return View(row, cited, Sealing(kept.sealing), hidden, tuple(events))


def citation(office: Office, row: Row) -> str:
    """Return the text on which a letter is only handed on."""
    return _book(office, row.letter).cite(row.rule) if row.rule else ""


def register(office: Office, draft: HandoverDraft, acting: Acting) -> Done[int]:
    """Register the outside of a letter (交接登记) under the next number of its own series.

    Raises:
        Faults: incomplete, or a date that can not be.
        NotPermitted: ``identity_hidden`` – this user may not keep what may name somebody.
    """
    refuse_if(check_handover(draft, office.national, acting.at))
    event = EventDraft("handover.register", "handover")
    with office.ledger.action(event, acting.actor()) as action:
        number = take_number(action, event, SERIES, WORD, acting.today.year)
        event.subject_id = action.insert(
            "handover",
            **number,
            pack=office.national.id,
            pack_version=office.national.version,
            registered=acting.today.isoformat(),
            clerk_name=acting.name,
            state=HandoverState.HELD.value,
            **_columns(office, draft),
        )
    return Done(event.subject_id, event.seq)


def correct(
    office: Office, handover_id: int, draft: HandoverDraft, reason: str, rev: int, acting: Acting
) -> Done[None]:
    """Correct what was registered of a letter, with a reason.

    Raises:
        Faults: incomplete, no reason, or nothing changed.
        NotPermitted: void.
        StaleRecord: it was changed since it was read.
    """
    kept = standing(_kept(office, handover_id))
    if kept.rev != rev:
        raise StaleRecord(f"handover {handover_id}")
    was = draft_of(_opened(office, kept))
    later = kept.handed is not None and draft.received is not None and draft.received > kept.handed
    refuse_if(
        [
            *check_handover(draft, office.national, acting.at),
            fault("received", "receipt_after", latest=kept.handed) if later else None,
            fault("", "unchanged") if _tidy(draft) == _tidy(was) else None,
            typed.check_text("reason", reason, required=True, limit=typed.LINE),
        ]
    )
    columns = _columns(office, draft)
    for key in _SECRET:
        if typed.clean(getattr(draft, key)) == getattr(was, key):
            del columns[key]  # sealing anew would look like a change
    event = EventDraft(
        "handover.correct", "handover", handover_id, kept.number, typed.clean(reason)
    )
    with office.ledger.action(event, acting.actor()) as action:
        action.update("handover", handover_id, **columns)
    return Done(None, event.seq)


def hand_over(office: Office, handover_id: int, draft: HandingDraft, acting: Acting) -> Done[None]:
    """Note that a letter was handed on and both have signed (移交).

    Raises:
        Faults: nobody named, not signed, or a time before the letter came.
        NotPermitted: handed on already, or void.
    """
    kept = standing(_kept(office, handover_id))
    if kept.state != HandoverState.HELD:
        raise NotPermitted("already_done")
    refuse_if(check_handing(draft, kept.received, kept.received_at, acting.at))
    assert draft.day is not None
    event = EventDraft("handover.hand", "handover", handover_id, kept.number)
    with office.ledger.action(event, acting.actor()) as action:
        action.update(
            "handover",
            handover_id,
            to_unit=typed.clean(draft.unit),
            to_person=typed.clean(draft.person),
            handed=draft.day.isoformat(),
            handed_at=read_time(draft.at),
            handed_by=acting.name,
            state=HandoverState.HANDED.value,
        )
    return Done(None, event.seq)


def void(office: Office, handover_id: int, reason: str, acting: Acting) -> Done[None]:
    """Make an entry void (作废) with a reason; its number stays used.

    Raises:
        Faults: no reason.
        NotPermitted: void already.
    """
    return make_void(office, "handover", handover_id, _kept(office, handover_id), reason, acting)


def sheet(office: Office, handover_id: int, acting: Acting) -> bytes:
    """Return the 来信交接单 of a letter, for two signatures.

    Raises:
        NotPermitted: ``identity_hidden`` – its outside may name somebody; or void.
        Faults: a character can not be printed.

    Printing is an event: what is told on paper leaves the program.
    """
    from desktop.usecases import letters  # fonts and all: not before a paper is made

    one = _opened(office, standing(_kept(office, handover_id)))
    rule = _rule(office, one)
    fields = {
        "number": one.number,
        "letter_kind": rule.name if rule else "",
        "basis": f"{_book(office, one).cite(rule)}：{rule.text}" if rule else "",
        "received": one.received,
        "received_at": _clock_words(one.received_at),
        "channel": one.channel,
        "brought": one.brought,
        "envelope": one.envelope,
        "seal": one.seal,
        "sealing": SEALING_WORDS[Sealing(one.sealing)],
        "pieces": one.pieces,
        "weight": f"{one.weight}克" if one.weight else "",
        "to_unit": one.to_unit,
        "taken_by": one.to_person,
        "handed": one.handed,
        "handed_at": _clock_words(one.handed_at),
        "clerk": one.clerk_name,
    }
    pdf = letters.form(office, "handover_sheet", fields, dated=acting.today)
    event = EventDraft("handover.print", "handover", handover_id, one.number)
    keep_event(office, event, acting)
    return pdf


def draft_of(letter: Handover) -> HandoverDraft:
    """Return what was registered as a draft, to correct it."""
    return HandoverDraft(
        letter.kind,
        letter.received,
        letter.received_at,
        letter.channel,
        letter.brought,
        letter.envelope,
        letter.seal,
        Sealing(letter.sealing),
        letter.pieces,
        letter.weight,
        letter.to_unit,
    )


# ---- inside ------------------------------------------------------------------------------------


def _kept(office: Office, handover_id: int) -> Handover:
    found = queries.handover(office.db, handover_id)
    if found is None:
        raise LookupError(f"handover {handover_id}")
    return found


def _masked(letter: Handover) -> Handover:
    return replace(letter, brought=identity.MASK if letter.brought else "", envelope=identity.MASK)


def _opened(office: Office, letter: Handover) -> Handover:
    return replace(
        letter,
        brought=identity.unseal(office, letter.brought),
        envelope=identity.unseal(office, letter.envelope),
    )


def _columns(office: Office, draft: HandoverDraft) -> dict[str, str | int | None]:
    assert draft.received is not None
    assert draft.sealing is not None
    assert draft.pieces is not None
    return {
        "kind": draft.kind,
        "received": draft.received.isoformat(),
        "received_at": read_time(draft.at),
        "channel": typed.clean(draft.channel),
        "brought": identity.seal(office, typed.clean(draft.brought)),
        "envelope": identity.seal(office, typed.clean(draft.envelope)),
        "seal": typed.clean(draft.seal),
        "sealing": draft.sealing.value,
        "pieces": draft.pieces,
        "weight": draft.weight,
        "to_unit": typed.clean(draft.to_unit),
    }


def _tidy(draft: HandoverDraft) -> HandoverDraft:
    return replace(
        draft,
        at=read_time(draft.at),
        channel=typed.clean(draft.channel),
        brought=typed.clean(draft.brought),
        envelope=typed.clean(draft.envelope),
        seal=typed.clean(draft.seal),
        to_unit=typed.clean(draft.to_unit),
    )


def _book(office: Office, letter: Handover) -> Rulebook:
    return office.library.pinned(letter.pack, letter.pack_version)


def _rule(office: Office, letter: Handover) -> Rule | None:
    listed = _book(office, letter).handovers
    return next((h for h in listed if h.id == letter.kind), None)


def _row(office: Office, letter: Handover, today: date) -> Row:
    rule = _rule(office, letter)
    state = HandoverState.VOID if letter.void else HandoverState(letter.state)
    return Row(letter, state, rule, _due(office, letter, rule, today))


def _due(office: Office, letter: Handover, rule: Rule | None, today: date) -> Due | None:
    """Return by when a letter is to be handed on, where the text sets a limit."""
    if rule is None or not rule.count or letter.void:
        return None
    clock = Clock(
        id="handover",
        source=rule.source,
        article=rule.article,
        system=System.COMPLAINTS,
        name="移交",
        starts="received",
        stops="submitted",
        count=rule.count,
        unit=rule.unit,
    )
    table = calendar(office)
    end = deadline(clock, letter.received, table)
    return Due(end.due, status(end, today, letter.handed, table), end.tentative)


def _clock_words(time: str) -> str:
    """Return a time of day as papers say it: 9时05分."""
    hour, colon, minute = time.partition(":")
    return f"{int(hour)}时{minute}分" if colon else ""
