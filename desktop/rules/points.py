"""What a complaint asks for, point by point (诉求): how a text falls into points, where one stands."""

import re
from enum import StrEnum


class PointState(StrEnum):
    """How far one point of a complaint is (诉求的办理情况)."""

    OPEN = "open"  # 未答复
    ANSWERED = "answered"  # 已答复
    NOT_OURS = "not_ours"  # 不属于本办公室职责
    DECLINED = "declined"  # 不予答复


#: A text of one point is answered by the letter as a whole; two and more are listed.
LISTED = 2

_NUMERAL = "一二三四五六七八九十"
#: What begins a numbered point: 1. 1、 (1) （一） 一、 第一， ①; after a stop or at a beginning.
_NUMBER = re.compile(
    rf"(?:(?<=[。；;：:，,\s])|^)(?:"
    rf"[（(]\s*(?:[0-9]{{1,2}}|[{_NUMERAL}]{{1,3}})\s*[)）]、?"
    rf"|[0-9]{{1,2}}(?:[、)）]|[.．](?![0-9]))"
    rf"|[{_NUMERAL}]{{1,3}}、"
    rf"|第[{_NUMERAL}]{{1,3}}[，,、]"
    rf"|[①-⑳]"
    rf")",
    re.MULTILINE,
)
_CUT = re.compile(r"[\n；;]+")
_EDGE = " \t\u3000，,、；;。"


def points(demands: str) -> tuple[str, ...]:
    """Return the points into which demands fall: numbered, on lines of their own, or parted by ；.

    Words that only lead to a numbered list (要求如下：) are no point. Demands of one point give
    none: the answer as a whole is the answer to it.
    """
    parts = []
    for piece in _CUT.split(_NUMBER.sub("\n", demands)):
        text = piece.strip(_EDGE)
        if text and not text.endswith(("：", ":")):
            parts.append(text)
    found = tuple(dict.fromkeys(parts))
    return found if len(found) >= LISTED else ()
