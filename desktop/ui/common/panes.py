"""How parts share room: side by side with a handle, scrolling up and down, at the top of it."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QSplitter, QVBoxLayout, QWidget


def side_by_side(
    left: QWidget, right: QWidget, stretch: tuple[int, int], sizes: Sequence[int]
) -> QSplitter:
    """Neither part can be pushed away; `stretch` says which takes the room there is."""
    split = QSplitter(Qt.Orientation.Horizontal)
    split.addWidget(left)
    split.addWidget(right)
    share(split, stretch, sizes)
    return split


def share(split: QSplitter, stretch: tuple[int, int], sizes: Sequence[int]) -> None:
    """Share the room between the two parts of a splitter, as `side_by_side` says."""
    for at, factor in enumerate(stretch):
        split.setStretchFactor(at, factor)
    split.setChildrenCollapsible(False)
    split.setSizes(list(sizes))


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


class Follower(QObject):
    """Keeps what the keyboard is on in sight, however it came there: Qt sees to Tab alone.

    What was clicked is in sight, and must not move under the mouse.
    """

    def __init__(self, scroll: QScrollArea, room: int) -> None:
        """``room``: pixels that stay above and below it."""
        super().__init__(scroll)
        self._scroll, self._room = scroll, room
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and not QApplication.mouseButtons():
            QTimer.singleShot(0, self, self._show)  # where it stands is known only then

    def _show(self) -> None:
        holder, inside = QApplication.focusWidget(), self._scroll.widget()
        if holder is None or inside is None or not inside.isAncestorOf(holder):
            return
        # The whole of it: Qt itself would be content with the line in which the cursor stands.
        around = holder.height() // 2 + self._room
        middle = holder.mapTo(inside, holder.rect().center())
        self._scroll.ensureVisible(0, middle.y(), 0, min(around, self._scroll.height() // 2))


def on_top(part: QWidget) -> QWidget:
    """A part that stays at the top of its room."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(part)
    column.addStretch(1)
    return holder
