"""The inquiry of a case (调查取证、陈述申辩): evidence and hearings, entered and taken out again."""

from dataclasses import dataclass
from datetime import date

from desktop.rules import typed
from desktop.rules.casefiles import CaseStep
from desktop.rules.faults import fault, refuse_if
from desktop.usecases import attachments, shelf
from desktop.usecases.casework import day_fault, event_of, gives_away, lapse, may, recused_faults
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.shelf import CaseView


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
            day_fault(draft.day, acting, view.case.opened, "before_opening"),
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
