"""A page with a form: what it is about, the inputs, perhaps a letter beside them, the buttons."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.bars import MessageBar
from desktop.ui.common.forms.form import Form
from desktop.ui.common.labels import button, label
from desktop.ui.common.panes import Follower, share, upright


class FormPage(QWidget):
    """Header, scrolling form, sticky buttons. Ctrl+Enter saves, Esc leaves.

    Leaving with unsaved work asks in a bar inside the page, never in a dialog. `saved` carries
    the values once every input could be read; whether they are right is for the rules to say:
    answer with `form.show_faults` or go on.
    """

    saved = Signal(object)  # dict; as an object, or Qt would turn its enums into plain text
    cancelled = Signal()

    def __init__(
        self,
        title: str,
        subtitle: str,
        form: Form,
        save_text: str = "",
        *,
        beside: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.form = form
        self._title = label(title, "title", wrap=True)
        self._subtitle = label(subtitle, "quiet", wrap=True)
        if not subtitle:  # showing before there is a parent would open a window of its own
            self._subtitle.hide()
        self.draft_bar = MessageBar()
        self.bar = MessageBar()
        self.bar.clicked.connect(self._answer)
        self.save_button = button(save_text or _("保存"), "primary")
        self.cancel_button = button(_("取消"))
        self._hint = label(_("Ctrl+Enter 保存 · Esc 返回"), "hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._put_body(column, beside)
        column.addWidget(self._foot())
        self._connect()
        self.setAccessibleName(title)

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Say what the page is about, with the article it rests on."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        self.setAccessibleName(title)

    def name_parts(self, name: str) -> None:
        """Call the inputs and the buttons by the page's name, for whoever looks for them."""
        self.save_button.setObjectName(f"{name}.save")
        self.cancel_button.setObjectName(f"{name}.cancel")
        self.form.name_inputs(name)

    def let_leave(self, free: bool) -> None:
        """Offer to go back, or not while something must be done first."""
        self.cancel_button.setVisible(free)
        self._hint.setText(_("Ctrl+Enter 保存 · Esc 返回") if free else _("Ctrl+Enter 保存"))

    def set_saving(self, *, saving: bool) -> None:
        """Block the button while the work is being saved, so that nothing is saved twice."""
        self.save_button.setEnabled(not saving)

    def save(self) -> None:
        """Hand the values out, or show what cannot be read."""
        if not self.save_button.isEnabled():
            return
        self.bar.clear()
        if problems := self.form.problems():
            self.tell_unread(problems)
        else:
            self.form.clear_faults()
            self.saved.emit(self.form.values())

    def tell_unread(self, problems: Mapping[str, str]) -> None:
        """Show what cannot be read, and in the same go what is missing."""
        self.form.show_faults({**self.form.unfilled(), **problems})

    def leave(self) -> None:
        """Go back, asking first when something would be lost."""
        if not self.form.dirty():
            self.cancelled.emit()
        elif self.bar.isHidden():
            self.bar.ask_unsaved()
        else:
            self._answer("stay")

    def heading(self) -> str:
        """What the page is about."""
        return self._title.text()

    def kept(self) -> dict[str, object]:
        """What a draft of this page holds; a page may keep more than its form."""
        return self.form.kept()

    def restore(self, kept: Mapping[str, object]) -> None:
        """Go on with what a draft holds."""
        self.form.restore(kept)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the first input, not with whatever comes first in the window."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        holder = QApplication.focusWidget()
        if (
            holder is None
            or not self.form.isAncestorOf(holder)
            or self.form.bar.isAncestorOf(holder)
        ):
            self.form.enter_first()

    def _put_body(self, column: QVBoxLayout, beside: QWidget | None) -> None:
        """Put the form into its room from outside in: each time that it moves, all of it is asked."""
        inside = QWidget()
        scroll = upright(inside)
        Follower(scroll, theme.WIDE)
        if beside is None:
            column.addWidget(scroll, 1)
            self._put_inside(inside)
            return
        split = QSplitter()
        column.addWidget(split, 1)
        split.addWidget(scroll)
        self._put_inside(inside)
        split.addWidget(beside)
        # equal halves, whatever the parts would like
        share(split, (1, 1), [1 << 15, 1 << 15])

    def _put_inside(self, inside: QWidget) -> None:
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.WIDE, theme.LARGE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.TIGHT)
        column.addWidget(self._title)
        column.addWidget(self._subtitle)
        column.addSpacing(theme.SMALL)
        column.addWidget(self.draft_bar)
        column.addSpacing(theme.SMALL)
        # In a row, which asks for the height at the width the form really gets: it has a widest.
        line = QHBoxLayout()
        column.addLayout(line)
        line.addWidget(self.form, 1)
        line.addStretch(0)
        column.addStretch(1)

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("role", "bar")
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        row.addWidget(self.save_button)
        row.addWidget(self.cancel_button)
        row.addSpacing(theme.SMALL)
        row.addWidget(self._hint)
        row.addStretch(1)
        column = QVBoxLayout(foot)
        column.setContentsMargins(theme.WIDE, theme.SMALL, theme.WIDE, theme.SMALL)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.bar)
        column.addLayout(row)
        return foot

    def _connect(self) -> None:
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.leave)
        for keys, slot in (
            ("Ctrl+Return", self.save),
            ("Ctrl+Enter", self.save),
            ("Esc", self.leave),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _answer(self, key: str) -> None:
        self.bar.clear()
        if key == "drop":
            self.form.mark_clean()
            self.cancelled.emit()
        else:
            self.form.enter_first()
