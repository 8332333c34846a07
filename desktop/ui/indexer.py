"""Bringing into the search index what came in by the thousand: beside the work, giving way to all of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.ui.common.tasks import Cancelled
from desktop.usecases import derived
from desktop.usecases.records import StorageFault

if TYPE_CHECKING:
    from desktop.ui.common.tasks import Progress
    from desktop.ui.context import Context
    from desktop.usecases.office import Office


def _more(office: "Office", _progress: "Progress") -> bool:
    return derived.index_more(office)


class Indexer(QObject):
    """Asks for one portion after the other, each some hundredths of a second, until none is left.

    Nothing depends on it: a search looks itself at what is not indexed yet. What is left when the
    office is closed is gone on with when it is opened again.
    """

    def __init__(self, context: "Context") -> None:
        super().__init__(context)
        self._context = context
        self._busy = False

    def idle(self) -> bool:
        """Whether nothing is being indexed."""
        return not self._busy

    def begin(self) -> None:
        """Index what waits, unless that is under way."""
        if not self._busy:
            self._busy = True
            self._go_on()

    def _go_on(self) -> None:
        tasks = self._context.tasks
        if tasks.closed():
            self._busy = False
        else:
            tasks.run_behind(_more, self._indexed, self._stopped)

    def _indexed(self, left: bool) -> None:
        if left:
            self._context.tasks.later(self._go_on)
        else:
            self._busy = False

    def _stopped(self, error: BaseException) -> None:
        """It gave way to something that was asked, or the disk is full: then it is tried again."""
        if isinstance(error, Cancelled):
            self._context.tasks.later(self._go_on)
            return
        self._busy = False  # the next time that the office is looked at as a whole
        if not isinstance(error, StorageFault):
            raise error
