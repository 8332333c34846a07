"""Complaints that belong together (关联件): likely twins, linking, merging, taking up anew."""

import re
from dataclasses import dataclass
from datetime import date

from db.ledger import Action
from db.queries import complaints as queries
from db.records import Complaint, ComplaintLink
from desktop.rules import typed
from desktop.rules.complaints import Outcome, PersonTyped, Ruling, State, Step
from desktop.rules.faults import Fault, NotPermitted, fault, refuse_if
from desktop.rules.links import Likeness, LinkKind, alike, likeness, why_not_merge, why_not_reopen
from desktop.usecases import looking, points, register, replies
from desktop.usecases.complaintwork import day_fault, event_of, shown, write_step
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.register import ComplaintView
from desktop.usecases.replies import ReplyTo

#: Twins are looked for among the newest so many against a unit, of so many years; so many are shown.
_NEWEST, _YEARS, MOST = 300, 2, 4


@dataclass(frozen=True, slots=True)
class Twin:
    """A complaint that may be the same matter (疑似重复件)."""

    id: int
    number: str
    received: date
    state: State
    subject: str
    body: str
    likeness: Likeness


def twins(
    office: Office, unit: int, subject: str, text: str, today: date, but: int = 0
) -> tuple[Twin, ...]:
    """Return the complaints against a unit that read alike, the most alike first.

    Args:
        office: the open office.
        unit: the unit complained of.
        subject: as typed so far.
        text: as typed so far.
        today: complaints of the last two years before this day are looked at.
        but: a complaint that is not looked at.
    """
    since = date(today.year - _YEARS, today.month, min(today.day, 28))
    found = []
    for one in queries.newest_of_unit(office.db, unit, since, _NEWEST):
        score = alike((subject, text), (one.subject, one.body))
        word = likeness(score)
        if word is not None and one.id != but:
            twin = Twin(
                one.id, one.number, one.received, State(one.state), one.subject, one.body, word
            )
            found.append((score, one.id, twin))
    return tuple(twin for _score, _id, twin in sorted(found, key=lambda f: f[:2], reverse=True))[
        :MOST
    ]


@dataclass(frozen=True, slots=True)
class LinkDraft:
    """What a complaint is to another, as typed; ``number`` may be short: 12 is this year's 0012."""

    number: str
    kind: LinkKind | None


def note_link(action: Action, complaint_id: int, other: int, kind: LinkKind) -> None:
    """Write a link among what an action writes."""
    action.insert("complaint_link", complaint=complaint_id, other=other, kind=kind.value)


def link(office: Office, complaint_id: int, draft: LinkDraft, acting: Acting) -> Done[None]:
    """Link a complaint to another (关联).

    Raises:
        Faults: no such number, the complaint itself, linked already, no kind chosen.
        NotPermitted: the complaint is void.
    """
    view = register.view(office, complaint_id, acting.today)
    if view.state in (State.VOID, State.ARCHIVED):
        raise NotPermitted("void" if view.state is State.VOID else "archived")
    other, faults = _other(office, view, draft.number, acting)
    kind = draft.kind if draft.kind is not LinkKind.MERGED else None
    refuse_if([*faults, None if kind else fault("kind", "choose")])
    assert other is not None
    assert kind is not None
    event = event_of("complaint.link", view.complaint)
    with office.ledger.action(event, acting.actor()) as action:
        note_link(action, complaint_id, other.id, kind)
    return Done(None, event.seq)


def unlink(
    office: Office, complaint_id: int, link_id: int, reason: str, acting: Acting
) -> Done[None]:
    """Take a link away; of a merging the complaint goes on where it stood (取消关联、撤销并入).

    Args:
        office: the open office.
        complaint_id: of which complaint.
        link_id: which link.
        reason: why; log and record keep it, who complained is masked in it.
        acting: who takes it away, and when.

    Raises:
        Faults: no reason.
        LookupError: there is no such link of this complaint.
        NotPermitted: it was merged into this one: that is taken back from the other.
    """
    view = register.view(office, complaint_id, acting.today)
    known = next((one for one in view.links if one.id == link_id), None)
    if known is None:
        raise LookupError(f"link {link_id}")
    merged = known.kind == LinkKind.MERGED
    if merged and known.complaint != complaint_id:
        raise NotPermitted("unmerge_there")
    if view.state is State.ARCHIVED:
        raise NotPermitted("archived")
    refuse_if([typed.check_text("reason", reason, required=True, limit=typed.LONG, lines=True)])
    event = event_of("complaint.unlink", view.complaint)
    event.reason = shown(office, complaint_id, reason)
    with office.ledger.action(event, acting.actor()) as action:
        action.update("complaint_link", link_id, void=1)
        if merged:
            points.bring_back(action, view.points, register.view(office, known.far, acting.today))
            state = _before_merging(view)
            action.update("complaint", complaint_id, state=state.value, closed=None)
            close = next(s for s in reversed(view.steps) if s.step == Step.CLOSE)
            action.update("complaint_step", close.id, void=1)
    return Done(None, event.seq)


@dataclass(frozen=True, slots=True)
class MergeDraft:
    """Into which complaint this one goes, since when, and why (合并到)."""

    number: str
    day: date | None
    note: str = ""


def merge(office: Office, complaint_id: int, draft: MergeDraft, acting: Acting) -> Done[None]:
    """Close a complaint as merged into another; it keeps its number and points there (并入).

    Raises:
        Faults: no such number, the complaint itself, or one that is itself merged or void; a point
            is open that can not be answered there any more.
        NotPermitted: closed, void, or a case was opened from it.
    """
    view = register.view(office, complaint_id, acting.today)
    if reason := why_not_merge(view.state, has_case=view.standing.has_case):
        raise NotPermitted(reason)
    other, faults = _other(office, view, draft.number, acting, merging=True)
    refuse_if(
        [
            *faults,
            day_fault("day", draft.day, view, acting, after=None),
            typed.check_text("note", draft.note, limit=typed.LONG, lines=True),
        ]
    )
    assert other is not None
    assert draft.day is not None
    into = register.view(office, other.id, acting.today)
    left = points.unanswered(view.points)
    over = points.why_not(into.state)
    refuse_if([fault("number", "points_left", n=len(left)) if left and over else None])
    event = event_of("complaint.merge", view.complaint)
    event.reason = f"并入 {other.number}"
    with office.ledger.action(event, acting.actor()) as action:
        action.update(
            "complaint", complaint_id, state=State.CLOSED.value, closed=draft.day.isoformat()
        )
        note_link(action, complaint_id, other.id, LinkKind.MERGED)
        points.carry(action, office, view.points, into)
        write_step(
            action,
            complaint_id,
            Step.CLOSE,
            draft.day,
            person=acting.name,
            text=f"并入 {other.number}",
            detail=shown(office, complaint_id, draft.note),
        )
    return Done(None, event.seq)


def merged_into(view: ComplaintView) -> ComplaintLink | None:
    """Return the link by which a complaint went into another, if it did."""
    own = view.complaint.id
    return next((k for k in view.links if k.kind == LinkKind.MERGED and k.complaint == own), None)


@dataclass(frozen=True, slots=True)
class Reopened:
    """A closed complaint with all that was typed, to be registered anew (重新办理)."""

    complaint: Complaint
    grounds: tuple[str, ...]
    people: tuple[PersonTyped, ...]
    reply: ReplyTo


def reopen(office: Office, complaint_id: int, acting: Acting) -> Reopened:
    """Return what a new complaint takes over from a closed one; who complained is a look on record.

    Raises:
        NotPermitted: not closed, merged into another, or this user may not see who complained.
    """
    view = register.view(office, complaint_id, acting.today)
    if reason := "merged" if merged_into(view) else why_not_reopen(view.state):
        raise NotPermitted(reason)
    people = looking.reveal(office, complaint_id, acting, "重新办理")
    return Reopened(
        register.as_written(office, view.complaint),
        tuple(g.id for g in view.grounds),
        tuple(PersonTyped(p.name, p.phone, p.address) for p in people),
        replies.reply_to(office, view.complaint, people),
    )


# ---- inside ------------------------------------------------------------------------------------

_DIGITS = re.compile(r"[0-9]+")


def _other(
    office: Office, view: ComplaintView, number: str, acting: Acting, *, merging: bool = False
) -> tuple[Complaint | None, list[Fault]]:
    """Find the complaint that a number means, and what is wrong with it."""
    if not number.strip():
        return None, [fault("number", "required")]
    other = _by_number(office, number, acting.today.year)
    if other is None or other.void:
        return None, [fault("number", "no_such_number", typed=number.strip())]
    if other.id == view.complaint.id:
        return None, [fault("number", "itself")]
    if any(other.id in (k.complaint, k.other) for k in view.links) and not merging:
        return None, [fault("number", "linked_already", number=other.number)]
    if merging and any(
        k.kind == LinkKind.MERGED and k.complaint == other.id
        for k in queries.links(office.db, other.id)
    ):
        return None, [fault("number", "merged_itself", number=other.number)]
    return other, []


def _by_number(office: Office, number: str, year: int) -> Complaint | None:
    """Read a number as written, or only its year and serial, or only the serial of this year."""
    digits = [int(part) for part in _DIGITS.findall(number.split("　")[0])]
    if not 1 <= len(digits) <= 2:
        return None
    at, serial = (digits[0], digits[1]) if digits[1:] else (year, digits[0])
    return queries.by_serial(office.db, at, serial)


def _before_merging(view: ComplaintView) -> State:
    """Return where a complaint stood before it was merged, from what was done on it."""
    complaint, done = view.complaint, {s.step for s in view.steps}
    if Step.ANSWER in done:
        return State.ANSWERED
    if complaint.outcome in tuple(Outcome):
        return State.FOUND
    if complaint.refusal_told is not None:
        return State.REFUSED
    match complaint.ruling:
        case Ruling.ACCEPT:
            return State.ACCEPTED
        case Ruling.TRANSFER:
            return State.TRANSFERRED if complaint.transferred else State.TRANSFER_DUE
        case Ruling.REFUSE:
            return State.REFUSAL_DUE
        case _:
            if Step.OBJECT in done:
                return State.RETURNED
            return State.PROPOSED if Step.PROPOSE in done else State.REGISTERED
