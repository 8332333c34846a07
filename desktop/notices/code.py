"""The machine-readable code (二维码) of a letter: its text, and that text read back.

``SLED2|kind|number|register number|digest|anchor``: the digest is the head of a SHA-256 over
everything the letter says, so that another copy of the program can tell a letter from an altered
one; the anchor is the head of the office's log (链首) before the letter. Without anchor: ``SLED1``.
"""

import hashlib
import json
import re
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

from desktop.notices.model import Letter, MissingGlyph

_HEAD, _ANCHORED = "SLED1", "SLED2"
_DIGEST = 16
"""Hexadecimal digits of the digest: 64 bits."""
_HALF = re.compile("[\ud800-\udfff]")
"""One half of a character beyond U+FFFF; it cannot be written to a file."""
_ASIDE = ("code", "mark")
"""A copy or draft says the same as the original."""


class UnreadableCode(ValueError):
    """The text is not the code of a letter of this program."""


@dataclass(frozen=True, slots=True)
class Code:
    """What the code of a letter says."""

    kind: str
    number: str
    """发文字号; a scanner that types may spoil Chinese, so look letters up by ``digest``."""
    register_number: str
    digest: str
    anchor: str = ""


def code_text(letter: Letter, anchor: str = "") -> str:
    """Return the text of a letter's code; equal letters give equal texts on every machine.

    Raises:
        MissingGlyph: the letter holds half a character (a lone surrogate).
    """
    parts = [letter.kind.value, letter.number, letter.register_number, digest_of(letter)]
    if anchor:
        parts.append(anchor)
    head = _ANCHORED if anchor else _HEAD
    return "|".join((head, *(_escaped(part) for part in parts)))


def with_code(letter: Letter, anchor: str = "") -> Letter:
    """Return the letter with its code, which is drawn in the lower margin of page 1.

    Raises:
        MissingGlyph: see :func:`code_text`.
    """
    return replace(letter, code=code_text(letter, anchor))


def read_code(text: str) -> Code:
    """Read the text of a code as a scanner gives it.

    Raises:
        UnreadableCode: it is something else, or is cut off.
    """
    parts = text.strip().strip("\ufeff").split("|")
    anchor = parts.pop() if parts[0] == _ANCHORED else ""
    if len(parts) < 5 or parts[0] not in (_HEAD, _ANCHORED):
        raise UnreadableCode(text)
    kind, number, register, digest = parts[1], "|".join(parts[2:-2]), parts[-2], parts[-1].lower()
    if len(digest) != _DIGEST or not set(digest) <= set("0123456789abcdef"):
        raise UnreadableCode(text)
    return Code(_plain(kind), _plain(number), _plain(register), digest, anchor)


def digest_of(letter: Letter) -> str:
    """Return the head of the SHA-256 over what the letter says, without copy mark and code.

    Fields that hold their default are left out, so that a later version of the program with more
    fields still finds today's letters unaltered.
    """
    whole = json.dumps(_said(letter), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if halves := tuple(dict.fromkeys(_HALF.findall(whole))):
        raise MissingGlyph(halves)
    return hashlib.sha256(whole.encode()).hexdigest()[:_DIGEST]


def _said(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        said = {f.name: getattr(value, f.name) for f in fields(value) if f.name not in _ASIDE}
        defaults = {f.name: f.default for f in fields(value) if f.default is not MISSING}
        return {
            name: _said(item)
            for name, item in said.items()
            if name not in defaults or item != defaults[name]
        }
    if isinstance(value, tuple):
        return [_said(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("|", "%7C")


def _plain(text: str) -> str:
    return text.replace("%7C", "|").replace("%25", "%")
