"""A real office file with a worker thread, for tests that drive widgets."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from desktop.rules.roles import Role
from desktop.rules.rulebook import System
from desktop.ui.common.tasks import Tasks
from desktop.ui.context import Context
from desktop.usecases import founding, people
from desktop.usecases import office as offices
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


def make_office(path: Path) -> None:
    """Make an office file with units and persons, and close it."""
    office = founding.create_office(path, DRAFT, ACTING, LIGHT)
    for name in UNITS:
        people.save_unit(office, None, name, people.UNIT_KINDS[0], ACTING)
    for name, unit, post in PERSONS:
        people.save_person(office, None, name, unit, post, ACTING)
    office.close()


def session(path: Path, clerk: int = 1) -> Session:
    """Unlock an office of the tests for one of its users (1 王敏, 2 李堃, 3 沈卫东, 4 周晓)."""
    return unlock(path, clerk, PASSWORD)


@pytest.fixture(name="office_path")
def _office_path(tmp_path: Path) -> Path:
    path = tmp_path / "office.db"
    make_office(path)
    return path


@pytest.fixture(name="context")
def _context(qtbot: QtBot, office_path: Path, tmp_path: Path) -> Iterator[Context]:
    """An opened context on a fresh office: clerk 王敏, Friday 2026-11-20 09:30."""
    tasks: Tasks[Office] = Tasks(
        lambda: offices.open_office(office_path, session(office_path)), Office.close
    )
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    context = Context(tasks, lambda: NOW, settings)
    known: list[people.Directory] = []
    tasks.run(people.directory, known.append)
    qtbot.waitUntil(lambda: bool(known), timeout=10_000)
    context.directory = known[0]
    context.sit(session(office_path))
    yield context
    tasks.close()


@pytest.fixture(name="until_idle")
def _until_idle(qtbot: QtBot, context: Context) -> Callable[[], None]:
    """Wait until the worker has nothing left to do."""

    def wait() -> None:
        qtbot.waitUntil(context.tasks.idle, timeout=10_000)

    return wait
