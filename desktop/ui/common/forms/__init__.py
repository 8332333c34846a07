"""Forms: one column of labelled fields declared as data, with hints, faults and a save button."""

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
