"""Fields that choose: one of a list, one of a few, several of many, yes or no."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date
from functools import cached_property

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.flow import FlowLayout
from desktop.ui.common.forms.field import Editor, Field, follow
from desktop.ui.common.forms.jump import Jump
from desktop.ui.common.labels import label, plain

Choices = Sequence[tuple[object, str]]  # the value and its words


@dataclass(frozen=True, slots=True)
class ChoiceField(Field):
    """One of a list in a combo box; the value is None as long as nothing was chosen."""

    _: KW_ONLY
    choices: Choices = ()

    def editor(self, today: date) -> Editor:
        return ChoiceEditor(self.choices)


@dataclass(frozen=True, slots=True)
class RadioField(Field):
    """One of a few, all visible; the value is None as long as nothing was chosen."""

    _: KW_ONLY
    choices: Choices = ()

    def editor(self, today: date) -> Editor:
        return RadioEditor(self.choices)


@dataclass(frozen=True, slots=True)
class ChecksField(Field):
    """Several of many; the value is a tuple in the order of the choices."""

    _: KW_ONLY
    choices: Choices = ()

    def editor(self, today: date) -> Editor:
        return ChecksEditor(self.choices)


@dataclass(frozen=True, slots=True)
class CheckField(Field):
    """Yes or no; `text` stands beside the box."""

    _: KW_ONLY
    text: str = ""

    def editor(self, today: date) -> Editor:
        return CheckEditor(self.text or self.label)


class Combo(QComboBox):
    """A combo box that leaves the wheel to the page, so that scrolling changes no value.

    Typing goes to the line that begins so, by characters, spelling or initials.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(16)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(8)
        # The style sheet reaches the lines of the list only through this delegate.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    @cached_property
    def _jump(self) -> Jump:
        return Jump(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._jump.takes(event):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._jump.compose(event)

    def showPopup(self) -> None:
        super().showPopup()
        self._jump.listen()


class ChoiceEditor(Editor):
    """A combo box with an empty first line that asks to choose."""

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self.combo = Combo()
        self._values: list[object] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.combo)
        row.addStretch(1)
        follow(self, self.combo)
        self.set_choices(choices)
        self.combo.currentIndexChanged.connect(lambda: self.edited.emit())

    def set_choices(self, choices: Choices) -> None:
        """Offer another list; what was chosen stays if it is in it."""
        before = self.value() if self._values else None
        self._values = [None, *(value for value, _words in choices)]
        blocked = self.combo.blockSignals(True)
        self.combo.clear()
        self.combo.addItems([_("请选择"), *(words for _value, words in choices)])
        self.set_value(before)
        self.combo.blockSignals(blocked)

    def value(self) -> object:
        return self._values[max(self.combo.currentIndex(), 0)]

    def set_value(self, value: object) -> None:
        self.combo.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    def blank(self) -> object:
        return None

    def words(self) -> str:
        return self.combo.currentText() if self.combo.currentIndex() > 0 else ""

    def target(self) -> QWidget:
        return self.combo


_ARROWS: dict[int, int] = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Left: -1,
}


class _Radio(QRadioButton):
    """A radio button from which an arrow chooses the next, also where none is chosen yet."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        group, holder = self.group(), QApplication.focusWidget()
        if event.key() not in _ARROWS or group is None or group.checkedButton() is not None:
            return
        if isinstance(holder, QRadioButton) and holder.group() is group:
            holder.click()


class RadioEditor(Editor):
    """Radio buttons in a row that wraps; a digit chooses the one of that number."""

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._buttons: list[tuple[object, QRadioButton]] = []
        row = FlowLayout(self, theme.LARGE)
        row.setContentsMargins(0, 3, 0, 3)  # level with the label beside it
        for value, words in choices:
            made = _Radio(words)
            made.toggled.connect(lambda on: self.edited.emit() if on else None)
            self._group.addButton(made)
            self._buttons.append((value, made))
            row.addWidget(made)
        if self._buttons:
            follow(self, self._buttons[0][1])

    def value(self) -> object:
        return next((value for value, one in self._buttons if one.isChecked()), None)

    def set_value(self, value: object) -> None:
        self._group.setExclusive(False)
        for own, one in self._buttons:
            one.setChecked(own == value)
        self._group.setExclusive(True)

    def blank(self) -> object:
        return None

    def words(self) -> str:
        chosen = self._group.checkedButton()
        return plain(chosen.text()) if chosen is not None else ""

    def target(self) -> QWidget:
        chosen = self._group.checkedButton()
        return chosen or (self._buttons[0][1] if self._buttons else self)

    def editors(self) -> Sequence[QWidget]:
        return [one for _value, one in self._buttons]

    def set_faulty(self, faulty: bool) -> None:
        del faulty  # the red sentence stands right below; radio buttons have no edge

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = _number(event)
        if 0 <= at < len(self._buttons) and self._buttons[at][1].isEnabled():
            self._buttons[at][1].setFocus(Qt.FocusReason.OtherFocusReason)
            self._buttons[at][1].click()
        else:
            super().keyPressEvent(event)


def _number(event: QKeyEvent) -> int:
    """Return which line a digit names, counted from 0; -1 for any other key."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    digit = event.key() - Qt.Key.Key_0
    return digit - 1 if not held and 1 <= digit <= 9 else -1


class ChecksEditor(Editor):
    """Check boxes, in two columns where there is room."""

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self._boxes: list[tuple[object, WrapCheck]] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 3, 0, 3)
        self._grid.setHorizontalSpacing(theme.LARGE)
        self._grid.setVerticalSpacing(0)
        for value, words in choices:
            made = WrapCheck(words)
            made.toggled.connect(lambda: self.edited.emit())
            self._boxes.append((value, made))
        if self._boxes:
            follow(self, self._boxes[0][1].box)
        self._arrange(1)

    def value(self) -> object:
        return tuple(value for value, one in self._boxes if one.box.isChecked())

    def set_value(self, value: object) -> None:
        chosen = list(value) if isinstance(value, (tuple, list, set, frozenset)) else []
        for own, one in self._boxes:
            one.box.setChecked(own in chosen)

    def blank(self) -> object:
        return ()

    def words(self) -> str:
        return "；".join(
            one.box.accessibleName() for _value, one in self._boxes if one.box.isChecked()
        )

    def target(self) -> QWidget:
        return self._boxes[0][1].box if self._boxes else self

    def editors(self) -> Sequence[QWidget]:
        return [one.box for _value, one in self._boxes]

    def set_faulty(self, faulty: bool) -> None:
        del faulty

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widest = max((one.full_width() for _value, one in self._boxes), default=0)
        self._arrange(2 if 2 * widest + theme.LARGE <= self.width() else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit ticks the box of that number, the arrows go from box to box."""
        plain_ = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        at, step = _number(event), _ARROWS.get(event.key(), 0)
        if 0 <= at < len(self._boxes):
            box = self._boxes[at][1].box
            box.setFocus(Qt.FocusReason.OtherFocusReason)
            box.toggle()
        elif plain_ and step:
            boxes = [one.box for _value, one in self._boxes]
            at = next((n for n, one in enumerate(boxes) if one.hasFocus()), 0) + step
            if 0 <= at < len(boxes):
                boxes[at].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        height = -(-len(self._boxes) // columns)
        for at, (_value, one) in enumerate(self._boxes):
            self._grid.addWidget(one, at % height, at // height)
        self._grid.setColumnStretch(1, columns - 1)
        self._grid.setColumnStretch(0, 1)
        self.updateGeometry()


class WrapCheck(QWidget):
    """A check box whose words wrap, which QCheckBox cannot do."""

    toggled = Signal(bool)

    def __init__(self, words: str) -> None:
        super().__init__()
        self.box = QCheckBox()
        self.box.setProperty("bare", True)
        self.box.setAccessibleName(words)
        self.box.toggled.connect(self.toggled)
        self._words = label(words, wrap=True)
        self._words.installEventFilter(self)
        self.setMinimumHeight(self.box.sizeHint().height() + theme.TIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(theme.TIGHT)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    def full_width(self) -> int:
        """The width at which the words stay on one line."""
        words = self._words.fontMetrics().horizontalAdvance(self._words.text())
        return words + self.box.sizeHint().width() + theme.MEDIUM

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and self.isEnabled():
            self.box.setFocus(Qt.FocusReason.MouseFocusReason)
            self.box.toggle()
            return True
        return super().eventFilter(watched, event)


class CheckEditor(Editor):
    """One check box."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.box = QCheckBox(words)
        self.box.toggled.connect(lambda: self.edited.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 3, 0, 3)
        column.addWidget(self.box)
        follow(self, self.box)

    def value(self) -> object:
        return self.box.isChecked()

    def set_value(self, value: object) -> None:
        self.box.setChecked(bool(value))

    def blank(self) -> object:
        return False

    def words(self) -> str:
        return plain(self.box.text()) if self.box.isChecked() else ""

    def target(self) -> QWidget:
        return self.box
