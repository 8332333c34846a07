"""The page 责任区分: what each person did, what the table says of it, what the clerk fixes."""

from collections.abc import Sequence

from desktop.rules.responsibility import Proposal
from desktop.text import N_, _
from desktop.ui.actionpage import Values
from desktop.ui.casefiles.fields.proposal import ProposalField
from desktop.ui.casefiles.pages import base
from desktop.ui.casefiles.pages.base import CasePage, unit_line
from desktop.ui.casefiles.words import proposal_words
from desktop.ui.common import wording
from desktop.ui.common.forms import (
    Field,
    LineField,
    RadioField,
    Section,
    TextField,
)
from desktop.ui.common.rest import Rest
from desktop.ui.context import Context
from desktop.usecases import shelf, weighing
from desktop.usecases.office import Done, Office
from desktop.usecases.records import CasePerson
from desktop.usecases.shelf import CaseView
from desktop.usecases.weighing import Conduct, DivisionDraft

#: What a person did, as one choice: advice given and silence kept exclude each other.
PLAIN, ADVISED, ADOPTED, SILENT = "plain", "advised", "adopted", "silent"
_CONDUCTS = {
    PLAIN: N_("没有以下情形"),
    ADVISED: N_("提出过正确意见，未被采纳"),
    ADOPTED: N_("提出过正确意见，已被采纳"),
    SILENT: N_("明知会导致失误而不提醒和建议"),
}
ASK_AFTER = 150  # milliseconds of rest after an edit before the table is asked


class DivisionPage(CasePage):
    """The table's proposal follows every edit; the clerk's own choice is never overwritten."""

    def __init__(self, context: Context, view: CaseView) -> None:
        self._view = view
        self._proposed: dict[int, str | None] = {}
        self._found: dict[int, Proposal] = {}
        self._filling = False
        approvals = [(key, _(wording.APPROVALS[key])) for key in shelf.APPROVALS]
        super().__init__(
            context,
            "division",
            (_("责任区分"), unit_line(view.case.number, view.case.unit_name)),
            (
                RadioField("approval", _("行为怎样作出(&A)"), required=True, choices=approvals),
                *(self._section(n, person) for n, person in enumerate(view.people)),
            ),
            _("保存(&S)"),
        )
        self.case_id = view.case.id
        self._timer = Rest(self, self._ask, ASK_AFTER)
        self._fill()
        self.form.edited.connect(self._on_edit)

    def keep(self, office: Office, values: Values) -> Done[None]:
        return weighing.divide(office, self.case_id, self._draft(values), self.context.acting())

    def sentence(self, value: object) -> str:
        return _("已区分责任。")

    def _section(self, n: int, person: CasePerson) -> Section:
        shares = [(one, _(wording.SHARES[one])) for one in self._view.shares]
        role = _(wording.ROLES[person.role])
        title = f"{person.name}（{role}）"
        conducts = [(key, _(text)) for key, text in _CONDUCTS.items()]
        fields: Sequence[Field] = (
            RadioField(f"parts.{n}.conduct", _("本人的行为"), required=True, choices=conducts),
            LineField(
                f"parts.{n}.exhibit",
                _("证明材料"),
                hint=_("如签注意见、会议纪要；没有材料的不能据此减免或者加重。"),
            ),
            ProposalField(f"parts.{n}.proposal", _("规则的建议")),
            RadioField(f"parts.{n}.share", _("确定的责任"), required=True, choices=shares),
            TextField(f"parts.{n}.reason", _("理由"), required=True, lines=2),
        )
        return Section(title, fields, folded=False)

    def _fill(self) -> None:
        values: dict[str, object] = {"approval": self._view.case.approval}
        chosen_freely = {one.person for one in self._view.proposals if one.discretion}
        for n, person in enumerate(self._view.people):
            if person.id not in chosen_freely:
                self._proposed[n] = person.proposed_share
            values |= {
                f"parts.{n}.conduct": _conduct_of(person),
                f"parts.{n}.exhibit": person.exhibit,
                f"parts.{n}.share": person.share,
                f"parts.{n}.reason": person.share_reason,
            }
        self.form.set_values(values)
        self._arrange()
        self._ask()

    def _on_edit(self, key: str) -> None:
        if self._filling:
            return
        self._arrange()
        if key.endswith(".share"):
            self._ask_reasons()
        elif not key.endswith(".reason"):
            self._timer.start()

    def _arrange(self) -> None:
        """Ask for the exhibit only where relief or blame would rest on it."""
        values = self.form.values()
        for n in range(len(self._view.people)):
            special = values[f"parts.{n}.conduct"] != PLAIN
            self.form.set_shown(f"parts.{n}.exhibit", special)

    def _draft(self, values: Values) -> DivisionDraft:
        parts = tuple(
            Conduct(
                person=person.id,
                advised=values[f"parts.{n}.conduct"] in (ADVISED, ADOPTED),
                adopted=values[f"parts.{n}.conduct"] == ADOPTED,
                kept_silent=values[f"parts.{n}.conduct"] == SILENT,
                exhibit=base.text(values, f"parts.{n}.exhibit"),
                share=base.text(values, f"parts.{n}.share"),
                reason=base.text(values, f"parts.{n}.reason"),
            )
            for n, person in enumerate(self._view.people)
        )
        return DivisionDraft(base.text(values, "approval"), parts)

    def _ask(self) -> None:
        draft, today = self._draft(self.form.values()), self.context.today()
        case_id = self.case_id
        self.context.ask(
            lambda office: weighing.propose_division(office, case_id, draft, today), self._show
        )

    def _show(self, proposals: tuple[Proposal, ...]) -> None:
        """Show what the table says; take over what it demands where the clerk has not departed."""
        self._found = {one.person: one for one in proposals}
        names = {p.id: p.name for p in self._view.people}
        self._filling = True
        for n, person in enumerate(self._view.people):
            proposal = self._found.get(person.id)
            if proposal is None:
                continue
            said = proposal_words(proposal, names)
            self.form.editor(f"parts.{n}.proposal").set_value(said)
            self._take_over(n, proposal)
        self._filling = False
        self._ask_reasons()

    def _take_over(self, n: int, proposal: Proposal) -> None:
        share = self.form.editor(f"parts.{n}.share")
        before = self._proposed.get(n)
        wanted = weighing.proposed_share(proposal)
        own = share.value()
        followed = own is None or own == before
        self._proposed[n] = None if proposal.discretion else wanted
        if followed:
            share.set_value(self._proposed[n])

    def _ask_reasons(self) -> None:
        """Ask why, where the clerk departs from the table or it leaves the choice open."""
        values = self.form.values()
        for n, person in enumerate(self._view.people):
            proposal = self._found.get(person.id)
            share = values[f"parts.{n}.share"]
            wanted = weighing.proposed_share(proposal) if proposal else None
            self.form.set_shown(
                f"parts.{n}.reason",
                proposal is not None
                and share is not None
                and (proposal.discretion or share != wanted),
            )


def _conduct_of(person: CasePerson) -> str:
    if person.kept_silent:
        return SILENT
    if person.advised:
        return ADOPTED if person.adopted else ADVISED
    return PLAIN
