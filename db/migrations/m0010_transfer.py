"""Who handles a complaint and who must not, papers that came in with a step, evidence and its files."""

from db.driver import Database, Migrations

TABLES = """
CREATE TABLE complaint_handler (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  complaint INTEGER NOT NULL REFERENCES complaint(id),
  name TEXT NOT NULL,
  unit INTEGER REFERENCES unit(id),
  since TEXT NOT NULL,
  until TEXT
) STRICT;
CREATE INDEX complaint_handler_complaint ON complaint_handler(complaint);

CREATE TABLE complaint_recusal (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  complaint INTEGER NOT NULL REFERENCES complaint(id),
  name TEXT NOT NULL,
  unit INTEGER REFERENCES unit(id),
  clerk INTEGER REFERENCES clerk(id),
  relation TEXT NOT NULL,
  reason TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  day TEXT NOT NULL,
  lifted TEXT
) STRICT;
CREATE INDEX complaint_recusal_complaint ON complaint_recusal(complaint);

CREATE TABLE complaint_step_file (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  complaint_step INTEGER NOT NULL REFERENCES complaint_step(id),
  attachment INTEGER NOT NULL REFERENCES attachment(id)
) STRICT;
CREATE INDEX complaint_step_file_step ON complaint_step_file(complaint_step);

CREATE TABLE case_evidence_file (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  case_evidence INTEGER NOT NULL REFERENCES case_evidence(id),
  attachment INTEGER NOT NULL REFERENCES attachment(id)
) STRICT;
CREATE INDEX case_evidence_file_evidence ON case_evidence_file(case_evidence);

ALTER TABLE complaint_step ADD COLUMN paper TEXT NOT NULL DEFAULT '';
ALTER TABLE complaint_point ADD COLUMN declined INTEGER NOT NULL DEFAULT 0;

ALTER TABLE complaint_line ADD COLUMN receiver INTEGER NOT NULL DEFAULT 0;
UPDATE complaint_line SET receiver = coalesce((
    SELECT s.unit FROM complaint_step s
    WHERE s.complaint = complaint_line.complaint AND s.step = 'decide' AND s.void = 0
    ORDER BY s.id DESC LIMIT 1
  ), 0)
  WHERE complaint IN (SELECT id FROM complaint WHERE ruling = 'transfer');
CREATE INDEX complaint_line_receiver ON complaint_line(receiver, place, state, complaint);
"""


def register(office: Migrations) -> None:
    """Add this step to the office's migrations."""

    @office()
    def m0010_transfer(db: Database) -> None:
        db.executescript(TABLES)
