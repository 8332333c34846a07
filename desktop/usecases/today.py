"""What is due (今日): every clock and date of the office that presses, in three groups, and who is waited for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from db.queries import clocks as clock_queries
from db.queries import complaints as complaint_queries
from db.records import Complaint, Rest
from desktop.rules import complaints as rules
from desktop.rules.casefiles import CaseStep
from desktop.rules.clocks import ClockState, ClockStatus, shifted
from desktop.rules.complaints import RunningClock, State, Step
from desktop.text import N_
from desktop.usecases import derived, filings, handovers, register, shelf
from desktop.usecases.office import Office
from desktop.usecases.targets import target
from frozen import dataclass


class Group(StrEnum):
    """The groups of the first tab."""

    OVERDUE = "overdue"  # 已超期
    TODAY = "today"  # 今日到期
    SOON = "soon"  # 三个工作日内
    WAITING = "waiting"  # 等待他人
    TODO = "todo"  # 待办：没有期限压着，但有下一步要做


@dataclass(frozen=True, slots=True)
class Item:
    """One line of today: what presses, on which record, whom it concerns, what to do next."""

    group: Group
    record: str  # "complaint" or "case_file"
    record_id: int
    number: str
    concerning: str
    clock: str
    article: str
    due: date | None
    latest: date | None
    tentative: bool
    status: ClockStatus | None
    next_step: Step | CaseStep | None
    conditional: bool = False
    extended: bool = False  # the office itself told this day (延期至)
    planned: date | None = None  # 原定: the day before a pause moved it back (中止后顺延)
    rested: int = 0  # 中止: for so many days the matter rests
    unfiled: int = 0  # 未归档: so many closed complaints wait to be filed, this one longest
    todo: str = ""  # what is next where it is no step of a complaint or case, in Chinese

    @property
    def shifted(self) -> bool:
        """Say whether a pause has moved the day."""
        return self.planned is not None and self.planned != self.due


#: A pause that has lasted this long (calendar days) is asked about: the program's own habit.
LONG_PAUSE = 30

_GROUPS = {
    ClockState.OVERDUE: Group.OVERDUE,
    ClockState.GRACE: Group.TODAY,
    ClockState.TODAY: Group.TODAY,
    ClockState.SOON: Group.SOON,
    ClockState.RUNNING: Group.TODO,
}
_ORDER = list(Group)

#: Next steps that are no steps of a complaint or of a case file.
REPLY_TO_ORIGIN = N_("回复来源单位")
HAND_OVER = N_("移交来信")
FILE = N_("登记备案")


def agenda(office: Office, today: date) -> tuple[Item, ...]:
    """Return everything due, overdue, soon due, waited for or to do, the most pressing first."""
    items = [
        *_complaints(office, today),
        *_cases(office, today),
        *_waiting(office, today),
        *_unfiled(office),
        *_handovers(office, today),
        *_filings(office, today),
    ]
    return tuple(
        sorted(
            items,
            key=lambda i: (
                _ORDER.index(i.group),
                bool(i.unfiled),
                i.due or date.max,
                -i.rested,
                i.number,
            ),
        )
    )


@dataclass(frozen=True, slots=True)
class _Open:
    """A complaint that is not done with, and the step to take next."""

    complaint: Complaint
    state: State
    next_step: Step | None


def _complaints(office: Office, today: date) -> list[Item]:
    derived.current(office, today)
    items: list[Item] = []
    found = complaint_queries.live(office.db, sorted(derived.RUNNING))
    seen = {c.id for c in found}
    found += [c for c in complaint_queries.awaited(office.db) if c.id not in seen]
    kept = clock_queries.of(office.db, [c.id for c in found])
    extended = complaint_queries.extended(office.db, sorted(register.OPEN))
    rests = complaint_queries.pauses(office.db)
    for complaint in sorted(found, key=lambda c: (c.year, c.serial), reverse=True):
        book = office.library.pinned(complaint.pack, complaint.pack_version)
        facts = register.standing(complaint)
        step = next((s for s in rules.steps(facts) if s is not Step.OPEN_CASE), None)
        row = _Open(complaint, facts.state, step)
        if facts.paused:
            items.append(_paused(row, rests.get(complaint.id, ()), today))
        running = [
            derived.kept_clock(office, complaint, clock, today)
            for clock in kept.get(complaint.id, ())
        ]
        awaited = [c for c in running if c.rule is rules.ORIGIN]
        items += [_awaited(row, clock) for clock in awaited]
        running = [
            c
            for c in running
            if c.rule is not rules.ORIGIN and c.status.state is not ClockState.PAUSED
        ]
        if facts.state not in derived.RUNNING:
            continue
        sure = [c for c in running if not c.conditional]
        unsure = [c for c in running if c.conditional]
        first = register.most_pressing(unsure)
        shown = [*sure, *([first] if first else [])]
        for clock in shown:
            assert clock.end is not None
            items.append(
                Item(
                    _GROUPS[clock.status.state],
                    "complaint",
                    row.complaint.id,
                    row.complaint.number,
                    f"{row.complaint.unit_name} · {row.complaint.subject}",
                    clock.rule.name,
                    book.cite(clock.rule),
                    clock.end.due,
                    clock.end.latest,
                    clock.end.tentative,
                    clock.status,
                    _step_for(clock.rule.stops, row.next_step, facts),
                    conditional=clock.conditional,
                    planned=clock.end.planned,
                )
            )
        if facts.paused:
            continue
        if complaint.id in extended:
            items.append(
                _extension(office, row, extended[complaint.id], rests.get(complaint.id, ()), today)
            )
            continue
        if not shown and row.state is not State.TRANSFERRED and row.next_step is not None:
            items.append(
                _todo(
                    "complaint",
                    row.complaint.id,
                    row.complaint.number,
                    f"{row.complaint.unit_name} · {row.complaint.subject}",
                    row.next_step,
                )
            )
    return items


def _paused(row: _Open, rests: Sequence[Rest], today: date) -> Item:
    """Return the line of a matter that rests (中止), so that it is not forgotten; no alarm."""
    complaint = row.complaint
    since = complaint.paused or (rests[-1].day if rests else today)
    return Item(
        Group.WAITING,
        "complaint",
        complaint.id,
        complaint.number,
        f"{complaint.unit_name} · {complaint.subject}",
        "中止办理",
        "",
        None,
        None,
        tentative=False,
        status=None,
        next_step=Step.RESUME,
        rested=max((today - since).days, 0) + 1,
    )


def _unfiled(office: Office) -> list[Item]:
    """Return one quiet line for the closed complaints that are not filed; no clock asks for it."""
    count, first = complaint_queries.unfiled(office.db)
    found = complaint_queries.complaint(office.db, first) if first is not None else None
    if found is None:
        return []
    concerning = f"{found.unit_name} · {found.subject}"
    item = _todo("complaint", found.id, found.number, concerning, Step.ARCHIVE)
    return [replace(item, clock="归档", unfiled=count)]


def _awaited(row: _Open, clock: RunningClock) -> Item:
    """Return the line of a day by which another body wants to be told (外单位要求回复)."""
    assert clock.end is not None
    complaint = row.complaint
    return Item(
        _GROUPS[clock.status.state],
        "complaint",
        complaint.id,
        complaint.number,
        f"{complaint.origin} · {complaint.subject}",
        clock.rule.name,
        complaint.origin_number,
        clock.end.due,
        clock.end.latest,
        clock.end.tentative,
        clock.status,
        None,
        todo=REPLY_TO_ORIGIN,
    )


def _extension(
    office: Office, row: _Open, told: tuple[date, date], rests: Sequence[Rest], today: date
) -> Item:
    """Return the line of a day to which a matter was extended (延期至); no clock moves with it."""
    planned, since = told
    due = shifted(planned, since, register.pauses(rests))
    found = target(office, due, today)
    return Item(
        _GROUPS[found.status.state],
        "complaint",
        row.complaint.id,
        row.complaint.number,
        f"{row.complaint.unit_name} · {row.complaint.subject}",
        "延期办理",
        "",
        found.due,
        found.due,
        found.tentative,
        found.status,
        row.next_step,
        extended=True,
        planned=planned,
    )


def _step_for(stops: str, next_step: Step | None, facts: rules.Standing) -> Step | None:
    """A written word is due though the matter is not finished: then the interim word is next."""
    waits = facts.state in (State.TRANSFERRED, State.ACCEPTED)
    return Step.INTERIM if stops == "told_in_writing" and waits else next_step


def _todo(record: str, record_id: int, number: str, concerning: str, step: Step | CaseStep) -> Item:
    return Item(
        Group.TODO,
        record,
        record_id,
        number,
        concerning,
        "",
        "",
        None,
        None,
        tentative=False,
        status=None,
        next_step=step,
    )


def _cases(office: Office, today: date) -> list[Item]:
    items: list[Item] = []
    for row in shelf.rows(office, today):
        concerning = f"{row.case.unit_name} · {row.case.title}"
        if row.rectify is not None and row.rectify.status.state in _GROUPS:
            items.append(
                Item(
                    _GROUPS[row.rectify.status.state],
                    "case_file",
                    row.case.id,
                    row.case.number,
                    concerning,
                    "整改报告",
                    "",
                    row.rectify.due,
                    row.rectify.due,
                    row.rectify.tentative,
                    row.rectify.status,
                    row.next_step,
                )
            )
        elif row.next_step is not None:
            items.append(
                _todo("case_file", row.case.id, row.case.number, concerning, row.next_step)
            )
    return items


def _waiting(office: Office, today: date) -> list[Item]:
    """Return transfers whose receiver has not replied; a date to reply by is the office's own."""
    known = {c.id: c for c in complaint_queries.live(office.db, [State.TRANSFERRED.value])}
    told = _told(complaint_queries.told(office.db), complaint_queries.pauses(office.db))
    items: list[Item] = []
    for step in complaint_queries.waiting(office.db):
        complaint, due = known[step.complaint], told.get(step.complaint)
        if complaint.paused is not None:
            continue  # it stands there as paused
        how = target(office, due, today) if due is not None else None
        late = how is not None and how.status.state is ClockState.OVERDUE
        items.append(
            Item(
                Group.WAITING,
                "complaint",
                complaint.id,
                complaint.number,
                f"{step.unit_name} · {complaint.subject}",
                "回复",
                "",
                due,
                due,
                tentative=False,
                status=how.status if how else None,
                next_step=Step.CHASE if late else Step.FIND,
            )
        )
    return items


def _told(
    told: Mapping[int, tuple[date, date]], rests: Mapping[int, Sequence[Rest]]
) -> dict[int, date]:
    """Return the days by which receivers are to reply, moved back by what was paused since."""
    return {
        complaint: shifted(due, since, register.pauses(rests.get(complaint, ())))
        for complaint, (due, since) in told.items()
    }


def _handovers(office: Office, today: date) -> list[Item]:
    """Return the unopened letters that wait to be handed on (只登交接)."""
    items = []
    for row in handovers.waiting(office, today):
        due, letter = row.due, row.letter
        items.append(
            Item(
                _GROUPS[due.status.state] if due else Group.TODO,
                "handover",
                letter.id,
                letter.number,
                row.rule.name if row.rule else "",
                "移交来信" if due else "",
                handovers.citation(office, row),
                due.due if due else None,
                due.due if due else None,
                tentative=bool(due and due.tentative),
                status=due.status if due else None,
                next_step=None,
                todo=HAND_OVER,
            )
        )
    return items


def _filings(office: Office, today: date) -> list[Item]:
    """Return one line for the units that have not reported for the last period (备案)."""
    found = filings.missing(office, today)
    if found is None:
        return []
    names = found.units[:_NAMED]
    told = "、".join(names) + (f"等{len(found.units)}个单位" if len(found.units) > _NAMED else "")
    return [
        Item(
            Group.TODO, "filing", 0, str(found.period), f"{told} · 还没有报备",
            "", "", None, None, tentative=False, status=None, next_step=None, todo=FILE,
        )
    ]  # fmt: skip


#: So many units are named in one line.
_NAMED = 3


def pressing(items: tuple[Item, ...]) -> int:
    """Return how many lines are overdue or due today, for the number on the tab."""
    return sum(i.group in (Group.OVERDUE, Group.TODAY) for i in items)
