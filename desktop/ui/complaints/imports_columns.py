"""The second step of an import: which column of the ledger is what, and what holds for all of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.rules.ledgercells import cell_text
from desktop.rules.ledgerfields import Field
from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.flow import FlowLayout
from desktop.ui.common.forms.choices import Combo
from desktop.ui.common.labels import Elided, label
from desktop.ui.complaints import imports_words
from desktop.usecases import imports
from desktop.usecases.imports import Plan


class ColumnsStep(QWidget):
    """Every column of the sheet with its first values and the field it is taken for."""

    sheet_wanted = Signal(str)

    def __init__(self) -> None:
        """Begin without a ledger."""
        super().__init__()
        self.setObjectName("import.columns")
        self._plan: Plan | None = None
        self.combos: list[Combo] = []
        self.sheet = Combo()
        self.sheet.setObjectName("import.sheet")
        self.channel = Combo()
        self.channel.setObjectName("import.channel")
        self.year = QLineEdit()
        self.year.setObjectName("import.year")
        self.year.setFixedWidth(theme.em(5))
        self.year.setMaxLength(4)
        self.finished = QCheckBox(_("写了办理结果、没有办结日期的，按已经办结登记"))
        self.finished.setObjectName("import.finished")
        self._said = label("", "quiet", wrap=True)
        self._inside = QWidget()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._inside)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self._said)
        column.addWidget(self._options())
        column.addWidget(self._scroll, 1)
        self.sheet.activated.connect(lambda _at: self.sheet_wanted.emit(self.sheet.currentText()))

    def show_plan(self, plan: Plan) -> None:
        """Show the proposal for a ledger."""
        self._plan = plan
        sheet = plan.sheet
        self._said.setText("\n".join(_about(plan)))
        self.sheet.clear()
        self.sheet.addItems(list(sheet.sheets))
        self.sheet.setCurrentText(sheet.name)
        self._sheet_box.setVisible(len(sheet.sheets) > 1)
        self.channel.clear()
        self.channel.addItem(_("（不代填，算有问题）"), "")
        for key, name in plan.channels:
            self.channel.addItem(name, key)
        self.channel.setCurrentIndex(max(0, self.channel.findData(plan.choices.channel)))
        self.year.setText(str(plan.choices.year or ""))
        self.finished.setChecked(plan.choices.finished)
        self._show_columns(plan)

    def mapping(self) -> tuple[Field | None, ...]:
        """What the columns are taken for now."""
        found = [combo.currentData() for combo in self.combos]
        return tuple(Field(key) if key else None for key in found)

    def plan(self) -> Plan | None:
        """The ledger's plan with what was chosen here."""
        if self._plan is None:
            return None
        year = self.year.text().strip()
        return imports.decide(
            imports.remap(self._plan, self.mapping()),
            channel=str(self.channel.currentData() or ""),
            finished=self.finished.isChecked(),
            year=int(year) if year.isdecimal() and len(year) == 4 else 0,
        )

    def mark(self, fields: Sequence[Field]) -> None:
        """Mark the columns that hold the same; the keyboard goes to the first of them."""
        first: Combo | None = None
        for combo in self.combos:
            key = combo.currentData()
            wrong = bool(key) and Field(key) in fields
            combo.setProperty("faulty", "true" if wrong else "false")
            combo.style().unpolish(combo)
            combo.style().polish(combo)
            first = first or (combo if wrong else None)
        target = first or (self.combos[0] if self.combos else None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- inside --------------------------------------------------------------------------------

    def _options(self) -> QWidget:
        box = QWidget()
        flow = FlowLayout(box, theme.LARGE, theme.SMALL)
        self._sheet_box = _beside(_("工作表(&W)"), self.sheet)
        flow.addWidget(self._sheet_box)
        flow.addWidget(_beside(_("没有写来源的，按这个登记(&L)"), self.channel))
        flow.addWidget(_beside(_("没有写年份的日期，年份是(&Y)"), self.year))
        flow.addWidget(self.finished)
        return box

    def _show_columns(self, plan: Plan) -> None:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme.MEDIUM, theme.MEDIUM)
        grid.setHorizontalSpacing(theme.LARGE)
        grid.setVerticalSpacing(theme.SMALL)
        for at, text in enumerate((_("台账里的栏"), _("导入为"), _("前几行的内容"))):
            grid.addWidget(label(text, "hint"), 0, at)
        self.combos = []
        for at, name in enumerate(plan.names):
            combo = self._combo(plan.mapping[at])
            combo.setObjectName(f"import.column.{at}")
            combo.setAccessibleName(_("“{name}”导入为").format(name=name or at + 1))
            examples = "　｜　".join(cell_text(cell) for cell in plan.examples(at))
            grid.addWidget(
                label(name or _("（第 {n} 栏，无栏名）").format(n=at + 1), "strong"), at + 1, 0
            )
            grid.addWidget(combo, at + 1, 1)
            grid.addWidget(Elided(examples[:200], "quiet"), at + 1, 2)
            self.combos.append(combo)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(len(plan.names) + 1, 1)
        old = self._scroll.takeWidget()
        self._scroll.setWidget(inside)
        self._inside = inside
        old.deleteLater()

    def _combo(self, chosen: Field | None) -> Combo:
        combo = Combo()
        combo.addItem(_("（不导入）"), "")
        for field, name in imports_words.FIELDS.items():
            combo.addItem(_(name), field.value)
        combo.setCurrentIndex(max(0, combo.findData(chosen.value if chosen else "")))
        return combo


def _beside(text: str, editor: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SMALL)
    said = QLabel(text)
    said.setBuddy(editor)
    row.addWidget(said)
    row.addWidget(editor)
    return box


def _about(plan: Plan) -> list[str]:
    """What to know before the columns are looked at."""
    sheet = plan.sheet
    said = [
        _("{file}：第 {row} 行是栏名，下面有 {lines} 行。请逐栏核对，不对的改过来。").format(
            file=sheet.path.name, row=plan.first, lines=plan.lines
        )
    ]
    if plan.remembered:
        said.append(_("这样的栏名以前导入过，已按上次的对应填好。"))
    if plan.before is not None:
        told = _("注意：同一个文件 {day} 已经导入过，里面的 {count} 件会算作重复。")
        said.append(told.format(day=plan.before.day, count=plan.before.rows))
    if sheet.formulas:
        said.append(_("有 {n} 个格子是公式，按表格里存着的结果读入。").format(n=sheet.formulas))
    if sheet.errors:
        said.append(_("有 {n} 个格子的公式出错（如 #REF!），按空白读入。").format(n=sheet.errors))
    return said
