"""The field for the measures (处理措施): a group for the unit and for each person of the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.rules.rulebook import Measure
from desktop.text import _
from desktop.ui.common import theme, wording
from desktop.ui.common.flow import clear
from desktop.ui.common.forms import Editor, Field
from desktop.ui.common.forms.choices import WrapCheck
from desktop.ui.common.forms.field import follow
from desktop.ui.common.labels import card, label


@dataclass(frozen=True, slots=True)
class Target:
    """Whom measures are for: the person's id (0: the unit), the heading, what the rung offers."""

    person: int
    title: str
    measures: Sequence[Measure]


@dataclass(frozen=True, slots=True)
class MeasuresField(Field):
    """The measures of the rung chosen; the value is a tuple of (person, measure id)."""

    def editor(self, today: date) -> Editor:
        return MeasuresEditor()


class MeasuresEditor(Editor):
    """Checks grouped by whom they are for; of measures that exclude each other one stays."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: list[_Group] = []
        self._hint = label(_("先选定档次，这一档的措施会列在这里。"), "quiet", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 3, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(self._hint)
        column.addLayout(self._list)
        follow(self, self._hint)

    def offer(self, targets: Sequence[Target]) -> None:
        """List other measures, none of them chosen."""
        clear(self._list)
        self._groups = [_Group(target) for target in targets]
        for group in self._groups:
            group.changed.connect(self.edited)
            self._list.addWidget(group)
        self._hint.setVisible(not targets)

    def value(self) -> object:
        return tuple(one for group in self._groups for one in group.chosen())

    def set_value(self, value: object) -> None:
        chosen = set(value) if isinstance(value, (tuple, list, set, frozenset)) else set()
        for group in self._groups:
            group.choose(chosen)

    def blank(self) -> object:
        return ()

    def target(self) -> QWidget:
        boxes = [box for group in self._groups for box in group.boxes()]
        return boxes[0] if boxes else self._hint

    def editors(self) -> Sequence[QWidget]:
        return [box for group in self._groups for box in group.boxes()]

    def set_faulty(self, faulty: bool) -> None:
        del faulty  # the sentence stands right below; check boxes have no edge


class _Group(QWidget):
    """The measures for the unit or for one person."""

    changed = Signal()

    def __init__(self, target: Target) -> None:
        super().__init__()
        self._person = target.person
        self._checks: dict[str, WrapCheck] = {}
        self._measures = {one.id: one for one in target.measures}
        frame = card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        inside.setSpacing(0)
        inside.addWidget(label(target.title, "strong", wrap=True))
        if not target.measures:
            inside.addWidget(label(_("这一档没有规定对其采取的措施。"), "quiet", wrap=True))
        for one in target.measures:
            self._add(inside, one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)

    def boxes(self) -> list[QWidget]:
        return [check.box for check in self._checks.values()]

    def chosen(self) -> list[tuple[int, str]]:
        return [(self._person, key) for key, one in self._checks.items() if one.box.isChecked()]

    def choose(self, pairs: set[object]) -> None:
        for key, check in self._checks.items():
            blocked = check.blockSignals(True)
            check.box.setChecked((self._person, key) in pairs)
            check.blockSignals(blocked)

    def _add(self, inside: QVBoxLayout, measure: Measure) -> None:
        words = measure.text
        if measure.condition:
            words = f"{words}（{measure.condition}）"
        check = WrapCheck(words)
        check.box.setObjectName(f"casefiles.measure.{self._person}.{measure.id}")
        check.toggled.connect(lambda on: self._on_toggle(measure, on))
        self._checks[measure.id] = check
        inside.addWidget(check)
        for note in _notes(measure):
            said = label(note, "hint", wrap=True)
            said.setContentsMargins(theme.WIDE, 0, 0, theme.TIGHT)
            inside.addWidget(said)

    def _on_toggle(self, measure: Measure, on: bool) -> None:
        if on and measure.alternative:
            for key, other in self._measures.items():
                if key != measure.id and other.alternative == measure.alternative:
                    self._checks[key].box.setChecked(False)
        self.changed.emit()


def _notes(measure: Measure) -> list[str]:
    """Who may impose the measure, and what is doubtful about its text."""
    found = []
    if measure.authority != "office":
        found.append(
            _("由{authority}决定，本办公室无权作出；决定书把它印作移交或者建议事项。").format(
                authority=_(wording.AUTHORITIES[measure.authority])
            )
        )
    if measure.flag:
        found.append(measure.flag)
    return found
