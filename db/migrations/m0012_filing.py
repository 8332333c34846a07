"""Filing: what units report of complaints that they dealt with themselves."""

from db.driver import Database, Migrations

TABLES = """
CREATE TABLE filing (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  year INTEGER NOT NULL,
  serial INTEGER NOT NULL,
  number TEXT NOT NULL UNIQUE,
  pack TEXT NOT NULL,
  pack_version INTEGER NOT NULL,
  rule TEXT NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit(id),
  reported TEXT NOT NULL,
  period TEXT NOT NULL,
  no_cases INTEGER NOT NULL DEFAULT 0,
  unit_number TEXT NOT NULL,
  received TEXT,
  subject TEXT NOT NULL,
  outcome TEXT,
  handling TEXT NOT NULL,
  answered TEXT,
  registered TEXT NOT NULL,
  void_reason TEXT NOT NULL DEFAULT '',
  UNIQUE (year, serial)
) STRICT;
CREATE INDEX filing_unit ON filing(unit, reported);
CREATE INDEX filing_reported ON filing(reported, id);
"""


def register(office: Migrations) -> None:
    """Add this step to the office's migrations."""

    @office()
    def m0012_filing(db: Database) -> None:
        db.executescript(TABLES)
