"""Steps that bring an office file to the newest shape, in order; a landed step is never edited.

``OFFICE`` holds the steps. They are loaded when a file has to be made or brought forward, not when
one is opened that has the newest shape: its steps are compared by name.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from db import driver as driver  # before a step imports sqlite_utils

if TYPE_CHECKING:
    from db.driver import Migrations

    OFFICE: Migrations

#: The names of the steps in their order.
NAMES = (
    "m0001_first_office",
    "m0002_letter_book",
    "m0003_safekeeping",
    "m0005_import",
    "m0006_search",
    "m0008_points_links",
    "m0009_course",
    "m0010_transfer",
    "m0011_handover",
    "m0012_filing",
    "m0013_lists",
    "m0014_bundles",
)


@lru_cache(maxsize=1)
def _office() -> "Migrations":
    from db.driver import Migrations
    from db.migrations import (
        m0001_first_office,
        m0002_letter_book,
        m0003_safekeeping,
        m0005_import,
        m0006_search,
        m0008_points_links,
        m0009_course,
        m0010_transfer,
        m0011_handover,
        m0012_filing,
        m0013_lists,
        m0014_bundles,
    )

    made = Migrations("office")
    m0001_first_office.register(made)
    m0002_letter_book.register(made)
    m0003_safekeeping.register(made)
    m0005_import.register(made)
    m0006_search.register(made)
    m0008_points_links.register(made)
    m0009_course.register(made)
    m0010_transfer.register(made)
    m0011_handover.register(made)
    m0012_filing.register(made)
    m0013_lists.register(made)
    m0014_bundles.register(made)
    return made


def __getattr__(name: str) -> "Migrations":
    """Return the steps."""
    if name == "OFFICE":
        return _office()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
