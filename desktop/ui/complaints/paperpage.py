"""A paper of a complaint that is typed left, seen right and printed; nothing of it is kept."""

from collections.abc import Callable, Mapping, Sequence

from desktop.rules.faults import Faults
from desktop.ui.common import wording
from desktop.ui.common.bars import Tone
from desktop.ui.common.forms import Field, Form, FormPage
from desktop.ui.common.preview import LetterPreview
from desktop.ui.common.rest import Rest
from desktop.ui.complaints.page import Beside, about
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases.office import Office
from desktop.usecases.register import ComplaintView


class PaperPage(FormPage):
    """Prints what stands on the form at that moment, never what stood there before."""

    def __init__(
        self,
        context: Context,
        view: ComplaintView,
        name: str,
        words: tuple[str, str],
        fields: Sequence[Field],
        start: Mapping[str, object],
    ) -> None:
        """`name` is the object name; `words` are title and the text of the button."""
        self.context, self.view = context, view
        self._fresh = False
        self.preview = LetterPreview()
        form = Form(fields, context.today())
        super().__init__(words[0], about(view), form, words[1], beside=Beside(self.preview))
        self.setObjectName(name)
        self.name_parts(name)
        self.preview.setObjectName(f"{name}.preview")
        self._timer = Rest(self, self.show_sheet)
        form.set_values(start)
        form.edited.connect(lambda _key: self._wait())
        self.saved.connect(self._print)
        self.preview.printed.connect(form.mark_clean)
        self.preview.kept.connect(lambda _path: form.mark_clean())
        self.show_sheet()

    # -- what each paper says for itself -------------------------------------------------------

    def draw(self, values: Values) -> Callable[[Office], bytes]:
        """Make the job that sets the paper; called on the UI thread."""
        raise NotImplementedError

    def paper_name(self) -> str:
        """What a file kept from the preview is called."""
        raise NotImplementedError

    def no_sheet(self) -> str:
        """What is said when the paper can not be shown and nobody knows why."""
        raise NotImplementedError

    # -- what they share -----------------------------------------------------------------------

    def show_sheet(self) -> None:
        """Set the paper anew from what is typed."""
        self._set(self._show)

    def _set(self, then: Callable[[bytes], None]) -> None:
        self.context.tasks.run(self.draw(self.form.values()), then, self._no_sheet)

    def _wait(self) -> None:
        """What was typed is not on the paper yet: it may not be printed as it is."""
        self._fresh = False
        self.form.clear_faults()
        self._timer.start()

    def _print(self, _values: Values) -> None:
        if self._fresh:
            self.preview.print_letter()
        else:
            self._set(self._show_and_print)

    def _show_and_print(self, pdf: bytes) -> None:
        self._show(pdf)
        self.preview.print_letter()

    def _show(self, pdf: bytes) -> None:
        self._fresh = True
        self.preview.show_letter(pdf, self.paper_name())

    def _no_sheet(self, error: BaseException) -> None:
        self._fresh = False
        if isinstance(error, Faults):
            self.form.show_faults(wording.faults_by_field(error))
        words = wording.error_words(error) or self.no_sheet()
        self.preview.show_message(words)
        if not isinstance(error, Faults):
            self.bar.tell(Tone.ERROR, words)
