"""Words on a coloured ground: the pill of a status, chips, and the row of filters."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.flow import FlowLayout
from desktop.ui.common.palette import Status
from frozen import dataclass


def pill_size(word: str, font: QFont) -> QSize:
    """The room a pill with this word takes in this font."""
    metrics = QFontMetrics(font)
    return QSize(metrics.horizontalAdvance(word) + 2 * theme.SMALL, metrics.height() + theme.TIGHT)


def paint_pill(painter: QPainter, room: QRectF, word: str, which: Status) -> None:
    """Draw a pill at the left of `room`, as wide as its word, elided when there is no room."""
    pair = theme.status(which)
    wanted = pill_size(word, painter.font())
    shape = QRectF(room)
    shape.setWidth(min(room.width(), wanted.width()))
    shape.setHeight(min(room.height(), wanted.height()))
    shape.moveTop(room.center().y() - shape.height() / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(pair.ground))
    painter.drawRoundedRect(shape, 4, 4)
    painter.setPen(QColor(pair.text))
    inner = shape.adjusted(theme.SMALL, 0, -theme.SMALL + 1, 0)
    shown = painter.fontMetrics().elidedText(
        word, Qt.TextElideMode.ElideRight, int(inner.width()) + 1
    )
    painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter), shown)
    painter.restore()


class Pill(QWidget):
    """A word on the colour of its status, or on a neutral ground without one (a chip)."""

    def __init__(self, word: str, which: Status = Status.PAUSED) -> None:
        super().__init__()
        self._word = word
        self._status = which
        self.setAccessibleName(word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.on_change(self._renew)

    def set(self, word: str, which: Status) -> None:
        """Show another word and status."""
        self._word, self._status = word, which
        self.setAccessibleName(word)
        self._renew()

    def text(self) -> str:
        """The word shown."""
        return self._word

    def sizeHint(self) -> QSize:
        return pill_size(self._word, self.font())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        paint_pill(QPainter(self), QRectF(self.rect()), self._word, self._status)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._renew()
        super().changeEvent(event)

    def _renew(self) -> None:
        self.updateGeometry()
        self.update()


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of a list: its key, its word, how many rows it has (None = not counted)."""

    key: str
    text: str
    count: int | None = None


class FilterBar(QWidget):
    """A row of filters of which one is chosen; wraps when there is no room."""

    chosen = Signal(str)

    def __init__(self, filters: Sequence[Filter] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._row = FlowLayout(self, theme.SMALL)
        self.setAccessibleName(_("筛选"))
        self.set_filters(filters)

    def set_filters(self, filters: Sequence[Filter]) -> None:
        """Show these filters; the chosen one stays chosen if it is still among them."""
        before = self.current()
        if [one.key for one in filters] != list(self._buttons):
            self._rebuild(filters)
        for one in filters:
            shown = one.text if one.count is None else f"{one.text} {one.count}"
            self._buttons[one.key].setText(shown)
            self._buttons[one.key].setAccessibleName(shown)
        if filters:
            self.choose(before if before in self._buttons else filters[0].key)

    def current(self) -> str:
        """The key of the chosen filter, empty without filters."""
        return next((key for key, one in self._buttons.items() if one.isChecked()), "")

    def holds(self, key: str) -> bool:
        """Whether a filter is among those shown."""
        return key in self._buttons

    def choose(self, key: str) -> None:
        """Choose a filter without telling."""
        self._buttons[key].setChecked(True)

    def _rebuild(self, filters: Sequence[Filter]) -> None:
        for old in self._buttons.values():
            self._group.removeButton(old)
            self._row.removeWidget(old)
            old.deleteLater()
        self._buttons = {}
        for one in filters:
            made = QPushButton()
            made.setProperty("role", "chip")
            made.setCheckable(True)
            made.clicked.connect(lambda _on=False, key=one.key: self.chosen.emit(key))
            self._group.addButton(made)
            self._row.addWidget(made)
            self._buttons[one.key] = made
