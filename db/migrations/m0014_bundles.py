"""Images of rows that were made by the thousand, a bundle of them in one line (成批改动)."""

from db.driver import Database, Migrations

TABLES = """
CREATE TABLE bundle (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  tbl TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL CHECK (last >= first),
  names TEXT NOT NULL,
  rest TEXT NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;

CREATE TABLE bundle_file (
  sha256 TEXT PRIMARY KEY,
  content BLOB NOT NULL
) STRICT;
"""


def register(office: Migrations) -> None:
    """Add this step to the office's migrations."""

    @office()
    def m0014_bundles(db: Database) -> None:
        db.executescript(TABLES)
