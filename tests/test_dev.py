"""The workshop itself: what it refuses, what it asks for, and that the locks can be trusted."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import dev
from desktop import __version__

ROOT = Path(__file__).resolve().parent.parent
LOCKS = [ROOT / ".ci" / "requirements.txt", ROOT / ".ci" / "requirements-dev.txt"]


def pins(lock: Path) -> dict[str, str]:
    """Each package of a lock with its version."""
    found = re.findall(r"^([a-z0-9-]+)==(\S+)", lock.read_text("utf-8"), re.MULTILINE)
    return dict(found)


def project() -> dict:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]


def test_old_pythons_can_read_the_file_that_refuses_them() -> None:
    ast.parse((ROOT / "dev.py").read_text("utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_supported_pythons_are_welcome(version: tuple[int, int]) -> None:
    assert dev.version_fault(version) is None


@pytest.mark.parametrize("version", [(3, 6), (3, 10), (3, 14)])
def test_other_pythons_are_refused_in_both_languages(version: tuple[int, int]) -> None:
    sentence = dev.version_fault(version)
    assert f"当前是 {version[0]}.{version[1]}。" in sentence
    assert f"this one is {version[0]}.{version[1]}." in sentence


def test_the_project_and_the_workshop_want_the_same_pythons() -> None:
    wanted = f">={dev.OLDEST[0]}.{dev.OLDEST[1]},<{dev.NEWEST[0]}.{dev.NEWEST[1] + 1}"
    assert project()["requires-python"] == wanted


def test_an_unknown_command_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "dev.py", "bench", "nothing"], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert b"bench" in done.stderr


def test_the_environment_is_renewed_when_lock_or_python_change() -> None:
    old = dev.stamp(b"a==1\nb==2\n", (3, 11))
    assert dev.stamp(b"a==1\r\nb==2\r\n", (3, 11)) == old
    assert dev.stamp(b"a==1\nb==3\n", (3, 11)) != old
    assert dev.stamp(b"a==1\nb==2\n", (3, 12)) != old


def test_missing_libraries_are_named_with_their_packages() -> None:
    def load(library: str) -> None:
        if library in {"libEGL.so.1", "libxcb-cursor.so.0"}:
            raise OSError(library)

    missing = dev.missing_libraries(load)
    assert missing == {"libEGL.so.1": "libegl1", "libxcb-cursor.so.0": "libxcb-cursor0"}


def test_a_display_is_recognised() -> None:
    assert dev.has_display({"DISPLAY": ":0"}, "linux")
    assert dev.has_display({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert not dev.has_display({"DISPLAY": ""}, "linux")
    assert dev.has_display({}, "win32")


def test_the_version_is_the_same_everywhere() -> None:
    assert project()["version"] == __version__


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_exact_versions_with_hashes_and_no_place(lock: Path) -> None:
    content = lock.read_text("utf-8")
    assert "://" not in content
    entries = [
        line
        for line in content.replace("\\\n", " ").splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]
    assert entries
    assert all(re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line) for line in entries)


def test_the_locks_agree_with_each_other_and_with_the_project() -> None:
    runtime, everything = map(pins, LOCKS)
    assert runtime.items() <= everything.items()
    tools = project()["optional-dependencies"]["dev"]
    for lock, wanted in ((runtime, project()["dependencies"]), (everything, tools)):
        for requirement in map(Requirement, wanted):
            assert requirement.specifier.contains(lock[requirement.name.lower()])
