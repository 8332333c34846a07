"""The field of number words: for each kind of letter what stands between mark and year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.forms.field import Editor, Field, follow, mark
from desktop.ui.common.labels import label
from desktop.usecases.letters import SERIES, TITLES

_ROW = 32


@dataclass(frozen=True, slots=True)
class SeriesField(Field):
    """A word for each kind, with the number that comes of it beside; the value is a mapping."""

    def editor(self, today: date) -> Editor:
        return SeriesEditor(today)


class SeriesEditor(Editor):
    """Lines of kind, word and example."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._mark = ""
        self._lines: dict[str, QLineEdit] = {}
        self._examples: dict[str, QLabel] = {}
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.MEDIUM)
        grid.setVerticalSpacing(theme.TIGHT)
        grid.setColumnStretch(2, 1)
        for at, (kind, word) in enumerate(SERIES.items()):
            line = QLineEdit(word)
            line.setAccessibleName(_("{kind}的编号用字").format(kind=TITLES[kind]))
            line.setObjectName(f"series.{kind}")
            line.textChanged.connect(self._tell)
            example = label("", "quiet")
            grid.addWidget(label(TITLES[kind]), at, 0)
            grid.addWidget(line, at, 1)
            grid.addWidget(example, at, 2, Qt.AlignmentFlag.AlignLeft)
            self._lines[kind], self._examples[kind] = line, example
        follow(self, next(iter(self._lines.values())))
        theme.on_change(self._renew)
        self._renew()
        self._show_examples()

    def _renew(self) -> None:
        """Keep room for the inputs; while the section is folded nobody has asked for their size."""
        for at, line in enumerate(self._lines.values()):
            line.setFixedWidth(theme.em(7))
            self._grid.setRowMinimumHeight(at, theme.px(_ROW))

    def set_mark(self, words: str) -> None:
        """Show the examples with another mark (机关代字)."""
        self._mark = words
        self._show_examples()

    def value(self) -> object:
        return {kind: line.text().strip() for kind, line in self._lines.items()}

    def set_value(self, value: object) -> None:
        given = value if isinstance(value, Mapping) else {}
        for kind, line in self._lines.items():
            line.setText(str(given.get(kind) or SERIES[kind]))

    def blank(self) -> object:
        return dict(SERIES)

    def state(self) -> object:
        return tuple(line.text() for line in self._lines.values())

    def target(self) -> QWidget:
        return next(iter(self._lines.values()))

    def set_faulty(self, faulty: bool) -> None:
        if not faulty:
            self.mark_kinds(())

    def mark_kinds(self, kinds: tuple[str, ...]) -> None:
        """Draw the red edge of these kinds' inputs."""
        for kind, line in self._lines.items():
            mark(line, faulty=kind in kinds)

    def example(self, kind: str) -> str:
        """The number shown beside a kind."""
        return self._examples[kind].text()

    def _tell(self) -> None:
        self._show_examples()
        self.edited.emit()

    def _show_examples(self) -> None:
        for kind, line in self._lines.items():
            word = self._mark + line.text().strip()
            self._examples[kind].setText(f"{word}〔{self._today.year}〕1号")
