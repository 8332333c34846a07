"""The field that chooses a unit by typing part of its name, with a quick way to add one."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.forms import Editor, Field
from desktop.ui.common.forms.choices import ChoiceEditor
from desktop.ui.common.forms.field import follow
from desktop.ui.common.forms.texts import LineEditor
from desktop.ui.common.labels import button, card, label
from desktop.ui.common.spelling import fits
from desktop.usecases.people import UNIT_KINDS
from desktop.usecases.records import Unit


@dataclass(frozen=True, slots=True)
class UnitField(Field):
    """A unit of the directory; the value is its id, or None."""

    _: KW_ONLY
    units: Sequence[Unit] = ()
    can_add: bool = True

    def editor(self, today: date) -> Editor:
        return UnitEditor(self.units, can_add=self.can_add)


class UnitEditor(Editor):
    """A line that completes names; `adding(name, kind)` when a missing unit is to be added."""

    adding = Signal(str, str)

    def __init__(self, units: Sequence[Unit], *, can_add: bool = True) -> None:
        super().__init__()
        self._units: tuple[Unit, ...] = ()
        self.name = LineEditor()
        self.name.line.setPlaceholderText(_("键入名称中的几个字或者拼音首字母，再从名单里选"))
        self.name.line.editingFinished.connect(self._complete)
        self.name.edited.connect(self.edited)
        self.add_button = button(_("添加单位…"), "", "add")
        self.add_button.clicked.connect(self.open_panel)
        self.panel = _Panel()
        self.panel.wanted.connect(self.adding)
        self.panel.dropped.connect(self.close_panel)
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(self.name, 1)
        line.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addLayout(line)
        column.addWidget(self.panel)
        follow(self, self.name.target())
        if not can_add:
            self.add_button.hide()
        self.set_units(units)

    def set_units(self, units: Sequence[Unit]) -> None:
        """Offer these units; what is typed stays."""
        self._units = tuple(units)
        self.name.suggest([unit.name for unit in units])
        # After the completer, to be asked before it: it swallows Enter and the leaving while its
        # list is open.
        for watched in (self.name.line, self.name.line.completer().popup()):
            watched.removeEventFilter(self)
            watched.installEventFilter(self)

    def value(self) -> object:
        typed = self.name.value()
        return next((unit.id for unit in self._units if unit.name == typed), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and watched is self.name.line:
            QTimer.singleShot(0, self, self._complete_if_left)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            popup = self.name.line.completer().popup()
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if watched is popup and enter and not popup.currentIndex().isValid():
                self._complete()
        return super().eventFilter(watched, event)

    def set_value(self, value: object) -> None:
        self.name.set_value(next((u.name for u in self._units if u.id == value), ""))

    def blank(self) -> object:
        return None

    def state(self) -> object:
        return self.name.value()

    def kept(self) -> object:
        return self.name.value()

    def restore(self, kept: object) -> None:
        self.name.set_value(kept)

    def words(self) -> str:
        return self.name.words()

    def problem(self) -> str:
        typed = self.name.value()
        if not typed or self.value() is not None:
            return ""
        if self.add_button.isHidden():
            return _("单位名单里没有“{name}”，请从名单里选。").format(name=typed)
        return _("单位名单里没有“{name}”，请从名单里选，或者点“添加单位…”。").format(name=typed)

    def target(self) -> QWidget:
        return self.name.target()

    def open_panel(self) -> None:
        """Ask for the new unit right here, beginning with what was typed."""
        self.panel.begin(str(self.name.value()) if self.value() is None else "")

    def close_panel(self) -> None:
        """Go back to the line."""
        self.panel.hide()
        self.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _complete_if_left(self) -> None:
        if not self.name.line.hasFocus():
            self._complete()

    def _complete(self) -> None:
        """Finish a name of which only one unit has the typed part."""
        typed = str(self.name.value())
        fitting = [unit for unit in self._units if fits(typed, unit.name)]
        if len(fitting) == 1 and fitting[0].name != typed:
            self.name.line.setText(fitting[0].name)


class _Panel(QWidget):
    """Name and kind of a new unit."""

    wanted = Signal(str, str)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = LineEditor()
        self.name.line.setPlaceholderText(_("单位全称"))
        self.name.target().setAccessibleName(_("新单位的名称"))
        self.kind = ChoiceEditor([(kind, kind) for kind in UNIT_KINDS])
        self.kind.target().setAccessibleName(_("新单位的类别"))
        self.kind.set_value(UNIT_KINDS[0])
        self.save = button(_("添加"), "primary")
        self.drop = button(_("不添加"))
        self.said = label("", "error", wrap=True)
        self.save.clicked.connect(self._go)
        self.drop.clicked.connect(self.dropped)
        frame = card()
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        row.addWidget(self.kind)
        row.addStretch(1)
        row.addWidget(self.save)
        row.addWidget(self.drop)
        column = QVBoxLayout(frame)
        column.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.name)
        column.addLayout(row)
        column.addWidget(self.said)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)
        self.hide()

    def begin(self, name: str) -> None:
        """Open with a name to begin with."""
        self.name.set_value(name)
        self.tell("")
        self.show()
        self.name.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, sentence: str) -> None:
        """Say why the unit was not added."""
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    def _go(self) -> None:
        self.tell("")
        self.wanted.emit(str(self.name.value()), str(self.kind.value() or ""))
