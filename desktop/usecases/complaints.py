"""Acting on a complaint (投诉举报办理): register, decide, transfer, refuse, tell, find, answer, close."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.ledger import EventDraft
from db.records import Complainant, Complaint
from desktop.rules import typed
from desktop.rules.complaints import (
    SATISFACTION,
    ComplaintDraft,
    Identity,
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
from desktop.usecases import attachments, letters, points, register, replies, transfers
from desktop.usecases.complaintwork import (
    MASK,
    TO_COMPLAINANTS,
    accused,
    common_fields,
    day_fault,
    event_of,
    first_word,
    gives_away,
    masked_faults,
    may,
    names_complainants,
    note_files,
    origin,
    people_names,
    sealed_person,
    sealed_texts,
    shown,
    speaks_for_all,
    write_step,
)
from desktop.usecases.letters import Subject
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.points import PointAnswer
from desktop.usecases.register import ComplaintView
from desktop.usecases.replies import ReplyTo


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
        year = acting.today.year
        serial = action.next_serial("complaint", year)
        event.label = f"投〔{year}〕{serial:04d}"
        event.subject_id = action.insert(
            "complaint",
            year=year,
            serial=serial,
            number=event.label,
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


def reveal(
    office: Office, complaint_id: int, acting: Acting, reason: str = ""
) -> tuple[Complainant, ...]:
    """Show who complained (查看投诉举报人); the looking is an event of its own, with its reason."""
    view = register.view(office, complaint_id, acting.today)
    number = view.complaint.number
    event = EventDraft("complaint.reveal", "complaint", complaint_id, number, reason)
    with office.ledger.action(event, acting.actor()):
        return register.complainants(office, complaint_id)


#: Why somebody looks at who complained, as the log says it; 其他 wants words of its own.
LOOK_REASONS = (
    "联系核实",
    "告知、答复",
    "文书送达",
    "补充材料",
    "领导要求了解",
    "修改登记",
    "其他",
)


@dataclass(frozen=True, slots=True)
class Looked:
    """Who complained, and the complaint as it was written, names in it and all."""

    people: tuple[Complainant, ...]
    written: Complaint
    reply: ReplyTo


def look(office: Office, complaint_id: int, acting: Acting, reason: str, more: str = "") -> Looked:
    """Show who complained, for a reason that the log keeps with the looking (查看投诉举报人).

    Args:
        office: the open office.
        complaint_id: which complaint.
        acting: who looks, and when.
        reason: one of ``LOOK_REASONS``.
        more: words to it; 其他 needs them.

    Raises:
        Faults: no reason.
        NotPermitted: this user may not see it.
    """
    told = typed.clean(more)
    refuse_if(
        [
            None if reason in LOOK_REASONS else fault("reason", "choose"),
            typed.check_text("more", more, required=reason == LOOK_REASONS[-1], limit=typed.LINE),
        ]
    )
    people = reveal(office, complaint_id, acting, f"{reason}：{told}" if told else reason)
    view = register.view(office, complaint_id, acting.today)
    written = register.as_written(office, view.complaint)
    return Looked(people, written, replies.reply_to(office, view.complaint, people))


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
class TransferDraft:
    """What goes to the receiving unit (转办函): the matter, without who complained.

    ``contact``: who of that unit takes it (承办单位联系人); kept in the register, not printed.
    """

    summary: str
    demands: str
    reply_by: date | None
    day: date | None
    contact: str = ""


def transfer_fields(
    office: Office, complaint_id: int, draft: TransferDraft, acting: Acting
) -> tuple[str, dict[str, object]]:
    """Return the rulebook id and the fields of a 转办函, for preview and printing alike."""
    view = register.view(office, complaint_id, acting.today)
    decision = next(s for s in reversed(view.steps) if s.step == Step.DECIDE)
    return view.book.id, {
        **common_fields(view, "transfer", draft.day or acting.today),
        "receiver": decision.unit_name or "",
        "addressee": decision.unit_name or "",
        "summary": typed.clean(draft.summary),
        "demands": typed.clean(draft.demands),
        "reply_by": draft.reply_by,
        "grounds": [g.text for g in view.grounds],
        "accused": accused(view),
        **_upheld_fields(view, decision.detail),
    }


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
    former = transfers.transferred(view.steps)
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
    decision = next(s for s in reversed(view.steps) if s.step == Step.DECIDE)
    refuse_if(
        [
            transfers.receiver_fault(office, "to", decision.unit, view),
            typed.check_text("contact", draft.contact, limit=typed.NAME),
            transfers.person_fault(office, "contact", draft.contact, decision.unit, view),
            day_fault("day", draft.day, view, acting, after=Step.DECIDE),
            typed.check_text("summary", draft.summary, required=True, limit=typed.LONG, lines=True),
            typed.check_text("demands", draft.demands, limit=typed.LONG, lines=True),
            typed.check_date(
                "reply_by",
                draft.reply_by,
                acting.today,
                required=False,
                not_before=draft.day,
                future=True,
            ),
            *gives_away(
                office,
                complaint_id,
                {"summary": draft.summary, "demands": draft.demands, "contact": draft.contact},
            ),
        ]
    )
    assert draft.day is not None
    pack, fields = transfer_fields(office, complaint_id, draft, acting)
    event = event_of("complaint.transfer", view.complaint)
    with office.ledger.action(event, acting.actor()) as action:
        letter, _ = letters.issue(
            office,
            action,
            "transfer",
            Subject("complaint", complaint_id),
            fields,
            pack=pack,
            dated=draft.day,
        )
        action.update(
            "complaint",
            complaint_id,
            state=State.TRANSFERRED.value,
            transferred=transfers.first_passed_on(view, draft.day).isoformat(),
        )
        write_step(
            action,
            complaint_id,
            Step.TRANSFER,
            draft.day,
            person=typed.clean(draft.contact),
            unit=decision.unit,
            due=draft.reply_by,
            text=typed.clean(draft.summary),
            letter=letter,
        )
    return Done(letter, event.seq)


@dataclass(frozen=True, slots=True)
class RefusalDraft:
    """What the person is told when a complaint is not accepted (不予受理告知书)."""

    reason: str
    channel_hint: str
    day: date | None


def refusal_fields(
    office: Office, complaint_id: int, draft: RefusalDraft, acting: Acting
) -> tuple[str, dict[str, object]]:
    """Return the rulebook id and the fields of a 不予受理告知书."""
    view = register.view(office, complaint_id, acting.today)
    return view.book.id, {
        **common_fields(view, "refusal", draft.day or acting.today),
        "addressee": people_names(office, complaint_id),
        "reason": typed.clean(draft.reason),
        "channel_hint": typed.clean(draft.channel_hint),
    }


def refuse(office: Office, complaint_id: int, draft: RefusalDraft, acting: Acting) -> Done[int]:
    """Make the 不予受理告知书; it stops the refusal clock and is a written word too.

    Raises:
        Faults: no reason, or a date that can not be.
        NotPermitted: no refusal was decided, or there is nobody to tell.
    """
    view = may(office, complaint_id, Step.REFUSE, acting)
    refuse_if(
        [
            day_fault("day", draft.day, view, acting, after=Step.DECIDE),
            typed.check_text("reason", draft.reason, required=True, limit=typed.LONG, lines=True),
            typed.check_text("channel_hint", draft.channel_hint, limit=typed.LONG, lines=True),
            *masked_faults({"reason": draft.reason, "channel_hint": draft.channel_hint}),
        ]
    )
    assert draft.day is not None
    pack, fields = refusal_fields(office, complaint_id, draft, acting)
    event = event_of("complaint.refuse", view.complaint)
    with office.ledger.action(event, acting.actor()) as action:
        letter, _ = letters.issue(
            office,
            action,
            "refusal",
            Subject("complaint", complaint_id),
            fields,
            pack=pack,
            dated=draft.day,
        )
        action.update(
            "complaint",
            complaint_id,
            state=State.REFUSED.value,
            refusal_told=draft.day.isoformat(),
            **first_word(view.complaint, draft.day),
        )
        write_step(
            action,
            complaint_id,
            Step.REFUSE,
            draft.day,
            text=shown(office, complaint_id, draft.reason),
            letter=letter,
        )
    return Done(letter, event.seq)


@dataclass(frozen=True, slots=True)
class InterimDraft:
    """The written word on how a matter stands (办理情况告知书)."""

    progress: str
    next_step: str
    expected: date | None
    day: date | None


def interim_fields(
    office: Office, complaint_id: int, draft: InterimDraft, acting: Acting
) -> tuple[str, dict[str, object]]:
    """Return the rulebook id and the fields of a 办理情况告知书."""
    view = register.view(office, complaint_id, acting.today)
    return view.book.id, {
        **common_fields(view, "interim", draft.day or acting.today),
        "addressee": people_names(office, complaint_id),
        "progress": typed.clean(draft.progress),
        "next": typed.clean(draft.next_step),
        "expected": draft.expected,
    }


def tell_progress(
    office: Office, complaint_id: int, draft: InterimDraft, acting: Acting
) -> Done[int]:
    """Tell the complainants in writing how the matter stands; stops the written-word clock.

    Raises:
        Faults: nothing said, or a date that can not be.
        NotPermitted: there is nobody to tell.
    """
    view = may(office, complaint_id, Step.INTERIM, acting)
    refuse_if(
        [
            day_fault("day", draft.day, view, acting),
            typed.check_text(
                "progress", draft.progress, required=True, limit=typed.LONG, lines=True
            ),
            typed.check_text(
                "next_step", draft.next_step, required=True, limit=typed.LONG, lines=True
            ),
            typed.check_date(
                "expected",
                draft.expected,
                acting.today,
                required=False,
                not_before=draft.day,
                future=True,
            ),
            *masked_faults({"progress": draft.progress, "next_step": draft.next_step}),
        ]
    )
    assert draft.day is not None
    pack, fields = interim_fields(office, complaint_id, draft, acting)
    event = event_of("complaint.interim", view.complaint)
    with office.ledger.action(event, acting.actor()) as action:
        letter, _ = letters.issue(
            office,
            action,
            "interim",
            Subject("complaint", complaint_id),
            fields,
            pack=pack,
            dated=draft.day,
        )
        action.update("complaint", complaint_id, **first_word(view.complaint, draft.day))
        write_step(
            action,
            complaint_id,
            Step.INTERIM,
            draft.day,
            due=draft.expected,
            text=shown(office, complaint_id, draft.progress),
            letter=letter,
        )
    return Done(letter, event.seq)


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
class AnswerDraft:
    """The answer to the complainants (办理结果告知书); ``points``: what it says to each open point."""

    findings: str
    handling: str
    day: date | None
    points: tuple[PointAnswer, ...] = ()


OUTCOME_WORDS = {
    Outcome.PROVEN: "属实",
    Outcome.PARTLY: "部分属实",
    Outcome.UNPROVEN: "不属实",
    Outcome.UNCLEAR: "无法查实",
}


def answer_fields(
    office: Office, complaint_id: int, draft: AnswerDraft, acting: Acting
) -> tuple[str, dict[str, object]]:
    """Return the rulebook id and the fields of a 办理结果告知书."""
    view = register.view(office, complaint_id, acting.today)
    outcome = view.standing.outcome or Outcome.UNCLEAR
    one_by_one = points.letter_text(points.settled(view.points, draft.points))
    handling = typed.clean(draft.handling)
    return view.book.id, {
        **common_fields(view, "result", draft.day or acting.today),
        "addressee": people_names(office, complaint_id),
        "findings": typed.clean(draft.findings),
        "outcome": OUTCOME_WORDS[outcome],
        "handling": f"{points.stopped(handling)}\n{one_by_one}" if one_by_one else handling,
    }


def answer(office: Office, complaint_id: int, draft: AnswerDraft, acting: Acting) -> Done[int]:
    """Make the 办理结果告知书.

    Raises:
        Faults: incomplete, dated before the finding, or a point is left open (诉求没有答复).
        NotPermitted: nothing found yet, or there is nobody to answer.
    """
    view = may(office, complaint_id, Step.ANSWER, acting)
    refuse_if(
        [
            day_fault("day", draft.day, view, acting, after=Step.FIND),
            typed.check_text(
                "findings", draft.findings, required=True, limit=typed.LONG, lines=True
            ),
            typed.check_text(
                "handling", draft.handling, required=True, limit=typed.LONG, lines=True
            ),
            *points.faults(points.unanswered(view.points), draft.points),
            *masked_faults(
                {
                    "findings": draft.findings,
                    "handling": draft.handling,
                    **{f"point{one.point}": one.answer for one in draft.points},
                }
            ),
        ]
    )
    assert draft.day is not None
    pack, fields = answer_fields(office, complaint_id, draft, acting)
    event = event_of("complaint.answer", view.complaint)
    with office.ledger.action(event, acting.actor()) as action:
        letter, _ = letters.issue(
            office,
            action,
            "result",
            Subject("complaint", complaint_id),
            fields,
            pack=pack,
            dated=draft.day,
        )
        action.update(
            "complaint",
            complaint_id,
            state=State.ANSWERED.value,
            **first_word(view.complaint, draft.day),
        )
        points.settle(action, office, complaint_id, view.points, draft.points)
        write_step(
            action,
            complaint_id,
            Step.ANSWER,
            draft.day,
            text=shown(office, complaint_id, draft.findings),
            letter=letter,
        )
    return Done(letter, event.seq)


Draft = TransferDraft | RefusalDraft | InterimDraft | AnswerDraft


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft letter as it would print, and what in it gives a complainant away."""

    pdf: bytes
    faults: tuple[Fault, ...] = ()


def preview(office: Office, complaint_id: int, draft: Draft, acting: Acting) -> Preview:
    """Return the letter that a draft would make, marked 草稿, its addressees masked.

    Raises:
        Faults: a character can not be printed.
    """
    dated = draft.day or acting.today
    faults: list[Fault] = []
    match draft:
        case TransferDraft():
            kind, (pack, fields) = "transfer", transfer_fields(office, complaint_id, draft, acting)
            texts = {"summary": draft.summary, "demands": draft.demands}
            faults = gives_away(office, complaint_id, texts)
        case RefusalDraft():
            kind, (pack, fields) = "refusal", refusal_fields(office, complaint_id, draft, acting)
        case InterimDraft():
            kind, (pack, fields) = "interim", interim_fields(office, complaint_id, draft, acting)
        case AnswerDraft():
            kind, (pack, fields) = "result", answer_fields(office, complaint_id, draft, acting)
    if kind in TO_COMPLAINANTS:
        fields = {**fields, "addressee": MASK}
    return Preview(letters.preview(office, kind, fields, pack=pack, dated=dated), tuple(faults))


def read_letter(office: Office, complaint_id: int, letter_id: int, acting: Acting) -> bytes:
    """Return a letter's bytes; reading one that bears a complainant's name is an event (查看).

    Raises:
        LookupError: there is no such letter, or its bytes are gone or changed.
    """
    view = register.view(office, complaint_id, acting.today)
    letter = next(one for one in view.letters if one.id == letter_id)
    content = letters.pdf(office, letter_id)
    if names_complainants(view, letter.kind):
        label = f"{view.complaint.number} {letter.number}"
        event = EventDraft("complaint.reveal", "complaint", complaint_id, label)
        with office.ledger.action(event, acting.actor()):
            return content
    return content


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


__all__ = [
    "MASK",
    "TO_COMPLAINANTS",
    "AnswerDraft",
    "Asked",
    "ComplaintDraft",
    "DecisionDraft",
    "FindingDraft",
    "Identity",
    "InterimDraft",
    "RefusalDraft",
    "TransferDraft",
]
