"""Taking back (撤销): the last step of a complaint, said beforehand; whatever was done last; why."""

import json
from collections.abc import Callable
from datetime import datetime

from db.errors import StorageFault
from db.ledger import StaleRecord
from db.queries import casefiles, letters, log
from db.queries import complaints as queries
from desktop.rules import typed
from desktop.rules.complaints import State
from desktop.rules.faults import NotPermitted, refuse_if
from desktop.usecases import office as offices
from desktop.usecases import register
from desktop.usecases.complaintwork import shown
from desktop.usecases.office import Acting, Done, Office
from frozen import dataclass

#: What was done on these is taken back only for a reason that the log keeps; a setting or a score
#: is simply put right.
REASONED = frozenset({"complaint", "letter", "handover", "filing", "case_file"})
#: Reasons often given; the log's words, so they are not translated.
USUAL = ("录入有误", "选错了事项", "重复办理", "情况有变")


@dataclass(frozen=True, slots=True)
class LastDone:
    """What would be taken back: its action, and whether that wants a reason."""

    action: str
    reasoned: bool


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


def last_done(office: Office, event: int) -> LastDone:
    """Return what would be taken back; nothing is written.

    Raises:
        StorageFault: ``not_undoable`` – a reason need not be given for what can not be taken back.
    """
    line = log.line(office.db, event)
    if line is None:
        raise LookupError(f"event {event}")
    reasoned = line.subject in REASONED
    if reasoned and not office.ledger.may_undo(event):
        raise StorageFault("not_undoable")
    return LastDone(line.action, reasoned)


def take_back(
    office: Office,
    event: int,
    reason: str,
    acting: Acting,
    told: Callable[[float], None] | None = None,
) -> Done[None]:
    """Take back what was done just now; on a matter for a reason that the log keeps.

    Args:
        office: the open office.
        event: what is taken back.
        reason: why; who complained in the matter is masked in it. May be empty for what is no
            matter (a setting, a unit, a score).
        acting: who takes it back, and when.
        told: how far it is, as of ``offices.take_back``.

    Raises:
        Faults: a matter, and no reason.
        StorageFault: ``not_undoable``.
    """
    line = log.line(office.db, event)
    if line is None:
        raise LookupError(f"event {event}")
    wanted = line.subject in REASONED
    refuse_if([typed.check_text("reason", reason, required=wanted, limit=typed.LONG, lines=True)])
    complaint = _complaint_of(office, line.subject, line.subject_id)
    why = typed.clean(reason)
    # who may not see who complained can not name him but by chance; the others' words are masked
    if complaint is not None and office.session.sees_identity:
        why = shown(office, complaint, reason)
    return offices.take_back(office, event, acting, why, told)


def _complaint_of(office: Office, subject: str, row_id: int) -> int | None:
    """Return the complaint that a record belongs to: the matter itself, of its case, its letter."""
    if subject == "letter":
        letter = letters.letter(office.db, row_id)
        if letter is None or letter.subject not in ("complaint", "case_file"):
            return None
        subject, row_id = letter.subject, letter.subject_id
    if subject == "case_file":
        case = casefiles.case_file(office.db, row_id)
        return case.complaint if case is not None else None
    return row_id if subject == "complaint" else None
