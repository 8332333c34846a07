"""What is set before the first paint, by its number: the name `Qt` alone takes a sixth of a start.

PySide makes all enums of that namespace when one of them is first named. What the door of an office
needs of them is set here through the property of the same name; whatever comes later names `Qt`.
"""

from typing import Final

from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget

_PLAIN_TEXT: Final = 0
_NO_FOCUS, _STRONG_FOCUS = 0, 11
_BAR_ALWAYS_OFF: Final = 1
#: Hidden, sensitive, no capitals, nothing predicted, Latin letters only.
_PASSWORD_HINTS: Final = 0x1 | 0x2 | 0x4 | 0x40 | 0x800000


def show_plain(label: QLabel) -> None:
    """Let a label show its text as it is, whatever looks like a mark-up in it."""
    label.setProperty("textFormat", _PLAIN_TEXT)


def let_focus(widget: QWidget, on: bool = True) -> None:
    """Let a widget be reached by keys and mouse, or by neither."""
    widget.setProperty("focusPolicy", _STRONG_FOCUS if on else _NO_FOCUS)


def no_bar_below(area: QAbstractScrollArea) -> None:
    """Never show the horizontal scroll bar of an area."""
    area.setProperty("horizontalScrollBarPolicy", _BAR_ALWAYS_OFF)


def hint_password(widget: QWidget) -> None:
    """Tell input methods that what is typed here is a password."""
    widget.setProperty("inputMethodHints", _PASSWORD_HINTS)
