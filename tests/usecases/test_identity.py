"""Who complained is sealed in every row, and opens only for those who may see it."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.keys import WrongPassword, key_path, read_ring, spare_path
from desktop.rules.complaints import PersonTyped, Ruling
from desktop.rules.faults import NotPermitted
from desktop.rules.roles import RIGHTS, Role, may, read_roles, write_roles
from desktop.rules.secrecy import gives_away
from desktop.usecases import (
    founding,
    identity,
    letters,
    looking,
    office,
    people,
    profile,
    register,
    session,
)
from desktop.usecases.identity import MASK, mask
from desktop.usecases.office import Acting
from desktop.usecases.profile import ClerkDraft
from tests.usecases.desk import (
    ACTING,
    ADDRESS,
    LIGHT,
    NAME,
    PASSWORD,
    PHONE,
    ROLES,
    SECRETS,
    Desk,
    draft_office,
    office_session,
)

PERSON = PersonTyped(NAME, PHONE, ADDRESS)


def every_value(desk: Desk) -> str:
    """Return everything the file holds, as text; letters' bytes are in latin-1."""
    found = []
    for table in desk.office.db.table_names():
        for row in desk.office.db.execute(f'SELECT * FROM "{table}"').fetchall():
            found += [v.decode("latin-1") if isinstance(v, bytes) else str(v) for v in row]
    return "\n".join(found)


@pytest.mark.parametrize(
    ("address", "told", "kept"),
    [
        ("澄岳市柳荫巷 6 号", "柳荫巷6号", "柳荫巷"),
        ("河北省澄岳市云栖区东关街道和平小区3号楼502", "和平小区３号楼 502", "和平小区"),
        ("涉县东关镇北岗村十二组", "北岗村十二组", "东关镇北岗村"),
        ("和平里 3 号楼", "和平里3号楼", "3号楼"),
        ("澄岳市 12 号信箱", "澄岳市12号信箱", "12号信箱"),
    ],
)
def test_an_address_tells_without_its_town_and_not_without_its_street(
    address: str, told: str, kept: str
) -> None:
    person = PersonTyped("", "", address)
    assert mask([person], f"住在{told}的人") == f"住在{MASK}的人"
    assert mask([person], f"{kept}没有公开") == f"{kept}没有公开"
    assert [f.field for f in gives_away([person], {"a": f"住{told}", "b": kept})] == ["a"]


#: A house with a letter, and how it may be told without its town.
_LETTERED = ("澄岳市柳荫巷6号A", "澄岳市柳荫巷６号ａ", "澄岳市柳荫巷 6 号-Ａ")
_TOLD_SO = ("柳荫巷6号A", "柳荫巷6号a", "柳荫巷６号Ａ", "柳荫巷 6 号 ａ")


@given(
    st.sampled_from(("澄岳市柳荫巷 6 号", "云栖区和平小区3号楼", "６号", *_LETTERED)),
    st.text(st.sampled_from("澄岳市柳荫巷和平小区楼没有公开 0６63号AａＡ"), max_size=30)
    | st.sampled_from(("", "我住", "Ａ")).flatmap(
        lambda begin: st.sampled_from(_TOLD_SO).map(lambda told: f"{begin}{told}。")
    ),
)
def test_the_quick_way_of_masking_masks_the_same(address: str, text: str) -> None:
    people = [PersonTyped("钱多多", "１３８", address)]
    assert identity.Veil(people).mask(text) == mask(people, text)


@pytest.mark.parametrize("told", _TOLD_SO)
@pytest.mark.parametrize("address", _LETTERED)
def test_a_house_with_a_letter_is_masked_in_whatever_letters(address: str, told: str) -> None:
    people = [PersonTyped("", "", address)]
    assert identity.Veil(people).mask(f"我住{told}。") == mask(people, f"我住{told}。")
    assert mask(people, f"我住{told}。") == f"我住{MASK}。"
    assert [one.field for one in gives_away(people, {"a": told})] == ["a"]


def test_a_name_in_letters_is_masked_in_whatever_letters() -> None:
    people = [PersonTyped("Anna", "", "")]
    for told in ("Anna", "ANNA", "anna", "Ａｎｎａ", "ａｎｎａ", "ＡＮＮＡ", "A-n-n-ａ"):
        assert mask(people, f"我叫{told}。") == f"我叫{MASK}。"
        assert identity.Veil(people).mask(f"我叫{told}。") == f"我叫{MASK}。"


def test_no_row_and_no_event_says_who_complained(desk: Desk) -> None:
    desk.register(text=f"我是{NAME}，住{ADDRESS}，电话 138 0000 1111。窗口乱收费。")
    desk.decide(1, Ruling.ACCEPT)
    desk.tell_acceptance(1)
    whole = every_value(desk)
    assert not [secret for secret in SECRETS if secret in whole]
    seen = desk.seen(1)
    assert seen.complaint.body == f"我是{MASK}，住{MASK}，电话 {MASK}。窗口乱收费。"
    written = register.as_written(desk.office, seen.complaint)
    assert written.body == f"我是{NAME}，住{ADDRESS}，电话 138 0000 1111。窗口乱收费。"
    assert [p.name for p in register.complainants(desk.office, 1)] == [NAME]
    [letter] = letters.of(desk.office, letters.Subject("complaint", 1))
    assert letter.secret
    assert letter.addressee == MASK
    assert letters.pdf(desk.office, letter.id).startswith(b"%PDF")


def test_who_may_not_see_it_does_not(tmp_path: Path) -> None:
    reader = ClerkDraft("周晓", "", frozenset({Role.READER}), PASSWORD)
    draft = draft_office()
    path = tmp_path / "office.db"
    made = founding.create_office(
        path, type(draft)(**{**_fields(draft), "clerks": (*draft.clerks, reader)}), ACTING, LIGHT
    )
    desk = Desk(made)
    people.save_unit(made, None, "市住房保障局", people.UNIT_KINDS[0], ACTING)
    desk.register(text=f"我是{NAME}。", accused_unit=1)
    desk.decide(1, Ruling.ACCEPT)
    desk.tell_acceptance(1)
    made.close()
    seat = office.open_office(path, office_session(path, 3))
    acting = Acting(3, "周晓", datetime(2026, 11, 20, 10))
    assert seat.session.keys.identity is None
    view = register.view(seat, 1, acting.today)
    with pytest.raises(NotPermitted, match="identity_hidden"):
        register.complainants(seat, 1)
    with pytest.raises(NotPermitted, match="identity_hidden"):
        register.as_written(seat, view.complaint)
    with pytest.raises(NotPermitted, match="identity_hidden"):
        letters.pdf(seat, view.letters[0].id)
    with pytest.raises(NotPermitted, match="not_your_role"):
        looking.reveal(seat, 1, acting)
    with pytest.raises(NotPermitted, match="not_your_role"):
        people.save_unit(seat, None, "乙局", people.UNIT_KINDS[0], acting)
    seat.close()


def _fields(draft: profile.OfficeDraft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in draft.__slots__}


def test_a_role_changed_in_the_key_file_opens_nothing(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    founding.create_office(path, draft_office(), ACTING, LIGHT).close()
    with pytest.raises(WrongPassword):
        session.unlock(path, 1, PASSWORD + "x")
    with pytest.raises(WrongPassword):
        session.unlock(path, 9, PASSWORD)
    found = json.loads(key_path(path).read_text(encoding="utf-8"))
    found["slots"][1]["roles"] = ["admin", "registrar"]
    key_path(path).write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(WrongPassword):
        session.unlock(path, 2, PASSWORD)
    key_path(path).write_bytes(b"{")
    assert [u.name for u in session.users(path)] == ["王敏", "李堃"]  # from the second copy
    spare_path(path).unlink()
    with pytest.raises(office.StorageFault, match="no_keys"):
        read_ring(path)


@given(
    st.text("张王钱多0123456789 -—·１３８ab", min_size=2, max_size=8),
    st.text(max_size=20),
    st.text(max_size=20),
)
def test_what_is_masked_does_not_give_away(name: str, before: str, after: str) -> None:
    person = PersonTyped(name, "", "")
    masked = mask([person], before + name + after)
    assert not gives_away([person], {"text": masked.replace(MASK, "\n")})


def test_sealing_is_never_twice_the_same_and_always_opens(desk: Desk) -> None:
    boxes = {identity.seal(desk.office, NAME) for _ in range(5)}
    assert len(boxes) == 5
    assert {identity.unseal(desk.office, box) for box in boxes} == {NAME}
    assert identity.seal(desk.office, "") == ""


def test_the_table_of_rights_is_whole() -> None:
    for action in RIGHTS:
        assert any(may([role], action) for role in Role), action
    assert read_roles(write_roles(ROLES)) == ROLES
    assert read_roles("nonsense admin") == {Role.ADMIN}
    with pytest.raises(KeyError):
        may([Role.ADMIN], "no.such")
