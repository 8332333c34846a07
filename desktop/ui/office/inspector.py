"""Inspecting the office file beside the work: on a thread of its own, so that nobody waits for it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.ui.common.tasks import Progress, Tasks
from desktop.ui.office import logwords
from desktop.usecases import audit
from desktop.usecases.audit import Beside, Inspection, Looked
from desktop.usecases.office import Office

if TYPE_CHECKING:
    from desktop.ui.context import Context

#: Milliseconds before it is tried again to begin, and how often that is tried.
_AGAIN, _PATIENCE = 3_000, 5
#: Milliseconds after which it is told what is being looked at.
_LONG = 1_000

Seen = tuple[Inspection, bool]
"""What was found, and whether this user may take note of it."""


def _nothing() -> None:
    return


class Inspector(QObject):
    """Looks over the open file as it stood at one moment; what is written meanwhile is no matter.

    Only its begin and its end are asked of the office, each in an instant. What would be told anew
    is first looked at once more in the office's own turn, so that nobody is accused for less.
    """

    inspected = Signal(object)  # what was seen
    failed = Signal(object)  # the exception
    telling = Signal(str)  # what is looked at, if it takes long; empty: nothing any more

    def __init__(self, context: "Context") -> None:
        super().__init__(context)
        self._context = context
        self._hand: Tasks[None] | None = None
        self._beside: Beside | None = None
        self._turn, self._tried = 0, 0
        self._busy = False
        self._doing = ""
        self._stop_reading: Callable[[], None] = _nothing
        self._long = QTimer(self)
        self._long.setSingleShot(True)
        self._long.setInterval(_LONG)
        self._long.timeout.connect(lambda: self.telling.emit(self._doing))

    def idle(self) -> bool:
        """Whether nothing is being inspected."""
        return not self._busy

    def begin(self) -> None:
        """Inspect the file as it stands now; what was under way is given up."""
        self.stop()
        self._busy, self._tried = True, 0
        self._long.start()
        self._hold(self._turn)

    def stop(self) -> None:
        """Give up what is under way; the file is no longer read when this comes back."""
        self._turn += 1
        self._busy, self._doing = False, ""
        self._long.stop()
        self._let_hand_go()
        if self._beside is not None:
            self._let_file_go(self._beside)
        self.telling.emit("")

    def _hold(self, turn: int) -> None:
        if turn == self._turn:
            self._context.tasks.run(audit.hold, partial(self._held, turn))

    def _held(self, turn: int, beside: Beside | None) -> None:
        if turn != self._turn:
            if beside is not None:
                self._let_file_go(beside)
            return
        if beside is None:
            self._tried += 1
            if self._tried < _PATIENCE:
                QTimer.singleShot(_AGAIN, self, partial(self._hold, turn))
            else:
                self._inspect(turn)
            return
        self._beside = beside
        self._hand = Tasks(lambda: None, parent=self)
        self._hand.progressed.connect(self._progressed)

        def look(_none: None, progress: Progress) -> Looked:
            return audit.look_beside(beside, logwords.told(progress), self._stopped_by)

        self._hand.run_long(look, partial(self._looked, turn), partial(self._not_looked, turn))

    def _let_file_go(self, beside: Beside) -> None:
        """Nobody reads it any more; a file that is being closed needs no telling."""
        self._beside = None
        if not self._context.tasks.closed():
            self._context.tasks.run(lambda office: audit.let_go(office, beside, None))

    def _looked(self, turn: int, looked: Looked) -> None:
        self._let_hand_go()
        beside = self._beside
        if turn != self._turn or beside is None:
            return
        self._beside = None

        def end(office: Office) -> Seen | None:
            inspection = audit.let_go(office, beside, looked)
            return None if inspection is None else (inspection, office.session.may("log.accept"))

        self._context.tasks.run(end, partial(self._end, turn), partial(self._fail, turn))

    def _not_looked(self, turn: int, _error: BaseException) -> None:
        """The file can not be read by another hand, so it is inspected in its own turn."""
        self._let_hand_go()
        if turn == self._turn:
            if self._beside is not None:
                self._let_file_go(self._beside)
            self._inspect(turn)

    def _end(self, turn: int, seen: Seen | None) -> None:
        if turn != self._turn or seen is None:
            return
        if seen[0].findings:
            self._inspect(turn)
        else:
            self._tell(turn, seen)

    def _inspect(self, turn: int) -> None:
        """Inspect the file in its own turn: whatever is asked meanwhile waits."""

        def inspect(office: Office, progress: Progress) -> Seen:
            may = office.session.may("log.accept")
            return audit.inspect(office, logwords.told(progress)), may

        self._context.tasks.run_long(inspect, partial(self._tell, turn), partial(self._fail, turn))

    def _tell(self, turn: int, seen: Seen) -> None:
        if turn == self._turn:
            self.stop()
            self.inspected.emit(seen)

    def _fail(self, turn: int, error: BaseException) -> None:
        if turn == self._turn:
            self.stop()
            self.failed.emit(error)

    def _stopped_by(self, stop: Callable[[], None]) -> None:
        self._stop_reading = stop

    def _let_hand_go(self) -> None:
        hand, self._hand = self._hand, None
        if hand is not None:
            hand.cancel()
            hand.close(lambda: self._stop_reading())
            hand.deleteLater()

    def _progressed(self, text: str, _done: int, _total: int) -> None:
        self._doing = text
        if self._busy and not self._long.isActive():
            self.telling.emit(text)
