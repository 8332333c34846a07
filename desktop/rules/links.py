"""How complaints belong together (关联件), and how alike two of them read."""

from enum import StrEnum

from rapidfuzz import fuzz

from desktop.rules.complaints import State
from desktop.rules.secrecy import tighten


class LinkKind(StrEnum):
    """What one complaint is to another (关联方式)."""

    DUPLICATE = "duplicate"  # 重复件: the same matter came in twice
    REPEAT = "repeat"  # 再次来件: the same person again, after an answer
    REOPENED = "reopened"  # 重新办理
    RELATED = "related"  # 有关联
    MERGED = "merged"  # 并入


class Likeness(StrEnum):
    """How alike two complaints read."""

    SAME = "same"  # 几乎相同
    VERY = "very"  # 很相似
    SOMEWHAT = "somewhat"  # 有些相似


#: From which part of a hundred on; found by trying on real subjects, no place's number.
_LEAST = ((85, Likeness.SAME), (60, Likeness.VERY), (42, Likeness.SOMEWHAT))
#: A text shorter than this says too little to be compared.
_SHORTEST = 4
#: So much of a text is compared; what it is about stands at its beginning.
_LONGEST = 400


def alike(one: tuple[str, str], other: tuple[str, str]) -> int:
    """Return how alike two complaints read, subject and text of each, from 0 to 100."""
    scores = []
    for left, right in zip(one, other, strict=True):
        a, b = tighten(left)[:_LONGEST], tighten(right)[:_LONGEST]
        if min(len(a), len(b)) >= _SHORTEST:
            scores.append(round(fuzz.ratio(a, b)))
    return max(scores, default=0)


def likeness(score: int) -> Likeness | None:
    """Return the word for a likeness, or None where there is hardly any."""
    return next((word for least, word in _LEAST if score >= least), None)


def why_not_merge(state: State, *, has_case: bool) -> str:
    """Return the code of the reason why a complaint can not be merged into another, or nothing."""
    if state is State.CLOSED:
        return "closed"
    if state is State.ARCHIVED:
        return "archived"
    if state is State.VOID:
        return "void"
    return "has_case" if has_case else ""


def why_not_reopen(state: State) -> str:
    """Return the code of the reason why a complaint can not be taken up anew, or nothing."""
    if state is State.VOID:
        return "void"
    return "" if state in (State.CLOSED, State.ARCHIVED) else "not_closed"
