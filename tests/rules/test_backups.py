"""Which backups are kept: what the rule promises holds for any times."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.backups import drill_due, kept

TIMES = st.lists(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 12, 31)), min_size=1, max_size=120
)


@given(TIMES)
def test_the_newest_and_one_of_every_year_stay(times: list[datetime]) -> None:
    stay = kept(times)
    assert stay <= set(times)
    assert max(times) in stay
    assert {t.year for t in stay} == {t.year for t in times}


@given(TIMES)
def test_no_more_stay_than_promised_and_doing_it_again_removes_nothing(
    times: list[datetime],
) -> None:
    stay = kept(times)
    assert len(stay) <= 24 + 14 + 8 + 12 + len({t.year for t in times})
    assert kept(stay) == stay


@given(TIMES)
def test_the_last_days_weeks_and_months_are_all_there(times: list[datetime]) -> None:
    stay = kept(times)
    for count, span in (
        (14, lambda t: t.date()),
        (8, lambda t: t.isocalendar()[:2]),
        (12, lambda t: (t.year, t.month)),
    ):
        wanted = sorted({span(t) for t in times}, reverse=True)[:count]
        assert set(wanted) <= {span(t) for t in stay}


def test_a_year_of_hourly_backups_pruned_after_each() -> None:
    stay: set[datetime] = set()
    at = datetime(2025, 11, 20, 8)
    end = datetime(2026, 11, 20, 17)
    while at <= end:
        if 8 <= at.hour <= 17 and at.weekday() < 5:
            stay = set(kept({*stay, at}))
        at += timedelta(hours=1)
    assert max(stay) == end
    assert len({t.date() for t in stay if t > end - timedelta(days=20)}) >= 14
    assert len({(t.year, t.month) for t in stay}) >= 12
    assert len(stay) <= 24 + 14 + 8 + 12 + 2


@given(TIMES, TIMES)
def test_points_to_go_back_to_stay_two_weeks(times: list[datetime], points: list[datetime]) -> None:
    every = [*times, *points]
    stay = kept(every, points)
    fresh = {p for p in points if max(every) - p <= timedelta(days=14)}
    assert fresh <= stay <= set(every)
    assert stay - fresh <= kept(every)


def test_a_drill_is_due_after_a_month() -> None:
    begun = datetime(2026, 10, 1)
    assert not drill_due(None, begun, begun + timedelta(days=31))
    assert drill_due(None, begun, begun + timedelta(days=32))
    assert not drill_due(datetime(2026, 11, 1), begun, datetime(2026, 11, 20))
