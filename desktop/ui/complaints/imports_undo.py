"""整批撤销: what taking an import back does is said beforehand; the reason stays on record."""

from PySide6.QtCore import Signal

from desktop.rules.faults import Faults
from desktop.text import _
from desktop.ui.common import wording
from desktop.ui.common.bars import Tone
from desktop.ui.common.forms import Form, FormPage, NoteField, TextField
from desktop.ui.common.tasks import Cancelled, Progress
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.complaints import values as read
from desktop.ui.complaints.imports_past import asking_words, brought_words, done_words
from desktop.ui.context import Context
from desktop.usecases import imports_past
from desktop.usecases.imports_past import PastImport
from desktop.usecases.office import Done, Office


class UndoImportPage(FormPage):
    """Takes an import back as a whole, with how far it is, and may be stopped.

    ``left``: the import, whether it was taken back or not.
    """

    left = Signal(object)  # PastImport

    def __init__(self, context: Context, one: PastImport) -> None:
        """``one`` is the import, as the clerk was shown it."""
        self._context, self._one = context, one
        self._job: Progress | None = None
        form = Form(
            [
                NoteField("what", _("撤销的是"), text=brought_words(one)),
                NoteField("effect", _("撤销以后"), text=asking_words(one)),
                TextField(
                    "reason",
                    _("撤销理由(&E)"),
                    required=True,
                    lines=3,
                    hint=_("写明为什么撤销；操作记录和装订的登记簿里会留下。"),
                ),
            ],
            context.today(),
        )
        super().__init__(_("整批撤销导入"), one.file, form, _("整批撤销(&S)"))
        self.setObjectName("complaints.import_undo")
        self.name_parts("complaints.import_undo")
        self.saved.connect(self._take_back)
        self.cancelled.connect(lambda: self.left.emit(one))

    def has_unsaved(self) -> bool:
        """Whether a reason was typed."""
        return self.form.dirty()

    def leave(self) -> None:
        """Stop what is running, or go back."""
        if self._job is not None:
            self._job.stop()
        else:
            super().leave()

    def _take_back(self, values: dict[str, object]) -> None:
        batch, reason = self._one.batch, read.text(values, "reason")
        acting, told = self._context.acting(), _("正在撤销…")

        def work(office: Office, progress: Progress) -> Done[PastImport]:
            return imports_past.take_back(
                office, batch, reason, acting, lambda share: progress(told, int(100 * share), 100)
            )

        self._busy(on=True)
        self._job = self._context.tasks.run_long(work, self._done, self._failed, changes=True)

    def _done(self, done: Done[PastImport]) -> None:
        self._busy(on=False)
        self.form.mark_clean()
        self._context.said.emit(done_words(done.value), 0)
        self._context.directory_changed.emit()
        self.left.emit(self._one)

    def _failed(self, error: BaseException) -> None:
        self._busy(on=False)
        if isinstance(error, Cancelled):
            self.bar.tell(Tone.INFO, _("已停止，什么也没有撤销。"))
        elif isinstance(error, Faults):
            self.form.show_faults(wording.faults_by_field(error))
        else:
            tell_trouble(self.bar, error)

    def _busy(self, *, on: bool) -> None:
        if not on:
            self._job = None
        self.set_saving(saving=on)
        self.form.setEnabled(not on)
        self.cancel_button.setText(_("停止") if on else _("取消"))
        if on:  # a form that is blocked loses the keyboard
            self.cancel_button.setFocus()
        else:
            self.form.enter_first()
