"""What every office will ask for, read before its file is open: the rulebooks, the working days.

And what its first questions are told in: the records of the office and of the register.
"""

from collections.abc import Callable
from functools import partial

from db.queries import fetch
from db.queries.clocks import KeptClock
from db.records import Clerk, Complaint, ComplaintStep, PackChoice, Person, Profile, Unit
from desktop.usecases.calendars import published_calendar
from desktop.usecases.office import read_library

#: Read before the first page of the register is shown.
_RECORDS = (Profile, Clerk, Unit, Person, PackChoice, Complaint, ComplaintStep, KeptClock)


def slices() -> list[Callable[[], object]]:
    """Return what reads it, piece by piece."""
    return [
        *read_library().read_ahead(),
        published_calendar,
        lambda: published_calendar().table,
        *(partial(fetch.learn, record) for record in _RECORDS),
    ]
