"""What the responsibility table says of one person, shown between the inputs of 责任区分."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.forms import Editor, Field
from desktop.ui.common.labels import card, label, selectable
from desktop.ui.common.palette import Status
from desktop.ui.common.pills import Pill


@dataclass(frozen=True, slots=True)
class Said:
    """The proposal in words: a pill, the headline, the text it rests on, what is missing."""

    pill: str
    status: Status
    headline: str
    text: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class ProposalField(Field):
    """A read-only card; `set_value` takes a `Said`. It has no value of its own."""

    def editor(self, today: date) -> Editor:
        return ProposalEditor()


class ProposalEditor(Editor):
    """The card with the proposal of the table."""

    def __init__(self) -> None:
        super().__init__()
        self._pill = Pill("")
        self._headline = label("", "strong", wrap=True)
        self._text = selectable("", "quiet")
        self._missing = label("", "error", wrap=True)
        frame = card()
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        head.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._headline, 1)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        inside.setSpacing(theme.TIGHT)
        inside.addLayout(head)
        inside.addWidget(self._text)
        inside.addWidget(self._missing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.set_value(None)

    def value(self) -> object:
        return None

    def blank(self) -> object:
        return None

    def state(self) -> object:
        return None

    def target(self) -> QWidget:
        return self

    def set_value(self, value: object) -> None:
        said = value if isinstance(value, Said) else None
        self._pill.setVisible(said is not None)
        self._text.setVisible(bool(said and said.text))
        self._missing.setVisible(bool(said and said.missing))
        if said is None:
            self._headline.setText(_("先选定行为是怎样作出的，规则的建议会显示在这里。"))
            return
        self._pill.set(said.pill, said.status)
        self._headline.setText(said.headline)
        self._text.setText(said.text)
        self._missing.setText(said.missing)

    def restore(self, kept: object) -> None:
        """What the table says follows from the other fields."""

    def text(self) -> str:
        """Everything the card says, for tests and screen readers."""
        shown = (self._pill.text(), self._headline.text(), self._text.text(), self._missing.text())
        return " ".join(part for part in shown if part)
