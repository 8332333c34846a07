"""The view of a list: calm rows, pills, stored widths, copying, and a word when it is empty."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSettings,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop.ui.common import theme
from desktop.ui.common.empty import EmptyState
from desktop.ui.common.pills import paint_pill, pill_size
from desktop.ui.common.sheetclip import sheet_data
from desktop.ui.common.table import Column, Index, ListModel

R = TypeVar("R")
_ROW_HEIGHT = 28
_ONE_LINE = int(Qt.TextFlag.TextSingleLine)
_STRETCHED = 11  # characters that a stretching column is not made narrower than
_SELECTED = QStyle.StateFlag.State_Selected.value
_ROUNDED = 0.75  # of a pixel: what a character may take more among others than alone
_MEASURED = 200  # rows whose pills are measured; more would be felt in a long list


class ListView(QTableView, Generic[R]):
    """A list of records with one current row.

    `chosen(row)` on Enter or double click, `current(row)` when the current row changes (None
    when there is none), `wanted()` when the button of the empty list is pressed.
    """

    chosen = Signal(object)
    current = Signal(object)
    wanted = Signal()

    def __init__(self, model: ListModel[R], name: str, settings: QSettings | None = None) -> None:
        """`name` is the accessible name; with `settings` widths are kept under `name`'s key."""
        super().__init__()
        self._model = model
        self._settings = settings
        self._key = f"lists/{'.'.join(column.key for column in model.columns)}"
        self._kept: Hashable | None = None
        self._quiet = False
        self._told = False
        #: Columns hidden by hand, columns that have nothing to say now, and those without room.
        self._hidden: set[str] = set()
        self._idle: set[str] = set()
        self._fitting = False
        #: The usual widths of the columns for the rows that are there.
        self._usuals: dict[str, int] = {}
        #: Where something is to be marked in a text (from, to), such as what was searched for.
        self.spots: Callable[[str], Sequence[tuple[int, int]]] | None = None
        #: Reads rows that are fetched by pages, before they are copied; None where all are there.
        self.reader: Callable[[list[range], Callable[[Sequence[R]], None]], None] | None = None
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self._calm_down()
        self._empty = EmptyState("list", "")
        self._empty.setParent(self.viewport())
        self._empty.clicked.connect(self.wanted)
        self._empty.hide()
        self._set_up_header()
        self._recall_columns()
        self._listen()
        theme.on_change(self._renew)
        self._renew()
        self._show_empty()

    @property
    def shown(self) -> ListModel[R]:
        """The model whose rows are shown."""
        return self._model

    def set_empty(self, icon: str, sentence: str, action: str = "") -> None:
        """What to show while there are no rows."""
        self._empty.set(icon, sentence, action)

    def is_empty_shown(self) -> bool:
        """Whether the word for the empty list is on screen."""
        return not self._empty.isHidden()

    def current_row(self) -> R | None:
        """The current row."""
        index = self.currentIndex()
        return self._model.row(index.row()) if index.isValid() else None

    def selected_rows(self) -> list[R]:
        """The selected rows from top to bottom, as far as they were fetched."""
        found = (self._model.row(at) for span in self.selected_spans() for at in span)
        return [row for row in found if row is not None]

    def selected_spans(self) -> list[range]:
        """The places of the selected rows, as stretches from top to bottom."""
        chosen: Any = (
            self.selectionModel().selection()
        )  # it can be iterated, the stubs do not say so
        spans = sorted((span.top(), span.bottom() + 1) for span in chosen)
        joined: list[range] = []
        for first, end in spans:
            if joined and first <= joined[-1].stop:
                joined[-1] = range(joined[-1].start, max(end, joined[-1].stop))
            else:
                joined.append(range(first, end))
        return joined

    def select(self, key: Hashable) -> bool:
        """Make the row with this key the current one; False if it is not in the list."""
        at = self._model.find(key)
        if at < 0:
            return False
        # not selectRow(): with Ctrl still held from Ctrl+Enter it would add to the selection
        flag = QItemSelectionModel.SelectionFlag
        index = self._model.index(at, 0)
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        self.scrollTo(index)
        return True

    def listed(self) -> list[str]:
        """The keys of the columns chosen to be seen, in their order, room or not."""
        return [self._model.columns[at].key for at in self._visual_order()]

    def set_idle(self, key: str, idle: bool) -> None:
        """Take a column away while it has nothing to say, or bring it back."""
        if (key in self._idle) != idle:
            (self._idle.add if idle else self._idle.discard)(key)
            self._fit()

    def copy(self) -> None:
        """Put the selected rows on the clipboard for Excel and for any other program."""
        if self.reader is not None:
            self.reader(self.selected_spans(), self.copy_rows)
        else:
            self.copy_rows(self.selected_rows())

    def copy_rows(self, rows: Sequence[R]) -> None:
        """Put these rows on the clipboard, in the columns shown."""
        order = self._visual_order()
        cells = [[self._model.columns[at].text(row) for at in order] for row in rows]
        if cells:
            titles = [self._model.columns[at].title for at in self._visual_order()]
            QGuiApplication.clipboard().setMimeData(sheet_data(cells, titles))

    # -- Qt ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
            event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self._choose(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._empty.setGeometry(self.viewport().rect())
        self._fit()

    # -- inside --------------------------------------------------------------------------------

    def _calm_down(self) -> None:
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        # To paint itself it asks whether whole columns are selected, which looks at every cell: it
        # gets a selection of its own, in which nothing ever is.
        header.setSelectionModel(QItemSelectionModel(self._model, header))
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(theme.em(3))
        # First no column, then sorting: otherwise Qt sorts by the first one at once.
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        for at, column in enumerate(self._model.columns):
            if column.stretch:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)

    def _listen(self) -> None:
        self.doubleClicked.connect(self._choose)
        self.selectionModel().currentRowChanged.connect(lambda _new, _old: self._tell())
        self._model.modelAboutToBeReset.connect(self._keep)
        self._model.modelReset.connect(self._restore)
        self._model.dataChanged.connect(lambda first, last: self._fetched(first, last))
        header = self.horizontalHeader()
        header.sectionResized.connect(self._remember)
        header.sectionMoved.connect(lambda _at, _old, _new: self._remember_order())
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)

    # -- which columns, in which order ---------------------------------------------------------

    def columns_menu(self) -> QMenu:
        """A menu in which columns are shown and hidden; one always remains."""
        menu = QMenu(self)
        shown = self._visual_order()
        for at, column in enumerate(self._model.columns):
            if column.key in self._idle:
                continue
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(at in shown)
            action.setEnabled(shown != [at])
            action.toggled.connect(lambda on, at=at: self.show_column(at, on))
        return menu

    def show_column(self, at: int, shown: bool) -> None:
        """Show or hide a column, and remember it."""
        key = self._model.columns[at].key
        (self._hidden.discard if shown else self._hidden.add)(key)
        if self._settings is not None:
            hidden = [c.key for c in self._model.columns if c.key in self._hidden]
            self._settings.setValue(f"{self._key}/hidden", ",".join(hidden))
        self._fit()

    def _offer_columns(self, where: QPoint) -> None:
        menu = self.columns_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(where))

    def _remember_order(self) -> None:
        if self._settings is not None and not self._quiet:
            header = self.horizontalHeader()
            order = [self._model.columns[header.logicalIndex(n)].key for n in range(header.count())]
            self._settings.setValue(f"{self._key}/order", ",".join(order))

    def _recall_columns(self) -> None:
        """Hide and order the columns as they were left; unknown ones are passed over."""
        if self._settings is None:
            return
        header = self.horizontalHeader()
        keys = [column.key for column in self._model.columns]
        hidden = str(self._settings.value(f"{self._key}/hidden", "")).split(",")
        if set(keys) - set(hidden):
            self._hidden = set(hidden) & set(keys)
        order = [
            k for k in str(self._settings.value(f"{self._key}/order", "")).split(",") if k in keys
        ]
        for place, key in enumerate(dict.fromkeys(order)):
            header.moveSection(header.visualIndex(keys.index(key)), place)

    def _choose(self, index: QModelIndex) -> None:
        row = self._model.row(index.row()) if index.isValid() else None
        if row is not None:
            self.chosen.emit(row)

    def _tell(self) -> None:
        if not self._quiet:
            row = self.current_row()
            self._told = row is not None
            self.current.emit(row)

    def _fetched(self, first: QModelIndex, last: QModelIndex) -> None:
        """Tell of the current row if it came only now."""
        self._usuals.clear()
        current = self.currentIndex()
        if not self._told and current.isValid() and first.row() <= current.row() <= last.row():
            self._tell()

    def _keep(self) -> None:
        row = self.current_row()
        self._kept = self._model.key(row) if row is not None else None
        self._quiet = True

    def _restore(self) -> None:
        self._usuals.clear()
        kept, self._kept = self._kept, None
        if kept is not None:
            self.select(kept)
        self._quiet = False
        self._widen()
        self._show_empty()
        if kept is not None:
            self._tell()

    def _widen(self) -> None:
        """Give the pills of new rows the room they need, unless a width was chosen by hand."""
        header = self.horizontalHeader()
        blocked = header.blockSignals(True)
        for at, column in enumerate(self._model.columns):
            if column.status is not None and not self._stored(column.key):
                header.resizeSection(at, max(header.sectionSize(at), self._usual(column)))
        header.blockSignals(blocked)
        self._fit()

    def _fit(self) -> None:
        """Let the columns that matter least become narrower or give way, so that none is out of sight.

        What was chosen by hand stays chosen: they come back as soon as there is room.
        """
        if self._fitting:
            return
        self._fitting = True
        columns = self._model.columns
        shown = [
            at
            for at, c in enumerate(columns)
            if c.key not in self._hidden and c.key not in self._idle
        ]
        widths = {at: self._wanted(columns[at]) for at in shown}
        over = sum(widths.values()) - self.viewport().width()
        gone: set[int] = set()
        for at in sorted(shown, key=lambda at: -columns[at].rank):
            if over > 0 and columns[at].rank:
                less = min(over, max(0, widths[at] - self._least(columns[at])))
                widths[at] -= less
                over -= less
                if over > 0:
                    over -= widths[at]
                    gone.add(at)
        for at in range(len(columns)):
            hidden = at not in widths or at in gone
            if self.isColumnHidden(at) != hidden:
                self.setColumnHidden(at, hidden)
            if not hidden and not columns[at].stretch and columns[at].rank:
                self.horizontalHeader().resizeSection(at, widths[at])
        self.updateGeometries()  # else the scroll bar is that of the columns as they were
        self._fitting = False

    def _wanted(self, column: Column[R]) -> int:
        """The width of a column if there is room: as left by hand, else the usual one."""
        if column.stretch:
            return theme.em(min(column.width, _STRETCHED))
        return self._stored(column.key) or self._usual(column)

    def _least(self, column: Column[R]) -> int:
        return theme.em(column.least or column.width) + 2 * theme.SMALL

    def _show_empty(self) -> None:
        self._empty.setGeometry(self.viewport().rect())
        self._empty.setVisible(self._model.rowCount() == 0)

    def _visual_order(self) -> list[int]:
        header = self.horizontalHeader()
        shown = [header.logicalIndex(at) for at in range(header.count())]
        away = self._hidden | self._idle
        return [at for at in shown if self._model.columns[at].key not in away]

    def _renew(self) -> None:
        self._usuals.clear()
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW_HEIGHT))
        header = self.horizontalHeader()
        blocked = header.blockSignals(True)
        for at, column in enumerate(self._model.columns):
            header.resizeSection(at, self._stored(column.key) or self._usual(column))
        header.blockSignals(blocked)
        self._fit()
        self.viewport().update()

    def _usual(self, column: Column[R]) -> int:
        """The declared width, or more where the words of a language need it (title, pills)."""
        if column.key not in self._usuals:
            self._usuals[column.key] = self._measured(column)
        return self._usuals[column.key]

    def _measured(self, column: Column[R]) -> int:
        air = 2 * theme.SMALL
        title = self.horizontalHeader().fontMetrics().horizontalAdvance(column.title) + air
        pills = 0
        if column.status is not None:
            words = {column.text(row) for row in self._model.sample(_MEASURED)}
            pills = max((pill_size(word, self.font()).width() for word in words), default=0) + air
        return max(theme.em(column.width) + air, title, pills)

    def _stored(self, column: str) -> int:
        if self._settings is None:
            return 0
        characters: Any = self._settings.value(f"{self._key}/{column}", 0.0, float)
        return theme.em(float(characters))

    def _remember(self, at: int, _old: int, width: int) -> None:
        column = self._model.columns[at]
        if self._settings is not None and not column.stretch and not self._fitting:
            # In characters, so that a width fits at every size of text.
            self._settings.setValue(f"{self._key}/{column.key}", width / theme.em(1))


class _Widths(dict[str, float]):
    """How much room characters take at most; each is measured once."""

    def __init__(self, font: QFont) -> None:
        super().__init__()
        self._metrics = QFontMetricsF(font)

    def __missing__(self, character: str) -> float:
        found = self[character] = self._metrics.horizontalAdvance(character) + _ROUNDED
        return found

    def of(self, text: str) -> float:
        """Return the room that a text takes at most, without laying it out."""
        return sum(map(self.__getitem__, text))


class _Delegate(QStyledItemDelegate):
    """Draws cells with some air, statuses as pills, marks what is searched for, and the current row.

    It asks the model itself and draws a cell with few strokes: by way of roles, style options and
    the style sheet a cell takes four times as long, which is felt at every turn of the wheel.
    """

    def __init__(self, view: ListView[Any]) -> None:
        super().__init__(view)
        self._view = view
        theme.on_change(self._measure)
        self._measure()

    def _measure(self) -> None:
        """Take the measures and colours in force."""
        self._widths = _Widths(theme.font())
        tones = theme.colours()
        self._text, self._on_chosen = QColor(tones.text), QColor(tones.on_accent_soft)
        self._chosen = QColor(tones.accent_soft)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown: Any = option  # the stubs of Qt do not know the fields of style options
        rect: QRect = shown.rect
        chosen = bool(shown.state.value & _SELECTED)
        if chosen:
            painter.fillRect(rect, self._chosen)
        model = self._view.shown
        column, row = model.columns[index.column()], model.row(index.row())
        word = column.text(row) if row is not None else ""
        status = column.status(row) if row is not None and column.status is not None else None
        if word:
            painter.save()
            painter.setFont(shown.font)
            if status is not None:
                room = QRectF(rect).adjusted(theme.SMALL, 0, -theme.TIGHT, 0)
                paint_pill(painter, room, word, status)
            else:
                self._write(painter, rect, column, word, chosen=chosen)
            painter.restore()
        self._mark_current(painter, rect, index)

    def _write(
        self, painter: QPainter, rect: QRect, column: Column[Any], word: str, *, chosen: bool
    ) -> None:
        """Write the text of a cell, over the marks of what was found in it."""
        room = rect.adjusted(theme.SMALL, 0, -theme.SMALL, 0)
        metrics, whole = painter.fontMetrics(), word.replace("\n", " ")
        said = whole
        if self._widths.of(said) > room.width():  # else it has room
            said = metrics.elidedText(said, Qt.TextElideMode.ElideRight, room.width())
        if self._view.spots is not None and column.marked:
            tone = QColor(theme.colours().mark)
            kept = len(said) if said == whole else len(said) - 1
            for start, end in self._view.spots(word):
                if start < kept:
                    left = room.left() + metrics.horizontalAdvance(said[:start])
                    right = room.left() + metrics.horizontalAdvance(said[: min(end, kept)])
                    top = room.center().y() - metrics.height() // 2
                    painter.fillRect(QRect(left, top, right - left, metrics.height() + 1), tone)
        painter.setPen(self._on_chosen if chosen else self._text)
        painter.drawText(room, int(column.align) | _ONE_LINE, said)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return super().sizeHint(option, index) + QSize(2 * theme.SMALL, 0)

    def _mark_current(self, painter: QPainter, rect: QRect, index: Index) -> None:
        if index.row() != self._view.currentIndex().row():
            return
        if index.column() == self._view.horizontalHeader().logicalIndex(0):
            tone = theme.colours().accent if self._view.hasFocus() else theme.colours().faint
            painter.fillRect(rect.left(), rect.top() + 4, 3, rect.height() - 8, tone)
