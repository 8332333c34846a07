"""The usual characters, drawn once where nobody sees it: a first list is painted in half the time."""

from collections.abc import Callable
from functools import cache, partial

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap

from desktop.ui.common import theme
from desktop.ui.common.palette import Status
from desktop.ui.common.pills import paint_pill

#: Where the 3755 usual characters stand in GB 2312 (一级汉字): rows 16 to 55, 94 in each.
_FIRST, _LAST, _IN_A_ROW = 16, 55, 94
_LEAD = 0xA0


def rehearse() -> None:
    """Draw what a list is drawn with, so that what Qt makes of it at its first use is there."""
    picture = QPixmap(theme.em(8), theme.px(28))
    painter = QPainter(picture)
    painter.fillRect(picture.rect(), QColor(theme.colours().base))
    paint_pill(painter, QRectF(picture.rect()), "例", Status.PAUSED)
    painter.end()


def slices(ratio: float) -> list[Callable[[], None]]:
    """Return what draws them row by row, for a screen of a pixel ratio."""
    return [partial(_draw, row, ratio, theme.factor()) for row in range(_FIRST, _LAST + 1)]


@cache
def _draw(row: int, ratio: float, _factor: float) -> None:
    """Draw a row, once for a size."""
    signs = bytes(b for n in range(1, _IN_A_ROW + 1) for b in (_LEAD + row, _LEAD + n))
    text = signs.decode("gb2312", "ignore")
    font = theme.font()
    picture = QPixmap(theme.em(len(text) + 1), theme.px(28))
    picture.setDevicePixelRatio(ratio)
    painter = QPainter(picture)
    painter.setFont(font)
    painter.drawText(0, theme.px(20), text)
    painter.end()
