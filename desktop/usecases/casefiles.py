"""Acting on a case file (责任追究): open, evidence, hearing, division, sanction, decision, service."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.ledger import Action, EventDraft
from db.queries import assessments as round_queries
from db.queries import casefiles as queries
from db.records import CaseFile, CasePerson
from desktop.rules import complaints as rules
from desktop.rules import responsibility, sanctions, typed
from desktop.rules.casefiles import CaseState, CaseStep
from desktop.rules.complaints import Step
from desktop.rules.faults import Fault, Faults, NotPermitted, fault, refuse_if
from desktop.rules.rulebook import Measure, Role, Rulebook, System
from desktop.usecases import attachments, letters, register, shelf
from desktop.usecases.letters import Subject
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
            *_gives_away(office, draft.complaint, draft, title=draft.title, facts=draft.facts),
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


def _gives_away(
    office: Office, complaint: int | None, case: CaseDraft | CaseView, **texts: str
) -> list[Fault]:
    """Find who complained in what the decision will tell the accused (信访工作条例 第三十条)."""
    if complaint is None:
        return []
    unit = register.unit_of(office, complaint)
    others = [unit, *(p.name for p in case.people)]
    return rules.gives_away(register.complainants(office, complaint), texts, others)


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
    view = _may(office, case_id, None, acting)
    heard = {h.case_person for h in view.hearings}
    kept, added, gone = _compare(view.people, draft.people)
    faults = _check_case(draft, view.book, acting, None)
    faults += _gives_away(office, view.case.complaint, draft, title=draft.title, facts=draft.facts)
    faults += [fault("people", "person_heard", name=p.name) for p in gone if p.id in heard]
    refuse_if(faults)
    event = _event("case.revise", view.case)
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
        _lapse(action, view.case)


def _lapse(action: Action, case: CaseFile) -> None:
    """Let an approval lapse: what was approved has changed, so it must be approved anew."""
    if case.approved is not None:
        action.update("case_file", case.id, approved=None, approved_by="", approval_note="")


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """One piece of evidence as typed (证据)."""

    name: str
    kind: str
    day: date | None
    taken_by: str
    note: str = ""
    attachments: tuple[str, ...] = ()


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
    """Enter a piece of evidence (调查取证).

    Raises:
        Faults: incomplete.
        NotPermitted: decided already.
    """
    view = _may(office, case_id, CaseStep.EVIDENCE, acting)
    refuse_if(
        [
            typed.check_text("name", draft.name, required=True),
            None if draft.kind in EVIDENCE_KINDS else fault("kind", "choose"),
            typed.check_date("day", draft.day, acting.today),
            typed.check_text(
                "taken_by", "、".join(shelf.split_names(draft.taken_by)), required=True
            ),
            typed.check_text("note", draft.note, limit=typed.LONG, lines=True),
            *attachments.check_files("attachments", draft.attachments),
        ]
    )
    assert draft.day is not None
    kept = attachments.store(office, draft.attachments)
    event = _event("case.evidence", view.case)
    with office.ledger.action(event, acting.actor()) as action:
        action.insert(
            "case_evidence",
            case_file=case_id,
            name=typed.clean(draft.name),
            kind=draft.kind,
            taken=draft.day.isoformat(),
            taken_by="、".join(shelf.split_names(draft.taken_by)),
            note=typed.clean(draft.note),
        )
        attachments.note(action, "case_file", case_id, kept, acting)
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
    view = _may(office, case_id, CaseStep.HEARING, acting)
    person = view.person(draft.person)
    said = typed.check_text(
        "statement", draft.statement, required=not draft.waived, limit=typed.LONG, lines=True
    )
    opinion = typed.check_text(
        "opinion", draft.opinion, required=not draft.waived, limit=typed.LONG, lines=True
    )
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
            said,
            opinion,
            *_gives_away(
                office, view.case.complaint, view, statement=draft.statement, opinion=draft.opinion
            ),
        ]
    )
    assert person is not None
    assert draft.day is not None
    event = _event("case.hearing", view.case)
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
    view = _may(office, case_id, CaseStep.DIVISION, acting)
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
    event = _event("case.divide", view.case)
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
            _lapse(action, view.case)
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
    view = _may(office, case_id, CaseStep.SANCTION, acting)
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
    event = _event("case.sanction", view.case)
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
            _lapse(action, view.case)
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
    view = _may(office, case_id, CaseStep.APPROVAL, acting)
    refuse_if(
        [
            typed.check_text("by", by, required=True),
            typed.check_date(
                "day",
                day,
                acting.today,
                not_before=_last_hearing(view),
                before_code="before_hearing",
            ),
            typed.check_text("note", note, limit=typed.LONG, lines=True),
        ]
    )
    assert day is not None
    event = _event("case.approve", view.case)
    with office.ledger.action(event, acting.actor()) as action:
        action.update(
            "case_file",
            case_id,
            approved_by=typed.clean(by),
            approved=day.isoformat(),
            approval_note=typed.clean(note),
        )
    return Done(None, event.seq)


def _last_hearing(view: CaseView) -> date:
    return max([h.day for h in view.hearings], default=view.case.opened)


@dataclass(frozen=True, slots=True)
class DecisionLetterDraft:
    """What the written decision adds to the file (责任追究决定书)."""

    day: date | None
    rectify_by: date | None
    copied_to: tuple[str, ...] = ()


def decide(office: Office, case_id: int, draft: DecisionLetterDraft, acting: Acting) -> Done[int]:
    """Make the decision final with its letter; refused while anything of the gate is missing.

    Raises:
        NotPermitted: ``gate`` – the case is not ready (evidence, hearing, division, sanction).
        Faults: a date that can not be.
    """
    view = _may(office, case_id, None, acting)
    missing = [r for r in view.requirements if not r.done]
    if missing:
        raise NotPermitted("gate", step=missing[0].key.value, missing=missing[0].missing)
    earliest = max([_last_hearing(view), *([view.case.approved] if view.case.approved else [])])
    refuse_if(
        [
            typed.check_date(
                "day",
                draft.day,
                acting.today,
                not_before=earliest,
                before_code="before_hearing",
            ),
            typed.check_date(
                "rectify_by",
                draft.rectify_by,
                acting.today,
                required=False,
                not_before=draft.day,
                future=True,
            ),
            *(typed.check_text("copied_to", name, limit=typed.NAME) for name in draft.copied_to),
        ]
    )
    assert draft.day is not None
    fields = decision_fields(view, draft, office)
    event = _event("case.decide", view.case)
    with office.ledger.action(event, acting.actor()) as action:
        letter, _ = letters.issue(
            office,
            action,
            "decision",
            Subject("case_file", case_id),
            fields,
            pack=view.book.id,
            dated=draft.day,
        )
        action.update(
            "case_file",
            case_id,
            state=CaseState.DECIDED.value,
            decided=draft.day.isoformat(),
            rectify_by=draft.rectify_by.isoformat() if draft.rectify_by else None,
        )
    return Done(letter, event.seq)


#: What a draft says where the case file has nothing to say yet.
_NOT_YET: dict[str, object] = {
    "basis": "（确定追究方式后列明依据）",
    "situations": [("（尚未选定追究情形）", "条款待定")],
    "hearing": "（尚未听取陈述和申辩）",
    "responsibilities": ["（尚未区分责任）"],
    "sanctions": ["（尚未确定追究方式）"],
    "problems": ["（待填写）"],
    "requirements": ["（待填写）"],
}


def _drafted(fields: dict[str, object], dated: date) -> dict[str, object]:
    """Fill in what a draft still lacks, so that it can be looked at all the same."""
    lacking = {k: v for k, v in _NOT_YET.items() if k in fields and not fields[k]}
    return {**fields, **lacking, "dated": dated}


def preview_decision(
    office: Office, case_id: int, draft: DecisionLetterDraft, acting: Acting
) -> bytes:
    """Return the decision as it would print, marked 草稿, whatever is still missing.

    Raises:
        Faults: a character can not be printed.
    """
    view = shelf.view(office, case_id, acting.today)
    dated = draft.day or acting.today
    fields = decision_fields(view, draft, office)
    if not any(p.share for p in view.people):
        fields["responsibilities"] = []
    if not view.sanctions:
        fields["sanctions"] = []
    return letters.preview(
        office, "decision", _drafted(fields, dated), pack=view.book.id, dated=dated
    )


SHARE_WORDS = {
    "liable": "承担责任",
    "primary": "承担主要责任",
    "secondary": "承担次要责任",
    "full": "承担全部责任",
    "none": "不承担责任",
    "reduced_or_none": "予以减轻或者免予追究",
    "exempt": "免除责任",
}
ROLE_WORDS = {
    "handler": "承办人",
    "supervising_leader": "主管领导",
    "main_leader": "主要领导",
    "team_member": "领导班子成员",
    "direct": "直接责任人",
}


#: What the decision says where every measure is for another authority to impose.
_LEFT_TO_OTHERS = "对有关责任人员的处理，移交有权机关依照管理权限和法定程序决定"


def decision_fields(
    view: CaseView, draft: DecisionLetterDraft, office: Office
) -> dict[str, object]:
    """Return the fields of a 责任追究决定书."""
    book = view.book
    own, others = _sanction_sentences(view)
    return {
        "dated": draft.day,
        "unit": view.case.unit_name,
        "addressee": view.case.unit_name,
        "subject": view.case.title,
        "register_number": view.case.number,
        "facts": view.case.facts,
        "situations": [(s.text, book.cite(s)) for s in view.situations],
        "hearing": _hearing_summary(view),
        "responsibilities": [_responsibility(view, p.id) for p in view.people],
        "sanctions": own or [_LEFT_TO_OTHERS],
        "recommendations": others,
        "basis": book.cite(view.rung) if view.rung else "",
        "rectify_by": draft.rectify_by,
        "report_to": office.profile().name,
        "remedy": _remedy(book),
        "copied_to": list(draft.copied_to),
    }


def _responsibility(view: CaseView, person_id: int) -> str:
    person = view.person(person_id)
    assert person is not None
    share = SHARE_WORDS[person.share] if person.share else "（尚未区分责任）"
    return f"{person.name}（{person.post or ROLE_WORDS[person.role]}）作为{ROLE_WORDS[person.role]}，{share}"


def _sanction_sentences(view: CaseView) -> tuple[list[str], list[str]]:
    """Group measures by person; what other authorities decide goes into a second list."""
    own: list[str] = []
    others: list[str] = []
    for target in (None, *(p.id for p in view.people)):
        chosen = [s for s in view.sanctions if s.case_person == target]
        person = view.person(target)
        who = person.name if person else view.case.unit_name
        ours = [_phrase(s.text) for s in chosen if s.authority == "office"]
        if ours:
            own.append(f"对{who}{'，'.join(ours)}")
        for sanction in chosen:
            if sanction.authority == "office":
                continue
            handed_on = sanction.text.startswith("移")
            others.append(
                f"将{who}的有关问题{sanction.text}"
                if handed_on
                else f"建议对{who}作如下处理：{sanction.text}"
            )
    return own, others


#: A measure that begins so is a deed already; others are given (给予批评、给予通报批评).
_DEEDS = ("责令", "取消", "限期", "移", "调", "离", "免", "停", "建议", "给予", "提出", "暂停")


def _phrase(measure: str) -> str:
    """Return a measure as it reads after “对某人”."""
    return measure if measure.startswith(_DEEDS) else f"给予{measure}"


def _hearing_summary(view: CaseView) -> str:
    parts = []
    for hearing in view.hearings:
        person = view.person(hearing.case_person)
        who = person.name if person else ""
        if hearing.waived:
            parts.append(f"{who}书面表示放弃陈述和申辩。")
        else:
            parts.append(
                f"{who}陈述和申辩：{hearing.statement.rstrip('。')}。{hearing.opinion.rstrip('。')}。"
            )
    return "".join(parts).replace("\n", "")


def _remedy(book: Rulebook) -> str:
    """Return the remedy that the place's text gives against the office's notice (救济途径).

    Where the place is silent nothing is printed: the national remedies (公务员法 第九十五条) are
    against 处分 and the like, which other authorities decide and which their own letters must name.
    """
    local = next((r for r in book.remedies if r.system is System.ACCOUNTABILITY), None)
    return local.text if local else ""


@dataclass(frozen=True, slots=True)
class ServiceDraft:
    """How a letter was handed over, as the signed 送达回证 shows."""

    letter: int | None
    recipient: str
    day: date | None
    way: str
    place: str
    server: str
    receiver: str
    witness: str = ""
    note: str = ""


#: 留置送达: the letter is left although its receipt is refused, which a witness must see.
LEFT_BEHIND = "留置送达"
SERVICE_WAYS = ("直接送达", LEFT_BEHIND, "邮寄送达", "委托送达", "转交送达", "公告送达")


def serve(office: Office, case_id: int, draft: ServiceDraft, acting: Acting) -> Done[None]:
    """Record the service of a letter (送达); remedy periods count from this day.

    Raises:
        Faults: incomplete, or before the letter's date; 留置送达 without a witness.
        NotPermitted: nothing is decided yet.
    """
    view = _may(office, case_id, CaseStep.SERVE, acting)
    letter = next((x for x in view.letters if x.id == draft.letter and not x.void), None)
    left = draft.way == LEFT_BEHIND
    refuse_if(
        [
            fault("letter", "choose") if letter is None else None,
            typed.check_text("recipient", draft.recipient, required=True),
            typed.check_date(
                "day",
                draft.day,
                acting.today,
                not_before=letter.dated if letter else None,
                before_code="before_letter",
            ),
            None if draft.way in SERVICE_WAYS else fault("way", "choose"),
            typed.check_text("place", draft.place),
            typed.check_text("server", draft.server, required=True, limit=typed.NAME),
            typed.check_text("receiver", draft.receiver, required=not left, limit=typed.NAME),
            typed.check_text("witness", draft.witness, required=left, limit=typed.NAME),
            typed.check_text("note", draft.note, limit=typed.LONG, lines=True),
        ]
    )
    assert letter is not None
    assert draft.day is not None
    event = _event("case.serve", view.case)
    with office.ledger.action(event, acting.actor()) as action:
        action.insert(
            "service",
            letter=letter.id,
            recipient=typed.clean(draft.recipient),
            day=draft.day.isoformat(),
            way=draft.way,
            place=typed.clean(draft.place),
            server=typed.clean(draft.server),
            receiver=typed.clean(draft.receiver),
            witness=typed.clean(draft.witness),
            note=typed.clean(draft.note),
        )
        if view.state is CaseState.DECIDED and letter.kind == "decision":
            action.update("case_file", case_id, state=CaseState.SERVED.value)
    return Done(None, event.seq)


@dataclass(frozen=True, slots=True)
class RectificationDraft:
    """What must be put right and by when (限期整改通知书)."""

    problems: tuple[str, ...]
    requirements: tuple[str, ...]
    rectify_by: date | None
    day: date | None


def rectification_fields(
    view: CaseView, draft: RectificationDraft, office: Office
) -> dict[str, object]:
    """Return the fields of a 限期整改通知书."""
    book = view.book
    feedback = next(
        (s for s in book.steps if s.gate == "feedback" and s.system is System.ACCOUNTABILITY),
        None,
    )
    basis = feedback or view.rung or next(iter(view.situations), None)
    return {
        "dated": draft.day,
        "unit": view.case.unit_name,
        "addressee": view.case.unit_name,
        "subject": view.case.title,
        "register_number": view.case.number,
        "problems": [typed.clean(p) for p in draft.problems if p.strip()],
        "requirements": [typed.clean(r) for r in draft.requirements if r.strip()],
        "rectify_by": draft.rectify_by,
        "report_to": office.profile().name,
        "basis": book.cite(basis) if basis else "",
        "remedy": _remedy(book),
        "copied_to": [],
    }


def preview_rectification(
    office: Office, case_id: int, draft: RectificationDraft, acting: Acting
) -> bytes:
    """Return the 限期整改通知书 as it would print, marked 草稿.

    Raises:
        Faults: the date by which it is due is missing, or a character can not be printed.
    """
    if draft.rectify_by is None:
        raise Faults([fault("rectify_by", "required")])
    view = shelf.view(office, case_id, acting.today)
    dated = draft.day or acting.today
    fields = rectification_fields(view, draft, office)
    return letters.preview(
        office, "rectification", _drafted(fields, dated), pack=view.book.id, dated=dated
    )


def demand_rectification(
    office: Office, case_id: int, draft: RectificationDraft, acting: Acting
) -> Done[int]:
    """Make the 限期整改通知书 and set the date by which the report is due.

    Raises:
        Faults: nothing to put right, or no date after the letter's.
        NotPermitted: the decision is not served yet.
    """
    view = _may(office, case_id, CaseStep.RECTIFY, acting)
    faults: list[Fault | None] = [
        None if any(p.strip() for p in draft.problems) else fault("problems", "required"),
        None if any(r.strip() for r in draft.requirements) else fault("requirements", "required"),
        typed.check_date(
            "day",
            draft.day,
            acting.today,
            not_before=view.case.decided,
            before_code="before_letter",
        ),
        typed.check_date(
            "rectify_by", draft.rectify_by, acting.today, not_before=draft.day, future=True
        ),
    ]
    faults += [typed.check_text("problems", p, limit=typed.LONG) for p in draft.problems]
    faults += [typed.check_text("requirements", r, limit=typed.LONG) for r in draft.requirements]
    texts = {"problems": "\n".join(draft.problems), "requirements": "\n".join(draft.requirements)}
    faults += _gives_away(office, view.case.complaint, view, **texts)
    refuse_if(faults)
    assert draft.day is not None
    assert draft.rectify_by is not None
    event = _event("case.rectify", view.case)
    with office.ledger.action(event, acting.actor()) as action:
        letter, _ = letters.issue(
            office,
            action,
            "rectification",
            Subject("case_file", case_id),
            rectification_fields(view, draft, office),
            pack=view.book.id,
            dated=draft.day,
        )
        action.update("case_file", case_id, rectify_by=draft.rectify_by.isoformat())
    return Done(letter, event.seq)


def receive_report(
    office: Office,
    case_id: int,
    day: date | None,
    report: str,
    files: tuple[str, ...],
    acting: Acting,
) -> Done[None]:
    """Record the unit's written rectification report (改正情况书面报告).

    Raises:
        Faults: incomplete, or before the decision.
        NotPermitted: no rectification was demanded.
    """
    view = _may(office, case_id, CaseStep.REPORT, acting)
    refuse_if(
        [
            typed.check_date(
                "day",
                day,
                acting.today,
                not_before=view.case.decided,
                before_code="before_letter",
            ),
            typed.check_text("report", report, required=True, limit=typed.LONG, lines=True),
            *attachments.check_files("attachments", files),
        ]
    )
    assert day is not None
    kept = attachments.store(office, files)
    event = _event("case.report", view.case)
    with office.ledger.action(event, acting.actor()) as action:
        action.update(
            "case_file",
            case_id,
            state=CaseState.RECTIFIED.value,
            reported=day.isoformat(),
            report=typed.clean(report),
        )
        attachments.note(action, "case_file", case_id, kept, acting)
    return Done(None, event.seq)


def close_case(
    office: Office, case_id: int, day: date | None, note: str, acting: Acting
) -> Done[None]:
    """Close a case file (结案).

    Raises:
        Faults: a date that can not be; no word why there was nothing to rectify.
        NotPermitted: not served, or a rectification report is still due.
    """
    view = _may(office, case_id, CaseStep.CLOSE, acting)
    refuse_if(
        [
            typed.check_date(
                "day",
                day,
                acting.today,
                not_before=view.case.reported or view.case.decided,
                before_code="before_letter",
            ),
            typed.check_text(
                "note", note, required=view.case.reported is None, limit=typed.LONG, lines=True
            ),
        ]
    )
    assert day is not None
    event = _event("case.close", view.case)
    with office.ledger.action(event, acting.actor()) as action:
        action.update(
            "case_file",
            case_id,
            state=CaseState.CLOSED.value,
            closed=day.isoformat(),
            closing_note=typed.clean(note),
        )
    return Done(None, event.seq)


def _may(office: Office, case_id: int, step: CaseStep | None, acting: Acting) -> CaseView:
    """Return the case if the step may be taken; None asks only that it is open."""
    view = shelf.view(office, case_id, acting.today)
    if step is None:
        if view.state is not CaseState.OPEN:
            raise NotPermitted("already_done", step=view.state.value)
    elif step not in view.permitted:
        raise NotPermitted(why_not(view, step), step=step.value)
    return view


def why_not(view: CaseView, step: CaseStep) -> str:
    """Return the code of why a step may not be taken now, or an empty string."""
    if step in view.permitted:
        return ""
    if view.state is CaseState.VOID:
        return "void"
    if step is CaseStep.DECIDE and view.state is CaseState.OPEN:
        return "gate"
    if step is CaseStep.CLOSE and view.state is CaseState.SERVED:
        return "report_first"
    order = list(CaseStep)
    reached = {
        CaseState.OPEN: CaseStep.OPEN,
        CaseState.DECIDED: CaseStep.DECIDE,
        CaseState.SERVED: CaseStep.SERVE,
        CaseState.RECTIFIED: CaseStep.REPORT,
        CaseState.CLOSED: CaseStep.CLOSE,
    }[view.state]
    return "already_done" if order.index(step) <= order.index(reached) else "earlier_step_first"


def _event(action: str, case: CaseFile) -> EventDraft:
    return EventDraft(action, "case_file", case.id, case.number)


__all__ = ["CaseDraft", "DecisionLetterDraft", "PersonPart", "Role", "SanctionDraft"]
