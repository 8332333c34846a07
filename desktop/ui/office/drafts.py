"""没有写完的内容: the drafts of the user at the desk, to go on with, to read or to throw away."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from desktop.text import _, format_date
from desktop.ui.common import theme
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.common.drafts import doubts, moment
from desktop.ui.common.labels import button, label
from desktop.ui.common.listview import ListView
from desktop.ui.common.palette import Status
from desktop.ui.common.table import Column, ListModel
from desktop.ui.context import Context
from desktop.ui.office.page import OfficePage
from desktop.usecases import drafts
from desktop.usecases.drafts import OLD_AFTER, Draft


class DraftsPage(OfficePage):
    """The list left, what stands in a draft right; nothing is thrown away unasked."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            "drafts",
            _("没有写完的内容"),
            _("填写时自动留下的草稿，只有本人看得到；保存或者取消那一页以后，草稿就没有了。"),
            parent,
        )
        self._context = context
        self.model: ListModel[Draft] = ListModel(self._columns(), lambda one: one.id)
        self.list: ListView[Draft] = ListView(self.model, _("草稿"), context.settings)
        self.list.setObjectName("drafts.list")
        self.list.set_empty("edit", _("没有草稿。填写到一半的内容会自动出现在这里。"))
        self.text = QPlainTextEdit()
        self.text.setObjectName("drafts.text")
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("草稿里的内容"))
        self.resume_button = button(_("继续填写(&C)"), "primary", "edit")
        self.resume_button.setObjectName("drafts.resume")
        self.drop_button = button(_("丢弃(&D)"), "", "delete")
        self.drop_button.setObjectName("drafts.drop")
        self.notice = MessageBar()
        self._lay_out()
        self.list.current.connect(self._show_one)
        self.list.chosen.connect(lambda _draft: self._resume())
        self.resume_button.clicked.connect(self._resume)
        self.drop_button.clicked.connect(self._ask_drop)
        self.bar.clicked.connect(self._answer)
        context.drafts.changed.connect(self._refresh)
        self.setFocusProxy(self.list)
        self._show_one(None)

    def reload(self) -> None:
        """Read anew which drafts there are."""
        self._context.ask(drafts.mine, self._show)

    def has_unsaved(self) -> bool:
        """Nothing is typed here."""
        return False

    def _refresh(self) -> None:
        if self.isVisible():
            self.reload()

    def _show(self, found: tuple[Draft, ...]) -> None:
        self.model.set_rows(found)
        if self.list.current_row() is None and found:
            self.list.selectRow(0)
        self._show_one(self.list.current_row())
        old = sum(one.is_old(self._today()) for one in found)
        if old:
            said = _("有 {n} 份草稿超过 {days} 天，不再需要的请丢弃；程序不会自己删除。")
            self.bar.tell(Tone.INFO, said.format(n=old, days=OLD_AFTER))

    def _show_one(self, draft: Draft | None) -> None:
        self.resume_button.setEnabled(draft is not None and draft.readable)
        self.drop_button.setEnabled(draft is not None)
        self.notice.clear()
        if draft is None:
            self.text.clear()
        elif not draft.readable:
            self.text.clear()
            self.notice.tell(Tone.WARN, _("现在的权限打不开这份草稿。"), closable=False)
        else:
            self._context.shown(_people(draft.values))
            self.text.setPlainText("\n".join(draft.words or lines(draft.values)))
            if careful := doubts(draft):
                self.notice.tell(Tone.WARN, careful, closable=False)

    def _resume(self) -> None:
        draft = self.list.current_row()
        if draft is not None and draft.readable:
            self._context.drafts.wanted.emit(draft)

    def _ask_drop(self) -> None:
        draft = self.list.current_row()
        if draft is not None:
            when = moment(draft.saved, self._today())
            said = _("丢弃“{label}”{when} 的草稿？丢弃以后找不回来。")
            self.bar.tell(
                Tone.WARN,
                said.format(label=draft.label, when=when),
                ("stay", _("留着")),
                ("drop", _("丢弃")),
                closable=False,
            )
            self.bar.focus_first()

    def _answer(self, key: str) -> None:
        self.bar.clear()
        draft = self.list.current_row()
        if key == "drop" and draft is not None:
            self._context.drafts.drop(draft)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _today(self) -> date:
        return self._context.today()

    def _columns(self) -> list[Column[Draft]]:
        old = _("超过 {days} 天").format(days=OLD_AFTER)
        return [
            Column("label", _("写的是什么"), lambda one: one.label, width=16, stretch=True),
            Column(
                "saved",
                _("什么时候"),
                lambda one: moment(one.saved, self._today()),
                sort=lambda one: one.saved,
                width=9,
            ),
            Column(
                "state",
                _("注意"),
                lambda one: old if one.is_old(self._today()) else _word(one),
                width=8,
                status=lambda one: Status.SOON if _careful(one, self._today()) else None,
            ),
        ]

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(theme.LARGE, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(label(_("草稿里的内容（可以选中复制）"), "quiet"))
        column.addWidget(self.notice)
        column.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        row.addWidget(self.resume_button)
        row.addWidget(self.drop_button)
        row.addStretch(1)
        column.addLayout(row)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(right)
        split.setSizes([theme.em(40), theme.em(34)])
        self.body.addWidget(split, 1)


def lines(value: object) -> list[str]:
    """What stands in a draft as lines to read; what was left empty is passed over."""
    match value:
        case None | bool() | "":
            return []
        case Path():
            return [value.name]
        case datetime() | date():
            return [format_date(value.date() if isinstance(value, datetime) else value)]
        case Mapping():
            return [line for one in value.values() for line in lines(one)]
        case tuple():
            rows = ["　".join(lines(one)) for one in value]
            return [row for row in rows if row]
    return [str(value)]


def _people(values: Mapping[str, object]) -> list[str]:
    """Who complained, as it stands in a draft: that does not stay on the clipboard."""
    return [word for row in lines(values.get("complainants")) for word in row.split("　")]


def _word(draft: Draft) -> str:
    if not draft.readable:
        return _("打不开")
    return _("记录已改动") if draft.changed else ""


def _careful(draft: Draft, today: date) -> bool:
    return draft.is_old(today) or bool(_word(draft))
