"""What every page of a step shares: names, saving on the worker, faults in words, nothing lost."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.rules.faults import Faults
from desktop.text import _
from desktop.ui.common import theme, wording
from desktop.ui.common.bars import Tone
from desktop.ui.common.forms import Form, FormPage
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases import register
from desktop.usecases.office import Acting, Done, Office


@dataclass(frozen=True, slots=True)
class Made:
    """What a step gave: the complaint with its number, and the letter if one was made."""

    complaint: int
    number: str
    letter: int = 0
    letter_number: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """What the tab is told after a step: the sentence to say, and how to take it back."""

    sentence: str
    event: int
    made: Made


Job = Callable[[Office], Done[Made]]


def made(office: Office, complaint: int, acting: Acting, letter: int = 0) -> Made:
    """Look up the numbers that a step's sentence needs."""
    view = register.view(office, complaint, acting.today)
    number = next((one.number for one in view.letters if one.id == letter), "")
    return Made(complaint, view.complaint.number, letter, number)


class Beside(QWidget):
    """Room for what stands beside a form: half the page to begin with, whatever is in it."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(inside)

    def sizeHint(self) -> QSize:
        return QSize(theme.em(46), theme.em(40))


class StepPage(FormPage):
    """A form page that saves one step; `finished(Finished)` after it was written."""

    finished = Signal(object)

    def __init__(
        self,
        context: Context,
        name: str,
        words: tuple[str, str, str],
        form: Form,
        beside: QWidget,
    ) -> None:
        """`name` is the object name; `words` are title, subtitle and the text of the button."""
        super().__init__(words[0], words[1], form, words[2], beside=Beside(beside))
        self.context = context
        self.setObjectName(name)
        self.save_button.setObjectName(f"{name}.save")
        self.cancel_button.setObjectName(f"{name}.cancel")
        for key in form.values():
            form.editor(key).target().setObjectName(f"{name}.{key}")
        self.saved.connect(self._save)

    def job(self, values: Values) -> Job:
        """Make the job that writes the step; called on the UI thread."""
        raise NotImplementedError

    def sentence(self, what: Made) -> str:
        """What the status bar says afterwards."""
        raise NotImplementedError

    def fault_sentences(self, faults: Faults) -> Mapping[str, str]:
        """The sentences for the fields; a page may say one more precisely."""
        return wording.faults_by_field(faults)

    def _save(self, values: Values) -> None:
        self.set_saving(saving=True)
        self.context.do(self.job(values), self._done, self._failed)

    def _done(self, done: Done[Made]) -> None:
        self.set_saving(saving=False)
        self.form.mark_clean()
        self.finished.emit(Finished(self.sentence(done.value), done.event, done.value))

    def _failed(self, error: BaseException) -> None:
        self.set_saving(saving=False)
        words = wording.error_words(error)
        if isinstance(error, Faults):
            self.form.show_faults(self.fault_sentences(error))
        elif words is not None:
            self.bar.tell(Tone.ERROR, words)
        else:
            self.bar.tell(Tone.ERROR, _("没有保存，填写的内容都还在；请再试一次。"))
            sys.excepthook(type(error), error, error.__traceback__)
