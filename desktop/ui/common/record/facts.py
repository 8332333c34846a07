"""What is known, as label and value; and the value that is masked until one asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.flow import clear
from desktop.ui.common.labels import button, label, selectable


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value: a text, or a widget such as MaskedValue."""

    label: str
    value: str | QWidget


class Facts(QWidget):
    """Two columns, label and value; values wrap and can be marked and copied."""

    def __init__(self, facts: Sequence[Fact] = ()) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.MEDIUM)
        self._grid.setVerticalSpacing(theme.SMALL)
        self._grid.setColumnStretch(1, 1)
        self._facts: Sequence[Fact] = ()
        self.set_facts(facts)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts; an empty text is shown as —."""
        clear(self._grid)
        self._facts = tuple(facts)
        top = Qt.AlignmentFlag.AlignTop
        for at, fact in enumerate(self._facts):
            self._grid.addWidget(label(fact.label, "quiet", wrap=True), at, 0, top)
            if isinstance(fact.value, QWidget):
                self._grid.addWidget(fact.value, at, 1, top)
            else:
                value = selectable(fact.value or "—")
                value.setAccessibleName(f"{fact.label} {fact.value}")
                self._grid.addWidget(value, at, 1, top)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)

    def text(self, name: str) -> str:
        """The value shown beside a label; empty for a widget or an unknown label."""
        for fact in self._facts:
            if fact.label == name and isinstance(fact.value, str):
                return fact.value
        return ""

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(one.label) for one in self._facts), default=0)
        self._grid.setColumnMinimumWidth(0, min(widest + 2, theme.em(8)))


class MaskedValue(QWidget):
    """A value one may not simply read: its mask, and 查看 beside it; never an empty field."""

    wanted = Signal()

    def __init__(self, name: str, mask: str, *, allowed: bool = True, reason: str = "") -> None:
        """`allowed=False` shows no button but why: `reason`."""
        super().__init__()
        self._name, self._mask = name, mask
        self._text = selectable(mask)
        self._text.setWordWrap(False)
        self.look = button(_("查看"), "link", "eye")
        self.look.setAccessibleName(_("查看{name}").format(name=name))
        if not allowed:
            self.look.hide()
        self.look.clicked.connect(self._toggle)
        self._reason = label(reason, "hint", wrap=True)
        if allowed or not reason:
            self._reason.hide()
        self._open = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        row.addWidget(self._text)
        row.addWidget(self.look)
        row.addWidget(self._reason, 1)
        row.addStretch(1)
        self._say()

    def reveal(self, value: str) -> None:
        """Show the value; called once the look was written down."""
        self._open = True
        self._text.setText(value)
        self.look.setText(_("隐去"))
        self._say()

    def hide_again(self) -> None:
        """Go back to the mask."""
        self._open = False
        self._text.setText(self._mask)
        self.look.setText(_("查看"))
        self._say()

    def text(self) -> str:
        """What is on screen."""
        return self._text.text()

    def _toggle(self) -> None:
        if self._open:
            self.hide_again()
        else:
            self.wanted.emit()

    def _say(self) -> None:
        shown = self._text.text() if self._open else _("已隐去")
        self._text.setAccessibleName(f"{self._name} {shown}")
