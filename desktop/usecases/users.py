"""Users of an office file (用户): who they are, what they may do, their slots, their passwords.

A user is a row of the office file and a slot of the key file; the two can not be written at once.
The row is always written first. If the power fails before the slot is written:

- a new user, or one with a new password, has a row and no slot that fits: the administrator sees
  “没有密码” or the user is told so, and the password is set once more;
- a removed user has a slot and no row: the file refuses him, and ``settle`` drops the slot.

One's own password changes only the slot, so nothing can fall apart there.
"""

from dataclasses import dataclass
from pathlib import Path

from db import keys
from db.errors import StorageFault
from db.keys import Cost, KeyRing, Keys, WrongPassword
from db.ledger import Action, EventDraft
from db.queries import office as queries
from db.records import Clerk
from desktop.rules import typed
from desktop.rules.faults import Fault, Faults, NotPermitted, fault, refuse_if
from desktop.rules.roles import Role, read_roles, sees_identity
from desktop.usecases.founding import IDENTITY_MARK, identity_mark, password_fault
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.profile import ClerkDraft, clerk_values
from desktop.usecases.session import Session


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user as the page lists him; ``opens``: he has a slot, so he has a password."""

    id: int
    name: str
    title: str
    roles: frozenset[Role]
    opens: bool


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who lends the identity key by his password, in place of the acting user."""

    clerk: int
    password: str

    def __repr__(self) -> str:
        """Never show a password."""
        return f"Colleague({self.clerk})"


@dataclass(frozen=True, slots=True)
class OnPaper:
    """The identity key as read from the recovery sheet."""

    text: str

    def __repr__(self) -> str:
        """Never show a key."""
        return "OnPaper(…)"


#: Where the identity key is taken from when the acting user has none.
Lender = Colleague | OnPaper | None


def users(office: Office) -> tuple[UserRow, ...]:
    """Return the users of the open office, as its rows say; the key file says who has a slot."""
    ring = _ring(office.path)
    return tuple(
        UserRow(c.id, c.name, c.title, read_roles(c.roles), ring.slot(c.id) is not None)
        for c in queries.clerks(office.db)
    )


def lenders(office: Office) -> tuple[UserRow, ...]:
    """Return who else can lend the identity key: has a slot, and a role that sees identities."""
    own = office.session.clerk
    return tuple(u for u in users(office) if u.id != own and u.opens and sees_identity(u.roles))


def add_user(
    office: Office,
    draft: ClerkDraft,
    acting: Acting,
    lender: Lender = None,
    cost: Cost | None = None,
) -> Done[int]:
    """Add a user with a password of his own (添加用户).

    Raises:
        Faults: something typed can not be kept, or nobody lends the identity key that he needs.
        NotPermitted: the acting user is not 管理员.
    """
    _permit(office, "user.add")
    _check(office, draft, None)
    refuse_if([password_fault("password", draft.password, draft.name)])
    held = _keys(office, draft.roles, lender)
    name = typed.clean(draft.name)
    event = EventDraft("user.add", "clerk", label=name)
    with office.ledger.action(event, acting.actor()) as action:
        row = action.insert("clerk", **clerk_values(draft))
        event.subject_id = row
        _enter_key(action, row, held, acting)
    _put_slot(office.path, row, name, draft.roles, held, draft.password, cost)
    return Done(row, 0)


def change_user(
    office: Office,
    user: int,
    draft: ClerkDraft,
    acting: Acting,
    lender: Lender = None,
    cost: Cost | None = None,
) -> Done[None]:
    """Change a user's name, post and roles; a typed password replaces his (修改用户、重设密码).

    His slot can only be written with a password: without one it keeps his former name and roles
    until he unlocks the file the next time (``settle``); what he may do is said by the row.
    Roles that see identities for the first time need a slot with the identity key, so a password.

    Raises:
        Faults: something typed can not be kept; ``last_admin``, ``last_identity`` – nobody else
            could do what he gives up; ``password_needed``; nobody lends the identity key.
        NotPermitted: the acting user is not 管理员.
    """
    _permit(office, "user.change")
    now = _clerk(office, user)
    _check(office, draft, user)
    before = read_roles(now.roles)
    gains = sees_identity(draft.roles) and not sees_identity(before)
    own = user == office.session.clerk
    loses = Role.ADMIN in before and Role.ADMIN not in draft.roles
    # His session goes on with the keys and the rights it began with.
    refuse_if([fault("roles", "own_roles") if own and (gains or loses) else None])
    _check_left(office, user, draft.roles)
    faults: list[Fault | None] = [
        fault("password", "own_password") if own and draft.password else None
    ]
    if draft.password:
        faults.append(password_fault("password", draft.password, draft.name))
    elif gains:
        faults.append(fault("password", "password_needed"))
    refuse_if(faults)
    held = _keys(office, draft.roles, lender) if draft.password else None
    name = typed.clean(draft.name)
    event = EventDraft("user.change" if held is None else "user.key", "clerk", user, name)
    with office.ledger.action(event, acting.actor()) as action:
        action.update("clerk", user, **clerk_values(draft))
        if held is not None:
            _drop_keys(office, action, user)
            _enter_key(action, user, held, acting)
    if held is not None:
        _put_slot(office.path, user, name, draft.roles, held, draft.password, cost)
    return Done(None, 0)


def remove_user(office: Office, user: int, acting: Acting) -> Done[None]:
    """Take a user out (去掉用户): he unlocks the file no more; what he did stays in his name.

    He may have kept a copy of the file with its key file, which his password still opens.

    Raises:
        Faults: ``last_admin``, ``last_identity``, ``own_user`` – nobody removes himself.
        NotPermitted: the acting user is not 管理员.
    """
    _permit(office, "user.remove")
    refuse_if([fault("user", "own_user") if user == office.session.clerk else None])
    _check_left(office, user, frozenset())
    name = _clerk(office, user).name
    event = EventDraft("user.remove", "clerk", user, name)
    with office.ledger.action(event, acting.actor()) as action:
        action.update("clerk", user, void=1)
        _drop_keys(office, action, user)
    keys.write_ring(office.path, _ring(office.path).without(user))
    return Done(None, 0)


def change_password(
    path: Path, session: Session, old: str, new: str, cost: Cost | None = None
) -> None:
    """Change one's own password: one slot is written anew, no byte of the office file.

    Raises:
        Faults: ``password_wrong`` – the old one is not right; or the new one can not be taken.
        StorageFault: the key file can not be written.
    """
    ring = keys.read_ring(path)
    slot = ring.slot(session.clerk)
    try:
        held = keys.unlock(ring, session.clerk, old)
    except WrongPassword as error:
        raise Faults([fault("old", "password_wrong")]) from error
    assert slot is not None
    refuse_if(
        [
            password_fault("password", new, session.name),
            fault("password", "password_same") if new == old else None,
        ]
    )
    made = keys.make_slot(ring, slot.clerk, slot.name, slot.roles, held, new, cost or slot.cost)
    keys.write_ring(path, ring.having(made))


def settle(office: Office, password: str = "") -> None:
    """Bring the key file to what the office file says, after a user has unlocked it.

    Slots of users who are no more go; the user's own slot takes his name and roles, and loses the
    identity key if his roles no longer see identities. A folder that can not be written waits.
    """
    ring = _ring(office.path)
    live = {c.id for c in queries.clerks(office.db)}
    kept = KeyRing(ring.office, tuple(s for s in ring.slots if s.clerk in live))
    session = office.session
    own = kept.slot(session.clerk)
    roles = tuple(sorted(session.roles))
    sees = sees_identity(session.roles)
    stale = own is not None and (own.name, own.roles) != (session.name, roles)
    if own is not None and password and (stale or (session.keys.identity and not sees)):
        held = Keys(
            session.keys.data, session.keys.identity if sees else None, session.keys.signing
        )
        kept = kept.having(
            keys.make_slot(kept, own.clerk, session.name, roles, held, password, own.cost)
        )
    if kept != ring and ring.slots:
        try:
            keys.write_ring(office.path, kept)
        except StorageFault:
            return


def identity_key(office: Office, lender: Lender) -> bytes:
    """Return the identity key: the acting user's own, a colleague's, or the one on the sheet.

    Raises:
        Faults: ``identity_needed`` – nobody lends it; ``password_wrong``, or it is misread.
    """
    match lender:
        case _ if office.session.sees_identity and office.session.keys.identity is not None:
            return office.session.keys.identity
        case Colleague():
            try:
                held = keys.unlock(_ring(office.path), lender.clerk, lender.password)
            except WrongPassword as error:
                raise Faults([fault("lent", "password_wrong")]) from error
            if held.identity is None:
                raise Faults([fault("lender", "identity_needed")])
            return held.identity
        case OnPaper():
            from desktop.usecases import recovery  # with all that a printed sheet needs

            key = recovery.read_signs("paper", lender.text)
            mark = office.setting(IDENTITY_MARK)
            wrong = bool(mark) and identity_mark(key) != mark
            refuse_if([fault("paper", "sheet_not_this") if wrong else None])
            return key
    raise Faults([fault("lender", "identity_needed")])


# ---- inside ------------------------------------------------------------------------------------


def _permit(office: Office, action: str) -> None:
    """The ledger asks too; this one asks before a password is worked on for half a second."""
    if not office.session.may(action):
        raise NotPermitted("not_your_role", action=action)


def _check(office: Office, draft: ClerkDraft, user: int | None) -> None:
    name = typed.clean(draft.name)
    taken = any(c.name == name and c.id != user for c in queries.clerks(office.db))
    refuse_if(
        [
            typed.check_text("name", draft.name, required=True, limit=typed.NAME),
            fault("name", "taken", name=name) if taken else None,
            typed.check_text("title", draft.title, limit=typed.NAME),
            None if draft.roles else fault("roles", "choose"),
        ]
    )


def _check_left(office: Office, user: int, roles: frozenset[Role]) -> None:
    """Refuse what would leave nobody to administer the office, or to see identities."""
    others = [u for u in users(office) if u.id != user and u.opens]
    field = "roles" if roles else "user"
    now = read_roles(_clerk(office, user).roles)
    administers = Role.ADMIN in roles or any(Role.ADMIN in u.roles for u in others)
    sees = sees_identity(roles) or any(sees_identity(u.roles) for u in others)
    refuse_if(
        [
            fault(field, "last_admin") if Role.ADMIN in now and not administers else None,
            fault(field, "last_identity") if sees_identity(now) and not sees else None,
        ]
    )


def _clerk(office: Office, user: int) -> Clerk:
    found = next((c for c in queries.clerks(office.db) if c.id == user), None)
    if found is None:
        raise Faults([fault("user", "gone_user")])
    return found


def _keys(office: Office, roles: frozenset[Role], lender: Lender) -> Keys:
    """Return the keys of a new slot, with a signing key of its own."""
    identity = identity_key(office, lender) if sees_identity(roles) else None
    return Keys(office.session.keys.data, identity, keys.new_keys(identity=False).signing)


def _enter_key(action: Action, user: int, held: Keys, acting: Acting) -> None:
    action.insert("clerk_key", clerk=user, public=held.public, since=acting.at.isoformat())


def _drop_keys(office: Office, action: Action, user: int) -> None:
    for row in queries.live_keys(office.db, user):
        action.update("clerk_key", row, void=1)


def _put_slot(
    path: Path,
    user: int,
    name: str,
    roles: frozenset[Role],
    held: Keys,
    password: str,
    cost: Cost | None,
) -> None:
    ring = _ring(path)
    usual = ring.slots[0].cost if ring.slots else None
    slot = keys.make_slot(ring, user, name, sorted(roles), held, password, cost or usual)
    keys.write_ring(path, ring.having(slot))


def _ring(path: Path) -> KeyRing:
    """Return the key file; an empty one if it was lost while the office is open."""
    try:
        return keys.read_ring(path)
    except StorageFault:
        return keys.new_ring()
