"""Writing an imported ledger into the register: one transaction, one event, every row by batches."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from db.batches import PORTION
from db.ledger import Action, EventDraft, Value
from desktop.rules.complaints import Identity, Outcome, Ruling, State, Step
from desktop.rules.faults import Faults, fault
from desktop.rules.ledgercourse import Course
from desktop.rules.ledgerfields import header_key
from desktop.rules.ledgerrows import Checked, Matter
from desktop.rules.rulebook import Rulebook, System
from desktop.usecases import identity
from desktop.usecases.imports_plan import Imported, Plan
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.people import UNIT_KINDS

_COMPLAINT = (
    "id", "year", "serial", "number", "pack", "pack_version", "channel", "received", "registered",
    "identity", "accused_unit", "accused_person", "subject", "body", "demands", "state", "ruling",
    "outcome", "transferred", "refusal_told", "told_in_writing", "closed", "sealed",
    "import_batch", "old_number",
)  # fmt: skip
_STEP = ("id", "complaint", "step", "day", "person", "unit", "outcome", "text")
#: How they are kept; asked of the members themselves, each word is found anew.
_WORDS = {one: one.value for kind in (Step, State, Ruling, Outcome, Identity) for one in kind}
_COMPLAINANT = ("id", "complaint", "name", "phone", "address")
_TABLES = {"complaint": _COMPLAINT, "complainant": _COMPLAINANT, "complaint_step": _STEP}
#: So many matters are made ready at a time, and after so many it is told.
_ROUND, _TOLD = 4 * PORTION, 500
#: How far all is when the rows are written, of a hundred; then comes the ending.
_WRITTEN = 75


def write_batch(
    office: Office,
    plan: Plan,
    checked: Checked,
    acting: Acting,
    told: Callable[[int], None] | None,
) -> Done[Imported]:
    """Write every good line of a ledger; the caller has checked them just now.

    ``told``: how many are as good as written; may raise to stop, and nothing was written then. Once
    it was told that all are, it can not be stopped any more.
    """
    book = office.book(System.COMPLAINTS)
    if book is None:
        raise Faults([fault("", "no_rulebook")])
    sheet = plan.sheet
    event = EventDraft("complaint.import", "import_batch", label=sheet.path.name)
    count = len(checked.good)

    def ending(share: float) -> None:
        if told is not None:
            percent = _WRITTEN + int((100 - _WRITTEN) * share)
            told(percent * count // 100)

    with office.ledger.many(event, acting.actor(), ending) as action:
        event.subject_id = batch = action.insert(
            "import_batch",
            file_name=sheet.path.name,
            sheet=sheet.name,
            sha256=sheet.sha256,
            day=acting.today.isoformat(),
            rows=count,
            left_out=len(checked.faulty),
            headers=header_key(plan.names),
            mapping=json.dumps([one.value if one else None for one in plan.mapping]),
        )
        units, added = _units(office, action, checked.good)
        writer = _Writer(office, action, book, acting, batch, units)
        numbers = writer.write(checked.good, told)
    made = Imported(batch, count, len(checked.faulty), numbers[0], numbers[-1], added)
    return Done(made, event.seq)


def _units(
    office: Office, action: Action, matters: Sequence[Matter]
) -> tuple[Mapping[str, int], tuple[str, ...]]:
    """Return the ids of all units by name; those that are not known are added."""
    ids = {
        str(name): int(key)
        for key, name in office.db.execute("SELECT id, name FROM unit WHERE void = 0").fetchall()
    }
    named: dict[str, None] = {}
    for matter in matters:
        named.setdefault(matter.unit)
        for step in matter.course.steps:
            if step.unit:
                named.setdefault(step.unit)
    new = tuple(name for name in named if name not in ids)
    for name in new:
        ids[name] = action.insert("unit", name=name, kind=UNIT_KINDS[0])
    return ids, new


@dataclass(slots=True)
class _Kept:
    """A matter with its own number and id, and who complained and in what words already hidden.

    ``veil``: None where nothing that was written could tell who complained.
    """

    id: int
    year: int
    serial: int
    matter: Matter
    veil: identity.Veil | None
    subject: str
    body: str
    demands: str
    sealed: str
    number: str


class _Writer:
    """Writes the matters of one batch."""

    def __init__(
        self,
        office: Office,
        action: Action,
        book: Rulebook,
        acting: Acting,
        batch: int,
        units: Mapping[str, int],
    ) -> None:
        self._office, self._action, self._book = office, action, book
        self._acting, self._batch, self._units = acting, batch, units
        self._seal = identity.sealer(office)
        #: The steps of courses by which course it is: all of them live as long as this.
        self._courses: dict[int, Sequence[tuple[Value, ...]]] = {}

    def write(
        self, matters: Sequence[Matter], told: Callable[[int], None] | None
    ) -> tuple[str, ...]:
        """Write them, the earliest first in each year; return their numbers."""
        ordered = sorted(matters, key=lambda one: (one.received, one.line))
        serials, action = self._serials(ordered), self._action
        row_id, person_id, step_id = map(action.next_id, _TABLES)
        numbers: list[str] = []
        with action.writing(_TABLES) as batch:
            for begin in range(0, len(ordered), _ROUND):
                kept: list[_Kept] = []
                for at, matter in enumerate(ordered[begin : begin + _ROUND], begin):
                    if told is not None and at % _TOLD == 0:
                        told(at * _WRITTEN // 100)
                    year = matter.received.year
                    kept.append(self._hide(row_id, year, serials[year], matter))
                    serials[year] += 1
                    row_id += 1
                batch.add("complaint", map(self._complaint, kept))
                people = list(self._complainants(person_id, kept))
                batch.add("complainant", people)
                steps = list(self._steps(step_id, kept))
                batch.add("complaint_step", steps)
                person_id, step_id = person_id + len(people), step_id + len(steps)
                numbers += [one.number for one in kept]
        return tuple(numbers)

    def _serials(self, matters: Iterable[Matter]) -> dict[int, int]:
        """Take the numbers of each year; return the first one of each."""
        counts = Counter(matter.received.year for matter in matters)
        return {
            year: self._action.next_serials("complaint", year, count)
            for year, count in sorted(counts.items())
        }

    def _hide(self, row_id: int, year: int, serial: int, matter: Matter) -> _Kept:
        subject, body, demands, hidden = matter.subject, matter.body, matter.demands, ""
        said = [body, demands, *(past.text for past in matter.course.steps if past.text)]
        if subject not in body:
            said.append(subject)
        veil = identity.Veil(matter.people)
        needed = veil.hides("\n".join(said))
        if needed and veil.hides(subject, body, demands):
            texts = {"subject": subject, "body": body, "demands": demands}
            texts, hidden = identity.masked(matter.people, texts)
            subject, body, demands = texts["subject"], texts["body"], texts["demands"]
        return _Kept(
            row_id,
            year,
            serial,
            matter,
            veil if needed else None,
            subject,
            body,
            demands,
            self._seal(hidden),
            f"投〔{year}〕{serial:04d}",
        )

    def _complaint(self, kept: _Kept) -> tuple[Value, ...]:
        matter, course = kept.matter, kept.matter.course
        told, ruling, outcome = _day(course.told), course.ruling, course.outcome
        return (
            kept.id,
            kept.year,
            kept.serial,
            kept.number,
            self._book.id,
            self._book.version,
            matter.channel,
            _day(matter.received),
            self._acting.today.isoformat(),
            _WORDS[matter.identity],
            self._units[matter.unit],
            matter.person,
            kept.subject,
            kept.body,
            kept.demands,
            _WORDS[course.state],
            _WORDS[ruling] if ruling else None,
            _WORDS[outcome] if outcome else None,
            _day(course.transferred),
            told if ruling is Ruling.REFUSE else None,
            told,
            _day(course.closed),
            kept.sealed,
            self._batch,
            matter.old_number,
        )

    def _complainants(self, row_id: int, kept: Iterable[_Kept]) -> Iterator[tuple[Value, ...]]:
        for one in kept:
            for person in one.matter.people:
                yield (
                    row_id,
                    one.id,
                    self._seal(person.name),
                    self._seal(person.phone),
                    self._seal(person.address),
                )
                row_id += 1

    def _steps(self, row_id: int, kept: Iterable[_Kept]) -> Iterator[tuple[Value, ...]]:
        today, clerk = self._acting.today.isoformat(), self._acting.name
        for one in kept:
            number = one.matter.old_number
            said = f"由旧台账导入，原编号 {number}" if number else "由旧台账导入"
            yield (row_id, one.id, "register", today, clerk, None, None, said)
            row_id += 1
            for past in self._course(one.matter.course, one.veil):
                yield (row_id, one.id, *past)
                row_id += 1

    def _course(self, course: Course, veil: identity.Veil | None) -> Sequence[tuple[Value, ...]]:
        """Return what is kept of each step of a course; many matters have the same one."""
        known = self._courses.get(id(course)) if veil is None else None
        if known is None:
            known = [
                (
                    _WORDS[past.step],
                    _day(past.day),
                    past.person,
                    self._units[past.unit] if past.unit else None,
                    past.outcome or None,
                    past.text if veil is None else veil.mask(past.text),
                )
                for past in course.steps
            ]
            if veil is None:
                self._courses[id(course)] = known
        return known


@cache
def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
