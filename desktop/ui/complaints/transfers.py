"""The page 承办单位退回: the receiver says that the matter is not its own, and by which paper."""

from desktop.text import _, format_date
from desktop.ui.common.forms import DateField, FilesField, Form, LineField, NoteField, TextField
from desktop.ui.complaints import dates
from desktop.ui.complaints import values as read
from desktop.ui.complaints.page import Job, Made, StepPage, about
from desktop.ui.complaints.reading import Reading
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases import transfers
from desktop.usecases.register import ComplaintView
from desktop.usecases.transfers import ObjectBy, ObjectionDraft


class ObjectionPage(StepPage):
    """The receiver sends the matter back (退回); the leader decides anew."""

    def __init__(self, context: Context, view: ComplaintView) -> None:
        self._view = view
        transfer = transfers.transferred(view.steps)
        form = Form(
            [
                NoteField(
                    "from",
                    _("退回单位"),
                    text=_("{unit}（{day} 转办，{number}）").format(
                        unit=transfer.unit_name or "",
                        day=format_date(transfer.day),
                        number=transfer.letter_number or "",
                    ),
                ),
                DateField("day", _("退回日期(&D)"), required=True),
                LineField("paper", _("来文编号(&N)"), hint=_("退回函自己的文号；没有的不填。")),
                TextField(
                    "reason",
                    _("退回的理由(&E)"),
                    required=True,
                    lines=4,
                    hint=_("如“不属于本单位职责”。保存以后这一件回到领导那里，重新批示。"),
                ),
                FilesField("attachments", _("附件(&A)")),
            ],
            context.today(),
        )
        words = (_("记录承办单位退回"), about(view), _("保存(&S)"))
        super().__init__(context, "complaints.object", words, form, Reading(view))
        form.set_values({"day": context.today()})
        context.ask(lambda office: transfers.object_by(office, view), self._say_until)

    def _say_until(self, until: ObjectBy | None) -> None:
        """Say by when the receiver had to object; a late objection is recorded all the same."""
        if until is None:
            return
        end = until.end
        said = _("提出异议的期限：{due}（{citation}；从转办日期起算，实际从收到之日起算）").format(
            due=dates.due_words(end.due, end.latest, tentative=end.tentative),
            citation=until.citation,
        )
        self.form.set_hint("day", said)

    def job(self, values: Values) -> Job:
        draft = ObjectionDraft(
            day=read.day(values, "day"),
            reason=read.text(values, "reason"),
            paper=read.text(values, "paper"),
            attachments=read.files(values, "attachments"),
        )
        return self.job_on(
            self._view,
            lambda office, complaint, acting: transfers.record_objection(
                office, complaint, draft, acting
            ),
        )

    def sentence(self, what: Made) -> str:
        return _("{number} 已记录退回，等待重新批示。").format(number=what.number)
