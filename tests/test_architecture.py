"""Who may import whom: the contracts of pyproject.toml are kept, and each of them can bite."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from importlinter import cli

ROOT = Path(__file__).resolve().parent.parent
LINT = "import sys; from importlinter import cli; sys.exit(cli.lint_imports(no_cache=True))"

PARTS = [
    "desktop",
    "desktop.__main__",
    "desktop.selftest",
    "desktop.app",
    "desktop.selftest",
    "desktop.paths",
    "desktop.text",
    "desktop.rules",
    "desktop.rules.dates",
    "desktop.usecases",
    "desktop.notices",
    "desktop.ui",
    "desktop.ui.window",
    "desktop.ui.today",
    "desktop.ui.complaints",
    "desktop.ui.casefiles",
    "desktop.ui.assessments",
    "db",
    "db.ledger",
    "db.migrations",
    "db.queries",
]

BREACHES = {
    "layers": ("desktop.notices", "import db"),
    "exhaustive": ("desktop.extra", ""),
    "rules-are-pure": ("desktop.rules.dates", "import time"),
    "windows-store-nothing": ("desktop.ui.window", "import sqlite_utils"),
    "qt-in-windows-only": ("desktop.usecases", "import PySide6.QtCore"),
    "storage-stands-alone": ("db.ledger", "import desktop.paths"),
    "queries-are-protected": ("desktop.app", "import db.queries"),
    "migrations-stand-alone": ("db.migrations", "import db.queries"),
    "tabs-are-independent": ("desktop.ui.today", "import desktop.ui.complaints"),
}


def contracts() -> dict[str, str]:
    """The id and the name of each contract."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)["tool"]["importlinter"]
    return {contract["id"]: contract["name"] for contract in settings["contracts"]}


def grow(folder: Path, breach: tuple[str, str] | None = None) -> None:
    """A tree with every part of the program and nothing in them, but for one breach."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    sources = dict.fromkeys(PARTS, "")
    if breach:
        sources[breach[0]] = breach[1]
    for name, source in sources.items():
        is_package = any(other.startswith(f"{name}.") for other in sources)
        path = folder.joinpath(*name.split("."))
        path = path / "__init__.py" if is_package else path.with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")


def lint(folder: Path) -> str:
    """What import-linter says of a tree, in a process that has not loaded the real one."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", LINT],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr


def test_every_import_keeps_to_the_contracts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", sys.path[:])
    code = cli.lint_imports(no_cache=True, no_logo=True)
    assert code == 0, capsys.readouterr().out


def test_an_innocent_tree_breaks_no_contract(tmp_path: Path) -> None:
    grow(tmp_path)
    assert f"Contracts: {len(contracts())} kept, 0 broken." in lint(tmp_path)


def test_every_contract_has_its_breach() -> None:
    assert contracts().keys() == BREACHES.keys()


@pytest.mark.parametrize("contract", BREACHES)
def test_a_breach_breaks_its_contract(contract: str, tmp_path: Path) -> None:
    grow(tmp_path, BREACHES[contract])
    assert f"{contracts()[contract]} BROKEN" in lint(tmp_path)
