"""Who is at the desk: the button at the window's top right, and what he can do about himself."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.text import _
from desktop.ui.common import icons
from desktop.ui.common.rolewords import roles_words
from desktop.ui.context import Context
from desktop.usecases.session import Session, User


class UserButton(QToolButton):
    """Shows the user at the desk; in the sample office its menu changes to the other users."""

    lock_wanted = Signal()
    change_wanted = Signal()
    password_wanted = Signal()
    users_wanted = Signal()
    taken = Signal(int)  # another user of the sample office, who needs no password

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._dress)
        self._icons: list[tuple[QAction, str]] = []
        self.setObjectName("user")
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        icons.dress(self, "person", "quiet")

    def reload(self, sample: Sequence[User] = ()) -> None:
        """Show the user at the desk; ``sample`` are the users of the sample office."""
        session = self._context.session
        if session is None:
            return
        self._icons = []
        self._menu.clear()
        if sample:
            self._offer(sample, session)
        else:
            self._own(session)
        words = _words(session)
        self.setText(_("示例：{user}").format(user=words) if sample else words)
        self.setToolTip(
            _("示例单位不用密码：可以换一个用户，看看各个角色能做什么")
            if sample
            else _("现在登录的用户；每一步操作都记在这个人名下")
        )
        self.setAccessibleName(_("用户 {name}").format(name=words))

    def _offer(self, users: Sequence[User], session: Session) -> None:
        for user in users:
            words = _("{name} · {roles}").format(name=user.name, roles=roles_words(user.roles))
            action = self._menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(user.clerk == session.clerk)
            action.triggered.connect(partial(self._take, user.clerk))

    def _take(self, clerk: int, _on: bool = False) -> None:
        self.taken.emit(clerk)

    def _own(self, session: Session) -> None:
        # Only shown here: the window has the key, and with two owners it would reach neither.
        lock = self._menu.addAction(_("锁定(&L)") + "\tCtrl+L", self.lock_wanted.emit)
        self._icons.append((lock, "lock"))
        change = self._menu.addAction(_("换人登录(&C)…"), self.change_wanted.emit)
        self._icons.append((change, "people"))
        self._menu.addSeparator()
        own = self._menu.addAction(_("修改密码(&P)…"), self.password_wanted.emit)
        self._icons.append((own, "edit"))
        if session.may("user.change"):
            users = self._menu.addAction(_("用户和权限(&U)…"), self.users_wanted.emit)
            self._icons.append((users, "shield_lock"))

    def _dress(self) -> None:
        """Draw the icons of the menu when somebody opens it."""
        for action, icon in self._icons:
            icons.dress(action, icon)
        self._icons = []


def _words(session: Session) -> str:
    return _("{name} · {roles}").format(name=session.name, roles=roles_words(session.roles))
