"""The course of a complaint: what it was filed under, and since when its handling rests."""

from db.driver import Database, Migrations

TABLES = """
CREATE TABLE complaint_archive (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  complaint INTEGER NOT NULL REFERENCES complaint(id),
  volume TEXT NOT NULL,
  box TEXT NOT NULL,
  retention TEXT NOT NULL,
  pages INTEGER CHECK (pages > 0)
) STRICT;
CREATE INDEX complaint_archive_complaint ON complaint_archive(complaint);

ALTER TABLE complaint ADD COLUMN paused TEXT;
CREATE INDEX complaint_paused ON complaint(paused, id) WHERE paused IS NOT NULL;
CREATE INDEX complaint_unfiled ON complaint(closed, id)
  WHERE state = 'closed' AND void = 0 AND import_batch IS NULL;
CREATE INDEX complaint_step_pause ON complaint_step(complaint, id)
  WHERE step IN ('pause', 'resume');

ALTER TABLE complaint_clock ADD COLUMN planned TEXT;
ALTER TABLE complaint_clock ADD COLUMN credited INTEGER NOT NULL DEFAULT 0;
ALTER TABLE complaint_clock ADD COLUMN paused TEXT;
DROP INDEX complaint_clock_pressing;
CREATE INDEX complaint_clock_pressing ON complaint_clock(due, complaint, latest, paused)
  WHERE pressing = 1;
"""


def register(office: Migrations) -> None:
    """Add this step to the office's migrations."""

    @office()
    def m0009_course(db: Database) -> None:
        db.executescript(TABLES)
