"""The model of the scoring grid: what was typed for each unit, what is kept, what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.rules import assessments as rules
from desktop.rules.assessments import Result
from desktop.text import N_, _
from desktop.ui.assessments.words import grade_status
from desktop.ui.common import wording
from desktop.ui.common.palette import Status
from desktop.ui.common.table import CENTER, RIGHT, STATUS_ROLE
from desktop.usecases.assessments import RoundView, ScoreDraft, UnitRow, points_of, show

Index = QModelIndex | QPersistentModelIndex
NOWHERE: Final = QModelIndex()

FAULT_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 11  # the sentence, empty when all is well
NOTE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 12  # whether a note belongs to the cell

_DISPLAY, _EDIT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole)
_ALIGN, _TIP = int(Qt.ItemDataRole.TextAlignmentRole), int(Qt.ItemDataRole.ToolTipRole)
_STATUS = int(STATUS_ROLE)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


class LineState(StrEnum):
    """How a row stands; the words are in STATES."""

    EMPTY = "empty"
    PART = "part"
    CHANGED = "changed"
    SAVING = "saving"
    FAULTY = "faulty"
    SAVED = "saved"
    FIXED = "fixed"


STATES = {
    LineState.EMPTY: N_("未评分"),
    LineState.PART: N_("未评完"),
    LineState.CHANGED: N_("未保存"),
    LineState.SAVING: N_("保存中"),
    LineState.FAULTY: N_("有误"),
    LineState.SAVED: N_("已保存"),
    LineState.FIXED: N_("已定档"),
}
_COLOURS = {
    LineState.CHANGED: Status.SOON,
    LineState.FAULTY: Status.OVERDUE,
    LineState.SAVED: Status.DONE,
    LineState.FIXED: Status.PAUSED,
}


@dataclass(slots=True)
class Line:
    """One unit: the text of every cell, notes, problems; and the same as it was last kept."""

    row: UnitRow
    points: dict[str, str]
    notes: dict[str, str]
    problems: str
    unsatisfied: bool
    kept: ScoreDraft
    refused: dict[str, str] = field(default_factory=dict)
    saving: bool = False
    again: bool = False  # to be kept once more, as it changed while it was being kept

    @property
    def fixed(self) -> bool:
        """Whether the grade is fixed, so that nothing can be changed."""
        return self.row.unit.graded is not None

    def draft(self) -> ScoreDraft:
        """What stands in the row, as the use case takes it."""
        points = {key: text.strip() for key, text in self.points.items() if text.strip()}
        notes = {key: text.strip() for key, text in self.notes.items() if text.strip()}
        return ScoreDraft(points, notes, self.problems.strip(), self.unsatisfied)

    def dirty(self) -> bool:
        """Whether the row differs from what is kept."""
        return not self.fixed and self.draft() != self.kept


class ScoreModel(QAbstractTableModel):
    """Units as rows; blocks, total, grade and state as columns. Rows are saved by the page."""

    edited = Signal(int)  # the row

    def __init__(self, view: RoundView) -> None:
        super().__init__()
        self.view = view
        self.blocks = view.blocks
        self._full = {b.block: b.points for b in view.scheme.blocks}
        self.lines = [_line(row) for row in view.units]

    # -- rows ----------------------------------------------------------------------------------

    def line(self, at: int) -> Line:
        """One row."""
        return self.lines[at]

    def full(self, column: int) -> Decimal:
        """The full points of a block."""
        return self._full[self.blocks[column].id]

    def fault(self, at: int, column: int) -> str:
        """What is wrong with a cell, as a sentence."""
        line, block = self.lines[at], self.blocks[column].id
        if line.fixed:
            return ""
        key = f"points.{block}"
        _points, wrong = rules.read_points(key, line.points.get(block, ""), self._full[block])
        if wrong is not None:
            return wording.fault_words(wrong)
        return line.refused.get(key, "") or line.refused.get(f"note.{block}", "")

    def faults(self, at: int) -> list[tuple[int, str]]:
        """The faulty cells of a row with their sentences; column -1 is the row as a whole."""
        found = [(c, said) for c in range(len(self.blocks)) if (said := self.fault(at, c))]
        cells = {f"{kind}.{b.id}" for b in self.blocks for kind in ("points", "note")}
        found += [(-1, said) for key, said in self.lines[at].refused.items() if key not in cells]
        return found

    def unread(self, at: int) -> bool:
        """Whether a row holds points that can not be read, so that saving makes no sense."""
        line = self.lines[at]
        return any(
            rules.read_points("", line.points.get(b.id, ""), self._full[b.id])[1] is not None
            for b in self.blocks
        )

    def result(self, at: int) -> Result:
        """Total and grade of what stands in a row; unreadable cells count as empty."""
        line = self.lines[at]
        given: dict[str, Decimal] = {}
        for block in self.blocks:
            text = line.points.get(block.id, "")
            points, _wrong = rules.read_points("", text, self._full[block.id])
            if points is not None:
                given[block.id] = points
        return rules.result(self.view.scheme, self.view.book, given, unsatisfied=line.unsatisfied)

    def state(self, at: int) -> LineState:
        """How a row stands."""
        line = self.lines[at]
        if line.fixed:
            return LineState.FIXED
        if self.faults(at):
            return LineState.FAULTY
        if line.saving:
            return LineState.SAVING
        if line.dirty():
            return LineState.CHANGED
        if self.result(at).complete:
            return LineState.SAVED
        return LineState.PART if line.kept.points else LineState.EMPTY

    def touch(self, at: int) -> None:
        """Something of a row was changed by hand: what was refused before no longer holds."""
        self.lines[at].refused = {}
        self.renew(at)
        self.edited.emit(at)

    def renew(self, at: int) -> None:
        """Draw a row anew."""
        last = self.columnCount() - 1
        self.dataChanged.emit(self.index(at, 0), self.index(at, last))

    def refresh(self, view: RoundView) -> None:
        """Take what others kept meanwhile (撤销); rows with typed work keep theirs."""
        fresh = {row.unit.id: row for row in view.units}
        self.view = view
        for at, line in enumerate(self.lines):
            row = fresh.get(line.row.unit.id)
            if row is None:
                continue
            if line.dirty() or line.saving:
                line.row = row
            else:
                self.lines[at] = _line(row)
            self.renew(at)

    # -- Qt ------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.blocks) + 3

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        block = index.isValid() and index.column() < len(self.blocks)
        if block and not self.lines[index.row()].fixed:
            return usual | Qt.ItemFlag.ItemIsEditable
        return usual

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation == Qt.Orientation.Vertical:
            return self.lines[section].row.unit.unit_name if role in (_DISPLAY, _TIP) else None
        if role not in (_DISPLAY, _TIP):
            return None
        if section < len(self.blocks):
            full = _("满分 {full}").format(full=show(self.full(section)))
            return f"{self.blocks[section].name}\n{full}"
        return (_("总分"), _("档次"), _("状态"))[section - len(self.blocks)]

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        if not index.isValid():
            return None
        at, column = index.row(), index.column()
        if column < len(self.blocks):
            return self._cell(at, column, role)
        if role == _ALIGN:
            return RIGHT if column == len(self.blocks) else CENTER
        if role in (_DISPLAY, _SPOKEN):
            return self._side(at, column - len(self.blocks))
        if role == _STATUS:
            return self._colour(at, column - len(self.blocks))
        return None

    def setData(self, index: Index, value: object, role: int = _EDIT) -> bool:
        if role != _EDIT or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        line, block = self.lines[index.row()], self.blocks[index.column()].id
        text = str(value).strip()
        if text == line.points.get(block, ""):
            return True
        line.points[block] = text
        self.touch(index.row())
        return True

    def _cell(self, at: int, column: int, role: int) -> object:
        line, block = self.lines[at], self.blocks[column].id
        if role in (_DISPLAY, _EDIT):
            return line.points.get(block, "")
        if role == _SPOKEN:
            said = line.points.get(block, "") or _("未评分")
            parts = (line.row.unit.unit_name, self.blocks[column].name, said)
            return " ".join((*parts, self.fault(at, column))).strip()
        if role == _ALIGN:
            return RIGHT
        if role == FAULT_ROLE:
            return self.fault(at, column)
        if role == NOTE_ROLE:
            return bool(line.notes.get(block, "").strip())
        if role == _TIP:
            return self.fault(at, column) or line.notes.get(block, "") or None
        return None

    def _side(self, at: int, which: int) -> str:
        result = self.result(at)
        if which == 0:
            return show(result.total) if result.scored else ""
        if which == 1:
            return result.grade.name if result.grade is not None else ""
        return _(STATES[self.state(at)])

    def _colour(self, at: int, which: int) -> Status | None:
        if which == 1:
            grade = self.result(at).grade
            return grade_status(grade, self.view.grades) if grade is not None else None
        return _COLOURS.get(self.state(at)) if which == 2 else None


def _line(row: UnitRow) -> Line:
    points = {block: show(points_of(score.points)) for block, score in row.scores.items()}
    notes = {block: score.note for block, score in row.scores.items() if score.note}
    kept = ScoreDraft(dict(points), dict(notes), row.unit.problems, row.unit.unsatisfied)
    return Line(row, points, notes, row.unit.problems, row.unit.unsatisfied, kept)


def cells_of(text: str) -> Sequence[Sequence[str]]:
    """The cells of a copied block, as spreadsheets put it on the clipboard."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    return [[cell.strip().removeprefix("'") for cell in line.split("\t")] for line in lines]
