"""这台电脑: the double click is set and taken back by its buttons, and never by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.ui.office import thispc
from desktop.ui.office.about import AboutPage
from desktop.ui.office.thispc import AssociationLine, Portable, ThisPc
from desktop.usecases import association
from tests.usecases.test_running import Memory


@pytest.fixture(name="registry")
def _registry() -> Iterator[Memory]:
    registry = Memory({})
    thispc.use(ThisPc(Path("/program/sunlight.exe"), Path("/own"), Portable.NO, registry))
    yield registry
    thispc.use(ThisPc())


def _said(line: AssociationLine) -> str:
    label = line.findChild(QLabel, "x.said")
    assert isinstance(label, QLabel)
    return label.text()


def test_nothing_is_written_until_the_button_is_pressed(qtbot: QtBot, registry: Memory) -> None:
    line = AssociationLine("x")
    qtbot.addWidget(line)
    line.show()
    assert registry.texts == {}
    assert "不需要管理员" in _said(line)
    qtbot.mouseClick(line.set_button, Qt.MouseButton.LeftButton)
    assert association.look(registry, Path("/program/sunlight.exe")).opens == "this"
    assert not line.set_button.isVisible()
    qtbot.mouseClick(line.drop_button, Qt.MouseButton.LeftButton)
    assert registry.texts == {}
    assert line.set_button.isVisible()


def test_a_program_that_was_moved_says_which_one_opens_files(
    qtbot: QtBot, registry: Memory
) -> None:
    association.offer(registry, Path("/old/sunlight.exe"))
    line = AssociationLine("x")
    qtbot.addWidget(line)
    line.show()
    assert _said(line).endswith("/old/sunlight.exe")
    assert line.set_button.text() == "改为打开这个程序"
    qtbot.mouseClick(line.set_button, Qt.MouseButton.LeftButton)
    assert association.look(registry, Path("/program/sunlight.exe")).opens == "this"


def test_a_registry_that_is_closed_is_said(
    qtbot: QtBot, registry: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_key: str, _name: str, _text: str) -> None:
        raise PermissionError("by policy")

    monkeypatch.setattr(registry, "write", refused)
    line = AssociationLine("x")
    qtbot.addWidget(line)
    line.show()
    qtbot.mouseClick(line.set_button, Qt.MouseButton.LeftButton)
    assert "没有改成" in _said(line)


def test_where_there_is_no_registry_nothing_is_offered(qtbot: QtBot) -> None:
    line = AssociationLine("x")
    qtbot.addWidget(line)
    assert line.isHidden()


def test_the_page_says_where_things_are_and_why_it_is_not_portable(qtbot: QtBot) -> None:
    program = Path("/stick/sunlight.exe")
    thispc.use(ThisPc(program, Path("/own"), Portable.READ_ONLY))
    try:
        page = AboutPage()
        qtbot.addWidget(page)
        said = [one.text() for one in page.pc.findChildren(QLabel)]
        assert str(program) in said
        assert str(Path("/own")) in said
        assert any("只读的 U 盘" in one for one in said)
    finally:
        thispc.use(ThisPc())
