"""A file of the first version becomes an encrypted one; nobody's name stays readable in it."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from db import chain, connect, reconcile, shape
from db.driver import Database, Migrations, sqlite
from db.errors import StorageFault
from db.migrations import m0001_first_office, m0002_letter_book
from desktop.rules.roles import Role
from desktop.usecases import adopt, door, people, register
from desktop.usecases import office as offices
from desktop.usecases.profile import ClerkDraft
from desktop.usecases.session import unlock
from tests.usecases.desk import ACTING, ADDRESS, LIGHT, NAME, PASSWORD, PHONE, TODAY, faulty

ROLES = frozenset({Role.REGISTRAR, Role.ADMIN})
WANG = ClerkDraft("王敏", "登记员", ROLES, PASSWORD)
SCAN = b"%PDF-1.4 scan of " + NAME.encode()
DIGEST = "ab" * 32
SHEET = b"%PDF-1.4 answer to " + NAME.encode()


class _Old:
    """Writes as the first version did: a row, its event, its image."""

    def __init__(self, path: Path) -> None:
        self.plain = sqlite.connect(str(path), isolation_level=None)
        self.db = Database(self.plain, execute_plugins=False)
        office = Migrations("office")
        m0001_first_office.register(office)
        m0002_letter_book.register(office)
        self.plain.execute(f"PRAGMA application_id = {connect.APPLICATION_ID}")
        office.apply(self.db)
        self.seq = 0

    def put(self, table: str, **values: object) -> None:
        self.seq += 1
        row = {"id": 1, "rev": 1, "void": 0, **values}
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        self.db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
        self.db.execute(
            "INSERT INTO event (seq, at, clerk, clerk_name, action, subject, subject_id, label, "
            "reason) VALUES (?, '2026-03-02T09:00:00', 1, '王敏', 'old', ?, 1, '', '')",
            [self.seq, table],
        )
        image = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        self.db.execute(
            "INSERT INTO event_change (seq, tbl, row_id, rev, before, after) "
            "VALUES (?, ?, ?, 1, NULL, ?)",
            [self.seq, table, row["id"], image],
        )


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    path = tmp_path / "旧.db"
    old = _Old(path)
    old.put(
        "profile", name="清河市政务公开办公室", letterhead="清河市政务公开办公室", mark="清公开",
        telephone="", address="", contact="",
    )  # fmt: skip
    old.put("clerk", name="王敏", role="登记员")
    old.put("clerk", id=2, name="李堃", role="承办人")
    old.put("unit", name="市住房保障局", kind="行政机关")
    for n, system in enumerate(("complaints", "accountability", "assessment"), 1):
        old.put("pack_choice", id=n, system=system, pack="baoding", version=1)
    old.put(
        "complaint", year=2026, serial=1, number="投〔2026〕0001", pack="baoding", pack_version=1,
        channel="letter", received="2026-03-02", registered="2026-03-02", identity="real_name",
        accused_unit=1, accused_person="", subject="名单没有公开",
        body=f"我是{NAME}，名单没有公开。", demands="公开名单", state="registered",
    )  # fmt: skip
    old.put("complainant", complaint=1, name=NAME, phone=PHONE, address=ADDRESS)
    old.put(
        "complaint_step", complaint=1, step="register", day="2026-03-02", person="王敏",
        text=f"{NAME}来电。", detail="",
    )  # fmt: skip
    old.put(
        "letter", kind="result", series="投答", year=2026, serial=1, number="清公开投答〔2026〕1号",
        subject="complaint", subject_id=1, title="办理结果告知书", addressee=NAME,
        dated="2026-03-20", pages=1, sha256=DIGEST, fields=json.dumps({"addressee": NAME}),
    )  # fmt: skip
    old.db.execute("INSERT INTO letter_file (sha256, pdf) VALUES (?, ?)", [DIGEST, SHEET])
    old.put(
        "attachment", owner="complaint", owner_id=1, name="来信.pdf", sha256=DIGEST,
        size=len(SCAN), added="2026-03-02",
    )  # fmt: skip
    old.plain.close()
    file = path.with_suffix(".files") / DIGEST[:2] / DIGEST
    file.parent.mkdir(parents=True)
    file.write_bytes(SCAN)
    return path


def test_the_door_tells_a_file_that_is_not_encrypted(path: Path) -> None:
    with pytest.raises(StorageFault, match="not_encrypted"):
        door.look(path)
    old = adopt.look(path)
    assert (old.name, old.clerks) == (
        "清河市政务公开办公室",
        ((1, "王敏", "登记员"), (2, "李堃", "承办人")),
    )


def test_it_is_encrypted_with_users_and_everything_is_there(path: Path) -> None:
    before = path.read_bytes()
    session = adopt.adopt(adopt.look(path), 1, WANG, ACTING, LIGHT)
    office = offices.open_office(path, session)
    try:
        (person,) = register.complainants(office, 1)
        assert (person.name, person.phone, person.address) == (NAME, PHONE, ADDRESS)
        view = register.view(office, 1, TODAY)
        assert view.complaint.body == "我是×××，名单没有公开。"
        assert register.as_written(office, view.complaint).body == f"我是{NAME}，名单没有公开。"
        assert view.steps[0].text == "×××来电。"
        (letter,) = view.letters
        assert (letter.secret, letter.addressee) == (1, "×××")
        (sealed,) = office.db.execute("SELECT pdf FROM letter_file").fetchone()
        assert NAME.encode() not in sealed
        (action, clerk) = office.db.execute(
            "SELECT action, clerk FROM event ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        assert (action, clerk) == ("office.adopt", 1)
        assert [c.roles for c in people.directory(office).clerks] == [
            "registrar admin",
            "registrar",
        ]
        assert chain.verify(office.db).breaks == ()
        assert reconcile.reconcile(office.db) == ()
        assert shape.compare(office.db) == ()
        dump = "\n".join(
            str(row)
            for (table,) in office.db.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table'"
            ).fetchall()
            for row in office.db.execute(f'SELECT * FROM "{table}"').fetchall()
        )
        for secret in (NAME, PHONE, ADDRESS):
            assert secret not in dump
    finally:
        office.close()
    assert adopt.old_path(path).read_bytes() == before
    assert unlock(path, 1, PASSWORD).sees_identity


def test_its_attachments_are_sealed_and_the_plain_ones_set_aside(path: Path) -> None:
    adopt.adopt(adopt.look(path), 1, WANG, ACTING, LIGHT)
    folder = path.with_suffix(".files") / DIGEST[:2]
    assert [file.name for file in folder.iterdir()] == [DIGEST + ".sealed"]
    kept = path.with_name("旧.files" + adopt.OLD) / DIGEST[:2] / DIGEST
    assert kept.read_bytes() == SCAN
    assert NAME.encode() not in (folder / (DIGEST + ".sealed")).read_bytes()


@pytest.mark.parametrize(
    ("roles", "password", "wanted"),
    [
        (frozenset({Role.REGISTRAR}), PASSWORD, ("roles", "no_admin")),
        (frozenset({Role.ADMIN}), PASSWORD, ("roles", "no_identity")),
        (ROLES, "short", ("password", "password_short")),
    ],
)
def test_what_it_needs(
    path: Path, roles: frozenset[Role], password: str, wanted: tuple[str, str]
) -> None:
    before = path.read_bytes()
    with faulty(wanted):
        adopt.adopt(adopt.look(path), 1, ClerkDraft("王敏", "", roles, password), ACTING, LIGHT)
    assert path.read_bytes() == before


def test_a_file_in_use_is_left_alone(path: Path) -> None:
    old = adopt.look(path)
    with closing(sqlite.connect(str(path), isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageFault, match="locked"):
            adopt.adopt(old, 1, WANG, ACTING, LIGHT)
        other.execute("ROLLBACK")
    assert not adopt.old_path(path).exists()
