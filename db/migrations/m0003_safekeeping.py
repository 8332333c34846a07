"""Safekeeping: roles and keys of users, the chain of events, what is sealed, drafts."""

from db.driver import Database, Migrations

TABLES = """
ALTER TABLE clerk RENAME COLUMN role TO title;
ALTER TABLE clerk ADD COLUMN roles TEXT NOT NULL DEFAULT 'registrar';

CREATE TABLE clerk_key (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  clerk INTEGER NOT NULL REFERENCES clerk(id),
  public TEXT NOT NULL,
  since TEXT NOT NULL
) STRICT;
CREATE INDEX clerk_key_clerk ON clerk_key(clerk);

ALTER TABLE event ADD COLUMN signer INTEGER REFERENCES clerk_key(id);
ALTER TABLE event ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN hash TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN signature TEXT NOT NULL DEFAULT '';

ALTER TABLE complaint ADD COLUMN sealed TEXT NOT NULL DEFAULT '';
ALTER TABLE letter ADD COLUMN secret INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attachment ADD COLUMN secret INTEGER NOT NULL DEFAULT 0;

CREATE TABLE draft (
  id INTEGER PRIMARY KEY,
  clerk INTEGER NOT NULL,
  form TEXT NOT NULL,
  subject TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  label TEXT NOT NULL,
  saved TEXT NOT NULL,
  box TEXT NOT NULL,
  UNIQUE (clerk, form, subject, subject_id)
) STRICT;
"""


def register(office: Migrations) -> None:
    """Add this step to the office's migrations."""

    @office()
    def m0003_safekeeping(db: Database) -> None:
        db.executescript(TABLES)
