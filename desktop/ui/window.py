"""The main window: the tabs of the office, its menus, its status line; tabs talk only through it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QSettings, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
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
from desktop.ui import rooms
from desktop.ui.common import icons, theme, wording
from desktop.ui.common.bars import MessageBar, StatusLine, Tone, WorkingBar
from desktop.ui.common.keys import KeyGroup, show_keys
from desktop.ui.common.palette import Scheme
from desktop.ui.common.tasks import Cancelled, Tasks
from desktop.ui.context import Context
from desktop.ui.menus import add, add_choices
from desktop.ui.office.recent import remember
from desktop.ui.office.unlock import UnlockPage
from desktop.ui.office.userbutton import UserButton
from desktop.ui.office.welcome import WelcomePage
from desktop.usecases import door
from desktop.usecases import office as offices
from desktop.usecases.office import Done, Office
from desktop.usecases.overview import Overview, overview
from desktop.usecases.records import StorageFault
from desktop.usecases.session import SAMPLE_PASSWORD, Session, User, unlock, users

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

# Tabs and pages are loaded when somebody goes there; only who reads the types needs them all.
if TYPE_CHECKING:
    from desktop.ui.assessments.tab import AssessmentsTab
    from desktop.ui.casefiles.tab import CaseFilesTab
    from desktop.ui.complaints.tab import ComplaintsTab
    from desktop.ui.letters.book import LetterBookPage
    from desktop.ui.letters.codepage import CodePage
    from desktop.ui.letters.testpage import TestPage
    from desktop.ui.office.about import AboutPage
    from desktop.ui.office.calendar import CalendarPage
    from desktop.ui.office.people import PeoplePage
    from desktop.ui.office.rules_page import RulesPage
    from desktop.ui.office.settings import SettingsPage
    from desktop.ui.templates.page import TemplatesPage
    from desktop.ui.today.tab import TodayTab

    OfficeTab = TodayTab | ComplaintsTab | CaseFilesTab | AssessmentsTab
    LetterPage = LetterBookPage | TemplatesPage | TestPage | CodePage
    OfficePage = SettingsPage | PeoplePage | CalendarPage | RulesPage | LetterPage | AboutPage

TAB_ICONS = ("home", "document_text", "scales", "chart")

#: Which tab opens a record of a kind.
TAB_OF = {"complaint": "complaints", "case_file": "casefiles", "round": "assessments"}


class MainWindow(QMainWindow):
    """The window of the program; shows the first page until an office file is open."""

    #: The language was changed: build the window anew on the same office file.
    rebuild_wanted = Signal()
    #: A tab was made, because somebody went there for the first time.
    tab_made = Signal(object)

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
        self._first_tab = "today"
        self._pages: dict[str, OfficePage] = {}
        self.session: Session | None = None
        self._user: UserButton | None = None
        self._undo_event = 0
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
        self.welcome = WelcomePage(self._clock, self._settings)
        self.welcome.open_wanted.connect(self.open_office)
        self.welcome.created.connect(self.open_office)
        self.welcome.sample_wanted.connect(self.open_sample)
        self.unlock = UnlockPage(self._settings)
        self.unlock.unlocked.connect(self.open_office)
        self.unlock.left.connect(self._show_closed)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setObjectName("tabs")
        self.tabs.currentChanged.connect(self._tab_shown)
        self.bar = MessageBar()
        self._office = QWidget()
        column = QVBoxLayout(self._office)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.tabs)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.welcome)
        self.stack.addWidget(self.unlock)
        self.stack.addWidget(self._office)
        self.setCentralWidget(self.stack)

    def _build_status(self) -> None:
        self.status = StatusLine()
        self.status.undo.connect(self._undo)
        self.working = WorkingBar()
        self.working.cancelled.connect(self._cancel)
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
        file.addSeparator()
        self._close_file = add(file, _("关闭数据文件(&C)"), self._leave_office, icon="dismiss")
        add(file, _("退出(&X)"), self.close, keys="Ctrl+Q")

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
        for key, title, icon in (
            ("settings", _("本单位设置(&S)"), "settings"),
            ("people", _("单位和人员(&P)"), "people"),
            ("calendar", _("工作日历(&C)"), "calendar"),
            ("rules", _("规则(&R)"), "scales"),
        ):
            add(self._office_menu, title, lambda key=key: self.show_page(key), icon=icon)  # type: ignore[misc]

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
        add(help_menu, _("快捷键(&K)"), self._show_keys, icon="keyboard", keys="F1")
        add(help_menu, _("关于(&A)"), lambda: self.show_page("about"), icon="info")

    def _dress_tabs(self) -> None:
        """Give the tabs their icons in the colours in force."""
        for at in range(self.tabs.count()):
            self.tabs.setTabIcon(at, icons.icon(TAB_ICONS[at]))

    def _build_shortcuts(self) -> None:
        for n in range(4):
            keys = QShortcut(QKeySequence(f"Ctrl+{n + 1}"), self)
            keys.activated.connect(lambda n=n: self.tabs.setCurrentIndex(n))
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self._start_new)
        QShortcut(QKeySequence("Ctrl+Z"), self).activated.connect(self._undo_by_key)

    def _show_closed(self) -> None:
        """Show the first page, and only what makes sense without an office."""
        self.setWindowTitle(_("阳光台账"))
        self._day.clear()
        self._book.clear()
        self.status.clear()
        self._close_file.setEnabled(False)
        self._letter_menu.setEnabled(False)
        self._office_menu.setEnabled(False)
        self.stack.setCurrentWidget(self.welcome)
        self.welcome.reload()

    # ---- opening and closing -------------------------------------------------------------------

    def open_office(self, path: Path, session: Session | None = None) -> None:
        """Open an office file; without a session its users are asked for a password first.

        What can not be opened is told on the first page.
        """
        if not self._leave_office():
            return
        if session is not None:
            self._enter(path, lambda: session)
        elif self._is_sample(path):
            self._enter(path, lambda: unlock(path, 1, SAMPLE_PASSWORD))
        else:
            self._ask_at_the_door(path)

    def _is_sample(self, path: Path) -> bool:
        return path == self._sample_path

    def _ask_at_the_door(self, path: Path) -> None:
        try:
            found = door.look(path)
        except StorageFault as error:
            self._show_closed()
            self.welcome.show_error(error)
            return
        self.unlock.ask(found)
        self.setWindowTitle(_("阳光台账"))
        self.stack.setCurrentWidget(self.unlock)

    def _enter(self, path: Path, known: Callable[[], Session]) -> None:
        """Open an office file on a worker of its own, for the user who unlocked it."""
        tasks: Tasks[Office] = Tasks(lambda: offices.open_office(path, known()), Office.close)
        self.path = path
        self.context = Context(tasks, self._clock, self._settings, self)
        tasks.opened.connect(self._opened)
        tasks.failed.connect(self._not_opened)

    def open_sample(self) -> None:
        """Open the sample office; it is made first if it is not there yet."""
        if self._sample_path.exists():
            self.open_office(self._sample_path)
            return
        if self._maker is not None or not self._leave_office():
            return
        path, day = self._sample_path, self._clock().date()
        from desktop.usecases import sample  # it makes letters, and fonts take their time

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
        for tasks in (self._maker, self.context.tasks if self.context else None):
            if tasks is not None:
                tasks.cancel()

    def _opened(self) -> None:
        context = self._context()
        context.tasks.busy.connect(self.working.show_busy)
        context.tasks.progressed.connect(self.working.show_progress)
        context.ask(
            lambda office: (office.session, overview(office, context.today())), self._first_look
        )

    def _first_look(self, found: tuple[Session, Overview]) -> None:
        context = self._context()
        self.session, seen = found
        context.directory = seen.directory
        context.sit(self.session)
        self._user = self._user_button(context)
        self.tabs.setCornerWidget(self._user)
        titles = (_("今日"), _("投诉登记"), _("责任追究案卷"), _("考核评分"))
        for title in titles:
            self.tabs.addTab(QWidget(), title)
        self._dress_tabs()
        context.said.connect(self._say)
        context.wanted.connect(self.open_record)
        context.case_wanted.connect(self._open_case)
        context.directory_changed.connect(self._look_again)
        context.tasks.changed.connect(self._changed)
        if self.path is not None:
            remember(self._settings, self.path)
        self._close_file.setEnabled(True)
        self._letter_menu.setEnabled(True)
        self._office_menu.setEnabled(True)
        self._ready = True
        self._show_overview(seen)
        if seen.faults:
            self.bar.tell(Tone.WARN, " ".join(wording.error_words(f) or "" for f in seen.faults))
        self.stack.setCurrentWidget(self._office)
        first = list(rooms.TABS).index(self._first_tab)
        self.tabs.setCurrentIndex(first)
        self._tab_shown(first)

    def _user_button(self, context: Context) -> UserButton:
        made = UserButton(context)
        made.change_wanted.connect(self._change_user)
        made.taken.connect(self._take_seat)
        known: Sequence[User] = ()
        if self.path is not None and self._is_sample(self.path):
            known = users(self.path)
        made.reload(known)
        return made

    def _change_user(self) -> None:
        """Close the office properly and ask who is next (换人登录)."""
        path = self.path
        if path is not None and self._leave_office():
            self._ask_at_the_door(path)

    def _take_seat(self, clerk: int) -> None:
        """Let another user of the sample office sit down; nobody has to type a password there."""
        path = self.path
        if path is not None and self._leave_office():
            self._enter(path, lambda: unlock(path, clerk, SAMPLE_PASSWORD))

    def _not_opened(self, error: BaseException) -> None:
        self._drop_office()
        self._show_closed()
        self.welcome.show_error(error)

    def _leave_office(self) -> bool:
        """Close the office file; refused while something typed would be lost."""
        if self.context is None:
            return True
        for tab in self._tabs.values():
            if tab.has_unsaved():
                self.stack.setCurrentWidget(self._office)
                self.tabs.setCurrentWidget(tab)
                self._warn_unsaved()
                return False
        for key, page in self._pages.items():
            if key != "about" and cast("rooms.Room", page).has_unsaved():
                self.show_page(key)
                self._warn_unsaved()
                return False
        self._drop_office()
        self._show_closed()
        return True

    def discard(self) -> None:
        """Close at once, whatever stands unsaved; for when the system ends the session."""
        if self._maker is not None:
            self._maker.cancel()
            self._end_making()
        self._drop_office()
        self.welcome.stop()
        self.unlock.stop()
        self.close()

    def _warn_unsaved(self) -> None:
        self.status.tell(_("这一页还有没有保存的内容：请先保存，或者取消这一页。"))

    def _drop_office(self) -> None:
        self._ready = False
        if self.context is not None:
            self.context.tasks.close()
        self.bar.clear()
        rooms_left = [self.tabs.widget(at) for at in range(self.tabs.count())]
        self.tabs.clear()
        self.tabs.setCornerWidget(QWidget())
        for gone in (*rooms_left, *self._pages.values()):
            gone.deleteLater()
        self._tabs, self._pages, self.context, self.path = {}, {}, None, None
        self.session, self._user = None, None

    def _context(self) -> Context:
        if self.context is None:
            raise LookupError("no office is open")
        return self.context

    # ---- going about ---------------------------------------------------------------------------

    def tab(self, key: str) -> "OfficeTab":
        """Return a tab by its key: today, complaints, casefiles, assessments."""
        if key not in self._tabs:
            self._make_tab(key)
        return self._tabs[key]

    def start_with(self, key: str) -> None:
        """Show another tab first when an office is opened."""
        self._first_tab = key

    def _make_tab(self, key: str) -> None:
        """Put the tab itself where only its title stood."""
        made = cast("OfficeTab", rooms.make(rooms.TABS[key], self._context()))
        at = list(rooms.TABS).index(key)
        blocked = self.tabs.blockSignals(True)
        empty, current = self.tabs.widget(at), self.tabs.currentIndex()
        self.tabs.insertTab(at, made, self.tabs.tabIcon(at), self.tabs.tabText(at))
        self.tabs.removeTab(at + 1)
        self.tabs.setCurrentIndex(current)
        self.tabs.blockSignals(blocked)
        empty.deleteLater()
        self._tabs[key] = made
        self.tab_made.emit(made)

    def ready(self) -> bool:
        """Say whether an office is open, shown, and nothing is under way."""
        return self._ready and self.context is not None and self.context.tasks.idle()

    def show_tab(self, key: str) -> None:
        """Bring a tab to the front."""
        self.stack.setCurrentWidget(self._office)
        self.tabs.setCurrentWidget(self.tab(key))

    def show_page(self, key: str) -> None:
        """Show one of the office's own pages in place of the tabs."""
        page = self._page(key)
        if key != "about":
            cast("rooms.Room", page).reload()
        self.stack.setCurrentWidget(page)
        page.setFocus()

    def _page(self, key: str) -> "OfficePage":
        """Return a page, made when it is first asked for."""
        if key not in self._pages:
            if key == "about":
                from desktop.ui.office.about import AboutPage

                made: OfficePage = AboutPage()
            else:
                made = cast("OfficePage", rooms.make(rooms.PAGES[key], self._context()))
            if key == "codes":
                cast("CodePage", made).wanted.connect(self.open_letter)
            made.closed.connect(self._page_closed)
            self._pages[key] = made
            self.stack.addWidget(made)
        return self._pages[key]

    def _page_closed(self) -> None:
        self.stack.setCurrentWidget(self._office if self._ready else self.welcome)

    def open_letter(self, letter: int) -> None:
        """Open the letter book at a letter."""
        self.show_page("letters")
        cast("LetterBookPage", self._pages["letters"]).open_letter(letter)

    def open_record(self, kind: str, record: int) -> None:
        """Open a record in its tab: a complaint, a case file or a round."""
        self.show_tab(TAB_OF[kind])
        cast("rooms.Tab", self.tab(TAB_OF[kind])).open_record(record)

    def _open_case(self, origin: str, record: int) -> None:
        self.show_tab("casefiles")
        cast("rooms.Tab", self.tab("casefiles")).start_from(origin, record)

    def _start_new(self) -> None:
        if not self._ready or self.stack.currentWidget() is not self._office:
            return
        if self.tabs.currentIndex() == 0:  # at the door: the usual new thing is a complaint
            self.show_tab("complaints")
        cast("rooms.Tab", self.tab(list(rooms.TABS)[self.tabs.currentIndex()])).start_new()

    def _tab_shown(self, index: int) -> None:
        if self._ready and index >= 0:
            self.tab(list(rooms.TABS)[index]).reload()

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
        else:
            key = next((key for key, made in self._pages.items() if made is page), "about")
            if key != "about":
                cast("rooms.Room", page).reload()
        self._look_again()

    def _look_again(self) -> None:
        context = self._context()
        context.ask(lambda office: overview(office, context.today()), self._show_overview)

    def _show_overview(self, seen: Overview) -> None:
        context = self._context()
        context.directory = seen.directory
        if self.session is not None:
            context.sit(self.session)
        self.setWindowTitle(_("阳光台账 — {office}").format(office=seen.name))
        self._day.setText(_day_words(seen.day))
        named = _("{place} 第 {version} 版")
        books = [named.format(place=place, version=version) for place, version in seen.places]
        book = _("规则：{places}").format(places="、".join(books))
        self._book.setText(book)
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
        if not self._leave_office():
            return
        self._settings.setValue("look/language", language)
        self.path, self.session = path, session
        self.rebuild_wanted.emit()

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
                    ("F1", _("这张表")),
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
        if self._leave_office():
            self.welcome.start_new()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the office file go before the window does; typed things are not lost."""
        if self._maker is not None:
            self._maker.cancel()
            self._end_making()
        if not self._leave_office():
            event.ignore()
            return
        self.welcome.stop()
        self.unlock.stop()
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
