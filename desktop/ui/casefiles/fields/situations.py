"""The field for the situations of a case (追究情形): grouped by article, foldable, filtered."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.rules.rulebook import Situation
from desktop.text import _
from desktop.ui.common import icons, theme
from desktop.ui.common.forms import Editor, Field
from desktop.ui.common.forms.choices import WrapCheck
from desktop.ui.common.forms.field import follow
from desktop.ui.common.labels import button, label


@dataclass(frozen=True, slots=True)
class SituationsField(Field):
    """The situations a rulebook knows; the value is the tuple of the ids that apply."""

    _: KW_ONLY
    situations: Sequence[Situation] = ()

    def editor(self, today: date) -> Editor:
        return SituationsEditor(self.situations)


class SituationsEditor(Editor):
    """A filter line above, then a foldable group for each article."""

    def __init__(self, situations: Sequence[Situation]) -> None:
        super().__init__()
        self.filter = QLineEdit()
        self.filter.setObjectName("casefiles.situations.filter")
        self.filter.setPlaceholderText(_("输入几个字，只看含有这些字的情形"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter)
        self._count = label("", "quiet")
        self._nothing = label(_("没有含有这些字的情形。"), "quiet")
        self._nothing.hide()
        head = QHBoxLayout()
        head.setSpacing(theme.MEDIUM)
        head.addWidget(self.filter, 1)
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TIGHT)
        column.addLayout(head)
        column.addWidget(self._nothing)
        self._groups: list[_Group] = []
        for _name, own in groupby(situations, lambda one: (one.group, _article(one))):
            made = _Group(len(self._groups), tuple(own))
            made.changed.connect(self._edited)
            column.addWidget(made)
            self._groups.append(made)
        follow(self, self.filter)
        self._tell()

    def value(self) -> object:
        return tuple(one for group in self._groups for one in group.chosen())

    def set_value(self, value: object) -> None:
        chosen = set(value) if isinstance(value, (tuple, list, set, frozenset)) else set()
        for group in self._groups:
            group.choose(chosen)
        self._tell()

    def blank(self) -> object:
        return ()

    def target(self) -> QWidget:
        return self.filter

    def set_faulty(self, faulty: bool) -> None:
        del faulty  # the filter is not what is at fault

    def groups(self) -> Sequence["_Group"]:
        """The groups from top to bottom."""
        return self._groups

    def _edited(self) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        self._count.setText(_("已选 {n} 项").format(n=len(tuple(self._chosen()))))

    def _chosen(self) -> list[str]:
        return [one for group in self._groups for one in group.chosen()]

    def _filter(self, text: str) -> None:
        words = text.split()
        found = [group.narrow(words) for group in self._groups]
        self._nothing.setVisible(not any(found))


class _Group(QWidget):
    """The situations of one article under a heading that folds."""

    changed = Signal()

    def __init__(self, at: int, situations: Sequence[Situation]) -> None:
        super().__init__()
        self._situations = situations
        self._title = _("{group}（{article}）").format(
            group=situations[0].group, article=_article(situations[0])
        )
        self._folded = True
        self._narrowed = False
        self.toggle = button(self._title, "flat", "chevron_right")
        self.toggle.setObjectName(f"casefiles.situations.group.{at}")
        self.toggle.clicked.connect(lambda: self.set_folded(folded=not self._folded))
        self._sum = label("", "quiet")
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        head.addWidget(self.toggle)
        head.addWidget(self._sum)
        head.addStretch(1)
        self._body = QWidget()
        inside = QVBoxLayout(self._body)
        inside.setContentsMargins(theme.WIDE, 0, 0, theme.SMALL)
        inside.setSpacing(0)
        self._lines = [_Line(one) for one in situations]
        for line in self._lines:
            line.check.toggled.connect(self._on_toggle)
            inside.addWidget(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._body)
        self._show()

    def chosen(self) -> list[str]:
        return [line.situation.id for line in self._lines if line.check.box.isChecked()]

    def choose(self, ids: set[object]) -> None:
        for line in self._lines:
            blocked = line.check.blockSignals(True)
            line.check.box.setChecked(line.situation.id in ids)
            line.check.blockSignals(blocked)
        self._folded = not self.chosen()
        self._show()

    def set_folded(self, *, folded: bool) -> None:
        """Fold the situations away or show them."""
        self._folded = folded
        self._show()

    def narrow(self, words: Sequence[str]) -> bool:
        """Show only what holds every word; say whether anything is left."""
        self._narrowed = bool(words)
        for line in self._lines:
            line.setVisible(all(word in line.words or word in self._title for word in words))
        left = any(not line.isHidden() for line in self._lines)
        self.setVisible(left)
        self._show()
        return left

    def _on_toggle(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        shown = self._narrowed or not self._folded
        self._body.setVisible(shown)
        icons.dress(self.toggle, "chevron_down" if shown else "chevron_right", "quiet")
        said = _("收起") if shown else _("展开")
        self.toggle.setAccessibleName(f"{self._title}（{said}）")
        self.toggle.setToolTip(said)
        chosen = len(self.chosen())
        total = _("{n} 项").format(n=len(self._situations))
        self._sum.setText(_("已选 {n} 项").format(n=chosen) if chosen else total)
        theme.set_role(self._sum, "strong" if chosen else "quiet")


class _Line(QWidget):
    """One situation: its words with the article, and what is doubtful about the text."""

    def __init__(self, situation: Situation) -> None:
        super().__init__()
        self.situation = situation
        self.words = f"{situation.article}　{situation.text}"
        self.check = WrapCheck(self.words)
        self.check.box.setObjectName(f"casefiles.situation.{situation.id}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.check)
        if situation.flag:
            flag = label(situation.flag, "hint", wrap=True)
            flag.setContentsMargins(theme.WIDE, 0, 0, theme.TIGHT)
            column.addWidget(flag, 0, Qt.AlignmentFlag.AlignTop)


def _article(situation: Situation) -> str:
    """The article without its item: 第五条 of 第五条（一）."""
    return situation.article.split("（")[0]
