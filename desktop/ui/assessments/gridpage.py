"""The full-width page 评分: the grid, the panel beside it, saving row by row, leaving safely."""

from collections import deque
from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop.rules.faults import Faults
from desktop.text import _, ngettext_
from desktop.ui.assessments.grid import ScoreGrid, select_cell
from desktop.ui.assessments.scores import Line, ScoreModel
from desktop.ui.assessments.sidepanel import SidePanel
from desktop.ui.common import theme, wording
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.common.drafts import Source
from desktop.ui.common.labels import button, label
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.context import Context
from desktop.usecases import assessments
from desktop.usecases.assessments import RoundView, ScoreDraft
from desktop.usecases.drafts import Place
from desktop.usecases.office import Done, Office


class GridPage(QWidget):
    """Each unit is one action, kept when its row is left or on 保存; `left(round_unit)` goes back.

    What can not be kept stays in the grid with its sentence; nothing typed is dropped unasked.
    """

    left = Signal(int)

    def __init__(self, context: Context, view: RoundView, round_unit: int) -> None:
        super().__init__()
        self._context = context
        self.model = ScoreModel(view)
        self.grid = ScoreGrid(self.model)
        override = next((o for o in view.book.overrides if o.system == "assessment"), None)
        self.panel = SidePanel(override)
        self.bar = MessageBar()
        self.bar.setObjectName("assessments.grid.bar")
        self.draft_bar = MessageBar()
        self._jobs: deque[tuple[Line, ScoreDraft]] = deque()
        self._leaving = False
        self.save_button = button(_("保存(&S)"), "primary")
        self.save_button.setObjectName("assessments.grid.save")
        self.back_button = button(_("返回(&R)"))
        self.back_button.setObjectName("assessments.grid.back")
        self._lay_out(view)
        self._connect()
        first = next((n for n, one in enumerate(self.model.lines) if _is(one, round_unit)), 0)
        column = next(
            (n for n, b in enumerate(view.blocks) if b.id not in self.model.line(first).points), 0
        )
        select_cell(self.grid, first, column)

    def has_unsaved(self) -> bool:
        """Whether a row holds what is not kept yet."""
        self.grid.finish()
        return any(line.saving or line.dirty() for line in self.model.lines)

    def refresh(self, view: RoundView) -> None:
        """Show what was kept meanwhile, such as after 撤销."""
        self.model.refresh(view)
        self._show_cell()

    def save(self) -> None:
        """Keep every row that can be kept; go to the first that can not."""
        self.grid.finish()
        self.bar.clear()
        self._save_rows(but=-1)
        self._tell_faults(go=True)

    def leave(self) -> None:
        """Go back once everything is kept; ask when something can not be kept."""
        self.grid.finish()
        self.bar.clear()
        self._save_rows(but=-1)
        self._leaving = True
        self._go_on_leaving()

    # -- drafts --------------------------------------------------------------------------------

    def keep_drafts(self, place: Place) -> None:
        """Keep what stands in rows that could not be saved yet."""
        source = Source(self._typed, self.kept, self.restore)
        keeper = self._context.drafts.watch(
            self, place, f"{self.model.view.round.name} · {_('评分')}", source, self.draft_bar
        )
        self.model.dataChanged.connect(lambda *_cells: keeper.touch())
        self.left.connect(lambda _unit: keeper.settle())

    def kept(self) -> dict[str, object]:
        """The rows that differ from what is saved, by their unit."""
        return {
            str(line.row.unit.id): {
                "points": dict(line.points),
                "notes": dict(line.notes),
                "problems": line.problems,
                "unsatisfied": line.unsatisfied,
            }
            for line in self.model.lines
            if line.dirty()
        }

    def restore(self, kept: Mapping[str, object]) -> None:
        """Put what a draft holds into its rows; a grade that was fixed since stays."""
        for at, line in enumerate(self.model.lines):
            found = kept.get(str(line.row.unit.id))
            if not isinstance(found, Mapping) or line.fixed:
                continue
            line.points = {str(key): str(one) for key, one in found["points"].items()}
            line.notes = {str(key): str(one) for key, one in found["notes"].items()}
            line.problems, line.unsatisfied = str(found["problems"]), bool(found["unsatisfied"])
            self.model.touch(at)
        self._show_cell()

    def _typed(self) -> bool:
        """Without ending the typing in a cell, which a clerk would notice."""
        return any(line.dirty() for line in self.model.lines)

    # -- inside --------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.grid.selectionModel().currentChanged.connect(self._moved)
        self.grid.pasted.connect(self._pasted)
        self.model.edited.connect(self._edited)
        self.panel.note_edited.connect(self._note)
        self.panel.problems_edited.connect(self._problems)
        self.panel.unsatisfied_edited.connect(self._unsatisfied)
        self.save_button.clicked.connect(self.save)
        self.back_button.clicked.connect(self.leave)
        self.bar.clicked.connect(self._answer)
        for keys, slot in (
            ("Ctrl+Return", self.save),
            ("Ctrl+Enter", self.save),
            ("Ctrl+S", self.save),
            ("Esc", self.leave),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        self._show_cell()
        if before.isValid() and now.row() != before.row():
            self._save_rows(but=now.row())
            self._tell_faults(go=False)

    def _show_cell(self) -> None:
        now = self.grid.currentIndex()
        if now.isValid():
            self.panel.show_cell(self.model, now.row(), now.column())

    def _edited(self, row: int) -> None:
        now = self.grid.currentIndex()
        if row == now.row() and now.column() < len(self.model.blocks):
            self.panel.show_fault(self.model.fault(row, now.column()))
        if not self._faulty():
            self.bar.clear()

    def _pasted(self, filled: int, left_over: int) -> None:
        self._save_rows(but=self.grid.currentIndex().row())
        self._show_cell()
        self._tell_faults(go=False)
        if left_over:
            said = ngettext_(
                "已粘贴 {filled} 格；有 {n} 格超出表格或者已定档，没有粘贴。",
                "已粘贴 {filled} 格；有 {n} 格超出表格或者已定档，没有粘贴。",
                left_over,
            )
            self.bar.tell(Tone.WARN, said.format(filled=filled, n=left_over))

    def _note(self, text: str) -> None:
        now = self.grid.currentIndex()
        line = self.model.line(now.row())
        if not line.fixed and now.column() < len(self.model.blocks):
            line.notes[self.model.blocks[now.column()].id] = text
            self.model.touch(now.row())

    def _problems(self, text: str) -> None:
        row = self.grid.currentIndex().row()
        line = self.model.line(row)
        if not line.fixed:
            line.problems = text
            self.model.touch(row)

    def _unsatisfied(self, on: bool) -> None:
        row = self.grid.currentIndex().row()
        line = self.model.line(row)
        if not line.fixed:
            line.unsatisfied = on
            self.model.touch(row)

    # -- saving --------------------------------------------------------------------------------

    def _save_rows(self, *, but: int) -> None:
        for at, line in enumerate(self.model.lines):
            if at == but or not line.dirty() or self.model.unread(at):
                continue
            if line.saving:
                line.again = True
            else:
                self._save(at, line)

    def _save(self, at: int, line: Line) -> None:
        draft, acting, unit = line.draft(), self._context.acting(), line.row.unit.id

        def job(office: Office) -> Done[None]:
            return assessments.score(office, unit, draft, acting)

        line.saving = True
        self.model.renew(at)
        self._jobs.append((line, draft))
        self._context.do(job, self._saved, self._not_saved)

    def _saved(self, done: Done[None]) -> None:
        """The worker answers in the order it was asked."""
        line, draft = self._jobs.popleft()
        line.saving, line.kept, line.refused = False, draft, {}
        said = _("已保存{unit}的评分。").format(unit=line.row.unit.unit_name)
        self._context.said.emit(said, done.event)
        self._settled(line)

    def _not_saved(self, error: BaseException) -> None:
        line, _draft = self._jobs.popleft()
        line.saving = False
        if isinstance(error, Faults):
            line.refused = wording.faults_by_field(error)
        self._settled(line)
        if isinstance(error, Faults):
            self._tell_faults(go=False)
        else:
            self._leaving = False
            tell_trouble(self.bar, error)

    def _settled(self, line: Line) -> None:
        at = next(n for n, one in enumerate(self.model.lines) if one is line)
        self.model.renew(at)
        if at == self.grid.currentIndex().row():
            self._show_cell()
        again, line.again = line.again, False
        if again and line.dirty() and not line.refused and not self.model.unread(at):
            self._save(at, line)
        self._go_on_leaving()

    def _faulty(self) -> tuple[int, int, str] | None:
        """The first cell that is wrong, with its sentence."""
        for at in range(len(self.model.lines)):
            for column, sentence in self.model.faults(at):
                return at, column, sentence
        return None

    def _tell_faults(self, *, go: bool) -> None:
        wrong = self._faulty()
        if wrong is None:
            return
        row, column, sentence = wrong
        name = self.model.line(row).row.unit.unit_name
        where = f"{name} · {self.model.blocks[column].name}" if column >= 0 else name
        said = _("{where}：{sentence}这一行还没有保存。").format(where=where, sentence=sentence)
        self.bar.tell(Tone.ERROR, said, ("fault", _("转到这一格")))
        if go:
            self._answer("fault", keep=True)

    # -- leaving -------------------------------------------------------------------------------

    def _go_on_leaving(self) -> None:
        if not self._leaving or self._jobs:
            return
        self._leaving = False
        if not self.has_unsaved():
            self._emit_left()
            return
        wrong = self._faulty()
        said = _("有未保存的评分。") if wrong is None else _("有填写有误的评分，没有保存。")
        self.bar.tell(Tone.WARN, said, ("stay", _("继续填写")), ("drop", _("放弃")), closable=False)
        self.bar.focus_first()

    def _emit_left(self) -> None:
        row = self.grid.currentIndex().row()
        self.left.emit(self.model.line(row).row.unit.id if row >= 0 else 0)

    def _answer(self, key: str, *, keep: bool = False) -> None:
        if key == "drop":
            self._emit_left()
            return
        if not keep:
            self.bar.clear()
        wrong = self._faulty()
        if wrong is not None:
            select_cell(self.grid, wrong[0], max(wrong[1], 0))
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, view: RoundView) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.SMALL)
        head.setSpacing(theme.TIGHT)
        head.addWidget(label(_("评分 · {round}").format(round=view.round.name), "title"))
        hint = _("直接输入分数，回车到下一行；可以从表格软件粘贴。离开一行时自动保存。")
        head.addWidget(label(hint, "quiet", wrap=True))
        head.addWidget(self.draft_bar)
        head.addWidget(self.bar)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.grid)
        split.addWidget(self.panel)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        self.panel.setMinimumWidth(theme.em(18))
        split.setSizes([theme.em(60), theme.em(21)])
        foot = QFrame()
        foot.setProperty("role", "bar")
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        row.setSpacing(theme.SMALL)
        row.addWidget(self.save_button)
        row.addWidget(self.back_button)
        row.addSpacing(theme.SMALL)
        row.addWidget(label(_("Ctrl+Enter 保存 · Esc 返回 · F2 修改 · Delete 清空"), "hint"))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(split, 1)
        column.addWidget(foot)


def _is(line: Line, round_unit: int) -> bool:
    return line.row.unit.id == round_unit
