"""The page 责任追究决定书, with the decision as it will print beside the form."""

from desktop.rules.faults import NotPermitted
from desktop.text import N_, _
from desktop.ui.actionpage import Values
from desktop.ui.casefiles.pages import base
from desktop.ui.casefiles.pages.base import unit_line
from desktop.ui.casefiles.pages.letters import LetterPage
from desktop.ui.casefiles.words import missing_list
from desktop.ui.common.bars import Tone
from desktop.ui.common.forms import DateField, LineField, RowsField
from desktop.ui.context import Context
from desktop.usecases import decisions, shelf
from desktop.usecases.decisions import DecisionLetterDraft
from desktop.usecases.office import Done, Office
from desktop.usecases.shelf import CaseView


class DecisionPage(LetterPage):
    """Its date, the time for rectification, who gets a copy; the rest comes from the case file."""

    kind = "decision"

    def __init__(self, context: Context, view: CaseView) -> None:
        self._view = view
        super().__init__(
            context,
            "decision",
            (_("责任追究决定书"), unit_line(view.case.number, view.case.unit_name)),
            (
                DateField("day", _("成文日期(&D)"), required=True),
                DateField("rectify_by", _("整改期限(&L)"), hint=_rectify_hint(view)),
                RowsField(
                    "copied_to",
                    _("抄送(&C)"),
                    columns=(LineField("name", N_("单位")),),
                    add_text=_("添加抄送单位"),
                ),
            ),
            _("作出决定(&S)"),
        )
        self.case_id = view.case.id
        self.form.set_values({"day": context.today()})
        if missing := missing_list(view):
            self.form.bar.tell(Tone.WARN, _gate_words(missing), closable=False)
        self.renew()

    def compose(self, office: Office, values: Values) -> bytes:
        draft, acting = _draft(values), self.context.acting()
        return decisions.preview_decision(office, self.case_id, draft, acting)

    def letter_name(self) -> str:
        return _("{number} 责任追究决定书（草稿）").format(number=self._view.case.number)

    def keep(self, office: Office, values: Values) -> Done[tuple[int, str]]:
        acting = self.context.acting()
        done = decisions.decide(office, self.case_id, _draft(values), acting)
        made = shelf.view(office, self.case_id, acting.today)
        number = next(one.number for one in made.letters if one.id == done.value)
        return Done((done.value, number), done.event)

    def sentence(self, value: object) -> str:
        assert isinstance(value, tuple)
        return _("已制作责任追究决定书 {number}。").format(number=value[1])

    def tell_trouble(self, error: BaseException) -> None:
        if isinstance(error, NotPermitted) and error.code == "gate":
            self.bar.tell(Tone.ERROR, _gate_words(missing_list(self._view)))
        else:
            super().tell_trouble(error)


def _draft(values: Values) -> DecisionLetterDraft:
    copied = tuple(base.text(row, "name") for row in base.listed(values, "copied_to"))
    return DecisionLetterDraft(base.day(values, "day"), base.day(values, "rectify_by"), copied)


def _gate_words(missing: str) -> str:
    return _("还不能作出决定，只能看草稿。还缺：{missing}。").format(missing=missing)


def _rectify_hint(view: CaseView) -> str:
    """Say when a measure chosen asks for a time limit."""
    chosen = {one.measure for one in view.sanctions}
    measures = view.rung.measures if view.rung else ()
    asking = [one.text for one in measures if one.rectify and one.id in chosen]
    if asking:
        return _("选定的措施有“{measure}”，请写明期限。").format(measure=asking[0])
    return _("不写期限的，决定书要求及时纠正并报告。")
