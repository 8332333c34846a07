"""Fields of text: one line, several lines, names with suggestions, numbers, and plain notes."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from desktop.rules import pasted
from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.forms.field import Editor, Field, follow
from desktop.ui.common.forms.pasting import PasteEdit, PasteLine
from desktop.ui.common.labels import label
from desktop.ui.common.spelling import NameCompleter, fits

_TO_HALF_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0E: ".", 0xFF0D: "-"}

_LONGEST = 20  # characters of a wrong number that are repeated


@dataclass(frozen=True, slots=True)
class LineField(Field):
    """One line of text; `width` in Chinese characters, 0 = as wide as the form.

    `narrow`: a telephone or other number; full width digits, pasted or typed, are read as narrow.
    """

    _: KW_ONLY
    width: int = 0
    placeholder: str = ""
    narrow: bool = False

    def editor(self, today: date) -> Editor:
        return LineEditor(self.width, self.placeholder, narrow=self.narrow)


@dataclass(frozen=True, slots=True)
class SuggestField(Field):
    """One line of free text that offers the names already known."""

    _: KW_ONLY
    known: Sequence[str] = ()
    width: int = 0

    def editor(self, today: date) -> Editor:
        made = LineEditor(self.width)
        made.suggest(self.known)
        return made


@dataclass(frozen=True, slots=True)
class TextField(Field):
    """Several lines of text; grows from `lines` to `most` lines."""

    _: KW_ONLY
    lines: int = 3
    most: int = 12
    placeholder: str = ""

    def editor(self, today: date) -> Editor:
        return TextEditor(self.lines, self.most, self.placeholder)


@dataclass(frozen=True, slots=True)
class NumberField(Field):
    """A number: int without decimals, Decimal with; the value is None when empty."""

    _: KW_ONLY
    decimals: int = 0
    unit: str = ""

    def editor(self, today: date) -> Editor:
        return NumberEditor(self.decimals, self.unit)


@dataclass(frozen=True, slots=True)
class NoteField(Field):
    """A read-only sentence between the inputs; it has no value."""

    _: KW_ONLY
    text: str = ""

    def editor(self, today: date) -> Editor:
        return NoteEditor(self.text)


class LineEditor(Editor):
    """One line of text, stripped of spaces at both ends when read."""

    def __init__(self, width: int = 0, placeholder: str = "", *, narrow: bool = False) -> None:
        super().__init__()
        self.line: QLineEdit = PasteLine(narrow=narrow)
        self.line.setPlaceholderText(placeholder)
        self.line.textChanged.connect(lambda: self.edited.emit())
        self._width, self._narrow = width, narrow
        self._known: tuple[str, ...] = ()
        self.line.editingFinished.connect(self._spell_out)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        row.addWidget(self.line)
        if width:
            row.addStretch(1)
        follow(self, self.line)
        self._fit()

    def suggest(self, known: Sequence[str]) -> None:
        """Offer these names; what is typed may be anywhere in them, or in how they are spelled."""
        completer = NameCompleter(known, self.line)
        self.line.setCompleter(completer)
        self._known = tuple(known)
        completer.popup().setItemDelegate(QStyledItemDelegate(completer))
        completer.popup().setProperty("role", "names")

    def _spell_out(self) -> None:
        """Put the name in place of its letters, where they are those of one known name only."""
        typed = self.line.text().strip()
        if not (self._known and typed.isascii() and typed.isalpha()):
            return
        fitting = [name for name in self._known if fits(typed, name)]
        if len(fitting) == 1:
            self.line.setText(fitting[0])

    def value(self) -> object:
        typed = self.line.text().strip()
        return pasted.clean_number(typed) if self._narrow else typed

    def set_value(self, value: object) -> None:
        self.line.setText("" if value is None else str(value))
        self.line.setCursorPosition(0)

    def state(self) -> object:
        return self.line.text()

    def kept(self) -> object:
        return self.line.text()

    def words(self) -> str:
        return self.line.text().strip()

    def target(self) -> QWidget:
        return self.line

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        if self._width:
            self.line.setFixedWidth(theme.em(self._width) + theme.WIDE)


class NumberEditor(LineEditor):
    """A number typed as text, so that a wrong one is kept and can be mended."""

    def __init__(self, decimals: int, unit: str) -> None:
        super().__init__(8, narrow=True)
        self._decimals = decimals
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        if unit:
            layout = self.layout()
            assert isinstance(layout, QHBoxLayout)
            layout.insertWidget(1, label(unit, "quiet"))

    def value(self) -> object:
        number = self._read()
        if number is None:
            return None
        return int(number) if self._decimals == 0 else number

    def blank(self) -> object:
        return None

    def problem(self) -> str:
        text = self.line.text().strip()
        if not text or self._read() is not None:
            return ""
        if self._decimals == 0:
            return _("“{text}”不是整数，请改正。").format(text=_cut(text))
        return _("“{text}”不是数字，或者小数超过 {n} 位，请改正。").format(
            text=_cut(text), n=self._decimals
        )

    def _read(self) -> Decimal | None:
        text = self.line.text().strip().translate(_TO_HALF_WIDTH).replace(",", "")
        try:
            number = Decimal(text)
        except InvalidOperation:
            return None
        if not number.is_finite() or number != round(number, self._decimals):
            return None
        return number


class TextEditor(Editor):
    """Several lines; as tall as its text within limits, then it scrolls."""

    def __init__(self, lines: int = 3, most: int = 12, placeholder: str = "") -> None:
        super().__init__()
        self._lines, self._most = lines, most
        self.text: QPlainTextEdit = PasteEdit()
        self.text.setPlaceholderText(placeholder)
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._changed)
        self.text.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        follow(self, self.text)
        self._grow()

    def value(self) -> object:
        return self.text.toPlainText().strip()

    def set_value(self, value: object) -> None:
        self.text.setPlainText("" if value is None else str(value))

    def state(self) -> object:
        return self.text.toPlainText()

    def kept(self) -> object:
        return self.text.toPlainText()

    def target(self) -> QWidget:
        return self.text

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            QTimer.singleShot(0, self, self._grow)
        return super().eventFilter(watched, event)

    def _changed(self) -> None:
        self._grow()
        self.edited.emit()

    def _grow(self) -> None:
        wanted = int(self.text.document().size().height())
        lines = min(max(wanted, self._lines), self._most)
        spacing = self.text.fontMetrics().lineSpacing()
        frame = 2 * int(self.text.document().documentMargin()) + theme.MEDIUM
        height = lines * spacing + frame
        if self.text.height() != height or self.text.minimumHeight() != height:
            self.text.setFixedHeight(height)


class NoteEditor(Editor):
    """A sentence to read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = label(text, "quiet", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.TIGHT, 0, theme.TIGHT)
        column.addWidget(self._text)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def value(self) -> object:
        return None

    def blank(self) -> object:
        return None

    def state(self) -> object:
        return None

    def restore(self, kept: object) -> None:
        """A note is no work of the clerk's."""

    def set_value(self, value: object) -> None:
        if value is not None:
            self._text.setText(str(value))


def _cut(text: str) -> str:
    """What was typed, no longer than a sentence about it can bear."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
