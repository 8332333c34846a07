"""Passing a complaint on (转办): its letter, the receiver's objection (退回), who may receive it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.queries import complaints as queries
from db.queries import office as office_queries
from db.records import ComplaintStep
from desktop.rules import handlers as rules
from desktop.rules import typed
from desktop.rules.clocks import Deadline, deadline
from desktop.rules.complaints import State, Step
from desktop.rules.faults import Fault, fault, refuse_if
from desktop.rules.handlers import Somebody
from desktop.rules.rulebook import Clock
from desktop.usecases import attachments, register
from desktop.usecases.calendars import calendar
from desktop.usecases.complaintletters import Wording, tell, to_body
from desktop.usecases.complaintwork import (
    accused,
    day_fault,
    event_of,
    gives_away,
    may,
    note_files,
    shown,
    write_step,
)
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.register import ComplaintView

#: The national clock within which a receiver may object (信访工作条例 第二十三条).
_OBJECTED = "objected"


@dataclass(frozen=True, slots=True)
class TransferDraft:
    """What goes to the receiving unit (转办函): the matter, without who complained.

    ``contact``: who of that unit takes it (承办单位联系人); kept in the register, not printed.
    """

    summary: str
    demands: str
    reply_by: date | None
    day: date | None
    contact: str = ""


def transfer_letter(view: ComplaintView, draft: TransferDraft, acting: Acting) -> Wording:
    """Word a 转办函, for preview and printing alike."""
    decision = decided(view)
    return to_body(
        view,
        "transfer",
        draft.day or acting.today,
        decision.unit_name or "",
        summary=typed.clean(draft.summary),
        demands=typed.clean(draft.demands),
        reply_by=draft.reply_by,
        grounds=[g.text for g in view.grounds],
        accused=accused(view),
        **_upheld_fields(view, decision.detail),
    )


def decided(view: ComplaintView) -> ComplaintStep:
    """Return the leader's last decision."""
    return next(s for s in reversed(view.steps) if s.step == Step.DECIDE)


def _upheld_fields(view: ComplaintView, reason: str) -> dict[str, object]:
    """Return what the letter says to a receiver whose objection was not followed.

    Another receiver is told nothing of the one before.
    """
    objection = register.upheld(view.steps)
    if objection is None:
        return {
            "upheld": "",
            "former_day": None,
            "former_number": "",
            "objected": None,
            "objection_number": "",
        }
    former = transferred(view.steps)
    return {
        "upheld": reason,
        "former_day": former.day,
        "former_number": former.letter_number or "",
        "objected": objection.day,
        "objection_number": objection.paper,
    }


def transfer(office: Office, complaint_id: int, draft: TransferDraft, acting: Acting) -> Done[int]:
    """Make the 转办函 and pass the matter on; returns the letter's id.

    Raises:
        Faults: the text gives a complainant away (信访工作条例 第三十条), or is incomplete; the
            receiver is (part of) the unit complained of, or its contact must withdraw.
        NotPermitted: no transfer was decided.
    """
    view = may(office, complaint_id, Step.TRANSFER, acting)
    decision = decided(view)
    refuse_if(
        [
            receiver_fault(office, "to", decision.unit, view),
            typed.check_text("contact", draft.contact, limit=typed.NAME),
            person_fault(office, "contact", draft.contact, decision.unit, view),
            day_fault("day", draft.day, view, acting, after=Step.DECIDE),
            typed.check_text("summary", draft.summary, required=True, limit=typed.LONG, lines=True),
            typed.check_text("demands", draft.demands, limit=typed.LONG, lines=True),
            typed.check_later("reply_by", draft.reply_by, draft.day, acting.today),
            *gives_away(
                office,
                complaint_id,
                {"summary": draft.summary, "demands": draft.demands, "contact": draft.contact},
            ),
        ]
    )
    assert draft.day is not None
    return tell(
        office,
        view,
        Step.TRANSFER,
        transfer_letter(view, draft, acting),
        acting,
        {
            "state": State.TRANSFERRED.value,
            "transferred": first_passed_on(view, draft.day).isoformat(),
        },
        person=typed.clean(draft.contact),
        unit=decision.unit,
        due=draft.reply_by,
        text=typed.clean(draft.summary),
    )


@dataclass(frozen=True, slots=True)
class ObjectionDraft:
    """Why a receiving unit sends a matter back (退回、不属于本单位职责), and by which paper."""

    day: date | None
    reason: str
    paper: str = ""
    attachments: tuple[str, ...] = ()


def record_objection(
    office: Office, complaint_id: int, draft: ObjectionDraft, acting: Acting
) -> Done[None]:
    """Record that the receiver sent the matter back; the leader has to decide anew.

    The clocks of receipt go on: what was passed on is not passed on any more.

    Raises:
        Faults: no reason, or a date that can not be.
        NotPermitted: nothing is transferred, or the receiver has replied.
    """
    view = may(office, complaint_id, Step.OBJECT, acting)
    refuse_if(
        [
            day_fault("day", draft.day, view, acting, after=Step.TRANSFER),
            typed.check_text("paper", draft.paper, limit=typed.NAME),
            typed.check_text("reason", draft.reason, required=True, limit=typed.LONG, lines=True),
            *attachments.check_files("attachments", draft.attachments),
        ]
    )
    assert draft.day is not None
    kept = attachments.store(office, draft.attachments, secret=True)
    event = event_of("complaint.object", view.complaint)
    with office.ledger.action(event, acting.actor()) as action:
        action.update(
            "complaint", complaint_id, state=State.RETURNED.value, ruling=None, transferred=None
        )
        step = write_step(
            action,
            complaint_id,
            Step.OBJECT,
            draft.day,
            unit=transferred(view.steps).unit,
            text=shown(office, complaint_id, draft.reason),
            paper=typed.clean(draft.paper),
        )
        note_files(
            action, step, attachments.note(action, office, "complaint", complaint_id, kept, acting)
        )
    return Done(None, event.seq)


def transferred(steps: Sequence[ComplaintStep]) -> ComplaintStep:
    """Return the last transfer."""
    return next(s for s in reversed(steps) if s.step == Step.TRANSFER)


@dataclass(frozen=True, slots=True)
class ObjectBy:
    """Until when a receiver may object, and the rule that says so."""

    clock: Clock
    end: Deadline
    citation: str


def object_by(office: Office, view: ComplaintView) -> ObjectBy | None:
    """Return until when the receiver of the last transfer may object, counted from its letter's day.

    The text counts from the day on which the receiver got it, which is not before that.
    """
    clock = next((c for c in office.national.clocks if c.stops == _OBJECTED), None)
    if clock is None or view.state is not State.TRANSFERRED:
        return None
    end = deadline(clock, transferred(view.steps).day, calendar(office))
    return ObjectBy(clock, end, office.national.cite(clock))


def first_passed_on(view: ComplaintView, day: date) -> date:
    """Return the day that stops the clock of the transfer: where it was upheld, the first one's.

    A receiver that wrongly objected had got the matter in time all the same.
    """
    if register.upheld(view.steps) is None:
        return day
    unit = transferred(view.steps).unit
    first = day
    for step in reversed([s for s in view.steps if s.step == Step.TRANSFER]):
        if step.unit != unit:
            break
        first = min(first, step.day)
    return first


def receiver_fault(
    office: Office, field: str, receiver: int | None, view: ComplaintView
) -> Fault | None:
    """Refuse a receiver that is the unit complained of, or a part of it (信访工作条例 第三十条)."""
    if receiver is None:
        return fault(field, "choose_unit")
    name = next((u.name for u in office_queries.units(office.db) if u.id == receiver), "")
    own = view.complaint
    code = rules.why_not_receiver(receiver, name, own.accused_unit, own.unit_name)
    return fault(field, code, unit=name, accused=own.unit_name) if code else None


def recused_fault(
    office: Office, field: str, name: str, unit: int | None, complaint_id: int
) -> Fault | None:
    """Refuse a person who must withdraw from a complaint (回避)."""
    person = Somebody(typed.clean(name), unit)
    barred = [r for r in queries.recusals(office.db, complaint_id) if r.lifted is None]
    found = rules.recused(person, barred) if person.name else None
    return fault(field, "person_recused", name=person.name) if found is not None else None


def person_fault(
    office: Office, field: str, name: str, unit: int | None, view: ComplaintView
) -> Fault | None:
    """Refuse a person who must withdraw, or who is complained of."""
    own = view.complaint
    person = Somebody(typed.clean(name), unit)
    if rules.accused(person, own.accused_person, own.accused_unit):
        return fault(field, "person_accused", name=person.name)
    return recused_fault(office, field, name, unit, own.id)


def people_faults(
    office: Office, field: str, names: str, unit: int | None, view: ComplaintView
) -> list[Fault]:
    """Refuse those among several persons who must withdraw, or who are complained of."""
    from desktop.usecases.shelf import split_names

    found = (person_fault(office, field, name, unit, view) for name in split_names(names))
    return list(dict.fromkeys(one for one in found if one is not None))
