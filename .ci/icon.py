"""Draws the program's icon for Windows from the scales of its own icons: python .ci/icon.py."""

import os
import struct
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QLinearGradient, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
ICON = ICONS / "sunlight.ico"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
TOP, BOTTOM, SIGN = "#2b73c4", "#164f90", "#ffffff"


def draw(size: int) -> QImage:
    """The scales in white on a rounded plate, for one size in pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shade = QLinearGradient(0, 0, 0, size)
    shade.setColorAt(0, QColor(TOP))
    shade.setColorAt(1, QColor(BOTTOM))
    painter.setBrush(shade)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.2, size * 0.2)
    # The smallest ones need the whole plate, or the strokes run together.
    margin = round(size * (0.06 if size <= 24 else 0.14))
    scales = (ICONS / "scales.svg").read_text("utf-8")
    coloured = scales.replace("<path ", f'<path fill="{SIGN}" ')
    side = size - 2 * margin
    QSvgRenderer(QByteArray(coloured.encode())).render(painter, QRectF(margin, margin, side, side))
    painter.end()
    return image


def png(image: QImage) -> bytes:
    """The picture as a PNG."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(content.data())


def ico(pictures: "dict[int, bytes]") -> bytes:
    """The icon file that holds these PNGs; a side of 256 is written as 0."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    at = len(head) + 16 * len(pictures)
    entries = b""
    for size, content in pictures.items():
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(content), at)
        at += len(content)
    return head + entries + b"".join(pictures.values())


def main() -> int:
    """Draw every size and write the file."""
    application = QGuiApplication(sys.argv[:1])
    ICON.write_bytes(ico({size: png(draw(size)) for size in SIZES}))
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
