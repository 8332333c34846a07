"""What a new office has still to do (开始使用): each step until it is done or skipped."""

from datetime import date, timedelta
from enum import StrEnum

from db.ledger import EventDraft
from db.queries import keeping
from db.queries import office as queries
from desktop.usecases import backups
from desktop.usecases.calendars import calendar
from desktop.usecases.office import Acting, Done, Office, keep_setting, sheet_missing
from frozen import dataclass

#: The calendar is looked at so far ahead: a complaint of today runs no longer.
AHEAD = timedelta(days=45)


class Beginning(StrEnum):
    """A step, in the order in which they are done; the office itself is made before them."""

    SHEET = "sheet"  # 恢复单已存放
    CALENDAR = "calendar"  # 工作日历已核对
    PEOPLE = "people"  # 单位和人员
    USERS = "users"  # 同事的用户
    IMPORT = "import"  # 导入旧台账
    SECOND = "second"  # 第二个盘的备份


class Stand(StrEnum):
    """How a step stands."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


#: Which action a step is for; nobody is asked to do what he may not.
NEEDED: dict[Beginning, str] = {
    Beginning.SHEET: "recovery.sheet",
    Beginning.CALENDAR: "calendar.override",
    Beginning.PEOPLE: "unit.save",
    Beginning.USERS: "user.add",
    Beginning.IMPORT: "complaint.import",
    Beginning.SECOND: "office.setting",
}

#: The one step that cannot be skipped: without a sheet a forgotten password loses everything.
MUST = frozenset({Beginning.SHEET})

#: The office's settings: a step that was skipped, and that somebody looked at the calendar.
_ASIDE, _CHECKED = "begin.", "begin.checked"


@dataclass(frozen=True, slots=True)
class Step:
    """A step; of the calendar: this year, and the year that it lacks, else 0."""

    what: Beginning
    stand: Stand
    lacks: int = 0


def steps(office: Office, today: date) -> tuple[Step, ...]:
    """Return every step that the user at the desk may do, in order."""
    return tuple(
        _step(office, what, today) for what in Beginning if office.session.may(NEEDED[what])
    )


def open_steps(office: Office, today: date) -> tuple[Beginning, ...]:
    """Return what the user at the desk has still to do, in order."""
    return tuple(one.what for one in steps(office, today) if one.stand is Stand.OPEN)


def _step(office: Office, what: Beginning, today: date) -> Step:
    lacks = _lacking(office, today) if what is Beginning.CALENDAR else 0
    skipped = office.setting(_ASIDE + what)
    if not lacks and _done(office, what):
        return Step(what, Stand.DONE)
    # A calendar skipped for one year is asked for again when the next one lacks.
    if skipped and (not lacks or not skipped.isdigit() or int(skipped) in (1, lacks)):
        return Step(what, Stand.SKIPPED, lacks)
    return Step(what, Stand.OPEN, lacks)


def _lacking(office: Office, today: date) -> int:
    """Return the first year that a complaint of today may touch and the calendar lacks, else 0."""
    days = calendar(office)
    return next((d.year for d in (today, today + AHEAD) if not days.day(d).certain), 0)


def _done(office: Office, what: Beginning) -> bool:
    match what:
        case Beginning.SHEET:
            return not sheet_missing(office)
        case Beginning.CALENDAR:
            return bool(office.setting(_CHECKED))
        case Beginning.PEOPLE:
            return bool(queries.units(office.db))
        case Beginning.USERS:
            return len(queries.clerks(office.db)) > 1
        case Beginning.IMPORT:
            return keeping.last_of(office.db, "complaint.import") is not None
        case Beginning.SECOND:
            chosen = backups.second_place(office) is not None
            return chosen and keeping.last_of(office.db, "backup.make") is not None


def skip(office: Office, what: Beginning, today: date, acting: Acting) -> Done[None]:
    """Leave a step for later or for good (跳过); it can be brought back.

    Raises:
        NotPermitted: ``not_your_role``.
        ValueError: the step cannot be skipped.
    """
    if what in MUST:
        raise ValueError(f"{what} cannot be skipped")
    lacks = _lacking(office, today) if what is Beginning.CALENDAR else 0
    return _set(office, {_ASIDE + what: str(lacks or 1)}, what.value, acting)


def bring_back(office: Office, what: Beginning, acting: Acting) -> Done[None]:
    """List a skipped step again (找回).

    Raises:
        NotPermitted: ``not_your_role``.
    """
    return _set(office, {_ASIDE + what: ""}, what.value, acting)


def bring_all_back(office: Office, acting: Acting) -> Done[None]:
    """List every skipped step again.

    Raises:
        NotPermitted: ``not_your_role``.
    """
    return _set(office, {_ASIDE + what: "" for what in Beginning}, "", acting)


def check_calendar(office: Office, acting: Acting) -> Done[None]:
    """Note that somebody compared the calendar's years with the notices (已核对).

    Raises:
        NotPermitted: ``not_your_role``.
    """
    what = Beginning.CALENDAR.value
    return _set(office, {_CHECKED: acting.today.isoformat()}, what, acting)


def _set(office: Office, settings: dict[str, str], label: str, acting: Acting) -> Done[None]:
    event = EventDraft("office.begin", "profile", 1, label)
    with office.ledger.action(event, acting.actor()) as action:
        for key, value in settings.items():
            if value or office.setting(key):
                keep_setting(action, office.db, key, value)
    return Done(None, event.seq)
