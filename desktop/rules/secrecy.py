"""What tells who complained (身份保密): the parts of a person, and where a text gives them away."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Protocol

from desktop.rules.faults import Fault, fault

#: The shortest part of a name or telephone number that gives a person away.
TELLING = 2


class Named(Protocol):
    """Whoever complained, as typed or as kept: name and ways to reach, which stay in the office."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def phone(self) -> str:
        """The telephone number."""

    @property
    def address(self) -> str:
        """The address."""


#: An address tells who lives there only with a house number; a village may be what it is about.
_HOUSE = re.compile(r"[0-9]|[零〇一二三四五六七八九十百][号室栋幢组弄]")


def gives_away(
    people: Iterable[Named], texts: Mapping[str, str], others: Iterable[str] = ()
) -> list[Fault]:
    """Find a complainant's name, telephone or address in texts that others will read.

    Widths, blanks and hyphens make no difference: 138 0000-0000 is 13800000000.

    Args:
        people: who complained.
        texts: what others will read, by field.
        others: names that must be written (units, persons accused) and may hold a part of a
            complainant's: 王强 complains, 王强国 is accused.
    """
    found = []
    names = sorted((tighten(name) for name in others if name.strip()), key=len, reverse=True)
    tight = {field: tighten(text) for field, text in texts.items()}
    for name in names:
        tight = {field: text.replace(name, "\n") for field, text in tight.items()}
    for person in people:
        for telling in tellings(person):
            part = tighten(telling)
            found += [
                fault(field, "gives_away", telling=telling)
                for field, text in tight.items()
                if part in text
            ]
    return found


def tellings(person: Named) -> tuple[str, ...]:
    """Return what of a person tells who it is: name, telephone, an address with its house."""
    house = person.address if _HOUSE.search(tighten(person.address)) else ""
    parts = (person.name, person.phone, house)
    return tuple(part for part in parts if len(tighten(part)) >= TELLING)


_LEFT_OUT = str.maketrans("", "", "-‐‑–—·•")


def tighten(text: str) -> str:
    """Return text without what may be written or left out: widths, blanks, hyphens, dots."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(plain.split()).translate(_LEFT_OUT)
