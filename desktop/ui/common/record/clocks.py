"""The clocks of a record: name, due day, how long still, the article, and why this day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.flow import FlowLayout, clear
from desktop.ui.common.labels import button, label, rule, selectable
from desktop.ui.common.palette import Status
from desktop.ui.common.pills import Pill


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock in words: `due` is the day or why there is none, `left` 剩 2 个工作日.

    `sort` says whose day it is: 原定, 延期, 中止后顺延.

    `why` makes the widget that explains the day when 为什么？ is opened; None = no link.
    """

    key: str
    name: str
    due: str
    left: str
    status: Status
    article: str = ""
    why: Callable[[], QWidget] | None = None
    sort: str = ""


class ClockCard(QFrame):
    """A card with a line for each clock; its explanation opens inside the card."""

    explained = Signal(str)  # the key of the clock whose explanation was opened

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._title = title
        self._why: dict[str, _Line] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        self._column.setSpacing(theme.SMALL)

    def set_clocks(self, clocks: Sequence[Clock]) -> None:
        """Show these clocks; an explanation that is open stays open."""
        opened = {key for key, line in self._why.items() if line.is_open()}
        clear(self._column)
        self._column.addWidget(label(self._title or _("期限"), "strong"))
        self._why = {}
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(one.name) for one in clocks), default=0)
        for at, clock in enumerate(clocks):
            if at:
                self._column.addWidget(rule())
            line = _Line(clock, min(widest, theme.em(10)) + 2)
            line.opened.connect(self.explained)
            self._column.addWidget(line)
            self._why[clock.key] = line
            if clock.key in opened:
                line.explain()
        self.setAccessibleName(self._title or _("期限"))

    def explain(self, key: str) -> None:
        """Open the explanation of a clock."""
        self._why[key].explain()


class _Line(QWidget):
    """One clock; two lines, so that nothing is cut off in a narrow pane."""

    opened = Signal(str)

    def __init__(self, clock: Clock, name_width: int) -> None:
        super().__init__()
        self._clock = clock
        self._name_width = name_width
        self._panel: QWidget | None = None
        self.link = button(_("为什么？"), "link")
        self.link.setAccessibleName(_("{name}为什么是这一天？").format(name=clock.name))
        if clock.why is None:
            self.link.hide()
        self.link.clicked.connect(self.toggle)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SMALL)
        self._column.addLayout(self._upper())
        self.setAccessibleName(
            " ".join(word for word in (clock.name, clock.sort, clock.due, clock.left) if word)
        )

    def is_open(self) -> bool:
        return self._panel is not None

    def toggle(self) -> None:
        if self._panel is None:
            self.explain()
        else:
            self._panel.hide()
            self._panel.deleteLater()
            self._panel = None
            self.link.setText(_("为什么？"))

    def explain(self) -> None:
        if self._panel is None and self._clock.why is not None:
            self._panel = self._clock.why()
            self._column.addWidget(self._panel)
            self.link.setText(_("收起"))
            self.opened.emit(self._clock.key)

    def _upper(self) -> QGridLayout:
        clock = self._clock
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.MEDIUM)
        grid.setVerticalSpacing(2)
        name = label(clock.name, wrap=True)
        name.setFixedWidth(self._name_width)
        grid.addWidget(name, 0, 0)
        state = QWidget()
        row = FlowLayout(state, theme.SMALL)
        row.addWidget(label(clock.due, "strong" if clock.left else "quiet"))
        if clock.sort:
            row.addWidget(label(clock.sort, "quiet"))
        if clock.left:
            row.addWidget(Pill(clock.left, clock.status))
        grid.addWidget(state, 0, 1)
        grid.addWidget(selectable(clock.article, "hint"), 1, 0, 1, 2)
        grid.addWidget(self.link, 0, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(1, 1)
        if not clock.article:
            self._hide_last(grid)
        return grid

    def _hide_last(self, grid: QGridLayout) -> None:
        item = grid.itemAtPosition(1, 0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
