"""Messages that need no dialog: the inline bar, the status line with its undo, the working bar."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from desktop.text import _
from desktop.ui.common import icons, theme
from desktop.ui.common.flow import clear
from desktop.ui.common.labels import Elided, button, label, tool
from desktop.ui.common.palette import Status

if TYPE_CHECKING:
    from desktop.ui.common.why import WhyLine


class Tone(StrEnum):
    """How much a message matters."""

    INFO = "info"
    WARN = "warn"
    ERROR = "error"


_ICONS = {Tone.INFO: "info", Tone.WARN: "warning", Tone.ERROR: "error"}
_STATUS = {Tone.INFO: Status.RUNNING, Tone.WARN: Status.SOON, Tone.ERROR: Status.OVERDUE}


class MessageBar(QFrame):
    """A coloured line inside the page: icon, sentence, buttons; hidden until it has something."""

    clicked = Signal(str)  # the key of the button
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.INFO
        self._keys: frozenset[str] = frozenset()
        self._picture = QLabel()
        self._text = label("", wrap=True)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.SMALL)
        self._close: QToolButton | None = None  # made when there is something to dismiss
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.SMALL, theme.SMALL)
        line.setSpacing(theme.SMALL)
        line.addWidget(self._picture)
        line.addWidget(self._text, 1)
        line.addLayout(self._row)
        theme.on_change(self._renew)
        self.hide()

    def tell(
        self,
        tone: Tone,
        sentence: str,
        *actions: tuple[str, str],
        closable: bool = True,
    ) -> None:
        """Show a sentence with buttons given as (key, text); the first one is the safe one."""
        self._tone = tone
        self._keys = frozenset(key for key, _text in actions)
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        clear(self._row)
        for key, text in actions:
            made = button(text)
            made.clicked.connect(lambda _on=False, key=key: self.clicked.emit(key))
            self._row.addWidget(made)
        if closable and self._close is None:
            self._close = tool("dismiss", _("关闭"), self._dismiss)
            line = self.layout()
            assert line is not None
            line.addWidget(self._close)
        if self._close is not None:
            self._close.setVisible(closable)
        self._renew()
        self.show()

    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    def shows(self, key: str) -> bool:
        """Say whether a button with this key stands in the line."""
        return not self.isHidden() and key in self._keys

    def ask_unsaved(self) -> None:
        """Ask whether what was typed may be lost; the answer is `stay` or `drop`."""
        stay, drop = ("stay", _("继续填写")), ("drop", _("放弃"))
        self.tell(Tone.WARN, _("有未保存的内容。"), stay, drop, closable=False)
        self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard on the first button."""
        item = self._row.itemAt(0)
        first = item.widget() if item is not None else None
        if first is not None:
            first.setFocus()

    def clear(self) -> None:
        """Have nothing to say."""
        self._text.clear()
        self.hide()

    def _dismiss(self) -> None:
        self.clear()
        self.dismissed.emit()

    def _renew(self) -> None:
        pair = theme.status(_STATUS[self._tone])
        ground = {
            Tone.INFO: theme.colours().info_soft,
            Tone.WARN: theme.colours().warn_soft,
            Tone.ERROR: theme.colours().error_soft,
        }[self._tone]
        self.setStyleSheet(f"MessageBar {{ background: {ground}; border-radius: 4px; }}")
        self._picture.setPixmap(
            icons.pixmap(_ICONS[self._tone], pair.text, theme.px(18), self.devicePixelRatio())
        )


class StatusLine(QWidget):
    """The message of the last action with 撤销 beside it; the next action takes it away."""

    undo = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = Elided()
        self._undo = button(_("撤销"), "link", "undo")
        self._undo.clicked.connect(self._take_back)
        self._why: WhyLine | None = None
        self._told = ("", False)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.SMALL, 0, theme.SMALL, 0)
        self._row.setSpacing(theme.SMALL)
        self._row.addWidget(self._text)
        self._row.addWidget(self._undo)
        self._row.addStretch(1)
        self.clear()

    def tell(self, sentence: str, *, undo: bool = False) -> None:
        """Show what was done; `undo` offers to take it back.

        While a clerk is writing why something is taken back, it waits until he has done.
        """
        self._told = (sentence, undo)
        if self._why is None or not self._why.busy():
            self._end_asking()

    def ask(self, sentence: str, usual: Sequence[str], given: Callable[[str], object]) -> None:
        """Ask why something is taken back; `given` takes the reason, Esc leaves all as it is.

        Args:
            sentence: what would be taken back.
            usual: reasons that are often given.
            given: what is done with the reason.
        """
        from desktop.ui.common.why import WhyLine

        self._end_asking()
        self._why = asked = WhyLine(usual)
        self._text.set_text(sentence)
        self._undo.hide()
        self._row.insertWidget(1, asked, 1)
        self._row.setStretch(self._row.count() - 1, 0)
        asked.left.connect(self._end_asking)
        asked.given.connect(partial(self._answer, given))
        asked.enter()

    def _answer(self, given: Callable[[str], object], reason: str) -> None:
        self.clear()
        given(reason)

    def asking(self) -> bool:
        """Whether it is asked why something is taken back."""
        return self._why is not None

    def _end_asking(self) -> None:
        """Show what was told last."""
        sentence, undo = self._told
        self._text.set_text(sentence)
        self._undo.setVisible(undo)
        if self._why is not None:
            asked, self._why = self._why, None
            asked.give_back()
            self._row.removeWidget(asked)
            self._row.setStretch(self._row.count() - 1, 1)
            asked.hide()
            asked.deleteLater()

    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    def can_undo(self) -> bool:
        """Whether 撤销 is offered."""
        return not self._undo.isHidden()

    def clear(self) -> None:
        """Forget the message: called when the next action begins."""
        self._told = ("", False)
        self._end_asking()

    def _take_back(self) -> None:
        self.clear()
        self.undo.emit()


class WorkingBar(QWidget):
    """Says what a long job is doing and lets it be stopped; connect it to Tasks.progressed."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = Elided()
        from PySide6.QtWidgets import QProgressBar

        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(theme.px(160))
        self._stop = button(_("停止"), "link")
        self._stop.clicked.connect(lambda: self.cancelled.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SMALL, 0, theme.SMALL, 0)
        row.setSpacing(theme.SMALL)
        row.addWidget(self._text, 1)
        row.addWidget(self._bar)
        row.addWidget(self._stop)
        self.hide()

    def show_progress(self, text: str, done: int, total: int) -> None:
        """Show how far the job is; total 0 means that nobody knows."""
        self._text.set_text(text)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.setAccessibleName(text)
        self.show()

    def set_stoppable(self, on: bool) -> None:
        """Offer to stop it, or not: some things must be brought to their end."""
        self._stop.setVisible(on)

    def show_busy(self, on: bool) -> None:
        """Hide when nothing is running any more."""
        if not on:
            self.hide()
