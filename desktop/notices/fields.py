"""Checking the values given for a paper: all there, of the right type, no dead law."""

import datetime as dt
from collections.abc import Mapping, Sequence

from desktop.notices.kinds import FieldType, fields_of
from desktop.notices.model import Kind, LetterError
from frozen import dataclass

_T = FieldType


@dataclass(frozen=True, slots=True)
class FieldFault:
    """A value that cannot be used. ``code``: missing, empty, wrong-type, unknown, repealed."""

    field: str
    code: str
    detail: str = ""


class FieldFaults(LetterError):
    """Values given to :func:`compose` that cannot be used, all of them at once."""

    def __init__(self, faults: tuple[FieldFault, ...]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{f.field}: {f.code} {f.detail}".strip() for f in faults))


REPEALED = ("国家公务员暂行条例", "中华人民共和国行政监察法")
"""Acts no longer in force (replaced by 公务员法, 2006, and 监察法, 2018): no basis for a letter."""


def check_fields(kind: Kind, needed: Sequence[str], values: Mapping[str, object]) -> None:
    """Make sure that the values are there and of the right type.

    Raises:
        FieldFaults: naming every field at fault.
    """
    types = fields_of(kind)
    found = [_fault(name, types[name], values) for name in needed]
    if faults := tuple(fault for fault in found if fault is not None):
        raise FieldFaults(faults)


def _fault(name: str, wanted: FieldType, values: Mapping[str, object]) -> FieldFault | None:
    if name not in values:
        return FieldFault(name, "missing")
    value = values[name]
    if not _fits(value, wanted):
        return FieldFault(name, "wrong-type", type(value).__name__)
    if wanted in _NEVER_EMPTY and not _has_content(value):
        return FieldFault(name, "empty")
    if name == "basis" and (dead := next((act for act in REPEALED if act in str(value)), "")):
        return FieldFault(name, "repealed", dead)
    return None


_NEVER_EMPTY = (_T.TEXT, _T.ITEMS, _T.SITUATIONS, _T.SCORES, _T.ADDRESSES)
_TUPLES = {_T.SITUATIONS: 2, _T.SCORES: 3, _T.PEOPLE: 3, _T.ADDRESSES: 3}


def _has_content(value: object) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def _fits(value: object, wanted: FieldType) -> bool:
    match wanted:
        case _T.TEXT | _T.OPTIONAL_TEXT:
            return isinstance(value, str)
        case _T.NUMBER:
            return isinstance(value, str) or _is_number(value)
        case _T.FLAG:
            return isinstance(value, bool)
        case _T.DATE | _T.OPTIONAL_DATE:
            return _is_date(value) or (value is None and wanted is _T.OPTIONAL_DATE)
        case _:
            return isinstance(value, list | tuple) and all(_is_item(v, wanted) for v in value)


def _is_item(value: object, wanted: FieldType) -> bool:
    """Tell whether a value may be an item of a sequence."""
    if wanted in (_T.TEXTS, _T.ITEMS):
        return isinstance(value, str)
    if not isinstance(value, list | tuple):
        return False
    if wanted is _T.TABLE:
        return all(isinstance(text, str) for text in value)
    return len(value) == _TUPLES[wanted]


def _is_number(value: object) -> bool:
    return hasattr(value, "__round__") and not isinstance(value, bool)


def _is_date(value: object) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)
