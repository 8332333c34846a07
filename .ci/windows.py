"""Builds the Windows program and lets it test itself; `dev.py exe OUT` runs this.

On Windows the program is built by the Python at hand, in an environment of its own. On Linux it is
built and tried under Wine. In OUT stand afterwards sunlight.exe, the folder sunlight, their
checksums, and what each of the two reported of its own test, with pictures.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import winpython
from wine import Wine, why_not

from dev import Stopped, can_use_apt, child_environment, install_with_apt, quietly, say

CACHE = platformdirs.user_cache_path("SunlightLedger", appauthor=False) / "windows-build"
LARGEST = 120 * 1024 * 1024
#: Debian packages that the way over Wine takes from this machine.
NEEDED = {
    "debootstrap": "debootstrap",
    "osslsigncode": "osslsigncode",
    "openssl": "openssl",
    "git": "git",
}
#: Where the folders of this machine lie under Wine. The results lie where a Chinese office might
#: put them; nothing depends on where the project itself lies.
PROJECT, PYTHON, WORK, RESULTS = "/mnt/project", "/mnt/python", "/mnt/work", "/mnt/阳光 台账"

#: The two builds, by the program to start.
BUILDS = {"one-file": "sunlight.exe", "folder": "sunlight/sunlight.exe"}

#: Timed starts, interleaved; how often; and how many times as long as an empty window is too slow.
STARTS, TIMES, SLOWEST = ("own", "empty"), 4, 3.0

Steps = list[tuple[str, float]]

#: The exit code where Wine can not be had; nothing was built then, and nothing was tried.
NOT_HERE = 3


class NotHere(Stopped):
    """This machine can not have Wine; the message says why."""


class Workshop:
    """One build with everything it takes."""

    def __init__(self, out: Path) -> None:
        """Take the folder for the results; what an earlier build left there goes."""
        self.out = out
        self.took: Steps = []
        out.mkdir(parents=True, exist_ok=True)
        for name in ("sunlight.exe", "sunlight", "self-test", "SHA256SUMS", "times.json", "log",
                     "starts", "starts.json"):  # fmt: skip
            old = out / name
            if old.is_dir():
                shutil.rmtree(old)
            else:
                old.unlink(missing_ok=True)

    def step(self, words: str, work: Callable[[], None]) -> None:
        """Do one step, saying which and how long it took."""
        say(f"▶ {words}")
        begun = time.monotonic()
        work()
        seconds = time.monotonic() - begun
        self.took.append((words, round(seconds, 1)))
        say(f"  {seconds:.1f} s")

    def run(self) -> int:
        """Build, test, tell; 0 if both builds stand and passed."""
        maker = Native(self) if os.name == "nt" else UnderWine(self)
        maker.prepare()
        self.step("制作程序 / building (PyInstaller)", maker.build)
        self.step("校验和 / checksums", self.sum_up)
        failed = 0
        for name in BUILDS:
            self.step(f"自检 / self-test: {name}", lambda name=name: maker.try_out(name))  # type: ignore[misc]
            failed += not self.passed(name)
        self.step("启动用时 / time of a start", lambda: self.time_starts(maker))
        words = json.dumps(dict(self.took), ensure_ascii=False, indent=1)
        (self.out / "times.json").write_text(words + "\n", "utf-8")
        say(f"结果在 / the results are in: {self.out}")
        return 1 if failed else 0

    def sum_up(self) -> None:
        """Write the checksum of every file, and hold the one file to its size."""
        lines = [
            f"{_sha256(path)}  {path.relative_to(self.out).as_posix()}"
            for path in sorted([self.out / "sunlight.exe", *_files(self.out / "sunlight")])
        ]
        (self.out / "SHA256SUMS").write_text("\n".join(lines) + "\n", "utf-8")
        size = (self.out / "sunlight.exe").stat().st_size
        whole = sum(path.stat().st_size for path in _files(self.out / "sunlight"))
        say(f"  sunlight.exe {size / 1e6:.1f} MB, sunlight/ {whole / 1e6:.1f} MB")
        say(f"  SHA-256 {lines[-1 if lines[-1].endswith('  sunlight.exe') else 0][:64]}")
        if size > LARGEST:
            raise Stopped(
                f"程序超过 {LARGEST >> 20} MB / the program is larger than {LARGEST >> 20} MB"
            )

    def time_starts(self, maker: "Native | UnderWine") -> None:
        """Take the time of the folder build's second start, beside that of an empty window."""
        folder = self.out / "starts"
        folder.mkdir()
        maker.time_starts()
        times = {
            kind: [json.loads(one.read_text("utf-8"))["seconds"] for one in _numbered(folder, kind)]
            for kind in STARTS
        }
        own, empty = (sorted(times[kind][1:]) for kind in STARTS)  # the first one warms up
        if not own or not empty:
            raise Stopped("启动用时没有测出 / no start could be timed")
        middle = (own[len(own) // 2], empty[len(empty) // 2])
        ratio = middle[0] / middle[1]
        told = {"own": times["own"], "empty": times["empty"], "ratio": round(ratio, 2),
                "reach": SLOWEST, "holds": ratio <= SLOWEST}  # fmt: skip
        (self.out / "starts.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")
        shutil.rmtree(folder)
        say(
            f"  第二次启动 / second start {middle[0]:.2f} s, 空窗口 / empty window "
            f"{middle[1]:.2f} s: {ratio:.2f} × ({'≤' if ratio <= SLOWEST else '>'} {SLOWEST:g})"
        )

    def passed(self, name: str) -> bool:
        """Tell what a build reported of itself, and whether that is good."""
        report = self.out / "self-test" / name / "report.json"
        if not report.exists():
            say(f"  没有自检报告 / there is no report: {report}")
            return False
        told = json.loads(report.read_text("utf-8"))
        for one in told["steps"]:
            sign = "通过 ok    " if not one["failed"] else "失败 FAILED"
            say(f"  {sign} {one['seconds']:7.2f} s  {one['step']}: {one['failed'] or one['done']}")
        pictures = report.parent / "pictures"
        say(f"  报告 / report: {report}\n  图片 / pictures: {pictures}")
        return bool(told["passed"])


def _numbered(folder: Path, kind: str) -> "list[Path]":
    return sorted(folder.glob(f"{kind}-*.json"), key=lambda path: int(path.stem.rpartition("-")[2]))


def _start_words(at: int, kind: str) -> "list[str]":
    """The arguments of a timed start, and where it writes, seen from the program's folder."""
    words = ["--time-start", rf"..\starts\{kind}-{at}.json"]
    return [*words, "--empty"] if kind == "empty" else words


def _files(folder: Path) -> "Iterator[Path]":
    return (path for path in folder.rglob("*") if path.is_file())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _reproducible() -> "dict[str, str]":
    """What PyInstaller needs to make the same bytes again: a date and an order."""
    dated = ""
    if git := shutil.which("git"):  # sources from an archive have no history, a PC may have no git
        done = subprocess.run(
            [git, "-C", str(ROOT), "log", "-1", "--format=%ct"],
            stdin=subprocess.DEVNULL, capture_output=True, check=False,
        )  # fmt: skip
        dated = done.stdout.decode().strip()
    dated = dated or "1767225600"
    return {"SOURCE_DATE_EPOCH": dated, "PYTHONHASHSEED": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def _pyinstaller(spec: str, dist: str, work: str) -> "list[str]":
    return ["-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
            "--distpath", dist, "--workpath", work, spec]  # fmt: skip


# ---- on Windows --------------------------------------------------------------------------------


class Native:
    """The way on Windows itself."""

    def __init__(self, shop: Workshop) -> None:
        self.shop = shop
        self.venv = CACHE / f"venv-{winpython.key()}-{sys.version_info[0]}{sys.version_info[1]}"

    def prepare(self) -> None:
        """Make an environment that holds the locked libraries and nothing else."""
        if not self.venv.exists():
            self.shop.step("准备依赖 / preparing the libraries", self._install)

    def _install(self) -> None:
        part = self.venv.with_name(self.venv.name + ".part")
        base = getattr(sys, "_base_executable", None) or sys.executable
        quietly([base, "-m", "venv", "--clear", str(part)])
        for lock in winpython.LOCKS:
            quietly(
                [str(part / "Scripts" / "python.exe"), "-m", "pip", "install", "--quiet",
                 "--only-binary", ":all:", "--no-deps", "--require-hashes", "-r", str(lock)]
            )  # fmt: skip
        part.rename(self.venv)

    def build(self) -> None:
        """Run PyInstaller."""
        work = ROOT / "build" / "exe"
        command = _pyinstaller(str(ROOT / "build.spec"), str(self.shop.out), str(work))
        python = self.venv / "Scripts" / "python.exe"
        environment = {**child_environment(), **_reproducible()}
        done = subprocess.run(
            [str(python), *command],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode:
            raise Stopped("程序没有做成 / the build failed")

    def try_out(self, name: str) -> None:
        """Let a build test itself."""
        report = self.shop.out / "self-test" / name / "report.json"
        report.parent.mkdir(parents=True)
        program = self.shop.out / BUILDS[name]
        subprocess.run(
            [str(program), "--self-test", str(report)], stdin=subprocess.DEVNULL, check=False,
            timeout=900,
        )  # fmt: skip

    def time_starts(self) -> None:
        """Start the folder build again and again."""
        program = self.shop.out / BUILDS["folder"]
        for at in range(TIMES):
            for kind in STARTS:
                subprocess.run(
                    [str(program), *_start_words(at, kind)], cwd=program.parent,
                    stdin=subprocess.DEVNULL, check=False, timeout=300,
                )  # fmt: skip


# ---- on Linux ----------------------------------------------------------------------------------


class UnderWine:
    """The way on Linux: a Debian folder with Wine, and a signed CPython for Windows."""

    def __init__(self, shop: Workshop) -> None:
        self.shop = shop
        self.python = CACHE / f"python-{winpython.key()}"
        self.wine = Wine(CACHE / "debian-13", CACHE / "prefix-13")
        self.work = CACHE / "work"

    def prepare(self) -> None:
        """Make what is not there yet.

        Raises:
            NotHere: this machine can not have it.
        """
        missing = sorted(package for tool, package in NEEDED.items() if not shutil.which(tool))
        if missing and can_use_apt():
            install_with_apt(missing)
        reason = why_not()
        if reason:
            raise NotHere(reason)
        CACHE.mkdir(parents=True, exist_ok=True)
        try:
            self.shop.step("Debian 13 和 Wine / Debian 13 and Wine", self.wine.prepare)
        except Stopped as failed:
            raise NotHere(str(failed)) from failed
        if not self.python.exists():
            self.shop.step(
                "Windows 版 Python 和依赖 / Python for Windows and the libraries",
                lambda: winpython.lay_out(self.python, CACHE / "python.part"),
            )
        for old in CACHE.glob("python-*"):
            if old != self.python:
                shutil.rmtree(old)

    def build(self) -> None:
        """Run PyInstaller under Wine."""
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir()
        command = _pyinstaller(
            _windows(PROJECT + "/build.spec"), _windows(WORK + "/dist"), _windows(WORK + "/build")
        )
        given = {ROOT: PROJECT, self.python: PYTHON, self.work: WORK}
        environment = {**_reproducible(), "PYINSTALLER_CONFIG_DIR": _windows(WORK + "/config")}
        log = self.shop.out / "log" / "build.txt"
        code = self.wine.run(
            [_windows(PYTHON + "/python.exe"), *command], given, environment,
            folder=PROJECT, log=log,
        )  # fmt: skip
        if code:
            say(log.read_text("utf-8", "replace")[-4000:])
            raise Stopped("程序没有做成 / the build failed")
        for made in (self.work / "dist").iterdir():
            shutil.move(made, self.shop.out / made.name)
        shutil.rmtree(self.work)

    def try_out(self, name: str) -> None:
        """Let a build test itself, in a folder whose name holds Chinese and a space."""
        place = RESULTS + "/self-test/" + name
        (self.shop.out / "self-test" / name).mkdir(parents=True)
        self.wine.run(
            [_windows(f"{RESULTS}/{BUILDS[name]}"), "--self-test", _windows(place + "/report.json")],
            {self.shop.out: RESULTS},
            folder=place, log=self.shop.out / "log" / f"self-test-{name}.txt", minutes=15,
        )  # fmt: skip

    def time_starts(self) -> None:
        """Start the folder build again and again, all of it in one session of Wine."""
        lines = [
            " ".join(["start", "/wait", "sunlight.exe", *_start_words(at, kind)])
            for at in range(TIMES)
            for kind in STARTS
        ]
        script = self.shop.out / "starts" / "starts.bat"
        script.write_bytes(b"\r\n".join(line.encode("ascii") for line in lines) + b"\r\n")
        self.wine.run(
            ["cmd", "/c", r"..\starts\starts.bat"], {self.shop.out: RESULTS},
            folder=RESULTS + "/sunlight", log=self.shop.out / "log" / "starts.txt", minutes=10,
        )  # fmt: skip


def _windows(path: str) -> str:
    """A path inside the Debian folder as Windows sees it."""
    return "Z:" + path.replace("/", "\\")


@contextmanager
def _alone() -> "Iterator[None]":
    """Keep a second build from the same cache out while this one runs."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("a") as lock:
        if os.name != "nt":
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main(arguments: "list[str]") -> int:
    """Build into the folder named; 0 if it stands and passed its own test."""
    try:
        with _alone():
            return Workshop(Path(arguments[0]).resolve()).run()
    except NotHere as reason:
        say(f"！！没有制作、也没有试用 Windows 程序 / the Windows program was NOT built: {reason}")
        return NOT_HERE
    except Stopped as reason:
        say(str(reason))
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
