"""The list beside the editor: fields, conditions and lists, inserted by double click or Enter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.text import N_, _
from desktop.ui.common import theme
from desktop.ui.common.labels import label
from desktop.ui.templates.words import type_words
from desktop.usecases.templates import FieldInfo


@dataclass(frozen=True, slots=True)
class Snippet:
    """Something to insert; with ``around`` a marked text comes in between ``text`` and ``end``."""

    title: str
    tip: str
    text: str
    end: str = ""
    middle: str = ""


_HEADINGS = (
    (N_("一级标题　一、"), "# "),
    (N_("二级标题　（一）"), "## "),
    (N_("三级标题　1."), "### "),
)


def field_snippets(fields: Sequence[FieldInfo]) -> Iterator[Snippet]:
    """Offer every field by its Chinese name."""
    for one in fields:
        if not one.listed:
            tip = f"{type_words(one.type)}\n{one.insert}"
            yield Snippet(_(one.title), tip, one.insert)


def condition_snippets(fields: Sequence[FieldInfo]) -> Iterator[Snippet]:
    """Offer to write something only where a field is not empty."""
    for one in fields:
        if one.optional:
            start, end = f"{{% if {one.name} %}}\n", "\n{% endif %}"
            inside = f"{{% if {one.name} %}}"
            middle = one.insert
            if middle.startswith(inside):
                middle = middle.removeprefix(inside).removesuffix("{% endif %}")
            title = _("如果有“{name}”…").format(name=_(one.title))
            yield Snippet(title, start + middle + end, start, end, middle)


def list_snippets(fields: Sequence[FieldInfo]) -> Iterator[Snippet]:
    """Offer to go through what holds several items."""
    for one in fields:
        if one.listed:
            title = _("逐条列出“{name}”…").format(name=_(one.title))
            yield Snippet(title, one.insert, one.insert)


def heading_snippets() -> Iterator[Snippet]:
    """Offer the numbered headings of a letter."""
    for title, mark in _HEADINGS:
        yield Snippet(_(title), _("写在一段的开头，打印时自动编号。"), mark)


class InsertList(QWidget):
    """Fields, conditions, lists and headings, to be found by typing; `chosen(Snippet)`."""

    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.search = QLineEdit()
        self.search.setObjectName(f"{name}.search")
        self.search.setPlaceholderText(_("查找字段和句式"))
        self.search.setAccessibleName(_("查找字段和句式"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.list = _List()
        self.list.setObjectName(f"{name}.list")
        self.list.setAccessibleName(_("字段和句式"))
        self.list.setMinimumHeight(theme.px(96))
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemDoubleClicked.connect(self._choose)
        self.list.entered_by_key.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SMALL, 0, 0)
        column.setSpacing(theme.TIGHT)
        column.addWidget(label(_("双击插入到光标处"), "quiet"))
        column.addWidget(self.search)
        column.addWidget(self.list, 1)

    def show_fields(self, fields: Sequence[FieldInfo], *, headings: bool) -> None:
        """Offer what goes with these fields."""
        self.list.clear()
        self._group(_("字段"), field_snippets(fields))
        self._group(_("如果有…才写"), condition_snippets(fields))
        self._group(_("逐条列出…"), list_snippets(fields))
        if headings:
            self._group(_("自动编号的标题"), heading_snippets())
        self._filter(self.search.text())

    def titles(self) -> list[str]:
        """Return what is offered now, without the headings of the groups."""
        items = (self.list.item(n) for n in range(self.list.count()))
        return [i.text() for i in items if not i.isHidden() and i.data(_SNIPPET) is not None]

    def pick(self, title: str) -> None:
        """Choose an entry as a double click would."""
        for n in range(self.list.count()):
            if self.list.item(n).text() == title:
                self._choose(self.list.item(n))
                return
        raise LookupError(title)

    def _group(self, heading: str, snippets: Iterator[Snippet]) -> None:
        found = list(snippets)
        if not found:
            return
        head = QListWidgetItem(heading)
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        head.setFont(theme.font(0.92, bold=True))
        self.list.addItem(head)
        for one in found:
            item = QListWidgetItem(one.title)
            item.setToolTip(one.tip)
            item.setData(_SNIPPET, one)
            self.list.addItem(item)

    def _choose(self, item: QListWidgetItem) -> None:
        snippet = item.data(_SNIPPET)
        if snippet is not None:
            self.chosen.emit(snippet)

    def _filter(self, wanted: str) -> None:
        """Hide what does not hold the typed text, and groups that are left empty."""
        wanted = wanted.strip()
        shown, head = False, None
        for n in range(self.list.count()):
            item = self.list.item(n)
            if item.data(_SNIPPET) is None:
                if head is not None:
                    head.setHidden(not shown)
                head, shown = item, False
            else:
                fits = wanted in item.text()
                item.setHidden(not fits)
                shown = shown or fits
        if head is not None:
            head.setHidden(not shown)


_SNIPPET = Qt.ItemDataRole.UserRole + 1


class _List(QListWidget):
    """A list that says when Enter was pressed on an entry."""

    entered_by_key = Signal(QListWidgetItem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.entered_by_key.emit(item)
        else:
            super().keyPressEvent(event)
