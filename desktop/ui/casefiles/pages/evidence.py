"""The page 登记证据."""

from desktop.rules.casefiles import CaseStep
from desktop.text import _
from desktop.ui.actionpage import Values
from desktop.ui.casefiles.pages import base
from desktop.ui.casefiles.pages.base import CasePage, unit_line
from desktop.ui.common import wording
from desktop.ui.common.forms import (
    ChecksField,
    ChoiceField,
    DateField,
    Field,
    FilesField,
    LineField,
    TextField,
)
from desktop.ui.context import Context
from desktop.usecases import inquiry
from desktop.usecases.inquiry import EvidenceDraft
from desktop.usecases.office import Done, Office
from desktop.usecases.shelf import CaseView


def _linked(view: CaseView) -> tuple[Field, ...]:
    """The files that are there already, of the complaint and of the case, to choose from."""
    choices: list[tuple[object, str]] = [
        (one.id, _("{name}（投诉附件）").format(name=one.name)) for one in view.materials
    ]
    choices += [(one.id, one.name) for one in view.attachments]
    if not choices:
        return ()
    hint = _("这件证据就是这些文件，或者由它们证明的，勾上；不用再添加一遍。")
    return (ChecksField("linked", _("已有的附件(&L)"), choices=choices, hint=hint),)


class EvidencePage(CasePage):
    """One piece of evidence: what it is, when and by whom it was taken, its files."""

    def __init__(self, context: Context, view: CaseView) -> None:
        gate = next((r for r in view.requirements if r.key is CaseStep.EVIDENCE), None)
        few = gate is not None and gate.missing == "few_investigators"
        hint = _("取证人员写全，用顿号分开；取证由两人以上进行的，都要写上。")
        super().__init__(
            context,
            "evidence",
            (_("登记证据"), unit_line(view.case.number, view.case.unit_name)),
            (
                LineField("name", _("证据名称(&N)"), required=True),
                ChoiceField(
                    "kind",
                    _("种类(&K)"),
                    required=True,
                    choices=[(kind, kind) for kind in inquiry.EVIDENCE_KINDS],
                ),
                DateField("day", _("取得日期(&D)"), required=True),
                LineField(
                    "taken_by",
                    _("取证人员(&W)"),
                    required=True,
                    hint=wording.missing_words(gate) if gate is not None and few else hint,
                ),
                TextField("note", _("证明事实(&F)"), lines=3),
                *_linked(view),
                FilesField("attachments", _("附件(&A)")),
            ),
            _("登记(&S)"),
        )
        self.case_id = view.case.id

    def keep(self, office: Office, values: Values) -> Done[None]:
        draft = EvidenceDraft(
            name=base.text(values, "name"),
            kind=base.text(values, "kind"),
            day=base.day(values, "day"),
            taken_by=base.text(values, "taken_by"),
            note=base.text(values, "note"),
            attachments=base.files(values, "attachments"),
            linked=base.listed(values, "linked") if "linked" in values else (),
        )
        return inquiry.add_evidence(office, self.case_id, draft, self.context.acting())

    def sentence(self, value: object) -> str:
        return _("已登记证据“{name}”。").format(name=self.form.values()["name"])
