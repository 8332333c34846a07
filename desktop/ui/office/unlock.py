"""登录: who unlocks an office file, and with which password; used at its door and when it is locked."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSettings, QSize, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.text import _, ngettext_
from desktop.ui.common import theme
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.common.early import let_focus, no_bar_below
from desktop.ui.common.forms.field import mark
from desktop.ui.common.labels import Elided, button, label
from desktop.ui.common.rolewords import roles_words
from desktop.ui.office.password import PasswordEditor
from desktop.usecases import session as sessions
from desktop.usecases.door import Door, WrongPassword, pause_after
from desktop.usecases.session import Session, User

if TYPE_CHECKING:
    from desktop.ui.common.tasks import Tasks

_MOST_SHOWN = 6

#: Opens a user's slot; called on the worker.
Opener = Callable[[Path, int, str], Session]


class UnlockCard(QFrame):
    """The users, a password, 登录; ``unlocked(session)`` when it was the right one.

    After several wrong passwords it takes a pause that grows; ``pause`` is its timer.
    """

    unlocked = Signal(object, str)  # Session, password
    working = Signal(bool)

    def __init__(self, unlock_text: str, opener: Opener = sessions.unlock) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._opener = opener
        self._path = Path()
        self._users: Sequence[User] = ()
        self._worker: Tasks[None] | None = None
        self._wrong = 0
        self._left = 0
        self.bar = MessageBar()
        self.names = QListWidget()
        self.names.setObjectName("unlock.users")
        self.names.setAccessibleName(_("用户"))
        no_bar_below(self.names)
        self.names.currentRowChanged.connect(self._chosen)
        self.names.itemActivated.connect(lambda _item: self.unlock())
        self.password = PasswordEditor(_("密码"), width=0)
        self.password.line.setObjectName("unlock.password")
        self.password.line.returnPressed.connect(self.unlock)
        self.password.edited.connect(self._clear_fault)
        self.fault = label("", "error", wrap=True)
        self.fault.hide()
        self.button = button(unlock_text, "primary", "lock")
        self.button.setObjectName("unlock.go")
        self.button.clicked.connect(self.unlock)
        self.pause = QTimer(self)
        self.pause.setInterval(1000)
        self.pause.timeout.connect(self._count_down)
        self._lay_out()
        theme.on_change(self._fit)

    def _lay_out(self) -> None:
        self._who = label(_("用户"), "quiet")
        key = label(_("密码"), "quiet")
        key.setBuddy(self.password.line)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(theme.SMALL)
        self.foot.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.LARGE, theme.WIDE, theme.LARGE)
        column.setSpacing(theme.SMALL)
        for part in (self.bar, self._who, self.names, key, self.password, self.fault):
            column.addWidget(part)
        column.addSpacing(theme.TIGHT)
        column.addLayout(self.foot)

    # -- showing -------------------------------------------------------------------------------

    def ask(self, path: Path, users: Sequence[User], last: int = 0) -> None:
        """Ask one of the users for his password; ``last`` is who unlocked it the last time."""
        self._path, self._users = path, users
        self._wrong = 0
        self._end_pause()
        self.bar.clear()
        self.names.clear()
        for user in users:
            words = _("{name} · {roles}").format(name=user.name, roles=roles_words(user.roles))
            QListWidgetItem(words, self.names)
        at = next((n for n, user in enumerate(users) if user.clerk == last), 0)
        self.names.setCurrentRow(at if users else -1)
        several = len(users) > 1
        let_focus(self.names, several)
        self._fit()
        self.forget()

    def forget(self) -> None:
        """Let no password stand in the line, nor what was said about it."""
        self.password.set_value("")
        self._clear_fault()

    def enter(self) -> None:
        """Put the keyboard on the password."""
        self.password.line.setFocus()

    def user(self) -> User | None:
        """Return the user who is chosen."""
        at = self.names.currentRow()
        return self._users[at] if 0 <= at < len(self._users) else None

    def choose(self, clerk: int) -> None:
        """Choose a user."""
        for at, user in enumerate(self._users):
            if user.clerk == clerk:
                self.names.setCurrentRow(at)

    # -- unlocking -----------------------------------------------------------------------------

    def unlock(self) -> None:
        """Try the password, on a worker: it takes a fifth of a second."""
        user, password = self.user(), self.password.line.text()
        if user is None or not self.button.isEnabled():
            return
        if not password:
            self._say_fault(_("请输入密码。"))
            return
        self._set_busy(busy=True)
        from desktop.ui.common.tasks import Tasks

        path, clerk, opener = self._path, user.clerk, self._opener
        self._worker = self._worker or Tasks(lambda: None)
        self._worker.run(lambda _none: opener(path, clerk, password), self._opened, self._refused)

    def idle(self) -> bool:
        """Whether no password is being tried."""
        return self._worker is None or self._worker.idle()

    def stop(self) -> None:
        """End the worker."""
        self._end_pause()
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _opened(self, session: Session) -> None:
        self._wrong = 0
        self._set_busy(busy=False)
        password = self.password.line.text()
        self.forget()
        self.unlocked.emit(session, password)

    def _refused(self, error: BaseException) -> None:
        self._set_busy(busy=False)
        if not isinstance(error, WrongPassword):
            from desktop.ui.common.trouble import tell_trouble

            tell_trouble(self.bar, error)
            return
        self._wrong += 1
        self.password.set_value("")
        self._left = pause_after(self._wrong)
        if self._left:
            self.button.setEnabled(False)
            self.password.setEnabled(False)
            self.pause.start()
            self._say_pause()
        else:
            self._say_fault(_("密码不对，请再试一次。"))
            self.enter()

    def _count_down(self) -> None:
        self._left -= 1
        if self._left > 0:
            self._say_pause()
        else:
            self._end_pause()
            self._clear_fault()
            self.enter()

    def _say_pause(self) -> None:
        said = ngettext_(
            "密码不对，已经错了 {times} 次，请等 {n} 秒再试。",
            "密码不对，已经错了 {times} 次，请等 {n} 秒再试。",
            self._left,
        )
        self._say_fault(said.format(times=self._wrong, n=self._left))

    def _end_pause(self) -> None:
        self.pause.stop()
        self._left = 0
        self.button.setEnabled(True)
        self.password.setEnabled(True)

    def _set_busy(self, *, busy: bool) -> None:
        self.button.setEnabled(not busy)
        self.password.setEnabled(not busy)
        self.names.setEnabled(not busy)
        self.working.emit(busy)

    # -- inside --------------------------------------------------------------------------------

    def _chosen(self, _row: int) -> None:
        self.password.set_value("")
        if not self._left:
            self._clear_fault()

    def _say_fault(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.show()
        mark(self.password.line, faulty=True)

    def _clear_fault(self) -> None:
        if self._left:
            return
        self.fault.hide()
        self.fault.clear()
        mark(self.password.line, faulty=False)

    def _fit(self) -> None:
        lines = min(max(len(self._users), 1), _MOST_SHOWN)
        row = theme.px(32)
        self.names.setFixedHeight(lines * row + 2)
        for at in range(self.names.count()):
            self.names.item(at).setSizeHint(QSize(0, row))


class UnlockPage(QWidget):
    """The door of an office file; ``unlocked(path, session)``, ``left`` goes back."""

    unlocked = Signal(object, object, str)  # Path, Session, password
    sheet_wanted = Signal(object)  # Path
    left = Signal()

    def __init__(self, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unlock")
        self._settings = settings
        self._door = Door(Path(), ())
        self.card = UnlockCard(_("登录"))
        self.card.unlocked.connect(self._unlocked)
        self.bar = self.card.bar
        self._file = label("", "title")
        self._folder = Elided("", "quiet")
        self.back = button(_("返回"), "", "chevron_left")
        self.back.setObjectName("unlock.back")
        self.back.clicked.connect(self._leave)
        self.card.foot.addWidget(self.back)
        self.card.foot.addStretch(1)
        self.sheet = button(_("忘记密码、密钥文件丢失：用恢复单打开…"), "link")
        self.sheet.setObjectName("unlock.sheet")
        self.sheet.clicked.connect(lambda: self.sheet_wanted.emit(self._door.path))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.place = MessageBar()
        self.place.setObjectName("unlock.place")
        parts = [self._file, self._folder, self.place, self.card, self.sheet]
        column.addWidget(Middle(parts, width=28))

    def warn(self, sentence: str) -> None:
        """Say what speaks against the place of the file; who goes on types his password below."""
        if sentence:
            self.place.tell(Tone.WARN, sentence, closable=False)
        else:
            self.place.clear()

    def ask(self, door: Door) -> None:
        """Ask at the door of an office file."""
        self._door = door
        self._file.setText(door.path.name)
        self._folder.set_text(str(door.path.parent))
        last = str(self._settings.value(_last_key(door.path), "0"))
        self.card.ask(door.path, door.users, int(last) if last.isdigit() else 0)
        self._take_keys(on=True)
        if not door.users:
            self.bar.tell(
                Tone.WARN,
                _(
                    "旁边没有密钥文件（{name}），密码打不开；请用恢复单打开，或者把密钥文件放回来。"
                ).format(name=f"{door.path.stem}.keys"),
                closable=False,
            )
        self._show_parts(known=bool(door.users))

    def show_opening(self) -> None:
        """The file is of an older shape: say what is done with it, and take no key meanwhile."""
        if self.card.isEnabled():
            self._take_keys(on=False)
            self.place.tell(
                Tone.INFO,
                _(
                    "这个文件是旧版本的程序写的：先备份，再升级到现在的版本，数据都在。"
                    "文件很大时要几分钟，请等一等。"
                ),
                closable=False,
            )

    def _take_keys(self, *, on: bool) -> None:
        for one in (self.card, self.sheet):
            one.setEnabled(on)

    def _show_parts(self, *, known: bool) -> None:
        self.card.names.setEnabled(known)
        self.card.password.setEnabled(known)
        self.card.button.setEnabled(known)

    def stop(self) -> None:
        """End what runs in the background."""
        self.card.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the password."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.card.enter)

    def _unlocked(self, session: Session, password: str) -> None:
        self._settings.setValue(_last_key(self._door.path), session.clerk)
        self.unlocked.emit(self._door.path, session, password)

    def _leave(self) -> None:
        self.card.forget()
        self.left.emit()


class Middle(QScrollArea):
    """Parts one below the other in the middle of a page, ``width`` characters wide."""

    def __init__(self, parts: Sequence[QWidget], width: int) -> None:
        super().__init__()
        self._width = width
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.SMALL)
        column.addStretch(1)
        for part in parts:
            if part.property("role") == "link":  # no wider than its words
                row = QHBoxLayout()
                row.addWidget(part)
                row.addStretch(1)
                column.addLayout(row)
            else:
                column.addWidget(part)
        column.addStretch(2)
        outside = QWidget()
        row = QHBoxLayout(outside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self._inside, 100)
        row.addStretch(1)
        self.setWidget(outside)
        self.setWidgetResizable(True)
        let_focus(self, False)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        self._inside.setMaximumWidth(theme.em(self._width) + 2 * theme.WIDE)


def _last_key(path: Path) -> str:
    """Where it is remembered who unlocked a file the last time."""
    return f"unlock/{path.name}"
