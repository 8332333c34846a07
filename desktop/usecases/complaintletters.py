"""What every letter of a complaint shares: its common fields, its draft, its making with the step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Unpack

from db.ledger import Action, Value
from db.records import Complaint
from desktop.rules.complaints import Identity, Step
from desktop.rules.faults import Fault
from desktop.rules.rulebook import System
from desktop.usecases import letters, register, replies
from desktop.usecases.complaintwork import StepRow, event_of, gives_away, write_step
from desktop.usecases.identity import MASK
from desktop.usecases.letters import Subject
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.register import ComplaintView


@dataclass(frozen=True, slots=True)
class Wording:
    """A letter as it will be worded: its kind, its day and what its fields say.

    ``to_people``: it goes to who complained, so that its draft is masked and nobody is written to
    where nobody is known.
    """

    kind: str
    dated: date
    fields: Mapping[str, object]
    to_people: bool


def to_people(
    office: Office, view: ComplaintView, kind: str, dated: date, **fields: object
) -> Wording:
    """Word a letter to who complained."""
    people = register.complainants(office, view.complaint.id)
    whole = {
        **common_fields(view, kind, dated),
        "addressee": replies.addressees(people),
        **fields,
    }
    return Wording(kind, dated, whole, to_people=True)


def to_body(
    view: ComplaintView, kind: str, dated: date, receiver: str, **fields: object
) -> Wording:
    """Word a letter to a unit or another body."""
    whole = {
        **common_fields(view, kind, dated),
        "receiver": receiver,
        "addressee": receiver,
        **fields,
    }
    return Wording(kind, dated, whole, to_people=False)


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft letter as it would print, and what in it gives a complainant away."""

    pdf: bytes
    faults: tuple[Fault, ...] = ()


def preview(
    office: Office, view: ComplaintView, wording: Wording, texts: Mapping[str, str] | None = None
) -> Preview:
    """Return a letter marked 草稿, its addressees masked; ``texts`` are looked through for names.

    Raises:
        Faults: a character can not be printed.
    """
    masked = {"addressee": MASK} if wording.to_people else {}
    fields = {**wording.fields, **masked}
    pdf = letters.preview(office, wording.kind, fields, pack=view.book.id, dated=wording.dated)
    return Preview(pdf, tuple(gives_away(office, view.complaint.id, texts)) if texts else ())


def issue(office: Office, action: Action, view: ComplaintView, wording: Wording) -> tuple[int, str]:
    """Make a letter of a complaint inside an action; return its id and number."""
    return letters.issue(
        office,
        action,
        wording.kind,
        Subject("complaint", view.complaint.id),
        wording.fields,
        pack=view.book.id,
        dated=wording.dated,
    )


def tell(
    office: Office,
    view: ComplaintView,
    step: Step,
    wording: Wording,
    acting: Acting,
    changes: Mapping[str, Value] | None = None,
    also: Callable[[Action], None] | None = None,
    **row: Unpack[StepRow],
) -> Done[int]:
    """Take a step by its letter: make it, change the complaint, write the step, all in one action.

    Args:
        office: the open office.
        view: the complaint as it stands.
        step: which step; its event has its name.
        wording: the letter. One to who complained is a written word, the first of which stops its
            clock; where nobody is known none is made.
        acting: who takes the step.
        changes: columns of the complaint that change with it.
        also: what else belongs to the action, done before the step is written.
        row: what the step's row says beside the letter.

    Returns:
        The letter's id, 0 where there was nobody to write to.
    """
    complaint = view.complaint
    whole: dict[str, Value] = dict(changes or {})
    letter = 0
    silent = wording.to_people and view.standing.identity is Identity.ANONYMOUS
    event = event_of(f"complaint.{step}", complaint)
    with office.ledger.action(event, acting.actor()) as action:
        if not silent:
            letter, _ = issue(office, action, view, wording)
            if wording.to_people:
                whole["told_in_writing"] = _first_word(complaint, wording.dated)
        if whole:
            action.update("complaint", complaint.id, **whole)
        if also is not None:
            also(action)
        write_step(action, complaint.id, step, wording.dated, letter=letter or None, **row)
    return Done(letter, event.seq)


def _first_word(complaint: Complaint, day: date) -> str:
    """The first written word stops the clock; later ones do not move it."""
    told = complaint.told_in_writing
    return min(told, day).isoformat() if told else day.isoformat()


#: The event that stops the clock by which a letter is due.
_BASIS = {
    "transfer": "transferred",
    "chase": "transferred",
    "refusal": "refusal_told",
    "interim": "told_in_writing",
}

#: What the name of the step says on which a letter stands that no clock asks for.
_STEPS = {"acceptance": "领导批准", "extension": "延期", "result": "告知"}


def common_fields(view: ComplaintView, kind: str, dated: date) -> dict[str, object]:
    """Return the fields that every letter of a complaint has."""
    book = view.book
    clock = next((c.rule for c in view.clocks if c.rule.stops == _BASIS.get(kind, "")), None)
    if clock is None:
        # the step that demands the letter (the result be told, a delay be explained)
        word = _STEPS.get(kind, "告知")
        own_steps = [s for s in book.steps if s.system is System.COMPLAINTS]
        step = next((s for s in own_steps if word in s.name), None)
        basis = book.cite(step) if step else ""
    else:
        basis = book.cite(clock)
    if not basis and book.sources:
        own = next((g.source for g in book.grounds), book.sources[0].id)
        basis = f"《{book.source(own).title}》"
    return {
        "dated": dated,
        "complaint_number": view.complaint.number,
        "register_number": view.complaint.number,
        "received": view.complaint.received,
        "channel": view.channel,
        "subject": view.complaint.subject,
        "basis": basis,
        "remedy": remedy(view),
    }


def remedy(view: ComplaintView) -> str:
    """Return the remedy sentence the place's text gives a complainant, or nothing where silent."""
    found = next((r for r in view.book.remedies if r.system is System.COMPLAINTS), None)
    return found.text if found else ""
