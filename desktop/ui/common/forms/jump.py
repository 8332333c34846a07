"""Going to a line of a combo box by typing: its characters, its spelling or its initials."""

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox

from desktop.ui.common import spelling

#: Who stops typing so long (milliseconds) begins anew; spelling takes longer than plain letters.
PAUSE = 1_500
_HELD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def place_of(typed: str, lines: Sequence[str], start: int) -> int:
    """Return the line that is meant by what is typed, or -1.

    What begins so comes before what only holds it; of several the next one from ``start`` on, in
    a round. One letter alone is a beginning.
    """
    part = "".join(unicodedata.normalize("NFKC", typed).casefold().split())
    if not part:
        return -1
    holding = -1
    for step in range(len(lines)):
        at = (start + step) % len(lines)
        words = (lines[at].casefold(), *_spelled(part, lines[at]))
        if any(word.startswith(part) for word in words):
            return at
        if holding < 0 and len(part) > 1 and any(part in word for word in words):
            holding = at
    return holding


def _spelled(part: str, line: str) -> Sequence[str]:
    return () if not part.isascii() or line.isascii() else spelling.spellings(line)


class Jump(QObject):
    """Takes the keys of a closed combo box, and of its list while that is open.

    An input method is listened to as well: the letters it is still composing, and what it writes.
    """

    def __init__(self, combo: QComboBox) -> None:
        """Listen to a combo box."""
        super().__init__(combo)
        self._combo = combo
        self._typed = ""
        self._stray = ""  # what was typed after it and fits nothing
        self._composing = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(PAUSE)
        self._rest.timeout.connect(self._forget)

    def takes(self, event: QKeyEvent) -> bool:
        """Go where a key leads; False if it is a key for something else."""
        text = event.text()
        if event.key() == Qt.Key.Key_Backspace and (self._typed or self._stray):
            if self._stray:
                self._stray = self._stray[:-1]
            else:
                self._typed = self._typed[:-1]
            self._go(self._typed, on=False)
            return True
        if not text.isprintable() or not text.strip() or event.modifiers() & _HELD:
            if text.strip() or event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock):
                self._forget()
            return False
        self._type(text)
        return True

    def compose(self, event: QInputMethodEvent) -> None:
        """Go where an input method leads: by its letters so far, then by what it writes."""
        letters = "".join(ch for ch in event.preeditString() if ch.isalnum())
        if written := event.commitString():
            if self._composing:  # the letters led there already; the characters may lead further
                self._typed = self._stray = ""
            self._composing = False
            self._type(written)
        elif letters:
            self._go(letters, on=not self._composing)
            self._composing = True
        else:
            self._composing = False
        event.accept()

    def listen(self) -> None:
        """Listen to the list that has just been opened."""
        view = self._combo.view()
        view.removeEventFilter(self)
        view.installEventFilter(self)
        view.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self.takes(event)
        if isinstance(event, QInputMethodEvent):
            self.compose(event)
            return True
        return super().eventFilter(watched, event)

    # -- inside --------------------------------------------------------------------------------

    def _type(self, text: str) -> None:
        """Go on with what was typed so far; the same again goes to the next one that fits."""
        if not self._stray and self._go(self._typed + text, on=not self._typed):
            self._typed += text
        elif self._typed and set(self._typed) == {text} and self._go(text, on=True):
            self._typed = text
        else:  # a slip of the finger; what goes on after it is meant by itself
            self._stray += text
            begun = (self._stray[at:] for at in range(len(self._stray)))
            least = 2 if self._typed and text.isascii() else 1
            for part in begun:
                if len(part) >= least and self._go(part, on=False):
                    self._typed, self._stray = part, ""
                    break

    def _go(self, typed: str, *, on: bool) -> bool:
        """Go to the line that is meant, from the one chosen or from the next one on."""
        self._rest.start()
        combo, view = self._combo, self._combo.view()
        open_list = view.isVisible()
        now = view.currentIndex().row() if open_list else combo.currentIndex()
        lines = [combo.itemText(at) for at in range(combo.count())]
        at = place_of(typed, lines, now + 1 if on else max(now, 0))
        if at < 0:
            return False
        if open_list:
            view.setCurrentIndex(combo.model().index(at, combo.modelColumn()))
            view.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        elif at != now:
            combo.setCurrentIndex(at)
            combo.activated.emit(at)
        return True

    def _forget(self) -> None:
        self._typed, self._stray, self._composing = "", "", False
        self._rest.stop()
