"""Looking at case files (责任追究案卷): the shelf, one case with its gate, proposals and papers."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from db.queries import assessments as round_queries
from db.queries import casefiles as queries
from db.queries import complaints as complaint_queries
from db.queries import office as office_queries
from db.records import (
    Attachment,
    CaseEvidence,
    CaseFile,
    CaseHearing,
    CasePerson,
    CaseSanction,
    Letter,
    Service,
)
from desktop.rules import casefiles as rules
from desktop.rules import responsibility, sanctions
from desktop.rules.casefiles import CaseFacts, CaseState, CaseStep, ClosingLine, Requirement
from desktop.rules.responsibility import Part, Proposal
from desktop.rules.rulebook import (
    Approval,
    Authority,
    Measure,
    Role,
    Rulebook,
    Rung,
    Share,
    Situation,
)
from desktop.rules.sanctions import Proposed
from desktop.usecases import attachments
from desktop.usecases.office import Office
from desktop.usecases.targets import Target, target
from frozen import dataclass


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the shelf."""

    case: CaseFile
    state: CaseState
    people: tuple[str, ...]
    rectify: Target | None
    next_step: CaseStep | None
    missing: int


@dataclass(frozen=True, slots=True)
class Origin:
    """What a case came from (来源): a complaint or a unit's result in a round.

    ``record`` and ``id`` name the record to open, ``words`` its number or name.
    """

    record: Literal["complaint", "round"]
    id: int
    words: str


@dataclass(frozen=True, slots=True)
class HearingNotice:
    """A person who was told of the right to be heard (陈述申辩告知书), by when and by which letter."""

    letter: Letter
    person: int
    state_by: date


@dataclass(frozen=True, slots=True)
class Handover:
    """What only another authority may impose, and the letter that handed it over (移送), if any."""

    authority: Authority
    measures: tuple[CaseSanction, ...]
    letter: Letter | None


#: Beside what is printed, such a letter's fields keep whom and what it is about.
NOTICE_PERSON = "case_person"
REFERRAL_AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case file as its page shows it.

    ``materials``: the attachments of the complaint that it came from, as this user may see them;
    ``evidence_files``: which attachment, its own or of the complaint, belongs to which evidence.
    ``withdrawn``: the user at the desk must not deal with that complaint (回避).
    """

    case: CaseFile
    state: CaseState
    book: Rulebook
    facts: CaseFacts
    situations: tuple[Situation, ...]
    people: tuple[CasePerson, ...]
    evidence: tuple[CaseEvidence, ...]
    hearings: tuple[CaseHearing, ...]
    proposals: tuple[Proposal, ...]
    shares: tuple[Share, ...]
    rung: Rung | None
    sanctions: tuple[CaseSanction, ...]
    requirements: tuple[Requirement, ...]
    permitted: tuple[CaseStep, ...]
    letters: tuple[Letter, ...]
    services: tuple[Service, ...]
    attachments: tuple[Attachment, ...]
    rectify: Target | None
    origin: Origin | None
    notices: tuple[HearingNotice, ...]
    handovers: tuple[Handover, ...]
    closing: tuple[ClosingLine, ...]
    materials: tuple[Attachment, ...] = ()
    evidence_files: tuple[tuple[int, int], ...] = ()
    withdrawn: bool = False

    def files_of(self, evidence: int) -> tuple[Attachment, ...]:
        """Return the attachments of a piece of evidence (证据所附文件)."""
        wanted = [file for one, file in self.evidence_files if one == evidence]
        known = {one.id: one for one in (*self.attachments, *self.materials)}
        return tuple(known[file] for file in wanted if file in known)

    def person(self, person_id: int | None) -> CasePerson | None:
        """Return a person of the case."""
        return next((p for p in self.people if p.id == person_id), None)


def rows(office: Office, today: date) -> tuple[CaseRow, ...]:
    """Return all case files, newest first."""
    found = []
    for case in queries.shelf(office.db):
        seen = view(office, case.id, today)
        found.append(
            CaseRow(
                seen.case,
                seen.state,
                tuple(p.name for p in seen.people),
                seen.rectify,
                seen.permitted[0] if seen.permitted else None,
                sum(not r.done for r in seen.requirements),
            )
        )
    return tuple(found)


def view(office: Office, case_id: int, today: date) -> CaseView:
    """Return one case file with everything its page shows.

    Raises:
        LookupError: there is no such case.
    """
    case = queries.case_file(office.db, case_id)
    if case is None:
        raise LookupError(f"case {case_id}")
    book = office.library.pinned(case.pack, case.pack_version)
    people = tuple(queries.people(office.db, case_id))
    evidence = tuple(queries.evidence(office.db, case_id))
    hearings = tuple(queries.hearings(office.db, case_id))
    chosen = tuple(queries.sanctions(office.db, case_id))
    letters = tuple(office_queries.letters(office.db, "case_file", case_id))
    situations = set(queries.situations(office.db, case_id))
    handovers = _handovers(office, chosen, letters)
    facts = CaseFacts(
        state=CaseState.VOID if case.void else CaseState(case.state),
        situations=len(situations),
        people=len(people),
        evidence=len(evidence),
        investigators=len({n for e in evidence for n in split_names(e.taken_by)}),
        heard=len({h.case_person for h in hearings} & {p.id for p in people}),
        divided=sum(p.share is not None for p in people),
        sanctions=len(chosen),
        approved=case.approved is not None,
        rectification_set=case.rectify_by is not None,
        report_received=case.reported is not None,
        authorities=len(handovers),
        referred=sum(h.letter is not None for h in handovers),
    )
    gate = rules.requirements(facts, book, office.national)
    return CaseView(
        case=case,
        state=facts.state,
        book=book,
        facts=facts,
        situations=tuple(s for s in book.situations if s.id in situations),
        people=people,
        evidence=evidence,
        hearings=hearings,
        proposals=proposals(book, case.approval, people),
        shares=responsibility.choices(book),
        rung=next((r for r in book.rungs if r.id == case.rung), None),
        sanctions=chosen,
        requirements=gate,
        permitted=rules.steps(facts, gate),
        letters=letters,
        services=tuple(office_queries.services(office.db, "case_file", case_id)),
        attachments=tuple(office_queries.attachments(office.db, "case_file", case_id)),
        rectify=target(office, case.rectify_by, today, case.reported) if case.rectify_by else None,
        origin=_origin(office, case),
        notices=_notices(office, letters),
        handovers=handovers,
        closing=rules.closing(facts),
        materials=_materials(office, case),
        evidence_files=tuple(queries.evidence_files(office.db, case_id)),
        withdrawn=_withdrawn(office, case),
    )


def _materials(office: Office, case: CaseFile) -> tuple[Attachment, ...]:
    if case.complaint is None:
        return ()
    return attachments.listed(office, "complaint", case.complaint)


def _withdrawn(office: Office, case: CaseFile) -> bool:
    return case.complaint is not None and complaint_queries.withdrawn(
        office.db, case.complaint, office.session.clerk
    )


def _fields(office: Office, letter: Letter) -> dict[str, Any]:
    """Return the fields that a letter was made from."""
    found: dict[str, Any] = json.loads(office.db.table("letter").get(letter.id)["fields"])
    return found


def _notices(office: Office, letters: Sequence[Letter]) -> tuple[HearingNotice, ...]:
    found = []
    for letter in letters:
        if letter.kind != "hearing_notice" or letter.void:
            continue
        fields = _fields(office, letter)
        if NOTICE_PERSON in fields:
            by = date.fromisoformat(fields["state_by"])
            found.append(HearingNotice(letter, int(fields[NOTICE_PERSON]), by))
    return tuple(found)


def _handovers(
    office: Office, chosen: Sequence[CaseSanction], letters: Sequence[Letter]
) -> tuple[Handover, ...]:
    sent = {
        _fields(office, x).get(REFERRAL_AUTHORITY): x
        for x in letters
        if x.kind == "referral" and not x.void
    }
    return tuple(
        Handover(one, tuple(s for s in chosen if s.authority == one), sent.get(one))
        for one in AUTHORITIES
        if any(s.authority == one for s in chosen)
    )


def _origin(office: Office, case: CaseFile) -> Origin | None:
    if case.complaint is not None:
        return Origin("complaint", case.complaint, case.complaint_number or "")
    unit = round_queries.unit(office.db, case.round_unit) if case.round_unit else None
    found = round_queries.round_(office.db, unit.round) if unit else None
    return Origin("round", found.id, found.name) if found else None


def proposals(
    book: Rulebook, approval: str | None, people: tuple[CasePerson, ...]
) -> tuple[Proposal, ...]:
    """Return what the place's table says of each person (责任区分建议)."""
    if approval is None:
        return ()
    how = approval_of(approval)
    return responsibility.divide(book, how, [part(p) for p in people])


_APPROVALS: dict[str, Approval] = {
    "unapproved": "unapproved",
    "approved": "approved",
    "collective": "collective",
    "any": "any",
}
_ROLES: dict[str, Role] = {
    "handler": "handler",
    "supervising_leader": "supervising_leader",
    "main_leader": "main_leader",
    "team_member": "team_member",
    "direct": "direct",
}
_SHARES: dict[str, Share] = {
    "liable": "liable",
    "primary": "primary",
    "secondary": "secondary",
    "full": "full",
    "none": "none",
    "reduced_or_none": "reduced_or_none",
    "exempt": "exempt",
}
ROLES = tuple(_ROLES)
#: Who else may have to impose a measure: 任免机关、纪检监察机关、司法机关.
AUTHORITIES: tuple[Authority, ...] = ("appointing", "discipline", "judicial")
APPROVALS = ("unapproved", "approved", "collective")


def part(person: CasePerson) -> Part:
    """Return a person's part as the rules take it."""
    return Part(
        person.id,
        _ROLES[person.role],
        advised=person.advised,
        adopted=person.adopted,
        kept_silent=person.kept_silent,
        exhibit=person.exhibit,
    )


def share_of(text: str | None) -> Share | None:
    """Return a share by its stored word."""
    return _SHARES[text] if text else None


def proposed_measures(view_: CaseView, rung_id: str) -> tuple[Proposed, ...]:
    """Return the measures that a rung of the ladder proposes for this case."""
    chosen = sanctions.rung(view_.book, rung_id)
    people = [(p.id, _ROLES[p.role], share_of(p.share)) for p in view_.people]
    return sanctions.propose(chosen, people)


def fitting_measures(person: CasePerson, rung: Rung) -> tuple[Measure, ...]:
    """Return the measures of a rung that are aimed at a person of this role, unconditional ones."""
    role = _ROLES[person.role]
    return tuple(m for m in rung.measures if not m.condition and sanctions.fits(m, role))


def split_names(text: str) -> list[str]:
    """Split names typed in one field: 、，, ; or blanks between them.

    A name of two characters may be written with a blank inside (王　敏); that is one name, not two.
    """
    for mark in "，,；;\n/":
        text = text.replace(mark, "、")
    found: list[str] = []
    for part in text.split("、"):
        pieces = part.split()
        found += pieces if all(len(p) > 1 for p in pieces) else ["".join(pieces)]
    return found


def approval_of(text: str) -> Approval:
    """Return how the act was approved by its stored word."""
    return _APPROVALS[text]
