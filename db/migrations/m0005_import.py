"""Import: ledgers that were kept elsewhere, and the number a matter had there."""

from db.driver import Database, Migrations

TABLES = """
CREATE TABLE import_batch (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  file_name TEXT NOT NULL,
  sheet TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  day TEXT NOT NULL,
  rows INTEGER NOT NULL,
  left_out INTEGER NOT NULL,
  headers TEXT NOT NULL,
  mapping TEXT NOT NULL
) STRICT;

ALTER TABLE complaint ADD COLUMN import_batch INTEGER REFERENCES import_batch(id);
ALTER TABLE complaint ADD COLUMN old_number TEXT NOT NULL DEFAULT '';
CREATE INDEX complaint_old_number ON complaint(old_number) WHERE old_number <> '';
CREATE INDEX complaint_import_batch ON complaint(import_batch) WHERE import_batch IS NOT NULL;
"""


def register(office: Migrations) -> None:
    """Add this step to the office's migrations."""

    @office()
    def m0005_import(db: Database) -> None:
        db.executescript(TABLES)
