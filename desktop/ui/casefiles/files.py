"""Taking the files of a case out of the store: a copy to look at, or one to keep elsewhere."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from desktop.text import _
from desktop.ui.casefiles.recordpane import RecordPane
from desktop.ui.common import wording
from desktop.ui.common.bars import Tone
from desktop.ui.context import Context
from desktop.usecases import attachments


class Files(QObject):
    """Answers 打开 and 另存为… of the record pane.

    `ask_path` and `open_file` are how the clerk is asked and the system called.
    """

    def __init__(self, context: Context, record: RecordPane) -> None:
        super().__init__(record)
        self._context = context
        self._record = record
        self._folder: QTemporaryDir | None = None
        self.ask_path: Callable[[str], str] = self._ask_path
        self.open_file: Callable[[QUrl], bool] = QDesktopServices.openUrl
        record.file_opened.connect(self._open_file)
        record.file_kept.connect(self._keep_file)

    def _open_file(self, attachment_id: int) -> None:
        """Hand a copy to the system's program; the copy goes when the window goes."""
        self._folder = self._folder or QTemporaryDir()
        target = Path(self._folder.path()) / self._file_name(attachment_id)
        self._export(attachment_id, target, self._opened)

    def _keep_file(self, attachment_id: int) -> None:
        chosen = self.ask_path(self._file_name(attachment_id))
        if chosen:
            self._export(attachment_id, Path(chosen), self._kept)

    def _export(
        self, attachment_id: int, target: Path, then: Callable[[Path | None], None]
    ) -> None:
        self._context.tasks.run(
            lambda office: target if attachments.export(office, attachment_id, target) else None,
            then,
            self._fail,
        )

    def _opened(self, path: Path | None) -> None:
        if path is None:
            self._tell_lost()
        elif not self.open_file(QUrl.fromLocalFile(str(path))):
            self._record.bar.tell(
                Tone.WARN, _("系统里没有能打开这种文件的程序，请另存后用别的程序打开。")
            )

    def _kept(self, path: Path | None) -> None:
        if path is None:
            self._tell_lost()
        else:
            self._context.said.emit(_("已另存为“{path}”。").format(path=path), 0)

    def _tell_lost(self) -> None:
        self._record.bar.tell(Tone.ERROR, _("附件的内容找不到了，可以从备份里恢复。"))

    def _file_name(self, attachment_id: int) -> str:
        view = self._record.view
        found = view.attachments if view else ()
        return next((one.name for one in found if one.id == attachment_id), "")

    def _ask_path(self, name: str) -> str:
        chosen, _filter = QFileDialog.getSaveFileName(self._record, _("另存附件"), name)
        return chosen

    def _fail(self, error: BaseException) -> None:
        words = wording.error_words(error)
        if isinstance(error, OSError) and words is None:
            words = _("文件写不进去，请换一个位置再试。")
        if words is None:
            sys.excepthook(type(error), error, error.__traceback__)
        else:
            self._record.bar.tell(Tone.ERROR, words)
