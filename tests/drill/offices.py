"""Small encrypted offices for the drill and its tests: made fast, with every role at hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from desktop.rules.roles import Role
from desktop.usecases import office as offices
from desktop.usecases import people
from desktop.usecases.office import Acting, Office
from desktop.usecases.profile import ClerkDraft
from tests import offices as small
from tests.offices import ACTING, LIGHT, NOW, PASSWORD, UNITS, session

__all__ = ["ACTING", "DRAFT", "LIGHT", "NOW", "PASSWORD", "UNITS", "session"]

#: The office of the tests, and one more who may do nothing but manage it (5 郑玥).
DRAFT = replace(
    small.DRAFT,
    clerks=(
        *small.DRAFT.clerks,
        ClerkDraft("郑玥", "管理员", frozenset({Role.ADMIN}), PASSWORD),
    ),
)


def make_office(path: Path) -> Office:
    """Make an office file with units; it stays open for 王敏."""
    return small.found_office(path, DRAFT)


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
