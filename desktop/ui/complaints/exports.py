"""Exporting the register: which lines and columns, whether who complained is named, and where to."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from desktop.rules.roles import read_roles, sees_identity
from desktop.text import _, ngettext_
from desktop.ui import exportpage
from desktop.ui.common.forms import CheckField, Field, Form, FormPage, TextField
from desktop.ui.common.tasks import Progress
from desktop.ui.complaints import values as read
from desktop.ui.context import Context
from desktop.ui.exportpage import LISTED, OWN, Offer
from desktop.usecases import exports
from desktop.usecases.exports import Column, ExportDraft
from desktop.usecases.office import Done, Office

#: Which column of an export a column of the list is.
_OF_LIST = {one.value: one for one in Column}


class ExportPage(FormPage):
    """The register as a file for Excel or WPS, in the order and filter of the list."""

    left = Signal()

    def __init__(
        self,
        context: Context,
        shown: Sequence[int],
        selected: Sequence[int],
        listed: Sequence[str] = (),
    ) -> None:
        """``shown`` and ``selected`` are complaints in the list's order, ``listed`` its columns."""
        self._context = context
        columns = [_OF_LIST[key] for key in listed if key in _OF_LIST]
        self._offer = Offer(
            _("导出登记簿"),
            _("投诉登记簿"),
            tuple(shown),
            tuple(selected),
            [(one, exports.HEADINGS[one]) for one in exports.OPEN_COLUMNS],
            columns or exports.OPEN_COLUMNS,
        )
        self.ask_path: Callable[[str], str] = self._ask_path
        form = Form(self._fields(), context.today())
        super().__init__(
            self._offer.title,
            _("导出为 Excel 和 WPS 都能打开的文件；按列表现在的筛选和顺序。"),
            form,
            _("导出(&S)…"),
        )
        self.setObjectName("complaints.export")
        self.save_button.setObjectName("complaints.export.save")
        many = len(selected) > 1
        form.set_values(
            {
                "lines": "selected" if many else "shown",
                "which": LISTED,
                "columns": exports.OPEN_COLUMNS,
                "kind": ".xlsx",
            }
        )
        form.set_shown("reason", shown=False)
        form.set_shown("columns", shown=False)
        form.mark_clean()
        form.edited.connect(self._edited)
        self.saved.connect(self._export)
        self.cancelled.connect(self.left)

    def _fields(self) -> list[Field]:
        fields = exportpage.export_fields(self._offer)
        clerk = self._context.clerk
        if clerk is not None and sees_identity(read_roles(clerk.roles)):
            words = _("包括投诉举报人的姓名、电话、住址和答复地址（会留下记录）")
            fields.append(CheckField("named", _("身份"), text=words))
        fields.append(TextField("reason", _("导出身份的理由"), required=True, lines=2))
        return fields

    def _edited(self, key: str) -> None:
        values = self.form.values()
        if key == "named":
            self.form.set_shown("reason", bool(values.get("named")))
        elif key == "which":
            self.form.set_shown("columns", values.get("which") == OWN)

    def _export(self, values: dict[str, object]) -> None:
        path = exportpage.asked_path(self._offer.name, values, self._context, self.ask_path)
        if path is None:
            return
        draft = self._draft(values, path)
        acting, total = self._context.acting(), len(draft.ids)
        told = _("正在导出…")
        self.set_saving(saving=True)

        def work(office: Office, progress: Progress) -> tuple[Done[int], Path]:
            tell = lambda at: progress(told, at, total)  # noqa: E731
            return exports.export_register(office, draft, acting, tell), path

        self._context.tasks.run_long(work, self._exported, self._failed, changes=True)

    def _draft(self, values: dict[str, object], path: Path) -> ExportDraft:
        named = bool(values.get("named"))
        columns = [Column(key) for key in exportpage.chosen_columns(self._offer, values)]
        if named and columns:
            after = columns.index(Column.IDENTITY) if Column.IDENTITY in columns else 0
            columns[after + 1 : after + 1] = exports.SECRET
        ids = exportpage.chosen_ids(self._offer, values)
        reason = read.text(values, "reason") if named else ""
        return ExportDraft(path, ids, tuple(columns), named, reason)

    def _exported(self, found: tuple[Done[int], Path]) -> None:
        done, path = found
        self.set_saving(saving=False)
        self.form.mark_clean()
        said = ngettext_("已把 {n} 件导出为 {path}。", "已把 {n} 件导出为 {path}。", done.value)
        self._context.said.emit(said.format(n=done.value, path=path), 0)
        self.left.emit()

    def _failed(self, error: BaseException) -> None:
        self.set_saving(saving=False)
        exportpage.tell_failed(self, error)

    def _ask_path(self, name: str) -> str:
        chosen, _kind = QFileDialog.getSaveFileName(self, _("导出登记簿"), name)
        return chosen
