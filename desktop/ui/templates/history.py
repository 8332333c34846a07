"""The versions of a wording, each beside the one in force, and going back to one."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QTextBrowser, QVBoxLayout, QWidget

from desktop.text import _, format_date
from desktop.ui.common import theme
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.common.labels import button, label
from desktop.ui.common.listview import ListView
from desktop.ui.common.palette import Status
from desktop.ui.common.table import RIGHT, Column, ListModel
from desktop.ui.context import Context
from desktop.ui.templates.comparison import compared
from desktop.usecases.templates import TemplateDraft, TemplateView


@dataclass(frozen=True, slots=True)
class Past:
    """A wording to go back to; ``row`` is None for the program's own."""

    row: int | None
    number: int
    when: str
    by: str
    note: str
    letters: int
    draft: TemplateDraft | None
    current: bool


class HistoryPane(QWidget):
    """Versions above, the comparison beneath; `restored(Past)` when one is to be put back."""

    restored = Signal(object)
    closed = Signal()

    def __init__(self, name: str, context: Context) -> None:
        super().__init__()
        self._view: TemplateView | None = None
        self._unsaved = False
        self.model: ListModel[Past] = ListModel(_columns(), lambda past: past.row or 0)
        self.list: ListView[Past] = ListView(self.model, _("历次版本"), context.settings)
        self.list.setObjectName(f"{name}.versions")
        self.list.current.connect(self._compare)
        self.bar = MessageBar()
        self.text = QTextBrowser()
        self.text.setObjectName(f"{name}.comparison")
        self.text.setAccessibleName(_("对比"))
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self._left, self._right = label("", "strong"), label("", "strong")
        self.restore_button = button(_("恢复这一版(&T)"), "primary", "history")
        self.restore_button.setObjectName(f"{name}.restore")
        self.restore_button.clicked.connect(self._restore)
        self.back_button = button(_("返回编辑(&E)"))
        self.back_button.setObjectName(f"{name}.back")
        self.back_button.clicked.connect(self.closed)
        self.setFocusProxy(self.list)
        theme.on_change(self._renew)
        self._lay_out()

    def show_history(self, view: TemplateView, *, unsaved: bool) -> None:
        """Show the versions of a wording; with unsaved changes none can be put back."""
        self._view, self._unsaved = view, unsaved
        rows = [
            Past(
                row=version.row,
                number=version.number,
                when=format_date(version.made.date()),
                by=version.made_by,
                note=version.note or (_("恢复为程序自带的文字") if version.program else ""),
                letters=version.letters,
                draft=version.draft,
                current=at == 0,
            )
            for at, version in enumerate(view.versions)
        ]
        rows.append(Past(None, 0, "", "", _("程序自带的文字"), 0, view.program, not rows))
        self.model.set_rows(rows)
        if self.list.current_row() is None:
            self.list.selectRow(0)
        self._compare(self.list.current_row())

    def _compare(self, past: Past | None) -> None:
        if past is None or self._view is None:
            return
        self._left.setText(_name(past))
        self._right.setText(_("现在使用的文字"))
        self.bar.clear()
        if past.draft is None:
            self.bar.tell(Tone.WARN, _("这一版不能在现在的程序里使用，请重新编写。"))
            self.text.clear()
        else:
            self.text.setHtml(compared(past.draft, self._view.draft, self._view.shape))
        same = past.draft is None or past.draft == self._view.draft
        if self._unsaved and not same:
            self.bar.tell(Tone.INFO, _("编辑区里有没有保存的修改；先保存或者放弃，再恢复旧版。"))
        self.restore_button.setEnabled(not same and not self._unsaved)

    def _restore(self) -> None:
        past = self.list.current_row()
        if past is not None:
            self.restored.emit(past)

    def _renew(self) -> None:
        self.text.document().setDefaultFont(QGuiApplication.font())
        self._compare(self.list.current_row())

    def _lay_out(self) -> None:
        right = QWidget()
        right.setProperty("role", "pane")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        heads = QHBoxLayout()
        heads.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, 0)
        heads.addWidget(self._left, 1)
        heads.addWidget(self._right, 1)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.bar)
        column.addLayout(heads)
        column.addWidget(self.text, 1)
        self.text.setStyleSheet("QTextBrowser { border: none; }")
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.px(150), theme.px(400)])
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        row.addWidget(self.restore_button)
        row.addWidget(self.back_button)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.MEDIUM, 0, 0, 0)
        whole.setSpacing(theme.SMALL)
        whole.addWidget(split, 1)
        whole.addLayout(row)


def _name(past: Past) -> str:
    if past.row is None:
        return _("程序自带的文字")
    return _("第 {n} 版（{day}）").format(n=past.number, day=past.when)


def _columns() -> list[Column[Past]]:
    return [
        Column("version", _("版本"), _number, lambda p: p.number, width=4.5, status=_status),
        Column("when", _("日期"), lambda p: p.when, width=5.5),
        Column("by", _("经办人"), lambda p: p.by, width=3),
        Column("letters", _("文书"), _letters, lambda p: p.letters, align=RIGHT, width=2),
        Column("note", _("修改说明"), lambda p: p.note, tooltip=lambda p: p.note, stretch=True),
    ]


def _number(past: Past) -> str:
    if past.row is None:
        return _("自带")
    return _("第 {n} 版").format(n=past.number)


def _letters(past: Past) -> str:
    return str(past.letters) if past.letters else ""


def _status(past: Past) -> Status | None:
    return Status.DONE if past.current else None
