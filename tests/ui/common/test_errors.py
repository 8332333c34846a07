"""Something unexpected is logged without contents, shown, and the program goes on."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db.driver import sqlite
from desktop.ui.common.errordialog import ErrorDialog
from desktop.ui.common.errors import (
    CrashFile,
    ErrorWatch,
    describe,
    install_excepthook,
)
from desktop.ui.common.keys import KeyGroup, show_keys


def clock() -> datetime:
    return datetime(2026, 11, 21, 10, 2, tzinfo=UTC)


@pytest.fixture
def watch(qtbot: QtBot, tmp_path: Path) -> Iterator[ErrorWatch]:
    before = sys.excepthook, threading.excepthook
    made = install_excepthook(
        tmp_path / "日志" / "errors.log",
        clock,
        "0.1.0",
        lambda error: "磁盘已满，请清理后重试。" if isinstance(error, OSError) else "",
    )
    yield made
    sys.excepthook, threading.excepthook = before
    if made.dialog is not None:
        made.dialog.close()
        made.dialog.deleteLater()


def fail(error: Exception) -> None:
    try:
        raise error
    except Exception as caught:  # noqa: BLE001 - it is handed to the hook, as Python would
        sys.excepthook(type(caught), caught, caught.__traceback__)


def shown(watch: ErrorWatch, qtbot: QtBot) -> ErrorDialog:
    qtbot.waitUntil(lambda: watch.dialog is not None and watch.dialog.isVisible())
    assert watch.dialog is not None
    return watch.dialog


def test_the_log_holds_the_place_but_no_contents(
    watch: ErrorWatch, qtbot: QtBot, tmp_path: Path
) -> None:
    fail(ValueError("投诉人张建国 13812345678"))
    dialog = shown(watch, qtbot)
    note = (tmp_path / "日志" / "errors.log").read_text("utf-8")
    assert "2026-11-21 10:02:00 0.1.0" in note
    assert "builtins.ValueError" in note
    assert "test_errors:" in note
    for text in (note, dialog.details()):
        assert "张建国" not in text
        assert str(tmp_path) not in text
    dialog.copy()
    assert QGuiApplication.clipboard().text() == dialog.details()


def test_a_second_error_joins_the_first_on_screen(watch: ErrorWatch, qtbot: QtBot) -> None:
    fail(ValueError())
    dialog = shown(watch, qtbot)
    fail(KeyError())
    qtbot.waitUntil(lambda: "KeyError" in dialog.details())
    assert watch.dialog is dialog


def test_a_known_error_is_put_in_words(watch: ErrorWatch, qtbot: QtBot) -> None:
    fail(OSError(28, "x"))
    said = [one.text() for one in shown(watch, qtbot).findChildren(QLabel)]
    assert "磁盘已满，请清理后重试。" in said


def test_errors_of_other_threads_are_shown_too(watch: ErrorWatch, qtbot: QtBot) -> None:
    thread = threading.Thread(target=lambda: {}["nothing"])
    thread.start()
    thread.join()
    assert "KeyError" in shown(watch, qtbot).details()


def test_causes_are_described_as_well() -> None:
    try:
        try:
            raise KeyError("身份证号")
        except KeyError as error:
            raise ValueError("投诉人") from error
    except ValueError as error:
        said = describe(error)
    assert "ValueError" in said
    assert "KeyError" in said
    assert "身份证号" not in said


def test_the_keys_are_listed_and_f1_closes_the_list(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = show_keys(window, [KeyGroup("列表", [("Ctrl+N", "新登记"), ("F2", "修改")])])
    qtbot.waitUntil(dialog.isActiveWindow)
    texts = [one.text() for one in dialog.findChildren(QLabel)]
    assert {"列表", "新登记", "修改"} <= set(texts)
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog, Qt.Key.Key_F1)


NAMES = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=6)
KINDS = (
    ValueError,
    KeyError,
    RuntimeError,
    sqlite.OperationalError,
    sqlite.IntegrityError,
    OSError,
)


def _break(kind: type[Exception], name: str, deep: int) -> None:
    secret = {"姓名": name, "电话": f"138{name}"}
    statement = f"UPDATE complainant SET name = '{name}' WHERE phone = '{secret['电话']}'"
    if deep:
        try:
            _break(kind, name, deep - 1)
        except Exception as error:
            error.add_note(f"投诉人 {name}")
            raise RuntimeError(statement) from error
    raise kind(f"{statement}; {secret!r}")


@given(st.sampled_from(KINDS), NAMES, st.integers(min_value=0, max_value=3))
def test_no_value_ever_gets_into_the_log(kind: type[Exception], name: str, deep: int) -> None:
    """Neither from messages and notes, nor from local variables, nor from SQL."""
    with pytest.raises(Exception) as caught:  # noqa: PT011 - any of several
        _break(kind, name, deep)
    said = describe(caught.value)
    assert not [ch for ch in said if ord(ch) > 0x7F]
    assert "complainant" not in said
    assert "_break" in said


def test_a_group_of_errors_is_described_one_by_one() -> None:
    said = describe(ExceptionGroup("刘芳", [ValueError("刘芳"), KeyError("刘芳")]))
    assert "ValueError" in said
    assert "KeyError" in said
    assert "刘芳" not in said


def test_the_dialog_offers_to_begin_anew(watch: ErrorWatch, qtbot: QtBot) -> None:
    fail(ValueError())
    dialog = shown(watch, qtbot)
    button = dialog.findChild(QPushButton, "error.restart")
    with qtbot.waitSignal(watch.restart):
        button.click()
    assert not dialog.isVisible()


BREAKS = """
import sys, faulthandler
from pathlib import Path
from desktop.ui.common.errors import CrashFile
crash = CrashFile(Path(sys.argv[1]))
crash.take()
crash.watch()
def deep(name):
    faulthandler._sigsegv()
deep("刘芳 13900001234")
"""


def test_a_hard_crash_leaves_its_place_and_no_value(tmp_path: Path) -> None:
    path = tmp_path / "crash.txt"
    script = tmp_path / "刘芳.py"
    script.write_text(BREAKS, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(path)],
        env={**os.environ, "PYTHONPATH": str(Path.cwd()), "PYTHONIOENCODING": "utf-8"},
        check=False,
        capture_output=True,
    )
    assert done.returncode != 0
    crash = CrashFile(path)
    said = crash.take()
    assert "Fatal Python error: Segmentation fault" in said
    assert " deep" in said
    assert "13900001234" not in said
    assert str(tmp_path) not in said
    assert not path.exists()
    assert crash.take() == ""


def test_an_orderly_end_leaves_no_crash(tmp_path: Path) -> None:
    crash = CrashFile(tmp_path / "crash.txt")
    crash.watch()
    crash.leave()
    assert not (tmp_path / "crash.txt").exists()
    crash.leave()
