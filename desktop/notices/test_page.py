"""A page that measures a printer (打印测试页): the type area of GB/T 9704-2012 with rulers beside it."""

import datetime as dt

from reportlab.lib.units import mm

from desktop.notices.fonts import Role, bundled
from desktop.notices.page import (
    BOTTOM,
    CORE_HEIGHT,
    CORE_WIDTH,
    LEFT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    SIZE_3,
    TOP,
    PdfFile,
    Properties,
    Sheet,
)

_LINE = 0.2 * mm
_TICKS = ((10, 5.0), (5, 3.5), (1, 2.0))
"""Every so many millimetres a mark of this length."""
_SMALL = 9.0
_TITLE = "打印测试页"
_TEXTS = (
    "一、打印时选“实际大小”，不选“适合页面”“缩放以适合纸张”。",
    "二、用直尺量方框外沿：宽应为 156 毫米，高应为 225 毫米。",
    "三、量方框到纸边：左边应为 28 毫米，上边应为 37 毫米。",
    "四、相差都在 1 毫米以内的，这台打印机可以用来印制公文。",
    "五、宽和高都短了同样的比例的，是打印时缩小了，请改打印设置。",
    "六、只有边距不对的，请在打印机属性里校正进纸位置。",
)


def test_page(dated: dt.date) -> bytes:
    """Return the page; the date is for its properties only."""
    file = PdfFile(bundled())
    sheet = Sheet(file)
    sheet.frame(LEFT, TOP, CORE_WIDTH, CORE_HEIGHT, _LINE * 2)
    _draw_rulers(sheet)
    _draw_cross(sheet)
    width = sheet.text_width(_TITLE, Role.TITLE, 22)
    sheet.text(LEFT + (CORE_WIDTH - width) / 2, TOP + 30 * mm, _TITLE, 22, Role.TITLE)
    for k, text in enumerate(_TEXTS):
        sheet.text(LEFT + 14 * mm, TOP + 52 * mm + k * SIZE_3 * 1.6, text, 12.5)
    sheet.close()
    return file.finish(Properties(_TITLE, "", "", "", dated))


def _draw_rulers(sheet: Sheet) -> None:
    """Millimetres along the upper and the left edge of the type area, from its corner."""
    for k in range(157):
        length = next(long for step, long in _TICKS if k % step == 0) * mm
        x = LEFT + k * mm
        sheet.upright(x, TOP, TOP + length, _LINE)
        if k % 10 == 0 and 0 < k < 150:
            _number(sheet, x, TOP + length + 1.0 * mm, k)
    for k in range(226):
        length = next(long for step, long in _TICKS if k % step == 0) * mm
        y = TOP + k * mm
        sheet.rule(y - _LINE / 2, _LINE, LEFT, length)
        if k % 10 == 0 and 10 < k < 220:
            sheet.text(LEFT + length + 0.8 * mm, y - _SMALL / 2, str(k), _SMALL, Role.SONG)


def _number(sheet: Sheet, x: float, top: float, value: int) -> None:
    width = sheet.text_width(str(value), Role.SONG, _SMALL)
    sheet.text(x - width / 2, top, str(value), _SMALL, Role.SONG)


def _draw_cross(sheet: Sheet) -> None:
    """Lines from the type area to the edges of the paper, to see how far the printer reaches."""
    middle, centre = TOP + CORE_HEIGHT / 2, LEFT + CORE_WIDTH / 2
    for x, width in ((0.0, LEFT), (RIGHT, PAGE_WIDTH - RIGHT)):
        sheet.rule(middle, _LINE, x, width)
    for top, bottom in ((0.0, TOP), (BOTTOM, PAGE_HEIGHT)):
        sheet.upright(centre, top, bottom, _LINE)
    words = f"版心 {CORE_WIDTH / mm:.0f} × {CORE_HEIGHT / mm:.0f} 毫米"
    width = sheet.text_width(words, Role.BODY, 12.5)
    sheet.text(centre - width / 2, BOTTOM - 16 * mm, words, 12.5)
