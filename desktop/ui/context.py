"""What every page of the window is given: the worker, the clock, the clerk, the ways to speak."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.text import _
from desktop.ui.common import clipboard
from desktop.ui.common.drafts import Drafts
from desktop.ui.common.permission import allow
from desktop.ui.common.rolewords import refused_words
from desktop.ui.common.tasks import Tasks
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.people import Directory
from desktop.usecases.records import Clerk
from desktop.usecases.session import Session

if TYPE_CHECKING:
    from desktop.ui.indexer import Indexer
    from desktop.ui.office.inspector import Inspector

T = TypeVar("T")


class Context(QObject):
    """The window's own services, handed to each tab; tabs know nothing of each other.

    ``said``: a sentence for the status bar and the event that can be taken back (0: none).
    ``wanted``: open a record – ("complaint" | "case_file" | "round", id).
    ``case_wanted``: open a case from a complaint or a unit of a round – (origin, id).
    ``seated``: another user sits at the desk; what he may do is another thing.
    ``back_wanted``: take back an import, by its event; the page of it asks why.
    ``why_wanted``: ask why something is taken back – what it is, and who takes the reason.
    ``page_wanted``: open one of the office's own pages, or "import" of the register.
    """

    said = Signal(str, int)
    wanted = Signal(str, int)
    case_wanted = Signal(str, int)
    back_wanted = Signal(int)
    why_wanted = Signal(str, object)  # Callable[[str], object]
    page_wanted = Signal(str)
    directory_changed = Signal()
    seated = Signal()

    def __init__(
        self,
        tasks: Tasks[Office],
        clock: Callable[[], datetime],
        settings: QSettings,
        parent: QObject | None = None,
    ) -> None:
        """Keep the services; the clerk and the directory come once the office is open."""
        super().__init__(parent)
        self.tasks = tasks
        self.clock = clock
        self.settings = settings
        clipboard.guard()  # sees from now on what is copied here
        self.session: Session | None = None
        self.clerk: Clerk | None = None
        self.directory = Directory((), (), ())
        #: The sample office is open: there is nothing to begin with, nothing to keep.
        self.trial = False
        #: What was done and is taken back only for a reason: a page asks for it first.
        self._reasoned: set[int] = set()
        #: What is typed and not saved; every page with inputs is attached to it.
        self.drafts = Drafts(tasks, clock, self)

    @cached_property
    def inspector(self) -> "Inspector":
        """Who compares the file with its log, beside the work."""
        from desktop.ui.office.inspector import Inspector

        return Inspector(self)

    @cached_property
    def indexer(self) -> "Indexer":
        """Who brings into the search index what came in by the thousand, beside the work."""
        from desktop.ui.indexer import Indexer

        return Indexer(self)

    def idle(self) -> bool:
        """Whether nothing is under way, neither asked of the office nor beside it."""
        inspecting = "inspector" in self.__dict__ and not self.inspector.idle()
        indexing = "indexer" in self.__dict__ and not self.indexer.idle()
        return self.tasks.idle() and not inspecting and not indexing

    def leave(self) -> None:
        """Give up what is under way beside the work: the office is being left."""
        if "inspector" in self.__dict__:
            self.inspector.stop()

    def sit(self, session: Session) -> None:
        """Take the user at the desk: whatever is done from now on is done by him."""
        self.session = session
        self.clerk = next((c for c in self.directory.clerks if c.id == session.clerk), None)
        self.seated.emit()

    def may(self, action: str) -> bool:
        """Say whether the user at the desk may take an action; the ledger asks again."""
        return self.session is None or self.session.may(action)

    def why_not(self, *actions: str) -> str:
        """Return why the user at the desk may take none of these actions; empty if one he may."""
        if self.session is None or any(self.session.may(action) for action in actions):
            return ""
        return refused_words(actions[0], self.session.roles)

    def allow(self, wearer: QWidget | QAction, *actions: str) -> bool:
        """Let a button or menu work only for who may take one of these actions."""
        return allow(wearer, self.why_not(*actions))

    def refuses(self, *actions: str) -> bool:
        """Say in the status line why none of these actions may be taken, if so."""
        why_not = self.why_not(*actions)
        if why_not:
            self.said.emit(why_not, 0)
        return bool(why_not)

    def why_hidden(self) -> str:
        """Return why the user at the desk may not see who complained; empty if he may."""
        if self.sees_identity():
            return ""
        return _("您没有查看投诉举报人身份的权限。")

    def sees_identity(self) -> bool:
        """Say whether the user at the desk may see who complained."""
        return self.session is None or self.session.sees_identity

    def shown(self, secrets: Iterable[str]) -> None:
        """Remember what was shown of complainants, so that it does not stay on the clipboard."""
        clipboard.guard().know(secrets)

    def ask_why(self, event: int) -> None:
        """Let what was done be taken back only on its own page, which asks for a reason."""
        self._reasoned.add(event)

    def asks_why(self, event: int) -> bool:
        """Say whether what was done is taken back only for a reason."""
        return event in self._reasoned

    def acting(self) -> Acting:
        """Return who acts, now."""
        if self.session is not None:
            return Acting(self.session.clerk, self.session.name, self.clock())
        clerk = self.clerk
        if clerk is None:
            return Acting(0, "", self.clock())
        return Acting(clerk.id, clerk.name, self.clock())

    def today(self) -> date:
        """Return the day on the program's clock."""
        return self.clock().date()

    def do(
        self,
        job: Callable[[Office], Done[T]],
        then: Callable[[Done[T]], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Run an action on the worker; afterwards every tab reloads what it shows."""
        self.tasks.run(job, then, failed, changes=True)

    def ask(self, job: Callable[[Office], T], then: Callable[[T], None]) -> None:
        """Run a question on the worker; nothing changes by it."""
        self.tasks.run(job, then)

    def ask_or(
        self,
        job: Callable[[Office], T],
        then: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Run a question that may fail on the worker."""
        self.tasks.run(job, then, failed)
