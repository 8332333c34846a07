"""A letter is seen, kept, opened and printed in true size."""

import io
from pathlib import Path

import pdfplumber
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from desktop.notices import Item, Report, Status
from desktop.ui.common import tempfiles
from desktop.ui.common.preview import LetterPreview
from desktop.usecases.leftovers import SessionFolder

_A4 = (210 * mm, 297 * mm)
_BOX = (28, 35, 156, 225)  # left, bottom, width, height in mm: the type area of GB/T 9704


def letter(pages: int = 2) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=_A4, invariant=True)
    for _page in range(pages):
        left, bottom, width, height = _BOX
        canvas.rect(left * mm, bottom * mm, width * mm, height * mm, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def preview(qtbot: QtBot) -> LetterPreview:
    made = LetterPreview()
    qtbot.addWidget(made)
    made.resize(600, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_without_a_letter_nothing_can_be_printed(preview: LetterPreview) -> None:
    assert not preview.print_button.isEnabled()
    assert preview.page_count() == 0


def test_a_letter_is_drawn(preview: LetterPreview, qtbot: QtBot) -> None:
    preview.show_letter(letter(), "告知书")
    assert preview.page_count() == 2
    assert preview.print_button.isEnabled()

    def is_drawn() -> None:
        picture = preview.grab().toImage()
        assert picture.pixelColor(picture.width() // 2, picture.height() // 2) == QColor("black")

    qtbot.waitUntil(is_drawn)


def test_what_is_no_letter_is_said(preview: LetterPreview) -> None:
    preview.show_letter(b"no pdf", "告知书")
    assert preview.page_count() == 0
    assert not preview.keep_button.isEnabled()


def test_zooming(preview: LetterPreview) -> None:
    preview.show_letter(letter(), "告知书")
    fitted = preview.zoom_factor()
    preview.zoom(1.0)
    assert preview.zoom_factor() == pytest.approx(1.0)
    preview.zoom(99)
    assert preview.zoom_factor() == pytest.approx(4.0)
    preview.fit_width()
    assert preview.zoom_factor() == pytest.approx(fitted, rel=0.05)


def test_a_letter_is_kept_where_one_says(
    preview: LetterPreview, qtbot: QtBot, tmp_path: Path
) -> None:
    preview.show_letter(letter(), "告知书")
    offered: list[str] = []

    def ask(name: str) -> str:
        offered.append(name)
        return str(tmp_path / "给张某的告知书")

    preview.ask_path = ask
    with qtbot.waitSignal(preview.kept) as kept:
        preview.keep()
    assert offered == ["告知书.pdf"]
    assert kept.args == [tmp_path / "给张某的告知书.pdf"]
    assert (tmp_path / "给张某的告知书.pdf").read_bytes() == letter()


def test_a_place_that_cannot_be_written_is_said(preview: LetterPreview, tmp_path: Path) -> None:
    preview.show_letter(letter(), "告知书")
    preview.ask_path = lambda _name: str(tmp_path / "没有的文件夹" / "a.pdf")
    preview.keep()
    assert "无法写入" in preview.bar.text()


def test_the_system_gets_a_copy_without_a_name(preview: LetterPreview, tmp_path: Path) -> None:
    folder = SessionFolder(tmp_path / "session")
    tempfiles.use(folder)
    opened: list[Path] = []
    preview.show_letter(letter(), "告知书")

    def take(url: QUrl) -> bool:
        opened.append(Path(url.toLocalFile()))
        return True

    preview.open_file = take
    preview.open_elsewhere()
    assert opened[0].read_bytes() == letter()
    assert opened[0] == folder.folder / "001.pdf"
    tempfiles.wipe()
    assert not opened[0].exists()


def test_printing_keeps_true_size(preview: LetterPreview, qtbot: QtBot, tmp_path: Path) -> None:
    printed = tmp_path / "out.pdf"
    duplex: list[QPrinter.DuplexMode] = []

    def to_file(printer: QPrinter) -> bool:
        assert printer.resolution() <= 600
        duplex.append(printer.duplex())
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(printed))
        return True

    preview.show_letter(letter(), "告知书")
    preview.ask_printer = to_file
    with qtbot.waitSignal(preview.printed, timeout=20_000):
        preview.print_letter()
    with pdfplumber.open(printed) as pdf:
        assert len(pdf.pages) == 2
        page = pdf.pages[0]
        assert float(page.width) / mm == pytest.approx(210, abs=0.5)
        assert float(page.height) / mm == pytest.approx(297, abs=0.5)
        picture = (
            page.to_image(resolution=254).original.convert("L").point(lambda v: 255 * (v < 128))
        )
    box = picture.getbbox()  # 10 pixels are one millimetre
    assert box is not None
    left, bottom, width, height = _BOX
    assert box[0] / 10 == pytest.approx(left, abs=0.2)
    assert box[2] / 10 == pytest.approx(left + width, abs=0.2)
    assert box[1] / 10 == pytest.approx(297 - bottom - height, abs=0.3)
    assert box[3] / 10 == pytest.approx(297 - bottom, abs=0.3)


def test_a_clerk_may_think_better_of_printing(preview: LetterPreview) -> None:
    told: list[str] = []
    preview.printed.connect(lambda: told.append("printed"))
    preview.show_letter(letter(), "告知书")
    preview.ask_printer = lambda _printer: False
    preview.print_letter()
    assert told == []


def test_what_the_check_found_stands_above_the_letter(preview: LetterPreview) -> None:
    good = Item("paper", "纸张", "A4", "A4", Status.PASS, "5.1")
    bad = Item("pitch", "行距", "10.4", "9.0", Status.FAIL, "5.2.3")
    preview.show_report(Report("plain", (good,)))
    assert preview.check_text() == ""  # there is no letter yet
    preview.show_letter(letter(), "告知书")
    preview.show_report(Report("plain", (good, good)))
    assert preview.check_text() == "检查：2 项都符合"
    preview.show_report(Report("plain", (good, bad)))
    assert preview.check_text() == "检查：1 处不符合。行距：应为10.4，实测9.0（5.2.3）"
    preview.show_letter(letter(), "告知书")
    assert preview.check_text() == ""


def test_words_are_found_one_after_the_other_and_the_line_goes_with_escape(
    preview: LetterPreview, qtbot: QtBot
) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=_A4, invariant=True)
    for _page in range(2):
        canvas.drawString(30 * mm, 200 * mm, "ledger and sunlight")
        canvas.showPage()
    canvas.save()
    preview.show_letter(out.getvalue(), "letter")
    qtbot.keyClick(preview, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert preview.finder.isVisible()
    qtbot.keyClicks(preview.finder.line, "sunlight")
    qtbot.waitUntil(lambda: preview.finder.found() == 2)
    qtbot.keyClick(preview.finder.line, Qt.Key.Key_Return)
    assert preview.finder.said() == "第 1 处，共 2 处"
    preview.finder.step(1)
    preview.finder.step(1)
    assert preview.finder.said() == "第 1 处，共 2 处"
    preview.finder.line.setText("nowhere")
    qtbot.waitUntil(lambda: preview.finder.said() == "没有找到")
    qtbot.keyClick(preview.finder.line, Qt.Key.Key_Escape)
    assert not preview.finder.isVisible()
