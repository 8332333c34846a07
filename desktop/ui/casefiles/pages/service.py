"""The page 送达, with the 送达回证 to print beside the form."""

from desktop.text import _
from desktop.ui.actionpage import Values
from desktop.ui.casefiles.pages import base
from desktop.ui.casefiles.pages.base import unit_line
from desktop.ui.casefiles.pages.letters import LetterPage
from desktop.ui.common.bars import Tone
from desktop.ui.common.forms import (
    ChoiceField,
    DateField,
    LineField,
    Section,
    SuggestField,
    TextField,
)
from desktop.ui.context import Context
from desktop.usecases import decisions, letters
from desktop.usecases.decisions import ServiceDraft
from desktop.usecases.office import Done, Office
from desktop.usecases.shelf import CaseView


class ServicePage(LetterPage):
    """How a letter was handed over, as the signed receipt shows."""

    def __init__(self, context: Context, view: CaseView, *, receipt: bool = False) -> None:
        """`receipt`: come to print the receipt first; the form is filled in once it is signed."""
        self._view = view
        papers = [
            (one.id, _("{title}（{number}）").format(title=one.title, number=one.number))
            for one in view.letters
            if not one.void
        ]
        known = [view.case.unit_name, *(p.name for p in view.people)]
        super().__init__(
            context,
            "service",
            (_("送达"), unit_line(view.case.number, view.case.unit_name)),
            (
                ChoiceField("letter", _("文书(&L)"), required=True, choices=papers),
                SuggestField("recipient", _("受送达人(&R)"), required=True, known=known),
                DateField("day", _("送达日期(&D)"), required=True),
                ChoiceField(
                    "way",
                    _("送达方式(&W)"),
                    required=True,
                    choices=[(way, way) for way in decisions.SERVICE_WAYS],
                ),
                LineField("server", _("送达人(&E)"), required=True, width=12),
                LineField(
                    "receiver",
                    _("签收人(&G)"),
                    required=True,
                    width=12,
                    hint=_("他人代收的，写代收人，并在备注中写明关系。"),
                ),
                LineField(
                    "witness",
                    _("见证人(&T)"),
                    required=True,
                    width=12,
                    hint=_("受送达人拒绝签收而留置的，须有见证人。"),
                ),
                Section(
                    _("地点和备注"),
                    (
                        LineField("place", _("送达地点(&P)")),
                        TextField("note", _("备注(&N)"), lines=2),
                    ),
                ),
            ),
            _("登记送达(&S)"),
        )
        self.case_id = view.case.id
        self._set_up(receipt=receipt)
        self.form.edited.connect(self._on_edit)
        self.renew()

    def compose(self, office: Office, values: Values) -> bytes:
        letter = base.number(values, "letter")
        assert letter is not None
        return letters.receipt(office, letter, base.text(values, "recipient"))

    def waiting_for(self, values: Values) -> str:
        if not values["letter"]:
            return _("选定文书以后，这里显示要打印的送达回证。")
        if not values["recipient"]:
            return _("写明受送达人以后，这里显示要打印的送达回证。")
        return ""

    def letter_name(self) -> str:
        return _("{number} 送达回证").format(number=self._view.case.number)

    def keep(self, office: Office, values: Values) -> Done[None]:
        draft = ServiceDraft(
            letter=base.number(values, "letter"),
            recipient=base.text(values, "recipient"),
            day=base.day(values, "day"),
            way=base.text(values, "way"),
            place=base.text(values, "place"),
            server=base.text(values, "server"),
            receiver=base.text(values, "receiver"),
            witness=base.text(values, "witness"),
            note=base.text(values, "note"),
        )
        return decisions.serve(office, self.case_id, draft, self.context.acting())

    def sentence(self, value: object) -> str:
        return _("已登记送达{name}。").format(name=self.form.values()["recipient"])

    def _set_up(self, *, receipt: bool) -> None:
        served = {one.letter for one in self._view.services}
        papers = [one.id for one in self._view.letters if not one.void]
        notices = {one.letter.id for one in self._view.notices}  # they come before the decision
        waiting = [one for one in papers if one not in served | notices]
        clerk = self.context.clerk
        done = {one.recipient for one in self._view.services}
        people = [p.name for p in self._view.people if p.name not in done]
        self.form.set_values(
            {
                "letter": next(reversed(waiting or papers), None),
                "recipient": (people or [self._view.case.unit_name])[0],
                "server": clerk.name if clerk else "",
            }
        )
        self.form.set_shown("witness", False)
        self.preview.print_button.setText(_("打印送达回证…"))
        self.preview.print_button.setObjectName("casefiles.service.print")
        if receipt:
            self.form.bar.tell(
                Tone.INFO, _("先打印右边的送达回证，随文书送达；签收以后回到这一页登记。")
            )

    def _on_edit(self, key: str) -> None:
        if key == "way":
            left = self.form.values()["way"] == decisions.LEFT_BEHIND
            self.form.set_shown("witness", left)
            self.form.set_shown("receiver", not left)
