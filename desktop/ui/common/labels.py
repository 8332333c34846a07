"""Labels that wrap, elide or lead somewhere, so that no text is cut off silently."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from desktop.ui.common import icons, theme
from desktop.ui.common.early import let_focus, show_plain


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A plain-text label; roles are those of the style sheet (title, heading, quiet, hint…)."""
    made = QLabel(text)
    show_plain(made)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def selectable(text: str = "", role: str = "") -> QLabel:
    """A wrapping label whose text can be marked and copied with mouse or keyboard."""
    from PySide6.QtCore import Qt

    made = label(text, role, wrap=True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return made


def button(text: str, role: str = "", icon: str = "", tone: str = "") -> QPushButton:
    """A push button; roles: primary, flat, link, chip, or none for the usual one."""
    made = QPushButton(text)
    made.setAccessibleName(plain(text))
    if role:
        made.setProperty("role", role)
    if icon:
        usual = {"primary": "on_accent", "link": "link"}.get(role, "text")
        icons.dress(made, icon, tone or usual)
    return made


def tool(icon: str, name: str, slot: Callable[[], object] | None = None) -> QToolButton:
    """A button that is only an icon; its name is tooltip and accessible name."""
    made = QToolButton()
    icons.dress(made, icon, "quiet")
    made.setToolTip(name)
    made.setAccessibleName(plain(name))
    let_focus(made)
    if slot is not None:
        made.clicked.connect(lambda: slot())
    return made


def rule() -> QFrame:
    """A thin horizontal line."""
    made = QFrame()
    made.setProperty("role", "line")
    made.setFixedHeight(1)
    return made


def card() -> QFrame:
    """A frame with a calm border on the base colour."""
    made = QFrame()
    made.setProperty("role", "card")
    return made


def plain(text: str) -> str:
    """The text without mnemonic: `保存(&S)` is 保存, `A&&B` is A&B."""
    kept = text.replace("&&", "\0")
    at = kept.find("(&")
    if at >= 0 and kept[at + 3 : at + 4] == ")":
        kept = kept[:at] + kept[at + 4 :]
    return kept.replace("&", "").replace("\0", "&").strip()


class Elided(QWidget):
    """One line of text that ends in … when there is no room; the tooltip has it whole."""

    def __init__(self, text: str = "", tone: str = "text", parent: QWidget | None = None) -> None:
        """`tone` names a colour of the scheme."""
        super().__init__(parent)
        self._text = ""
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._renew()
        theme.on_change(self._renew)
        self.set_text(text)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = " ".join(text.split())
        self.setAccessibleName(self._text)
        self.setToolTip(self._text)
        self.updateGeometry()
        self.update()

    def set_tone(self, tone: str) -> None:
        """Write in another colour of the scheme."""
        self._tone = tone
        self._renew()

    def _renew(self) -> None:
        """The colour in force is that of the palette: a painter begins with it."""
        palette = self.palette()
        palette.setColor(self.foregroundRole(), QColor(getattr(theme.colours(), self._tone)))
        self.setPalette(palette)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(min(self.sizeHint().width(), theme.em(4)), metrics.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        metrics, shown = painter.fontMetrics(), self._text
        if metrics.horizontalAdvance(shown) > self.width():
            from PySide6.QtCore import Qt

            shown = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, self.width())
        line = (self.height() - metrics.height()) // 2 + metrics.ascent()
        painter.drawText(0, line, shown)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)


def press_with_enter(event: QKeyEvent) -> bool:
    """Let Enter press the button that has the keyboard; False where the key is another."""
    from PySide6.QtCore import Qt

    holder = QApplication.focusWidget()
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    if not enter or event.modifiers() or not isinstance(holder, QPushButton):
        return False
    holder.click()
    return True
