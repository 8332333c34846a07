"""This PC in a self-test: double click, a second start, leftovers of crashed runs, portable mode."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QProcess
from PySide6.QtGui import QGuiApplication

from desktop import app, paths
from desktop.selftest.trial import Failed, Trial
from desktop.ui.office import thispc
from desktop.ui.office.thispc import Portable
from desktop.usecases import association, unpacked
from desktop.usecases.association import Association, Opens
from desktop.usecases.running import Running

#: Seconds after which what lies unmarked in the temporary folder may go, and more.
_LONG = unpacked.UNMARKED + 3600
_PATIENCE = 60_000  # milliseconds


def open_by_double_click(_trial: Trial) -> str:
    """Let a double click open office files, see it in the registry, and take it back."""
    registry = association.registry()
    if registry is None:
        return "不是 Windows，没有注册表"
    program = Path(sys.executable)
    before = association.look(registry, program)
    try:
        association.offer(registry, program)
        now = association.look(registry, program)
        if now != Association(Opens.THIS, str(program)):
            raise Failed(f"after setting it, a double click opens {now}")
        told = [
            (key, name, text)
            for key, name, text in association.entries(program)
            if registry.read(key, name) != text
        ]
        if told:
            raise Failed(f"not in the registry: {told}")
    finally:
        association.take_back(registry)
    left = [key for key, name, _text in association.entries(program) if registry.read(key, name)]
    if left or association.look(registry, program).opens is not Opens.NOTHING:
        raise Failed(f"after taking it back the registry still holds {left}")
    if before.opens is not Opens.NOTHING:  # as the user of this PC has set it
        association.offer(registry, Path(before.program))
    return f"写入、读回、取消，{len(association.entries(program))} 项"


def start_again(trial: Trial) -> str:
    """Start the program a second time with a file: it hands it over and ends, the window shows it."""
    window = trial.program.window
    own = trial.folder / "own"
    running = Running(app.in_folder(own).session)
    if not running.take():
        raise Failed("another program runs in the self-test's own folder")
    trial.program.listen(running)
    platform = QGuiApplication.platformName()
    arguments = ["-platform", platform, "--settings", str(own), str(trial.office)]
    if not getattr(sys, "frozen", False):
        arguments = ["-m", "desktop", *arguments]
    ended: list[int] = []
    process = QProcess()
    process.finished.connect(lambda code, _status: ended.append(code))
    process.start(sys.executable, arguments)
    if not process.waitForStarted(_PATIENCE):
        raise Failed(f"the second start failed: {process.errorString()}")
    trial.until(lambda: bool(ended), "the second start to end")
    if ended != [0]:
        raise Failed(f"the second start ended with {ended[0]}")
    trial.until(lambda: window.stack.currentWidget() is window.unlock, "the door of the file")
    trial.picture("第二次启动")
    window.unlock.back.click()
    return f"第二次启动把“{trial.office.name}”交给了正在运行的程序"


def sweep_leftovers(trial: Trial) -> str:
    """Clear away what a crashed run left, and nothing that belongs to a running one."""
    temporary = trial.folder / "临时"
    crashed, running = temporary / "_MEI1", temporary / "_MEI2"
    for folder in (crashed, running):
        (folder / "resources" / "icons").mkdir(parents=True)
        (folder / "resources" / "icons" / "sunlight.ico").touch()
        (folder / "python312.dll").write_bytes(bytes(4096))
    for folder in (crashed, running):
        moment = trial.clock().timestamp() - _LONG
        os.utime(folder, (moment, moment))
    held = unpacked.hold(running)
    if held is None:
        raise Failed("a folder can not be marked")
    try:
        os.utime(running, (moment, moment))
        gone = unpacked.sweep(temporary, None, trial.clock().timestamp())
    finally:
        held.close()
    if gone != [crashed] or not (running / "python312.dll").exists():
        raise Failed(f"swept away: {[one.name for one in gone]}")
    return "残留的一个已清除，正在运行的一个没有动" + _own_is_kept(trial)


def _own_is_kept(trial: Trial) -> str:
    """The one-file program's own folder is held as long as it runs."""
    own = paths.unpacked()
    if own is None or not own.name.startswith("_MEI"):
        return ""
    alone = trial.folder / "没有别的"
    alone.mkdir()
    if unpacked.hold(own) is not None:
        raise Failed("this run's own folder is not held")
    unpacked.sweep(own.parent, None, trial.clock().timestamp() + _LONG)
    if not (own / "resources" / "licences.toml").is_file():
        raise Failed("this run's own folder was swept away")
    return "；本次运行自己的文件夹没有动"


def be_portable(trial: Trial) -> str:
    """With the marker beside it the program keeps its own things there; a read-only place says so."""
    stick = trial.folder / "U 盘" / "阳光台账"
    stick.mkdir(parents=True)
    program = stick / "sunlight.exe"
    program.touch()
    if app.places(program).portable is not Portable.NO:
        raise Failed("portable without a marker")
    (stick / app.PORTABLE[0]).touch()
    where = app.places(program)
    if where.portable is not Portable.YES or stick not in where.settings.parents:
        raise Failed(f"with a marker the settings lie at {where.settings}")
    where.settings.parent.rmdir()
    where.settings.parent.touch()  # nothing can be made there any more
    closed = app.places(program)
    if closed.portable is not Portable.READ_ONLY or stick in closed.settings.parents:
        raise Failed(f"where nothing can be written the settings lie at {closed.settings}")
    known = thispc.here()
    try:
        thispc.use(thispc.ThisPc(program, closed.settings.parent, closed.portable))
        said = thispc.portable_words()
    finally:
        thispc.use(known)
    if "只读" not in said:
        raise Failed("a read-only stick is not told of")
    return f"新单位建议放在 {thispc.proposed_folder().name}；只读的地方会说明"
