"""The lines of a ledger as the import shows them: every cell, the faulty ones marked and explained."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush

from desktop.rules.ledgercells import cell_text
from desktop.rules.ledgerrows import Faulty
from desktop.text import _
from desktop.ui.common import icons, theme
from desktop.ui.complaints import imports_words
from desktop.usecases.imports import Review

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
#: Characters of a cell that are shown; the whole text is in the tooltip.
_SHOWN, _WHOLE = 60, 1_000


class LinesModel(QAbstractTableModel):
    """Lines of the checked ledger; nothing is copied, so that a hundred thousand show at once."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._review: Review | None = None
        self._lines: Sequence[int] = ()
        self._faulty: dict[int, Faulty] = {}
        self._columns: list[int] = []

    def show_review(self, review: Review, *, faulty: bool) -> None:
        """Show a ledger: only its faulty lines, or those that come in."""
        self.beginResetModel()
        self._review = review
        self._faulty = {one.line: one for one in review.checked.faulty}
        good = (one.line for one in review.checked.good)
        self._lines = tuple(self._faulty) if faulty else tuple(good)
        self._columns = [at for at, field in enumerate(review.plan.mapping) if field is not None]
        self.endResetModel()

    def said(self, at: int) -> str:
        """What is wrong with a line, one sentence after the other."""
        found = self._faulty.get(self._lines[at]) if 0 <= at < len(self._lines) else None
        words = [imports_words.fault_words(one) for one in found.faults] if found else []
        return "\n".join(dict.fromkeys(words))

    def line(self, at: int) -> int:
        """The number of a line on the sheet."""
        return self._lines[at]

    def first_fault(self, at: int) -> int:
        """The column of the first faulty cell of a line."""
        return next((n for n in range(len(self._columns)) if self._wrong(at, n)), 0)

    # -- Qt ------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if role != _DISPLAY or self._review is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(self._lines[section])
        return self._review.plan.names[self._columns[section]] or _("（无栏名）")

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        if not index.isValid() or self._review is None:
            return None
        if role in (_DISPLAY, int(Qt.ItemDataRole.AccessibleTextRole)):
            return self._text(index)[:_SHOWN]
        wrong = self._wrong(index.row(), index.column())
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return wrong or self._text(index)[:_WHOLE]
        if role == int(Qt.ItemDataRole.BackgroundRole) and wrong:
            return QBrush(theme.colours().error_soft)
        if role == int(Qt.ItemDataRole.DecorationRole) and wrong:  # seen in the chosen line too
            return icons.icon("warning", theme.colours().error)
        return None

    # -- inside --------------------------------------------------------------------------------

    def _text(self, index: Index) -> str:
        assert self._review is not None
        row = self._review.plan.sheet.rows[self._lines[index.row()] - 1]
        at = self._columns[index.column()]
        return " ".join(cell_text(row[at]).split()) if at < len(row) else ""

    def _wrong(self, at: int, column: int) -> str:
        found = self._faulty.get(self._lines[at])
        if found is None or self._review is None:
            return ""
        field = self._review.plan.mapping[self._columns[column]]
        return "\n".join(
            imports_words.fault_words(one) for one in found.faults if one.field == field
        )
