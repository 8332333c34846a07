"""The sample office shows every letter as an office would sign it, and its day on two pages."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from desktop.rules.complaints import State, Step
from desktop.usecases import identity, letterbook, letters, listing, sheets
from desktop.usecases import office as offices
from desktop.usecases.listing import Press, Query
from desktop.usecases.office import Acting, Office
from desktop.usecases.sample import SAMPLE_PASSWORD, make_sample
from desktop.usecases.session import unlock
from tests.pdftext import text_of

DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    path: Path = tmp_path_factory.mktemp("sample") / "示例单位.db"
    make_sample(path, DAY)
    office = offices.open_office(path, unlock(path, 1, SAMPLE_PASSWORD))
    yield office
    office.close()


def test_a_making_that_broke_off_does_not_hinder_the_next(tmp_path: Path) -> None:
    path = tmp_path / "sample.db"

    def break_off(done: int, _total: int) -> None:
        if done == 3:
            for end in ("", "-wal"):
                copy = Path(f"{tmp_path / 'sample.making.db'}{end}")
                left[end] = copy.read_bytes()
            raise KeyboardInterrupt

    left: dict[str, bytes] = {}
    with pytest.raises(KeyboardInterrupt):
        make_sample(path, DAY, break_off)
    assert left["-wal"]
    for end, content in left.items():
        Path(f"{tmp_path / 'sample.making.db'}{end}").write_bytes(content)

    def enough(done: int, _total: int) -> None:
        if done == 3:
            raise StopAsyncIteration

    with pytest.raises(StopAsyncIteration):  # it got as far as the other one
        make_sample(path, DAY, enough)
    assert not list(tmp_path.glob("sample.making.db*"))


def test_there_is_a_letter_of_every_kind_and_each_keeps_the_standard(sample: Office) -> None:
    rows = letterbook.book(sample)
    assert {row.letter.kind for row in rows} == set(letters.SERIES)
    off = [
        (row.letter.number, finding.code)
        for row in rows
        for finding in letters.findings(row.letter)
        if not finding.code.startswith("note.")
    ]
    assert off == []


def test_a_transfer_goes_to_another_unit_and_speaks_for_nobody(sample: Office) -> None:
    rows = [row for row in letterbook.book(sample) if row.letter.kind == "transfer"]
    assert len({row.addressee for row in rows}) > 2
    for row in rows:
        text = text_of(letters.pdf(sample, row.letter.id))
        told = re.search(r"反映的主要情况(.*)所涉事由", text)
        assert told is not None
        assert "我" not in told[1]
        accused = re.search(r"被反映的单位或者人员：(.*?)(?:[局府司院]|。)", text)
        assert accused is not None
        assert not row.addressee.startswith(accused[1])


def test_the_day_is_on_two_pages(sample: Office) -> None:
    pdf = sheets.agenda_sheet(sample, Acting(1, "王敏", datetime(2026, 11, 20, 9, 30)))
    assert len(pypdf.PdfReader(BytesIO(pdf)).pages) <= 2
    text = text_of(pdf)
    assert "已超期" in text
    assert "已逾期" not in text
    names = [
        identity.unseal(sample, name)
        for (name,) in sample.db.execute("SELECT name FROM complainant").fetchall()
    ]
    assert len(names) > 20
    assert not [name for name in names if name in text]


def test_every_state_of_the_course_is_there(sample: Office) -> None:
    counts = listing.counts(sample, DAY)
    assert counts.states[State.PROPOSED] == 1
    assert counts.states[State.ARCHIVED] == 9
    assert counts.states[State.CLOSED] == 12
    assert counts.paused == 1
    found = listing.opening(sample, Query(press=Press.PAUSED), DAY)
    (resting,) = found.pages[0]
    assert resting.next_step is Step.RESUME
    moved = sample.db.execute(
        "SELECT planned, due FROM complaint_clock WHERE credited > 0 AND paused IS NULL"
    ).fetchall()
    assert moved
    assert all(planned < due for planned, due in moved)


def test_the_log_goes_on_in_time(sample: Office) -> None:
    times = [at for (at,) in sample.db.execute("SELECT at FROM event ORDER BY seq").fetchall()]
    assert times == sorted(times)
