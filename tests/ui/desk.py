"""A page of the office on a test's desk: it is shown, clicked, typed on, and the office asked."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.context import Context
from desktop.usecases.office import Office

T = TypeVar("T")
P = TypeVar("P", bound=QWidget)


class Desk:
    """One page, with what a test asks of it; `said` and `events` are what the status bar heard."""

    def __init__(self, qtbot: QtBot, context: Context) -> None:
        self.qtbot = qtbot
        self.context = context
        self.said: list[str] = []
        self.events: list[int] = []
        context.said.connect(self._hear)
        self._why: Callable[[str], object] | None = None
        self.asked = ""
        context.why_wanted.connect(self._wonder)

    def _wonder(self, sentence: str, given: Callable[[str], object]) -> None:
        self.asked, self._why = sentence, given

    def give_reason(self, reason: str) -> None:
        """Answer what the status line asks: why something is taken back."""
        assert self._why is not None
        self._why(reason)
        self._why = None
        self.wait()

    def _hear(self, sentence: str, event: int) -> None:
        self.said.append(sentence)
        self.events.append(event)

    def show(self, page: P) -> P:
        """Show a page as the window does, and let it read the office."""
        self.shown: QWidget = page
        self.qtbot.addWidget(page)
        page.resize(1366, 700)
        with self.qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        reload = getattr(page, "reload", None)
        if reload is not None:
            reload()
        self.wait()
        return page

    def follow(self, page: P) -> P:
        """Show a page that reads the office anew whenever something changes."""
        self.context.tasks.changed.connect(page.reload)  # type: ignore[attr-defined]
        return self.show(page)

    # -- waiting and asking --------------------------------------------------------------------

    def wait(self) -> None:
        """Wait until the worker has nothing left to do."""
        self.qtbot.waitUntil(self.context.idle, timeout=20_000)

    def ask(self, job: Callable[[Office], T]) -> T:
        """Look into the office file."""
        return self.work(job, changes=False)

    def work(self, job: Callable[[Office], T], *, changes: bool = True) -> T:
        """Do something behind the page's back, as another page would."""
        got: list[T] = []
        self.context.tasks.run(job, got.append, changes=changes)
        self.qtbot.waitUntil(lambda: bool(got), timeout=20_000)
        self.wait()
        return got[0]

    # -- hands ---------------------------------------------------------------------------------

    def find(self, name: str) -> QWidget:
        """The newest widget of this name, before all one that can be seen."""
        found = self.shown.findChildren(QWidget, name)
        assert found, name
        return next((one for one in reversed(found) if one.isVisible()), found[-1])

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(name), Qt.MouseButton.LeftButton)
        self.wait()


def commit(widget: QWidget, text: str) -> None:
    """Write a text where an input stands, as an input method does."""
    written = QInputMethodEvent()
    written.setCommitString(text)
    QApplication.sendEvent(widget, written)
