"""A real office file with a worker thread, for tests that drive widgets."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from desktop.ui.common.tasks import Tasks
from desktop.ui.context import Context
from desktop.ui.window import MainWindow
from desktop.usecases import office as offices
from desktop.usecases import people
from desktop.usecases.office import Office
from tests.offices import ACTING, DRAFT, LIGHT, NOW, PASSWORD, UNITS, make_office, session

__all__ = ["ACTING", "DRAFT", "LIGHT", "NOW", "PASSWORD", "UNITS", "make_office", "session"]


@pytest.fixture(name="office_path")
def _office_path(tmp_path: Path) -> Path:
    path = tmp_path / "office.db"
    make_office(path)
    return path


@pytest.fixture(name="context")
def _context(qtbot: QtBot, office_path: Path, tmp_path: Path) -> Iterator[Context]:
    """An opened context on a fresh office: clerk 王敏, Friday 2026-11-20 09:30."""
    tasks: Tasks[Office] = Tasks(
        lambda: offices.open_office(office_path, session(office_path)), Office.close
    )
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    context = Context(tasks, lambda: NOW, settings)
    known: list[people.Directory] = []
    tasks.run(people.directory, known.append)
    qtbot.waitUntil(lambda: bool(known), timeout=10_000)
    context.directory = known[0]
    context.sit(session(office_path))
    yield context
    tasks.close()


@pytest.fixture(name="until_idle")
def _until_idle(qtbot: QtBot, context: Context) -> Callable[[], None]:
    """Wait until the worker has nothing left to do."""

    def wait() -> None:
        qtbot.waitUntil(context.idle, timeout=10_000)

    return wait


@pytest.fixture(name="window")
def _window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A window with nothing open in it."""
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(lambda: NOW, settings, tmp_path / "sample.db")
    window.show()
    yield window
    window.discard()
    window.deleteLater()
