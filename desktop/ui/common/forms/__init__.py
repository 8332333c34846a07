"""Forms: one column of labelled fields declared as data, with hints, faults and a save button.

A piece is loaded when it is first asked for: a window that shows no form does not wait for one.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.ui.common.forms.choices import CheckField, ChecksField, ChoiceField, RadioField
    from desktop.ui.common.forms.dates import DateField, parse_date
    from desktop.ui.common.forms.field import Editor, Field, Section
    from desktop.ui.common.forms.files import FilesField
    from desktop.ui.common.forms.form import Form
    from desktop.ui.common.forms.page import FormPage
    from desktop.ui.common.forms.rows import PeopleField, RowsField
    from desktop.ui.common.forms.texts import (
        LineField,
        NoteField,
        NumberField,
        SuggestField,
        TextField,
    )

_HOMES = {
    "choices": (
        "CheckField",
        "ChecksField",
        "ChoiceField",
        "RadioField",
    ),
    "dates": (
        "DateField",
        "parse_date",
    ),
    "field": (
        "Editor",
        "Field",
        "Section",
    ),
    "files": ("FilesField",),
    "form": ("Form",),
    "page": ("FormPage",),
    "rows": (
        "PeopleField",
        "RowsField",
    ),
    "texts": (
        "LineField",
        "NoteField",
        "NumberField",
        "SuggestField",
        "TextField",
    ),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "CheckField",
    "ChecksField",
    "ChoiceField",
    "DateField",
    "Editor",
    "Field",
    "FilesField",
    "Form",
    "FormPage",
    "LineField",
    "NoteField",
    "NumberField",
    "PeopleField",
    "RadioField",
    "RowsField",
    "Section",
    "SuggestField",
    "TextField",
    "parse_date",
]


def __getattr__(name: str) -> object:
    """Return a piece by its name."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found
    return found
