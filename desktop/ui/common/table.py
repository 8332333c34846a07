"""Lists of records: the model over frozen rows and the view; what a cell says is the tab's."""

from collections.abc import Callable, Hashable, Sequence
from itertools import islice
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QModelRoleData,
    QModelRoleDataSpan,
    QPersistentModelIndex,
    Qt,
)

from desktop.ui.common.pages import Pages
from desktop.ui.common.palette import Status
from desktop.ui.common.sheetclip import tab_separated as tab_separated  # lists are copied so
from frozen import dataclass

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()

LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER: Final = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter

STATUS_ROLE: Final = Qt.ItemDataRole.UserRole + 1
ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 2
MARKED_ROLE: Final = Qt.ItemDataRole.UserRole + 3

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_STATUS = int(STATUS_ROLE)
_ROW = int(ROW_ROLE)
_MARKED = int(MARKED_ROLE)


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: its key (also for stored widths), title, and how it reads a row.

    `sort` gives what rows are ordered by, by default the text. `width` is in Chinese
    characters; one column may have `stretch`. `status` makes the cell a coloured pill.
    Where there is no room for all columns, those of the highest `rank` become narrower, down to
    `least` characters, and then give way whole; one of rank 0 always stays. `marked`: what is
    searched for is marked in it.
    """

    key: str
    title: str
    text: Callable[[R], str]
    sort: Callable[[R], Any] | None = None
    align: Qt.AlignmentFlag = LEFT
    tooltip: Callable[[R], str] | None = None
    width: float = 8
    stretch: bool = False
    status: Callable[[R], Status | None] | None = None
    rank: int = 0
    least: float = 0
    marked: bool = False


class ListModel(QAbstractTableModel, Generic[R]):
    """Rows of one record type under declared columns; sorts itself, keeps what is selected.

    `key` names a row across reloads, so that the selection stays on the same record. Rows may
    be any sequence; with `sorter` the order is left to its owner: it is called with the column
    key and whether descending, and answers by `set_rows`.
    """

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], Hashable] = id,
        sorter: Callable[[str, bool], None] | None = None,
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.key = key
        self._sorter = sorter
        self._rows: Sequence[R] = ()
        self._sorted_by = -1
        self._descending = False

    def rows(self) -> Sequence[R]:
        """The rows in the order shown."""
        return self._rows

    def row(self, at: int) -> R | None:
        """One row, counted from 0; None while it is still being fetched."""
        return self._rows[at]

    def sample(self, count: int) -> Sequence[R]:
        """Some of the rows that are there, from the first on; fetches none."""
        if isinstance(self._rows, Pages):
            return [row for _at, row in islice(self._rows.held(), count)]
        return self._rows[:count]

    def find(self, key: Hashable) -> int:
        """Where the row with this key is, -1 if it is not there (or was not fetched yet)."""
        if isinstance(self._rows, Pages):
            return self._rows.find(self.key, key)
        return next((at for at, row in enumerate(self._rows) if self.key(row) == key), -1)

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows, in the order chosen by the header if there is one."""
        self.beginResetModel()
        self._rows = rows
        if isinstance(rows, Pages):
            rows.arrived.connect(self._arrived)
        if self._sorter is None and self._sorted_by >= 0:
            self._rows = self._ordered()
        self.endResetModel()

    def _arrived(self, first: int, last: int) -> None:
        if self.sender() is not None and last < len(self._rows):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted_by = column if column < len(self.columns) else -1
        self._descending = order == Qt.SortOrder.DescendingOrder
        if self._sorted_by < 0:
            return
        if self._sorter is not None:
            self._sorter(self.columns[column].key, self._descending)
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [self._rows[index.row()] for index in before]
        self._rows = self._ordered()
        places = {id(row): at for at, row in enumerate(self._rows)} if held else {}
        after = [
            self.index(places[id(row)], index.column())
            for row, index in zip(held, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == _DISPLAY:
            return self.columns[section].title
        return self.columns[section].align if role == _ALIGN else None

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        if not index.isValid():
            return None
        return self._answer(self.columns[index.column()], self._rows[index.row()], role)

    def multiData(
        self,
        index: Index,
        roleDataSpan: QModelRoleDataSpan | QModelRoleData,  # noqa: N803 - the name is Qt's
    ) -> None:
        """Answer all roles of a cell in one call: a third of the time of `data` per role."""
        column = self.columns[index.column()]
        row = self._rows[index.row()]
        asked: Any = roleDataSpan  # it can be iterated, but the stubs do not say so
        for item in (asked,) if isinstance(asked, QModelRoleData) else asked:
            role = item.role()
            if role in _ANSWERED:
                item.setData(self._answer(column, row, role))
            else:
                item.clearData()

    def _answer(self, column: Column[R], row: R | None, role: int) -> object:
        if row is None:  # it is being fetched
            return column.align if role == _ALIGN else None
        if role in (_DISPLAY, _ACCESSIBLE):
            return column.text(row)
        if role == _ALIGN:
            return column.align
        if role == _TOOLTIP:
            return (column.tooltip or column.text)(row) or None
        if role == _STATUS:
            return column.status(row) if column.status is not None else None
        if role == _MARKED:
            return column.marked
        return row if role == _ROW else None

    def _ordered(self) -> list[R]:
        column = self.columns[self._sorted_by]
        sort = column.sort or column.text
        empty = [row for row in self._rows if sort(row) in (None, "")]
        full = [row for row in self._rows if sort(row) not in (None, "")]
        # What has no value stands last in both directions: nobody looks for it first.
        return [*sorted(full, key=sort, reverse=self._descending), *empty]


_ANSWERED = frozenset((_DISPLAY, _ACCESSIBLE, _ALIGN, _TOOLTIP, _STATUS, _ROW, _MARKED))
