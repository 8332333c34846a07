"""The input of a password: hidden or shown, without input method, telling of Caps Lock."""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import icons, theme
from desktop.ui.common.early import hint_password, let_focus
from desktop.ui.common.forms.field import Editor, follow
from desktop.ui.common.labels import label, tool


class PasswordLine(QLineEdit):
    """One hidden line; ``caps(on)`` as soon as a letter shows how Caps Lock stands."""

    caps = Signal(bool)

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self._painted = False
        self.setAccessibleName(name or _("密码"))
        self.show_text(shown=False)

    def show_text(self, *, shown: bool) -> None:
        """Show what is typed, or dots."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        hint_password(self)
        if self._painted or shown:
            self._leave_out_input_method()

    def _leave_out_input_method(self) -> None:
        """Also a shown password is typed letter by letter: a candidate window would keep it."""
        from PySide6.QtCore import Qt  # too dear before the first paint

        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._leave_out_input_method)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtCore import Qt

        text = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps.emit(False)  # it is about to change; the next letter tells
        elif len(text) == 1 and text.isalpha() and text.isascii():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps.emit(text.isupper() != shift)
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.caps.emit(False)
        super().focusOutEvent(event)


class PasswordEditor(Editor):
    """A password line with the eye beside it and the Caps Lock hint below."""

    def __init__(self, name: str = "", width: int = 16) -> None:
        super().__init__()
        self._width = width
        self.line = PasswordLine(name)
        self.line.textChanged.connect(lambda: self.edited.emit())
        self.line.caps.connect(self._tell_caps)
        self.eye = tool("eye", _("显示密码"), self._turn)
        let_focus(self.eye, False)
        self._caps = label(_("大写锁定（Caps Lock）开着。"), "hint")
        self._caps.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.TIGHT)
        row.addWidget(self.line, 0 if width else 1)
        row.addWidget(self.eye)
        if width:
            row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._caps)
        follow(self, self.line)
        self._fit()

    def value(self) -> object:
        return self.line.text()

    def set_value(self, value: object) -> None:
        self.line.setText("" if value is None else str(value))
        self._set_shown(shown=False)

    def target(self) -> QWidget:
        return self.line

    def caps_shown(self) -> bool:
        """Whether the hint about Caps Lock is shown."""
        return not self._caps.isHidden()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        if self._width:
            self.line.setFixedWidth(theme.em(self._width) + theme.WIDE)

    def _turn(self) -> None:
        self._set_shown(shown=self.line.echoMode() == QLineEdit.EchoMode.Password)

    def _set_shown(self, *, shown: bool) -> None:
        self.line.show_text(shown=shown)
        icons.dress(self.eye, "eye_off" if shown else "eye", "quiet")
        name = _("隐藏密码") if shown else _("显示密码")
        self.eye.setToolTip(name)
        self.eye.setAccessibleName(name)

    def _tell_caps(self, on: bool) -> None:
        self._caps.setVisible(on)
