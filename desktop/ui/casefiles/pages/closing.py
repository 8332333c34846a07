"""The pages 收到整改报告 and 结案."""

from desktop.text import _, format_date
from desktop.ui.actionpage import Values
from desktop.ui.casefiles.pages import base
from desktop.ui.casefiles.pages.base import CasePage, unit_line
from desktop.ui.casefiles.words import not_referred
from desktop.ui.common.bars import Tone
from desktop.ui.common.forms import DateField, FilesField, TextField
from desktop.ui.context import Context
from desktop.usecases import decisions
from desktop.usecases.office import Done, Office
from desktop.usecases.shelf import CaseView


class ReportPage(CasePage):
    """The unit's written report on what it has put right."""

    def __init__(self, context: Context, view: CaseView) -> None:
        due = view.case.rectify_by
        hint = _("整改期限 {day}。").format(day=format_date(due)) if due else ""
        super().__init__(
            context,
            "report",
            (_("收到整改报告"), unit_line(view.case.number, view.case.unit_name)),
            (
                DateField("day", _("收到日期(&D)"), required=True, hint=hint),
                TextField("report", _("改正情况(&R)"), required=True, lines=5),
                FilesField(
                    "attachments", _("附件(&A)"), hint=_("附上书面报告和能够证明整改结果的材料。")
                ),
            ),
            _("保存(&S)"),
        )
        self.case_id = view.case.id

    def keep(self, office: Office, values: Values) -> Done[None]:
        return decisions.receive_report(
            office,
            self.case_id,
            base.day(values, "day"),
            base.text(values, "report"),
            base.files(values, "attachments"),
            self.context.acting(),
        )

    def sentence(self, value: object) -> str:
        return _("已登记整改报告。")


class ClosingPage(CasePage):
    """The end of the case; without a report it needs a word why."""

    def __init__(self, context: Context, view: CaseView) -> None:
        reported = view.case.reported is not None
        hint = "" if reported else _("没有整改报告而结案的，请写明理由。")
        self._number = view.case.number
        super().__init__(
            context,
            "closing",
            (_("结案"), unit_line(view.case.number, view.case.unit_name)),
            (
                DateField("day", _("结案日期(&D)"), required=True),
                TextField("note", _("结案说明(&N)"), required=not reported, lines=3, hint=hint),
            ),
            _("结案(&S)"),
        )
        self.case_id = view.case.id
        self.form.set_values({"day": context.today()})
        if left := not_referred(view):
            told = _(
                "还没有移送{names}，请先制作移送函；确实不需要移送的，可以结案，并在说明中写明。"
            )
            self.form.bar.tell(Tone.WARN, told.format(names=left), closable=False)

    def keep(self, office: Office, values: Values) -> Done[None]:
        return decisions.close_case(
            office,
            self.case_id,
            base.day(values, "day"),
            base.text(values, "note"),
            self.context.acting(),
        )

    def sentence(self, value: object) -> str:
        return _("{number} 已结案。").format(number=self._number)
