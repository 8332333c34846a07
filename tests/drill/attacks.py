"""Attacks on the log by somebody who has the file's key and another tool, each found and named.

Every attack takes the guards off, does its harm and puts the guards back (but for the one that
drops them), so that only the chain, the signatures, the rows or a printed head can tell.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from db import chain
from db.driver import Database
from desktop.rules.roles import Role
from desktop.rules.rulebook import System
from desktop.usecases import audit, founding, people
from desktop.usecases import office as offices
from desktop.usecases.audit import Finding, Held
from desktop.usecases.office import Acting, Office
from desktop.usecases.profile import ClerkDraft, OfficeDraft
from desktop.usecases.session import Cost, unlock
from tests.drill.result import Result
from tests.tamper import outside

PASSWORD = "qingfeng2026"
START = datetime(2026, 11, 20, 9, 30)
ACTING = Acting(1, "王敏", START)
DRAFT = OfficeDraft(
    name="澄岳市政务公开领导小组办公室",
    letterhead="澄岳市政务公开领导小组办公室",
    mark="澄公开办",
    telephone="",
    address="",
    contact="",
    clerks=(ClerkDraft("王敏", "登记员", frozenset({Role.REGISTRAR, Role.ADMIN}), PASSWORD),),
    packs=dict.fromkeys((System.COMPLAINTS, System.ACCOUNTABILITY, System.ASSESSMENT), "baoding"),
)
UNITS = 12

#: Does harm to the file of an office; says what must be found and which event or row it is named by.
Attack = Callable[[Office], tuple[str, Callable[[Finding], bool]]]


def make(path: Path) -> None:
    """Make an office with some events: 12 units, one of them renamed."""
    office = founding.create_office(path, DRAFT, ACTING, Cost(1, 8, 1))
    for n in range(UNITS):
        at = replace(ACTING, at=START + timedelta(minutes=n))
        people.save_unit(office, None, f"市第{n + 1}局", people.UNIT_KINDS[0], at)
    people.save_unit(office, 3, "市改名局", people.UNIT_KINDS[0], ACTING)
    office.close()


def _at(kind: str, seq: int) -> tuple[str, Callable[[Finding], bool]]:
    return kind, lambda one: one.seq == seq


def _row(kind: str, table: str, row_id: int) -> tuple[str, Callable[[Finding], bool]]:
    return kind, lambda one: (one.table, one.row_id) == (table, row_id) and bool(one.record)


def rehash(db: Database, after: int) -> None:
    """Make the hashes after an event anew, as somebody can who knows how they are made."""
    previous = db.execute("SELECT hash FROM event WHERE seq = ?", [after]).fetchone()[0]
    for one in list(chain.events(db, after)):
        previous = chain.link(previous, one.columns, one.changes)
        outside(db, "UPDATE event SET hash = ? WHERE seq = ?", [previous, one.seq])


def edit(office: Office) -> tuple[str, Callable[[Finding], bool]]:
    """改动一条操作记录."""
    outside(office.db, "UPDATE event SET label = '市别的局' WHERE seq = 5")
    return _at("altered", 5)


def edit_image(office: Office) -> tuple[str, Callable[[Finding], bool]]:
    """改动操作记录里的改动前后."""
    outside(
        office.db,
        "UPDATE event_change SET after = replace(after, '市第4局', '市别的局') WHERE seq = 5",
    )
    return _at("altered", 5)


def delete(office: Office) -> tuple[str, Callable[[Finding], bool]]:
    """删去一条操作记录."""
    outside(office.db, "DELETE FROM event_change WHERE seq = 6")
    outside(office.db, "DELETE FROM event WHERE seq = 6")
    return _at("missing", 6)


def swap(office: Office) -> tuple[str, Callable[[Finding], bool]]:
    """调换两条操作记录."""
    office.db.execute("PRAGMA foreign_keys = OFF")
    for one, other in ((4, 900), (7, 4), (900, 7)):
        for table in ("event", "event_change"):
            outside(office.db, f"UPDATE {table} SET seq = ? WHERE seq = ?", [other, one])
    office.db.execute("PRAGMA foreign_keys = ON")
    return _at("altered", 4)


def renumber(office: Office) -> tuple[str, Callable[[Finding], bool]]:
    """删去一条操作记录后重新编号."""
    office.db.execute("PRAGMA foreign_keys = OFF")
    for table in ("event", "event_change"):
        outside(office.db, f"DELETE FROM {table} WHERE seq = 6")
        for seq in range(7, UNITS + 3):
            outside(office.db, f"UPDATE {table} SET seq = ? WHERE seq = ?", [seq - 1, seq])
    office.db.execute("PRAGMA foreign_keys = ON")
    return _at("altered", 6)


def rewrite(office: Office) -> tuple[str, Callable[[Finding], bool]]:
    """改动一条操作记录并重算以后的全部校验值."""
    outside(office.db, "UPDATE event SET label = '市别的局' WHERE seq = 5")
    rehash(office.db, 4)
    return _at("rewritten", 5)


def unsign(office: Office) -> tuple[str, Callable[[Finding], bool]]:
    """改动一条操作记录，重算校验值并抹去签名."""
    outside(
        office.db,
        "UPDATE event SET label = '市别的局', signature = '', signer = NULL WHERE seq = 5",
    )
    rehash(office.db, 4)
    return _at("unsigned", 5)


def forge(office: Office) -> tuple[str, Callable[[Finding], bool]]:
    """以别人的名义补写一条操作记录."""
    last, previous = chain.head(office.db)
    row = (last + 1, "2026-11-21T09:00:00", 1, "王敏", "unit.save", "unit", 1, "x", "", None, 1, 0)
    digest = chain.link(previous, row, ())
    marks = ", ".join("?" * 14)
    values = [*row, digest, chain.sign(b"\1" * 32, digest)]
    outside(
        office.db,
        f"INSERT INTO event ({', '.join(chain.EVENT)}, hash, signature) VALUES ({marks})",
        values,
    )
    return _at("rewritten", last + 1)


def drop_trigger(office: Office) -> tuple[str, Callable[[Finding], bool]]:
    """拆除一个防改触发器."""
    office.db.execute("DROP TRIGGER guard_complaint_update")
    return "guard_missing", lambda one: one.note == "guard_complaint_update"


def weaken_trigger(office: Office) -> tuple[str, Callable[[Finding], bool]]:
    """把一个防改触发器换成什么也不拦的."""
    office.db.execute("DROP TRIGGER guard_unit_update")
    office.db.execute("CREATE TRIGGER guard_unit_update BEFORE UPDATE ON unit BEGIN SELECT 1; END")
    return "guard_altered", lambda one: one.note == "guard_unit_update"


def plant_trigger(office: Office) -> tuple[str, Callable[[Finding], bool]]:
    """安上一个来历不明的触发器."""
    office.db.execute("CREATE TRIGGER helper AFTER INSERT ON unit BEGIN SELECT 1; END")
    return "guard_unknown", lambda one: one.note == "helper" and one.table == "unit"


def hide(office: Office) -> tuple[str, Callable[[Finding], bool]]:
    """把一条登记标为作废来藏起它."""
    outside(office.db, "UPDATE unit SET void = 1 WHERE id = 2")
    return _row("changed", "unit", 2)


def edit_row(office: Office) -> tuple[str, Callable[[Finding], bool]]:
    """直接改动登记内容."""
    outside(office.db, "UPDATE profile SET contact = '张三' WHERE id = 1")
    return _row("changed", "profile", 1)


def insert_row(office: Office) -> tuple[str, Callable[[Finding], bool]]:
    """直接加进一条登记."""
    outside(office.db, "INSERT INTO unit VALUES (99, 1, 0, '市偷加局', '行政机关')")
    return _row("added", "unit", 99)


def delete_row(office: Office) -> tuple[str, Callable[[Finding], bool]]:
    """直接删去一条登记."""
    outside(office.db, "DELETE FROM unit WHERE id = 7")
    return _row("gone", "unit", 7)


def set_back(office: Office) -> tuple[str, Callable[[Finding], bool]]:
    """把一条登记退回到以前的样子."""
    outside(office.db, "UPDATE unit SET name = '市第3局', rev = 1 WHERE id = 3")
    return _row("set_back", "unit", 3)


def swap_key(office: Office) -> tuple[str, Callable[[Finding], bool]]:
    """换掉用户登记在案的公钥."""
    outside(office.db, "UPDATE clerk_key SET public = ? WHERE id = 1", ["00" * 32])
    return _row("changed", "clerk_key", 1)


ATTACKS: tuple[Attack, ...] = (
    edit, edit_image, delete, swap, renumber, rewrite, unsign, forge, drop_trigger, weaken_trigger,
    plant_trigger, hide, edit_row, insert_row, delete_row, set_back, swap_key,
)  # fmt: skip


@contextmanager
def copied(made: Path) -> Iterator[Office]:
    """Open a copy of the office that attacks are tried on."""
    with tempfile.TemporaryDirectory() as folder:
        for source in made.parent.iterdir():
            shutil.copy(source, folder)
        path = Path(folder) / made.name
        office = offices.open_office(path, unlock(path, 1, PASSWORD))
        try:
            yield office
        finally:
            office.close()


def try_attack(made: Path, attack: Attack) -> Result:
    """Try an attack on a copy of an office; it is survived when it is found and named."""
    with copied(made) as office:
        kind, named = attack(office)
        found = audit.inspect(office).findings
        held = any(one.kind == kind and named(one) for one in found)
        said = next((audit.sentence(one) for one in found), "没有发现")
    return Result(f"tamper.{attack.__name__}", 1, int(held), f"{attack.__doc__ or ''}→{said}")


def cut_tail(made: Path) -> Result:
    """Cut the log's end with all that it wrote: only a head on paper tells."""
    with copied(made) as office:
        paper = audit.head(office)
        last, _hash = chain.head(office.db)
        outside(office.db, "DELETE FROM event_change WHERE seq = ?", [last])
        outside(office.db, "DELETE FROM event WHERE seq = ?", [last])
        outside(office.db, "UPDATE unit SET name = '市第3局', rev = 1 WHERE id = 3")
        silent = not audit.inspect(office).findings
        held = audit.check_anchor(office, paper).held is Held.CUT
    said = "开机检查看不出，纸上的链首核对出来" if silent else "开机检查就发现了"
    return Result("tamper.cut_tail", 1, int(held), f"截去末尾的操作记录。→{said}")


def attacks() -> list[Result]:
    """Try every attack on an office made for it."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "office.db"
        make(made)
        return [*(try_attack(made, attack) for attack in ATTACKS), cut_tail(made)]
