"""Where a record stands: the few real steps in one line."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.text import N_, _
from desktop.ui.common import theme
from frozen import dataclass


class StepState(StrEnum):
    """How far a step is."""

    DONE = "done"
    CURRENT = "current"
    TODO = "todo"
    VOID = "void"  # 不适用


_SAID = {
    StepState.DONE: N_("已完成"),
    StepState.CURRENT: N_("正在进行"),
    StepState.TODO: N_("未到"),
    StepState.VOID: N_("不适用"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `note` is its tooltip, such as the date it was done."""

    text: str
    state: StepState
    note: str = ""


class Stepper(QWidget):
    """Dots and words joined by lines; begins a new line where there is no room."""

    def __init__(self, steps: Sequence[Step] = ()) -> None:
        super().__init__()
        self._steps: Sequence[Step] = ()
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.on_change(self._renew)
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[Step]) -> None:
        """Show these steps."""
        self._steps = tuple(steps)
        said = (f"{one.text}（{_(_SAID[one.state])}）" for one in self._steps)
        self.setAccessibleName(_("办理步骤"))
        self.setAccessibleDescription(" → ".join(said))
        self._renew()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = max((line for line, _at in self._places(width)), default=0) + 1
        return lines * self._line_height()

    def sizeHint(self) -> QSize:
        width = sum(self._widths()) + self._joint() * max(len(self._steps) - 1, 0)
        return QSize(width, self._line_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(max(self._widths(), default=0), self._line_height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            step = self._step_at(QPointF(event.pos()))
            if step is not None:
                said = step.note or f"{step.text}：{_(_SAID[step.state])}"
                QToolTip.showText(event.globalPos(), said, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        before: tuple[int, float] | None = None
        reached = [step.state in (StepState.DONE, StepState.CURRENT) for step in self._steps]
        for at, (step, (line, x), width) in enumerate(
            zip(self._steps, self._places(self.width()), self._widths(), strict=True)
        ):
            if before is not None and before[0] == line:
                self._join(painter, line, before[1], x, done=any(reached[at:]))
            self._paint(painter, step, QRectF(x, line * self._line_height(), width, 0))
            before = (line, x + width)

    def _join(self, painter: QPainter, line: int, left: float, right: float, *, done: bool) -> None:
        tone = theme.colours().accent if done else theme.colours().line
        painter.setPen(QPen(QColor(tone), 1.5))
        y = (line + 0.5) * self._line_height()
        painter.drawLine(QPointF(left + theme.TIGHT, y), QPointF(right - theme.TIGHT, y))

    def _paint(self, painter: QPainter, step: Step, room: QRectF) -> None:
        tones = theme.colours()
        size = self._dot()
        centre = room.top() + self._line_height() / 2
        dot = QRectF(room.left(), centre - size / 2, size, size).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(tones.faint), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if step.state in (StepState.DONE, StepState.CURRENT):
            painter.setPen(QPen(QColor(tones.accent), 1.5))
        if step.state is StepState.DONE:
            painter.setBrush(QColor(tones.accent))
        painter.drawEllipse(dot)
        self._mark(painter, step, dot)
        font = theme.font(bold=step.state is StepState.CURRENT)
        font.setStrikeOut(step.state is StepState.VOID)
        painter.setFont(font)
        quiet = step.state in (StepState.TODO, StepState.VOID)
        painter.setPen(QColor(tones.quiet if quiet else tones.text))
        left = room.left() + size + theme.TIGHT
        text = QRectF(left, room.top(), room.width(), self._line_height())
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter), step.text)

    def _mark(self, painter: QPainter, step: Step, dot: QRectF) -> None:
        tones = theme.colours()
        if step.state is StepState.CURRENT:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tones.accent))
            inner = dot.width() * 0.22
            painter.drawEllipse(dot.adjusted(inner, inner, -inner, -inner))
        elif step.state is StepState.DONE:
            pen = QPen(QColor(tones.on_accent), dot.width() * 0.13)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            x, y, size = dot.x(), dot.y(), dot.width()
            painter.drawPolyline(
                [
                    QPointF(x + size * 0.27, y + size * 0.52),
                    QPointF(x + size * 0.44, y + size * 0.69),
                    QPointF(x + size * 0.74, y + size * 0.34),
                ]
            )

    def _places(self, width: int) -> list[tuple[int, float]]:
        """Line and left edge of each step in so much room."""
        found: list[tuple[int, float]] = []
        line, x = 0, 0.0
        for wide in self._widths():
            if x and x + wide > width:
                line, x = line + 1, 0.0
            found.append((line, x))
            x += wide + self._joint()
        return found

    def _widths(self) -> list[int]:
        bold = QFontMetrics(theme.font(bold=True))
        return [
            self._dot() + theme.TIGHT + bold.horizontalAdvance(step.text) for step in self._steps
        ]

    def _step_at(self, point: QPointF) -> Step | None:
        height = self._line_height()
        for step, (line, x), width in zip(
            self._steps, self._places(self.width()), self._widths(), strict=True
        ):
            if QRectF(x, line * height, width, height).contains(point):
                return step
        return None

    def _dot(self) -> int:
        return theme.px(14)

    def _joint(self) -> int:
        return theme.px(28)

    def _line_height(self) -> int:
        return theme.px(26)

    def _renew(self) -> None:
        self.updateGeometry()
        self.update()
