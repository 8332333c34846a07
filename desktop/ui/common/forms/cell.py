"""One line of a form: label, input, hint and the fault under it."""

from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import icons, theme
from desktop.ui.common.forms.field import Editor, Field
from desktop.ui.common.labels import label, plain


class Cell(QWidget):
    """A labelled input; the label stands beside it, or above it where the form is narrow.

    Hint and fault are made with their first words: a long form is there in three quarters of the time.
    """

    edited = Signal(str)  # the key

    def __init__(self, field: Field, today: date) -> None:
        super().__init__()
        self.field = field
        self.editor: Editor = field.editor(today)
        self._label = QLabel(field.label)
        self._star: QLabel | None = label("*", "error") if field.required else None
        self._hint: QLabel | None = None
        self._error: _ErrorLine | None = None
        self._side = self._lay_out_side()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self._side, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self._box.addLayout(self._column, 1)
        self._column.addWidget(self.editor)
        self.set_hint(field.hint)
        self._name()
        self.editor.edited.connect(self._on_edit)

    def _lay_out_side(self) -> QWidget:
        side = QWidget()
        row = QHBoxLayout(side)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._label, 0 if self._star is not None else 1)
        if self._star is not None:
            row.addWidget(self._star)
            row.addStretch(1)
        self._label.setWordWrap(True)
        self._label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        return side

    def _name(self) -> None:
        """Tell screen readers and the mnemonic which input the label belongs to."""
        name = plain(self.field.label)
        self._label.setBuddy(self.editor.target())
        for widget in self.editor.editors():
            widget.setAccessibleName(widget.accessibleName() or name)
            widget.setAccessibleDescription(self._described())
        if self.editor.target() is not self.editor:
            self.editor.setAccessibleName(name)

    def _described(self) -> str:
        parts = (_("必填") if self.field.required else "", self.hint(), self.fault())
        return " ".join(part for part in parts if part)

    def label_width(self) -> int:
        """The width the label wants on one line."""
        shown = self._label.fontMetrics().horizontalAdvance(self._label.text().replace("&", ""))
        star = self._star.fontMetrics().horizontalAdvance("*") + 2 if self._star is not None else 0
        return shown + star + theme.SMALL

    def set_side(self, width: int, *, beside: bool) -> None:
        """Put the label beside the input in a column of `width` pixels, or above it."""
        if beside:
            self._box.setDirection(QBoxLayout.Direction.LeftToRight)
            self._box.setSpacing(theme.MEDIUM)
            self._side.setFixedWidth(width)
            # a label that fits must not break before its (R): Qt would, to be on the safe side
            self._label.setWordWrap(self.label_width() > width)
            self._side.setContentsMargins(0, theme.px(5), 0, 0)
        else:
            self._box.setDirection(QBoxLayout.Direction.TopToBottom)
            self._box.setSpacing(2)
            self._label.setWordWrap(True)
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(1 << 20)
            self._side.setContentsMargins(0, 0, 0, 0)

    def show_fault(self, sentence: str) -> None:
        """Show a fault under the input, or take it away with an empty sentence."""
        if self._error is None and sentence:
            self._error = _ErrorLine()
            self._column.addWidget(self._error)
        if self._error is not None:
            self._error.tell(sentence)
        self.editor.set_faulty(bool(sentence))
        for widget in self.editor.editors():
            widget.setAccessibleDescription(self._described())

    def fault(self) -> str:
        """The fault shown."""
        return self._error.text() if self._error is not None else ""

    def set_hint(self, text: str) -> None:
        """Show another hint."""
        if self._hint is None and text:
            self._hint = label("", "hint", wrap=True)
            self._column.insertWidget(1, self._hint)  # under the input, above a fault
        if self._hint is not None:
            self._hint.setText(text)
            self._hint.setVisible(bool(text))

    def hint(self) -> str:
        """The hint shown."""
        return self._hint.text() if self._hint is not None else ""

    def _on_edit(self) -> None:
        if self.fault():
            self.show_fault("")
        self.edited.emit(self.field.key)


class _ErrorLine(QWidget):
    """A red sentence with an icon, so that colour is not the only sign."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QLabel()
        self._text = label("", "error", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.TIGHT)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        theme.on_change(self._renew)
        self._renew()
        self.hide()

    def tell(self, sentence: str) -> None:
        self._text.setText(sentence)
        self.setVisible(bool(sentence))

    def text(self) -> str:
        return self._text.text()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._renew()
        super().changeEvent(event)

    def _renew(self) -> None:
        tone = theme.colours().error
        self._picture.setPixmap(icons.pixmap("error", tone, theme.px(14), self.devicePixelRatio()))
