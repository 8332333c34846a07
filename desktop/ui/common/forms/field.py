"""What every field of a form declares, and what every editor of a field can do."""

from collections.abc import Sequence
from dataclasses import KW_ONLY
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.common.early import let_focus
from frozen import dataclass


class Editor(QWidget):
    """The input of one field. It keeps whatever was typed, also what cannot be read."""

    edited = Signal()

    def value(self) -> object:
        """What was entered, or the blank value where it cannot be read."""
        raise NotImplementedError

    def set_value(self, value: object) -> None:
        """Show a value; None is blank."""
        raise NotImplementedError

    def blank(self) -> object:
        """The value of an empty input."""
        return ""

    def state(self) -> object:
        """What is on screen, readable or not; two equal states hold the same work."""
        return self.value()

    def kept(self) -> object:
        """What a draft keeps of it, readable or not; `restore` shows that again."""
        return self.value()

    def restore(self, kept: object) -> None:
        """Show what a draft kept."""
        self.set_value(kept)

    def words(self) -> str:
        """What is on screen as one would read it out; empty when there is nothing."""
        value = self.value()
        return value if isinstance(value, str) else ""

    def problem(self) -> str:
        """Why the input cannot be read, as a sentence; empty when it can."""
        return ""

    def target(self) -> QWidget:
        """The widget that takes the keyboard when the field is entered."""
        return self

    def set_faulty(self, faulty: bool) -> None:
        """Draw the red edge, or take it away."""
        mark(self.target(), faulty=faulty)

    def editors(self) -> Sequence[QWidget]:
        """Every widget the label's name and hint apply to."""
        return (self.target(),)


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled input; `label` may hold a mnemonic: 收到日期(&D)."""

    key: str
    label: str
    _: KW_ONLY
    required: bool = False
    hint: str = ""

    def editor(self, today: date) -> Editor:
        """Make the input; `today` gives meaning to 今天 and to dates without a year."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under a heading of their own that can be folded away."""

    title: str
    fields: Sequence[Field]
    folded: bool = True


def mark(widget: QWidget, *, faulty: bool) -> None:
    """Let the style sheet draw the red edge of a faulty input."""
    if bool(widget.property("faulty")) != faulty:
        widget.setProperty("faulty", faulty)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def follow(editor: Editor, target: QWidget) -> None:
    """Pass the keyboard of an editor on to the widget inside it."""
    editor.setFocusProxy(target)
    let_focus(editor)
