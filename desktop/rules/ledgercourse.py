"""How far a matter of an old ledger has come (既往办理): its steps, its state, the days of both."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from desktop.rules.complaints import Outcome, Ruling, State, Step
from desktop.rules.faults import Fault, fault
from desktop.rules.ledgerfields import Field


class Past(NamedTuple):
    """A step that was taken before the ledger came here; the unit by its name.

    (A tuple, as all that is made of each of very many lines.)
    """

    step: Step
    day: date
    person: str = ""
    unit: str = ""
    outcome: str = ""
    text: str = ""


class Said(NamedTuple):
    """What a line says of the handling of its matter.

    ``closed``: whether a word says that it is closed (None: no word says so or not).
    """

    received: date
    days: Mapping[Field, date | None]
    leader: str
    opinion: str
    ruling: Ruling | None
    receiver: str
    outcome: Outcome | None
    result: str
    closed: bool | None

    @property
    def done(self) -> bool:
        """Whether something was found or done."""
        return bool(self.result or self.outcome or self.days[Field.FOUND])

    @property
    def latest(self) -> date:
        """The last day that the line names."""
        return max((self.received, *filter(None, self.days.values())))


class Course(NamedTuple):
    """What was done, and where the matter stands now.

    ``told``: the day that stops the clocks of telling; of a closed matter at the latest its last.
    """

    state: State
    ruling: Ruling | None
    outcome: Outcome | None
    transferred: date | None
    told: date | None
    closed: date | None
    steps: tuple[Past, ...]


def faults_of(said: Said) -> list[Fault]:
    """Find days in an order that can not be, and what would have to be guessed."""
    received = said.received
    found = [
        fault(where, "before_receipt", earliest=received)
        for where, day in said.days.items()
        if day and day < received
    ]
    last = said.days[Field.CLOSED]
    if last is not None:
        latest = said.latest
        if received <= last < latest:  # what lies before the receipt is told so already
            found.append(fault(Field.CLOSED, "closed_too_early", latest=latest))
        if said.closed is False:
            found.append(fault(Field.STATE, "open_and_closed", day=last))
    return found


def course(said: Said, *, finished: bool) -> Course | Fault:
    """Return the course of a matter.

    Args:
        said: what the line says; without the faults of ``faults_of``.
        finished: whether a matter with a result and no day of closing counts as closed.
    """
    done, days = said.done, said.days
    told, closed, outcome, ruling = (
        days[Field.ANSWERED], days[Field.CLOSED], said.outcome, said.ruling
    )  # fmt: skip
    if closed is None and (said.closed or (said.closed is None and done and finished)):
        closed = said.latest
    if ruling is None and (done or told or closed):
        ruling = Ruling.ACCEPT
    refused = ruling is Ruling.REFUSE
    if done and not (told or closed or outcome or refused):
        return fault(Field.OUTCOME, "outcome_needed")
    decided, transferred = days[Field.DECIDED], days[Field.TRANSFERRED]
    if decided is None and (said.leader or said.opinion or ruling not in (None, Ruling.ACCEPT)):
        decided = min(transferred or said.latest, said.latest) if transferred else said.received
    if ruling is not Ruling.TRANSFER:
        transferred = None
    elif transferred is None and (done or told or closed):
        transferred = decided
    steps = _steps(said, ruling, (decided, transferred, told, closed), done=done)
    state = _state(ruling, transferred, done=done, told=told, closed=closed)
    return Course(state, ruling, outcome, transferred, told or closed, closed, steps)


#: The words that are kept of rulings and outcomes.
_RULINGS = {ruling: ruling.value for ruling in Ruling}
_OUTCOMES = {outcome: outcome.value for outcome in Outcome}


def _steps(
    said: Said,
    ruling: Ruling | None,
    days: tuple[date | None, date | None, date | None, date | None],
    *,
    done: bool,
) -> tuple[Past, ...]:
    decided, transferred, told, closed = days
    steps: list[Past] = []
    refused = ruling is Ruling.REFUSE
    ending = told or closed
    if decided is not None and ruling is not None:
        unit = said.receiver if ruling is Ruling.TRANSFER else ""
        text = said.opinion or (said.result if refused and ending is None else "")
        steps.append(Past(Step.DECIDE, decided, said.leader, unit, _RULINGS[ruling], text))
    if transferred is not None:
        steps.append(Past(Step.TRANSFER, transferred, unit=said.receiver))
    if done and not refused:
        day = said.days[Field.FOUND] or ending or said.latest
        found = _OUTCOMES[said.outcome] if said.outcome else ""
        steps.append(Past(Step.FIND, day, outcome=found, text=said.result))
    if refused and ending is not None:
        steps.append(Past(Step.REFUSE, ending, text=said.result))
    elif told is not None:
        steps.append(Past(Step.ANSWER, told))
    if closed is not None:
        steps.append(Past(Step.CLOSE, closed))
    return tuple(steps)


def _state(
    ruling: Ruling | None,
    transferred: date | None,
    *,
    done: bool,
    told: date | None,
    closed: date | None,
) -> State:
    if closed is not None:
        return State.CLOSED
    if ruling is Ruling.REFUSE:
        return State.REFUSED if told is not None else State.REFUSAL_DUE
    if told is not None:
        return State.ANSWERED
    if done:
        return State.FOUND
    if ruling is Ruling.TRANSFER:
        return State.TRANSFERRED if transferred is not None else State.TRANSFER_DUE
    return State.ACCEPTED if ruling is Ruling.ACCEPT else State.REGISTERED
