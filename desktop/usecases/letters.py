"""Letters: composing from a template, numbering without gaps, keeping the bytes, finding again."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from db.ledger import Action
from db.queries import office as queries
from db.records import Letter
from desktop import notices
from desktop.notices import (
    ColophonTooLong,
    ControlCharacter,
    CopyMark,
    FieldFaults,
    Kind,
    MissingGlyph,
)
from desktop.rules.faults import Faults, fault
from desktop.usecases.office import Acting, Office

#: The word between the office's mark and the year in a letter's number (发文字号), by kind.
SERIES = {
    "transfer": "投转",
    "refusal": "投告",
    "interim": "投告",
    "result": "投告",
    "acceptance": "投告",
    "extension": "投告",
    "chase": "投催",
    "hearing_notice": "责告",
    "referral": "责移",
    "decision": "责决",
    "rectification": "责改",
    "assessment": "考通",
}

TITLES = {
    "transfer": "转办函",
    "refusal": "不予受理告知书",
    "interim": "办理情况告知书",
    "result": "办理结果告知书",
    "acceptance": "受理告知书",
    "extension": "延期告知书",
    "chase": "催办函",
    "hearing_notice": "陈述申辩告知书",
    "referral": "移送函",
    "approval_sheet": "领导批示单",
    "intake_sheet": "投诉登记表",
    "agenda_sheet": "今日要办",
    "decision": "责任追究决定书",
    "rectification": "限期整改通知书",
    "assessment": "考核结果通知书",
    "receipt": "送达回证",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a letter belongs to: a complaint, a case file or a unit of a round."""

    kind: str
    id: int


def _common(office: Office, number: str, dated: date) -> dict[str, object]:
    profile = office.profile()
    return {
        "office": profile.name,
        "mark": profile.letterhead,
        "number": number,
        "dated": dated,
        "contact": profile.contact,
        "telephone": profile.telephone,
        "address": profile.address,
    }


def _render(
    office: Office, kind: str, fields: Mapping[str, object], *, pack: str, draft: bool
) -> tuple[notices.Letter, notices.RenderedLetter]:
    mark = CopyMark.DRAFT if draft else CopyMark.NONE
    with _worded():
        letter = notices.compose(office.templates[Kind(kind)], fields, variant=pack, mark=mark)
        assert isinstance(letter, notices.Letter)
        return letter, notices.render(letter)


#: Fields of a letter that the form knows by another name.
_FORM_FIELDS = {"next": "next_step"}


@contextmanager
def _worded() -> Iterator[None]:
    """Turn what the clerk can mend into faults: a field left empty, a character no font has."""
    try:
        yield
    except FieldFaults as error:
        if any(f.code != "empty" for f in error.faults):
            raise
        fields = [_FORM_FIELDS.get(f.field, f.field) for f in error.faults]
        raise Faults([fault(field, "required") for field in fields]) from error
    except (MissingGlyph, ControlCharacter) as error:
        raise Faults(
            [fault("", "missing_glyph", characters="、".join(error.characters))]
        ) from error
    except ColophonTooLong as error:
        raise Faults([fault("copied_to", "colophon_too_long")]) from error


def preview(
    office: Office, kind: str, fields: Mapping[str, object], *, pack: str, dated: date
) -> bytes:
    """Return a letter as it would print, without a number and marked 草稿.

    Raises:
        Faults: a character can not be printed.
    """
    mark = office.profile().mark
    number = f"{mark}{SERIES[kind]}〔{dated.year}〕　号"
    whole = {**_common(office, number, dated), **fields}
    return _render(office, kind, whole, pack=pack, draft=True)[1].pdf


def issue(
    office: Office,
    action: Action,
    kind: str,
    subject: Subject,
    fields: Mapping[str, object],
    *,
    pack: str,
    dated: date,
) -> tuple[int, str]:
    """Number, print and keep a letter inside an action; return its id and number.

    The number is taken in the same transaction, so a letter that fails leaves no gap.

    Raises:
        Faults: a character can not be printed.
    """
    profile = office.profile()
    series = profile.mark + SERIES[kind]
    serial = action.next_serial(series, dated.year)
    number = f"{series}〔{dated.year}〕{serial}号"
    whole = {**_common(office, number, dated), **fields}
    letter, rendered = _render(office, kind, whole, pack=pack, draft=False)
    sha256 = hashlib.sha256(rendered.pdf).hexdigest()
    action.keep_file(sha256, rendered.pdf)
    letter_id = action.insert(
        "letter",
        kind=kind,
        series=series,
        year=dated.year,
        serial=serial,
        number=number,
        subject=subject.kind,
        subject_id=subject.id,
        title=letter.title,
        addressee=letter.addressee,
        dated=dated.isoformat(),
        pages=rendered.pages,
        sha256=sha256,
        fields=json.dumps(whole, ensure_ascii=False, default=str),
    )
    return letter_id, number


def pdf(office: Office, letter_id: int) -> bytes:
    """Return a letter's bytes exactly as they were made.

    Raises:
        LookupError: there is no such letter, or its bytes are gone or changed.
    """
    letter = queries.letter(office.db, letter_id)
    content = queries.letter_file(office.db, letter.sha256) if letter else None
    if letter is None or content is None:
        raise LookupError(f"letter {letter_id}")
    if hashlib.sha256(content).hexdigest() != letter.sha256:
        raise LookupError(f"letter {letter_id} was changed")
    return content


def of(office: Office, subject: Subject) -> tuple[Letter, ...]:
    """Return a record's letters, oldest first, void ones too."""
    return tuple(queries.letters(office.db, subject.kind, subject.id))


def form(office: Office, kind: str, fields: Mapping[str, object], *, dated: date) -> bytes:
    """Return a form that has no number of its own (批示单、登记表、今日要办), ready to print.

    Raises:
        Faults: a field is empty that may not be, or a character can not be printed.
    """
    whole = {**_common(office, "", dated), **fields}
    with _worded():
        return notices.render(notices.compose(office.templates[Kind(kind)], whole)).pdf


def receipt(office: Office, letter_id: int, recipient: str, _acting: Acting | None = None) -> bytes:
    """Return a 送达回证 for a letter, to be signed on paper.

    Raises:
        Faults: a character can not be printed.
    """
    letter = queries.letter(office.db, letter_id)
    if letter is None:
        raise LookupError(f"letter {letter_id}")
    fields = {
        **_common(office, letter.number, letter.dated),
        "document_title": letter.title,
        "document_number": letter.number,
        "recipient": recipient,
        "recipient_unit": letter.addressee,
        "way": "",
        "place": "",
        "served_on": None,
        "server": "",
        "witness": "",
        "remark": "",
    }
    with _worded():
        return notices.render(notices.compose(office.templates[Kind.RECEIPT], fields)).pdf
