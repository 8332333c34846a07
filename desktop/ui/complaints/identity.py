"""Who complained: masked until a clerk asks, and masked again as soon as the record is left."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import icons, theme
from desktop.ui.common.flow import clear
from desktop.ui.common.labels import button, label, selectable
from desktop.usecases.records import Complainant


class Complainants(QWidget):
    """The mask with 查看; `wanted` asks for the names, which come by `reveal`."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._mask = label()
        self._look = button(_("查看"), "link", "eye")
        self._look.setObjectName("complaints.reveal")
        self._look.setAccessibleName(_("查看投诉举报人"))
        self._look.clicked.connect(self._toggle)
        self._people = QVBoxLayout()
        self._people.setSpacing(theme.TIGHT)
        self._open = False
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(self._mask)
        line.addWidget(self._look)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TIGHT)
        column.addLayout(line)
        column.addLayout(self._people)

    def show_mask(self, count: int) -> None:
        """Say how many complained; nobody's name."""
        self._open = False
        clear(self._people)
        if count:
            self._mask.setText(_("●●●　共 {n} 人，已隐去").format(n=count))
        else:
            self._mask.setText(_("匿名，没有登记"))
        self._look.setVisible(count > 0)
        self._say()

    def reveal(self, people: Sequence[Complainant]) -> None:
        """Show them, once the look was written down."""
        self._open = True
        clear(self._people)
        self._mask.setText(_("共 {n} 人").format(n=len(people)))
        for person in people:
            parts = [person.name, person.phone, person.address]
            self._people.addWidget(selectable("　".join(part for part in parts if part)))
        self._say()

    def text(self) -> str:
        """Everything on screen."""
        rows = (self._people.itemAt(at) for at in range(self._people.count()))
        shown = [item.widget() for item in rows if item is not None]
        return "\n".join([self._mask.text(), *(w.text() for w in shown if hasattr(w, "text"))])

    def is_open(self) -> bool:
        """Whether names are on screen."""
        return self._open

    def _toggle(self) -> None:
        if self._open:
            count = self._people.count()
            self.show_mask(count)
        else:
            self.wanted.emit()

    def _say(self) -> None:
        self._look.setText(_("隐去") if self._open else _("查看"))
        icons.dress(self._look, "eye_off" if self._open else "eye", "link")
