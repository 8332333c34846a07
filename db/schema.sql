-- Written by python -m db.schema from the migrations; not run by the program.

CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  clerk INTEGER NOT NULL,
  clerk_name TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  label TEXT NOT NULL,
  reason TEXT NOT NULL,
  undoes INTEGER REFERENCES event(seq)
, signer INTEGER REFERENCES clerk_key(id), doubtful INTEGER NOT NULL DEFAULT 0, hash TEXT NOT NULL DEFAULT '', signature TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX event_subject ON event(subject, subject_id, seq);

CREATE TABLE event_change (
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL REFERENCES event(seq) DEFERRABLE INITIALLY DEFERRED,
  tbl TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  before TEXT,
  after TEXT NOT NULL,
  UNIQUE (tbl, row_id, rev)
) STRICT;

CREATE INDEX event_change_seq ON event_change(seq);

CREATE TABLE profile (
  id INTEGER PRIMARY KEY CHECK (id = 1), rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL,
  letterhead TEXT NOT NULL,
  mark TEXT NOT NULL,
  telephone TEXT NOT NULL,
  address TEXT NOT NULL,
  contact TEXT NOT NULL
) STRICT;

CREATE TABLE pack_choice (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  system TEXT NOT NULL UNIQUE,
  pack TEXT NOT NULL,
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE clerk (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL,
  title TEXT NOT NULL
, roles TEXT NOT NULL DEFAULT 'registrar') STRICT;

CREATE TABLE unit (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL,
  kind TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX unit_name ON unit(name) WHERE void = 0;

CREATE TABLE person (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit(id),
  post TEXT NOT NULL
) STRICT;

CREATE INDEX person_unit ON person(unit);

CREATE TABLE workday_override (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  day TEXT NOT NULL,
  working INTEGER NOT NULL,
  label TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX workday_override_day ON workday_override(day) WHERE void = 0;

CREATE TABLE calendar_year (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  year INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX calendar_year_year ON calendar_year(year) WHERE void = 0;

CREATE TABLE number_series (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  series TEXT NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  UNIQUE (series, year)
) STRICT;

CREATE TABLE complaint (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  year INTEGER NOT NULL,
  serial INTEGER NOT NULL,
  number TEXT NOT NULL UNIQUE,
  pack TEXT NOT NULL,
  pack_version INTEGER NOT NULL,
  channel TEXT NOT NULL,
  received TEXT NOT NULL,
  registered TEXT NOT NULL,
  identity TEXT NOT NULL,
  accused_unit INTEGER NOT NULL REFERENCES unit(id),
  accused_person TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  demands TEXT NOT NULL,
  state TEXT NOT NULL,
  ruling TEXT,
  outcome TEXT,
  transferred TEXT,
  refusal_told TEXT,
  told_in_writing TEXT,
  closed TEXT, sealed TEXT NOT NULL DEFAULT '', import_batch INTEGER REFERENCES import_batch(id), old_number TEXT NOT NULL DEFAULT '', origin TEXT NOT NULL DEFAULT '', origin_number TEXT NOT NULL DEFAULT '', origin_day TEXT, origin_due TEXT, paused TEXT, reply_way TEXT NOT NULL DEFAULT '', reply_address TEXT NOT NULL DEFAULT '', reply_postcode TEXT NOT NULL DEFAULT '', reply_email TEXT NOT NULL DEFAULT '', origin_replied TEXT, origin_reply TEXT NOT NULL DEFAULT '',
  UNIQUE (year, serial)
) STRICT;

CREATE INDEX complaint_received ON complaint(received, id);

CREATE TABLE complaint_ground (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  complaint INTEGER NOT NULL REFERENCES complaint(id),
  ground TEXT NOT NULL
) STRICT;

CREATE INDEX complaint_ground_complaint ON complaint_ground(complaint);

CREATE TABLE complainant (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  complaint INTEGER NOT NULL REFERENCES complaint(id),
  name TEXT NOT NULL,
  phone TEXT NOT NULL,
  address TEXT NOT NULL
, representative INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX complainant_complaint ON complainant(complaint);

CREATE TABLE complaint_step (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  complaint INTEGER NOT NULL REFERENCES complaint(id),
  step TEXT NOT NULL,
  day TEXT NOT NULL,
  person TEXT NOT NULL DEFAULT '',
  unit INTEGER REFERENCES unit(id),
  due TEXT,
  outcome TEXT,
  text TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT '',
  letter INTEGER REFERENCES letter(id)
, paper TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX complaint_step_complaint ON complaint_step(complaint, id);

CREATE TABLE attachment (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  owner TEXT NOT NULL,
  owner_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  added TEXT NOT NULL
, secret INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX attachment_owner ON attachment(owner, owner_id);

CREATE TABLE letter (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  kind TEXT NOT NULL,
  series TEXT NOT NULL,
  year INTEGER NOT NULL,
  serial INTEGER NOT NULL,
  number TEXT NOT NULL,
  subject TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  addressee TEXT NOT NULL,
  dated TEXT NOT NULL,
  pages INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  fields TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'used', void_reason TEXT NOT NULL DEFAULT '', template INTEGER REFERENCES letter_template(id), fonts TEXT NOT NULL DEFAULT '', code TEXT NOT NULL DEFAULT '', findings TEXT NOT NULL DEFAULT '', secret INTEGER NOT NULL DEFAULT 0,
  UNIQUE (series, year, serial)
) STRICT;

CREATE INDEX letter_subject ON letter(subject, subject_id);

CREATE TABLE letter_file (
  sha256 TEXT PRIMARY KEY,
  pdf BLOB NOT NULL
) STRICT;

CREATE TABLE case_file (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  year INTEGER NOT NULL,
  serial INTEGER NOT NULL,
  number TEXT NOT NULL UNIQUE,
  pack TEXT NOT NULL,
  pack_version INTEGER NOT NULL,
  complaint INTEGER REFERENCES complaint(id),
  round_unit INTEGER REFERENCES round_unit(id),
  unit INTEGER NOT NULL REFERENCES unit(id),
  title TEXT NOT NULL,
  facts TEXT NOT NULL,
  opened TEXT NOT NULL,
  state TEXT NOT NULL,
  approval TEXT,
  rung TEXT,
  departure TEXT NOT NULL DEFAULT '',
  approved_by TEXT NOT NULL DEFAULT '',
  approved TEXT,
  approval_note TEXT NOT NULL DEFAULT '',
  decided TEXT,
  rectify_by TEXT,
  reported TEXT,
  report TEXT NOT NULL DEFAULT '',
  closed TEXT,
  closing_note TEXT NOT NULL DEFAULT '',
  UNIQUE (year, serial)
) STRICT;

CREATE INDEX case_file_state ON case_file(state);

CREATE TABLE case_situation (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  case_file INTEGER NOT NULL REFERENCES case_file(id),
  situation TEXT NOT NULL
) STRICT;

CREATE INDEX case_situation_case ON case_situation(case_file);

CREATE TABLE case_person (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  case_file INTEGER NOT NULL REFERENCES case_file(id),
  name TEXT NOT NULL,
  post TEXT NOT NULL,
  role TEXT NOT NULL,
  advised INTEGER NOT NULL DEFAULT 0,
  adopted INTEGER NOT NULL DEFAULT 0,
  kept_silent INTEGER NOT NULL DEFAULT 0,
  exhibit TEXT NOT NULL DEFAULT '',
  proposed_share TEXT,
  share TEXT,
  share_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX case_person_case ON case_person(case_file);

CREATE TABLE case_evidence (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  case_file INTEGER NOT NULL REFERENCES case_file(id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  taken TEXT NOT NULL,
  taken_by TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;

CREATE INDEX case_evidence_case ON case_evidence(case_file);

CREATE TABLE case_hearing (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  case_file INTEGER NOT NULL REFERENCES case_file(id),
  case_person INTEGER NOT NULL REFERENCES case_person(id),
  day TEXT NOT NULL,
  place TEXT NOT NULL,
  recorder TEXT NOT NULL,
  waived INTEGER NOT NULL,
  statement TEXT NOT NULL,
  opinion TEXT NOT NULL
) STRICT;

CREATE INDEX case_hearing_case ON case_hearing(case_file);

CREATE TABLE case_sanction (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  case_file INTEGER NOT NULL REFERENCES case_file(id),
  case_person INTEGER REFERENCES case_person(id),
  measure TEXT NOT NULL,
  text TEXT NOT NULL,
  authority TEXT NOT NULL
) STRICT;

CREATE INDEX case_sanction_case ON case_sanction(case_file);

CREATE TABLE service (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  letter INTEGER NOT NULL REFERENCES letter(id),
  recipient TEXT NOT NULL,
  day TEXT NOT NULL,
  way TEXT NOT NULL,
  place TEXT NOT NULL,
  server TEXT NOT NULL,
  receiver TEXT NOT NULL,
  witness TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;

CREATE INDEX service_letter ON service(letter);

CREATE TABLE assessment_round (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  year INTEGER NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  pack TEXT NOT NULL,
  pack_version INTEGER NOT NULL,
  opened TEXT NOT NULL,
  state TEXT NOT NULL
) STRICT;

CREATE TABLE round_block (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  round INTEGER NOT NULL REFERENCES assessment_round(id),
  block TEXT NOT NULL,
  points INTEGER NOT NULL CHECK (points > 0)
) STRICT;

CREATE INDEX round_block_round ON round_block(round);

CREATE TABLE round_cut_off (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  round INTEGER NOT NULL REFERENCES assessment_round(id),
  grade TEXT NOT NULL,
  floor INTEGER NOT NULL CHECK (floor >= 0)
) STRICT;

CREATE INDEX round_cut_off_round ON round_cut_off(round);

CREATE TABLE round_unit (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  round INTEGER NOT NULL REFERENCES assessment_round(id),
  unit INTEGER NOT NULL REFERENCES unit(id),
  unsatisfied INTEGER NOT NULL DEFAULT 0,
  problems TEXT NOT NULL DEFAULT '',
  grade TEXT,
  graded TEXT
) STRICT;

CREATE INDEX round_unit_round ON round_unit(round);

CREATE TABLE score (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  round_unit INTEGER NOT NULL REFERENCES round_unit(id),
  block TEXT NOT NULL,
  points INTEGER NOT NULL CHECK (points >= 0),
  note TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX score_block ON score(round_unit, block) WHERE void = 0;

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

CREATE TABLE clerk_key (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  clerk INTEGER NOT NULL REFERENCES clerk(id),
  public TEXT NOT NULL,
  since TEXT NOT NULL
) STRICT;

CREATE INDEX clerk_key_clerk ON clerk_key(clerk);

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

CREATE TABLE import_batch (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  file_name TEXT NOT NULL,
  sheet TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  day TEXT NOT NULL,
  rows INTEGER NOT NULL,
  left_out INTEGER NOT NULL,
  headers TEXT NOT NULL,
  mapping TEXT NOT NULL
) STRICT;

CREATE INDEX complaint_old_number ON complaint(old_number) WHERE old_number <> '';

CREATE INDEX complaint_import_batch ON complaint(import_batch) WHERE import_batch IS NOT NULL;

CREATE VIRTUAL TABLE complaint_gram USING fts5(
  grams, content='', contentless_delete=1, detail=none, tokenize='ascii'
);

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
  pressing INTEGER NOT NULL, planned TEXT, credited INTEGER NOT NULL DEFAULT 0, paused TEXT,
  PRIMARY KEY (complaint, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE complaint_line (
  complaint INTEGER PRIMARY KEY,
  grounds TEXT NOT NULL,
  place INTEGER NOT NULL,
  state TEXT NOT NULL
, receiver INTEGER NOT NULL DEFAULT 0) STRICT;

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

CREATE TABLE complaint_point (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  complaint INTEGER NOT NULL REFERENCES complaint(id),
  text TEXT NOT NULL,
  answer TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'not_ours'))
, declined INTEGER NOT NULL DEFAULT 0) STRICT;

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

CREATE TABLE complaint_archive (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  complaint INTEGER NOT NULL REFERENCES complaint(id),
  volume TEXT NOT NULL,
  box TEXT NOT NULL,
  retention TEXT NOT NULL,
  pages INTEGER CHECK (pages > 0)
) STRICT;

CREATE INDEX complaint_archive_complaint ON complaint_archive(complaint);

CREATE INDEX complaint_paused ON complaint(paused, id) WHERE paused IS NOT NULL;

CREATE INDEX complaint_unfiled ON complaint(closed, id)
  WHERE state = 'closed' AND void = 0 AND import_batch IS NULL;

CREATE INDEX complaint_step_pause ON complaint_step(complaint, id)
  WHERE step IN ('pause', 'resume');

CREATE INDEX complaint_clock_pressing ON complaint_clock(due, complaint, latest, paused)
  WHERE pressing = 1;

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

CREATE INDEX complaint_line_receiver ON complaint_line(receiver, place, state, complaint);

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
