"""Users, their slots and passwords: what each change leaves in the office file and the key file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db import keys
from db.errors import StorageFault
from desktop.rules.complaints import Identity, PersonTyped
from desktop.rules.roles import Role
from desktop.usecases import office as offices
from desktop.usecases import recovery, register, users
from desktop.usecases.office import Acting, Office, sheet_missing
from desktop.usecases.profile import ClerkDraft
from desktop.usecases.session import WrongPassword, unlock
from desktop.usecases.users import Colleague, OnPaper
from tests.usecases.desk import ACTING, LIGHT, NAME, PASSWORD, Desk, faulty, forbidden

NEW = "xinmima-2026"
ADMIN, REGISTRAR = frozenset({Role.ADMIN}), frozenset({Role.REGISTRAR})
LEADER, READER = frozenset({Role.LEADER}), frozenset({Role.READER})


def draft(name: str = "沈卫东", roles: frozenset[Role] = LEADER, password: str = NEW) -> ClerkDraft:
    return ClerkDraft(name, "副主任", roles, password)


def reopen(desk: Desk, clerk: int, password: str) -> Office:
    """Close the office, and unlock it for another user."""
    path = desk.office.path
    desk.office.close()
    desk.office = offices.open_office(path, unlock(path, clerk, password))
    return desk.office


def actions(office: Office) -> list[str]:
    return [row[0] for row in office.db.execute("SELECT action FROM event ORDER BY seq").fetchall()]


def test_a_new_user_unlocks_with_his_own_password(desk: Desk) -> None:
    row = users.add_user(desk.office, draft(), ACTING, cost=LIGHT).value
    assert actions(desk.office)[-1] == "user.add"
    office = reopen(desk, row, NEW)
    assert (office.session.name, office.session.roles) == ("沈卫东", LEADER)
    assert office.session.sees_identity
    with forbidden("not_your_role"):
        users.add_user(office, draft("周晓"), ACTING, cost=LIGHT)


def test_a_reader_holds_no_identity_key(desk: Desk) -> None:
    row = users.add_user(desk.office, draft(roles=READER), ACTING, cost=LIGHT).value
    assert unlock(desk.office.path, row, NEW).keys.identity is None


@pytest.mark.parametrize(
    ("name", "roles", "password", "field", "code"),
    [
        ("", LEADER, NEW, "name", "required"),
        ("李堃", LEADER, NEW, "name", "taken"),
        ("沈卫东", frozenset[Role](), NEW, "roles", "choose"),
        ("沈卫东", LEADER, "short", "password", "password_short"),
        ("沈卫东", LEADER, "aaaaaaaaaa", "password", "password_weak"),
        ("沈卫东", LEADER, "12345678", "password", "password_weak"),
    ],
)
def test_what_a_user_needs(
    desk: Desk, name: str, roles: frozenset[Role], password: str, field: str, code: str
) -> None:
    before = keys.read_ring(desk.office.path), actions(desk.office)
    with faulty((field, code)):
        users.add_user(desk.office, draft(name, roles, password), ACTING, cost=LIGHT)
    assert (keys.read_ring(desk.office.path), actions(desk.office)) == before


def test_a_new_password_ends_the_old_one_and_its_signing_key(desk: Desk) -> None:
    old = unlock(desk.office.path, 2, PASSWORD)
    changed = draft("李堃", REGISTRAR)
    users.change_user(desk.office, 2, changed, ACTING, cost=LIGHT)
    assert actions(desk.office)[-1] == "user.key"
    path = desk.office.path
    with pytest.raises(WrongPassword):
        unlock(path, 2, PASSWORD)
    desk.office.close()
    with pytest.raises(StorageFault, match="unknown_user"):
        offices.open_office(path, old)
    desk.office = offices.open_office(path, unlock(path, 2, NEW))
    assert desk.office.session.keys.public != old.keys.public


def test_a_role_is_taken_at_once_and_the_slot_follows_at_the_next_unlocking(desk: Desk) -> None:
    users.change_user(desk.office, 2, draft("李坤", READER, ""), ACTING)
    path = desk.office.path
    assert unlock(path, 2, PASSWORD).name == "李堃"  # the slot needs his password to be written
    office = reopen(desk, 2, PASSWORD)
    assert (office.session.name, office.session.roles) == ("李坤", READER)
    assert not office.session.sees_identity
    users.settle(office, PASSWORD)
    again = unlock(path, 2, PASSWORD)
    assert (again.name, again.roles, again.keys.identity) == ("李坤", READER, None)


def test_a_role_that_sees_identities_comes_with_a_password(desk: Desk) -> None:
    row = users.add_user(desk.office, draft(roles=READER), ACTING, cost=LIGHT).value
    with faulty(("password", "password_needed")):
        users.change_user(desk.office, row, draft(password=""), ACTING)
    users.change_user(desk.office, row, draft(password="lingdao-2026"), ACTING, cost=LIGHT)
    assert unlock(desk.office.path, row, "lingdao-2026").keys.identity is not None


def at_desk(office: Office) -> Acting:
    """Return who is at the desk, acting."""
    return Acting(office.session.clerk, office.session.name, ACTING.at)


@pytest.fixture(name="admin")
def _admin(desk: Desk) -> Office:
    """An administrator who may not see identities is at the desk."""
    row = users.add_user(desk.office, draft("韩清", ADMIN), ACTING, cost=LIGHT).value
    return reopen(desk, row, NEW)


def test_an_administrator_without_the_identity_key_borrows_it(desk: Desk, admin: Office) -> None:
    assert [u.name for u in users.lenders(admin)] == ["王敏", "李堃"]
    with faulty(("lender", "identity_needed")):
        users.add_user(admin, draft(), at_desk(admin), cost=LIGHT)
    with faulty(("lent", "password_wrong")):
        users.add_user(admin, draft(), at_desk(admin), Colleague(2, "not this"), cost=LIGHT)
    row = users.add_user(admin, draft(), at_desk(admin), Colleague(2, PASSWORD), cost=LIGHT).value
    lent = unlock(admin.path, 2, PASSWORD).keys.identity
    assert unlock(admin.path, row, NEW).keys.identity == lent


def test_or_takes_it_from_the_recovery_sheet(desk: Desk, admin: Office) -> None:
    identity = unlock(admin.path, 1, PASSWORD).keys.identity
    assert identity is not None
    with faulty(("paper", "sheet_not_this")):
        users.add_user(
            admin, draft(), at_desk(admin), OnPaper(recovery.signs(bytes(32))), cost=LIGHT
        )
    row = users.add_user(
        admin, draft(), at_desk(admin), OnPaper(recovery.signs(identity)), cost=LIGHT
    ).value
    assert unlock(admin.path, row, NEW).keys.identity == identity


def test_a_removed_user_does_not_unlock_and_his_work_stays(desk: Desk) -> None:
    held = unlock(desk.office.path, 2, PASSWORD)
    users.remove_user(desk.office, 2, ACTING)
    assert [u.name for u in users.users(desk.office)] == ["王敏"]
    path = desk.office.path
    with pytest.raises(WrongPassword):
        unlock(path, 2, PASSWORD)
    desk.office.close()
    with pytest.raises(StorageFault, match="unknown_user"):
        offices.open_office(path, held)
    desk.office = offices.open_office(path, unlock(path, 1, PASSWORD))


def test_somebody_always_administers_and_sees_identities(desk: Desk) -> None:
    with faulty(("user", "own_user")):
        users.remove_user(desk.office, 1, ACTING)
    with faulty(("roles", "own_roles")):
        users.change_user(desk.office, 1, draft("王敏", REGISTRAR, ""), ACTING)
    row = users.add_user(desk.office, draft("韩清", ADMIN), ACTING, cost=LIGHT).value
    users.change_user(desk.office, 2, draft("李堃", READER, ""), ACTING)
    office = reopen(desk, row, NEW)
    with faulty(("user", "last_identity")):
        users.remove_user(office, 1, at_desk(office))
    users.change_user(office, 1, draft("王敏", REGISTRAR, ""), at_desk(office))
    office = reopen(desk, 1, PASSWORD)
    assert office.session.roles == REGISTRAR


def test_ones_own_password_changes_one_slot_and_no_byte_of_the_file(desk: Desk) -> None:
    path = desk.office.path
    session = desk.office.session
    before = keys.read_ring(path)
    seen = actions(desk.office)
    with faulty(("old", "password_wrong")):
        users.change_password(path, session, "not this", NEW)
    with faulty(("password", "password_same")):
        users.change_password(path, session, PASSWORD, PASSWORD)
    users.change_password(path, session, PASSWORD, NEW)
    after = keys.read_ring(path)
    assert [a == b for a, b in zip(before.slots, after.slots, strict=True)] == [False, True]
    assert actions(desk.office) == seen
    assert unlock(path, 1, NEW).keys == session.keys


# ---- the power fails between the row and the slot ------------------------------------------------


class PowerCut(Exception):
    """The machine stopped."""


@pytest.fixture(name="cut")
def _cut(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on the key file is never written: the machine stops right before it."""

    def stop(_path: Path, _ring: keys.KeyRing) -> None:
        raise PowerCut

    return lambda: monkeypatch.setattr(keys, "write_ring", stop)


def test_a_new_user_without_a_slot_gets_his_password_once_more(
    desk: Desk, cut: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    cut()
    with pytest.raises(PowerCut):
        users.add_user(desk.office, draft(), ACTING, cost=LIGHT)
    monkeypatch.undo()
    office = reopen(desk, 1, PASSWORD)
    users.settle(office, PASSWORD)
    made = users.users(office)[-1]
    assert (made.name, made.opens) == ("沈卫东", False)
    users.change_user(office, made.id, draft(), ACTING, cost=LIGHT)
    assert users.users(office)[-1].opens
    assert reopen(desk, made.id, NEW).session.name == "沈卫东"


def test_a_slot_without_a_row_opens_nothing_and_is_dropped(
    desk: Desk, cut: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.office.path
    cut()
    with pytest.raises(PowerCut):
        users.remove_user(desk.office, 2, ACTING)
    monkeypatch.undo()
    held = unlock(path, 2, PASSWORD)  # his slot is still there
    desk.office.close()
    with pytest.raises(StorageFault, match="unknown_user"):
        offices.open_office(path, held)
    desk.office = offices.open_office(path, unlock(path, 1, PASSWORD))
    users.settle(desk.office, PASSWORD)
    assert keys.read_ring(path).slot(2) is None


def test_a_password_half_set_is_set_once_more(
    desk: Desk, cut: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.office.path
    cut()
    with pytest.raises(PowerCut):
        users.change_user(desk.office, 2, draft("李堃", REGISTRAR), ACTING, cost=LIGHT)
    monkeypatch.undo()
    held = unlock(path, 2, PASSWORD)
    desk.office.close()
    with pytest.raises(StorageFault, match="unknown_user"):
        offices.open_office(path, held)
    desk.office = offices.open_office(path, unlock(path, 1, PASSWORD))
    users.change_user(desk.office, 2, draft("李堃", REGISTRAR), ACTING, cost=LIGHT)
    assert reopen(desk, 2, NEW).session.name == "李堃"


# ---- the recovery sheet --------------------------------------------------------------------------


def test_a_key_reads_back_from_its_signs_however_it_is_typed() -> None:
    key = bytes(range(32))
    said = recovery.signs(key)
    assert len(said) == recovery.SIGNS
    spaced = "1—6　" + "　".join(said[:6]) + "\n7—12 " + " ".join(said[6:12]) + "，" + said[12:]
    for text in (said, spaced, f"SLEDKEY1:{key.hex()}", f" {key.hex().upper()} "):
        assert recovery.read_signs("data", text) == key


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda s: s[:-1], "sheet_count"),
        (lambda s: s + s[0], "sheet_count"),
        (lambda s: "𬱖" + s[1:], "sheet_sign"),
        (lambda s: s[1] + s[0] + s[2:], "sheet_check"),
        (lambda _s: "", "required"),
    ],
)
def test_a_misread_key_is_refused_by_name(change: Callable[[str], str], code: str) -> None:
    with faulty(("data", code)):
        recovery.read_signs("data", change(recovery.signs(bytes(range(32)))))


def _signs_of(desk: Desk) -> tuple[str, str]:
    held = desk.office.session.keys
    assert held.identity is not None
    return recovery.signs(held.data), recovery.signs(held.identity)


def test_the_sheet_opens_an_office_whose_key_file_is_gone(desk: Desk) -> None:
    desk.register(identity=Identity.REAL_NAME, complainants=(PersonTyped(NAME, "", ""),))
    data, identity = _signs_of(desk)
    path = desk.office.path
    desk.office.close()
    keys.key_path(path).unlink()
    keys.spare_path(path).unlink()
    found = recovery.open_by_sheet(path, data, identity)
    assert [c.name for c in found.clerks] == ["王敏", "李堃"]
    with faulty(("password", "password_short")):
        recovery.recover(found, 2, "short", ACTING, LIGHT)
    session = recovery.recover(found, 2, NEW, ACTING, LIGHT)
    assert session.roles == {Role.REGISTRAR, Role.ADMIN}
    desk.office = offices.open_office(path, unlock(path, 2, NEW))
    assert actions(desk.office)[-1] == "user.key"
    assert register.complainants(desk.office, 1)[0].name == NAME
    assert [u.opens for u in users.users(desk.office)] == [False, True]


def test_without_the_second_key_the_office_opens_and_identities_stay_hidden(desk: Desk) -> None:
    data, _identity = _signs_of(desk)
    path = desk.office.path
    desk.office.close()
    session = recovery.recover(recovery.open_by_sheet(path, data, ""), 1, NEW, ACTING, LIGHT)
    desk.office = offices.open_office(path, session)
    assert not desk.office.session.sees_identity


def test_the_sheet_of_another_office_is_told_apart(desk: Desk) -> None:
    data, _identity = _signs_of(desk)
    path = desk.office.path
    desk.office.close()
    other = recovery.signs(bytes(32))
    with faulty(("data", "sheet_not_this")):
        recovery.open_by_sheet(path, other, "")
    with faulty(("identity", "sheet_not_this")):
        recovery.open_by_sheet(path, data, other)
    desk.office = offices.open_office(path, unlock(path, 1, PASSWORD))


def test_a_recovery_cut_short_is_begun_again(
    desk: Desk, cut: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, identity = _signs_of(desk)
    path = desk.office.path
    desk.office.close()
    found = recovery.open_by_sheet(path, data, identity)
    cut()
    with pytest.raises(PowerCut):
        recovery.recover(found, 1, NEW, ACTING, LIGHT)
    monkeypatch.undo()
    session = recovery.recover(recovery.open_by_sheet(path, data, identity), 1, NEW, ACTING, LIGHT)
    desk.office = offices.open_office(path, session)


def test_the_sheet_counts_once_two_signs_were_read_back(desk: Desk) -> None:
    assert sheet_missing(desk.office)
    identity = desk.office.session.keys.identity
    assert identity is not None
    pdf = recovery.sheet(desk.office, identity, ACTING)
    assert pdf.startswith(b"%PDF")
    data, _identity = _signs_of(desk)
    first, second = recovery.asked_places(desk.office)
    with faulty(("sign.1", "sheet_other")):
        recovery.confirm_sheet(desk.office, (data[first - 1], "𬱖"), ACTING)
    recovery.confirm_sheet(desk.office, (data[first - 1], f" {data[second - 1]} "), ACTING)
    assert not sheet_missing(desk.office)
    assert actions(desk.office)[-1] == "recovery.sheet"
    told = desk.office.db.execute("SELECT label, reason FROM event ORDER BY seq DESC").fetchone()
    assert tuple(told) == ("恢复单", "")
