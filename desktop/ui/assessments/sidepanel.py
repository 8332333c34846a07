"""Beside the grid: the questions of the block, the note of the cell, the problems of the unit."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.rules.rulebook import Override
from desktop.text import _
from desktop.ui.assessments.scores import ScoreModel
from desktop.ui.common import theme
from desktop.ui.common.flow import clear
from desktop.ui.common.forms.texts import TextEditor
from desktop.ui.common.labels import label, rule, selectable
from desktop.ui.common.panes import upright
from desktop.usecases.assessments import show


class SidePanel(QScrollArea):
    """Follows the current cell; what is typed here belongs to its row."""

    note_edited = Signal(str)
    problems_edited = Signal(str)
    unsatisfied_edited = Signal(bool)

    def __init__(self, override: Override | None) -> None:
        """``override``: the rule about 民主评议 that the pack has, if it has one."""
        super().__init__()
        self._quiet = False
        self._block = label("", "heading", wrap=True)
        self._basis = label("", "quiet", wrap=True)
        self._questions = QGridLayout()
        self._questions.setHorizontalSpacing(theme.TIGHT)
        self._questions.setVerticalSpacing(theme.TIGHT)
        self._questions.setColumnStretch(1, 1)
        self.fault = label("", "error", wrap=True)
        self.fault.setObjectName("assessments.grid.fault")
        self._note_label = QLabel(_("这一项的评分说明(&M)"))
        self.note = TextEditor(2, 5)
        self.note.text.setObjectName("assessments.grid.note")
        self._note_label.setBuddy(self.note.text)
        self._unit = label("", "heading", wrap=True)
        self._problems_label = QLabel(_("存在的问题(&P)"))
        self.problems = TextEditor(3, 8)
        self.problems.text.setObjectName("assessments.grid.problems")
        self._problems_label.setBuddy(self.problems.text)
        self.unsatisfied = QCheckBox(_("民主评议为不满意(&U)"))
        self.unsatisfied.setObjectName("assessments.grid.unsatisfied")
        self.unsatisfied.setVisible(override is not None)
        said = f"{override.text}（{override.article}）" if override is not None else ""
        self._override = label(said, "hint", wrap=True)
        self._override.setVisible(override is not None)
        self._lay_out()
        self.note.edited.connect(self._note_typed)
        self.problems.edited.connect(self._problems_typed)
        self.unsatisfied.toggled.connect(self._unsatisfied_set)

    def show_cell(self, model: ScoreModel, row: int, column: int) -> None:
        """Show what belongs to a cell; the last columns keep to the unit alone."""
        line = model.line(row)
        self._quiet = True
        self._unit.setText(line.row.unit.unit_name)
        _set(self.problems, line.problems)
        self.problems.text.setReadOnly(line.fixed)
        self.unsatisfied.setChecked(line.unsatisfied)
        self.unsatisfied.setEnabled(not line.fixed)
        block = model.blocks[column] if column < len(model.blocks) else None
        for widget in (self._block, self._basis, self._note_label, self.note):
            widget.setVisible(block is not None)
        clear(self._questions)
        if block is not None:
            self._block.setText(block.name)
            full = _("满分 {full} 分 · {article}")
            self._basis.setText(full.format(full=show(model.full(column)), article=block.article))
            for at, item in enumerate(block.items):
                self._questions.addWidget(label("·"), at, 0, Qt.AlignmentFlag.AlignTop)
                self._questions.addWidget(selectable(item), at, 1)
            _set(self.note, line.notes.get(block.id, ""))
            self.note.text.setReadOnly(line.fixed)
            about = _("评分说明")
            self.note.text.setAccessibleName(f"{block.name} {about}")
        wanted = _("存在的问题")
        self.problems.text.setAccessibleName(f"{line.row.unit.unit_name} {wanted}")
        self.show_fault(model.fault(row, column) if block is not None else "")
        self._quiet = False

    def show_fault(self, sentence: str) -> None:
        """Say what is wrong with the cell."""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "pane")
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.TIGHT)
        column.addWidget(self._block)
        column.addWidget(self._basis)
        column.addWidget(self.fault)
        column.addLayout(self._questions)
        column.addSpacing(theme.TIGHT)
        column.addWidget(self._note_label)
        column.addWidget(self.note)
        column.addSpacing(theme.SMALL)
        column.addWidget(rule())
        column.addSpacing(theme.SMALL)
        column.addWidget(self._unit)
        column.addWidget(self._problems_label)
        column.addWidget(self.problems)
        column.addWidget(label(_("每行一个问题，印在考核结果通知书上。"), "hint", wrap=True))
        column.addWidget(self.unsatisfied)
        column.addWidget(self._override)
        column.addStretch(1)
        upright(inside, self)

    def _note_typed(self) -> None:
        if not self._quiet:
            self.note_edited.emit(self.note.text.toPlainText())

    def _problems_typed(self) -> None:
        if not self._quiet:
            self.problems_edited.emit(self.problems.text.toPlainText())

    def _unsatisfied_set(self, on: bool) -> None:
        if not self._quiet:
            self.unsatisfied_edited.emit(on)


def _set(editor: TextEditor, text: str) -> None:
    """Show a text, but leave the cursor alone where it stands there already."""
    if editor.text.toPlainText() != text:
        editor.set_value(text)
