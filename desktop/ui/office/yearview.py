"""A year as twelve small months; what kind each day is shows by a word and a colour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.text import N_, _, format_date
from desktop.ui.common import theme
from desktop.ui.common.palette import Status

MONTHS = 12
SATURDAY = 5
_WEEKDAYS = (N_("一"), N_("二"), N_("三"), N_("四"), N_("五"), N_("六"), N_("日"))
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


class Mark(StrEnum):
    """What is odd about a day."""

    REST = "rest"  # 放假
    WORK = "work"  # 调休上班
    OWN_REST = "own_rest"  # 本单位补录：不上班
    OWN_WORK = "own_work"  # 本单位补录：上班


MARK_WORDS = {
    Mark.REST: N_("休"),
    Mark.WORK: N_("班"),
    Mark.OWN_REST: N_("补"),
    Mark.OWN_WORK: N_("补"),
}
MARK_NAMES = {
    Mark.REST: N_("休"),
    Mark.WORK: N_("班"),
    Mark.OWN_REST: N_("补休"),
    Mark.OWN_WORK: N_("补班"),
}
MARK_STATUS = {
    Mark.REST: Status.DONE,
    Mark.WORK: Status.TODAY,
    Mark.OWN_REST: Status.WAITING,
    Mark.OWN_WORK: Status.WAITING,
}


@dataclass(frozen=True, slots=True)
class OddDay:
    """A day that is not as its weekday says, and its name."""

    day: date
    mark: Mark
    label: str


class YearView(QWidget):
    """Arrow keys and mouse choose a day; `picked(day)` on Enter or click."""

    picked = Signal(object)  # date

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._year = today.year
        self._day = today
        self._odd: Mapping[date, OddDay] = {}
        self.setObjectName("calendar.year")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.on_change(self._renew)

    def show_year(self, year: int, odd: Sequence[OddDay]) -> None:
        """Show a year with its odd days."""
        self._year = year
        self._odd = {one.day: one for one in odd}
        if self._day.year != year:
            self._day = self._today if self._today.year == year else date(year, 1, 1)
        self._tell()
        self._renew()

    def day(self) -> date:
        """The day the keyboard is on."""
        return self._day

    def select(self, day: date) -> None:
        """Put the keyboard on a day of the year."""
        if day.year == self._year:
            self._day = day
            self._tell()
            self.update()

    # -- Qt ------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(4 * self._month_width(), self.heightForWidth(4 * self._month_width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * self._month_width(), self._month_height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = -(-MONTHS // self._columns(width))
        return lines * self._month_height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.select(self._day + timedelta(days=step))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self._day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if found is not None:
            self.select(found)
            self.picked.emit(found)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._at(QPointF(event.pos()))
            words = self._words(found) if found is not None and found in self._odd else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month in range(1, MONTHS + 1):
            self._paint_month(painter, month)

    # -- measures ------------------------------------------------------------------------------

    def _cell(self) -> float:
        return theme.px(30)

    def _line(self) -> float:
        return theme.px(22)

    def _month_width(self) -> int:
        return round(7 * self._cell()) + theme.WIDE

    def _month_height(self) -> int:
        return round(8 * self._line()) + theme.SMALL

    def _columns(self, width: int) -> int:
        fitting = max(1, (width + theme.WIDE) // self._month_width())
        return max(n for n in (1, 2, 3, 4, 6) if n <= fitting)

    def _corner(self, month: int) -> QPointF:
        columns = self._columns(self.width())
        across, down = (month - 1) % columns, (month - 1) // columns
        return QPointF(across * self._month_width(), down * self._month_height())

    def _room(self, day: date) -> QRectF:
        corner = self._corner(day.month)
        first = date(day.year, day.month, 1).weekday()
        place = day.day - 1 + first
        left = corner.x() + place % 7 * self._cell()
        top = corner.y() + (2 + place // 7) * self._line()
        return QRectF(left, top, self._cell(), self._line())

    def _at(self, point: QPointF) -> date | None:
        return next((d for d in self._days() if self._room(d).contains(point)), None)

    def _days(self) -> list[date]:
        first = date(self._year, 1, 1)
        return [first + timedelta(days=n) for n in range((date(self._year + 1, 1, 1) - first).days)]

    # -- drawing -------------------------------------------------------------------------------

    def _paint_month(self, painter: QPainter, month: int) -> None:
        tones = theme.colours()
        corner = self._corner(month)
        middle = int(Qt.AlignmentFlag.AlignCenter)
        painter.setFont(theme.font(1.0, bold=True))
        painter.setPen(QColor(tones.text))
        head = QRectF(corner.x() + theme.SMALL, corner.y(), 7 * self._cell(), self._line())
        left = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(head, left, _("{month} 月").format(month=month))
        painter.setFont(theme.font(0.85))
        painter.setPen(QColor(tones.quiet))
        for at, word in enumerate(_WEEKDAYS):
            room = QRectF(
                corner.x() + at * self._cell(),
                corner.y() + self._line(),
                self._cell(),
                self._line(),
            )
            painter.drawText(room, middle, _(word))
        for day in self._days():
            if day.month == month:
                self._paint_day(painter, day)

    def _paint_day(self, painter: QPainter, day: date) -> None:
        tones = theme.colours()
        room = self._room(day).adjusted(1, 1, -1, -1)
        odd = self._odd.get(day)
        text = QColor(tones.quiet if day.weekday() >= SATURDAY else tones.text)
        if odd is not None:
            pair = theme.status(MARK_STATUS[odd.mark])
            text = QColor(pair.text)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(pair.ground))
            painter.drawRoundedRect(room, 4, 4)
        painter.setPen(text)
        middle = int(Qt.AlignmentFlag.AlignCenter)
        painter.setFont(theme.font(0.9, bold=odd is not None))
        if odd is None:
            painter.drawText(room, middle, str(day.day))
        else:
            left, right = QRectF(room), QRectF(room)
            left.setWidth(room.width() * 0.58)
            right.setLeft(left.right())
            painter.drawText(left, middle, str(day.day))
            painter.setFont(theme.font(0.72))
            painter.drawText(right.adjusted(-3, 0, -1, 0), middle, _(MARK_WORDS[odd.mark]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if day == self._day and self.hasFocus():
            painter.setPen(QPen(QColor(tones.accent), 2))
            painter.drawRoundedRect(room, 4, 4)
        elif day == self._today:
            painter.setPen(QPen(QColor(tones.accent), 1))
            painter.drawRoundedRect(room, 4, 4)

    def _words(self, day: date) -> str:
        odd = self._odd.get(day)
        parts = [format_date(day), _(_LONG[day.weekday()])]
        if odd is not None:
            parts += [_(MARK_NAMES[odd.mark]), odd.label]
        return " ".join(part for part in parts if part)

    def _tell(self) -> None:
        """Let a screen reader say the day the keyboard is on."""
        self.setAccessibleName(_("{year} 年工作日历").format(year=self._year))
        self.setAccessibleDescription(self._words(self._day))

    def _renew(self) -> None:
        self.updateGeometry()
        self.update()


_LONG = (
    N_("星期一"),
    N_("星期二"),
    N_("星期三"),
    N_("星期四"),
    N_("星期五"),
    N_("星期六"),
    N_("星期日"),
)


def weekday_words(day: date) -> str:
    """The weekday in words: 星期五."""
    return _(_LONG[day.weekday()])
