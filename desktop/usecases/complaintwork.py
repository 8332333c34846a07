"""What every step on a complaint shares: whether it may be taken, its event and its row."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypedDict, Unpack

from db.ledger import Action, EventDraft
from db.records import Complaint
from desktop.rules import complaints as rules
from desktop.rules import secrecy, typed
from desktop.rules.complaints import ComplaintDraft, Identity, Step
from desktop.rules.faults import Fault, NotPermitted, fault
from desktop.rules.secrecy import Named
from desktop.usecases import identity, register
from desktop.usecases.letters import TO_COMPLAINANTS
from desktop.usecases.office import Acting, Office
from desktop.usecases.register import ComplaintView


def names_complainants(view: ComplaintView, kind: str) -> bool:
    """Say whether a letter of this kind bears the name of who complained of this matter."""
    return kind in TO_COMPLAINANTS and view.standing.identity is not Identity.ANONYMOUS


def gives_away(office: Office, complaint_id: int, texts: Mapping[str, str]) -> list[Fault]:
    """Find a complainant's name, telephone or address in texts that leave the office."""
    unit = register.unit_of(office, complaint_id)
    return secrecy.gives_away(register.telling(office, complaint_id), texts, [unit])


def masked_faults(texts: Mapping[str, str]) -> list[Fault]:
    """Refuse ××× in what the complainants read: it stands for their own names and would be printed."""
    return [fault(key, "mask_printed") for key, text in texts.items() if identity.MASK in text]


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


class StepRow(TypedDict, total=False):
    """What a step's row says beside whose step it is, which and of what day.

    ``paper``: the number of the paper that came in with it.
    """

    person: str
    unit: int | None
    due: date | None
    outcome: str | None
    text: str
    detail: str
    paper: str


def write_step(
    action: Action,
    complaint: int,
    step: str,
    day: date,
    letter: int | None = None,
    **row: Unpack[StepRow],
) -> int:
    """Write a step and return its row."""
    due = row.get("due")
    return action.insert(
        "complaint_step",
        complaint=complaint,
        step=str(step),
        day=day.isoformat(),
        person=row.get("person", ""),
        unit=row.get("unit"),
        due=due.isoformat() if due else None,
        outcome=row.get("outcome"),
        text=row.get("text", ""),
        detail=row.get("detail", ""),
        letter=letter,
        paper=row.get("paper", ""),
    )


def note_files(action: Action, step: int, files: Iterable[int]) -> None:
    """Note which attachments came in with a step."""
    for file in files:
        action.insert("complaint_step_file", complaint_step=step, attachment=file)


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


def accused(view: ComplaintView) -> str:
    unit, person = view.complaint.unit_name, view.complaint.accused_person
    return f"{unit}{person}" if person else unit
