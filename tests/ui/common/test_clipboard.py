"""Copied names of complainants do not stay on the clipboard; everything else does."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.common.clipboard import STAYS, Guard


@pytest.fixture(name="guard")
def _guard(qtbot: QtBot) -> Iterator[Guard]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    made = Guard()
    yield made
    QGuiApplication.clipboard().clear()
    made.deleteLater()


def copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def copied() -> str:
    return QGuiApplication.clipboard().text()


def test_a_name_goes_after_its_time(guard: Guard) -> None:
    assert guard.timer.interval() == STAYS == 60_000
    guard.know(["刘芳", "13900001234", ""])
    copy("投诉人：刘芳")
    assert guard.timer.isActive()
    guard.timer.timeout.emit()
    assert copied() == ""


def test_other_text_stays(guard: Guard) -> None:
    guard.know(["刘芳"])
    copy("投〔2026〕0001\t市住房保障局")
    assert not guard.timer.isActive()
    guard.clear()
    assert copied() == "投〔2026〕0001\t市住房保障局"


def test_a_later_copy_is_let_alone(guard: Guard) -> None:
    guard.know(["刘芳"])
    copy("刘芳")
    copy("别的")
    assert not guard.timer.isActive()


def test_what_was_copied_before_it_was_known_counts(guard: Guard) -> None:
    copy("13900001234")
    guard.know(["13900001234"])
    assert guard.timer.isActive()


def test_leaving_the_desk_clears_at_once_and_forgets(guard: Guard) -> None:
    guard.know(["刘芳"])
    copy("刘芳，东关街道")
    guard.clear()
    assert copied() == ""
    copy("刘芳")
    assert not guard.timer.isActive()
