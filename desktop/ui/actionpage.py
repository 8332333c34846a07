"""A form page that does one action of the office: once, on the worker, and nothing typed is lost."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.rules.faults import Faults
from desktop.ui.common import wording
from desktop.ui.common.forms import Field, Form, FormPage, Section
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.context import Context
from desktop.usecases.office import Done, Office, weigh

Values = Mapping[str, object]


class ActionPage(FormPage):
    """Says what is wrong under the fields; what comes of it, each kind of page tells for itself."""

    def __init__(
        self,
        context: Context,
        name: str,
        words: tuple[str, str, str],
        form: Form,
        beside: QWidget | None = None,
    ) -> None:
        """`name` is the object name; `words` are title, subtitle and the text of the button."""
        super().__init__(words[0], words[1], form, words[2], beside=beside)
        self.context = context
        self.setObjectName(name)
        self.name_parts(name)
        self.saved.connect(self._save)

    def job(self, values: Values) -> Callable[[Office], Done[Any]]:
        """Make the job that does it; called on the UI thread."""
        raise NotImplementedError

    def fault_sentences(self, faults: Faults) -> Mapping[str, str]:
        """The sentences for the fields; a page may say one more precisely."""
        return wording.faults_by_field(faults)

    def tell_unread(self, problems: Mapping[str, str]) -> None:
        """Show what cannot be read, and in the same go what the rules say of all the rest."""
        self.form.show_faults(problems)
        self.set_saving(saving=True)
        job = self.job(self.form.values())
        self.context.ask_or(lambda office: weigh(office, job), self._add_faults, self.refuse)

    def _add_faults(self, found: Faults | None) -> None:
        self.set_saving(saving=False)
        unread = self.form.faults()
        if found is not None and unread:
            said = self.fault_sentences(found)
            others = {k: v for k, v in said.items() if k.split(".")[0] not in unread}
            self.form.show_faults({**others, **unread})

    def refuse(self, error: BaseException) -> None:
        """Say what is wrong; what was typed stays."""
        self.set_saving(saving=False)
        if isinstance(error, Faults):
            self.form.show_faults(self.fault_sentences(error))
        else:
            self.tell_trouble(error)

    def tell_trouble(self, error: BaseException) -> None:
        """Say what no field is to blame for."""
        tell_trouble(self.bar, error)

    def tell_done(self, done: Done[Any]) -> None:
        """Say what was done to whoever opened the page."""
        raise NotImplementedError

    def _save(self, values: Values) -> None:
        self.set_saving(saving=True)
        self.context.do(self.job(values), self._done, self.refuse)

    def _done(self, done: Done[Any]) -> None:
        self.set_saving(saving=False)
        self.form.mark_clean()
        self.tell_done(done)


class EntryForm(ActionPage):
    """Writes one entry of a register: `finished(sentence, event, entry)` afterwards."""

    finished = Signal(str, int, int)

    def __init__(
        self,
        context: Context,
        name: str,
        words: tuple[str, str, str],
        fields: Sequence[Field | Section],
        beside: QWidget | None = None,
    ) -> None:
        super().__init__(context, name, words, Form(fields, context.today()), beside)

    def sentence(self) -> str:
        """What the status bar says afterwards."""
        raise NotImplementedError

    def tell_done(self, done: Done[int]) -> None:
        self.finished.emit(self.sentence(), done.event, done.value)
