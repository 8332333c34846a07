"""Taking back the last step of a complaint (撤销上一步): what that means, said beforehand, and why."""

import json
from datetime import datetime

from db.ledger import StaleRecord
from db.queries import complaints as queries
from desktop.rules import typed
from desktop.rules.complaints import State
from desktop.rules.faults import NotPermitted, refuse_if
from desktop.usecases import office as offices
from desktop.usecases import register
from desktop.usecases.complaintwork import shown
from desktop.usecases.office import Acting, Done, Office
from frozen import dataclass


@dataclass(frozen=True, slots=True)
class Undoable:
    """The last thing that was done on a complaint, and what taking it back would do.

    ``letters``: the numbers of its letters, which become void and stay used; ``after``: where the
    complaint stands then; ``why_not``: code of why it can not be taken back, with ``facts``.
    """

    event: int
    action: str
    at: datetime
    by: str
    letters: tuple[str, ...]
    now: State
    after: State
    why_not: str = ""
    facts: tuple[tuple[str, str], ...] = ()


def foresee(office: Office, complaint_id: int, acting: Acting) -> Undoable:
    """Return what would be taken back from a complaint; nothing is written.

    Raises:
        NotPermitted: ``imported`` – it came by an import, and nothing was done on it since;
            ``nothing_to_undo`` – everything was taken back.
    """
    view = register.view(office, complaint_id, acting.today)
    last = queries.last_action(office.db, complaint_id)
    if last is None:
        whole = view.complaint.import_batch is not None and view.state is not State.VOID
        raise NotPermitted("imported" if whole else "nothing_to_undo")
    code, facts = _hindrance(office, view, last.seq)
    return Undoable(
        last.seq,
        last.action,
        last.at,
        last.clerk_name,
        tuple(queries.letters_of(office.db, last.seq)),
        view.state,
        _after(office, view, last.seq),
        code,
        facts,
    )


def _after(office: Office, view: register.ComplaintView, seq: int) -> State:
    """Return where a complaint stands once an event is taken back."""
    try:
        before = queries.before(office.db, seq, view.complaint.id)
    except LookupError:
        return view.state
    if before is None:
        return State.VOID
    row = json.loads(before)
    return State.VOID if row["void"] else State(row["state"])


def _hindrance(
    office: Office, view: register.ComplaintView, seq: int
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Say what was built on an event since, as plainly as the file tells."""
    if office.ledger.may_undo(seq):
        return "", ()
    if view.complaint.case_number is not None:
        return "built_case", (("number", view.complaint.case_number),)
    sent = queries.sent(office.db, seq)
    if sent:
        return "built_letter", (("number", offices.names(sent)),)
    linked = queries.linked_since(office.db, view.complaint.id, seq)
    if linked:
        return "built_link", (("number", offices.names(linked)),)
    return "built_upon", ()


def undo(office: Office, complaint_id: int, event: int, reason: str, acting: Acting) -> Done[None]:
    """Take back the last step, for a reason that log and record keep (撤销).

    Args:
        office: the open office.
        complaint_id: which complaint.
        event: what the clerk was shown as the last step.
        reason: why; who complained is masked in it.
        acting: who takes it back, and when.

    Raises:
        Faults: no reason.
        NotPermitted: something was built on it since.
        StaleRecord: something else was done since it was shown.
    """
    refuse_if([typed.check_text("reason", reason, required=True, limit=typed.LONG, lines=True)])
    last = foresee(office, complaint_id, acting)
    if last.event != event:
        raise StaleRecord(f"complaint {complaint_id}")
    if last.why_not:
        raise NotPermitted(last.why_not, **dict(last.facts))
    return offices.take_back(office, event, acting, shown(office, complaint_id, reason))
