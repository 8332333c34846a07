"""The date field: typed in any usual way, or picked from a calendar; never corrected silently."""

import re
from datetime import date, timedelta

from PySide6.QtCore import QDate, QEvent, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.text import N_, _, format_date, language
from desktop.ui.common import icons, theme
from desktop.ui.common.forms.field import Editor, Field, follow
from desktop.ui.common.labels import label, tool
from frozen import dataclass

# Digits and separators as a Chinese input method may write them.
_HALF_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {
    0xFF0D: "-",
    0xFF0E: ".",
    0xFF0F: "/",
    0x3002: ".",
}
_WORDS = {"前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2}
_FULL = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?")
_BRIEF = re.compile(r"(\d{2})年(\d{1,2})[-./月](\d{1,2})[日号]?")
_UNSAID = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{1,2})")
_SHORT = re.compile(r"(\d{1,2})[-./月](\d{1,2})[日号]?")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CENTURY = 2000  # of a year written with two digits
_CHINESE = {"〇": "0", "○": "0", "零": "0"} | {
    numeral: str(number) for number, numeral in enumerate("一二三四五六七八九", 1)
}
_NUMERAL = re.compile("[〇○零一二三四五六七八九十廿卅]+")
_WEEKDAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))


class NoSuchDay(ValueError):
    """The text has the form of a date, but the calendar has no such day."""


class YearUnclear(ValueError):
    """Three short numbers of which the last may be the year; `likely` is the day meant then."""

    def __init__(self, text: str, likely: date) -> None:
        super().__init__(text)
        self.likely = likely


def parse_date(text: str, today: date) -> date | None:
    """Read a date as clerks write it; None for an empty text.

    Understood: 2026-11-21, 2026.11.21, 2026/11/21, 2026年11月21日, 20261121, 11-21 (in the year
    of `today`), 26-11-21 and 26年11月21日, 今天, 昨天, 前天, 明天, 后天, also in full-width digits
    and 二〇二六年十一月二十一日. Raises NoSuchDay for 2026-02-30, YearUnclear for 21.11.26 and
    ValueError for anything else.
    """
    plain = "".join(text.split()).translate(_HALF_WIDTH)
    if not plain:
        return None
    if plain in _WORDS:
        return today + timedelta(days=_WORDS[plain])
    if "月" in plain:
        plain = _NUMERAL.sub(lambda found: _digits(found[0]), plain)
    found = _FULL.fullmatch(plain) or _SOLID.fullmatch(plain)
    if found is not None:
        year, month, day = (int(part) for part in found.groups())
    elif (found := _BRIEF.fullmatch(plain)) is not None:
        year, month, day = _CENTURY + int(found[1]), int(found[2]), int(found[3])
    elif (found := _UNSAID.fullmatch(plain)) is not None:
        year, month, day = _year_first(text, found, today)
    else:
        found = _SHORT.fullmatch(plain)
        if found is None:
            raise ValueError(text)
        year, month, day = today.year, int(found[1]), int(found[2])
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NoSuchDay(text) from error


def _digits(words: str) -> str:
    """Write a Chinese numeral as digits: 二〇二六 is 2026, 十八 is 18, 三十 is 30."""
    words = words.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = words.partition("十")
    if ten and (len(tens) > 1 or len(ones) > 1 or "十" in ones):
        return words  # no number that a date holds: refused, not guessed
    if ten:
        words = (tens or "一") + (ones or "零")
    return "".join(_CHINESE[one] for one in words)


def _year_first(text: str, found: re.Match[str], today: date) -> tuple[int, int, int]:
    """Read three short numbers as year, month, day, unless the year rather stands last."""
    first, second, last = (int(part) for part in found.groups())
    year = _CENTURY + first
    for month, day in ((second, first), (first, second)):
        if len(found[3]) < 2 or not _in_calendar(_CENTURY + last, month, day):
            continue
        nearer = abs(_CENTURY + last - today.year) < abs(year - today.year)
        if nearer or len(found[1]) < 2 or not _in_calendar(year, second, last):
            raise YearUnclear(text, date(_CENTURY + last, month, day))
    if len(found[1]) < 2:
        raise ValueError(text)
    return year, second, last


def _in_calendar(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def weekday(day: date) -> str:
    """周一 to 周日."""
    return _(_WEEKDAYS[day.weekday()])


@dataclass(frozen=True, slots=True)
class DateField(Field):
    """A date, or None when empty."""

    def editor(self, today: date) -> Editor:
        return DateEditor(today)


class DateEditor(Editor):
    """A line for the date, the weekday beside it, and a calendar on a button or Alt+Down."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.line = _DateLine()
        self.line.textChanged.connect(self._show_weekday)
        self.line.textChanged.connect(lambda: self.edited.emit())
        self.line.editingFinished.connect(self._tidy)
        self.line.wanted.connect(self._open_calendar)
        self._picker = tool("calendar", _("打开日历（Alt+↓）"), self._open_calendar)
        self._picker.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._weekday = label("", "quiet")
        self._odd = label("", "error")  # said beside the line as soon as it is left
        self._popup: _Calendar | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.TIGHT)
        row.addWidget(self.line)
        row.addWidget(self._picker)
        row.addWidget(self._weekday)
        row.addWidget(self._odd)
        row.addStretch(1)
        follow(self, self.line)
        self._fit()

    def value(self) -> object:
        try:
            return parse_date(self.line.text(), self._today)
        except ValueError:
            return None

    def set_value(self, value: object) -> None:
        self.line.setText(format_date(value) if isinstance(value, date) else str(value or ""))

    def blank(self) -> object:
        return None

    def state(self) -> object:
        return self.value() or self.line.text().strip()

    def kept(self) -> object:
        return self.state()

    def words(self) -> str:
        return self.line.text().strip()

    def problem(self) -> str:
        text = self.line.text().strip()
        try:
            parse_date(text, self._today)
        except NoSuchDay:
            return _("日历上没有“{text}”这一天，请改正。").format(text=text)
        except YearUnclear as unclear:
            said = _("“{text}”分不清哪个数是年；请按年、月、日的顺序写，年写四位，例如 {example}。")
            return said.format(text=text, example=format_date(unclear.likely))
        except ValueError:
            return _("“{text}”看不出是哪一天，请写成 {example} 的样子。").format(
                text=text, example=format_date(self._today)
            )
        return ""

    def target(self) -> QWidget:
        return self.line

    def set_faulty(self, faulty: bool) -> None:
        super().set_faulty(faulty)
        if faulty:
            self._odd.clear()  # a whole sentence stands below

    def oddity(self) -> str:
        """What is said beside the line of a text that is no date; empty while it is typed."""
        return self._odd.text()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        width = self.line.fontMetrics().horizontalAdvance("2026-11-21 今天")
        self.line.setFixedWidth(width + theme.WIDE)

    def _show_weekday(self) -> None:
        day = self.value()
        self._weekday.setText(weekday(day) if isinstance(day, date) else "")
        self._odd.clear()

    def _tidy(self) -> None:
        """Write a date that was understood in the one usual form; leave anything else, and say so."""
        day = self.value()
        if isinstance(day, date) and self.line.text() != format_date(day):
            self.line.setText(format_date(day))
        if not self.line.property("faulty"):
            self._odd.setText(self._oddity())

    def _oddity(self) -> str:
        try:
            parse_date(self.line.text().strip(), self._today)
        except NoSuchDay:
            return _("没有这一天")
        except YearUnclear:
            return _("分不清哪个数是年")
        except ValueError:
            return _("看不出是哪一天")
        return ""

    def _open_calendar(self) -> None:
        day = self.value()
        self._popup = _Calendar(self, day if isinstance(day, date) else self._today)
        self._popup.picked.connect(self._pick)
        self._popup.popup(self.line.mapToGlobal(QPoint(0, self.line.height() + theme.TIGHT)))

    def _pick(self, day: date) -> None:
        self.line.setText(format_date(day))
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)


class _DateLine(QLineEdit):
    """A line that asks for the calendar on Alt+Down and F4, as Windows does."""

    wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        down = event.key() == Qt.Key.Key_Down
        if (down and event.modifiers() & Qt.KeyboardModifier.AltModifier) or (
            event.key() == Qt.Key.Key_F4 and not event.modifiers()
        ):
            self.wanted.emit()
            return
        super().keyPressEvent(event)


class _Calendar(QFrame):
    """A calendar that closes when a day is chosen or Esc is pressed."""

    picked = Signal(object)

    def __init__(self, parent: QWidget, day: date) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.month = QCalendarWidget()
        self.month.setLocale(QLocale(language()))
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setSelectedDate(QDate(day.year, day.month, day.day))
        self._calm_down()
        self.month.clicked.connect(self._take)
        self.month.activated.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        column.addWidget(self.month)

    def popup(self, at: QPoint) -> None:
        """Show the calendar below its line and give it the keyboard."""
        self.adjustSize()
        room = self.screen().availableGeometry()
        at.setX(min(at.x(), room.right() - self.width()))
        at.setY(min(at.y(), room.bottom() - self.height()))
        self.move(at)
        self.show()
        self.month.setFocus(Qt.FocusReason.PopupFocusReason)

    def _calm_down(self) -> None:
        """Our own arrows, and no red for weekends: red means that something is overdue."""
        for name, icon, said in (
            ("qt_calendar_prevmonth", "chevron_left", _("上个月")),
            ("qt_calendar_nextmonth", "chevron_right", _("下个月")),
        ):
            arrow = self.month.findChild(QToolButton, name)
            if arrow is not None:
                icons.dress(arrow, icon, "quiet")
                arrow.setAccessibleName(said)
        quiet = QTextCharFormat()
        quiet.setForeground(QColor(theme.colours().quiet))
        self.month.setHeaderTextFormat(quiet)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.month.setWeekdayTextFormat(weekend, quiet)

    def _take(self, day: QDate) -> None:
        self.picked.emit(date(day.year(), day.month(), day.day()))
        self.close()
