"""开始使用: steps are done or skipped, found again, and nobody is asked what he may not do."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.rules.faults import NotPermitted
from desktop.usecases import backups, beginning, calendars, founding, people, recovery
from desktop.usecases import office as offices
from desktop.usecases.beginning import Beginning, Stand, Step
from desktop.usecases.office import Office
from tests.ui.office_fixtures import ACTING, DRAFT, LIGHT, session

TODAY = ACTING.today


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    path = tmp_path / "office.db"
    founding.create_office(path, DRAFT, ACTING, LIGHT).close()
    return path


@pytest.fixture(name="office")
def _office(path: Path) -> Iterator[Office]:
    office = offices.open_office(path, session(path))
    yield office
    office.close()


def _open(office: Office) -> list[Beginning]:
    return list(beginning.open_steps(office, TODAY))


def _calendar(office: Office, today: date = TODAY) -> Step:
    return next(s for s in beginning.steps(office, today) if s.what is Beginning.CALENDAR)


def test_a_new_office_has_everything_to_do_in_order(office: Office) -> None:
    assert _open(office) == [what for what in Beginning if what is not Beginning.USERS]


def test_the_sheet_goes_when_it_was_made(office: Office) -> None:
    data = recovery.signs(office.session.keys.data)
    first, second = recovery.asked_places(office)
    recovery.confirm_sheet(office, [data[first - 1], data[second - 1]], ACTING)
    assert Beginning.SHEET not in _open(office)


def test_units_go_when_there_is_one(office: Office) -> None:
    people.save_unit(office, None, "市住房保障局", people.UNIT_KINDS[0], ACTING)
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


def test_the_calendar_step_names_the_year_that_is_not_known(office: Office) -> None:
    assert _calendar(office) == Step(Beginning.CALENDAR, Stand.OPEN, 2027)
    beginning.check_calendar(office, ACTING)
    assert _calendar(office) == Step(Beginning.CALENDAR, Stand.OPEN, 2027)
    calendars.confirm_year(office, 2027, True, ACTING)
    assert _calendar(office) == Step(Beginning.CALENDAR, Stand.DONE)


def test_the_calendar_is_done_when_somebody_looked_at_it(office: Office) -> None:
    june = date(2026, 6, 1)
    assert _calendar(office, june) == Step(Beginning.CALENDAR, Stand.OPEN)
    done = beginning.check_calendar(office, ACTING)
    assert _calendar(office, june) == Step(Beginning.CALENDAR, Stand.DONE)
    offices.take_back(office, done.event, ACTING)
    assert _calendar(office, june) == Step(Beginning.CALENDAR, Stand.OPEN)


def test_a_year_skipped_is_not_the_next_year(office: Office) -> None:
    beginning.skip(office, Beginning.CALENDAR, TODAY, ACTING)
    assert _calendar(office).stand is Stand.SKIPPED
    calendars.confirm_year(office, 2027, True, ACTING)
    assert _calendar(office, date(2027, 12, 1)) == Step(Beginning.CALENDAR, Stand.OPEN, 2028)


def test_a_skipped_step_comes_back_when_undone_or_wanted(office: Office) -> None:
    done = beginning.skip(office, Beginning.IMPORT, TODAY, ACTING)
    assert Beginning.IMPORT not in _open(office)
    offices.take_back(office, done.event, ACTING)
    assert Beginning.IMPORT in _open(office)
    beginning.skip(office, Beginning.IMPORT, TODAY, ACTING)
    beginning.skip(office, Beginning.SECOND, TODAY, ACTING)
    beginning.bring_back(office, Beginning.IMPORT, ACTING)
    assert Beginning.IMPORT in _open(office)
    assert Beginning.SECOND not in _open(office)
    beginning.bring_all_back(office, ACTING)
    assert Beginning.SECOND in _open(office)


def test_a_skipped_step_stays_away(path: Path) -> None:
    for _again in range(2):
        office = offices.open_office(path, session(path))
        if Beginning.IMPORT in _open(office):
            beginning.skip(office, Beginning.IMPORT, TODAY, ACTING)
        assert Beginning.IMPORT not in _open(office)
        office.close()


def test_colleagues_are_done_when_there_are_two(office: Office) -> None:
    stands = {step.what: step.stand for step in beginning.steps(office, TODAY)}
    assert stands[Beginning.USERS] is Stand.DONE


def test_the_sheet_cannot_be_skipped(office: Office) -> None:
    with pytest.raises(ValueError, match="sheet"):
        beginning.skip(office, Beginning.SHEET, TODAY, ACTING)


@pytest.mark.parametrize(
    ("clerk", "lines"),
    [
        (2, [Beginning.CALENDAR, Beginning.PEOPLE, Beginning.IMPORT]),  # 登记员
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
                beginning.skip(office, Beginning.IMPORT, TODAY, ACTING)
    finally:
        office.close()


def test_nothing_is_written_by_looking(office: Office) -> None:
    before = office.db.execute("SELECT count(*) FROM event").fetchone()
    _open(office)
    assert office.db.execute("SELECT count(*) FROM event").fetchone() == before
