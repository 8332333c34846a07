"""The office file itself: its making, its people, its rulebooks."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from db import restore
from db.errors import StorageFault
from desktop import paths
from desktop.rules.roles import Role
from desktop.rules.rulebook import RulebookFault, System
from desktop.usecases import audit, founding, office, people, profile
from desktop.usecases.profile import ClerkDraft
from desktop.usecases.rulebooks import load_library
from tests.usecases.desk import (
    ACTING,
    LIGHT,
    PASSWORD,
    ROLES,
    Desk,
    draft_office,
    faulty,
    office_session,
)


def test_an_office_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "新单位.db"
    with faulty(("name", "required"), ("clerks", "required"), ("pack.complaints", "choose")):
        founding.create_office(path, replace(draft_office("fuxing"), name=" ", clerks=()), ACTING)
    assert not list(tmp_path.iterdir())
    made = founding.create_office(path, draft_office(), ACTING, LIGHT)
    assert made.profile().name == "澄岳市政务公开领导小组办公室"
    assert [c.name for c in people.directory(made).clerks] == ["王敏", "李堃"]
    typed = tuple(replace(c, password="") for c in draft_office().clerks)
    assert profile.draft_of(made) == replace(draft_office(), clerks=typed)
    with pytest.raises(StorageFault) as caught:
        founding.create_office(path, draft_office(), ACTING, LIGHT)
    assert caught.value.code == "exists"
    made.close()
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "新单位.db",
        "新单位.keys",
        "新单位.keys2",
    ]
    again = office.open_office(path, office_session(path))
    assert again.db.execute("SELECT action FROM event").fetchall() == [("office.create",)]
    again.close()


def test_units_and_persons_say_what_they_need(desk: Desk) -> None:
    with faulty(("name", "taken")):
        people.save_unit(desk.office, None, " 市住房保障局", people.UNIT_KINDS[0], ACTING)
    with faulty(("name", "required"), ("kind", "choose")):
        people.save_unit(desk.office, None, "", "别的", ACTING)
    with faulty(("name", "too_long")):
        people.save_unit(desk.office, None, "局" * 2000, people.UNIT_KINDS[0], ACTING)
    with faulty(("name", "required"), ("unit", "choose_unit")):
        people.save_person(desk.office, None, "", None, "", ACTING)
    people.save_unit(desk.office, 1, "市住房保障局", people.UNIT_KINDS[1], ACTING)
    assert people.directory(desk.office).units[0].kind == people.UNIT_KINDS[1]


def test_the_profile_says_nothing_of_users(desk: Desk) -> None:
    now = profile.draft_of(desk.office)
    profile.save_profile(desk.office, replace(now, clerks=now.clerks[:1], contact="李堃"), ACTING)
    assert [c.name for c in people.directory(desk.office).clerks] == ["王敏", "李堃"]
    assert desk.office.profile().contact == "李堃"


def test_an_office_that_nobody_could_open_again_is_not_made(tmp_path: Path) -> None:
    worker = frozenset({Role.REGISTRAR})
    draft = replace(draft_office(), clerks=(ClerkDraft("王敏", "", worker, PASSWORD),))
    with faulty(("clerks", "no_admin")):
        founding.create_office(tmp_path / "a.db", draft, ACTING, LIGHT)
    for password, code in (("short", "password_short"), ("aaaaaaaaaa", "password_weak")):
        weak = replace(draft_office(), clerks=(ClerkDraft("王敏", "", ROLES, password),))
        with faulty(("clerks.0.password", code)):
            founding.create_office(tmp_path / "a.db", weak, ACTING, LIGHT)
    assert not list(tmp_path.iterdir())


def test_a_damaged_rulebook_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "rulebooks"
    shutil.copytree(paths.resources() / "rulebooks", folder)
    (folder / "wuan.toml").write_text("id = 'wuan'\nversion = [", encoding="utf-8")
    (folder / "kunming.toml").write_bytes(b"\xff\xfe\x00")
    shutil.copy(folder / "fujin.toml", folder / "zz-copy.toml")
    library = load_library(folder)
    assert sorted(f.file for f in library.faults) == ["kunming.toml", "wuan.toml", "zz-copy.toml"]
    assert {b.id for b in library.places()} == {
        "baoding", "shexian", "fuxing", "fujin", "district", "yingshang",
    }  # fmt: skip
    with pytest.raises(RulebookFault) as caught:
        library.pinned("wuan", 1)
    assert caught.value.file == "wuan.toml"
    with pytest.raises(RulebookFault) as caught:
        library.pinned("baoding", 7)
    assert caught.value.file == "baoding.toml"


def test_without_the_national_rulebook_places_are_read_as_they_are(tmp_path: Path) -> None:
    shutil.copy(paths.resources() / "rulebooks" / "kunming.toml", tmp_path / "kunming.toml")
    library = load_library(tmp_path)
    assert library.pinned("kunming", 1).rungs == ()
    with pytest.raises(RulebookFault) as caught:
        _ = library.national
    assert caught.value.file == "national.toml"


def test_an_empty_folder_has_no_rules_and_does_not_fail(tmp_path: Path) -> None:
    assert load_library(tmp_path / "nowhere").places() == ()


def test_an_office_uses_what_it_chose(desk: Desk) -> None:
    for system in office.CHOSEN:
        book = desk.office.book(system)
        assert book is not None
        assert book.id == "baoding"
    assert desk.office.book(System.EVALUATION) is None


def remains(folder: Path, name: str) -> dict[str, bytes]:
    """What lies beside an office file in use: the log file, with the newest of its pages."""
    folder.mkdir()
    made = founding.create_office(folder / name, draft_office(), ACTING, LIGHT)
    people.save_unit(made, None, "从前的局", people.UNIT_KINDS[0], ACTING)
    kept = Path(f"{made.path}-wal").read_bytes()
    made.close()
    assert len(kept) > 4096
    return {"-wal": kept, "-shm": bytes(32_768), "-journal": kept}


def test_what_a_deleted_file_left_beside_it_does_not_meet_a_new_one(tmp_path: Path) -> None:
    left = remains(tmp_path / "old", "office.db")
    path = tmp_path / "office.db"
    for again in (1, 2):
        for end, content in left.items():
            Path(f"{path}{end}").write_bytes(content)
        made = founding.create_office(path, draft_office(), ACTING, LIGHT)
        assert people.directory(made).units == ()
        assert audit.inspect(made).findings == ()
        people.save_unit(made, None, "现在的局", people.UNIT_KINDS[0], ACTING)
        made.close()
        office.open_office(path, made.session).close()
        for end, content in left.items():
            assert Path(f"{path}{end}.old{again}").read_bytes() == content
        for one in (path, path.with_suffix(".keys"), path.with_suffix(".keys2")):
            one.unlink()


def test_no_office_is_made_where_a_restoring_waits_to_be_ended(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    waiting = restore.replaced_folder(path) / "2026-11-20_093000" / restore.READY
    waiting.mkdir(parents=True)
    with pytest.raises(StorageFault) as caught:
        founding.create_office(path, draft_office(), ACTING, LIGHT)
    assert caught.value.code == "exists"
    assert [one.name for one in tmp_path.iterdir()] == ["office.replaced"]
