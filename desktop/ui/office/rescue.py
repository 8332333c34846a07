"""An office file that is gone or spoilt, brought back (从备份恢复): which backup, who, where to, why."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from desktop.rules.faults import NotPermitted
from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.labels import label
from desktop.ui.common.tasks import Tasks
from desktop.ui.office.placewords import file_kinds
from desktop.ui.office.reason import ReasonDialog
from desktop.ui.office.unlock import UnlockCard
from desktop.usecases import backups, door, restores
from desktop.usecases.backups import BackupSet
from desktop.usecases.office import Acting
from desktop.usecases.records import StorageFault
from desktop.usecases.session import Session


class Rescue(QObject):
    """Asks one thing after another; nothing is written before the last answer.

    ``ask_backup`` and ``ask_target`` are how the clerk is asked for a folder and for a file.
    """

    restored = Signal(object, object)  # the office file and the session, to be opened
    failed = Signal(object)
    working = Signal(str, int, int)
    idle = Signal(bool)

    def __init__(self, clock: Callable[[], datetime], window: QWidget) -> None:
        super().__init__(window)
        self._clock, self._window = clock, window
        self._hand: Tasks[None] | None = None
        self.unlock: QDialog | None = None
        self.card: UnlockCard | None = None
        self.dialog: ReasonDialog | None = None
        self.ask_backup: Callable[[], str] = self._ask_backup
        self.ask_target: Callable[[str], str] = self._ask_target

    def start(self) -> None:
        """Ask for a backup, or for a folder that holds some: its newest is taken."""
        folder = self.ask_backup()
        if not folder:
            return
        made = backups.found_at(Path(folder))
        if made is None:
            self.failed.emit(StorageFault("no_backup", folder))
            return
        target = self.ask_target(made.office)
        if target:
            self._ask_who(made, Path(target))

    def _ask_who(self, made: BackupSet, target: Path) -> None:
        try:
            found = door.look(made.file)
        except StorageFault as error:
            self.failed.emit(error)
            return
        said = _("{at} 的备份：请输入备份当时的密码。")
        dialog = QDialog(self._window)
        dialog.setWindowTitle(_("从备份恢复"))
        card = UnlockCard(_("继续"))
        column = QVBoxLayout(dialog)
        column.setContentsMargins(theme.WIDE, theme.LARGE, theme.WIDE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(label(_("谁来恢复"), "heading"))
        column.addWidget(label(said.format(at=f"{made.note.made:%Y-%m-%d %H:%M}"), wrap=True))
        column.addWidget(card)
        dialog.resize(theme.em(30), 0)

        def unlocked(session: Session) -> None:
            dialog.accept()
            card.stop()
            self._ask_why(made, target, session)

        card.unlocked.connect(unlocked)
        card.ask(made.file, found.users)
        self.unlock, self.card = dialog, card
        dialog.open()

    def _ask_why(self, made: BackupSet, target: Path, session: Session) -> None:
        if not session.may("backup.restore"):
            self.failed.emit(NotPermitted("not_your_role", action="backup.restore"))
            return
        sentences = [
            _("恢复到：{path}").format(path=target),
            _("备份到第 {n} 号操作；旁边有续写日志的，接着补上。").format(n=made.head.seq),
        ]
        if target.exists():
            sentences.append(_("那里现有的数据文件不会删除，移到旁边的文件夹里。"))
        self.dialog = ReasonDialog(
            _("恢复 {at} 的备份").format(at=f"{made.note.made:%Y-%m-%d %H:%M}"),
            sentences,
            _("恢复并打开"),
            self._clock().date(),
            self._window,
        )
        self.dialog.given.connect(lambda reason: self._run(made, target, session, reason))
        self.dialog.open()

    def _run(self, made: BackupSet, target: Path, session: Session, reason: str) -> None:
        acting = Acting(session.clerk, session.name, self._clock())
        words = _("正在恢复")
        hand: Tasks[None] = Tasks(lambda: None)
        self._hand = hand
        hand.progressed.connect(self.working)
        hand.busy.connect(self.idle)

        def done(_restored: object) -> None:
            self.stop()
            self.restored.emit(target, session)

        def failed(error: BaseException) -> None:
            self.stop()
            self.failed.emit(error)

        hand.run_long(
            lambda _none, progress: restores.restore_office(
                target,
                session,
                made,
                reason,
                acting,
                made.folder.parent,
                lambda done, total: progress(words, done // 1024, max(total // 1024, 1)),
            ),
            done,
            failed,
        )

    def stop(self) -> None:
        """End what runs in the background."""
        hand, self._hand = self._hand, None
        if self.card is not None:
            self.card.stop()
        if hand is not None:
            hand.close()

    def _ask_backup(self) -> str:
        return QFileDialog.getExistingDirectory(self._window, _("备份所在的文件夹"))

    def _ask_target(self, name: str) -> str:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chosen, _kind = QFileDialog.getSaveFileName(
            self._window,
            _("恢复到哪里"),
            str(Path(folder) / name),
            file_kinds(),
            "",
            QFileDialog.Option.DontConfirmOverwrite,
        )
        return chosen
