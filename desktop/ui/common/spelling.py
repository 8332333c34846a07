"""Completing names by what is typed: a part of the name, its spelling or its initials."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter

_KEYS = int(Qt.ItemDataRole.UserRole) + 1
_known: dict[str, str] = {}


def learn(spellings: Mapping[str, str]) -> None:
    """Know from now on how names are spelled; forms opened later complete by it."""
    _known.update(spellings)


def fits(typed: str, name: str) -> bool:
    """Say whether what is typed is a part of a name or of its spelling."""
    part = typed.strip().casefold()
    return bool(part) and (part in name.casefold() or part in _known.get(name, ""))


def spellings(words: str) -> Sequence[str]:
    """Return how words are spelled: whole syllables and initials, in every reading."""
    if words not in _known:
        from desktop.usecases.spelling import spell_names  # its tables take a moment to load

        _known.update(spell_names([words]))
    return _known[words].split()


class NameCompleter(QCompleter):
    """Offers names that hold what is typed, in characters or in letters; gives the name itself."""

    def __init__(self, names: Sequence[str], parent: QObject | None = None) -> None:
        """Offer these names."""
        super().__init__(parent)
        model = QStandardItemModel(self)
        for name in names:
            item = QStandardItem(name)
            item.setData(f"{name} {_known.get(name, '')}", _KEYS)
            model.appendRow(item)
        self.setModel(model)
        self.setCompletionRole(_KEYS)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """What goes into the line."""
        return str(index.data(Qt.ItemDataRole.DisplayRole))
