"""The checklist of papers: what is there, what is missing, and what it is missing for."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import icons, theme
from desktop.ui.common.flow import clear
from desktop.ui.common.labels import button, label
from desktop.ui.common.palette import Status
from desktop.ui.common.pills import Pill


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One paper or proof: what it is, whether it is there, what is known or missing of it.

    `action` is the text of a button beside a missing one, such as 附上….
    """

    key: str
    text: str
    done: bool
    note: str = ""
    action: str = ""
    needed: bool = True


class ExhibitList(QWidget):
    """One line for each; emits `chosen(key)` from the button of a line."""

    chosen = Signal(str)

    def __init__(self, exhibits: Sequence[Exhibit] = ()) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SMALL)
        self.set_exhibits(exhibits)

    def set_exhibits(self, exhibits: Sequence[Exhibit]) -> None:
        """Show these lines."""
        clear(self._column)
        for one in exhibits:
            self._column.addWidget(self._line(one))

    def _line(self, one: Exhibit) -> QWidget:
        word, status, icon = _state(one)
        frame = QWidget()
        frame.setAccessibleName(f"{one.text} {word} {one.note}")
        picture = QLabel()
        tone = theme.status(status).text
        picture.setPixmap(icons.pixmap(icon, tone, theme.px(18), self.devicePixelRatio()))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(one.text, wrap=True))
        if one.note:
            words.addWidget(label(one.note, "hint", wrap=True))
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(picture, 0, top)
        row.addLayout(words, 1)
        row.addWidget(Pill(word, status), 0, top)
        if one.action:
            act = button(one.action, "link")
            act.setAccessibleName(f"{one.action} {one.text}")
            act.clicked.connect(lambda _on=False: self.chosen.emit(one.key))
            row.addWidget(act, 0, top)
        return frame


def _state(one: Exhibit) -> tuple[str, Status, str]:
    if one.done:
        return _("已有"), Status.DONE, "checkmark_circle"
    if one.needed:
        return _("缺"), Status.TODAY, "circle"
    return _("不需要"), Status.VOID, "prohibited"
