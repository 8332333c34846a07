"""An office file was opened: what is shown of it first, and what is asked once that is painted."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property, partial
from time import monotonic
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from desktop import BUILT
from desktop.text import _
from desktop.ui.ahead import Ahead
from desktop.ui.common.bars import Tone
from desktop.ui.doors import Doors
from desktop.ui.frame import day_words
from desktop.ui.office.recent import remember
from desktop.ui.registry import reads
from frozen import dataclass

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from desktop.ui.common.empty import EmptyState
    from desktop.ui.common.tasks import Progress
    from desktop.ui.context import Context
    from desktop.ui.office.backups import BackupsPage
    from desktop.ui.office.inspector import Seen
    from desktop.ui.office.logfindings import FindingsPage
    from desktop.ui.office.recoverysheet import RecoverySheetPage
    from desktop.ui.office.userbutton import UserButton
    from desktop.usecases.office import Office
    from desktop.usecases.overview import Overview
    from desktop.usecases.people import Directory
    from desktop.usecases.session import Session, User

#: Seconds for which it is not said that something is made anew: of a small file it is done by then.
_UNTOLD: Final = 0.3


@dataclass(frozen=True, slots=True)
class _FirstLook:
    """What the window must know of an office file to show anything of it."""

    session: "Session"
    name: str
    directory: "Directory"
    idle: int


def _look(office: "Office", progress: "Progress", today: date, making: str) -> _FirstLook:
    """Look at an office; what is derived in an older or restored file is first made anew."""
    from desktop.usecases import derived
    from desktop.usecases.people import directory

    begun = monotonic()

    def tell(share: float) -> None:
        if monotonic() - begun >= _UNTOLD:
            progress(making, int(100 * share), 100)

    derived.complete(office, today, tell)
    return _FirstLook(office.session, office.profile().name, directory(office), office.idle)


def _settle(office: "Office", watching: bool, password: str) -> bool:
    """Begin to keep an office safe, settle its key file; return whether it lacks a recovery sheet."""
    from desktop.usecases import keeping
    from desktop.usecases import users as settling
    from desktop.usecases.office import sheet_missing

    if watching:  # of the sample office nothing needs to be kept
        keeping.begin(office, BUILT)
    if password:
        settling.settle(office, password)
    return sheet_missing(office)


class Opened(Doors):
    """The frame with an office in it."""

    _close_file: "QAction | None" = None
    _register_menu: QMenu
    _letter_menu: QMenu
    _filing_action: "QAction"
    _office_menu: QMenu
    #: Entries that only some users may choose, with the action that they lead to.
    _keepers: "list[tuple[QAction, str]]"

    def _begin_opened(self) -> None:
        self._shown_day = self._clock().date()
        self._seen: Seen | None = None
        #: What is made anew before anything can be shown of an older file.
        self._making: Progress | None = None
        self._told_faults = False
        self._ahead = Ahead(self)
        minute = QTimer(self)
        minute.setInterval(60_000)
        minute.timeout.connect(self._watch_day)
        minute.start()

    # ---- the first look ------------------------------------------------------------------------

    def _stop_preparing(self) -> None:
        self._ahead.stop()

    def _look_in(self, tab: str) -> None:
        self._end_opening()
        context = self._context()
        context.tasks.busy.connect(self.working.show_busy)
        context.tasks.progressed.connect(self.working.show_progress)
        context.tasks.progressed.connect(self._tell_making)
        job = partial(_look, today=context.today(), making=_("正在为检索整理旧数据…"))
        then, failed = partial(self._first_look, context, tab), partial(self._no_look, context)
        self._making = context.tasks.run_long(job, then, failed)

    def _tell_making(self, text: str, done: int, total: int) -> None:
        """Say in the place of the lists why none of them is there yet."""
        if self._making is None or self._making.stopped:
            return
        more = _(
            "这份数据文件是旧版本写的，或者刚从备份恢复：只整理这一次。\n停止的话，文件保持原样，下次打开时再整理。"
        )
        self.making.set("search", f"{text} {done * 100 // max(total, 1)} %\n\n{more}")
        self.stack.setCurrentWidget(self.making)

    @cached_property
    def making(self) -> "EmptyState":
        """What is seen while that of an older file is made anew of which lists are read."""
        from desktop.ui.common.empty import EmptyState

        made = EmptyState("search", "")
        made.setObjectName("making")
        self.stack.addWidget(made)
        return made

    def _no_look(self, context: "Context", error: BaseException) -> None:
        """Nothing can be shown of the office: leave it as it is, and say why."""
        from desktop.ui.common.tasks import Cancelled
        from desktop.usecases.records import StorageFault

        if self.context is not context:  # it was left meanwhile
            return
        if isinstance(error, StorageFault):
            self._not_opened(error)
            return
        self._let_go()
        if not isinstance(error, Cancelled):
            raise error
        self.status.tell(_("已停止整理，数据文件没有改动；下次打开时再整理。"))

    def _first_look(self, context: "Context", tab: str, found: _FirstLook) -> None:
        """Show one tab of the office, and nothing else before it is painted."""
        if self.context is not context:  # it was left meanwhile
            return
        self.session, self._making = found.session, None
        self.setUpdatesEnabled(False)  # painted once, with the first records in it
        context.tasks.unpainted()
        context.directory = found.directory
        context.sit(self.session)
        context.drafts.after_crash, self.crashed = self.crashed, False
        blocked = self.tabs.blockSignals(True)
        if not self._tabs:
            self._open_shelves(context)
        self.tabs.blockSignals(blocked)
        reads(self._tabs[tab]).reload()  # the worker is at that while the rest is put up
        self._connect(context)
        self.setWindowTitle(_("阳光台账 — {office}").format(office=found.name))
        self._name_user(context)
        assert self._close_file is not None
        self._close_file.setEnabled(True)
        self._enable_menus(True)
        for action, needed in self._keepers:
            context.allow(action, needed)
        self.show_tab(tab)
        self._ready = True
        self.tabs.tabBar().setFocus()  # keys must go somewhere, and not to the user's button
        # When this comes back the tab has what it asked for.
        context.ask(lambda _office: found.idle, partial(self._go_on, context))

    def _connect(self, context: "Context") -> None:
        context.page_wanted.connect(self._open_place)
        context.back_wanted.connect(self._take_import_back)
        context.why_wanted.connect(self._ask_why)
        context.drafts.listed.connect(lambda: self.show_page("drafts"))
        context.drafts.wanted.connect(self._resume)
        context.said.connect(self._say)
        context.wanted.connect(self.open_record)
        context.case_wanted.connect(self._open_case)
        context.directory_changed.connect(self._look_again)
        context.tasks.changed.connect(self._changed)

    def _name_user(self, context: "Context") -> None:
        """Show who sits at the desk."""
        from desktop.usecases.session import users

        button = self._user or self._put_user_button(context)
        known: Sequence[User] = ()
        if self.path is not None and self._is_sample(self.path):
            known = users(self.path)
        button.reload(known)

    def _put_user_button(self, context: "Context") -> "UserButton":
        """Make the button of the user at the desk, beside the tabs."""
        from desktop.ui.office.userbutton import UserButton

        made = UserButton(context)
        made.lock_wanted.connect(self.lock_up)
        made.change_wanted.connect(self.change_wanted)
        made.password_wanted.connect(lambda: self.show_page("password"))
        made.users_wanted.connect(lambda: self.show_page("users"))
        made.taken.connect(self._take_seat)
        self.tabs.setCornerWidget(made)
        self._user = made
        return made

    # ---- afterwards ----------------------------------------------------------------------------

    def _go_on(self, context: "Context", idle: int) -> None:
        self.setUpdatesEnabled(True)
        self._soon(context.tasks.painted)  # what is painted now comes before

        def begin() -> None:
            if self.context is context and self.path is not None:
                self._begin_keeping(context, idle)

        context.tasks.later(begin)

    def _begin_keeping(self, context: "Context", idle: int) -> None:
        """Ask what can wait until the first tab is painted; all of it before anything is done."""
        path = self.path
        assert path is not None
        self._seen, self._told_faults = None, False
        remember(self._settings, path)
        watching = not self._is_sample(path)
        password = self._password.pop() if self._password else ""
        job = partial(_settle, watching=watching, password=password)
        context.tasks.run(job, self._want_sheet, self._not_opened)
        self._tell_plain()
        if watching:
            self.watch.start(idle)
        self._look_again()

    def _settle(self, context: "Context") -> None:
        """Everything was asked that is shown: now what takes long, and gives way to the clerk."""
        self._settled = True
        assert self.path is not None
        self.keeper.attach(context, watching=not self._is_sample(self.path))
        self._inspect()
        self._ahead.begin(context, self._tabs)

    def _drop_office(self) -> None:
        self._ahead.stop()
        if self._making is not None:
            self._making.stop()
            self._making = None
        self.setUpdatesEnabled(True)
        super()._drop_office()

    @cached_property
    def checking(self) -> QLabel:
        """Says in the status line what is being compared, if that takes long."""
        from desktop.ui.common.labels import label

        made = label("", "quiet")
        made.setObjectName("checking")
        self.statusBar().insertPermanentWidget(1, made)
        return made

    def _inspect(self) -> None:
        """Compare the file with its log, beside the work."""
        inspector = self._context().inspector
        inspector.inspected.connect(self._inspected)
        inspector.failed.connect(self._not_inspected)
        inspector.telling.connect(self._tell_checking)
        inspector.begin()

    def _tell_checking(self, words: str) -> None:
        if words or "checking" in self.__dict__:
            self.checking.setText(f"{words}…" if words else "")
            self.checking.setVisible(bool(words))

    def _not_inspected(self, error: BaseException) -> None:
        from desktop.ui.common.tasks import Cancelled

        if not isinstance(error, Cancelled):
            raise error

    def _inspected(self, seen: "Seen") -> None:
        """The file was compared with its log: say what was touched from outside."""
        self._seen = seen
        self._tell_findings(seen)

    def _tell_findings(self, seen: "Seen") -> None:
        inspection, _may = seen
        if inspection.findings:
            from desktop.ui.office.logfindings import bar_words

            said = bar_words(inspection.findings, inspection.more)
            self.bar.tell(Tone.ERROR, said, ("findings", _("检查结果")), closable=False)
        elif self.bar.shows("findings"):
            self.bar.clear()

    def _tell_plain(self) -> None:
        """Say that a file readable by everybody is still there, after it was taken over."""
        path, self._plain_left = self._plain_left, None
        if path is not None:
            said = _("已加密。原来没有加密的文件还在：{path}。核对以后请彻底销毁。")
            self.bar.tell(Tone.WARN, said.format(path=path))

    def _want_sheet(self, missing: bool) -> None:
        """Let nobody work in an office whose recovery sheet was not made, if he can make it."""
        insists, self._insists = self._insists, False
        session = self.session
        if insists and missing and session is not None and session.may("recovery.sheet"):
            cast("RecoverySheetPage", self._pages["recovery"]).require(required=True)
            self._enable_menus(False)
            self.show_page("recovery")

    def _shut(self) -> None:
        if not self._ready:
            self.stack.setCurrentWidget(self.welcome)
            return
        self._enable_menus(True)
        super()._shut()

    def _enable_menus(self, enabled: bool) -> None:
        self._register_menu.setEnabled(enabled)
        self._letter_menu.setEnabled(enabled)
        self._office_menu.setEnabled(enabled)

    def _put_page(self, key: str, made: QWidget) -> None:
        super()._put_page(key, made)
        if key == "findings" and self._seen is not None:
            cast("FindingsPage", made).show_findings(self._seen)
        elif key == "backups":
            backups = cast("BackupsPage", made)
            backups.make_wanted.connect(self.keeper.back_up_now)
            backups.second_wanted.connect(self.keeper.to_second)
            backups.drill_wanted.connect(self.keeper.drill)
            backups.restore_wanted.connect(self._restore)
            self.keeper.changed.connect(backups.reload)

    # ---- looking again -------------------------------------------------------------------------

    def _changed(self) -> None:
        self._renew_shown()
        self._look_again()

    def _look_again(self) -> None:
        from desktop.usecases.overview import overview

        context = self._context()

        def look(office: "Office") -> "Overview":
            return overview(office, context.today())

        context.ask(look, self._show_overview)

    def _show_overview(self, seen: "Overview") -> None:
        from desktop.ui.common import spelling as names
        from desktop.ui.common import wording
        from desktop.usecases import spelling

        context = self._context()
        context.directory = seen.directory
        # How names are spelled is learnt once there is time.
        context.ask(lambda _office: spelling.spell(seen.directory), names.learn)
        if self.session is not None:
            context.sit(self.session)
        self.setWindowTitle(_("阳光台账 — {office}").format(office=seen.name))
        self._day.setText(day_words(seen.day))
        named = _("{place} 第 {version} 版")
        books = [named.format(place=place, version=version) for place, version in seen.places]
        book = _("规则：{places}").format(places="、".join(books))
        self._book.setText(book)
        self._filing_action.setVisible(seen.filing)
        number = f" {seen.pressing}" if seen.pressing else ""
        self.tabs.setTabText(0, _("今日") + number)
        if seen.faults and not self._told_faults:
            self._told_faults = True
            self.bar.tell(Tone.WARN, " ".join(wording.error_words(f) or "" for f in seen.faults))
        if not self._settled:
            self._settle(context)
        if seen.indexing:
            context.indexer.begin()

    def _watch_day(self) -> None:
        """After midnight every clock stands differently: look again."""
        day: date = self._clock().date()
        if day != self._shown_day:
            self._shown_day = day
            if self._ready:
                self._changed()
