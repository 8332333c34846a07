"""Taking the files of a case out of the store: to look at inside, or to keep elsewhere."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from desktop.rules.filenames import safe_name
from desktop.text import _
from desktop.ui.casefiles.recordpane import RecordPane
from desktop.ui.common import wording
from desktop.ui.common.bars import Tone
from desktop.ui.common.fileview import FileView
from desktop.ui.context import Context
from desktop.usecases import attachments


class Files(QObject):
    """Answers 查看 and 另存为… of the record pane; `shown(view)` when a file is to be looked at.

    `ask_path` is how the clerk is asked.
    """

    shown = Signal(object)

    def __init__(self, context: Context, record: RecordPane) -> None:
        super().__init__(record)
        self._context = context
        self._record = record
        self.ask_path: Callable[[str], str] = self._ask_path
        record.file_opened.connect(self._open_file)
        record.file_kept.connect(self._keep_file)

    def _open_file(self, attachment_id: int) -> None:
        """Show a file inside the program."""
        acting = self._context.acting()
        self._context.tasks.run(
            lambda office: (attachment_id, attachments.look(office, attachment_id, acting)),
            self._opened,
            self._fail,
        )

    def _opened(self, found: tuple[int, bytes | None]) -> None:
        attachment_id, content = found
        if content is None:
            self._tell_lost()
            return
        told = ""
        if self._of_complaint(attachment_id):
            told = _("附件可能写明谁投诉举报；这次查看已留有记录。")
        view = FileView(self._file_name(attachment_id), content, told)
        view.kept.connect(lambda: self._keep_file(attachment_id))
        self.shown.emit(view)

    def _keep_file(self, attachment_id: int) -> None:
        chosen = self.ask_path(safe_name(self._file_name(attachment_id)))
        if not chosen:
            return
        target, acting = Path(chosen), self._context.acting()
        self._context.tasks.run(
            lambda office: (
                target if attachments.export(office, attachment_id, target, acting) else None
            ),
            self._kept,
            self._fail,
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
        found = (*view.attachments, *view.materials) if view else ()
        return next((one.name for one in found if one.id == attachment_id), "")

    def _of_complaint(self, attachment_id: int) -> bool:
        view = self._record.view
        return view is not None and any(one.id == attachment_id for one in view.materials)

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
