"""The page 接谈（电话）记录: questions and answers typed while the person speaks, printed to be signed."""

from collections.abc import Callable

from PySide6.QtCore import QTimer

from desktop.rules.faults import Faults
from desktop.text import _
from desktop.ui.common import wording
from desktop.ui.common.bars import Tone
from desktop.ui.common.forms import Form, FormPage, LineField, RowsField, SuggestField, TextField
from desktop.ui.common.preview import LetterPreview
from desktop.ui.complaints import values as read
from desktop.ui.complaints.page import Beside
from desktop.ui.complaints.steps import about
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases import sheets
from desktop.usecases.register import ComplaintView
from desktop.usecases.sheets import TranscriptBeginning, TranscriptDraft

_PAUSE = 400  # milliseconds after the last key before the sheet is set again
_NAME = "complaints.transcript"


class TranscriptPage(FormPage):
    """Nothing is kept: the paper is signed, scanned and added to the complaint as a file."""

    def __init__(self, context: Context, view: ComplaintView, begin: TranscriptBeginning) -> None:
        self.context = context
        self._view = view
        self._fresh = False
        self.preview = LetterPreview()
        known = [clerk.name for clerk in context.directory.clerks]
        title = _("打印接谈记录") if begin.present else _("打印电话记录")
        form = Form(
            [
                LineField("begun", _("开始时间(&B)"), width=16),
                LineField("ended", _("结束时间(&E)"), width=16, hint=_("谈完再填，也可以手写。")),
                *([LineField("place", _("地点(&L)"), width=16)] if begin.present else []),
                SuggestField(
                    "host",
                    _("接谈人(&H)") if begin.present else _("接听人(&H)"),
                    known=known,
                    width=10,
                ),
                SuggestField("recorder", _("记录人(&R)"), known=known, width=10),
                TextField("statement", _("反映的内容(&W)"), required=True, lines=5, most=12),
                RowsField(
                    "exchanges",
                    _("询问和回答(&Q)"),
                    columns=(
                        TextField("question", _("问"), lines=2, most=4),
                        TextField("answer", _("答"), lines=2, most=8),
                    ),
                    widths=(2, 3),
                    add_text=_("再问一项"),
                    hint=_("没有问到的一行，删去或者空着回答；空着的留出地方手写。"),
                ),
                TextField("demands", _("诉求(&D)"), lines=2),
            ],
            context.today(),
        )
        super().__init__(title, about(view), form, _("打印…(&S)"), beside=Beside(self.preview))
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
        form.set_values(
            {
                "begun": begin.begun,
                "host": begin.host,
                "statement": begin.statement,
                "demands": begin.demands,
                "exchanges": tuple({"question": one, "answer": ""} for one in begin.questions),
            }
        )
        form.edited.connect(lambda _key: self._wait())
        self.saved.connect(self._print)
        self.preview.printed.connect(form.mark_clean)
        self.preview.kept.connect(lambda _path: form.mark_clean())
        self.show_sheet()

    def show_sheet(self) -> None:
        """Set the record anew from what is typed."""
        self._set(self._show)

    def _set(self, then: Callable[[bytes], None]) -> None:
        draft, acting = _draft(self.form.values()), self.context.acting()
        complaint = self._view.complaint.id
        self.context.tasks.run(
            lambda office: sheets.transcript(office, complaint, draft, acting),
            then,
            self._no_sheet,
        )

    def _wait(self) -> None:
        """What was typed is not on the paper yet: it may not be printed as it is."""
        self._fresh = False
        self.form.clear_faults()
        self._timer.start()

    def _print(self, values: Values) -> None:
        del values
        if self._fresh:
            self.preview.print_letter()
        else:
            self._set(self._show_and_print)

    def _show_and_print(self, pdf: bytes) -> None:
        self._show(pdf)
        self.preview.print_letter()

    def _show(self, pdf: bytes) -> None:
        self._fresh = True
        name = _("{number} 记录").format(number=self._view.complaint.number)
        self.preview.show_letter(pdf, name)

    def _no_sheet(self, error: BaseException) -> None:
        self._fresh = False
        if isinstance(error, Faults):
            self.form.show_faults(wording.faults_by_field(error))
        words = wording.error_words(error) or _("记录暂时显示不出来。")
        self.preview.show_message(words)
        if not isinstance(error, Faults):
            self.bar.tell(Tone.ERROR, words)


def _draft(values: Values) -> TranscriptDraft:
    return TranscriptDraft(
        begun=read.text(values, "begun"),
        ended=read.text(values, "ended"),
        place=read.text(values, "place"),
        host=read.text(values, "host"),
        recorder=read.text(values, "recorder"),
        statement=read.text(values, "statement"),
        exchanges=tuple(
            (read.text(row, "question"), read.text(row, "answer"))
            for row in read.rows(values, "exchanges")
        ),
        demands=read.text(values, "demands"),
    )
