"""The page 撤下: a piece of evidence or a hearing that was entered wrongly goes, with a reason."""

from collections.abc import Callable

from desktop.text import _
from desktop.ui.actionpage import Values
from desktop.ui.casefiles.pages import base
from desktop.ui.casefiles.pages.base import CasePage, unit_line
from desktop.ui.common.forms import NoteField, TextField
from desktop.ui.context import Context
from desktop.usecases import inquiry
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.shelf import CaseView

Withdraw = Callable[[Office, int, int, str, Acting], Done[None]]


class WithdrawalPage(CasePage):
    """What is taken out and why; the entry stays in the operation record and can be brought back."""

    def __init__(self, context: Context, view: CaseView, what: str, row: int) -> None:
        """`what` is "evidence" or "hearing", `row` its id."""
        self._withdraw: Withdraw = _WITHDRAW[what]
        self._row = row
        self._name = named(view, what, row)
        told = _("撤下以后不再算作要件；已经集体研究或者审批的，要重新研究或者审批。")
        super().__init__(
            context,
            "withdrawal",
            (_("撤下登记有误的内容"), unit_line(view.case.number, view.case.unit_name)),
            (
                NoteField("what", _("撤下"), text=self._name),
                NoteField("follows", "", text=told),
                TextField("reason", _("理由(&E)"), required=True, lines=2),
            ),
            _("撤下(&S)"),
        )
        self.case_id = view.case.id

    def keep(self, office: Office, values: Values) -> Done[None]:
        reason, acting = base.text(values, "reason"), self.context.acting()
        return self._withdraw(office, self.case_id, self._row, reason, acting)

    def sentence(self, value: object) -> str:
        return _("已撤下{name}。").format(name=self._name)


_WITHDRAW: dict[str, Withdraw] = {
    "evidence": inquiry.withdraw_evidence,
    "hearing": inquiry.withdraw_hearing,
}


def named(view: CaseView, what: str, row: int) -> str:
    """What is to be taken out, in words."""
    if what == "evidence":
        name = next((one.name for one in view.evidence if one.id == row), "")
        return _("证据“{name}”").format(name=name)
    heard = next((one.case_person for one in view.hearings if one.id == row), None)
    person = view.person(heard)
    return _("{name}的陈述申辩").format(name=person.name if person else "")
