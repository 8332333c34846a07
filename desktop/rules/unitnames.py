"""Names of units as ledgers shorten them (市民政局、住建局), and which known unit each may mean.

A near name is a proposal for the clerk; nothing is taken for the same here.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from desktop.rules.secrecy import tighten

#: What the name of a place ends with; what stands behind it is the unit itself.
_PLACES = "省市州盟县区旗镇乡"
#: Ends that are written or left out: 城关镇、城关镇政府、城关镇人民政府.
_GOVERNMENT = re.compile(r"(?<=.)(?:人民)?政府$")
_STREET = re.compile(r"(?<=街道)(?:办事处|办)$")
#: Ends that are shortened to one character: 卫生健康委员会 → 卫健委.
_ENDS = {"委": "委员会", "办": "办公室", "院": "医院"}
#: Fewer characters name no unit: 市局、中心.
_SHORTEST = 3

_Parts = Sequence[tuple[str, str]]


class NearNames:
    """The names that are known, taken apart once to be compared with many."""

    def __init__(self, names: Iterable[str]) -> None:
        """``names``: of the units that are known."""
        self._known = [(name, _parts(name)) for name in names]

    def nearest(self, word: str) -> str:
        """Return the only known name that a word may stand for; an empty text if none, or several.

        The same unit with or without its place (市民政局 of 澄岳市民政局) comes before one that is
        abbreviated (市住建局 of 澄岳市住房和城乡建设局); a word that names no place may be either.
        市民政局 is never 清河区民政局.
        """
        parts = _parts(word)
        equal = {name for name, other in self._known if _near(parts, other, _equal)}
        found = equal | {name for name, other in self._known if _near(parts, other, _abbreviated)}
        if equal and len(parts) > 1:
            found = equal
        return found.pop() if len(found) == 1 else ""


def _parts(name: str) -> _Parts:
    """Return a name as place and unit in every way it can be cut: 澄岳市|市场监督管理局."""
    whole = tighten(name)
    whole = _STREET.sub("", _GOVERNMENT.sub("", whole))
    cuts = [0, *(at + 1 for at, ch in enumerate(whole) if ch in _PLACES)]
    return [(whole[:at], whole[at:]) for at in cuts if len(whole) - at >= _SHORTEST]


def _near(one: _Parts, other: _Parts, same: Callable[[str, str], bool]) -> bool:
    return any(
        same(unit, other_unit) and (place.endswith(other_place) or other_place.endswith(place))
        for place, unit in one
        for other_place, other_unit in other
    )


def _equal(one: str, other: str) -> bool:
    return one == other


def _abbreviated(one: str, other: str) -> bool:
    """Say whether the shorter name picks its characters from the longer one, first and last too."""
    short, long = sorted((one, other), key=len)
    if short[0] != long[0] or len(short) == len(long):
        return False
    if short[-1] != long[-1]:
        if not long.endswith(_ENDS.get(short[-1], "\n")):
            return False
        long = long[: -len(_ENDS[short[-1]])] + short[-1]
    left = iter(long)
    return all(ch in left for ch in short)
