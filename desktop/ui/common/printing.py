"""Putting a PDF on paper at its true size; what is in the PDF is not known here."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMarginsF, QSize, QSizeF
from PySide6.QtGui import QColorConstants, QImage, QPageLayout, QPageSize, QPainter

if TYPE_CHECKING:  # both modules cost time at start and are needed only when printing
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter

MOST_DPI: Final = 600  # thin strokes of 仿宋 need it; more takes half a gigabyte a page
_POINTS_PER_INCH: Final = 72


def prepare(printer: "QPrinter", document: "QPdfDocument") -> None:
    """Set the paper to the size of the letter: whole sheet, no margins, both sides if longer."""
    from PySide6.QtPrintSupport import QPrinter

    printer.setResolution(min(printer.resolution(), MOST_DPI))
    printer.setFullPage(True)
    size = document.pagePointSize(0)
    paper = QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    lying = size.width() > size.height()
    turned = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    layout = QPageLayout(paper, turned, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    printer.setColorMode(QPrinter.ColorMode.Color)
    duplex = QPrinter.DuplexMode
    printer.setDuplex(duplex.DuplexLongSide if document.pageCount() > 1 else duplex.DuplexNone)


def print_document(printer: "QPrinter", document: "QPdfDocument") -> bool:
    """Print every page in true size; False if the printer could not be started.

    Pages are rendered whole: rendering a clipped part is off by 0.7 mm over a page.
    """
    painter = QPainter()
    if not painter.begin(printer):
        return False
    first, last = _range(printer, document.pageCount())
    for page in range(first, last + 1):
        if page > first:
            printer.newPage()
        picture = render(document, page, min(printer.resolution(), MOST_DPI))
        paper = printer.paperRect(_device_pixels())
        painter.drawImage(paper, picture, picture.rect().toRectF())
    return painter.end()


def render(document: "QPdfDocument", page: int, dpi: int) -> QImage:
    """One page on white paper; the renderer leaves the ground transparent."""
    size: QSizeF = document.pagePointSize(page)
    pixels = QSize(
        round(size.width() / _POINTS_PER_INCH * dpi),
        round(size.height() / _POINTS_PER_INCH * dpi),
    )
    sheet = QImage(pixels, QImage.Format.Format_RGB32)
    sheet.fill(QColorConstants.White)
    painter = QPainter(sheet)
    painter.drawImage(0, 0, document.render(page, pixels))
    painter.end()
    return sheet


def _range(printer: "QPrinter", pages: int) -> tuple[int, int]:
    """First and last page asked for, counted from 0; the printer says 0 for all."""
    first, last = printer.fromPage(), printer.toPage()
    if not first:
        return 0, pages - 1
    return min(first, pages) - 1, min(max(last, first), pages) - 1


def _device_pixels() -> "QPrinter.Unit":
    from PySide6.QtPrintSupport import QPrinter

    return QPrinter.Unit.DevicePixel
