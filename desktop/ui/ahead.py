"""Preparing in idle moments what will be wanted soon: before the password, and after the first paint.

At the door only the door is made. What an office needs follows in slices while somebody types his
password, in the order that `MainWindow._prepare` says; so that after the password nothing is left
but to open the file and to paint its list. In an open office the tabs follow that nobody saw yet.
Whatever is asked for before it was prepared is made then, and not again.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.ui.context import Context
    from desktop.ui.shelf import Shelf

#: Milliseconds between two slices, and after somebody touched key or mouse: in an open office, and
#: at the door, where keys only write a password.
_BETWEEN, _AFTER_A_SIGN = 20, 1_000
_DOOR_BETWEEN, _DOOR_AFTER_A_SIGN = 2, 120

#: What opens an office file and shows its first tab. Loaded one after the other, the small ones
#: that others need first, so that no slice is long.
TO_OPEN = (
    "desktop.ui.common.tasks",
    "msgspec",
    "desktop.rules.rulebook",
    "desktop.rules.complaints",
    "db.driver",
    "db.chain",
    "db.ledger",
    "db.records",
    "desktop.ui.common.wording",
    "db.keys",
    "db.connect",
    "db.backup",
    "desktop.usecases.office",
    "desktop.ui.opening",
    "desktop.ui.common.drafts",
    "desktop.ui.context",
    "desktop.ui.common.table",
    "desktop.ui.common.listview",
    "desktop.usecases.register",
    "desktop.usecases.listing",
    "desktop.ui.complaints.words",
    "desktop.ui.complaints.listpane",
    "desktop.ui.complaints.tab",
    "desktop.ui.office.userbutton",
)
#: What 今日 shows, where somebody comes in who was not elsewhere before.
TODAY = (
    "chinese_calendar",
    "desktop.usecases.backups",
    "desktop.usecases.filings",
    "desktop.usecases.handovers",
    "desktop.usecases.today",
    "desktop.usecases.beginning",
    "desktop.ui.today.beginning",
    "desktop.ui.today.lines",
    "desktop.ui.today.tab",
)
#: The record beside the list; from PIL on what prints its letters, which is the dearest.
RECORD = (
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
    "PIL.Image",
    "reportlab.lib.utils",
    "reportlab.pdfbase.pdfmetrics",
    "reportlab.pdfbase.ttfonts",
    "reportlab.pdfgen.canvas",
    "desktop.notices.letters",
    "jinja2",
    "desktop.usecases.letters",
    "desktop.usecases.complaints",
    "desktop.usecases.links",
    "desktop.usecases.points",
    "desktop.ui.complaints.record",
    "desktop.ui.complaints.paperwork",
    "desktop.ui.complaints.work",
)
#: A register that comes in or goes out as a file.
LEDGERS = (
    "desktop.usecases.sheets",
    "desktop.usecases.imports",
    "desktop.ui.complaints.ledgers",
)
#: What is wanted soon after.
MODULES = (
    *RECORD,
    "desktop.usecases.overview",
    "desktop.usecases.keeping",
    "desktop.ui.office.keeper",
    "desktop.ui.office.inspector",
    "desktop.ui.complaints.intake",
    "desktop.ui.complaints.correction",
    "desktop.usecases.casefiles",
    "desktop.ui.casefiles.tab",
    "desktop.usecases.assessments",
    "desktop.ui.assessments.tab",
    "desktop.ui.leaving",
    "html",  # what is copied
    "encodings.gb18030",  # what is pasted
    "desktop.usecases.letterbook",
    "desktop.usecases.letterprints",
    "desktop.usecases.lettermail",
    "desktop.ui.letters.record",
    "desktop.ui.letters.batch",
    "desktop.ui.letters.book",
    "desktop.usecases.auditlog",
    "desktop.ui.office.log",
    *LEDGERS,
    "desktop.ui.complaints.prints",
    "desktop.ui.complaints.steps",
    "desktop.ui.complaints.course",
    "desktop.ui.complaints.followups",
    "desktop.ui.office.users",
    "desktop.ui.office.settings",
    "desktop.ui.registers.filings",
    "desktop.ui.registers.handovers",
    "desktop.ui.templates.page",
    "desktop.ui.office.handbook",
)

Slice: TypeAlias = Callable[[], object]


def _signs() -> frozenset[QEvent.Type]:
    kind = QEvent.Type
    return frozenset(
        {kind.KeyPress, kind.MouseButtonPress, kind.Wheel, kind.TouchBegin, kind.InputMethod}
    )


def loading(modules: Iterable[str]) -> list[Slice]:
    """Return the slices that load those of the modules that are not there yet."""
    return [partial(import_module, name) for name in modules if name not in sys.modules]


class Ahead(QObject):
    """One small thing after the other while nothing else is to do; waits as soon as somebody acts."""

    def __init__(self, window: "QWidget") -> None:
        super().__init__(window)
        self._window = window
        self._signs: frozenset[QEvent.Type] = frozenset()
        self._watching = False
        self._context: Context | None = None
        self._left: Iterator[Slice] = iter(())
        self._between, self._after_a_sign = _BETWEEN, _AFTER_A_SIGN
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    def prepare(self, slices: Iterator[Slice]) -> None:
        """Prepare an office while somebody types his password."""
        self._between, self._after_a_sign = _DOOR_BETWEEN, _DOOR_AFTER_A_SIGN
        self._begin(slices, self._between)

    def begin(self, context: "Context", tabs: "Shelf[QWidget]") -> None:
        """Prepare the tabs of an office that was just opened."""
        self._context = context
        self._between, self._after_a_sign = _BETWEEN, _AFTER_A_SIGN
        made = [partial(tabs.__getitem__, key) for key in tabs]
        slices: list[Slice] = [*loading((*TODAY, *MODULES)), *made]
        self._begin(iter(slices), _AFTER_A_SIGN)  # who just signed in is about to do something
        self._watch()

    def _begin(self, slices: Iterator[Slice], wait: int) -> None:
        self._left, self._watching = slices, False
        self._timer.start(wait)

    def _watch(self) -> None:
        """See from now on when somebody acts; whatever was just painted is on the screen by now."""
        self._watching = True
        self._signs = self._signs or _signs()
        handle = self._window.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
            handle.installEventFilter(self)

    def stop(self) -> None:
        """Prepare nothing more: the office is being left."""
        self._timer.stop()
        self._context, self._left = None, iter(())

    def at_work(self) -> bool:
        """Say whether something is left to prepare."""
        return self._timer.isActive()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() in self._signs and self._timer.isActive():
            self._timer.start(self._after_a_sign)
        return False

    def _go_on(self) -> None:
        if not self._watching:
            self._watch()
        context = self._context
        if context is not None and not context.tasks.idle():  # what is asked for comes first
            self._timer.start(self._between)
            return
        todo = next(self._left, None)
        if todo is not None:
            todo()
            self._timer.start(self._between)
