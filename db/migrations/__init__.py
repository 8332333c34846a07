"""Steps that bring an office file to the newest shape, in order; a landed step is never edited."""

from db.driver import Migrations
from db.migrations import (
    m0001_first_office,
    m0002_letter_book,
    m0003_safekeeping,
    m0005_import,
    m0006_search,
    m0008_points_links,
    m0010_transfer,
)

OFFICE = Migrations("office")
m0001_first_office.register(OFFICE)
m0002_letter_book.register(OFFICE)
m0003_safekeeping.register(OFFICE)
m0005_import.register(OFFICE)
m0006_search.register(OFFICE)
m0008_points_links.register(OFFICE)
m0010_transfer.register(OFFICE)
