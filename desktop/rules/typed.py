"""Checks of typed text, dates and rows that every form shares: what may be kept, what is refused."""

import unicodedata
from datetime import date

from desktop.rules.faults import Fault, fault

#: Limits of this program (not of any regulation): a line of a form, and a long text.
LINE = 200
NAME = 60
LONG = 20_000
#: Years ahead within which a due date must lie; what lies beyond is a slip of the key.
HORIZON = 10

_HIDDEN = frozenset("\u200b\u200c\u200d\u2060\u2063\ufeff\u00ad")
_BIDI = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_EMOJI = (
    (0x1F000, 0x1FAFF),
    (0x2600, 0x27BF),
    (0xFE00, 0xFE0F),
    (0xE0000, 0xE01EF),
    (0x2B00, 0x2BFF),
)


def clean(text: str) -> str:
    """Return text as it is kept: NFC, one kind of line end, no blanks at the ends of lines."""
    whole = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.rstrip() for line in whole.replace("\t", "　").split("\n")).strip()


def check_text(
    field: str, text: str, *, required: bool = False, limit: int = LINE, lines: bool = False
) -> Fault | None:
    """Check one typed text.

    Args:
        field: key of the field.
        text: what was typed.
        required: whether it may not be empty.
        limit: most characters allowed.
        lines: whether line breaks are allowed.

    Returns:
        The fault, or None.
    """
    text = clean(text)
    if required and not text:
        return fault(field, "required")
    if len(text) > limit:
        return fault(field, "too_long", length=len(text), limit=limit)
    if not lines and "\n" in text:
        return fault(field, "line_break")
    return next((f for ch in text if (f := _check_character(field, ch)) is not None), None)


def _check_character(field: str, ch: str) -> Fault | None:
    code = f"U+{ord(ch):04X}"
    if ch in _HIDDEN or ch in _BIDI:
        return fault(field, "hidden_character", code=code)
    category = unicodedata.category(ch)
    if ch != "\n" and category in ("Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp"):
        return fault(field, "control_character", code=code)
    if any(low <= ord(ch) <= high for low, high in _EMOJI):
        return fault(field, "emoji", character=ch, code=code)
    return None


def check_date(
    field: str,
    day: date | None,
    today: date,
    *,
    required: bool = True,
    not_before: date | None = None,
    before_code: str = "before",
    future: bool = False,
) -> Fault | None:
    """Check one typed date: given, not in the future, not before the event it follows.

    Args:
        field: key of the field.
        day: what was typed.
        today: the day of typing.
        required: whether it may not be empty.
        not_before: the day of the event that must come first.
        before_code: the code to use if it lies before that day.
        future: whether a day after today is allowed (due dates).
    """
    if day is None:
        return fault(field, "required") if required else None
    if not future and day > today:
        return fault(field, "future", day=day, today=today)
    if day.year < 2000:
        return fault(field, "too_early", day=day)
    if day.year > today.year + HORIZON:
        return fault(field, "too_late", day=day)
    if not_before is not None and day < not_before:
        return fault(field, before_code, day=day, earliest=not_before)
    return None


def check_later(
    field: str, due: date | None, day: date | None, today: date, *, required: bool = False
) -> Fault | None:
    """Check one typed date by which something is due: it may lie ahead, but not before ``day``."""
    return check_date(field, due, today, required=required, not_before=day, future=True)
