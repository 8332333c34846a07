"""The page 集体研究、领导审批."""

from desktop.text import _
from desktop.ui.actionpage import Values
from desktop.ui.casefiles.pages import base
from desktop.ui.casefiles.pages.base import CasePage, unit_line
from desktop.ui.common.forms import DateField, LineField, TextField
from desktop.ui.context import Context
from desktop.usecases import weighing
from desktop.usecases.office import Done, Office
from desktop.usecases.shelf import CaseView


class ApprovalPage(CasePage):
    """Who approved the handling, when, and what was said."""

    def __init__(self, context: Context, view: CaseView) -> None:
        super().__init__(
            context,
            "approval",
            (_("集体研究、领导审批"), unit_line(view.case.number, view.case.unit_name)),
            (
                LineField(
                    "by",
                    _("会议或者审批人(&B)"),
                    required=True,
                    hint=_("写会议名称，如“领导小组会议（2026年第5次）”，或者审批人的姓名和职务。"),
                ),
                DateField("day", _("日期(&D)"), required=True),
                TextField("note", _("意见(&O)"), lines=3),
            ),
            _("保存(&S)"),
        )
        self.case_id = view.case.id
        case = view.case
        self.form.set_values(
            {"by": case.approved_by, "day": case.approved, "note": case.approval_note}
        )

    def keep(self, office: Office, values: Values) -> Done[None]:
        return weighing.approve(
            office,
            self.case_id,
            base.text(values, "by"),
            base.day(values, "day"),
            base.text(values, "note"),
            self.context.acting(),
        )

    def sentence(self, value: object) -> str:
        return _("已记录集体研究或者领导审批。")
