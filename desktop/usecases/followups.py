"""Words on a complaint beside its main way: 受理告知书, 催办函, 延期告知书."""

from dataclasses import dataclass
from datetime import date

from db.records import ComplaintStep
from desktop.rules import typed
from desktop.rules.clocks import deadline
from desktop.rules.complaints import Identity, Step
from desktop.rules.faults import Fault, fault, refuse_if
from desktop.rules.rulebook import Clock, Rulebook, System
from desktop.usecases import register
from desktop.usecases.calendars import calendar
from desktop.usecases.complaintletters import (
    Preview,
    Wording,
    common_fields,
    tell,
    to_body,
    to_people,
)
from desktop.usecases.complaintletters import preview as draft_of
from desktop.usecases.complaintwork import day_fault, gives_away, masked_faults, may, shown
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.register import ComplaintView
from desktop.usecases.transfers import person_fault, transferred


@dataclass(frozen=True, slots=True)
class AcceptanceDraft:
    """What the complainants are told of the acceptance (受理告知书).

    ``answer_by``: the day until which the office says it will write again; its own promise.
    """

    handler: str
    answer_by: date | None
    day: date | None


def tell_acceptance(
    office: Office, complaint_id: int, draft: AcceptanceDraft, acting: Acting
) -> Done[int]:
    """Tell the complainants in writing that the matter was accepted; a written word.

    Raises:
        Faults: a date that can not be.
        NotPermitted: the leader did not accept it, it was told already, or there is nobody to tell.
    """
    view = may(office, complaint_id, Step.ACCEPTANCE, acting)
    refuse_if(
        [
            day_fault("day", draft.day, view, acting, after=Step.DECIDE),
            typed.check_text("handler", draft.handler, limit=typed.NAME),
            typed.check_later("answer_by", draft.answer_by, draft.day, acting.today),
            *gives_away(office, complaint_id, {"handler": draft.handler}),
            *masked_faults({"handler": draft.handler}),
        ]
    )
    assert draft.day is not None
    return tell(
        office,
        view,
        Step.ACCEPTANCE,
        _acceptance(office, view, draft, acting),
        acting,
        due=draft.answer_by,
        text=typed.clean(draft.handler),
    )


def _acceptance(
    office: Office, view: ComplaintView, draft: AcceptanceDraft, acting: Acting
) -> Wording:
    return to_people(
        office,
        view,
        "acceptance",
        draft.day or acting.today,
        handler=typed.clean(draft.handler),
        answer_by=draft.answer_by,
    )


def answer_by(view: ComplaintView, today: date) -> date | None:
    """Return the day to promise a written word by: the rulebook's clock, where it still runs."""
    ends = [c.end.due for c in view.clocks if c.rule.stops == "told_in_writing" and c.end]
    return next((end for end in ends if end > today), None)


@dataclass(frozen=True, slots=True)
class ChaseDraft:
    """What reminds a receiving unit of its reply (催办函)."""

    reply_by: date | None
    consequence: str
    day: date | None


def chase(office: Office, complaint_id: int, draft: ChaseDraft, acting: Acting) -> Done[int]:
    """Make the 催办函 and set a new date to reply by.

    Raises:
        Faults: no new date, a date that can not be, or a text that gives a complainant away.
        NotPermitted: nothing was transferred, or the reply has come.
    """
    view = may(office, complaint_id, Step.CHASE, acting)
    before = Step.CHASE if view.chased else Step.TRANSFER
    refuse_if(
        [
            day_fault("day", draft.day, view, acting, after=before),
            typed.check_later("reply_by", draft.reply_by, draft.day, acting.today, required=True),
            typed.check_text("consequence", draft.consequence, limit=typed.LONG, lines=True),
            *gives_away(office, complaint_id, {"consequence": draft.consequence}),
        ]
    )
    return tell(
        office,
        view,
        Step.CHASE,
        _chase(view, draft, acting),
        acting,
        unit=transferred(view.steps).unit,
        due=draft.reply_by,
        text=typed.clean(draft.consequence),
    )


def _chase(view: ComplaintView, draft: ChaseDraft, acting: Acting) -> Wording:
    transfer = transferred(view.steps)
    return to_body(
        view,
        "chase",
        draft.day or acting.today,
        transfer.unit_name or "",
        transferred=transfer.day,
        transfer_number=transfer.letter_number or "",
        due=view.reply_due,
        times=view.chased + 1,
        reply_by=draft.reply_by,
        consequence=typed.clean(draft.consequence),
    )


@dataclass(frozen=True, slots=True)
class ExtensionDraft:
    """Why a matter takes longer, and until when (延期告知书).

    ``due``: the day expected so far, None where none was told. ``to``: the unit to tell when there
    is no complainant to be told.
    """

    reason: str
    approved_by: str
    due: date | None
    new_due: date | None
    progress: str
    day: date | None
    to: int | None = None


def concerned(view: ComplaintView) -> tuple[tuple[int, str], ...]:
    """Return the units that an extension of an anonymous complaint is told to (相关单位)."""
    receivers = [(s.unit, s.unit_name or "") for s in reversed(view.steps) if s.unit is not None]
    own = (view.complaint.accused_unit, view.complaint.unit_name)
    return tuple(dict.fromkeys([*receivers, own]))


def extend(office: Office, complaint_id: int, draft: ExtensionDraft, acting: Acting) -> Done[int]:
    """Tell why a matter takes longer (延期说明); the rulebook's own clocks stay where they are.

    Source: 保定市投诉举报受理工作制度 第七条（四） asks for the reason to be told to the
    complainant or the unit concerned and sets neither length nor number of extensions.

    Raises:
        Faults: no reason, no approver, or a new date that is not after the old one.
        NotPermitted: not decided yet, refused, or answered.
    """
    view = may(office, complaint_id, Step.EXTENSION, acting)
    anonymous = view.standing.identity is Identity.ANONYMOUS
    units = dict(concerned(view))
    texts = {
        "reason": draft.reason,
        "approved_by": draft.approved_by,
        "progress": draft.progress,
    }
    refuse_if(
        [
            fault("to", "choose_unit") if anonymous and draft.to not in units else None,
            day_fault("day", draft.day, view, acting, after=Step.DECIDE),
            typed.check_text("reason", draft.reason, required=True, limit=typed.LONG, lines=True),
            typed.check_text("approved_by", draft.approved_by, required=True, limit=typed.NAME),
            person_fault(office, "approved_by", draft.approved_by, None, view),
            typed.check_date(
                "due", draft.due, acting.today, required=False,
                not_before=view.complaint.received, before_code="before_receipt", future=True,
            ),
            _new_date(office, view, draft, acting),
            typed.check_text("progress", draft.progress, limit=typed.LONG, lines=True),
            *(gives_away(office, complaint_id, texts) if anonymous else ()),
            *masked_faults(texts),
        ]
    )  # fmt: skip
    return tell(
        office,
        view,
        Step.EXTENSION,
        _extension(office, view, draft, acting),
        acting,
        person=typed.clean(draft.approved_by),
        unit=draft.to if anonymous else None,
        due=draft.new_due,
        text=shown(office, complaint_id, draft.reason),
        detail=draft.due.isoformat() if draft.due else "",
    )


def extension_rule(book: Rulebook) -> Clock | None:
    """Return how far a rulebook lets a complaint be extended (最长延长…), None where it is silent."""
    extended = (c for c in book.clocks if c.starts == "extended")
    return next((c for c in extended if c.system is System.COMPLAINTS), None)


def _new_date(
    office: Office, view: ComplaintView, draft: ExtensionDraft, acting: Acting
) -> Fault | None:
    """Check the new date: there, later than the letter and the date so far, and not too far."""
    if draft.due and draft.new_due and draft.new_due <= draft.due:
        return fault("new_due", "not_later", earliest=draft.due)
    rule = extension_rule(view.book)
    if rule is not None and draft.due and draft.new_due:
        last = deadline(rule, draft.due, calendar(office)).due
        if draft.new_due > last:
            return fault("new_due", "too_far", latest=last)
    return typed.check_later("new_due", draft.new_due, draft.day, acting.today, required=True)


def _extension(
    office: Office, view: ComplaintView, draft: ExtensionDraft, acting: Acting
) -> Wording:
    day = draft.day or acting.today
    said = {
        "reason": typed.clean(draft.reason),
        "progress": typed.clean(draft.progress),
        "due": draft.due,
        "new_due": draft.new_due,
        "approved_by": typed.clean(draft.approved_by),
    }
    if view.standing.identity is Identity.ANONYMOUS:
        unit = dict(concerned(view)).get(draft.to or 0, "")
        whole = {**common_fields(view, "extension", day), "addressee": unit, **said}
        return Wording("extension", day, whole, to_people=False)
    return to_people(office, view, "extension", day, **said)


def extended_from(step: ComplaintStep) -> date | None:
    """Return the day that was expected before an extension (原定日期), None where none was told."""
    told = step.step == Step.EXTENSION and step.detail
    return date.fromisoformat(step.detail) if told else None


Draft = AcceptanceDraft | ChaseDraft | ExtensionDraft


def preview(office: Office, complaint_id: int, draft: Draft, acting: Acting) -> Preview:
    """Return the letter that a draft would make, marked 草稿, the complainants masked.

    Raises:
        Faults: a field is missing without which there is nothing to see, or can not be printed.
    """
    view = register.view(office, complaint_id, acting.today)
    match draft:
        case AcceptanceDraft():
            return draft_of(office, view, _acceptance(office, view, draft, acting))
        case ChaseDraft():
            refuse_if([None if draft.reply_by else fault("reply_by", "required")])
            texts = {"consequence": draft.consequence}
            return draft_of(office, view, _chase(view, draft, acting), texts)
        case ExtensionDraft():
            wording = _extension(office, view, draft, acting)
            texts = {"reason": draft.reason, "progress": draft.progress}
            return draft_of(office, view, wording, {} if wording.to_people else texts)
