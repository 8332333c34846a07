"""What is measured in a process of its own: a start, a list walked to its end.

    python -m tests.bench.children empty | register FILE | door FILE | list FILE | sqlmodel FILE

Each prints one line of JSON when it has painted what it was asked for, and ends at once.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def done(**said: float) -> None:
    """Say it and end, without the tidying up that a start does not have."""
    print(json.dumps(said), flush=True)
    os._exit(0)


class Painted(QObject):
    """Calls back after a widget was painted while something holds."""

    def __init__(
        self, widget: QWidget, holds: Callable[[], bool], then: Callable[[], None]
    ) -> None:
        super().__init__(widget)
        self._holds, self._then = holds, then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._holds():
            QTimer.singleShot(0, self._then)
        return False


def empty() -> None:
    """An empty window: what no program with this toolkit can beat."""
    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1280, 800)
    Painted(window, lambda: True, done)
    window.show()
    application.exec()


def register(path: Path) -> None:
    """The program from its start to the painted register; the password is there at once.

    Deriving the keys from the password is dear on purpose; the file that is measured makes it
    cheap (``Cost(1, 8, 1)``), so that it does not count. Everything else does: loading, the window,
    opening the file, its first look, the list's first page out of SQL.
    """
    from desktop.app import Places, Program
    from desktop.usecases.session import unlock
    from tests.bench import password

    application = QApplication(sys.argv[:1])
    folder = Path(tempfile.mkdtemp())
    where = Places(folder / "s.ini", folder / "log.txt", folder / "sample.db")
    program = Program(application, where, lambda: password.NOW)
    window = program.window
    window.open_office(path, unlock(path, 1, password.PASSWORD), "complaints")
    window.show()
    when_listed(window, done)
    application.exec()


def when_listed(window: "MainWindow", then: Callable[[], None]) -> None:
    """Call back when the register's list is painted with records in it."""

    def look() -> None:
        if window.context is None or not window._tabs:
            return
        waiting.stop()
        pane = window.tab("complaints").pane  # type: ignore[attr-defined]
        Painted(pane.list.viewport(), lambda: pane.model.rowCount() > 0, then)

    waiting = QTimer(window)
    waiting.timeout.connect(look)
    waiting.start(2)


def door(path: Path) -> None:
    """The same as somebody at the desk waits for it: first for the door, then for the register.

    Two seconds are given to typing the password; what the program prepares in them is not waited
    for. ``after`` begins when the keys are there.
    """
    from desktop.app import Places, Program
    from desktop.usecases.session import unlock
    from tests.bench import password

    application = QApplication(sys.argv[:1])
    folder = Path(tempfile.mkdtemp())
    where = Places(folder / "s.ini", folder / "log.txt", folder / "sample.db")
    program = Program(application, where, lambda: password.NOW)
    window = program.window
    window.open_office(path)
    window.show()
    seen: list[float] = []

    def at_the_door() -> None:
        if not seen:
            seen.append(time.perf_counter())
            QTimer.singleShot(2_000, enter)

    def enter() -> None:
        session = unlock(path, 1, password.PASSWORD)
        entered = time.perf_counter()
        window.open_office(path, session, "complaints")
        when_listed(window, lambda: done(door=seen[0], after=time.perf_counter() - entered))

    Painted(window.unlock.card.password, lambda: True, at_the_door)
    application.exec()


def walk(path: Path) -> None:
    """Our list to its end: time until the last row is painted, and the memory it took."""
    from PySide6.QtCore import QSettings

    from desktop.ui.common.pages import Pages
    from desktop.ui.common.tasks import Tasks
    from desktop.ui.complaints.listpane import ListPane
    from desktop.ui.context import Context
    from desktop.usecases.office import Office, open_office
    from desktop.usecases.session import unlock
    from tests.bench import password

    application = QApplication(sys.argv[:1])
    session = unlock(path, 1, password.PASSWORD)
    tasks: Tasks[Office] = Tasks(lambda: open_office(path, session), Office.close)
    context = Context(
        tasks, lambda: password.NOW, QSettings(os.devnull, QSettings.Format.IniFormat)
    )
    warm: list[object] = []
    tasks.run(lambda office: office.db.execute("SELECT 1").fetchone(), warm.append)
    until(application, lambda: bool(warm))
    before = memory()
    pane = ListPane(context)
    pane.resize(1000, 700)
    pane.show()
    pane.reload()
    until(application, lambda: pane.model.rowCount() > 0)
    started = time.perf_counter()
    pane.list.scrollToBottom()
    last = pane.model.rowCount() - 1

    def arrived() -> bool:
        rows = pane.model.rows()
        return isinstance(rows, Pages) and rows.ready(last)

    pane.list.viewport().repaint()
    until(application, arrived)
    pane.list.viewport().repaint()
    took = time.perf_counter() - started
    done(seconds=took, memory=float(memory() - before), rows=float(last + 1))


def sqlmodel(path: Path) -> None:
    """Qt's own model on the same columns in a file that is not encrypted, to its end."""
    from PySide6.QtSql import QSqlDatabase, QSqlTableModel  # noqa: TID251 - the peer, not our storage
    from PySide6.QtWidgets import QTableView

    application = QApplication(sys.argv[:1])
    db = QSqlDatabase.addDatabase("QSQLITE")
    db.setDatabaseName(str(path))
    assert db.open()
    before = memory()
    model = QSqlTableModel(None, db)
    model.setTable("complaint")
    model.select()
    view = QTableView()
    view.setModel(model)
    view.resize(1000, 700)
    view.show()
    application.processEvents()
    started = time.perf_counter()
    while model.canFetchMore():
        model.fetchMore()
    view.scrollToBottom()
    view.viewport().repaint()
    took = time.perf_counter() - started
    done(seconds=took, memory=float(memory() - before), rows=float(model.rowCount()))


def until(application: QApplication, holds: Callable[[], bool]) -> None:
    """Let the events be handled until something holds."""
    while not holds():
        application.processEvents()


def memory() -> int:
    """Return the memory this process holds, in bytes."""
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        class Counters(ctypes.Structure):
            _fields_ = [
                ("cb", wintypes.DWORD),
                ("faults", wintypes.DWORD),
                *((name, ctypes.c_size_t) for name in ("peak", "now", *"abcdef")),
            ]

        held = Counters()
        process = ctypes.windll.kernel32.GetCurrentProcess()
        ctypes.windll.psapi.GetProcessMemoryInfo(process, ctypes.byref(held), ctypes.sizeof(held))
        return int(held.now)
    pages = Path("/proc/self/statm").read_text("ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    work = {"empty": empty, "register": register, "door": door, "list": walk, "sqlmodel": sqlmodel}[what]
    work(*map(Path, rest))  # type: ignore[operator]
