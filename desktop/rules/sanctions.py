"""The sanction ladder (追究方式): which measures a rung holds, against whom, and who may impose them."""

from collections.abc import Iterable, Sequence

from desktop.rules.faults import Fault, fault
from desktop.rules.rulebook import Measure, Role, Rulebook, Rung, Share, Target
from frozen import dataclass

#: Shares that bear no responsibility, so that no sanction is proposed.
FREE: tuple[Share, ...] = ("none", "exempt")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A measure proposed against one person, or against the unit (``person`` 0)."""

    person: int
    measure: Measure


def rung(book: Rulebook, rung_id: str) -> Rung:
    """Return a rung by its id.

    Raises:
        KeyError: the rulebook has no such rung.
    """
    found = next((r for r in book.rungs if r.id == rung_id), None)
    if found is None:
        raise KeyError(rung_id)
    return found


def fits(measure: Measure, role: Role) -> bool:
    """Say whether a measure is aimed at persons of this role (直接责任人、有关责任人、主管领导)."""
    wanted: dict[Target, tuple[Role, ...]] = {
        "unit": (),
        "direct": ("handler", "direct"),
        "responsible": ("handler", "direct", "supervising_leader", "main_leader", "team_member"),
        "supervising_leader": ("supervising_leader",),
        "main_leader": ("main_leader",),
    }
    return role in wanted[measure.target]


def propose(chosen: Rung, people: Iterable[tuple[int, Role, Share | None]]) -> tuple[Proposed, ...]:
    """Propose the rung's measures: for the unit, and for every person who bears responsibility.

    Of measures that exclude each other (告诫或批评教育) the mildest, which stands first, is proposed.
    A measure bound to a condition (无职务的) is left to the clerk, who knows whether it is met.
    """
    found: list[Proposed] = []
    for person, role, share in ((0, None, None), *people):
        if person and (share is None or share in FREE):
            continue
        taken: set[str] = set()
        for measure in chosen.measures:
            aimed = measure.target == "unit" if role is None else fits(measure, role)
            if (
                not aimed
                or measure.condition
                or (measure.alternative and measure.alternative in taken)
            ):
                continue
            taken.add(measure.alternative)
            found.append(Proposed(person, measure))
    return tuple(found)


def departs(proposed: Sequence[Proposed], chosen: Iterable[tuple[int, str]]) -> bool:
    """Say whether the clerk's choice differs from the proposal (then a written reason is due)."""
    return {(p.person, p.measure.id) for p in proposed} != set(chosen)


def check_choice(
    chosen_rung: Rung, chosen: Sequence[tuple[int, str]], *, departing: bool, reason: str
) -> list[Fault]:
    """Check a choice of measures: of the rung, for whom they are meant, not excluding each other.

    A unit's measure is for the unit (person 0) only; a departure needs its reason.
    """
    known = {m.id: m for m in chosen_rung.measures}
    found: list[Fault] = []
    taken: set[tuple[int, str]] = set()
    if not chosen:
        found.append(fault("measures", "choose"))
    for person, measure_id in chosen:
        measure = known.get(measure_id)
        if measure is None or (person == 0) != (measure.target == "unit"):
            found.append(fault("measures", "choose"))
            continue
        if measure.alternative:
            if (person, measure.alternative) in taken:
                found.append(fault("measures", "exclusive", measure=measure.text))
            taken.add((person, measure.alternative))
    if departing and not reason.strip():
        found.append(fault("reason", "reason_for_departure"))
    return found
