"""Official letters (公文) and forms as PDF: records in, bytes out; no database, window or clock.

    templates = load_templates(folder)                 # resources/letters, checked
    paper = compose(templates[Kind.REFUSAL], fields)   # a Letter, Form, Table, Envelope, LabelSheet
    rendered = render(paper)                           # RenderedLetter(pdf, pages, fonts, notes)

``compose`` takes ``variant="baoding"`` for a place's own wording and ``mark=CopyMark.DRAFT`` for a
pale 草稿 across the pages. ``fields_of(kind)`` tells the fields of a kind and their types,
``needed_fields(template)`` those compose wants. A letter can also be built by hand: ``Letter(…,
paragraphs=paragraphs_of(text))``, and any ledger as a ``Table``. ``read_template`` checks a
template while it is edited.

    render(with_code(letter))                          # with a 二维码; read_code reads it back
    render(paper, FontChoice.SYSTEM)                   # the PC's own fonts first; fonts_in_use
    render_each(papers); render_many(papers, duplex=True)   # a file each; one joined file
    to_docx(letter)                                    # the same letter for Word
    check(rendered.pdf, letter)                        # measured against GB/T 9704-2012

What can go wrong: ``TemplateFaults`` (a template file), ``FieldFaults`` (values for compose),
``MissingGlyph``, ``ControlCharacter`` with ``HiddenCharacter``, ``EmptyPart`` and
``ColophonTooLong`` (a text that cannot be printed). All but the first are ``LetterError``; each
carries its facts and the window words them.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.notices.bound import render_bound
    from desktop.notices.check import Item, Report, Status, check
    from desktop.notices.choice import FontChoice
    from desktop.notices.code import Code, UnreadableCode, code_text, read_code, with_code
    from desktop.notices.compose import compose, needed_fields
    from desktop.notices.fields import FieldFault, FieldFaults
    from desktop.notices.fonts import FontInUse, fonts_in_use
    from desktop.notices.kinds import FieldType, fields_of
    from desktop.notices.model import (
        ColophonTooLong,
        ControlCharacter,
        CopyMark,
        EmptyPart,
        HiddenCharacter,
        Kind,
        Layout,
        Letter,
        LetterError,
        MissingGlyph,
        Note,
        Paragraph,
        RenderedLetter,
        character_name,
        paragraphs_of,
    )
    from desktop.notices.papers import (
        Address,
        Align,
        BoundRegister,
        Column,
        Envelope,
        Form,
        FormCell,
        FormRow,
        LabelGrid,
        LabelSheet,
        Paper,
        Table,
        Turn,
    )
    from desktop.notices.press import render, render_each, render_form, render_letter, render_many
    from desktop.notices.system_fonts import Refused, Role
    from desktop.notices.template_reader import load_templates, read_template
    from desktop.notices.templates import Template, TemplateFault, TemplateFaults
    from desktop.notices.word import to_docx

#: Where each name stands. Fonts and drawing are loaded when the first letter is made, not when the
#: program starts.
_HOMES = {
    "bound": ("render_bound",),
    "check": ("Item", "Report", "Status", "check"),
    "code": ("Code", "UnreadableCode", "code_text", "read_code", "with_code"),
    "compose": ("compose", "needed_fields"),
    "fields": ("FieldFault", "FieldFaults"),
    "choice": ("FontChoice",),
    "fonts": ("FontInUse", "fonts_in_use"),
    "kinds": ("FieldType", "fields_of"),
    "model": (
        "ColophonTooLong",
        "ControlCharacter",
        "CopyMark",
        "EmptyPart",
        "HiddenCharacter",
        "Kind",
        "Layout",
        "Letter",
        "LetterError",
        "MissingGlyph",
        "Note",
        "Paragraph",
        "RenderedLetter",
        "character_name",
        "paragraphs_of",
    ),
    "papers": (
        "Address",
        "Align",
        "BoundRegister",
        "Column",
        "Envelope",
        "Form",
        "FormCell",
        "FormRow",
        "LabelGrid",
        "LabelSheet",
        "Paper",
        "Table",
        "Turn",
    ),
    "press": ("render", "render_each", "render_form", "render_letter", "render_many"),
    "system_fonts": ("Refused", "Role"),
    "template_reader": ("load_templates", "read_template"),
    "templates": ("Template", "TemplateFault", "TemplateFaults"),
    "word": ("to_docx",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


class _Notices(ModuleType):
    """This package: a name is fetched when it is first asked for.

    Importing the module ``check`` would otherwise put the module in the place of its function.
    """

    def __getattr__(self, name: str) -> object:
        if name not in _HOME:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        found: object = getattr(import_module(f"{self.__name__}.{_HOME[name]}"), name)
        setattr(self, name, found)
        return found

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Notices

__all__ = [
    "Address",
    "Align",
    "BoundRegister",
    "Code",
    "ColophonTooLong",
    "Column",
    "ControlCharacter",
    "CopyMark",
    "EmptyPart",
    "Envelope",
    "FieldFault",
    "FieldFaults",
    "FieldType",
    "FontChoice",
    "FontInUse",
    "Form",
    "FormCell",
    "FormRow",
    "HiddenCharacter",
    "Item",
    "Kind",
    "LabelGrid",
    "LabelSheet",
    "Layout",
    "Letter",
    "LetterError",
    "MissingGlyph",
    "Note",
    "Paper",
    "Paragraph",
    "Refused",
    "RenderedLetter",
    "Report",
    "Role",
    "Status",
    "Table",
    "Template",
    "TemplateFault",
    "TemplateFaults",
    "Turn",
    "UnreadableCode",
    "character_name",
    "check",
    "code_text",
    "compose",
    "fields_of",
    "fonts_in_use",
    "load_templates",
    "needed_fields",
    "paragraphs_of",
    "read_code",
    "read_template",
    "render",
    "render_bound",
    "render_each",
    "render_form",
    "render_letter",
    "render_many",
    "to_docx",
    "with_code",
]
