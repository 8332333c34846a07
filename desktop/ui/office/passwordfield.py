"""A password as a field of a form."""

from dataclasses import KW_ONLY, dataclass
from datetime import date

from desktop.ui.common.forms.field import Editor, Field
from desktop.ui.office.password import PasswordEditor


@dataclass(frozen=True, slots=True)
class PasswordField(Field):
    """A password in a form."""

    _: KW_ONLY
    width: int = 16

    def editor(self, today: date) -> Editor:
        return PasswordEditor(width=self.width)
