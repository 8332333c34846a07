"""Letters: composing from a template, numbering without gaps, keeping the bytes, finding again."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from decimal import Decimal

from db import chain
from db.keys import WrongPassword
from db.ledger import Action, Value
from db.queries import complaints as complaint_queries
from db.queries import letters as book_queries
from db.queries import office as queries
from db.records import BookLetter, Letter
from desktop import notices
from desktop.notices import (
    ColophonTooLong,
    ControlCharacter,
    CopyMark,
    FieldFaults,
    FieldType,
    Kind,
    MissingGlyph,
)
from desktop.notices import Report as Report  # what a preview shows of the check
from desktop.rules.complaints import Identity
from desktop.rules.faults import Faults, fault
from desktop.usecases import identity, letternumbers, templates
from desktop.usecases.letternumbers import SERIES as SERIES  # known here, as ever
from desktop.usecases.letternumbers import series as series
from desktop.usecases.office import Office
from frozen import dataclass

#: Letters to the complainants: they bear the name of who complained.
TO_COMPLAINANTS = (
    "acceptance",
    "refusal",
    "interim",
    "extension",
    "pause",
    "resume",
    "result",
)

TITLES = {
    "transfer": "转办函",
    "refusal": "不予受理告知书",
    "interim": "办理情况告知书",
    "result": "办理结果告知书",
    "acceptance": "受理告知书",
    "extension": "延期告知书",
    "pause": "中止办理告知书",
    "resume": "恢复办理告知书",
    "chase": "催办函",
    "origin_reply": "回复函",
    "hearing_notice": "陈述申辩告知书",
    "referral": "移送函",
    "approval_sheet": "领导批示单",
    "intake_sheet": "投诉登记表",
    "agenda_sheet": "今日要办",
    "transcript": "接谈（电话）记录",
    "handover_sheet": "来信交接单",
    "recovery_sheet": "恢复单",
    "monthly_sheet": "月度核对单",
    "evidence_list": "证据目录",
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


@dataclass(frozen=True, slots=True)
class Finding:
    """What the check (GB/T 9704-2012) found off in a letter; lengths in millimetres.

    ``code`` is stable; one that begins with ``note.`` is no fault but something the layout had to
    do, and has no other words.
    """

    code: str
    title: str = ""
    wanted: str = ""
    measured: str = ""
    clause: str = ""


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


@dataclass(frozen=True, slots=True)
class _Made:
    letter: notices.Letter
    rendered: notices.RenderedLetter
    template: int | None


def _render(
    office: Office, kind: str, fields: Mapping[str, object], *, pack: str, draft: bool
) -> _Made:
    mark = CopyMark.DRAFT if draft else CopyMark.NONE
    used = templates.effective(office, Kind(kind), pack)
    with worded():
        letter = notices.compose(used.template, fields, variant=pack, mark=mark)
        assert isinstance(letter, notices.Letter)
        if not draft:
            letter = notices.with_code(letter, _anchor(office))
        return _Made(letter, notices.render(letter, office.fonts), used.row)


def _anchor(office: Office) -> str:
    """Return the head of the log (链首) as it is before the letter's own event."""
    seq, digest = chain.head(office.db)
    return str(chain.anchor(seq, digest))


#: Fields of a letter that the form knows by another name.
_FORM_FIELDS = {"next": "next_step"}


@contextmanager
def worded() -> Iterator[None]:
    """Turn what the clerk can mend into faults: a field left empty, a character no font has."""
    try:
        yield
    except FieldFaults as error:
        if any(f.code != "empty" for f in error.faults):
            raise
        fields = [_FORM_FIELDS.get(f.field, f.field) for f in error.faults]
        raise Faults([fault(field, "required") for field in fields]) from error
    except (MissingGlyph, ControlCharacter) as error:
        raise Faults([fault("", "missing_glyph", characters="、".join(error.named))]) from error
    except ColophonTooLong as error:
        raise Faults([fault("copied_to", "colophon_too_long")]) from error


def preview(
    office: Office, kind: str, fields: Mapping[str, object], *, pack: str, dated: date
) -> bytes:
    """Return a letter as it would print, marked 草稿, without a number unless one waits for it.

    Raises:
        Faults: a character can not be printed; the chosen number is not reserved any more.
    """
    taken = letternumbers.chosen(office, kind)
    number = taken.number if taken else f"{series(office, kind)}〔{dated.year}〕　号"
    whole = {**_common(office, number, dated), **fields}
    return _render(office, kind, whole, pack=pack, draft=True).rendered.pdf


def examine(_office: Office, pdf: bytes) -> Report:
    """Measure a draft against GB/T 9704-2012; that it has no number yet is no fault.

    Raises:
        ValueError: the bytes are no PDF with pages.
    """
    report = notices.check(pdf)
    items = tuple(item for item in report.items if not item.code.startswith("number"))
    return Report(report.layout, items)


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
    """Number, print, measure and keep a letter inside an action; return its id and number.

    The number is taken in the same transaction, so a letter that fails leaves no gap. What the
    check finds off is kept with the letter and shown with it; it does not hold the letter up.

    Inside ``letternumbers.numbered`` it takes the number chosen there.

    Raises:
        Faults: a character can not be printed; the reserved number can not be taken.
    """
    place = letternumbers.place(office, kind, dated)
    values: dict[str, Value] = {}
    if place is not None:
        number = place.number
    else:
        word = series(office, kind)
        serial = action.next_serial(word, dated.year)
        number = f"{word}〔{dated.year}〕{serial}号"
        values = {"series": word, "year": dated.year, "serial": serial}
    whole = {**_common(office, number, dated), **fields}
    made = _render(office, kind, whole, pack=pack, draft=False)
    sha256 = hashlib.sha256(made.rendered.pdf).hexdigest()
    secret = _is_secret(office, kind, subject)
    pdf = made.rendered.pdf
    action.keep_file(sha256, identity.seal_bytes(office, pdf) if secret else pdf)
    kept = _json(whole)
    values |= {
        "kind": kind,
        "number": number,
        "subject": subject.kind,
        "subject_id": subject.id,
        "title": made.letter.title,
        "addressee": identity.MASK if secret else made.letter.addressee,
        "dated": dated.isoformat(),
        "pages": made.rendered.pages,
        "sha256": sha256,
        "fields": identity.seal(office, kept) if secret else kept,
        "secret": int(secret),
        "status": "used",
        "template": made.template,
        "fonts": _json(made.rendered.fonts),
        "code": made.letter.code,
        "findings": _json([asdict(finding) for finding in _findings(made)]),
    }
    if place is None:
        return action.insert("letter", **values), number
    action.update("letter", place.id, **values)
    letternumbers.taken(office, action, place)
    return place.id, number


def _is_secret(office: Office, kind: str, subject: Subject) -> bool:
    """Say whether a letter will bear the name of who complained."""
    if subject.kind != "complaint" or kind not in TO_COMPLAINANTS:
        return False
    complaint = complaint_queries.complaint(office.db, subject.id)
    return complaint is not None and complaint.identity != Identity.ANONYMOUS


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _findings(made: _Made) -> list[Finding]:
    report = notices.check(made.rendered.pdf, made.letter)
    off = [Finding(x.code, x.title, x.wanted, x.measured, x.clause) for x in report.failures]
    return off + [Finding(f"note.{note}") for note in made.rendered.notes]


def findings(letter: BookLetter) -> tuple[Finding, ...]:
    """Return what the check found off when a letter was made (检查结果)."""
    return tuple(Finding(**one) for one in json.loads(letter.findings or "[]"))


def fonts(letter: BookLetter) -> tuple[str, ...]:
    """Return the files of the fonts a letter was printed with (所用字体)."""
    return tuple(json.loads(letter.fonts or "[]"))


def recompose(office: Office, letter: BookLetter) -> notices.Letter:
    """Return a letter again as a record, from what was kept when it was made.

    Raises:
        Faults: ``wording_changed`` – the wording it was made from is no longer at hand.
    """
    own = book_queries.template(office.db, letter.template) if letter.template else None
    kind = Kind(letter.kind)
    template = notices.read_template(own) if own else office.templates[kind]
    kept = json.loads(identity.unseal(office, letter.fields))
    fields = {**_left_open(kind), **_typed(kind, kept)}
    again = notices.compose(template, fields, variant=letter.pack)
    assert isinstance(again, notices.Letter)
    if notices.code_text(again, notices.read_code(letter.code).anchor) != letter.code:
        raise Faults([fault("", "wording_changed", number=letter.number)])
    return again


def _typed(kind: Kind, fields: Mapping[str, object]) -> dict[str, object]:
    """Give the fields of a kept letter their types back, which JSON does not know."""
    types = notices.fields_of(kind)
    return {name: _value(types.get(name), value) for name, value in fields.items()}


def _left_open(kind: Kind) -> dict[str, object]:
    """Return the fields that may be left open: a letter made before a field came knows none."""
    empty: dict[FieldType, object] = {FieldType.OPTIONAL_TEXT: "", FieldType.OPTIONAL_DATE: None}
    types = notices.fields_of(kind)
    return {name: empty[wanted] for name, wanted in types.items() if wanted in empty}


def _value(wanted: FieldType | None, value: object) -> object:
    if isinstance(value, str) and wanted in (FieldType.DATE, FieldType.OPTIONAL_DATE):
        return date.fromisoformat(value)
    if isinstance(value, list) and wanted is FieldType.SCORES:
        return [(block, *(Decimal(str(n)) for n in numbers)) for block, *numbers in value]
    return value


def pdf(office: Office, letter_id: int) -> bytes:
    """Return a letter's bytes exactly as they were made.

    Raises:
        LookupError: there is no such letter, or its bytes are gone or changed.
        NotPermitted: ``identity_hidden`` – it says who complained, and this user may not see it.
    """
    letter = queries.letter(office.db, letter_id)
    content = queries.letter_file(office.db, letter.sha256) if letter else None
    if letter is None or content is None:
        raise LookupError(f"letter {letter_id}")
    if letter.secret:
        try:
            content = identity.unseal_bytes(office, content)
        except WrongPassword as error:
            raise LookupError(f"letter {letter_id} was changed") from error
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
    template = templates.effective(office, Kind(kind), "").template
    with worded():
        return notices.render(notices.compose(template, whole), office.fonts).pdf


def printed(office: Office, paper: notices.Paper) -> bytes:
    """Return a paper that is no letter as PDF, in the fonts the office has chosen.

    Raises:
        Faults: a character can not be printed.
    """
    with worded():
        return notices.render(paper, office.fonts).pdf


def receipt(office: Office, letter_id: int, recipient: str) -> bytes:
    """Return a 送达回证 for a letter, to be signed on paper.

    Raises:
        Faults: a character can not be printed.
    """
    letter = queries.letter(office.db, letter_id)
    if letter is None:
        raise LookupError(f"letter {letter_id}")
    fields = {
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
    return form(office, Kind.RECEIPT, fields, dated=letter.dated)
