"""The template editor on a fresh office, driven as a clerk would."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.common import theme
from desktop.ui.common.palette import LIGHT, Scheme
from desktop.ui.context import Context
from desktop.ui.templates.page import TemplatesPage
from desktop.ui.templates.parttext import PartText
from desktop.usecases.office import Office
from desktop.usecases.templates import Kind
from tests.ui import office_fixtures

context = office_fixtures._context
office_path = office_fixtures._office_path
until_idle = office_fixtures._until_idle

T = TypeVar("T")


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    """Light, 100 %."""
    if theme.colours() is not LIGHT or theme.factor() != 1.0 or not qapp.styleSheet():
        theme.apply(qapp, Scheme.LIGHT, 1.0)


class Desk:
    """The page with what a test asks of it."""

    def __init__(self, qtbot: QtBot, context: Context, folder: Path) -> None:
        self.qtbot, self.context, self._folder = qtbot, context, folder
        self.said: list[str] = []
        self.events: list[int] = []
        self.closed = 0
        context.said.connect(self._hear)
        self.page = TemplatesPage(context)
        context.tasks.changed.connect(self.page.reload)
        self.page.closed.connect(self._count)
        qtbot.addWidget(self.page)
        self.page.resize(1366, 700)
        self.page._timer.setInterval(20)
        with qtbot.waitActive(self.page):
            self.page.show()
            self.page.activateWindow()
        self.page.reload()
        self.wait()

    def _hear(self, sentence: str, event: int) -> None:
        self.said.append(sentence)
        self.events.append(event)

    def _count(self) -> None:
        self.closed += 1

    def wait(self) -> None:
        """Wait until the worker has nothing left to do."""
        self.qtbot.waitUntil(self.context.tasks.idle, timeout=10_000)

    def settle(self) -> None:
        """Wait until the sample follows what was typed."""
        self.qtbot.waitUntil(lambda: not self.page._timer.isActive(), timeout=10_000)
        self.wait()

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

    def pick(self, kind: Kind) -> None:
        self.page.show_kind(kind)
        self.wait()

    def text(self, key: str = "body") -> PartText:
        return self.page.editor.text(key)

    def mark(self, wanted: str, key: str = "body") -> PartText:
        """Mark a piece of a text with the cursor."""
        text = self.text(key)
        found = text.document().find(wanted)
        assert not found.isNull(), wanted
        text.setFocus()
        text.setTextCursor(found)
        return text

    def replace(self, old: str, new: str, key: str = "body") -> None:
        """Write over a piece of a text, and wait for the sample."""
        write(self.mark(old, key), new)
        self.settle()

    def append(self, new: str, key: str = "body") -> None:
        """Write a new last line, and wait for the sample."""
        text = self.text(key)
        text.moveCursor(QTextCursor.MoveOperation.End)
        text.insertPlainText("\n" + new)
        self.settle()

    def faults(self) -> list[str]:
        return self.page.editor.faults.sentences()

    def sample(self) -> str:
        """Return the text of the sample letter, without blanks."""
        path = self._folder / "sample.pdf"
        self.page.preview.ask_path = lambda _name: str(path)
        self.page.preview.keep()
        pages = pypdf.PdfReader(BytesIO(path.read_bytes())).pages
        return "".join("".join(page.extract_text() for page in pages).split())


def write(widget: QWidget, text: str) -> None:
    """Write a text into an input as an input method does."""
    written = QInputMethodEvent()
    written.setCommitString(text)
    QApplication.sendEvent(widget, written)


@pytest.fixture(name="desk")
def _desk(qtbot: QtBot, context: Context, tmp_path: Path) -> Desk:
    desk = Desk(qtbot, context, tmp_path)
    desk.pick(Kind.REFUSAL)
    return desk
