"""What a list or pane shows when there is nothing to show: an icon, a sentence, one button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.ui.common import icons, theme
from desktop.ui.common.labels import button, label


class EmptyState(QWidget):
    """An icon, a sentence, and a button when there is something to do about it."""

    clicked = Signal()

    def __init__(self, icon: str, sentence: str, action: str = "") -> None:
        super().__init__()
        self._icon = icon
        self._picture = QLabel()
        self._sentence = label("", "quiet", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._button = button("", "primary")
        self._button.clicked.connect(lambda: self.clicked.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.MEDIUM)
        column.addStretch(2)
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._sentence)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        theme.on_change(self._renew)
        self.set(icon, sentence, action)

    def set(self, icon: str, sentence: str, action: str = "") -> None:
        """Say something else."""
        self._icon = icon
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self._button.setText(action)
        self._button.setAccessibleName(action)
        self._button.setVisible(bool(action))
        self._renew()

    def sentence(self) -> str:
        """The sentence shown."""
        return self._sentence.text()

    def _renew(self) -> None:
        tone = theme.colours().faint
        self._picture.setFixedSize(theme.px(40), theme.px(40))
        self._picture.setPixmap(
            icons.pixmap(self._icon, tone, theme.px(40), self.devicePixelRatio())
        )
