"""Dates and numbers as official letters write them (GB/T 15835-2011); no layout, no templates."""

import datetime as dt

_DIGITS = "零一二三四五六七八九"


def long_date(day: dt.date) -> str:
    """Return 2026年1月5日: Arabic, the full year, no padding (GB/T 9704 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def hanzi_number(number: int) -> str:
    """Return 1…99 in Han digits: 一, 十, 十一, 二十, 九十九.

    Raises:
        ValueError: outside 1…99.
    """
    if not 1 <= number <= 99:
        raise ValueError(f"{number} is not between 1 and 99")
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


def hanzi_count(number: int) -> str:
    """Return a number that counts things: 两项 rather than 二项, Arabic from 11 on.

    Raises:
        ValueError: below 1.
    """
    if number < 1:
        raise ValueError(f"{number} cannot count anything")
    if number > 10:
        return str(number)
    return "两" if number == 2 else hanzi_number(number)
