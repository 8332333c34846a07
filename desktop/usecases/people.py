"""The office's units and persons (单位、人员): the names that forms complete from."""

from db.ledger import EventDraft, Value
from db.queries import office as queries
from db.records import Clerk, Person, Unit
from desktop.rules import typed
from desktop.rules.faults import fault, refuse_if
from desktop.usecases.office import Acting, Done, Office
from frozen import dataclass


@dataclass(frozen=True, slots=True)
class Directory:
    """The names that forms complete from: clerks, units, persons."""

    clerks: tuple[Clerk, ...]
    units: tuple[Unit, ...]
    persons: tuple[Person, ...]


def directory(office: Office) -> Directory:
    """Return who and what the office knows."""
    return Directory(
        tuple(queries.clerks(office.db)),
        tuple(queries.units(office.db)),
        tuple(queries.persons(office.db)),
    )


UNIT_KINDS = ("行政机关", "公共企事业单位", "县（市、区）政府")


def save_unit(
    office: Office, unit_id: int | None, name: str, kind: str, acting: Acting
) -> Done[int]:
    """Add or rename a unit (单位).

    Raises:
        Faults: no name, or the name is taken.
    """
    clean = typed.clean(name)
    taken = any(u.name == clean and u.id != unit_id for u in queries.units(office.db))
    refuse_if(
        [
            typed.check_text("name", name, required=True, limit=typed.NAME),
            fault("name", "taken", name=clean) if taken else None,
            None if kind in UNIT_KINDS else fault("kind", "choose"),
        ]
    )
    event = EventDraft("unit.save", "unit", label=clean)
    with office.ledger.action(event, acting.actor()) as action:
        if unit_id is None:
            unit_id = action.insert("unit", name=clean, kind=kind)
        else:
            action.update("unit", unit_id, name=clean, kind=kind)
        event.subject_id = unit_id
    return Done(unit_id, event.seq)


def save_person(
    office: Office, person_id: int | None, name: str, unit: int | None, post: str, acting: Acting
) -> Done[int]:
    """Add or change a person (人员).

    Raises:
        Faults: no name or no unit.
    """
    refuse_if(
        [
            typed.check_text("name", name, required=True, limit=typed.NAME),
            fault("unit", "choose_unit") if unit is None else None,
            typed.check_text("post", post, limit=typed.NAME),
        ]
    )
    assert unit is not None
    event = EventDraft("person.save", "person", label=typed.clean(name))
    values: dict[str, Value] = {
        "name": typed.clean(name),
        "unit": unit,
        "post": typed.clean(post),
    }
    with office.ledger.action(event, acting.actor()) as action:
        if person_id is None:
            person_id = action.insert("person", **values)
        else:
            action.update("person", person_id, **values)
        event.subject_id = person_id
    return Done(person_id, event.seq)
