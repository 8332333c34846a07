"""Many letters at once: printed, joined into one file, kept each in a file; all can be stopped."""

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.text import _, ngettext_
from desktop.ui.common import printing, wording
from desktop.ui.common.bars import MessageBar, Tone, WorkingBar
from desktop.ui.common.tasks import Cancelled, Progress
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.context import Context
from desktop.usecases import letterprints
from desktop.usecases.letterprints import Joined, Part
from desktop.usecases.office import Office

if TYPE_CHECKING:  # loaded when something is printed
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter


_T = TypeVar("_T")


def _as_it_is(joined: Joined) -> Joined:
    return joined


def gone_words(out: Sequence[str], left: Sequence[str]) -> str:
    """Say of a printer that went away which letters it has and which not; given their titles."""
    if not out:
        return _(
            "打印机没有响应，选中的文书都没有打印完；请检查打印机后重试，或合并保存为 PDF 后打印。"
        )
    said = ngettext_(
        "打印机中途没有响应：{n} 份已送出，到“{last}”为止；从“{first}”起的 {left} 份没有打印完，"
        "请检查打印机后重新打印这几份。",
        "打印机中途没有响应：{n} 份已送出，到“{last}”为止；从“{first}”起的 {left} 份没有打印完，"
        "请检查打印机后重新打印这几份。",
        len(out),
    )
    first = left[0] if left else ""
    return said.format(n=len(out), last=_number(out[-1]), first=_number(first), left=len(left))


def _number(title: str) -> str:
    """The number a letter's bookmark begins with."""
    return title.split("　")[0]


class Batch(QObject):
    """Takes chosen letters to the printer or into files; `finished()` after each, however it went.

    `ask_printer`, `ask_path` and `ask_folder` are how the clerk is asked.
    """

    finished = Signal()

    def __init__(self, context: Context, page: QWidget, bar: MessageBar) -> None:
        super().__init__(page)
        self._context, self._page, self._bar = context, page, bar
        self.working = WorkingBar()
        self.working.cancelled.connect(self.stop)
        self._pages: Generator[tuple[int, int], None, None] | None = None
        self._document: QPdfDocument | None = None
        self._buffer: QBuffer | None = None
        self._printer: QPrinter | None = None
        self._parts: Sequence[Part] = ()
        self._first = 0
        self._chosen: Sequence[int] = ()
        self._path = Path()
        self._written = 0
        self._running = False
        self.ask_printer: Callable[[QPrinter, int], bool] = self._ask_printer
        self.ask_path: Callable[[str], str] = self._ask_path
        self.ask_folder: Callable[[], str] = self._ask_folder

    def running(self) -> bool:
        """Whether a batch is under way; another one has to wait."""
        return self._running

    def stop(self) -> None:
        """Stop the batch; what was printed or written already stays."""
        if self._pages is not None:
            self._end(_("已停止打印；已经送出的几页留在打印机里。"))
        elif self._running:
            self._context.tasks.cancel()

    # -- into files ----------------------------------------------------------------------------

    def save_each(self, chosen: Sequence[int]) -> None:
        """Write each letter into a file of a folder the clerk chooses."""
        folder = self.ask_folder()
        if not folder or self._running:
            return
        self._begin()
        acting, target, said = self._context.acting(), Path(folder), _("正在保存文书")

        def job(office: Office, progress: Progress) -> tuple[Path, ...]:
            def tell(done: int, total: int) -> None:
                self._written = done
                progress(said, done, total)

            return letterprints.save_each(office, chosen, target, acting, tell)

        self._context.tasks.run_long(job, self._saved, self._failed)

    def _saved(self, paths: tuple[Path, ...]) -> None:
        folder = paths[0].parent if paths else Path()
        if not paths:
            self._end(_("选中的编号都没有可以保存的文书。"))
            return
        words = ngettext_(
            "已保存 {n} 份文书到 {folder}。", "已保存 {n} 份文书到 {folder}。", len(paths)
        )
        self._end(words.format(n=len(paths), folder=folder))

    def save_joined(self, chosen: Sequence[int]) -> None:
        """Write the letters into one file."""
        name = self.ask_path(_("文书合并.pdf"))
        if not name or self._running:
            return
        self._path = Path(name if name.lower().endswith(".pdf") else f"{name}.pdf")
        path = self._path

        def keep(joined: Joined) -> None:
            letterprints.write(path, joined.pdf)

        self._join(chosen, keep, self._kept_joined, duplex=False)

    def _kept_joined(self, _nothing: None) -> None:
        self._end(_("已合并保存为 {path}。").format(path=self._path))

    def _join(
        self,
        chosen: Sequence[int],
        finish: Callable[[Joined], _T],
        then: Callable[[_T], None],
        *,
        duplex: bool,
    ) -> None:
        self._begin()
        acting, said = self._context.acting(), _("正在合并文书")

        def job(office: Office, progress: Progress) -> _T:
            def tell(done: int, total: int) -> None:
                progress(said, done, total)

            return finish(letterprints.join(office, chosen, acting, tell, duplex=duplex))

        self._context.tasks.run_long(job, then, self._failed)

    # -- on paper ------------------------------------------------------------------------------

    def print_all(self, chosen: Sequence[int]) -> None:
        """Print the letters one after the other, each beginning on a sheet of its own."""
        if not self._running:
            self._join(chosen, _as_it_is, self._print, duplex=True)

    def _print(self, joined: Joined) -> None:
        from PySide6.QtPdf import QPdfDocument
        from PySide6.QtPrintSupport import QPrinter

        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(joined.pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(_("文书"))
        printing.prepare(printer, self._document)
        if not self.ask_printer(printer, self._document.pageCount()):
            self._end("")
            return
        printer.setFullPage(True)
        self._printer = printer
        self._first, last = printing.page_range(printer, self._document.pageCount())
        self._parts = [part for part in joined.parts if self._first <= part.last <= last]
        self._pages = printing.print_pages(printer, self._document)
        self._next_page()

    def _next_page(self) -> None:
        """Print a page, then let the window live before the next one."""
        if self._pages is None:
            return
        try:
            done, total = next(self._pages)
        except StopIteration:
            self._end(_("已送打印机打印。"))
            return
        except printing.NoPrinter as error:
            out = [part.title for part in self._parts if part.last < self._first + error.sent]
            left = [part.title for part in self._parts[len(out) :]]
            self._end("", gone_words(out, left))
            return
        self.working.show_progress(
            _("正在打印第 {done} 页，共 {total} 页").format(done=done, total=total), done, total
        )
        QTimer.singleShot(0, self, self._next_page)

    # -- beginning and ending ------------------------------------------------------------------

    def _begin(self) -> None:
        self._running = True
        self._written = 0
        self._bar.clear()

    def _end(self, said: str, wrong: str = "") -> None:
        pages, self._pages = self._pages, None
        if pages is not None:
            pages.close()
        if self._document is not None:
            self._document.close()
            self._document.deleteLater()
        self._document, self._buffer, self._printer = None, None, None
        self._running = False
        self.working.hide()
        if wrong:
            self._bar.tell(Tone.ERROR, wrong)
        elif said:
            self._bar.tell(Tone.INFO, said)
        self.finished.emit()

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            said = _("已停止。")
            if self._written:
                words = _("已停止；已经保存的 {n} 份文书是完整的。")
                said = words.format(n=self._written)
            self._end(said)
            return
        if isinstance(error, LookupError):
            said = _("有一份文书的原件已丢失或者被改动，请在“核对编号”里查看。")
            self._end("", said)
            return
        self._end("")
        if wording.error_words(error) is not None:
            self._bar.tell(Tone.ERROR, wording.error_words(error) or "")
        else:
            tell_trouble(self._bar, error)

    # -- asking --------------------------------------------------------------------------------

    def _ask_printer(self, printer: "QPrinter", pages: int) -> bool:
        from PySide6.QtPrintSupport import QPrintDialog

        dialog = QPrintDialog(printer, self._page)
        dialog.setMinMax(1, pages)
        return bool(dialog.exec())

    def _ask_path(self, name: str) -> str:
        chosen, _kind = QFileDialog.getSaveFileName(
            self._page, _("合并成一个 PDF"), name, _("PDF 文件 (*.pdf)")
        )
        return chosen

    def _ask_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self._page, _("保存到哪个文件夹"))
