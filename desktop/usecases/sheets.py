"""Forms without a number of their own: 领导批示单, 投诉登记表, 今日要办. Always in Chinese."""

from collections.abc import Sequence

from db.ledger import EventDraft
from db.records import Complainant
from desktop.notices.chinese import long_date
from desktop.rules import typed
from desktop.rules.casefiles import CaseStep
from desktop.rules.complaints import Identity, RunningClock, Step
from desktop.rules.faults import NotPermitted, refuse_if
from desktop.rules.rulebook import Channel, in_words
from desktop.rules.workdays import DayKind
from desktop.usecases import course, identity, letters, register, replies, shelf, today
from desktop.usecases.calendars import calendar
from desktop.usecases.complaintwork import accused, gives_away
from desktop.usecases.office import Acting, Office, keep_event
from desktop.usecases.register import ComplaintView
from desktop.usecases.today import Group, Item
from frozen import dataclass

IDENTITY_WORDS = {
    Identity.REAL_NAME: "实名",
    Identity.ANONYMOUS: "匿名",
    Identity.JOINT: "联名",
}


@dataclass(frozen=True, slots=True)
class ApprovalDraft:
    """What the leader reads before deciding (领导批示单): the matter and what is proposed."""

    summary: str
    proposal: str


def approval_beginning(office: Office, complaint_id: int, acting: Acting) -> ApprovalDraft:
    """Return what the sheet says to begin with: the matter as masked, and what was proposed."""
    view = register.view(office, complaint_id, acting.today)
    return ApprovalDraft(view.complaint.body, course.proposal_text(view))


def approval_sheet(
    office: Office, complaint_id: int, draft: ApprovalDraft, acting: Acting
) -> bytes:
    """Return the 领导批示单 with room for the leader to write; it never says who complained.

    Raises:
        Faults: nothing to read, or a text that gives a complainant away (信访工作条例 第三十条).
    """
    view = register.view(office, complaint_id, acting.today)
    texts = {"summary": draft.summary, "proposal": draft.proposal}
    refuse_if(
        [
            typed.check_text("summary", draft.summary, required=True, limit=typed.LONG, lines=True),
            typed.check_text("proposal", draft.proposal, limit=typed.LONG, lines=True),
            *gives_away(office, complaint_id, texts),
        ]
    )
    fields = {
        **_of_complaint(view),
        "summary": typed.clean(draft.summary),
        "deadlines": _deadlines(view),
        "proposal": typed.clean(draft.proposal),
        "clerk": acting.name,
    }
    return letters.form(office, "approval_sheet", fields, dated=acting.today)


def _of_complaint(view: ComplaintView) -> dict[str, object]:
    complaint = view.complaint
    return {
        "complaint_number": complaint.number,
        "received": complaint.received,
        "channel": view.channel,
        "identity": IDENTITY_WORDS[view.standing.identity],
        "subject": complaint.subject,
        "accused": accused(view),
        "grounds": [g.text for g in view.grounds],
    }


def _deadlines(view: ComplaintView) -> list[str]:
    """Say each date that runs or will run, with the article that sets it."""
    lines = []
    for clock in view.clocks:
        if clock.end is not None and clock.stopped is None:
            case = "如需" if clock.conditional else ""
            day = long_date(clock.end.due)
            basis = in_words(clock.rule.article) or view.complaint.origin
            lines.append(f"{case}{clock.rule.name}：{day}前（{basis}{_moved(clock)}）")
    return lines


def _moved(clock: RunningClock) -> str:
    """Say of a clock that rests, or that a pause has moved back, what it was before."""
    end = clock.end
    if end is None or end.planned is None:
        return ""
    if end.paused is not None:
        return f"；自{long_date(end.paused)}起中止，恢复后顺延"
    if end.planned == end.due:
        return ""
    return f"；原定{long_date(end.planned)}，中止后顺延"


def intake_sheet(office: Office, complaint_id: int, acting: Acting) -> bytes:
    """Return the 投诉登记表 with who complained; making it is an event (查看).

    Words spoken on the telephone or in the office end in a line to confirm or to sign.

    Raises:
        Faults: a character can not be printed.
    """
    view = register.view(office, complaint_id, acting.today)
    people = register.complainants(office, complaint_id)
    written = register.as_written(office, view.complaint)
    channel = next((c for c in view.book.channels if c.id == view.complaint.channel), None)
    entered = next((s.person for s in view.steps if s.step == Step.REGISTER), "")
    fields = {
        **_of_complaint(view),
        "people": [(p.name, p.phone, p.address) for p in people],
        "statement": written.body,
        "demands": written.demands,
        "materials": [a.name for a in view.attachments],
        "reply": replies.in_words(replies.reply_to(office, view.complaint, people))
        if people
        else "",
        "transcript": channel is not None and channel.transcript,
        "present": channel is not None and in_person(channel),
        "clerk": entered,
    }
    sheet = letters.form(office, "intake_sheet", fields, dated=acting.today)
    if people:
        label = f"{view.complaint.number} {letters.TITLES['intake_sheet']}"
        event = EventDraft("complaint.reveal", "complaint", complaint_id, label)
        keep_event(office, event, acting)
    return sheet


#: What is asked of everybody who speaks (接谈提纲); the clerk changes it as the matter wants.
QUESTIONS = (
    "请说明事情发生的时间、地点、涉及的人员和经过。",
    "有没有证据材料或者知情人？",
    "以前向哪些单位反映过？结果怎样？",
)


@dataclass(frozen=True, slots=True)
class TranscriptDraft:
    """What is put on the record of a visit or call (接谈记录、电话记录) beside who speaks."""

    begun: str
    ended: str
    place: str
    host: str
    recorder: str
    statement: str
    exchanges: tuple[tuple[str, str], ...]
    demands: str


@dataclass(frozen=True, slots=True)
class TranscriptBeginning:
    """How such a record begins; ``present``: the person sits at the desk, to sign."""

    present: bool
    begun: str
    host: str
    statement: str
    demands: str
    questions: tuple[str, ...]


def spoken(view: ComplaintView) -> Channel | None:
    """Return the way a complaint came in where it was spoken, which wants a record; else None."""
    channel = next((c for c in view.book.channels if c.id == view.complaint.channel), None)
    return channel if channel is not None and channel.transcript else None


def transcript_beginning(office: Office, complaint_id: int, acting: Acting) -> TranscriptBeginning:
    """Return how the record of a visit or call begins: with what was registered, on record (查看).

    Raises:
        NotPermitted: it was not spoken, or this user may not see who complained.
    """
    view = register.view(office, complaint_id, acting.today)
    channel = spoken(view)
    if channel is None:
        raise NotPermitted("not_spoken")
    written = register.as_written(office, view.complaint)
    if view.complainants:
        label = f"{view.complaint.number} {letters.TITLES['transcript']}"
        event = EventDraft("complaint.reveal", "complaint", complaint_id, label)
        keep_event(office, event, acting)
    at = acting.at
    begun = f"{long_date(at.date())}{at.hour}时{at.minute:02d}分"
    return TranscriptBeginning(
        in_person(channel), begun, acting.name, written.body, written.demands, QUESTIONS
    )


def transcript(office: Office, complaint_id: int, draft: TranscriptDraft, acting: Acting) -> bytes:
    """Return the record of a visit or call to be read over and signed (接谈记录、电话记录).

    The look at who speaks was written down when the record was begun.

    Raises:
        Faults: nothing said, or a character can not be printed.
        NotPermitted: it was not spoken, or this user may not see who complained.
    """
    view = register.view(office, complaint_id, acting.today)
    channel = spoken(view)
    if channel is None:
        raise NotPermitted("not_spoken")
    people = register.complainants(office, complaint_id)
    short = ("begun", "ended", "place", "host", "recorder")
    refuse_if(
        [
            *(typed.check_text(key, getattr(draft, key), limit=typed.NAME) for key in short),
            typed.check_text(
                "statement", draft.statement, required=True, limit=typed.LONG, lines=True
            ),
            *(
                typed.check_text("exchanges", text, limit=typed.LONG, lines=True)
                for pair in draft.exchanges
                for text in pair
            ),
            typed.check_text("demands", draft.demands, limit=typed.LONG, lines=True),
        ]
    )
    fields = {
        "complaint_number": view.complaint.number,
        **{key: typed.clean(getattr(draft, key)) for key in short},
        "people": [(p.name, p.phone, p.address) for p in people],
        "accused": accused(view),
        "statement": typed.clean(draft.statement),
        "exchanges": [(typed.clean(q), typed.clean(a)) for q, a in draft.exchanges if q.strip()],
        "demands": typed.clean(draft.demands),
        "present": in_person(channel),
    }
    return letters.form(office, "transcript", fields, dated=acting.today)


def in_person(channel: Channel) -> bool:
    """Say whether the person sits at the desk: spoken words, but not over a line (电话、热线)."""
    return channel.transcript and not any(word in channel.name for word in ("电话", "热线"))


def evidence_list(office: Office, case_id: int, acting: Acting) -> bytes:
    """Return the 证据目录 of a case: each piece of evidence with its files; nobody who complained.

    A file of the complaint is called by the complaint's number, for its own name may tell who sent
    it; names, telephones and addresses of who complained are masked wherever else they stand.

    Raises:
        Faults: a character can not be printed.
        NotPermitted: ``identity_hidden`` – this user may not see who complained, so that nothing
            can be masked.
    """
    view = shelf.view(office, case_id, acting.today)
    case = view.case
    people = register.complainants(office, case.complaint) if case.complaint else ()
    own = {one.id for one in view.attachments}
    numbers = {one.id: n for n, one in enumerate(view.materials, 1)}
    rows = []
    count = 0
    for n, one in enumerate(view.evidence, 1):
        files = [
            file.name if file.id in own else f"{case.complaint_number}附件{numbers[file.id]}"
            for file in view.files_of(one.id)
        ]
        count += len(files)
        cells = (one.name, one.kind, one.taken.isoformat(), one.taken_by, one.note)
        rows.append(
            (str(n), *(identity.mask(people, text) for text in cells), _masked(people, files))
        )
    fields = {
        "items": rows,
        "case_number": case.number,
        "accused": case.unit_name,
        "cause": identity.mask(people, case.title),
        "tally": f"证据{len(rows)}件，附件{count}个",
        "clerk": acting.name,
    }
    return letters.form(office, "evidence_list", fields, dated=acting.today)


def _masked(people: Sequence[Complainant], names: Sequence[str]) -> str:
    return "；".join(identity.mask(people, name) for name in names)


_GROUP_WORDS = {
    Group.OVERDUE: "已超期",
    Group.TODAY: "今日到期",
    Group.SOON: "将到期",
    Group.WAITING: "等待回复",
    Group.TODO: "待办",
}
#: Two tables: a step of a complaint and one of a case file may be stored by the same word.
STEP_WORDS = {
    Step.PROPOSE: "拟办",
    Step.DECIDE: "记录领导批示",
    Step.ACCEPTANCE: "告知受理",
    Step.TRANSFER: "制作转办函",
    Step.CHASE: "发催办函",
    Step.OBJECT: "记录承办单位退回",
    Step.REFUSE: "告知不予受理",
    Step.INTERIM: "告知办理情况",
    Step.EXTENSION: "告知延期",
    Step.PAUSE: "中止办理",
    Step.RESUME: "恢复办理",
    Step.FIND: "记录办理结果",
    Step.ANSWER: "答复投诉举报人",
    Step.CLOSE: "办结",
    Step.ARCHIVE: "归档",
}
CASE_STEP_WORDS = {
    CaseStep.EVIDENCE: "登记证据",
    CaseStep.HEARING_NOTICE: "告知陈述申辩权利",
    CaseStep.HEARING: "听取陈述申辩",
    CaseStep.DIVISION: "区分责任",
    CaseStep.SANCTION: "确定追究方式",
    CaseStep.APPROVAL: "集体研究或者审批",
    CaseStep.DECIDE: "制作责任追究决定书",
    CaseStep.SERVE: "送达",
    CaseStep.REFERRAL: "移送",
    CaseStep.RECTIFY: "制作限期整改通知书",
    CaseStep.REPORT: "收取整改报告",
    CaseStep.CLOSE: "结案",
}
#: Items without a date and with the same next step, from this many on, share a line of the sheet.
_TOGETHER = 3
_LISTED = tuple(Group)
_WEEKDAYS = "一二三四五六日"
_KINDS = {
    DayKind.WORK: "工作日",
    DayKind.MAKEUP: "调休上班",
    DayKind.REST: "休息日",
    DayKind.HOLIDAY: "节假日",
}


def agenda_sheet(office: Office, acting: Acting) -> bytes:
    """Return the 今日要办 of the day of acting, to be printed for the wall and the leader.

    Raises:
        Faults: a character can not be printed.
    """
    items = sorted(today.agenda(office, acting.today), key=lambda item: _LISTED.index(_group(item)))
    day = calendar(office).day(acting.today)
    weekday = _WEEKDAYS[acting.today.weekday()]
    fields = {
        "items": _rows(items),
        "day": f"星期{weekday}，{day.label or _KINDS[day.kind]}",
        "tally": _tally(items),
        "clerk": acting.name,
    }
    return letters.form(office, "agenda_sheet", fields, dated=acting.today)


def _rows(items: Sequence[Item]) -> list[tuple[str, ...]]:
    """One line for each item; what has no date stands together by its next step."""
    undated = [item for item in items if item.group is Group.TODO and item.due is None]
    undated = [item for item in undated if not item.unfiled]
    rows = [_row(item) for item in items if item not in undated]
    for step in dict.fromkeys(_next(item) for item in undated):
        same = [item for item in undated if _next(item) == step]
        if len(same) < _TOGETHER:
            rows += [_row(item) for item in same]
        else:
            numbers = _numbers([item.number for item in same])
            rows.append((_GROUP_WORDS[Group.TODO], "", f"共{len(same)}件", numbers, "", step))
    return rows


def _numbers(numbers: Sequence[str]) -> str:
    """Say several numbers of a register; what they begin with is said once."""
    said: list[str] = []
    before = ""
    for number in numbers:
        head, bracket, serial = number.partition("〕")
        same = bool(bracket) and head == before
        said.append(serial if same else number)
        before = head
    return "、".join(said)


def _row(item: Item) -> tuple[str, ...]:
    due = item.due.isoformat() if item.due else ""
    if item.shifted:
        due = f"{due}（中止后顺延）"
    if item.unfiled > 1:
        said = f"等{item.unfiled}件已办结未归档"
        return (_GROUP_WORDS[item.group], item.clock, item.number, said, "", _next(item))
    return (
        _GROUP_WORDS[_group(item)],
        _clock(item),
        item.number,
        _concerning(item),
        f"{due}（暂定）" if item.tentative else due,
        _next(item),
    )


def _clock(item: Item) -> str:
    if item.rested:
        return f"中止第{item.rested}天"
    return f"如{item.clock}" if item.conditional else item.clock


def _group(item: Item) -> Group:
    """Return under which word a line stands; a reply that is late is overdue like the rest."""
    late = item.group is Group.WAITING and item.next_step is Step.CHASE
    return Group.OVERDUE if late else item.group


def _concerning(item: Item) -> str:
    """Say unit and matter; a matter that names its unit itself is enough."""
    unit, _dot, subject = item.concerning.partition(" · ")
    return subject if unit and subject.startswith(unit) else item.concerning


def _next(item: Item) -> str:
    if item.group is Group.WAITING and item.next_step is Step.FIND:
        return "等待承办单位回复"
    if item.todo:
        return item.todo
    match item.next_step:
        case Step():
            return STEP_WORDS[item.next_step]
        case CaseStep():
            return CASE_STEP_WORDS[item.next_step]
    return ""


def _tally(items: Sequence[Item]) -> str:
    counts = [
        (_GROUP_WORDS[group], sum(_group(item) is group for item in items)) for group in Group
    ]
    return "，".join(f"{word}{n}件" for word, n in counts if n)
