"""为什么是这一天: the counted days one by one, set out as calendar weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QVBoxLayout, QWidget

from desktop.text import N_, _, format_date
from desktop.ui.common import theme
from desktop.ui.common.flow import FlowLayout, clear
from desktop.ui.common.labels import label, selectable
from desktop.ui.common.palette import Status
from desktop.ui.common.pills import Pill


class DayKind(StrEnum):
    """What a day is to the count."""

    START = "start"  # 起算日, not counted itself
    WORK = "work"  # 工作日
    REST = "rest"  # 休息日
    HOLIDAY = "holiday"  # 法定节假日
    MAKEUP = "makeup"  # 调休上班
    PAUSED = "paused"  # 期限暂停


_WORDS = {
    DayKind.START: N_("起算日"),
    DayKind.WORK: N_("工作日"),
    DayKind.REST: N_("休息日"),
    DayKind.HOLIDAY: N_("节假日"),
    DayKind.MAKEUP: N_("调休上班"),
    DayKind.PAUSED: N_("中止"),
}
_STATUS = {
    DayKind.START: Status.RUNNING,
    DayKind.REST: Status.VOID,
    DayKind.HOLIDAY: Status.SOON,
    DayKind.MAKEUP: Status.WAITING,
    DayKind.PAUSED: Status.PAUSED,
}
_HEADS = (N_("一"), N_("二"), N_("三"), N_("四"), N_("五"), N_("六"), N_("日"))


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the count.

    `count` is the running number where the day is counted, `name` the holiday's, `due` marks
    the last day, `moved` a due day that was put off to the next working day (顺延).
    """

    day: date
    kind: DayKind
    count: int | None = None
    name: str = ""
    due: bool = False
    moved: bool = False


class DayStrip(QWidget):
    """The weeks, what the colours mean, the sum in words, and the article."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = _Weeks()
        self._summary = selectable("")
        self._article = selectable("", "quiet")
        self._legend = QWidget()
        self._row = FlowLayout(self._legend, theme.TIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(self._summary)
        column.addWidget(self._grid)
        column.addWidget(self._legend)
        column.addWidget(self._article)

    def show_days(self, days: Sequence[Day], summary: str, article: str) -> None:
        """Show the count from its first day to the due day."""
        self._grid.set_days(days)
        self._summary.setText(summary)
        self._article.setText(article)
        self._article.setVisible(bool(article))
        clear(self._row)
        kinds = {day.kind for day in days}
        self._row.addWidget(label(_("图例："), "quiet"))
        for kind, status in _STATUS.items():
            if kind in kinds:
                self._row.addWidget(Pill(_(_WORDS[kind]), status))
        self.setAccessibleName(summary)
        self.setAccessibleDescription(_("；").join(describe(day) for day in days))

    def summary(self) -> str:
        """The sum in words."""
        return self._summary.text()


def describe(day: Day) -> str:
    """A day in words, for tooltips and screen readers."""
    parts = [format_date(day.day), _("星期{day}").format(day=_(_HEADS[day.day.weekday()]))]
    parts.append(day.name or _(_WORDS[day.kind]))
    if day.count is not None:
        parts.append(_("第 {n} 天").format(n=day.count))
    if day.moved:
        parts.append(_("顺延"))
    if day.due:
        parts.append(_("到期"))
    return " ".join(parts)


class _Weeks(QWidget):
    """A calendar of the counted days, Monday to Sunday."""

    def __init__(self) -> None:
        super().__init__()
        self._days: dict[date, Day] = {}
        self._first = date.min
        self._weeks = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.on_change(self._renew)

    def set_days(self, days: Sequence[Day]) -> None:
        self._days = {day.day: day for day in days}
        self._weeks = 0
        if self._days:
            begin, end = min(self._days), max(self._days)
            self._first = begin - timedelta(days=begin.weekday())
            self._weeks = (end - self._first).days // 7 + 1
        self._renew()

    def sizeHint(self) -> QSize:
        return QSize(7 * self._wide(), self._head() + self._weeks * self._high())

    def minimumSizeHint(self) -> QSize:
        return QSize(7 * self._narrow(), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(0.92))
        painter.setPen(QColor(theme.colours().quiet))
        for at, name in enumerate(_HEADS):
            head = QRectF(at * self._cell_width(), 0, self._cell_width(), self._head())
            painter.drawText(head, int(Qt.AlignmentFlag.AlignCenter), _(name))
        for day in self._days.values():
            self._paint(painter, day)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            for day in self._days.values():
                if self._place(day.day).contains(QPointF(event.pos())):
                    QToolTip.showText(event.globalPos(), describe(day), self)
            return True
        return super().event(event)

    def _paint(self, painter: QPainter, day: Day) -> None:
        ground, text, edge = self._tones(day)
        box = self._place(day.day).adjusted(2, 2, -2, -2)
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(QColor(text))
        half = box.height() / 2
        upper = QRectF(box.left(), box.top() + 2, box.width(), half - 2)
        lower = QRectF(box.left() + 1, box.top() + half - 1, box.width() - 2, half - 2)
        painter.setFont(theme.font(bold=day.due))
        painter.drawText(upper, int(Qt.AlignmentFlag.AlignCenter), f"{day.day:%m-%d}")
        painter.setFont(theme.font(0.85, bold=day.due))
        painter.drawText(
            lower, int(Qt.AlignmentFlag.AlignCenter), _fit(_caption(day), painter.font(), lower)
        )

    def _tones(self, day: Day) -> tuple[str, str, str]:
        """Ground, text and edge."""
        tones = theme.colours()
        if day.due:
            return tones.accent, tones.on_accent, tones.accent
        status = _STATUS.get(day.kind)
        if status is None:
            return tones.base, tones.text, tones.line
        pair = theme.status(status)
        return pair.ground, pair.text, pair.ground

    def _place(self, day: date) -> QRectF:
        week, weekday = divmod((day - self._first).days, 7)
        wide, high = self._cell_width(), self._high()
        return QRectF(weekday * wide, self._head() + week * high, wide, high)

    def _cell_width(self) -> float:
        return min(max(self.width() / 7, self._narrow()), self._wide())

    def _narrow(self) -> int:
        return QFontMetrics(theme.font()).horizontalAdvance("12-31") + theme.MEDIUM

    def _wide(self) -> int:
        return QFontMetrics(theme.font()).horizontalAdvance("调休上班") + theme.LARGE

    def _high(self) -> int:
        return 2 * QFontMetrics(theme.font()).height() + theme.MEDIUM

    def _head(self) -> int:
        return QFontMetrics(theme.font()).height() + theme.TIGHT

    def _renew(self) -> None:
        self.updateGeometry()
        self.update()


def _caption(day: Day) -> list[str]:
    """What stands under the date, the longest wording first."""
    if day.due:
        word = _("顺延到期") if day.moved else _("到期")
        counted = [] if day.count is None else [_("第{n}天·到期").format(n=day.count)]
        return [*counted, word] if not day.moved else [word, _("到期")]
    if day.count is not None:
        number = _("第{n}天").format(n=day.count)
        if day.kind is DayKind.MAKEUP:
            makeup = _("调休")
            return [f"{makeup}·{number}", number]
        return [number]
    short = {DayKind.REST: _("休"), DayKind.HOLIDAY: _("假"), DayKind.START: _("起算")}
    return [day.name or _(_WORDS[day.kind]), short.get(day.kind, _(_WORDS[day.kind]))]


def _fit(wordings: Sequence[str], font: QFont, room: QRectF) -> str:
    metrics = QFontMetrics(font)
    for wording in wordings:
        if metrics.horizontalAdvance(wording) <= room.width():
            return wording
    return metrics.elidedText(wordings[-1], Qt.TextElideMode.ElideRight, int(room.width()))
