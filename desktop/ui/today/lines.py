"""The lines of one group of 今日: a list as tall as its rows, which passes the keyboard on."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy

from desktop.rules.casefiles import CaseStep
from desktop.rules.complaints import Step
from desktop.text import _, format_date, ngettext_
from desktop.ui.common import theme, wording
from desktop.ui.common.forms.dates import weekday
from desktop.ui.common.listview import ListView
from desktop.ui.common.palette import Status
from desktop.ui.common.table import Column, ListModel
from desktop.usecases.today import LONG_PAUSE, Group, Item


def columns() -> list[Column[Item]]:
    """How it stands, which clock, number, whom it concerns, when due, the next step."""
    return [
        Column("state", _("情况"), state, width=9, status=lambda item: status(item)),
        Column("clock", _("期限"), clock, width=8.5, tooltip=lambda item: item.article),
        Column("number", _("编号"), lambda item: item.number, width=8),
        Column("concerning", _("事项"), concerning, width=12, stretch=True),
        Column("due", _("到期"), due, width=10.5, tooltip=due_in_full),
        Column("next", _("下一步"), next_step, width=9.5),
    ]


def state(item: Item) -> str:
    """The word of the pill."""
    if item.status is not None:
        return wording.clock_words(item.status)[0]
    if item.rested:
        return ngettext_("中止第 {n} 天", "中止第 {n} 天", item.rested).format(n=item.rested)
    return _("等待回复") if item.group is Group.WAITING else _("待办")


def status(item: Item) -> Status:
    """The colour of the pill."""
    if item.status is not None:
        return wording.clock_words(item.status)[1]
    if item.rested:
        return Status.SOON if item.rested > LONG_PAUSE else Status.PAUSED
    if item.unfiled:
        return Status.VOID  # quiet: no clock asks for it
    return Status.WAITING if item.group is Group.WAITING else Status.RUNNING


def concerning(item: Item) -> str:
    """Whom and what it concerns; closed ones that are not filed stand together on one line."""
    if item.unfiled <= 1:
        return item.concerning
    return ngettext_(
        "已办结还没有归档的共 {n} 件，这是最早的一件",
        "已办结还没有归档的共 {n} 件，这是最早的一件",
        item.unfiled,
    ).format(n=item.unfiled)


def clock(item: Item) -> str:
    """The clock's name; while the leader has not decided it is only a case: 如转办."""
    return _("如{clock}").format(clock=item.clock) if item.conditional else item.clock


def due(item: Item) -> str:
    """The day in one form, and whether it is 暂定."""
    if item.due is None and item.rested:
        return _("请核实能否恢复") if item.rested > LONG_PAUSE else ""
    if item.due is None:
        return _("未定回复日期") if item.group is Group.WAITING else ""
    if item.extended:
        return _("延期至 {day}").format(day=format_date(item.due))
    day = f"{format_date(item.due)} {weekday(item.due)}"
    return _("{due} 暂定").format(due=day) if item.tentative else day


def due_in_full(item: Item) -> str:
    """Both readings of the day where they differ."""
    moved = ""
    if item.shifted and item.planned is not None:
        moved = _("中止后顺延，原定 {day}").format(day=format_date(item.planned))
    if item.due is None or item.latest is None or item.due == item.latest:
        return " · ".join(part for part in (due(item), moved) if part)
    both = _("目标日 {due} · 最迟 {latest}").format(
        due=format_date(item.due), latest=format_date(item.latest)
    )
    return " · ".join(part for part in (both, moved) if part)


def next_step(item: Item) -> str:
    """The next step, as its button says it, without the dots that say a page opens."""
    match item.next_step:
        case Step.FIND if item.group is Group.WAITING:
            words = _("记录承办单位回复…")
        case Step():
            words = _(wording.STEPS[item.next_step])
        case CaseStep():
            words = _(wording.CASE_STEPS[item.next_step])
        case _:
            words = _(item.todo) if item.todo else ""
    return words.removesuffix("…")


class Lines(ListView[Item]):
    """One group: no scroll bar of its own, one click opens, up and down lead on to the next.

    `opened(Item)` by click or Enter; `passed(-1 | 1)` when the keyboard leaves at an end.
    """

    opened = Signal(object)
    passed = Signal(int)

    def __init__(self, name: str) -> None:
        self._lines: ListModel[Item] = ListModel(
            columns(), key=lambda item: (item.record, item.record_id, item.clock)
        )
        super().__init__(self._lines, name)
        self.horizontalHeader().hide()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSelectionMode(self.SelectionMode.SingleSelection)
        self.setSortingEnabled(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.chosen.connect(self.opened)
        self.clicked.connect(lambda index: self.opened.emit(self._lines.row(index.row())))
        theme.on_change(self._fit)

    def show_items(self, items: tuple[Item, ...]) -> None:
        """Show these lines."""
        self._lines.set_rows(items)
        self._fit()

    def items(self) -> tuple[Item, ...]:
        """The lines shown."""
        return tuple(self._lines.rows())

    def enter(self, *, last: bool = False) -> None:
        """Take the keyboard at the first or the last line."""
        self.selectRow(self._lines.rowCount() - 1 if last else 0)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Up and at <= 0:
            self.passed.emit(-1)
        elif event.key() == Qt.Key.Key_Down and at == self._lines.rowCount() - 1:
            self.passed.emit(1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._lines.rowCount():
            self.selectRow(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Only one line on the page is the current one."""
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        ):
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls, not the group."""
        event.ignore()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        height = self._lines.rowCount() * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(height + 2 * self.frameWidth())
