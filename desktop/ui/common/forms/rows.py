"""The field that repeats: rows of small inputs, such as the people named in a letter."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.text import N_, _
from desktop.ui.common import theme
from desktop.ui.common.forms.field import Editor, Field, follow, mark
from desktop.ui.common.forms.texts import LineField
from desktop.ui.common.labels import button, label, plain, tool

_PERSON: Sequence[Field] = (
    LineField("name", N_("姓名")),
    LineField("unit", N_("单位")),
    LineField("post", N_("职务")),
)


@dataclass(frozen=True, slots=True)
class RowsField(Field):
    """Rows of the same small inputs; the value is a tuple of mappings, blank rows left out."""

    _: KW_ONLY
    columns: Sequence[Field] = ()
    widths: Sequence[int] = ()  # proportions of the columns, 1 each if left out
    add_text: str = ""

    def editor(self, today: date) -> Editor:
        return RowsEditor(self.columns, self.widths, self.add_text or _("添加一行"), today)


@dataclass(frozen=True, slots=True)
class PeopleField(RowsField):
    """Rows of people: name, unit, post (姓名、单位、职务)."""

    _: KW_ONLY
    columns: Sequence[Field] = _PERSON
    widths: Sequence[int] = (2, 3, 3)

    def editor(self, today: date) -> Editor:
        return RowsEditor(self.columns, self.widths, self.add_text or _("添加人员"), today)


@dataclass(slots=True)
class _Row:
    frame: QWidget
    cells: dict[str, Editor]

    def values(self) -> dict[str, object]:
        return {key: cell.value() for key, cell in self.cells.items()}

    def is_blank(self) -> bool:
        return all(
            cell.state() in ("", None, (), False) or cell.value() == cell.blank()
            for cell in self.cells.values()
        ) and not any(cell.problem() for cell in self.cells.values())


class RowsEditor(Editor):
    """The rows with a heading above, a button at the end of each and one to add another."""

    def __init__(
        self, columns: Sequence[Field], widths: Sequence[int], add_text: str, today: date
    ) -> None:
        super().__init__()
        self._columns = columns
        self._widths = widths or [1] * len(columns)
        self._today = today
        self._rows: list[_Row] = []
        self.add_button = button(add_text, "link", "add")
        self.add_button.clicked.connect(self._add_by_hand)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.TIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TIGHT)
        column.addWidget(self._heading())
        column.addLayout(self._list)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._add()

    def value(self) -> object:
        return tuple(row.values() for row in self._rows if not row.is_blank())

    def set_value(self, value: object) -> None:
        listed = value if isinstance(value, (tuple, list)) else ()
        given = [one for one in listed if isinstance(one, Mapping)]
        while self._rows:
            self._drop(self._rows[-1])
        for one in given or [{}]:
            self._add(one)

    def blank(self) -> object:
        return ()

    def state(self) -> object:
        return tuple(
            tuple(cell.state() for cell in row.cells.values())
            for row in self._rows
            if not row.is_blank()
        )

    def kept(self) -> object:
        return tuple(
            {key: cell.kept() for key, cell in row.cells.items()}
            for row in self._rows
            if not row.is_blank()
        )

    def words(self) -> str:
        rows = (
            "　".join(filter(None, (c.words() for c in row.cells.values()))) for row in self._rows
        )
        return "；".join(filter(None, rows))

    def problem(self) -> str:
        for number, row in enumerate(self._rows, 1):
            for cell in row.cells.values():
                if said := cell.problem():
                    return _("第 {number} 行：{said}").format(number=number, said=said)
        return ""

    def target(self) -> QWidget:
        return next(iter(self._rows[0].cells.values())).target()

    def set_faulty(self, faulty: bool) -> None:
        for row in self._rows:
            for cell in row.cells.values():
                mark(cell.target(), faulty=faulty and bool(cell.problem()))

    def count(self) -> int:
        """How many rows are on screen, blank ones too."""
        return len(self._rows)

    def cell(self, row: int, key: str) -> Editor:
        """The input of one column in one row, counted from 0."""
        return self._rows[row].cells[key]

    def at_least(self, count: int) -> None:
        """Have so many rows on screen; more stay."""
        while len(self._rows) < count:
            self._add()

    def remove_row(self, at: int) -> None:
        """Take a row out; the last one is only emptied."""
        self._remove(self._rows[at])

    def _heading(self) -> QWidget:
        frame = QWidget()
        row = self._line(frame)
        for field, width in zip(self._columns, self._widths, strict=True):
            row.addWidget(label(plain(_(field.label)), "hint"), width)
        spare = tool("dismiss", "")
        policy = spare.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        spare.setSizePolicy(policy)
        spare.hide()
        row.addWidget(spare)
        return frame

    def _line(self, frame: QWidget) -> QHBoxLayout:
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        return row

    def _add(self, values: Mapping[str, object] | None = None) -> _Row:
        frame = QWidget()
        line = self._line(frame)
        cells: dict[str, Editor] = {}
        made = _Row(frame, cells)
        for field, width in zip(self._columns, self._widths, strict=True):
            cell = field.editor(self._today)
            cell.target().setAccessibleName(plain(_(field.label)))
            cell.set_value((values or {}).get(field.key))
            cell.edited.connect(self.edited)
            cells[field.key] = cell
            line.addWidget(cell, width)
        line.addWidget(tool("dismiss", _("删除这一行"), lambda: self._remove(made)))
        before = self._rows[-1].frame if self._rows else None
        self._rows.append(made)
        self._list.addWidget(frame)
        self._chain(before, made)
        follow(self, self.target())
        return made

    def _chain(self, before: QWidget | None, row: _Row) -> None:
        """Keep Tab going along the rows and only then to the button below them."""
        last = before.findChildren(QWidget)[-1] if before is not None else None
        for widget in row.frame.findChildren(QWidget):
            if last is not None:
                QWidget.setTabOrder(last, widget)
            last = widget
        if last is not None:
            QWidget.setTabOrder(last, self.add_button)

    def _add_by_hand(self) -> None:
        row = self._add()
        next(iter(row.cells.values())).target().setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _remove(self, row: _Row) -> None:
        self._drop(row)
        if not self._rows:
            self._add()
        self.target().setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        self._list.removeWidget(row.frame)
        row.frame.hide()
        row.frame.deleteLater()
