"""Exporting the register (导出登记簿): chosen lines and columns, for Excel and WPS, on record.

An export is data and therefore Chinese in any language of the window. Who complained is written
only when it is asked for, by those who may see it, with a reason, and the log says so.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import islice
from pathlib import Path

from db.ledger import EventDraft
from db.queries import exports as queries
from db.records import Complainant, Complaint, ComplaintArchive, ComplaintStep
from desktop.rules import typed
from desktop.rules.complaints import (
    SATISFACTION,
    Identity,
    Outcome,
    Ruling,
    Satisfaction,
    State,
    Step,
)
from desktop.rules.faults import NotPermitted, fault, refuse_if
from desktop.usecases import exports_file, identity, register, replies
from desktop.usecases.exports_file import Value
from desktop.usecases.office import Acting, Done, Office, names
from desktop.usecases.timewords import time_words


class Column(StrEnum):
    """A column of an exported register; its value is the heading's key."""

    NUMBER = "number"
    OLD_NUMBER = "old_number"
    RECEIVED = "received"
    CHANNEL = "channel"
    IDENTITY = "identity"
    NAME = "name"
    PHONE = "phone"
    ADDRESS = "address"
    REPLY_TO = "reply_to"
    REPLY_WAY = "reply_way"
    UNIT = "unit"
    PERSON = "person"
    SUBJECT = "subject"
    GROUNDS = "grounds"
    BODY = "body"
    DEMANDS = "demands"
    STATE = "state"
    RULING = "ruling"
    LEADER = "leader"
    DECIDED = "decided"
    OPINION = "opinion"
    RECEIVER = "receiver"
    TRANSFERRED = "transferred"
    FOUND = "found"
    OUTCOME = "outcome"
    RESULT = "result"
    ANSWERED = "answered"
    CLOSED = "closed"
    SATISFACTION = "satisfaction"
    CLOCK = "clock"
    FILED = "filed"
    VOLUME = "volume"
    BOX = "box"
    RETENTION = "retention"


#: Headings; an import knows every one of them again.
HEADINGS = {
    Column.NUMBER: "编号",
    Column.OLD_NUMBER: "原登记号",
    Column.RECEIVED: "收到日期",
    Column.CHANNEL: "来源",
    Column.IDENTITY: "署名方式",
    Column.NAME: "姓名",
    Column.PHONE: "联系电话",
    Column.ADDRESS: "住址",
    Column.REPLY_TO: "答复地址",
    Column.REPLY_WAY: "答复方式",
    Column.UNIT: "被投诉单位",
    Column.PERSON: "被投诉人",
    Column.SUBJECT: "主题",
    Column.GROUNDS: "对应条款",
    Column.BODY: "投诉内容",
    Column.DEMANDS: "诉求",
    Column.STATE: "办理状态",
    Column.RULING: "办理方式",
    Column.LEADER: "批示领导",
    Column.DECIDED: "批示日期",
    Column.OPINION: "批示意见",
    Column.RECEIVER: "承办单位",
    Column.TRANSFERRED: "转办日期",
    Column.FOUND: "查明日期",
    Column.OUTCOME: "查处结论",
    Column.RESULT: "办理结果",
    Column.ANSWERED: "答复日期",
    Column.CLOSED: "办结日期",
    Column.SATISFACTION: "满意度",
    Column.CLOCK: "历时、期限",
    Column.FILED: "归档日期",
    Column.VOLUME: "卷号",
    Column.BOX: "盒号",
    Column.RETENTION: "保管期限",
}
#: Where to answer tells who complained as much as a name does.
SECRET = (Column.NAME, Column.PHONE, Column.ADDRESS, Column.REPLY_TO)
#: What is offered first: everything that is no secret.
OPEN_COLUMNS = tuple(one for one in Column if one not in SECRET)

_STATES = {
    State.REGISTERED: "待批示",
    State.PROPOSED: "已拟办",
    State.ACCEPTED: "办理中",
    State.TRANSFER_DUE: "待转办",
    State.TRANSFERRED: "已转办",
    State.RETURNED: "已退回",
    State.REFUSAL_DUE: "待告知",
    State.REFUSED: "已告知不予受理",
    State.FOUND: "待答复",
    State.ANSWERED: "已答复",
    State.CLOSED: "办结",
    State.ARCHIVED: "已归档",
    State.VOID: "作废",
}
_RULINGS = {Ruling.ACCEPT: "受理", Ruling.TRANSFER: "转办", Ruling.REFUSE: "不予受理"}
_OUTCOMES = {
    Outcome.PROVEN: "属实",
    Outcome.PARTLY: "部分属实",
    Outcome.UNPROVEN: "不属实",
    Outcome.UNCLEAR: "无法查实",
}
_SATISFIED = {
    Satisfaction.SATISFIED: "满意",
    Satisfaction.FAIRLY: "基本满意",
    Satisfaction.DISSATISFIED: "不满意",
    Satisfaction.UNRATED: "未评价",
    Satisfaction.UNREACHABLE: "无法联系",
}
IDENTITIES = {Identity.REAL_NAME: "实名", Identity.ANONYMOUS: "匿名", Identity.JOINT: "联名"}
_PORTION = 500


@dataclass(frozen=True, slots=True)
class ExportDraft:
    """What is to be exported, and where.

    ``ids``: the complaints in the order of the list; ``named``: with who complained; ``reason``: why
    that is needed.
    """

    path: Path
    ids: tuple[int, ...]
    columns: tuple[Column, ...]
    named: bool = False
    reason: str = ""


def export_register(
    office: Office,
    draft: ExportDraft,
    acting: Acting,
    told: Callable[[int], None] | None = None,
) -> Done[int]:
    """Write complaints into a file (.xlsx, or .csv by its name); return how many.

    Raises:
        Faults: no columns, more lines than a workbook holds, or no reason why who complained is
            needed.
        NotPermitted: ``identity_hidden`` – this user may not see it.
        OSError: the file can not be written there.
    """
    columns = tuple(one for one in draft.columns if draft.named or one not in SECRET)
    refuse_if(
        [
            None if columns else fault("columns", "choose"),
            exports_file.check_lines(draft.path, len(draft.ids)),
            typed.check_text("reason", draft.reason, required=draft.named, lines=True),
        ]
    )
    if draft.named and (office.session.keys.identity is None or not office.session.sees_identity):
        raise NotPermitted("identity_hidden")
    event = EventDraft(
        "complaint.reveal" if draft.named else "complaint.export",
        "register",
        label=f"{draft.path.name}（{len(draft.ids)} 件）",
        reason=typed.clean(draft.reason),
    )
    headers = [HEADINGS[one] for one in columns]
    # The log speaks of it before the file lies there; if it can not be written, neither is said.
    with office.ledger.action(event, acting.actor()):
        rows = _rows(office, draft, columns, told, acting.today)
        exports_file.write(draft.path, "投诉举报登记簿", headers, rows)
    return Done(len(draft.ids), event.seq)


def _rows(
    office: Office,
    draft: ExportDraft,
    columns: Sequence[Column],
    told: Callable[[int], None] | None,
    today: date | None = None,
) -> Iterator[list[Value]]:
    flow = iter(draft.ids)
    done = 0
    while ids := list(islice(flow, _PORTION)):
        if told is not None:
            told(done)
        found = queries.complaints(office.db, ids)
        steps = queries.steps(office.db, ids)
        people = queries.complainants(office.db, ids) if draft.named else {}
        grounds = queries.grounds(office.db, ids)
        archives = queries.archives(office.db, ids)
        for one in ids:
            if one not in found:
                continue
            line = Line(
                office,
                found[one],
                steps.get(one, []),
                people.get(one, []),
                grounds.get(one, []),
                today,
                archives.get(one),
            )
            yield [line.value(column, named=draft.named) for column in columns]
        done += len(ids)


class Line:
    """One complaint as a line of an export."""

    def __init__(
        self,
        office: Office,
        complaint: Complaint,
        steps: Sequence[ComplaintStep],
        people: Sequence[Complainant],
        grounds: Sequence[str],
        today: date | None = None,
        archive: ComplaintArchive | None = None,
    ) -> None:
        """``today``: the day on which clocks are looked at; without it none is."""
        self._today, self._archive = today, archive
        self._office, self._complaint, self._steps = office, complaint, steps
        self._people, self._grounds = people, grounds

    def value(self, column: Column, *, named: bool) -> Value:
        """Return one cell."""
        one = self._complaint
        if column in (Column.SUBJECT, Column.BODY, Column.DEMANDS):
            shown = register.as_written(self._office, one) if named else one
            return str(getattr(shown, column.value))
        if column is Column.REPLY_TO:
            return self._reply_to()
        if column in SECRET:
            return self._person(column)
        if column in (Column.VOLUME, Column.BOX, Column.RETENTION):
            return str(getattr(self._archive, column.value)) if self._archive else ""
        if column in (Column.CHANNEL, Column.GROUNDS):
            return self._by_book(column)
        if column is Column.SATISFACTION:
            said = next((s.outcome for s in self._steps if s.step == SATISFACTION), None)
            return _SATISFIED[Satisfaction(said)] if said else ""
        if column is Column.CLOCK:
            words = time_words(self._office, one, self._steps, self._today) if self._today else ""
            return words.replace("\n", "，")
        return self._own[column] if column in self._own else self._by_step(column)

    @cached_property
    def _own(self) -> dict[Column, Value]:
        """What stands in the complaint itself; made once for all the cells of a line."""
        one = self._complaint
        return {
            Column.NUMBER: one.number,
            Column.OLD_NUMBER: one.old_number,
            Column.RECEIVED: one.received,
            Column.IDENTITY: IDENTITIES[Identity(one.identity)],
            Column.UNIT: one.unit_name,
            Column.PERSON: one.accused_person,
            Column.STATE: _STATES[State.VOID if one.void else State(one.state)],
            Column.RULING: _RULINGS[Ruling(one.ruling)] if one.ruling else "",
            Column.REPLY_WAY: replies.WAY_WORDS[way] if (way := replies.way_of(one)) else "",
            Column.OUTCOME: _OUTCOMES[Outcome(one.outcome)] if one.outcome else "",
            Column.TRANSFERRED: one.transferred,
            Column.CLOSED: one.closed,
        }

    def _person(self, column: Column) -> str:
        found = [
            identity.unseal(self._office, str(getattr(one, column.value))) for one in self._people
        ]
        return names([text for text in found if text])

    def _reply_to(self) -> str:
        """Return where to answer as it was written beside the way of answering."""
        to = replies.written(self._office, self._complaint)
        return "　".join(text for text in (to[key] for key in replies.LINE) if text)

    def _by_book(self, column: Column) -> str:
        book = self._office.library.pinned(self._complaint.pack, self._complaint.pack_version)
        if column is Column.CHANNEL:
            return next((c.name for c in book.channels if c.id == self._complaint.channel), "")
        return "；".join(f"{g.article} {g.text}" for g in book.grounds if g.id in self._grounds)

    def _by_step(self, column: Column) -> Value:
        wanted = {
            Column.LEADER: (Step.DECIDE, "person"),
            Column.DECIDED: (Step.DECIDE, "day"),
            Column.OPINION: (Step.DECIDE, "text"),
            Column.RECEIVER: (Step.DECIDE, "unit_name"),
            Column.FOUND: (Step.FIND, "day"),
            Column.RESULT: (Step.FIND, "text"),
            Column.ANSWERED: (Step.ANSWER, "day"),
            Column.FILED: (Step.ARCHIVE, "day"),
        }
        step, part = wanted[column]
        kinds = (step, Step.REFUSE) if step is Step.ANSWER else (step,)
        found = next((one for one in reversed(self._steps) if one.step in kinds), None)
        sent = self._complaint.ruling == Ruling.TRANSFER
        if found is None or (column is Column.RECEIVER and not sent):
            return None
        if column is Column.RESULT and found.detail:
            return f"{found.text}\n{found.detail}"
        return getattr(found, part)  # type: ignore[no-any-return]
