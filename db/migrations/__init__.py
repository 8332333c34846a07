"""Steps that bring an office file to the newest shape, in order; a landed step is never edited."""

from sqlite_utils import Migrations

from db.migrations import m0001_first_office, m0002_letter_book

OFFICE = Migrations("office")
m0001_first_office.register(OFFICE)
m0002_letter_book.register(OFFICE)
