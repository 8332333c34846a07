"""文书模板 as it is laid out: what stands where; what it does is the page's."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.bars import MessageBar
from desktop.ui.common.forms.choices import Combo
from desktop.ui.common.labels import button, label
from desktop.ui.common.listview import ListView
from desktop.ui.common.palette import Status
from desktop.ui.common.panes import side_by_side
from desktop.ui.common.pills import Pill
from desktop.ui.common.preview import LetterPreview
from desktop.ui.common.table import Column, ListModel
from desktop.ui.context import Context
from desktop.ui.office.page import OfficePage
from desktop.ui.templates.editor import DraftEditor
from desktop.ui.templates.history import HistoryPane
from desktop.ui.templates.inserts import InsertList
from desktop.usecases import templates
from desktop.usecases.templates import TemplateRow

_WAIT = 400  # ms after the last key before the sample is made anew


@dataclass(frozen=True, slots=True)
class Row:
    template: TemplateRow
    unsaved: bool


class TemplatesFrame(OfficePage):
    """Kinds and inserts left, the wording in the middle, its sample right; or the history."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("templates", _("文书模板"), "", parent)
        self.model: ListModel[Row] = ListModel(_columns(), lambda row: row.template.kind)
        self.list: ListView[Row] = ListView(self.model, _("文种"), context.settings)
        self.list.setObjectName("templates.list")
        self.inserts = InsertList("templates.inserts")
        self.editor = DraftEditor("templates.editor")
        self.draft_bar = MessageBar()
        self.preview = LetterPreview()
        self.preview.setObjectName("templates.preview")
        self.history = HistoryPane("templates.history", context)
        self._title = label("", "heading")
        self._state = Pill("")
        self.pack_choice, self.sample_choice = Combo(), Combo()
        self._pack_label = label(_("适用"), "quiet")
        self.note = QLineEdit()
        self.save_button = button(_("保存为新版本(&S)"), "primary", "save")
        self.drop_button = button(_("放弃修改(&G)"))
        self.history_button = button(_("历史和恢复(&I)…"), "", "history")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._name_parts()
        self._lay_out()
        self.setFocusProxy(self.list)

    def _name_parts(self) -> None:
        self.pack_choice.setObjectName("templates.pack")
        self.pack_choice.setAccessibleName(_("适用的规则"))
        self.sample_choice.setObjectName("templates.sample")
        self.sample_choice.setAccessibleName(_("样例"))
        for words in (_("内容齐全的样例"), _("只有必填内容的样例")):
            self.sample_choice.addItem(words)
        self.note.setObjectName("templates.note")
        self.note.setAccessibleName(_("修改说明"))
        self.note.setPlaceholderText(_("修改说明，例如：按新制度改写救济途径"))
        self.note.setMaxLength(templates.NOTE_LIMIT)
        self.save_button.setObjectName("templates.save")
        self.drop_button.setObjectName("templates.drop")
        self.history_button.setObjectName("templates.show_history")

    def _lay_out(self) -> None:
        self.head.addWidget(self.history_button)
        self.body.addWidget(self.draft_bar)
        left = QSplitter(Qt.Orientation.Vertical)
        left.setChildrenCollapsible(False)
        left.addWidget(self.list)
        left.addWidget(self.inserts)
        left.setSizes([theme.px(260), theme.px(320)])
        self.list.setMinimumHeight(theme.px(120))
        left.setMinimumWidth(theme.em(13))
        edit = QSplitter(Qt.Orientation.Horizontal)
        edit.setChildrenCollapsible(False)
        edit.addWidget(self._middle())
        edit.addWidget(self._right())
        edit.setSizes([theme.em(40), theme.em(34)])
        self._pages = QStackedWidget()
        self._pages.addWidget(edit)
        self._pages.addWidget(self.history)
        split = side_by_side(left, self._pages, (0, 1), [theme.em(16), theme.em(80)])
        self.body.addWidget(split, 1)

    def _middle(self) -> QWidget:
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        head.addWidget(self._title)
        head.addWidget(self._state)
        head.addStretch(1)
        head.addWidget(self._pack_label)
        head.addWidget(self.pack_choice)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SMALL)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.drop_button)
        foot.addWidget(self.save_button)
        middle = QWidget()
        middle.setMinimumWidth(theme.em(26))
        column = QVBoxLayout(middle)
        column.setContentsMargins(theme.MEDIUM, 0, theme.MEDIUM, 0)
        column.setSpacing(theme.SMALL)
        column.addLayout(head)
        column.addWidget(self.editor, 1)
        column.addLayout(foot)
        return middle

    def _right(self) -> QWidget:
        right = QWidget()
        right.setMinimumWidth(theme.em(20))
        row = QHBoxLayout()
        row.setContentsMargins(theme.LARGE, 0, 0, 0)
        row.addWidget(self.sample_choice)
        row.addStretch(1)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.preview, 1)
        return right


def _columns() -> list[Column[Row]]:
    return [
        Column("name", _("文书"), lambda row: row.template.name, stretch=True),
        Column("state", _("模板"), _state, width=4, status=_status),
    ]


def _state(row: Row) -> str:
    if row.unsaved:
        return _("未保存")
    if row.template.outdated:
        return _("需改正")
    return _("修改过") if row.template.packs else ""


def _status(row: Row) -> Status | None:
    if row.unsaved:
        return Status.SOON
    if row.template.outdated:
        return Status.OVERDUE
    return Status.RUNNING if row.template.packs else None
