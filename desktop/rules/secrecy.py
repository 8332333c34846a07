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
        left = dict(tight)
        for telling in tellings(person):
            part = tighten(telling)
            for field in [field for field, text in left.items() if part in text]:
                found.append(fault(field, "gives_away", telling=telling))
                left[field] = left[field].replace(part, "\n")  # a part of it tells nothing more
    return found


#: The places an address begins with (省、市、县、街道), which people leave out; 小区 and the like stay.
_PLACES = re.compile("^.*(?:省|市|州|盟|县|旗|镇|乡|街道|办事处|(?<![小社园校街院厂矿库])区)")
#: What is left tells a house only with the name of its street or village before the number.
_STREET = re.compile(r"^[^0-9零〇一二三四五六七八九十百]{2}")


def tellings(person: Named) -> tuple[str, ...]:
    """Return what of a person tells who it is: name, telephone, an address with its house.

    An address tells without its town too: 柳荫巷 6 号 of 澄岳市柳荫巷 6 号.
    """
    tight = tighten(person.address)
    parts: tuple[str, ...] = (person.name, person.phone)
    if _HOUSE.search(tight):
        street = _street(tight)
        parts = (*parts, person.address, "" if street == tight else street)
    return tuple([part for part in parts if len(tighten(part)) >= TELLING])


def _street(tight: str) -> str:
    """Return a tightened address from its street or village on, or nothing if it names none."""
    left = _PLACES.sub("", tight)
    return left if _STREET.match(left) and _HOUSE.search(left) else ""


_LEFT_OUT = str.maketrans("", "", "-‐‑–—·•")


#: Nothing in such a text is written or left out; most names and telephone numbers are one.
_TIGHT = re.compile("[0-9a-z\u4e00-\u9fff]*")


def tighten(text: str) -> str:
    """Return text without what may be written or left out: widths, blanks, hyphens, dots."""
    if _TIGHT.fullmatch(text):
        return text
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(plain.split()).translate(_LEFT_OUT)
