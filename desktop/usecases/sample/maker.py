"""What the parts of the sample share: dice, words, the calendar, who acts when."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from desktop.rules.rulebook import Rulebook, System
from desktop.rules.workdays import Calendar
from desktop.usecases.office import Acting, Office

#: How far each case from a proven complaint has come.
CASES = ("closed", "closed", "served", "served", "decided", "ready", "heard", "evidence")

Life = Iterator[datetime]


@dataclass
class Maker:
    """What the making of the sample shares: dice, words, calendar, and the directory's ids."""

    office: Office
    words: dict[str, Any]
    today: date
    dice: random.Random
    table: Calendar
    units: list[int] = field(default_factory=list)
    people: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    cases_left: list[str] = field(default_factory=lambda: list(CASES))
    shown: set[str] = field(default_factory=set)

    @property
    def situations(self) -> dict[str, str]:
        """Return which situation of the rulebook each matter is, by its subject."""
        return {m["subject"]: m["situation"] for m in self.words["matters"]}

    def book(self, system: System) -> Rulebook:
        """Return the rulebook that the sample chose for a system."""
        found = self.office.book(system)
        if found is None:
            raise LookupError(system)
        return found

    def back(self, workdays: int) -> date:
        """Return the working day so many working days before today."""
        day, left = self.today, workdays
        while left > 0 or not self.table.is_workday(day):
            day -= timedelta(days=1)
            left -= self.table.is_workday(day)
        return day

    def later(self, day: date, workdays: int) -> date:
        """Return the working day so many working days after a day, but never after today."""
        while workdays > 0 and day < self.today:
            day += timedelta(days=1)
            workdays -= self.table.is_workday(day)
        return day

    def at(self, day: date) -> datetime:
        """Return a moment in the office hours of a day."""
        minute = self.dice.randrange(8 * 60 + 40, 11 * 60 + 30)
        return datetime.combine(day, time(minute // 60, minute % 60))

    def first(self, what: str) -> bool:
        """Say whether this is the first of its kind: some letters the sample shows once."""
        if what in self.shown:
            return False
        self.shown.add(what)
        return True

    def receiver(self, matter: dict[str, Any], unit: int) -> int:
        """Return the unit in charge of a matter that is not the one complained of."""
        named = [u["name"] for u in self.words["units"]]
        fitting = [self.units[named.index(name)] for name in matter["receivers"]]
        return next(u for u in fitting if u != unit)

    def name(self) -> str:
        """Return a name that was not used yet."""
        people = self.words["people"]
        while True:
            name: str = self.dice.choice(people["surnames"]) + self.dice.choice(people["given"])
            if name not in self.used:
                self.used.add(name)
                return name


def clerk(moment: datetime, which: int = 0) -> Acting:
    return Acting(which + 1, ("王敏", "李堃")[which], moment)


def afternoon(day: date) -> datetime:
    return datetime.combine(day, time(14, 40))
