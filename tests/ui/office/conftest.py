"""The office's own pages on a fresh office."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.common import theme
from desktop.ui.common.palette import LIGHT, Scheme
from desktop.ui.context import Context
from desktop.usecases.office import Office
from tests.ui import office_fixtures

context = office_fixtures._context
office_path = office_fixtures._office_path
until_idle = office_fixtures._until_idle

T = TypeVar("T")
P = TypeVar("P", bound=QWidget)


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    """Light, 100 %."""
    if theme.colours() is not LIGHT or theme.factor() != 1.0 or not qapp.styleSheet():
        theme.apply(qapp, Scheme.LIGHT, 1.0)


class Desk:
    """A page of the office with what a test asks of it."""

    def __init__(self, qtbot: QtBot, context: Context) -> None:
        self.qtbot = qtbot
        self.context = context
        self.said: list[str] = []
        self.events: list[int] = []
        context.said.connect(self._hear)

    def _hear(self, sentence: str, event: int) -> None:
        self.said.append(sentence)
        self.events.append(event)

    def show(self, page: P) -> P:
        """Show a page as the window does."""
        self.page: QWidget = page
        self.qtbot.addWidget(page)
        page.resize(1366, 700)
        page.show()
        page.activateWindow()
        self.qtbot.waitExposed(page)
        reload = getattr(page, "reload", None)
        if reload is not None:
            reload()
        self.wait()
        return page

    def wait(self) -> None:
        self.qtbot.waitUntil(self.context.idle, timeout=10_000)

    def ask(self, job: Callable[[Office], T]) -> T:
        """Look into the office file."""
        got: list[T] = []
        self.context.tasks.run(job, got.append)
        self.qtbot.waitUntil(lambda: bool(got), timeout=10_000)
        return got[0]

    def find(self, name: str) -> QWidget:
        found: QWidget = self.page.findChildren(QWidget, name)[-1]
        return found

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(name), Qt.MouseButton.LeftButton)
        self.wait()

    def type(self, name: str, text: str) -> None:
        write(self.find(name), text)


def write(widget: QWidget, text: str) -> None:
    """Write a text into an input as an input method does."""
    written = QInputMethodEvent()
    written.setCommitString(text)
    QApplication.sendEvent(widget, written)


@pytest.fixture(name="desk")
def _desk(qtbot: QtBot, context: Context) -> Desk:
    return Desk(qtbot, context)
