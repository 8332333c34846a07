"""Building menus and remembering choices of look; what they do is the window's business."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QMenu

from desktop.ui.common import icons

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

T = TypeVar("T")


def add(
    menu: QMenu, title: str, slot: Callable[[], object], *, icon: str = "", keys: str = ""
) -> "QAction":
    """Add an action with its icon and keys."""
    from PySide6.QtGui import QKeySequence

    action = menu.addAction(title)
    if icon:
        _dress_when_shown(menu, action, icon)
    if keys:
        action.setShortcut(QKeySequence(keys))
    action.triggered.connect(lambda _on=False: slot())
    return action


def _dress_when_shown(menu: QMenu, action: "QAction", icon: str) -> None:
    """Draw an icon when the menu is opened for the first time: at the start nobody sees it."""

    def dress() -> None:
        menu.aboutToShow.disconnect(dress)
        icons.dress(action, icon)

    menu.aboutToShow.connect(dress)


def add_choices(
    menu: QMenu, choices: Sequence[tuple[str, T]], now: T, chosen: Callable[[T], object]
) -> None:
    """Add choices that exclude each other, the present one ticked."""
    from PySide6.QtGui import QActionGroup

    group = QActionGroup(menu)
    for title, value in choices:
        action = menu.addAction(title)
        action.setCheckable(True)
        action.setChecked(value == now)
        group.addAction(action)
        action.triggered.connect(lambda _on=False, value=value: chosen(value))
