"""What clerks type as a date is read, and nothing else is."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.text import format_date
from desktop.ui.common.forms.dates import NoSuchDay, parse_date, weekday

TODAY = date(2026, 11, 21)
_WRITTEN = (
    "{0:04d}-{1:02d}-{2:02d}",
    "{0:04d}-{1}-{2}",
    "{0:04d}.{1}.{2}",
    "{0:04d}/{1:02d}/{2:02d}",
    "{0:04d}年{1}月{2}日",
    "{0:04d}{1:02d}{2:02d}",
    " {0:04d} - {1} - {2} ",
)


@given(
    st.dates(min_value=date(1949, 10, 1), max_value=date(2199, 12, 31)), st.sampled_from(_WRITTEN)
)
def test_a_date_is_read_however_it_is_written(day: date, written: str) -> None:
    assert parse_date(written.format(day.year, day.month, day.day), TODAY) == day


@given(st.dates(min_value=date(1949, 10, 1), max_value=date(2199, 12, 31)))
def test_full_width_digits_are_read(day: date) -> None:
    wide = "".join(chr(ord(one) + 0xFEE0) if one.isdigit() else one for one in format_date(day))
    assert parse_date(wide, TODAY) == day


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.sampled_from("-./"))
def test_without_a_year_it_is_this_year(day: date, dash: str) -> None:
    assert parse_date(f"{day.month}{dash}{day.day}", TODAY) == day


@given(st.text(max_size=12))
def test_anything_else_is_refused_not_guessed(text: str) -> None:
    try:
        day = parse_date(text, TODAY)
    except ValueError:
        return
    if day is None:
        assert not text.strip()
    else:
        digits = [one for one in text if one.isdigit()]
        assert len(digits) >= 2 or text.strip()[-1] in "天日"


@pytest.mark.parametrize(
    ("word", "days"), [("今天", 0), ("昨天", -1), ("前天", -2), ("明天", 1), ("后天", 2)]
)
def test_words_count_from_today(word: str, days: int) -> None:
    assert parse_date(word, TODAY) == TODAY + timedelta(days=days)


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "20260431", "2月30日", "0000-01-01"])
def test_a_day_no_calendar_has_is_said_to_be_one(text: str) -> None:
    with pytest.raises(NoSuchDay):
        parse_date(text, TODAY)


@pytest.mark.parametrize("text", ["昨", "2026", "2026-11", "11月底", "26-11-21-", "1121", "x"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        parse_date(text, TODAY)


def test_the_weekday_is_named() -> None:
    assert weekday(TODAY) == "周六"
