"""Official letters (公文) and forms as PDF: records in, bytes out; no database, window or clock.

    templates = load_templates(folder)                 # resources/letters, checked
    paper = compose(templates[Kind.REFUSAL], fields)   # a Letter, or a Form for 送达回证
    rendered = render(paper)                           # RenderedLetter(pdf, pages, fonts, notes)

``compose`` takes ``variant="baoding"`` for a place's own wording and ``mark=CopyMark.DRAFT`` for a
pale 草稿 across the pages. ``fields_of(kind)`` tells the fields of a kind and their types;
``Template.fields`` those the wording needs. A letter can also be built by hand: ``Letter(…,
paragraphs=paragraphs_of(text))``.

What can go wrong: ``TemplateFaults`` (a template file), ``FieldFaults`` (values for compose),
``MissingGlyph``, ``ControlCharacter``, ``EmptyPart`` and ``ColophonTooLong`` (a text that cannot be
printed). All but the first are ``LetterError``; each carries its facts and the window words them.
"""

from desktop.notices.compose import compose
from desktop.notices.fields import FieldFault, FieldFaults, FieldType, fields_of
from desktop.notices.forms import render_form
from desktop.notices.letters import render_letter
from desktop.notices.model import (
    ColophonTooLong,
    ControlCharacter,
    CopyMark,
    EmptyPart,
    Form,
    FormCell,
    FormRow,
    Kind,
    Layout,
    Letter,
    LetterError,
    MissingGlyph,
    Note,
    Paragraph,
    RenderedLetter,
    paragraphs_of,
)
from desktop.notices.templates import Template, TemplateFault, TemplateFaults, load_templates


def render(paper: Letter | Form) -> RenderedLetter:
    """Return a letter or form as a PDF; see :func:`render_letter` and :func:`render_form`."""
    return render_letter(paper) if isinstance(paper, Letter) else render_form(paper)


__all__ = [
    "ColophonTooLong",
    "ControlCharacter",
    "CopyMark",
    "EmptyPart",
    "FieldFault",
    "FieldFaults",
    "FieldType",
    "Form",
    "FormCell",
    "FormRow",
    "Kind",
    "Layout",
    "Letter",
    "LetterError",
    "MissingGlyph",
    "Note",
    "Paragraph",
    "RenderedLetter",
    "Template",
    "TemplateFault",
    "TemplateFaults",
    "compose",
    "fields_of",
    "load_templates",
    "paragraphs_of",
    "render",
    "render_form",
    "render_letter",
]
