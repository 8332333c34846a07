"""What every step on a complaint shares: whether it may be taken, its row, its letter's fields."""

from collections.abc import Iterable, Mapping
from datetime import date

from db.ledger import Action, EventDraft
from db.records import Complaint
from desktop.rules import complaints as rules
from desktop.rules import typed
from desktop.rules.complaints import ComplaintDraft, Identity, Named, Step
from desktop.rules.faults import Fault, NotPermitted, fault
from desktop.rules.rulebook import System
from desktop.usecases import identity, register, replies
from desktop.usecases.identity import MASK as MASK  # part of what a draft shows
from desktop.usecases.letters import TO_COMPLAINANTS as TO_COMPLAINANTS
from desktop.usecases.office import Acting, Office
from desktop.usecases.register import ComplaintView


def names_complainants(view: ComplaintView, kind: str) -> bool:
    """Say whether a letter of this kind bears the name of who complained of this matter."""
    return kind in TO_COMPLAINANTS and view.standing.identity is not Identity.ANONYMOUS


def gives_away(office: Office, complaint_id: int, texts: Mapping[str, str]) -> list[Fault]:
    """Find a complainant's name, telephone or address in texts that leave the office."""
    unit = register.unit_of(office, complaint_id)
    return rules.gives_away(register.telling(office, complaint_id), texts, [unit])


def may(office: Office, complaint_id: int, step: Step, acting: Acting) -> ComplaintView:
    view = register.view(office, complaint_id, acting.today)
    reason = rules.why_not(step, view.standing)
    if reason:
        raise NotPermitted(reason, step=step.value)
    return view


def day_fault(
    field: str,
    day: date | None,
    view: ComplaintView,
    acting: Acting,
    *,
    after: Step | None = Step.REGISTER,
) -> Fault | None:
    """Check a step's date: not before receipt, nor before the step it follows (None: the last)."""
    done = [s for s in view.steps if s.step != Step.REGISTER and (after is None or s.step == after)]
    if after is not Step.REGISTER and done:
        last = max(reversed(done), key=lambda s: s.day)
        return typed.check_date(
            field, day, acting.today, not_before=last.day, before_code=f"before_{last.step}"
        )
    return typed.check_date(
        field, day, acting.today, not_before=view.complaint.received, before_code="before_receipt"
    )


def event_of(action: str, complaint: Complaint) -> EventDraft:
    return EventDraft(action, "complaint", complaint.id, complaint.number)


def write_step(  # noqa: PLR0913 - the columns of one row
    action: Action,
    complaint: int,
    step: str,
    day: date,
    *,
    person: str = "",
    unit: int | None = None,
    due: date | None = None,
    outcome: str | None = None,
    text: str = "",
    detail: str = "",
    letter: int | None = None,
    paper: str = "",
) -> int:
    """Write a step and return its row; ``paper``: the number of the paper that came in with it."""
    return action.insert(
        "complaint_step",
        complaint=complaint,
        step=str(step),
        day=day.isoformat(),
        person=person,
        unit=unit,
        due=due.isoformat() if due else None,
        outcome=outcome,
        text=text,
        detail=detail,
        letter=letter,
        paper=paper,
    )


def note_files(action: Action, step: int, files: Iterable[int]) -> None:
    """Note which attachments came in with a step."""
    for file in files:
        action.insert("complaint_step_file", complaint_step=step, attachment=file)


def first_word(complaint: Complaint, day: date) -> dict[str, str]:
    """The first written word stops the clock; later ones do not move it."""
    told = complaint.told_in_writing
    return {"told_in_writing": min(told, day).isoformat() if told else day.isoformat()}


def people_names(office: Office, complaint_id: int) -> str:
    return replies.addressees(register.complainants(office, complaint_id))


def speaks_for_all(draft: ComplaintDraft, person: Named) -> int:
    """Say whether a complainant is the representative (代表人) that a draft names."""
    named = typed.clean(draft.representative)
    return int(bool(named) and typed.clean(person.name) == named)


def sealed_person(office: Office, person: Named) -> dict[str, str]:
    """Return a complainant as the row keeps it: every part sealed (身份保密)."""
    return {
        "name": identity.seal(office, typed.clean(person.name)),
        "phone": identity.seal(office, typed.clean(person.phone)),
        "address": identity.seal(office, typed.clean(person.address)),
    }


def sealed_texts(office: Office, draft: ComplaintDraft) -> dict[str, str]:
    """Return the texts of a complaint as its row keeps them: masked, and as written under seal."""
    texts = {"body": typed.clean(draft.text), "demands": typed.clean(draft.demands)}
    masked, hidden = identity.masked(draft.telling(), texts)
    return {**masked, "sealed": identity.seal(office, hidden)}


def origin(draft: ComplaintDraft) -> dict[str, str | None]:
    """Return who sent a complaint on, as its row keeps it (来源)."""
    return {
        "origin": typed.clean(draft.origin),
        "origin_number": typed.clean(draft.origin_number),
        "origin_day": draft.origin_day.isoformat() if draft.origin_day else None,
        "origin_due": draft.origin_due.isoformat() if draft.origin_due else None,
    }


def shown(office: Office, complaint_id: int, text: str) -> str:
    """Return a text as its step keeps it: who complained is masked in it."""
    return identity.mask(register.telling(office, complaint_id), typed.clean(text))


def masked_faults(texts: Mapping[str, str]) -> list[Fault]:
    """Refuse ××× in what the complainants read: it stands for their own names and would be printed."""
    return [fault(key, "mask_printed") for key, text in texts.items() if MASK in text]


def accused(view: ComplaintView) -> str:
    unit, person = view.complaint.unit_name, view.complaint.accused_person
    return f"{unit}{person}" if person else unit


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
