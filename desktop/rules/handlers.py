"""Who may deal with a complaint and who may not (承办、回避), and which unit may not receive it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from desktop.rules.secrecy import tighten


class Relation(StrEnum):
    """To whom somebody who must not deal with a complaint is related (利害关系)."""

    ACCUSED = "accused"  # 与被投诉的单位或者人员
    COMPLAINANT = "complainant"  # 与投诉举报人
    OTHER = "other"  # 其他可能影响公正的情形


class Withdrawn(Protocol):
    """Somebody who must not deal with a matter (回避), as far as it is known who that is."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def unit(self) -> int | None:
        """The unit, where it is known."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person named to do something: the name as typed, the unit where it was said."""

    name: str
    unit: int | None = None


def recused(person: Somebody, recusals: Iterable[Withdrawn]) -> Withdrawn | None:
    """Return the recusal that bars a person, or None.

    The name decides; a namesake is let through only if both units are known and differ.

    Source: 信访工作条例 第二十八条; 公职人员政务处分法 第四十七条.
    """
    return next((one for one in recusals if _same(person, one.name, one.unit)), None)


def _same(person: Somebody, name: str, unit: int | None) -> bool:
    if not name.strip() or tighten(person.name) != tighten(name):
        return False
    return person.unit is None or unit is None or person.unit == unit


#: What may stand before or after a name that is written with its post: 副局长王强, 王强科员.
_POST = re.compile(r"(?:.*[长员任记理师办主管队])?")
_SPLIT = re.compile(r"[、，,；;/\n]|\s和\s?|以及")
_ASIDE = re.compile(r"[（(][^）)]*[）)]")


def accused(person: Somebody, accused_person: str, accused_unit: int | None) -> bool:
    """Say whether a person is (one of) those complained of (被投诉人员).

    Who complained of them may have written their posts too (副局长王强、李某（科员）). Somebody of
    another unit who is only called the same is not meant.
    """
    name = tighten(person.name)
    if not name or not (person.unit is None or accused_unit is None or person.unit == accused_unit):
        return False
    for part in _SPLIT.split(_ASIDE.sub("", accused_person)):
        tight = tighten(part)
        if tight.startswith(name) and _POST.fullmatch(tight.removeprefix(name)):
            return True
        if tight.endswith(name) and _POST.fullmatch(tight.removesuffix(name)):
            return True
    return False


def why_not_receiver(
    receiver: int, receiver_name: str, accused_unit: int, accused_name: str
) -> str:
    """Return the code of why a unit may not be given a complaint to deal with, or nothing.

    The unit complained of may not, nor one that its name shows to be a part of it (市教育局 and
    市教育局招生办公室): the list of units does not say which belongs to which.

    Source: 信访工作条例 第三十条.
    """
    if receiver == accused_unit:
        return "receiver_is_accused"
    whole, part = tighten(accused_name), tighten(receiver_name)
    if whole and part != whole and part.startswith(whole):
        return "receiver_under_accused"
    return ""
