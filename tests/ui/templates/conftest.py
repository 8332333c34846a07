"""The template editor on a fresh office, driven as a clerk would."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import pypdf
import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from desktop.ui.context import Context
from desktop.ui.templates.page import TemplatesPage
from desktop.ui.templates.parttext import PartText
from desktop.usecases.templates import Kind
from tests.ui import desk

T = TypeVar("T")


write = desk.commit


class Desk(desk.Desk):
    """The page with what a test asks of it."""

    def __init__(self, qtbot: QtBot, context: Context, folder: Path) -> None:
        super().__init__(qtbot, context)
        self._folder = folder
        self.closed = 0
        self.page = TemplatesPage(context)
        self.page.closed.connect(self._count)
        self.page._timer.setInterval(20)
        with qtbot.waitActive(self.page):
            self.follow(self.page)

    def _count(self) -> None:
        self.closed += 1

    def settle(self) -> None:
        """Wait until the sample follows what was typed."""
        self.qtbot.waitUntil(lambda: not self.page._timer.isActive(), timeout=10_000)
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


@pytest.fixture(name="desk")
def _desk(qtbot: QtBot, context: Context, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, context, tmp_path)
    made.pick(Kind.REFUSAL)
    yield made
    made.wait()
