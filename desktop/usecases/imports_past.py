"""The imports of the past (以前的导入): what came in, what was done on it since, taking it back whole."""

from collections.abc import Callable
from datetime import datetime

from db.queries import imports as queries
from db.records import PastBatch
from desktop.rules import typed
from desktop.rules.complaints import PersonTyped
from desktop.rules.faults import NotPermitted, refuse_if
from desktop.usecases import identity
from desktop.usecases import office as offices
from desktop.usecases.office import Acting, Done, Office
from frozen import dataclass

#: Matters and units that are named where more hinder; the rest is counted.
NAMED = 5
#: After so many complainants it is asked whether to stop.
_LOOKED = 500


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why an import can not be taken back any more.

    ``matters``: how many of its matters were worked on since, ``numbers`` the first of them;
    ``units``: how many of the units it added were changed or are used elsewhere, ``names`` the
    first of them.
    """

    matters: int
    numbers: tuple[str, ...]
    units: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastImport:
    """A ledger that came in once.

    ``first``, ``last``: the numbers its matters were given; ``units``: how many units it added;
    ``back_at``, ``back_by``: when and by whom it was taken back; ``hindrance``: why it can not be.
    """

    batch: int
    event: int
    file: str
    at: datetime
    by: str
    count: int
    left_out: int
    first: str
    last: str
    units: int
    back_at: datetime | None = None
    back_by: str = ""
    hindrance: Hindrance | None = None


def past(office: Office) -> tuple[PastImport, ...]:
    """Return every import there was, the newest first."""
    return tuple(_past(office, one) for one in queries.past(office.db))


def _past(office: Office, one: PastBatch) -> PastImport:
    return PastImport(
        one.id,
        one.seq,
        one.file_name,
        one.at,
        one.clerk_name,
        one.rows,
        one.left_out,
        one.first,
        one.last,
        queries.units_made(office.db, one.seq),
        one.back_at,
        one.back_by,
        None if one.back_at is not None else _hindrance(office, one),
    )


def _hindrance(office: Office, one: PastBatch) -> Hindrance | None:
    """Say what was done on an import since: steps that stand, rows changed, units used elsewhere."""
    worked = queries.worked_on(office.db, one.id, one.seq)
    kept = office.ledger.built_upon(one.seq)
    for table, ids in kept.items():
        worked |= queries.matters_of(office.db, table, ids)
    numbers = queries.numbers_of(office.db, worked)
    units = queries.unit_names(office.db, kept.get("unit", ()))
    if not numbers and not units:
        return None
    return Hindrance(len(numbers), tuple(numbers[:NAMED]), len(units), tuple(units[:NAMED]))


def take_back(
    office: Office,
    batch: int,
    reason: str,
    acting: Acting,
    told: Callable[[float], None] | None = None,
) -> Done[PastImport]:
    """Take an import back as a whole (整批撤销), for a reason that log and register keep.

    Its numbers stay used.

    Args:
        office: the open office.
        batch: which import.
        reason: why; whoever complained in one of its matters is masked in it.
        acting: who takes it back, and when.
        told: how far it is, from 0 to 1; may raise to stop, and nothing was taken back then.

    Raises:
        Faults: no reason.
        NotPermitted: ``import_taken_back`` – it was already; ``import_worked_on``, with the first
            numbers and how many – something was done on its matters since; ``import_unit_used`` –
            only a unit it added is used elsewhere; or this user may not import.
        StorageFault: the file can not be written.
    """
    refuse_if([typed.check_text("reason", reason, required=True, limit=typed.LONG, lines=True)])
    found = next((one for one in queries.past(office.db) if one.id == batch), None)
    if found is None:
        raise LookupError(f"import {batch}")
    one = _past(office, found)
    if one.back_at is not None:
        raise NotPermitted("import_taken_back")
    if one.hindrance is not None:
        why = one.hindrance
        if why.matters:
            facts = {"n": why.matters, "numbers": offices.names(why.numbers)}
            raise NotPermitted("import_worked_on", **facts)
        raise NotPermitted("import_unit_used", names=offices.names(why.names))
    why_back = _masked(office, batch, typed.clean(reason), told)
    done = offices.take_back(office, one.event, acting, why_back, told)
    return Done(one, done.event)


def _masked(office: Office, batch: int, text: str, told: Callable[[float], None] | None) -> str:
    """Return a text with whoever complained in a matter of an import masked in it."""
    named: list[PersonTyped] = []
    for at, sealed in enumerate(queries.people(office.db, batch)):
        if told is not None and at % _LOOKED == 0:
            told(0.0)
        one = PersonTyped(*(identity.unseal(office, part) for part in sealed))
        if identity.Veil((one,)).hides(text):
            named.append(one)
    return identity.mask(named, text)
