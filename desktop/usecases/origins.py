"""The word to the body that sent a complaint on (回复来源单位): by letter (回复函) or otherwise."""

from dataclasses import dataclass
from datetime import date

from desktop.rules import typed
from desktop.rules.complaints import ORIGIN_REPLY, Outcome, Step
from desktop.rules.faults import Fault, NotPermitted, fault, refuse_if
from desktop.usecases import register
from desktop.usecases.answers import OUTCOME_WORDS
from desktop.usecases.complaintletters import Preview, Wording, issue, to_body
from desktop.usecases.complaintletters import preview as draft_of
from desktop.usecases.complaintwork import event_of, gives_away, shown, write_step
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.register import ComplaintView


@dataclass(frozen=True, slots=True)
class OriginDraft:
    """What the body that sent a complaint on is told (回复函).

    ``letter``: the program makes it; otherwise ``number`` is what the reply was sent under.
    """

    day: date | None
    progress: str
    result: str
    letter: bool = True
    number: str = ""


def why_not(view: ComplaintView) -> str:
    """Return the code of the reason why nothing is told to another body now, or nothing."""
    if view.complaint.void:
        return "void"
    return "" if view.complaint.origin else "no_origin"


def beginning(view: ComplaintView) -> tuple[str, str]:
    """Return how the letter begins: what was done, and what came of it."""
    found = view.last(Step.FIND)
    if found is None:
        passed = view.last(Step.TRANSFER)
        progress = "已登记并组织调查核实"
        if passed is not None and passed.unit_name:
            progress = f"已转{passed.unit_name}办理"
        return f"{progress}，办结后将另行回复。", ""
    outcome = OUTCOME_WORDS.get(view.standing.outcome or Outcome.UNCLEAR, "")
    told = view.last(Step.ANSWER)
    handling = found.detail
    if told is not None:
        handling = f"{handling.rstrip('。')}。办理结果已于{told.day.month}月{told.day.day}日告知投诉举报人。"
    return found.text, f"经核实，所反映的问题{outcome}。{handling}"


def _wording(view: ComplaintView, draft: OriginDraft, acting: Acting) -> Wording:
    complaint = view.complaint
    return to_body(
        view,
        "origin_reply",
        draft.day or acting.today,
        complaint.origin,
        origin_number=complaint.origin_number,
        origin_day=complaint.origin_day,
        progress=typed.clean(draft.progress),
        result=typed.clean(draft.result),
    )


def preview(office: Office, complaint_id: int, draft: OriginDraft, acting: Acting) -> Preview:
    """Return the letter that a draft would make, marked 草稿, and what in it gives away who.

    Raises:
        Faults: a field is empty without which there is nothing to see, or can not be printed.
    """
    view = register.view(office, complaint_id, acting.today)
    refuse_if([None if draft.progress.strip() else fault("progress", "required")])
    return draft_of(office, view, _wording(view, draft, acting), _texts(draft))


def _texts(draft: OriginDraft) -> dict[str, str]:
    return {"progress": draft.progress, "result": draft.result}


def reply(office: Office, complaint_id: int, draft: OriginDraft, acting: Acting) -> Done[int]:
    """Tell the body that sent a complaint on; the first word stops its clock (外单位要求回复).

    More may follow: on the way it is told what was done, at the end what came of it.

    Returns:
        The letter's id, 0 where the reply went another way and is only noted.

    Raises:
        Faults: nothing said, no number, a date that can not be, or a complainant given away.
        NotPermitted: no other body sent it on, or the matter is void.
    """
    view = register.view(office, complaint_id, acting.today)
    if reason := why_not(view):
        raise NotPermitted(reason)
    refuse_if(
        [
            typed.check_date(
                "day",
                draft.day,
                acting.today,
                not_before=view.complaint.received,
                before_code="before_receipt",
            ),
            *(_letter_faults(office, complaint_id, draft) if draft.letter else ()),
            None
            if draft.letter
            else typed.check_text("sent", draft.number, required=True, limit=typed.NAME),
        ]
    )
    assert draft.day is not None
    event = event_of("complaint.origin_reply", view.complaint)
    with office.ledger.action(event, acting.actor()) as action:
        letter, number = 0, typed.clean(draft.number)
        if draft.letter:
            letter, number = issue(office, action, view, _wording(view, draft, acting))
        if view.complaint.origin_replied is None:
            action.update(
                "complaint",
                complaint_id,
                origin_replied=draft.day.isoformat(),
                origin_reply=number,
            )
        write_step(
            action,
            complaint_id,
            ORIGIN_REPLY,
            draft.day,
            person=acting.name,
            text=shown(office, complaint_id, draft.result or draft.progress)
            if draft.letter
            else "",
            detail=number,
            letter=letter or None,
        )
    return Done(letter, event.seq)


def _letter_faults(office: Office, complaint_id: int, draft: OriginDraft) -> list[Fault | None]:
    return [
        typed.check_text("progress", draft.progress, required=True, limit=typed.LONG, lines=True),
        typed.check_text("result", draft.result, limit=typed.LONG, lines=True),
        *gives_away(office, complaint_id, _texts(draft)),
    ]
