"""Pages with a letter beside the form: what is typed left is seen right as it will print."""

import sys
from collections.abc import Sequence
from typing import Any

from desktop.ui.actionpage import Values
from desktop.ui.casefiles.pages.base import CasePage
from desktop.ui.common import wording
from desktop.ui.common.forms import Field, Section
from desktop.ui.common.numbers import chosen_number, hide_numbers, number_field, show_numbers
from desktop.ui.common.preview import LetterPreview
from desktop.ui.common.rest import Rest
from desktop.ui.context import Context
from desktop.usecases import letternumbers, letters
from desktop.usecases.letternumbers import ReservedNumber
from desktop.usecases.office import Done, Office


class LetterPage(CasePage):
    """A step that makes a letter; the letter is composed on the worker after each rest.

    `kind` is the letter's kind where it takes a number of its series.
    """

    kind = ""

    def __init__(
        self,
        context: Context,
        name: str,
        heads: tuple[str, str],
        parts: Sequence[Field | Section],
        save_text: str,
    ) -> None:
        self.preview = LetterPreview()
        self.preview.setObjectName(f"casefiles.{name}.preview")
        if self.kind:
            parts = [*parts, number_field()]
        super().__init__(context, name, heads, parts, save_text, beside=self.preview)
        if self.kind:
            hide_numbers(self.form)
            context.ask(lambda office: letternumbers.reserved(office, self.kind), self._offer)
        self._timer = Rest(self, self.renew)
        self.form.edited.connect(lambda _key: self._timer.start())

    def compose(self, office: Office, values: Values) -> bytes:
        """Make the letter, on the worker thread."""
        raise NotImplementedError

    def waiting_for(self, values: Values) -> str:
        """What must be filled in before there is anything to show; empty when nothing."""
        return ""

    def letter_name(self) -> str:
        """What a file kept from the preview is called."""
        raise NotImplementedError

    def renew(self) -> None:
        """Show the letter as the form has it now."""
        values = self.form.values()
        if sentence := self.waiting_for(values):
            self.preview.show_message(sentence)
            return

        def job(office: Office) -> bytes:
            with letternumbers.numbered(chosen_number(values)):
                return self.compose(office, values)

        self.context.tasks.run(job, self._show, self._fail)

    def write(self, office: Office, values: Values) -> Done[Any]:
        with letternumbers.numbered(chosen_number(values)):
            return self.keep(office, values)

    def _offer(self, numbers: Sequence[ReservedNumber]) -> None:
        """Let the clerk choose a reserved number, where there is one."""
        show_numbers(self.form, numbers)

    def _show(self, pdf: bytes) -> None:
        self.preview.show_letter(pdf, self.letter_name())
        self.context.ask(lambda office: letters.examine(office, pdf), self.preview.show_report)

    def _fail(self, error: BaseException) -> None:
        words = wording.error_words(error)
        if words is None:
            sys.excepthook(type(error), error, error.__traceback__)
        else:
            self.preview.show_message(words)
