"""What hangs on a complaint, as cards below each other, and the buttons that add to it."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.ui.common import theme
from desktop.ui.common.empty import EmptyState
from desktop.ui.common.flow import FlowLayout, clear
from desktop.ui.common.labels import button, card
from desktop.ui.common.permission import allow


class Offer(NamedTuple):
    """A button below the cards: its key, its words, its icon."""

    key: str
    words: str
    icon: str


class Cards(QWidget):
    """Made anew whenever a complaint is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SMALL)

    def show_cards(self, cards: Sequence[QWidget], icon: str, empty: str) -> None:
        """Show these cards; `icon` and `empty` stand there when there are none."""
        clear(self._column)
        for one in cards or (EmptyState(icon, empty),):
            self._column.addWidget(one)
        self._column.addStretch(1)

    def offer(
        self,
        name: str,
        offers: Sequence[Offer],
        why_not: Mapping[str, str],
        wanted: Callable[[str], None],
    ) -> None:
        """Put buttons below the cards, called `name` and their key; `why_not` bars them."""
        row = QWidget()
        flow = FlowLayout(row, theme.SMALL)
        for key, words, icon in offers:
            made = button(words, "", icon)
            made.setObjectName(f"{name}.{key}")
            made.clicked.connect(lambda _on=False, key=key: wanted(key))
            allow(made, why_not[key])
            flow.addWidget(made)
        self._column.insertWidget(self._column.count() - 1, row)


def framed() -> tuple[QFrame, QVBoxLayout]:
    """An empty card and its column."""
    frame = card()
    column = QVBoxLayout(frame)
    column.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
    column.setSpacing(theme.TIGHT)
    return frame, column


def add_drop(
    column: QVBoxLayout, drop: Offer, name: str, why_not: str, dropped: Callable[[], None]
) -> None:
    """Put the link on a card that takes it back; `name` is read aloud."""
    made = button(drop.words, "link", drop.icon)
    made.setObjectName(drop.key)
    if name:
        made.setAccessibleName(name)
    made.clicked.connect(lambda: dropped())
    allow(made, why_not)
    column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
