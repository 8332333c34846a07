"""Beside 新登记: complaints that may be the same matter, so that nothing is entered twice."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.rules.links import Likeness
from desktop.text import N_, _, format_date
from desktop.ui.common import theme, wording
from desktop.ui.common.flow import FlowLayout, clear
from desktop.ui.common.labels import button, label, rule
from desktop.ui.common.palette import Status
from desktop.ui.common.pills import Pill
from desktop.usecases.links import Twin

_WORDS = {
    Likeness.SAME: (N_("几乎相同"), Status.OVERDUE),
    Likeness.VERY: (N_("很相似"), Status.SOON),
    Likeness.SOMEWHAT: (N_("有些相似"), Status.PAUSED),
}


class Twins(QFrame):
    """A card with the likely twins; `duplicate(twin)` wants what is typed registered as one."""

    duplicate = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.MEDIUM)
        self._column.setSpacing(theme.SMALL)
        self.shown: tuple[Twin, ...] = ()
        self._open: set[int] = set()
        self.hide()

    def show_twins(self, found: Sequence[Twin]) -> None:
        """Show these complaints, or nothing; what was opened to be read stays open."""
        if tuple(found) == self.shown:
            return
        self.shown = tuple(found)
        clear(self._column)
        self.setVisible(bool(found))
        if not found:
            return
        title = _("可能是同一件事（{n}）").format(n=len(found))
        self._column.addWidget(label(title, "strong", wrap=True))
        for n, twin in enumerate(found):
            if n:
                self._column.addWidget(rule())
            self._column.addWidget(self._line(twin))

    def _line(self, twin: Twin) -> QWidget:
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TIGHT)
        head = QWidget()
        first = FlowLayout(head, theme.SMALL)
        first.addWidget(label(twin.number, "strong"))
        first.addWidget(label(_("{day} 收到").format(day=format_date(twin.received)), "quiet"))
        word, status = wording.STATES[twin.state]
        first.addWidget(Pill(_(word), status))
        like, tone = _WORDS[twin.likeness]
        first.addWidget(Pill(_(like), tone))
        column.addWidget(head)
        column.addWidget(label(twin.subject, "hint", wrap=True))
        body = label(twin.body, "quiet", wrap=True)
        body.setObjectName(f"complaints.twin.{twin.id}.body")
        column.addWidget(body)
        body.setVisible(twin.id in self._open)
        row = QWidget()
        actions = FlowLayout(row, theme.SMALL)
        look = button(_("查看"), "link", "eye")
        look.setObjectName(f"complaints.twin.{twin.id}.look")
        look.setAccessibleName(_("查看 {name}").format(name=twin.number))
        look.clicked.connect(lambda: self._turn(twin.id, body))
        same = button(_("登记为重复件"), "link", "link")
        same.setObjectName(f"complaints.twin.{twin.id}.duplicate")
        same.setAccessibleName(_("登记为 {number} 的重复件").format(number=twin.number))
        same.clicked.connect(lambda: self.duplicate.emit(twin))
        for one in (look, same):
            actions.addWidget(one)
        column.addWidget(row)
        return frame

    def _turn(self, twin: int, body: QWidget) -> None:
        """Show what it says, or fold it away again."""
        shown = body.isHidden()
        (self._open.add if shown else self._open.discard)(twin)
        body.setVisible(shown)
