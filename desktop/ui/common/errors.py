"""What happens when something nobody expected goes wrong: a log without contents, and a word."""

import faulthandler
import re
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from desktop.ui.common.errordialog import ErrorDialog

Words = Callable[[BaseException], str]

_LOG_LIMIT = 512 * 1024  # bytes; older notes go when the log grows beyond


def describe(error: BaseException) -> str:
    """The kind of the error and where it happened.

    Never its message nor a value: both may hold what a complainant wrote.
    """
    lines = []
    cause: BaseException | None = error
    while cause is not None:
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        lines.extend(
            f"  {_module(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(cause.__traceback__)
        )
        if isinstance(cause, BaseExceptionGroup):
            lines.extend(describe(one) for one in cause.exceptions)
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)


class ErrorWatch(QObject):
    """Takes what nobody caught, on whatever thread, and shows it on the UI thread.

    `restart`: the clerk wants the program to begin anew; what is typed is to be kept first.
    """

    restart = Signal()
    _happened = Signal(object)

    def __init__(
        self, log: Path, clock: Callable[[], datetime], version: str, words: Words | None = None
    ) -> None:
        super().__init__()
        self._log = log
        self._clock = clock
        self._version = version
        self._words = words
        self.dialog: ErrorDialog | None = None
        self._happened.connect(self._show_soon)

    def take(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """The shape of sys.excepthook."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._happened.emit((error, self.note(describe(error))))

    def take_thread(self, args: threading.ExceptHookArgs) -> None:
        """The shape of threading.excepthook."""
        if args.exc_value is not None:
            self.take(args.exc_type, args.exc_value, args.exc_traceback)

    def note(self, what: str) -> str:
        """Write something that holds no contents into the log, and return it as it stands there."""
        note = f"{self._clock():%Y-%m-%d %H:%M:%S} {self._version}\n{what}\n"
        try:
            self._log.parent.mkdir(parents=True, exist_ok=True)
            kept = self._log.read_text("utf-8") if self._log.is_file() else ""
            self._log.write_text((kept + note + "\n")[-_LOG_LIMIT:], "utf-8")
        except OSError:
            # A log that cannot be written must not hide the error itself.
            return note
        return note

    def _show_soon(self, what: tuple[BaseException, str]) -> None:
        """Not inside of what went wrong, which may be a painting or a slot."""
        QTimer.singleShot(0, self, lambda: self._show(what))

    def _show(self, what: tuple[BaseException, str]) -> None:
        error, note = what
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.add(note)
            return
        said = self._words(error) if self._words is not None else ""
        from desktop.ui.common.errordialog import ErrorDialog

        self.dialog = ErrorDialog(said, note, self._log)
        self.dialog.restart.connect(self.restart)
        self.dialog.open()


class CrashFile:
    """Where the interpreter itself writes when it breaks down: places in the code, no values.

    At the next start what it holds goes into the log, without the folders of this machine.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stream: IO[str] | None = None

    def take(self) -> str:
        """Return where the last run broke down, empty if it did not, and forget it."""
        try:
            text = self._path.read_text("utf-8", errors="replace")
            self._path.unlink()
        except OSError:
            return ""
        heads = [line.rstrip(":") for line in text.splitlines() if _HEAD.match(line)]
        places = [f"  {_module(f[1])}:{f[2]} {f[3]}" for f in _PLACE.finditer(text)]
        return "\n".join([*heads, *places])

    def watch(self) -> None:
        """Write here from now on when the interpreter breaks down."""
        self._stream = self._path.open("w", encoding="utf-8")
        faulthandler.enable(self._stream, all_threads=True)

    def leave(self) -> None:
        """The program ends as it should."""
        if self._stream is not None:
            faulthandler.disable()
            self._stream.close()
            self._stream = None
            self._path.unlink(missing_ok=True)


#: What faulthandler writes: a line on what happened, and one for each place.
_HEAD = re.compile(r"(Fatal Python error|Windows fatal exception): [\w :()-]+$")
_PLACE = re.compile(r'File "([^"\n]+)", line (\d+) in (\S+)')


def install_excepthook(
    log: Path, clock: Callable[[], datetime], version: str, words: Words | None = None
) -> ErrorWatch:
    """From now on log and show what nobody caught; keep what is returned.

    `words` may turn a known error (disk full, file locked) into a plain sentence, or return "".
    """
    watch = ErrorWatch(log, clock, version, words)
    sys.excepthook = watch.take
    threading.excepthook = watch.take_thread
    return watch


def _module(filename: str) -> str:
    """The module of a source file, without the folders of this machine."""
    parts = Path(filename).with_suffix("").parts
    for root in ("desktop", "db"):
        if root in parts:
            last = len(parts) - 1 - parts[::-1].index(root)
            return ".".join(parts[last:])
    return parts[-1] if parts else filename
