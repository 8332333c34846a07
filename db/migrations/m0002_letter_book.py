"""Letter book: what happens to a number, seal and dispatch, own templates, the office's choices."""

from sqlite_utils import Database, Migrations

TABLES = """
CREATE TABLE letter_template (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  kind TEXT NOT NULL,
  pack TEXT NOT NULL,
  version INTEGER NOT NULL,
  content TEXT NOT NULL,
  made TEXT NOT NULL,
  note TEXT NOT NULL,
  UNIQUE (kind, pack, version)
) STRICT;

ALTER TABLE letter ADD COLUMN status TEXT NOT NULL DEFAULT 'used';
ALTER TABLE letter ADD COLUMN void_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE letter ADD COLUMN template INTEGER REFERENCES letter_template(id);
ALTER TABLE letter ADD COLUMN fonts TEXT NOT NULL DEFAULT '';
ALTER TABLE letter ADD COLUMN code TEXT NOT NULL DEFAULT '';
ALTER TABLE letter ADD COLUMN findings TEXT NOT NULL DEFAULT '';
CREATE INDEX letter_year ON letter(year, series, serial);

CREATE TABLE letter_seal (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  letter INTEGER NOT NULL REFERENCES letter(id),
  day TEXT NOT NULL,
  approved_by TEXT NOT NULL,
  sealed_by TEXT NOT NULL,
  copies INTEGER NOT NULL CHECK (copies > 0),
  note TEXT NOT NULL
) STRICT;
CREATE INDEX letter_seal_letter ON letter_seal(letter);

CREATE TABLE letter_dispatch (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  letter INTEGER NOT NULL REFERENCES letter(id),
  day TEXT NOT NULL,
  way TEXT NOT NULL,
  recipient TEXT NOT NULL,
  tracking TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX letter_dispatch_letter ON letter_dispatch(letter);

CREATE TABLE office_setting (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  key TEXT NOT NULL UNIQUE,
  value TEXT NOT NULL
) STRICT;
"""


def register(office: Migrations) -> None:
    """Add this step to the office's migrations."""

    @office()
    def m0002_letter_book(db: Database) -> None:
        db.executescript(TABLES)
