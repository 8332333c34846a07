"""Looking at who complained (查看投诉举报人): each time an event of its own, with its reason."""

from dataclasses import dataclass

from db.ledger import EventDraft
from db.records import Complainant, Complaint
from desktop.rules import typed
from desktop.rules.faults import fault, refuse_if
from desktop.usecases import letters, register, replies
from desktop.usecases.complaintwork import names_complainants
from desktop.usecases.office import Acting, Office, keep_event
from desktop.usecases.replies import ReplyTo


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
        keep_event(office, event, acting)
    return content
