-- 第一种结构的数据文件（m0001、m0002，没有加密），自检时用来试升级；其中的人和事都是虚构的。
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'office','m0001_first_office','2026-11-22 01:30:04.405691+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'office','m0002_letter_book','2026-11-22 01:30:04.420834+00:00');
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
CREATE TABLE attachment (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  owner TEXT NOT NULL,
  owner_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  added TEXT NOT NULL
) STRICT;
CREATE TABLE calendar_year (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  year INTEGER NOT NULL
) STRICT;
CREATE TABLE case_evidence (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  case_file INTEGER NOT NULL REFERENCES case_file(id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  taken TEXT NOT NULL,
  taken_by TEXT NOT NULL,
  note TEXT NOT NULL
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
CREATE TABLE case_sanction (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  case_file INTEGER NOT NULL REFERENCES case_file(id),
  case_person INTEGER REFERENCES case_person(id),
  measure TEXT NOT NULL,
  text TEXT NOT NULL,
  authority TEXT NOT NULL
) STRICT;
CREATE TABLE case_situation (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  case_file INTEGER NOT NULL REFERENCES case_file(id),
  situation TEXT NOT NULL
) STRICT;
CREATE TABLE clerk (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL,
  role TEXT NOT NULL
) STRICT;
INSERT INTO "clerk" VALUES(1,1,0,'王敏','登记员');
INSERT INTO "clerk" VALUES(2,1,0,'李堃','承办人');
CREATE TABLE complainant (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  complaint INTEGER NOT NULL REFERENCES complaint(id),
  name TEXT NOT NULL,
  phone TEXT NOT NULL,
  address TEXT NOT NULL
) STRICT;
INSERT INTO "complainant" VALUES(1,1,0,1,'单𬱖','13800001111','文华路 12 号');
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
  closed TEXT,
  UNIQUE (year, serial)
) STRICT;
INSERT INTO "complaint" VALUES(1,3,0,2026,1,'投〔2026〕0001','baoding',1,'letter','2026-11-16','2026-11-20','real_name',1,'张喆','职权目录未公开','我叫单𬱖。该局没有按规定公开职权目录。','公开职权目录','found','accept','proven',NULL,NULL,NULL,NULL);
INSERT INTO "complaint" VALUES(2,2,0,2026,2,'投〔2026〕0002','baoding',1,'letter','2026-11-16','2026-11-20','anonymous',1,'张喆','公开栏一年没有更换','公开栏一年没有更换。','更换公开栏','transfer_due','transfer',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE complaint_ground (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  complaint INTEGER NOT NULL REFERENCES complaint(id),
  ground TEXT NOT NULL
) STRICT;
INSERT INTO "complaint_ground" VALUES(1,1,0,1,'1');
INSERT INTO "complaint_ground" VALUES(2,1,0,2,'1');
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
) STRICT;
INSERT INTO "complaint_step" VALUES(1,1,0,1,'register','2026-11-20','王敏',NULL,NULL,NULL,'','',NULL);
INSERT INTO "complaint_step" VALUES(2,1,0,1,'decide','2026-11-20','周局',NULL,NULL,'accept','同意','',NULL);
INSERT INTO "complaint_step" VALUES(3,1,0,1,'find','2026-11-20','李堃、王敏',NULL,NULL,'proven','该局职权目录确未公开。','责令限期公开。',NULL);
INSERT INTO "complaint_step" VALUES(4,1,0,2,'register','2026-11-20','王敏',NULL,NULL,NULL,'','',NULL);
INSERT INTO "complaint_step" VALUES(5,1,0,2,'decide','2026-11-20','周局',2,NULL,'transfer','同意','',NULL);
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
) STRICT;
INSERT INTO "event" VALUES(1,'2026-11-20T09:30:00',1,'王敏','office.create','profile',1,'澄岳市政务公开领导小组办公室','',NULL);
INSERT INTO "event" VALUES(2,'2026-11-20T09:30:00',1,'王敏','unit.save','unit',1,'市住房保障局','',NULL);
INSERT INTO "event" VALUES(3,'2026-11-20T09:30:00',1,'王敏','unit.save','unit',2,'市市场监督局','',NULL);
INSERT INTO "event" VALUES(4,'2026-11-20T09:30:00',1,'王敏','unit.save','unit',3,'东关街道办事处','',NULL);
INSERT INTO "event" VALUES(5,'2026-11-20T09:30:00',1,'王敏','complaint.register','complaint',1,'投〔2026〕0001','',NULL);
INSERT INTO "event" VALUES(6,'2026-11-20T09:30:00',1,'王敏','complaint.decide','complaint',1,'投〔2026〕0001','',NULL);
INSERT INTO "event" VALUES(7,'2026-11-20T09:30:00',1,'王敏','complaint.find','complaint',1,'投〔2026〕0001','',NULL);
INSERT INTO "event" VALUES(8,'2026-11-20T09:30:00',1,'王敏','complaint.register','complaint',2,'投〔2026〕0002','',NULL);
INSERT INTO "event" VALUES(9,'2026-11-20T09:30:00',1,'王敏','complaint.decide','complaint',2,'投〔2026〕0002','',NULL);
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
INSERT INTO "event_change" VALUES(1,1,'profile',1,1,NULL,'{"address":"澄岳市人民路 1 号","contact":"王敏","id":1,"letterhead":"澄岳市政务公开领导小组办公室","mark":"澄公开办","name":"澄岳市政务公开领导小组办公室","rev":1,"telephone":"0300-5550101","void":0}');
INSERT INTO "event_change" VALUES(2,1,'clerk',1,1,NULL,'{"id":1,"name":"王敏","rev":1,"role":"登记员","void":0}');
INSERT INTO "event_change" VALUES(3,1,'clerk',2,1,NULL,'{"id":2,"name":"李堃","rev":1,"role":"承办人","void":0}');
INSERT INTO "event_change" VALUES(4,1,'pack_choice',1,1,NULL,'{"id":1,"pack":"baoding","rev":1,"system":"complaints","version":1,"void":0}');
INSERT INTO "event_change" VALUES(5,1,'pack_choice',2,1,NULL,'{"id":2,"pack":"baoding","rev":1,"system":"accountability","version":1,"void":0}');
INSERT INTO "event_change" VALUES(6,1,'pack_choice',3,1,NULL,'{"id":3,"pack":"baoding","rev":1,"system":"assessment","version":1,"void":0}');
INSERT INTO "event_change" VALUES(7,2,'unit',1,1,NULL,'{"id":1,"kind":"行政机关","name":"市住房保障局","rev":1,"void":0}');
INSERT INTO "event_change" VALUES(8,3,'unit',2,1,NULL,'{"id":2,"kind":"行政机关","name":"市市场监督局","rev":1,"void":0}');
INSERT INTO "event_change" VALUES(9,4,'unit',3,1,NULL,'{"id":3,"kind":"行政机关","name":"东关街道办事处","rev":1,"void":0}');
INSERT INTO "event_change" VALUES(10,5,'number_series',1,1,NULL,'{"id":1,"last":1,"rev":1,"series":"complaint","void":0,"year":2026}');
INSERT INTO "event_change" VALUES(11,5,'complaint',1,1,NULL,'{"accused_person":"张喆","accused_unit":1,"body":"我叫单𬱖。该局没有按规定公开职权目录。","channel":"letter","demands":"公开职权目录","id":1,"identity":"real_name","number":"投〔2026〕0001","pack":"baoding","pack_version":1,"received":"2026-11-16","registered":"2026-11-20","rev":1,"serial":1,"state":"registered","subject":"职权目录未公开","void":0,"year":2026}');
INSERT INTO "event_change" VALUES(12,5,'complaint_ground',1,1,NULL,'{"complaint":1,"ground":"1","id":1,"rev":1,"void":0}');
INSERT INTO "event_change" VALUES(13,5,'complainant',1,1,NULL,'{"address":"文华路 12 号","complaint":1,"id":1,"name":"单𬱖","phone":"13800001111","rev":1,"void":0}');
INSERT INTO "event_change" VALUES(14,5,'complaint_step',1,1,NULL,'{"complaint":1,"day":"2026-11-20","detail":"","due":null,"id":1,"letter":null,"outcome":null,"person":"王敏","rev":1,"step":"register","text":"","unit":null,"void":0}');
INSERT INTO "event_change" VALUES(15,6,'complaint',1,2,'{"accused_person":"张喆","accused_unit":1,"body":"我叫单𬱖。该局没有按规定公开职权目录。","channel":"letter","closed":null,"demands":"公开职权目录","id":1,"identity":"real_name","number":"投〔2026〕0001","outcome":null,"pack":"baoding","pack_version":1,"received":"2026-11-16","refusal_told":null,"registered":"2026-11-20","rev":1,"ruling":null,"serial":1,"state":"registered","subject":"职权目录未公开","told_in_writing":null,"transferred":null,"void":0,"year":2026}','{"accused_person":"张喆","accused_unit":1,"body":"我叫单𬱖。该局没有按规定公开职权目录。","channel":"letter","closed":null,"demands":"公开职权目录","id":1,"identity":"real_name","number":"投〔2026〕0001","outcome":null,"pack":"baoding","pack_version":1,"received":"2026-11-16","refusal_told":null,"registered":"2026-11-20","rev":2,"ruling":"accept","serial":1,"state":"accepted","subject":"职权目录未公开","told_in_writing":null,"transferred":null,"void":0,"year":2026}');
INSERT INTO "event_change" VALUES(16,6,'complaint_step',2,1,NULL,'{"complaint":1,"day":"2026-11-20","detail":"","due":null,"id":2,"letter":null,"outcome":"accept","person":"周局","rev":1,"step":"decide","text":"同意","unit":null,"void":0}');
INSERT INTO "event_change" VALUES(17,7,'complaint',1,3,'{"accused_person":"张喆","accused_unit":1,"body":"我叫单𬱖。该局没有按规定公开职权目录。","channel":"letter","closed":null,"demands":"公开职权目录","id":1,"identity":"real_name","number":"投〔2026〕0001","outcome":null,"pack":"baoding","pack_version":1,"received":"2026-11-16","refusal_told":null,"registered":"2026-11-20","rev":2,"ruling":"accept","serial":1,"state":"accepted","subject":"职权目录未公开","told_in_writing":null,"transferred":null,"void":0,"year":2026}','{"accused_person":"张喆","accused_unit":1,"body":"我叫单𬱖。该局没有按规定公开职权目录。","channel":"letter","closed":null,"demands":"公开职权目录","id":1,"identity":"real_name","number":"投〔2026〕0001","outcome":"proven","pack":"baoding","pack_version":1,"received":"2026-11-16","refusal_told":null,"registered":"2026-11-20","rev":3,"ruling":"accept","serial":1,"state":"found","subject":"职权目录未公开","told_in_writing":null,"transferred":null,"void":0,"year":2026}');
INSERT INTO "event_change" VALUES(18,7,'complaint_step',3,1,NULL,'{"complaint":1,"day":"2026-11-20","detail":"责令限期公开。","due":null,"id":3,"letter":null,"outcome":"proven","person":"李堃、王敏","rev":1,"step":"find","text":"该局职权目录确未公开。","unit":null,"void":0}');
INSERT INTO "event_change" VALUES(19,8,'number_series',1,2,'{"id":1,"last":1,"rev":1,"series":"complaint","void":0,"year":2026}','{"id":1,"last":2,"rev":2,"series":"complaint","void":0,"year":2026}');
INSERT INTO "event_change" VALUES(20,8,'complaint',2,1,NULL,'{"accused_person":"张喆","accused_unit":1,"body":"公开栏一年没有更换。","channel":"letter","demands":"更换公开栏","id":2,"identity":"anonymous","number":"投〔2026〕0002","pack":"baoding","pack_version":1,"received":"2026-11-16","registered":"2026-11-20","rev":1,"serial":2,"state":"registered","subject":"公开栏一年没有更换","void":0,"year":2026}');
INSERT INTO "event_change" VALUES(21,8,'complaint_ground',2,1,NULL,'{"complaint":2,"ground":"1","id":2,"rev":1,"void":0}');
INSERT INTO "event_change" VALUES(22,8,'complaint_step',4,1,NULL,'{"complaint":2,"day":"2026-11-20","detail":"","due":null,"id":4,"letter":null,"outcome":null,"person":"王敏","rev":1,"step":"register","text":"","unit":null,"void":0}');
INSERT INTO "event_change" VALUES(23,9,'complaint',2,2,'{"accused_person":"张喆","accused_unit":1,"body":"公开栏一年没有更换。","channel":"letter","closed":null,"demands":"更换公开栏","id":2,"identity":"anonymous","number":"投〔2026〕0002","outcome":null,"pack":"baoding","pack_version":1,"received":"2026-11-16","refusal_told":null,"registered":"2026-11-20","rev":1,"ruling":null,"serial":2,"state":"registered","subject":"公开栏一年没有更换","told_in_writing":null,"transferred":null,"void":0,"year":2026}','{"accused_person":"张喆","accused_unit":1,"body":"公开栏一年没有更换。","channel":"letter","closed":null,"demands":"更换公开栏","id":2,"identity":"anonymous","number":"投〔2026〕0002","outcome":null,"pack":"baoding","pack_version":1,"received":"2026-11-16","refusal_told":null,"registered":"2026-11-20","rev":2,"ruling":"transfer","serial":2,"state":"transfer_due","subject":"公开栏一年没有更换","told_in_writing":null,"transferred":null,"void":0,"year":2026}');
INSERT INTO "event_change" VALUES(24,9,'complaint_step',5,1,NULL,'{"complaint":2,"day":"2026-11-20","detail":"","due":null,"id":5,"letter":null,"outcome":"transfer","person":"周局","rev":1,"step":"decide","text":"同意","unit":2,"void":0}');
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
  fields TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'used', void_reason TEXT NOT NULL DEFAULT '', template INTEGER REFERENCES letter_template(id), fonts TEXT NOT NULL DEFAULT '', code TEXT NOT NULL DEFAULT '', findings TEXT NOT NULL DEFAULT '',
  UNIQUE (series, year, serial)
) STRICT;
CREATE TABLE letter_dispatch (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  letter INTEGER NOT NULL REFERENCES letter(id),
  day TEXT NOT NULL,
  way TEXT NOT NULL,
  recipient TEXT NOT NULL,
  tracking TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE TABLE letter_file (
  sha256 TEXT PRIMARY KEY,
  pdf BLOB NOT NULL
) STRICT;
CREATE TABLE letter_seal (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  letter INTEGER NOT NULL REFERENCES letter(id),
  day TEXT NOT NULL,
  approved_by TEXT NOT NULL,
  sealed_by TEXT NOT NULL,
  copies INTEGER NOT NULL CHECK (copies > 0),
  note TEXT NOT NULL
) STRICT;
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
CREATE TABLE number_series (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  series TEXT NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  UNIQUE (series, year)
) STRICT;
INSERT INTO "number_series" VALUES(1,2,0,'complaint',2026,2);
CREATE TABLE office_setting (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  key TEXT NOT NULL UNIQUE,
  value TEXT NOT NULL
) STRICT;
CREATE TABLE pack_choice (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  system TEXT NOT NULL UNIQUE,
  pack TEXT NOT NULL,
  version INTEGER NOT NULL
) STRICT;
INSERT INTO "pack_choice" VALUES(1,1,0,'complaints','baoding',1);
INSERT INTO "pack_choice" VALUES(2,1,0,'accountability','baoding',1);
INSERT INTO "pack_choice" VALUES(3,1,0,'assessment','baoding',1);
CREATE TABLE person (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit(id),
  post TEXT NOT NULL
) STRICT;
CREATE TABLE profile (
  id INTEGER PRIMARY KEY CHECK (id = 1), rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL,
  letterhead TEXT NOT NULL,
  mark TEXT NOT NULL,
  telephone TEXT NOT NULL,
  address TEXT NOT NULL,
  contact TEXT NOT NULL
) STRICT;
INSERT INTO "profile" VALUES(1,1,0,'澄岳市政务公开领导小组办公室','澄岳市政务公开领导小组办公室','澄公开办','0300-5550101','澄岳市人民路 1 号','王敏');
CREATE TABLE round_block (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  round INTEGER NOT NULL REFERENCES assessment_round(id),
  block TEXT NOT NULL,
  points INTEGER NOT NULL CHECK (points > 0)
) STRICT;
CREATE TABLE round_cut_off (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  round INTEGER NOT NULL REFERENCES assessment_round(id),
  grade TEXT NOT NULL,
  floor INTEGER NOT NULL CHECK (floor >= 0)
) STRICT;
CREATE TABLE round_unit (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  round INTEGER NOT NULL REFERENCES assessment_round(id),
  unit INTEGER NOT NULL REFERENCES unit(id),
  unsatisfied INTEGER NOT NULL DEFAULT 0,
  problems TEXT NOT NULL DEFAULT '',
  grade TEXT,
  graded TEXT
) STRICT;
CREATE TABLE score (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  round_unit INTEGER NOT NULL REFERENCES round_unit(id),
  block TEXT NOT NULL,
  points INTEGER NOT NULL CHECK (points >= 0),
  note TEXT NOT NULL
) STRICT;
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
CREATE TABLE unit (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL,
  kind TEXT NOT NULL
) STRICT;
INSERT INTO "unit" VALUES(1,1,0,'市住房保障局','行政机关');
INSERT INTO "unit" VALUES(2,1,0,'市市场监督局','行政机关');
INSERT INTO "unit" VALUES(3,1,0,'东关街道办事处','行政机关');
CREATE TABLE workday_override (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  day TEXT NOT NULL,
  working INTEGER NOT NULL,
  label TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX event_subject ON event(subject, subject_id, seq);
CREATE INDEX event_change_seq ON event_change(seq);
CREATE UNIQUE INDEX unit_name ON unit(name) WHERE void = 0;
CREATE INDEX person_unit ON person(unit);
CREATE UNIQUE INDEX workday_override_day ON workday_override(day) WHERE void = 0;
CREATE UNIQUE INDEX calendar_year_year ON calendar_year(year) WHERE void = 0;
CREATE INDEX complaint_state ON complaint(state);
CREATE INDEX complaint_received ON complaint(received, id);
CREATE INDEX complaint_ground_complaint ON complaint_ground(complaint);
CREATE INDEX complainant_complaint ON complainant(complaint);
CREATE INDEX complaint_step_complaint ON complaint_step(complaint, id);
CREATE INDEX attachment_owner ON attachment(owner, owner_id);
CREATE INDEX letter_subject ON letter(subject, subject_id);
CREATE INDEX case_file_state ON case_file(state);
CREATE INDEX case_situation_case ON case_situation(case_file);
CREATE INDEX case_person_case ON case_person(case_file);
CREATE INDEX case_evidence_case ON case_evidence(case_file);
CREATE INDEX case_hearing_case ON case_hearing(case_file);
CREATE INDEX case_sanction_case ON case_sanction(case_file);
CREATE INDEX service_letter ON service(letter);
CREATE INDEX round_block_round ON round_block(round);
CREATE INDEX round_cut_off_round ON round_cut_off(round);
CREATE INDEX round_unit_round ON round_unit(round);
CREATE UNIQUE INDEX score_block ON score(round_unit, block) WHERE void = 0;
CREATE INDEX letter_year ON letter(year, series, serial);
CREATE INDEX letter_seal_letter ON letter_seal(letter);
CREATE INDEX letter_dispatch_letter ON letter_dispatch(letter);
COMMIT;
