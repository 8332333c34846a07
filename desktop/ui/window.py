"""The main window: the tabs of the office, its menus, its status line; tabs talk only through it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import text
from desktop.rules.workdays import Day, DayKind
from desktop.text import N_, _, format_date
from desktop.ui import leaving
from desktop.ui.assessments.tab import AssessmentsTab
from desktop.ui.casefiles.tab import CaseFilesTab
from desktop.ui.common import icons, theme, wording
from desktop.ui.common import spelling as names
from desktop.ui.common.bars import MessageBar, StatusLine, Tone, WorkingBar
from desktop.ui.common.keys import KeyGroup, show_keys
from desktop.ui.common.palette import Scheme
from desktop.ui.common.tasks import Cancelled, Tasks
from desktop.ui.complaints.tab import ComplaintsTab
from desktop.ui.context import Context
from desktop.ui.letters.book import LetterBookPage
from desktop.ui.letters.codepage import CodePage
from desktop.ui.letters.testpage import TestPage
from desktop.ui.menus import add, add_choices
from desktop.ui.office.about import AboutPage
from desktop.ui.office.adopt import AdoptPage
from desktop.ui.office.backups import BackupsPage, restored_words
from desktop.ui.office.calendar import CalendarPage
from desktop.ui.office.drafts import DraftsPage
from desktop.ui.office.handbook import HandbookPage
from desktop.ui.office.keeper import Keeper
from desktop.ui.office.lock import IdleWatch, LockPage, close_dialogs
from desktop.ui.office.log import LogViewPage
from desktop.ui.office.loganchor import AnchorPage
from desktop.ui.office.logfindings import FindingsPage, Seen, bar_words, inspect
from desktop.ui.office.logmonth import MonthPage
from desktop.ui.office.opensheet import OpenSheetPage
from desktop.ui.office.ownpassword import OwnPasswordPage
from desktop.ui.office.people import PeoplePage
from desktop.ui.office.placewords import place_words
from desktop.ui.office.recent import remember
from desktop.ui.office.recoverysheet import RecoverySheetPage
from desktop.ui.office.rescue import Rescue
from desktop.ui.office.rules_page import RulesPage
from desktop.ui.office.settings import SettingsPage
from desktop.ui.office.unlock import UnlockPage
from desktop.ui.office.userbutton import UserButton
from desktop.ui.office.users import UsersPage
from desktop.ui.office.welcome import WelcomePage
from desktop.ui.registers.filings import FilingsPage
from desktop.ui.registers.handovers import HandoversPage
from desktop.ui.templates.page import TemplatesPage
from desktop.ui.today.tab import TodayTab
from desktop.usecases import adopt as adoption
from desktop.usecases import door, recovery, sample, spelling, users
from desktop.usecases import office as offices
from desktop.usecases.backups import BackupLine
from desktop.usecases.drafts import Draft
from desktop.usecases.office import Done, Office
from desktop.usecases.overview import Overview, overview
from desktop.usecases.records import StorageFault
from desktop.usecases.session import Session, User, unlock
from desktop.usecases.session import users as unlockers

SIZES = (100, 125, 150, 175)

WEEKDAYS = (
    N_("星期一"),
    N_("星期二"),
    N_("星期三"),
    N_("星期四"),
    N_("星期五"),
    N_("星期六"),
    N_("星期日"),
)

OfficeTab = TodayTab | ComplaintsTab | CaseFilesTab | AssessmentsTab
LetterPage = LetterBookPage | TemplatesPage | TestPage | CodePage
OwnPage = UsersPage | RecoverySheetPage | OwnPasswordPage | DraftsPage | BackupsPage
LogPage = LogViewPage | MonthPage | AnchorPage | FindingsPage
HelpPage = AboutPage | HandbookPage
ApartPage = HandoversPage | FilingsPage
OfficePage = (
    SettingsPage
    | PeoplePage
    | CalendarPage
    | RulesPage
    | OwnPage
    | LetterPage
    | LogPage
    | HelpPage
    | ApartPage
)

TAB_ICONS = ("home", "document_text", "scales", "chart")

#: Which tab opens a record of a kind.
TAB_OF = {"complaint": "complaints", "case_file": "casefiles", "round": "assessments"}
#: Which page opens a record that stands in a register of its own.
PAGE_OF = {"handover": "handovers", "filing": "filings"}


@dataclass(frozen=True, slots=True)
class _FirstLook:
    """What the window asks of an office file as soon as it is open."""

    session: Session
    seen: Overview
    sheet_missing: bool
    idle: int


def _look(office: Office, day: date) -> _FirstLook:
    missing = recovery.sheet_missing(office)
    return _FirstLook(office.session, overview(office, day), missing, office.idle)


class MainWindow(QMainWindow):
    """The window of the program; shows the first page until an office file is open."""

    #: The language was changed: build the window anew on the same office file.
    rebuild_wanted = Signal()

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
        self._tabs: dict[str, OfficeTab] = {}
        self._pages: dict[str, OfficePage] = {}
        #: Whether the run of the program before this one ended badly.
        self.crashed = False
        self.session: Session | None = None
        self._user: UserButton | None = None
        self._keys: list[QShortcut] = []
        self._keepers: list[tuple[QAction, str]] = []
        self._insists = False
        self._plain_left: Path | None = None
        self._undo_event = 0
        #: What was on the screen when the handbook was opened.
        self._behind: QWidget | None = None
        self._ready = False
        self._maker: Tasks[None] | None = None
        self._shown_day = clock().date()

        self._build_pages()
        self._build_status()
        self._build_menus()
        self._build_shortcuts()
        theme.on_change(self._dress_tabs)
        self._show_closed()
        self.resize(theme.px(1280), theme.px(800))
        geometry = settings.value("window/geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)

    # ---- the frame -----------------------------------------------------------------------------

    def _build_pages(self) -> None:
        self._build_doors()
        self._build_office()
        self.stack = QStackedWidget()
        for page in (self.welcome, self.unlock, self.opensheet, self.adopt, self._office):
            self.stack.addWidget(page)
        self.lock = LockPage()
        self.lock.unlocked.connect(self._unlock)
        self.lock.change_wanted.connect(self._change_user)
        self.watch = IdleWatch(self._clock, self)
        self.watch.idle.connect(self.lock_up)
        self.whole = QStackedWidget()  # the lock covers whatever is on the stack
        self.whole.addWidget(self.stack)
        self.whole.addWidget(self.lock)
        self.setCentralWidget(self.whole)

    def _build_doors(self) -> None:
        """The pages before an office file is open."""
        self.welcome = WelcomePage(self._clock, self._settings)
        self.welcome.open_wanted.connect(self.open_office)
        self.welcome.created.connect(self._enter_anew)
        self.welcome.sample_wanted.connect(self.open_sample)
        self.unlock = UnlockPage(self._settings)
        self.unlock.unlocked.connect(self._unlocked)
        self.unlock.left.connect(self._show_closed)
        self.unlock.sheet_wanted.connect(self._ask_for_the_sheet)
        self.opensheet = OpenSheetPage(self._clock)
        self.opensheet.recovered.connect(self._enter_anew)
        self.opensheet.left.connect(self._show_closed)
        self.adopt = AdoptPage(self._clock)
        self.adopt.adopted.connect(self._adopted)
        self.adopt.left.connect(self._show_closed)

    def _build_office(self) -> None:
        """The tabs, with the bars above them."""
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setObjectName("tabs")
        self.tabs.currentChanged.connect(self._tab_shown)
        self.bar = MessageBar()
        self._office = QWidget()
        column = QVBoxLayout(self._office)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.keeper = Keeper(self._clock, self._leave_office, self)
        self.keeper.page_wanted.connect(lambda: self.show_page("backups"))
        self.keeper.restored.connect(self._restored)
        self.rescue = Rescue(self._clock, self)
        self.rescue.restored.connect(self._restored)
        self.rescue.failed.connect(self._not_opened)
        self.keeper.failed.connect(self._not_opened)
        column.addWidget(self.bar)
        column.addWidget(self.keeper.bar)
        column.addWidget(self.tabs)
        self.bar.clicked.connect(self.show_page)

    def _build_status(self) -> None:
        self.status = StatusLine()
        self.status.undo.connect(self._undo)
        self.working = WorkingBar()
        self.working.cancelled.connect(self._cancel)
        for worker in (self.keeper, self.rescue):
            worker.working.connect(self.working.show_progress)
            worker.idle.connect(self.working.show_busy)
        self._day, self._book = QLabel(), QLabel()
        for side in (self._day, self._book):
            side.setProperty("role", "quiet")
            side.setContentsMargins(theme.SMALL, 0, theme.SMALL, 0)
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self.status, 1)
        bar.addPermanentWidget(self.working)
        bar.addPermanentWidget(self._day)
        bar.addPermanentWidget(self._book)
        minute = QTimer(self)
        minute.setInterval(60_000)
        minute.timeout.connect(self._watch_day)
        minute.start()

    def _build_menus(self) -> None:
        bar = self.menuBar()
        file = bar.addMenu(_("文件(&F)"))
        add(file, _("打开数据文件(&O)…"), self._choose_file, icon="open", keys="Ctrl+O")
        add(file, _("新建本单位(&N)…"), self._new_office, icon="add")
        add(file, _("示例单位(&S)"), self.open_sample, icon="building")
        add(file, _("从备份恢复(&V)…"), self._rescue, icon="history")
        file.addSeparator()
        self._close_file = add(file, _("关闭数据文件(&C)"), self._close_office, icon="dismiss")
        add(file, _("退出(&X)"), self.close, keys="Ctrl+Q")

        self._register_menu = bar.addMenu(_("登记(&R)"))
        add(self._register_menu, _("新登记(&N)…"), self._register_complaint, icon="add")
        add(
            self._register_menu,
            _("只登交接，不录内容(&H)…"),
            lambda: self.show_page("handovers"),
            icon="lock",
        )
        self._filing_action = add(
            self._register_menu,
            _("查处结果备案(&F)…"),
            lambda: self.show_page("filings"),
            icon="inbox",
        )

        self._letter_menu = bar.addMenu(_("文书(&W)"))
        for key, title, icon, keys in (
            ("letters", _("发文登记簿(&B)…"), "list", "Ctrl+B"),
            ("templates", _("文书模板(&T)…"), "edit", ""),
            ("codes", _("查验二维码(&Q)…"), "search", ""),
            ("testpage", _("打印测试页(&P)…"), "print", ""),
        ):
            add(
                self._letter_menu,
                title,
                lambda key=key: self.show_page(key),  # type: ignore[misc]
                icon=icon,
                keys=keys,
            )

        self._office_menu = bar.addMenu(_("本单位(&B)"))
        self._office_menu.setToolTipsVisible(True)
        for key, title, icon in (
            ("settings", _("本单位设置(&S)"), "settings"),
            ("people", _("单位和人员(&P)"), "people"),
            ("calendar", _("工作日历(&C)"), "calendar"),
            ("rules", _("规则(&R)"), "scales"),
            ("log", _("操作记录(&L)"), "history"),
            ("month", _("月度核对单(&J)…"), "checklist"),
            ("anchor", _("核对链首(&A)…"), "link"),
            ("backups", _("备份与恢复(&K)"), "archive"),
        ):
            add(self._office_menu, title, lambda key=key: self.show_page(key), icon=icon)  # type: ignore[misc]
        self._office_menu.addSeparator()
        for key, title, icon, needed in (
            ("users", _("用户和权限(&U)"), "shield_lock", "user.change"),
            ("recovery", _("恢复单(&H)…"), "document_text", "recovery.sheet"),
        ):
            show = lambda key=key: self.show_page(key)  # noqa: E731
            self._keepers.append((add(self._office_menu, title, show, icon=icon), needed))
        add(
            self._office_menu,
            _("修改密码(&M)…"),
            lambda: self.show_page("password"),
            icon="edit",
        )

        view = bar.addMenu(_("外观(&V)"))
        sizes = [(f"{size} %", size) for size in SIZES]
        add_choices(view.addMenu(_("字号(&Z)")), sizes, round(theme.factor() * 100), self._set_size)
        schemes = [
            (_("跟随系统"), Scheme.SYSTEM),
            (_("浅色"), Scheme.LIGHT),
            (_("深色"), Scheme.DARK),
        ]
        add_choices(view.addMenu(_("颜色(&L)")), schemes, self._scheme(), self._set_scheme)
        languages = [("简体中文", "zh_CN"), ("English", "en")]
        add_choices(
            view.addMenu(_("语言 Language(&G)")),
            languages,
            text.language(),
            self._set_language,
        )
        help_menu = bar.addMenu(_("帮助(&H)"))
        add(
            help_menu,
            _("使用手册(&M)"),
            self.show_handbook,
            icon="question",
            keys="Shift+F1",
        )
        add(help_menu, _("快捷键(&K)"), self._show_keys, icon="keyboard", keys="F1")
        add(help_menu, _("关于(&A)"), lambda: self.show_page("about"), icon="info")

    def _enable_menus(self, *, on: bool) -> None:
        """Let the menus be used that need an open office."""
        for menu in (self._register_menu, self._letter_menu, self._office_menu):
            menu.setEnabled(on)

    def _dress_tabs(self) -> None:
        """Give the tabs their icons in the colours in force."""
        for at in range(self.tabs.count()):
            self.tabs.setTabIcon(at, icons.icon(TAB_ICONS[at]))

    def _build_shortcuts(self) -> None:
        for n in range(4):
            keys = QShortcut(QKeySequence(f"Ctrl+{n + 1}"), self)
            keys.activated.connect(lambda n=n: self._turn_to(n))
            self._keys.append(keys)
        for typed, slot in (
            ("Ctrl+N", self._start_new),
            ("Ctrl+Z", self._undo_by_key),
            ("Ctrl+L", self.lock_up),
        ):
            keys = QShortcut(QKeySequence(typed), self)
            keys.activated.connect(slot)
            self._keys.append(keys)

    def _show_closed(self) -> None:
        """Show the first page, and only what makes sense without an office."""
        self.setWindowTitle(_("阳光台账"))
        self._day.clear()
        self._book.clear()
        self.status.clear()
        self._close_file.setEnabled(False)
        self._enable_menus(on=False)
        self.stack.setCurrentWidget(self.welcome)
        self.welcome.reload()

    # ---- opening and closing -------------------------------------------------------------------

    def open_office(self, path: Path, session: Session | None = None) -> None:
        """Open an office file; without a session its users are asked for a password first.

        What can not be opened is told on the first page.
        """
        if not self._leave_office(lambda: self.open_office(path, session)):
            return
        if session is not None:
            self._enter(path, lambda: session)
        elif self._is_sample(path):
            self._enter_sample(path, 1)
        else:
            self._ask_at_the_door(path)

    def _is_sample(self, path: Path) -> bool:
        return path == self._sample_path

    def _ask_at_the_door(self, path: Path) -> None:
        try:
            found = door.look(path)
        except StorageFault as error:
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
        try:
            self.adopt.ask(adoption.look(path))
        except StorageFault as error:
            self.welcome.show_error(error)
            return
        self.stack.setCurrentWidget(self.adopt)

    def _adopted(self, path: Path, session: Session) -> None:
        self._plain_left = adoption.old_path(path)
        self._enter_anew(path, session)

    def _unlocked(self, path: Path, session: Session, password: str) -> None:
        """Somebody unlocked the file at its door; a new office first wants its recovery sheet."""
        typed = [password]  # held no longer than it is needed

        def settled(office: Office) -> None:
            users.settle(office, typed.pop())

        self._insists = True
        self._enter(path, lambda: session, settled)

    def _enter_anew(self, path: Path, session: Session) -> None:
        """A file was made just now, or opened by its recovery sheet."""
        if self._leave_office(lambda: self._enter_anew(path, session)):
            self._insists = True
            self._enter(path, lambda: session)

    def _enter_sample(self, path: Path, clerk: int) -> None:
        self._enter(path, lambda: unlock(path, clerk, sample.SAMPLE_PASSWORD))

    def _ask_for_the_sheet(self, path: Path) -> None:
        self.opensheet.ask(path)
        self.stack.setCurrentWidget(self.opensheet)

    def _enter(
        self,
        path: Path,
        known: Callable[[], Session],
        begin: Callable[[Office], None] = lambda _office: None,
    ) -> None:
        """Open an office file on a worker of its own, for the user who unlocked it."""
        open_it = self.keeper.opener(path, known, watching=not self._is_sample(path))

        def opened() -> Office:
            office = open_it()
            begin(office)
            return office

        tasks: Tasks[Office] = Tasks(opened, Office.close)
        self.path = path
        self.context = Context(tasks, self._clock, self._settings, self)
        self.context.trial = self._is_sample(path)
        self.context.page_wanted.connect(self._open_place)
        tasks.opened.connect(self._opened)
        tasks.failed.connect(self._not_opened)

    def open_sample(self) -> None:
        """Open the sample office; it is made first if it is not there yet."""
        if self._sample_path.exists():
            self.open_office(self._sample_path)
            return
        if self._maker is not None or not self._leave_office(self.open_sample):
            return
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
        self._end_making()
        if not isinstance(error, Cancelled):
            self.welcome.show_error(error)

    def _end_making(self) -> None:
        self.working.show_busy(False)
        if self._maker is not None:
            self._maker.close()
            self._maker = None

    def _cancel(self) -> None:
        self.keeper.cancel()
        for tasks in (self._maker, self.context.tasks if self.context else None):
            if tasks is not None:
                tasks.cancel()

    def _opened(self) -> None:
        context = self._context()
        context.tasks.busy.connect(self.working.show_busy)
        context.tasks.progressed.connect(self.working.show_progress)
        context.ask(lambda office: _look(office, context.today()), self._first_look)

    def _know(self, seen: Overview) -> None:
        """Keep the directory, and learn how its names are spelled once there is time."""
        context = self._context()
        context.directory = seen.directory
        context.ask(lambda _office: spelling.spell(seen.directory), names.learn)

    def _first_look(self, found: _FirstLook) -> None:
        context = self._context()
        self.session, seen = found.session, found.seen
        self._know(seen)
        context.sit(self.session)
        self._user = self._user_button(context)
        self.tabs.setCornerWidget(self._user)
        self._tabs = {
            "today": TodayTab(context),
            "complaints": ComplaintsTab(context),
            "casefiles": CaseFilesTab(context),
            "assessments": AssessmentsTab(context),
        }
        titles = (_("今日"), _("投诉登记"), _("责任追究案卷"), _("考核评分"))
        for tab, title in zip(self._tabs.values(), titles, strict=True):
            self.tabs.addTab(tab, title)
        self._dress_tabs()
        self._pages = {
            "settings": SettingsPage(context),
            "people": PeoplePage(context),
            "calendar": CalendarPage(context),
            "rules": RulesPage(context),
            "users": UsersPage(context),
            "recovery": RecoverySheetPage(context),
            "password": OwnPasswordPage(context),
            "drafts": DraftsPage(context),
            "backups": self._backups_page(context),
            **self._letter_pages(context),
            **self._log_pages(context),
            "handovers": HandoversPage(context),
            "filings": FilingsPage(context),
        }
        for page in self._pages.values():
            page.closed.connect(self._page_closed)
            self.stack.addWidget(page)
        context.drafts.after_crash, self.crashed = self.crashed, False
        context.drafts.listed.connect(lambda: self.show_page("drafts"))
        context.drafts.wanted.connect(self._resume)
        context.said.connect(self._say)
        context.wanted.connect(self.open_record)
        context.case_wanted.connect(self._open_case)
        context.directory_changed.connect(self._look_again)
        context.tasks.changed.connect(self._changed)
        if self.path is not None:
            remember(self._settings, self.path)
        self._close_file.setEnabled(True)
        self._enable_menus(on=True)
        self._ready = True
        self.keeper.attach(context)
        self._show_overview(seen)
        if seen.faults:
            self.bar.tell(Tone.WARN, " ".join(wording.error_words(f) or "" for f in seen.faults))
        self.stack.setCurrentWidget(self._office)
        self.tabs.setCurrentIndex(0)
        self._tab_shown(0)
        for action, needed in self._keepers:
            context.allow(action, needed)
        self._tell_plain()
        self._want_sheet(missing=found.sheet_missing)
        if self.path is not None and not self._is_sample(self.path):
            self.watch.start(found.idle)
        context.tasks.run_long(inspect, self._inspected)

    def _log_pages(self, context: Context) -> dict[str, LogPage]:
        findings = FindingsPage(context)
        findings.inspected.connect(self._tell_findings)
        return {
            "log": LogViewPage(context),
            "month": MonthPage(context),
            "anchor": AnchorPage(context),
            "findings": findings,
        }

    def _inspected(self, seen: Seen) -> None:
        """The file was compared with its log: say what was touched from outside."""
        findings = self._pages["findings"]
        if isinstance(findings, FindingsPage):
            findings.show_findings(seen)
        self._tell_findings(seen)

    def _tell_findings(self, seen: Seen) -> None:
        inspection, _may = seen
        if inspection.findings:
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

    def _want_sheet(self, *, missing: bool) -> None:
        """Let nobody work in an office whose recovery sheet was not made, if he can make it."""
        insists, self._insists = self._insists, False
        session = self.session
        if insists and missing and session is not None and session.may("recovery.sheet"):
            page = self._pages["recovery"]
            assert isinstance(page, RecoverySheetPage)
            page.require(required=True)
            self._enable_menus(on=False)
            self.show_page("recovery")

    def _user_button(self, context: Context) -> UserButton:
        made = UserButton(context)
        made.lock_wanted.connect(self.lock_up)
        made.change_wanted.connect(self._change_user)
        made.password_wanted.connect(lambda: self.show_page("password"))
        made.users_wanted.connect(lambda: self.show_page("users"))
        made.taken.connect(self._take_seat)
        known: Sequence[User] = ()
        if self.path is not None and self._is_sample(self.path):
            known = unlockers(self.path)
        made.reload(known)
        return made

    def _change_user(self) -> None:
        """Close the office properly and ask who is next (换人登录)."""
        path = self.path
        if path is None or self.context is None:
            return

        def ask() -> None:
            self._ask_at_the_door(path)

        if self.locked():  # what is typed becomes a draft that only who typed it can read
            leaving.keep(self.context.drafts, lambda: self._leave_drafts(ask), self._stay_locked)
        elif self._leave_office(ask):
            ask()

    def _stay_locked(self) -> None:
        self.lock.say(_("草稿存不进去，要原来的人登录后保存或者放弃，才能换人。"))

    # ---- the lock ------------------------------------------------------------------------------

    def locked(self) -> bool:
        """Say whether the lock covers the window."""
        return self.whole.currentWidget() is self.lock

    def lock_up(self) -> None:
        """Cover everything until the user at the desk has typed his password (锁定)."""
        if self.context is None or self.session is None or self.path is None or self.locked():
            return
        if self._is_sample(self.path) or not self._ready:
            return
        close_dialogs(self)
        leaving.secure(self.context.drafts)
        self.lock.ask(self.path, self.session, unsaved=self._unsaved() is not None)
        self.whole.setCurrentWidget(self.lock)
        self._cover(covered=True)

    def _unlock(self) -> None:
        self.whole.setCurrentWidget(self.stack)
        self._cover(covered=False)
        self.watch.touch()

    def _cover(self, *, covered: bool) -> None:
        self.menuBar().setVisible(not covered)
        self.statusBar().setVisible(not covered)
        for keys in self._keys:
            keys.setEnabled(not covered)

    def _take_seat(self, clerk: int) -> None:
        """Let another user of the sample office sit down; nobody has to type a password there."""
        path = self.path
        if path is None:
            return

        def enter() -> None:
            self._enter_sample(path, clerk)

        if self._leave_office(enter):
            enter()

    def _backups_page(self, context: Context) -> BackupsPage:
        page = BackupsPage(context)
        page.make_wanted.connect(self.keeper.back_up_now)
        page.second_wanted.connect(self.keeper.to_second)
        page.drill_wanted.connect(self.keeper.drill)
        page.restore_wanted.connect(self._restore)
        self.keeper.changed.connect(page.reload)
        return page

    def _restore(self, line: BackupLine, reason: str) -> None:
        if self.path is not None:
            self.keeper.restore(line, self.path, reason)

    def _rescue(self) -> None:
        if self._leave_office(self.rescue.start):
            self.rescue.start()

    def _restored(self, path: Path, session: Session) -> None:
        self.working.show_busy(False)
        self.open_office(path, session)
        self.status.tell(restored_words(path))

    def _letter_pages(self, context: Context) -> dict[str, LetterPage]:
        codes = CodePage(context)
        codes.wanted.connect(self.open_letter)
        return {
            "letters": LetterBookPage(context),
            "templates": TemplatesPage(context),
            "codes": codes,
            "testpage": TestPage(context),
        }

    def _not_opened(self, error: BaseException) -> None:
        self._drop_office()
        self._show_closed()
        self.welcome.show_error(error)

    def _leave_office(self, again: Callable[[], object]) -> bool:
        """Close the office file; while something is unsaved ask first, then come `again`."""
        if self.context is None:
            return True
        # Nobody else decides over the typed things of who locked the window: they stay as drafts.
        if not self.locked() and self._show_unsaved():
            leaving.ask(self, self.context.drafts, lambda: self._leave_drafts(again))
            return False
        self.keeper.before_leaving()
        self._drop_office()
        self._show_closed()
        return True

    def _unsaved(self) -> str | None:
        """Return the tab or page where something typed is not kept."""
        for key, tab in self._tabs.items():
            if tab.has_unsaved():
                return key
        for key, page in self._pages.items():
            if not isinstance(page, AboutPage) and page.has_unsaved():
                return key
        return None

    def _close_office(self) -> None:
        self._leave_office(lambda: None)

    def _leave_drafts(self, again: Callable[[], object]) -> None:
        """What is typed is kept as drafts: go on with what was wanted."""
        self.keeper.before_leaving()
        self._drop_office()
        self._show_closed()
        again()

    def _show_unsaved(self) -> bool:
        """Bring what is typed and not saved to the front; say whether there is anything."""
        unsaved = self._unsaved()
        if unsaved is None:
            return False
        if unsaved in self._tabs:
            self.show_tab(unsaved)
        else:
            self.show_page(unsaved)
        return True

    def discard(self) -> None:
        """Close at once, keeping drafts unasked; for when the system ends the session."""
        if self._maker is not None:
            self._maker.cancel()
            self._end_making()
        self._drop_office()
        self._stop_handbook()
        self.welcome.stop()
        self.unlock.stop()
        self.opensheet.stop()
        self.adopt.stop()
        self.lock.stop()
        self.close()

    def _drop_office(self) -> None:
        self._ready = False
        self.watch.stop()
        self.keeper.detach()
        if self.context is not None:
            leaving.secure(self.context.drafts, gone=True)
            self.context.tasks.close()
        self.bar.clear()
        self.tabs.clear()
        self.tabs.setCornerWidget(QWidget())
        self._stop_handbook()
        for gone in (*self._tabs.values(), *self._pages.values()):
            gone.deleteLater()
        self._tabs, self._pages, self.context, self.path = {}, {}, None, None
        self._behind = None
        self.session, self._user = None, None
        if self.locked():
            self._unlock()

    def _context(self) -> Context:
        if self.context is None:
            raise LookupError("no office is open")
        return self.context

    # ---- going about ---------------------------------------------------------------------------

    def tab(self, key: str) -> OfficeTab:
        """Return a tab by its key: today, complaints, casefiles, assessments."""
        return self._tabs[key]

    def ready(self) -> bool:
        """Say whether an office is open, shown, and nothing is under way."""
        return self._ready and self.context is not None and self.context.tasks.idle()

    def show_tab(self, key: str) -> None:
        """Bring a tab to the front."""
        self._behind = None
        away = self.stack.currentWidget() is not self._office
        self.stack.setCurrentWidget(self._office)
        if away and self.tabs.currentWidget() is self._tabs[key]:
            self._tab_shown(self.tabs.currentIndex())  # things may have been done on a page
        self.tabs.setCurrentWidget(self._tabs[key])

    def show_page(self, key: str) -> None:
        """Show one of the office's own pages in place of the tabs."""
        self._behind = None
        if key == "about" and "about" not in self._pages:
            about = AboutPage()
            about.closed.connect(self._page_closed)
            self._pages["about"] = about
            self.stack.addWidget(about)
        page = self._pages[key]
        if not isinstance(page, AboutPage):
            page.reload()
        self.stack.setCurrentWidget(page)
        page.setFocus()

    def show_handbook(self) -> None:
        """Open the handbook at the part about what is on the screen."""
        about = self._shown_key()
        page = self._pages.get("handbook")
        if page is None:
            page = HandbookPage()
            page.closed.connect(self._page_closed)
            self._pages["handbook"] = page
            self.stack.addWidget(page)
        if isinstance(page, HandbookPage) and about != "handbook":
            self._behind = self.stack.currentWidget()
            page.open_at(about)
        self.stack.setCurrentWidget(page)
        page.setFocus()

    def _stop_handbook(self) -> None:
        page = self._pages.get("handbook")
        if isinstance(page, HandbookPage):
            page.stop()

    def _shown_key(self) -> str:
        """Return the name of the page or tab on the screen."""
        shown = self.stack.currentWidget()
        if shown is self._office:
            shown = self.tabs.currentWidget()
            tab = shown
            if isinstance(tab, ComplaintsTab) and tab.importing():
                return "import"
        return shown.objectName() if shown is not None else ""

    def _page_closed(self) -> None:
        behind, self._behind = self._behind, None
        if behind is not None and self.stack.indexOf(behind) >= 0:
            self.stack.setCurrentWidget(behind)  # from the handbook back to where it was asked
            return
        sheet = self._pages.get("recovery")
        if isinstance(sheet, RecoverySheetPage) and sheet.required:
            self.show_page("recovery")
            return
        if self._ready:
            self._enable_menus(on=True)
        self.stack.setCurrentWidget(self._office if self._ready else self.welcome)
        if self._ready:
            self._tab_shown(self.tabs.currentIndex())

    def open_letter(self, letter: int) -> None:
        """Open the letter book at a letter."""
        self.show_page("letters")
        book = self._pages["letters"]
        if isinstance(book, LetterBookPage):
            book.open_letter(letter)

    def open_record(self, kind: str, record: int) -> None:
        """Open a record in its tab (a complaint, a case file, a round) or on its page."""
        page = self._pages.get(PAGE_OF.get(kind, ""))
        if isinstance(page, ApartPage):
            self.show_page(PAGE_OF[kind])
            page.open_record(record)
            return
        self.show_tab(TAB_OF[kind])
        tab = self.tab(TAB_OF[kind])
        if not isinstance(tab, TodayTab):
            tab.open_record(record)

    def _resume(self, draft: Draft) -> None:
        """Go on with a draft in its own form."""
        pages = {**self._tabs, **self._pages}

        def show(key: str) -> None:
            (self.show_tab if key in self._tabs else self.show_page)(key)

        leaving.resume(self._context().drafts, draft, show, pages.__getitem__)

    def _open_case(self, origin: str, record: int) -> None:
        self.show_tab("casefiles")
        tab = self.tab("casefiles")
        if isinstance(tab, CaseFilesTab):
            tab.start_from(origin, record)

    def _open_place(self, place: str) -> None:
        """Go where a line of 开始使用 leads: a page, or the import of the register."""
        if place != "import":
            self.show_page(place)
            return
        self.show_tab("complaints")
        tab = self.tab("complaints")
        if isinstance(tab, ComplaintsTab):
            tab.start_import()

    def _turn_to(self, tab: int) -> None:
        """Turn to a tab by its number, if the tabs are what is seen."""
        if self.stack.currentWidget() is self._office:
            self.tabs.setCurrentIndex(tab)

    def _register_complaint(self) -> None:
        """新登记 of the menu: a complaint, whatever is on the screen."""
        self.show_tab("complaints")
        tab = self.tab("complaints")
        if isinstance(tab, ComplaintsTab):
            tab.start_new()

    def _start_new(self) -> None:
        if not self._ready or self.stack.currentWidget() is not self._office:
            return
        tab = self.tabs.currentWidget()
        if isinstance(tab, TodayTab):  # at the door: the usual new thing is a complaint
            self.show_tab("complaints")
            tab = self.tab("complaints")
        if isinstance(tab, ComplaintsTab | CaseFilesTab | AssessmentsTab):
            tab.start_new()

    def _tab_shown(self, index: int) -> None:
        tab = self.tabs.widget(index)
        if self._ready and isinstance(tab, OfficeTab):
            tab.reload()
            if self.focusWidget() is None:  # keys must go somewhere, whatever was covered before
                self.tabs.tabBar().setFocus()

    # ---- what happened -------------------------------------------------------------------------

    def _say(self, sentence: str, event: int) -> None:
        self._undo_event = event
        self.status.tell(sentence, undo=bool(event))

    def _undo_by_key(self) -> None:
        if self.status.can_undo():
            self.status.clear()
            self._undo()

    def _undo(self) -> None:
        context, event = self._context(), self._undo_event
        acting = context.acting()
        context.do(
            lambda office: offices.take_back(office, event, acting), self._undone, self._not_undone
        )

    def _undone(self, _done: Done[None]) -> None:
        self._say(_("已撤销。"), 0)

    def _not_undone(self, error: BaseException) -> None:
        words = wording.error_words(error)
        if words is None:
            raise error
        self.status.tell(words)

    def _changed(self) -> None:
        page = self.stack.currentWidget()
        if page is self._office:
            self._tab_shown(self.tabs.currentIndex())
        elif isinstance(page, OfficePage) and not isinstance(page, AboutPage):
            page.reload()
        self._look_again()

    def _look_again(self) -> None:
        context = self._context()
        context.ask(lambda office: overview(office, context.today()), self._show_overview)

    def _show_overview(self, seen: Overview) -> None:
        context = self._context()
        self._know(seen)
        if self.session is not None:
            context.sit(self.session)
        self.setWindowTitle(_("阳光台账 — {office}").format(office=seen.name))
        self._day.setText(_day_words(seen.day))
        named = _("{place} 第 {version} 版")
        books = [named.format(place=place, version=version) for place, version in seen.places]
        book = _("规则：{places}").format(places="、".join(books))
        self._book.setText(book)
        self._filing_action.setVisible(seen.filing)
        number = f" {seen.pressing}" if seen.pressing else ""
        self.tabs.setTabText(0, _("今日") + number)

    def _watch_day(self) -> None:
        """After midnight every clock stands differently: look again."""
        day = self._clock().date()
        if day != self._shown_day:
            self._shown_day = day
            if self._ready:
                self._changed()

    # ---- look ----------------------------------------------------------------------------------

    def _scheme(self) -> Scheme:
        return Scheme(str(self._settings.value("look/scheme", Scheme.SYSTEM.value)))

    def _set_size(self, percent: int) -> None:
        self._settings.setValue("look/size", percent)
        theme.apply(_application(), self._scheme(), percent / 100)

    def _set_scheme(self, scheme: Scheme) -> None:
        self._settings.setValue("look/scheme", scheme.value)
        theme.apply(_application(), scheme, theme.factor())

    def _set_language(self, language: str) -> None:
        if language == text.language():
            return
        path, session = self.path, self.session

        def change() -> None:
            self._settings.setValue("look/language", language)
            self.path, self.session = path, session
            self.rebuild_wanted.emit()

        if self._leave_office(change):
            change()

    def _show_keys(self) -> None:
        groups = [
            KeyGroup(
                _("到处"),
                [
                    ("Ctrl+1 … Ctrl+4", _("切换标签页")),
                    ("Ctrl+N", _("新登记、新立案、新建一轮")),
                    ("Ctrl+Z", _("撤销刚才的操作")),
                    ("Ctrl+O", _("打开数据文件")),
                    ("Ctrl+B", _("发文登记簿")),
                    ("Ctrl+L", _("锁定窗口")),
                    ("F1", _("这张表")),
                    ("Shift+F1", _("使用手册里与这一页有关的一章")),
                ],
            ),
            KeyGroup(
                _("名单"),
                [
                    ("↑ / ↓", _("上一条、下一条")),
                    ("Enter", _("进入这一条")),
                    ("Ctrl+C", _("复制选中的行，可以粘贴到表格软件")),
                ],
            ),
            KeyGroup(
                _("填写"),
                [
                    ("Enter", _("下一项")),
                    ("Ctrl+Enter", _("保存")),
                    ("Esc", _("离开；有没有保存的内容时先问")),
                    (_("Alt + 下划线字母"), _("到这一项")),
                ],
            ),
        ]
        show_keys(self, groups)

    # ---- files ---------------------------------------------------------------------------------

    def _choose_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("打开数据文件"), "", _("阳光台账数据文件 (*.db);;所有文件 (*)")
        )
        if name:
            self.open_office(Path(name))

    def _new_office(self) -> None:
        if self._leave_office(self.welcome.start_new):
            self.welcome.start_new()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the office file go before the window does; typed things are not lost."""
        if self._maker is not None:
            self._maker.cancel()
            self._end_making()
        if not self._leave_office(self.close):
            event.ignore()
            return
        self._stop_handbook()
        self.welcome.stop()
        self.unlock.stop()
        self.opensheet.stop()
        self.adopt.stop()
        self.lock.stop()
        self._settings.setValue("window/geometry", self.saveGeometry())
        super().closeEvent(event)


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application


def _day_words(day: Day) -> str:
    weekday = _(WEEKDAYS[day.day.weekday()])
    kinds = {
        DayKind.WORK: _("工作日"),
        DayKind.REST: _("休息日"),
        DayKind.HOLIDAY: _("放假"),
        DayKind.MAKEUP: _("调休上班"),
    }
    return f"{format_date(day.day)} {weekday} · {kinds[day.kind]}"
