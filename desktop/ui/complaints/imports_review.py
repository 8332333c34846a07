"""The third step of an import: what comes in, what does not and why, unknown words to be settled."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.rules.ledgerrows import ADD
from desktop.text import _, ngettext_
from desktop.ui.common import theme
from desktop.ui.common.forms.choices import Combo
from desktop.ui.common.labels import button, label, selectable
from desktop.ui.common.pills import Filter, FilterBar
from desktop.ui.complaints.imports_table import LinesModel
from desktop.usecases import imports
from desktop.usecases.imports import Plan, Review
from desktop.usecases.records import Unit

#: Lines of sums that are named; the rest is counted.
_NAMED = 5
#: The widest a column of lines becomes (em), and by how many lines its width is judged.
_WIDEST, _LOOKED = 22, 60


class ReviewStep(QWidget):
    """The ledger as it was checked, and the choices that settle what is unknown."""

    again = Signal()

    def __init__(self) -> None:
        """Begin without a ledger."""
        super().__init__()
        self.setObjectName("import.review")
        self._review: Review | None = None
        self.units: dict[str, Combo] = {}
        self.ways: dict[str, Combo] = {}
        self.model = LinesModel()
        self.table = self._make_table()
        self.filters = FilterBar([])
        self.filters.chosen.connect(lambda _key: self._fill())
        self.summary = label("", "heading", wrap=True)
        self.why = selectable("")
        self.why.setObjectName("import.why")
        self.add_all = button(_("全部添加为新单位(&A)"))
        self.add_all.setObjectName("import.add_all")
        self.add_all.clicked.connect(self._add_all)
        self.take_near = button(_("采用名称相近的单位(&T)"))
        self.take_near.setObjectName("import.take_near")
        self.take_near.clicked.connect(self._take_near)
        self.recheck = button(_("按以上选择重新检查(&R)"))
        self.recheck.setObjectName("import.recheck")
        self.recheck.clicked.connect(lambda: self.again.emit())
        self._settling = QWidget()
        self._lay_out()

    def show_review(self, review: Review, units: Sequence[Unit]) -> None:
        """Show what a check has found."""
        self._review = review
        checked = review.checked
        good, faulty = len(checked.good), len(checked.faulty)
        parts = [ngettext_("可以导入 {n} 件", "可以导入 {n} 件", good).format(n=good)]
        if faulty:
            told = ngettext_("{n} 行有问题，不导入", "{n} 行有问题，不导入", faulty)
            parts.append(told.format(n=faulty))
        if checked.passed:
            told = ngettext_("{n} 行是空行或者小标题", "{n} 行是空行或者小标题", checked.passed)
            parts.append(told.format(n=checked.passed))
        if checked.sums:
            parts.append(_sum_words(checked.sums))
        self.summary.setText(_("{said}。").format(said=_("；").join(parts)))
        self.filters.set_filters(
            [Filter("faulty", _("有问题的"), faulty), Filter("good", _("可以导入的"), good)]
        )
        self.filters.choose("faulty" if faulty else "good")
        self._show_settling(review, units)
        self._fill()

    def plan(self) -> Plan | None:
        """The plan with the words as they are settled now."""
        if self._review is None:
            return None
        plan = self._review.plan
        units = {w: int(c.currentData()) for w, c in self.units.items() if c.currentData() != ""}
        ways = {w: str(c.currentData()) for w, c in self.ways.items() if c.currentData()}
        return imports.decide(plan, units=units, channels=ways)

    def enter(self) -> None:
        """Put the keyboard where the work is."""
        first = next(iter((*self.units.values(), *self.ways.values())), None)
        (first or self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    # -- inside --------------------------------------------------------------------------------

    def _fill(self) -> None:
        if self._review is None:
            return
        self.model.show_review(self._review, faulty=self.filters.current() == "faulty")
        for column in range(self.model.columnCount()):
            self.table.resizeColumnToContents(column)
            width = self.table.columnWidth(column)
            self.table.setColumnWidth(column, max(theme.em(5), min(width, theme.em(_WIDEST))))
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, self.model.first_fault(0)))
        self._explain(self.table.currentIndex())

    def _explain(self, index: QModelIndex) -> None:
        if not index.isValid():
            self.why.setText("")
            return
        said = self.model.said(index.row())
        line = self.model.line(index.row())
        whole = _("第 {line} 行\n{said}").format(line=line, said=said) if said else ""
        self.why.setText(whole)
        self.why.setVisible(bool(whole))

    def _show_settling(self, review: Review, units: Sequence[Unit]) -> None:
        choices = review.plan.choices
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme.MEDIUM, 0)
        grid.setHorizontalSpacing(theme.MEDIUM)
        grid.setVerticalSpacing(theme.TIGHT)
        known = {one.id: one.name for one in units}
        self.units = {
            word: _combo(_offered(known, review.near.get(word)), choices.units.get(word, ""))
            for word in list(review.checked.strangers)[: imports.SETTLED]
        }
        self.ways = {
            word: _combo(
                [(_("还没有选定"), ""), *((name, key) for key, name in review.plan.channels)],
                choices.channels.get(word, ""),
            )
            for word in list(review.checked.ways)[: imports.SETTLED]
        }
        counts: Mapping[str, int] = {**review.checked.ways, **review.checked.strangers}
        for at, (word, combo) in enumerate((*self.units.items(), *self.ways.items())):
            told = ngettext_("“{word}”，{n} 行", "“{word}”，{n} 行", counts[word])
            said = label(told.format(word=word, n=counts[word]))
            said.setBuddy(combo)
            combo.setAccessibleName(word)
            combo.setObjectName(f"import.settle.{at}")
            grid.addWidget(said, at, 0)
            grid.addWidget(combo, at, 1)
            near = known.get(review.near.get(word, 0)) if word in self.units else None
            if near is not None:
                hint = _("名称相近：{name}（按 ↓ 选定）").format(name=near)
                grid.addWidget(label(hint, "quiet"), at, 2)
                combo.setAccessibleDescription(hint)
        grid.setColumnStretch(3, 1)
        grid.setRowStretch(len(counts), 1)
        old = self._scroll.takeWidget()
        self._scroll.setWidget(inside)
        if old is not None:
            old.deleteLater()
        proposed = any(combo.currentData() == "" for _word, combo in self._near())
        self.take_near.setVisible(proposed)
        self.add_all.setText(_("其余添加为新单位(&A)") if proposed else _("全部添加为新单位(&A)"))
        self.add_all.setVisible(len(self._near()) < len(self.units))
        self._settling.setVisible(bool(counts))
        # no higher than what is to be settled needs, so that nothing gapes above the lines
        needed = inside.sizeHint().height() + 2 * self._scroll.frameWidth()
        whole = self._split.height()
        wanted = min(whole // 2, needed + self._around.sizeHint().height() + theme.px(64))
        self._split.setSizes([wanted, whole - wanted])

    def _near(self) -> list[tuple[str, Combo]]:
        """The unknown names that one known unit comes near to."""
        near = self._review.near if self._review is not None else {}
        return [(word, combo) for word, combo in self.units.items() if word in near]

    def _take_near(self) -> None:
        """Take the proposed unit wherever nothing else was chosen."""
        assert self._review is not None
        for word, combo in self._near():
            if combo.currentData() == "":
                combo.setCurrentIndex(combo.findData(self._review.near[word]))
        self.again.emit()

    def _add_all(self) -> None:
        """Add the unknown names; one that comes near to a known unit is no new one unasked."""
        near = {word for word, _combo in self._near()}
        for word, combo in self.units.items():
            if combo.currentData() == "" and word not in near:
                combo.setCurrentIndex(combo.findData(ADD))
        self.again.emit()

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("import.lines")
        table.setAccessibleName(_("台账的各行"))
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setShowGrid(True)
        table.horizontalHeader().setResizeContentsPrecision(_LOOKED)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(theme.px(26))
        table.selectionModel().currentChanged.connect(lambda new, _old: self._explain(new))
        return table

    def _lay_out(self) -> None:
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        settling = QVBoxLayout(self._settling)
        settling.setContentsMargins(0, 0, 0, theme.SMALL)
        settling.setSpacing(theme.SMALL)
        said = _("下面这些名称登记簿里没有，请选定各是什么，再重新检查。")
        self._around = label(said, "quiet", wrap=True)
        settling.addWidget(self._around)
        settling.addWidget(self._scroll, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.recheck)
        buttons.addWidget(self.take_near)
        buttons.addWidget(self.add_all)
        buttons.addStretch(1)
        settling.addLayout(buttons)
        lines = QWidget()
        below = QVBoxLayout(lines)
        below.setContentsMargins(0, theme.SMALL, 0, 0)
        below.setSpacing(theme.SMALL)
        below.addWidget(self.filters)
        below.addWidget(self.table, 1)
        below.addWidget(self.why)
        self._split = split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self._settling)
        split.addWidget(lines)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.summary)
        column.addWidget(split, 1)


def _combo(choices: Sequence[tuple[str, object]], chosen: object) -> Combo:
    combo = Combo()
    for text, value in choices:
        combo.addItem(text, value)
    combo.setCurrentIndex(max(0, next((n for n, c in enumerate(choices) if c[1] == chosen), 0)))
    return combo


def _offered(known: Mapping[int, str], near: int | None) -> list[tuple[str, object]]:
    """What an unknown name may be: the unit that it comes near to stands first."""
    offered: list[tuple[str, object]] = [(_("还没有选定"), "")]
    if near is not None and near in known:
        offered.append((known[near], near))
    offered.append((_("添加为新单位"), ADD))
    offered += [(name, key) for key, name in known.items() if key != near]
    return offered


def _sum_words(lines: Sequence[int]) -> str:
    """Which lines only count others, and do not come in."""
    named = _("、").join(str(one) for one in lines[:_NAMED])
    if len(lines) > _NAMED:
        named = _("{names} 等").format(names=named)
    told = ngettext_("第 {lines} 行是合计，不导入", "第 {lines} 行是合计，不导入", len(lines))
    return told.format(lines=named)
