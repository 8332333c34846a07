"""A letter as it will print, with the buttons to print, keep or open it elsewhere."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QIODevice,
    QObject,
    Qt,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import QColor, QDesktopServices, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.text import _, ngettext_
from desktop.ui.common import printing, tempfiles, theme
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.common.empty import EmptyState
from desktop.ui.common.find import FindBar
from desktop.ui.common.flow import FlowLayout
from desktop.ui.common.labels import Elided, button, label, tool
from desktop.ui.common.printing import Sides
from desktop.usecases.letters import Report

if TYPE_CHECKING:  # loaded when the first letter is shown
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPdfWidgets import QPdfView
    from PySide6.QtPrintSupport import QPrinter

_STEP = 1.2
_SMALLEST, _LARGEST = 0.25, 4.0


class LetterPreview(QWidget):
    """Shows PDF bytes page by page; `printed()` and `kept(path)` tell what was done with them.

    `ask_printer`, `ask_path` and `open_file` are how the clerk is asked and the system called.
    """

    printed = Signal()
    kept = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._pdf = b""
        self._name = ""
        self._document: QPdfDocument | None = None
        self._view: QPdfView | None = None
        self._buffer: QBuffer | None = None
        #: How it is printed on both sides.
        self.sides = Sides.USUAL
        self.ask_printer: Callable[[QPrinter], bool] = self._ask_printer
        self.ask_path: Callable[[str], str] = self._ask_path
        self.open_file: Callable[[QUrl], bool] = QDesktopServices.openUrl
        self.print_button = button(_("打印…"), "", "print")
        self.keep_button = button(_("另存为 PDF…"), "", "save")
        self.open_button = button(_("用系统程序打开"), "", "open")
        self.print_button.clicked.connect(self.print_letter)
        self.keep_button.clicked.connect(self.keep)
        self.open_button.clicked.connect(self.open_elsewhere)
        self._pages = label("", "quiet")
        self._zoom = label("", "quiet")
        self._check = Elided("", "quiet")
        self.bar = MessageBar()
        self.finder = FindBar()
        self.finder.closed.connect(self._found_enough)
        self._empty = EmptyState("document_text", _("填写后，文书会显示在这里。"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        theme.on_change(self._renew)
        self._lay_out()
        self._enable()

    def show_letter(self, pdf: bytes, name: str = "") -> None:
        """Show a letter; `name` is what a kept file is called, without .pdf.

        The place that was being read stays in view, so that a letter can follow the typing.
        """
        document, view = self._ensure()
        place = view.verticalScrollBar().value()
        self._check.set_text("")
        self._pdf, self._name = pdf, name or _("文书")
        document.close()
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(self._buffer)
        if document.pageCount() == 0:
            self.show_message(_("这份文书无法显示，请重新生成。"))
            return
        self._stack.setCurrentWidget(view)
        QTimer.singleShot(0, view, lambda: view.verticalScrollBar().setValue(place))
        self._enable()
        self._tell()

    def show_report(self, report: Report) -> None:
        """Say what the check of the letter shown came to (检查)."""
        if not self.page_count():
            return
        off = [str(item) for item in report.failures]
        said = _("检查：{n} 项都符合").format(n=len(report.items))
        if off:
            words = ngettext_("检查：{n} 处不符合。{what}", "检查：{n} 处不符合。{what}", len(off))
            said = words.format(n=len(off), what="；".join(off))
        self._check.set_text(said)
        self._check.set_tone("error" if off else "quiet")

    def check_text(self) -> str:
        """What is said of the check, empty before it was made."""
        return self._check.text()

    def show_message(self, sentence: str) -> None:
        """Say why there is no letter."""
        self._pdf = b""
        self._check.set_text("")
        self._empty.set("document_text", sentence)
        self._stack.setCurrentWidget(self._empty)
        self._enable()

    def page_count(self) -> int:
        """The number of pages of the letter shown."""
        return self._document.pageCount() if self._pdf and self._document is not None else 0

    def print_letter(self) -> None:
        """Ask for a printer and print in true size."""
        from PySide6.QtPrintSupport import QPrinter

        if self._document is None or not self._pdf:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._name)
        printing.prepare(printer, self._document, self.sides)
        if not self.ask_printer(printer):
            return
        printer.setFullPage(True)
        if printing.print_document(printer, self._document):
            self.printed.emit()
        else:
            self.bar.tell(Tone.ERROR, _("打印机没有响应，请检查后重试，或另存为 PDF 后打印。"))

    def keep(self) -> None:
        """Write the letter to a file the clerk chooses."""
        chosen = self.ask_path(f"{self._name}.pdf")
        if not chosen or not self._pdf:
            return
        # a name may end in a date (2026.11.20): only add what is missing, replace nothing
        path = Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf")
        try:
            path.write_bytes(self._pdf)
        except OSError:
            self.bar.tell(Tone.ERROR, _("无法写入“{path}”，请换一个位置再存。").format(path=path))
            return
        self.kept.emit(path)

    def open_elsewhere(self) -> None:
        """Hand a copy to the system's PDF program; the copy goes when the program is left."""
        if not self._pdf:
            return
        path = tempfiles.put(self._pdf, ".pdf")
        if not self.open_file(QUrl.fromLocalFile(str(path))):
            self.bar.tell(Tone.WARN, _("系统里没有能打开 PDF 的程序，请另存为 PDF。"))

    def zoom(self, factor: float) -> None:
        """Show at a multiple of true size."""
        if self._view is None:
            return
        from PySide6.QtPdfWidgets import QPdfView

        self._view.setZoomMode(QPdfView.ZoomMode.Custom)
        self._view.setZoomFactor(min(max(factor, _SMALLEST), _LARGEST))
        self._tell()

    def fit_width(self) -> None:
        """Make the page as wide as the preview."""
        if self._view is None:
            return
        from PySide6.QtPdfWidgets import QPdfView

        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._tell()

    def zoom_factor(self) -> float:
        """The multiple of true size on screen."""
        if self._view is None or self._document is None or not self.page_count():
            return 1.0
        from PySide6.QtPdfWidgets import QPdfView

        if self._view.zoomMode() == QPdfView.ZoomMode.Custom:
            return self._view.zoomFactor()
        edges = self._view.documentMargins()
        room = self._view.viewport().width() - edges.left() - edges.right()
        width = self._document.pagePointSize(0).width() / 72 * self.logicalDpiX()
        return room / width if width else 1.0

    def _ensure(self) -> tuple["QPdfDocument", "QPdfView"]:
        if self._document is None or self._view is None:
            from PySide6.QtPdf import QPdfDocument
            from PySide6.QtPdfWidgets import QPdfView

            self._document = QPdfDocument(self)
            self._view = QPdfView(self)
            self._view.setDocument(self._document)
            self._view.setPageMode(QPdfView.PageMode.MultiPage)
            self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
            self._view.setAccessibleName(_("文书预览"))
            self._view.pageNavigator().currentPageChanged.connect(self._tell)
            self._view.viewport().installEventFilter(self)
            self._stack.addWidget(self._view)
            self.finder.attach(self._document, self._view)
            self._renew()
        return self._document, self._view

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._tell)
        return super().eventFilter(watched, event)

    def _renew(self) -> None:
        """Let the desk behind the pages be calm: the view paints it in the palette's Dark."""
        if self._view is not None:
            desk = self._view.palette()
            desk.setColor(QPalette.ColorRole.Dark, QColor(theme.colours().line))
            self._view.setPalette(desk)

    def _lay_out(self) -> None:
        foot = QFrame()
        foot.setProperty("role", "bar")
        row = FlowLayout(foot, theme.SMALL)
        row.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        for one in (self.print_button, self.keep_button, self.open_button):
            row.addWidget(one)
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(theme.LARGE, theme.TIGHT, theme.LARGE, theme.TIGHT)
        line.setSpacing(theme.TIGHT)
        line.addWidget(self._pages)
        line.addSpacing(theme.MEDIUM)
        line.addWidget(self._check, 1)
        line.addWidget(tool("search", _("在文书中查找（Ctrl+F）"), self.finder.enter))
        line.addWidget(tool("zoom_out", _("缩小"), lambda: self.zoom(self.zoom_factor() / _STEP)))
        line.addWidget(self._zoom)
        line.addWidget(tool("zoom_in", _("放大"), lambda: self.zoom(self.zoom_factor() * _STEP)))
        for text, slot in ((_("100%"), lambda: self.zoom(1.0)), (_("页宽"), self.fit_width)):
            made = button(text, "flat")
            made.clicked.connect(slot)
            line.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.finder)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        column.addWidget(foot)

        seek = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        seek.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        seek.activated.connect(self.finder.enter)

    def _found_enough(self) -> None:
        if self._view is not None:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enable(self) -> None:
        for one in (self.print_button, self.keep_button, self.open_button):
            one.setEnabled(bool(self._pdf))
        if not self._pdf:
            self._pages.setText("")
            self._zoom.setText("")

    def _tell(self) -> None:
        if self._view is None or not self.page_count():
            return
        page = self._view.pageNavigator().currentPage() + 1
        self._pages.setText(
            _("第 {page} 页，共 {pages} 页").format(page=page, pages=self.page_count())
        )
        self._zoom.setText(f"{self.zoom_factor():.0%}")

    def _ask_printer(self, printer: "QPrinter") -> bool:
        from PySide6.QtPrintSupport import QPrintDialog

        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self.page_count())
        return bool(dialog.exec())

    def _ask_path(self, name: str) -> str:
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("另存为 PDF"), name, _("PDF 文件 (*.pdf)")
        )
        return chosen
