"""Whatever permitted steps are taken in whatever order: no clock, number or event is lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from db.queries import clocks as kept
from desktop.rules.clocks import ClockState
from desktop.rules.complaints import PAUSABLE, Ruling, State, Step
from desktop.rules.faults import NotPermitted
from desktop.usecases import derived, listing, register, today, transfers, undoing
from desktop.usecases.listing import Press, Query
from desktop.usecases.office import Acting
from desktop.usecases.register import ComplaintView
from desktop.usecases.transfers import ObjectionDraft
from tests.usecases.desk import TODAY, Desk, Make, at

Take = Callable[[Desk, int, Acting, int], Any]

RULINGS = (Ruling.TRANSFER, Ruling.ACCEPT, Ruling.TRANSFER, Ruling.REFUSE)

#: Every step with what a clerk writes at it; ``k`` chooses where there is a choice.
STEPS: dict[Step, Take] = {
    Step.PROPOSE: lambda d, n, a, k: d.propose(n, a),
    # the reason is wanted where a transfer is upheld, and for a refusal
    Step.DECIDE: lambda d, n, a, k: d.decide(
        n, RULINGS[k % 4], a, opinion="请办理。", reason="属于该单位的职责"
    ),
    Step.ACCEPTANCE: lambda d, n, a, k: d.tell_acceptance(n, a),
    Step.TRANSFER: lambda d, n, a, k: d.transfer(
        n, a, reply_by=a.today + timedelta(days=k) if k else None
    ),
    Step.CHASE: lambda d, n, a, k: d.chase(n, a),
    Step.OBJECT: lambda d, n, a, k: transfers.record_objection(
        d.office, n, ObjectionDraft(a.today, "不属于本单位职责"), a
    ),
    Step.REFUSE: lambda d, n, a, k: d.refuse(n, a),
    Step.INTERIM: lambda d, n, a, k: d.interim(n, a),
    Step.EXTENSION: lambda d, n, a, k: d.extend(n, a),
    Step.PAUSE: lambda d, n, a, k: d.pause(n, a),
    Step.RESUME: lambda d, n, a, k: d.resume(n, a),
    Step.FIND: lambda d, n, a, k: d.find(n, acting=a),
    Step.ANSWER: lambda d, n, a, k: d.answer(n, a),
    Step.CLOSE: lambda d, n, a, k: d.close(n, a),
    Step.ARCHIVE: lambda d, n, a, k: d.archive(n, a),
}


def snapshot(view: ComplaintView) -> tuple[Any, ...]:
    """All that a complaint says, but for how often it was written."""
    return (
        replace(view.complaint, rev=0),
        view.steps,
        tuple(x.id for x in view.letters if not x.void),
        view.archive,
        tuple((c.rule.id, c.end, c.stopped, c.conditional, c.reason) for c in view.clocks),
    )


class Course(RuleBasedStateMachine):
    """A clerk with up to three complaints, and days that go by."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.day = TODAY
        self.past: dict[int, list[tuple[Any, ...]]] = {}
        self.events = desk.count("event")
        self.numbers: list[str] = []

    def acting(self) -> Acting:
        return at(self.day)

    def seen(self, number: int) -> ComplaintView:
        return self.desk.seen(number, self.day)

    @precondition(lambda self: len(self.past) < 3)
    @rule(anonymous=st.booleans(), back=st.integers(0, 4))
    def register(self, anonymous: bool, back: int) -> None:
        make = self.desk.anonymous if anonymous else self.desk.register
        number = make(acting=self.acting(), received=self.day - timedelta(days=back))
        self.past[number] = []
        self.numbers.append(self.seen(number).complaint.number)
        self.events += 1

    @precondition(lambda self: self.past)
    @rule(which=st.integers(0, 2), step=st.sampled_from(list(STEPS)), k=st.integers(0, 11))
    def take(self, which: int, step: Step, k: int) -> None:
        number = 1 + which % len(self.past)
        before = self.seen(number)
        if step in before.permitted:
            STEPS[step](self.desk, number, self.acting(), k)
            self.past[number].append(snapshot(before))
            self.events += 1
        else:
            with pytest.raises(NotPermitted) as caught:
                STEPS[step](self.desk, number, self.acting(), k)
            why = next(p.why_not for p in before.permissions if p.step is step)
            assert caught.value.code == why != ""
            assert snapshot(self.seen(number)) == snapshot(before)

    @precondition(lambda self: self.past)
    @rule(which=st.integers(0, 2), choice=st.integers(0, 5), k=st.integers(0, 11))
    def go_on(self, which: int, choice: int, k: int) -> None:
        """Take one of the steps that the record offers."""
        permitted = [s for s in self.seen(1 + which % len(self.past)).permitted if s in STEPS]
        if permitted:
            self.take(which, permitted[choice % len(permitted)], k)

    @precondition(lambda self: self.resting())
    @rule(days=st.integers(0, 40), k=st.integers(0, 11))
    def rest_and_go_on(self, days: int, k: int) -> None:
        """Days go by over a matter that rests; then it is taken up again."""
        self.day += timedelta(days=days)
        self.take(min(self.resting()) - 1, Step.RESUME, k)

    @precondition(lambda self: any(Step.PAUSE in self.seen(n).permitted for n in self.past))
    @rule(k=st.integers(0, 11))
    def rest(self, k: int) -> None:
        number = next(n for n in self.past if Step.PAUSE in self.seen(n).permitted)
        self.take(number - 1, Step.PAUSE, k)

    def resting(self) -> set[int]:
        return {n for n in self.past if Step.RESUME in self.seen(n).permitted}

    @precondition(lambda self: self.past)
    @rule(which=st.integers(0, 2))
    def undo(self, which: int) -> None:
        number = 1 + which % len(self.past)
        if not self.past[number]:
            return
        last = undoing.foresee(self.desk.office, number, self.acting())
        assert last.why_not == ""
        self.desk.undo_last(number, self.acting())
        view = self.seen(number)
        assert snapshot(view) == self.past[number].pop()
        assert view.state is last.after
        assert view.taken_back[-1].reason == "记错了"
        void = {x.number for x in view.letters if x.void}
        assert set(last.letters) <= void
        self.events += 1

    @rule(days=st.integers(1, 9))
    def wait(self, days: int) -> None:
        self.day += timedelta(days=days)

    # -- what always holds ---------------------------------------------------------------------

    @invariant()
    def no_event_is_lost(self) -> None:
        seqs = [r[0] for r in self.desk.office.db.execute("SELECT seq FROM event ORDER BY seq")]
        assert seqs == list(range(1, self.events + 1))

    @invariant()
    def no_number_is_lost(self) -> None:
        db = self.desk.office.db
        given = [r[0] for r in db.execute("SELECT number FROM complaint ORDER BY id")]
        assert given == self.numbers
        for of in db.execute("SELECT DISTINCT series, year FROM letter").fetchall():
            sql = "SELECT serial FROM letter WHERE series = ? AND year = ? ORDER BY serial"
            serials = [r[0] for r in db.execute(sql, list(of))]
            assert serials == list(range(1, len(serials) + 1))

    @invariant()
    def no_clock_is_lost(self) -> None:
        office = self.desk.office
        derived.current(office, self.day)
        stored = kept.of(office.db, list(self.past))
        for number in self.past:
            view = self.seen(number)
            rules = [
                c.id
                for c in view.book.clocks
                if c.system == "complaints" and c.starts == "received"
            ]
            assert [c.rule.id for c in view.clocks] == rules
            resting = view.standing.paused and view.state in PAUSABLE
            for clock in view.clocks:
                assert (clock.end is None) == bool(clock.reason)
                if clock.end is None:
                    continue
                assert clock.end.planned is not None
                assert clock.end.planned <= clock.end.due <= clock.end.latest
                if clock.status.state is ClockState.PAUSED:
                    assert resting
                    assert clock.stopped is None
                if clock.stopped is not None:
                    assert clock.end.paused is None
            running = {
                c.rule.id: (c.end, c.status)
                for c in view.clocks
                if c.end is not None and c.status.state in register.URGENCY
            }
            if view.state not in derived.RUNNING:
                assert number not in stored
                continue
            again = {
                c.rule.id: c
                for c in (
                    derived.kept_clock(office, view.complaint, k, self.day)
                    for k in stored.get(number, ())
                )
            }
            assert again.keys() == running.keys()
            for name, (end, how) in running.items():
                found = again[name]
                assert found.end is not None
                assert end is not None
                assert replace(found.end, counted=()) == replace(end, counted=())
                assert found.status == how

    @invariant()
    def lists_and_today_tell_the_same(self) -> None:
        office = self.desk.office
        views = {n: self.seen(n) for n in self.past}
        resting = {n for n, v in views.items() if v.standing.paused and v.state in PAUSABLE}
        found = listing.opening(office, Query(press=Press.PAUSED), self.day)
        assert {r.complaint.id for rows in found.pages.values() for r in rows} == resting
        assert listing.counts(office, self.day).paused == len(resting)
        items = today.agenda(office, self.day)
        assert {i.record_id for i in items if i.rested} == resting
        unfiled = [n for n, v in views.items() if v.state is State.CLOSED]
        assert sum(i.unfiled for i in items) == len(unfiled)
        for item in items:
            if item.record_id in resting:  # nothing alarms while it rests, but what was late before
                late = views[item.record_id].clocks
                overdue = any(c.status.state is ClockState.OVERDUE for c in late)
                assert item.rested or overdue
            assert views[item.record_id].state is not State.VOID


def test_no_course_of_a_complaint_loses_a_clock_a_number_or_an_event(desk_of: Make) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: Course(desk_of()),
        settings=settings(
            max_examples=10,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
