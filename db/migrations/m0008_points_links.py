"""What a complaint asks for, point by point, what it is linked with, and who sent it on."""

from db.driver import Database, Migrations

TABLES = """
CREATE TABLE complaint_point (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  complaint INTEGER NOT NULL REFERENCES complaint(id),
  text TEXT NOT NULL,
  answer TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'not_ours'))
) STRICT;
CREATE INDEX complaint_point_complaint ON complaint_point(complaint);

CREATE TABLE complaint_link (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  complaint INTEGER NOT NULL REFERENCES complaint(id),
  other INTEGER NOT NULL REFERENCES complaint(id),
  kind TEXT NOT NULL CHECK (kind IN ('duplicate', 'repeat', 'reopened', 'related', 'merged')),
  CHECK (complaint <> other)
) STRICT;
CREATE INDEX complaint_link_complaint ON complaint_link(complaint);
CREATE INDEX complaint_link_other ON complaint_link(other);

ALTER TABLE complaint ADD COLUMN origin TEXT NOT NULL DEFAULT '';
ALTER TABLE complaint ADD COLUMN origin_number TEXT NOT NULL DEFAULT '';
ALTER TABLE complaint ADD COLUMN origin_day TEXT;
ALTER TABLE complaint ADD COLUMN origin_due TEXT;
"""


def register(office: Migrations) -> None:
    """Add this step to the office's migrations."""

    @office()
    def m0008_points_links(db: Database) -> None:
        db.executescript(TABLES)
