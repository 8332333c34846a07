"""What every page of a case has in common: saving on the worker, faults under their fields."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.rules.faults import Faults
from desktop.text import N_, _
from desktop.ui.common import wording
from desktop.ui.common.bars import Tone
from desktop.ui.common.forms import Field, Form, FormPage, Section
from desktop.ui.context import Context
from desktop.usecases.office import Done, Office

Values = Mapping[str, object]


class CasePage(FormPage):
    """A form page that keeps what was typed by one use case.

    `finished(case id, what the action gave)` after saving; `name` is the part of object names
    between casefiles. and the field.
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
        super().__init__(heads[0], heads[1], form, save_text, beside=beside)
        self.context = context
        self.name = name
        self.case_id = 0
        self.setObjectName(f"casefiles.{name}")
        self.save_button.setObjectName(f"casefiles.{name}.save")
        self.cancel_button.setObjectName(f"casefiles.{name}.cancel")
        for key in form.values():
            if not form.editor(key).target().objectName():
                form.editor(key).target().setObjectName(f"casefiles.{name}.{key}")
        self.saved.connect(self._submit)

    def keep(self, office: Office, values: Values) -> Done[Any]:
        """Do the action, on the worker thread; `values` are those of the form."""
        raise NotImplementedError

    def write(self, office: Office, values: Values) -> Done[Any]:
        """Do the action with what belongs around it, on the worker thread."""
        return self.keep(office, values)

    def sentence(self, value: object) -> str:
        """What the status bar says afterwards, given what the action returned."""
        raise NotImplementedError

    def about(self, faults: Faults) -> dict[str, str]:
        """The sentences by field."""
        return wording.faults_by_field(faults)

    def refusal(self, error: BaseException) -> str | None:
        """The sentence for any other known error."""
        return wording.error_words(error)

    def _submit(self, values: dict[str, object]) -> None:
        self.set_saving(saving=True)
        self.context.do(lambda office: self.write(office, values), self._finish, self._refuse)

    def _finish(self, done: Done[Any]) -> None:
        self.set_saving(saving=False)
        self.form.mark_clean()
        self.context.said.emit(self.sentence(done.value), done.event)
        self.finished.emit(self.case_id, done.value)

    def _refuse(self, error: BaseException) -> None:
        self.set_saving(saving=False)
        if isinstance(error, Faults):
            self.form.show_faults(self.about(error))
            return
        words = self.refusal(error)
        if words is None:
            sys.excepthook(type(error), error, error.__traceback__)
        else:
            self.bar.tell(Tone.ERROR, words)


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
