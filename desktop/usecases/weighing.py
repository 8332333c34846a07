"""Weighing a case (责任区分、追究方式、审批): who bears which part, what is imposed, who approved."""

from dataclasses import dataclass
from datetime import date

from db.ledger import Action
from desktop.rules import responsibility, sanctions, typed
from desktop.rules.casefiles import CaseStep
from desktop.rules.faults import Fault, Faults, fault, refuse_if
from desktop.rules.rulebook import Measure
from desktop.usecases import shelf
from desktop.usecases.casework import day_fault, event_of, lapse, last_hearing, may
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.shelf import CaseView


@dataclass(frozen=True, slots=True)
class Conduct:
    """What one person did about the decision, and the share the clerk fixes (行为与责任)."""

    person: int
    advised: bool
    adopted: bool
    kept_silent: bool
    exhibit: str
    share: str
    reason: str


@dataclass(frozen=True, slots=True)
class DivisionDraft:
    """How the act came about, and each person's part (责任区分)."""

    approval: str
    parts: tuple[Conduct, ...]


def propose_division(
    office: Office, case_id: int, draft: DivisionDraft, today: date
) -> tuple[responsibility.Proposal, ...]:
    """Return what the table says of the facts as typed so far, without keeping anything."""
    view = shelf.view(office, case_id, today)
    if draft.approval not in shelf.APPROVALS:
        return ()
    return _propose(view, draft)


def _propose(view: CaseView, draft: DivisionDraft) -> tuple[responsibility.Proposal, ...]:
    typed_parts = {p.person: p for p in draft.parts}
    parts = []
    for person in view.people:
        given = typed_parts.get(person.id)
        own = shelf.part(person)
        if given is not None:
            own = responsibility.Part(
                person.id,
                own.role,
                advised=given.advised,
                adopted=given.adopted,
                kept_silent=given.kept_silent,
                exhibit=given.exhibit,
            )
        parts.append(own)
    return responsibility.divide(view.book, shelf.approval_of(draft.approval), parts)


def divide(office: Office, case_id: int, draft: DivisionDraft, acting: Acting) -> Done[None]:
    """Fix each person's share of responsibility; departing from the table needs a reason.

    Raises:
        Faults: incomplete, a reason or a proof is missing.
        NotPermitted: decided already.
    """
    view = may(office, case_id, CaseStep.DIVISION, acting)
    if draft.approval not in shelf.APPROVALS:
        raise Faults([fault("approval", "choose")])
    proposals = {p.person: p for p in _propose(view, draft)}
    given = {p.person: p for p in draft.parts}
    faults: list[Fault | None] = []
    for n, person in enumerate(view.people):
        part, proposal = given.get(person.id), proposals[person.id]
        if part is None or shelf.share_of(part.share) is None:
            faults.append(fault(f"parts.{n}.share", "choose"))
            continue
        if part.advised and part.kept_silent:
            faults.append(fault(f"parts.{n}.kept_silent", "advised_and_silent"))
        faults.append(typed.check_text(f"parts.{n}.exhibit", part.exhibit))
        if proposal.exhibit_missing:
            faults.append(fault(f"parts.{n}.exhibit", "exhibit_required"))
        needs_reason = proposal.discretion or part.share != proposed_share(proposal)
        faults.append(typed.check_text(f"parts.{n}.reason", part.reason, required=needs_reason))
    refuse_if(faults)
    event = event_of("case.divide", view.case)
    with office.ledger.action(event, acting.actor()) as action:
        action.update("case_file", case_id, approval=draft.approval)
        for person in view.people:
            part = given[person.id]
            action.update(
                "case_person",
                person.id,
                advised=int(part.advised),
                adopted=int(part.adopted),
                kept_silent=int(part.kept_silent),
                exhibit=typed.clean(part.exhibit),
                proposed_share=proposed_share(proposals[person.id]),
                share=part.share,
                share_reason=typed.clean(part.reason),
            )
        if any(given[p.id].share != p.share for p in view.people):
            lapse(action, view.case)
    return Done(None, event.seq)


def proposed_share(proposal: responsibility.Proposal) -> str | None:
    """Return the share the table gives, or None where it is silent."""
    if proposal.relieved_by:
        return "none"
    return proposal.bearing.share if proposal.bearing else None


@dataclass(frozen=True, slots=True)
class SanctionDraft:
    """The rung and the measures chosen (追究方式); person 0 is the unit."""

    rung: str
    measures: tuple[tuple[int, str], ...]
    reason: str


def choose_sanction(
    office: Office, case_id: int, draft: SanctionDraft, acting: Acting
) -> Done[None]:
    """Choose the measures; departing from what the rung proposes needs a written reason.

    Raises:
        Faults: nothing chosen, measures that exclude each other, no reason.
        NotPermitted: decided already.
    """
    view = may(office, case_id, CaseStep.SANCTION, acting)
    if draft.rung not in {r.id for r in view.book.rungs}:
        raise Faults([fault("rung", "choose")])
    rung = sanctions.rung(view.book, draft.rung)
    proposed = shelf.proposed_measures(view, draft.rung)
    departing = sanctions.departs(proposed, draft.measures)
    known = {p.id for p in view.people} | {0}
    faults: list[Fault | None] = list(
        sanctions.check_choice(rung, draft.measures, departing=departing, reason=draft.reason)
    )
    if any(person not in known for person, _ in draft.measures):
        faults.append(fault("measures", "choose"))
    faults.append(typed.check_text("reason", draft.reason, limit=typed.LONG, lines=True))
    refuse_if(faults)
    measures = {m.id: m for m in rung.measures}
    event = event_of("case.sanction", view.case)
    with office.ledger.action(event, acting.actor()) as action:
        action.update(
            "case_file",
            case_id,
            rung=draft.rung,
            departure=typed.clean(draft.reason) if departing else "",
        )
        for old in view.sanctions:
            action.update("case_sanction", old.id, void=1)
        for person, measure_id in dict.fromkeys(draft.measures):
            _insert_sanction(action, case_id, person, measures[measure_id])
        before = {(s.case_person or 0, s.measure) for s in view.sanctions}
        if view.case.rung != draft.rung or before != set(draft.measures):
            lapse(action, view.case)
    return Done(None, event.seq)


def _insert_sanction(action: Action, case_id: int, person: int, measure: Measure) -> None:
    action.insert(
        "case_sanction",
        case_file=case_id,
        case_person=person or None,
        measure=measure.id,
        text=measure.text,
        authority=measure.authority,
    )


def approve(
    office: Office, case_id: int, by: str, day: date | None, note: str, acting: Acting
) -> Done[None]:
    """Record the collective discussion or the leader's approval (集体研究、领导审批).

    Raises:
        Faults: incomplete, or before the case was opened.
        NotPermitted: decided already.
    """
    view = may(office, case_id, CaseStep.APPROVAL, acting)
    refuse_if(
        [
            typed.check_text("by", by, required=True),
            day_fault(day, acting, last_hearing(view), "before_hearing"),
            typed.check_text("note", note, limit=typed.LONG, lines=True),
        ]
    )
    assert day is not None
    event = event_of("case.approve", view.case)
    with office.ledger.action(event, acting.actor()) as action:
        action.update(
            "case_file",
            case_id,
            approved_by=typed.clean(by),
            approved=day.isoformat(),
            approval_note=typed.clean(note),
        )
    return Done(None, event.seq)
