"""One worker thread that owns the office; jobs go in, results come back on the UI thread."""

import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from typing import Any, Final, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

Office = TypeVar("Office")
Result = TypeVar("Result")

BUSY_AFTER: Final = 100  # milliseconds before the window shows that it is working
PAINTED: Final = 30  # milliseconds after which what was delivered is painted
_TURN: Final = 1  # milliseconds; with none what follows would be done in the same turn
_LONG: Final = 0.02  # seconds that may be spent on what is delivered before a turn is over
_TOLD_EVERY: Final = 0.05  # seconds between two progress messages
_NUDGED_EVERY: Final = 0.02  # seconds between two nudges to a job that shall end


class Cancelled(Exception):
    """A long job was stopped by the clerk before it was finished."""


class Unopened(Exception):
    """The office could not be opened, so the job was not begun."""


class Progress:
    """What a long job uses to say how far it is; calling it raises Cancelled when stopped."""

    def __init__(self, tell: Callable[[str, int, int], None]) -> None:
        self._tell = tell
        self._stop = threading.Event()
        self._told = 0.0

    def __call__(self, text: str, done: int = 0, total: int = 0) -> None:
        """Report `done` of `total` (0 = unknown); cheap enough to call for every item."""
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._told >= _TOLD_EVERY or done == total:
            self._told = now
            self._tell(text, done, total)

    def stop(self) -> None:
        """Ask the job to stop at its next report; may be called from any thread."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """Whether the job was asked to stop."""
        return self._stop.is_set()


@dataclass(slots=True)
class _Job:
    work: Callable[[Any, Progress], Any]
    then: Callable[[Any], None] | None
    failed: Callable[[BaseException], None] | None
    changes: bool
    progress: Progress
    behind: bool = False
    value: Any = None
    error: BaseException | None = None


class Tasks(QObject, Generic[Office]):
    """The queue of jobs on the office, first come first served.

    The factory runs on the worker thread, so that the office is made, used and closed by one
    thread only. Callbacks that are methods of a deleted widget are passed over. Without a factory
    the queue waits for one: ``begin``.
    """

    opened = Signal()
    failed = Signal(object)  # the exception of the factory
    changed = Signal()  # after a job that changed something was delivered
    busy = Signal(bool)
    progressed = Signal(str, int, int)  # text, done, total (0 = unknown)
    _delivered = Signal(object)
    _started = Signal(object)

    def __init__(
        self,
        factory: Callable[[], Office] | None = None,
        close: Callable[[Office], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._close = close
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._waiting: list[_Job] = []
        self._ready = False
        self._closed = False
        self._shown = False
        self._held = 0
        self._arrived: list[_Job] = []  # what is done and was not told yet
        self._resting = False
        self._unpainted = False
        self._put_off: list[Callable[[], None]] = []
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(BUSY_AFTER)
        self._delay.timeout.connect(self._show_busy)
        queued = Qt.ConnectionType.QueuedConnection
        self._delivered.connect(self._arrive, queued)
        self._started.connect(self._start, queued)
        self.progressed.connect(self._reported, queued)
        self._thread: threading.Thread | None = None
        if factory is not None:
            self.begin(factory)

    def begin(
        self, factory: Callable[[], Office], close: Callable[[Office], None] | None = None
    ) -> None:
        """Make the office on the worker, which then does what was asked."""
        assert self._thread is None
        self._close = close or self._close
        self._thread = threading.Thread(
            target=self._live, args=(factory,), name="office", daemon=True
        )
        self._thread.start()

    def run(
        self,
        job: Callable[[Office], Result],
        then: Callable[[Result], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        *,
        changes: bool = False,
    ) -> None:
        """Run a job after those before it; `then` and `failed` are called on the UI thread.

        `changes=True` emits `changed` once, after `then`. An exception nobody takes goes to
        sys.excepthook.
        """
        self._put(lambda office, _: job(office), then, failed, changes)

    def run_long(
        self,
        job: Callable[[Office, Progress], Result],
        then: Callable[[Result], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        *,
        changes: bool = False,
    ) -> Progress:
        """Run a job that reports how far it is; `stop()` of what is returned cancels it.

        A cancelled job calls `failed(Cancelled())` if there is such a handler, else nothing.
        """
        return self._put(job, then, failed, changes)

    def run_behind(
        self,
        job: Callable[[Office, Progress], Result],
        then: Callable[[Result], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Run a job that gives way: it is stopped as soon as anything else is asked of the office.

        Nobody waits for it then; it fails with Cancelled, or with what its interruption raised.
        """
        self._put(job, then, failed, changes=False, behind=True)

    def cancel(self) -> None:
        """Stop the long job that is running, at its next report."""
        if self._waiting:
            self._waiting[0].progress.stop()

    def idle(self) -> bool:
        """Whether the office is open (or failed to open) and every job has been delivered."""
        return self._ready and not self._waiting and not self._held

    def later(self, slot: Callable[[], object]) -> None:
        """Do something on the UI thread after what was delivered is painted; not idle before."""
        self._held += 1

        def go() -> None:
            if self._unpainted:
                self._put_off.append(go)
                return
            self._held -= 1
            if not self._closed and _alive(slot):
                slot()

        # A painting that was begun meanwhile goes first.
        QTimer.singleShot(PAINTED, self, lambda: QTimer.singleShot(0, self, go))

    def unpainted(self) -> None:
        """What was put off to later waits for ``painted``, however long that takes."""
        self._unpainted = True

    def painted(self) -> None:
        """What was delivered is on the screen."""
        self._unpainted = False
        put_off, self._put_off = self._put_off, []
        for go in put_off:
            QTimer.singleShot(0, self, go)

    def in_turns(self, pieces: Iterable[Callable[[], object]]) -> None:
        """Do one piece after the other on the UI thread, each in a turn of its own; not idle before.

        Keys, mouse and painting come between them. What is left when the office is closed is not done.
        """
        left = iter(pieces)
        self._held += 1

        def go() -> None:
            piece = None if self._closed else next(left, None)
            if piece is None:
                self._held -= 1
                return
            QTimer.singleShot(_TURN, self, go)  # goes on even if this one fails
            if _alive(piece):
                piece()

        QTimer.singleShot(_TURN, self, go)

    def closed(self) -> bool:
        """Whether the office was left: no job can be run any more."""
        return self._closed

    def close(self, interrupt: Callable[[], object] | None = None) -> None:
        """Finish the jobs already queued, close the office and wait for the thread.

        What gives way to everything gives way to this too. `interrupt` stops what the job under
        way waits for; it is called until the job has ended.
        """
        if self._closed:
            return
        self._closed = True
        for job in self._waiting:
            if job.behind:
                job.progress.stop()
        self._queue.put(None)
        if self._thread is not None:
            while interrupt is not None and self._thread.is_alive():
                interrupt()
                self._thread.join(_NUDGED_EVERY)
            self._thread.join()
        self._delay.stop()

    def _put(
        self,
        work: Callable[[Office, Progress], Any],
        then: Callable[[Any], None] | None,
        failed: Callable[[BaseException], None] | None,
        changes: bool,
        behind: bool = False,
    ) -> Progress:
        if self._closed:
            raise RuntimeError("no job can be run after close()")
        for other in self._waiting:
            if other.behind and not behind:  # among themselves they take their turns
                other.progress.stop()
        job = _Job(work, then, failed, changes, Progress(self.progressed.emit), behind)
        self._waiting.append(job)
        if not self._delay.isActive() and not self._shown:
            self._delay.start()
        self._queue.put(job)
        return job.progress

    # -- on the worker thread ------------------------------------------------------------------

    def _live(self, factory: Callable[[], Office]) -> None:
        try:
            office = factory()
        except BaseException as error:  # noqa: BLE001 - handed to the UI thread whole
            self._started.emit(error)
            self._refuse()
            return
        self._started.emit(None)
        while (job := self._queue.get()) is not None:
            self._work(office, job)
        if self._close is not None:
            self._close(office)

    def _work(self, office: Office, job: _Job) -> None:
        try:
            if job.progress.stopped:
                raise Cancelled
            job.value = job.work(office, job.progress)
        except BaseException as error:  # noqa: BLE001 - handed to the UI thread whole
            job.error = error
        self._delivered.emit(job)

    def _refuse(self) -> None:
        while (job := self._queue.get()) is not None:
            job.error = Unopened()
            self._delivered.emit(job)

    # -- on the UI thread ----------------------------------------------------------------------

    @Slot(object)
    def _start(self, error: BaseException | None) -> None:
        self._ready = True
        if error is None:
            self.opened.emit()
        else:
            self.failed.emit(error)

    @Slot(object)
    def _arrive(self, job: _Job) -> None:
        self._arrived.append(job)
        self._hand_over()

    def _hand_over(self) -> None:
        """Tell what is done; after what took long first come keys, mouse and painting."""
        while self._arrived and not self._resting:
            begun, done = time.monotonic(), False
            try:
                self._deliver(self._arrived.pop(0))
                done = True
            finally:  # the others are told too, whatever became of this one
                if not done or time.monotonic() - begun >= _LONG:
                    self._resting = True
                    QTimer.singleShot(_TURN, self, self._rested)

    def _rested(self) -> None:
        self._resting = False
        self._hand_over()

    def _deliver(self, job: _Job) -> None:
        self._waiting.remove(job)
        if not self._waiting:
            self._delay.stop()
            if self._shown:
                self._shown = False
                self.busy.emit(False)
        if job.error is None:
            try:
                if job.then is not None and _alive(job.then):
                    job.then(job.value)
            finally:
                if job.changes:
                    self.changed.emit()
        elif job.failed is not None:
            if _alive(job.failed):
                job.failed(job.error)
        elif not isinstance(job.error, Cancelled | Unopened):
            sys.excepthook(type(job.error), job.error, job.error.__traceback__)

    @Slot(str, int, int)
    def _reported(self, _text: str, _done: int, _total: int) -> None:
        """What a report brought on the screen is taken away again, however short the job was."""
        if self._waiting:
            self._shown = True

    @Slot()
    def _show_busy(self) -> None:
        if self._waiting:
            self._shown = True
            self.busy.emit(True)


def _alive(callback: Callable[..., Any]) -> bool:
    """Whether the widget a callback belongs to still exists."""
    while isinstance(callback, partial):
        callback = callback.func
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
