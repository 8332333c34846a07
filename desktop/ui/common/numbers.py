"""The field of a letter's form that chooses its number: a new one or one of the reserved ones."""

from collections.abc import Sequence

from desktop.text import _
from desktop.ui.common.forms import ChoiceField, Form
from desktop.ui.common.forms.choices import ChoiceEditor
from desktop.usecases.letternumbers import NEW_NUMBER, ReservedNumber

KEY = "reserved"  # also the field that a fault about the number names
_REASON = 20  # characters of a reason that a line of the list shows


def number_field() -> ChoiceField:
    """The field; `hide_numbers` belongs after the form is made."""
    return ChoiceField(KEY, _("编号(&B)"))


def hide_numbers(form: Form) -> None:
    """Leave the field out as long as there is nothing to choose."""
    form.set_shown(KEY, shown=False)


def show_numbers(form: Form, numbers: Sequence[ReservedNumber]) -> None:
    """Offer the reserved numbers of the kind; without any the field stays away.

    The one that the book has set as the next in turn is chosen, else a new number.
    """
    if not numbers:
        return
    editor = form.editor(KEY)
    assert isinstance(editor, ChoiceEditor)
    reserved = [(one.id, _words(one)) for one in numbers]
    editor.set_choices([(NEW_NUMBER, _("取下一个新编号")), *reserved])
    editor.set_value(next((one.id for one in numbers if one.next), NEW_NUMBER))
    form.set_shown(KEY, shown=True)
    form.mark_clean(KEY)


def chosen_number(values: object) -> int | None:
    """What was chosen on the form, None where there was no choice."""
    found = values.get(KEY) if isinstance(values, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _words(one: ReservedNumber) -> str:
    reason = one.reason if len(one.reason) <= _REASON else f"{one.reason[: _REASON - 1]}…"
    return _("使用预留的号 {number}（{reason}）").format(number=one.number, reason=reason)
