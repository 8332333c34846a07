"""What is due (今日): every clock and date of the office that presses, in three groups, and who is waited for."""

from datetime import date
from enum import StrEnum

from db.queries import clocks as clock_queries
from db.queries import complaints as complaint_queries
from db.records import Complaint
from desktop.rules import complaints as rules
from desktop.rules.casefiles import CaseStep
from desktop.rules.clocks import ClockState, ClockStatus
from desktop.rules.complaints import State, Step
from desktop.usecases import derived, register, shelf
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


_GROUPS = {
    ClockState.OVERDUE: Group.OVERDUE,
    ClockState.GRACE: Group.TODAY,
    ClockState.TODAY: Group.TODAY,
    ClockState.SOON: Group.SOON,
    ClockState.RUNNING: Group.TODO,
}
_ORDER = list(Group)


def agenda(office: Office, today: date) -> tuple[Item, ...]:
    """Return everything due, overdue, soon due, waited for or to do, the most pressing first."""
    items = [*_complaints(office, today), *_cases(office, today), *_waiting(office, today)]
    return tuple(
        sorted(
            items,
            key=lambda i: (_ORDER.index(i.group), i.due or date.max, i.number),
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
    kept = clock_queries.of(office.db, [c.id for c in found])
    extended = complaint_queries.extended(office.db, sorted(register.OPEN))
    for complaint in sorted(found, key=lambda c: (c.year, c.serial), reverse=True):
        book = office.library.pinned(complaint.pack, complaint.pack_version)
        facts = register.standing(complaint)
        step = next((s for s in rules.steps(facts) if s is not Step.OPEN_CASE), None)
        row = _Open(complaint, facts.state, step)
        running = [
            derived.kept_clock(office, complaint, clock, today)
            for clock in kept.get(complaint.id, ())
        ]
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
                )
            )
        if complaint.id in extended:
            items.append(_extension(office, row, extended[complaint.id], today))
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


def _extension(office: Office, row: _Open, due: date, today: date) -> Item:
    """Return the line of a day to which a matter was extended (延期至); no clock moves with it."""
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
    told = complaint_queries.told(office.db)
    items: list[Item] = []
    for step in complaint_queries.waiting(office.db):
        complaint, due = known[step.complaint], told.get(step.complaint)
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


def pressing(items: tuple[Item, ...]) -> int:
    """Return how many lines are overdue or due today, for the number on the tab."""
    return sum(i.group in (Group.OVERDUE, Group.TODAY) for i in items)
