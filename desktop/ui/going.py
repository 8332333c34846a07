"""Going about in the window: its tabs and pages, each made when it is first shown, and who leads where."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import icons, theme
from desktop.ui.frame import Frame
from desktop.ui.registry import (
    HELP_MAKERS,
    PAGE_MAKERS,
    PAGE_OF,
    TAB_MAKERS,
    TAB_OF,
    TABS,
    closed,
    reads,
)
from desktop.ui.shelf import Shelf

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTabWidget

    from desktop.ui.assessments.tab import AssessmentsTab
    from desktop.ui.casefiles.tab import CaseFilesTab
    from desktop.ui.common.bars import MessageBar
    from desktop.ui.complaints.tab import ComplaintsTab
    from desktop.ui.context import Context
    from desktop.ui.letters.book import LetterBookPage
    from desktop.ui.letters.codepage import CodePage
    from desktop.ui.office.handbook import HandbookPage
    from desktop.ui.office.recoverysheet import RecoverySheetPage
    from desktop.ui.registers.filings import FilingsPage
    from desktop.ui.registers.handovers import HandoversPage
    from desktop.usecases.drafts import Draft


class Going(Frame):
    """The frame with its tabs and pages."""

    _tabs: Shelf[QWidget]
    _pages: Shelf[QWidget]
    _above: QVBoxLayout

    def _begin_going(self) -> None:
        #: What was on the screen when the handbook was opened.
        self._behind: QWidget | None = None
        #: The tab that was turned to when an office was left.
        self.last_tab = TABS[0][0]
        self._tabs, self._pages = Shelf(), self._closed_pages()

    # ---- made when they are needed -------------------------------------------------------------

    @cached_property
    def tabs(self) -> "QTabWidget":
        """The tabs of the office."""
        from PySide6.QtWidgets import QTabWidget

        made = QTabWidget()
        made.setDocumentMode(True)
        made.setObjectName("tabs")
        made.currentChanged.connect(self._turned)
        theme.on_change(self._dress_tabs)
        return made

    @cached_property
    def bar(self) -> "MessageBar":
        """What is said above the tabs."""
        from desktop.ui.common.bars import MessageBar

        made = MessageBar()
        made.clicked.connect(self.show_page)
        return made

    @cached_property
    def _office(self) -> QWidget:
        """The page of an open office: the tabs, with the bars above them."""
        made = QWidget()
        self._above = QVBoxLayout(made)
        self._above.setContentsMargins(0, 0, 0, 0)
        self._above.setSpacing(0)
        self._above.addWidget(self.bar)
        self._above.addWidget(self.tabs)
        self.stack.addWidget(made)
        return made

    # ---- making --------------------------------------------------------------------------------

    def _closed_pages(self) -> Shelf[QWidget]:
        """Return the pages that can be shown without an office."""
        return Shelf(HELP_MAKERS, self._put_page)

    def _open_shelves(self, context: "Context") -> None:
        """Put up the tabs of an office that was just opened; none of them is made yet."""
        self._drop_pages()
        self._drop_tabs()  # they were put up for an office that did not come
        self._tabs = Shelf({k: partial(m, context) for k, m in TAB_MAKERS.items()}, self._put_tab)
        makers: dict[str, Callable[[], QWidget]] = {
            k: partial(m, context) for k, m in PAGE_MAKERS.items()
        }
        self._pages = Shelf({**makers, **HELP_MAKERS}, self._put_page)
        for _key, title, _icon in TABS:
            self.tabs.addTab(QWidget(), _(title))
        self._dress_tabs()

    def _put_tab(self, key: str, made: QWidget) -> None:
        """Put a tab that was just made in the place that was kept for it."""
        at = self._place_of(key)
        blocked = self.tabs.blockSignals(True)
        kept, title, current = self.tabs.widget(at), self.tabs.tabText(at), self.tabs.currentIndex()
        self.tabs.insertTab(at, made, self.tabs.tabIcon(at), title)
        self.tabs.removeTab(at + 1)
        self.tabs.setCurrentIndex(current)
        self.tabs.blockSignals(blocked)
        if kept is not None:
            kept.deleteLater()

    def _put_page(self, key: str, made: QWidget) -> None:
        closed(made).connect(self._page_closed)
        if key == "codes":
            cast("CodePage", made).wanted.connect(self.open_letter)
        self.stack.addWidget(made)

    def _stop_handbook(self) -> None:
        handbook = self._pages.made.get("handbook")
        if handbook is not None:
            cast("HandbookPage", handbook).stop()

    def _drop_pages(self) -> None:
        self._stop_handbook()
        for gone in (*self._tabs.made.values(), *self._pages.made.values()):
            gone.deleteLater()
        self._tabs, self._pages, self._behind = Shelf(), self._closed_pages(), None

    def _drop_tabs(self) -> None:
        for at in range(self.tabs.count() - 1, -1, -1):
            place = self.tabs.widget(at)
            self.tabs.removeTab(at)
            place.deleteLater()

    def _drop_office(self) -> None:
        self.last_tab = self._current_tab() or self.last_tab
        super()._drop_office()
        if self._made("tabs"):
            self.bar.clear()
            self._drop_tabs()
            self.tabs.setCornerWidget(QWidget())
        self._drop_pages()

    def _dress_tabs(self) -> None:
        """Give the tabs their icons in the colours in force."""
        for at in range(self.tabs.count()):
            self.tabs.setTabIcon(at, icons.icon(TABS[at][2]))

    @staticmethod
    def _place_of(key: str) -> int:
        return next(at for at, (one, _title, _icon) in enumerate(TABS) if one == key)

    # ---- showing -------------------------------------------------------------------------------

    def tab(self, key: str) -> QWidget:
        """Return a tab by its key: today, complaints, casefiles, assessments."""
        return self._tabs[key]

    def show_tab(self, key: str) -> None:
        """Bring a tab to the front."""
        self._behind = None
        at = self._place_of(key)
        tab = self._tabs[key]
        away = self.stack.currentWidget() is not self._office
        self.stack.setCurrentWidget(self._office)
        if self.tabs.currentIndex() != at:
            self.tabs.setCurrentIndex(at)
        elif away:
            self._turned(at)  # things may have been done on the page that covered it
        assert self.tabs.currentWidget() is tab

    def show_page(self, key: str) -> None:
        """Show one of the office's own pages in place of the tabs."""
        self._behind = None
        page = self._pages[key]
        reads(page).reload()
        self.stack.setCurrentWidget(page)
        page.setFocus()

    def show_handbook(self) -> None:
        """Open the handbook at the part about what is on the screen."""
        about = self._shown_key()
        page = cast("HandbookPage", self._pages["handbook"])
        if about != "handbook":
            self._behind = self.stack.currentWidget()
            page.open_at(about)
        self.stack.setCurrentWidget(page)
        page.setFocus()

    def _shown_key(self) -> str:
        """Return the name of the page or tab on the screen."""
        shown = self.stack.currentWidget()
        if shown is self._office:
            key = self._current_tab()
            importing = (
                key == "complaints" and cast("ComplaintsTab", self._tabs.made[key]).importing()
            )
            return "import" if importing else key
        return shown.objectName() if shown is not None else ""

    def _current_tab(self) -> str:
        """Return the key of the tab that is turned to, empty if there are none."""
        if not self._tabs:
            return ""
        at = self.tabs.currentIndex()
        return TABS[at][0] if at >= 0 else ""

    def _page_closed(self) -> None:
        behind, self._behind = self._behind, None
        if behind is not None and self.stack.indexOf(behind) >= 0:
            self.stack.setCurrentWidget(behind)  # from the handbook back to where it was asked
            return
        sheet = self._pages.made.get("recovery")
        if sheet is not None and cast("RecoverySheetPage", sheet).required:
            self.show_page("recovery")
            return
        self._shut()

    def _shut(self) -> None:
        """Go back from a page to what it was shown in place of."""
        if self._ready:
            self.show_tab(self._current_tab())
            self._enter_tab()  # the page may have been opened from the bar: one goes on in the list

    # ---- leading on ----------------------------------------------------------------------------

    def open_letter(self, letter: int) -> None:
        """Open the letter book at a letter."""
        self.show_page("letters")
        cast("LetterBookPage", self._pages["letters"]).open_letter(letter)

    def open_record(self, kind: str, record: int) -> None:
        """Open a record in its tab (a complaint, a case file, a round) or on its page."""
        if kind in PAGE_OF:
            self.show_page(PAGE_OF[kind])
            cast("HandoversPage | FilingsPage", self._pages[PAGE_OF[kind]]).open_record(record)
            return
        self.show_tab(TAB_OF[kind])
        tab = cast("ComplaintsTab | CaseFilesTab | AssessmentsTab", self._tabs[TAB_OF[kind]])
        tab.open_record(record)

    def _resume(self, draft: "Draft") -> None:
        """Go on with a draft in its own form."""
        from desktop.ui import leaving

        def show(key: str) -> None:
            (self.show_tab if key in self._tabs else self.show_page)(key)

        def find(key: str) -> QWidget:
            return self._tabs[key] if key in self._tabs else self._pages[key]

        leaving.resume(self._context().drafts, draft, show, find)

    def _open_case(self, origin: str, record: int) -> None:
        self.show_tab("casefiles")
        cast("CaseFilesTab", self._tabs["casefiles"]).start_from(origin, record)

    def _open_place(self, place: str) -> None:
        """Go where a line of 开始使用 leads: a page, or the import of the register."""
        if place != "import":
            self.show_page(place)
            return
        self.show_tab("complaints")
        cast("ComplaintsTab", self._tabs["complaints"]).start_import()

    def _take_import_back(self, event: int) -> None:
        self.show_tab("complaints")
        cast("ComplaintsTab", self._tabs["complaints"]).take_import_back(event)

    def _turn_to(self, tab: int) -> None:
        """Turn to a tab by its number, if the tabs are what is seen."""
        if self.stack.currentWidget() is self._office:
            self.tabs.setCurrentIndex(tab)
            self._enter_tab()

    def _enter_tab(self) -> None:
        """Put the keyboard where one works in the tab: a key that turned to it leaves the bar."""
        shown, bar = self.tabs.currentWidget(), self.tabs.tabBar()
        if shown is None or self.focusWidget() not in (None, bar):
            return
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QAbstractItemView

        lists = shown.findChildren(QAbstractItemView)
        seen = (one for one in (shown.focusWidget(), *lists) if one and one.isVisibleTo(self))
        (next(seen, None) or bar).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _register_complaint(self) -> None:
        """新登记 of the menu: a complaint, whatever is on the screen."""
        self.show_tab("complaints")
        cast("ComplaintsTab", self._tabs["complaints"]).start_new()

    def _start_new(self) -> None:
        if not self._ready or self.stack.currentWidget() is not self._office:
            return
        key = self._current_tab()
        if key == "today":  # at the door: the usual new thing is a complaint
            key = "complaints"
            self.show_tab(key)
        cast("ComplaintsTab | CaseFilesTab | AssessmentsTab", self._tabs[key]).start_new()

    def _turned(self, index: int) -> None:
        """A tab was turned to: make it if nobody saw it yet, and read it anew."""
        if not self._ready or index < 0:
            return
        reads(self._tabs[TABS[index][0]]).reload()
        if self.focusWidget() is None:  # keys must go somewhere, whatever was covered before
            self.tabs.tabBar().setFocus()

    def _renew_shown(self) -> None:
        """Read anew what is on the screen."""
        page = self.stack.currentWidget()
        if page is self._office:
            self._turned(self.tabs.currentIndex())
        elif page is not None and self._pages.key_of(page):
            reads(page).reload()
