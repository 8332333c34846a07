"""Looking at the complaint register (投诉举报登记簿): the list, one complaint with all that is known."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from enum import StrEnum

from db.queries import complaints as queries
from db.queries import office as office_queries
from db.records import (
    Attachment,
    Complainant,
    Complaint,
    ComplaintArchive,
    ComplaintLink,
    ComplaintPoint,
    ComplaintStep,
    Handler,
    Letter,
    Recusal,
    Rest,
    Service,
    TakenBack,
)
from desktop.rules import complaints as rules
from desktop.rules import typed
from desktop.rules.clocks import ClockState, Pause, shifted
from desktop.rules.complaints import (
    Identity,
    Outcome,
    Ruling,
    RunningClock,
    Satisfaction,
    Standing,
    State,
    Step,
)
from desktop.rules.replies import ReplyWay
from desktop.rules.rulebook import Ground, Receipt, Rulebook, System
from desktop.rules.workdays import Calendar
from desktop.usecases import attachments, identity, replies
from desktop.usecases.calendars import calendar
from desktop.usecases.office import Office
from desktop.usecases.targets import Target, target
from frozen import dataclass

#: From the most pressing state of a clock to the least; lists show a record's most pressing clock.
URGENCY = (
    ClockState.OVERDUE,
    ClockState.GRACE,
    ClockState.TODAY,
    ClockState.SOON,
    ClockState.RUNNING,
    ClockState.PAUSED,
)

OPEN = frozenset(
    {
        State.REGISTERED,
        State.PROPOSED,
        State.ACCEPTED,
        State.TRANSFER_DUE,
        State.TRANSFERRED,
        State.RETURNED,
        State.REFUSAL_DUE,
        State.FOUND,
    }
)


class Source(StrEnum):
    """A text of a complaint that the list does not show."""

    OLD_NUMBER = "old_number"  # 原登记号
    ORIGIN = "origin"  # 来源单位、来文编号
    ACCUSED = "accused"  # 被投诉人
    BODY = "body"  # 投诉内容
    DEMANDS = "demands"  # 诉求
    DECISION = "decision"  # 领导批示
    STEP = "step"  # 办理过程
    LETTER = "letter"  # 文书
    FILED = "filed"  # 卷号、盒号
    NAME = "name"  # 投诉举报人


@dataclass(frozen=True, slots=True)
class Where:
    """A text in which words were found, and a piece of it around them."""

    source: Source
    text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the register.

    ``said``: what the complainants said when they were asked; ``where``: in which of its texts a
    search found its words, if not in the line itself; ``receiver``: the unit that it is transferred
    to now (承办单位); ``volume``: under what it was filed (卷号).
    """

    complaint: Complaint
    state: State
    grounds: tuple[Ground, ...]
    clock: RunningClock | None
    next_step: Step | None
    said: Satisfaction | None = None
    where: Where | None = None
    receiver: str = ""
    volume: str = ""


@dataclass(frozen=True, slots=True)
class Permission:
    """A step with the code of why it can not be taken now (empty: it can)."""

    step: Step
    why_not: str


@dataclass(frozen=True, slots=True)
class ComplaintView:
    """One complaint as its page shows it; identities are masked until revealed.

    ``corrections``: the 修改登记 among what was done; no step of the matter itself. ``aside``: who
    was named to handle it or to withdraw, as it was done. ``withdrawn``: the user at the desk must
    not deal with it (回避). ``returned``: the receiver's objection on which the leader has to decide
    anew. ``step_files``: which attachment came in with which step.
    """

    complaint: Complaint
    state: State
    standing: Standing
    book: Rulebook
    national: Rulebook
    channel: str
    receipt: Receipt | None
    receipt_citation: str
    grounds: tuple[Ground, ...]
    clocks: tuple[RunningClock, ...]
    steps: tuple[ComplaintStep, ...]
    corrections: tuple[ComplaintStep, ...]
    permitted: tuple[Step, ...]
    permissions: tuple[Permission, ...]
    complainants: int
    letters: tuple[Letter, ...]
    services: tuple[Service, ...]
    attachments: tuple[Attachment, ...]
    reply_due: date | None
    chased: int
    expected: date | None
    extended: Target | None
    points: tuple[ComplaintPoint, ...] = ()
    satisfaction: ComplaintStep | None = None
    links: tuple[ComplaintLink, ...] = ()
    archive: ComplaintArchive | None = None
    taken_back: tuple[TakenBack, ...] = ()
    events: Mapping[int, int] = field(default_factory=dict)  # by which event a step was written
    origin_replies: tuple[ComplaintStep, ...] = ()
    reply_way: ReplyWay | None = None

    aside: tuple[ComplaintStep, ...] = ()
    handlers: tuple[Handler, ...] = ()
    recusals: tuple[Recusal, ...] = ()
    withdrawn: bool = False
    returned: ComplaintStep | None = None
    step_files: tuple[tuple[int, int], ...] = ()

    def last(self, *kinds: Step) -> ComplaintStep | None:
        """Return the last step of some kinds."""
        return next((s for s in reversed(self.steps) if s.step in kinds), None)


def standing(complaint: Complaint, steps: Sequence[ComplaintStep | Rest] = ()) -> Standing:
    """Return the facts on which a complaint's steps and clocks depend.

    ``steps`` tell what was done beside the main way and when the matter rested; without them the
    standing is good for its steps, not for its clocks.
    """
    return Standing(
        state=State.VOID if complaint.void else State(complaint.state),
        identity=Identity(complaint.identity),
        received=complaint.received,
        ruling=Ruling(complaint.ruling) if complaint.ruling else None,
        outcome=Outcome(complaint.outcome) if complaint.outcome else None,
        transferred=complaint.transferred,
        refusal_told=complaint.refusal_told,
        told_in_writing=complaint.told_in_writing,
        has_case=complaint.case_id is not None,
        acceptance_told=any(s.step == Step.ACCEPTANCE for s in steps),
        paused=complaint.paused is not None,
        pauses=pauses(steps),
        origin_due=complaint.origin_due,
        origin_replied=complaint.origin_replied,
    )


def pauses(
    steps: Sequence[ComplaintStep] | Sequence[Rest] | Sequence[ComplaintStep | Rest],
) -> tuple[Pause, ...]:
    """Return when a complaint rested, from its steps in their order (中止、恢复)."""
    found: list[Pause] = []
    for one in steps:
        if one.step == Step.PAUSE:
            found.append(Pause(one.day))
        elif one.step == Step.RESUME and found:
            found[-1] = replace(found[-1], resumed=one.day)
    return tuple(found)


def rows(office: Office, today: date) -> tuple[Row, ...]:
    """Return the whole register, newest first, each clock computed by the rules.

    For what prints or hands over the whole; the list reads pages (desktop.usecases.listing).
    """
    table = calendar(office)
    complaints = queries.register(office.db)
    grounds = queries.grounds_of(office.db, [c.id for c in complaints])
    rests = queries.pauses(office.db)
    receivers = queries.receivers(office.db, [c.id for c in complaints])
    found = []
    for complaint in complaints:
        book = office.library.pinned(complaint.pack, complaint.pack_version)
        facts = standing(complaint, rests.get(complaint.id, ()))
        allowed = rules.steps(facts)
        found.append(
            Row(
                complaint,
                facts.state,
                known_grounds(book, grounds.get(complaint.id, [])),
                most_pressing(listed_clocks(facts, book, table, today)),
                next((s for s in allowed if s is not Step.OPEN_CASE), None),
                receiver=receivers.get(complaint.id, ""),
            )
        )
    return tuple(found)


def listed_clocks(
    facts: Standing, book: Rulebook, table: Calendar, today: date
) -> tuple[RunningClock, ...]:
    """Return the clocks that a list shows: when the matter is over, only what others wait for."""
    clocks = rules.clocks(facts, book, table, today)
    over = facts.state not in OPEN
    return tuple(c for c in clocks if not over or c.rule is rules.ORIGIN)


def most_pressing(clocks: Sequence[RunningClock]) -> RunningClock | None:
    """Return the running clock that ends first, or None if none runs.

    While the leader has not decided, the clocks that depend on the decision count too.
    """
    running = [c for c in clocks if c.end is not None and c.status.state in URGENCY]
    return min(
        running,
        key=lambda c: (URGENCY.index(c.status.state), c.end.due if c.end else date.max),
        default=None,
    )


def known_grounds(book: Rulebook, ids: Sequence[str]) -> tuple[Ground, ...]:
    """Return the grounds of a complaint as its rulebook words them."""
    known = {g.id: g for g in book.grounds}
    return tuple(known[i] for i in ids if i in known)


def view(office: Office, complaint_id: int, today: date) -> ComplaintView:
    """Return one complaint with everything its page shows, except who complained.

    Raises:
        LookupError: there is no such complaint.
    """
    complaint = queries.complaint(office.db, complaint_id)
    if complaint is None:
        raise LookupError(f"complaint {complaint_id}")
    book = office.library.pinned(complaint.pack, complaint.pack_version)
    kept = queries.steps(office.db, complaint_id)
    steps = tuple(s for s in kept if s.step not in rules.ASIDE)
    facts = standing(complaint, steps)
    receipt = receipt_rule(office, complaint.channel)
    channel = next((c.name for c in book.channels if c.id == complaint.channel), "")
    return ComplaintView(
        complaint=complaint,
        state=facts.state,
        standing=facts,
        book=book,
        national=office.national,
        channel=channel,
        receipt=receipt,
        receipt_citation=office.national.cite(receipt) if receipt else "",
        grounds=known_grounds(book, queries.grounds(office.db, complaint_id)),
        clocks=rules.clocks(facts, book, calendar(office), today),
        steps=steps,
        corrections=tuple(s for s in kept if s.step == rules.CORRECTION),
        permitted=rules.steps(facts),
        permissions=tuple(
            Permission(s, rules.why_not(s, facts)) for s in Step if s is not Step.REGISTER
        ),
        complainants=len(queries.complainants(office.db, complaint_id)),
        letters=tuple(office_queries.letters(office.db, "complaint", complaint_id)),
        services=tuple(office_queries.services(office.db, "complaint", complaint_id)),
        attachments=attachments.listed(office, "complaint", complaint_id),
        reply_due=reply_due(steps),
        chased=sum(s.step == Step.CHASE for s in passed_on(steps)),
        expected=last_due(steps, (Step.ACCEPTANCE, Step.INTERIM, Step.EXTENSION), facts.pauses),
        extended=extension(office, facts, steps, today),
        points=tuple(queries.points(office.db, complaint_id)),
        links=tuple(queries.links(office.db, complaint_id)),
        satisfaction=next((s for s in kept if s.step == rules.SATISFACTION), None),
        archive=queries.archive(office.db, complaint_id),
        taken_back=tuple(queries.taken_back(office.db, complaint_id)),
        events=queries.written_by(office.db, complaint_id),
        origin_replies=tuple(s for s in kept if s.step == rules.ORIGIN_REPLY),
        reply_way=replies.way_of(complaint),
        aside=tuple(_readable(office, s) for s in kept if s.step in _ASIDE),
        handlers=tuple(queries.handlers(office.db, complaint_id)),
        recusals=tuple(recusals(office, complaint_id)),
        withdrawn=queries.withdrawn(office.db, complaint_id, office.session.clerk),
        returned=returned(steps) if facts.state is State.RETURNED else None,
        step_files=tuple(queries.step_files(office.db, complaint_id)),
    )


def last_due(
    steps: Sequence[ComplaintStep], kinds: Sequence[Step], rests: Sequence[Pause] = ()
) -> date | None:
    """Return the date that the last of these steps named, moved back by what was paused since."""
    named = ((s.due, s.day) for s in reversed(steps) if s.step in kinds)
    return next((shifted(due, day, rests) for due, day in named if due), None)


#: Steps that tell who handles a complaint, and who must not.
_ASIDE = (rules.HANDLER, rules.RECUSAL)


def _readable(office: Office, step: ComplaintStep) -> ComplaintStep:
    """Return a step whose reason may be sealed, as this user may read it."""
    if not step.detail.startswith(identity.SEALED):
        return step
    shown = identity.unseal(office, step.detail) if office.session.sees_identity else identity.MASK
    return replace(step, detail=shown)


def recusals(office: Office, complaint_id: int) -> list[Recusal]:
    """Return who must not deal with a complaint, or had not to; what tells who complained masked."""
    found = queries.recusals(office.db, complaint_id)
    if not office.session.sees_identity:
        return [
            replace(one, relation="", reason=identity.MASK)
            if one.relation.startswith(identity.SEALED)
            else one
            for one in found
        ]
    return [
        replace(
            one,
            relation=identity.unseal(office, one.relation),
            reason=identity.unseal(office, one.reason),
        )
        for one in found
    ]


def passed_on(steps: Sequence[ComplaintStep]) -> Sequence[ComplaintStep]:
    """Return the steps since the matter was passed on last, none if that was returned (退回)."""
    first = max((n for n, s in enumerate(steps) if s.step == Step.TRANSFER), default=len(steps))
    return () if any(s.step == Step.OBJECT for s in steps[first:]) else steps[first:]


def returned(steps: Sequence[ComplaintStep]) -> ComplaintStep | None:
    """Return the receiver's last objection (退回)."""
    return next((s for s in reversed(steps) if s.step == Step.OBJECT), None)


def upheld(steps: Sequence[ComplaintStep]) -> ComplaintStep | None:
    """Return the objection against which the leader upheld the transfer last (维持转办), if so."""
    decided = next((s for s in reversed(steps) if s.step == Step.DECIDE), None)
    if decided is None or decided.unit is None:
        return None
    objection = returned([s for s in steps if s.id < decided.id])
    return objection if objection is not None and objection.unit == decided.unit else None


def reply_due(steps: Sequence[ComplaintStep]) -> date | None:
    """Return the day by which the receiving unit is to reply: the last one it was told."""
    return last_due(passed_on(steps), (Step.TRANSFER, Step.CHASE), pauses(steps))


def extension(
    office: Office, facts: Standing, steps: Sequence[ComplaintStep], today: date
) -> Target | None:
    """Return the day to which a matter was extended (延期至), while it is not answered.

    The day is the office's own word to those concerned; the rulebook's clocks do not move with it.
    It rests while the matter does, and moves back by the days of the pause (中止后顺延).
    """
    told = next((s for s in reversed(steps) if s.step == Step.EXTENSION and s.due), None)
    if told is None or told.due is None or facts.state not in OPEN:
        return None
    due = shifted(told.due, told.day, facts.pauses)
    since = facts.pauses[-1].first if facts.paused and facts.pauses else None
    return target(office, due, today, planned=told.due, paused=since)


@dataclass(frozen=True, slots=True)
class Intake:
    """What the page for a new complaint needs to know (新登记): the rulebooks in force."""

    book: Rulebook
    national: Rulebook

    def receipt(self, channel: str) -> str:
        """Return the rule that fixes the receipt date of a channel, with its article, or nothing."""
        rule = next((r for r in self.national.receipts if r.channel == channel), None)
        return f"{rule.text}。{self.national.cite(rule)}" if rule else ""


def intake(office: Office) -> Intake | None:
    """Return what a new complaint is registered under, or None if no rulebook was chosen."""
    book = office.book(System.COMPLAINTS)
    return Intake(book, office.national) if book else None


#: How many of the newest complaints are looked through for the names of leaders.
_RECENT = 200


def leaders(office: Office) -> tuple[str, ...]:
    """Return who decided on complaints lately, the latest first, for the form to offer."""
    return tuple(queries.leaders(office.db, _RECENT))


@dataclass(frozen=True, slots=True)
class Written:
    """What the clocks of a complaint follow from, as it is typed; ``origin_due``: 要求回复日期."""

    received: date
    identity: Identity
    origin_day: date | None = None
    origin_due: date | None = None

    def due(self, today: date) -> date | None:
        """Return the day by which the body that sent it on wants a reply, if it can be kept."""
        wrong = typed.check_later("origin_due", self.origin_due, self.origin_day, today)
        return None if wrong else self.origin_due


def forecast(office: Office, written: Written, today: date) -> tuple[RunningClock, ...]:
    """Return the clocks that a complaint would have, before it is registered."""
    book = office.book(System.COMPLAINTS)
    if book is None:
        return ()
    facts = Standing(
        State.REGISTERED, written.identity, written.received, origin_due=written.due(today)
    )
    return rules.clocks(facts, book, calendar(office), today)


def receipt_rule(office: Office, channel: str) -> Receipt | None:
    """Return the rule that fixes the receipt date of a channel (收到日期的确定)."""
    return next((r for r in office.national.receipts if r.channel == channel), None)


def unit_of(office: Office, complaint_id: int) -> str:
    """Return the name of the unit complained of."""
    found = queries.complaint(office.db, complaint_id)
    return found.unit_name if found else ""


def complainants(office: Office, complaint_id: int) -> tuple[Complainant, ...]:
    """Return who complained; callers must have revealed it first or print it to the person.

    Raises:
        NotPermitted: ``identity_hidden`` – this user may not see it.
    """
    return tuple(
        replace(
            person,
            name=identity.unseal(office, person.name),
            phone=identity.unseal(office, person.phone),
            address=identity.unseal(office, person.address),
        )
        for person in queries.complainants(office.db, complaint_id)
    )


def telling(office: Office, complaint_id: int) -> tuple[Complainant, ...]:
    """Return everybody and everything that tells who complained: where answers go, too.

    Raises:
        NotPermitted: ``identity_hidden`` – this user may not see it.
    """
    return (*complainants(office, complaint_id), *replies.where(office, complaint_id))


def as_written(office: Office, complaint: Complaint) -> Complaint:
    """Return a complaint with its texts as they were written, names in them and all.

    Raises:
        NotPermitted: ``identity_hidden`` – this user may not see it.
    """
    if not complaint.sealed:
        return complaint
    hidden = json.loads(identity.unseal(office, complaint.sealed))
    return replace(complaint, **hidden)
