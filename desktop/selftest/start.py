"""How long a start takes (启动用时): ``--time-start FILE [--empty]``, measured by the program itself.

``--empty`` opens a window of Qt with nothing in it, to compare with. Nothing else of the program is
loaded for that.
"""

import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


def run(arguments: Sequence[str]) -> int:
    """Show the window, write how long that took since the process began (seconds), and end."""
    target = Path(arguments[arguments.index("--time-start") + 1]).absolute()
    if "--empty" in arguments:
        application = QApplication([sys.argv[0], *arguments])
        window = QMainWindow()
        window.resize(1280, 800)
        return _measure(application, window, target)
    from desktop.app import Program, in_folder, now
    from desktop.ui.common import theme

    application = theme.application(arguments)
    with TemporaryDirectory(prefix="阳光 启动 ", ignore_cleanup_errors=True) as folder:
        program = Program(application, in_folder(Path(folder)), now)
        code = _measure(application, program.window, target)
        program.window.discard()
        program.end()
    return code


class _FirstPaint(QObject):
    """Sees a window painted for the first time, and then the program at rest."""

    def __init__(self, window: QWidget, target: Path) -> None:
        super().__init__(window)
        self._target, self._seen = target, False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Wait for the first paint; what is then still to do comes before the timer."""
        if event.type() == QEvent.Type.Paint and not self._seen:
            self._seen = True
            QTimer.singleShot(0, self._tell)
        return super().eventFilter(watched, event)

    def _tell(self) -> None:
        self._target.write_text(json.dumps({"seconds": round(age(), 3)}) + "\n", "utf-8")
        application = QApplication.instance()
        assert application is not None
        application.quit()


def _measure(application: QApplication, window: QWidget, target: Path) -> int:
    eye = _FirstPaint(window, target)
    window.show()
    QTimer.singleShot(120_000, application.quit)
    application.exec()
    del eye
    return 0 if target.is_file() else 1


def age() -> float:
    """Return for how long this process has been running, in seconds."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        times = [ctypes.c_ulonglong() for _each in range(4)]
        places = [ctypes.byref(one) for one in times]
        kernel.GetProcessTimes(ctypes.c_void_p(kernel.GetCurrentProcess()), *places)
        now = ctypes.c_ulonglong()
        kernel.GetSystemTimeAsFileTime(ctypes.byref(now))
        return (now.value - times[0].value) / 1e7
    begun = int(Path("/proc/self/stat").read_text("ascii").rpartition(")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - begun / os.sysconf("SC_CLK_TCK")
