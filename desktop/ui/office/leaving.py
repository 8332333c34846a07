"""The backup when an office is closed (退出备份): its progress, 跳过, and what to do if it fails."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.rules.backups import Reason
from desktop.text import _
from desktop.ui.common import theme, wording
from desktop.ui.common.labels import button, label
from desktop.ui.common.tasks import Cancelled, Progress, Tasks
from desktop.usecases import backups
from desktop.usecases.office import Office

_SHOWN_AFTER = 300  # milliseconds; a quick backup needs no dialog


class LeavingDialog(QDialog):
    """Shown only while it takes long, or when the backup failed."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("正在关闭"))
        self.setModal(True)
        self._text = label(_("正在备份，请稍候…"), wrap=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 0)
        self.skip = button(_("跳过备份(&S)"))
        self.skip.setObjectName("leaving.skip")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.skip)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.LARGE, theme.WIDE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self._text)
        column.addWidget(self.progress)
        column.addLayout(row)
        self.resize(theme.em(30), 0)

    def show_progress(self, text: str, done: int, total: int) -> None:
        """Show how far it is."""
        self._text.setText(text)
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def show_trouble(self, sentence: str) -> None:
        """Say why there is no backup; the records themselves are kept."""
        kept = _("登记的内容都已保存，只是退出时的备份没有做成。{why}").format(why=sentence)
        self._text.setText(kept)
        self.progress.hide()
        self.skip.setText(_("知道了，关闭(&C)"))
        self.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the dialog is skipping the backup."""
        self.skip.click()
        event.ignore()


def back_up_before_leaving(
    tasks: Tasks[Office], clock: Callable[[], datetime], parent: QWidget | None
) -> None:
    """Make a backup if something was done since the last one; returns when the office may close."""
    now = clock()
    loop = QEventLoop()
    dialog = LeavingDialog(parent)
    late = QTimer(dialog)
    late.setSingleShot(True)
    late.timeout.connect(dialog.show)
    late.start(_SHOWN_AFTER)
    checking = _("正在核对备份")

    def job(office: Office, progress: Progress) -> None:
        if not backups.changed(office):
            return
        drawn = backups.draw(office, Reason.EXIT, now, lambda: progress.stopped)
        backups.finish(
            drawn,
            office.session.keys.data,
            lambda done, total: progress(checking, done // 1024, max(total // 1024, 1)),
        )

    def failed(error: BaseException) -> None:
        words = wording.error_words(error)
        if isinstance(error, Cancelled) or running.stopped or words is None:
            loop.quit()
        else:
            late.stop()
            dialog.skip.clicked.connect(loop.quit)
            dialog.show_trouble(words)

    tasks.progressed.connect(dialog.show_progress)
    running = tasks.run_long(job, lambda _none: loop.quit(), failed)
    dialog.skip.clicked.connect(running.stop)
    loop.exec(QEventLoop.ProcessEventsFlag.AllEvents)
    late.stop()
    tasks.progressed.disconnect(dialog.show_progress)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.hide()
    dialog.deleteLater()
