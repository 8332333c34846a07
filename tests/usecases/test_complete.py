"""What is derived is made anew in one go: it tells how far it is, and stopped it leaves no trace."""

from pathlib import Path

import pytest

from db.queries import clocks as kept
from desktop.usecases import derived, listing
from desktop.usecases import office as offices
from desktop.usecases.listing import Query
from desktop.usecases.office import Office
from desktop.usecases.session import unlock
from tests.bench import data
from tests.bench.password import PASSWORD

COUNT = 1_200
_TABLES = ("derived", "complaint_gram_data", "complaint_clock", "complaint_line")


class Stopped(Exception):
    """Somebody does not want to wait."""


@pytest.fixture(scope="module", name="path")
def _path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("complete") / "office.db"
    data.make(path, COUNT)
    return path


def opened(path: Path) -> Office:
    return offices.open_office(path, unlock(path, 1, PASSWORD))


def derived_rows(office: Office) -> dict[str, list[tuple[object, ...]]]:
    return {
        one: office.db.execute(f"SELECT * FROM {one} ORDER BY 1, 2").fetchall() for one in _TABLES
    }


def test_it_tells_how_far_it_is_and_nothing_where_nothing_is_to_do(path: Path) -> None:
    office = opened(path)
    word = data.words(5).words[0]
    before = listing.opening(office, Query(words=word), data.TODAY).count
    assert before
    kept.forget(office.db)
    told: list[float] = []
    derived.complete(office, data.TODAY, told.append)
    assert told[0] == 0.0
    assert told == sorted(told)
    assert len(set(told)) > 2
    assert told[-1] < 1.0
    assert listing.opening(office, Query(words=word), data.TODAY).count == before
    told.clear()
    derived.complete(office, data.TODAY, told.append)
    assert told == []
    office.close()


def test_stopped_anywhere_it_leaves_everything_as_it_was(path: Path) -> None:
    office = opened(path)
    kept.forget(office.db)
    times: list[float] = []
    derived.complete(office, data.TODAY, times.append)
    kept.forget(office.db)
    before = derived_rows(office)
    assert before["derived"] == []
    for place in range(len(times)):
        calls: list[float] = []

        def tell(share: float, place: int = place, calls: list[float] = calls) -> None:
            calls.append(share)
            if len(calls) > place:
                raise Stopped

        with pytest.raises(Stopped):
            derived.complete(office, data.TODAY, tell)
        assert len(calls) == place + 1
        assert derived_rows(office) == before
        assert not office.db.conn.in_transaction
    derived.complete(office, data.TODAY, times.append)
    assert derived_rows(office)["derived"]
    office.close()
