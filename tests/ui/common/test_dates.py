"""What clerks type as a date is read, and nothing else is."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.text import format_date
from desktop.ui.common.forms.dates import (
    DateEditor,
    NoSuchDay,
    YearUnclear,
    parse_date,
    weekday,
)
from tests.ui.desk import commit

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


_NUMERALS = "〇一二三四五六七八九"


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return head + (_NUMERALS[ones] if ones else "")


@given(st.dates(min_value=date(1949, 10, 1), max_value=date(2199, 12, 31)))
def test_chinese_numerals_are_read(day: date) -> None:
    year = "".join(_NUMERALS[int(one)] for one in str(day.year))
    said = f"{_numeral(day.month)}月{_numeral(day.day)}日"
    assert parse_date(f"{year}年{said}", TODAY) == day
    if (day.month, day.day) != (2, 29):
        assert parse_date(said, TODAY) == day.replace(year=TODAY.year)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二零二六年十一月十八号", date(2026, 11, 18)),
        ("二○二六年十一月廿八日", date(2026, 11, 28)),
        ("2026年十二月卅一日", date(2026, 12, 31)),
        ("二六年一月十日", date(2026, 1, 10)),
        ("26年11月18日", date(2026, 11, 18)),
        ("２６．１１．１８", date(2026, 11, 18)),
        ("15.3.2", date(2015, 3, 2)),
    ],
)
def test_numerals_and_short_years_as_clerks_mix_them(text: str, day: date) -> None:
    assert parse_date(text, TODAY) == day


@given(st.dates(date(2025, 12, 1), date(2027, 1, 31)), st.sampled_from("-./"))
def test_a_year_of_two_digits_is_read_in_front_or_asked_for(day: date, dash: str) -> None:
    written = f"{day.year % 100:02d}{dash}{day.month}{dash}{day.day}"
    try:
        assert parse_date(written, TODAY) == day
    except YearUnclear:
        assert day.year != TODAY.year
        assert day.day == TODAY.year % 100


@pytest.mark.parametrize("text", ["18.11.26", "8/11/26", "11-18-26", "25.11.26"])
def test_where_the_year_may_stand_last_it_is_asked_for(text: str) -> None:
    with pytest.raises(YearUnclear) as unclear:
        parse_date(text, TODAY)
    assert unclear.value.likely.year == TODAY.year


@pytest.mark.parametrize(
    "text", ["二百年十一月一日", "十一月初八", "十十月一日", "1.2.3", "正月一日"]
)
def test_numerals_that_are_no_date_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        parse_date(text, TODAY)


def test_an_unclear_year_is_asked_for_in_a_sentence(qtbot: QtBot) -> None:
    editor = DateEditor(TODAY)
    qtbot.addWidget(editor)
    editor.set_value("18.11.26")
    assert editor.problem() == (
        "“18.11.26”分不清哪个数是年；请按年、月、日的顺序写，年写四位，例如 2026-11-18。"
    )
    editor.set_value("二〇二六年十一月十八日")
    editor.line.editingFinished.emit()
    assert editor.line.text() == "2026-11-18"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("11-31", "没有这一天"),
        ("18.11.26", "分不清哪个数是年"),
        ("去年冬天", "看不出是哪一天"),
        ("11-18", ""),
        ("", ""),
    ],
)
def test_what_is_no_date_is_said_when_the_line_is_left(qtbot: QtBot, text: str, said: str) -> None:
    editor = DateEditor(TODAY)
    other = QLineEdit()
    page = QWidget()
    column = QVBoxLayout(page)
    column.addWidget(editor)
    column.addWidget(other)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    editor.line.setFocus()
    qtbot.waitUntil(editor.line.hasFocus)
    commit(editor.line, text)
    assert editor.oddity() == ""  # who is still typing is not disturbed
    QTest.keyClick(editor.line, Qt.Key.Key_Tab)
    assert editor.oddity() == said
    editor.set_faulty(True)
    assert editor.oddity() == ""  # the sentence below says it
    editor.set_faulty(False)
    editor.line.setText("11-3")
    assert editor.oddity() == ""


def test_the_weekday_is_named() -> None:
    assert weekday(TODAY) == "周六"
