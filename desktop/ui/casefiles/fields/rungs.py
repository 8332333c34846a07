"""The field for the rung of the sanction ladder (追究方式的档次): circumstance, article, flag."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from desktop.rules.rulebook import Rung
from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.forms import Editor, Field
from desktop.ui.common.forms.field import follow
from desktop.ui.common.labels import label


@dataclass(frozen=True, slots=True)
class RungField(Field):
    """One rung of the ladder, all of them visible; the value is its id or None."""

    _: KW_ONLY
    rungs: Sequence[Rung] = ()

    def editor(self, today: date) -> Editor:
        return RungEditor(self.rungs)


class RungEditor(Editor):
    """A line for each rung, the mildest first."""

    def __init__(self, rungs: Sequence[Rung]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 3, 0, 0)
        column.setSpacing(theme.SMALL)
        for rung in sorted(rungs, key=lambda one: one.rank):
            made = QRadioButton()
            made.setAccessibleName(_words(rung))
            made.setObjectName(f"casefiles.rung.{rung.id}")
            made.toggled.connect(self._on_toggle)
            self._group.addButton(made)
            self._buttons[rung.id] = made
            column.addWidget(_Line(made, rung))
        if self._buttons:
            follow(self, next(iter(self._buttons.values())))
        else:
            column.addWidget(label(_("这套规则没有规定追究方式。"), "quiet", wrap=True))

    def value(self) -> object:
        return next((key for key, one in self._buttons.items() if one.isChecked()), None)

    def set_value(self, value: object) -> None:
        self._group.setExclusive(False)
        for key, one in self._buttons.items():
            one.setChecked(key == value)
        self._group.setExclusive(True)

    def blank(self) -> object:
        return None

    def target(self) -> QWidget:
        chosen = self._group.checkedButton()
        return chosen or next(iter(self._buttons.values()), self)

    def editors(self) -> Sequence[QWidget]:
        return list(self._buttons.values())

    def set_faulty(self, faulty: bool) -> None:
        del faulty  # the sentence stands right below; radio buttons have no edge

    def _on_toggle(self, on: bool) -> None:
        if on:
            self.edited.emit()


class _Line(QWidget):
    """One rung with words that wrap; a click on any of them chooses it."""

    def __init__(self, made: QRadioButton, rung: Rung) -> None:
        super().__init__()
        self._made = made
        words = QVBoxLayout()
        words.setSpacing(0)
        measures = "；".join(one.text for one in rung.measures)
        for text, role in ((_words(rung), ""), (measures, "hint"), (rung.flag, "quiet")):
            if text:
                words.addWidget(label(text, role, wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.TIGHT)
        row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._made.setFocus(Qt.FocusReason.MouseFocusReason)
        self._made.setChecked(True)
        super().mouseReleaseEvent(event)


def _words(rung: Rung) -> str:
    return f"{rung.article}　{rung.circumstance}"
