"""What is asked all day long costs no more in a register grown old: only the open ones are many."""

from collections.abc import Callable, Iterator

import pytest

from db.queries import complaints, lists
from desktop.rules.complaints import State
from desktop.usecases import listing, today
from desktop.usecases.listing import By, Query
from desktop.usecases.office import Office
from tests.bench import data, register
from tests.bench.data import TODAY

#: As many open ones in both; closed ones in the larger are nine times as many.
SMALL, LARGE = data.OPEN + 200, data.OPEN + 1_800


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Office]]:
    folder = tmp_path_factory.mktemp("grown")
    for size in (SMALL, LARGE):
        data.make(folder / f"{size}.db", size)
    with (
        register.opened(folder / f"{SMALL}.db") as small,
        register.opened(folder / f"{LARGE}.db") as large,
    ):
        listing.counts(small, TODAY)
        listing.counts(large, TODAY)
        yield small, large


def steps(office: Office, work: Callable[[Office], object]) -> int:
    """Return how many hundreds of steps the database takes for some work."""
    count = 0

    def one() -> int:
        nonlocal count
        count += 1
        return 0

    office.db.conn.set_progress_handler(one, 100)
    try:
        work(office)
    finally:
        office.db.conn.set_progress_handler(None, 100)
    return count


def plan(office: Office, sql: str) -> str:
    rows = office.db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    return "\n".join(str(row[3]) for row in rows)


def test_the_first_tab_does_not_walk_over_closed_complaints(
    offices: tuple[Office, Office],
) -> None:
    small, large = (steps(office, lambda o: today.agenda(o, TODAY)) for office in offices)
    closed = LARGE - SMALL
    # of a closed one at most its entry among those that wait to be filed is counted
    assert large - small < closed * 10 / 100 + small / 4
    office = offices[1]
    assert "complaint_origin_waits" in plan(office, complaints.AWAITED)
    unfiled = plan(office, f"SELECT count(*) {complaints.UNFILED}")
    assert "complaint_unfiled" in unfiled
    assert complaints.unfiled(office.db)[0] == LARGE - data.OPEN


@pytest.mark.parametrize("by", [By.GROUNDS, By.RECEIVER, By.NUMBER, By.RECEIVED, By.SUBJECT])
@pytest.mark.parametrize("states", [(), (State.CLOSED,), (State.ACCEPTED, State.TRANSFERRED)])
def test_every_line_of_an_order_is_found_where_it_stands(
    offices: tuple[Office, Office], by: By, states: tuple[State, ...]
) -> None:
    office = offices[1]
    for descending in (False, True):
        query = Query(by=by, states=states, descending=descending)
        source = listing._register(office, query, TODAY)
        whole = source.ids(0, source.count)
        assert len(set(whole)) == source.count > 50
        for at in (0, source.count // 2, source.count - 1):
            assert source.ids(at, 1) == [whole[at]]
            assert source.position(whole[at]) == at
        wanted = {state.value for state in states}
        found = complaints.some(office.db, whole)
        assert not wanted or {one.state for one in found} <= wanted
        key = {
            By.NUMBER: lambda one: (one.year, one.serial),
            By.RECEIVED: lambda one: (one.received, one.year, one.serial),
            By.SUBJECT: lambda one: (one.subject, one.year, one.serial),
        }.get(by)
        if key is not None:
            assert [one.id for one in sorted(found, key=key, reverse=descending)] == whole


def test_where_a_line_stands_is_not_found_by_walking_to_it(
    offices: tuple[Office, Office],
) -> None:
    for by in (By.RECEIVED, By.SUBJECT, By.IDENTITY, By.GROUNDS, By.RECEIVER, By.NUMBER):
        query = Query(by=by, descending=False)
        found = []
        for office in offices:
            source = listing._register(office, query, TODAY)
            first = source.ids(0, 1)[0]
            found.append(steps(office, lambda _o, s=source, f=first: s.position(f)))  # type: ignore[misc]
        assert found[1] <= found[0] + 2, by


def test_a_few_in_some_states_are_not_looked_for_among_all_the_others(
    offices: tuple[Office, Office],
) -> None:
    """Whatever the order, to its very end."""
    for by in By:
        query = Query(by=by, states=(State.ACCEPTED,), descending=False)
        each = []
        for office in offices:
            source = listing._register(office, query, TODAY)
            assert source.count > 50
            walked = steps(office, lambda _o, s=source: s.ids(0, s.count))  # type: ignore[misc]
            each.append(walked / source.count)
        assert each[1] < 1.3 * each[0], (by, each)


def test_what_was_never_asked_about_is_told_from_what_was(
    offices: tuple[Office, Office],
) -> None:
    office = offices[1]
    for by in (By.CLOCK, By.SATISFACTION):
        source = listing._register(office, Query(by=by), TODAY)
        assert len(set(source.ids(0, LARGE))) == source.count == LARGE
        (_having, _), (lacking, _) = source._parts
        assert "CORRELATED" not in plan(office, lacking.sql(lacking.id, descending=True))
    assert lists.dissatisfied(office.db) == 0
