"""The word to the clerk when something nobody expected went wrong; the log is errors.py."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.labels import button, label


class ErrorDialog(QDialog):
    """Says that something went wrong and that the program goes on; details can be copied."""

    restart = Signal()

    def __init__(self, sentence: str, details: str, log: Path) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle(_("出现意外错误"))
        self._details = QPlainTextEdit(details)
        self._details.setReadOnly(True)
        self._details.setAccessibleName(_("错误详情"))
        general = _(
            "刚才的操作没有完成，程序可以继续使用；已保存的内容不受影响，正在填写的内容会留成草稿。"
            "如果再次出现，请重新启动程序，并复制详情交给维护人员；详情里不含登记内容。"
        )
        copy = button(_("复制详情"), "", "copy")
        copy.clicked.connect(self.copy)
        close = button(_("继续使用"), "primary")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        again = button(_("重新启动"))
        again.setObjectName("error.restart")
        again.clicked.connect(self.accept)
        again.clicked.connect(self.restart)
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(again)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(label(sentence or _("出现意外错误"), "heading", wrap=True))
        column.addWidget(label(general, wrap=True))
        column.addWidget(self._details, 1)
        column.addWidget(label(_("日志：{path}").format(path=log), "hint", wrap=True))
        column.addLayout(row)
        self.resize(theme.em(40), theme.em(26))

    def add(self, details: str) -> None:
        """Another error came while this one is on screen."""
        self._details.appendPlainText(details)

    def details(self) -> str:
        """What can be copied."""
        return self._details.toPlainText()

    def copy(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self.details())
