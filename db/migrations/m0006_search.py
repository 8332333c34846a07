"""Search and long lists: what is derived from the records so that nothing walks all of them.

Nothing here is a record: every row can be made anew from the records and the calendar, so none of
it is written through the ledger, and nothing refers to it.
"""

from db.driver import Database, Migrations

TABLES = """
CREATE VIRTUAL TABLE complaint_gram USING fts5(
  grams, content='', contentless_delete=1, detail=none, tokenize='ascii'
);
INSERT INTO complaint_gram(complaint_gram, rank) VALUES ('automerge', 16);
INSERT INTO complaint_gram(complaint_gram, rank) VALUES ('crisismerge', 1999);

CREATE TABLE complaint_clock (
  complaint INTEGER NOT NULL,
  ord INTEGER NOT NULL,
  clock TEXT NOT NULL,
  start TEXT NOT NULL,
  count INTEGER NOT NULL,
  unit TEXT NOT NULL,
  due TEXT NOT NULL,
  latest TEXT NOT NULL,
  tentative INTEGER NOT NULL,
  conditional INTEGER NOT NULL,
  plain INTEGER NOT NULL,
  listed INTEGER NOT NULL,
  pressing INTEGER NOT NULL,
  PRIMARY KEY (complaint, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX complaint_clock_pressing ON complaint_clock(due, complaint, latest) WHERE pressing = 1;

CREATE TABLE complaint_line (
  complaint INTEGER PRIMARY KEY,
  grounds TEXT NOT NULL,
  place INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX complaint_line_grounds ON complaint_line(grounds, place, state, complaint);

CREATE TABLE calendar_day (
  day TEXT PRIMARY KEY,
  working INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  unsure INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX calendar_day_seq ON calendar_day(seq, day) WHERE working = 1;

CREATE TABLE complaint_tally (
  state TEXT PRIMARY KEY,
  n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO complaint_tally
  SELECT CASE void WHEN 1 THEN 'void' ELSE state END, count(*) FROM complaint GROUP BY 1;
CREATE TRIGGER complaint_counted AFTER INSERT ON complaint BEGIN
  INSERT INTO complaint_tally VALUES (CASE new.void WHEN 1 THEN 'void' ELSE new.state END, 1)
    ON CONFLICT (state) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER complaint_recounted AFTER UPDATE OF state, void ON complaint BEGIN
  UPDATE complaint_tally SET n = n - 1
    WHERE state = CASE old.void WHEN 1 THEN 'void' ELSE old.state END;
  INSERT INTO complaint_tally VALUES (CASE new.void WHEN 1 THEN 'void' ELSE new.state END, 1)
    ON CONFLICT (state) DO UPDATE SET n = n + 1;
END;

CREATE TABLE derived (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_view (
  id INTEGER PRIMARY KEY,
  clerk INTEGER NOT NULL,
  box TEXT NOT NULL
) STRICT;
CREATE INDEX saved_view_clerk ON saved_view(clerk, id);

CREATE INDEX complaint_of_state ON complaint(void, state, year, serial);
CREATE INDEX complaint_of_unit ON complaint(accused_unit, year, serial, void, state);
CREATE INDEX complaint_by_receipt ON complaint(received, year, serial, void, state);
CREATE INDEX complaint_by_subject ON complaint(subject, year, serial, void, state);
CREATE INDEX complaint_by_identity ON complaint(identity, year, serial, void, state);
CREATE INDEX unit_by_name ON unit(name, id);
CREATE INDEX case_file_complaint ON case_file(complaint);
DROP INDEX complaint_state;
"""


def register(office: Migrations) -> None:
    """Add this step to the office's migrations."""

    @office()
    def m0006_search(db: Database) -> None:
        db.executescript(TABLES)
