"""A small form below a list, for one record at a time; it knows nothing of what is kept."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.rules.faults import Faults
from desktop.text import _
from desktop.ui.common import theme, wording
from desktop.ui.common.bars import MessageBar
from desktop.ui.common.drafts import Keeper, Source
from desktop.ui.common.forms import Field, Form
from desktop.ui.common.labels import button, label
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.context import Context
from desktop.usecases.drafts import Place


class EditCard(QFrame):
    """A small form below a list; after adding it stays open for the next one."""

    wanted = Signal(object, dict)  # the record (None: a new one), the values
    shown = Signal(bool)

    def __init__(self, name: str, fields: Sequence[Field], context: Context) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.form = Form(fields, context.today())
        self.form.name_inputs(name)
        self._name, self._drafts = name, context.drafts
        self._keeper: Keeper | None = None
        self._key: int | None = None
        self._title = label("", "strong")
        self.draft_bar = MessageBar()
        self.bar = MessageBar()
        self.save_button = button(_("保存"), "primary")
        self.save_button.setObjectName(f"{name}.save")
        self.close_button = button(_("收起"))
        self.close_button.setObjectName(f"{name}.close")
        self.save_button.clicked.connect(self._save)
        self.close_button.clicked.connect(self.leave)
        self.bar.clicked.connect(self._answer)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._save)
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        row.addWidget(self.save_button)
        row.addWidget(self.close_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        column.addWidget(self._title)
        column.addWidget(self.draft_bar)
        column.addWidget(self.bar)
        column.addWidget(self.form)
        column.addLayout(row)
        self.hide()

    def open_card(self, title: str, key: int | None, values: Mapping[str, object]) -> None:
        """Ask for a record; ``key`` is None for a new one."""
        self._title.setText(title)
        self._key = key
        self.bar.clear()
        self.form.set_values(values)
        self.save_button.setEnabled(True)
        self._keep_drafts(title)
        self.show()
        self.shown.emit(True)
        self.form.enter_first()

    def close_card(self) -> None:
        """Put the card away."""
        self.form.mark_clean()
        self._release()
        self.hide()
        self.shown.emit(False)

    def _keep_drafts(self, title: str) -> None:
        self._release()
        kind = self._name.split(".")[-1]
        place = Place(self._name, kind, self._key) if self._key else Place(self._name)
        source = Source(self.has_unsaved, self.form.kept, self.form.restore, self.form.words)
        self._keeper = self._drafts.watch(self, place, title, source, self.draft_bar)
        self.form.edited.connect(self._keeper.touch)
        self.form.settled.connect(self._keeper.settle)

    def _release(self) -> None:
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            self.form.edited.disconnect(keeper.touch)
            self.form.settled.disconnect(keeper.settle)
            keeper.release()

    def leave(self) -> None:
        """Put the card away, asking first when something would be lost."""
        if not self.form.dirty():
            self.close_card()
            return
        self.bar.ask_unsaved()

    def has_unsaved(self) -> bool:
        """Whether something was typed and not kept."""
        return not self.isHidden() and self.form.dirty()

    def accept(self) -> str:
        """It is kept: be ready for the next new one; return the name that was kept."""
        name = str(self.form.values().get("name", ""))
        self.save_button.setEnabled(True)
        if self._key is None:
            self.form.set_values({**self.form.values(), "name": ""})
            self.form.enter_first()
        else:
            self.close_card()
        return name

    def refuse(self, error: BaseException) -> None:
        """Say what is wrong; what was typed stays."""
        self.save_button.setEnabled(True)
        if isinstance(error, Faults):
            self.form.show_faults(wording.faults_by_field(error))
        else:
            tell_trouble(self.bar, error)

    def _answer(self, key: str) -> None:
        self.bar.clear()
        if key == "drop":
            self.close_card()
        else:
            self.form.enter_first()

    def _save(self) -> None:
        if not self.save_button.isEnabled():
            return
        self.bar.clear()
        if problems := self.form.problems():
            self.form.show_faults({**self.form.unfilled(), **problems})
            return
        self.form.clear_faults()
        self.save_button.setEnabled(False)
        self.wanted.emit(self._key, self.form.values())
