"""A form that writes one entry of a register kept apart, and the form that makes one void."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.rules.faults import Faults
from desktop.text import _
from desktop.ui.common import wording
from desktop.ui.common.forms import Field, Form, FormPage, NoteField, Section, TextField
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.context import Context
from desktop.usecases.office import Done, Office

Values = Mapping[str, object]
#: Makes the job of a form from what was typed; the job gives the entry's id.
Job = Callable[[Office], Done[int]]


class RegisterForm(FormPage):
    """`finished(sentence, event, entry)` after it was written; the name is `register.form`."""

    finished = Signal(str, int, int)

    def __init__(
        self,
        context: Context,
        name: str,
        words: tuple[str, str, str],
        fields: Sequence[Field | Section],
        beside: QWidget | None = None,
    ) -> None:
        """`name` is the object name; `words` are title, subtitle and the text of the button."""
        form = Form(fields, context.today())
        super().__init__(words[0], words[1], form, words[2], beside=beside)
        self.context = context
        self.setObjectName(name)
        self.save_button.setObjectName(f"{name}.save")
        self.cancel_button.setObjectName(f"{name}.cancel")
        for key in form.values():
            form.editor(key).target().setObjectName(f"{name}.{key}")
        self.saved.connect(self._save)

    def job(self, values: Values) -> Job:
        """Make the job that writes the entry; called on the UI thread."""
        raise NotImplementedError

    def sentence(self) -> str:
        """What the status bar says afterwards."""
        raise NotImplementedError

    def _save(self, values: Values) -> None:
        self.set_saving(saving=True)
        self.context.do(self.job(values), self._done, self._refused)

    def _done(self, done: Done[int]) -> None:
        self.set_saving(saving=False)
        self.form.mark_clean()
        self.finished.emit(self.sentence(), done.event, done.value)

    def _refused(self, error: BaseException) -> None:
        """Say what is wrong; what was typed stays."""
        self.set_saving(saving=False)
        if isinstance(error, Faults):
            self.form.show_faults(wording.faults_by_field(error))
        else:
            tell_trouble(self.bar, error)


class VoidForm(RegisterForm):
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
        reason = str(values.get("reason") or "").replace("\n", " ")
        act, entry = self._act, self._entry

        def work(office: Office) -> Done[int]:
            return Done(entry, act(office, reason).event)

        return work

    def sentence(self) -> str:
        return _("{number} 已作废。").format(number=self._number)
