"""An office page with one field that always has the keyboard, and what the file says to it."""

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.common import theme
from desktop.ui.common.bars import MessageBar
from desktop.ui.common.labels import button, card, label
from desktop.ui.common.record import Facts
from desktop.ui.context import Context
from desktop.ui.office.page import OfficePage


@dataclass(frozen=True, slots=True)
class AskWords:
    """The words of such a page: its head, its field, its button, the heading of what was found."""

    title: str
    said: str
    field: str
    sample: str
    ask: str
    found: str


class AskPage(OfficePage):
    """Something is typed or scanned, the answer stands below, the next one may come at once."""

    def __init__(
        self, context: Context, name: str, words: AskWords, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, words.title, words.said, parent)
        self.context = context
        self.input = QLineEdit()
        self.input.setObjectName(f"{name}.input")
        self.input.setAccessibleName(words.field)
        self.input.setPlaceholderText(words.sample)
        self.ask_button = button(words.ask, "primary", "search")
        self.ask_button.setObjectName(f"{name}.ask")
        self.input.returnPressed.connect(self.ask)
        self.ask_button.clicked.connect(self.ask)
        self.verdict = MessageBar()
        self.verdict.setObjectName(f"{name}.verdict")
        self.facts = Facts()
        self.facts.setObjectName(f"{name}.facts")
        self.card = card()
        #: What stands in the card with the facts, and below it.
        self.inside, self.below = QVBoxLayout(self.card), QVBoxLayout()
        self._lay_out(words.found)
        self.setFocusProxy(self.input)

    def reload(self) -> None:
        """The next one may come at once."""
        self.input.setFocus()

    def has_unsaved(self) -> bool:
        """Nothing is kept here."""
        return False

    def look_up(self, typed: str) -> None:
        """Ask the file."""
        raise NotImplementedError

    def ask(self) -> None:
        """Look up what was typed; the field is ready for the next."""
        typed = self.input.text()
        if typed.strip():
            self.input.selectAll()
            self.look_up(typed)

    def _lay_out(self, found: str) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(self.input, 1)
        line.addWidget(self.ask_button)
        self.inside.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        self.inside.setSpacing(theme.MEDIUM)
        self.inside.addWidget(label(found, "heading"))
        self.inside.addWidget(self.facts)
        self.card.hide()
        column = QWidget()
        column.setMaximumWidth(theme.em(60))
        stack = QVBoxLayout(column)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme.MEDIUM)
        stack.addLayout(line)
        stack.addWidget(self.verdict)
        stack.addWidget(self.card)
        stack.addLayout(self.below)
        stack.addStretch(1)
        self.body.addWidget(column, 1)
