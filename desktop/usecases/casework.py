"""What every step on a case file shares: whether it may be taken, its event, secrets, approval."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from db.ledger import Action, EventDraft
from db.records import CaseFile
from desktop.rules import secrecy, typed
from desktop.rules.casefiles import CaseState, CaseStep
from desktop.rules.faults import Fault, NotPermitted
from desktop.usecases import register, shelf, transfers
from desktop.usecases.office import Acting, Office
from desktop.usecases.shelf import CaseView


def may(office: Office, case_id: int, step: CaseStep | None, acting: Acting) -> CaseView:
    """Return the case if the step may be taken; None asks only that it is open."""
    view = shelf.view(office, case_id, acting.today)
    if step is None:
        if view.state is not CaseState.OPEN:
            raise NotPermitted("already_done", step=view.state.value)
    elif step not in view.permitted:
        raise NotPermitted(why_not(view, step), step=step.value)
    return view


def why_not(view: CaseView, step: CaseStep) -> str:
    """Return the code of why a step may not be taken now, or an empty string."""
    if step in view.permitted:
        return ""
    if view.state is CaseState.VOID:
        return "void"
    if step is CaseStep.REFERRAL and view.state not in (CaseState.OPEN, CaseState.CLOSED):
        return "already_done" if view.facts.authorities else "nothing_to_refer"
    if step is CaseStep.HEARING_NOTICE and view.state is CaseState.OPEN:
        return "all_heard"
    if step is CaseStep.DECIDE and view.state is CaseState.OPEN:
        return "gate"
    if step is CaseStep.CLOSE and view.state is CaseState.SERVED:
        return "report_first"
    order = list(CaseStep)
    reached = {
        CaseState.OPEN: CaseStep.OPEN,
        CaseState.DECIDED: CaseStep.DECIDE,
        CaseState.SERVED: CaseStep.SERVE,
        CaseState.RECTIFIED: CaseStep.REPORT,
        CaseState.CLOSED: CaseStep.CLOSE,
    }[view.state]
    return "already_done" if order.index(step) <= order.index(reached) else "earlier_step_first"


def event_of(action: str, case: CaseFile) -> EventDraft:
    return EventDraft(action, "case_file", case.id, case.number)


class _Named(Protocol):
    @property
    def name(self) -> str:
        """The name."""


class _WithPeople(Protocol):
    """A case file, as typed or as kept."""

    @property
    def people(self) -> Sequence[_Named]:
        """Who is pursued: these names must be written."""


def gives_away(
    office: Office, complaint: int | None, case: _WithPeople, **texts: str
) -> list[Fault]:
    """Find who complained in what the decision will tell the accused (信访工作条例 第三十条)."""
    if complaint is None:
        return []
    unit = register.unit_of(office, complaint)
    others = [unit, *(p.name for p in case.people)]
    return secrecy.gives_away(register.complainants(office, complaint), texts, others)


def recused_faults(
    office: Office, complaint: int | None, field: str, names: Sequence[str]
) -> list[Fault]:
    """Refuse persons who must withdraw from the complaint that a case came from (回避).

    Source: 公职人员政务处分法 第四十七条.
    """
    if complaint is None:
        return []
    found = (transfers.recused_fault(office, field, name, None, complaint) for name in names)
    return [one for one in found if one is not None]


def day_fault(day: date | None, acting: Acting, not_before: date | None, code: str) -> Fault | None:
    """Check the day of a step: given, not ahead, not before what it follows, which ``code`` names."""
    return typed.check_date("day", day, acting.today, not_before=not_before, before_code=code)


def last_hearing(view: CaseView) -> date:
    return max([h.day for h in view.hearings], default=view.case.opened)


def lapse(action: Action, case: CaseFile) -> None:
    """Let an approval lapse: what was approved has changed, so it must be approved anew."""
    if case.approved is not None:
        action.update("case_file", case.id, approved=None, approved_by="", approval_note="")
