"""Files kept with a record are looked at inside the program."""

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea
from pytestqt.qtbot import QtBot

from desktop.ui.common import tempfiles
from desktop.ui.common.empty import EmptyState
from desktop.ui.common.fileview import FileView, decode, read_picture
from desktop.ui.common.preview import LetterPreview
from desktop.usecases.leftovers import SessionFolder
from tests.ui.common.test_preview import letter


def picture(width: int = 80, height: int = 60) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def show(qtbot: QtBot, name: str, content: bytes) -> FileView:
    made = FileView(name, content)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


def test_a_pdf_is_shown_and_only_the_record_gives_it_out(qtbot: QtBot) -> None:
    view = show(qtbot, "来信.pdf", letter())
    assert isinstance(view.inside, LetterPreview)
    assert view.inside.page_count() == 2
    assert view.inside.keep_button.isHidden()
    assert view.inside.open_button.isHidden()


def test_a_picture_is_shown(qtbot: QtBot) -> None:
    view = show(qtbot, "照片.png", picture())
    assert isinstance(view.inside, QScrollArea)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_as_it_was_written(qtbot: QtBot, encoding: str) -> None:
    view = show(qtbot, "来信.txt", "名单没有公开".encode(encoding))
    assert isinstance(view.inside, QPlainTextEdit)
    assert view.inside.toPlainText() == "名单没有公开"
    assert view.inside.isReadOnly()


@pytest.mark.parametrize("name", ["表.xlsx", "照片.png", "坏的.pdf"])
def test_what_can_not_be_shown_is_said(qtbot: QtBot, name: str) -> None:
    view = show(qtbot, name, b"nothing of the kind")
    if name.endswith("pdf"):
        assert isinstance(view.inside, LetterPreview)
        assert view.inside.page_count() == 0
    else:
        assert isinstance(view.inside, EmptyState)


def test_a_picture_that_would_fill_the_memory_is_not_read() -> None:
    content = bytearray(picture())
    content[16:24] = (1_000_000).to_bytes(4, "big") * 2
    assert read_picture(bytes(content)) is None
    assert decode(b"\xff") == "�"


def test_the_system_gets_a_copy_without_a_name(qtbot: QtBot, tmp_path: Path) -> None:
    tempfiles.use(SessionFolder(tmp_path / "session"))
    view = show(qtbot, "刘芳身份证.PNG", picture())
    opened: list[QUrl] = []

    def take(url: QUrl) -> bool:
        opened.append(url)
        return False

    view.open_file = take
    view.open_elsewhere()
    assert Path(opened[0].toLocalFile()).name == "001.png"
    assert "没有能打开" in view.bar.text()
