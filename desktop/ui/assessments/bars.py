"""The block profile of a unit: name, calm bar, points of full points, and the note below."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.flow import clear
from desktop.ui.common.labels import label, rule, selectable
from desktop.usecases.assessments import show


@dataclass(frozen=True, slots=True)
class BlockScore:
    """One block as the profile shows it; ``points`` None is not yet scored."""

    name: str
    points: Decimal | None
    full: Decimal
    note: str = ""


class Profile(QWidget):
    """All blocks of one unit and the total below them."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.MEDIUM)
        self._grid.setVerticalSpacing(theme.SMALL)
        self._grid.setColumnStretch(1, 1)
        theme.on_change(self._fit)
        self._fit()

    def show_blocks(self, blocks: Sequence[BlockScore]) -> None:
        """Show these blocks and add them up."""
        clear(self._grid)
        at = 0
        for block in blocks:
            self._add_line(at, block)
            at += 1
            if block.note:
                self._grid.addWidget(selectable(block.note, "hint"), at, 1, 1, 2)
                at += 1
        self._grid.addWidget(rule(), at, 0, 1, 3)
        given = [block.points for block in blocks if block.points is not None]
        total = BlockScore(
            _("总分"),
            sum(given, Decimal(0)) if given else None,
            sum((block.full for block in blocks), Decimal(0)),
        )
        self._add_line(at + 1, total, "strong")

    def _fit(self) -> None:
        """Longer bars say no more and are harder to compare."""
        self.setMaximumWidth(theme.em(38))

    def _add_line(self, at: int, block: BlockScore, role: str = "") -> None:
        if block.points is None:
            words = _("未评分 / {full}").format(full=show(block.full))
        else:
            words = f"{show(block.points)} / {show(block.full)}"
        share = 0.0 if block.points is None else float(block.points / block.full)
        number = label(words, role or ("quiet" if block.points is None else ""))
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        name = label(block.name, role, wrap=False)
        name.setAccessibleName(f"{block.name} {words}")
        self._grid.addWidget(name, at, 0)
        self._grid.addWidget(Bar(share), at, 1)
        self._grid.addWidget(number, at, 2)


class Bar(QWidget):
    """A share from 0 to 1 as a quiet bar; the number stands beside it."""

    def __init__(self, share: float = 0.0) -> None:
        super().__init__()
        self._share = share
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.on_change(self.update)

    def set_share(self, share: float) -> None:
        """Show another share."""
        self._share = share
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(8), theme.px(6))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(4), theme.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tones = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        radius = whole.height() / 2
        painter.setBrush(QColor(tones.line))
        painter.drawRoundedRect(whole, radius, radius)
        if self._share > 0:
            part = QRectF(whole)
            part.setWidth(max(whole.height(), whole.width() * min(self._share, 1.0)))
            painter.setBrush(QColor(tones.accent))
            painter.drawRoundedRect(part, radius, radius)
