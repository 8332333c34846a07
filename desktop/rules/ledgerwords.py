"""Words that clerks write into ledgers, and what they mean to this program."""

import re
from collections.abc import Mapping, Sequence

from desktop.rules.complaints import Identity, Outcome, Ruling

#: How offices call the ways by which complaints come in, by the ids that rulebooks use.
CHANNEL_WORDS: Mapping[str, tuple[str, ...]] = {
    "letter": ("信函", "来信", "信件", "书信", "邮寄", "举报信", "书面", "信"),
    "phone": ("电话", "来电", "电", "热线", "举报电话"),
    "visit": ("当面", "来访", "上访", "接访", "走访", "口头", "访"),
    "email": ("电子邮件", "邮件", "邮箱", "电子信箱", "网络", "网上", "互联网", "网站", "网"),
    "internet": ("互联网", "网络", "网上", "网站", "电子邮件", "邮箱", "微信", "网"),
    "hotline": ("热线",),
    "fax": ("传真",),
    "mailbox": ("信箱", "举报箱", "意见箱"),
}

_OUTCOMES = (
    (Outcome.PARTLY, ("部分属实", "基本属实", "部分查实")),
    (Outcome.UNPROVEN, ("不属实", "不实", "失实", "未查实", "不存在")),
    (Outcome.UNCLEAR, ("无法查实", "无法核实", "查无实据", "查不清", "难以查实", "无法查证")),
    (Outcome.PROVEN, ("属实", "查实", "情况存在")),
)
_CLOSED = ("办结", "结案", "已完成", "已结", "办理完毕", "归档", "完结", "是")
_OPEN = ("未办结", "未结", "没有办结", "办理中", "在办", "待办", "正在", "未完成", "否", "未")
_NOBODY = frozenset(
    ("", "无", "匿名", "不详", "未知", "未留", "不愿透露", "-", "--", "—", "——", "/", "×", "xxx")
)
_LONGEST = max(map(len, _NOBODY))
_BETWEEN_NAMES = re.compile(r"[、,，;；/\n]+")
_END = re.compile(r"[。！？!?；;]")


def channel_of(word: str, channels: Sequence[tuple[str, str]]) -> str:
    """Return the id of the channel that a word names, or an empty text.

    Args:
        word: what the ledger says.
        channels: the rulebook's channels, id and name.
    """
    plain = re.sub(r"\s", "", word)
    exact = next((key for key, name in channels if name == plain or key == plain), "")
    if exact:
        return exact
    known = [
        (len(hint), key)
        for key, name in channels
        for hint in (*CHANNEL_WORDS.get(key, ()), name)
        if hint in plain
    ]
    longest = max((length for length, _key in known), default=0)
    found = {key for length, key in known if length == longest}
    return found.pop() if len(found) == 1 else ""


def outcome_of(text: str) -> Outcome | None:
    """Return what an investigation found, as far as words say it."""
    return next((found for found, words in _OUTCOMES if any(w in text for w in words)), None)


def ruling_of(text: str) -> Ruling | None:
    """Return how a matter was to be dealt with, as far as words say it."""
    if any(word in text for word in ("不予受理", "不受理", "未受理", "否")):
        return Ruling.REFUSE
    if any(word in text for word in ("转", "交办", "移交", "移送")):
        return Ruling.TRANSFER
    if any(word in text for word in ("受理", "自办", "直接", "直查", "办理", "调查", "是", "查处")):
        return Ruling.ACCEPT
    return None


def closed_of(text: str) -> bool | None:
    """Return whether a word says that a matter is closed; None if it says neither."""
    if any(word == text or (len(word) > 1 and word in text) for word in _OPEN):
        return False
    if any(word == text or (len(word) > 1 and word in text) for word in _CLOSED):
        return True
    return False if "答复" in text or "受理" in text or "转办" in text or "批示" in text else None


def identity_of(text: str) -> Identity | None:
    """Return the way of signing that a word names; None if it names none."""
    if "匿" in text or text in ("否", "未署名", "不署名"):
        return Identity.ANONYMOUS
    if "联" in text:
        return Identity.JOINT
    return Identity.REAL_NAME if "实名" in text or "署名" in text or text == "是" else None


def names_of(text: str) -> tuple[str, ...]:
    """Return the names in a cell; nobody's where it says 匿名 or only a dash."""
    if text.isalnum() or not _BETWEEN_NAMES.search(text):
        return () if text.casefold() in _NOBODY else (text,)
    parts = (part.strip() for part in _BETWEEN_NAMES.split(text))
    return tuple(part for part in parts if part.casefold() not in _NOBODY)


def nothing(text: str) -> bool:
    """Whether a cell says that there is nothing (无、不详、—)."""
    return len(text) <= _LONGEST and text.casefold() in _NOBODY


def first_sentence(text: str, limit: int) -> str:
    """Return the beginning of a text as its subject (主题): its first sentence, or what fits."""
    flat = " ".join(text[: 4 * limit].split())
    end = _END.search(flat)
    sentence = flat[: end.start()] if end else flat
    return sentence if len(sentence) <= limit else sentence[: limit - 1] + "…"
