"""The page 领导批示单: what the leader will read is typed left and seen right, then printed."""

from PySide6.QtCore import QTimer

from desktop.rules.faults import Faults
from desktop.text import _
from desktop.ui.common import wording
from desktop.ui.common.bars import Tone
from desktop.ui.common.forms import Form, FormPage, NoteField, TextField
from desktop.ui.common.preview import LetterPreview
from desktop.ui.complaints import values as read
from desktop.ui.complaints.page import Beside
from desktop.ui.complaints.steps import about
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases import sheets
from desktop.usecases.register import ComplaintView
from desktop.usecases.sheets import ApprovalDraft

_PAUSE = 400  # milliseconds after the last key before the sheet is set again
_NAME = "complaints.approval"


class ApprovalPage(FormPage):
    """Nothing is kept: the sheet is paper for the leader, who writes on it.

    What would give a complainant away is not shown as a sheet, so that it can not be printed.
    """

    def __init__(self, context: Context, view: ComplaintView, start: ApprovalDraft) -> None:
        self.context = context
        self._view = view
        self._fresh = False
        self.preview = LetterPreview()
        form = Form(
            [
                NoteField(
                    "identity",
                    _("投诉举报人"),
                    text=_("单上只写实名、匿名或者联名，不写姓名、电话和地址；摘要里已经隐去。"),
                ),
                TextField("summary", _("主要内容(&W)"), required=True, lines=8, most=16),
                TextField(
                    "proposal",
                    _("拟办意见(&O)"),
                    lines=3,
                    hint=_("如“拟受理并组织调查”；不填的，留空手写。"),
                ),
            ],
            context.today(),
        )
        title, print_text = _("打印领导批示单"), _("打印批示单…(&S)")
        super().__init__(title, about(view), form, print_text, beside=Beside(self.preview))
        self.setObjectName(_NAME)
        self.preview.setObjectName(f"{_NAME}.preview")
        self.save_button.setObjectName(f"{_NAME}.save")
        self.cancel_button.setObjectName(f"{_NAME}.cancel")
        for key in form.values():
            form.editor(key).target().setObjectName(f"{_NAME}.{key}")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.show_sheet)
        form.set_values({"summary": start.summary, "proposal": start.proposal})
        form.edited.connect(lambda _key: self._wait())
        self.saved.connect(self._print)
        self.preview.printed.connect(form.mark_clean)
        self.preview.kept.connect(lambda _path: form.mark_clean())
        self.show_sheet()

    def show_sheet(self) -> None:
        """Set the sheet anew from what is typed."""
        draft, acting = _draft(self.form.values()), self.context.acting()
        complaint = self._view.complaint.id
        self.context.tasks.run(
            lambda office: sheets.approval_sheet(office, complaint, draft, acting),
            self._show,
            self._no_sheet,
        )

    def _wait(self) -> None:
        """What was typed is not on the sheet yet: it may not be printed as it is."""
        self._fresh = False
        self.form.clear_faults()
        self._timer.start()

    def _print(self, values: Values) -> None:
        if self._fresh:
            self.preview.print_letter()
        else:
            draft, acting = _draft(values), self.context.acting()
            complaint = self._view.complaint.id
            self.context.tasks.run(
                lambda office: sheets.approval_sheet(office, complaint, draft, acting),
                self._show_and_print,
                self._no_sheet,
            )

    def _show_and_print(self, pdf: bytes) -> None:
        self._show(pdf)
        self.preview.print_letter()

    def _show(self, pdf: bytes) -> None:
        self._fresh = True
        name = _("{number} 领导批示单").format(number=self._view.complaint.number)
        self.preview.show_letter(pdf, name)

    def _no_sheet(self, error: BaseException) -> None:
        self._fresh = False
        if isinstance(error, Faults):
            self.form.show_faults(wording.faults_by_field(error))
        words = wording.error_words(error) or _("批示单暂时显示不出来。")
        self.preview.show_message(words)
        if not isinstance(error, Faults):
            self.bar.tell(Tone.ERROR, words)


def _draft(values: Values) -> ApprovalDraft:
    return ApprovalDraft(read.text(values, "summary"), read.text(values, "proposal"))
