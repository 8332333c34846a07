"""Volumes of the register that were printed and bound; the order by what complainants said."""

from db.driver import Database, Migrations

TABLES = """
CREATE TABLE register_volume (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  year INTEGER NOT NULL,
  volume INTEGER NOT NULL CHECK (volume > 0),
  first INTEGER NOT NULL CHECK (first > 0),
  last INTEGER NOT NULL CHECK (last >= first),
  pages INTEGER NOT NULL,
  named INTEGER NOT NULL,
  printed TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX register_volume_number ON register_volume(year, volume) WHERE void = 0;

CREATE INDEX complaint_step_said ON complaint_step(outcome, complaint)
  WHERE step = 'satisfaction' AND void = 0;
"""


def register(office: Migrations) -> None:
    """Add this step to the office's migrations."""

    @office()
    def m0013_lists(db: Database) -> None:
        db.executescript(TABLES)
