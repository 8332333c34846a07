"""Who complained, kept sealed (身份保密): sealing on the way in, opening for those who may see it.

Names, telephones and addresses are encrypted with the identity key in every row and in the log of
events. Where they occur in other texts they are masked, and the text as written is sealed beside.
"""

import base64
import binascii
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from db import keys
from desktop.rules.faults import NotPermitted
from desktop.rules.secrecy import Named, tellings
from desktop.usecases.office import Office

#: Stands for the complainants' names wherever they may not be read.
MASK = "×××"

#: How a sealed value begins; no typed text begins so, the sign is refused in typing.
SEALED = "\u2063sealed:"

_BETWEEN = r"[\s\-‐‑–—·•]*"


def seal(office: Office, text: str) -> str:
    """Return a text sealed with the identity key; an empty one stays empty.

    Raises:
        NotPermitted: ``identity_hidden`` – this user does not hold the key.
    """
    if not text:
        return ""
    box = keys.seal(_key(office), text.encode("utf-8"), b"text")
    return SEALED + base64.b64encode(box).decode()


def unseal(office: Office, text: str) -> str:
    """Return what a sealed text says; any other text as it is.

    Raises:
        NotPermitted: ``identity_hidden`` – this user does not hold the key.
        WrongPassword: it was sealed with another key, or tampered with.
    """
    if not text.startswith(SEALED):
        return text
    box = base64.b64decode(text.removeprefix(SEALED))
    return keys.unseal(_key(office), box, b"text").decode("utf-8")


def sealer(office: Office) -> Callable[[str], str]:
    """Return what seals many texts, the same as ``seal`` for each.

    Raises:
        NotPermitted: ``identity_hidden`` – this user does not hold the key.
    """
    seal_bytes, written = keys.sealer(_key(office), b"text"), binascii.b2a_base64

    def sealed(text: str) -> str:
        if not text:
            return ""
        return SEALED + written(seal_bytes(text.encode()), newline=False).decode()

    return sealed


def seal_bytes(office: Office, content: bytes) -> bytes:
    """Return bytes (a letter's) sealed with the identity key."""
    return keys.seal(_key(office), content, b"bytes")


def unseal_bytes(office: Office, box: bytes) -> bytes:
    """Return sealed bytes as they were.

    Raises:
        NotPermitted: ``identity_hidden`` – this user does not hold the key.
        WrongPassword: sealed with another key, or tampered with.
    """
    return keys.unseal(_key(office), box, b"bytes")


def _key(office: Office) -> bytes:
    session = office.session
    if session.keys.identity is None or not session.sees_identity:
        raise NotPermitted("identity_hidden")
    return session.keys.identity


def mask(people: Iterable[Named], text: str) -> str:
    """Return a text with the complainants' names, telephones and addresses masked."""
    parts = {part for person in people for part in tellings(person)}
    for part in sorted(parts, key=len, reverse=True):
        text = re.sub(_BETWEEN.join(_widths(ch) for ch in _tight(part)), MASK, text)
    return text


class Veil:
    """Masks many texts of one matter, the same as ``mask`` of each, only quicker.

    What is to be masked is found only where every character of it stands, in whatever width; most
    texts are told by that alone.
    """

    __slots__ = ("_parts", "_people")

    def __init__(self, people: Sequence[Named]) -> None:
        """``people`` are those who complained."""
        self._people = people
        self._parts: list[str] | None = None

    def hides(self, *texts: str) -> bool:
        """Say whether masking may find anything in the texts: never no where it would."""
        for text in texts:
            for one in self._people:
                # All that is looked for of an address ends as it does, in whatever letters.
                if (
                    (one.name and _possible(one.name, text))
                    or (one.phone and _possible(one.phone, text))
                    or (one.address and _possible(one.address[-1], text))
                ):
                    break
            else:
                continue
            if self._parts is None:
                self._parts = [part for each in self._people for part in tellings(each)]
            for part in self._parts:
                if _possible(part, text):
                    return True
        return False

    def mask(self, text: str) -> str:
        """Return a text with what tells who complained masked."""
        return mask(self._people, text) if self.hides(text) else text


def _possible(part: str, text: str) -> bool:
    """Say whether every character of a part that is certain to be looked for stands in a text."""
    for ch in part:
        if "\u4e00" <= ch <= "\u9fff":
            if ch not in text:
                return False
        elif ch.isascii() and ch.isalnum() and ch not in text:
            wide = chr(ord(ch) + 0xFEE0)
            if wide not in text and ch.swapcase() not in text and wide.swapcase() not in text:
                return False
    return True


def _tight(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_LEFT_OUT)


_LEFT_OUT = str.maketrans("", "", "-‐‑–—·•")


def _widths(ch: str) -> str:
    """Return a pattern for a character in its narrow and its full width, small and large."""
    wide = chr(ord(ch) + 0xFEE0) if "!" <= ch <= "~" else ""
    if not wide:
        return re.escape(ch)
    return "[" + re.escape(ch.lower()) + re.escape(ch.upper()) + wide.lower() + wide.upper() + "]"


def masked(people: Iterable[Named], texts: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """Mask texts; return them and, if anything was masked, the originals as JSON to be sealed."""
    known = tuple(people)
    shown = {key: mask(known, text) for key, text in texts.items()}
    hidden = {key: text for key, text in texts.items() if shown[key] != text}
    return shown, json.dumps(hidden, ensure_ascii=False) if hidden else ""
