"""Who handles a complaint, and who must not deal with it (承办人与回避); the ledger refuses the latter."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from db.ledger import Actor, EventDraft
from db.queries import casefiles as case_queries
from db.queries import complaints as queries
from db.queries import letters as letter_queries
from db.queries import office as office_queries
from desktop.rules import handlers as rules
from desktop.rules import typed
from desktop.rules.complaints import HANDLER, RECUSAL, why_not_correct
from desktop.rules.faults import Fault, NotPermitted, fault, refuse_if
from desktop.rules.handlers import Relation, Somebody
from desktop.usecases import identity, register
from desktop.usecases.complaintwork import day_fault, event_of, gives_away, shown, write_step
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.register import ComplaintView
from desktop.usecases.transfers import person_fault

#: What a step among those aside tells: somebody was named, or is so no longer.
NAMED, ENDED = "named", "ended"


def _view(office: Office, complaint_id: int, acting: Acting) -> ComplaintView:
    view = register.view(office, complaint_id, acting.today)
    if reason := why_not_correct(view.state):
        raise NotPermitted(reason)
    return view


@dataclass(frozen=True, slots=True)
class HandlerDraft:
    """Who is to handle a complaint (承办人), of which unit, since when."""

    name: str
    unit: int | None
    day: date | None


def name_handler(
    office: Office, complaint_id: int, draft: HandlerDraft, acting: Acting
) -> Done[None]:
    """Name who handles a complaint (指定承办人).

    Raises:
        Faults: no name, named already, somebody who must withdraw or is complained of himself, or
            a date that can not be.
        NotPermitted: the complaint is closed or void.
    """
    view = _view(office, complaint_id, acting)
    name = typed.clean(draft.name)
    known = Somebody(name, draft.unit)
    there = any(
        rules.recused(known, [one]) is not None for one in view.handlers if one.until is None
    )
    refuse_if(
        [
            typed.check_text("name", draft.name, required=True, limit=typed.NAME),
            *gives_away(office, complaint_id, {"name": draft.name}),
            person_fault(office, "name", draft.name, draft.unit, view),
            fault("name", "handler_there", name=name) if there else None,
            _unit_fault(office, draft.unit),
            day_fault("day", draft.day, view, acting),
        ]
    )
    assert draft.day is not None
    event = event_of("complaint.handler", view.complaint)
    with office.ledger.action(event, acting.actor()) as action:
        action.insert(
            "complaint_handler",
            complaint=complaint_id,
            name=name,
            unit=draft.unit,
            since=draft.day.isoformat(),
        )
        write_step(
            action,
            complaint_id,
            HANDLER,
            draft.day,
            person=acting.name,
            unit=draft.unit,
            outcome=NAMED,
            text=name,
        )
    return Done(None, event.seq)


def release_handler(office: Office, complaint_id: int, handler: int, acting: Acting) -> Done[None]:
    """Write down that somebody handles a complaint no longer (不再承办), as of today.

    Raises:
        LookupError: there is no such handler.
        NotPermitted: the complaint is closed or void, or it was written down already.
    """
    view = _view(office, complaint_id, acting)
    known = next((one for one in view.handlers if one.id == handler), None)
    if known is None:
        raise LookupError(f"handler {handler}")
    if known.until is not None:
        raise NotPermitted("already_done")
    event = event_of("complaint.handler", view.complaint)
    with office.ledger.action(event, acting.actor()) as action:
        action.update("complaint_handler", handler, until=acting.today.isoformat())
        write_step(
            action,
            complaint_id,
            HANDLER,
            acting.today,
            person=acting.name,
            unit=known.unit,
            outcome=ENDED,
            text=known.name,
        )
    return Done(None, event.seq)


@dataclass(frozen=True, slots=True)
class RecusalDraft:
    """Who must withdraw (回避), to whom that person is related and how, who decided so, when."""

    name: str
    unit: int | None
    relation: Relation | None
    reason: str
    decided_by: str
    day: date | None


def recuse(office: Office, complaint_id: int, draft: RecusalDraft, acting: Acting) -> Done[None]:
    """Write down that somebody must not deal with a complaint (登记回避).

    Who handled it till now does so no longer. Relation and reason are sealed where they tell who
    complained; in any other reason the complainants are masked.

    Raises:
        Faults: incomplete, written down already, or a date that can not be.
        NotPermitted: the complaint is closed or void, or this user may not see who complained.
    """
    view = _view(office, complaint_id, acting)
    name = typed.clean(draft.name)
    person = Somebody(name, draft.unit)
    standing = [one for one in view.recusals if one.lifted is None]
    there = rules.recused(person, standing) is not None
    refuse_if(
        [
            typed.check_text("name", draft.name, required=True, limit=typed.NAME),
            *gives_away(office, complaint_id, {"name": draft.name}),
            fault("name", "recused_already", name=name) if there else None,
            _unit_fault(office, draft.unit),
            None if draft.relation else fault("relation", "choose"),
            typed.check_text("reason", draft.reason, required=True, limit=typed.LONG, lines=True),
            typed.check_text("decided_by", draft.decided_by, required=True, limit=typed.NAME),
            *gives_away(office, complaint_id, {"decided_by": draft.decided_by}),
            day_fault("day", draft.day, view, acting),
        ]
    )
    assert draft.day is not None
    assert draft.relation is not None
    # somebody of a unit of the list is no user of this office, whatever his name
    clerks = [c.id for c in office_queries.clerks(office.db) if c.name == name and not draft.unit]
    relation, reason = _kept(office, complaint_id, draft.relation, draft.reason)
    event = event_of("complaint.recuse", view.complaint)
    with office.ledger.action(event, acting.actor()) as action:
        action.insert(
            "complaint_recusal",
            complaint=complaint_id,
            name=name,
            unit=draft.unit,
            clerk=clerks[0] if len(clerks) == 1 else None,
            relation=relation,
            reason=reason,
            decided_by=typed.clean(draft.decided_by),
            day=draft.day.isoformat(),
        )
        for one in view.handlers:
            if one.until is None and rules.recused(Somebody(one.name, one.unit), [person]):
                action.update("complaint_handler", one.id, until=draft.day.isoformat())
        write_step(
            action,
            complaint_id,
            RECUSAL,
            draft.day,
            person=typed.clean(draft.decided_by),
            unit=draft.unit,
            outcome=NAMED,
            text=name,
            detail=reason,
        )
    return Done(None, event.seq)


def _kept(office: Office, complaint_id: int, relation: Relation, reason: str) -> tuple[str, str]:
    """Return relation and reason as they are kept: sealed where they tell who complained."""
    if relation is Relation.COMPLAINANT:
        return identity.seal(office, relation), identity.seal(office, typed.clean(reason))
    return relation.value, shown(office, complaint_id, reason)


def lift(
    office: Office, complaint_id: int, recusal: int, reason: str, acting: Acting
) -> Done[None]:
    """Write down that somebody need not withdraw any more (解除回避), as of today, and why.

    Raises:
        Faults: no reason.
        LookupError: there is no such recusal.
        NotPermitted: it is the acting user's own, the complaint is closed or void, or lifted already.
    """
    view = _view(office, complaint_id, acting)
    known = next((one for one in view.recusals if one.id == recusal), None)
    if known is None:
        raise LookupError(f"recusal {recusal}")
    if known.lifted is not None:
        raise NotPermitted("already_done")
    refuse_if([typed.check_text("reason", reason, required=True, limit=typed.LONG, lines=True)])
    event = event_of("complaint.unrecuse", view.complaint)
    with office.ledger.action(event, acting.actor()) as action:
        action.update("complaint_recusal", recusal, lifted=acting.today.isoformat())
        detail = typed.clean(reason)
        sealed = queries.recusals(office.db, complaint_id)
        told = next(one.relation for one in sealed if one.id == recusal)
        if told.startswith(identity.SEALED):
            detail = identity.seal(office, detail)
        else:
            detail = shown(office, complaint_id, reason)
        write_step(
            action,
            complaint_id,
            RECUSAL,
            acting.today,
            person=acting.name,
            unit=known.unit,
            outcome=ENDED,
            text=known.name,
            detail=detail,
        )
    return Done(None, event.seq)


def _unit_fault(office: Office, unit: int | None) -> Fault | None:
    known = unit is None or any(u.id == unit for u in office_queries.units(office.db))
    return None if known else fault("unit", "choose_unit")


def rule(office: Office) -> str:
    """Return what the national rules say of withdrawing, with the article (回避的依据)."""
    found = next((s for s in office.national.steps if s.id == "petition_recusal"), None)
    return f"{found.text}（{office.national.cite(found)}）" if found else ""


# ---- the ledger refuses ------------------------------------------------------------------------


def stop(office: Office, event: EventDraft, actor: Actor) -> None:
    """Refuse whatever a user does in a matter that he must not deal with.

    Raises:
        NotPermitted: ``recused``.
    """
    of = _SUBJECTS.get(event.subject)
    complaint = of(office, event.subject_id) if of is not None and event.subject_id else None
    if complaint is not None and queries.withdrawn(office.db, complaint, actor.clerk):
        found = queries.complaint(office.db, complaint)
        raise NotPermitted("recused", number=found.number if found else "")


def _own(_office: Office, complaint_id: int) -> int | None:
    return complaint_id


def _of_case(office: Office, case_id: int) -> int | None:
    case = case_queries.case_file(office.db, case_id)
    return case.complaint if case is not None else None


def _of_letter(office: Office, letter_id: int) -> int | None:
    letter = letter_queries.letter(office.db, letter_id)
    if letter is None:
        return None
    of = {"complaint": _own, "case_file": _of_case}.get(letter.subject)
    return of(office, letter.subject_id) if of is not None else None


#: Events by what they are about, and the complaint that they belong to.
_SUBJECTS: dict[str, Callable[[Office, int], int | None]] = {
    "complaint": _own,
    "case_file": _of_case,
    "letter": _of_letter,
}

__all__ = [
    "ENDED",
    "NAMED",
    "HandlerDraft",
    "RecusalDraft",
    "Relation",
    "lift",
    "name_handler",
    "recuse",
    "release_handler",
    "rule",
    "stop",
]
