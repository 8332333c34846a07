"""The small encrypted office of the tests: who works in it, its units and persons; made fast."""

from datetime import datetime
from pathlib import Path

from desktop.rules.roles import Role
from desktop.rules.rulebook import System
from desktop.usecases import founding, people
from desktop.usecases.office import Acting, Office
from desktop.usecases.profile import ClerkDraft, OfficeDraft
from desktop.usecases.session import Cost, Session, unlock

NOW = datetime(2026, 11, 20, 9, 30)
ACTING = Acting(1, "王敏", NOW)
#: What opens the offices of the tests; guessing it need not be dear.
PASSWORD = "qingfeng2026"
LIGHT = Cost(1, 8, 1)

DRAFT = OfficeDraft(
    name="澄岳市政务公开领导小组办公室",
    letterhead="澄岳市政务公开领导小组办公室",
    mark="澄公开办",
    telephone="0300-5550101",
    address="澄岳市文华路 1 号",
    contact="王敏",
    clerks=(
        ClerkDraft("王敏", "登记员", frozenset({Role.REGISTRAR, Role.ADMIN}), PASSWORD),
        ClerkDraft("李堃", "承办人", frozenset({Role.REGISTRAR}), PASSWORD),
        ClerkDraft("沈卫东", "审批领导", frozenset({Role.LEADER}), PASSWORD),
        ClerkDraft("周晓", "监察联络员", frozenset({Role.READER}), PASSWORD),
    ),
    packs={
        System.COMPLAINTS: "baoding",
        System.ACCOUNTABILITY: "baoding",
        System.ASSESSMENT: "baoding",
    },
)

UNITS = ("市住房保障局", "市市场监督局", "东关街道办事处")
PERSONS = (
    ("张喆", 1, "窗口科员"),
    ("赵建国", 1, "副局长"),
    ("孙丽", 2, "科长"),
    ("周𬱖", 2, "局长"),
    ("吴强", 3, "主任"),
    ("郑玥", 3, "科员"),
)


def found_office(path: Path, draft: OfficeDraft = DRAFT) -> Office:
    """Make an office file with its units; it stays open for 王敏."""
    office = founding.create_office(path, draft, ACTING, LIGHT)
    for name in UNITS:
        people.save_unit(office, None, name, people.UNIT_KINDS[0], ACTING)
    return office


def make_office(path: Path) -> None:
    """Make an office file with units and persons, and close it."""
    office = found_office(path)
    for name, unit, post in PERSONS:
        people.save_person(office, None, name, unit, post, ACTING)
    office.close()


def session(path: Path, clerk: int = 1) -> Session:
    """Unlock an office of the tests for one of its users (1 王敏, 2 李堃, 3 沈卫东, 4 周晓)."""
    return unlock(path, clerk, PASSWORD)
