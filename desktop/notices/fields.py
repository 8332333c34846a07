"""What each kind of paper has to be told: field names, their types, and what it must mention."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from desktop.notices.model import Kind, LetterError


class FieldType(Enum):
    """The type of a field's value."""

    TEXT = auto()
    OPTIONAL_TEXT = auto()  # may be empty
    DATE = auto()
    OPTIONAL_DATE = auto()  # None: not fixed, or to be written by hand
    TEXTS = auto()  # sequence of texts, may be empty
    ITEMS = auto()  # sequence of texts, at least one
    SITUATIONS = auto()  # sequence of (text, article), at least one
    SCORES = auto()  # sequence of (block, points, full marks), at least one
    NUMBER = auto()  # int, Decimal, float or text


_T = FieldType
ALWAYS: Mapping[str, FieldType] = {
    "office": _T.TEXT,
    "mark": _T.TEXT,
    "number": _T.OPTIONAL_TEXT,
    "dated": _T.DATE,
}
"""Fields the program itself prints on every paper; templates need not declare them."""
COMMON: Mapping[str, FieldType] = {
    "contact": _T.OPTIONAL_TEXT,
    "telephone": _T.OPTIONAL_TEXT,
    "address": _T.OPTIONAL_TEXT,
    "complaint_number": _T.OPTIONAL_TEXT,
    "received": _T.DATE,
    "channel": _T.OPTIONAL_TEXT,
    "subject": _T.TEXT,
    "addressee": _T.TEXT,
    "basis": _T.TEXT,
    "remedy": _T.OPTIONAL_TEXT,
}
"""Fields any letter may use."""


@dataclass(frozen=True, slots=True)
class KindFields:
    """The fields of one kind beside the common ones, and those its template must mention."""

    own: Mapping[str, FieldType]
    must_mention: frozenset[str]


KINDS: Mapping[Kind, KindFields] = {
    Kind.TRANSFER: KindFields(
        {
            "receiver": _T.TEXT,
            "summary": _T.TEXT,
            "demands": _T.OPTIONAL_TEXT,
            "reply_by": _T.OPTIONAL_DATE,
            "grounds": _T.TEXTS,
            "accused": _T.OPTIONAL_TEXT,
        },
        frozenset({"receiver", "received", "complaint_number", "summary", "reply_by", "basis"}),
    ),
    Kind.REFUSAL: KindFields(
        {"reason": _T.TEXT, "channel_hint": _T.OPTIONAL_TEXT},
        frozenset(
            {"addressee", "received", "subject", "reason", "basis", "channel_hint", "remedy"}
        ),
    ),
    Kind.INTERIM: KindFields(
        {"progress": _T.TEXT, "next": _T.TEXT, "expected": _T.OPTIONAL_DATE},
        frozenset({"addressee", "received", "subject", "progress", "next", "expected", "basis"}),
    ),
    Kind.RESULT: KindFields(
        {"findings": _T.TEXT, "outcome": _T.TEXT, "handling": _T.TEXT},
        frozenset(
            {
                "addressee",
                "received",
                "subject",
                "findings",
                "outcome",
                "handling",
                "basis",
                "remedy",
            }
        ),
    ),
    Kind.DECISION: KindFields(
        {
            "unit": _T.TEXT,
            "facts": _T.TEXT,
            "situations": _T.SITUATIONS,
            "hearing": _T.TEXT,
            "responsibilities": _T.ITEMS,
            "sanctions": _T.TEXTS,  # empty where only other authorities can act
            "recommendations": _T.TEXTS,
            "rectify_by": _T.OPTIONAL_DATE,
            "report_to": _T.TEXT,
            "copied_to": _T.TEXTS,
        },
        frozenset(
            {
                "unit",
                "facts",
                "situations",
                "hearing",
                "responsibilities",
                "sanctions",
                "recommendations",
                "rectify_by",
                "report_to",
                "basis",
                "remedy",
            }
        ),
    ),
    Kind.RECTIFICATION: KindFields(
        {
            "unit": _T.TEXT,
            "problems": _T.ITEMS,
            "requirements": _T.ITEMS,
            "rectify_by": _T.DATE,
            "report_to": _T.TEXT,
        },
        frozenset({"unit", "problems", "requirements", "rectify_by", "report_to", "basis"}),
    ),
    Kind.ASSESSMENT: KindFields(
        {
            "unit": _T.TEXT,
            "round_name": _T.TEXT,
            "year": _T.NUMBER,
            "scores": _T.SCORES,
            "total": _T.NUMBER,
            "full": _T.NUMBER,
            "grade": _T.TEXT,
            "consequence": _T.OPTIONAL_TEXT,
            "problems": _T.TEXTS,
            "local_note": _T.TEXT,
        },
        frozenset(
            {"unit", "round_name", "year", "scores", "total", "full", "grade", "consequence"}
            | {"problems", "local_note", "basis"}
        ),
    ),
    Kind.RECEIPT: KindFields(
        {
            "document_title": _T.TEXT,
            "document_number": _T.OPTIONAL_TEXT,
            "recipient": _T.TEXT,
            "recipient_unit": _T.OPTIONAL_TEXT,
            "way": _T.OPTIONAL_TEXT,
            "place": _T.OPTIONAL_TEXT,
            "served_on": _T.OPTIONAL_DATE,
            "server": _T.OPTIONAL_TEXT,
            "witness": _T.OPTIONAL_TEXT,
            "remark": _T.OPTIONAL_TEXT,
        },
        frozenset({"document_title", "document_number", "recipient", "way", "place", "served_on"}),
    ),
}


@dataclass(frozen=True, slots=True)
class FieldFault:
    """A value that cannot be used. ``code``: missing, empty, wrong-type, repealed."""

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


def fields_of(kind: Kind) -> dict[str, FieldType]:
    """Return every field a template of this kind may use."""
    return {**ALWAYS, **COMMON, **KINDS[kind].own}


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
    if wanted in (_T.TEXT, _T.ITEMS, _T.SITUATIONS, _T.SCORES) and not _has_content(value):
        return FieldFault(name, "empty")
    if name == "basis" and (dead := next((act for act in REPEALED if act in str(value)), "")):
        return FieldFault(name, "repealed", dead)
    return None


def _has_content(value: object) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def _fits(value: object, wanted: FieldType) -> bool:
    if wanted in (_T.TEXT, _T.OPTIONAL_TEXT):
        return isinstance(value, str)
    if wanted is _T.NUMBER:
        return isinstance(value, str) or _is_number(value)
    if wanted in (_T.DATE, _T.OPTIONAL_DATE):
        return _is_date(value) or (value is None and wanted is _T.OPTIONAL_DATE)
    if not isinstance(value, list | tuple):
        return False
    if wanted in (_T.TEXTS, _T.ITEMS):
        return all(isinstance(item, str) for item in value)
    parts = 2 if wanted is _T.SITUATIONS else 3
    return all(isinstance(item, list | tuple) and len(item) == parts for item in value)


def _is_number(value: object) -> bool:
    return hasattr(value, "__round__") and not isinstance(value, bool)


def _is_date(value: object) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)
