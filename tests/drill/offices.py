"""Small encrypted offices for the drill and its tests: made fast, with every role at hand."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from desktop.rules.roles import Role
from desktop.rules.rulebook import System
from desktop.usecases import founding, people
from desktop.usecases import office as offices
from desktop.usecases.office import Acting, Office
from desktop.usecases.profile import ClerkDraft, OfficeDraft
from desktop.usecases.session import Cost, Session, unlock

NOW = datetime(2026, 11, 20, 9, 30)
ACTING = Acting(1, "王敏", NOW)
#: Guessing these passwords need not be dear.
PASSWORD, LIGHT = "qingfeng2026", Cost(1, 8, 1)

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
        ClerkDraft("郑玥", "管理员", frozenset({Role.ADMIN}), PASSWORD),
    ),
    packs={
        System.COMPLAINTS: "baoding",
        System.ACCOUNTABILITY: "baoding",
        System.ASSESSMENT: "baoding",
    },
)

UNITS = ("市住房保障局", "市市场监督局", "东关街道办事处")


def make_office(path: Path) -> Office:
    """Make an office file with units; it stays open for 王敏."""
    office = founding.create_office(path, DRAFT, ACTING, LIGHT)
    for name in UNITS:
        people.save_unit(office, None, name, people.UNIT_KINDS[0], ACTING)
    return office


def session(path: Path, clerk: int = 1) -> Session:
    """Unlock an office for one of its users (1 王敏, 2 李堃, 3 沈卫东, 4 周晓, 5 郑玥)."""
    return unlock(path, clerk, PASSWORD)


def sit_down(path: Path, clerk: int = 1) -> Office:
    """Open an office for one of its users."""
    return offices.open_office(path, session(path, clerk))


def moments() -> Iterator[datetime]:
    """Yield times, a minute apart."""
    at = NOW
    while True:
        at += timedelta(minutes=1)
        yield at


def add_unit(office: Office, name: str, at: datetime = NOW) -> int:
    """Do something: add a unit; returns its event."""
    kind = people.UNIT_KINDS[0]
    return people.save_unit(office, None, name, kind, Acting(1, "王敏", at)).event
