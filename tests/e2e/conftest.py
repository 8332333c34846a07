"""The whole program in this process, with its own folders and a fixed clock."""

import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from desktop import text
from desktop.app import Places, Program
from desktop.ui.common import theme
from desktop.ui.common.palette import Scheme
from tests.e2e.hand import Hand

NOW = datetime(2026, 11, 20, 9, 35)


@pytest.fixture(name="program")
def _program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    """The program with its first page open; hooks, language and look are put back afterwards."""
    hooks = sys.excepthook, threading.excepthook
    where = Places(
        tmp_path / "own" / "settings.ini", tmp_path / "own" / "log.txt", tmp_path / "sample.db"
    )
    program = Program(qapp, where, lambda: NOW)
    program.window.resize(1366, 768)
    program.window.show()
    yield program
    program.window.discard()
    program.end()
    program.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    sys.excepthook, threading.excepthook = hooks
    text.use_language("zh_CN")
    theme.apply(qapp, Scheme.LIGHT, 1.0)


@pytest.fixture(name="hand")
def _hand(program: Program, tmp_path: Path) -> Hand:
    """A clerk's hands on the window."""
    return Hand(program.window, tmp_path)
