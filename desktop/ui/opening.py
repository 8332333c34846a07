"""How far the opening of an office file is, when it is of an older shape and that takes long."""

from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from desktop.text import N_, _
from desktop.ui.common.tasks import Cancelled, Progress
from desktop.usecases.beforehand import Stage

_WORDS = {
    Stage.BACKUP: N_("正在备份旧版本的文件…"),
    Stage.CHECK: N_("正在核对备份…"),
    Stage.CHANGE: N_("正在升级文件…"),
}


class Opening(QObject):
    """Told by the thread that opens the file, says it to the window; stopped by the window."""

    told = Signal(str, int, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._progress = Progress(self.told.emit)

    def tell(self, stage: Stage, done: int, total: int) -> bool:
        """Say what is under way; return whether to go on."""
        with suppress(Cancelled):
            self._progress(_(_WORDS[stage]), done, total)
        return not self._progress.stopped

    def stop(self) -> None:
        """Go no further than the file can be left as it was."""
        self._progress.stop()
