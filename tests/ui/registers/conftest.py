"""The registers kept apart in the whole window, of an office whose rules want filings."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from desktop.rules.rulebook import System
from desktop.ui.window import MainWindow
from tests.e2e.hand import Hand
from tests.offices import found_office
from tests.ui.office_fixtures import DRAFT, NOW, session


@pytest.fixture(name="office_path")
def _office_path(tmp_path: Path) -> Path:
    path = tmp_path / "office.db"
    draft = replace(DRAFT, packs={**DRAFT.packs, System.ACCOUNTABILITY: "shexian"})
    found_office(path, draft).close()
    return path


@pytest.fixture(name="window")
def _window(qtbot: QtBot, office_path: Path, tmp_path: Path) -> Iterator[MainWindow]:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(lambda: NOW, settings, tmp_path / "sample.db")
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.open_office(office_path, session(office_path))
    qtbot.waitUntil(window.ready, timeout=20_000)
    yield window
    window.discard()


@pytest.fixture(name="hand")
def _hand(window: MainWindow, tmp_path: Path) -> Hand:
    """A clerk's two hands on the window."""
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    return Hand(window, pictures)
