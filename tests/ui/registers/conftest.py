"""The registers kept apart in the whole window, of an office whose rules want filings."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.rules.rulebook import System
from desktop.ui.common import theme
from desktop.ui.common.palette import LIGHT as LIGHT_LOOK
from desktop.ui.common.palette import Scheme
from desktop.ui.window import MainWindow
from desktop.usecases import founding, people
from tests.e2e.hand import Hand
from tests.ui.office_fixtures import ACTING, DRAFT, LIGHT, NOW, UNITS, session


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    """Light, 100 %."""
    if theme.colours() is not LIGHT_LOOK or theme.factor() != 1.0 or not qapp.styleSheet():
        theme.apply(qapp, Scheme.LIGHT, 1.0)


@pytest.fixture(name="office_path")
def _office_path(tmp_path: Path) -> Path:
    path = tmp_path / "office.db"
    draft = replace(DRAFT, packs={**DRAFT.packs, System.ACCOUNTABILITY: "shexian"})
    office = founding.create_office(path, draft, ACTING, LIGHT)
    for name in UNITS:
        people.save_unit(office, None, name, people.UNIT_KINDS[0], ACTING)
    office.close()
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
