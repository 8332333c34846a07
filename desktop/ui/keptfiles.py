"""Taking kept files out of the store: to look at inside the program, or to keep elsewhere."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.rules.filenames import safe_name
from desktop.text import _
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.common.fileview import FileView
from desktop.ui.common.trouble import tell_failure
from desktop.ui.context import Context
from desktop.usecases import attachments
from desktop.usecases.records import Attachment


class KeptFiles(QObject):
    """Answers 查看 and 另存为…; `shown(FileView)` when a file is to be looked at.

    Both stand on record where the file may say who complained. `ask_path` is how the clerk is
    asked where to; `bar` is where it is said what went wrong.
    """

    shown = Signal(object)

    def __init__(self, context: Context, bar: MessageBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._bar, self._above = context, bar, parent
        self.ask_path: Callable[[str], str] = self._ask_path

    def look_at(self, file: Attachment) -> None:
        """Show a file inside the program."""
        acting = self._context.acting()
        self._context.tasks.run(
            lambda office: (file, attachments.look(office, file.id, acting)),
            self._show,
            self._failed,
        )

    def keep(self, file: Attachment) -> None:
        """Save a file where the clerk wants it."""
        chosen = self.ask_path(safe_name(file.name))
        if not chosen:
            return
        path, acting = Path(chosen), self._context.acting()
        self._context.tasks.run(
            lambda office: (path, attachments.export(office, file.id, path, acting)),
            self._kept,
            self._failed,
        )

    def _show(self, found: tuple[Attachment, bytes | None]) -> None:
        file, content = found
        if content is None:
            self._lost()
            return
        told = _("附件可能写明谁投诉举报；这次查看已留有记录。") if file.secret else ""
        page = FileView(file.name, content, told)
        page.kept.connect(lambda: self.keep(file))
        self.shown.emit(page)

    def _kept(self, found: tuple[Path, bool]) -> None:
        path, kept = found
        if kept:
            self._context.said.emit(_("已另存为 {path}。").format(path=path), 0)
        else:
            self._lost()

    def _lost(self) -> None:
        self._bar.tell(Tone.ERROR, _("附件库里找不到这个文件，请从备份恢复。"))

    def _failed(self, error: BaseException) -> None:
        tell_failure(self._bar, error)

    def _ask_path(self, name: str) -> str:
        chosen, _kind = QFileDialog.getSaveFileName(self._above, _("另存为"), name)
        return chosen
