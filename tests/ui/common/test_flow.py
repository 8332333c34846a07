"""A line of parts that wraps: who asks for a stretch takes what is left of its line."""

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.common.flow import FlowLayout


def _bar(qtbot: QtBot) -> tuple[QWidget, QLineEdit, QPushButton]:
    bar = QWidget()
    qtbot.addWidget(bar)
    row = FlowLayout(bar, 8)
    row.setContentsMargins(0, 0, 0, 0)
    line, button = QLineEdit(), QPushButton("台账")
    line.setMinimumWidth(100)
    line.setMaximumWidth(300)
    line.setFixedHeight(button.sizeHint().height())
    policy = line.sizePolicy()
    policy.setHorizontalStretch(1)
    line.setSizePolicy(policy)
    row.addWidget(line)
    row.addWidget(button)
    return bar, line, button


def test_who_asks_for_a_stretch_takes_what_its_line_has_to_spare(qtbot: QtBot) -> None:
    bar, line, button = _bar(qtbot)
    wide = button.sizeHint().width()
    bar.resize(line.sizeHint().width() + 8 + wide + 40, 60)
    bar.show()
    qtbot.waitUntil(lambda: line.width() == line.sizeHint().width() + 40)
    assert button.x() == line.width() + 8
    assert button.geometry().right() < bar.width()


def test_it_takes_no_more_than_it_may(qtbot: QtBot) -> None:
    bar, line, button = _bar(qtbot)
    bar.resize(900, 60)
    bar.show()
    qtbot.waitUntil(lambda: line.width() == 300)
    assert button.x() == 308
