"""操作记录: every action newest first, filtered, with what each one changed; export and check of signatures."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.bars import Tone
from desktop.ui.common.flow import FlowLayout
from desktop.ui.common.forms.choices import Combo
from desktop.ui.common.forms.dates import DateEditor
from desktop.ui.common.labels import button, label
from desktop.ui.common.listview import ListView
from desktop.ui.common.panes import side_by_side
from desktop.ui.common.rest import Rest
from desktop.ui.common.table import RIGHT, Column, ListModel
from desktop.ui.common.tasks import Cancelled
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.context import Context
from desktop.ui.office import logwords
from desktop.ui.office.logdetail import EventPane
from desktop.ui.office.page import OfficePage
from desktop.usecases import audit, auditexport, auditlog, auditwords
from desktop.usecases.audit import Inspection
from desktop.usecases.auditlog import EventView, LogFilter, LogLine, LogPage
from desktop.usecases.office import Done

_WAIT = 250
"""Milliseconds after the last letter typed before the log is searched."""


class LogViewPage(OfficePage):
    """The log; reading it changes nothing."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("log", _("操作记录"), "", parent)
        self._context = context
        self._lines: tuple[LogLine, ...] = ()
        self._asked = LogFilter()
        self.ask_path: Callable[[str], str] = self._ask_path
        self.model: ListModel[LogLine] = ListModel(_columns(), lambda line: line.seq)
        self.list: ListView[LogLine] = ListView(self.model, _("操作记录"), context.settings)
        self.list.setObjectName("log.list")
        self.list.set_empty("search", _("没有符合的记录。换一个筛选，或者清空搜索框。"))
        self.event_pane = EventPane(context.tasks.in_turns)
        self._build_filters(context.today())
        self.more = button(_("更早的(&E)"), "flat", "chevron_down")
        self.more.setObjectName("log.more")
        self.count = label("", "quiet")
        self.count.setObjectName("log.count")
        self.check = button(_("核对签名(&K)"), "", "signature")
        self.check.setObjectName("log.check")
        self.export = button(_("导出(&X)…"), "", "export")
        self.export.setObjectName("log.export")
        self.export.setToolTip(_("导出给检查人员：不含身份信息，可用本程序的 --verify 核对"))
        self._typing = Rest(self, self.reload, _WAIT)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.list)

    # -- what the window calls -----------------------------------------------------------------

    def reload(self) -> None:
        """Read the newest lines that fit."""
        self._typing.stop()
        self._asked = wanted = self.wanted()
        self._context.ask(
            lambda office: (auditlog.page(office, wanted), auditlog.clerks(office)), self._show
        )

    def has_unsaved(self) -> bool:
        """Nothing is written here."""
        return False

    # -- the list ------------------------------------------------------------------------------

    def wanted(self) -> LogFilter:
        """Return the filter as it stands."""
        first, last = self.first.value(), self.last.value()
        return LogFilter(
            first if isinstance(first, date) else None,
            last if isinstance(last, date) else None,
            self.clerks.currentData(),
            self.groups.currentData() or "",
            self.record.text().strip(),
            self.reveals.isChecked(),
            self.undone.isChecked(),
        )

    def _show(self, seen: tuple[LogPage, Sequence[object]]) -> None:
        page, _clerks = seen
        self._lines = page.lines
        self._offer_clerks()
        self._show_lines(page)

    def _offer_clerks(self) -> None:
        chosen = self.clerks.currentData()
        self.clerks.blockSignals(True)
        self.clerks.clear()
        self.clerks.addItem(_("全部经办人"), None)
        for clerk in self._context.directory.clerks:
            self.clerks.addItem(clerk.name, clerk.id)
        self.clerks.setCurrentIndex(max(0, self.clerks.findData(chosen)))
        self.clerks.blockSignals(False)

    def _show_lines(self, page: LogPage) -> None:
        self.model.set_rows(self._lines)
        shown = len(self._lines)
        self.count.setText(
            _("共 {total} 条").format(total=page.total)
            if shown == page.total
            else _("共 {total} 条，显示最近 {n} 条").format(total=page.total, n=shown)
        )
        self.more.setVisible(page.more)
        if self._lines and self.list.current_row() is None:
            self.list.select(self._lines[0].seq)
        if not self._lines:
            self.event_pane.show_nothing()

    def _read_more(self) -> None:
        wanted, before = self._asked, self._lines[-1].seq
        self._context.ask(lambda office: auditlog.page(office, wanted, before), self._show_more)

    def _show_more(self, page: LogPage) -> None:
        self._lines += page.lines
        self._show_lines(page)

    def _select(self, line: LogLine | None) -> None:
        if line is None:
            self.event_pane.show_nothing()
            return
        seq = line.seq
        self._context.ask(lambda office: auditlog.event(office, seq), self._show_event)

    def _show_event(self, view: EventView) -> None:
        current = self.list.current_row()
        if current is not None and current.seq == view.line.seq:
            self.event_pane.show_event(view)

    # -- check and export ----------------------------------------------------------------------

    def _check_signatures(self) -> None:
        self.check.setEnabled(False)
        self._context.tasks.run_long(
            lambda office, progress: audit.inspect_signatures(office, logwords.told(progress)),
            self._checked,
            self._stopped,
        )

    def _checked(self, seen: Inspection) -> None:
        self.check.setEnabled(True)
        if seen.findings:
            said = [logwords.finding(one) for one in seen.findings[:3]]
            more = len(seen.findings) - len(said) + seen.more
            if more:
                said.append(_("另有 {n} 处。").format(n=more))
            self.bar.tell(Tone.ERROR, "".join(said))
        else:
            words = _("{n} 条操作记录的签名都有效。").format(n=seen.events)
            self.bar.tell(Tone.INFO, words)

    def _export(self) -> None:
        day = self._context.today()
        chosen = self.ask_path(_("操作记录 {day}").format(day=day.isoformat()) + ".jsonl")
        if not chosen:
            return
        path = Path(chosen if chosen.lower().endswith(".jsonl") else f"{chosen}.jsonl")
        acting = self._context.acting()
        self.export.setEnabled(False)
        self._context.tasks.run_long(
            lambda office, progress: (
                path,
                auditexport.export(office, path, acting, logwords.told(progress)),
            ),
            self._exported,
            self._stopped,
            changes=True,
        )

    def _exported(self, made: tuple[Path, Done[int]]) -> None:
        self.export.setEnabled(True)
        path, done = made
        said = _("已导出 {n} 条操作记录到 {path}。").format(n=done.value, path=path)
        self.bar.tell(Tone.INFO, said)
        self._context.said.emit(said, 0)

    def _stopped(self, error: BaseException) -> None:
        self.check.setEnabled(True)
        self.export.setEnabled(True)
        if not isinstance(error, Cancelled):
            tell_trouble(self.bar, error)

    def _ask_path(self, name: str) -> str:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("导出操作记录"), name, _("操作记录 (*.jsonl)")
        )
        return chosen

    # -- making --------------------------------------------------------------------------------

    def _build_filters(self, today: date) -> None:
        self.first, self.last = DateEditor(today), DateEditor(today)
        self.first.target().setObjectName("log.first")
        self.first.target().setAccessibleName(_("从哪一天起"))
        self.last.target().setObjectName("log.last")
        self.last.target().setAccessibleName(_("到哪一天止"))
        self.clerks, self.groups = Combo(), Combo()
        self.clerks.setObjectName("log.clerks")
        self.clerks.setAccessibleName(_("经办人"))
        self.clerks.addItem(_("全部经办人"), None)
        self.groups.setObjectName("log.groups")
        self.groups.setAccessibleName(_("操作类别"))
        self.groups.addItem(_("全部操作"), "")
        for key, words in auditwords.GROUPS.items():
            self.groups.addItem(_(words), key)
        self.record = QLineEdit()
        self.record.setObjectName("log.record")
        self.record.setPlaceholderText(_("编号或名称"))
        self.record.setAccessibleName(_("编号或名称"))
        self.record.setClearButtonEnabled(True)
        self.reveals = QCheckBox(_("只看查看身份的(&I)"))
        self.reveals.setObjectName("log.reveals")
        self.undone = QCheckBox(_("只看已撤销的(&U)"))
        self.undone.setObjectName("log.undone")

    def _connect(self) -> None:
        self.list.current.connect(self._select)
        self.more.clicked.connect(self._read_more)
        self.check.clicked.connect(self._check_signatures)
        self.export.clicked.connect(self._export)
        for combo in (self.clerks, self.groups):
            combo.currentIndexChanged.connect(lambda _at: self.reload())
        for box in (self.reveals, self.undone):
            box.toggled.connect(lambda _on: self.reload())
        for day in (self.first, self.last):
            day.edited.connect(self._typing.start)
        self.record.textChanged.connect(lambda _text: self._typing.start())

    def _lay_out(self) -> None:
        self.head.addWidget(self.check)
        self.head.addWidget(self.export)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(theme.WIDE, 0, theme.MEDIUM, theme.SMALL)
        column.setSpacing(theme.SMALL)
        days = QWidget()
        line = QHBoxLayout(days)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.SMALL)
        line.addWidget(self.first)
        line.addWidget(label(_("至"), "quiet"))
        line.addWidget(self.last)
        filters = QWidget()
        flow = FlowLayout(filters, theme.SMALL)
        flow.setContentsMargins(0, 0, 0, 0)
        self.record.setMinimumWidth(theme.em(10))
        for one in (days, self.clerks, self.groups, self.record, self.reveals, self.undone):
            flow.addWidget(one)
        column.addWidget(filters)
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.count)
        foot.addStretch(1)
        foot.addWidget(self.more)
        column.addLayout(foot)
        split = side_by_side(left, self.event_pane, (3, 2), [3 << 12, 2 << 12])
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(split, 1)


def _columns() -> list[Column[LogLine]]:
    return [
        Column("seq", _("序号"), lambda one: str(one.seq), lambda one: one.seq, RIGHT, width=3.5),
        Column("at", _("时间"), lambda one: logwords.moment(one.at), width=8.2),
        Column("clerk", _("经办人"), lambda one: one.clerk_name, width=4),
        Column("action", _("操作"), logwords.action, width=9.5),
        Column("label", _("记录"), lambda one: one.label, width=12, stretch=True),
        Column(
            "standing",
            _("标记"),
            lambda one: logwords.standing(one)[0],
            width=4,
            status=lambda one: logwords.standing(one)[1],
        ),
    ]
