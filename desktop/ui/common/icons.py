"""One family of icons, recoloured for the scheme in force and sharp at every screen scale."""

from collections.abc import Iterable
from functools import cache
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop import paths
from desktop.ui.common import theme

#: Icons are shown so large, in units that grow with the text and with the scale of the screen.
_UNITS = (16, 20)


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
    drawn = QPixmap(_draw(name, colour, round(size * ratio)))
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
    drawing = QSvgRenderer(QByteArray(_source(name)))
    picture = QPixmap(size, size)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    drawing.render(painter, QRectF(0, 0, size, size))
    ground = QPixmap(size, size)
    ground.fill(QColor(colour))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.drawPixmap(0, 0, ground)
    painter.end()
    return picture


@cache
def _source(name: str) -> bytes:
    return (paths.resources() / "icons" / f"{name}.svg").read_bytes()
