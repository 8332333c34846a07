"""What the frame of the window shows of an office: its name, its rules, its day, what presses."""

from dataclasses import dataclass
from datetime import date

from desktop.rules.rulebook import RulebookFault
from desktop.rules.workdays import Day
from desktop.usecases import derived, filings, today
from desktop.usecases.calendars import calendar
from desktop.usecases.office import CHOSEN, Office
from desktop.usecases.people import Directory, directory


@dataclass(frozen=True, slots=True)
class Overview:
    """The office at a glance."""

    name: str
    directory: Directory
    places: tuple[tuple[str, int], ...]  # whose rules are in use, each place and version once
    faults: tuple[RulebookFault, ...]
    day: Day
    pressing: int
    indexing: bool = False  # complaints that came in together still wait for the search index
    filing: bool = False  # the rules want units to file what they dealt with themselves (备案)


def overview(office: Office, day: date) -> Overview:
    """Return what the frame shows on a day."""
    books = [book for system in CHOSEN if (book := office.book(system)) is not None]
    return Overview(
        name=office.profile().name,
        directory=directory(office),
        places=tuple(dict.fromkeys((book.place, book.version) for book in books)),
        faults=office.library.faults,
        day=calendar(office).day(day),
        pressing=today.pressing(today.agenda(office, day)),
        indexing=derived.waiting(office),
        filing=filings.concern(office),
    )
