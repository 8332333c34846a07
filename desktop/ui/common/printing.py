"""Putting a PDF on paper at its true size; what is in the PDF is not known here."""

from collections.abc import Generator
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMarginsF, QSize, QSizeF
from PySide6.QtGui import (
    QColorConstants,
    QImage,
    QPageLayout,
    QPageSize,
    QPaintEngine,
    QPainter,
    QTransform,
)

if TYPE_CHECKING:  # both modules cost time at start and are needed only when printing
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter

MOST_DPI: Final = 600  # thin strokes of 仿宋 need it; more takes half a gigabyte a page
_POINTS_PER_INCH: Final = 72
_TAIL: Final = 1024  # bytes at the end of a PDF in which its end mark stands


class Sides(Enum):
    """How a paper is printed on both sides: over which edge its sheets are turned."""

    USUAL = "usual"  # the long edge, if there is more than one page
    SHORT = "short"
    ONE = "one"


def prepare(printer: "QPrinter", document: "QPdfDocument", sides: Sides = Sides.USUAL) -> None:
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
    both = duplex.DuplexShortSide if sides is Sides.SHORT else duplex.DuplexLongSide
    alone = sides is Sides.ONE or document.pageCount() < 2
    printer.setDuplex(duplex.DuplexNone if alone else both)


def print_document(printer: "QPrinter", document: "QPdfDocument") -> bool:
    """Print every page in true size; False if the printer could not be started."""
    try:
        for _done, _total in print_pages(printer, document):
            pass
    except NoPrinter:
        return False
    return True


class NoPrinter(Exception):
    """The printer could not be started, or went away; ``sent`` pages are with it for certain."""

    def __init__(self, sent: int = 0) -> None:
        self.sent = sent
        super().__init__(f"no printer after {sent} pages")


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
    first, last = page_range(printer, document.pageCount())
    streams = _streams(printer)
    try:
        for page in range(first, last + 1):
            if page > first and not (printer.newPage() and _file_is_there(printer)):
                raise NoPrinter(page - first - 1 if streams else 0)
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
    if not (ended and _file_is_whole(printer)):
        raise NoPrinter(last - first if streams else 0)


def _streams(printer: "QPrinter") -> bool:
    """Whether each page leaves for the printer as it is drawn, and not all of them at the end."""
    return printer.paintEngine().type() is not QPaintEngine.Type.Pdf


def _file_is_there(printer: "QPrinter") -> bool:
    """Whether a printer that writes a file still has it; Qt writes on when it was removed."""
    name = printer.outputFileName()
    return not name or Path(name).exists()


def _file_is_whole(printer: "QPrinter") -> bool:
    """Whether a printer that writes a file wrote it to its end; Qt tells nothing of a full disk."""
    name = printer.outputFileName()
    if not name:
        return True
    try:
        with Path(name).open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - _TAIL))
            return b"%%EOF" in file.read(_TAIL)
    except OSError:
        return False


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


def page_range(printer: "QPrinter", pages: int) -> tuple[int, int]:
    """First and last page asked for, counted from 0; the printer says 0 for all."""
    first, last = printer.fromPage(), printer.toPage()
    if not first:
        return 0, pages - 1
    return min(first, pages) - 1, min(max(last, first), pages) - 1


def _device_pixels() -> "QPrinter.Unit":
    from PySide6.QtPrintSupport import QPrinter

    return QPrinter.Unit.DevicePixel
