"""Preparing in idle moments what will be wanted soon, so that the first click on a tab is quick."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.ui.shelf import Shelf

if TYPE_CHECKING:
    from desktop.ui.context import Context

#: Milliseconds between two slices, and after somebody touched key or mouse.
_BETWEEN, _AFTER_A_SIGN = 20, 1_000

_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)

#: Loaded one after the other, the small ones that others need first, so that no slice is long.
MODULES = (
    "desktop.ui.common.forms.texts",
    "desktop.ui.common.forms.choices",
    "desktop.ui.common.forms.dates",
    "desktop.ui.common.forms.files",
    "desktop.ui.common.forms.rows",
    "desktop.ui.common.forms.page",
    "desktop.ui.common.record.clocks",
    "desktop.ui.common.record.daystrip",
    "desktop.ui.common.record.facts",
    "desktop.ui.common.record.papers",
    "desktop.ui.common.record.timeline",
    "desktop.usecases.letters",
    "desktop.usecases.complaints",
    "desktop.usecases.overview",
    "desktop.usecases.keeping",
    "desktop.usecases.recovery",
    "desktop.ui.office.keeper",
    "desktop.ui.office.inspector",
    "desktop.ui.today.tab",
    "desktop.ui.complaints.tab",
    "desktop.usecases.links",
    "desktop.usecases.points",
    "desktop.ui.complaints.record",
    "desktop.ui.complaints.intake",
    "desktop.usecases.casefiles",
    "desktop.ui.casefiles.tab",
    "desktop.usecases.assessments",
    "desktop.ui.assessments.tab",
    "desktop.ui.leaving",
)


class Ahead(QObject):
    """One small thing after the other while nothing else is to do; waits as soon as somebody acts."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._context: Context | None = None
        self._left: Iterator[Callable[[], object]] = iter(())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    def load(self) -> None:
        """Load what an office will need while somebody types his password."""
        self._begin([partial(import_module, name) for name in MODULES])

    def begin(self, context: "Context", tabs: Shelf[QWidget]) -> None:
        """Prepare the tabs of an office that was just opened."""
        self._context = context
        loading = [partial(import_module, name) for name in MODULES]
        self._begin([*loading, *(partial(tabs.__getitem__, key) for key in tabs)])

    def _begin(self, slices: Sequence[Callable[[], object]]) -> None:
        self._left = iter(slices)
        handle = self._window.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
            handle.installEventFilter(self)
        self._timer.start(_BETWEEN)

    def stop(self) -> None:
        """Prepare nothing more: the office is being left."""
        self._timer.stop()
        self._context, self._left = None, iter(())

    def at_work(self) -> bool:
        """Say whether something is left to prepare."""
        return self._timer.isActive()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() in _SIGNS and self._timer.isActive():
            self._timer.start(_AFTER_A_SIGN)
        return False

    def _go_on(self) -> None:
        context = self._context
        if context is not None and not context.tasks.idle():  # what is asked for comes first
            self._timer.start(_BETWEEN)
            return
        todo = next(self._left, None)
        if todo is not None:
            todo()
            self._timer.start(_BETWEEN)
