"""What every page of a case has in common: what it writes, what it says, how it reads a form."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.text import N_, _
from desktop.ui.actionpage import ActionPage, Values
from desktop.ui.common.forms import Field, Form, Section
from desktop.ui.context import Context
from desktop.usecases.office import Done, Office


class CasePage(ActionPage):
    """A page of a case; `finished(case id, what the action gave)` after it was kept.

    `name` is the part of object names between casefiles. and the field.
    """

    finished = Signal(int, object)

    def __init__(
        self,
        context: Context,
        name: str,
        heads: tuple[str, str],
        parts: Sequence[Field | Section],
        save_text: str,
        beside: QWidget | None = None,
    ) -> None:
        """`heads` are title and subtitle."""
        form = Form(parts, context.today())
        super().__init__(context, f"casefiles.{name}", (*heads, save_text), form, beside)
        self.name = name
        self.case_id = 0

    def keep(self, office: Office, values: Values) -> Done[Any]:
        """Do the action, on the worker thread; `values` are those of the form."""
        raise NotImplementedError

    def write(self, office: Office, values: Values) -> Done[Any]:
        """Do the action with what belongs around it, on the worker thread."""
        return self.keep(office, values)

    def sentence(self, value: object) -> str:
        """What the status bar says afterwards, given what the action returned."""
        raise NotImplementedError

    def job(self, values: Values) -> Callable[[Office], Done[Any]]:
        return lambda office: self.write(office, values)

    def tell_done(self, done: Done[Any]) -> None:
        self.context.said.emit(self.sentence(done.value), done.event)
        self.finished.emit(self.case_id, done.value)


def text(values: Values, key: str) -> str:
    """A text of the form."""
    return str(values[key] or "")


def day(values: Values, key: str) -> date | None:
    """A day of the form."""
    found = values[key]
    return found if isinstance(found, date) else None


def number(values: Values, key: str) -> int | None:
    """A record id of the form."""
    found = values[key]
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def listed(values: Values, key: str) -> tuple[Any, ...]:
    """What a field with several values holds."""
    found = values[key]
    return found if isinstance(found, tuple) else ()


def files(values: Values, key: str) -> tuple[str, ...]:
    """The chosen files."""
    return tuple(str(one) for one in listed(values, key) if isinstance(one, Path))


#: The columns of repeating fields, as a sentence names them.
_PARTS = {"name": N_("姓名"), "post": N_("职务"), "role": N_("在此事中的身份")}


def by_row(sentences: Mapping[str, str], field: str) -> dict[str, str]:
    """Say in which row a sentence of a repeating field belongs."""
    found = {}
    for key, sentence in sentences.items():
        parts = key.split(".")
        if parts[0] == field and len(parts) > 1 and parts[1].isdigit():
            row = int(parts[1]) + 1
            if len(parts) > 2 and parts[2] in _PARTS:
                words = _("第 {row} 行“{part}”：{said}")
                sentence = words.format(row=row, part=_(_PARTS[parts[2]]), said=sentence)
            else:
                sentence = _("第 {number} 行：{said}").format(number=row, said=sentence)
        found[key] = sentence
    return found


def unit_line(number: str, unit: str) -> str:
    """The quiet line under a page's title."""
    return _("{number} · {unit}").format(number=number, unit=unit)
