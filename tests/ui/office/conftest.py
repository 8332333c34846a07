"""The office's own pages on a fresh office."""

from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.context import Context
from tests.ui import desk

T = TypeVar("T")
P = TypeVar("P", bound=QWidget)


write = desk.commit


class Desk(desk.Desk):
    """A page of the office."""

    def type(self, name: str, text: str) -> None:
        write(self.find(name), text)


@pytest.fixture(name="desk")
def _desk(qtbot: QtBot, context: Context) -> Iterator[Desk]:
    made = Desk(qtbot, context)
    yield made
    made.wait()
