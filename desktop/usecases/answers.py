"""The main letters to the complainants: 不予受理告知书, 办理情况告知书, 办理结果告知书."""

from dataclasses import dataclass
from datetime import date

from desktop.rules import typed
from desktop.rules.complaints import Outcome, State, Step
from desktop.rules.faults import refuse_if
from desktop.usecases import points, register
from desktop.usecases.complaintletters import Preview, Wording, tell, to_people
from desktop.usecases.complaintletters import preview as draft_of
from desktop.usecases.complaintwork import day_fault, masked_faults, may, shown
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.points import PointAnswer
from desktop.usecases.register import ComplaintView
from desktop.usecases.transfers import TransferDraft, transfer_letter

OUTCOME_WORDS = {
    Outcome.PROVEN: "属实",
    Outcome.PARTLY: "部分属实",
    Outcome.UNPROVEN: "不属实",
    Outcome.UNCLEAR: "无法查实",
}


@dataclass(frozen=True, slots=True)
class RefusalDraft:
    """What the person is told when a complaint is not accepted (不予受理告知书)."""

    reason: str
    channel_hint: str
    day: date | None


def _refusal(office: Office, view: ComplaintView, draft: RefusalDraft, acting: Acting) -> Wording:
    return to_people(
        office,
        view,
        "refusal",
        draft.day or acting.today,
        reason=typed.clean(draft.reason),
        channel_hint=typed.clean(draft.channel_hint),
    )


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
    return tell(
        office,
        view,
        Step.REFUSE,
        _refusal(office, view, draft, acting),
        acting,
        {"state": State.REFUSED.value, "refusal_told": draft.day.isoformat()},
        text=shown(office, complaint_id, draft.reason),
    )


@dataclass(frozen=True, slots=True)
class InterimDraft:
    """The written word on how a matter stands (办理情况告知书)."""

    progress: str
    next_step: str
    expected: date | None
    day: date | None


def _interim(office: Office, view: ComplaintView, draft: InterimDraft, acting: Acting) -> Wording:
    return to_people(
        office,
        view,
        "interim",
        draft.day or acting.today,
        progress=typed.clean(draft.progress),
        next=typed.clean(draft.next_step),
        expected=draft.expected,
    )


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
            typed.check_later("expected", draft.expected, draft.day, acting.today),
            *masked_faults({"progress": draft.progress, "next_step": draft.next_step}),
        ]
    )
    return tell(
        office,
        view,
        Step.INTERIM,
        _interim(office, view, draft, acting),
        acting,
        due=draft.expected,
        text=shown(office, complaint_id, draft.progress),
    )


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """The answer to the complainants (办理结果告知书); ``points``: what it says to each open point."""

    findings: str
    handling: str
    day: date | None
    points: tuple[PointAnswer, ...] = ()


def _answer(office: Office, view: ComplaintView, draft: AnswerDraft, acting: Acting) -> Wording:
    one_by_one = points.letter_text(points.settled(view.points, draft.points))
    handling = typed.clean(draft.handling)
    return to_people(
        office,
        view,
        "result",
        draft.day or acting.today,
        findings=typed.clean(draft.findings),
        outcome=OUTCOME_WORDS[view.standing.outcome or Outcome.UNCLEAR],
        handling=f"{points.stopped(handling)}\n{one_by_one}" if one_by_one else handling,
    )


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
    return tell(
        office,
        view,
        Step.ANSWER,
        _answer(office, view, draft, acting),
        acting,
        {"state": State.ANSWERED.value},
        lambda action: points.settle(action, office, complaint_id, view.points, draft.points),
        text=shown(office, complaint_id, draft.findings),
    )


Draft = TransferDraft | RefusalDraft | InterimDraft | AnswerDraft


def preview(office: Office, complaint_id: int, draft: Draft, acting: Acting) -> Preview:
    """Return the letter that a draft would make, marked 草稿, its addressees masked.

    Raises:
        Faults: a character can not be printed.
    """
    view = register.view(office, complaint_id, acting.today)
    match draft:
        case TransferDraft():
            texts = {"summary": draft.summary, "demands": draft.demands}
            return draft_of(office, view, transfer_letter(view, draft, acting), texts)
        case RefusalDraft():
            wording = _refusal(office, view, draft, acting)
        case InterimDraft():
            wording = _interim(office, view, draft, acting)
        case AnswerDraft():
            wording = _answer(office, view, draft, acting)
    return draft_of(office, view, wording)
