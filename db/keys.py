"""The keys of an office file and the key file beside it: a slot per user, opened by a password.

The office file is encrypted with a random data key (数据密钥), what names a complainant also with
the identity key (身份密钥). Both lie, with the user's own signing key, in the user's slot, which
only that user's password opens. A password is changed by writing one slot anew.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, field, replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from db.keyring import (
    VERSION,
    Cost,
    KeyRing,
    Slot,
    WrongPassword,
    key_path,
    read_ring,
    spare_path,
    write_ring,
)
from frozen import dataclass

__all__ = [
    "KEY",
    "NONCE",
    "SALT",
    "VERSION",
    "Cost",
    "KeyRing",
    "Keys",
    "Slot",
    "WrongPassword",
    "key_path",
    "make_slot",
    "new_keys",
    "new_ring",
    "public_of",
    "read_ring",
    "seal",
    "sealer",
    "spare_path",
    "unlock",
    "unseal",
    "write_ring",
]

#: Length of each key and nonce in bytes.
KEY, NONCE, SALT = 32, 12, 16


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


# ---- boxes for single values -------------------------------------------------------------------


def seal(key: bytes, content: bytes, purpose: bytes) -> bytes:
    """Encrypt a value (AES-256-GCM); ``purpose`` must be named again to open it."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, purpose)


#: Numbers for single use that are drawn at a time.
_DRAWN = 512


def sealer(key: bytes, purpose: bytes) -> Callable[[bytes], bytes]:
    """Return what encrypts many values, each as ``seal`` does."""
    encrypt = AESGCM(key).encrypt

    def nonces() -> Iterator[bytes]:
        while True:
            drawn = os.urandom(NONCE * _DRAWN)
            for at in range(0, len(drawn), NONCE):
                yield drawn[at : at + NONCE]

    fresh = nonces().__next__

    def sealed(content: bytes) -> bytes:
        nonce = fresh()
        return nonce + encrypt(nonce, content, purpose)

    return sealed


def unseal(key: bytes, box: bytes, purpose: bytes) -> bytes:
    """Decrypt a value.

    Raises:
        WrongPassword: another key or purpose, or it was tampered with.
    """
    try:
        return AESGCM(key).decrypt(box[:NONCE], box[NONCE:], purpose)
    except (InvalidTag, ValueError) as error:
        raise WrongPassword from error
