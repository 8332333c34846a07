-- 第二种结构的数据文件（至 m0003，加密以后），自检时用来试升级；密钥在 second.keys；其中的人和事都是虚构的。
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'office','m0001_first_office','2026-11-22 01:30:06.486600+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'office','m0002_letter_book','2026-11-22 01:30:06.508603+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'office','m0003_safekeeping','2026-11-22 01:30:06.522879+00:00');
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
, secret INTEGER NOT NULL DEFAULT 0) STRICT;
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
  title TEXT NOT NULL
, roles TEXT NOT NULL DEFAULT 'registrar') STRICT;
INSERT INTO "clerk" VALUES(1,1,0,'王敏','登记员','registrar admin');
INSERT INTO "clerk" VALUES(2,1,0,'李堃','承办人','registrar');
CREATE TABLE clerk_key (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  clerk INTEGER NOT NULL REFERENCES clerk(id),
  public TEXT NOT NULL,
  since TEXT NOT NULL
) STRICT;
INSERT INTO "clerk_key" VALUES(1,1,0,1,'9301152ec9771de5cc13890af7c4cc259c9092321cbf127d96a5eae9f0be5a55','2026-11-20T09:30:00');
INSERT INTO "clerk_key" VALUES(2,1,0,2,'66fac2d93ce98d1fb7e8d4e51eebb96e25900465a070ef33ce0f78f9440f23a3','2026-11-20T09:30:00');
CREATE TABLE complainant (
  id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0,
  complaint INTEGER NOT NULL REFERENCES complaint(id),
  name TEXT NOT NULL,
  phone TEXT NOT NULL,
  address TEXT NOT NULL
) STRICT;
INSERT INTO "complainant" VALUES(1,1,0,1,'⁣sealed:TduYvpqGPj2zWiFh1LDvcigrCgyun4u/9T0zXxrdj3An8a0=','⁣sealed:Bn/LmxSi1XulQaaG+vS1x5l78ydx53CJaMegbLaWomLTtUlMBsms','⁣sealed:6itHcqZVCKbYEZj3Vva/YNLA3IdzP91DU6Xzszg4rnwgSIaEvMpNC6vC8xQ=');
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
  closed TEXT, sealed TEXT NOT NULL DEFAULT '',
  UNIQUE (year, serial)
) STRICT;
INSERT INTO "complaint" VALUES(1,3,0,2026,1,'投〔2026〕0001','baoding',1,'letter','2026-11-16','2026-11-20','real_name',1,'张喆','职权目录未公开','我叫×××。该局没有按规定公开职权目录。','公开职权目录','found','accept','proven',NULL,NULL,NULL,NULL,'⁣sealed:n7YgnKtUuRJcZ3VaxIXe5HrM//qozTVayMfcmDbumwbLRqk0P5VcHXrrC09fUXiOPrKEncq5K77sc4wFgZ8Ctqg71VXOmGwy1aKqrUwoVlKqm4wr1tCWqjThFm8B3ZFednc=');
INSERT INTO "complaint" VALUES(2,2,0,2026,2,'投〔2026〕0002','baoding',1,'letter','2026-11-16','2026-11-20','anonymous',1,'张喆','公开栏一年没有更换','公开栏一年没有更换。','更换公开栏','transfer_due','transfer',NULL,NULL,NULL,NULL,NULL,'');
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
INSERT INTO "event" VALUES(1,'2026-11-20T09:30:00',1,'王敏','office.create','profile',1,'澄岳市政务公开领导小组办公室','',NULL,1,0,'a6d6b2bd6b9513984871c00c145e7beb96f2ed197fb059ab9ffb210267dd4dcf','979e996f0164cf15092e9b36eac67a90cb97b7f7a3fe1d307cfb426ffa061fbe1436e8f0fc4798cbb1f21d72b4b2cbb2fe1c6851ee8536de6e1a20fbe59d5c0d');
INSERT INTO "event" VALUES(2,'2026-11-20T09:30:00',1,'王敏','unit.save','unit',1,'市住房保障局','',NULL,1,0,'8c3be11ef33eca015e1c7bc309b32b74b22875a159acf3b00a05173df3fa27b0','fbfb5a82dd78e883fe407193724413644a855dbb64908b8841e6ffd1e64de162fab90bed9d9e3771f5a6b41b7c560a57b3d947e3ed03d82322465446938f7708');
INSERT INTO "event" VALUES(3,'2026-11-20T09:30:00',1,'王敏','unit.save','unit',2,'市市场监督局','',NULL,1,0,'4958a216f49b3610ad9e1c6e58a8f5708783af3614129f5565e112f427f7755a','3cc219b6448d8da201fd9ce5d6b49f728841426b968aa93e9ffc70e279f95b389b7e5d884910d617e6484f7c14d01e38fd127e9ccc40d37c72a8f404757e0f0e');
INSERT INTO "event" VALUES(4,'2026-11-20T09:30:00',1,'王敏','unit.save','unit',3,'东关街道办事处','',NULL,1,0,'d52474c444760c6a698496747c853b6b41409f74f61181970036eb514e8bd43f','18edcacb9ac5f0e2a7103f0e9706473b54d60acf815b3d6e8abd155a4f048b4aee7165eaf55d0cc9cc138bceb7af383f2feb41a6866454c74b35ab5c4bf5a409');
INSERT INTO "event" VALUES(5,'2026-11-20T09:30:00',1,'王敏','complaint.register','complaint',1,'投〔2026〕0001','',NULL,1,0,'eca92a99ce90a16f0edf8302b1a70c6173377aa457668f6b3348faf1ca1f12b2','3c7eb5e098b3e4541d249524c9022bd80e4bf8346eb13feeda43ec719d565295f668b75c759f1bf7856b8c4f218c3c175e4c441f875dd87d58a4b8ec5603780b');
INSERT INTO "event" VALUES(6,'2026-11-20T09:30:00',1,'王敏','complaint.decide','complaint',1,'投〔2026〕0001','',NULL,1,0,'361dffe0b220cb8d351d52ab3d4c1ef1e1fb78cb3436786cb75aeab8d67a4e05','5e172a2f606ca70c8974385485396d85a57d287c836cfbc20267e93ac8104c1ddd5ceedf2ed40d5e6a4ec5d27f609ace4faa5107f4518a9eb409ac49b9997c00');
INSERT INTO "event" VALUES(7,'2026-11-20T09:30:00',1,'王敏','complaint.find','complaint',1,'投〔2026〕0001','',NULL,1,0,'8ad9bbdffea6f2d5ef2635a779630b48bc167ee2620b76dd2efb66bc98085558','189a60e131b39879368b0cd5a8c0d9bd334b779d3109b82ca92c869d98fdeba6efafb12df2fce02a3ded2738cd829834adaa67244b8b66ffc24e4f3f532b9005');
INSERT INTO "event" VALUES(8,'2026-11-20T09:30:00',1,'王敏','complaint.register','complaint',2,'投〔2026〕0002','',NULL,1,0,'e5148627df10218397b898b42862365f3d7f149f6f8fd2080cda4320d82823ec','7116401df06c720bc7507d2ecdc3e3b448b0707a7ea37eed33b321bc49ecb24a313c879ee22b489c40f632c02fdd0fbb755bcbfcbd62f8664aa7de9649b8bc01');
INSERT INTO "event" VALUES(9,'2026-11-20T09:30:00',1,'王敏','complaint.decide','complaint',2,'投〔2026〕0002','',NULL,1,0,'080144652691097f2cd4b1296878065deef3c6e609be56405c32e629fae672a1','29c8bc746d2a6904d192cf6ca6d6f942166b05535fdfbf5363541598a1d994f70491dd950faa77cd20072b4f7a9d989d18606d14fa7f5ac1ce009324bc380d08');
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
INSERT INTO "event_change" VALUES(2,1,'clerk',1,1,NULL,'{"id":1,"name":"王敏","rev":1,"roles":"registrar admin","title":"登记员","void":0}');
INSERT INTO "event_change" VALUES(3,1,'clerk_key',1,1,NULL,'{"clerk":1,"id":1,"public":"9301152ec9771de5cc13890af7c4cc259c9092321cbf127d96a5eae9f0be5a55","rev":1,"since":"2026-11-20T09:30:00","void":0}');
INSERT INTO "event_change" VALUES(4,1,'clerk',2,1,NULL,'{"id":2,"name":"李堃","rev":1,"roles":"registrar","title":"承办人","void":0}');
INSERT INTO "event_change" VALUES(5,1,'clerk_key',2,1,NULL,'{"clerk":2,"id":2,"public":"66fac2d93ce98d1fb7e8d4e51eebb96e25900465a070ef33ce0f78f9440f23a3","rev":1,"since":"2026-11-20T09:30:00","void":0}');
INSERT INTO "event_change" VALUES(6,1,'pack_choice',1,1,NULL,'{"id":1,"pack":"baoding","rev":1,"system":"complaints","version":1,"void":0}');
INSERT INTO "event_change" VALUES(7,1,'pack_choice',2,1,NULL,'{"id":2,"pack":"baoding","rev":1,"system":"accountability","version":1,"void":0}');
INSERT INTO "event_change" VALUES(8,1,'pack_choice',3,1,NULL,'{"id":3,"pack":"baoding","rev":1,"system":"assessment","version":1,"void":0}');
INSERT INTO "event_change" VALUES(9,1,'office_setting',1,1,NULL,'{"id":1,"key":"identity.mark","rev":1,"value":"770e3195f2622cdf","void":0}');
INSERT INTO "event_change" VALUES(10,2,'unit',1,1,NULL,'{"id":1,"kind":"行政机关","name":"市住房保障局","rev":1,"void":0}');
INSERT INTO "event_change" VALUES(11,3,'unit',2,1,NULL,'{"id":2,"kind":"行政机关","name":"市市场监督局","rev":1,"void":0}');
INSERT INTO "event_change" VALUES(12,4,'unit',3,1,NULL,'{"id":3,"kind":"行政机关","name":"东关街道办事处","rev":1,"void":0}');
INSERT INTO "event_change" VALUES(13,5,'number_series',1,1,NULL,'{"id":1,"last":1,"rev":1,"series":"complaint","void":0,"year":2026}');
INSERT INTO "event_change" VALUES(14,5,'complaint',1,1,NULL,'{"accused_person":"张喆","accused_unit":1,"body":"我叫×××。该局没有按规定公开职权目录。","channel":"letter","closed":null,"demands":"公开职权目录","id":1,"identity":"real_name","number":"投〔2026〕0001","outcome":null,"pack":"baoding","pack_version":1,"received":"2026-11-16","refusal_told":null,"registered":"2026-11-20","rev":1,"ruling":null,"sealed":"⁣sealed:n7YgnKtUuRJcZ3VaxIXe5HrM//qozTVayMfcmDbumwbLRqk0P5VcHXrrC09fUXiOPrKEncq5K77sc4wFgZ8Ctqg71VXOmGwy1aKqrUwoVlKqm4wr1tCWqjThFm8B3ZFednc=","serial":1,"state":"registered","subject":"职权目录未公开","told_in_writing":null,"transferred":null,"void":0,"year":2026}');
INSERT INTO "event_change" VALUES(15,5,'complaint_ground',1,1,NULL,'{"complaint":1,"ground":"1","id":1,"rev":1,"void":0}');
INSERT INTO "event_change" VALUES(16,5,'complainant',1,1,NULL,'{"address":"⁣sealed:6itHcqZVCKbYEZj3Vva/YNLA3IdzP91DU6Xzszg4rnwgSIaEvMpNC6vC8xQ=","complaint":1,"id":1,"name":"⁣sealed:TduYvpqGPj2zWiFh1LDvcigrCgyun4u/9T0zXxrdj3An8a0=","phone":"⁣sealed:Bn/LmxSi1XulQaaG+vS1x5l78ydx53CJaMegbLaWomLTtUlMBsms","rev":1,"void":0}');
INSERT INTO "event_change" VALUES(17,5,'complaint_step',1,1,NULL,'{"complaint":1,"day":"2026-11-20","detail":"","due":null,"id":1,"letter":null,"outcome":null,"person":"王敏","rev":1,"step":"register","text":"","unit":null,"void":0}');
INSERT INTO "event_change" VALUES(18,6,'complaint',1,2,'{"accused_person":"张喆","accused_unit":1,"body":"我叫×××。该局没有按规定公开职权目录。","channel":"letter","closed":null,"demands":"公开职权目录","id":1,"identity":"real_name","number":"投〔2026〕0001","outcome":null,"pack":"baoding","pack_version":1,"received":"2026-11-16","refusal_told":null,"registered":"2026-11-20","rev":1,"ruling":null,"sealed":"⁣sealed:n7YgnKtUuRJcZ3VaxIXe5HrM//qozTVayMfcmDbumwbLRqk0P5VcHXrrC09fUXiOPrKEncq5K77sc4wFgZ8Ctqg71VXOmGwy1aKqrUwoVlKqm4wr1tCWqjThFm8B3ZFednc=","serial":1,"state":"registered","subject":"职权目录未公开","told_in_writing":null,"transferred":null,"void":0,"year":2026}','{"accused_person":"张喆","accused_unit":1,"body":"我叫×××。该局没有按规定公开职权目录。","channel":"letter","closed":null,"demands":"公开职权目录","id":1,"identity":"real_name","number":"投〔2026〕0001","outcome":null,"pack":"baoding","pack_version":1,"received":"2026-11-16","refusal_told":null,"registered":"2026-11-20","rev":2,"ruling":"accept","sealed":"⁣sealed:n7YgnKtUuRJcZ3VaxIXe5HrM//qozTVayMfcmDbumwbLRqk0P5VcHXrrC09fUXiOPrKEncq5K77sc4wFgZ8Ctqg71VXOmGwy1aKqrUwoVlKqm4wr1tCWqjThFm8B3ZFednc=","serial":1,"state":"accepted","subject":"职权目录未公开","told_in_writing":null,"transferred":null,"void":0,"year":2026}');
INSERT INTO "event_change" VALUES(19,6,'complaint_step',2,1,NULL,'{"complaint":1,"day":"2026-11-20","detail":"","due":null,"id":2,"letter":null,"outcome":"accept","person":"周局","rev":1,"step":"decide","text":"同意","unit":null,"void":0}');
INSERT INTO "event_change" VALUES(20,7,'complaint',1,3,'{"accused_person":"张喆","accused_unit":1,"body":"我叫×××。该局没有按规定公开职权目录。","channel":"letter","closed":null,"demands":"公开职权目录","id":1,"identity":"real_name","number":"投〔2026〕0001","outcome":null,"pack":"baoding","pack_version":1,"received":"2026-11-16","refusal_told":null,"registered":"2026-11-20","rev":2,"ruling":"accept","sealed":"⁣sealed:n7YgnKtUuRJcZ3VaxIXe5HrM//qozTVayMfcmDbumwbLRqk0P5VcHXrrC09fUXiOPrKEncq5K77sc4wFgZ8Ctqg71VXOmGwy1aKqrUwoVlKqm4wr1tCWqjThFm8B3ZFednc=","serial":1,"state":"accepted","subject":"职权目录未公开","told_in_writing":null,"transferred":null,"void":0,"year":2026}','{"accused_person":"张喆","accused_unit":1,"body":"我叫×××。该局没有按规定公开职权目录。","channel":"letter","closed":null,"demands":"公开职权目录","id":1,"identity":"real_name","number":"投〔2026〕0001","outcome":"proven","pack":"baoding","pack_version":1,"received":"2026-11-16","refusal_told":null,"registered":"2026-11-20","rev":3,"ruling":"accept","sealed":"⁣sealed:n7YgnKtUuRJcZ3VaxIXe5HrM//qozTVayMfcmDbumwbLRqk0P5VcHXrrC09fUXiOPrKEncq5K77sc4wFgZ8Ctqg71VXOmGwy1aKqrUwoVlKqm4wr1tCWqjThFm8B3ZFednc=","serial":1,"state":"found","subject":"职权目录未公开","told_in_writing":null,"transferred":null,"void":0,"year":2026}');
INSERT INTO "event_change" VALUES(21,7,'complaint_step',3,1,NULL,'{"complaint":1,"day":"2026-11-20","detail":"责令限期公开。","due":null,"id":3,"letter":null,"outcome":"proven","person":"李堃、王敏","rev":1,"step":"find","text":"该局职权目录确未公开。","unit":null,"void":0}');
INSERT INTO "event_change" VALUES(22,8,'number_series',1,2,'{"id":1,"last":1,"rev":1,"series":"complaint","void":0,"year":2026}','{"id":1,"last":2,"rev":2,"series":"complaint","void":0,"year":2026}');
INSERT INTO "event_change" VALUES(23,8,'complaint',2,1,NULL,'{"accused_person":"张喆","accused_unit":1,"body":"公开栏一年没有更换。","channel":"letter","closed":null,"demands":"更换公开栏","id":2,"identity":"anonymous","number":"投〔2026〕0002","outcome":null,"pack":"baoding","pack_version":1,"received":"2026-11-16","refusal_told":null,"registered":"2026-11-20","rev":1,"ruling":null,"sealed":"","serial":2,"state":"registered","subject":"公开栏一年没有更换","told_in_writing":null,"transferred":null,"void":0,"year":2026}');
INSERT INTO "event_change" VALUES(24,8,'complaint_ground',2,1,NULL,'{"complaint":2,"ground":"1","id":2,"rev":1,"void":0}');
INSERT INTO "event_change" VALUES(25,8,'complaint_step',4,1,NULL,'{"complaint":2,"day":"2026-11-20","detail":"","due":null,"id":4,"letter":null,"outcome":null,"person":"王敏","rev":1,"step":"register","text":"","unit":null,"void":0}');
INSERT INTO "event_change" VALUES(26,9,'complaint',2,2,'{"accused_person":"张喆","accused_unit":1,"body":"公开栏一年没有更换。","channel":"letter","closed":null,"demands":"更换公开栏","id":2,"identity":"anonymous","number":"投〔2026〕0002","outcome":null,"pack":"baoding","pack_version":1,"received":"2026-11-16","refusal_told":null,"registered":"2026-11-20","rev":1,"ruling":null,"sealed":"","serial":2,"state":"registered","subject":"公开栏一年没有更换","told_in_writing":null,"transferred":null,"void":0,"year":2026}','{"accused_person":"张喆","accused_unit":1,"body":"公开栏一年没有更换。","channel":"letter","closed":null,"demands":"更换公开栏","id":2,"identity":"anonymous","number":"投〔2026〕0002","outcome":null,"pack":"baoding","pack_version":1,"received":"2026-11-16","refusal_told":null,"registered":"2026-11-20","rev":2,"ruling":"transfer","sealed":"","serial":2,"state":"transfer_due","subject":"公开栏一年没有更换","told_in_writing":null,"transferred":null,"void":0,"year":2026}');
INSERT INTO "event_change" VALUES(27,9,'complaint_step',5,1,NULL,'{"complaint":2,"day":"2026-11-20","detail":"","due":null,"id":5,"letter":null,"outcome":"transfer","person":"周局","rev":1,"step":"decide","text":"同意","unit":2,"void":0}');
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
INSERT INTO "office_setting" VALUES(1,1,0,'identity.mark','770e3195f2622cdf');
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
CREATE INDEX event_subject ON event(subject, subject_id, seq);
CREATE INDEX event_change_seq ON event_change(seq);
CREATE INDEX person_unit ON person(unit);
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
CREATE INDEX letter_year ON letter(year, series, serial);
CREATE INDEX letter_seal_letter ON letter_seal(letter);
CREATE INDEX letter_dispatch_letter ON letter_dispatch(letter);
CREATE INDEX clerk_key_clerk ON clerk_key(clerk);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE UNIQUE INDEX unit_name ON unit(name) WHERE void = 0;
CREATE UNIQUE INDEX workday_override_day ON workday_override(day) WHERE void = 0;
CREATE UNIQUE INDEX calendar_year_year ON calendar_year(year) WHERE void = 0;
CREATE UNIQUE INDEX score_block ON score(round_unit, block) WHERE void = 0;
CREATE TRIGGER "guard_event_insert" BEFORE INSERT ON "event"
BEGIN
  SELECT RAISE(ABORT, 'guard: event: not the next number') WHERE new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event);
  SELECT RAISE(ABORT, 'guard: event: no hash') WHERE length(new.hash) IS NOT 64;
END;
CREATE TRIGGER "guard_event_change_insert" BEFORE INSERT ON "event_change"
BEGIN
  SELECT RAISE(ABORT, 'guard: event_change: its event is closed') WHERE new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event);
  SELECT RAISE(ABORT, 'guard: event_change: there already') WHERE EXISTS (SELECT 1 FROM event_change WHERE id = new.id OR (tbl = new.tbl AND row_id = new.row_id AND rev = new.rev));
END;
CREATE TRIGGER "guard_event_update" BEFORE UPDATE ON "event"
BEGIN
  SELECT RAISE(ABORT, 'guard: event: never changed') WHERE 1;
END;
CREATE TRIGGER "guard_event_delete" BEFORE DELETE ON "event"
BEGIN
  SELECT RAISE(ABORT, 'guard: event: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_event_change_update" BEFORE UPDATE ON "event_change"
BEGIN
  SELECT RAISE(ABORT, 'guard: event_change: never changed') WHERE 1;
END;
CREATE TRIGGER "guard_event_change_delete" BEFORE DELETE ON "event_change"
BEGIN
  SELECT RAISE(ABORT, 'guard: event_change: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_letter_file_insert" BEFORE INSERT ON "letter_file"
BEGIN
  SELECT RAISE(ABORT, 'guard: letter_file: there already') WHERE EXISTS (SELECT 1 FROM "letter_file" WHERE "sha256" = new."sha256");
END;
CREATE TRIGGER "guard_letter_file_update" BEFORE UPDATE ON "letter_file"
BEGIN
  SELECT RAISE(ABORT, 'guard: letter_file: never changed') WHERE 1;
END;
CREATE TRIGGER "guard_letter_file_delete" BEFORE DELETE ON "letter_file"
BEGIN
  SELECT RAISE(ABORT, 'guard: letter_file: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_assessment_round_insert" BEFORE INSERT ON "assessment_round"
BEGIN
  SELECT RAISE(ABORT, 'guard: assessment_round: there already') WHERE EXISTS (SELECT 1 FROM "assessment_round" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: assessment_round: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: assessment_round: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'assessment_round' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'year' IS new."year" AND c.after ->> 'kind' IS new."kind" AND c.after ->> 'name' IS new."name" AND c.after ->> 'pack' IS new."pack" AND c.after ->> 'pack_version' IS new."pack_version" AND c.after ->> 'opened' IS new."opened" AND c.after ->> 'state' IS new."state");
END;
CREATE TRIGGER "guard_assessment_round_update" BEFORE UPDATE ON "assessment_round"
BEGIN
  SELECT RAISE(ABORT, 'guard: assessment_round: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: assessment_round: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'assessment_round' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'year' IS new."year" AND c.after ->> 'kind' IS new."kind" AND c.after ->> 'name' IS new."name" AND c.after ->> 'pack' IS new."pack" AND c.after ->> 'pack_version' IS new."pack_version" AND c.after ->> 'opened' IS new."opened" AND c.after ->> 'state' IS new."state");
END;
CREATE TRIGGER "guard_assessment_round_delete" BEFORE DELETE ON "assessment_round"
BEGIN
  SELECT RAISE(ABORT, 'guard: assessment_round: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_attachment_insert" BEFORE INSERT ON "attachment"
BEGIN
  SELECT RAISE(ABORT, 'guard: attachment: there already') WHERE EXISTS (SELECT 1 FROM "attachment" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: attachment: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: attachment: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'attachment' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'owner' IS new."owner" AND c.after ->> 'owner_id' IS new."owner_id" AND c.after ->> 'name' IS new."name" AND c.after ->> 'sha256' IS new."sha256" AND c.after ->> 'size' IS new."size" AND c.after ->> 'added' IS new."added" AND c.after ->> 'secret' IS new."secret");
END;
CREATE TRIGGER "guard_attachment_update" BEFORE UPDATE ON "attachment"
BEGIN
  SELECT RAISE(ABORT, 'guard: attachment: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: attachment: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'attachment' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'owner' IS new."owner" AND c.after ->> 'owner_id' IS new."owner_id" AND c.after ->> 'name' IS new."name" AND c.after ->> 'sha256' IS new."sha256" AND c.after ->> 'size' IS new."size" AND c.after ->> 'added' IS new."added" AND c.after ->> 'secret' IS new."secret");
END;
CREATE TRIGGER "guard_attachment_delete" BEFORE DELETE ON "attachment"
BEGIN
  SELECT RAISE(ABORT, 'guard: attachment: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_calendar_year_insert" BEFORE INSERT ON "calendar_year"
BEGIN
  SELECT RAISE(ABORT, 'guard: calendar_year: there already') WHERE EXISTS (SELECT 1 FROM "calendar_year" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: calendar_year: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: calendar_year: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'calendar_year' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'year' IS new."year");
END;
CREATE TRIGGER "guard_calendar_year_update" BEFORE UPDATE ON "calendar_year"
BEGIN
  SELECT RAISE(ABORT, 'guard: calendar_year: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: calendar_year: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'calendar_year' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'year' IS new."year");
END;
CREATE TRIGGER "guard_calendar_year_delete" BEFORE DELETE ON "calendar_year"
BEGIN
  SELECT RAISE(ABORT, 'guard: calendar_year: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_case_evidence_insert" BEFORE INSERT ON "case_evidence"
BEGIN
  SELECT RAISE(ABORT, 'guard: case_evidence: there already') WHERE EXISTS (SELECT 1 FROM "case_evidence" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: case_evidence: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: case_evidence: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'case_evidence' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'case_file' IS new."case_file" AND c.after ->> 'name' IS new."name" AND c.after ->> 'kind' IS new."kind" AND c.after ->> 'taken' IS new."taken" AND c.after ->> 'taken_by' IS new."taken_by" AND c.after ->> 'note' IS new."note");
END;
CREATE TRIGGER "guard_case_evidence_update" BEFORE UPDATE ON "case_evidence"
BEGIN
  SELECT RAISE(ABORT, 'guard: case_evidence: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: case_evidence: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'case_evidence' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'case_file' IS new."case_file" AND c.after ->> 'name' IS new."name" AND c.after ->> 'kind' IS new."kind" AND c.after ->> 'taken' IS new."taken" AND c.after ->> 'taken_by' IS new."taken_by" AND c.after ->> 'note' IS new."note");
END;
CREATE TRIGGER "guard_case_evidence_delete" BEFORE DELETE ON "case_evidence"
BEGIN
  SELECT RAISE(ABORT, 'guard: case_evidence: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_case_file_insert" BEFORE INSERT ON "case_file"
BEGIN
  SELECT RAISE(ABORT, 'guard: case_file: there already') WHERE EXISTS (SELECT 1 FROM "case_file" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: case_file: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: case_file: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'case_file' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'year' IS new."year" AND c.after ->> 'serial' IS new."serial" AND c.after ->> 'number' IS new."number" AND c.after ->> 'pack' IS new."pack" AND c.after ->> 'pack_version' IS new."pack_version" AND c.after ->> 'complaint' IS new."complaint" AND c.after ->> 'round_unit' IS new."round_unit" AND c.after ->> 'unit' IS new."unit" AND c.after ->> 'title' IS new."title" AND c.after ->> 'facts' IS new."facts" AND c.after ->> 'opened' IS new."opened" AND c.after ->> 'state' IS new."state" AND c.after ->> 'approval' IS new."approval" AND c.after ->> 'rung' IS new."rung" AND c.after ->> 'departure' IS new."departure" AND c.after ->> 'approved_by' IS new."approved_by" AND c.after ->> 'approved' IS new."approved" AND c.after ->> 'approval_note' IS new."approval_note" AND c.after ->> 'decided' IS new."decided" AND c.after ->> 'rectify_by' IS new."rectify_by" AND c.after ->> 'reported' IS new."reported" AND c.after ->> 'report' IS new."report" AND c.after ->> 'closed' IS new."closed" AND c.after ->> 'closing_note' IS new."closing_note");
END;
CREATE TRIGGER "guard_case_file_update" BEFORE UPDATE ON "case_file"
BEGIN
  SELECT RAISE(ABORT, 'guard: case_file: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: case_file: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'case_file' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'year' IS new."year" AND c.after ->> 'serial' IS new."serial" AND c.after ->> 'number' IS new."number" AND c.after ->> 'pack' IS new."pack" AND c.after ->> 'pack_version' IS new."pack_version" AND c.after ->> 'complaint' IS new."complaint" AND c.after ->> 'round_unit' IS new."round_unit" AND c.after ->> 'unit' IS new."unit" AND c.after ->> 'title' IS new."title" AND c.after ->> 'facts' IS new."facts" AND c.after ->> 'opened' IS new."opened" AND c.after ->> 'state' IS new."state" AND c.after ->> 'approval' IS new."approval" AND c.after ->> 'rung' IS new."rung" AND c.after ->> 'departure' IS new."departure" AND c.after ->> 'approved_by' IS new."approved_by" AND c.after ->> 'approved' IS new."approved" AND c.after ->> 'approval_note' IS new."approval_note" AND c.after ->> 'decided' IS new."decided" AND c.after ->> 'rectify_by' IS new."rectify_by" AND c.after ->> 'reported' IS new."reported" AND c.after ->> 'report' IS new."report" AND c.after ->> 'closed' IS new."closed" AND c.after ->> 'closing_note' IS new."closing_note");
END;
CREATE TRIGGER "guard_case_file_delete" BEFORE DELETE ON "case_file"
BEGIN
  SELECT RAISE(ABORT, 'guard: case_file: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_case_hearing_insert" BEFORE INSERT ON "case_hearing"
BEGIN
  SELECT RAISE(ABORT, 'guard: case_hearing: there already') WHERE EXISTS (SELECT 1 FROM "case_hearing" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: case_hearing: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: case_hearing: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'case_hearing' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'case_file' IS new."case_file" AND c.after ->> 'case_person' IS new."case_person" AND c.after ->> 'day' IS new."day" AND c.after ->> 'place' IS new."place" AND c.after ->> 'recorder' IS new."recorder" AND c.after ->> 'waived' IS new."waived" AND c.after ->> 'statement' IS new."statement" AND c.after ->> 'opinion' IS new."opinion");
END;
CREATE TRIGGER "guard_case_hearing_update" BEFORE UPDATE ON "case_hearing"
BEGIN
  SELECT RAISE(ABORT, 'guard: case_hearing: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: case_hearing: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'case_hearing' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'case_file' IS new."case_file" AND c.after ->> 'case_person' IS new."case_person" AND c.after ->> 'day' IS new."day" AND c.after ->> 'place' IS new."place" AND c.after ->> 'recorder' IS new."recorder" AND c.after ->> 'waived' IS new."waived" AND c.after ->> 'statement' IS new."statement" AND c.after ->> 'opinion' IS new."opinion");
END;
CREATE TRIGGER "guard_case_hearing_delete" BEFORE DELETE ON "case_hearing"
BEGIN
  SELECT RAISE(ABORT, 'guard: case_hearing: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_case_person_insert" BEFORE INSERT ON "case_person"
BEGIN
  SELECT RAISE(ABORT, 'guard: case_person: there already') WHERE EXISTS (SELECT 1 FROM "case_person" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: case_person: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: case_person: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'case_person' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'case_file' IS new."case_file" AND c.after ->> 'name' IS new."name" AND c.after ->> 'post' IS new."post" AND c.after ->> 'role' IS new."role" AND c.after ->> 'advised' IS new."advised" AND c.after ->> 'adopted' IS new."adopted" AND c.after ->> 'kept_silent' IS new."kept_silent" AND c.after ->> 'exhibit' IS new."exhibit" AND c.after ->> 'proposed_share' IS new."proposed_share" AND c.after ->> 'share' IS new."share" AND c.after ->> 'share_reason' IS new."share_reason");
END;
CREATE TRIGGER "guard_case_person_update" BEFORE UPDATE ON "case_person"
BEGIN
  SELECT RAISE(ABORT, 'guard: case_person: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: case_person: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'case_person' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'case_file' IS new."case_file" AND c.after ->> 'name' IS new."name" AND c.after ->> 'post' IS new."post" AND c.after ->> 'role' IS new."role" AND c.after ->> 'advised' IS new."advised" AND c.after ->> 'adopted' IS new."adopted" AND c.after ->> 'kept_silent' IS new."kept_silent" AND c.after ->> 'exhibit' IS new."exhibit" AND c.after ->> 'proposed_share' IS new."proposed_share" AND c.after ->> 'share' IS new."share" AND c.after ->> 'share_reason' IS new."share_reason");
END;
CREATE TRIGGER "guard_case_person_delete" BEFORE DELETE ON "case_person"
BEGIN
  SELECT RAISE(ABORT, 'guard: case_person: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_case_sanction_insert" BEFORE INSERT ON "case_sanction"
BEGIN
  SELECT RAISE(ABORT, 'guard: case_sanction: there already') WHERE EXISTS (SELECT 1 FROM "case_sanction" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: case_sanction: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: case_sanction: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'case_sanction' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'case_file' IS new."case_file" AND c.after ->> 'case_person' IS new."case_person" AND c.after ->> 'measure' IS new."measure" AND c.after ->> 'text' IS new."text" AND c.after ->> 'authority' IS new."authority");
END;
CREATE TRIGGER "guard_case_sanction_update" BEFORE UPDATE ON "case_sanction"
BEGIN
  SELECT RAISE(ABORT, 'guard: case_sanction: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: case_sanction: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'case_sanction' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'case_file' IS new."case_file" AND c.after ->> 'case_person' IS new."case_person" AND c.after ->> 'measure' IS new."measure" AND c.after ->> 'text' IS new."text" AND c.after ->> 'authority' IS new."authority");
END;
CREATE TRIGGER "guard_case_sanction_delete" BEFORE DELETE ON "case_sanction"
BEGIN
  SELECT RAISE(ABORT, 'guard: case_sanction: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_case_situation_insert" BEFORE INSERT ON "case_situation"
BEGIN
  SELECT RAISE(ABORT, 'guard: case_situation: there already') WHERE EXISTS (SELECT 1 FROM "case_situation" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: case_situation: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: case_situation: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'case_situation' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'case_file' IS new."case_file" AND c.after ->> 'situation' IS new."situation");
END;
CREATE TRIGGER "guard_case_situation_update" BEFORE UPDATE ON "case_situation"
BEGIN
  SELECT RAISE(ABORT, 'guard: case_situation: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: case_situation: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'case_situation' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'case_file' IS new."case_file" AND c.after ->> 'situation' IS new."situation");
END;
CREATE TRIGGER "guard_case_situation_delete" BEFORE DELETE ON "case_situation"
BEGIN
  SELECT RAISE(ABORT, 'guard: case_situation: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_clerk_insert" BEFORE INSERT ON "clerk"
BEGIN
  SELECT RAISE(ABORT, 'guard: clerk: there already') WHERE EXISTS (SELECT 1 FROM "clerk" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: clerk: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: clerk: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'clerk' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'name' IS new."name" AND c.after ->> 'title' IS new."title" AND c.after ->> 'roles' IS new."roles");
END;
CREATE TRIGGER "guard_clerk_update" BEFORE UPDATE ON "clerk"
BEGIN
  SELECT RAISE(ABORT, 'guard: clerk: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: clerk: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'clerk' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'name' IS new."name" AND c.after ->> 'title' IS new."title" AND c.after ->> 'roles' IS new."roles");
END;
CREATE TRIGGER "guard_clerk_delete" BEFORE DELETE ON "clerk"
BEGIN
  SELECT RAISE(ABORT, 'guard: clerk: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_clerk_key_insert" BEFORE INSERT ON "clerk_key"
BEGIN
  SELECT RAISE(ABORT, 'guard: clerk_key: there already') WHERE EXISTS (SELECT 1 FROM "clerk_key" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: clerk_key: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: clerk_key: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'clerk_key' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'clerk' IS new."clerk" AND c.after ->> 'public' IS new."public" AND c.after ->> 'since' IS new."since");
END;
CREATE TRIGGER "guard_clerk_key_update" BEFORE UPDATE ON "clerk_key"
BEGIN
  SELECT RAISE(ABORT, 'guard: clerk_key: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: clerk_key: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'clerk_key' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'clerk' IS new."clerk" AND c.after ->> 'public' IS new."public" AND c.after ->> 'since' IS new."since");
END;
CREATE TRIGGER "guard_clerk_key_delete" BEFORE DELETE ON "clerk_key"
BEGIN
  SELECT RAISE(ABORT, 'guard: clerk_key: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_complainant_insert" BEFORE INSERT ON "complainant"
BEGIN
  SELECT RAISE(ABORT, 'guard: complainant: there already') WHERE EXISTS (SELECT 1 FROM "complainant" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: complainant: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: complainant: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'complainant' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'complaint' IS new."complaint" AND c.after ->> 'name' IS new."name" AND c.after ->> 'phone' IS new."phone" AND c.after ->> 'address' IS new."address");
END;
CREATE TRIGGER "guard_complainant_update" BEFORE UPDATE ON "complainant"
BEGIN
  SELECT RAISE(ABORT, 'guard: complainant: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: complainant: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'complainant' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'complaint' IS new."complaint" AND c.after ->> 'name' IS new."name" AND c.after ->> 'phone' IS new."phone" AND c.after ->> 'address' IS new."address");
END;
CREATE TRIGGER "guard_complainant_delete" BEFORE DELETE ON "complainant"
BEGIN
  SELECT RAISE(ABORT, 'guard: complainant: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_complaint_insert" BEFORE INSERT ON "complaint"
BEGIN
  SELECT RAISE(ABORT, 'guard: complaint: there already') WHERE EXISTS (SELECT 1 FROM "complaint" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: complaint: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: complaint: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'complaint' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'year' IS new."year" AND c.after ->> 'serial' IS new."serial" AND c.after ->> 'number' IS new."number" AND c.after ->> 'pack' IS new."pack" AND c.after ->> 'pack_version' IS new."pack_version" AND c.after ->> 'channel' IS new."channel" AND c.after ->> 'received' IS new."received" AND c.after ->> 'registered' IS new."registered" AND c.after ->> 'identity' IS new."identity" AND c.after ->> 'accused_unit' IS new."accused_unit" AND c.after ->> 'accused_person' IS new."accused_person" AND c.after ->> 'subject' IS new."subject" AND c.after ->> 'body' IS new."body" AND c.after ->> 'demands' IS new."demands" AND c.after ->> 'state' IS new."state" AND c.after ->> 'ruling' IS new."ruling" AND c.after ->> 'outcome' IS new."outcome" AND c.after ->> 'transferred' IS new."transferred" AND c.after ->> 'refusal_told' IS new."refusal_told" AND c.after ->> 'told_in_writing' IS new."told_in_writing" AND c.after ->> 'closed' IS new."closed" AND c.after ->> 'sealed' IS new."sealed");
END;
CREATE TRIGGER "guard_complaint_update" BEFORE UPDATE ON "complaint"
BEGIN
  SELECT RAISE(ABORT, 'guard: complaint: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: complaint: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'complaint' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'year' IS new."year" AND c.after ->> 'serial' IS new."serial" AND c.after ->> 'number' IS new."number" AND c.after ->> 'pack' IS new."pack" AND c.after ->> 'pack_version' IS new."pack_version" AND c.after ->> 'channel' IS new."channel" AND c.after ->> 'received' IS new."received" AND c.after ->> 'registered' IS new."registered" AND c.after ->> 'identity' IS new."identity" AND c.after ->> 'accused_unit' IS new."accused_unit" AND c.after ->> 'accused_person' IS new."accused_person" AND c.after ->> 'subject' IS new."subject" AND c.after ->> 'body' IS new."body" AND c.after ->> 'demands' IS new."demands" AND c.after ->> 'state' IS new."state" AND c.after ->> 'ruling' IS new."ruling" AND c.after ->> 'outcome' IS new."outcome" AND c.after ->> 'transferred' IS new."transferred" AND c.after ->> 'refusal_told' IS new."refusal_told" AND c.after ->> 'told_in_writing' IS new."told_in_writing" AND c.after ->> 'closed' IS new."closed" AND c.after ->> 'sealed' IS new."sealed");
END;
CREATE TRIGGER "guard_complaint_delete" BEFORE DELETE ON "complaint"
BEGIN
  SELECT RAISE(ABORT, 'guard: complaint: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_complaint_ground_insert" BEFORE INSERT ON "complaint_ground"
BEGIN
  SELECT RAISE(ABORT, 'guard: complaint_ground: there already') WHERE EXISTS (SELECT 1 FROM "complaint_ground" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: complaint_ground: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: complaint_ground: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'complaint_ground' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'complaint' IS new."complaint" AND c.after ->> 'ground' IS new."ground");
END;
CREATE TRIGGER "guard_complaint_ground_update" BEFORE UPDATE ON "complaint_ground"
BEGIN
  SELECT RAISE(ABORT, 'guard: complaint_ground: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: complaint_ground: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'complaint_ground' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'complaint' IS new."complaint" AND c.after ->> 'ground' IS new."ground");
END;
CREATE TRIGGER "guard_complaint_ground_delete" BEFORE DELETE ON "complaint_ground"
BEGIN
  SELECT RAISE(ABORT, 'guard: complaint_ground: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_complaint_step_insert" BEFORE INSERT ON "complaint_step"
BEGIN
  SELECT RAISE(ABORT, 'guard: complaint_step: there already') WHERE EXISTS (SELECT 1 FROM "complaint_step" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: complaint_step: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: complaint_step: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'complaint_step' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'complaint' IS new."complaint" AND c.after ->> 'step' IS new."step" AND c.after ->> 'day' IS new."day" AND c.after ->> 'person' IS new."person" AND c.after ->> 'unit' IS new."unit" AND c.after ->> 'due' IS new."due" AND c.after ->> 'outcome' IS new."outcome" AND c.after ->> 'text' IS new."text" AND c.after ->> 'detail' IS new."detail" AND c.after ->> 'letter' IS new."letter");
END;
CREATE TRIGGER "guard_complaint_step_update" BEFORE UPDATE ON "complaint_step"
BEGIN
  SELECT RAISE(ABORT, 'guard: complaint_step: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: complaint_step: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'complaint_step' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'complaint' IS new."complaint" AND c.after ->> 'step' IS new."step" AND c.after ->> 'day' IS new."day" AND c.after ->> 'person' IS new."person" AND c.after ->> 'unit' IS new."unit" AND c.after ->> 'due' IS new."due" AND c.after ->> 'outcome' IS new."outcome" AND c.after ->> 'text' IS new."text" AND c.after ->> 'detail' IS new."detail" AND c.after ->> 'letter' IS new."letter");
END;
CREATE TRIGGER "guard_complaint_step_delete" BEFORE DELETE ON "complaint_step"
BEGIN
  SELECT RAISE(ABORT, 'guard: complaint_step: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_letter_insert" BEFORE INSERT ON "letter"
BEGIN
  SELECT RAISE(ABORT, 'guard: letter: there already') WHERE EXISTS (SELECT 1 FROM "letter" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: letter: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: letter: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'letter' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'kind' IS new."kind" AND c.after ->> 'series' IS new."series" AND c.after ->> 'year' IS new."year" AND c.after ->> 'serial' IS new."serial" AND c.after ->> 'number' IS new."number" AND c.after ->> 'subject' IS new."subject" AND c.after ->> 'subject_id' IS new."subject_id" AND c.after ->> 'title' IS new."title" AND c.after ->> 'addressee' IS new."addressee" AND c.after ->> 'dated' IS new."dated" AND c.after ->> 'pages' IS new."pages" AND c.after ->> 'sha256' IS new."sha256" AND c.after ->> 'fields' IS new."fields" AND c.after ->> 'status' IS new."status" AND c.after ->> 'void_reason' IS new."void_reason" AND c.after ->> 'template' IS new."template" AND c.after ->> 'fonts' IS new."fonts" AND c.after ->> 'code' IS new."code" AND c.after ->> 'findings' IS new."findings" AND c.after ->> 'secret' IS new."secret");
END;
CREATE TRIGGER "guard_letter_update" BEFORE UPDATE ON "letter"
BEGIN
  SELECT RAISE(ABORT, 'guard: letter: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: letter: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'letter' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'kind' IS new."kind" AND c.after ->> 'series' IS new."series" AND c.after ->> 'year' IS new."year" AND c.after ->> 'serial' IS new."serial" AND c.after ->> 'number' IS new."number" AND c.after ->> 'subject' IS new."subject" AND c.after ->> 'subject_id' IS new."subject_id" AND c.after ->> 'title' IS new."title" AND c.after ->> 'addressee' IS new."addressee" AND c.after ->> 'dated' IS new."dated" AND c.after ->> 'pages' IS new."pages" AND c.after ->> 'sha256' IS new."sha256" AND c.after ->> 'fields' IS new."fields" AND c.after ->> 'status' IS new."status" AND c.after ->> 'void_reason' IS new."void_reason" AND c.after ->> 'template' IS new."template" AND c.after ->> 'fonts' IS new."fonts" AND c.after ->> 'code' IS new."code" AND c.after ->> 'findings' IS new."findings" AND c.after ->> 'secret' IS new."secret");
END;
CREATE TRIGGER "guard_letter_delete" BEFORE DELETE ON "letter"
BEGIN
  SELECT RAISE(ABORT, 'guard: letter: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_letter_dispatch_insert" BEFORE INSERT ON "letter_dispatch"
BEGIN
  SELECT RAISE(ABORT, 'guard: letter_dispatch: there already') WHERE EXISTS (SELECT 1 FROM "letter_dispatch" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: letter_dispatch: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: letter_dispatch: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'letter_dispatch' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'letter' IS new."letter" AND c.after ->> 'day' IS new."day" AND c.after ->> 'way' IS new."way" AND c.after ->> 'recipient' IS new."recipient" AND c.after ->> 'tracking' IS new."tracking" AND c.after ->> 'note' IS new."note");
END;
CREATE TRIGGER "guard_letter_dispatch_update" BEFORE UPDATE ON "letter_dispatch"
BEGIN
  SELECT RAISE(ABORT, 'guard: letter_dispatch: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: letter_dispatch: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'letter_dispatch' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'letter' IS new."letter" AND c.after ->> 'day' IS new."day" AND c.after ->> 'way' IS new."way" AND c.after ->> 'recipient' IS new."recipient" AND c.after ->> 'tracking' IS new."tracking" AND c.after ->> 'note' IS new."note");
END;
CREATE TRIGGER "guard_letter_dispatch_delete" BEFORE DELETE ON "letter_dispatch"
BEGIN
  SELECT RAISE(ABORT, 'guard: letter_dispatch: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_letter_seal_insert" BEFORE INSERT ON "letter_seal"
BEGIN
  SELECT RAISE(ABORT, 'guard: letter_seal: there already') WHERE EXISTS (SELECT 1 FROM "letter_seal" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: letter_seal: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: letter_seal: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'letter_seal' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'letter' IS new."letter" AND c.after ->> 'day' IS new."day" AND c.after ->> 'approved_by' IS new."approved_by" AND c.after ->> 'sealed_by' IS new."sealed_by" AND c.after ->> 'copies' IS new."copies" AND c.after ->> 'note' IS new."note");
END;
CREATE TRIGGER "guard_letter_seal_update" BEFORE UPDATE ON "letter_seal"
BEGIN
  SELECT RAISE(ABORT, 'guard: letter_seal: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: letter_seal: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'letter_seal' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'letter' IS new."letter" AND c.after ->> 'day' IS new."day" AND c.after ->> 'approved_by' IS new."approved_by" AND c.after ->> 'sealed_by' IS new."sealed_by" AND c.after ->> 'copies' IS new."copies" AND c.after ->> 'note' IS new."note");
END;
CREATE TRIGGER "guard_letter_seal_delete" BEFORE DELETE ON "letter_seal"
BEGIN
  SELECT RAISE(ABORT, 'guard: letter_seal: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_letter_template_insert" BEFORE INSERT ON "letter_template"
BEGIN
  SELECT RAISE(ABORT, 'guard: letter_template: there already') WHERE EXISTS (SELECT 1 FROM "letter_template" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: letter_template: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: letter_template: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'letter_template' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'kind' IS new."kind" AND c.after ->> 'pack' IS new."pack" AND c.after ->> 'version' IS new."version" AND c.after ->> 'content' IS new."content" AND c.after ->> 'made' IS new."made" AND c.after ->> 'note' IS new."note");
END;
CREATE TRIGGER "guard_letter_template_update" BEFORE UPDATE ON "letter_template"
BEGIN
  SELECT RAISE(ABORT, 'guard: letter_template: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: letter_template: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'letter_template' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'kind' IS new."kind" AND c.after ->> 'pack' IS new."pack" AND c.after ->> 'version' IS new."version" AND c.after ->> 'content' IS new."content" AND c.after ->> 'made' IS new."made" AND c.after ->> 'note' IS new."note");
END;
CREATE TRIGGER "guard_letter_template_delete" BEFORE DELETE ON "letter_template"
BEGIN
  SELECT RAISE(ABORT, 'guard: letter_template: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_number_series_insert" BEFORE INSERT ON "number_series"
BEGIN
  SELECT RAISE(ABORT, 'guard: number_series: there already') WHERE EXISTS (SELECT 1 FROM "number_series" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: number_series: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: number_series: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'number_series' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'series' IS new."series" AND c.after ->> 'year' IS new."year" AND c.after ->> 'last' IS new."last");
END;
CREATE TRIGGER "guard_number_series_update" BEFORE UPDATE ON "number_series"
BEGIN
  SELECT RAISE(ABORT, 'guard: number_series: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: number_series: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'number_series' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'series' IS new."series" AND c.after ->> 'year' IS new."year" AND c.after ->> 'last' IS new."last");
END;
CREATE TRIGGER "guard_number_series_delete" BEFORE DELETE ON "number_series"
BEGIN
  SELECT RAISE(ABORT, 'guard: number_series: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_office_setting_insert" BEFORE INSERT ON "office_setting"
BEGIN
  SELECT RAISE(ABORT, 'guard: office_setting: there already') WHERE EXISTS (SELECT 1 FROM "office_setting" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: office_setting: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: office_setting: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'office_setting' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'key' IS new."key" AND c.after ->> 'value' IS new."value");
END;
CREATE TRIGGER "guard_office_setting_update" BEFORE UPDATE ON "office_setting"
BEGIN
  SELECT RAISE(ABORT, 'guard: office_setting: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: office_setting: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'office_setting' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'key' IS new."key" AND c.after ->> 'value' IS new."value");
END;
CREATE TRIGGER "guard_office_setting_delete" BEFORE DELETE ON "office_setting"
BEGIN
  SELECT RAISE(ABORT, 'guard: office_setting: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_pack_choice_insert" BEFORE INSERT ON "pack_choice"
BEGIN
  SELECT RAISE(ABORT, 'guard: pack_choice: there already') WHERE EXISTS (SELECT 1 FROM "pack_choice" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: pack_choice: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: pack_choice: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'pack_choice' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'system' IS new."system" AND c.after ->> 'pack' IS new."pack" AND c.after ->> 'version' IS new."version");
END;
CREATE TRIGGER "guard_pack_choice_update" BEFORE UPDATE ON "pack_choice"
BEGIN
  SELECT RAISE(ABORT, 'guard: pack_choice: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: pack_choice: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'pack_choice' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'system' IS new."system" AND c.after ->> 'pack' IS new."pack" AND c.after ->> 'version' IS new."version");
END;
CREATE TRIGGER "guard_pack_choice_delete" BEFORE DELETE ON "pack_choice"
BEGIN
  SELECT RAISE(ABORT, 'guard: pack_choice: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_person_insert" BEFORE INSERT ON "person"
BEGIN
  SELECT RAISE(ABORT, 'guard: person: there already') WHERE EXISTS (SELECT 1 FROM "person" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: person: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: person: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'person' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'name' IS new."name" AND c.after ->> 'unit' IS new."unit" AND c.after ->> 'post' IS new."post");
END;
CREATE TRIGGER "guard_person_update" BEFORE UPDATE ON "person"
BEGIN
  SELECT RAISE(ABORT, 'guard: person: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: person: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'person' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'name' IS new."name" AND c.after ->> 'unit' IS new."unit" AND c.after ->> 'post' IS new."post");
END;
CREATE TRIGGER "guard_person_delete" BEFORE DELETE ON "person"
BEGIN
  SELECT RAISE(ABORT, 'guard: person: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_profile_insert" BEFORE INSERT ON "profile"
BEGIN
  SELECT RAISE(ABORT, 'guard: profile: there already') WHERE EXISTS (SELECT 1 FROM "profile" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: profile: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: profile: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'profile' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'name' IS new."name" AND c.after ->> 'letterhead' IS new."letterhead" AND c.after ->> 'mark' IS new."mark" AND c.after ->> 'telephone' IS new."telephone" AND c.after ->> 'address' IS new."address" AND c.after ->> 'contact' IS new."contact");
END;
CREATE TRIGGER "guard_profile_update" BEFORE UPDATE ON "profile"
BEGIN
  SELECT RAISE(ABORT, 'guard: profile: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: profile: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'profile' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'name' IS new."name" AND c.after ->> 'letterhead' IS new."letterhead" AND c.after ->> 'mark' IS new."mark" AND c.after ->> 'telephone' IS new."telephone" AND c.after ->> 'address' IS new."address" AND c.after ->> 'contact' IS new."contact");
END;
CREATE TRIGGER "guard_profile_delete" BEFORE DELETE ON "profile"
BEGIN
  SELECT RAISE(ABORT, 'guard: profile: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_round_block_insert" BEFORE INSERT ON "round_block"
BEGIN
  SELECT RAISE(ABORT, 'guard: round_block: there already') WHERE EXISTS (SELECT 1 FROM "round_block" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: round_block: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: round_block: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'round_block' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'round' IS new."round" AND c.after ->> 'block' IS new."block" AND c.after ->> 'points' IS new."points");
END;
CREATE TRIGGER "guard_round_block_update" BEFORE UPDATE ON "round_block"
BEGIN
  SELECT RAISE(ABORT, 'guard: round_block: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: round_block: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'round_block' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'round' IS new."round" AND c.after ->> 'block' IS new."block" AND c.after ->> 'points' IS new."points");
END;
CREATE TRIGGER "guard_round_block_delete" BEFORE DELETE ON "round_block"
BEGIN
  SELECT RAISE(ABORT, 'guard: round_block: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_round_cut_off_insert" BEFORE INSERT ON "round_cut_off"
BEGIN
  SELECT RAISE(ABORT, 'guard: round_cut_off: there already') WHERE EXISTS (SELECT 1 FROM "round_cut_off" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: round_cut_off: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: round_cut_off: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'round_cut_off' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'round' IS new."round" AND c.after ->> 'grade' IS new."grade" AND c.after ->> 'floor' IS new."floor");
END;
CREATE TRIGGER "guard_round_cut_off_update" BEFORE UPDATE ON "round_cut_off"
BEGIN
  SELECT RAISE(ABORT, 'guard: round_cut_off: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: round_cut_off: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'round_cut_off' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'round' IS new."round" AND c.after ->> 'grade' IS new."grade" AND c.after ->> 'floor' IS new."floor");
END;
CREATE TRIGGER "guard_round_cut_off_delete" BEFORE DELETE ON "round_cut_off"
BEGIN
  SELECT RAISE(ABORT, 'guard: round_cut_off: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_round_unit_insert" BEFORE INSERT ON "round_unit"
BEGIN
  SELECT RAISE(ABORT, 'guard: round_unit: there already') WHERE EXISTS (SELECT 1 FROM "round_unit" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: round_unit: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: round_unit: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'round_unit' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'round' IS new."round" AND c.after ->> 'unit' IS new."unit" AND c.after ->> 'unsatisfied' IS new."unsatisfied" AND c.after ->> 'problems' IS new."problems" AND c.after ->> 'grade' IS new."grade" AND c.after ->> 'graded' IS new."graded");
END;
CREATE TRIGGER "guard_round_unit_update" BEFORE UPDATE ON "round_unit"
BEGIN
  SELECT RAISE(ABORT, 'guard: round_unit: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: round_unit: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'round_unit' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'round' IS new."round" AND c.after ->> 'unit' IS new."unit" AND c.after ->> 'unsatisfied' IS new."unsatisfied" AND c.after ->> 'problems' IS new."problems" AND c.after ->> 'grade' IS new."grade" AND c.after ->> 'graded' IS new."graded");
END;
CREATE TRIGGER "guard_round_unit_delete" BEFORE DELETE ON "round_unit"
BEGIN
  SELECT RAISE(ABORT, 'guard: round_unit: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_score_insert" BEFORE INSERT ON "score"
BEGIN
  SELECT RAISE(ABORT, 'guard: score: there already') WHERE EXISTS (SELECT 1 FROM "score" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: score: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: score: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'score' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'round_unit' IS new."round_unit" AND c.after ->> 'block' IS new."block" AND c.after ->> 'points' IS new."points" AND c.after ->> 'note' IS new."note");
END;
CREATE TRIGGER "guard_score_update" BEFORE UPDATE ON "score"
BEGIN
  SELECT RAISE(ABORT, 'guard: score: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: score: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'score' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'round_unit' IS new."round_unit" AND c.after ->> 'block' IS new."block" AND c.after ->> 'points' IS new."points" AND c.after ->> 'note' IS new."note");
END;
CREATE TRIGGER "guard_score_delete" BEFORE DELETE ON "score"
BEGIN
  SELECT RAISE(ABORT, 'guard: score: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_service_insert" BEFORE INSERT ON "service"
BEGIN
  SELECT RAISE(ABORT, 'guard: service: there already') WHERE EXISTS (SELECT 1 FROM "service" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: service: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: service: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'service' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'letter' IS new."letter" AND c.after ->> 'recipient' IS new."recipient" AND c.after ->> 'day' IS new."day" AND c.after ->> 'way' IS new."way" AND c.after ->> 'place' IS new."place" AND c.after ->> 'server' IS new."server" AND c.after ->> 'receiver' IS new."receiver" AND c.after ->> 'witness' IS new."witness" AND c.after ->> 'note' IS new."note");
END;
CREATE TRIGGER "guard_service_update" BEFORE UPDATE ON "service"
BEGIN
  SELECT RAISE(ABORT, 'guard: service: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: service: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'service' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'letter' IS new."letter" AND c.after ->> 'recipient' IS new."recipient" AND c.after ->> 'day' IS new."day" AND c.after ->> 'way' IS new."way" AND c.after ->> 'place' IS new."place" AND c.after ->> 'server' IS new."server" AND c.after ->> 'receiver' IS new."receiver" AND c.after ->> 'witness' IS new."witness" AND c.after ->> 'note' IS new."note");
END;
CREATE TRIGGER "guard_service_delete" BEFORE DELETE ON "service"
BEGIN
  SELECT RAISE(ABORT, 'guard: service: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_unit_insert" BEFORE INSERT ON "unit"
BEGIN
  SELECT RAISE(ABORT, 'guard: unit: there already') WHERE EXISTS (SELECT 1 FROM "unit" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: unit: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: unit: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'unit' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'name' IS new."name" AND c.after ->> 'kind' IS new."kind");
END;
CREATE TRIGGER "guard_unit_update" BEFORE UPDATE ON "unit"
BEGIN
  SELECT RAISE(ABORT, 'guard: unit: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: unit: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'unit' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'name' IS new."name" AND c.after ->> 'kind' IS new."kind");
END;
CREATE TRIGGER "guard_unit_delete" BEFORE DELETE ON "unit"
BEGIN
  SELECT RAISE(ABORT, 'guard: unit: never deleted') WHERE 1;
END;
CREATE TRIGGER "guard_workday_override_insert" BEFORE INSERT ON "workday_override"
BEGIN
  SELECT RAISE(ABORT, 'guard: workday_override: there already') WHERE EXISTS (SELECT 1 FROM "workday_override" WHERE id = new.id);
  SELECT RAISE(ABORT, 'guard: workday_override: revision') WHERE new.rev IS NOT 1;
  SELECT RAISE(ABORT, 'guard: workday_override: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'workday_override' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'day' IS new."day" AND c.after ->> 'working' IS new."working" AND c.after ->> 'label' IS new."label");
END;
CREATE TRIGGER "guard_workday_override_update" BEFORE UPDATE ON "workday_override"
BEGIN
  SELECT RAISE(ABORT, 'guard: workday_override: revision') WHERE new.id IS NOT old.id OR new.rev IS NOT old.rev + 1;
  SELECT RAISE(ABORT, 'guard: workday_override: no event') WHERE NOT EXISTS (SELECT 1 FROM event_change c WHERE c.tbl = 'workday_override' AND c.row_id = new.id AND c.rev = new.rev AND c.seq = (SELECT coalesce(max(seq), 0) + 1 FROM event) AND c.after ->> 'id' IS new."id" AND c.after ->> 'rev' IS new."rev" AND c.after ->> 'void' IS new."void" AND c.after ->> 'day' IS new."day" AND c.after ->> 'working' IS new."working" AND c.after ->> 'label' IS new."label");
END;
CREATE TRIGGER "guard_workday_override_delete" BEFORE DELETE ON "workday_override"
BEGIN
  SELECT RAISE(ABORT, 'guard: workday_override: never deleted') WHERE 1;
END;
COMMIT;
