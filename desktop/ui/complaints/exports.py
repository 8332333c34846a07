"""The page 导出登记簿: which lines and columns, with or without who complained, into which file."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from desktop.rules.faults import Faults
from desktop.rules.roles import read_roles, sees_identity
from desktop.text import _, ngettext_
from desktop.ui.common import wording
from desktop.ui.common.bars import Tone
from desktop.ui.common.forms import (
    CheckField,
    ChecksField,
    Form,
    FormPage,
    RadioField,
    TextField,
)
from desktop.ui.common.tasks import Cancelled, Progress
from desktop.ui.complaints import values as read
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases import exports
from desktop.usecases.exports import Column, ExportDraft
from desktop.usecases.office import Done, Office


class ExportPage(FormPage):
    """The register as a file for Excel or WPS, in the order and filter of the list."""

    left = Signal()

    def __init__(
        self,
        context: Context,
        shown: Sequence[int],
        selected: Sequence[int],
    ) -> None:
        """``shown`` and ``selected`` are complaints in the list's order."""
        self._context, self._shown, self._selected = context, tuple(shown), tuple(selected)
        self.ask_path: Callable[[str], str] = self._ask_path
        form = Form(self._fields(), context.today())
        super().__init__(
            _("导出登记簿"),
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
                "columns": exports.OPEN_COLUMNS,
                "kind": ".xlsx",
            }
        )
        form.set_shown("reason", False)
        form.edited.connect(self._edited)
        self.saved.connect(self._export)
        self.cancelled.connect(self.left)

    def _fields(self) -> list[RadioField | ChecksField | CheckField | TextField]:
        shown, selected = len(self._shown), len(self._selected)
        lines = [
            ("shown", ngettext_("列表里的 {n} 件", "列表里的 {n} 件", shown).format(n=shown)),
            ("selected", ngettext_("选中的 {n} 件", "选中的 {n} 件", selected).format(n=selected)),
        ]
        clerk = self._context.clerk
        fields: list[RadioField | ChecksField | CheckField | TextField] = [
            RadioField("lines", _("导出哪些"), choices=lines),
            RadioField(
                "kind",
                _("文件"),
                choices=[(".xlsx", _("Excel 工作簿（.xlsx）")), (".csv", _("文本表格（.csv）"))],
            ),
            ChecksField(
                "columns",
                _("栏目"),
                choices=[(one, exports.HEADINGS[one]) for one in exports.OPEN_COLUMNS],
            ),
        ]
        if clerk is not None and sees_identity(read_roles(clerk.roles)):
            fields.append(
                CheckField(
                    "named",
                    _("身份"),
                    text=_("包括投诉举报人的姓名、电话和住址（会留下记录）"),
                )
            )
        fields.append(TextField("reason", _("导出身份的理由"), required=True, lines=2))
        return fields

    def _edited(self, key: str) -> None:
        if key == "named":
            self.form.set_shown("reason", bool(self.form.values().get("named")))

    def _export(self, values: Values) -> None:
        kind = str(values.get("kind") or ".xlsx")
        day = self._context.today()
        name = _("投诉登记簿 {day}").format(day=day.isoformat()) + kind
        chosen = self.ask_path(name)
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.casefold() not in (".xlsx", ".csv"):
            path = path.with_name(path.name + kind)
        draft = self._draft(values, path)
        acting, total = self._context.acting(), len(draft.ids)
        told = _("正在导出…")
        self.set_saving(saving=True)

        def work(office: Office, progress: Progress) -> tuple[Done[int], Path]:
            tell = lambda at: progress(told, at, total)  # noqa: E731
            return exports.export_register(office, draft, acting, tell), path

        self._context.tasks.run_long(work, self._exported, self._failed, changes=True)

    def _draft(self, values: Values, path: Path) -> ExportDraft:
        named = bool(values.get("named"))
        picked = values.get("columns")
        wanted = [Column(one) for one in picked] if isinstance(picked, tuple) else []
        if named:
            wanted += exports.SECRET
        columns = tuple(one for one in Column if one in wanted)
        ids = self._selected if values.get("lines") == "selected" else self._shown
        return ExportDraft(path, ids, columns, named, read.text(values, "reason") if named else "")

    def _exported(self, found: tuple[Done[int], Path]) -> None:
        done, path = found
        self.set_saving(saving=False)
        self.form.mark_clean()
        said = ngettext_("已把 {n} 件导出为 {path}。", "已把 {n} 件导出为 {path}。", done.value)
        self._context.said.emit(said.format(n=done.value, path=path), 0)
        self.left.emit()

    def _failed(self, error: BaseException) -> None:
        self.set_saving(saving=False)
        if isinstance(error, Cancelled):
            self.bar.tell(Tone.INFO, _("已停止，没有导出。"))
        elif isinstance(error, Faults):
            self.form.show_faults(wording.faults_by_field(error))
        elif words := wording.error_words(error):
            self.bar.tell(Tone.ERROR, words)
        elif isinstance(error, OSError):
            self.bar.tell(
                Tone.ERROR,
                _("文件写不进去：它可能正在 Excel 或者 WPS 里打开，或者这里不能写；请换一个名称。"),
            )
        else:
            sys.excepthook(type(error), error, error.__traceback__)

    def _ask_path(self, name: str) -> str:
        chosen, _kind = QFileDialog.getSaveFileName(self, _("导出登记簿"), name)
        return chosen
