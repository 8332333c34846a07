"""Correcting a registered complaint (修改登记): what was typed wrongly, with a reason, on record.

Number, year and the rulebook it was registered under never change; letters that went out stay.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from db.ledger import Action, StaleRecord
from db.queries import complaints as queries
from db.queries import office as office_queries
from db.records import Complainant, Complaint, ComplaintStep
from desktop.rules import complaints as rules
from desktop.rules import typed
from desktop.rules.complaints import (
    CORRECTION,
    ComplaintDraft,
    Identity,
    PersonTyped,
    Ruling,
    RunningClock,
    Step,
    check_draft,
)
from desktop.rules.faults import Fault, NotPermitted, fault, refuse_if
from desktop.rules.handlers import Somebody, accused, why_not_receiver
from desktop.rules.rulebook import Clock
from desktop.rules.secrecy import Named, gives_away
from desktop.usecases import attachments, register, replies
from desktop.usecases.calendars import calendar
from desktop.usecases.complaintwork import (
    event_of,
    origin,
    sealed_person,
    sealed_texts,
    speaks_for_all,
    write_step,
)
from desktop.usecases.identity import MASK
from desktop.usecases.letters import TO_COMPLAINANTS
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.register import ComplaintView, Written


@dataclass(frozen=True, slots=True)
class Correction:
    """A registered complaint as it should read, and why (修改登记).

    ``named``: whether the complainants were shown and typed too; otherwise they and the way of
    signing (署名方式) stay as they are. ``rev``: the revision of the record that was on screen.
    """

    draft: ComplaintDraft
    reason: str
    rev: int
    named: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed in one field: its key, and both values where they are short and no secret."""

    field: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class MovedClock:
    """A clock before and after a correction (原期限、新期限); None where there is none."""

    old: RunningClock | None
    new: RunningClock | None

    @property
    def rule(self) -> Clock:
        """Which clock."""
        known = self.new or self.old
        assert known is not None
        return known.rule

    @property
    def moved(self) -> bool:
        """Whether another day is due, or the clock begins or ceases to apply."""
        return _days(self.old) != _days(self.new)


def _days(clock: RunningClock | None) -> tuple[date | None, ...] | None:
    """Return the days that a clock names; from where it was counted is no matter."""
    if clock is None or clock.end is None:
        return None
    return clock.end.due, clock.end.latest, clock.end.planned, clock.end.paused


def correct(office: Office, complaint_id: int, wanted: Correction, acting: Acting) -> Done[None]:
    """Correct what was registered; the clocks follow the receipt date.

    Raises:
        Faults: incomplete, no reason, nothing changed, or at odds with what was done since.
        NotPermitted: closed or void.
        StaleRecord: the record was changed since it was read.
    """
    view = register.view(office, complaint_id, acting.today)
    if reason := rules.why_not_correct(view.state):
        raise NotPermitted(reason)
    if view.complaint.rev != wanted.rev:
        raise StaleRecord(f"complaint {complaint_id}")
    people = register.complainants(office, complaint_id)
    draft = wanted.draft
    if not wanted.named:
        to = replies.written(office, view.complaint)
        draft = replace(
            draft,
            identity=view.standing.identity,
            complainants=_as_typed(people),
            reply_way=view.reply_way,
            representative=replies.representative(people),
            reply_address=to["reply_address"],
            reply_postcode=to["reply_postcode"],
            reply_email=to["reply_email"],
        )
    draft = _unmasked(office, view, draft)
    changed = _changes(office, view, draft, people)
    refuse_if(
        [
            *check_draft(draft, view.book, acting.today),
            *_at_odds(office, view, draft, acting),
            *attachments.check_files("attachments", draft.attachments),
            typed.check_text(
                "reason", wanted.reason, required=True, limit=typed.LONG, lines=True
            ),
            None if changed else fault("", "unchanged"),
            *_masks_left(office, view, draft),
        ]
    )  # fmt: skip
    kept = attachments.store(office, draft.attachments, secret=True)
    event = event_of("complaint.correct", view.complaint)
    event.reason = typed.clean(wanted.reason)
    with office.ledger.action(event, acting.actor()) as action:
        _write(action, office, view.complaint, draft, people)
        attachments.note(action, office, "complaint", complaint_id, kept, acting)
        write_step(
            action,
            complaint_id,
            CORRECTION,
            acting.today,
            person=acting.name,
            text=event.reason,
            detail=json.dumps([[c.field, c.old, c.new] for c in changed], ensure_ascii=False),
        )
    return Done(None, event.seq)


def changes(step: ComplaintStep) -> tuple[Change, ...]:
    """Return what a correction changed, as its step keeps it; nobody's name is in it."""
    return tuple(Change(*one) for one in json.loads(step.detail)) if step.detail else ()


def foresee(
    office: Office, complaint_id: int, written: Written, today: date
) -> tuple[MovedClock, ...]:
    """Return each clock as it is and as it would be after a correction."""
    view = register.view(office, complaint_id, today)
    facts = replace(
        view.standing,
        received=written.received,
        identity=written.identity,
        origin_due=written.due(today),
    )
    before = {one.rule.id: one for one in view.clocks}
    after = {one.rule.id: one for one in rules.clocks(facts, view.book, calendar(office), today)}
    # what another body wants may be typed for the first time, or be taken out
    return tuple(MovedClock(before.get(one), after.get(one)) for one in {**before, **after})


def _at_odds(
    office: Office, view: ComplaintView, draft: ComplaintDraft, acting: Acting
) -> list[Fault | None]:
    """Find what contradicts the steps taken since the complaint was registered."""
    first = min(view.complaint.registered, *(s.day for s in view.steps))
    told = any(letter.kind in TO_COMPLAINANTS and not letter.void for letter in view.letters)
    signed = view.standing.identity is not Identity.ANONYMOUS
    other = draft.accused_unit is not None and draft.accused_unit != view.complaint.accused_unit
    decided = view.last(Step.DECIDE)
    passing = decided is not None and view.standing.ruling is Ruling.TRANSFER
    receiver = (decided.unit, decided.unit_name or "") if passing and decided else (None, "")
    named = {u.id: u.name for u in office_queries.units(office.db)}
    barred = (
        why_not_receiver(
            receiver[0], receiver[1], draft.accused_unit, named.get(draft.accused_unit, "")
        )
        if receiver[0] is not None and draft.accused_unit is not None
        else ""
    )
    handling = next(
        (
            one.name
            for one in view.handlers
            if one.until is None
            and accused(Somebody(one.name, one.unit), draft.accused_person, draft.accused_unit)
        ),
        "",
    )
    return [
        fault("received", "receipt_after", latest=first)
        if draft.received is not None and first < draft.received <= acting.today
        else None,
        fault("identity", "told_already")
        if told and signed and draft.identity is Identity.ANONYMOUS
        else None,
        fault("accused_unit", "case_names_unit")
        if other and view.complaint.case_id is not None
        else None,
        fault("accused_unit", "accused_is_receiver") if other and barred else None,
        fault("accused_person", "accused_handles", name=handling) if handling else None,
    ]


def _unmasked(office: Office, view: ComplaintView, draft: ComplaintDraft) -> ComplaintDraft:
    """Return the draft with the original words where it still holds the masked ones shown."""
    masked, was = view.complaint, register.as_written(office, view.complaint)
    text, demands = typed.clean(draft.text), typed.clean(draft.demands)
    return replace(
        draft,
        text=was.body if text == masked.body else draft.text,
        demands=was.demands if demands == masked.demands else draft.demands,
    )


def _masks_left(office: Office, view: ComplaintView, draft: ComplaintDraft) -> list[Fault | None]:
    """Refuse masked words that were written over: the names in them would be lost for good."""
    was = register.as_written(office, view.complaint)
    texts = (("text", draft.text, was.body), ("demands", draft.demands, was.demands))
    return [
        fault(key, "masked") if MASK in new and MASK not in old else None for key, new, old in texts
    ]


def _as_typed(people: Sequence[Complainant]) -> tuple[PersonTyped, ...]:
    return tuple(PersonTyped(p.name, p.phone, p.address) for p in people)


def _tidy(people: Sequence[PersonTyped]) -> tuple[PersonTyped, ...]:
    found = (
        PersonTyped(typed.clean(p.name), typed.clean(p.phone), typed.clean(p.address))
        for p in people
    )
    return tuple(p for p in found if p.name or p.phone or p.address)


def _changes(
    office: Office, view: ComplaintView, draft: ComplaintDraft, people: Sequence[Complainant]
) -> list[Change]:
    """Return what differs; names, long texts and files are only said to differ."""
    was = register.as_written(office, view.complaint)
    units = {u.id: u.name for u in office_queries.units(office.db)}
    channels = {c.id: c.name for c in view.book.channels}
    new_day = draft.received.isoformat() if draft.received else ""
    short = [
        Change("channel", view.channel, channels.get(draft.channel, "")),
        Change("received", was.received.isoformat(), new_day),
        Change("identity", was.identity, draft.identity.value),
        Change("reply_way", was.reply_way, draft.reply_way.value if draft.reply_way else ""),
        Change("accused_unit", was.unit_name, units.get(draft.accused_unit or 0, "")),
        Change("accused_person", was.accused_person, typed.clean(draft.accused_person)),
        Change("subject", was.subject, typed.clean(draft.subject)),
        *(
            Change(key, str(getattr(was, key) or ""), new or "")
            for key, new in origin(draft).items()
        ),
    ]
    to = replies.written(office, view.complaint)
    named = draft.identity is not Identity.ANONYMOUS
    differing = {
        "reply_to": named
        and (
            any(typed.clean(getattr(draft, key)) != was_to for key, was_to in to.items())
            or typed.clean(draft.representative) != replies.representative(people)
        ),
        "complainants": _tidy(draft.complainants) != _as_typed(people),
        "grounds": set(draft.grounds) != {g.id for g in view.grounds},
        "text": typed.clean(draft.text) != was.body,
        "demands": typed.clean(draft.demands) != was.demands,
        "attachments": bool(draft.attachments),
    }
    secret: list[Named] = [
        *people,
        *draft.telling(),
        *replies.where(office, view.complaint.id),
    ]
    found = [
        Change(c.field) if gives_away(secret, {"old": c.old, "new": c.new}) else c
        for c in short
        if c.old != c.new
    ]
    return found + [Change(key) for key, differs in differing.items() if differs]


def _write(
    action: Action,
    office: Office,
    was: Complaint,
    draft: ComplaintDraft,
    people: Sequence[Complainant],
) -> None:
    assert draft.received is not None
    assert draft.accused_unit is not None
    complaint_id = was.id
    action.update(
        "complaint",
        complaint_id,
        channel=draft.channel,
        received=draft.received.isoformat(),
        identity=draft.identity.value,
        accused_unit=draft.accused_unit,
        accused_person=typed.clean(draft.accused_person),
        subject=typed.clean(draft.subject),
        **sealed_texts(office, draft),
        **origin(draft),
        **replies.changed(office, was, draft),
    )
    rows = {ground: row for row, ground in queries.ground_rows(office.db, complaint_id)}
    for ground in dict.fromkeys(draft.grounds):
        if ground not in rows:
            action.insert("complaint_ground", complaint=complaint_id, ground=ground)
    for ground, row in rows.items():
        if ground not in draft.grounds:
            action.update("complaint_ground", row, void=1)
    now = _tidy(draft.complainants)
    for known, person in zip(people, now, strict=False):
        speaks = speaks_for_all(draft, person)
        if _as_typed([known]) == (person,):  # sealing anew would look like a change
            action.update("complainant", known.id, representative=speaks)
            continue
        fresh = sealed_person(office, person)
        action.update("complainant", known.id, **fresh, representative=speaks)
    for person in now[len(people) :]:
        action.insert(
            "complainant",
            complaint=complaint_id,
            **sealed_person(office, person),
            representative=speaks_for_all(draft, person),
        )
    for known in people[len(now) :]:
        action.update("complainant", known.id, void=1)
