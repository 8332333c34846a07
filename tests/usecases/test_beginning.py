"""开始使用: lines go away when they are done or set aside, and nobody is asked what he may not do."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.rules.faults import NotPermitted
from desktop.usecases import backups, beginning, calendars, recovery
from desktop.usecases import office as offices
from desktop.usecases.beginning import Beginning, Line
from desktop.usecases.office import Office
from tests.ui.office_fixtures import ACTING, DRAFT, LIGHT, session

TODAY = ACTING.today


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    path = tmp_path / "office.db"
    offices.create_office(path, DRAFT, ACTING, LIGHT).close()
    return path


@pytest.fixture(name="office")
def _office(path: Path) -> Iterator[Office]:
    office = offices.open_office(path, session(path))
    yield office
    office.close()


def _open(office: Office) -> list[Beginning]:
    return [line.what for line in beginning.open_lines(office, TODAY)]


def test_a_new_office_has_everything_to_do_in_order(office: Office) -> None:
    assert _open(office) == list(Beginning)


def test_the_sheet_goes_when_it_was_made(office: Office) -> None:
    data = recovery.signs(office.session.keys.data)
    first, second = recovery.asked_places(office)
    recovery.confirm_sheet(office, [data[first - 1], data[second - 1]], ACTING)
    assert Beginning.SHEET not in _open(office)


def test_units_go_when_there_is_one(office: Office) -> None:
    offices.save_unit(office, None, "市住房保障局", offices.UNIT_KINDS[0], ACTING)
    assert Beginning.PEOPLE not in _open(office)


def test_the_second_disk_goes_when_a_backup_lies_there(office: Office, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.choose_places(office, "", str(stick), False, ACTING)
    assert Beginning.SECOND in _open(office)
    carry = backups.carry(office, ACTING.at)
    there = backups.carried(carry, office.session.keys.data)
    backups.note_second(office, there, ACTING)
    assert Beginning.SECOND not in _open(office)


def test_the_calendar_line_names_the_year_that_is_not_known(office: Office) -> None:
    assert Line(Beginning.CALENDAR, 2027) in beginning.open_lines(office, TODAY)
    assert Beginning.CALENDAR not in [
        line.what for line in beginning.open_lines(office, date(2026, 6, 1))
    ]
    calendars.confirm_year(office, 2027, True, ACTING)
    assert Beginning.CALENDAR not in _open(office)


def test_a_line_set_aside_comes_back_when_undone(office: Office) -> None:
    done = beginning.set_aside(office, Beginning.IMPORT, ACTING)
    assert Beginning.IMPORT not in _open(office)
    offices.take_back(office, done.event, ACTING)
    assert Beginning.IMPORT in _open(office)


def test_a_line_set_aside_stays_away(path: Path) -> None:
    for _again in range(2):
        office = offices.open_office(path, session(path))
        if Beginning.IMPORT in _open(office):
            beginning.set_aside(office, Beginning.IMPORT, ACTING)
        assert Beginning.IMPORT not in _open(office)
        office.close()


def test_the_sheet_cannot_be_set_aside(office: Office) -> None:
    with pytest.raises(ValueError, match="sheet"):
        beginning.set_aside(office, Beginning.SHEET, ACTING)


@pytest.mark.parametrize(
    ("clerk", "lines"),
    [
        (2, [Beginning.PEOPLE, Beginning.CALENDAR, Beginning.IMPORT]),  # 登记员
        (3, []),  # 审批领导
        (4, []),  # 查阅
    ],
)
def test_only_what_the_user_may_do_is_asked_of_him(
    path: Path, clerk: int, lines: list[Beginning]
) -> None:
    office = offices.open_office(path, session(path, clerk))
    try:
        assert _open(office) == lines
        if not lines:
            with pytest.raises(NotPermitted):
                beginning.set_aside(office, Beginning.IMPORT, ACTING)
    finally:
        office.close()


def test_nothing_is_written_by_looking(office: Office) -> None:
    before = office.db.execute("SELECT count(*) FROM event").fetchone()
    _open(office)
    assert office.db.execute("SELECT count(*) FROM event").fetchone() == before
