"""The complaint register's rules: what may be registered, which step may follow, which clock runs."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from desktop.rules import typed
from desktop.rules.clocks import (
    ClockState,
    ClockStatus,
    Deadline,
    Pause,
    deadline,
    status,
    until,
)
from desktop.rules.faults import Fault, fault
from desktop.rules.replies import ReplyWay, check_reply
from desktop.rules.rulebook import Clock, Rulebook, System, Unit
from desktop.rules.secrecy import gives_away
from desktop.rules.workdays import Calendar
from frozen import dataclass


class Identity(StrEnum):
    """How the complainants show themselves (署名方式)."""

    REAL_NAME = "real_name"  # 实名
    ANONYMOUS = "anonymous"  # 匿名
    JOINT = "joint"  # 联名


class State(StrEnum):
    """Where a complaint stands (办理状态)."""

    REGISTERED = "registered"  # 待批示
    PROPOSED = "proposed"  # 已拟办，待批示
    ACCEPTED = "accepted"  # 办理中
    TRANSFER_DUE = "transfer_due"  # 待转办
    TRANSFERRED = "transferred"  # 已转办，等待回复
    RETURNED = "returned"  # 承办单位已退回，待重新批示
    REFUSAL_DUE = "refusal_due"  # 待告知不予受理
    REFUSED = "refused"  # 已告知不予受理
    FOUND = "found"  # 已查明，待答复
    ANSWERED = "answered"  # 已答复，待办结
    CLOSED = "closed"  # 办结
    ARCHIVED = "archived"  # 归档
    VOID = "void"  # 作废


class Step(StrEnum):
    """A step a clerk can take on a complaint (办理步骤)."""

    REGISTER = "register"  # 登记
    PROPOSE = "propose"  # 拟办
    DECIDE = "decide"  # 记录领导批示
    ACCEPTANCE = "acceptance"  # 制作受理告知书
    TRANSFER = "transfer"  # 制作转办函
    CHASE = "chase"  # 制作催办函
    OBJECT = "object"  # 记录承办单位退回
    REFUSE = "refuse"  # 制作不予受理告知书
    INTERIM = "interim"  # 制作办理情况告知书
    EXTENSION = "extension"  # 制作延期告知书
    PAUSE = "pause"  # 中止办理
    RESUME = "resume"  # 恢复办理
    FIND = "find"  # 记录办理结果（查明情况）
    ANSWER = "answer"  # 制作办理结果告知书
    CLOSE = "close"  # 办结
    ARCHIVE = "archive"  # 归档
    OPEN_CASE = "open_case"  # 转入责任追究


class Ruling(StrEnum):
    """What the leader decided (领导批示意见)."""

    ACCEPT = "accept"  # 受理并组织调查
    TRANSFER = "transfer"  # 转办
    REFUSE = "refuse"  # 不予受理


class Outcome(StrEnum):
    """What the investigation found (查处结论)."""

    PROVEN = "proven"  # 属实
    PARTLY = "partly"  # 部分属实
    UNPROVEN = "unproven"  # 不属实
    UNCLEAR = "unclear"  # 无法查实


#: Kept among the steps of a complaint, and none of them: it moves nothing (修改登记).
CORRECTION = "correct"


class Satisfaction(StrEnum):
    """What the complainants say of the way their matter was dealt with (满意度)."""

    SATISFIED = "satisfied"  # 满意
    FAIRLY = "fairly"  # 基本满意
    DISSATISFIED = "dissatisfied"  # 不满意
    UNRATED = "unrated"  # 未评价
    UNREACHABLE = "unreachable"  # 无法联系


#: Kept among the steps of a complaint, and none of them: what the complainants said (满意度回访).
SATISFACTION = "satisfaction"

#: Kept among the steps of a complaint, and none of them: the word to the body that sent it on.
ORIGIN_REPLY = "origin_reply"

#: Kept among the steps of a complaint, and none of them: who handles it, who must not (承办、回避).
HANDLER, RECUSAL = "handler", "recusal"

#: What stands among the steps and is none.
ASIDE = (CORRECTION, SATISFACTION, ORIGIN_REPLY, HANDLER, RECUSAL)

#: Outcomes from which a case file may be opened.
PROVEN = (Outcome.PROVEN, Outcome.PARTLY)

_MOVES: dict[State, tuple[Step, ...]] = {
    State.REGISTERED: (Step.DECIDE, Step.PROPOSE, Step.INTERIM),
    State.PROPOSED: (Step.DECIDE, Step.PROPOSE, Step.INTERIM),
    State.ACCEPTED: (Step.FIND, Step.ACCEPTANCE, Step.INTERIM, Step.EXTENSION, Step.PAUSE),
    State.TRANSFER_DUE: (Step.TRANSFER, Step.INTERIM, Step.EXTENSION, Step.PAUSE),
    State.TRANSFERRED: (
        Step.FIND,
        Step.CHASE,
        Step.OBJECT,
        Step.INTERIM,
        Step.EXTENSION,
        Step.PAUSE,
    ),
    State.RETURNED: (Step.DECIDE, Step.INTERIM, Step.EXTENSION, Step.PAUSE),
    State.REFUSAL_DUE: (Step.REFUSE,),
    State.REFUSED: (Step.CLOSE,),
    State.FOUND: (Step.ANSWER, Step.INTERIM, Step.EXTENSION, Step.PAUSE, Step.OPEN_CASE),
    State.ANSWERED: (Step.CLOSE, Step.OPEN_CASE),
    State.CLOSED: (Step.ARCHIVE, Step.OPEN_CASE),
    State.ARCHIVED: (Step.OPEN_CASE,),
    State.VOID: (),
}

#: States in which the leader has not decided, or has to decide anew (待批示).
UNDECIDED = (State.REGISTERED, State.PROPOSED, State.RETURNED)

#: States in which the handling may rest (中止办理): decided, and not answered yet.
PAUSABLE = tuple(state for state, moves in _MOVES.items() if Step.PAUSE in moves)
#: What may be done while it rests: take it up again, and tell how it stands.
_WHILE_PAUSED = (Step.RESUME, Step.INTERIM)


#: What never follows a refusal, so that it is not a matter of earlier steps.
_NOT_AFTER_REFUSAL = (Step.INTERIM, Step.EXTENSION, Step.PAUSE, Step.FIND, Step.ANSWER)

#: The steps that belong to one decision of the leader only.
_OF_RULING = {
    Step.ACCEPTANCE: Ruling.ACCEPT,
    Step.TRANSFER: Ruling.TRANSFER,
    Step.CHASE: Ruling.TRANSFER,
    Step.OBJECT: Ruling.TRANSFER,
    Step.REFUSE: Ruling.REFUSE,
}

#: Written words to the complainants: the first of them stops the clock of the written word.
WRITTEN = (
    Step.ACCEPTANCE,
    Step.REFUSE,
    Step.INTERIM,
    Step.EXTENSION,
    Step.PAUSE,
    Step.RESUME,
    Step.ANSWER,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The facts of a complaint on which its steps and clocks depend (办理进度).

    ``paused``: it rests now (中止); ``pauses``: every stretch in which it rested, for its clocks.
    """

    state: State
    identity: Identity
    received: date
    ruling: Ruling | None = None
    outcome: Outcome | None = None
    transferred: date | None = None
    refusal_told: date | None = None
    told_in_writing: date | None = None
    has_case: bool = False
    acceptance_told: bool = False
    paused: bool = False
    pauses: tuple[Pause, ...] = ()
    origin_due: date | None = None
    origin_replied: date | None = None


def steps(standing: Standing) -> tuple[Step, ...]:
    """Return the steps now permitted, the one to take next first."""
    if standing.paused and standing.state in PAUSABLE:
        return tuple(s for s in _WHILE_PAUSED if _possible(s, standing))
    allowed = [s for s in _MOVES[standing.state] if _possible(s, standing)]
    untold = standing.state in (State.FOUND, State.REFUSAL_DUE)
    if untold and standing.identity is Identity.ANONYMOUS:
        allowed.insert(0, Step.CLOSE)  # nobody to tell first
    return tuple(allowed)


#: Words that only the complainants can be told; an extension is told to the unit otherwise.
_TO_PERSONS = (Step.ACCEPTANCE, Step.REFUSE, Step.INTERIM, Step.ANSWER)


def _possible(step: Step, standing: Standing) -> bool:
    if step in _TO_PERSONS and standing.identity is Identity.ANONYMOUS:
        return False  # nobody to tell
    if step is Step.ACCEPTANCE:
        return not standing.acceptance_told  # told once
    if step is Step.OPEN_CASE:
        return standing.outcome in PROVEN and not standing.has_case
    return True


def why_not(step: Step, standing: Standing) -> str:
    """Return the code of the reason why a step is not permitted now, or an empty string."""
    if step in steps(standing):
        return ""
    if barred := _barred(step, standing):
        return barred
    if not _possible(step, standing):
        return _impossible(step, standing)
    if standing.ruling is Ruling.REFUSE and step in _NOT_AFTER_REFUSAL:
        return "other_ruling"
    order = list(Step)
    done = {
        State.REGISTERED: Step.REGISTER,
        State.PROPOSED: Step.REGISTER,
        State.ACCEPTED: Step.DECIDE,
        State.TRANSFER_DUE: Step.DECIDE,
        State.REFUSAL_DUE: Step.DECIDE,
        State.TRANSFERRED: Step.TRANSFER,
        State.RETURNED: Step.REGISTER,
        State.REFUSED: Step.REFUSE,
        State.FOUND: Step.FIND,
        State.ANSWERED: Step.ANSWER,
        State.CLOSED: Step.CLOSE,
        State.ARCHIVED: Step.ARCHIVE,
    }[standing.state]
    if standing.ruling is not None and standing.ruling is not _OF_RULING.get(step, standing.ruling):
        return "other_ruling"
    if order.index(step) > order.index(done):
        return "earlier_step_first"
    return "answered_already" if step is Step.PAUSE else "already_done"


def _barred(step: Step, standing: Standing) -> str:
    """Return what bars a step whatever was decided: void, filed, resting, or not resting."""
    if standing.state is State.VOID:
        return "void"
    if standing.state is State.ARCHIVED and step is not Step.OPEN_CASE:
        return "archived"
    if standing.paused and standing.state in PAUSABLE and step not in _WHILE_PAUSED:
        return "paused"
    return "not_paused" if step is Step.RESUME else ""


def _impossible(step: Step, standing: Standing) -> str:
    if step is Step.OPEN_CASE:
        return "has_case" if standing.has_case else "not_proven"
    return "anonymous" if standing.identity is Identity.ANONYMOUS else "already_done"


def why_not_correct(state: State) -> str:
    """Return the code of the reason why a registration can not be corrected now, or nothing."""
    over = {State.CLOSED: "closed", State.ARCHIVED: "archived", State.VOID: "void"}
    return over.get(state, "")


@dataclass(frozen=True, slots=True)
class RunningClock:
    """One clock of a complaint as shown everywhere: rule, dates, state, and why it may not apply.

    ``conditional``: the leader has not decided yet, so the clock runs in case it will be needed.
    ``reason``: code of why it does not apply.
    """

    rule: Clock
    end: Deadline | None
    status: ClockStatus
    stopped: date | None = None
    conditional: bool = False
    reason: str = ""


_NOT_APPLICABLE = ClockStatus(ClockState.NOT_APPLICABLE, 0, in_workdays=False)


def clocks(
    standing: Standing, book: Rulebook, calendar: Calendar, today: date, *, listed: bool = True
) -> tuple[RunningClock, ...]:
    """Return every clock that the rulebook sets for a complaint, with its state on ``today``.

    ``listed``: whether the days that each counts are wanted too.
    """
    rules = [c for c in book.clocks if c.system is System.COMPLAINTS and c.starts == "received"]
    own = [_clock(rule, standing, calendar, today, listed) for rule in rules]
    return (*own, *_origin_clock(standing, calendar, today))


#: 外单位要求回复: no rulebook sets it, but the body that sent the complaint on, by a day of its own.
ORIGIN = Clock(
    id="origin",
    source="",
    article="",
    system=System.COMPLAINTS,
    name="外单位要求回复",
    starts="received",
    stops="origin_replied",
    count=0,
    unit=Unit.DAY,
)


def _origin_clock(standing: Standing, calendar: Calendar, today: date) -> tuple[RunningClock, ...]:
    """Return the clock that the body set which sent a complaint on; it ends with a word to it."""
    due, replied = standing.origin_due, standing.origin_replied
    if due is None:
        return ()
    if standing.state is State.VOID:
        return (RunningClock(ORIGIN, None, _NOT_APPLICABLE, reason="void"),)
    tentative = not calendar.day(due).certain
    end = Deadline(ORIGIN, standing.received, due, due, (), tentative, due)
    return (RunningClock(ORIGIN, end, status(end, today, replied, calendar), replied),)


def awaits_origin(standing: Standing) -> bool:
    """Say whether another body still waits to be told, whatever became of the matter itself."""
    waits = standing.origin_due is not None and standing.origin_replied is None
    return waits and standing.state is not State.VOID


def _clock(
    rule: Clock, standing: Standing, calendar: Calendar, today: date, listed: bool
) -> RunningClock:
    reason, conditional = _applies(rule, standing)
    if reason:
        return RunningClock(rule, None, _NOT_APPLICABLE, reason=reason)
    stopped = {
        "transferred": standing.transferred,
        "refusal_told": standing.refusal_told,
        "told_in_writing": standing.told_in_writing,
    }.get(rule.stops)
    pauses = standing.pauses if stopped is None else until(standing.pauses, stopped)
    end = deadline(rule, standing.received, calendar, pauses, listed=listed)
    return RunningClock(rule, end, status(end, today, stopped, calendar), stopped, conditional)


def _applies(rule: Clock, standing: Standing) -> tuple[str, bool]:
    """Return (code of why not, conditional?) for a clock."""
    if standing.state is State.VOID:
        return "void", False
    undecided = standing.ruling is None
    match rule.applies:
        case "transfer":
            other = not undecided and standing.ruling is not Ruling.TRANSFER
            return ("no_transfer" if other else ""), undecided
        case "refusal":
            if standing.identity is Identity.ANONYMOUS:
                return "anonymous", False
            other = not undecided and standing.ruling is not Ruling.REFUSE
            return ("no_refusal" if other else ""), undecided
        case "real_name" if standing.identity is Identity.ANONYMOUS:
            return "anonymous", False
    return "", False


@dataclass(frozen=True, slots=True)
class PersonTyped:
    """One complainant as typed (投诉举报人)."""

    name: str
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ComplaintDraft:
    """A complaint as typed at intake (投诉举报登记表).

    ``origin``…: which body sent it on (上级交办、部门转来), under what number, on which day, and by
    when that body wants a reply. ``reply_…``: how the complainants want to be answered, and where.
    """

    channel: str
    received: date | None
    identity: Identity
    complainants: tuple[PersonTyped, ...]
    accused_unit: int | None
    accused_person: str
    grounds: tuple[str, ...]
    subject: str
    text: str
    demands: str = ""
    attachments: tuple[str, ...] = ()
    origin: str = ""
    origin_number: str = ""
    origin_day: date | None = None
    origin_due: date | None = None
    reply_way: ReplyWay | None = None
    representative: str = ""
    reply_address: str = ""
    reply_postcode: str = ""
    reply_email: str = ""

    def telling(self) -> tuple[PersonTyped, ...]:
        """Return everybody and everything of this draft that tells who complained."""
        where = PersonTyped("", self.reply_email, self.reply_address)
        return (
            (*self.complainants, where)
            if self.reply_email or self.reply_address
            else (self.complainants)
        )


def check_draft(draft: ComplaintDraft, book: Rulebook, today: date) -> list[Fault]:
    """Check a complaint as typed; return every fault in the order of the form.

    Where the place's text names no grounds, none can be asked for.
    """
    found: list[Fault | None] = []
    if draft.channel not in {c.id for c in book.channels}:
        found.append(fault("channel", "choose"))
    found.append(typed.check_date("received", draft.received, today))
    found += _check_complainants(draft)
    found += _check_answering(draft)
    if draft.accused_unit is None:
        found.append(fault("accused_unit", "choose_unit"))
    found.append(typed.check_text("accused_person", draft.accused_person))
    if not draft.grounds:
        # a place may name channels and no grounds (Kunming); then there is nothing to choose from
        found.append(fault("grounds", "choose") if book.grounds else None)
    elif not set(draft.grounds) <= {g.id for g in book.grounds}:
        found.append(fault("grounds", "choose"))
    found.append(typed.check_text("subject", draft.subject, required=True, limit=typed.NAME))
    # these stand as they are where others read them, in letters or in the register
    printed = {
        "accused_person": draft.accused_person,
        "subject": draft.subject,
        "origin": draft.origin,
        "origin_number": draft.origin_number,
    }
    found += gives_away(draft.telling(), printed)
    found.append(typed.check_text("text", draft.text, required=True, limit=typed.LONG, lines=True))
    found.append(typed.check_text("demands", draft.demands, limit=typed.LONG, lines=True))
    found += _check_origin(draft, today)
    return [f for f in found if f is not None]


def _check_origin(draft: ComplaintDraft, today: date) -> Iterable[Fault | None]:
    """What is said of the body that sent a complaint on needs its name."""
    more = bool(draft.origin_number.strip() or draft.origin_day or draft.origin_due)
    yield typed.check_text("origin", draft.origin, required=more, limit=typed.NAME)
    yield typed.check_text("origin_number", draft.origin_number, limit=typed.NAME)
    yield typed.check_date("origin_day", draft.origin_day, today, required=False)
    yield typed.check_later("origin_due", draft.origin_due, draft.origin_day, today)


def _check_complainants(draft: ComplaintDraft) -> Iterable[Fault | None]:
    people = draft.complainants
    if draft.identity is Identity.ANONYMOUS:
        if any(p.name.strip() for p in people):
            yield fault("complainants", "anonymous_has_name")
        yield from _check_contacts(people)
        return
    if not people:
        yield fault("complainants", "required")
    if draft.identity is Identity.JOINT and len(people) == 1:
        yield fault("complainants", "joint_needs_two")
    if draft.identity is Identity.REAL_NAME and len(people) > 1:
        yield fault("complainants", "real_name_is_one")
    for n, person in enumerate(people):
        yield typed.check_text(
            f"complainants.{n}.name", person.name, required=True, limit=typed.NAME
        )
    yield from _check_contacts(people)


def _check_answering(draft: ComplaintDraft) -> Iterable[Fault | None]:
    """Where nobody is known nobody is answered, so that nothing is asked."""
    if draft.identity is not Identity.ANONYMOUS:
        yield from check_reply(
            draft.reply_way,
            draft.complainants,
            representative=draft.representative,
            address=draft.reply_address,
            postcode=draft.reply_postcode,
            email=draft.reply_email,
        )


def _check_contacts(people: Iterable[PersonTyped]) -> Iterable[Fault | None]:
    for n, person in enumerate(people):
        yield typed.check_text(f"complainants.{n}.phone", person.phone, limit=typed.NAME)
        yield typed.check_text(f"complainants.{n}.address", person.address)
