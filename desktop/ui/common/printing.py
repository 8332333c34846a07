"""Putting a PDF on paper at its true size; what is in the PDF is not known here."""

from collections.abc import Generator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMarginsF, QSize, QSizeF
from PySide6.QtGui import (
    QColorConstants,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QTransform,
)

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
    """Print every page in true size; False if the printer could not be started."""
    try:
        for _done, _total in print_pages(printer, document):
            pass
    except NoPrinter:
        return False
    return True


class NoPrinter(Exception):
    """The printer could not be started, or went away."""


def print_pages(
    printer: "QPrinter", document: "QPdfDocument"
) -> Generator[tuple[int, int], None, None]:
    """Print in true size, a page each time the next value is asked for: how many of how many.

    Closing the generator before its end stops the printing. Pages are rendered whole: rendering a
    clipped part is off by 0.7 mm over a page. A page that lies across is turned.

    Raises:
        NoPrinter: the printer could not be started, or went away.
    """
    painter = QPainter()
    if not painter.begin(printer):
        raise NoPrinter
    first, last = _range(printer, document.pageCount())
    try:
        for page in range(first, last + 1):
            if page > first and not printer.newPage():
                raise NoPrinter
            picture = render(document, page, min(printer.resolution(), MOST_DPI))
            paper = printer.paperRect(_device_pixels())
            if (picture.width() > picture.height()) != (paper.width() > paper.height()):
                picture = picture.transformed(QTransform().rotate(90))
            painter.drawImage(paper, picture, picture.rect().toRectF())
            yield page - first + 1, last - first + 1
    except GeneratorExit:
        printer.abort()
        raise
    finally:
        ended = painter.end()
    if not ended:
        raise NoPrinter


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
