"""The course of a complaint beside its main way: 拟办, 中止办理 and 恢复办理, 归档."""

from datetime import date

from db.queries import complaints as queries
from desktop.rules import typed
from desktop.rules.complaints import Ruling, State, Step
from desktop.rules.faults import fault, refuse_if
from desktop.rules.rulebook import System
from desktop.usecases import register, transfers
from desktop.usecases.complaintletters import Preview, Wording, tell, to_people
from desktop.usecases.complaintletters import preview as draft_of
from desktop.usecases.complaintwork import (
    day_fault,
    event_of,
    gives_away,
    masked_faults,
    may,
    shown,
    write_step,
)
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.register import ComplaintView
from frozen import dataclass

# ---- 拟办 --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProposalDraft:
    """What a clerk proposes before the leader decides (拟办意见)."""

    ruling: Ruling | None
    receiver: int | None  # 拟转办: 拟承办单位
    handler: str  # 拟由谁办理
    text: str
    day: date | None


def propose(office: Office, complaint_id: int, draft: ProposalDraft, acting: Acting) -> Done[None]:
    """Write down what is proposed to the leader; he may be asked anew as long as he has not decided.

    Raises:
        Faults: incomplete, a unit that may not receive it, or somebody who must withdraw.
        NotPermitted: the leader has decided.
    """
    view = may(office, complaint_id, Step.PROPOSE, acting)
    moved = draft.ruling is Ruling.TRANSFER
    texts = {"handler": draft.handler, "text": draft.text}
    refuse_if(
        [
            None if draft.ruling else fault("ruling", "choose"),
            transfers.receiver_fault(office, "receiver", draft.receiver, view) if moved else None,
            typed.check_text("handler", draft.handler, limit=typed.NAME),
            transfers.person_fault(office, "handler", draft.handler, None, view),
            typed.check_text("text", draft.text, required=True, limit=typed.LONG, lines=True),
            day_fault("day", draft.day, view, acting, after=Step.PROPOSE),
            *gives_away(office, complaint_id, texts),
        ]
    )
    assert draft.ruling is not None
    assert draft.day is not None
    event = event_of("complaint.propose", view.complaint)
    with office.ledger.action(event, acting.actor()) as action:
        action.update("complaint", complaint_id, state=State.PROPOSED.value)
        write_step(
            action,
            complaint_id,
            Step.PROPOSE,
            draft.day,
            person=acting.name,
            unit=draft.receiver if moved else None,
            outcome=draft.ruling.value,
            text=typed.clean(draft.text),
            detail=typed.clean(draft.handler),
        )
    return Done(None, event.seq)


RULING_WORDS = {
    Ruling.ACCEPT: "拟受理并组织调查",
    Ruling.TRANSFER: "拟转办",
    Ruling.REFUSE: "拟不予受理",
}


def proposal_text(view: ComplaintView) -> str:
    """Return the 拟办意见 as the 领导批示单 says it, nothing if there is none."""
    step = view.last(Step.PROPOSE)
    if step is None or step.outcome is None:
        return ""
    ruling = Ruling(step.outcome)
    head = RULING_WORDS[ruling]
    if ruling is Ruling.TRANSFER:
        head = f"拟转{step.unit_name or ''}办理"
    if step.detail:
        head = f"{head}，由{step.detail}承办"
    return f"{head}。{step.text}"


# ---- 中止办理、恢复办理 -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PauseDraft:
    """Why the handling rests (中止办理), since when, who approved it, on what it is based."""

    reason: str
    approved_by: str
    basis: str
    day: date | None


@dataclass(frozen=True, slots=True)
class ResumeDraft:
    """That the handling goes on (恢复办理), since when, and why."""

    reason: str
    day: date | None


def pause_rule(view: ComplaintView) -> str:
    """Return the article by which the place's text lets the handling rest, or nothing.

    No text at hand knows a pause in the handling of complaints: then it is the office's own act.
    """
    own = [s for s in view.book.steps if s.system is System.COMPLAINTS and "中止" in s.name]
    return view.book.cite(own[0]) if own else ""


def paused_since(view: ComplaintView) -> date | None:
    """Return the day since which the handling rests, or None."""
    return view.complaint.paused if view.standing.paused else None


def paused_days(view: ComplaintView, until: date) -> int:
    """Return for how many days a pause has lasted on a day (历日)."""
    since = paused_since(view)
    return (until - since).days if since is not None else 0


def pause(office: Office, complaint_id: int, draft: PauseDraft, acting: Acting) -> Done[int]:
    """Let the handling rest; the clocks that run stop counting. Returns the letter's id, or 0.

    Who complained is told in writing (中止办理告知书), where there is somebody to tell.

    Raises:
        Faults: no reason, no approver, or a day before the last step.
        NotPermitted: not decided yet, refused, answered, or it rests already.
    """
    view = may(office, complaint_id, Step.PAUSE, acting)
    refuse_if(
        [
            day_fault("day", draft.day, view, acting, after=None),
            typed.check_text("reason", draft.reason, required=True, limit=typed.LONG, lines=True),
            typed.check_text("approved_by", draft.approved_by, required=True, limit=typed.NAME),
            transfers.person_fault(office, "approved_by", draft.approved_by, None, view),
            typed.check_text("basis", draft.basis),
            *masked_faults(
                {
                    "reason": draft.reason,
                    "approved_by": draft.approved_by,
                    "basis": draft.basis,
                }
            ),
        ]
    )
    assert draft.day is not None
    return tell(
        office,
        view,
        Step.PAUSE,
        _pause(office, view, draft, acting),
        acting,
        {"paused": draft.day.isoformat()},
        person=typed.clean(draft.approved_by),
        text=shown(office, complaint_id, draft.reason),
        detail=typed.clean(draft.basis),
    )


def resume(office: Office, complaint_id: int, draft: ResumeDraft, acting: Acting) -> Done[int]:
    """Take the handling up again; the days it rested are added to the clocks. Returns the letter.

    Raises:
        Faults: a day before the pause began.
        NotPermitted: it does not rest.
    """
    view = may(office, complaint_id, Step.RESUME, acting)
    refuse_if(
        [
            day_fault("day", draft.day, view, acting, after=None),
            typed.check_text("reason", draft.reason, required=True, limit=typed.LONG, lines=True),
            *masked_faults({"reason": draft.reason}),
        ]
    )
    return tell(
        office,
        view,
        Step.RESUME,
        _resume(office, view, draft, acting),
        acting,
        {"paused": None},
        person=acting.name,
        text=shown(office, complaint_id, draft.reason),
    )


def _pause(office: Office, view: ComplaintView, draft: PauseDraft, acting: Acting) -> Wording:
    day = draft.day or acting.today
    return to_people(
        office,
        view,
        "pause",
        day,
        reason=typed.clean(draft.reason),
        approved_by=typed.clean(draft.approved_by),
        since=day,
        # named only where there is one: else the letter says that the office decided it
        pause_basis=typed.clean(draft.basis) or pause_rule(view),
    )


def _resume(office: Office, view: ComplaintView, draft: ResumeDraft, acting: Acting) -> Wording:
    day = draft.day or acting.today
    return to_people(
        office,
        view,
        "resume",
        day,
        reason=typed.clean(draft.reason),
        since=paused_since(view) or day,
        resumed=day,
        days=paused_days(view, day),
    )


CourseDraft = PauseDraft | ResumeDraft


def preview(office: Office, complaint_id: int, draft: CourseDraft, acting: Acting) -> Preview:
    """Return the letter that a draft would make, marked 草稿, the complainants masked.

    Raises:
        Faults: a field is missing without which there is nothing to see, or can not be printed.
    """
    view = register.view(office, complaint_id, acting.today)
    match draft:
        case PauseDraft():
            wording = _pause(office, view, draft, acting)
        case ResumeDraft():
            wording = _resume(office, view, draft, acting)
    return draft_of(office, view, wording)


# ---- 归档 --------------------------------------------------------------------------------------

#: A volume holds no more sheets than this; more is a slip of the key.
_MOST_PAGES = 9_999


@dataclass(frozen=True, slots=True)
class ArchiveDraft:
    """Under what a closed complaint is filed (归档): as the office's own filing plan names it."""

    volume: str
    box: str
    retention: str
    pages: str
    person: str
    day: date | None
    note: str = ""


def archive(office: Office, complaint_id: int, draft: ArchiveDraft, acting: Acting) -> Done[None]:
    """File a closed complaint; from then on nothing of it changes (归档).

    Raises:
        Faults: no volume, no retention term, pages that are no number, or before it was closed.
        NotPermitted: not closed, or filed already.
    """
    view = may(office, complaint_id, Step.ARCHIVE, acting)
    pages = _pages(draft.pages)
    refuse_if(
        [
            day_fault("day", draft.day, view, acting, after=None),
            typed.check_text("volume", draft.volume, required=True, limit=typed.NAME),
            typed.check_text("box", draft.box, limit=typed.NAME),
            typed.check_text("retention", draft.retention, required=True, limit=typed.NAME),
            fault("pages", "page_count", most=_MOST_PAGES) if pages == 0 else None,
            typed.check_text("person", draft.person, required=True, limit=typed.NAME),
            typed.check_text("note", draft.note, limit=typed.LONG, lines=True),
        ]
    )
    assert draft.day is not None
    event = event_of("complaint.archive", view.complaint)
    with office.ledger.action(event, acting.actor()) as action:
        action.update("complaint", complaint_id, state=State.ARCHIVED.value)
        action.insert(
            "complaint_archive",
            complaint=complaint_id,
            volume=typed.clean(draft.volume),
            box=typed.clean(draft.box),
            retention=typed.clean(draft.retention),
            pages=pages,
        )
        write_step(
            action,
            complaint_id,
            Step.ARCHIVE,
            draft.day,
            person=typed.clean(draft.person),
            text=shown(office, complaint_id, draft.note),
        )
    return Done(None, event.seq)


def _pages(text: str) -> int | None:
    """Read a count of pages: None where nothing was typed, 0 where it is no count."""
    words = text.strip()
    if not words:
        return None
    count = int(words) if words.isascii() and words.isdigit() and len(words) < 6 else 0
    return count if 0 < count <= _MOST_PAGES else 0


@dataclass(frozen=True, slots=True)
class FilingPlan:
    """What the office wrote when it filed before, for the form to offer."""

    volumes: tuple[str, ...]
    boxes: tuple[str, ...]
    retentions: tuple[str, ...]


#: So many of the newest filings are looked through.
_RECENT = 200


def filing_plan(office: Office) -> FilingPlan:
    """Return the volumes, boxes and retention terms that were used lately, the latest first."""
    volumes, boxes, retentions = (
        tuple(queries.filed_under(office.db, column, _RECENT))
        for column in ("volume", "box", "retention")
    )
    return FilingPlan(volumes, boxes, retentions)
