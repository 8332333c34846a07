"""A part of a form under a heading that can be folded away."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import icons, theme
from desktop.ui.common.forms.cell import Cell
from desktop.ui.common.forms.field import Section
from desktop.ui.common.labels import Elided, button, plain, rule


class SectionBox(QWidget):
    """The heading, a button that folds, and the cells below it."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self._title = section.title
        self._cells: list[Cell] = []
        self._folded = section.folded
        self.toggle = button(section.title, "flat", "chevron_right")
        self.toggle.clicked.connect(lambda: self.set_folded(folded=not self._folded))
        self.toggle.setMinimumWidth(theme.em(8))  # a long heading does not widen the form
        self._names = Elided(tone="quiet")
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        head.addWidget(self.toggle)
        head.addWidget(self._names, 1)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.MEDIUM)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.SMALL)
        whole.addWidget(rule())
        whole.addLayout(head)
        whole.addWidget(self._body)
        self.set_folded(folded=section.folded)

    def add(self, cell: Cell) -> None:
        """Put a cell at the end of the section."""
        self._cells.append(cell)
        self._column.addWidget(cell)
        cell.edited.connect(lambda _key: self._tell())
        self._tell()

    def folded(self) -> bool:
        """Whether the fields are folded away."""
        return self._folded

    def set_folded(self, *, folded: bool) -> None:
        """Fold the fields away or show them."""
        self._folded = folded
        self._body.setVisible(not folded)
        icons.dress(self.toggle, "chevron_right" if folded else "chevron_down", "quiet")
        said = _("展开") if folded else _("收起")
        self.toggle.setAccessibleName(f"{plain(self._title)}（{said}）")
        self.toggle.setToolTip(said)
        self._tell()

    def _tell(self) -> None:
        """While folded, say what is inside."""
        names = _("、").join(plain(cell.field.label) for cell in self._cells if cell.field.label)
        self._names.set_text(names if self._folded else "")

    def focus(self) -> None:
        """Put the keyboard on the heading."""
        self.toggle.setFocus(Qt.FocusReason.OtherFocusReason)
