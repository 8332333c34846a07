"""Importing a ledger that was kept elsewhere (导入旧台账): columns, check, one action for the whole.

Reading the file is imports_read; what a line means is desktop.rules.ledgerrows.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from db.queries import imports as queries
from db.queries import office as office_queries
from desktop.rules import ledgerfields as fields
from desktop.rules.backups import Reason
from desktop.rules.faults import Faults, fault
from desktop.rules.ledgerfields import Field
from desktop.rules.ledgerrows import Checked, Checker, Choices, Known, check_rows
from desktop.rules.rulebook import System
from desktop.rules.unitnames import NearNames
from desktop.usecases import backups, places
from desktop.usecases.imports_plan import SETTLED, Imported, Plan, Review
from desktop.usecases.imports_read import Sheet, Unreadable, read_ledger, without_rings
from desktop.usecases.imports_write import write_batch
from desktop.usecases.office import Acting, Done, Office

Told = Callable[[int], None]


def plan(office: Office, sheet: Sheet) -> Plan:
    """Propose what the columns of a ledger mean; columns imported before are known again.

    Raises:
        Faults: no rulebook was chosen for complaints.
    """
    book = office.book(System.COMPLAINTS)
    if book is None:
        raise Faults([fault("", "no_rulebook")])
    title = f"{sheet.path.stem} {sheet.name}"
    headers = fields.find_headers(sheet.rows[:40], title)
    width = max((len(row) for row in sheet.rows[:200]), default=0)
    names = headers.names + ("",) * (width - len(headers.names))
    mapping = fields.guess(names)
    key = fields.header_key(names)
    batches = queries.batches(office.db)
    earlier = next((one for one in batches if one.headers == key), None)
    if earlier is not None:
        mapping = _remembered(earlier.mapping, width)
    channels = tuple((channel.id, channel.name) for channel in book.channels)
    return Plan(
        sheet,
        names,
        headers.first,
        mapping,
        Choices(year=headers.year, channel=channels[0][0] if channels else ""),
        channels,
        earlier is not None,
        next((one for one in batches if one.sha256 == sheet.sha256 and not one.void), None),
    )


def _remembered(text: str, width: int) -> tuple[Field | None, ...]:
    known = {one.value for one in Field}
    kept = [Field(key) if key in known else None for key in json.loads(text)]
    return tuple((kept + [None] * width)[:width])


def known(office: Office) -> Known:
    """Return what the register knows already."""
    book = office.book(System.COMPLAINTS)
    return Known(
        {unit.name: unit.id for unit in office_queries.units(office.db)},
        tuple((channel.id, channel.name) for channel in book.channels) if book else (),
        queries.numbers(office.db),
        queries.matters(office.db, "2000-01-01", "9999-12-31"),
    )


def check(office: Office, wanted: Plan, today: date, told: Told | None = None) -> Review:
    """Check every line of a ledger under a mapping.

    Raises:
        Faults: a column that is needed is missing, or two columns hold the same.
    """
    wrong = fields.faulty_mapping(wanted.mapping)
    if wrong:
        raise Faults(
            [fault(one.value, f"mapping_{code}") for code, found in wrong.items() for one in found]
        )
    checker = Checker(
        wanted.mapping,
        known(office),
        wanted.choices,
        today,
        names=wanted.names,
        epoch_1904=wanted.sheet.epoch_1904,
    )
    with without_rings():
        checked = check_rows(checker, wanted.sheet.rows, wanted.first, told)
    return Review(wanted, checked, queries.last_event(office.db), _near(office, checked))


def _near(office: Office, checked: Checked) -> dict[str, int]:
    """Return which known unit each unknown name may mean, as far as they are shown to be settled."""
    if not checked.strangers:
        return {}
    ids = {unit.name: unit.id for unit in office_queries.units(office.db)}
    names = NearNames(ids)
    found = ((word, names.nearest(word)) for word in islice(checked.strangers, SETTLED))
    return {word: ids[name] for word, name in found if name}


def import_ledger(
    office: Office, review: Review, acting: Acting, told: Told | None = None
) -> Done[Imported]:
    """Register every good line: one action, which can be taken back as a whole.

    Raises:
        Faults: nothing can be imported, or the register has changed so that lines are faulty now.
        NotPermitted: this user may not import, or may not hold who complained.
        StorageFault: the disk is too full, or the backup before it could not be made.
    """
    if queries.last_event(office.db) != review.seen:
        again = check(office, review.plan, acting.today)
        if again.checked.good != review.checked.good:
            raise Faults([fault("", "import_stale")])
        review = again
    if not review.checked.good:
        raise Faults([fault("", "import_nothing")])
    places.require_room(office.path)
    backups.make(office, Reason.IMPORT, acting.at)
    with without_rings():
        return write_batch(office, review.plan, review.checked, acting, told)


def remap(wanted: Plan, mapping: Sequence[Field | None]) -> Plan:
    """Return a plan with other columns."""
    return replace(wanted, mapping=tuple(mapping))


def decide(
    wanted: Plan,
    *,
    units: Mapping[str, int] | None = None,
    channels: Mapping[str, str] | None = None,
    channel: str | None = None,
    finished: bool | None = None,
    year: int | None = None,
) -> Plan:
    """Return a plan with other choices; what is not named stays."""
    said = wanted.choices
    return replace(
        wanted,
        choices=Choices(
            units=said.units if units is None else dict(units),
            channels=said.channels if channels is None else dict(channels),
            channel=said.channel if channel is None else channel,
            finished=said.finished if finished is None else finished,
            year=said.year if year is None else year,
        ),
    )


__all__ = [
    "SETTLED",
    "Choices",
    "Field",
    "Imported",
    "Plan",
    "Review",
    "Sheet",
    "Unreadable",
    "check",
    "decide",
    "import_ledger",
    "plan",
    "read_ledger",
    "remap",
]
