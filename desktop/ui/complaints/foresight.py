"""Beside 新登记: the clocks that the typed date would set, and what the unit is accused of already."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.rules.complaints import RunningClock
from desktop.text import _, format_date
from desktop.ui.common import theme, wording
from desktop.ui.common.flow import FlowLayout, clear
from desktop.ui.common.labels import card, label
from desktop.ui.common.panes import upright
from desktop.ui.common.pills import Pill
from desktop.ui.common.record import ClockCard
from desktop.ui.complaints import dates
from desktop.ui.complaints.twins import Twins
from desktop.usecases.register import Intake, Row

MOST = 6  # earlier complaints shown; more would not be read while typing


class Foresight(QScrollArea):
    """Cards: 期限, 可能是同一件事 and 同一单位已有的投诉举报."""

    def __init__(self, intake: Intake) -> None:
        super().__init__()
        self._intake = intake
        self.clocks = ClockCard(_("登记以后的期限"))
        self.twins = Twins()
        self._earlier = card()
        self._lines = QVBoxLayout(self._earlier)
        self._lines.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.MEDIUM)
        self._lines.setSpacing(theme.SMALL)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.LARGE)
        column.addWidget(self.clocks)
        column.addWidget(self.twins)
        column.addWidget(self._earlier)
        column.addStretch(1)
        upright(inside, self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.show_clocks(())
        self.show_earlier("", (), 0)

    def show_clocks(self, clocks: Sequence[RunningClock]) -> None:
        """Show when the complaint would be due."""
        self.clocks.setVisible(bool(clocks))
        self.clocks.set_clocks(dates.shown(clocks, self._intake.book, self._intake.national))

    def show_earlier(self, unit: str, rows: Sequence[Row], count: int) -> None:
        """Show what is registered against the unit already, so that nothing is entered twice."""
        clear(self._lines)
        self._earlier.setVisible(bool(unit))
        if not unit:
            return
        title = _("“{unit}”已有的投诉举报（{n}）").format(unit=unit, n=count)
        self._lines.addWidget(label(title, "strong", wrap=True))
        if not rows:
            self._lines.addWidget(label(_("没有。"), "quiet"))
        for row in rows[:MOST]:
            self._lines.addWidget(_line(row))


def _line(row: Row) -> QWidget:
    frame = QWidget()
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    head = QWidget()
    first = FlowLayout(head, theme.SMALL)
    received = _("{day} 收到").format(day=format_date(row.complaint.received))
    word, status = wording.STATES[row.state]
    first.addWidget(label(row.complaint.number))
    first.addWidget(label(received, "quiet"))
    first.addWidget(Pill(_(word), status))
    column.addWidget(head)
    column.addWidget(label(row.complaint.subject, "hint", wrap=True))
    return frame
