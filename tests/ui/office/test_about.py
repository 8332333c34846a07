"""Everything that came with the program is named with its licence."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from desktop import __version__, paths
from desktop.ui.office.about import AboutPage
from desktop.usecases.licences import Part, licence_text, read_licences
from tests.ui.office.conftest import Desk

ROOT = Path(__file__).resolve().parents[3]


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def _all_parts() -> list[Part]:
    known = read_licences()
    return [
        known.program,
        *known.libraries,
        *known.indirect,
        *known.fonts,
        *known.icons,
        *known.data,
    ]


def test_every_dependency_is_listed_with_the_versions_that_are_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {
        _name(one): one[len(re.split(r"[<>=!~]", one)[0]) :] for one in project["dependencies"]
    }
    listed = {_name(one.name): one.versions for one in read_licences().libraries}
    assert listed == asked


def test_what_the_dependencies_need_is_listed_too() -> None:
    known = read_licences()
    listed = {_name(one.name) for one in (*known.libraries, *known.indirect)}
    wanted: set[str] = set()
    waiting = {_name(one.name) for one in known.libraries}
    while waiting:
        name = waiting.pop()
        wanted.add(name)
        try:
            needed = requires(name) or []
        except PackageNotFoundError:  # only on another system
            continue
        found = {_name(one) for one in needed if "extra ==" not in one}
        waiting |= found - wanted
    elsewhere = {
        "pytz",
        "backports-zoneinfo",
        "importlib-metadata",
        "tzdata",
        "tomli",
        "typing-extensions",
        "argparse",
        "enum34",
        "typing",
    }
    assert wanted - listed <= elsewhere  # for older versions of Python only


def test_every_font_file_is_listed_and_none_that_is_not_there() -> None:
    there = {file.name for file in (paths.resources() / "fonts").glob("*.ttf")}
    assert {file for font in read_licences().fonts for file in font.files} == there


def test_the_full_texts_are_there() -> None:
    for part in _all_parts():
        for name in part.texts:
            assert len(licence_text(name)) > 500, name


def test_the_program_names_its_own_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    program = read_licences().program
    assert program.licence == project["license"]
    assert licence_text(program.texts[0]) == (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_the_page_shows_version_parts_and_full_texts(desk: Desk) -> None:
    page = desk.show(AboutPage())
    said = page.list.toPlainText()
    assert __version__ in said
    for part in _all_parts()[1:]:
        assert part.name in said
    page.show_text("licences/reportlab.txt")
    assert "ReportLab" in page.text.toPlainText()
    page.leave()
    with desk.qtbot.waitSignal(page.closed):
        page.leave()
