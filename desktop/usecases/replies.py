"""How and where complainants are answered (答复方式、答复地址): kept sealed, used by letters and mail."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.queries import complaints as queries
from db.records import Complainant, Complaint
from desktop.rules import typed
from desktop.rules.complaints import ComplaintDraft, Identity, PersonTyped
from desktop.rules.replies import ReplyWay, answered_to
from desktop.usecases import identity
from desktop.usecases.office import Office

#: The ways as papers say them.
WAY_WORDS = {
    ReplyWay.POST: "书面邮寄",
    ReplyWay.PHONE: "电话",
    ReplyWay.PERSON: "当面",
    ReplyWay.EMAIL: "电子邮件",
    ReplyWay.NONE: "不需要答复",
}
#: Columns of a complaint that are sealed, and where a draft holds them.
SEALED = ("reply_address", "reply_postcode", "reply_email")
#: The same in the order in which they stand in one line.
LINE = ("reply_postcode", "reply_address", "reply_email")


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """Where an answer goes: to whom, how, and the address for it (答复对象).

    ``own``: the address for answers itself, empty where the one of the complainant serves.
    """

    way: ReplyWay | None
    name: str
    representative: bool
    phone: str
    address: str
    postcode: str
    email: str
    own: str = ""


def way_of(complaint: Complaint) -> ReplyWay | None:
    """Return the way of answering that was chosen, None where none was."""
    known = complaint.reply_way in tuple(ReplyWay)
    return ReplyWay(complaint.reply_way) if known else None


def kept(office: Office, draft: ComplaintDraft) -> dict[str, str]:
    """Return the columns of a new complaint: the way as it is, where to under seal."""
    if draft.identity is Identity.ANONYMOUS:
        return {"reply_way": "", **dict.fromkeys(SEALED, "")}
    way = draft.reply_way.value if draft.reply_way else ""
    sealed = {key: identity.seal(office, typed.clean(getattr(draft, key))) for key in SEALED}
    return {"reply_way": way, **sealed}


def changed(office: Office, was: Complaint, draft: ComplaintDraft) -> dict[str, str]:
    """Return the columns that a correction writes: what is the same is not sealed anew."""
    fresh = kept(office, draft)
    before = written(office, was)
    for key in SEALED:
        same = (
            draft.identity is not Identity.ANONYMOUS
            and typed.clean(getattr(draft, key)) == before[key]
        )
        if same:
            fresh[key] = str(getattr(was, key))
    return fresh


def written(office: Office, complaint: Complaint) -> dict[str, str]:
    """Return where to answer as it was typed.

    Raises:
        NotPermitted: ``identity_hidden`` – this user may not see it.
    """
    return {key: identity.unseal(office, str(getattr(complaint, key))) for key in SEALED}


def representative(people: Sequence[Complainant]) -> str:
    """Return the name of the one who speaks for all (代表人), empty if nobody was named."""
    return next((p.name for p in people if p.representative), "")


def where(office: Office, complaint_id: int) -> tuple[Complainant, ...]:
    """Return the address and e-mail for answers as if somebody: they too tell who complained."""
    complaint = queries.complaint(office.db, complaint_id)
    if complaint is None or not (complaint.reply_address or complaint.reply_email):
        return ()
    found = written(office, complaint)
    return (Complainant(0, complaint_id, "", found["reply_email"], found["reply_address"]),)


def reply_to(office: Office, complaint: Complaint, people: Sequence[Complainant]) -> ReplyTo:
    """Return where the answer to a complaint goes; ``people`` as they are, not sealed.

    Raises:
        NotPermitted: ``identity_hidden`` – this user may not see it.
    """
    named = representative(people)
    to = answered_to(people, named) or PersonTyped("")
    found = written(office, complaint)
    return ReplyTo(
        way_of(complaint),
        to.name,
        bool(named),
        to.phone,
        found["reply_address"] or to.address,
        found["reply_postcode"],
        found["reply_email"],
        found["reply_address"],
    )


def in_words(to: ReplyTo) -> str:
    """Say how and where to answer in one line, for the register's own papers."""
    if to.way is None and not to.representative:
        return ""
    place = {
        ReplyWay.POST: "　".join(p for p in (to.postcode, to.address) if p),
        ReplyWay.PHONE: to.phone,
        ReplyWay.EMAIL: to.email,
    }.get(to.way or ReplyWay.NONE, "")
    way = WAY_WORDS[to.way] if to.way else ""
    said = "：".join(p for p in (way, place) if p)
    return "；".join(p for p in (said, f"代表人：{to.name}" if to.representative else "") if p)


def addressees(people: Sequence[Complainant]) -> str:
    """Return whom a letter is for: everybody, or the representative and how many there are."""
    named = representative(people)
    if named and len(people) > 1:
        return f"{named}等{len(people)}人"
    return "、".join(p.name for p in people)
