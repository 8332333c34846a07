"""The workshop: prepares its own environment, then runs, tests, checks or shows the program.

It needs nothing but a Python 3.11 to 3.13 and works the same on Linux and Windows. This file must
still parse under older Pythons, so that they can be told in words that they are too old.
"""

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / ".ci" / "requirements-dev.txt"
STAMP = VENV / "sunlight-ledger.stamp"
OLDEST, NEWEST = (3, 11), (3, 13)

# What PySide6's wheels take from the system on Linux: the library, and its package on Debian 12
# and later and on Ubuntu. The first ones draw, the middle ones talk to a screen, the last to
# printers.
QT_LIBRARIES = (
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libgthread-2.0.so.0", "libglib2.0-0"),
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libfreetype.so.6", "libfreetype6"),
    ("libX11.so.6", "libx11-6"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libatomic.so.1", "libatomic1"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
    ("libxcb.so.1", "libxcb1"),
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-image.so.0", "libxcb-image0"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-randr.so.0", "libxcb-randr0"),
    ("libxcb-render.so.0", "libxcb-render0"),
    ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-shm.so.0", "libxcb-shm0"),
    ("libxcb-sync.so.1", "libxcb-sync1"),
    ("libxcb-util.so.1", "libxcb-util1"),
    ("libxcb-xfixes.so.0", "libxcb-xfixes0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libcups.so.2", "libcups2"),
)

LINT_IMPORTS = "import sys; from importlinter import cli; sys.exit(cli.lint_imports(no_logo=True))"

# What `bench` can compare: a module of tests/bench each.
BENCHES = ("letters", "register", "imports", "safekeeping")
SIZES = ("10k", "100k", "1m")

CHECKS = (
    ("ruff format", ("-m", "ruff", "format", "--check", ".")),
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("mypy", ("-m", "mypy")),
    ("import-linter", ("-c", LINT_IMPORTS)),  # it cannot be run with -m
    ("catalogues", ("-m", "tests.catalogues", "lint")),
)


class Stopped(Exception):
    """The work cannot go on; the message says why and what to do, in Chinese and English."""


def main(arguments: "list[str]") -> int:
    """Carry out one command; returns the exit code of this process."""
    speak_utf8()
    fault = version_fault(sys.version_info[:2])
    if fault:
        say(fault)
        return 2
    chosen = command_line().parse_args(arguments[:1] if arguments[:1] == ["test"] else arguments)
    try:
        prepare()
        return COMMANDS[chosen.command](chosen, arguments[1:])
    except Stopped as reason:
        say(str(reason))
        return 2
    except KeyboardInterrupt:
        return 130


def command_line() -> argparse.ArgumentParser:
    """The commands and their words of help."""
    parser = argparse.ArgumentParser(prog="dev.py", description="阳光台账 / Sunlight Ledger")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    commands.required = True
    one = commands.add_parser("run", help="打开程序 / open the program")
    one.add_argument("--office", metavar="FILE", help="台账文件 / the office's file to open")
    commands.add_parser(
        "test", help="全部测试，可加 pytest 参数 / all tests; takes pytest arguments"
    )
    one = commands.add_parser("check", help="格式、类型、结构、译文 / style, types, layers, texts")
    one.add_argument(
        "--fix", action="store_true", help="先自动改正 / mend what can be mended first"
    )
    one = commands.add_parser("demo", help="演示全流程 / play the whole office through")
    one.add_argument("out", metavar="OUT", help="结果文件夹 / folder for the results")
    one = commands.add_parser("bench", help="比较速度 / compare speeds in one run")
    one.add_argument(
        "what", nargs="?", choices=BENCHES, help="比较什么，不写就全部 / what to compare, or all"
    )
    one.add_argument(
        "--size", choices=SIZES, default="10k", help="登记簿多大 / how many complaints"
    )
    one.add_argument("--json", metavar="FILE", help="结果文件 / file for the figures")
    one = commands.add_parser(
        "exe", help="制作并自检 Windows 程序 / build and try the Windows program"
    )
    one.add_argument(
        "out",
        metavar="OUT",
        nargs="?",
        default="out/exe",
        help="结果文件夹 / folder for the results",
    )
    one = commands.add_parser("drill", help="安全演练 / kill, fill, attack, rebuild: what holds")
    one.add_argument("--full", action="store_true", help="全部次数 / the full counts")
    one.add_argument("--json", metavar="FILE", help="结果文件 / file for the results")
    commands.add_parser("catalogues", help="收集并更新译文 / collect and renew the translations")
    return parser


# ---- the commands ------------------------------------------------------------------------------


def run(office: "str | None") -> int:
    """Open the program on a sample office or on `office`; without a screen, play the demo."""
    if not has_display(os.environ, sys.platform):
        say("没有显示器，改为演示。 / There is no display, so the demo is played instead.")
        return demo(ROOT / "out" / "demo")
    require_qt_libraries()
    compile_catalogues()
    opened = ["--office", str(Path(office).absolute())] if office else ["--sample"]
    return module("desktop", *opened)


def test(arguments: "list[str]") -> int:
    """Run pytest without a screen."""
    require_qt_libraries()
    compile_catalogues()
    return module("pytest", *arguments, QT_QPA_PLATFORM="offscreen")


def bench(what: "str | None", size: str, json: "str | None") -> int:
    """Compare our speed with that of others, interleaved in one run."""
    require_qt_libraries()
    compile_catalogues()
    wanted = ["--json", str(Path(json).absolute())] if json else []
    if what in (None, "register"):
        wanted += ["--size", size]
    return module("tests.bench." + what if what else "tests.bench", *wanted)


def drill(full: bool, json: "str | None") -> int:
    """Try out what safekeeping promises: kills, full disks, attacks, rebuilding, byte search."""
    require_qt_libraries()
    compile_catalogues()
    wanted = ["--full"] if full else []
    if json:
        wanted += ["--json", str(Path(json).absolute())]
    return module("tests.drill", *wanted, QT_QPA_PLATFORM="offscreen")


def demo(out: Path) -> int:
    """Play the office through without a screen and leave the results in `out`."""
    require_qt_libraries()
    compile_catalogues()
    code = module("tests.e2e.demo", str(out), QT_QPA_PLATFORM="offscreen")
    if code:
        say("演示未能完成。 / The demo failed.")
    else:
        say(f"演示结果在： / The results of the demo are in: {out}")
    return code


def exe(out: Path) -> int:
    """Build the Windows program into `out` and let it test itself; on Linux both under Wine."""
    command = [str(venv_python()), str(ROOT / ".ci" / "windows.py"), str(out)]
    return subprocess.call(command, cwd=str(ROOT), env=child_environment())


def check(fix: bool) -> int:
    """Run every check, say how each went, and show what the failed ones said."""
    if fix:
        module("ruff", "format", ".")
        module("ruff", "check", "--fix", "--quiet", ".")
    failed = 0
    for name, command in CHECKS:
        done = subprocess.run(
            [str(venv_python()), *command],
            cwd=str(ROOT),
            env=child_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        say("{:<14} {}".format(name, "失败 failed" if done.returncode else "通过 ok"))
        if done.returncode:
            failed += 1
            say(done.stdout.decode("utf-8", "replace").rstrip())
    return 1 if failed else 0


COMMANDS: "dict[str, Callable[[argparse.Namespace, list[str]], int]]" = {
    "run": lambda chosen, _rest: run(chosen.office),
    "test": lambda _chosen, rest: test(rest),
    "check": lambda chosen, _rest: check(fix=chosen.fix),
    "demo": lambda chosen, _rest: demo(Path(chosen.out).absolute()),
    "bench": lambda chosen, _rest: bench(chosen.what, chosen.size, chosen.json),
    "exe": lambda chosen, _rest: exe(Path(chosen.out).absolute()),
    "drill": lambda chosen, _rest: drill(chosen.full, chosen.json),
    "catalogues": lambda _chosen, _rest: module("tests.catalogues", "update"),
}


def compile_catalogues() -> None:
    """Spare the program the work of compiling its texts anew at each start."""
    for source in (ROOT / "i18n").glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            module("tests.catalogues", "compile")
            return


def module(name: str, *arguments: str, **environment: str) -> int:
    """Run a module of the project or of its tools in .venv; returns its exit code."""
    command = [str(venv_python()), "-m", name, *arguments]
    return subprocess.call(command, cwd=str(ROOT), env=dict(child_environment(), **environment))


# ---- the environment ---------------------------------------------------------------------------


def prepare() -> None:
    """Make .venv hold exactly what the lock names, unless it is known to do so already."""
    wanted = stamp(LOCK.read_bytes(), sys.version_info[:2])
    if venv_python().exists() and STAMP.exists() and STAMP.read_text("utf-8") == wanted:
        return
    say(
        "正在准备运行环境 .venv，首次需要几分钟… / "
        "Preparing .venv; the first time takes some minutes…"
    )
    require_venv()
    # A folder of unknown origin is not mended but made anew: nothing in it can be relied on.
    quietly([base_python(), "-m", "venv", "--clear", str(VENV)])
    # Wheels only: nothing that was downloaded gets to run while it is being installed.
    install = [str(venv_python()), "-m", "pip", "install", "--quiet", "--only-binary", ":all:"]
    quietly([*install, "--require-hashes", "--requirement", str(LOCK)])
    STAMP.write_text(wanted, "utf-8")


def stamp(lock: bytes, version: "tuple[int, int]") -> str:
    """What .venv was made from: the lock, whatever its line ends, and the Python."""
    content = lock.replace(b"\r\n", b"\n") + "python {}.{}".format(*version).encode("ascii")
    return hashlib.sha256(content).hexdigest()


def version_fault(version: "tuple[int, int]") -> "str | None":
    """One sentence if this Python cannot be used."""
    if OLDEST <= version <= NEWEST:
        return None
    return (
        "需要 Python 3.11 至 3.13，当前是 {0}.{1}。 / "
        "Python 3.11 to 3.13 is needed; this one is {0}.{1}."
    ).format(*version)


def venv_python() -> Path:
    """The interpreter inside .venv."""
    inside = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    return VENV / inside


def base_python() -> str:
    """The interpreter to make .venv with, also when this process itself runs inside .venv."""
    if os.name == "nt" and Path(sys.prefix).resolve() == VENV:
        raise Stopped(
            "请在 .venv 之外用 py dev.py 再运行一次。 / Run it again outside .venv, with: py dev.py"
        )
    return getattr(sys, "_base_executable", None) or sys.executable


def require_venv() -> None:
    """Debian keeps a part of Python's venv module in a package of its own."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    packages = ["python{}.{}-venv".format(*sys.version_info[:2])]
    if not can_use_apt():
        raise Stopped(
            "缺少 Python 的 venv 模块，请运行 / Python's venv module is missing, run: "
            + apt_command(packages)
        )
    install_with_apt(packages)


def require_qt_libraries() -> None:
    """On Linux, see that the libraries Qt takes from the system can be loaded."""
    if not sys.platform.startswith("linux"):
        return
    missing = missing_libraries(ctypes.CDLL)
    if missing and can_use_apt():
        install_with_apt(sorted(set(missing.values())))
        missing = missing_libraries(ctypes.CDLL)
    if missing:
        raise Stopped(
            "缺少系统库 / System libraries are missing: {}\n请运行 / run: {}".format(
                ", ".join(missing), apt_command(sorted(set(missing.values())))
            )
        )


def missing_libraries(load: "Callable[[str], object]") -> "dict[str, str]":
    """The libraries that `load` cannot load, each with its Debian package."""
    missing = {}
    for library, package in QT_LIBRARIES:
        try:
            load(library)
        except OSError:
            missing[library] = package
    return missing


def can_use_apt() -> bool:
    """Whether this process may install Debian packages."""
    return sys.platform.startswith("linux") and os.geteuid() == 0 and bool(shutil.which("apt-get"))


def apt_command(packages: "list[str]") -> str:
    """The command that a person can type to install `packages`."""
    return "sudo apt-get update && sudo apt-get install -y --no-install-recommends " + " ".join(
        packages
    )


def install_with_apt(packages: "list[str]") -> None:
    """Install Debian packages without questions."""
    say("正在安装系统包 / Installing system packages: " + " ".join(packages))
    quietly(["apt-get", "update", "-q"])
    quietly(["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages])


def quietly(command: "list[str]") -> None:
    """Run a command that shows its output only when it fails."""
    environment = dict(
        child_environment(),
        DEBIAN_FRONTEND="noninteractive",
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        PIP_NO_INPUT="1",
    )
    done = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        say(done.stdout.decode("utf-8", "replace").rstrip())
        raise Stopped("这一步没有成功 / This step failed: " + " ".join(command))


def child_environment() -> "dict[str, str]":
    """This environment, with UTF-8 everywhere and without other projects' modules."""
    environment = dict(os.environ, PYTHONUTF8="1")
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "PYTHONSAFEPATH"):
        environment.pop(name, None)
    return environment


def has_display(environment: "dict[str, str]", platform: str) -> bool:
    """Whether a window can be shown to somebody."""
    if platform.startswith("linux"):
        return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
    return True


# ---- words -------------------------------------------------------------------------------------


def say(text: str) -> None:
    """Print one line at once; where the terminal knows no Chinese, the English part remains."""
    try:
        print(text, flush=True)
    except UnicodeEncodeError:
        print(text.encode("ascii", "replace").decode("ascii"), flush=True)


def speak_utf8() -> None:
    """Let pipes and files get UTF-8 on Windows too; a console takes any text as it is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
