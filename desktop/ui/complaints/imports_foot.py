"""The foot of the page 导入台账: its buttons, and beside them what is under way."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.labels import button, label


class ImportFoot(QFrame):
    """On, back, keep the rest, away – or stop, while something is running."""

    def __init__(self) -> None:
        """Begin with nothing under way."""
        super().__init__()
        self.setProperty("role", "bar")
        self.next = button("", "primary")
        self.back = button(_("上一步(&B)"))
        self.rest = button(_("把有问题的行另存…(&S)"), "", "save")
        self.cancel = button(_("取消"))
        named = {"next": self.next, "back": self.back, "rest": self.rest, "cancel": self.cancel}
        self._working = label("", "quiet")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(theme.px(180))
        row = QHBoxLayout(self)
        row.setSpacing(theme.SMALL)
        row.setContentsMargins(theme.WIDE, theme.MEDIUM, theme.WIDE, theme.MEDIUM)
        for name, one in named.items():
            one.setObjectName(f"import.{name}")
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(self._working)
        row.addWidget(self._progress)

    def tell(self, text: str, done: int = 0, total: int = 0, *, stoppable: bool = True) -> None:
        """Say what is being done and how far it is; total 0 means that nobody knows."""
        self._working.setText(text)
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self.cancel.setEnabled(stoppable)

    def show_busy(self, *, on: bool) -> None:
        """Block the buttons while something is running; only stopping is left."""
        self._working.setVisible(on)
        self._progress.setVisible(on)
        for one in (self.next, self.back, self.rest):
            one.setEnabled(not on)
        self.cancel.setText(_("停止") if on else _("取消"))
        self.cancel.setEnabled(True)
