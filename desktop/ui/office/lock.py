"""锁定: the page over everything while nobody is at the desk, and the watch that calls for it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common.labels import button, label
from desktop.ui.office.unlock import Middle, UnlockCard
from desktop.usecases.session import Session, User

_LOOK_EVERY = 5_000  # milliseconds
_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletMove,
    }
)


class IdleWatch(QObject):
    """Tells when nobody touched key or mouse for a while; ``clock`` is the window's own.

    Looks at what the windows receive, not at every event of every widget; an input method that
    swallows the keys still moves the cursor.
    """

    idle = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._last = clock()
        self.minutes = 0  # 0: nobody is at the desk
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._watch)
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self.touch)

    def start(self, minutes: int) -> None:
        """Watch from now on; ``minutes`` without a sign make it ``idle``."""
        self.minutes = minutes
        self.touch()
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self.minutes = 0
        self._timer.stop()

    def touch(self) -> None:
        """Somebody is there."""
        self._last = self._clock()

    def look(self) -> None:
        """Say so if nobody was there for long; a clock that was set back begins anew."""
        gone = self._clock() - self._last
        if gone < timedelta():
            self.touch()
        elif self.minutes and gone >= timedelta(minutes=self.minutes):
            self.touch()
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() in _SIGNS:
            self.touch()
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)


class LockPage(QWidget):
    """Asks the user at the desk for his password; ``unlocked`` goes on, ``change_wanted`` does not."""

    unlocked = Signal()
    change_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lock")
        self.card = UnlockCard(_("继续工作"))
        self.card.button.setObjectName("lock.go")
        self.card.password.line.setObjectName("lock.password")
        self.card.unlocked.connect(self._unlocked)
        self._note = label("", "quiet", wrap=True)
        self.other = button(_("换人登录…"), "", "people")
        self.other.setObjectName("lock.other")
        self.other.clicked.connect(self.change_wanted)
        self.card.foot.addWidget(self.other)
        self.card.foot.addStretch(1)
        self._session: Session | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        title = label(_("已锁定"), "title")
        column.addWidget(Middle([title, self._note, self.card], width=28))

    def ask(self, path: Path, session: Session, *, unsaved: bool) -> None:
        """Ask for the password of the user at the desk."""
        self._session = session
        self.card.ask(path, [User(session.clerk, session.name, session.roles)])
        self._note.setText(
            _("没有保存的内容都还在，登录后接着填写；换人登录的，留作草稿。")
            if unsaved
            else _("登录后回到刚才的地方。")
        )

    def say(self, sentence: str) -> None:
        """Say why something else can not be done now."""
        self.card.fault.setText(sentence)
        self.card.fault.setVisible(bool(sentence))

    def stop(self) -> None:
        """End what runs in the background."""
        self.card.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the password."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.card.enter)

    def _unlocked(self, session: Session, _password: str) -> None:
        if self._session is not None and session.keys.public == self._session.keys.public:
            self.unlocked.emit()
        else:  # his password was set anew meanwhile, with a new signing key
            self.change_wanted.emit()


def close_dialogs(window: QWidget) -> None:
    """Take away what stands above the window: menus, completions, dialogs."""
    popup = QApplication.activePopupWidget()
    while popup is not None:
        popup.close()
        popup = QApplication.activePopupWidget()
    for other in QApplication.topLevelWidgets():
        if isinstance(other, QDialog) and other.isVisible() and other is not window:
            other.reject()
