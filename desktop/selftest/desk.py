"""The desk of a self-test: its open office, who sits at it, and the eye that reads a paper."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from desktop.selftest.trial import CLERK, PASSWORD, Failed, Trial
from desktop.usecases import office as offices
from desktop.usecases.office import Acting, Office
from desktop.usecases.session import unlock

PAGE_WIDTH = 1240  # pixels of a page's picture


def acting(trial: Trial) -> Acting:
    """The one user of the office, now."""
    return Acting(1, CLERK, trial.clock())


@contextmanager
def opened(trial: Trial) -> Iterator[Office]:
    """The office, unlocked by its password, and closed again."""
    office = offices.open_office(trial.office, unlock(trial.office, 1, PASSWORD))
    try:
        yield office
    finally:
        office.close()


def look_at(trial: Trial, name: str, path: Path) -> str:
    """Open a paper as the preview does and keep a picture of its first page; returns its text."""
    document = QPdfDocument(trial.application)
    try:
        if document.load(str(path)) is not QPdfDocument.Error.None_:
            raise Failed(f"{name} can not be opened")
        size = document.pagePointSize(0)
        height = round(PAGE_WIDTH * size.height() / size.width())
        picture = QImage(PAGE_WIDTH, height, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        painter.drawImage(0, 0, document.render(0, picture.size()))
        painter.end()
        trial.keep_picture(f"文书-{name}", picture)
        return "".join(document.getAllText(page).text() for page in range(document.pageCount()))
    finally:
        document.close()
        document.deleteLater()
