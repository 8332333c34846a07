"""What the frame of the window shows of an office: its name, its rules, its day, what presses."""

from dataclasses import dataclass
from datetime import date

from desktop.rules.rulebook import RulebookFault, System
from desktop.rules.workdays import Day
from desktop.usecases import today
from desktop.usecases.calendars import calendar
from desktop.usecases.office import Directory, Office, directory


@dataclass(frozen=True, slots=True)
class Overview:
    """The office at a glance."""

    name: str
    directory: Directory
    place: str  # whose complaint rules are in use
    version: int
    faults: tuple[RulebookFault, ...]
    day: Day
    pressing: int


def overview(office: Office, day: date) -> Overview:
    """Return what the frame shows on a day."""
    book = office.book(System.COMPLAINTS)
    return Overview(
        name=office.profile().name,
        directory=directory(office),
        place=book.place if book else "",
        version=book.version if book else 0,
        faults=office.library.faults,
        day=calendar(office).day(day),
        pressing=today.pressing(today.agenda(office, day)),
    )
