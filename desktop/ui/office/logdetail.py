"""One event of the log: who did what when, what changed field by field, what its signature is worth."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.bars import MessageBar
from desktop.ui.common.empty import EmptyState
from desktop.ui.common.flow import clear
from desktop.ui.common.labels import card, label, selectable
from desktop.ui.common.record import Fact, Facts
from desktop.ui.office import logwords
from desktop.usecases import auditwords
from desktop.usecases.auditlog import ChangedRecord, EventView

#: So many changed records are shown at once; an import has a hundred, the others come in turns.
_AT_ONCE = 8
#: So long a run of letters and figures is a digest.
_LONG = 32


class EventPane(QScrollArea):
    """The pane at the right of the log; empty until an event is chosen."""

    def __init__(self, in_turns: Callable[[Iterable[Callable[[], object]]], None]) -> None:
        """`in_turns` does one piece after the other while the window stays free (`Tasks`)."""
        super().__init__()
        self._in_turns = in_turns
        self._view: EventView | None = None
        self.setObjectName("log.event")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title = label("", "heading", wrap=True)
        self.signature = MessageBar()
        self.signature.setObjectName("log.signature")
        self.facts = Facts()
        self.facts.setObjectName("log.facts")
        self._records = QVBoxLayout()
        self._records.setSpacing(theme.MEDIUM)
        self._empty = EmptyState("history", _("选中一条记录，这里显示它改动了什么。"))
        self._shown = QWidget()
        inside = QVBoxLayout(self._shown)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.MEDIUM)
        inside.addWidget(self.title)
        inside.addWidget(self.facts)
        inside.addWidget(self.signature)
        inside.addLayout(self._records)
        inside.addStretch(1)
        whole = QWidget()
        whole.setProperty("role", "pane")
        column = QVBoxLayout(whole)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.LARGE)
        column.addWidget(self._shown)
        column.addWidget(self._empty, 1)
        self.setWidget(whole)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Show that no event is chosen."""
        self._view = None
        self._shown.hide()
        self._empty.show()

    def show_event(self, view: EventView) -> None:
        """Show an event."""
        line = view.line
        self.title.setText(f"{logwords.action(line)}　{line.label}".strip())
        facts = [
            Fact(_("序号"), str(line.seq)),
            Fact(_("时间"), logwords.moment(line.at)),
            Fact(_("经办人"), line.clerk_name),
        ]
        if line.reason:
            facts.append(Fact(_("理由"), line.reason))
        if line.undoes is not None:
            facts.append(Fact(_("撤销的是"), _("第 {n} 条").format(n=line.undoes)))
        if line.undone_by is not None:
            facts.append(Fact(_("撤销于"), _("第 {n} 条").format(n=line.undone_by)))
        if line.doubtful:
            facts.append(Fact(_("注意"), _("写下时电脑的时间不可信，先后以序号为准。")))
        facts.append(Fact(_("链首"), view.anchor))
        self.facts.set_facts(facts)
        said, tone = logwords.SIGNATURES[view.signature]
        self.signature.tell(tone, _(said), closable=False)
        clear(self._records)
        self._view = view
        self._add(view, 0)
        rest = range(_AT_ONCE, len(view.records), _AT_ONCE)
        if rest:
            self._in_turns(partial(self._add, view, at) for at in rest)
        self._empty.hide()
        self._shown.show()
        self.verticalScrollBar().setValue(0)

    def _add(self, view: EventView, at: int) -> None:
        """Show some more of the changed records, unless another event is shown by now."""
        if self._view is not view or not isValid(self):
            return
        for record in view.records[at : at + _AT_ONCE]:
            made = _changes(record)
            self._records.addWidget(made)
            # Its room is measured before it is shown: by then the style must have given the letters.
            for part in made.findChildren(QWidget):
                part.ensurePolished()
        if at + _AT_ONCE < len(view.records):
            return
        if view.more:
            self._records.addWidget(label(_more(view), "quiet", wrap=True))
        elif not view.records:
            self._records.addWidget(
                label(_("没有改动任何内容，只是作了记录。"), "quiet", wrap=True)
            )


def _more(view: EventView) -> str:
    """Say how many records an event changed that are not shown one by one."""
    counted = _("、").join(
        _("{what} {n} 条").format(what=auditwords.table_words(table, _), n=f"{count:,}")
        for table, count in view.more
    )
    said = (
        _("此外还改动了{counted}，这里不逐条列出。")
        if view.records
        else _("改动了{counted}，这里不逐条列出。")
    )
    return said.format(counted=counted)


def _changes(record: ChangedRecord) -> QWidget:
    """Show the changes of one record as three columns: field, before, after."""
    frame = card()
    grid = QGridLayout(frame)
    grid.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.MEDIUM)
    grid.setHorizontalSpacing(theme.MEDIUM)
    grid.setVerticalSpacing(theme.SMALL)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)
    table = auditwords.table_words(record.table, _)
    head = _("新增{what}") if record.made else "{what}"
    words = f"{head.format(what=table)}　{record.record}"
    grid.addWidget(label(words, "strong", wrap=True), 0, 0, 1, 3)
    top = Qt.AlignmentFlag.AlignTop
    if not record.made:
        grid.addWidget(label(_("改动前"), "hint"), 1, 1)
        grid.addWidget(label(_("改动后"), "hint"), 1, 2)
    for at, field in enumerate(record.fields, start=2):
        name = auditwords.column_words(field.table, field.column, _)
        shown = label(name, "quiet", wrap=True)
        shown.setMinimumWidth(theme.em(5))
        grid.addWidget(shown, at, 0, top)
        if record.made:
            grid.addWidget(_value(field.after), at, 1, 1, 2, top)
            continue
        grid.addWidget(_value(field.before), at, 1, top)
        grid.addWidget(_value(field.after), at, 2, top)
    return frame


def _value(value: str) -> QLabel:
    """A value that never makes the page wider than its window.

    A code may break after its bars; the unseen mark there is taken out where a code is checked.
    A digest must stay as it is to be compared: where it is cut, the tooltip has the whole.
    """
    made = selectable(value.replace("|", "|\u200b") or "—")
    if len(value) >= _LONG and value.isascii() and value.isalnum():
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        made.setToolTip(value)
    return made
