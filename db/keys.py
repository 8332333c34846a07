"""The keys of an office file and the key file beside it: a slot per user, opened by a password.

The office file is encrypted with a random data key (数据密钥), what names a complainant also with
the identity key (身份密钥). Both lie, with the user's own signing key, in the user's slot, which
only that user's password opens. A password is changed by writing one slot anew.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, field, replace
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from db.errors import StorageFault
from frozen import dataclass

#: Length of each key and nonce in bytes.
KEY, NONCE, SALT = 32, 12, 16
VERSION = 1


@dataclass(frozen=True, slots=True)
class Cost:
    """How dear a guess of a password is made: passes, memory in KiB, lanes (Argon2id, RFC 9106)."""

    passes: int = 3
    memory: int = 64 * 1024
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Keys:
    """What a slot holds; ``identity`` only for roles that may see who complained."""

    data: bytes = field(repr=False)
    identity: bytes | None = field(repr=False)
    signing: bytes = field(repr=False)

    def __repr__(self) -> str:
        """Never show a key."""
        return "Keys(…)"

    @property
    def public(self) -> str:
        """The public half of the signing key, by which everybody can check a signature."""
        return public_of(self.signing)


def new_keys(identity: bool = True) -> Keys:
    """Return the keys of a new office, with those of its first user."""
    return Keys(
        os.urandom(KEY),
        os.urandom(KEY) if identity else None,
        os.urandom(KEY),
    )


def public_of(signing: bytes) -> str:
    """Return the public key that belongs to a signing key, as hexadecimal digits."""
    return Ed25519PrivateKey.from_private_bytes(signing).public_key().public_bytes_raw().hex()


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


def new_ring() -> KeyRing:
    """Return an empty ring with a new name."""
    return KeyRing(os.urandom(8).hex())


def make_slot(
    ring: KeyRing,
    clerk: int,
    name: str,
    roles: Iterable[str],
    keys: Keys,
    password: str,
    cost: Cost | None = None,
) -> Slot:
    """Put a user's keys into a box that the password opens."""
    cost = cost or Cost()
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    slot = Slot(clerk, name, tuple(sorted(roles)), cost, salt.hex(), nonce.hex(), "")
    content = json.dumps(
        {
            "data": keys.data.hex(),
            "identity": keys.identity.hex() if keys.identity else "",
            "signing": keys.signing.hex(),
        }
    ).encode()
    box = AESGCM(_derive(password, salt, cost)).encrypt(nonce, content, _bound(ring, slot))
    return replace(slot, box=box.hex())


def unlock(ring: KeyRing, clerk: int, password: str) -> Keys:
    """Return a user's keys; takes about a fifth of a second, so that guessing is dear.

    Raises:
        WrongPassword: it does not open, or who may do what was changed in the file.
    """
    slot = ring.slot(clerk)
    if slot is None:
        raise WrongPassword
    try:
        key = _derive(password, bytes.fromhex(slot.salt), slot.cost)
        content = AESGCM(key).decrypt(
            bytes.fromhex(slot.nonce), bytes.fromhex(slot.box), _bound(ring, slot)
        )
        found = json.loads(content)
    except (InvalidTag, ValueError) as error:
        raise WrongPassword from error
    identity = bytes.fromhex(found["identity"])
    return Keys(bytes.fromhex(found["data"]), identity or None, bytes.fromhex(found["signing"]))


def _derive(password: str, salt: bytes, cost: Cost) -> bytes:
    # Half a surrogate pair from a broken paste must not end in an exception of its own.
    secret = password.encode("utf-8", "surrogatepass")
    kdf = Argon2id(
        salt=salt, length=KEY, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory
    )
    return kdf.derive(secret)


def _bound(ring: KeyRing, slot: Slot) -> bytes:
    """What a box is bound to: changing a role or a name in the file makes it stay shut."""
    return json.dumps(
        [VERSION, ring.office, slot.clerk, slot.name, slot.roles, asdict(slot.cost)],
        ensure_ascii=False,
    ).encode()


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


# ---- boxes for single values -------------------------------------------------------------------


def seal(key: bytes, content: bytes, purpose: bytes) -> bytes:
    """Encrypt a value (AES-256-GCM); ``purpose`` must be named again to open it."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, purpose)


def unseal(key: bytes, box: bytes, purpose: bytes) -> bytes:
    """Decrypt a value.

    Raises:
        WrongPassword: another key or purpose, or it was tampered with.
    """
    try:
        return AESGCM(key).decrypt(box[:NONCE], box[NONCE:], purpose)
    except (InvalidTag, ValueError) as error:
        raise WrongPassword from error
