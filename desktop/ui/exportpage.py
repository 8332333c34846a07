"""The page on which a list is exported: which lines, which columns, which kind of file."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from desktop.rules.faults import Faults
from desktop.text import _, ngettext_
from desktop.ui.common import wording
from desktop.ui.common.bars import Tone
from desktop.ui.common.forms import ChecksField, Field, Form, FormPage, RadioField
from desktop.ui.common.tasks import Cancelled, Progress
from desktop.ui.context import Context
from desktop.usecases.office import Done, Office

LISTED, ALL, OWN = "listed", "all", "own"


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be exported: the list's lines and those selected, in order; its columns.

    ``columns``: every column with its heading; ``listed``: those the list shows, in its order;
    ``which``: which of them are chosen at first; ``units``: the lines are units, no records.
    """

    title: str
    name: str
    shown: tuple[int, ...]
    selected: tuple[int, ...]
    columns: Sequence[tuple[str, str]]
    listed: Sequence[str]
    which: str = LISTED
    units: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the clerk chose."""

    path: Path
    ids: tuple[int, ...]
    columns: tuple[str, ...]


#: Writes what was chosen; told how far it is.
Write = Callable[[Office, Chosen, Callable[[int], None]], Done[int]]


class TableExportPage(FormPage):
    """A list as a file for Excel or WPS; `left` when it was written or is not wanted."""

    left = Signal()

    def __init__(self, context: Context, offer: Offer, write: Callable[[], Write]) -> None:
        """``write`` is asked when the clerk presses the button, so that it acts as of then."""
        self._context, self._offer, self._write = context, offer, write
        self.ask_path: Callable[[str], str] = self._ask_path
        form = Form(export_fields(offer), context.today())
        super().__init__(
            offer.title,
            _("导出为 Excel 和 WPS 都能打开的文件；按列表现在的筛选和顺序。"),
            form,
            _("导出(&S)…"),
        )
        many = len(offer.selected) > 1
        form.set_values(
            {
                "lines": "selected" if many else "shown",
                "which": offer.which,
                "columns": tuple(offer.listed),
                "kind": ".xlsx",
            }
        )
        form.set_shown("columns", shown=False)
        form.mark_clean()
        form.edited.connect(self._edited)
        self.saved.connect(self._export)
        self.cancelled.connect(self.left)

    def _edited(self, key: str) -> None:
        if key == "which":
            self.form.set_shown("columns", self.form.values().get("which") == OWN)

    def _export(self, values: dict[str, object]) -> None:
        path = asked_path(self._offer.name, values, self._context, self.ask_path)
        if path is None:
            return
        chosen = Chosen(path, chosen_ids(self._offer, values), chosen_columns(self._offer, values))
        write, told, total = self._write(), _("正在导出…"), len(chosen.ids)
        self.set_saving(saving=True)

        def work(office: Office, progress: Progress) -> tuple[Done[int], Path]:
            return write(office, chosen, lambda at: progress(told, at, total)), path

        self._context.tasks.run_long(work, self._exported, self._failed, changes=True)

    def _exported(self, found: tuple[Done[int], Path]) -> None:
        done, path = found
        self.set_saving(saving=False)
        self.form.mark_clean()
        said = ngettext_("已把 {n} 行导出为 {path}。", "已把 {n} 行导出为 {path}。", done.value)
        self._context.said.emit(said.format(n=done.value, path=path), 0)
        self.left.emit()

    def _failed(self, error: BaseException) -> None:
        self.set_saving(saving=False)
        tell_failed(self, error)

    def _ask_path(self, name: str) -> str:
        chosen, _kind = QFileDialog.getSaveFileName(self, self._offer.title, name)
        return chosen


def export_fields(offer: Offer) -> list[Field]:
    """Return the inputs every export has: which lines, which kind, which columns."""
    shown, selected = len(offer.shown), len(offer.selected)
    if offer.units:
        all_words = ngettext_("列表里的 {n} 个单位", "列表里的 {n} 个单位", shown)
        own_words = ngettext_("选中的 {n} 个单位", "选中的 {n} 个单位", selected)
    else:
        all_words = ngettext_("列表里的 {n} 件", "列表里的 {n} 件", shown)
        own_words = ngettext_("选中的 {n} 件", "选中的 {n} 件", selected)
    listed = len(offer.listed)
    return [
        RadioField(
            "lines",
            _("导出哪些"),
            choices=[
                ("shown", all_words.format(n=shown)),
                ("selected", own_words.format(n=selected)),
            ],
        ),
        RadioField(
            "kind",
            _("文件"),
            choices=[(".xlsx", _("Excel 工作簿（.xlsx）")), (".csv", _("文本表格（.csv）"))],
        ),
        RadioField(
            "which",
            _("栏目"),
            choices=[
                (LISTED, _("列表现在显示的 {n} 栏").format(n=listed)),
                (ALL, _("全部 {n} 栏").format(n=len(offer.columns))),
                (OWN, _("自己选")),
            ],
        ),
        ChecksField("columns", _("自己选的栏目"), choices=list(offer.columns)),
    ]


def chosen_ids(offer: Offer, values: dict[str, object]) -> tuple[int, ...]:
    """Return the lines that were chosen, in the list's order."""
    return offer.selected if values.get("lines") == "selected" else offer.shown


def chosen_columns(offer: Offer, values: dict[str, object]) -> tuple[str, ...]:
    """Return the columns that were chosen: as listed in the list's order, else in their own."""
    which, picked = values.get("which"), values.get("columns")
    if which == ALL:
        return tuple(key for key, _words in offer.columns)
    if which == OWN:
        wanted = {str(one) for one in picked} if isinstance(picked, tuple) else set()
        return tuple(key for key, _words in offer.columns if key in wanted)
    return tuple(offer.listed)


def asked_path(
    name: str, values: dict[str, object], context: Context, ask: Callable[[str], str]
) -> Path | None:
    """Ask where to; the name ends as the kind chosen wants it. None: nowhere."""
    kind = str(values.get("kind") or ".xlsx")
    chosen = ask(f"{name} {context.today().isoformat()}{kind}")
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.casefold() not in (".xlsx", ".csv"):
        path = path.with_name(path.name + kind)
    return path


def tell_failed(page: FormPage, error: BaseException) -> None:
    """Say on a page why nothing was exported."""
    if isinstance(error, Cancelled):
        page.bar.tell(Tone.INFO, _("已停止，没有导出。"))
    elif isinstance(error, Faults):
        page.form.show_faults(wording.faults_by_field(error))
    elif words := wording.error_words(error):
        page.bar.tell(Tone.ERROR, words)
    elif isinstance(error, OSError):
        page.bar.tell(
            Tone.ERROR,
            _("文件写不进去：它可能正在 Excel 或者 WPS 里打开，或者这里不能写；请换一个名称。"),
        )
    else:
        sys.excepthook(type(error), error, error.__traceback__)
