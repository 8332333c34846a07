"""When a PC's clock is not believed."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.clockguard import Doubt, suspicion

LAST, BUILT = datetime(2026, 11, 20, 9, 30), date(2026, 11, 1)


@pytest.mark.parametrize(
    ("now", "doubt"),
    [
        (LAST, None),
        (LAST - timedelta(minutes=5), None),
        (LAST - timedelta(minutes=5, seconds=1), Doubt.BEHIND),
        (LAST + timedelta(days=45), None),
        (LAST + timedelta(days=45, seconds=1), Doubt.AHEAD),
        (datetime(2026, 10, 31, 23, 59), Doubt.BEFORE_BUILD),
        (datetime(1980, 1, 1), Doubt.BEFORE_BUILD),
        (datetime(2026, 11, 1), Doubt.BEHIND),
    ],
)
def test_cases(now: datetime, doubt: Doubt | None) -> None:
    found = suspicion(now, LAST, BUILT)
    assert (found.doubt if found else None) is doubt


def test_a_new_file_is_compared_with_the_build_date_only() -> None:
    assert suspicion(datetime(2040, 1, 1), None, BUILT) is None
    found = suspicion(datetime(2026, 10, 1), None, BUILT)
    assert found is not None
    assert found.against == datetime(2026, 11, 1)


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)),
    st.datetimes(datetime(2026, 11, 1), datetime(2060, 1, 1)),
)
def test_believed_only_between_the_bounds(now: datetime, last: datetime) -> None:
    believed = suspicion(now, last, BUILT) is None
    near = last - timedelta(minutes=5) <= now <= last + timedelta(days=45)
    assert believed == (near and now.date() >= BUILT)
