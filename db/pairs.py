"""Pairs of neighbouring characters (二字词) of very many texts at once, for the search index.

The same pairs as ``search.grams`` makes of one folded text; whole columns of characters are laid
beside each other instead of joining them two by two.
"""

import re
import sys
from array import array
from collections.abc import Mapping, Sequence

#: Stands between two texts while they are one; no text has it.
_BETWEEN = "\0"
_FIRST = re.compile(" [^ ]")
#: Up to so many different characters are exchanged one after the other, else all in one walk.
_FEW = 64
_ORDER = "le" if sys.byteorder == "little" else "be"
#: How characters are laid side by side: those of the first plane, and all.
_NARROW, _WIDE = ("H", f"utf-16-{_ORDER}"), ("I", f"utf-32-{_ORDER}")


def of_many(texts: Sequence[str], table: Mapping[int, str]) -> list[str]:
    """Return the pairs of each text, parted by blanks.

    Args:
        texts: as they are written.
        table: by what each character is replaced once the letters are small.
    """
    if not texts:
        return []
    whole = _BETWEEN.join(text.replace(_BETWEEN, " ") for text in texts).casefold()
    ends = []
    at = whole.find(_BETWEEN)
    while at >= 0:
        ends.append(at)
        at = whole.find(_BETWEEN, at + 1)
    ends.append(len(whole))
    made = _paired(_words(whole, table))
    found, begin = [], 0
    for end in ends:
        found.append(made[3 * begin : 3 * end])
        begin = end + 1
    return found


def _words(text: str, table: Mapping[int, str]) -> str:
    """Fold a text and put a blank for every character that belongs to no word; its length stays."""
    changed: dict[str, str] = {}
    for ch in set(text):
        new = table.get(ord(ch), ch)
        if not new.isalnum():
            changed[ch] = " "
        elif new != ch:
            changed[ch] = new
    changed.pop(" ", None)
    if len(changed) > _FEW or changed.keys() & set(changed.values()):
        return text.translate({ord(ch): new for ch, new in changed.items()})
    for ch, new in changed.items():
        text = text.replace(ch, new)
    return text


def _paired(text: str) -> str:
    """Write after each character of a word the one that follows it, and a blank."""
    if not text:
        return ""
    # What follows a blank begins a word: it stands in the pair that it begins, not alone.
    following = _FIRST.sub("  ", text)[1:] + " "
    first = text.encode(_NARROW[1])
    code, codec = _NARROW
    if len(first) != 2 * len(text):  # characters beyond the first plane take two places there
        code, codec = _WIDE
        first = text.encode(codec)
    made = array(code, [ord(" ")]) * (3 * len(text))
    made[0::3] = array(code, first)
    made[1::3] = array(code, following.encode(codec))
    return made.tobytes().decode(codec)
