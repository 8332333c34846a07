"""The page 导入台账: choose a file, its columns, look at what was found, import; in this order."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.rules.faults import Faults
from desktop.rules.ledgerfields import Field
from desktop.text import N_, _, ngettext_
from desktop.ui.common import theme
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.common.empty import EmptyState
from desktop.ui.common.labels import label
from desktop.ui.common.panes import upright
from desktop.ui.common.tasks import Cancelled, Progress
from desktop.ui.complaints import imports_words
from desktop.ui.complaints.imports_columns import ColumnsStep
from desktop.ui.complaints.imports_foot import ImportFoot
from desktop.ui.complaints.imports_past import PastImports
from desktop.ui.complaints.imports_review import ReviewStep
from desktop.ui.context import Context
from desktop.usecases import imports, imports_mend
from desktop.usecases.imports import Imported, Plan, Review
from desktop.usecases.office import Done, Office

T = TypeVar("T")
KINDS = (".xlsx", ".xls", ".csv")
_CHOOSE, _COLUMNS, _REVIEW, _DONE = range(4)
#: Said when nothing is left that could be stopped.
_SAVING = N_("正在保存，很快就好…")


def ledger_of(event: QDragEnterEvent | QDropEvent) -> str:
    """The path of the ledger that is dragged here, or an empty text."""
    paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return next((one for one in paths if one.casefold().endswith(KINDS)), "")


class ImportPage(QWidget):
    """A ledger that was kept elsewhere comes into the register, as one action.

    ``back_wanted``: an import of the past shall be taken back as a whole.
    """

    left = Signal()
    back_wanted = Signal(object)  # PastImport

    def __init__(self, context: Context) -> None:
        """Begin with the choice of the file."""
        super().__init__()
        self.setObjectName("complaints.import")
        self.setAcceptDrops(True)
        self._context = context
        self._review: Review | None = None
        self._job: Progress | None = None
        self._saved = False
        self._held: QWidget | None = None
        self.ask_open: Callable[[], str] = self._ask_open
        self.ask_save: Callable[[str], str] = self._ask_save
        self.bar = MessageBar()
        self.columns, self.review = ColumnsStep(), ReviewStep()
        self.choose = EmptyState(
            "import",
            _(
                "把旧台账拖到这里，或者选择文件。可以导入 .xlsx、.xls 和 .csv；"
                "栏目名称不必一样，下一步可以逐栏核对。原文件不会被改动。"
            ),
            _("选择文件…"),
        )
        self.choose.clicked.connect(self.open_dialog)
        self.past = PastImports(context)
        self.past.wanted.connect(self.back_wanted)
        self.done = EmptyState("checkmark_circle", "", _("完成"))
        self.done.clicked.connect(self.leave)
        self.foot = ImportFoot()
        self._lay_out()
        self._connect()
        self._show(_CHOOSE)

    def has_unsaved(self) -> bool:
        """Whether a ledger is being worked on that is not imported yet."""
        return self._stack.currentIndex() in (_COLUMNS, _REVIEW)

    def leave(self) -> None:
        """Stop what is running, or go back to the register; asks when work would be lost."""
        if self._job is not None:
            self._job.stop()
        elif self.has_unsaved() and self.bar.isHidden():
            self.bar.tell(
                Tone.WARN,
                _("台账还没有导入。"),
                ("stay", _("继续导入")),
                ("drop", _("不导入了")),
                closable=False,
            )
            self.bar.focus_first()
        else:
            self.left.emit()

    # -- the file ------------------------------------------------------------------------------

    def open_dialog(self) -> None:
        """Ask for a file and read it."""
        chosen = self.ask_open()
        if chosen:
            self.read(chosen)

    def read(self, path: str, sheet: str | None = None) -> None:
        """Read a ledger."""
        told = _("正在读取 {name}…").format(name=Path(path).name)

        def work(office: Office, progress: Progress) -> Plan:
            def tell(rows: int) -> None:
                progress(told, rows)

            return imports.plan(office, imports.read_ledger(Path(path), sheet, tell))

        self._run(work, self._have_plan, told)

    def _have_plan(self, plan: Plan) -> None:
        self._end()
        self.columns.show_plan(plan)
        self._show(_COLUMNS)
        self.columns.mark(())

    # -- columns and check ---------------------------------------------------------------------

    def _check(self, plan: Plan | None) -> None:
        if plan is None:
            return
        today, total = self._context.today(), plan.lines
        told = _("正在检查…")

        def work(office: Office, progress: Progress) -> Review:
            return imports.check(office, plan, today, lambda at: progress(told, at, total))

        self._run(work, self._have_review, told)

    def _have_review(self, review: Review) -> None:
        self._end()
        self._review, self._saved = review, False
        self.review.show_review(review, self._context.directory.units)
        self._show(_REVIEW)
        self.review.enter()

    # -- importing -----------------------------------------------------------------------------

    def _import(self) -> None:
        review = self._review
        if review is None:
            return
        acting, total = self._context.acting(), len(review.checked.good)
        told, last = _("正在写入登记簿…"), _(_SAVING)

        def work(office: Office, progress: Progress) -> Done[Imported]:
            return imports.import_ledger(
                office, review, acting, lambda at: progress(told if at < total else last, at, total)
            )

        self._run(work, self._imported, told, changes=True)

    def _imported(self, done: Done[Imported]) -> None:
        self._end()
        self._context.ask_why(done.event)
        self._context.said.emit(imports_words.made_words(done.value), done.event)
        self._context.directory_changed.emit()
        said = imports_words.after_words(done.value, saved=self._saved)
        self.done.set("checkmark_circle", said, _("完成"))
        self._show(_DONE)

    def _changed(self) -> None:
        if self._stack.currentIndex() == _CHOOSE:
            self.past.reload()

    # -- what did not come in ------------------------------------------------------------------

    def save_rest(self) -> None:
        """Keep the lines that do not come in as a file to mend."""
        review = self._review
        if review is None:
            return
        name = _("{name}_待改正.xlsx").format(name=review.plan.sheet.path.stem)
        chosen = self.ask_save(str(review.plan.sheet.path.with_name(name)))
        if not chosen:
            return
        path = Path(chosen)
        told = _("正在另存…")

        def work(_office: Office, progress: Progress) -> tuple[int, Path]:
            progress(told)
            return imports_mend.save_rest(review, path, imports_words.fault_words), path

        self._run(work, self._have_saved, told)

    def _have_saved(self, found: tuple[int, Path]) -> None:
        self._end()
        self._saved = True
        count, path = found
        said = ngettext_("已把 {n} 行另存为 {path}。", "已把 {n} 行另存为 {path}。", count)
        self.bar.tell(Tone.INFO, said.format(n=count, path=path))

    # -- running -------------------------------------------------------------------------------

    def _run(
        self,
        work: Callable[[Office, Progress], T],
        then: Callable[[T], None],
        told: str,
        *,
        changes: bool = False,
    ) -> None:
        if self._job is not None:
            return
        self.bar.clear()
        self.foot.tell(told)
        self._busy(on=True)
        self._job = self._context.tasks.run_long(work, then, self._failed, changes=changes)

    def _tell(self, text: str, done: int, total: int) -> None:
        if self._job is not None:
            self.foot.tell(text, done, total, stoppable=text != _(_SAVING))

    def _end(self) -> None:
        self._job = None
        self._busy(on=False)

    def _busy(self, *, on: bool) -> None:
        if on:
            self._held = QApplication.focusWidget()
        self.foot.show_busy(on=on)
        self._stack.setEnabled(not on)
        held = self._held
        if not on and held is not None and shiboken6.isValid(held) and held.isVisible():
            held.setFocus(Qt.FocusReason.OtherFocusReason)  # a disabled widget loses the keyboard

    def _failed(self, error: BaseException) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self.bar.tell(Tone.INFO, _("已停止，什么也没有导入。"))
        elif words := imports_words.trouble_words(error):
            self.bar.tell(Tone.ERROR, words)
            if isinstance(error, Faults) and self._stack.currentIndex() == _COLUMNS:
                twice = [Field(f.field) for f in error.faults if f.code == "mapping_twice"]
                self.columns.mark(twice)
        else:
            sys.excepthook(type(error), error, error.__traceback__)

    # -- set-up --------------------------------------------------------------------------------

    def _show(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        if step == _CHOOSE:
            self.past.reload()
        titles = (_("导入台账"), _("各栏对应"), _("检查结果"), _("导入完成"))
        self._title.setText(titles[step])
        self._steps.setText(
            _("第 {n} 步，共 3 步").format(n=step + 1) if step < _DONE else _("全部完成")
        )
        count = len(self._review.checked.good) if self._review else 0
        texts = {
            _COLUMNS: _("检查(&N)"),
            _REVIEW: ngettext_("导入 {n} 件(&I)", "导入 {n} 件(&I)", count).format(n=count),
        }
        self.foot.next.setText(texts.get(step, ""))
        self.foot.next.setVisible(step in texts)
        self.foot.next.setEnabled(step != _REVIEW or count > 0)
        self.foot.back.setVisible(step in (_COLUMNS, _REVIEW))
        left_out = len(self._review.checked.faulty) if self._review else 0
        self.foot.rest.setVisible(step in (_REVIEW, _DONE) and left_out > 0)
        self.foot.cancel.setVisible(step != _DONE)
        if step in (_CHOOSE, _DONE):
            page = self.choose if step == _CHOOSE else self.done
            inside = page.findChild(QPushButton)
            if inside is not None:
                self.setFocusProxy(inside)  # the page may be put in front only after this
                inside.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocusProxy(None)  # type: ignore[arg-type]

    def _forward(self) -> None:
        if not self.foot.next.isEnabled() or self.foot.next.isHidden():
            return
        if self._stack.currentIndex() == _COLUMNS:
            self._check(self.columns.plan())
        else:
            self._import()

    def _backward(self) -> None:
        self.bar.clear()
        self._show(self._stack.currentIndex() - 1)

    def _answer(self, key: str) -> None:
        self.bar.clear()
        if key == "drop":
            self.left.emit()
        elif self._stack.currentIndex() == _REVIEW:  # the button that had the keyboard is gone
            self.review.enter()
        else:
            self.columns.mark(())

    def _connect(self) -> None:
        self.foot.next.clicked.connect(self._forward)
        self.foot.back.clicked.connect(self._backward)
        self.foot.rest.clicked.connect(self.save_rest)
        self.foot.cancel.clicked.connect(self.leave)
        self.bar.clicked.connect(self._answer)
        self.columns.sheet_wanted.connect(self._other_sheet)
        self.review.again.connect(lambda: self._check(self.review.plan()))
        self._context.tasks.progressed.connect(self._tell)
        self._context.tasks.changed.connect(self._changed)
        for keys, slot in (("Ctrl+Return", self._forward), ("Esc", self.leave)):
            short = QShortcut(QKeySequence(keys), self)
            short.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            short.activated.connect(slot)

    def _other_sheet(self, name: str) -> None:
        plan = self.columns.plan()
        if plan is not None and name != plan.sheet.name:
            self.read(str(plan.sheet.path), name)

    def _lay_out(self) -> None:
        self._title = label("", "title")
        self._steps = label("", "quiet")
        self._stack = QStackedWidget()
        first = QWidget()
        both = QVBoxLayout(first)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(self.choose, 1)
        both.addWidget(self.past)
        choosing = upright(first)  # in a small window with large letters there is no room for all
        choosing.setFrameShape(QFrame.Shape.NoFrame)
        self.past.told.connect(lambda said: choosing.ensureWidgetVisible(said, 0, theme.SMALL))
        for page in (choosing, self.columns, self.review, self.done):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inside = QVBoxLayout()
        inside.setContentsMargins(theme.WIDE, theme.LARGE, theme.WIDE, theme.LARGE)
        inside.setSpacing(theme.SMALL)
        head = QHBoxLayout()
        head.setSpacing(theme.MEDIUM)
        head.addWidget(self._title)
        head.addWidget(self._steps, 1, Qt.AlignmentFlag.AlignBottom)
        inside.addLayout(head)
        inside.addWidget(self.bar)
        inside.addWidget(self._stack, 1)
        column.addLayout(inside, 1)
        column.addWidget(self.foot)
        self._busy(on=False)

    def _ask_open(self) -> str:
        kinds = _("台账（*.xlsx *.xls *.csv）").replace("（", " (").replace("）", ")")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("选择旧台账"), "", kinds)
        return chosen

    def _ask_save(self, name: str) -> str:
        chosen, _kind = QFileDialog.getSaveFileName(self, _("另存为"), name, "Excel (*.xlsx)")
        return chosen

    # -- dropping ------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._job is None and not self.has_unsaved() and ledger_of(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = ledger_of(event)
        if path:
            event.acceptProposedAction()
            self.read(path)
