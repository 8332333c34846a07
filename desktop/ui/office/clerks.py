"""Who acts: the button at the window's top right with the list of clerks."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.text import _
from desktop.ui.common import icons
from desktop.ui.context import Context
from desktop.usecases.records import Clerk

_KEY: Final = "office/clerk"


class ClerkButton(QToolButton):
    """Shows the acting clerk (经办人); `chosen(clerk)` when it is another one."""

    chosen = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._menu = QMenu(self)
        self.setObjectName("clerks")
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        icons.dress(self, "person", "quiet")

    def reload(self) -> None:
        """Offer the clerks of the directory; who acts stays, else the one used here last."""
        clerks = self._context.directory.clerks
        now = self._context.clerk
        last = str(self._context.settings.value(_KEY, ""))
        acting = next((c for c in clerks if now is not None and c.id == now.id), None)
        acting = acting or next((c for c in clerks if c.name == last), None)
        self._context.clerk = acting or (clerks[0] if clerks else None)
        self._menu.clear()
        group = QActionGroup(self._menu)
        for clerk in clerks:
            action = self._menu.addAction(_words(clerk))
            action.setCheckable(True)
            action.setChecked(clerk == self._context.clerk)
            action.setData(clerk.id)
            action.triggered.connect(lambda _on=False, clerk=clerk: self._choose(clerk))
            group.addAction(action)
        self._tell()

    def _choose(self, clerk: Clerk) -> None:
        self._context.clerk = clerk
        self._context.settings.setValue(_KEY, clerk.name)
        self._tell()
        self.chosen.emit(clerk)

    def _tell(self) -> None:
        clerk = self._context.clerk
        words = _words(clerk) if clerk is not None else _("没有经办人")
        self.setText(words)
        self.setToolTip(_("经办人；以后的操作记在这个人名下"))
        self.setAccessibleName(_("经办人 {name}").format(name=words))


def _words(clerk: Clerk) -> str:
    return f"{clerk.name} · {clerk.title}" if clerk.title else clerk.name
