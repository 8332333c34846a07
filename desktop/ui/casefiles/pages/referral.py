"""The page 移送函, with the letter as it will print beside the form."""

from desktop.rules.faults import Faults
from desktop.rules.rulebook import Authority
from desktop.text import N_, _
from desktop.ui.actionpage import Values
from desktop.ui.casefiles.pages import base
from desktop.ui.casefiles.pages.base import unit_line
from desktop.ui.casefiles.pages.letters import LetterPage
from desktop.ui.common import wording
from desktop.ui.common.forms import (
    DateField,
    LineField,
    RadioField,
    RowsField,
    SuggestField,
    TextField,
)
from desktop.ui.context import Context
from desktop.usecases import casenotices, shelf
from desktop.usecases.casenotices import ReferralDraft
from desktop.usecases.office import Done, Office
from desktop.usecases.shelf import CaseView, Handover


class ReferralPage(LetterPage):
    """To which authority, why, and with which papers; one letter for each authority."""

    kind = "referral"

    def __init__(self, context: Context, view: CaseView) -> None:
        self._view = view
        self._open = {h.authority: h for h in view.handovers if h.letter is None}
        self._filled = ""  # the reason that was filled in and not typed
        super().__init__(
            context,
            "referral",
            (_("移送函"), unit_line(view.case.number, view.case.unit_name)),
            (
                RadioField(
                    "authority",
                    _("移送给(&A)"),
                    required=True,
                    choices=[(key, _words(one)) for key, one in self._open.items()],
                ),
                SuggestField(
                    "receiver",
                    _("受移送机关(&R)"),
                    required=True,
                    known=[one.name for one in context.directory.units],
                    hint=_("写全称，如“澄岳市纪委监委”。"),
                ),
                TextField("reason", _("移送的理由(&E)"), required=True, lines=3),
                RowsField(
                    "materials",
                    _("移送的材料(&M)"),
                    required=True,
                    columns=(LineField("text", N_("材料名称")),),
                    add_text=_("添加材料"),
                    hint=_("列为函的附件；投诉举报人的身份不随材料移送。"),
                ),
                DateField("reply_by", _("函复期限(&L)"), hint=_("本单位自定；可以不填。")),
                DateField("day", _("成文日期(&D)"), required=True),
            ),
            _("制作移送函(&S)"),
        )
        self.case_id = view.case.id
        papers = tuple({"text": one} for one in casenotices.referral_papers(view))
        first = next(iter(self._open), None)
        self.form.set_values({"authority": first, "materials": papers, "day": context.today()})
        self._fill()
        self.form.mark_clean()
        self.form.edited.connect(self._on_edit)
        self.renew()

    def compose(self, office: Office, values: Values) -> bytes:
        draft, acting = self._draft(values), self.context.acting()
        return casenotices.preview_referral(office, self.case_id, draft, acting)

    def waiting_for(self, values: Values) -> str:
        return "" if values["authority"] else _("选定移送给谁以后，移送函会显示在这里。")

    def letter_name(self) -> str:
        return _("{number} 移送函（草稿）").format(number=self._view.case.number)

    def keep(self, office: Office, values: Values) -> Done[tuple[int, str]]:
        acting = self.context.acting()
        done = casenotices.refer(office, self.case_id, self._draft(values), acting)
        made = shelf.view(office, self.case_id, acting.today)
        number = next(one.number for one in made.letters if one.id == done.value)
        return Done((done.value, number), done.event)

    def sentence(self, value: object) -> str:
        assert isinstance(value, tuple)
        return _("已制作移送函 {number}。").format(number=value[1])

    def fault_sentences(self, faults: Faults) -> dict[str, str]:
        return base.by_row(super().fault_sentences(faults), "materials")

    def _on_edit(self, key: str) -> None:
        if key == "authority":
            self._fill()

    def _fill(self) -> None:
        """Say why it goes to this authority, unless something else was typed."""
        values = self.form.values()
        handover = self._open.get(self._authority(values) or "office")
        typed = base.text(values, "reason")
        if handover is not None and typed in ("", self._filled):
            self._filled = casenotices.referral_reason(self._view, handover)
            self.form.editor("reason").set_value(self._filled)

    def _authority(self, values: Values) -> Authority | None:
        return next((one for one in self._open if one == values["authority"]), None)

    def _draft(self, values: Values) -> ReferralDraft:
        return ReferralDraft(
            authority=self._authority(values),
            receiver=base.text(values, "receiver"),
            reason=base.text(values, "reason"),
            materials=tuple(base.text(row, "text") for row in base.listed(values, "materials")),
            reply_by=base.day(values, "reply_by"),
            day=base.day(values, "day"),
        )


def _words(handover: Handover) -> str:
    measures = _("、").join(dict.fromkeys(one.text for one in handover.measures))
    return _("{authority}（{measures}）").format(
        authority=_(wording.AUTHORITIES[handover.authority]), measures=measures
    )
