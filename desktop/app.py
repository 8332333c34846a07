"""The composition root: the only module that knows every part and reads the clock and the disk."""

import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop import __version__, paths, text
from desktop.text import _
from desktop.ui.common import errors, tempfiles, theme
from desktop.ui.common import here as thispc
from desktop.ui.common.here import Portable, ThisPc
from desktop.ui.common.palette import Scheme
from desktop.ui.window import MainWindow
from desktop.usecases import association
from desktop.usecases.leftovers import SessionFolder
from desktop.usecases.running import Running, Wish, wish_of
from frozen import dataclass

if TYPE_CHECKING:
    from PySide6.QtCore import QFileSystemWatcher

NAME = "SunlightLedger"


@dataclass(frozen=True, slots=True)
class Places:
    """Where the program keeps what is its own: settings, log, sample office."""

    settings: Path
    log: Path
    sample: Path
    portable: Portable = Portable.NO

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
    beside, portable = _beside(program)
    if beside is None:
        import platformdirs

        beside = platformdirs.user_data_path(NAME, appauthor=False)
    return in_folder(beside, portable)


def in_folder(data: Path, portable: Portable = Portable.NO) -> Places:
    """Return the places in a folder of the program's own."""
    return Places(data / "settings.ini", data / "log.txt", data / "sample" / "sample.db", portable)


def _beside(program: Path | None) -> tuple[Path | None, Portable]:
    """Return the folder beside a portable program, or None; a read-only stick keeps nothing."""
    if program is None or not any((program.parent / name).is_file() for name in PORTABLE):
        return None, Portable.NO
    from tempfile import TemporaryFile

    data = program.parent / NAME
    try:
        data.mkdir(exist_ok=True)
        with TemporaryFile(dir=data):
            return data, Portable.YES
    except OSError:
        return None, Portable.READ_ONLY


def own_program() -> Path | None:
    """Return the file that was started, if it is the program itself and not a Python."""
    return Path(sys.executable) if getattr(sys, "frozen", False) else None


def introduce() -> None:
    """Tell Windows who this is, so that the taskbar shows our icon and groups our windows."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(NAME)


def hold_unpacked() -> IO[bytes] | None:
    """Mark the folder that the one-file program unpacked; keep what is returned while it runs."""
    folder = paths.unpacked()
    if folder is None:
        return None
    from desktop.usecases import unpacked

    return unpacked.hold(folder)


def _sweep_unpacked() -> None:
    """Clear away what crashed runs of the one-file program left, beside the work at hand."""
    if own_program() is None:
        return
    import threading
    from tempfile import gettempdir

    from desktop.usecases import unpacked

    own = paths.unpacked()
    folder = Path(gettempdir())
    threading.Thread(target=unpacked.sweep, args=(folder, own), daemon=True).start()


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
        data, registry = where.settings.parent, association.registry()
        thispc.use(ThisPc(own_program(), data, where.portable, registry))
        self._running: Running | None = None
        self._watcher: QFileSystemWatcher | None = None
        where.settings.parent.mkdir(parents=True, exist_ok=True)
        self.settings = QSettings(str(where.settings), QSettings.Format.IniFormat)
        application.setApplicationName(NAME)
        application.setApplicationVersion(__version__)
        sign = QIcon()
        sign.addFile(str(paths.resources() / "icons" / "sunlight.ico"))
        application.setWindowIcon(sign)
        application.setQuitOnLastWindowClosed(False)
        application.lastWindowClosed.connect(self._last_closed)
        application.aboutToQuit.connect(_leave_text)
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
        if place := self._crash.take():
            self.crashed = True
            self.watch.note(place)
        self._crash.watch()

    def end(self) -> None:
        """The program ends as it should: no copy, no mark, nothing of ours on the clipboard."""
        from desktop.ui.common import clipboard

        clipboard.guard().clear()
        if self._running is not None:  # before a new start, or it would hand itself over to us
            self._running.leave()
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None
        self._folder.end()
        self._crash.leave()

    # ---- what a start was asked for --------------------------------------------------------------

    def open(self, wish: Wish) -> None:
        """Open what a start was asked for, at its door."""
        if wish.sample:
            self.window.open_sample()
        elif wish.office is not None:
            self.window.open_office(wish.office)

    def listen(self, running: Running) -> None:
        """From now on take over what later starts of the program are asked for."""
        from PySide6.QtCore import QFileSystemWatcher

        self._running = running
        self._watcher = QFileSystemWatcher([str(running.folder)], self.application)
        self._watcher.directoryChanged.connect(self._take_wishes)
        self._take_wishes()

    def _take_wishes(self) -> None:
        wishes = self._running.wishes() if self._running is not None else ()
        if not wishes:
            return
        self._come_to_the_front()
        wish = wishes[-1]
        known = self.window.path
        if wish.office is not None and known is not None and _same(wish.office, known):
            return
        if self.application.activeModalWidget() is not None:
            if wish.office is not None:
                said = _("请先关上打开的对话框，再打开 {name}。").format(name=wish.office.name)
                self.window.status.tell(said)
            return
        self.open(wish)

    def _come_to_the_front(self) -> None:
        from PySide6.QtCore import Qt

        window = self.window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def tell_portable(self) -> None:
        """Say it if the program shall be portable and can not."""
        if words := thispc.portable_words():
            from desktop.ui.common.bars import Tone

            self.window.welcome.bar.tell(Tone.WARN, words)

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


def _leave_text() -> None:
    from desktop.ui.common import clipboard

    clipboard.leave_text()


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


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one == other


def run(arguments: Sequence[str]) -> int:
    """Start the program, or let the one that runs come to the front.

    ``--sample`` opens the sample office; ``FILE`` or ``--office FILE`` an office file;
    ``--settings FOLDER`` keeps the program's own things there.
    """
    introduce()
    held = hold_unpacked()
    where, wish = _where(arguments), wish_of(list(arguments))
    running = Running(where.session)
    if not running.take():
        if running.ask(wish):
            return 0
        return _say_no_answer(arguments)
    application = theme.application(arguments)
    program = Program(application, where)
    if wish.office is not None:  # before anything is shown: its door is what is seen first
        program.open(wish)
    program.window.show()
    program.tell_portable()
    if wish.sample:
        QTimer.singleShot(0, lambda: program.open(wish))
    QTimer.singleShot(0, lambda: program.listen(running))
    QTimer.singleShot(3000, _sweep_unpacked)
    code = application.exec()
    if held is not None:
        held.close()
    return code


def _where(arguments: Sequence[str]) -> Places:
    if "--settings" in arguments[:-1]:
        return in_folder(Path(arguments[arguments.index("--settings") + 1]).absolute())
    return places(own_program())


def _say_no_answer(arguments: Sequence[str]) -> int:
    from PySide6.QtWidgets import QMessageBox

    application = QApplication([sys.argv[0], *arguments])
    QMessageBox.warning(
        None,
        _("阳光台账"),
        _(
            "阳光台账已经在运行，但是没有回应。请在任务栏上找到它；"
            "找不到的，在任务管理器里结束 sunlight，再打开一次。"
        ),
    )
    del application
    return 1
