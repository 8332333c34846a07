"""How names are spelled (拼音和首字母), so that a form can be filled by the Latin letters of a name."""

import os
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import product

from desktop.usecases.people import Directory

#: So many ways of reading a name are kept; a long name has no need of more.
_MOST = 48


def spell(directory: Directory) -> Mapping[str, str]:
    """Return how each name of the directory is spelled; takes a moment, so ask on the worker."""
    names = (
        *(unit.name for unit in directory.units),
        *(person.name for person in directory.persons),
        *(clerk.name for clerk in directory.clerks),
    )
    return spell_names(names)


def spell_names(names: Iterable[str]) -> Mapping[str, str]:
    """Return each name with its spellings: whole syllables and initials, in every known reading.

    A surname such as 单 is read dan, shan and chan; whoever types any of them finds the name.
    """
    return {name: _spelled(name) for name in set(names)}


@lru_cache(maxsize=20_000)
def _spelled(name: str) -> str:
    # Its table of phrases takes long to load, and is of no use for single characters.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    # One character at a time: a surname inside a word would be read as the word alone.
    several = [
        tuple(dict.fromkeys(pinyin(one, style=Style.NORMAL, heteronym=True)[0])) for one in name
    ]
    left, chosen = _MOST, []
    for one in several:  # the first characters matter most: a surname in all its readings
        kept = one[: max(1, min(len(one), left))]
        left = max(1, left // len(kept))
        chosen.append(kept)
    whole = {"".join(way) for way in product(*chosen)}
    initials = {"".join(s[:1] for s in way) for way in product(*chosen)}
    return " ".join(sorted(whole | initials)).lower()
