"""The tab 今日: one page of groups, the most pressing first; records open in their own tabs."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.rules.workdays import Day, DayKind
from desktop.text import N_, _, format_date, long_date, ngettext_
from desktop.ui.common import theme, wording
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.common.empty import EmptyState
from desktop.ui.common.flow import FlowLayout
from desktop.ui.common.labels import button, label
from desktop.ui.common.palette import Status
from desktop.ui.common.panes import upright
from desktop.ui.common.pills import Pill
from desktop.ui.context import Context
from desktop.ui.today.beginning import BeginningCard
from desktop.ui.today.lines import Lines
from desktop.usecases import beginning, drafts, today
from desktop.usecases.beginning import Beginning, Step
from desktop.usecases.calendars import calendar
from desktop.usecases.office import Done, Office
from desktop.usecases.today import Group, Item

# What is printed is loaded when it is printed.
if TYPE_CHECKING:
    from desktop.ui.today.sheet import SheetView

_WEEKDAYS = (
    N_("星期一"),
    N_("星期二"),
    N_("星期三"),
    N_("星期四"),
    N_("星期五"),
    N_("星期六"),
    N_("星期日"),
)
_KINDS = {
    DayKind.WORK: (N_("工作日"), Status.RUNNING),
    DayKind.MAKEUP: (N_("调休上班"), Status.RUNNING),
    DayKind.REST: (N_("休息日"), Status.VOID),
    DayKind.HOLIDAY: (N_("节假日"), Status.VOID),
}

GROUPS = {
    Group.OVERDUE: N_("已超期"),
    Group.TODAY: N_("今日到期"),
    Group.SOON: N_("三个工作日内"),
    Group.WAITING: N_("等待他人"),
    Group.TODO: N_("待办"),
}


class TodayTab(QWidget):
    """What the office has to do today; `counted(n)` says how many lines press."""

    counted = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("today")
        self._context = context
        self._stale = False
        context.tasks.changed.connect(self._grow_stale)
        self.bar = MessageBar()
        self.draft_bar = MessageBar()
        self.draft_bar.setObjectName("today.drafts")
        self.draft_bar.clicked.connect(lambda _key: context.drafts.listed.emit())
        self.draft_bar.dismissed.connect(self._seen_crash)
        context.drafts.changed.connect(self._count_drafts)
        self.beginning = BeginningCard()
        self.beginning.wanted.connect(context.page_wanted)
        self.beginning.aside.connect(self._skip)
        self.beginning.back.connect(self._bring_back)
        self.beginning.checked.connect(self._check_calendar)
        self._whole = QStackedWidget()
        self._day = label("", "title")
        self._day.setObjectName("today.day")
        self._kind = Pill("")
        self._said = label("", "quiet", wrap=True)
        self._said.setObjectName("today.summary")
        self.groups = {group: _Group(group) for group in Group}
        self._empty = EmptyState("checkmark_circle", _("今天没有到期的事项，也没有待办。"))
        self._pages = QStackedWidget()
        self.print_button = button(_("打印今日要办(&P)…"), "", "print")
        self.print_button.setObjectName("today.print")
        self.print_button.setToolTip(_("打印今日要办（Ctrl+P）"))
        self.print_button.clicked.connect(self.open_sheet)
        self._sheet: SheetView | None = None
        self._scroll = self._lay_out()
        for group in self.groups.values():
            group.lines.opened.connect(self._open)
            group.lines.passed.connect(self._pass_on)
            group.lines.current.connect(self._reveal)
        self.show_items((), None)

    # -- what the window calls -----------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Coming back from a page on which something was done, nothing old is shown."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._catch_up)

    def _catch_up(self) -> None:
        if self._stale and self.isVisible():
            self.reload()

    def _grow_stale(self) -> None:
        self._stale = True

    def reload(self) -> None:
        """Read anew what is due."""
        self._stale = False
        day = self._context.today()

        def read(office: Office) -> tuple[tuple[Item, ...], Day]:
            return today.agenda(office, day), calendar(office).day(day)

        self._context.ask(read, self._show)
        self._count_drafts()
        if not self._context.trial:
            self._context.ask(lambda office: beginning.steps(office, day), self._show_beginning)

    def _show_beginning(self, steps: tuple[Step, ...]) -> None:
        may = self._context.may("office.begin")
        self.beginning.show_steps(steps, may_skip=may)

    def _skip(self, what: Beginning) -> None:
        day, acting = self._context.today(), self._context.acting()
        self._begin(
            lambda office: beginning.skip(office, what, day, acting),
            _("已跳过这一步；在“本单位设置”里可以找回，也可以从菜单里办。"),
        )

    def _bring_back(self, what: Beginning) -> None:
        acting = self._context.acting()
        self._begin(
            lambda office: beginning.bring_back(office, what, acting), _("已经重新列出这一步。")
        )

    def _check_calendar(self) -> None:
        acting = self._context.acting()
        self._begin(
            lambda office: beginning.check_calendar(office, acting), _("已记下：工作日历核对过了。")
        )

    def _begin(self, job: Callable[[Office], Done[None]], said: str) -> None:
        self._context.do(
            job, lambda done: self._context.said.emit(said, done.event), self._no_sheet
        )

    def _count_drafts(self) -> None:
        self._context.ask(lambda office: len(drafts.mine(office)), self._show_drafts)

    def _show_drafts(self, n: int) -> None:
        """Lead to what is not finished; after a crash say that nothing is lost."""
        crashed = self._context.drafts.after_crash
        said = _("上次程序没有正常关闭；已保存的内容和草稿都在。") if crashed else ""
        if n:
            said += ngettext_("有 {n} 份没有写完的内容。", "有 {n} 份没有写完的内容。", n).format(
                n=n
            )
        if not said:
            self.draft_bar.clear()
            return
        actions = [("drafts", _("去看看"))] if n else []
        self.draft_bar.tell(Tone.INFO, said, *actions, closable=crashed)

    def _seen_crash(self) -> None:
        self._context.drafts.after_crash = False
        self._count_drafts()

    def has_unsaved(self) -> bool:
        """Nothing is typed here."""
        return False

    # -- the sheet for the wall ----------------------------------------------------------------

    def open_sheet(self) -> None:
        """Show the 今日要办 of today as it prints."""
        if self._sheet is not None:
            return
        from desktop.usecases import sheets

        acting = self._context.acting()
        self._context.tasks.run(
            lambda office: sheets.agenda_sheet(office, acting), self._show_sheet, self._no_sheet
        )

    def _show_sheet(self, pdf: bytes) -> None:
        if self._sheet is None:
            from desktop.ui.today.sheet import SheetView

            name = _("今日要办 {day}").format(day=format_date(self._context.today()))
            self._sheet = SheetView(pdf, name)
            self._sheet.left.connect(self._leave_sheet)
            self._whole.addWidget(self._sheet)
            self._whole.setCurrentWidget(self._sheet)
            self._sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def _no_sheet(self, error: BaseException) -> None:
        words = wording.error_words(error)
        if words is None:
            sys.excepthook(type(error), error, error.__traceback__)
        else:
            self.bar.tell(Tone.ERROR, words)

    def _leave_sheet(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            self._whole.removeWidget(sheet)
            sheet.deleteLater()
            self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- showing -------------------------------------------------------------------------------

    def _show(self, found: tuple[tuple[Item, ...], Day]) -> None:
        items, day = found
        self.show_items(items, day)
        self.counted.emit(today.pressing(items))

    def show_items(self, items: tuple[Item, ...], day: Day | None) -> None:
        """Show the agenda of a day."""
        if day is not None:
            self._show_day(day)
        for key, group in self.groups.items():
            group.show_items(tuple(item for item in items if item.group is key))
        pressing = today.pressing(items)
        if pressing:
            self._said.setText(_("有 {n} 项已超期或者今天到期。").format(n=pressing))
        else:
            self._said.setText(_("今天没有到期的事项。"))
        self._said.setVisible(bool(items))
        self._pages.setCurrentWidget(self._scroll if items else self._empty)

    def _show_day(self, day: Day) -> None:
        self._day.setText(f"{long_date(day.day)}　{_(_WEEKDAYS[day.day.weekday()])}")
        word, status = _KINDS[day.kind]
        said = _(word)
        if day.label:
            said = _("{kind} · {name}").format(kind=said, name=day.label)
        if not day.certain:
            said = _("{kind}（{year} 年放假安排尚未公布或补录）").format(
                kind=said, year=day.day.year
            )
        self._kind.set(said, status)

    # -- moving --------------------------------------------------------------------------------

    def _open(self, item: Item) -> None:
        self._context.wanted.emit(item.record, item.record_id)

    def _pass_on(self, way: int) -> None:
        filled = [group.lines for group in self.groups.values() if group.lines.items()]
        at = next((n for n, lines in enumerate(filled) if lines is self.sender()), -1) + way
        if 0 <= at < len(filled):
            filled[at].enter(last=way < 0)

    def _reveal(self, item: Item | None) -> None:
        """Keep the current line on screen: the page scrolls, the groups do not."""
        lines = self.sender()
        if item is None or not isinstance(lines, Lines):
            return
        row = lines.visualRect(lines.currentIndex())
        at = lines.viewport().mapTo(self._inside, row.center())
        self._scroll.ensureVisible(0, at.y(), 0, theme.px(56))

    def _lay_out(self) -> QScrollArea:
        days = QWidget()
        line = FlowLayout(days, theme.MEDIUM)
        line.addWidget(self._day)
        line.addWidget(self._kind)
        head = QHBoxLayout()
        head.setSpacing(theme.MEDIUM)
        head.addWidget(days, 1)
        head.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignTop)
        scroll = self._lay_out_groups()
        top = QVBoxLayout()
        top.setContentsMargins(theme.WIDE, theme.LARGE, theme.WIDE, theme.MEDIUM)
        top.setSpacing(theme.TIGHT)
        top.addLayout(head)
        top.addWidget(self._said)
        top.addWidget(self.beginning)
        top.addWidget(self.draft_bar)
        top.addWidget(self.bar)
        main = QWidget()
        whole = QVBoxLayout(main)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self._pages, 1)
        self._whole.addWidget(main)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._whole)
        # The lines come first for the keyboard, the paper after them.
        self.setTabOrder(self.groups[Group.TODO].lines, self.print_button)
        shortcut = QShortcut(QKeySequence.StandardKey.Print, main)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.open_sheet)
        return scroll

    def _lay_out_groups(self) -> QScrollArea:
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(theme.WIDE, 0, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.LARGE)
        for group in self.groups.values():
            column.addWidget(group)
        column.addStretch(1)
        scroll = upright(self._inside)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._pages.addWidget(scroll)
        self._pages.addWidget(self._empty)
        return scroll


class _Group(QWidget):
    """A heading with its count, and the lines below it; gone when there are none."""

    def __init__(self, group: Group) -> None:
        super().__init__()
        self._group = group
        name = _(GROUPS[group])
        self._title = label(name, "heading")
        self.lines = Lines(name)
        self.lines.setObjectName(f"today.{group.value}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(self._title)
        column.addWidget(self.lines)

    def show_items(self, items: tuple[Item, ...]) -> None:
        name = _(GROUPS[self._group])
        self._title.setText(_("{group}（{n}）").format(group=name, n=len(items)))
        self.lines.setAccessibleName(self._title.text())
        self.lines.show_items(items)
        self.setVisible(bool(items))
