"""One family of icons, recoloured for the scheme in force and sharp at every screen scale."""

from collections.abc import Iterable
from functools import cache
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QIcon, QPixmap

from desktop import paths
from desktop.ui.common import theme

#: Icons are shown so large, in units that grow with the text and with the scale of the screen.
_UNITS = (16, 20)
#: How each of the files says its size; of its colour it says nothing.
_SIZE = b'width="20" height="20"'


class _Wearer(Protocol):
    """Anything that can show an icon: buttons, actions."""

    def setIcon(self, icon: QIcon) -> None: ...


def icon(name: str, colour: str | None = None) -> QIcon:
    """The icon in a colour (#rrggbb), by default that of text; `name` is the file's stem.

    Raises FileNotFoundError for an unknown name. The colour is fixed: for something that
    stays on screen when the scheme changes use `dress`.
    """
    tones = theme.colours()
    ratios = [screen.devicePixelRatio() for screen in QGuiApplication.screens()]
    return _make(name, colour or tones.text, tones.faint, sizes(ratios, theme.factor()))


def dress(wearer: _Wearer, name: str, tone: str = "text") -> None:
    """Give a button or an action an icon that follows the scheme; `tone` names a colour."""
    assert isinstance(wearer, QObject)
    dresser = next((one for one in wearer.children() if isinstance(one, _Dresser)), None)
    if dresser is None:
        dresser = _Dresser(wearer)
    dresser.wear(name, tone)


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` logical pixels for a screen of that pixel ratio."""
    drawn = _draw(name, colour, round(size * ratio)).copy()
    drawn.setDevicePixelRatio(ratio)
    return drawn


class _Dresser(QObject):
    """Renews the icon of its parent after a change of colours."""

    def __init__(self, wearer: QObject) -> None:
        super().__init__(wearer)
        self._name = ""
        self._tone = "text"
        theme.on_change(self._renew)

    def wear(self, name: str, tone: str) -> None:
        self._name, self._tone = name, tone
        self._renew()

    def _renew(self) -> None:
        tone = getattr(theme.colours(), self._tone)
        self.parent().setIcon(icon(self._name, tone))  # type: ignore[attr-defined]


def sizes(ratios: Iterable[float], factor: float) -> tuple[int, ...]:
    """Return in which sizes icons are drawn, for screens of these scales and a size of the text.

    Buttons whose size does not grow with the text need the units as they are.
    """
    scales = {1.0, *ratios}
    return tuple(sorted({round(u * s * f) for u in _UNITS for s in scales for f in (1.0, factor)}))


@cache
def _make(name: str, colour: str, faint: str, sizes: tuple[int, ...]) -> QIcon:
    made = QIcon()
    for size in sizes:
        made.addPixmap(_draw(name, colour, size))
        made.addPixmap(_draw(name, faint, size), QIcon.Mode.Disabled)
    return made


@cache
def _draw(name: str, colour: str, size: int) -> QPixmap:
    """Draw an icon: Qt reads the file as a picture, once it says in which size and colour.

    Drawing it with a painter takes three times as long, and needs what no first page needs.
    """
    wanted = f'width="{size}" height="{size}" fill="{colour}"'.encode()
    picture = QPixmap()
    picture.loadFromData(_source(name).replace(_SIZE, wanted, 1), "svg")  # type: ignore[call-overload]
    return picture


@cache
def _source(name: str) -> bytes:
    return (paths.resources() / "icons" / f"{name}.svg").read_bytes()
