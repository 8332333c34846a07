"""What every office will ask for, read before its file is open: the rulebooks, the working days."""

from collections.abc import Callable

from desktop.usecases.calendars import published_calendar
from desktop.usecases.office import read_library


def slices() -> list[Callable[[], object]]:
    """Return what reads it, piece by piece."""
    return [*read_library().read_ahead(), published_calendar, lambda: published_calendar().table]
