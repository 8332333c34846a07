"""What is measured in a process of its own: a start, a list walked to its end.

    python -m tests.bench.children empty | register FILE | door FILE | list FILE | sqlmodel FILE |
        fluid FILE GOES | first FILE

Each prints one line of JSON when it has painted what it was asked for, and ends at once.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if sys.argv[1:2] in (
    ["door"],
    ["register"],
    ["first"],
):  # the program loads Qt so, an empty window does not
    from desktop.ui.common import lean

    lean.load_qt()

# Nothing else of Qt here: PySide makes a class, and all enums of `Qt`, when it is first named, and an
# empty window names no more than this.
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

if TYPE_CHECKING:  # what an empty window is measured without
    from desktop.app import Program
    from desktop.ui.common.pills import FilterBar
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


def _program() -> "tuple[QApplication, Program]":
    """Return the application and the program in it, made as the program makes them."""
    from desktop.app import Places, Program
    from desktop.ui.common import theme
    from tests.bench import password

    application = theme.application(sys.argv[1:1])
    folder = Path(tempfile.mkdtemp())
    where = Places(folder / "s.ini", folder / "log.txt", folder / "sample.db")
    return application, Program(application, where, lambda: password.NOW)


def register(path: Path) -> None:
    """The program from its start to the painted register; the password is there at once.

    Nobody's day begins so: nothing is prepared, everything is loaded in one stretch. It is measured
    so that what a start does in all does not grow unseen.

    Deriving the keys from the password is dear on purpose; the file that is measured makes it
    cheap (``Cost(1, 8, 1)``), so that it does not count. Everything else does: loading, the window,
    opening the file, its first look, the list's first page out of SQL.
    """
    from desktop.usecases.session import unlock
    from tests.bench import password

    application, program = _program()
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
    """A start as somebody at the desk waits for it: first for the door, then for the register.

    ``door`` is the moment (of the clock that the parent began with) at which the door is painted
    and its password line has the keyboard. Two seconds later the password is there: what the
    program prepared meanwhile was not waited for. ``after`` are the seconds from the keys to the
    register painted with its records, everything between included: opening the file, the user, the
    counts, the first page. Deriving the keys is not, as in ``register``.
    """
    from tests.bench import password

    application, program = _program()
    window = program.window
    window.open_office(path)
    window.show()
    seen: list[float] = []

    def at_the_door() -> None:
        if not seen:
            seen.append(time.perf_counter())
            QTimer.singleShot(2_000, enter)

    def enter() -> None:
        from desktop.usecases.session import unlock

        session = unlock(path, 1, password.PASSWORD)
        entered = time.perf_counter()
        window.open_office(path, session, "complaints")
        when_listed(window, lambda: done(door=seen[0], after=time.perf_counter() - entered))

    Painted(window.unlock.card.password, lambda: True, at_the_door)
    application.exec()


#: Seconds after which no further round of the actions is begun; the first is always whole.
ROUNDS = 120
#: Seconds for which what goes on after an action is watched: the window waits for none of it.
WATCHED = 10
#: Seconds that the comparison with the log has before it is given up: it takes as long as the file
#: is large (minutes with a million complaints), and runs on a thread of its own beside the actions.
COMPARED = 30


def rounds(goes: int, limit: float = ROUNDS) -> Iterator[int]:
    """Yield the rounds that are gone: the first, and further ones while there is time."""
    end = time.perf_counter() + limit
    for go in range(goes):
        if go and time.perf_counter() >= end:
            return
        yield go


class Pulse(QObject):
    """Beats as long as the window's thread is free; tells for how long it was at work in between.

    Counted is the processor time of this thread: what other programs take of a busy machine is not
    the window's doing.
    """

    def __init__(self) -> None:
        super().__init__()
        self._last = self._longest = 0.0
        from PySide6.QtCore import Qt

        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(2)

    def begin(self) -> None:
        """Count from now."""
        self._last, self._longest = time.thread_time(), 0.0

    def _beat(self) -> None:
        now = time.thread_time()
        self._longest, self._last = max(self._longest, now - self._last), now

    def longest(self) -> float:
        """Return the longest time without a beat since the beginning, in seconds."""
        self._beat()
        return self._longest


def first(path: Path) -> None:
    """What somebody does right after the password: how long his window took nothing, each first time.

    Whatever a first time makes or loads counts, and nobody waits for what is prepared in between.
    """
    from tests.bench import password

    application, program = _program()
    window = program.window
    window.resize(1280, 800)
    window.open_office(path)
    window.show()
    typing = time.perf_counter() + 2.0  # the password
    until(application, lambda: time.perf_counter() > typing)
    from desktop.usecases.session import unlock

    session = unlock(path, 1, password.PASSWORD)
    pulse = Pulse()
    pulse.begin()
    window.open_office(path, session, "complaints")
    until(application, lambda: window.context is not None and window._ready)
    longest: dict[str, float] = {}
    for name, act in _first_actions(window):
        _settle(application, window)
        longest[name] = pulse.longest()
        pulse.begin()
        act()
    done(**longest)


def _first_actions(window: "MainWindow") -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is done one after the other, each with the name of what was done before it."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from desktop.ui.registry import PAGE_MAKERS
    from tests.bench import data

    tab = window.tab("complaints")
    stage = tab._stage  # type: ignore[attr-defined]

    def leave() -> None:
        if stage.page is not None:
            stage.leave()
        window.show_tab("complaints")

    yield "the password", lambda: _type(tab.search, data.words(5).words[0])  # type: ignore[attr-defined]
    yield "a word typed", tab.search.clear  # type: ignore[attr-defined]
    yield "the search cleared", lambda: QTest.keyClick(tab.list, Qt.Key.Key_Down)  # type: ignore[attr-defined]
    yield "a record shown", tab.start_new  # type: ignore[attr-defined]
    yield "新登记", leave
    yield "新登记 left", tab.work.correct  # type: ignore[attr-defined]
    yield "修改登记", leave
    yield "修改登记 left", tab.start_import  # type: ignore[attr-defined]
    yield "导入台账", leave
    yield "导入台账 left", tab.start_export  # type: ignore[attr-defined]
    yield "导出", leave
    name = "导出 left"
    for key in ("today", "casefiles", "assessments"):
        yield name, lambda key=key: window.show_tab(key)
        name = f"the tab {key}"
    for key in PAGE_MAKERS:
        yield name, lambda key=key: window.show_page(key)
        name = f"the page {key}"
        if key != "recovery":
            yield name, leave
            name = f"{name} left"
    yield name, window.show_handbook
    yield "the handbook", leave


def _settle(application: QApplication, window: "MainWindow") -> None:
    """Wait until nothing was under way for longer than the list waits for a next key."""
    from PySide6.QtCore import QEventLoop

    now = time.perf_counter()
    quiet, end = now + 0.1, now + WATCHED
    while now < min(quiet, end):
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        now = time.perf_counter()
        if window.context is None or not window.context.tasks.idle():
            quiet = now + 0.1


def fluid(path: Path, goes: Path) -> None:
    """The program used by keys and mouse: for how long its window took nothing, at each action.

    Each action is done as often as said, and its shortest go counts: the first one makes what is
    kept afterwards. What was found is said after every round, so that it is not lost with the next.
    """
    application = QApplication(sys.argv[:1])
    window = _opened(application, path)
    pulse = Pulse()

    # What a start still does is over first: the file is compared with its log, pages are made ahead.
    end = time.perf_counter() + COMPARED
    until(application, lambda: window._seen is not None or time.perf_counter() > end)
    if window._seen is None and window.context is not None:
        window.context.inspector.stop()
    for tab in ("complaints", "today"):
        window.show_tab(tab)
        _settle(application, window)
    longest: dict[str, float] = {}
    for _go in rounds(int(goes.name)):
        found: dict[str, float] = {}  # an action that is done twice a round counts with its longest
        for name, act in _actions(window):
            _settle(application, window)
            pulse.begin()
            act()
            _settle(application, window)
            found[name] = max(found.get(name, 0.0), pulse.longest())
        longest = {name: min(took, longest.get(name, took)) for name, took in found.items()}
        print(json.dumps(longest), flush=True)
    done(**longest)


def _actions(window: "MainWindow") -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what somebody does in a long register, each with its name."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    from desktop.usecases.listing import By, Press, Query
    from tests.bench import data

    known = data.words(5).words
    yield "the register's tab", lambda: window.show_tab("complaints")
    pane = window.tab("complaints").pane  # type: ignore[union-attr]
    view, header = pane.list, pane.list.horizontalHeader()
    typed = {
        "a frequent word typed": known[0],
        "a rare word typed": known[9_000],
        "two words typed": f"{known[3]} {known[40]}",
        "one character typed": known[5][0],
        "a rare character typed": known[-1][0],
        "a number typed": "00012",
    }
    for name, words in typed.items():
        yield name, lambda words=words: _type(pane.search, words)
        yield "the search cleared", pane.search.clear
    without_room: list[By] = []
    for at, column in enumerate(pane.model.columns):
        if view.isColumnHidden(at):
            without_room += [by for by in By if by.value == column.key]
            continue
        middle = QPoint(header.sectionViewportPosition(at) + 20, header.height() // 2)
        for way in ("up", "down"):
            yield (
                f"ordered by {column.key}, {way}",
                lambda middle=middle: QTest.mouseClick(
                    header.viewport(), Qt.MouseButton.LeftButton, pos=middle
                ),
            )
    key = Qt.Key
    ctrl = Qt.KeyboardModifier.ControlModifier
    for name, pressed, with_ in (
        ("to the end", key.Key_End, ctrl),
        ("a page up", key.Key_PageUp, Qt.KeyboardModifier.NoModifier),
        ("a record shown", key.Key_Up, Qt.KeyboardModifier.NoModifier),
        ("to the beginning", key.Key_Home, ctrl),
        ("all selected", key.Key_A, ctrl),
        ("the first thousands copied", key.Key_C, ctrl),
    ):
        yield name, lambda p=pressed, w=with_: QTest.keyClick(view, p, w)
    yield (
        "the bar dragged to the middle",
        lambda: view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2),
    )
    for kept in (
        Query(words=known[1], by=By.UNIT, descending=False),
        Query(press=Press.OVERDUE, by=By.SUBJECT),
        Query(by=By.STATE),
        *(Query(by=by) for by in without_room),
        Query(),
    ):
        yield "a kept view", lambda kept=kept: pane.set_query(kept)
    for name in ("closed", "overdue", "all"):
        yield f"the filter {name}", lambda name=name: _pressed(pane.filters, name)
    yield "the tab 今日", lambda: window.show_tab("today")


def _type(field: QWidget, words: str) -> None:
    """Send a text key by key, a twentieth of a second apart, as an input method does."""
    from PySide6.QtCore import QEventLoop, Qt
    from PySide6.QtGui import QKeyEvent

    application = QApplication.instance()
    assert application is not None
    for character in words:
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character)
        application.sendEvent(field, event)
        until_later = time.perf_counter() + 0.05
        while time.perf_counter() < until_later:
            application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _pressed(bar: "FilterBar", key: str) -> None:
    bar.choose(key)
    bar.chosen.emit(key)


def _opened(application: QApplication, path: Path) -> "MainWindow":
    """Return the program's window with an open office."""
    from desktop.app import Places, Program
    from desktop.usecases.session import unlock
    from tests.bench import password

    folder = Path(tempfile.mkdtemp())
    where = Places(folder / "s.ini", folder / "log.txt", folder / "sample.db")
    program = Program(application, where, lambda: password.NOW)
    window = program.window
    window.resize(1280, 800)
    window.show()
    window.open_office(path, unlock(path, 1, password.PASSWORD))
    until(application, lambda: bool(window._tabs))
    application.setProperty("program", program)
    return window


def walk(path: Path) -> None:
    """Our list to its end: processor time until the last row is painted, and the memory it took.

    The time is that of both threads, the window's and the office's.
    """
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
    last = pane.model.rowCount() - 1
    shown: list[bool] = []

    def arrived() -> bool:
        rows = pane.model.rows()
        return isinstance(rows, Pages) and rows.ready(last)

    Painted(pane.list.viewport(), arrived, lambda: shown.append(True))
    started = time.process_time()
    pane.list.scrollToBottom()
    until(application, lambda: bool(shown))
    took = time.process_time() - started
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
    started = time.process_time()
    while model.canFetchMore():
        model.fetchMore()
    view.scrollToBottom()
    view.viewport().repaint()
    took = time.process_time() - started
    done(seconds=took, memory=float(memory() - before), rows=float(model.rowCount()))


def until(application: QApplication, holds: Callable[[], bool]) -> None:
    """Let the events be handled until something holds; looks again every few milliseconds."""
    from PySide6.QtCore import QEventLoop

    waking = QTimer()
    waking.start(2)
    while not holds():
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


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
    work = {
        "empty": empty,
        "register": register,
        "door": door,
        "list": walk,
        "sqlmodel": sqlmodel,
        "fluid": fluid,
        "first": first,
    }[what]
    work(*map(Path, rest))  # type: ignore[operator]
