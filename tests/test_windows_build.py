"""The Windows program's description: what it carries, what it leaves, and that locks can be trusted."""

import ast
import gettext
import re
import struct
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest

from desktop import __version__

ROOT = Path(__file__).resolve().parent.parent
LOCKS = [ROOT / ".ci" / "requirements.txt", ROOT / ".ci" / "requirements-exe.txt"]


@pytest.fixture(name="contents")
def _contents(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / ".ci"))
    return import_module("contents")


@pytest.fixture(name="winpython")
def _winpython(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / ".ci"))
    return import_module("winpython")


def imported() -> set[str]:
    """Every module that the program's own sources name."""
    found: set[str] = set()
    for path in [*(ROOT / "desktop").rglob("*.py"), *(ROOT / "db").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                found.add(str(node.module))
                found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def test_the_description_can_be_read() -> None:
    ast.parse((ROOT / "build.spec").read_text("utf-8"))


def test_nothing_that_the_program_imports_is_left_out(contents: ModuleType) -> None:
    left = set(contents.MODULES_LEFT_OUT)
    for name in imported():
        parts = name.split(".")
        assert not left & {".".join(parts[:n]) for n in range(1, len(parts) + 1)}, name


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (r"PySide6\plugins\platforms\qwindows.dll", True),
        ("PySide6/plugins/platforms/qoffscreen.dll", True),
        ("PySide6/plugins/platforms/qdirect2d.dll", False),
        ("PySide6/plugins/platforminputcontexts/qtvirtualkeyboardplugin.dll", False),
        ("PySide6/plugins/imageformats/qsvg.dll", True),
        ("PySide6/plugins/imageformats/qpdf.dll", False),
        ("PySide6/translations/qtbase_zh_CN.qm", True),
        ("PySide6/translations/qtbase_fr.qm", False),
        ("PySide6/Qt6Core.dll", True),
        ("PySide6/Qt6Pdf.dll", True),
        ("PySide6/Qt6Quick.dll", False),
        ("PySide6/opengl32sw.dll", False),
        ("PySide6/MSVCP140.dll", True),
        ("VCRUNTIME140.dll", True),
        ("babel/locale-data/zh_Hans_CN.dat", True),
        ("babel/locale-data/root.dat", True),
        ("babel/locale-data/fr.dat", False),
        ("babel/global.dat", True),
        ("mnemonic/wordlist/chinese_simplified.txt", True),
        ("mnemonic/wordlist/french.txt", False),
        ("resources/rulebooks/national.toml", True),
        ("resources/fonts/NoticeFang.ttf", True),
        ("docx/templates/default.docx", True),
        ("tzdata/zoneinfo/Europe/Paris", False),
    ],
)
def test_what_goes_in(contents: ModuleType, name: str, *, wanted: bool) -> None:
    assert contents.is_wanted(name) is wanted


def test_our_own_data_goes_in(contents: ModuleType) -> None:
    found = {f"{folder}/{path.name}" for path, folder in contents.own_data(ROOT)}
    assert "./LICENSE" in found
    for folder in ("rulebooks", "letters", "fonts", "icons", "licences", "sample", "handbook"):
        of_it = [p for p in (ROOT / "resources" / folder).iterdir() if p.is_file()]
        assert of_it
        assert {f"resources/{folder}/{p.name}" for p in of_it} <= found
    assert not [name for name in found if name.startswith("resources/pictures")]


def test_a_catalogue_compiles_to_the_same_bytes_on_any_day(contents: ModuleType) -> None:
    source = ROOT / "i18n" / "en" / "LC_MESSAGES" / "messages.po"
    dated = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    content = contents.compiled(source, dated)
    assert gettext.GNUTranslations(BytesIO(content)).gettext("今日") == "Today"
    dates = re.findall(rb"-Date: (\S+ \S+)", content)
    assert dates == [b"2026-01-02 03:04+0000"] * 2


def test_the_program_says_its_version(contents: ModuleType) -> None:
    assert contents.version(ROOT) == __version__


def test_the_icon_holds_every_size_that_windows_asks_for() -> None:
    content = (ROOT / "resources" / "icons" / "sunlight.ico").read_bytes()
    _zero, kind, count = struct.unpack_from("<HHH", content)
    assert kind == 1
    sizes = [content[6 + 16 * n] or 256 for n in range(count)]
    assert sizes == [16, 20, 24, 32, 40, 48, 64, 128, 256]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_whatever_is_fetched_for_windows_is_pinned(winpython: ModuleType, lock: Path) -> None:
    lines = list(winpython.locked(lock))
    assert lines
    for line in [*lines, winpython.CARRIER]:
        assert re.fullmatch(r"[A-Za-z0-9-]+==\S+( --hash=sha256:[0-9a-f]{64})+", line)
        assert "://" not in line


def test_the_two_locks_do_not_contradict_each_other(winpython: ModuleType) -> None:
    pins = [dict(line.split(" ")[0].split("==") for line in winpython.locked(k)) for k in LOCKS]
    assert pins[1].keys() >= {"pyinstaller", "pefile", "setuptools"}
    assert all(pins[0][name] == pins[1][name] for name in pins[0].keys() & pins[1].keys())


def test_a_lock_is_read_as_windows_would(winpython: ModuleType, tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    digest = "0" * 64
    lock.write_text(
        f"# words\na==1 ; sys_platform == 'win32' \\\n    --hash=sha256:{digest}\n"
        f"b==2 ; sys_platform == 'linux' \\\n    --hash=sha256:{digest}\n"
        f"c==3 \\\n    --hash=sha256:{digest} \\\n    --hash=sha256:{digest}\n"
    )
    assert [line.split(" ")[0] for line in winpython.locked(lock)] == ["a==1", "c==3"]


@pytest.mark.skipif(sys.platform == "win32", reason="there the program itself does this")
def test_a_file_without_the_right_signature_is_refused(
    winpython: ModuleType, tmp_path: Path
) -> None:
    (tmp_path / "Lib").mkdir()
    (tmp_path / "DLLs").mkdir()
    module = tmp_path / "Lib" / "os.py"
    module.write_bytes(b"good")
    (tmp_path / "DLLs" / "python_lib.cat").write_bytes(b"...")
    with pytest.raises(winpython.Stopped, match=r"python_lib\.cat"):
        winpython.check(tmp_path, signed=lambda path: False)
    with pytest.raises(winpython.Stopped, match=r"os\.py"):
        winpython.check(tmp_path, signed=lambda path: True)


def test_helper_processes_are_met_first() -> None:
    """A frozen helper process must not get as far as the program."""
    tree = ast.parse((ROOT / "desktop" / "__main__.py").read_text("utf-8"))
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    assert ast.unparse(guarded.body[0]) == "multiprocessing.freeze_support()"
    heavy = "import sys, desktop.__main__; print(any(m.startswith('PySide6') for m in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", heavy], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_programs_for_windows_run_apart_from_this_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / ".ci"))
    wine = import_module("wine")
    command = wine._inside(tmp_path, {tmp_path / "阳光 台账": "/mnt/it"}, ["true"])
    assert command[0] == "unshare"
    apart = set(command[: command.index("sh")])
    assert apart >= {"--mount", "--pid", "--net", "--kill-child"}
    given = [str(tmp_path), str(tmp_path / "阳光 台账"), "/mnt/it", "--", "true"]
    assert command[-len(given) :] == given
    assert "--net" not in wine._inside(tmp_path, {}, ["true"], network=True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows needs no Wine")
def test_where_wine_can_not_be_had_it_is_said_and_not_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / ".ci"))
    windows = import_module("windows")
    monkeypatch.setattr(windows, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(windows, "NEEDED", {})
    monkeypatch.setattr(windows, "why_not", lambda: "no root")
    assert windows.main([str(tmp_path / "out")]) == windows.NOT_HERE
    assert "NOT built: no root" in capsys.readouterr().out
    assert list((tmp_path / "out").iterdir()) == []


def test_what_tests_and_builds_is_told_from_the_program(contents: ModuleType) -> None:
    own = ["desktop.app", "db.connect", "jinja2.tests", "PySide6.QtWidgets", "unittest"]
    assert contents.tools_within(own) == []
    tools = ["pytest", "_pytest.config", "tests.hand", "PySide6.QtTest", "hypothesis"]
    assert contents.tools_within([*own, *tools]) == sorted(tools)


def test_every_library_that_the_program_loads_is_named_with_its_licence(
    contents: ModuleType,
) -> None:
    loaded = {name.partition(".")[0] for name in imported()}
    assert contents.unnamed(loaded, ROOT) == []
    assert contents.unnamed(["hypothesis"], ROOT) == ["hypothesis (hypothesis)"]


@pytest.mark.skipif(sys.platform == "win32", reason="the workshop's checks run on Linux")
@pytest.mark.parametrize(("code", "ends"), [(0, 0), (1, 1), (2, 2), (3, 0)])
def test_a_failed_build_fails_every_check_and_a_missing_wine_is_said_loudly(
    tmp_path: Path, code: int, ends: int
) -> None:
    run = tmp_path / ".ci" / "run"
    run.parent.mkdir()
    run.write_text((ROOT / ".ci" / "run").read_text("utf-8"), "utf-8")
    (tmp_path / "dev.py").write_text(
        f"import sys\nsys.exit({code} if sys.argv[1] == 'exe' else 0)\n", "utf-8"
    )
    done = subprocess.run(["bash", str(run)], capture_output=True, text=True, check=False)
    assert done.returncode == ends
    assert ("NEITHER BUILT NOR TRIED" in done.stderr) is (code == 3)
