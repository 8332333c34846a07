"""The round as the tab opens on it: choice of rounds, progress, scheme, ranking, one unit."""

from collections.abc import Sequence

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.assessments.bars import Bar
from desktop.ui.assessments.scheme import SchemeCard
from desktop.ui.assessments.unitpane import UnitPane
from desktop.ui.assessments.words import (
    grade_words,
    place_words,
    points_words,
    row_status,
    scheme_line,
)
from desktop.ui.common import icons, theme
from desktop.ui.common.forms.choices import Combo
from desktop.ui.common.labels import Elided, button, label, tool
from desktop.ui.common.listview import ListView
from desktop.ui.common.palette import Status
from desktop.ui.common.panes import remember
from desktop.ui.common.permission import WhyNot, allow
from desktop.ui.common.pills import Filter, FilterBar
from desktop.ui.common.table import RIGHT, Column, ListModel
from desktop.usecases.assessments import RoundView, UnitRow
from desktop.usecases.records import Round

_SPLIT = "assessments/split"


class Overview(QWidget):
    """Emits what is wanted: a new round, another round, or something with a unit of this one."""

    new_wanted = Signal()
    round_chosen = Signal(int)
    export_wanted = Signal()
    unit_wanted = Signal(str, int)  # what, and the unit of the round; 0 with "score" is the first

    def __init__(self, settings: QSettings, why_not: WhyNot = lambda *_actions: "") -> None:
        """`why_not` says why the user at the desk may not take an action."""
        super().__init__()
        self._settings = settings
        self._view: RoundView | None = None
        self.new_button = button(_("新建一轮考核(&N)"), "primary", "add")
        self.new_button.setObjectName("assessments.new")
        self.new_button.setToolTip("Ctrl+N")
        self.new_button.clicked.connect(self.new_wanted)
        self.score_button = button(_("评分(&E)…"), "", "edit")
        self.score_button.setObjectName("assessments.score")
        self.score_button.clicked.connect(self._score)
        self.export = tool("export", _("导出这一轮…"), self.export_wanted.emit)
        self.export.setObjectName("assessments.export")
        allow(self.new_button, why_not("round.open"))
        allow(self.score_button, why_not("round.score"))
        self.rounds = Combo()
        self.rounds.setObjectName("assessments.rounds")
        self.rounds.setAccessibleName(_("考核轮次"))
        self.rounds.activated.connect(self._choose_round)
        self.filters = FilterBar()
        self.filters.setObjectName("assessments.filters")
        self.filters.chosen.connect(self._filter)
        self.model: ListModel[UnitRow] = ListModel(self._columns(), lambda row: row.unit.id)
        self.list: ListView[UnitRow] = ListView(self.model, _("考核排名"), settings)
        self.list.setObjectName("assessments.list")
        self.list.set_empty("checklist", _("没有这一类单位。"))
        self.pane = UnitPane(why_not)
        self._head = _RoundHead()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self.list.current.connect(self._show_unit)
        self.list.chosen.connect(self._enter)
        self.pane.wanted.connect(self._want)

    def show_round(self, rounds: Sequence[Round], view: RoundView) -> None:
        """Show a round; the unit that was looked at stays in view."""
        self._view = view
        self.rounds.clear()
        for one in rounds:
            self.rounds.addItem(one.name, one.id)
        self.rounds.setCurrentIndex(self.rounds.findData(view.round.id))
        self._head.show_round(view)
        kept = self.list.current_row()
        self.filters.set_filters(_filters(view))
        self._filter(self.filters.current())
        if kept is None or not self.list.select(kept.unit.id):
            self.list.selectRow(0)
        self._show_unit(self.list.current_row())

    def select(self, round_unit: int) -> None:
        """Look at a unit, whatever the filter hid before."""
        if self.model.find(round_unit) < 0:
            self.filters.choose("all")
            self._filter("all")
        self.list.select(round_unit)

    def shown_ids(self) -> tuple[int, ...]:
        """The units of the round in the list's order."""
        return tuple(row.unit.id for row in self.model.rows())

    def selected_ids(self) -> tuple[int, ...]:
        """Those selected, in the list's order."""
        return tuple(row.unit.id for row in self.list.selected_rows())

    # -- inside --------------------------------------------------------------------------------

    def _columns(self) -> list[Column[UnitRow]]:
        return [
            Column(
                "place", _("名次"), place_words, lambda r: r.place or None, align=RIGHT, width=3
            ),
            Column("unit", _("单位"), lambda r: r.unit.unit_name, width=10, stretch=True),
            Column(
                "total",
                _("总分"),
                lambda r: points_words(r.result.total) if r.result.scored else "—",
                lambda r: r.result.total if r.result.scored else None,
                align=RIGHT,
                width=4,
            ),
            Column("grade", _("档次"), grade_words, _rank, width=5, status=self._status),
            Column("scored", _("已评"), self._scored, _scored_count, align=RIGHT, width=3),
        ]

    def _status(self, row: UnitRow) -> Status | None:
        return row_status(row, self._view.grades) if self._view is not None else None

    def _scored(self, row: UnitRow) -> str:
        blocks = len(self._view.blocks) if self._view is not None else 0
        return f"{row.result.scored}/{blocks}"

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        bar.setSpacing(theme.SMALL)
        bar.addWidget(self.new_button)
        bar.addWidget(self.score_button)
        bar.addSpacing(theme.SMALL)
        bar.addWidget(self.rounds)
        bar.addSpacing(theme.SMALL)
        bar.addWidget(self.filters, 1)
        bar.addWidget(self.export)
        self._split.addWidget(self.list)
        self._split.addWidget(self.pane)
        self._split.setChildrenCollapsible(False)
        self._split.setStretchFactor(0, 5)
        self._split.setStretchFactor(1, 6)
        self._split.setSizes([theme.em(50), theme.em(52)])
        self.list.setMinimumWidth(theme.em(22))
        self.pane.setMinimumWidth(theme.em(24))
        remember(self._split, self._settings, _SPLIT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self._head)
        column.addWidget(self._split, 1)

    def _filter(self, key: str) -> None:
        if self._view is None:
            return
        rows = [row for row in self._view.units if key == "all" or _standing(row) == key]
        self.model.set_rows(sorted(rows, key=_ranking))
        if self.list.current_row() is None and rows:
            self.list.selectRow(0)
        self._show_unit(self.list.current_row())

    def _show_unit(self, row: UnitRow | None) -> None:
        if self._view is not None:
            self.pane.show_unit(self._view, row)

    def _enter(self, _row: UnitRow) -> None:
        self.pane.next.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _want(self, what: str) -> None:
        row = self.list.current_row()
        if row is not None:
            self.unit_wanted.emit(what, row.unit.id)

    def _score(self) -> None:
        row = self.list.current_row()
        self.unit_wanted.emit("score", row.unit.id if row is not None else 0)

    def _choose_round(self, at: int) -> None:
        # The list is filled anew by the answer: not while the combo box is still telling.
        chosen = int(self.rounds.itemData(at))
        QTimer.singleShot(0, self, lambda: self.round_chosen.emit(chosen))


class _RoundHead(QWidget):
    """Progress and scheme of the round on one line, the whole scheme below when wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._progress = label("", "strong")
        self._progress.setObjectName("assessments.progress")
        self._bar = Bar()
        self._bar.setFixedWidth(theme.em(8))
        self._line = Elided(tone="quiet")
        self._own = label(_("分值和分数线为本单位自定"), "strong")
        self.toggle = button(_("评分方案和结果运用"), "link", "chevron_down")
        self.toggle.setObjectName("assessments.scheme")
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self._fold)
        self._card = SchemeCard()
        self._card.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.MEDIUM)
        row.addWidget(self._progress)
        row.addWidget(self._bar)
        row.addSpacing(theme.SMALL)
        row.addWidget(self._line, 1)
        row.addWidget(self._own)
        row.addWidget(self.toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, 0, theme.LARGE, theme.SMALL)
        column.setSpacing(theme.SMALL)
        column.addLayout(row)
        column.addWidget(self._card)

    def show_round(self, view: RoundView) -> None:
        """Show a round's progress and scheme."""
        graded = sum(row.graded is not None for row in view.units)
        said = _("已评 {scored}/{all} · 已定档 {graded}/{all}")
        self._progress.setText(said.format(scored=view.scored, graded=graded, all=len(view.units)))
        self._bar.set_share(view.scored / len(view.units) if view.units else 0.0)
        self._line.set_text(scheme_line(view))
        self._card.show_round(view)

    def _fold(self, shown: bool) -> None:
        self._card.setVisible(shown)
        icons.dress(self.toggle, "chevron_up" if shown else "chevron_down", "link")


def _ranking(row: UnitRow) -> tuple[bool, int, int]:
    """Ranked units first, then those half scored, then the others in the order of the round."""
    return (not row.place, row.place or -row.result.scored, row.unit.id)


def _rank(row: UnitRow) -> int | None:
    grade = row.graded or row.result.grade
    return grade.rank if grade is not None else None


def _scored_count(row: UnitRow) -> int:
    return row.result.scored


def _standing(row: UnitRow) -> str:
    if row.graded is not None:
        return "graded"
    return "to_grade" if row.result.complete else "to_score"


def _filters(view: RoundView) -> list[Filter]:
    counts = {"to_score": 0, "to_grade": 0, "graded": 0}
    for row in view.units:
        counts[_standing(row)] += 1
    return [
        Filter("all", _("全部"), len(view.units)),
        Filter("to_score", _("待评分"), counts["to_score"]),
        Filter("to_grade", _("待定档"), counts["to_grade"]),
        Filter("graded", _("已定档"), counts["graded"]),
    ]
