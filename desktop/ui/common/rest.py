"""A rest in the typing: what follows a form waits until nobody types any more."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_USUAL = 400  # milliseconds


class Rest(QTimer):
    """Comes once nothing was typed for a while; `start` at every key puts it off again."""

    def __init__(
        self, parent: QObject, then: Callable[[], object], milliseconds: int = _USUAL
    ) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(milliseconds)
        self.timeout.connect(then)
