"""One family of icons, recoloured for the scheme in force and sharp at every screen scale."""

from functools import cache
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop import paths
from desktop.ui.common import theme


class _Wearer(Protocol):
    """Anything that can show an icon: buttons, actions."""

    def setIcon(self, icon: QIcon) -> None: ...


def icon(name: str, colour: str | None = None) -> QIcon:
    """The icon in a colour (#rrggbb), by default that of text; `name` is the file's stem.

    Raises FileNotFoundError for an unknown name. The colour is fixed: for something that
    stays on screen when the scheme changes use `dress`.
    """
    tones = theme.colours()
    return _make(name, colour or tones.text, tones.faint)


def dress(wearer: _Wearer, name: str, tone: str = "text") -> None:
    """Give a button or an action an icon that follows the scheme; `tone` names a colour."""
    assert isinstance(wearer, QObject)
    dresser = wearer.findChild(_Dresser, options=Qt.FindChildOption.FindDirectChildrenOnly)
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


class _Engine(QIconEngine):
    """Draws the icon at the size that is asked for, when it is: most sizes never are."""

    def __init__(self, name: str, colour: str, faint: str) -> None:
        super().__init__()
        self._look = name, colour, faint

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        name, colour, faint = self._look
        tone = faint if mode == QIcon.Mode.Disabled else colour
        return _draw(name, tone, max(1, min(size.width(), size.height())))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        drawn = QPixmap(self.pixmap(rect.size() * ratio, mode, state))
        drawn.setDevicePixelRatio(ratio)
        side = round(drawn.width() / ratio)
        left = rect.left() + (rect.width() - side) // 2
        painter.drawPixmap(left, rect.top() + (rect.height() - side) // 2, drawn)

    def clone(self) -> QIconEngine:
        made = _Engine(*self._look)
        _cloned.append(made)  # Qt owns it, but Python must not let go of its part
        return made


_cloned: list[_Engine] = []


@cache
def _make(name: str, colour: str, faint: str) -> QIcon:
    _source(name)  # an unknown name is a fault here, not when it is painted
    return QIcon(_Engine(name, colour, faint))


@cache
def _draw(name: str, colour: str, size: int) -> QPixmap:
    drawing = QSvgRenderer(QByteArray(_source(name)))
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(picture.rect(), QColor(colour))
    painter.end()
    return picture


@cache
def _source(name: str) -> bytes:
    return (paths.resources() / "icons" / f"{name}.svg").read_bytes()
