"""Making a new office file (新建本单位数据文件): its keys, users and first rows."""

import hashlib
from pathlib import Path

from db import connect, keys, restore
from db.driver import Database
from db.errors import StorageFault
from db.keys import Cost
from db.ledger import EventDraft, Ledger, Signer
from desktop.rules import typed
from desktop.rules.faults import Fault, fault, refuse_if
from desktop.rules.roles import Role, sees_identity
from desktop.usecases.office import Acting, Office, keep_setting, open_office, read_library
from desktop.usecases.passwords import too_easy
from desktop.usecases.profile import (
    OfficeDraft,
    check_office,
    choose_packs,
    clerk_values,
    profile_values,
    save_settings,
)
from desktop.usecases.session import SHORTEST, Session

#: A fingerprint of the identity key, by which one typed from paper is told from another office's.
IDENTITY_MARK = "identity.mark"


def create_office(
    path: Path, draft: OfficeDraft, acting: Acting, cost: Cost | None = None
) -> Office:
    """Make a new office file with its profile, users and rulebooks, and open it.

    Args:
        path: where it shall lie; its key file comes beside it.
        draft: what was typed.
        acting: who makes it: one of the users in the draft, by name.
        cost: how dear guessing a password is made; the usual one if not said.

    Raises:
        Faults: something typed can not be kept.
        StorageFault: the file can not be made.
    """
    library = read_library()
    check_office(draft, library)
    names = [typed.clean(c.name) for c in draft.clerks]
    maker = names.index(typed.clean(acting.name)) if typed.clean(acting.name) in names else 0
    check_makers(draft, maker)
    own = [keys.new_keys() for _ in draft.clerks]
    common = own[maker]
    held = [
        keys.Keys(common.data, common.identity if sees_identity(c.roles) else None, mine.signing)
        for c, mine in zip(draft.clerks, own, strict=True)
    ]
    ring = keys.new_ring()
    for n, (clerk, name) in enumerate(zip(draft.clerks, names, strict=True)):
        if clerk.password:
            slot = keys.make_slot(
                ring, n + 1, name, sorted(clerk.roles), held[n], clerk.password, cost
            )
            ring = ring.having(slot)
    acting = Acting(maker + 1, names[maker], acting.at)

    def fill(db: Database) -> None:
        event = EventDraft("office.create", "profile", 1, typed.clean(draft.name))
        signer = Signer(maker + 1, maker + 1, held[maker].signing)
        with Ledger(db, signer).action(event, acting.actor()) as action:
            action.insert("profile", id=1, **profile_values(draft))
            for clerk, mine in zip(draft.clerks, held, strict=True):
                row = action.insert("clerk", **clerk_values(clerk))
                action.insert(
                    "clerk_key", clerk=row, public=mine.public, since=acting.at.isoformat()
                )
            choose_packs(action, library, draft.packs)
            save_settings(action, db, draft)
            assert common.identity is not None
            keep_setting(action, db, IDENTITY_MARK, identity_mark(common.identity))

    # Another office of that stem beside it would lose its keys to this one.
    beside = (path, keys.key_path(path), keys.spare_path(path))
    waiting = restore.is_unfinished(path)  # it would take the place of the new file
    if waiting or path.is_symlink() or any(one.exists() for one in beside):
        raise StorageFault("exists", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        keys.write_ring(path, ring)
        connect.create_office(path, common.data, fill)
    except BaseException:
        for one in beside[1:]:
            one.unlink(missing_ok=True)
        raise
    roles = draft.clerks[maker].roles
    return open_office(path, Session(maker + 1, names[maker], roles, held[maker]))


def check_makers(draft: OfficeDraft, maker: int) -> None:
    """Check that the file can be opened again: a password for its maker, somebody who is 管理员.

    Raises:
        Faults: with every fault of the users.
    """
    faults = [
        password_fault(f"clerks.{n}.password", c.password, c.name)
        for n, c in enumerate(draft.clerks)
        if c.password or n == maker
    ]
    faults += [
        fault(f"clerks.{n}.roles", "choose") for n, c in enumerate(draft.clerks) if not c.roles
    ]
    if not any(Role.ADMIN in c.roles and c.password for c in draft.clerks):
        faults.append(fault("clerks", "no_admin"))
    if not any(sees_identity(c.roles) for c in draft.clerks[maker : maker + 1]):
        faults.append(fault(f"clerks.{maker}.roles", "no_identity"))  # nobody would hold the key
    refuse_if(faults)


def identity_mark(key: bytes) -> str:
    """Return the fingerprint of an identity key; a random key can not be found from it."""
    return hashlib.sha256(b"identity" + key).hexdigest()[:16]


def password_fault(field: str, password: str, name: str) -> Fault | None:
    """Check a new password: long enough, and neither the name nor one sign over and over."""
    if len(password) < SHORTEST:
        return fault(field, "password_short", least=SHORTEST)
    if too_easy(password, name):
        return fault(field, "password_weak")
    return None
