"""The composition root: the only module that knows every part and reads the clock and the disk."""

import ctypes
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile

import platformdirs
from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop import __version__, paths, text
from desktop.ui.common import clipboard, errors, tempfiles, theme
from desktop.ui.common.palette import Scheme
from desktop.ui.window import MainWindow
from desktop.usecases.leftovers import SessionFolder
from frozen import dataclass

NAME = "SunlightLedger"


@dataclass(frozen=True, slots=True)
class Places:
    """Where the program keeps what is its own: settings, log, sample office."""

    settings: Path
    log: Path
    sample: Path

    @property
    def session(self) -> Path:
        """Where a run leaves its mark, and copies that other programs open."""
        return self.log.with_name("session")

    @property
    def crash(self) -> Path:
        """Where the interpreter writes when it breaks down."""
        return self.log.with_name("crash.txt")


#: A file of one of these names beside the program makes it keep its own things there (便携).
PORTABLE = ("便携.txt", "portable.txt")


def places(program: Path | None = None) -> Places:
    """Return where the program keeps its own things: with the user, or beside a portable program.

    Args:
        program: the program's file, if it is one of its own and not run by a Python.
    """
    data = _beside(program) or platformdirs.user_data_path(NAME, appauthor=False)
    return Places(data / "settings.ini", data / "log.txt", data / "sample" / "sample.db")


def _beside(program: Path | None) -> Path | None:
    """Return the folder beside a portable program, or None; a read-only stick keeps nothing."""
    if program is None or not any((program.parent / name).is_file() for name in PORTABLE):
        return None
    data = program.parent / NAME
    try:
        data.mkdir(exist_ok=True)
        with TemporaryFile(dir=data):
            return data
    except OSError:
        return None


def own_program() -> Path | None:
    """Return the file that was started, if it is the program itself and not a Python."""
    return Path(sys.executable) if getattr(sys, "frozen", False) else None


def introduce() -> None:
    """Tell Windows who this is, so that the taskbar shows our icon and groups our windows."""
    if sys.platform == "win32":
        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(NAME)


def now() -> datetime:
    """Return the computer's own time; everything else is handed this."""
    return datetime.now()


class Program:
    """The running program: application, look, language, window."""

    def __init__(
        self, application: QApplication, where: Places, clock: Callable[[], datetime] = now
    ) -> None:
        """Dress the application; the window comes with ``show``."""
        self.application = application
        self._where, self._clock = where, clock
        where.settings.parent.mkdir(parents=True, exist_ok=True)
        self.settings = QSettings(str(where.settings), QSettings.Format.IniFormat)
        application.setApplicationName(NAME)
        application.setApplicationVersion(__version__)
        application.setWindowIcon(QIcon(str(paths.resources() / "icons" / "sunlight.ico")))
        application.setQuitOnLastWindowClosed(False)
        application.lastWindowClosed.connect(self._last_closed)
        application.aboutToQuit.connect(clipboard.leave_text)
        application.aboutToQuit.connect(self.end)
        application.commitDataRequest.connect(self._session_ends)
        self.watch = errors.install_excepthook(where.log, clock, __version__, _known)
        self.watch.restart.connect(self._restart)
        #: How the program is started anew; a test puts its own way here.
        self.start: Callable[[], object] = _start_again
        self._begin()
        self._translator = QTranslator()
        self._rebuilding = False
        self._speak(str(self.settings.value("look/language", "zh_CN")))
        size = _percent(self.settings.value("look/size", 100))
        scheme = Scheme(str(self.settings.value("look/scheme", Scheme.SYSTEM.value)))
        theme.apply(application, scheme, size / 100)
        self.window = self._make_window()

    def _begin(self) -> None:
        """Take up the mark of this run; what a run that broke down left is logged and wiped."""
        self._folder = SessionFolder(self._where.session)
        self._crash = errors.CrashFile(self._where.crash)
        self.crashed = self._folder.begin()
        tempfiles.use(self._folder)
        clipboard.guard()
        if place := self._crash.take():
            self.crashed = True
            self.watch.note(place)
        self._crash.watch()

    def end(self) -> None:
        """The program ends as it should: no copy, no mark, nothing of ours on the clipboard."""
        clipboard.guard().clear()
        self._folder.end()
        self._crash.leave()

    def _session_ends(self) -> None:
        """The system logs off or shuts down: what is typed is kept, nobody is asked."""
        self.window.discard()

    def _restart(self) -> None:
        self.window.discard()
        self.end()
        self.start()
        self.application.quit()

    def _make_window(self) -> MainWindow:
        window = MainWindow(self._clock, self.settings, self._where.sample)
        window.rebuild_wanted.connect(self._rebuild)
        window.crashed, self.crashed = self.crashed, False
        return window

    def _speak(self, language: str) -> None:
        """Use a language for our words and for Qt's own (按钮、颜色、打印对话框)."""
        text.use_language(language if language in text.LANGUAGES else "zh_CN")
        locale = QLocale("zh_CN" if text.language() == "zh_CN" else "en")
        QLocale.setDefault(locale)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self.application.removeTranslator(self._translator)
        self._translator = QTranslator()
        if self._translator.load(locale, "qtbase", "_", folder):
            self.application.installTranslator(self._translator)

    def _rebuild(self) -> None:
        """Build the window anew in the language just chosen, on the same office file."""
        self._rebuilding = True
        old, path, session = self.window, self.window.path, self.window.session
        self._speak(str(self.settings.value("look/language", "zh_CN")))
        self.window = self._make_window()
        self.window.setGeometry(old.geometry())
        if path is not None:
            self.window.open_office(path, session, old.last_tab)
        self.window.show()
        old.path = None
        old.close()
        old.deleteLater()
        self._rebuilding = False

    def _last_closed(self) -> None:
        if not self._rebuilding:
            self.application.quit()


def _start_again() -> None:
    """Start the program anew with the words it was started with."""
    frozen = getattr(sys, "frozen", False)
    before = [] if frozen else ["-m", "desktop"]
    # Else the new program would take itself for a part of this one, whose files go when it ends.
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    from PySide6.QtCore import QProcess

    QProcess.startDetached(sys.executable, [*before, *sys.argv[1:]])


def _percent(value: object) -> int:
    """Read a size setting; nonsense in the file is no reason not to start."""
    written = str(value)
    return int(written) if written.isdigit() and 50 <= int(written) <= 300 else 100


def _known(error: BaseException) -> str:
    from desktop.ui.common import wording

    return wording.error_words(error) or ""


def run(arguments: Sequence[str]) -> int:
    """Start the program; ``--sample`` opens the sample office, ``--office FILE`` a file."""
    introduce()
    application = QApplication([sys.argv[0], *arguments])
    program = Program(application, places(own_program()))
    if "--sample" in arguments:
        QTimer.singleShot(0, program.window.open_sample)
    elif "--office" in arguments[:-1]:
        path = Path(arguments[arguments.index("--office") + 1]).expanduser()
        program.window.open_office(path)  # before anything is shown: its door is what is seen first
    program.window.show()
    return application.exec()
