"""The form that makes an entry of a register kept apart void."""

from collections.abc import Callable

from desktop.text import _
from desktop.ui.actionpage import EntryForm, Values
from desktop.ui.common.forms import NoteField, TextField
from desktop.ui.context import Context
from desktop.usecases.office import Done, Office

#: Makes the job of a form from what was typed; the job gives the entry's id.
Job = Callable[[Office], Done[int]]


class VoidForm(EntryForm):
    """作废: the entry stays in the register with its reason, its number is not used again."""

    def __init__(
        self,
        context: Context,
        name: str,
        number: str,
        act: Callable[[Office, str], Done[None]],
        entry: int,
    ) -> None:
        """`act(office, reason)` makes the entry void."""
        self._number, self._act, self._entry = number, act, entry
        said = _("这一条留在登记簿里，编号不再使用，也不计入件数。")
        super().__init__(
            context,
            name,
            (_("作废"), number, _("作废(&S)")),
            [
                NoteField("note", _("说明"), text=said),
                TextField("reason", _("作废原因(&R)"), required=True, lines=2, most=4),
            ],
        )

    def job(self, values: Values) -> Job:
        reason, act, entry = reason_of(values), self._act, self._entry

        def work(office: Office) -> Done[int]:
            return Done(entry, act(office, reason).event)

        return work

    def sentence(self) -> str:
        return _("{number} 已作废。").format(number=self._number)


def reason_of(values: Values) -> str:
    """The reason that was typed, in one line."""
    return str(values.get("reason") or "").replace("\n", " ")
