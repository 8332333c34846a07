"""Opening a case file (立案), and correcting its facts and persons while it is open (修改案情)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.ledger import Action, EventDraft
from db.queries import assessments as round_queries
from db.queries import casefiles as queries
from db.records import CasePerson
from desktop.rules import typed
from desktop.rules.casefiles import CaseState, CaseStep
from desktop.rules.complaints import Step
from desktop.rules.faults import Fault, Faults, NotPermitted, fault, refuse_if
from desktop.rules.rulebook import Rulebook, System
from desktop.usecases import register, shelf
from desktop.usecases.casework import (
    day_fault,
    event_of,
    gives_away,
    lapse,
    may,
)
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.serials import take_number
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
    finding = view.last(Step.FIND)
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
        number = take_number(action, event, "case_file", "案", draft.day.year)
        event.subject_id = action.insert(
            "case_file",
            **number,
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
        day_fault(draft.day, acting, not_before, "before_receipt"),
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
