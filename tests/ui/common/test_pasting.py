"""Pasting into a form cleans; Ctrl+Z gives back what was pasted."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.ui.common.forms import FilesField, Form, LineField, Section, TextField
from desktop.ui.common.forms.files import FilesEditor

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
RAW = (
    "市住房保障局从今年三月起应当公开公租房分配名单，至今没有公开，我们多次到窗\n"
    "口询问，没有答复。\n— 3 —\n请查处\u200b。"
)
CLEAN = (
    "市住房保障局从今年三月起应当公开公租房分配名单，至今没有公开，我们多次到窗口询问，没有答复。\n"
    "请查处。"
)


@pytest.fixture(name="form")
def _form(qtbot: QtBot) -> Form:
    made = Form(
        [
            TextField("text", "内容"),
            LineField("subject", "主题"),
            LineField("phone", "电话", narrow=True),
            Section("更多", [FilesField("files", "附件")]),
        ],
        date(2026, 11, 20),
    )
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.activateWindow()
    return made


def target(form: Form, key: str) -> QPlainTextEdit | QLineEdit:
    found = form.editor(key).target()
    assert isinstance(found, QPlainTextEdit | QLineEdit)
    found.setFocus()
    return found


def test_a_long_text_is_cleaned_and_ctrl_z_gives_it_back(form: Form, qtbot: QtBot) -> None:
    text = target(form, "text")
    assert isinstance(text, QPlainTextEdit)
    qtbot.keyClicks(text, "abc")
    QGuiApplication.clipboard().setText(RAW)
    qtbot.keyClick(text, K.Key_V, CTRL)
    assert text.toPlainText() == f"abc{CLEAN}"
    qtbot.keyClick(text, K.Key_Z, CTRL)
    assert text.toPlainText() == f"abc{RAW}"
    qtbot.keyClick(text, K.Key_Z, CTRL)
    assert text.toPlainText() == "abc"


def test_pasting_replaces_what_is_marked(form: Form, qtbot: QtBot) -> None:
    text = target(form, "text")
    assert isinstance(text, QPlainTextEdit)
    text.setPlainText("前中后")
    cursor = text.textCursor()
    cursor.setPosition(1)
    cursor.setPosition(2, cursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    QGuiApplication.clipboard().setText("新\ufeff")
    qtbot.keyClick(text, K.Key_V, CTRL)
    assert text.toPlainText() == "前新后"


@pytest.mark.parametrize(
    ("key", "raw", "clean"),
    [
        ("subject", "名单\u200b没有\n公开", "名单没有 公开"),
        ("phone", "０３００－５５５０１０１", "0300-5550101"),
        ("subject", "没有什么要改", "没有什么要改"),
    ],
)
def test_a_line_is_cleaned_and_ctrl_z_gives_it_back(
    form: Form, qtbot: QtBot, key: str, raw: str, clean: str
) -> None:
    line = target(form, key)
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, "ab")
    line.setCursorPosition(1)
    QGuiApplication.clipboard().setText(raw)
    qtbot.keyClick(line, K.Key_V, CTRL)
    assert line.text() == f"a{clean}b"
    qtbot.keyClick(line, K.Key_Z, CTRL)
    if clean != raw:
        assert line.text() != f"a{clean}b"
        assert raw[:2] in line.text()
        qtbot.keyClick(line, K.Key_Z, CTRL)
        while line.isUndoAvailable() and line.text() != "ab":
            line.undo()
    assert line.text() == "ab"


def test_files_may_be_dropped_anywhere_on_the_form(form: Form, tmp_path: Path) -> None:
    letter = tmp_path / "来信.pdf"
    letter.write_bytes(b"%PDF-1.7")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(letter)), QUrl.fromLocalFile(str(tmp_path))])
    text = target(form, "text")
    assert isinstance(text, QPlainTextEdit)
    assert not text.canInsertFromMimeData(data)
    action, button, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPoint(50, 50), action, data, button, none)
    QApplication.sendEvent(form, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(form, QDropEvent(QPointF(50, 50), action, data, button, none))
    files = form.editor("files")
    assert isinstance(files, FilesEditor)
    assert files.value() == (letter,)
    assert files.isVisible()


def test_what_can_not_be_kept_says_so_at_once(form: Form, tmp_path: Path) -> None:
    good, empty, program, large = (
        tmp_path / name for name in ("来信.pdf", "空.pdf", "查询.exe", "录像.pdf")
    )
    good.write_bytes(b"%PDF-1.7")
    empty.write_bytes(b"")
    program.write_bytes(b"MZ" + b"\0" * 60)
    with large.open("wb") as stream:
        stream.write(b"%PDF-1.7")
        stream.truncate(300 * 1024 * 1024)
    files = form.editor("files")
    assert isinstance(files, FilesEditor)
    data = QMimeData()
    dropped = (tmp_path, good, good, empty, program, large)
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in dropped])
    files.drop(data)
    assert files.value() == (good, empty, program, large)
    said = [one.text() for one in files.findChildren(QLabel) if one.property("role") == "error"]
    assert set(said) == {
        "是空文件",
        "是程序，不能保存",
        "太大，最多 50 MB",
        f"“{tmp_path.name}”是文件夹，没有添加；请打开它，把里面的文件拖进来。",
    }
    files.add([good])
    assert files._said.isHidden()
