"""The head of a record: number, chips, subject."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.common import theme
from desktop.ui.common.flow import FlowLayout, clear
from desktop.ui.common.labels import selectable
from desktop.ui.common.palette import Status
from desktop.ui.common.pills import Pill


@dataclass(frozen=True, slots=True)
class Chip:
    """A word about the record, coloured when it is a status."""

    text: str
    status: Status = Status.VOID


class Header(QWidget):
    """Number and chips on the first line, what it is about below."""

    def __init__(self) -> None:
        super().__init__()
        self._number = selectable("", "title")
        self._number.setWordWrap(False)
        self._subject = selectable("")
        self._origin = selectable("", "quiet")
        self._chips = QWidget()
        self._row = FlowLayout(self._chips, theme.TIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TIGHT)
        first = QWidget()
        line = FlowLayout(first, theme.MEDIUM)
        line.addWidget(self._number)
        line.addWidget(self._chips)
        column.addWidget(first)
        column.addWidget(self._subject)
        column.addWidget(self._origin)

    def show_record(
        self, number: str, subject: str, chips: Sequence[Chip] = (), origin: str = ""
    ) -> None:
        """`origin` is a quiet line such as 信函 · 2026-11-13 收到."""
        self._number.setText(number)
        self._subject.setText(subject)
        self._subject.setVisible(bool(subject))
        self._origin.setText(origin)
        self._origin.setVisible(bool(origin))
        clear(self._row)
        for chip in chips:
            self._row.addWidget(Pill(chip.text, chip.status))
        self._chips.setVisible(bool(chips))
        self.setAccessibleName(" ".join([number, *(chip.text for chip in chips), subject]))
