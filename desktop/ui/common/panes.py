"""How parts share room: side by side with a handle, scrolling up and down, at the top of it."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget


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
    across = made.horizontalScrollBar()  # unseen it would still move, to what is being filled in
    across.rangeChanged.connect(lambda: across.setRange(0, 0))
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def on_top(part: QWidget) -> QWidget:
    """A part that stays at the top of its room."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(part)
    column.addStretch(1)
    return holder
