"""The one next step as the one prominent button, and everything else behind 更多."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import icons, theme
from desktop.ui.common.flow import FlowLayout
from desktop.ui.common.labels import button, label


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done; with `reason` it cannot be done now, and that says why."""

    key: str
    text: str
    reason: str = ""
    icon: str = ""


class NextStep(QWidget):
    """Emits `chosen(key)`. What is not permitted is shown with its reason, not as a grey riddle."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._next: Action | None = None
        #: Why the user at the desk may not take an action of this key (角色); empty: he may.
        self.why_not: Callable[[str], str] = lambda _key: ""
        self.main = button("", "primary")
        self.main.clicked.connect(self._go)
        self.more = button(_("更多"), "", "chevron_down", "quiet")
        self.more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._menu = QMenu(self.more)
        self._menu.setToolTipsVisible(True)
        self._menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.more.setMenu(self._menu)
        self._reason = label("", "quiet", wrap=True)
        buttons = QWidget()
        row = FlowLayout(buttons, theme.SMALL)
        row.addWidget(self.main)
        row.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TIGHT)
        column.addWidget(buttons)
        column.addWidget(self._reason)

    def set_actions(self, following: Action | None, others: Sequence[Action] = ()) -> None:
        """Show the next step and, in the menu, the other ones."""
        if following is not None and not following.reason:
            following = replace(following, reason=self.why_not(following.key))
        self._next = following
        self.main.setVisible(following is not None)
        if following is not None:
            self.main.setText(_("下一步：{step}").format(step=following.text))
            self.main.setAccessibleName(self.main.text())
            self.main.setEnabled(not following.reason)
            self.main.setToolTip(following.reason)
        said = following.reason if following is not None else ""
        self._reason.setText(said)
        self._reason.setVisible(bool(said))
        self._menu.clear()
        for one in others:
            self._add(one)
        self.more.setVisible(bool(others))

    def menu_texts(self) -> list[str]:
        """What the menu says, line by line."""
        return [action.text() for action in self._menu.actions()]

    def choose(self, key: str) -> None:
        """Take an action of the menu by its key, as a click would."""
        for action in self._menu.actions():
            if action.data() == key and action.isEnabled():
                action.trigger()

    def _add(self, one: Action) -> None:
        shown = f"{one.text}（{one.reason}）" if one.reason else one.text
        action = self._menu.addAction(shown)
        action.setData(one.key)
        reason = self.why_not(one.key) or one.reason  # of the role in the tooltip: all say the same
        action.setEnabled(not reason)
        action.setToolTip(reason)
        if one.icon:
            icons.dress(action, one.icon)
        action.triggered.connect(lambda _on=False: self.chosen.emit(one.key))

    def _go(self) -> None:
        if self._next is not None:
            self.chosen.emit(self._next.key)
