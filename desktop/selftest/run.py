"""Carries out the steps of a self-test and writes its report; what the steps do is not known here.

``sunlight.exe --self-test REPORT.json`` leaves the report, a folder ``pictures`` and a folder
``letters`` beside it, and ends with 0 if every step did what it should, else with 1. It works on
an office of its own and touches nothing of the user's.
"""

import json
import platform
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import PySide6
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion
from PySide6.QtWidgets import QApplication

from desktop import __version__
from desktop.app import hold_unpacked, now
from desktop.selftest.trial import Trial

Work = Callable[[Trial], str]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the self-test does; ``work`` returns in words what came of it."""

    key: str
    name: str
    work: Work


def _later(module: str, work: str) -> Work:
    """A step whose parts are loaded when it is its turn, so that the start can be timed alone."""

    def do(trial: Trial) -> str:
        found: Work = getattr(import_module(f"desktop.selftest.{module}"), work)
        return found(trial)

    return do


#: In this order; a step after a failed one is still tried, so that the report is whole.
STEPS = (
    Step("start", "启动", _later("windows", "start")),
    Step("portable", "便携", _later("pc", "be_portable")),
    Step("double click", "双击打开", _later("pc", "open_by_double_click")),
    Step("sweep", "清理残留", _later("pc", "sweep_leftovers")),
    Step("office", "新建单位", _later("papers", "make_office")),
    Step("register", "登记投诉", _later("papers", "register_complaint")),
    Step("letters", "办理并出文书", _later("papers", "make_letters")),
    Step("print", "打印", _later("papers", "print_letter")),
    Step("recover", "恢复单", _later("keeping", "recover")),
    Step("import", "导入旧台账", _later("keeping", "import_ledger")),
    Step("export", "导出登记簿", _later("keeping", "export_register")),
    Step("refuse", "不接受坏文件", _later("keeping", "refuse_broken")),
    Step("restore", "备份和恢复", _later("keeping", "restore_backup")),
    Step("second start", "第二次启动", _later("pc", "start_again")),
    Step("update", "升级第二种数据文件", _later("updates", "update_second")),
    Step("take over", "接收第一种数据文件", _later("updates", "update_first")),
    Step("newer", "不打开更新的数据文件", _later("updates", "refuse_newer")),
    Step("open", "打开数据文件", _later("windows", "open_office")),
    Step("tabs", "各标签页", _later("windows", "show_tabs")),
    Step("look", "外观", _later("windows", "change_look")),
    Step("pages", "各页面", _later("windows", "show_pages")),
    Step("close", "关闭", _later("windows", "close")),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a step: its words, or why it failed."""

    step: str
    seconds: float
    done: str
    failed: str


def run(arguments: Sequence[str]) -> int:
    """Test the program: ``--self-test REPORT.json [--only KEY …]``; 0 if all is well.

    Other arguments are Qt's own (``-platform offscreen``).
    """
    report = Path(arguments[arguments.index("--self-test") + 1]).absolute()
    only = arguments[arguments.index("--only") + 1 :] if "--only" in arguments else ()
    application = QApplication.instance() or QApplication([sys.argv[0], *arguments])
    assert isinstance(application, QApplication)
    steps = [step for step in STEPS if not only or step.key in only]
    held = hold_unpacked()
    try:
        return 0 if try_out(application, report, steps) else 1
    finally:
        if held is not None:
            held.close()


def try_out(application: QApplication, report: Path, steps: Sequence[Step] = STEPS) -> bool:
    """Carry out the steps and write the report; whether every one did what it should."""
    report.parent.mkdir(parents=True, exist_ok=True)
    warnings: list[str] = []

    def note(_kind: QtMsgType, _where: QMessageLogContext, said: str) -> None:
        warnings.append(said)

    hook, handler = sys.excepthook, qInstallMessageHandler(note)
    begun = time.perf_counter()
    outcomes: list[Outcome] = []
    try:
        with TemporaryDirectory(prefix="阳光 自检 ", ignore_cleanup_errors=True) as folder:
            trial = Trial(application, now, Path(folder), report.parent)
            for step in steps:
                outcomes.append(_do(trial, step))
                # Written after each step: should the program fall over, the report says where.
                _write(report, trial, outcomes, warnings, len(steps), time.perf_counter() - begun)
            if trial.started is not None:
                trial.started.window.discard()
                trial.started.end()
    finally:
        sys.excepthook = hook
        qInstallMessageHandler(handler)
    return all(not one.failed for one in outcomes)


def _do(trial: Trial, step: Step) -> Outcome:
    begun = time.perf_counter()
    done, failed = "", ""
    trial.errors.clear()
    try:
        done = step.work(trial)
        if trial.errors:
            raise trial.errors[0]
    except Exception as error:  # noqa: BLE001 - whatever went wrong stands in the report
        # Nobody's matter is in here but our own invented one, so the message may be told.
        failed = "".join(traceback.format_exception(error)[-6:]).strip()
    return Outcome(step.name, round(time.perf_counter() - begun, 3), done, failed)


def _write(
    report: Path,
    trial: Trial,
    outcomes: Sequence[Outcome],
    warnings: Sequence[str],
    wanted: int,
    seconds: float,
) -> None:
    screen = trial.application.primaryScreen()
    whole = len(outcomes) == wanted
    told = {
        "program": "阳光台账",
        "passed": whole and all(not one.failed for one in outcomes),
        "finished": whole,
        "frozen": bool(getattr(sys, "frozen", False)),
        "executable": Path(sys.executable).name,
        "versions": {
            "阳光台账": __version__,
            "Python": platform.python_version(),
            "Qt": qVersion(),
            "PySide6": PySide6.__version__,
            "system": platform.platform(),
            **trial.versions,
        },
        "screen": {
            "platform": trial.application.platformName(),
            "size": [screen.size().width(), screen.size().height()],
            "ratio": screen.devicePixelRatio(),
        },
        "fonts": trial.fonts,
        "began": trial.clock().isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
        "steps": [
            {"step": o.step, "seconds": o.seconds, "done": o.done, "failed": o.failed}
            for o in outcomes
        ],
        "pictures": trial.pictures,
        "letters": trial.letters,
        "warnings": list(warnings),
    }
    report.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
