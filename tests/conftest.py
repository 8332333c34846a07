"""What every test needs: no screen, and texts in Chinese; nothing of the office's own matters."""

import os
import sys

# Before anything imports Qt, which reads it once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator

import pytest
from hypothesis import settings

import db.driver  # noqa: F401 - before anything imports sqlite_utils
from desktop import text

# A shared machine may be slow at any moment; CI draws the same examples on every run.
settings.register_profile("workshop", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "workshop")


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """Every test starts in Chinese, whatever language the one before it left."""
    yield
    if text.language() != "zh_CN":
        text.use_language("zh_CN")


@pytest.fixture(autouse=True, scope="session")
def clipboard_of_text() -> Iterator[None]:
    """At the end no table of ours is on the clipboard, as when the program ends (`app.py`).

    Qt gives the clipboard up after the interpreter is gone; an object made here brings it down.
    """
    yield
    if "PySide6.QtGui" in sys.modules:
        from PySide6.QtGui import QGuiApplication

        from desktop.ui.common import clipboard

        if QGuiApplication.instance() is not None:
            clipboard.leave_text()
