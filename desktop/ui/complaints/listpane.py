"""The register's list with its toolbar: narrowed, ordered and searched off the window's thread."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from desktop.rules.roles import may, read_roles
from desktop.text import _, ngettext_
from desktop.ui import menus
from desktop.ui.common import theme
from desktop.ui.common.flow import FlowLayout
from desktop.ui.common.labels import button, label
from desktop.ui.common.listview import ListView
from desktop.ui.common.pages import Pages
from desktop.ui.common.permission import allow
from desktop.ui.common.pills import Filter, FilterBar
from desktop.ui.common.searchbox import SearchBox
from desktop.ui.complaints import listing as columns
from desktop.ui.complaints import words
from desktop.ui.complaints.views import ViewsButton
from desktop.ui.context import Context
from desktop.usecases import listing
from desktop.usecases.found import spots
from desktop.usecases.listing import By, Counts, Listing, Query
from desktop.usecases.office import Office
from desktop.usecases.paperkinds import Papers
from desktop.usecases.register import Row

#: After so many milliseconds without a key the search begins.
PAUSE = 80
#: After so many more it is said where it was found, unless the clerk types on.
EXPLAIN = 150
#: So many rows are copied at most; whoever wants all of them exports the register.
COPIED = 3_000
#: Papers on which complainants are named.
_NAMING = frozenset({Papers.INTAKE, Papers.LETTERS})
#: Filters that stand there even when they hold nothing.
_STAY = tuple(key for key in words.FILTERS if key not in words.RARE)


class ListPane(QWidget):
    """The list and what narrows it; it shows itself whenever it is reloaded."""

    #: The current row, None if there is none.
    current = Signal(object)
    chosen = Signal(object)
    #: The button of the empty list, or 新登记.
    new_wanted = Signal()
    #: 导入台账, 导出.
    import_wanted = Signal()
    export_wanted = Signal()
    #: 打印登记簿; a paper of all that are selected (Papers).
    book_wanted = Signal()
    papers_wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._query = Query()
        self._listing: Listing | None = None
        self._stamp = 0
        self._asked = False  # an answer is under way
        self._again: Callable[[], None] | None = None
        self._must = 0
        self._total = 0
        self._noted = False  # a hit by a name is on record, until the box is empty again
        self.model = columns.model(self._sort)
        self.list = ListView(self.model, _("投诉举报登记簿"), context.settings)
        self.list.setObjectName("complaints.list")
        self.list.reader = self._read
        self.list.set_idle(columns.FOUND, idle=True)
        self.filters = FilterBar([Filter(key, words.filter_name(key), 0) for key in _STAY])
        self.filters.setObjectName("complaints.filters")
        self.search = SearchBox()
        self.new_button = button(_("新登记(&N)"), "primary", "add")
        self.exchange = button(_("台账(&I)"), "", "import")
        self._exchange_menu = QMenu(self.exchange)
        self.import_action = menus.add(
            self._exchange_menu, _("导入台账…(&I)"), self.import_wanted.emit, icon="import"
        )
        self.export_action = menus.add(
            self._exchange_menu, _("导出…(&X)"), self.export_wanted.emit, icon="export"
        )
        self.book_action = menus.add(
            self._exchange_menu, _("打印登记簿…(&P)"), self.book_wanted.emit, icon="print"
        )
        self.exchange.setMenu(self._exchange_menu)
        self.many = button("", "", "checklist")
        self.many_menu = QMenu(self.many)
        self._naming: list[QAction] = []
        self._fill_many()
        self.views = ViewsButton(context)
        self.found = label("", "quiet")
        self.found.setObjectName("complaints.found")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._explain = QTimer(self)
        self._explain.setSingleShot(True)
        self._explain.setInterval(EXPLAIN)
        self._lay_out()
        self._connect()

    # -- what the tab calls --------------------------------------------------------------------

    def reload(self) -> None:
        """Read the list anew; the current row stays current if it is still there."""
        self._ask(self._must)

    def go_to(self, complaint: int) -> None:
        """Show a complaint, whatever narrows the list now."""
        self._must = complaint
        self._ask(complaint)

    def set_query(self, query: Query) -> None:
        """Narrow, order and search as a kept view says."""
        key = words.filter_of(query)
        if not self.filters.holds(key):  # one that is not shown while it holds nothing
            shown = [k for k in words.FILTERS if k in (key, *_STAY)]
            self.filters.set_filters([Filter(k, words.filter_name(k), 0) for k in shown])
        self.filters.choose(key)
        blocked = self.search.blockSignals(True)
        self.search.setText(query.words)
        self.search.blockSignals(blocked)
        self._query = query
        self._show_order(query)
        self._ask(self._current())

    def _show_order(self, query: Query) -> None:
        header = self.list.horizontalHeader()
        blocked = header.blockSignals(True)
        keys = [column.key for column in self.model.columns]
        way = Qt.SortOrder.DescendingOrder if query.descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(keys.index(query.by.value), way)
        header.blockSignals(blocked)

    def query(self) -> Query:
        """How the list is narrowed, ordered and searched now."""
        return words.narrowed(
            replace(self._query, words=self.search.text()), self.filters.current()
        )

    # -- asking --------------------------------------------------------------------------------

    def _ask(self, wanted: int, limit: int = listing.FIRST) -> None:
        """Ask for the list; an older question that was not answered yet is given up."""
        self._pause.stop()
        self._explain.stop()
        self._stamp += 1
        stamp, today = self._stamp, self._context.today()
        query = replace(self.query(), limit=limit)
        if not query.searching:
            self._noted = False
        acting = None if self._noted else self._context.acting()

        def going() -> bool:
            return stamp == self._stamp

        def work(office: Office) -> tuple[int, Counts, Listing]:
            counts = listing.counts(office, today)
            found = listing.opening(office, query, today, wanted, going, acting)
            return stamp, counts, found

        def send() -> None:
            self._asked = True
            self._context.tasks.run(work, self._answered, self._unanswered)

        if self._asked:  # one at a time: what is typed meanwhile waits, and only the last of it
            self._again = send
        else:
            send()

    def _unanswered(self, error: BaseException) -> None:
        self._asked = False
        self._next()
        raise error

    def _next(self) -> None:
        again, self._again = self._again, None
        if again is not None:
            again()

    def _answered(self, answer: tuple[int, Counts, Listing]) -> None:
        stamp, counts, found = answer
        self._asked = False
        self._noted = self._noted or (found.named > 0 and bool(self.query().searching))
        if stamp != self._stamp:
            self._next()
            return
        if self._must and found.position < 0 and self._narrowed():
            self._widen()
            return
        self._show_counts(counts)
        self._show(found)

    def _narrowed(self) -> bool:
        query = self.query()
        return bool(query.states or query.press or query.searching)

    def _widen(self) -> None:
        """What must be shown is not in the list as narrowed: show the whole."""
        self.filters.choose("all")
        blocked = self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(blocked)
        self._ask(self._must)

    # -- showing -------------------------------------------------------------------------------

    def _show_counts(self, counts: Counts) -> None:
        clerk = self._context.clerk
        roles = read_roles(clerk.roles) if clerk is not None else frozenset()
        self.import_action.setVisible(may(roles, "complaint.import"))
        self._total = counts.total
        now = self.filters.current()
        known = [Filter(k, words.filter_name(k), words.count(counts, k)) for k in words.FILTERS]
        self.filters.set_filters([one for one in known if one.count or one.key in (now, *_STAY)])

    def _show(self, found: Listing) -> None:
        self._listing = found
        self._say_if_empty()
        current, must = self._current(), self._must
        self._must = 0
        rows: Pages[Row] = Pages(
            found.count, listing.PAGE, lambda number: self._fetch(found, number), found.pages
        )
        self.list.set_idle(columns.FOUND, found.found is None)
        self.list.spots = partial(_spots, found.query.words) if found.query.searching else None
        self.model.set_rows(rows)
        self._count_selected()
        if must and self.list.select(must):
            pass
        elif self.list.current_row() is None and found.count:
            first = rows[max(found.position, 0)] if current else rows[0]
            self.list.select(first.complaint.id)
        if not found.count:
            self.current.emit(None)
        self._say_found(found)
        if found.more and found.query.limit < listing.MOST:
            # the first are there; now those that are seen only by whoever goes on
            self._ask(self._current(), listing.MOST)
        elif found.opening:
            self._open_names()
        elif found.found:
            self._explain.start()

    def _look_again(self) -> None:
        """The clerk has stopped typing; the office may have been left meanwhile."""
        if not self._context.tasks.closed():
            self._ask(self._current())

    def _say_where(self) -> None:
        """Read what is shown once more, now with the texts in which it was found."""
        if self._listing is not None and not self._context.tasks.closed():
            for number in self._listing.pages:
                self._fetch(self._listing, number)

    def _say_found(self, found: Listing) -> None:
        said = ""
        if found.found is not None:
            said = ngettext_("找到 {n} 件", "找到 {n} 件", found.count).format(n=found.count)
            if found.more:
                said = _("找到 {n} 件以上").format(n=found.count)
            if found.opening:  # of very many that takes a while, and what is found is added then
                said = _("{found}，姓名还在打开").format(found=said)
        self.found.setText(said)
        self.found.setVisible(bool(said))
        self._show_foot()

    def _say_if_empty(self) -> None:
        if self._total:
            self.list.set_empty("search", _("没有符合的。换一个筛选，或者清空搜索框。"))
        else:
            said = _("登记簿还是空的。收到第一件投诉举报时，从这里登记。")
            may_register = self._context.may("complaint.register")
            self.list.set_empty("inbox", said, _("新登记") if may_register else "")

    def _fetch(self, found: Listing, number: int) -> None:
        today = self._context.today()

        def arrived(rows: Sequence[Row]) -> None:
            pages = self.model.rows()
            if self._listing is found and isinstance(pages, Pages):
                pages.put(number, rows)

        self._context.ask(lambda office: listing.page(office, found, today, number), arrived)

    def _open_names(self) -> None:
        """Open the names bit by bit; then look again, for what is found by a name."""
        self._context.ask(listing.open_names, self._names_opened)

    def _names_opened(self, ready: bool) -> None:
        if not self.query().searching:
            return
        if ready:
            self._ask(self._current())
        else:
            self._open_names()

    def _current(self) -> int:
        row = self.list.current_row()
        return row.complaint.id if row is not None else 0

    def selected(self) -> int:
        """How many lines are selected."""
        return sum(len(span) for span in self.list.selected_spans())

    # -- several at once -----------------------------------------------------------------------

    def _fill_many(self) -> None:
        """Offer what can be done with all that are selected; nothing of it changes them."""
        for papers, title in (
            (Papers.INTAKE, _("打印投诉登记表(&F)")),
            (Papers.APPROVAL, _("打印领导批示单(&A)")),
            (Papers.LETTERS, _("打印还没发出的文书(&L)")),
        ):
            action = menus.add(
                self.many_menu,
                title,
                partial(self.papers_wanted.emit, papers.value),
                icon="print",
            )
            action.setData(papers.value)
            if papers in _NAMING:
                self._naming.append(action)
        self.many_menu.addSeparator()
        menus.add(self.many_menu, _("复制到 Excel(&C)"), self.list.copy, icon="copy")
        menus.add(self.many_menu, _("导出选中的…(&X)"), self.export_wanted.emit, icon="export")
        self.many_menu.addSeparator()
        menus.add(self.many_menu, _("全选(&E)"), self.list.selectAll)
        self.many.setMenu(self.many_menu)

    def _seat(self) -> None:
        """Let the user at the desk do what he may."""
        self._context.allow(self.new_button, "complaint.register")
        hidden = self._context.why_hidden()
        for action in self._naming:
            allow(action, hidden)

    def _count_selected(self) -> None:
        count = self.selected()
        self.many.setText(ngettext_("选中 {n} 件(&M)", "选中 {n} 件(&M)", count).format(n=count))
        self.many.setVisible(count > 1)
        self._show_foot()

    def _show_foot(self) -> None:
        self.foot.setVisible(not (self.many.isHidden() and self.found.isHidden()))

    def _offer_many(self, where: QPoint) -> None:
        if self.selected():
            self.many_menu.popup(self.list.viewport().mapToGlobal(where))

    # -- what the clerk does -------------------------------------------------------------------

    def _typed(self) -> None:
        self._stamp += 1  # what is under way is of no use any more
        self._explain.stop()
        self._pause.start()

    def _filtered(self) -> None:
        self._ask(self._current())

    def _sort(self, column: str, descending: bool) -> None:
        if column == columns.FOUND:  # it is no order of the register
            self._show_order(self._query)
            return
        self._query = replace(self._query, by=By(column), descending=descending)
        self._ask(self._current())

    def _read(self, spans: list[range], then: Callable[[Sequence[Row]], None]) -> None:
        """Fetch the rows of some stretches, to copy them."""
        found, today = self._listing, self._context.today()
        if found is None:
            return
        asked: list[range] = []
        left = COPIED
        for span in spans:
            asked.append(span[:left])
            left -= len(asked[-1])

        def read(office: Office) -> list[Row]:
            return [
                row
                for span in asked
                if span
                for row in listing.stretch(office, found, today, span[0], span[-1])
            ]

        def done(rows: list[Row]) -> None:
            then(rows)
            if left == 0:
                said = _("已复制前 {n} 行；要全部，请用导出。")
                self._context.said.emit(said.format(n=len(rows)), 0)

        self._context.ask(read, done)

    def read_ids(self, then: Callable[[tuple[list[int], list[int]]], None]) -> None:
        """Fetch the ids of all that the list shows, and of what is selected, to hand them over."""
        found, today, spans = self._listing, self._context.today(), self.list.selected_spans()
        if found is None:
            return

        def read(office: Office) -> tuple[list[int], list[int]]:
            shown = listing.ids(office, found, today)
            return shown, [one for span in spans for one in shown[span.start : span.stop]]

        self._context.ask(read, then)

    # -- set-up --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.new_button.setObjectName("complaints.new")
        self.new_button.setToolTip(_("新登记（Ctrl+N）"))
        self.exchange.setObjectName("complaints.exchange")
        self.exchange.setToolTip(_("导入、导出、打印登记簿"))
        self.many.setObjectName("complaints.many")
        self.many.setToolTip(_("对选中的几件一起办；用 Ctrl、Shift 或者 Ctrl+A 选"))
        self.many.hide()
        self.search.setObjectName("complaints.search")
        self.search.setPlaceholderText(_("查找（Ctrl+F）"))
        self.search.setToolTip(_("编号、单位、内容、文书，能看身份的还可以找姓名"))
        self.search.setAccessibleName(_("在登记簿里查找"))
        self.search.setMinimumWidth(theme.em(10))
        self.search.setMaximumWidth(theme.em(24))
        typed = self.search.sizePolicy()
        typed.setHorizontalStretch(1)
        self.search.setSizePolicy(typed)
        self.found.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.found.hide()
        self.toolbar = QWidget()
        row = FlowLayout(self.toolbar, theme.MEDIUM, theme.SMALL)
        row.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        tools: tuple[QWidget | QLabel, ...] = (
            self.new_button,
            self.search,
            self.views,
            self.exchange,
            self.filters,  # last: of many filters a narrow window makes a line of their own
        )
        for one in tools:
            row.addWidget(one)
        # under the list, so that no line moves while lines are being selected or searched for
        self.foot = QWidget()
        line = QHBoxLayout(self.foot)
        line.setContentsMargins(theme.LARGE, theme.TIGHT, theme.MEDIUM, theme.TIGHT)
        line.setSpacing(theme.MEDIUM)
        line.addWidget(self.found)
        line.addWidget(self.many)
        line.addStretch(1)
        self.foot.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self._seat()
        self._context.seated.connect(self._seat)
        self.new_button.clicked.connect(self.new_wanted)
        self.list.wanted.connect(self.new_wanted)
        self.list.current.connect(self.current)
        self.list.chosen.connect(self.chosen)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._count_selected())
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._offer_many)
        self.filters.chosen.connect(lambda _key: self._filtered())
        self.search.textChanged.connect(lambda _text: self._typed())
        self.search.left.connect(self.list.setFocus)
        self._explain.timeout.connect(self._say_where)
        self._pause.timeout.connect(self._look_again)
        self.views.asked = self.query
        self.views.wanted.connect(self.set_query)
        reload = QShortcut(QKeySequence.StandardKey.Refresh, self)
        reload.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        reload.activated.connect(self.reload)


def _spots(words_: str, text: str) -> Sequence[tuple[int, int]]:
    return spots(text, words_)
