"""The monthly sheet (月度核对单): a month's log in figures and the chain's head, to be signed on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db import chain
from db.ledger import EventDraft
from db.queries import handovers as apart
from db.queries import log as queries
from desktop.rules.faults import Faults, fault
from desktop.usecases import letters
from desktop.usecases.office import Acting, Office, keep_event


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of the calendar."""

    year: int
    month: int

    def __str__(self) -> str:
        """As it stands on paper."""
        return f"{self.year}年{self.month}月"

    def first(self) -> date:
        """Return its first day."""
        return date(self.year, self.month, 1)

    def end(self) -> date:
        """Return the first day after it."""
        return date(self.year + self.month // 12, self.month % 12 + 1, 1)


def months(office: Office, today: date) -> tuple[Month, ...]:
    """Return the months that a sheet can be made of, newest first: since the first event."""
    first = queries.line(office.db, 1)
    begin = first.at.date() if first is not None else today
    found = []
    month = Month(today.year, today.month)
    while month.end() > begin:
        found.append(month)
        month = Month(month.year - (month.month == 1), (month.month - 2) % 12 + 1)
    return tuple(found)


def sheet(office: Office, month: Month, acting: Acting) -> bytes:
    """Return the sheet of a month; making it is an event that repeats its head.

    Raises:
        Faults: ``no_events`` – there is no event up to the month's end.
    """
    first, end = (datetime.combine(d, datetime.min.time()) for d in (month.first(), month.end()))
    span = first.isoformat(), end.isoformat()
    counted = queries.month(office.db, *span)
    last = counted.last or queries.month(office.db, "", span[1]).last
    line = queries.line(office.db, last)
    if line is None:
        raise Faults([fault("month", "no_events")])
    anchor = str(chain.anchor(line.seq, line.hash))

    def given(table: str, day: str, what: str) -> str:
        return _range(queries.numbers(office.db, table, day, span[0][:10], span[1][:10]), what)

    fields = {
        "month": str(month),
        "events": counted.events,
        "first": counted.first,
        "last": counted.last,
        "anchor": anchor,
        "complaints": given("complaint", "registered", "件"),
        "cases": given("case_file", "opened", "件"),
        "letters": given("letter", "dated", "份"),
        "apart": _apart(office, month),
        "clerk": acting.name,
    }
    pdf = letters.form(office, "monthly_sheet", fields, dated=acting.today)
    event = EventDraft("log.anchor", "event", line.seq, f"{month}月度核对单 {anchor}")
    keep_event(office, event, acting)
    return pdf


def _apart(office: Office, month: Month) -> str:
    """Say what was registered apart from the register; nothing where there is none of it."""
    counts = [
        (word, apart.registered(office.db, table, month.first(), month.end()))
        for table, word in (("handover", "只登交接"), ("filing", "备案"))
    ]
    return "，".join(f"{word}{n}件" for word, n in counts if n)


def _range(numbers: Sequence[str], what: str) -> str:
    if not numbers:
        return "本月没有新编号"
    if len(numbers) == 1:
        return f"本月1{what}：{numbers[0]}"
    return f"本月{len(numbers)}{what}：{numbers[0]}至{numbers[-1]}"
