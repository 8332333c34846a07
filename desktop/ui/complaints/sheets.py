"""The page 领导批示单: what the leader will read is typed left and seen right, then printed."""

from collections.abc import Callable

from desktop.text import _
from desktop.ui.common.forms import NoteField, TextField
from desktop.ui.complaints import values as read
from desktop.ui.complaints.paperpage import PaperPage
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases import sheets
from desktop.usecases.office import Office
from desktop.usecases.register import ComplaintView
from desktop.usecases.sheets import ApprovalDraft


class ApprovalPage(PaperPage):
    """Nothing is kept: the sheet is paper for the leader, who writes on it.

    What would give a complainant away is not shown as a sheet, so that it can not be printed.
    """

    def __init__(self, context: Context, view: ComplaintView, start: ApprovalDraft) -> None:
        said = _("单上只写实名、匿名或者联名，不写姓名、电话和地址；摘要里已经隐去。")
        super().__init__(
            context,
            view,
            "complaints.approval",
            (_("打印领导批示单"), _("打印批示单…(&S)")),
            [
                NoteField("identity", _("投诉举报人"), text=said),
                TextField("summary", _("主要内容(&W)"), required=True, lines=8, most=16),
                TextField(
                    "proposal",
                    _("拟办意见(&O)"),
                    lines=3,
                    hint=_("如“拟受理并组织调查”；不填的，留空手写。"),
                ),
            ],
            {"summary": start.summary, "proposal": start.proposal},
        )

    def draw(self, values: Values) -> Callable[[Office], bytes]:
        draft, acting, complaint = _draft(values), self.context.acting(), self.view.complaint.id
        return lambda office: sheets.approval_sheet(office, complaint, draft, acting)

    def paper_name(self) -> str:
        return _("{number} 领导批示单").format(number=self.view.complaint.number)

    def no_sheet(self) -> str:
        return _("批示单暂时显示不出来。")


def _draft(values: Values) -> ApprovalDraft:
    return ApprovalDraft(read.text(values, "summary"), read.text(values, "proposal"))
