"""Two parts side by side with a handle between them, and a part that scrolls up and down."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QScrollArea, QSplitter, QWidget


def side_by_side(
    left: QWidget, right: QWidget, stretch: tuple[int, int], sizes: Sequence[int]
) -> QSplitter:
    """Neither part can be pushed away; `stretch` says which takes the room there is."""
    split = QSplitter(Qt.Orientation.Horizontal)
    for at, part in enumerate((left, right)):
        split.addWidget(part)
        split.setStretchFactor(at, stretch[at])
    split.setChildrenCollapsible(False)
    split.setSizes(list(sizes))
    return split


def remember(split: QSplitter, settings: QSettings, key: str) -> None:
    """Put the handle where it was left last time, and note where it is left now."""
    kept = settings.value(key)
    if isinstance(kept, QByteArray):
        split.restoreState(kept)
    split.splitterMoved.connect(lambda: settings.setValue(key, split.saveState()))


def upright(inside: QWidget, scroll: QScrollArea | None = None) -> QScrollArea:
    """Let a part scroll up and down, never sideways; the keyboard stays with what is in it."""
    made = scroll if scroll is not None else QScrollArea()
    made.setWidget(inside)
    made.setWidgetResizable(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made
