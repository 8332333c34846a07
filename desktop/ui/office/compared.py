"""期限重算前后对照: which deadlines a change of the calendar moved, before and after, line by line."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.text import _, format_date, ngettext_
from desktop.ui.common import theme
from desktop.ui.common.labels import label, tool
from desktop.ui.common.listview import ListView
from desktop.ui.common.table import Column, ListModel
from desktop.ui.context import Context
from desktop.usecases.calendars import Compared


class ComparedPanel(QWidget):
    """A list under a heading that can be put away; ``chosen`` wants the complaint of a line.

    ``left``: it was put away with the keyboard in it, and the place it came from is gone.
    """

    chosen = Signal(int)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._title = label("", "heading", wrap=True)
        close = tool("dismiss", _("收起对照表"), self.put_away)
        close.setObjectName("calendar.compared.close")
        self._before: QWidget | None = None  # where the keyboard was when the list came
        self.model: ListModel[Compared] = ListModel(
            _columns(), lambda one: (one.complaint, one.clock)
        )
        self.list: ListView[Compared] = ListView(
            self.model, _("期限重算前后对照"), context.settings
        )
        self.list.setObjectName("calendar.compared")
        self.list.chosen.connect(lambda one: self.chosen.emit(one.complaint))
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SMALL, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        self.hide()

    def compare(self, moved: Sequence[Compared]) -> None:
        """Show what moved; nothing moved, nothing is shown."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self.model.set_rows(list(moved))
        self.setVisible(bool(moved))
        matters = len({one.complaint for one in moved})
        words = ngettext_("期限重算前后对照：{n} 件", "期限重算前后对照：{n} 件", matters)
        self._title.setText(words.format(n=matters))

    def put_away(self) -> None:
        """Hide the list; a keyboard that was in it goes back to where it came from."""
        holder, before = QApplication.focusWidget(), self._before
        inside = holder is not None and self.isAncestorOf(holder)
        self._before = None
        self.hide()
        if not inside:
            return
        if before is None or not isValid(before) or not before.isEnabled() or before.isHidden():
            self.left.emit()
        else:
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def title(self) -> str:
        """The heading."""
        return self._title.text()


def _end(due: date, latest: date) -> str:
    """A deadline, with the working day after it where it falls on a day of rest."""
    if latest == due:
        return format_date(due)
    return _("{day}，最迟 {latest}").format(day=format_date(due), latest=format_date(latest))


def _columns() -> list[Column[Compared]]:
    return [
        Column("number", _("编号"), lambda c: c.number, width=9),
        Column("clock", _("期限"), lambda c: c.clock, width=16),
        Column(
            "before",
            _("原来"),
            lambda c: _end(c.before, c.latest_before),
            lambda c: (c.before, c.latest_before),
            width=16,
        ),
        Column(
            "after",
            _("现在"),
            lambda c: _end(c.after, c.latest_after),
            lambda c: (c.after, c.latest_after),
            width=16,
            stretch=True,
        ),
    ]
