"""Acting on a case file up to its approval (责任追究): open, evidence, hearing, division, sanction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.ledger import Action, EventDraft
from db.queries import assessments as round_queries
from db.queries import casefiles as queries
from db.records import CasePerson
from desktop.rules import responsibility, sanctions, typed
from desktop.rules.casefiles import CaseState, CaseStep
from desktop.rules.complaints import Step
from desktop.rules.faults import Fault, Faults, NotPermitted, fault, refuse_if
from desktop.rules.rulebook import Measure, Rulebook, System
from desktop.usecases import attachments, register, shelf
from desktop.usecases.casework import (
    event_of,
    gives_away,
    lapse,
    last_hearing,
    may,
    recused_faults,
    why_not,
)
from desktop.usecases.decisions import (
    LEFT_BEHIND,
    SERVICE_WAYS,
    DecisionLetterDraft,
    RectificationDraft,
    ServiceDraft,
    close_case,
    decide,
    demand_rectification,
    preview_decision,
    preview_rectification,
    receive_report,
    serve,
)
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.shelf import CaseView


@dataclass(frozen=True, slots=True)
class PersonPart:
    """One person as typed: name, post, and in which function the person acted."""

    name: str
    post: str
    role: str


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """A case file as opened (立案): from a proven complaint, an assessment, or on its own."""

    unit: int | None
    title: str
    facts: str
    situations: tuple[str, ...]
    people: tuple[PersonPart, ...]
    day: date | None
    complaint: int | None = None
    round_unit: int | None = None


def draft_from_complaint(office: Office, complaint_id: int, today: date) -> CaseDraft:
    """Return a case draft with the facts of a proven complaint carried over, without identities."""
    view = register.view(office, complaint_id, today)
    finding = next((s for s in reversed(view.steps) if s.step == Step.FIND), None)
    people = (
        (PersonPart(view.complaint.accused_person, "", "handler"),)
        if view.complaint.accused_person
        else ()
    )
    return CaseDraft(
        unit=view.complaint.accused_unit,
        title=f"{view.complaint.unit_name}{view.complaint.subject}",
        facts=finding.text if finding else "",
        situations=(),
        people=people,
        day=today,
        complaint=complaint_id,
    )


def open_case(office: Office, draft: CaseDraft, acting: Acting) -> Done[int]:
    """Open a case file under the next number of its year.

    Raises:
        Faults: incomplete.
        NotPermitted: the complaint is not proven, or has a case already.
    """
    book = office.book(System.ACCOUNTABILITY)
    if book is None:
        raise Faults([fault("", "no_rulebook")])
    not_before = None
    if draft.complaint is not None:
        origin = register.view(office, draft.complaint, acting.today)
        if origin.withdrawn:
            raise NotPermitted("recused", number=origin.complaint.number)
        if Step.OPEN_CASE not in origin.permitted:
            reason = next(p.why_not for p in origin.permissions if p.step is Step.OPEN_CASE)
            raise NotPermitted(reason, step=Step.OPEN_CASE.value)
        not_before = origin.complaint.received
    if draft.round_unit is not None:
        unit = round_queries.unit(office.db, draft.round_unit)
        if unit is None or unit.case_id is not None:
            raise NotPermitted("has_case", step=CaseStep.OPEN.value)
        if unit.graded is None:
            raise NotPermitted("earlier_step_first", step=CaseStep.OPEN.value)
    refuse_if(
        [
            *_check_case(draft, book, acting, not_before),
            *gives_away(office, draft.complaint, draft, title=draft.title, facts=draft.facts),
        ]
    )
    assert draft.unit is not None
    assert draft.day is not None
    event = EventDraft("case.open", "case_file")
    with office.ledger.action(event, acting.actor()) as action:
        year = draft.day.year
        serial = action.next_serial("case_file", year)
        event.label = f"案〔{year}〕{serial:04d}"
        event.subject_id = action.insert(
            "case_file",
            year=year,
            serial=serial,
            number=event.label,
            pack=book.id,
            pack_version=book.version,
            complaint=draft.complaint,
            round_unit=draft.round_unit,
            unit=draft.unit,
            title=typed.clean(draft.title),
            facts=typed.clean(draft.facts),
            opened=draft.day.isoformat(),
            state=CaseState.OPEN.value,
        )
        for situation in draft.situations:
            action.insert("case_situation", case_file=event.subject_id, situation=situation)
        for person in draft.people:
            _insert_person(action, event.subject_id, person)
    return Done(event.subject_id, event.seq)


def _insert_person(action: Action, case_id: int, person: PersonPart) -> None:
    action.insert(
        "case_person",
        case_file=case_id,
        name=typed.clean(person.name),
        post=typed.clean(person.post),
        role=person.role,
    )


def _check_case(
    draft: CaseDraft, book: Rulebook, acting: Acting, not_before: date | None
) -> list[Fault | None]:
    known = {s.id for s in book.situations}
    faults: list[Fault | None] = [
        fault("unit", "choose_unit") if draft.unit is None else None,
        typed.check_text("title", draft.title, required=True),
        typed.check_text("facts", draft.facts, required=True, limit=typed.LONG, lines=True),
        None
        if draft.situations and set(draft.situations) <= known
        else fault("situations", "choose"),
        typed.check_date(
            "day", draft.day, acting.today, not_before=not_before, before_code="before_receipt"
        ),
    ]
    return faults + _check_people(draft.people)


def _check_people(people: Sequence[PersonPart]) -> list[Fault | None]:
    faults: list[Fault | None] = []
    for n, person in enumerate(people):
        faults += [
            typed.check_text(f"people.{n}.name", person.name, required=True, limit=typed.NAME),
            typed.check_text(f"people.{n}.post", person.post, limit=typed.NAME),
            None if person.role in shelf.ROLES else fault(f"people.{n}.role", "choose"),
        ]
    return faults


def revise(office: Office, case_id: int, draft: CaseDraft, acting: Acting) -> Done[None]:
    """Correct title, facts, situations and persons while the case is open (修改案情).

    A person already heard or with a share fixed stays in the file; taking the person out needs the
    hearing to be taken back first.

    Raises:
        Faults: incomplete, or a person with a hearing was left out.
        NotPermitted: decided already.
    """
    view = may(office, case_id, None, acting)
    heard = {h.case_person for h in view.hearings}
    kept, added, gone = _compare(view.people, draft.people)
    faults = _check_case(draft, view.book, acting, None)
    faults += gives_away(office, view.case.complaint, draft, title=draft.title, facts=draft.facts)
    faults += [fault("people", "person_heard", name=p.name) for p in gone if p.id in heard]
    refuse_if(faults)
    event = event_of("case.revise", view.case)
    with office.ledger.action(event, acting.actor()) as action:
        action.update(
            "case_file", case_id, title=typed.clean(draft.title), facts=typed.clean(draft.facts)
        )
        rows = {s: i for i, s in queries.situation_rows(office.db, case_id)}
        for situation in dict.fromkeys(draft.situations):
            if situation not in rows:
                action.insert("case_situation", case_file=case_id, situation=situation)
        for situation, row in rows.items():
            if situation not in draft.situations:
                action.update("case_situation", row, void=1)
        _revise_people(action, view, kept, added, gone)
    return Done(None, event.seq)


def _compare(
    known: Sequence[CasePerson], typed_people: Sequence[PersonPart]
) -> tuple[list[tuple[CasePerson, PersonPart]], list[PersonPart], list[CasePerson]]:
    """Return who stays, who is new and who is left out; two persons may bear the same name."""
    left = list(known)
    kept: list[tuple[CasePerson, PersonPart]] = []
    added: list[PersonPart] = []
    for person in typed_people:
        name = typed.clean(person.name)
        same = next((p for p in left if p.name == name), None)
        if same is None:
            added.append(person)
        else:
            left.remove(same)
            kept.append((same, person))
    return kept, added, left


def _revise_people(
    action: Action,
    view: CaseView,
    kept: Sequence[tuple[CasePerson, PersonPart]],
    added: Sequence[PersonPart],
    gone: Sequence[CasePerson],
) -> None:
    """Keep the persons as typed; what was fixed for another part or person falls with it."""
    for person, now in kept:
        action.update("case_person", person.id, post=typed.clean(now.post), role=now.role)
        if person.role != now.role:
            action.update("case_person", person.id, proposed_share=None, share=None)
    for now in added:
        _insert_person(action, view.case.id, now)
    for person in gone:
        action.update("case_person", person.id, void=1)
        for sanction in view.sanctions:
            if sanction.case_person == person.id:
                action.update("case_sanction", sanction.id, void=1)
    if added or gone or any(person.role != now.role for person, now in kept):
        lapse(action, view.case)


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """One piece of evidence as typed (证据).

    ``linked``: attachments of the complaint, or of the case, that it consists of too.
    """

    name: str
    kind: str
    day: date | None
    taken_by: str
    note: str = ""
    attachments: tuple[str, ...] = ()
    linked: tuple[int, ...] = ()


EVIDENCE_KINDS = (
    "书证",
    "物证",
    "证人证言",
    "询问笔录",
    "视听资料",
    "电子数据",
    "现场检查记录",
    "其他",
)


def add_evidence(office: Office, case_id: int, draft: EvidenceDraft, acting: Acting) -> Done[None]:
    """Enter a piece of evidence (调查取证), with the files that it consists of.

    Raises:
        Faults: incomplete, taken by somebody who must withdraw, or a file that is not there.
        NotPermitted: decided already.
    """
    view = may(office, case_id, CaseStep.EVIDENCE, acting)
    known = {one.id for one in (*view.attachments, *view.materials)}
    refuse_if(
        [
            typed.check_text("name", draft.name, required=True),
            None if draft.kind in EVIDENCE_KINDS else fault("kind", "choose"),
            typed.check_date("day", draft.day, acting.today),
            typed.check_text(
                "taken_by", "、".join(shelf.split_names(draft.taken_by)), required=True
            ),
            *recused_faults(
                office, view.case.complaint, "taken_by", shelf.split_names(draft.taken_by)
            ),
            typed.check_text("note", draft.note, limit=typed.LONG, lines=True),
            None if set(draft.linked) <= known else fault("linked", "gone"),
            *attachments.check_files("attachments", draft.attachments),
        ]
    )
    assert draft.day is not None
    kept = attachments.store(office, draft.attachments)
    event = event_of("case.evidence", view.case)
    with office.ledger.action(event, acting.actor()) as action:
        evidence = action.insert(
            "case_evidence",
            case_file=case_id,
            name=typed.clean(draft.name),
            kind=draft.kind,
            taken=draft.day.isoformat(),
            taken_by="、".join(shelf.split_names(draft.taken_by)),
            note=typed.clean(draft.note),
        )
        added = attachments.note(action, office, "case_file", case_id, kept, acting)
        for file in dict.fromkeys((*draft.linked, *added)):
            action.insert("case_evidence_file", case_evidence=evidence, attachment=file)
    return Done(None, event.seq)


@dataclass(frozen=True, slots=True)
class HearingDraft:
    """One person's statement and defence as recorded, or the signed waiver (陈述申辩)."""

    person: int | None
    day: date | None
    place: str
    recorder: str
    waived: bool
    statement: str
    opinion: str


def hear(office: Office, case_id: int, draft: HearingDraft, acting: Acting) -> Done[None]:
    """Record that a person was heard; a decision needs it for each person (e.g. Baoding 第十二条).

    Raises:
        Faults: incomplete, or before the case was opened.
        NotPermitted: decided already.
    """
    view = may(office, case_id, CaseStep.HEARING, acting)
    person = view.person(draft.person)
    said = typed.check_text(
        "statement", draft.statement, required=not draft.waived, limit=typed.LONG, lines=True
    )
    opinion = typed.check_text(
        "opinion", draft.opinion, required=not draft.waived, limit=typed.LONG, lines=True
    )
    recorder = shelf.split_names(draft.recorder)
    refuse_if(
        [
            fault("person", "choose") if person is None else None,
            typed.check_date(
                "day",
                draft.day,
                acting.today,
                not_before=view.case.opened,
                before_code="before_opening",
            ),
            typed.check_text("place", draft.place),
            typed.check_text("recorder", draft.recorder, required=True, limit=typed.NAME),
            *recused_faults(office, view.case.complaint, "recorder", recorder),
            said,
            opinion,
            *gives_away(
                office, view.case.complaint, view, statement=draft.statement, opinion=draft.opinion
            ),
        ]
    )
    assert person is not None
    assert draft.day is not None
    event = event_of("case.hearing", view.case)
    with office.ledger.action(event, acting.actor()) as action:
        action.insert(
            "case_hearing",
            case_file=case_id,
            case_person=person.id,
            day=draft.day.isoformat(),
            place=typed.clean(draft.place),
            recorder=typed.clean(draft.recorder),
            waived=int(draft.waived),
            statement=typed.clean(draft.statement),
            opinion=typed.clean(draft.opinion),
        )
    return Done(None, event.seq)


def withdraw_evidence(
    office: Office, case_id: int, evidence: int, reason: str, acting: Acting
) -> Done[None]:
    """Take out a piece of evidence that was entered wrongly (撤下证据), while the case is open.

    Raises:
        Faults: no reason, or no such evidence.
        NotPermitted: decided already.
    """
    view = may(office, case_id, None, acting)
    found = next((e for e in view.evidence if e.id == evidence), None)
    return _withdraw(office, view, "case_evidence", found.id if found else None, reason, acting)


def withdraw_hearing(
    office: Office, case_id: int, hearing: int, reason: str, acting: Acting
) -> Done[None]:
    """Take out a statement and defence that was entered wrongly (撤下陈述申辩记录).

    Raises:
        Faults: no reason, or no such record.
        NotPermitted: decided already.
    """
    view = may(office, case_id, None, acting)
    found = next((h for h in view.hearings if h.id == hearing), None)
    return _withdraw(office, view, "case_hearing", found.id if found else None, reason, acting)


def _withdraw(
    office: Office, view: CaseView, table: str, row: int | None, reason: str, acting: Acting
) -> Done[None]:
    """Let a row stand no longer; what was approved with it must be approved anew."""
    refuse_if(
        [
            fault("", "gone") if row is None else None,
            typed.check_text("reason", reason, required=True),
        ]
    )
    assert row is not None
    event = event_of(f"{table.replace('_', '.', 1)}.withdraw", view.case)
    event.reason = typed.clean(reason)
    with office.ledger.action(event, acting.actor()) as action:
        action.update(table, row, void=1)
        lapse(action, view.case)
    return Done(None, event.seq)


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
            typed.check_date(
                "day",
                day,
                acting.today,
                not_before=last_hearing(view),
                before_code="before_hearing",
            ),
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


#: What follows from the approval on lives in ``decisions``; it can be called from here as well.
__all__ = [
    "EVIDENCE_KINDS",
    "LEFT_BEHIND",
    "SERVICE_WAYS",
    "CaseDraft",
    "Conduct",
    "DecisionLetterDraft",
    "DivisionDraft",
    "EvidenceDraft",
    "HearingDraft",
    "PersonPart",
    "RectificationDraft",
    "SanctionDraft",
    "ServiceDraft",
    "add_evidence",
    "approve",
    "choose_sanction",
    "close_case",
    "decide",
    "demand_rectification",
    "divide",
    "draft_from_complaint",
    "hear",
    "open_case",
    "preview_decision",
    "preview_rectification",
    "propose_division",
    "proposed_share",
    "receive_report",
    "revise",
    "serve",
    "why_not",
    "withdraw_evidence",
    "withdraw_hearing",
]
