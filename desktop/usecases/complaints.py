"""Acting on a complaint (投诉举报办理): register, decide, find, close; its letters live beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.ledger import EventDraft
from desktop.rules import typed
from desktop.rules.complaints import (
    SATISFACTION,
    ComplaintDraft,
    Outcome,
    Ruling,
    Satisfaction,
    State,
    Step,
    check_draft,
)
from desktop.rules.faults import Fault, Faults, fault, refuse_if
from desktop.rules.links import LinkKind
from desktop.rules.rulebook import System
from desktop.usecases import attachments, points, replies, transfers
from desktop.usecases.complaintwork import (
    day_fault,
    event_of,
    gives_away,
    may,
    note_files,
    origin,
    sealed_person,
    sealed_texts,
    shown,
    speaks_for_all,
    write_step,
)
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.points import PointAnswer
from desktop.usecases.register import ComplaintView
from desktop.usecases.serials import take_number


def register_complaint(
    office: Office,
    draft: ComplaintDraft,
    acting: Acting,
    linked: tuple[int, LinkKind] | None = None,
) -> Done[int]:
    """Enter a complaint in the register (逐项登记) under the next number of its year.

    ``linked``: which complaint it belongs to, and how (重复件、重新办理).

    Raises:
        Faults: something typed can not be kept; nothing is written then.
    """
    book = office.book(System.COMPLAINTS)
    if book is None:
        raise Faults([fault("", "no_rulebook")])
    refuse_if(
        [
            *check_draft(draft, book, acting.today),
            *attachments.check_files("attachments", draft.attachments),
        ]
    )
    assert draft.received is not None
    assert draft.accused_unit is not None
    kept = attachments.store(office, draft.attachments, secret=True)
    texts = sealed_texts(office, draft)
    event = EventDraft("complaint.register", "complaint")
    with office.ledger.action(event, acting.actor()) as action:
        number = take_number(action, event, "complaint", "投", acting.today.year)
        event.subject_id = action.insert(
            "complaint",
            **number,
            pack=book.id,
            pack_version=book.version,
            channel=draft.channel,
            received=draft.received.isoformat(),
            registered=acting.today.isoformat(),
            identity=draft.identity.value,
            accused_unit=draft.accused_unit,
            accused_person=typed.clean(draft.accused_person),
            subject=typed.clean(draft.subject),
            **texts,
            **origin(draft),
            **replies.kept(office, draft),
            state=State.REGISTERED.value,
        )
        for ground in dict.fromkeys(draft.grounds):
            action.insert("complaint_ground", complaint=event.subject_id, ground=ground)
        for person in draft.complainants:
            if person.name.strip() or person.phone.strip() or person.address.strip():
                action.insert(
                    "complainant",
                    complaint=event.subject_id,
                    **sealed_person(office, person),
                    representative=speaks_for_all(draft, person),
                )
        points.propose(action, event.subject_id, draft)
        if linked is not None:
            other, kind = linked
            action.insert(
                "complaint_link", complaint=event.subject_id, other=other, kind=kind.value
            )
        attachments.note(action, office, "complaint", event.subject_id, kept, acting)
        write_step(action, event.subject_id, Step.REGISTER, acting.today, person=acting.name)
    return Done(event.subject_id, event.seq)


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """The leader's decision as written on paper (领导批示).

    ``reason``: of a refusal; and why a transfer is upheld though its receiver objected (维持转办).
    """

    leader: str
    day: date | None
    ruling: Ruling | None
    opinion: str = ""
    receiver: int | None = None  # 转办: 承办单位
    reason: str = ""  # 不予受理、维持转办: 理由


def decide(office: Office, complaint_id: int, draft: DecisionDraft, acting: Acting) -> Done[None]:
    """Record what the leader decided (Baoding 投诉举报受理工作制度 第七条（二）, and its like).

    After a receiver's objection the leader decides anew; to name the same receiver again upholds
    the transfer (维持转办) and needs a reason, which the new letter tells.

    Raises:
        Faults: incomplete, or dated before receipt; a transfer to the accused unit itself or to a
            part of it; a leader who must withdraw or is complained of himself.
        NotPermitted: decided already.
    """
    view = may(office, complaint_id, Step.DECIDE, acting)
    complaint = view.complaint
    after = Step.OBJECT if view.returned is not None else Step.PROPOSE
    faults: list[Fault | None] = [
        typed.check_text("leader", draft.leader, required=True, limit=typed.NAME),
        transfers.person_fault(office, "leader", draft.leader, None, view),
        day_fault("day", draft.day, view, acting, after=after),
        None if draft.ruling else fault("ruling", "choose"),
        typed.check_text("opinion", draft.opinion, limit=typed.LONG, lines=True),
    ]
    upheld = upholds(view, draft)
    if draft.ruling is Ruling.TRANSFER:
        faults.append(transfers.receiver_fault(office, "receiver", draft.receiver, view))
    if draft.ruling is Ruling.REFUSE or upheld:
        faults.append(
            typed.check_text("reason", draft.reason, required=True, limit=typed.LONG, lines=True)
        )
    if upheld:
        faults += gives_away(office, complaint_id, {"reason": draft.reason})
    refuse_if(faults)
    assert draft.day is not None
    assert draft.ruling is not None
    state = {
        Ruling.ACCEPT: State.ACCEPTED,
        Ruling.TRANSFER: State.TRANSFER_DUE,
        Ruling.REFUSE: State.REFUSAL_DUE,
    }[draft.ruling]
    event = event_of("complaint.decide", complaint)
    with office.ledger.action(event, acting.actor()) as action:
        action.update("complaint", complaint_id, state=state.value, ruling=draft.ruling.value)
        write_step(
            action,
            complaint_id,
            Step.DECIDE,
            draft.day,
            person=typed.clean(draft.leader),
            unit=draft.receiver if draft.ruling is Ruling.TRANSFER else None,
            outcome=draft.ruling.value,
            text=shown(office, complaint_id, draft.opinion),
            detail=shown(office, complaint_id, draft.reason)
            if draft.ruling is Ruling.REFUSE or upheld
            else "",
        )
    return Done(None, event.seq)


def upholds(view: ComplaintView, draft: DecisionDraft) -> bool:
    """Say whether a decision upholds the transfer to which its receiver objected (维持转办)."""
    back = view.returned
    return back is not None and draft.ruling is Ruling.TRANSFER and draft.receiver == back.unit


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """What was found (查明情况), by own investigation or by the receiving unit's reply.

    ``paper``: the number of that reply (回复文号).
    """

    day: date | None
    investigators: str
    facts: str
    outcome: Outcome | None
    handling: str
    attachments: tuple[str, ...] = ()
    paper: str = ""


def record_finding(
    office: Office, complaint_id: int, draft: FindingDraft, acting: Acting
) -> Done[None]:
    """Record what was found and how it was dealt with.

    Raises:
        Faults: incomplete, dated before the decision, or by somebody who must withdraw or is
            complained of.
        NotPermitted: not yet accepted or transferred.
    """
    view = may(office, complaint_id, Step.FIND, acting)
    replied = view.state is State.TRANSFERRED
    before = Step.TRANSFER if replied else Step.DECIDE
    by = transfers.transferred(view.steps).unit if replied else None
    refuse_if(
        [
            day_fault("day", draft.day, view, acting, after=before),
            typed.check_text("investigators", draft.investigators, required=True),
            *transfers.people_faults(office, "investigators", draft.investigators, by, view),
            typed.check_text("facts", draft.facts, required=True, limit=typed.LONG, lines=True),
            None if draft.outcome else fault("outcome", "choose"),
            typed.check_text(
                "handling", draft.handling, required=True, limit=typed.LONG, lines=True
            ),
            typed.check_text("paper", draft.paper, limit=typed.NAME),
            *attachments.check_files("attachments", draft.attachments),
        ]
    )
    assert draft.day is not None
    assert draft.outcome is not None
    kept = attachments.store(office, draft.attachments, secret=True)
    event = event_of("complaint.find", view.complaint)
    with office.ledger.action(event, acting.actor()) as action:
        action.update(
            "complaint", complaint_id, state=State.FOUND.value, outcome=draft.outcome.value
        )
        step = write_step(
            action,
            complaint_id,
            Step.FIND,
            draft.day,
            person=typed.clean(draft.investigators),
            outcome=draft.outcome.value,
            text=shown(office, complaint_id, draft.facts),
            detail=shown(office, complaint_id, draft.handling),
            paper=typed.clean(draft.paper),
        )
        note_files(
            action, step, attachments.note(action, office, "complaint", complaint_id, kept, acting)
        )
    return Done(None, event.seq)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the complainants said when they were asked whether they are satisfied (满意度回访).

    ``day``: when they were asked; not wanted where nobody was (未评价).
    """

    said: Satisfaction | None
    day: date | None = None
    note: str = ""


def asks(view: ComplaintView) -> bool:
    """Say whether there is somebody to ask, who was answered."""
    return view.state is State.ANSWERED


def close(
    office: Office,
    complaint_id: int,
    day: date | None,
    note: str,
    acting: Acting,
    asked: Asked | None = None,
    settled: Sequence[PointAnswer] = (),
) -> Done[None]:
    """Close a complaint (办结), with what the complainants said of it.

    No point stays open: where nobody can be told, or nothing was answered (不予受理), ``settled``
    says what becomes of each that still is, or why it is not answered (不予答复).

    Raises:
        Faults: a date that can not be; nothing chosen as to what they said; a point is left open.
        NotPermitted: the complainants have not been answered.
    """
    view = may(office, complaint_id, Step.CLOSE, acting)
    refuse_if(
        [
            day_fault("day", day, view, acting, after=None),
            typed.check_text("note", note, limit=typed.LONG, lines=True),
            *points.faults(points.unanswered(view.points), settled, code="points_unsettled"),
            *(_check_asked(asked, view, acting) if asked is not None else ()),
        ]
    )
    assert day is not None
    event = event_of("complaint.close", view.complaint)
    with office.ledger.action(event, acting.actor()) as action:
        action.update("complaint", complaint_id, state=State.CLOSED.value, closed=day.isoformat())
        points.settle(action, office, complaint_id, view.points, settled)
        write_step(
            action,
            complaint_id,
            Step.CLOSE,
            day,
            person=acting.name,
            text=shown(office, complaint_id, note),
        )
        if asked is not None and asked.said is not None:
            write_step(
                action,
                complaint_id,
                SATISFACTION,
                asked.day or day,
                person=acting.name,
                outcome=asked.said.value,
                text=shown(office, complaint_id, asked.note),
            )
    return Done(None, event.seq)


def _check_asked(asked: Asked, view: ComplaintView, acting: Acting) -> list[Fault | None]:
    unasked = asked.said is Satisfaction.UNRATED and asked.day is None
    return [
        fault("satisfaction", "choose") if asked.said is None else None,
        None if unasked else day_fault("asked", asked.day, view, acting, after=Step.ANSWER),
        typed.check_text("said", asked.note, limit=typed.LONG, lines=True),
        None if asks(view) else fault("satisfaction", "nobody_asked"),
    ]
