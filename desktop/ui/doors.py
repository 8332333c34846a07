"""The doors of an office file: the first page, the password, the recovery sheet; who goes in."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.text import _
from desktop.ui.closing import Closing

if TYPE_CHECKING:
    from desktop.ui.context import Context
    from desktop.ui.office.adopt import AdoptPage
    from desktop.ui.office.keeper import Keeper
    from desktop.ui.office.opensheet import OpenSheetPage
    from desktop.ui.office.rescue import Rescue
    from desktop.ui.office.unlock import UnlockPage
    from desktop.ui.office.welcome import WelcomePage
    from desktop.ui.opening import Opening
    from desktop.usecases.backups import BackupLine
    from desktop.usecases.session import Session

_DOORS = ("welcome", "unlock", "opensheet", "adopt", "lock")


class Doors(Closing):
    """The frame with its doors; each of their pages is made when it is first shown."""

    def _begin_doors(self) -> None:
        self.change_wanted.connect(self._change_user)
        self._insists = False
        self._password: list[str] = []
        #: What the pages of the next office are given; they may be made before it is opened.
        self._next: Context | None = None
        #: How far the opening of a file is, until it is open.
        self._opening: Opening | None = None
        self._plain_left: Path | None = None

    # ---- made when they are needed -------------------------------------------------------------

    @cached_property
    def welcome(self) -> "WelcomePage":
        """The first page."""
        from desktop.ui.office.welcome import WelcomePage

        made = WelcomePage(self._clock, self._settings)
        made.open_wanted.connect(self.open_office)
        made.created.connect(self._enter_anew)
        made.sample_wanted.connect(self.open_sample)
        self.stack.addWidget(made)
        return made

    @cached_property
    def unlock(self) -> "UnlockPage":
        """The page that asks for a password."""
        from desktop.ui.office.unlock import UnlockPage

        made = UnlockPage(self._settings)
        made.unlocked.connect(self._unlocked)
        made.left.connect(self._show_closed)
        made.sheet_wanted.connect(self._ask_for_the_sheet)
        self.stack.addWidget(made)
        return made

    @cached_property
    def opensheet(self) -> "OpenSheetPage":
        """The page that asks for the words of the recovery sheet."""
        from desktop.ui.office.opensheet import OpenSheetPage

        made = OpenSheetPage(self._clock)
        made.recovered.connect(self._enter_anew)
        made.left.connect(self._show_closed)
        self.stack.addWidget(made)
        return made

    @cached_property
    def adopt(self) -> "AdoptPage":
        """The page that offers to encrypt a file of the first version."""
        from desktop.ui.office.adopt import AdoptPage

        made = AdoptPage(self._clock)
        made.adopted.connect(self._adopted)
        made.left.connect(self._show_closed)
        self.stack.addWidget(made)
        return made

    @cached_property
    def keeper(self) -> "Keeper":
        """Who keeps the open office safe; its bar stands above the tabs."""
        from desktop.ui.office.keeper import Keeper

        made = Keeper(self._clock, self._leave_office, self)
        made.page_wanted.connect(lambda: self.show_page("backups"))
        self._above.insertWidget(1, made.bar)
        self._heed(made)
        return made

    @cached_property
    def rescue(self) -> "Rescue":
        """Who brings a lost file back from a backup."""
        from desktop.ui.office.rescue import Rescue

        made = Rescue(self._clock, self)
        self._heed(made)
        return made

    def _heed(self, worker: "Keeper | Rescue") -> None:
        worker.restored.connect(self._restored)
        worker.failed.connect(self._not_opened)
        worker.working.connect(self.working.show_progress)
        worker.idle.connect(self.working.show_busy)

    def _stop_doors(self) -> None:
        for name in _DOORS:
            if self._made(name):
                getattr(self, name).stop()

    # ---- outside -------------------------------------------------------------------------------

    def _show_closed(self) -> None:
        """Show the first page, and only what makes sense without an office."""
        super()._show_closed()
        self.stack.setCurrentWidget(self.welcome)
        self.welcome.reload()

    def open_office(self, path: Path, session: "Session | None" = None, tab: str = "today") -> None:
        """Open an office file at a tab; without a session a user is asked for a password first.

        What can not be opened is told on the first page.
        """
        if not self._leave_office(lambda: self.open_office(path, session, tab)):
            return
        if session is not None:
            self._enter(path, lambda: session, tab)
        elif self._is_sample(path):
            self._enter_sample(path, 1)
        else:
            self._ask_at_the_door(path)

    def _ask_at_the_door(self, path: Path) -> None:
        from desktop.ui.office.placewords import place_words
        from desktop.usecases import door

        try:
            found = door.look(path)
        except door.StorageFault as error:
            self._show_closed()
            if error.code == "not_encrypted":
                self._offer_adoption(path)
            else:
                self.welcome.show_error(error)
            return
        self.unlock.ask(found)
        self.unlock.warn(place_words(path))
        self.setWindowTitle(_("阳光台账"))
        self.stack.setCurrentWidget(self.unlock)

    def _offer_adoption(self, path: Path) -> None:
        """A file of the first version can be read by everybody: say so and offer to encrypt it."""
        from desktop.usecases import adopt as adoption
        from desktop.usecases.door import StorageFault

        try:
            self.adopt.ask(adoption.look(path))
        except StorageFault as error:
            self.welcome.show_error(error)
            return
        self.stack.setCurrentWidget(self.adopt)

    def _ask_for_the_sheet(self, path: Path) -> None:
        self.opensheet.ask(path)
        self.stack.setCurrentWidget(self.opensheet)

    def _change_user(self) -> None:
        """Close the office properly and ask who is next (换人登录)."""
        path = self.path
        if path is None or self.context is None:
            return

        def ask() -> None:
            self._ask_at_the_door(path)

        if self.locked():  # what is typed becomes a draft that only who typed it can read
            from desktop.ui import leaving

            leaving.keep(self.context.drafts, lambda: self._leave_drafts(ask), self._stay_locked)
        elif self._leave_office(ask):
            ask()

    # ---- going in ------------------------------------------------------------------------------

    def _adopted(self, path: Path, session: "Session") -> None:
        from desktop.usecases import adopt as adoption

        self._plain_left = adoption.old_path(path)
        self._enter_anew(path, session)

    def _unlocked(self, path: Path, session: "Session", password: str) -> None:
        """Somebody unlocked the file at its door; a new office first wants its recovery sheet."""
        self._insists = True
        self._password = [password]  # held no longer than it is needed
        self._enter(path, lambda: session)

    def _enter_anew(self, path: Path, session: "Session") -> None:
        """A file was made just now, or opened by its recovery sheet."""
        if self._leave_office(lambda: self._enter_anew(path, session)):
            self._insists = True
            self._enter(path, lambda: session)

    def _enter_sample(self, path: Path, clerk: int) -> None:
        from desktop.usecases.session import SAMPLE_PASSWORD, unlock

        self._enter(path, lambda: unlock(path, clerk, SAMPLE_PASSWORD))

    def _take_seat(self, clerk: int) -> None:
        """Let another user of the sample office sit down; nobody has to type a password there."""
        path = self.path
        if path is None:
            return

        def enter() -> None:
            self._enter_sample(path, clerk)

        if self._leave_office(enter):
            enter()

    def _enter(self, path: Path, known: "Callable[[], Session]", tab: str = "today") -> None:
        """Open an office file on a worker of its own, for the user who unlocked it."""
        from desktop.ui.opening import Opening
        from desktop.usecases.office import Office, open_office

        self._stop_preparing()
        context = self._next_context()
        self.path, self.context, self._next = path, context, None
        context.trial = self._is_sample(path)
        tasks = context.tasks
        opening = self._opening = Opening(self)
        opening.told.connect(self._show_opening)

        def opened() -> Office:
            return open_office(path, known(), opening.tell)

        def failed(error: BaseException) -> None:
            if self.context is context:  # else it was left meanwhile, and another may be open
                self._not_opened(error)

        tasks.opened.connect(lambda: self._look_in(tab))
        tasks.failed.connect(failed)
        tasks.begin(opened, Office.close)  # and while the worker is at that
        self._complete()
        self.status.clear()  # what was said of another file, or of an attempt before this one

    def _show_opening(self, text: str, done: int, total: int) -> None:
        """A file of an older shape is brought to the newest: that may take minutes."""
        if self._opening is None:  # it was stopped meanwhile
            return
        self.working.set_stoppable(total > 0)
        self.working.show_progress(text, done, total)
        if self.stack.currentWidget() is self.__dict__.get("unlock"):
            self.unlock.show_opening()

    def _end_opening(self) -> None:
        opening, self._opening = self._opening, None
        if opening is not None:
            opening.stop()
            opening.deleteLater()
            self.working.set_stoppable(True)
            self.working.show_busy(False)

    def _next_context(self) -> "Context":
        """Return what the pages of the next office are given."""
        from desktop.ui.common.tasks import Tasks
        from desktop.ui.context import Context

        if self._next is None:
            self._next = Context(Tasks(), self._clock, self._settings, self)
        return self._next

    def _stop_preparing(self) -> None:
        """An office is being opened: what was prepared for it must do."""

    def _complete(self) -> None:
        """Make what is there only when an office is open, as far as it was not prepared."""

    def _look_in(self, tab: str) -> None:
        """The file is open: ask what is shown of it at once, and turn to a tab."""

    def _not_opened(self, error: BaseException) -> None:
        self._drop_office()
        self._show_closed()
        self.welcome.show_error(error)

    def _drop_office(self) -> None:
        self._end_opening()
        if self._made("keeper"):
            self.keeper.detach()
        super()._drop_office()
        self._password.clear()

    def _let_go(self) -> None:
        if self._made("keeper"):
            self.keeper.before_leaving()
        super()._let_go()

    # ---- the sample office, backups ------------------------------------------------------------

    def open_sample(self) -> None:
        """Open the sample office; it is made first if it is not there yet."""
        if self._sample_path.exists():
            self.open_office(self._sample_path)
            return
        if self._maker is not None or not self._leave_office(self.open_sample):
            return
        from desktop.ui.common.tasks import Tasks
        from desktop.usecases import sample

        path, day = self._sample_path, self._clock().date()
        making = _("正在准备示例单位")
        self._maker = Tasks(lambda: None)
        self._maker.progressed.connect(self.working.show_progress)
        self._maker.run_long(
            lambda _none, progress: sample.make_sample(
                path, day, lambda done, total: progress(making, done, total)
            ),
            self._sample_made,
            self._sample_failed,
        )

    def _sample_made(self, _made: None) -> None:
        self._end_making()
        self.open_office(self._sample_path)

    def _sample_failed(self, error: BaseException) -> None:
        from desktop.ui.common.tasks import Cancelled

        self._end_making()
        if not isinstance(error, Cancelled):
            self.welcome.show_error(error)

    def _end_making(self) -> None:
        self.working.show_busy(False)
        if self._maker is not None:
            self._maker.cancel()
            self._maker.close()
            self._maker = None

    def _cancel(self) -> None:
        if self._opening is not None:
            self._opening.stop()
        if self._made("keeper"):
            self.keeper.cancel()
        super()._cancel()

    def _restore(self, line: "BackupLine", reason: str) -> None:
        if self.path is not None:
            self.keeper.restore(line, self.path, reason)

    def _rescue(self) -> None:
        if self._leave_office(self.rescue.start):
            self.rescue.start()

    def _restored(self, path: Path, session: "Session") -> None:
        from desktop.ui.office.backups import restored_words

        self.working.show_busy(False)
        self.open_office(path, session)
        self.status.tell(restored_words(path))

    def _new_office(self) -> None:
        if self._leave_office(self.welcome.start_new):
            self.welcome.start_new()
