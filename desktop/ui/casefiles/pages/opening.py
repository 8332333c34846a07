"""The page 立案, and the same page for 修改案情 while the case is open."""

from collections.abc import Sequence

from desktop.rules.faults import Faults
from desktop.rules.rulebook import Rulebook
from desktop.text import N_, _
from desktop.ui.actionpage import Values
from desktop.ui.casefiles.fields.situations import SituationsField
from desktop.ui.casefiles.pages import base
from desktop.ui.casefiles.pages.base import CasePage
from desktop.ui.common import wording
from desktop.ui.common.forms import (
    ChoiceField,
    DateField,
    Editor,
    Field,
    LineField,
    RowsField,
    Section,
    SuggestField,
    TextField,
)
from desktop.ui.common.forms.rows import RowsEditor
from desktop.ui.common.forms.texts import LineEditor
from desktop.ui.context import Context
from desktop.usecases import casefiles, shelf
from desktop.usecases.casefiles import CaseDraft, PersonPart
from desktop.usecases.office import Done, Office
from desktop.usecases.shelf import CaseView


def empty_draft(context: Context) -> CaseDraft:
    """A case that begins on its own, today."""
    return CaseDraft(None, "", "", (), (), context.today())


def draft_of(view: CaseView) -> CaseDraft:
    """A case as it stands, to be corrected."""
    return CaseDraft(
        unit=view.case.unit,
        title=view.case.title,
        facts=view.case.facts,
        situations=tuple(one.id for one in view.situations),
        people=tuple(PersonPart(p.name, p.post, p.role) for p in view.people),
        day=view.case.opened,
    )


class OpeningPage(CasePage):
    """Unit, subject, facts, situations, persons; with a view it corrects an open case."""

    def __init__(
        self, context: Context, book: Rulebook, draft: CaseDraft, view: CaseView | None = None
    ) -> None:
        self._draft = draft
        self._view = view
        self._filled: dict[Editor, str] = {}  # posts that were not typed but filled in
        super().__init__(
            context,
            "opening",
            self._heads(book, view),
            self._parts(context, book),
            _("保存(&S)") if view else _("立案(&S)"),
        )
        self.case_id = view.case.id if view else 0
        self.form.set_values(
            {
                "unit": draft.unit,
                "title": draft.title,
                "facts": draft.facts,
                "situations": draft.situations,
                "people": tuple(
                    {"name": p.name, "post": p.post, "role": p.role} for p in draft.people
                ),
                "day": draft.day,
            }
        )
        if view is not None:
            self.form.set_shown("unit", False)
            self.form.set_shown("day", False)
        self.form.edited.connect(self._on_edit)
        self._suggest()
        self.form.mark_clean()

    def keep(self, office: Office, values: Values) -> Done[tuple[int, str]]:
        acting = self.context.acting()
        people = tuple(
            PersonPart(base.text(row, "name"), base.text(row, "post"), base.text(row, "role"))
            for row in base.listed(values, "people")
        )
        draft = CaseDraft(
            unit=self._view.case.unit if self._view else base.number(values, "unit"),
            title=base.text(values, "title"),
            facts=base.text(values, "facts"),
            situations=base.listed(values, "situations"),
            people=people,
            day=self._view.case.opened if self._view else base.day(values, "day"),
            complaint=self._draft.complaint,
            round_unit=self._draft.round_unit,
        )
        if self._view is not None:
            done = casefiles.revise(office, self.case_id, draft, acting)
            return Done((self.case_id, self._view.case.number), done.event)
        opened = casefiles.open_case(office, draft, acting)
        made = shelf.view(office, opened.value, acting.today)
        return Done((opened.value, made.case.number), opened.event)

    def sentence(self, value: object) -> str:
        assert isinstance(value, tuple)
        self.case_id = int(value[0])
        told = _("已修改 {number} 的案情。") if self._view else _("已立案 {number}。")
        return told.format(number=value[1])

    def fault_sentences(self, faults: Faults) -> dict[str, str]:
        return base.by_row(super().fault_sentences(faults), "people")

    def _heads(self, book: Rulebook, view: CaseView | None) -> tuple[str, str]:
        rules = _("规则：{place} 第 {version} 版").format(place=book.place, version=book.version)
        if view is None:
            return _("立案"), rules
        return _("修改案情"), f"{view.case.number} · {view.case.unit_name} · {rules}"

    def _parts(self, context: Context, book: Rulebook) -> Sequence[Field | Section]:
        units = [(one.id, one.name) for one in context.directory.units]
        roles = [(role, _(wording.ROLES[role])) for role in shelf.ROLES]
        return (
            ChoiceField("unit", _("被追究单位(&U)"), required=True, choices=units),
            LineField(
                "title",
                _("案由(&T)"),
                required=True,
                hint=_("决定书写作“就“……”问题进行了调查取证”，写一句话。"),
            ),
            TextField("facts", _("事实(&F)"), required=True, lines=5),
            SituationsField(
                "situations", _("追究情形(&Q)"), required=True, situations=book.situations
            ),
            RowsField(
                "people",
                _("被追究人员(&P)"),
                columns=(
                    SuggestField("name", N_("姓名"), known=()),
                    LineField("post", N_("职务")),
                    ChoiceField("role", N_("在此事中的身份"), choices=roles),
                ),
                widths=(3, 4, 4),
                add_text=_("添加人员"),
                hint=_("身份决定责任怎样区分；还不清楚的可以以后补充。"),
            ),
            DateField("day", _("立案日期(&D)"), required=True),
        )

    def _on_edit(self, key: str) -> None:
        if key in ("unit", "people"):
            self._suggest()

    def _suggest(self) -> None:
        """Offer the unit's persons by name, and fill in the post of one that is known."""
        unit = self._view.case.unit if self._view else self.form.values()["unit"]
        known = {p.name: p.post for p in self.context.directory.persons if p.unit == unit}
        rows = self.form.editor("people")
        assert isinstance(rows, RowsEditor)
        for at in range(rows.count()):
            name, post = rows.cell(at, "name"), rows.cell(at, "post")
            if isinstance(name, LineEditor):
                name.suggest(sorted(known))
            given = str(post.value())
            if name.value() in known and given in ("", self._filled.get(post, "")):
                self._filled[post] = known[str(name.value())]
                post.set_value(self._filled[post])
