"""The page 记录陈述申辩."""

from desktop.text import _
from desktop.ui.actionpage import Values
from desktop.ui.casefiles.pages import base
from desktop.ui.casefiles.pages.base import CasePage, unit_line
from desktop.ui.common import wording
from desktop.ui.common.forms import (
    CheckField,
    DateField,
    LineField,
    NoteField,
    RadioField,
    TextField,
)
from desktop.ui.context import Context
from desktop.usecases import inquiry
from desktop.usecases.inquiry import HearingDraft
from desktop.usecases.office import Done, Office
from desktop.usecases.records import CasePerson
from desktop.usecases.shelf import CaseView


class HearingPage(CasePage):
    """What one person said and what became of it, or that the person waived it in writing."""

    def __init__(self, context: Context, view: CaseView) -> None:
        heard = {one.case_person for one in view.hearings}
        people = [(p.id, _person_words(p, heard=p.id in heard)) for p in view.people]
        super().__init__(
            context,
            "hearing",
            (_("记录陈述申辩"), unit_line(view.case.number, view.case.unit_name)),
            (
                RadioField("person", _("陈述申辩人(&P)"), required=True, choices=people),
                CheckField("waived", _("放弃(&V)"), text=_("本人书面表示放弃陈述和申辩")),
                DateField("day", _("日期(&D)"), required=True),
                LineField("place", _("地点(&L)")),
                LineField("recorder", _("记录人(&R)"), required=True, width=10),
                NoteField("waiver", "", text=_("放弃书原件请作为证据登记，存入案卷。")),
                TextField("statement", _("陈述和申辩(&T)"), required=True, lines=5),
                TextField(
                    "opinion",
                    _("采纳与否(&O)"),
                    required=True,
                    lines=3,
                    hint=_("写明采纳或者不采纳的理由；不得因陈述和申辩加重处理。"),
                ),
            ),
            _("保存(&S)"),
        )
        self.case_id = view.case.id
        self._names = {p.id: p.name for p in view.people}
        first = next((p.id for p in view.people if p.id not in heard), None)
        clerk = context.clerk
        self.form.set_values({"person": first, "recorder": clerk.name if clerk else ""})
        self.form.set_shown("waiver", False)
        self.form.edited.connect(self._on_edit)

    def keep(self, office: Office, values: Values) -> Done[None]:
        draft = HearingDraft(
            person=base.number(values, "person"),
            day=base.day(values, "day"),
            place=base.text(values, "place"),
            recorder=base.text(values, "recorder"),
            waived=bool(values["waived"]),
            statement=base.text(values, "statement"),
            opinion=base.text(values, "opinion"),
        )
        return inquiry.hear(office, self.case_id, draft, self.context.acting())

    def sentence(self, value: object) -> str:
        person = base.number(self.form.values(), "person") or 0
        return _("已记录{name}的陈述申辩。").format(name=self._names.get(person, ""))

    def _on_edit(self, key: str) -> None:
        if key == "waived":
            waived = bool(self.form.values()["waived"])
            self.form.set_shown("waiver", waived)
            self.form.set_shown("statement", not waived)
            self.form.set_shown("opinion", not waived)


def _person_words(person: CasePerson, *, heard: bool) -> str:
    words = _("{name}（{role}，已听取）") if heard else _("{name}（{role}）")
    return words.format(name=person.name, role=_(wording.ROLES[person.role]))
