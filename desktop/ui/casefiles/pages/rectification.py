"""The page 限期整改通知书, with the notice as it will print beside the form."""

from desktop.rules.faults import Faults
from desktop.text import N_, _
from desktop.ui.actionpage import Values
from desktop.ui.casefiles.pages import base
from desktop.ui.casefiles.pages.base import unit_line
from desktop.ui.casefiles.pages.letters import LetterPage
from desktop.ui.common.forms import DateField, LineField, RowsField
from desktop.ui.context import Context
from desktop.usecases import decisions, shelf
from desktop.usecases.decisions import RectificationDraft
from desktop.usecases.office import Done, Office
from desktop.usecases.shelf import CaseView


class RectificationPage(LetterPage):
    """What must be put right and by when."""

    kind = "rectification"

    def __init__(self, context: Context, view: CaseView) -> None:
        self._view = view
        super().__init__(
            context,
            "rectification",
            (_("限期整改通知书"), unit_line(view.case.number, view.case.unit_name)),
            (
                RowsField(
                    "problems",
                    _("存在的问题(&Q)"),
                    required=True,
                    columns=(LineField("text", N_("问题")),),
                    add_text=_("添加问题"),
                ),
                RowsField(
                    "requirements",
                    _("整改要求(&R)"),
                    required=True,
                    columns=(LineField("text", N_("要求")),),
                    add_text=_("添加要求"),
                ),
                DateField("rectify_by", _("整改期限(&L)"), required=True),
                DateField("day", _("成文日期(&D)"), required=True),
            ),
            _("制作通知书(&S)"),
        )
        self.case_id = view.case.id
        self.form.set_values(
            {
                "problems": tuple({"text": one.text} for one in view.situations),
                "rectify_by": view.case.rectify_by,
                "day": context.today(),
            }
        )
        self.renew()

    def compose(self, office: Office, values: Values) -> bytes:
        draft, acting = _draft(values), self.context.acting()
        return decisions.preview_rectification(office, self.case_id, draft, acting)

    def waiting_for(self, values: Values) -> str:
        return "" if values["rectify_by"] else _("填写整改期限以后，通知书会显示在这里。")

    def letter_name(self) -> str:
        return _("{number} 限期整改通知书（草稿）").format(number=self._view.case.number)

    def keep(self, office: Office, values: Values) -> Done[tuple[int, str]]:
        acting = self.context.acting()
        done = decisions.demand_rectification(office, self.case_id, _draft(values), acting)
        made = shelf.view(office, self.case_id, acting.today)
        number = next(one.number for one in made.letters if one.id == done.value)
        return Done((done.value, number), done.event)

    def sentence(self, value: object) -> str:
        assert isinstance(value, tuple)
        return _("已制作限期整改通知书 {number}。").format(number=value[1])

    def fault_sentences(self, faults: Faults) -> dict[str, str]:
        return base.by_row(base.by_row(super().fault_sentences(faults), "problems"), "requirements")


def _draft(values: Values) -> RectificationDraft:
    return RectificationDraft(
        problems=tuple(base.text(row, "text") for row in base.listed(values, "problems")),
        requirements=tuple(base.text(row, "text") for row in base.listed(values, "requirements")),
        rectify_by=base.day(values, "rectify_by"),
        day=base.day(values, "day"),
    )
