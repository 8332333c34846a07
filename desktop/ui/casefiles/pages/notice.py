"""The page 陈述申辩告知书, with the letter as it will print beside the form."""

from desktop.rules.faults import Faults
from desktop.text import N_, _, format_date
from desktop.ui.actionpage import Values
from desktop.ui.casefiles.pages import base
from desktop.ui.casefiles.pages.base import unit_line
from desktop.ui.casefiles.pages.letters import LetterPage
from desktop.ui.common import wording
from desktop.ui.common.forms import ChoiceField, DateField, LineField, RadioField, RowsField
from desktop.ui.context import Context
from desktop.usecases import casenotices, shelf
from desktop.usecases.casenotices import HearingNoticeDraft
from desktop.usecases.office import Done, Office
from desktop.usecases.records import CasePerson
from desktop.usecases.shelf import CaseView


class NoticePage(LetterPage):
    """Whom it is for, what is intended and on which basis, by when and where to speak."""

    kind = "hearing_notice"

    def __init__(self, context: Context, view: CaseView) -> None:
        self._view = view
        self._filled: tuple[str, ...] = ()  # what was filled in and not typed
        heard = {one.case_person for one in view.hearings}
        people = [(p.id, _words(view, p)) for p in view.people if p.id not in heard]
        rungs = [(r.id, f"{r.circumstance}（{r.article}）") for r in view.book.rungs]
        super().__init__(
            context,
            "notice",
            (_("陈述申辩告知书"), unit_line(view.case.number, view.case.unit_name)),
            (
                RadioField("person", _("告知(&P)"), required=True, choices=people),
                ChoiceField(
                    "rung",
                    _("拟适用的档次(&R)"),
                    required=True,
                    choices=rungs,
                    hint=_("告知书引用这一条作依据；只是拟作处理，决定前可以改变。"),
                ),
                RowsField(
                    "proposed",
                    _("拟作的处理(&M)"),
                    required=True,
                    columns=(LineField("text", N_("处理")),),
                    add_text=_("添加一项"),
                ),
                DateField(
                    "state_by",
                    _("提出的期限(&L)"),
                    required=True,
                    hint=_("在这一天前提出陈述和申辩；本单位自定。"),
                ),
                LineField(
                    "way",
                    _("时间和地点(&W)"),
                    hint=_(
                        "如“当面陈述的，请于11月27日上午到市政务服务中心306室”；不填的，写本单位地址。"
                    ),
                ),
                DateField("day", _("成文日期(&D)"), required=True),
            ),
            _("制作告知书(&S)"),
        )
        self.case_id = view.case.id
        told = {one.person for one in view.notices}
        untold = [p.id for p in view.people if p.id not in heard | told]
        self.form.set_values(
            {
                "person": next(iter([*untold, *(key for key, _said in people)]), None),
                "rung": view.case.rung,
                "day": context.today(),
            }
        )
        self.form.edited.connect(self._on_edit)
        self._fill()
        self.form.mark_clean()
        self.renew()

    def compose(self, office: Office, values: Values) -> bytes:
        draft, acting = _draft(values), self.context.acting()
        return casenotices.preview_hearing_notice(office, self.case_id, draft, acting)

    def waiting_for(self, values: Values) -> str:
        if not values["person"]:
            return _("选定告知的人以后，告知书会显示在这里。")
        return "" if values["state_by"] else _("填写提出的期限以后，告知书会显示在这里。")

    def letter_name(self) -> str:
        return _("{number} 陈述申辩告知书（草稿）").format(number=self._view.case.number)

    def keep(self, office: Office, values: Values) -> Done[tuple[int, str]]:
        acting = self.context.acting()
        done = casenotices.notify_hearing(office, self.case_id, _draft(values), acting)
        made = shelf.view(office, self.case_id, acting.today)
        number = next(one.number for one in made.letters if one.id == done.value)
        return Done((done.value, number), done.event)

    def sentence(self, value: object) -> str:
        assert isinstance(value, tuple)
        return _("已制作陈述申辩告知书 {number}。").format(number=value[1])

    def fault_sentences(self, faults: Faults) -> dict[str, str]:
        return base.by_row(super().fault_sentences(faults), "proposed")

    def _on_edit(self, key: str) -> None:
        if key in ("person", "rung"):
            self._fill()

    def _fill(self) -> None:
        """Propose what the rung holds for this person, unless something else was typed."""
        values = self.form.values()
        typed = _draft(values).proposed
        if typed and typed != self._filled:
            return
        person, rung = base.number(values, "person") or 0, base.text(values, "rung")
        self._filled = casenotices.intended(self._view, person, rung)
        self.form.editor("proposed").set_value(tuple({"text": one} for one in self._filled))


def _words(view: CaseView, person: CasePerson) -> str:
    told = [one for one in view.notices if one.person == person.id]
    role = _(wording.ROLES[person.role])
    if told:
        day = format_date(told[-1].letter.dated)
        return _("{name}（{role}，{day} 已告知）").format(name=person.name, role=role, day=day)
    return _("{name}（{role}）").format(name=person.name, role=role)


def _draft(values: Values) -> HearingNoticeDraft:
    return HearingNoticeDraft(
        person=base.number(values, "person"),
        rung=base.text(values, "rung"),
        proposed=tuple(base.text(row, "text") for row in base.listed(values, "proposed")),
        state_by=base.day(values, "state_by"),
        way=base.text(values, "way"),
        day=base.day(values, "day"),
    )
