"""What one cell of an old ledger says: texts as they are kept, days in every Chinese way, numbers.

A cell that can not be read is a fault with its facts, never a guess that nobody sees.
"""

import re
import unicodedata
from datetime import date, timedelta

from desktop.rules import typed
from desktop.rules.faults import Fault, fault

#: What a cell may hold once it was read: text, a whole or a broken number, yes or no, or nothing.
#: A day comes as text in the form 2026-03-05, with the hour behind it if there is one.
Cell = str | int | float | bool | None

#: Numbers from here on have lost digits in a spreadsheet (it keeps fifteen).
EXACT = 10**15
#: Serial numbers of days that may be meant as days: 1990 to 2099.
_SERIALS = range(32874, 73051)
_SERIAL_ZERO = date(1899, 12, 30)
_SERIAL_ZERO_1904 = date(1904, 1, 1)

#: Only such characters: nothing to look at one by one.
_PLAIN = re.compile(
    "[ -~\n\u00b7\u2014\u2018\u2019\u201c\u201d\u2026\u3000-\u3003\u3005-\u3017\u4e00-\u9fff"
    "\uff01-\uff5e]*"
)
_PLAIN_LINE = re.compile(_PLAIN.pattern.replace("\n", ""))


#: Matches a text that is one line of characters that are kept as they are, whatever they stand by.
plain = _PLAIN_LINE.fullmatch


def cell_text(cell: Cell) -> str:
    """Return a cell as text: whole numbers without a point, nothing as an empty text."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT:
        return str(int(cell))
    return repr(cell) if isinstance(cell, float) else str(cell)


def lost_digits(field: str, cell: Cell) -> Fault | None:
    """Find a number that a spreadsheet has rounded: 18 digits of an ID do not survive in it."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= EXACT:
        return fault(field, "digits_lost", typed=f"{cell:.6g}")
    if isinstance(cell, str) and _ROUNDED.fullmatch(cell.strip()):
        return fault(field, "digits_lost", typed=cell.strip())
    return None


_ROUNDED = re.compile(r"\d(\.\d+)?[Ee]\+\d{1,2}")


def kept(cell: Cell) -> str:
    """Return a cell's text as it is kept; the same as ``typed.clean`` of it, only quicker."""
    text = cell_text(cell)
    if not text:
        return ""
    if "\r" in text or "\t" in text or "\n" in text:
        return typed.clean(text)
    return unicodedata.normalize("NFC", text).strip()


def check_kept(field: str, text: str, limit: int, *, lines: bool = False) -> Fault | None:
    """Check a text that is kept already; the same faults as ``typed.check_text``."""
    if len(text) <= limit and (lines or "\n" not in text) and _PLAIN.fullmatch(text):
        return None
    return typed.check_text(field, text, limit=limit, lines=lines)


def line(cell: Cell) -> str:
    """Return a cell's text on one line: a line break in a cell of one line is only layout."""
    text = kept(cell)
    return " ".join(text.split()) if "\n" in text else text


# ---- days --------------------------------------------------------------------------------------

_DIGITS = str.maketrans("〇○零０Ｏ一二三四五六七八九", "00000123456789")
_CHINESE = "〇○零一二三四五六七八九十廿卅元"
_WHOLE = re.compile(
    r"(\d{4}|\d{2})\s*[年./\-、，,]\s*(\d{1,2})\s*[月./\-、，,]\s*(\d{1,2})\s*[日号]?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NO_YEAR = re.compile(r"(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*[日号]?")
_NO_DAY = re.compile(r"(\d{4})\s*[年./\-]\s*(\d{1,2})\s*月?(份)?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[./\-]\s*(\d{1,2})\s*[./\-]\s*(\d{4})")
_OTHER_ERA = re.compile(r"(民国|佛历|康德|昭和|令和|平成|\b1[01]\d\s*[年./\-]\s*\d)")
_LUNAR = re.compile(r"(农历|阴历|旧历|正月|腊月|冬月|初[一二三四五六七八九十]|闰)")
_TAIL = re.compile(
    r"[\sT]*(\d{1,2}[:时点]\d{0,2}分?(:\d{1,2}(\.\d+)?)?秒?|上午|下午|早上|晚上|中午|凌晨|"
    r"[(（]?(星期|周|礼拜)[一二三四五六日天][)）]?|[.。;；])[\sZ]*$"
)


def read_day(
    field: str, cell: Cell, *, year: int = 0, epoch_1904: bool = False
) -> date | Fault | None:
    """Read a cell as a day.

    Args:
        field: key of the field.
        cell: what stands there.
        year: the year meant where none is written, 0 if nobody knows.
        epoch_1904: whether bare serial numbers count from 1904.

    Returns:
        The day, a fault, or None for an empty cell.
    """
    if isinstance(cell, bool):
        return fault(field, "not_a_day", typed=cell_text(cell))
    if isinstance(cell, int | float):
        return _read_serial(field, cell, epoch_1904)
    text = unicodedata.normalize("NFKC", cell or "").strip()
    if not text or text in _NOTHING:
        return None
    if len(text) == 10 and text[4] == text[7] == "-" and text.isascii():
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    if _LUNAR.search(text):
        return fault(field, "lunar_day", typed=text)
    if _OTHER_ERA.search(text):
        return fault(field, "other_era", typed=text)
    return _read_words(field, text, _plain_digits(_without_tail(text)), year)


#: What clerks write into a cell that has no day.
_NOTHING = frozenset(("-", "--", "—", "——", "/", "\\", "无", "暂无", "未", "空"))


def _without_tail(text: str) -> str:
    for _again in range(4):
        shorter = _TAIL.sub("", text).rstrip()
        if shorter == text or not shorter:
            return text
        text = shorter
    return text


def _read_serial(field: str, number: float, epoch_1904: bool) -> date | Fault:
    if isinstance(number, int) or number.is_integer():
        compact = _COMPACT.fullmatch(str(int(number)))
        if compact and 1900 <= int(compact[1]) < 2100:
            return _day(field, str(int(number)), int(compact[1]), int(compact[2]), int(compact[3]))
    zero = _SERIAL_ZERO_1904 if epoch_1904 else _SERIAL_ZERO
    if number == number and abs(number) < 200_000:
        days = int(number)
        if (days + 1462 if epoch_1904 else days) in _SERIALS:
            return zero + timedelta(days=days)
    return fault(field, "not_a_day", typed=cell_text(number))


def _plain_digits(text: str) -> str:
    """Write Chinese numerals as digits: 二〇二六年三月十五日 is 2026年3月15日."""
    if not any(ch in _CHINESE for ch in text):
        return text
    return re.sub(rf"[{_CHINESE}]+", lambda found: _number(found[0]), text)


def _number(words: str) -> str:
    words = words.replace("廿", "二十").replace("卅", "三十").replace("元", "一")
    if "十" not in words:
        return words.translate(_DIGITS)
    tens, _ten, ones = words.partition("十")
    return str(
        int((tens or "一").translate(_DIGITS)) * 10 + int((ones or "零").translate(_DIGITS) or 0)
        if "十" not in ones
        else 0
    )


def _read_words(field: str, written: str, text: str, year: int) -> date | Fault:
    if found := _WHOLE.fullmatch(text) or _COMPACT.fullmatch(text):
        whole = int(found[1]) + (2000 if len(found[1]) == 2 else 0)
        return _day(field, written, whole, int(found[2]), int(found[3]))
    if found := _YEAR_LAST.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        if first > 12 >= second:
            return _day(field, written, int(found[3]), second, first)
        if second > 12 >= first or first == second:
            return _day(field, written, int(found[3]), first, second)
        return fault(field, "day_or_month", typed=written)
    if _NO_DAY.fullmatch(text):
        return fault(field, "no_day", typed=written)
    if found := _NO_YEAR.fullmatch(text):
        if not year:
            return fault(field, "no_year", typed=written)
        return _day(field, written, year, int(found[1]), int(found[2]))
    return fault(field, "not_a_day", typed=written)


def _day(field: str, written: str, year: int, month: int, day: int) -> date | Fault:
    try:
        return date(year, month, day)
    except ValueError:
        return fault(field, "impossible_day", typed=written)
