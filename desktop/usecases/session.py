"""Who is at the desk (登录): the user whose password opened the office file, and what he may do."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from db import keyring, restore
from db.keyring import Cost, WrongPassword
from desktop.rules import roles as rules
from desktop.rules.roles import Role
from frozen import dataclass

if TYPE_CHECKING:
    from db.keys import Keys

#: A password is at least this long; a limit of this program.
SHORTEST = 8
#: The password of every user of the sample office; its people and matters are made up.
SAMPLE_PASSWORD = "yangguang2026"


@dataclass(frozen=True, slots=True)
class Session:
    """The user at the desk with his keys; lives in memory only."""

    clerk: int
    name: str
    roles: frozenset[Role]
    keys: "Keys"

    def may(self, action: str) -> bool:
        """Say whether this user may take an action."""
        return rules.may(self.roles, action)

    @property
    def sees_identity(self) -> bool:
        """Whether this user may see who complained, and holds the key to it."""
        return self.keys.identity is not None and rules.sees_identity(self.roles)


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who can unlock an office file (用户)."""

    clerk: int
    name: str
    roles: frozenset[Role]


def users(path: Path) -> Sequence[User]:
    """Return who can unlock an office file, as its key file says.

    Raises:
        StorageFault: ``no_keys`` – the key file is gone.
    """
    restore.resume(path)
    ring = keyring.read_ring(path)
    return tuple(User(s.clerk, s.name, rules.read_roles(" ".join(s.roles))) for s in ring.slots)


def unlock(path: Path, clerk: int, password: str) -> Session:
    """Open a user's slot with his password; takes about a fifth of a second.

    Raises:
        StorageFault: ``no_keys`` – the key file is gone.
        WrongPassword: it does not open.
    """
    from db import keys

    restore.resume(path)  # a restoring that was cut off may have the key file aside
    ring = keyring.read_ring(path)
    slot = ring.slot(clerk)
    found = keys.unlock(ring, clerk, password)
    assert slot is not None
    return Session(clerk, slot.name, rules.read_roles(" ".join(slot.roles)), found)


__all__ = ["SHORTEST", "Cost", "Session", "User", "WrongPassword", "unlock", "users"]
