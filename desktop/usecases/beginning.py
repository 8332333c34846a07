"""What a new office has still to do (开始使用): each line until it is done or set aside."""

from datetime import date, timedelta
from enum import StrEnum

from db.ledger import EventDraft
from db.queries import keeping
from db.queries import office as queries
from desktop.usecases import backups, recovery
from desktop.usecases.calendars import calendar
from desktop.usecases.office import Acting, Done, Office, keep_setting
from frozen import dataclass

#: The calendar is looked at so far ahead: a complaint of today runs no longer.
AHEAD = timedelta(days=45)


class Beginning(StrEnum):
    """A line of the list, in the order in which they are done."""

    SHEET = "sheet"  # 恢复单已存放
    PEOPLE = "people"  # 单位和人员
    SECOND = "second"  # 第二个盘的备份
    CALENDAR = "calendar"  # 工作日历已核对
    IMPORT = "import"  # 导入旧台账


#: Which action a line is for; nobody is asked to do what he may not.
NEEDED: dict[Beginning, str] = {
    Beginning.SHEET: "recovery.sheet",
    Beginning.PEOPLE: "unit.save",
    Beginning.SECOND: "office.setting",
    Beginning.CALENDAR: "calendar.override",
    Beginning.IMPORT: "complaint.import",
}

#: The one line that cannot be set aside: without a sheet a forgotten password loses everything.
MUST = frozenset({Beginning.SHEET})

#: The office's setting that says that a line was set aside.
_ASIDE = "begin."


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is open; ``year`` is the year the calendar lacks, else 0."""

    what: Beginning
    year: int = 0


def open_lines(office: Office, today: date) -> tuple[Line, ...]:
    """Return what the user at the desk has still to do for a new office, in order."""
    lines: list[Line] = []
    for what in Beginning:
        if not office.session.may(NEEDED[what]) or office.setting(_ASIDE + what):
            continue
        year = _lacking(office, today) if what is Beginning.CALENDAR else 0
        if year or not _done(office, what):
            lines.append(Line(what, year))
    return tuple(lines)


def _lacking(office: Office, today: date) -> int:
    """Return the first year that a complaint of today may touch and the calendar lacks, else 0."""
    days = calendar(office)
    return next((d.year for d in (today, today + AHEAD) if not days.day(d).certain), 0)


def _done(office: Office, what: Beginning) -> bool:
    match what:
        case Beginning.SHEET:
            return not recovery.sheet_missing(office)
        case Beginning.PEOPLE:
            return bool(queries.units(office.db))
        case Beginning.SECOND:
            chosen = backups.second_place(office) is not None
            return chosen and keeping.last_of(office.db, "backup.make") is not None
        case Beginning.CALENDAR:
            return True  # the year that lacks is told apart
        case Beginning.IMPORT:
            return keeping.last_of(office.db, "complaint.import") is not None


def set_aside(office: Office, what: Beginning, acting: Acting) -> Done[None]:
    """Keep a line away from now on (不需要).

    Raises:
        NotPermitted: ``not_your_role``.
        ValueError: the line cannot be set aside.
    """
    if what in MUST:
        raise ValueError(f"{what} cannot be set aside")
    event = EventDraft("office.begin", "profile", 1, what.value)
    with office.ledger.action(event, acting.actor()) as action:
        keep_setting(action, office.db, _ASIDE + what, "1")
    return Done(None, event.seq)
