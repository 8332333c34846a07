"""A draft of a template checked, filled in with a sample and printed, as it is before it is kept."""

from datetime import date

from desktop.notices import (
    ColophonTooLong,
    ControlCharacter,
    CopyMark,
    EmptyPart,
    FieldFaults,
    Kind,
    MissingGlyph,
    Template,
    TemplateFaults,
    compose,
    read_template,
    render,
)
from desktop.rules.faults import Fault, Faults, fault, refuse_if
from desktop.usecases.office import Office
from desktop.usecases.template_check import TemplateFault, given_fields, look_over
from desktop.usecases.template_draft import (
    TemplateDraft,
    declared,
    template_file,
    wording_of,
)
from desktop.usecases.template_samples import sample_fields
from frozen import dataclass


def check(
    office: Office, kind: Kind, draft: TemplateDraft, *, today: date
) -> tuple[TemplateFault, ...]:
    """Return everything wrong or doubtful in a draft, in the order of its texts.

    Checked are the form with its line, fields that letters of the kind are not given, what a
    letter of the kind has to say and does not (as the remedy, 救济途径), repealed acts, and the
    text filled in with a sample; articles and periods typed by hand are warnings.
    """
    program = office.templates[kind]
    samples = tuple(sample_fields(office, kind, today, full=full) for full in (True, False))
    conditions = {f"rows.{n}": row.when for n, row in enumerate(program.default.rows, 1)}
    found = look_over(kind, draft, given_fields(program), samples, conditions)
    if any(not f.warning for f in found):
        return found
    try:
        read_template(content_of(program, draft))
    except TemplateFaults as error:
        parts = {part.key for part in draft.parts}
        own = [(f.entry.removeprefix("default."), f) for f in error.faults]
        found += tuple(
            TemplateFault(entry if entry in parts else "", 0, "template_refused", f.detail)
            for entry, f in own
        )
    return found


def content_of(program: Template, draft: TemplateDraft) -> str:
    """Return a draft as a template file."""
    wording = wording_of(draft, program.default)
    return template_file(program.kind, program.name, declared(wording, program.fields), wording)


def preview(
    office: Office, kind: Kind, draft: TemplateDraft, *, today: date, full: bool = True
) -> bytes:
    """Return a letter made from a draft and a plausible record, marked 草稿 (样例).

    Args:
        office: the office whose name stands on it.
        kind: the kind of letter.
        draft: the wording.
        today: the letter's date; the sample's days lie around it.
        full: everything filled in; otherwise whatever may be left open is left open.

    Raises:
        Faults: the draft has faults, or its sample can not be printed.
    """
    refuse_faulty(check(office, kind, draft, today=today))
    template = read_template(content_of(office.templates[kind], draft))
    return printed(office, template, sample_fields(office, kind, today, full=full))


@dataclass(frozen=True, slots=True)
class Look:
    """A draft looked over: its faults and, if it has none, the sample letter (PDF)."""

    faults: tuple[TemplateFault, ...]
    pdf: bytes | None


def look(
    office: Office, kind: Kind, draft: TemplateDraft, *, today: date, full: bool = True
) -> Look:
    """Check a draft and show its sample in one go, as the editor does while one types."""
    found = check(office, kind, draft, today=today)
    if any(not f.warning for f in found):
        return Look(found, None)
    template = read_template(content_of(office.templates[kind], draft))
    try:
        return Look(found, printed(office, template, sample_fields(office, kind, today, full=full)))
    except Faults as error:
        return Look((*found, *(_of_fault(one) for one in error.faults)), None)


def _of_fault(one: Fault) -> TemplateFault:
    facts = dict(one.facts)
    detail = facts.get("characters") or facts.get("detail", "")
    return TemplateFault(one.field, int(facts.get("line", 0)), one.code, detail)


def faults_of(error: Faults) -> tuple[TemplateFault, ...]:
    """Return the faults that ``save`` refused a draft for, as ``check`` gives them."""
    return tuple(_of_fault(one) for one in error.faults)


def printed(office: Office, template: Template, values: dict[str, object]) -> bytes:
    """Return a filled-in template as a PDF marked 草稿.

    Raises:
        Faults: it can not be printed.
    """
    try:
        return render(compose(template, values, mark=CopyMark.DRAFT), office.fonts).pdf
    except (MissingGlyph, ControlCharacter) as error:
        characters = "、".join(error.named)
        raise Faults([fault("", "missing_glyph", characters=characters)]) from error
    except ColophonTooLong as error:
        raise Faults([fault("copied_to", "colophon_too_long")]) from error
    except EmptyPart as error:
        raise Faults([fault(error.part, "template_empty", line=0, detail="")]) from error
    except FieldFaults as error:
        names = "、".join(f.field for f in error.faults)
        raise Faults([fault("", "template_refused", line=0, detail=names)]) from error


def refuse_faulty(found: tuple[TemplateFault, ...]) -> None:
    """Refuse a draft that has faults; doubts are let pass.

    Raises:
        Faults: with every fault.
    """
    refuse_if(fault(f.part, f.code, line=f.line, detail=f.detail) for f in found if not f.warning)
