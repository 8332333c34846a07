"""A clerk who does anything at any time, and takes back at will, leaves a sound file."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.errors import StorageFault
from desktop.rules.casefiles import CaseState
from desktop.rules.complaints import WRITTEN, Identity, Outcome, Ruling, State
from desktop.rules.faults import Faults, NotPermitted
from desktop.rules.links import LinkKind
from desktop.usecases import assessments, casefiles, letters, links, points, today
from desktop.usecases.links import LinkDraft, MergeDraft
from desktop.usecases.points import PointDraft
from tests.usecases.desk import ACTING, TODAY, Desk, Make, at
from tests.usecases.test_assessment_line import open_round, score

Act = Callable[[Desk, int, int], Any]

#: What a clerk may try, on any record and with any date of the last days.
ACTS: dict[str, Act] = {
    "register": lambda d, n, k: d.register(at(TODAY - timedelta(days=k % 4))),
    "anonymous": lambda d, n, k: d.anonymous(),
    "accept": lambda d, n, k: d.decide(n, Ruling.ACCEPT),
    "move": lambda d, n, k: d.decide(n, Ruling.TRANSFER),
    "reject": lambda d, n, k: d.decide(n, Ruling.REFUSE),
    "transfer": lambda d, n, k: d.transfer(n, at(TODAY - timedelta(days=k % 3))),
    "refuse": lambda d, n, k: d.refuse(n),
    "interim": lambda d, n, k: d.interim(n, at(TODAY - timedelta(days=k % 5))),
    "acceptance": lambda d, n, k: d.tell_acceptance(n, at(TODAY - timedelta(days=k % 3))),
    "chase": lambda d, n, k: d.chase(n),
    "extend": lambda d, n, k: d.extend(n, at(TODAY - timedelta(days=k % 2))),
    "propose": lambda d, n, k: d.propose(n, at(TODAY - timedelta(days=k % 3))),
    "pause": lambda d, n, k: d.pause(n, at(TODAY - timedelta(days=k % 3))),
    "resume": lambda d, n, k: d.resume(n, at(TODAY - timedelta(days=k % 2))),
    "find": lambda d, n, k: d.find(n, Outcome.UNPROVEN if k % 4 == 1 else Outcome.PROVEN),
    "answer": lambda d, n, k: d.answer(n),
    "close": lambda d, n, k: d.close(n),
    "archive": lambda d, n, k: d.archive(n),
    "undo_with_reason": lambda d, n, k: d.undo_last(n),
    "link": lambda d, n, k: links.link(
        d.office, n, LinkDraft(str(1 + k % 2), LinkKind.RELATED), ACTING
    ),
    "merge": lambda d, n, k: links.merge(d.office, n, MergeDraft(str(1 + k % 3), TODAY), ACTING),
    "unlink": lambda d, n, k: links.unlink(d.office, n, d.seen(n).links[-1].id, "关联错了", ACTING),
    "points": lambda d, n, k: points.save(
        d.office, n, [PointDraft(f"诉求{i}") for i in range(k % 3)], ACTING
    ),
    "open_case": lambda d, n, k: d.open_case(complaint=n if k % 2 else None),
    "evidence": lambda d, n, k: d.evidence(n),
    "notice": lambda d, n, k: d.notice(n, d.case(n).people[k % len(d.case(n).people)].id),
    "withdraw": lambda d, n, k: d.withdraw_evidence(n, d.case(n).evidence[-1].id),
    "withdraw_hearing": lambda d, n, k: d.withdraw_hearing(n, d.case(n).hearings[-1].id),
    "refer": lambda d, n, k: d.refer(n),
    "hear": lambda d, n, k: d.hear(n, d.case(n).people[k % len(d.case(n).people)].id),
    "hear_all": lambda d, n, k: d.hear_all(n),
    "divide": lambda d, n, k: d.divide(n, ("approved", "unapproved", "collective")[k % 3]),
    "sanction": lambda d, n, k: d.sanction(n, str(1 + k % 5), "据情节"),
    "approve": lambda d, n, k: d.approve(n),
    "revise": lambda d, n, k: casefiles.revise(
        d.office, n, d.case_draft(people=d.case_draft().people[: 1 + k % 2]), ACTING
    ),
    "decide_case": lambda d, n, k: d.decide_case(n),
    "serve": lambda d, n, k: d.serve(n, d.case(n).letters[-1].id if d.case(n).letters else 0),
    "rectify": lambda d, n, k: d.rectify(n),
    "report": lambda d, n, k: d.report(n),
    "close_case": lambda d, n, k: d.close_case(n, "无需整改"),
    "round": lambda d, n, k: open_round(d, units=(1,)),
    "score": lambda d, n, k: score(d, n, str(k % 21)),
    "grade": lambda d, n, k: assessments.grade(d.office, n, TODAY, ACTING),
    "case_of_round": lambda d, n, k: d.open_case(round_unit=n),
    "undo": lambda d, n, k: d.take_back(max(1, d.last_event() - k % 6)),
    "undo_last": lambda d, n, k: d.take_back(),
}
WALK = st.lists(
    st.tuples(st.sampled_from(list(ACTS)), st.integers(1, 2), st.integers(0, 11)), max_size=40
)
#: A good way through, into which the random acts are strewn.
LINE = """
register accept find interim open_case evidence hear_all divide sanction approve decide_case
serve rectify serve report close_case answer close archive round score grade case_of_round
""".split()  # noqa: SIM905 - a line of work reads as a line


@given(WALK, st.integers(0, 40))
@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_tried_the_file_stays_sound(
    desk_of: Make, walk: list[tuple[str, int, int]], among: int
) -> None:
    desk = desk_of()
    line = [(name, 1, 3) for name in LINE]
    for name, number, k in line[:among] + walk + line[among:]:
        events = desk.count("event")
        try:
            ACTS[name](desk, number, k)
        except (
            Faults,
            NotPermitted,
            LookupError,
            ZeroDivisionError,
        ):  # ZeroDivision: nobody in the case
            assert desk.count("event") == events or name == "hear_all"
        except StorageFault as error:
            if error.code != "not_undoable":
                raise
            assert desk.count("event") == events
        else:
            # nobody to hear in a case whose opening was taken back
            assert desk.count("event") >= events + 1 or name == "hear_all"
    check_file(desk)
    check_complaints(desk)
    check_cases(desk)
    check_rounds(desk)
    assert len(today.agenda(desk.office, TODAY)) >= 0


def check_file(desk: Desk) -> None:
    """Numbers without a gap, revisions without a gap, no reference into nothing."""
    db = desk.office.db
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    for series in ("complaint", "case_file"):
        serials = [r[0] for r in db.execute(f"SELECT serial FROM {series} ORDER BY serial")]
        assert serials == list(range(1, len(serials) + 1))
    for (series,) in db.execute("SELECT DISTINCT series FROM letter").fetchall():
        serials = [
            r[0]
            for r in db.execute("SELECT serial FROM letter WHERE series = ? ORDER BY 1", [series])
        ]
        assert serials == list(range(1, len(serials) + 1))
    for letter, _ in db.execute("SELECT id, void FROM letter").fetchall():
        assert letters.pdf(desk.office, letter).startswith(b"%PDF")
    gaps = db.execute(
        "SELECT tbl, row_id FROM event_change GROUP BY tbl, row_id "
        "HAVING count(*) <> max(rev) OR min(rev) <> 1"
    ).fetchall()
    assert gaps == []


def check_complaints(desk: Desk) -> None:
    """A complaint's dates and outcome are those of its standing steps."""
    for (number,) in desk.office.db.execute("SELECT id FROM complaint WHERE void = 0").fetchall():
        seen = desk.seen(number)
        days: dict[str, list[Any]] = {}
        for step in seen.steps:
            days.setdefault(step.step, []).append(step.day)
        told = [d for s in WRITTEN for d in days.get(s, [])]
        if seen.standing.identity is Identity.ANONYMOUS:
            told = []  # an extension was told to a unit
        assert seen.complaint.told_in_writing == min(told, default=None)
        assert seen.complaint.transferred == min(days.get("transfer", []), default=None)
        assert seen.complaint.refusal_told == min(days.get("refuse", []), default=None)
        assert (seen.complaint.outcome is not None) == ("find" in days)
        assert (seen.complaint.ruling is not None) == ("decide" in days)
        assert (seen.state in (State.CLOSED, State.ARCHIVED)) == ("close" in days)
        assert (seen.state is State.ARCHIVED) == ("archive" in days) == (seen.archive is not None)
        pauses, resumes = days.get("pause", []), days.get("resume", [])
        assert len(pauses) - len(resumes) == (seen.complaint.paused is not None)
        assert seen.complaint.paused in (None, *pauses[-1:])
        often = ("interim", "chase", "extension", "propose", "pause", "resume")
        assert all(len(d) == 1 for s, d in days.items() if s not in often)
        standing = {x.id for x in seen.letters if not x.void}
        assert {s.letter for s in seen.steps if s.letter} == standing


def out_of(desk: Desk, case: int) -> set[int]:
    """Persons taken out of a case after they were told of the hearing."""
    sql = "SELECT id FROM case_person WHERE case_file = ? AND void = 1"
    return {r[0] for r in desk.office.db.execute(sql, [case]).fetchall()}


def check_cases(desk: Desk) -> None:
    """A decided case still holds everything it was decided on, and its origin."""
    for (number,) in desk.office.db.execute("SELECT id FROM case_file WHERE void = 0").fetchall():
        seen = desk.case(number)
        decisions = [x for x in seen.letters if x.kind == "decision" and not x.void]
        assert len(decisions) == (seen.state is not CaseState.OPEN)
        assert {x.person for x in seen.notices} <= {p.id for p in seen.people} | out_of(
            desk, number
        )
        sent = [h.letter.id for h in seen.handovers if h.letter]
        assert sorted(sent) == [x.id for x in seen.letters if x.kind == "referral" and not x.void]
        if seen.state is not CaseState.OPEN:
            assert all(r.done for r in seen.requirements)
            assert {s.case_person for s in seen.sanctions} <= {p.id for p in seen.people} | {None}
        if seen.state in (CaseState.SERVED, CaseState.RECTIFIED, CaseState.CLOSED):
            assert decisions[0].id in {s.letter for s in seen.services}
        for service in seen.services:
            assert service.letter in {x.id for x in seen.letters if not x.void}
        if seen.case.complaint is not None:
            origin = desk.seen(seen.case.complaint)
            assert origin.state is not State.VOID
            assert origin.complaint.outcome == Outcome.PROVEN
            assert origin.complaint.case_id == number


def check_rounds(desk: Desk) -> None:
    """A fixed grade has all its scores and one standing letter."""
    for (number,) in desk.office.db.execute(
        "SELECT id FROM assessment_round WHERE void = 0"
    ).fetchall():
        for row in assessments.view(desk.office, number).units:
            standing = desk.count(
                "letter", f"subject = 'round_unit' AND subject_id = {row.unit.id} AND void = 0"
            )
            assert standing == (row.unit.graded is not None)
            if row.unit.graded is not None:
                assert row.result.complete
                assert row.graded == row.result.grade


def test_the_good_way_alone_reaches_every_end(desk: Desk) -> None:
    for name in LINE:
        ACTS[name](desk, 1, 3)
    assert desk.seen(1).state is State.ARCHIVED
    assert desk.case(1).state is CaseState.CLOSED
    assert desk.count("assessment_round", "state = 'finished'") == 1
    with pytest.raises(NotPermitted):
        ACTS["close"](desk, 1, 3)
