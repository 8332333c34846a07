"""The page 追究方式: the rung and its measures, and why the clerk departs from the proposal."""

from desktop.rules import sanctions
from desktop.rules.rulebook import Role
from desktop.text import _
from desktop.ui.actionpage import Values
from desktop.ui.casefiles.fields.measures import MeasuresEditor, MeasuresField, Target
from desktop.ui.casefiles.fields.rungs import RungField
from desktop.ui.casefiles.pages import base
from desktop.ui.casefiles.pages.base import CasePage, unit_line
from desktop.ui.common import wording
from desktop.ui.common.forms import TextField
from desktop.ui.context import Context
from desktop.usecases import shelf, weighing
from desktop.usecases.office import Done, Office
from desktop.usecases.records import CasePerson
from desktop.usecases.shelf import CaseView
from desktop.usecases.weighing import SanctionDraft


class SanctionPage(CasePage):
    """The measures a rung proposes are chosen at first; a reason is asked for any other choice."""

    def __init__(self, context: Context, view: CaseView) -> None:
        self._view = view
        super().__init__(
            context,
            "sanction",
            (_("追究方式"), unit_line(view.case.number, view.case.unit_name)),
            (
                RungField("rung", _("情节和后果"), required=True, rungs=view.book.rungs),
                MeasuresField("measures", _("处理措施"), required=True),
                TextField(
                    "reason",
                    _("理由(&R)"),
                    required=True,
                    lines=3,
                    hint=_("选定的措施与这一档的建议不同，请写明理由。"),
                ),
            ),
            _("保存(&S)"),
        )
        self.case_id = view.case.id
        self._fill()
        self.form.edited.connect(self._on_edit)

    def keep(self, office: Office, values: Values) -> Done[None]:
        draft = SanctionDraft(
            base.text(values, "rung"), base.listed(values, "measures"), base.text(values, "reason")
        )
        return weighing.choose_sanction(office, self.case_id, draft, self.context.acting())

    def sentence(self, value: object) -> str:
        return _("已确定追究方式。")

    def _fill(self) -> None:
        rung = self._view.case.rung
        self._offer(rung)
        chosen = tuple((one.case_person or 0, one.measure) for one in self._view.sanctions)
        self.form.set_values(
            {"rung": rung, "measures": chosen, "reason": self._view.case.departure}
        )
        self._ask_reason()

    def _on_edit(self, key: str) -> None:
        if key == "rung":
            rung = base.text(self.form.values(), "rung")
            self._offer(rung)
            self.form.editor("measures").set_value(self._proposed(rung))
        self._ask_reason()

    def _offer(self, rung_id: str | None) -> None:
        editor = self.form.editor("measures")
        assert isinstance(editor, MeasuresEditor)
        if not rung_id:
            editor.offer(())
            return
        rung = sanctions.rung(self._view.book, rung_id)
        own = tuple(one for one in rung.measures if one.target == "unit")
        unit = Target(0, _("对单位：{unit}").format(unit=self._view.case.unit_name), own)
        targets = [unit] if own else []
        for person in self._view.people:
            role = _role(person)
            offered = tuple(one for one in rung.measures if sanctions.fits(one, role))
            targets.append(Target(person.id, _title(person), offered))
        editor.offer(targets)

    def _proposed(self, rung: str) -> tuple[tuple[int, str], ...]:
        return tuple(
            (one.person, one.measure.id) for one in shelf.proposed_measures(self._view, rung)
        )

    def _ask_reason(self) -> None:
        values = self.form.values()
        rung = base.text(values, "rung")
        departs = bool(rung) and set(self._proposed(rung)) != set(base.listed(values, "measures"))
        self.form.set_shown("reason", departs)


def _role(person: CasePerson) -> Role:
    return shelf.part(person).role


def _title(person: CasePerson) -> str:
    share = _(wording.SHARES[person.share]) if person.share else _("还没有区分责任")
    return _("对{name}（{role}，{share}）").format(
        name=person.name, role=_(wording.ROLES[person.role]), share=share
    )
