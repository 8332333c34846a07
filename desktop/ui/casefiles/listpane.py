"""The shelf: the button for a new case, the filters with counts, the list of case files."""

from collections.abc import Sequence

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.rules.casefiles import CaseState
from desktop.text import N_, _, format_date
from desktop.ui.common import theme, wording
from desktop.ui.common.bars import MessageBar
from desktop.ui.common.labels import button, tool
from desktop.ui.common.listview import ListView
from desktop.ui.common.palette import Status
from desktop.ui.common.permission import allow
from desktop.ui.common.pills import Filter, FilterBar
from desktop.ui.common.table import Column, ListModel
from desktop.usecases.shelf import CaseRow
from desktop.usecases.targets import Target

ALL = "all"
_FILTERS = {
    CaseState.OPEN: N_("调查中"),
    CaseState.DECIDED: N_("待送达"),
    CaseState.SERVED: N_("整改中"),
    CaseState.RECTIFIED: N_("待结案"),
    CaseState.CLOSED: N_("已结案"),
    CaseState.VOID: N_("作废"),
}


class ListPane(QWidget):
    """Left side of the tab; says which case is current, chosen, or wanted new."""

    started = Signal()
    current = Signal(object)  # CaseRow or None
    chosen = Signal(object)  # CaseRow
    export_wanted = Signal()

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self._rows: Sequence[CaseRow] = ()
        self.bar = MessageBar()
        self.new_button = button(_("立案(&N)…"), "primary", "add")
        self._may_open = True
        self.new_button.setObjectName("casefiles.new")
        self.new_button.setToolTip("Ctrl+N")
        self.new_button.clicked.connect(self.started)
        self.export = tool("export", _("导出案卷…"), self.export_wanted.emit)
        self.export.setObjectName("casefiles.export")
        self.filters = FilterBar(self._filters())
        self.filters.setObjectName("casefiles.filter")
        self.filters.chosen.connect(lambda _key: self._show())
        self._model: ListModel[CaseRow] = ListModel(_columns(), key=lambda row: row.case.id)
        self.list: ListView[CaseRow] = ListView(self._model, _("责任追究案卷"), settings)
        self.list.setObjectName("casefiles.list")
        self.list.current.connect(self.current)
        self.list.chosen.connect(self.chosen)
        self.list.wanted.connect(self.started)
        self._lay_out()
        self._say_empty()

    def set_rows(self, rows: Sequence[CaseRow]) -> None:
        """Show these case files under the filter in force."""
        self._rows = rows
        self.filters.set_filters(self._filters())
        self._show()

    def select(self, case_id: int) -> bool:
        """Make a case the current one, taking the filter off if it hides the case."""
        if self.list.select(case_id):
            return True
        if any(row.case.id == case_id for row in self._rows):
            self.filters.choose(ALL)
            self._show()
        return self.list.select(case_id)

    def shown_ids(self) -> tuple[int, ...]:
        """The case files in the list's order."""
        return tuple(row.case.id for row in self._model.rows())

    def selected_ids(self) -> tuple[int, ...]:
        """Those selected, in the list's order."""
        return tuple(row.case.id for row in self.list.selected_rows())

    def allow(self, why_not: str) -> None:
        """Let a case be opened from here, or say why the user may not."""
        self._may_open = allow(self.new_button, why_not)

    def _filters(self) -> list[Filter]:
        counts = {state: sum(row.state is state for row in self._rows) for state in _FILTERS}
        return [
            Filter(ALL, _("全部"), len(self._rows)),
            *(
                Filter(key.value, _(text), counts[key])
                for key, text in _FILTERS.items()
                if counts[key] or key is not CaseState.VOID
            ),
        ]

    def _show(self) -> None:
        key = self.filters.current()
        self._model.set_rows([row for row in self._rows if key in (ALL, row.state.value)])
        self._say_empty()

    def _say_empty(self) -> None:
        if self._rows:
            self.list.set_empty("folder", _("这一类没有案卷。"))
        else:
            self.list.set_empty(
                "folder",
                _("还没有案卷。查明属实的投诉可以在投诉登记里转入，也可以直接立案。"),
                _("立案…") if self._may_open else "",
            )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.MEDIUM)
        head.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.filters, 1)
        head.addWidget(self.export, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.SMALL, theme.SMALL)
        column.setSpacing(theme.SMALL)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.list, 1)


def _columns() -> list[Column[CaseRow]]:
    return [
        Column("number", _("编号"), lambda row: row.case.number, width=8),
        Column("state", _("状态"), _state_words, sort=_state_order, width=4, status=_state_status),
        Column(
            "progress",
            _("进展"),
            _progress_words,
            sort=_progress_order,
            width=6.5,
            status=_progress_status,
            tooltip=_progress_tip,
        ),
        Column("unit", _("被追究单位"), lambda row: row.case.unit_name, width=7, rank=1),
        Column("title", _("案由"), lambda row: row.case.title, width=10, stretch=True),
        Column("people", _("人员"), lambda row: _("、").join(row.people), width=6, rank=2),
    ]


def _state_words(row: CaseRow) -> str:
    return _(wording.CASE_STATES[row.state][0])


def _state_status(row: CaseRow) -> Status:
    return wording.CASE_STATES[row.state][1]


def _state_order(row: CaseRow) -> int:
    return list(CaseState).index(row.state)


def _progress_words(row: CaseRow) -> str:
    """What is missing before the decision; after it, how the time for rectification stands."""
    if row.state is CaseState.OPEN:
        return _("缺 {n} 项").format(n=row.missing) if row.missing else _("可以决定")
    due = _due(row)
    return wording.clock_words(due.status)[0] if due else ""


def _progress_status(row: CaseRow) -> Status | None:
    if row.state is CaseState.OPEN:
        return Status.WAITING if row.missing else Status.DONE
    due = _due(row)
    return wording.clock_words(due.status)[1] if due else None


def _progress_order(row: CaseRow) -> str:
    """Due dates first, then what lacks least."""
    if row.state is CaseState.OPEN:
        return f"9{row.missing:03d}"
    due = _due(row)
    return format_date(due.due) if due else ""


def _progress_tip(row: CaseRow) -> str:
    due = _due(row)
    words = _progress_words(row)
    return (
        _("整改期限 {day}，{left}").format(day=format_date(due.due), left=words) if due else words
    )


def _due(row: CaseRow) -> Target | None:
    return None if row.state in (CaseState.CLOSED, CaseState.VOID) else row.rectify
