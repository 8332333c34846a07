"""规则: every rulebook at hand, to be read page by page; which ones are in use, which damaged."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QTabBar, QTextBrowser, QVBoxLayout, QWidget

from desktop.rules.rulebook import Rulebook, System
from desktop.text import _
from desktop.ui.common import theme, wording
from desktop.ui.common.bars import Tone
from desktop.ui.common.labels import label
from desktop.ui.common.listview import ListView
from desktop.ui.common.palette import Status
from desktop.ui.common.panes import side_by_side
from desktop.ui.common.table import RIGHT, Column, ListModel
from desktop.ui.context import Context
from desktop.ui.office.page import OfficePage
from desktop.ui.office.rulestext import pages
from desktop.usecases import profile
from desktop.usecases.profile import RulesInUse
from desktop.usecases.records import PackChoice


@dataclass(frozen=True, slots=True)
class _Row:
    book: Rulebook
    used: str  # the systems the office uses it for, in words


class RulesPage(OfficePage):
    """Rulebooks left, the pages of one right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            "rules",
            _("规则"),
            _("随程序附带的各地文件，逐条注明出处；文件没有写的，这里也没有。"),
            parent,
        )
        self._context = context
        self._row: _Row | None = None
        self.model: ListModel[_Row] = ListModel(_columns(), lambda r: (r.book.id, r.book.version))
        self.list: ListView[_Row] = ListView(self.model, _("规则包"), context.settings)
        self.list.setObjectName("rules.list")
        self.list.current.connect(self._show_book)
        self._title = label("", "heading", wrap=True)
        self.tabs = QTabBar()
        self.tabs.setObjectName("rules.tabs")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.currentChanged.connect(self._show_page)
        self.text = QTextBrowser()
        self.text.setObjectName("rules.text")
        self.text.setAccessibleName(_("规则内容"))
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setStyleSheet("QTextBrowser { border: none; }")
        self.setFocusProxy(self.list)
        self.text.document().setDocumentMargin(theme.LARGE)
        theme.on_change(self._renew)
        self._lay_out()

    def reload(self) -> None:
        """Read anew which rulebooks the office uses."""
        self._context.ask(profile.rules_in_use, self._show)

    def has_unsaved(self) -> bool:
        """Nothing can be typed here."""
        return False

    def show_pack(self, pack: str) -> None:
        """Bring a rulebook to the front."""
        found = next((row for row in self.model.rows() if row.book.id == pack), None)
        if found is not None:
            self.list.select((found.book.id, found.book.version))

    def _show(self, seen: RulesInUse) -> None:
        books = sorted(
            seen.library.books.values(),
            key=lambda b: (_order(b, seen.choices), b.place),
        )
        self.model.set_rows([_Row(b, _used(b, seen.choices)) for b in books])
        if self.list.current_row() is None and books:
            self.list.selectRow(0)
        faults = [wording.error_words(fault) or "" for fault in seen.library.faults]
        if faults:
            self.bar.tell(Tone.ERROR, "\n".join(faults), closable=False)
        else:
            self.bar.clear()

    def _show_book(self, row: _Row | None) -> None:
        if row is None:
            return
        before = self._keys()[self.tabs.currentIndex()] if self._row is not None else ""
        self._row = row
        title = _("{place} · 第 {version} 版").format(
            place=row.book.place, version=row.book.version
        )
        used = _("本单位用于：{systems}").format(systems=row.used) if row.used else ""
        self._title.setText(f"{title}　{used}")
        blocked = self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for key, name, _make in pages(row.book):
            self.tabs.setTabData(self.tabs.addTab(name), key)
        keys = self._keys()
        self.tabs.setCurrentIndex(keys.index(before) if before in keys else 0)
        self.tabs.blockSignals(blocked)
        self._show_page(self.tabs.currentIndex())

    def _keys(self) -> list[str]:
        return [str(self.tabs.tabData(at)) for at in range(self.tabs.count())]

    def _show_page(self, at: int) -> None:
        if self._row is None or at < 0:
            return
        _key, _name, make = pages(self._row.book)[at]
        self.text.setHtml(make(self._row.book))

    def _renew(self) -> None:
        """The colours of the tables are part of the text."""
        self.text.document().setDefaultFont(QGuiApplication.font())
        self._show_page(self.tabs.currentIndex())

    def _lay_out(self) -> None:
        right = QWidget()
        right.setProperty("role", "pane")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(right)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(self._title)
        column.addWidget(self.tabs)
        column.addWidget(self.text, 1)
        split = side_by_side(self.list, right, (0, 1), [theme.em(22), theme.em(72)])
        self.list.setMinimumWidth(theme.em(16))
        self.body.addWidget(split, 1)


def _columns() -> list[Column[_Row]]:
    return [
        Column("place", _("地方"), lambda r: r.book.place, tooltip=_summary, stretch=True),
        Column("version", _("版"), lambda r: str(r.book.version), align=RIGHT, width=2),
        Column("used", _("本单位"), _in_use, width=4, status=_status),
    ]


def _in_use(row: _Row) -> str:
    return _("在用") if row.used else ""


def _status(row: _Row) -> Status | None:
    return Status.DONE if row.used else None


def _summary(row: _Row) -> str:
    return row.book.summary


def _order(book: Rulebook, choices: Mapping[System, PackChoice]) -> int:
    """The office's own place first, then what holds everywhere, then the others."""
    if book.kind == "national":
        return 1
    return 0 if _used(book, choices) else 2


def _used(book: Rulebook, choices: Mapping[System, PackChoice]) -> str:
    """The systems an office uses a rulebook for; the national one stands behind all of them."""
    if book.kind == "national":
        return _("全部")
    own = [s for s, c in choices.items() if (c.pack, c.version) == (book.id, book.version)]
    return _("、").join(_(wording.SYSTEMS[s]) for s in own)
