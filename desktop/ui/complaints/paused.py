"""The card that says that a complaint rests (中止办理): since when, why, who approved it."""

from datetime import date

from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.rules.complaints import PAUSABLE, Step
from desktop.text import _, format_date
from desktop.ui.common import theme
from desktop.ui.common.flow import FlowLayout, clear
from desktop.ui.common.labels import label, selectable
from desktop.ui.common.palette import Status
from desktop.ui.common.pills import Pill
from desktop.usecases.register import ComplaintView


def resting(view: ComplaintView) -> bool:
    """Whether the handling of a complaint rests now; one that was merged away does not."""
    return view.standing.paused and view.state in PAUSABLE


class PauseCard(QFrame):
    """Shown while a complaint rests, gone otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName("complaints.paused")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        column.setSpacing(theme.TIGHT)
        head = QFrame()
        self._row = FlowLayout(head, theme.SMALL)
        self._said = selectable("")
        self._more = label("", "hint", wrap=True)
        for part in (head, self._said, self._more):
            column.addWidget(part)
        self.hide()

    def show_pause(self, view: ComplaintView, today: date) -> None:
        """Show since when and why a complaint rests."""
        step = view.last(Step.PAUSE)
        self.setVisible(resting(view) and step is not None)
        if step is None or not resting(view):
            return
        clear(self._row)
        n = max((today - step.day).days, 0) + 1
        self._row.addWidget(label(_("中止办理"), "strong"))
        counted = _("第 {n} 天").format(n=n)
        self._row.addWidget(Pill(counted, Status.PAUSED))
        self._said.setText(
            _("{day} 起，{name} 批准。{reason}").format(
                day=format_date(step.day), name=step.person, reason=step.text
            )
        )
        self._more.setText(
            _("依据：{basis}。正在走的期限停下来，恢复以后顺延。").format(
                basis=step.detail or _("规则没有规定，本单位决定")
            )
        )
        self.setAccessibleName(" ".join((_("中止办理"), self._said.text())))
