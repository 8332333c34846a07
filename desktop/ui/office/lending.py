"""Lending the identity key: a colleague types his password in place, or the sheet is read."""

from collections.abc import Mapping, Sequence

from desktop.text import _
from desktop.ui.common.forms import ChoiceField, Field, Form, LineField, NoteField
from desktop.ui.common.forms.choices import ChoiceEditor
from desktop.ui.office.passwordfield import PasswordField
from desktop.usecases.users import Colleague, Lender, OnPaper, UserRow

_PAPER = "paper"
_KEYS = ("lending", "lender", "lent", _PAPER)


def lending_fields() -> list[Field]:
    """Return the fields; they are shown only where the key has to be lent."""
    return [
        NoteField(
            "lending",
            "",
            text=_(
                "这里要用投诉举报人身份的密钥，您自己没有。请能看身份的同事在这里输入他的密码。"
            ),
        ),
        ChoiceField("lender", _("由谁提供(&G)"), required=True),
        PasswordField("lent", _("他的密码(&M)"), required=True),
        LineField(_PAPER, _("身份密钥(&K)"), required=True, hint=_("恢复单上的第二把，24 个字。")),
    ]


class Lending:
    """Shows the fields where they are needed, and reads them."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._needed = False
        form.edited.connect(self._follow)
        self.show(needed=False)

    def offer(self, known: Sequence[UserRow]) -> None:
        """Offer who could lend the key."""
        editor = self._form.editor("lender")
        assert isinstance(editor, ChoiceEditor)
        choices: list[tuple[object, str]] = [(user.id, user.name) for user in known]
        editor.set_choices([*choices, (_PAPER, _("恢复单上的身份密钥"))])

    def show(self, *, needed: bool) -> None:
        """Ask for the key, or do not."""
        self._needed = needed
        lender = self._form.editor("lender").value()
        for key in _KEYS:
            self._form.set_shown(key, needed)
        self._form.set_shown("lent", needed and isinstance(lender, int))
        self._form.set_shown(_PAPER, needed and lender == _PAPER)

    def read(self, values: Mapping[str, object]) -> Lender:
        """Return who lends the key, or None."""
        lender = values["lender"]
        if not self._needed or lender is None:
            return None
        if isinstance(lender, int):
            return Colleague(lender, str(values["lent"]))
        return OnPaper(str(values[_PAPER]))

    def forget(self) -> None:
        """Let no password and no key stand in the form."""
        for key in ("lender", "lent", _PAPER):
            self._form.editor(key).set_value(None)

    def _follow(self, key: str) -> None:
        if key == "lender":
            self.show(needed=self._needed)
