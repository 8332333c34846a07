"""What every page of a step of a complaint shares: what it writes, and what it says of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.actionpage import ActionPage
from desktop.ui.common import theme
from desktop.ui.common.forms import Form
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases import register
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.register import ComplaintView


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
T = TypeVar("T")


def about(view: ComplaintView) -> str:
    """Which complaint a page is about: number, unit, subject."""
    complaint = view.complaint
    return f"{complaint.number} · {complaint.unit_name} · {complaint.subject}"


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


class StepPage(ActionPage):
    """Writes one step of a complaint; `finished(Finished)` afterwards."""

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
        super().__init__(context, name, words, form, Beside(beside))

    def job(self, values: Values) -> Job:
        raise NotImplementedError

    def job_on(self, view: ComplaintView, act: Callable[[Office, int, Acting], Done[T]]) -> Job:
        """Make the job that does `act(office, complaint, acting)`; who acts is asked now."""
        complaint, acting = view.complaint.id, self.context.acting()

        def work(office: Office) -> Done[Made]:
            done = act(office, complaint, acting)
            return Done(made(office, complaint, acting), done.event)

        return work

    def sentence(self, what: Made) -> str:
        """What the status bar says afterwards."""
        raise NotImplementedError

    def tell_done(self, done: Done[Made]) -> None:
        self.finished.emit(Finished(self.sentence(done.value), done.event, done.value))
