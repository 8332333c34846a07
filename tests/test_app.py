"""Where the program keeps its own things: with the user, or beside a portable program."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from desktop import app
from desktop.ui.office.thispc import Portable


@pytest.fixture(name="program")
def _program(tmp_path: Path) -> Path:
    folder = tmp_path / "U 盘" / "阳光台账"
    folder.mkdir(parents=True)
    (folder / "sunlight.exe").touch()
    return folder / "sunlight.exe"


def test_a_program_without_marker_keeps_nothing_beside_itself(program: Path) -> None:
    assert app.places(program) == app.places()
    assert [p.name for p in program.parent.iterdir()] == ["sunlight.exe"]


@pytest.mark.parametrize("marker", app.PORTABLE)
def test_a_marker_beside_the_program_makes_it_portable(program: Path, marker: str) -> None:
    (program.parent / marker).touch()
    where = app.places(program)
    for place in (where.settings, where.log, where.sample):
        assert program.parent in place.parents
    assert where.settings.parent.is_dir()
    assert where.portable is Portable.YES


def test_a_place_that_can_not_be_written_is_not_used(program: Path) -> None:
    (program.parent / app.PORTABLE[0]).touch()
    (program.parent / app.NAME).touch()  # where the folder would have to be
    where = app.places(program)
    assert where.portable is Portable.READ_ONLY
    assert where == replace(app.places(), portable=Portable.READ_ONLY)


def test_a_python_is_not_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert app.own_program() is None
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert app.own_program() == Path(sys.executable)
