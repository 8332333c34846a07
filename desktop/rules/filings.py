"""Filing (备案): what became of complaints that a unit dealt with itself, and who has not reported."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.rules import typed
from desktop.rules.complaints import Outcome
from desktop.rules.faults import Fault, fault
from desktop.rules.rulebook import Filing

#: Months of each way of reporting.
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of time that is reported on: so many months from the first of one."""

    first: date
    months: int

    @property
    def last(self) -> date:
        """Return its last day."""
        return _later(self.first, self.months) - timedelta(days=1)

    @property
    def key(self) -> str:
        """Return what it is kept as: year, and the number of the part in it."""
        part = (self.first.month - 1) // self.months + 1
        return f"{self.first.year}-{self.months}-{part}"

    def __str__(self) -> str:
        """As it is written: 2026年第三季度."""
        part = (self.first.month - 1) // self.months + 1
        year = f"{self.first.year}年"
        match self.months:
            case 1:
                return f"{year}{part}月"
            case 3:
                return f"{year}第{'一二三四'[part - 1]}季度"
            case 6:
                return f"{year}{'上下'[part - 1]}半年"
        return f"{year}度"


def period_of(key: str) -> Period | None:
    """Read a period as kept; None if it is none."""
    parts = key.split("-")
    if len(parts) != len(("year", "months", "part")) or not all(p.isdecimal() for p in parts):
        return None
    year, months, part = (int(p) for p in parts)
    if months not in MONTHS.values() or not 1 <= part <= 12 // months or not 1 < year < 9999:
        return None
    return Period(date(year, (part - 1) * months + 1, 1), months)


def _later(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def around(day: date, period: str) -> Period:
    """Return the period in which a day lies; ``period`` is one of ``MONTHS``."""
    months = MONTHS[period]
    return Period(date(day.year, (day.month - 1) // months * months + 1, 1), months)


def before(one: Period) -> Period:
    """Return the period before one."""
    return Period(_later(one.first, -one.months), one.months)


def periods(today: date, period: str, count: int) -> tuple[Period, ...]:
    """Return the present period and so many before it, the newest first."""
    found = [around(today, period)]
    while len(found) <= count:
        found.append(before(found[-1]))
    return tuple(found)


def unreported(
    units: Sequence[tuple[int, str]], rule: Filing, reported: Sequence[tuple[int, str]], one: Period
) -> tuple[int, ...]:
    """Return the units that have to report and did not, for a period that is over.

    Args:
        units: id and kind of every unit of the directory.
        rule: says which kinds of units have to report.
        reported: unit and period of every report that stands.
        one: the period.
    """
    done = {unit for unit, period in reported if period == one.key}
    return tuple(unit for unit, kind in units if kind in rule.kinds and unit not in done)


@dataclass(frozen=True, slots=True)
class FilingDraft:
    """A unit's report as typed (备案登记); ``nothing``: it had no complaint to report (零报告)."""

    unit: int | None
    reported: date | None
    period: str = ""
    nothing: bool = False
    unit_number: str = ""
    received: date | None = None
    subject: str = ""
    outcome: Outcome | None = None
    handling: str = ""
    answered: date | None = None
    attachments: tuple[str, ...] = ()


def check_filing(draft: FilingDraft, today: date, *, period: str = "") -> list[Fault]:
    """Check a report as typed; return every fault in the order of the form.

    ``period``: how often units report, empty where nobody has set it.
    """
    return [f for f in _faults(draft, today, period) if f is not None]


def _faults(draft: FilingDraft, today: date, period: str) -> Iterator[Fault | None]:
    yield fault("unit", "choose_unit") if draft.unit is None else None
    yield typed.check_date("reported", draft.reported, today)
    if period and period_of(draft.period) is None:
        yield fault("period", "choose")
    if draft.nothing:
        return
    yield typed.check_text("unit_number", draft.unit_number, limit=typed.NAME)
    yield typed.check_date("received", draft.received, draft.reported or today, required=True)
    yield typed.check_text("subject", draft.subject, required=True, limit=typed.NAME)
    yield None if draft.outcome else fault("outcome", "choose")
    yield typed.check_text("handling", draft.handling, required=True, limit=typed.LONG, lines=True)
    yield typed.check_date(
        "answered",
        draft.answered,
        draft.reported or today,
        required=False,
        not_before=draft.received,
        before_code="before_receipt",
    )
