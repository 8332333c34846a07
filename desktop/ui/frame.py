"""The window's frame: its stack, tabs, bars and status line, and what is said there."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, QTimer
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedWidget, QWidget

from desktop.text import N_, _, format_date
from desktop.ui.common import theme

# The door is shown before any of these is loaded.
if TYPE_CHECKING:
    from desktop.rules.workdays import Day
    from desktop.ui.common.bars import StatusLine, WorkingBar
    from desktop.ui.common.tasks import Progress, Tasks
    from desktop.ui.context import Context
    from desktop.ui.office.userbutton import UserButton
    from desktop.usecases.office import Done, Office
    from desktop.usecases.session import Session
    from desktop.usecases.undoing import LastDone

WEEKDAYS = (
    N_("星期一"),
    N_("星期二"),
    N_("星期三"),
    N_("星期四"),
    N_("星期五"),
    N_("星期六"),
    N_("星期日"),
)


class Frame(QMainWindow):
    """An empty frame: what is there whether an office is open or not, each part made when needed.

    The parts of the window are stacked upon each other: each knows those below it.
    """

    def __init__(
        self, clock: Callable[[], datetime], settings: QSettings, sample_path: Path
    ) -> None:
        """Build the frame.

        Args:
            clock: tells the time; everything in the window asks this one.
            settings: where look, sizes and recent files are remembered.
            sample_path: where the sample office lies or shall be made.
        """
        super().__init__()
        self.setObjectName("window")
        self._clock, self._settings, self._sample_path = clock, settings, sample_path
        self.context: Context | None = None
        self.path: Path | None = None
        self.session: Session | None = None
        #: Whether the run of the program before this one ended badly.
        self.crashed = False
        #: The office is open and its tabs are shown; settled: all that is asked at once was asked.
        self._ready = self._settled = False
        self._maker: Tasks[None] | None = None
        self._user: UserButton | None = None
        self._undo_event, self._said = 0, ""
        self.statusBar().setSizeGripEnabled(False)
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())  # nothing yet: what is shown first is built first
        self.whole = QStackedWidget()  # the lock covers whatever is on the stack
        self.whole.addWidget(self.stack)
        self.setCentralWidget(self.whole)
        self.resize(theme.px(1280), theme.px(800))
        geometry = settings.value("window/geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)

    # ---- made when they are needed -------------------------------------------------------------

    def _made(self, name: str) -> bool:
        """Say whether a part that is made when it is needed was needed so far."""
        return name in self.__dict__

    @cached_property
    def status(self) -> "StatusLine":
        """The message of the last action, at the bottom on the left."""
        from desktop.ui.common.bars import StatusLine

        made = StatusLine()
        made.undo.connect(self._undo)
        bar = self.statusBar()
        bar.addWidget(made, 1)
        for part in (self.working, self._day, self._book):
            bar.addPermanentWidget(part)
        return made

    @cached_property
    def working(self) -> "WorkingBar":
        """What is under way, beside the message."""
        from desktop.ui.common.bars import WorkingBar

        made = WorkingBar()
        made.cancelled.connect(self._cancel)
        return made

    @cached_property
    def _day(self) -> QLabel:
        return _side()

    @cached_property
    def _book(self) -> QLabel:
        return _side()

    # ---- what is open --------------------------------------------------------------------------

    def ready(self) -> bool:
        """Say whether an office is open, shown, and nothing is under way."""
        return self._settled and self.context is not None and self.context.idle()

    def _context(self) -> "Context":
        if self.context is None:
            raise LookupError("no office is open")
        return self.context

    def _is_sample(self, path: Path) -> bool:
        return path == self._sample_path

    def _show_closed(self) -> None:
        """Show only what makes sense without an office."""
        self.setWindowTitle(_("阳光台账"))
        if self._made("status"):
            self._day.clear()
            self._book.clear()
            self.status.clear()

    def _drop_office(self) -> None:
        """Let go of everything that belongs to an open office."""
        self._ready = self._settled = False
        if self.context is not None:
            self.context.leave()
            self.context.tasks.close()
        self.context, self.path, self.session, self._user = None, None, None, None

    # ---- what happened -------------------------------------------------------------------------

    def _say(self, sentence: str, event: int) -> None:
        self._undo_event, self._said = event, sentence
        self.status.tell(sentence, undo=bool(event))

    def _ask_why(self, sentence: str, given: Callable[[str], object]) -> None:
        """Ask in the status line why something is taken back, before it is."""
        from desktop.usecases.undoing import USUAL

        self.status.ask(sentence, USUAL, given)

    def _undo_by_key(self) -> None:
        if self.status.can_undo():
            self.status.clear()
            self._undo()

    def _undo(self) -> None:
        """Take back what was done last; what was done on a matter only for a reason."""
        from desktop.usecases import undoing

        context, event, said = self._context(), self._undo_event, self._said
        if context.asks_why(event):
            context.back_wanted.emit(event)
            return

        def found(last: "LastDone") -> None:
            if why_not := context.why_not(last.action):
                self.status.tell(why_not)
            elif last.reasoned:
                self.status.tell(said, undo=True)
                self._ask_why(said, lambda reason: self._take_back(event, reason))
            else:
                self._take_back(event, "")

        context.tasks.run(lambda office: undoing.last_done(office, event), found, self._not_undone)

    def _take_back(self, event: int, reason: str) -> None:
        from desktop.usecases import undoing

        context = self._context()
        acting, told = context.acting(), _("正在撤销…")

        def undone(_done: object) -> None:
            self._say(_("已撤销。"), 0)

        def job(office: "Office", progress: "Progress") -> "Done[None]":
            def tell(share: float) -> None:
                progress(told, int(100 * share), 100)

            return undoing.take_back(office, event, reason, acting, tell)

        context.tasks.run_long(job, undone, self._not_undone, changes=True)

    def _not_undone(self, error: BaseException) -> None:
        from desktop.rules.faults import Faults
        from desktop.ui.common import wording
        from desktop.ui.common.tasks import Cancelled

        if isinstance(error, Cancelled):
            self._say(_("已停止，什么也没有撤销。"), self._undo_event)
            return
        if isinstance(error, Faults):  # nothing was taken back: it may be tried again
            said = " ".join(wording.faults_by_field(error).values())
            self.status.tell(said, undo=bool(self._undo_event))
            return
        words = wording.error_words(error)
        if words is None:
            raise error
        self.status.tell(words)

    def _cancel(self) -> None:
        for tasks in (self._maker, self.context.tasks if self.context else None):
            if tasks is not None:
                tasks.cancel()

    def _soon(self, slot: Callable[[], object], milliseconds: int = 0) -> None:
        """Do something after what is under way now, unless the window is gone by then."""
        QTimer.singleShot(milliseconds, self, slot)


def _side() -> QLabel:
    """A part of the status line on its right: the day, the rules in force."""
    made = QLabel()
    made.setProperty("role", "quiet")
    made.setContentsMargins(theme.SMALL, 0, theme.SMALL, 0)
    return made


def day_words(day: "Day") -> str:
    """Return the day of the status line: date, day of the week, whether one works."""
    from desktop.rules.workdays import DayKind

    weekday = _(WEEKDAYS[day.day.weekday()])
    kinds = {
        DayKind.WORK: _("工作日"),
        DayKind.REST: _("休息日"),
        DayKind.HOLIDAY: _("放假"),
        DayKind.MAKEUP: _("调休上班"),
    }
    return f"{format_date(day.day)} {weekday} · {kinds[day.kind]}"
