"""What each kind of paper is told: its fields, their types, its shape and what it must mention."""

from collections.abc import Mapping
from enum import Enum, auto

from desktop.notices.model import Kind
from frozen import dataclass


class Shape(Enum):
    """Which record a filled template becomes."""

    LETTER = auto()
    FORM = auto()
    TABLE = auto()
    ENVELOPE = auto()
    LABELS = auto()


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
    FLAG = auto()  # bool
    PEOPLE = auto()  # sequence of (name, telephone, address), may be empty
    ADDRESSES = auto()  # sequence of (postcode, address, name), at least one
    TABLE = auto()  # sequence of rows, each a sequence of texts, may be empty


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
    """The fields of one kind beside the common ones, and those its template must mention.

    ``direct`` fields are used by the program itself; no wording mentions them.
    """

    own: Mapping[str, FieldType]
    must_mention: frozenset[str]
    shape: Shape = Shape.LETTER
    direct: frozenset[str] = frozenset()


KINDS: Mapping[Kind, KindFields] = {
    Kind.ACCEPTANCE: KindFields(
        {"handler": _T.OPTIONAL_TEXT, "answer_by": _T.OPTIONAL_DATE},
        frozenset({"addressee", "received", "complaint_number", "subject", "basis", "answer_by"}),
    ),
    Kind.CHASE: KindFields(
        {
            "receiver": _T.TEXT,
            "transferred": _T.DATE,
            "transfer_number": _T.OPTIONAL_TEXT,
            "due": _T.OPTIONAL_DATE,
            "times": _T.NUMBER,  # which reminder this is, from 1
            "reply_by": _T.DATE,
            "consequence": _T.OPTIONAL_TEXT,
        },
        frozenset(
            {"receiver", "transferred", "transfer_number", "complaint_number", "subject"}
            | {"due", "reply_by", "basis", "consequence"}
        ),
    ),
    Kind.EXTENSION: KindFields(
        {
            "reason": _T.TEXT,
            "progress": _T.OPTIONAL_TEXT,
            "due": _T.OPTIONAL_DATE,
            "new_due": _T.OPTIONAL_DATE,
            "approved_by": _T.OPTIONAL_TEXT,
        },
        frozenset(
            {"addressee", "received", "complaint_number", "subject", "reason", "due", "new_due"}
            | {"basis", "remedy"}
        ),
    ),
    Kind.PAUSE: KindFields(
        {
            "reason": _T.TEXT,
            "approved_by": _T.OPTIONAL_TEXT,
            "since": _T.DATE,
            "pause_basis": _T.OPTIONAL_TEXT,  # empty: the office's own decision
        },
        frozenset(
            {"addressee", "received", "complaint_number", "subject", "reason", "since"}
            | {"pause_basis"}
        ),
    ),
    Kind.RESUME: KindFields(
        {"reason": _T.TEXT, "since": _T.DATE, "resumed": _T.DATE, "days": _T.NUMBER},
        frozenset(
            {"addressee", "received", "complaint_number", "subject", "reason", "since"}
            | {"resumed", "days"}
        ),
    ),
    Kind.HEARING_NOTICE: KindFields(
        {
            "to_person": _T.FLAG,
            "facts": _T.TEXT,
            "situations": _T.SITUATIONS,
            "proposed": _T.ITEMS,
            "state_by": _T.DATE,
            "way": _T.OPTIONAL_TEXT,  # how and where to speak, as “当面陈述请到……”
        },
        frozenset({"addressee", "subject", "facts", "situations", "proposed", "basis", "state_by"}),
    ),
    Kind.REFERRAL: KindFields(
        {
            "receiver": _T.TEXT,
            "case_number": _T.OPTIONAL_TEXT,
            "accused": _T.TEXT,
            "facts": _T.TEXT,
            "reason": _T.TEXT,
            "materials": _T.TEXTS,
            "reply_by": _T.OPTIONAL_DATE,
        },
        frozenset({"receiver", "subject", "accused", "facts", "reason", "materials", "basis"}),
    ),
    Kind.TRANSFER: KindFields(
        {
            "receiver": _T.TEXT,
            "summary": _T.TEXT,
            "demands": _T.OPTIONAL_TEXT,
            "reply_by": _T.OPTIONAL_DATE,
            "grounds": _T.TEXTS,
            "accused": _T.OPTIONAL_TEXT,
            "upheld": _T.OPTIONAL_TEXT,  # why, where the receiver's objection was not followed
            "former_day": _T.OPTIONAL_DATE,
            "former_number": _T.OPTIONAL_TEXT,
            "objected": _T.OPTIONAL_DATE,
            "objection_number": _T.OPTIONAL_TEXT,
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
    Kind.ORIGIN_REPLY: KindFields(
        {
            "receiver": _T.TEXT,
            "origin_number": _T.OPTIONAL_TEXT,
            "origin_day": _T.OPTIONAL_DATE,
            "progress": _T.TEXT,
            "result": _T.OPTIONAL_TEXT,
        },
        frozenset(
            {"receiver", "origin_number", "origin_day", "received", "complaint_number", "subject"}
            | {"progress", "result"}
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
        Shape.FORM,
    ),
    Kind.APPROVAL_SHEET: KindFields(
        {
            "identity": _T.OPTIONAL_TEXT,  # 实名, 匿名 or 联名; never a name
            "accused": _T.OPTIONAL_TEXT,
            "grounds": _T.TEXTS,
            "summary": _T.TEXT,
            "deadlines": _T.TEXTS,
            "proposal": _T.OPTIONAL_TEXT,
            "clerk": _T.OPTIONAL_TEXT,
        },
        frozenset({"complaint_number", "received", "summary", "deadlines", "proposal"}),
        Shape.FORM,
    ),
    Kind.INTAKE_SHEET: KindFields(
        {
            "identity": _T.TEXT,
            "people": _T.PEOPLE,
            "accused": _T.OPTIONAL_TEXT,
            "grounds": _T.TEXTS,
            "statement": _T.TEXT,
            "demands": _T.OPTIONAL_TEXT,
            "materials": _T.TEXTS,
            "reply": _T.OPTIONAL_TEXT,  # how and where the person wants to be answered
            "transcript": _T.FLAG,  # spoken words were taken down (电话, 当面)
            "present": _T.FLAG,  # the person is there to sign
            "clerk": _T.OPTIONAL_TEXT,
        },
        frozenset(
            {"complaint_number", "received", "channel", "identity", "people", "statement"}
            | {"transcript", "present"}
        ),
        Shape.FORM,
    ),
    Kind.TRANSCRIPT: KindFields(
        {
            "begun": _T.OPTIONAL_TEXT,  # when they spoke, as “2026年11月20日9时05分”
            "ended": _T.OPTIONAL_TEXT,
            "place": _T.OPTIONAL_TEXT,
            "people": _T.PEOPLE,
            "host": _T.OPTIONAL_TEXT,
            "recorder": _T.OPTIONAL_TEXT,
            "accused": _T.OPTIONAL_TEXT,
            "statement": _T.TEXT,
            "exchanges": _T.TABLE,  # question and answer
            "demands": _T.OPTIONAL_TEXT,
            "present": _T.FLAG,  # the person is there to sign
        },
        frozenset({"complaint_number", "people", "host", "recorder", "statement", "present"}),
        Shape.FORM,
    ),
    Kind.HANDOVER_SHEET: KindFields(
        {
            "letter_kind": _T.TEXT,
            "received_at": _T.OPTIONAL_TEXT,
            "brought": _T.OPTIONAL_TEXT,
            "envelope": _T.TEXT,
            "seal": _T.OPTIONAL_TEXT,
            "sealing": _T.TEXT,
            "pieces": _T.NUMBER,
            "weight": _T.OPTIONAL_TEXT,
            "to_unit": _T.OPTIONAL_TEXT,
            "taken_by": _T.OPTIONAL_TEXT,
            "handed": _T.OPTIONAL_DATE,
            "handed_at": _T.OPTIONAL_TEXT,
            "clerk": _T.OPTIONAL_TEXT,
        },
        frozenset(
            {"letter_kind", "basis", "received", "envelope", "seal", "sealing", "pieces"}
            | {"to_unit", "taken_by", "handed"}
        ),
        Shape.FORM,
    ),
    Kind.AGENDA_SHEET: KindFields(
        {
            "items": _T.TABLE,  # 状态, 期限, 编号, 关于, 到期日, 下一步
            "day": _T.OPTIONAL_TEXT,  # what the day is, as “星期一，工作日”
            "tally": _T.OPTIONAL_TEXT,  # as “逾期2件，今日到期1件”
            "clerk": _T.OPTIONAL_TEXT,
        },
        frozenset({"day", "tally"}),
        Shape.TABLE,
        frozenset({"items"}),
    ),
    Kind.RECOVERY_SHEET: KindFields(
        {
            "file_name": _T.TEXT,
            "data_key": _T.TEXT,
            "identity_key": _T.TEXT,
            "clerk": _T.OPTIONAL_TEXT,
        },
        frozenset({"file_name", "data_key", "identity_key"}),
        Shape.FORM,
    ),
    Kind.MONTHLY_SHEET: KindFields(
        {
            "month": _T.TEXT,
            "events": _T.NUMBER,
            "first": _T.NUMBER,
            "last": _T.NUMBER,
            "anchor": _T.TEXT,
            "complaints": _T.TEXT,
            "cases": _T.TEXT,
            "letters": _T.TEXT,
            "apart": _T.OPTIONAL_TEXT,  # what is counted apart from the register
            "clerk": _T.OPTIONAL_TEXT,
        },
        frozenset({"month", "events", "first", "last", "anchor"}),
        Shape.FORM,
    ),
    Kind.EVIDENCE_LIST: KindFields(
        {
            "items": _T.TABLE,  # 序号, 证据名称, 种类, 取得日期, 取证人员, 证明事实, 附件
            "case_number": _T.TEXT,
            "accused": _T.TEXT,
            "cause": _T.OPTIONAL_TEXT,
            "tally": _T.OPTIONAL_TEXT,  # as “证据5件，附件8个”
            "clerk": _T.OPTIONAL_TEXT,
        },
        frozenset({"case_number", "tally"}),
        Shape.TABLE,
        frozenset({"items"}),
    ),
    Kind.ENVELOPE: KindFields(
        {
            "recipient": _T.TEXT,
            "recipient_address": _T.OPTIONAL_TEXT,  # empty when delivered by hand
            "postcode": _T.OPTIONAL_TEXT,
            "office_postcode": _T.OPTIONAL_TEXT,
            "size": _T.OPTIONAL_TEXT,  # one of the template's sizes; empty: the first
            "preprinted": _T.FLAG,
        },
        frozenset({"recipient", "recipient_address", "postcode"}),
        Shape.ENVELOPE,
        frozenset({"size", "preprinted"}),
    ),
    Kind.ADDRESS_LABELS: KindFields(
        {
            "addresses": _T.ADDRESSES,
            "size": _T.OPTIONAL_TEXT,
            "skip": _T.NUMBER,  # labels of the first sheet that are used up
        },
        frozenset(),
        Shape.LABELS,
        frozenset({"addresses", "size", "skip"}),
    ),
}


def fields_of(kind: Kind) -> dict[str, FieldType]:
    """Return every field a template of this kind may use."""
    return {**ALWAYS, **COMMON, **KINDS[kind].own}
