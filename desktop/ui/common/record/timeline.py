"""What was done when and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.common import theme
from desktop.ui.common.flow import clear
from desktop.ui.common.labels import label, selectable


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done: when, what, by whom, and what was said."""

    when: str
    what: str
    who: str = ""
    text: str = ""


class Timeline(QWidget):
    """The events in the order given, on a thin line."""

    def __init__(self, events: Sequence[Event] = ()) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.set_events(events)

    def set_events(self, events: Sequence[Event]) -> None:
        """Show these events."""
        clear(self._column)
        for at, event in enumerate(events):
            self._column.addWidget(_line(event, first=at == 0, last=at == len(events) - 1))


def _line(event: Event, *, first: bool, last: bool) -> QWidget:
    frame = QWidget()
    frame.setAccessibleName(f"{event.when} {event.what} {event.who}")
    head = QHBoxLayout()
    head.setSpacing(theme.SMALL)
    head.addWidget(label(event.what, "strong", wrap=True), 1)
    head.addWidget(label(event.who, "quiet"))
    said = QVBoxLayout()
    said.setContentsMargins(0, theme.TIGHT, 0, theme.MEDIUM)
    said.setSpacing(2)
    said.addLayout(head)
    said.addWidget(label(event.when, "hint"))
    if event.text:
        said.addWidget(selectable(event.text))
    row = QHBoxLayout(frame)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SMALL)
    row.addWidget(_Thread(first=first, last=last))
    row.addLayout(said, 1)
    return frame


class _Thread(QWidget):
    """The dot of an event and the line that joins it to its neighbours."""

    def __init__(self, *, first: bool, last: bool) -> None:
        super().__init__()
        self._first, self._last = first, last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme.on_change(self.update)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(14), theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tones = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.width() / 2
        dot = theme.TIGHT + self.fontMetrics().height() / 2
        painter.setPen(QPen(QColor(tones.line), 1.5))
        top = dot if self._first else 0.0
        bottom = dot if self._last else float(self.height())
        painter.drawLine(QPointF(middle, top), QPointF(middle, bottom))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tones.accent if self._first else tones.faint))
        size = theme.px(4)
        painter.drawEllipse(QPointF(middle, dot), size, size)
