"""What every record with a number of its own shares (编号、作废): taking the number, standing or void."""

from typing import Protocol, TypeVar

from db.ledger import Action, EventDraft, Value
from desktop.rules import typed
from desktop.rules.faults import NotPermitted, refuse_if
from desktop.usecases.office import Acting, Done, Office


class Voidable(Protocol):
    """A record that can be made void; its number stays used."""

    @property
    def number(self) -> str:
        """The number."""

    @property
    def void(self) -> bool:
        """Whether it stands no longer."""


V = TypeVar("V", bound=Voidable)


def take_number(
    action: Action, event: EventDraft, series: str, word: str, year: int
) -> dict[str, Value]:
    """Take the next number of a series for what an event enters, and return its columns."""
    serial = action.next_serial(series, year)
    event.label = f"{word}〔{year}〕{serial:04d}"
    return {"year": year, "serial": serial, "number": event.label}


def standing(record: V) -> V:
    """Return a record that is not void.

    Raises:
        NotPermitted: void.
    """
    if record.void:
        raise NotPermitted("void")
    return record


def make_void(
    office: Office, table: str, row: int, record: Voidable, reason: str, acting: Acting
) -> Done[None]:
    """Make a record void (作废) with a reason; its number stays used.

    Raises:
        Faults: no reason.
        NotPermitted: void already.
    """
    standing(record)
    refuse_if([typed.check_text("reason", reason, required=True, limit=typed.LINE)])
    told = typed.clean(reason)
    event = EventDraft(f"{table}.void", table, row, record.number, told)
    with office.ledger.action(event, acting.actor()) as action:
        action.update(table, row, void=1, void_reason=told)
    return Done(None, event.seq)
