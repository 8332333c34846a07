"""Drafts: sealed, one's own, faithful to their types, and no action."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.queries import drafts as rows
from desktop.rules.complaints import Identity
from desktop.usecases import drafts, office, people
from desktop.usecases.drafts import OLD_AFTER, Place, Typed, pack, unpack
from desktop.usecases.office import Office
from tests.ui.office_fixtures import make_office, session

NOW = datetime(2026, 11, 20, 9, 31)
FORM = Place("complaints.register")
SECRETS = ("钱多多", "13800001111", "文华路 12 号")
VALUES = {
    "complainants": ({"name": SECRETS[0], "phone": SECRETS[1], "address": SECRETS[2]},),
    "received": date(2026, 11, 19),
    "identity": Identity.JOINT,
    "pages": 3,
    "points": Decimal("12.50"),
    "sealed": True,
    "kind": None,
    "attachments": (Path("来信.pdf"),),
    "text": "一行\n两行",
}


@pytest.fixture(name="path", scope="module")
def _path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("drafts") / "office.db"
    make_office(path)
    return path


@pytest.fixture(name="clerk")
def _clerk(path: Path) -> Iterator[Office]:
    opened = office.open_office(path, session(path))
    yield opened
    for draft in drafts.mine(opened):
        drafts.drop(opened, draft.id)
    opened.close()


def keep(desk: Office, place: Place = FORM, slot: int = -1, at: datetime = NOW) -> int:
    return drafts.keep(desk, Typed(place, "新登记", VALUES, 0, slot), at)


def test_what_was_typed_comes_back_as_it_was(clerk: Office) -> None:
    keep(clerk)
    (found,) = drafts.mine(clerk)
    assert (found.place, found.label, found.saved) == (FORM, "新登记", NOW)
    assert found.values == VALUES
    for key, value in found.values.items():
        wanted = str if key == "identity" else type(VALUES[key])
        assert type(value) is wanted
    assert found.missing == ("来信.pdf",)
    assert not found.changed


SIMPLE = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=40)
    | st.dates()
    | st.datetimes()
    | st.decimals(allow_nan=False)
    | st.text(st.characters(exclude_characters="\x00/"), min_size=1, max_size=9).map(Path)
)
ANY = st.recursive(
    SIMPLE,
    lambda inner: (
        st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=6), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(ANY)
def test_every_value_of_a_form_survives(value: object) -> None:
    made = unpack(pack(value))
    assert made == value
    assert type(made) is type(value)


def test_nothing_of_it_can_be_read_in_the_file(clerk: Office, path: Path) -> None:
    keep(clerk)
    (row,) = rows.own(clerk.db, 1)
    for secret in (*SECRETS, "一行"):
        assert secret not in row.box + row.label
        for file in path.parent.iterdir():
            assert secret.encode() not in file.read_bytes()


def test_keeping_and_dropping_is_no_action(clerk: Office) -> None:
    before = clerk.db.execute("SELECT count(*) FROM event").fetchone()
    keep(clerk)
    (found,) = drafts.mine(clerk)
    drafts.drop(clerk, found.id)
    assert drafts.mine(clerk) == ()
    assert clerk.db.execute("SELECT count(*) FROM event").fetchone() == before


def test_nobody_else_sees_it_or_drops_it(clerk: Office, path: Path) -> None:
    keep(clerk)
    (found,) = drafts.mine(clerk)
    clerk.close()
    for other in (2, 3, 4):
        desk = office.open_office(path, session(path, other))
        assert drafts.mine(desk) == ()
        drafts.drop(desk, found.id)
        desk.close()
    again = office.open_office(path, session(path))
    assert [one.id for one in drafts.mine(again)] == [found.id]
    drafts.drop(again, found.id)
    again.close()
    clerk.ledger = office.open_office(path, session(path)).ledger


def test_who_may_not_see_identities_seals_with_the_common_key(path: Path) -> None:
    desk = office.open_office(path, session(path, 4))
    keep(desk)
    (found,) = drafts.mine(desk)
    assert found.readable
    assert found.values == VALUES
    drafts.drop(desk, found.id)
    desk.close()


def test_a_draft_whose_key_is_gone_is_shown_as_such(clerk: Office) -> None:
    keep(clerk)
    (row,) = rows.own(clerk.db, 1)
    spoilt = rows.DraftRow(
        0, 1, row.form, row.subject, row.subject_id, row.label, row.saved, "AAAA"
    )
    rows.keep(clerk.db, spoilt)
    (found,) = drafts.mine(clerk)
    assert not found.readable
    assert found.values == {}


def test_further_drafts_of_a_form_take_free_places(clerk: Office) -> None:
    assert [keep(clerk), keep(clerk), keep(clerk)] == [0, 1, 2]
    keep(clerk, slot=1, at=NOW + timedelta(minutes=1))
    opening = drafts.opening(clerk, FORM)
    assert [one.slot for one in opening.drafts] == [1, 2, 0]
    assert opening.slot == 3
    drafts.forget(clerk, FORM, 1)
    assert drafts.opening(clerk, FORM).slot == 1
    assert drafts.opening(clerk, Place("complaints.correct", "complaint", 1)).drafts == ()


def test_a_record_that_changed_since_is_told(clerk: Office) -> None:
    place = Place("people.unit", "unit", 1)
    before = drafts.opening(clerk, place)
    drafts.keep(clerk, Typed(place, "修改单位", {"name": "市住建局"}, before.revision), NOW)
    assert not drafts.mine(clerk)[0].changed
    acting = office.Acting(1, "王敏", NOW)
    people.save_unit(clerk, 1, "市住房和城乡建设局", people.UNIT_KINDS[0], acting)
    assert drafts.mine(clerk)[0].changed


def test_old_drafts_are_shown_and_stay(clerk: Office) -> None:
    keep(clerk, at=NOW - timedelta(days=OLD_AFTER + 1))
    (found,) = drafts.mine(clerk)
    assert found.is_old(NOW.date())
    assert not found.is_old(NOW.date() - timedelta(days=1))
