"""The page 新建一轮考核: what, whom, and the office's own points and cut-offs."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.rules.faults import Faults
from desktop.text import _
from desktop.ui.common import theme, wording
from desktop.ui.common.forms import (
    ChecksField,
    ChoiceField,
    DateField,
    Form,
    FormPage,
    LineField,
    NoteField,
    NumberField,
    Section,
)
from desktop.ui.common.forms.choices import ChecksEditor, Choices
from desktop.ui.common.forms.field import Editor, Field
from desktop.ui.common.labels import button, label
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.context import Context
from desktop.usecases import assessments
from desktop.usecases.assessments import NewRound, RoundDraft, show
from desktop.usecases.office import Done, Office


class NewRoundPage(FormPage):
    """Emits `opened(round_id)` once the round is kept."""

    opened = Signal(int)

    def __init__(self, context: Context, start: NewRound) -> None:
        form = Form(_parts(start), context.today())
        source = start.book.source(start.blocks[0].source) if start.book and start.blocks else None
        basis = f"《{source.title}》" if source is not None else ""
        super().__init__(
            _("新建一轮考核"),
            _("考核内容和档次依据{basis}；分值和分数线为本单位自定。").format(basis=basis),
            form,
            _("建立这一轮"),
        )
        self._context = context
        self._start = start
        self._named = ""
        self._prefill()
        self.name_parts("assessments.round")
        form.edited.connect(self._follow)
        self.saved.connect(self._save)

    def _prefill(self) -> None:
        today = self._context.today()
        values: dict[str, object] = {"year": today.year, "day": today}
        if len(self._start.kinds) == 1:
            values["kind"] = self._start.kinds[0].id
        values["units"] = tuple(u.id for u in self._start.units)
        before = self._start.previous
        if before is not None:
            known = {u.id for u in self._start.units}
            values["units"] = tuple(r.unit.unit for r in before.units if r.unit.unit in known)
            for block in before.scheme.blocks:
                values[f"block.{block.block}"] = block.points
            for cut_off in before.scheme.cut_offs:
                values[f"grade.{cut_off.grade}"] = cut_off.floor
        self.form.set_values(_as_typed(values))
        self._rename()
        self._add_up()
        self.form.mark_clean()

    def _follow(self, key: str) -> None:
        if key in ("year", "kind"):
            self._rename()
        elif key.startswith("block."):
            self._add_up()

    def _rename(self) -> None:
        """Propose a name as long as the clerk has not written one."""
        values = self.form.values()
        if values["name"] not in ("", self._named):
            return
        kind = next((k.name for k in self._start.kinds if k.id == values["kind"]), "")
        year = values["year"]
        self._named = round_name(str(year), kind) if year and kind else ""
        self.form.editor("name").set_value(self._named)

    def _add_up(self) -> None:
        values = self.form.values()
        given = [v for k, v in values.items() if k.startswith("block.") and isinstance(v, Decimal)]
        said = _("各项分值合计：{sum} 分").format(sum=show(sum(given, Decimal(0))))
        self.form.editor("sum").set_value(said)

    def _save(self, values: dict[str, object]) -> None:
        draft = _draft(values)
        acting = self._context.acting()

        def job(office: Office) -> Done[int]:
            return assessments.open_round(office, draft, acting)

        self.set_saving(saving=True)
        self._context.do(job, self._done, self._failed)

    def _done(self, done: Done[int]) -> None:
        self.form.mark_clean()
        name = self.form.values()["name"]
        self._context.said.emit(_("已建立“{name}”。").format(name=name), done.event)
        self.opened.emit(done.value)

    def _failed(self, error: BaseException) -> None:
        self.set_saving(saving=False)
        if isinstance(error, Faults):
            self.form.show_faults(wording.faults_by_field(error))
        else:
            tell_trouble(self.bar, error)


def _parts(start: NewRound) -> list[Field | Section]:
    own = _("本单位自定：文件没有规定分值，请按本单位的考核方案填写。")
    floors = _("本单位自定：总分达到分数线的评为该档，达不到最低一条线的评为“{grade}”。")
    worst = start.grades[-1].name if start.grades else ""
    return [
        ChoiceField(
            "kind",
            _("考核方式(&K)"),
            required=True,
            choices=[(kind.id, kind.name) for kind in start.kinds],
        ),
        NumberField("year", _("考核年度(&Y)"), required=True, unit=_("年")),
        LineField("name", _("名称(&T)"), required=True),
        DateField("day", _("开始日期(&D)"), required=True),
        UnitsField(
            "units",
            _("被考核单位(&U)"),
            required=True,
            choices=[(unit.id, unit.name) for unit in start.units],
        ),
        Section(
            _("各项分值（本单位自定）"),
            [
                NoteField("own", "", text=own),
                *(
                    NumberField(f"block.{b.id}", b.name, required=True, decimals=2, unit=_("分"))
                    for b in start.blocks
                ),
                NoteField("sum", "", text=""),
            ],
            folded=False,
        ),
        Section(
            _("档次分数线（本单位自定）"),
            [
                NoteField("floors", "", text=floors.format(grade=worst)),
                *(
                    NumberField(
                        f"grade.{g.id}",
                        g.name,
                        required=True,
                        decimals=2,
                        unit=_("分以上"),
                        hint=g.consequence,
                    )
                    for g in start.grades[:-1]
                ),
            ],
            folded=False,
        ),
    ]


def _as_typed(values: Mapping[str, object]) -> dict[str, object]:
    return {k: show(v) if isinstance(v, Decimal) else v for k, v in values.items()}


def _draft(values: Mapping[str, object]) -> RoundDraft:
    def typed(prefix: str) -> dict[str, str]:
        return {
            key.removeprefix(prefix): "" if value is None else str(value)
            for key, value in values.items()
            if key.startswith(prefix)
        }

    year, day, units = values["year"], values["day"], values["units"]
    return RoundDraft(
        year=year if isinstance(year, int) else None,
        kind=str(values["kind"] or ""),
        name=str(values["name"]),
        day=day if isinstance(day, date) else None,
        units=tuple(int(u) for u in units) if isinstance(units, tuple) else (),
        points=typed("block."),
        floors=typed("grade."),
    )


@dataclass(frozen=True, slots=True)
class UnitsField(ChecksField):
    """Check boxes of units with 全选 and 全不选 and a count."""

    _: KW_ONLY

    def editor(self, today: date) -> Editor:
        return UnitsEditor(self.choices)


class UnitsEditor(Editor):
    """The boxes and above them how many are chosen."""

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self._all = [value for value, _words in choices]
        self._boxes = ChecksEditor(choices)
        self._count = label("", "quiet")
        self.every = button(_("全选"), "link")
        self.none = button(_("全不选"), "link")
        self.every.setObjectName("assessments.round.units.all")
        self.none.setObjectName("assessments.round.units.none")
        self.every.clicked.connect(lambda: self.set_value(self._all))
        self.none.clicked.connect(lambda: self.set_value(()))
        head = QHBoxLayout()
        head.setContentsMargins(0, theme.TIGHT, 0, 0)
        head.setSpacing(theme.MEDIUM)
        for widget in (self._count, self.every, self.none):
            head.addWidget(widget)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TIGHT)
        column.addLayout(head)
        column.addWidget(self._boxes)
        self._boxes.edited.connect(self._tell)
        self._boxes.edited.connect(self.edited)
        self.setFocusProxy(self._boxes)
        self._tell()

    def value(self) -> object:
        return self._boxes.value()

    def set_value(self, value: object) -> None:
        self._boxes.set_value(value)

    def blank(self) -> object:
        return ()

    def target(self) -> QWidget:
        return self._boxes.target()

    def editors(self) -> Sequence[QWidget]:
        return self._boxes.editors()

    def set_faulty(self, faulty: bool) -> None:
        del faulty

    def _tell(self) -> None:
        chosen = self._boxes.value()
        count = len(chosen) if isinstance(chosen, tuple) else 0
        self._count.setText(_("已选 {n}/{all}").format(n=count, all=len(self._all)))
        if not self._all:
            self._count.setText(_("还没有单位，请先在“单位和人员”里添加。"))


def round_name(year: str, kind: str) -> str:
    """The name to propose; 年度考核 of 2026 is 2026年度考核, not 2026年度年度考核."""
    words = _("{year}{kind}") if kind.startswith("年度") else _("{year}年度{kind}")
    return words.format(year=year, kind=kind)
