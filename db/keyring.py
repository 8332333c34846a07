"""The key file beside an office file, as it is read before any password: who has a slot in it.

What is in the slots can not be told here: opening and closing their boxes is keys.py. This much is
shown at the door of an office, so that nothing of it waits for the cipher to be loaded.
"""

import json
import os
from dataclasses import asdict, replace
from pathlib import Path

from db.errors import StorageFault
from frozen import dataclass

VERSION = 1


@dataclass(frozen=True, slots=True)
class Cost:
    """How dear a guess of a password is made: passes, memory in KiB, lanes (Argon2id, RFC 9106)."""

    passes: int = 3
    memory: int = 64 * 1024
    lanes: int = 4


class WrongPassword(Exception):
    """Raised when a slot does not open: the password is wrong, or the slot was tampered with."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One user's slot (密钥槽): who, with which roles, and the keys in their box; bytes as hex."""

    clerk: int
    name: str
    roles: tuple[str, ...]
    cost: Cost
    salt: str
    nonce: str
    box: str


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The key file of an office: its own random name and the slots of its users."""

    office: str
    slots: tuple[Slot, ...] = ()

    def slot(self, clerk: int) -> Slot | None:
        """Return a user's slot."""
        return next((s for s in self.slots if s.clerk == clerk), None)

    def having(self, slot: Slot) -> "KeyRing":
        """Return the ring with a slot in place of the same user's former one."""
        others = [s for s in self.slots if s.clerk != slot.clerk]
        return replace(self, slots=tuple(sorted([*others, slot], key=lambda s: s.clerk)))

    def without(self, clerk: int) -> "KeyRing":
        """Return the ring without a user's slot."""
        return replace(self, slots=tuple(s for s in self.slots if s.clerk != clerk))


# ---- the file ----------------------------------------------------------------------------------


def key_path(path: Path) -> Path:
    """Return where the key file of an office file lies: beside it."""
    return path.with_suffix(".keys")


def spare_path(path: Path) -> Path:
    """Return where the second copy of the key file lies."""
    return path.with_suffix(".keys2")


def write_ring(path: Path, ring: KeyRing) -> None:
    """Write the key file of an office file, twice, each copy whole before it takes its name.

    Raises:
        StorageFault: the folder can not be written.
    """
    content = json.dumps(
        {"version": VERSION, "office": ring.office, "slots": [asdict(s) for s in ring.slots]},
        ensure_ascii=False,
        indent=1,
    ).encode()
    try:
        for target in (key_path(path), spare_path(path)):
            part = target.with_name(target.name + ".part")
            with part.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(target)
    except OSError as error:
        raise StorageFault("read_only", str(key_path(path))) from error


def read_ring(path: Path) -> KeyRing:
    """Read the key file of an office file, the second copy where the first is gone or spoilt.

    Raises:
        StorageFault: ``no_keys`` – there is none that can be read.
    """
    for source in (key_path(path), spare_path(path)):
        try:
            return _ring(json.loads(source.read_bytes()))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    raise StorageFault("no_keys", str(key_path(path)))


def _ring(found: dict[str, object]) -> KeyRing:
    if found["version"] != VERSION:
        raise ValueError("a key file of another version")
    slots = found["slots"]
    assert isinstance(slots, list)
    return KeyRing(
        str(found["office"]),
        tuple(
            Slot(
                int(s["clerk"]),
                str(s["name"]),
                tuple(str(r) for r in s["roles"]),
                Cost(**s["cost"]),
                str(s["salt"]),
                str(s["nonce"]),
                str(s["box"]),
            )
            for s in slots
        ),
    )
