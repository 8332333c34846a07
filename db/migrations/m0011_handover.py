"""Intake: how complainants are answered, the word to the body that sent on, unopened letters."""

from db.driver import Database, Migrations

TABLES = """
ALTER TABLE complainant ADD COLUMN representative INTEGER NOT NULL DEFAULT 0;
ALTER TABLE complaint ADD COLUMN reply_way TEXT NOT NULL DEFAULT '';
ALTER TABLE complaint ADD COLUMN reply_address TEXT NOT NULL DEFAULT '';
ALTER TABLE complaint ADD COLUMN reply_postcode TEXT NOT NULL DEFAULT '';
ALTER TABLE complaint ADD COLUMN reply_email TEXT NOT NULL DEFAULT '';
ALTER TABLE complaint ADD COLUMN origin_replied TEXT;
ALTER TABLE complaint ADD COLUMN origin_reply TEXT NOT NULL DEFAULT '';
CREATE INDEX complaint_origin_waits ON complaint(origin_due)
  WHERE origin_due IS NOT NULL AND origin_replied IS NULL AND void = 0;

CREATE TABLE handover (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  year INTEGER NOT NULL,
  serial INTEGER NOT NULL,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  pack TEXT NOT NULL,
  pack_version INTEGER NOT NULL,
  received TEXT NOT NULL,
  received_at TEXT NOT NULL,
  channel TEXT NOT NULL,
  brought TEXT NOT NULL,
  envelope TEXT NOT NULL,
  seal TEXT NOT NULL,
  sealing TEXT NOT NULL,
  pieces INTEGER NOT NULL CHECK (pieces > 0),
  weight INTEGER,
  to_unit TEXT NOT NULL,
  to_person TEXT NOT NULL DEFAULT '',
  handed TEXT,
  handed_at TEXT NOT NULL DEFAULT '',
  registered TEXT NOT NULL,
  clerk_name TEXT NOT NULL,
  handed_by TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL,
  void_reason TEXT NOT NULL DEFAULT '',
  UNIQUE (year, serial)
) STRICT;
CREATE INDEX handover_state ON handover(state, received);
"""


def register(office: Migrations) -> None:
    """Add this step to the office's migrations."""

    @office()
    def m0011_handover(db: Database) -> None:
        db.executescript(TABLES)
