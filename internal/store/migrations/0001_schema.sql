-- +goose Up

-- The records of version 0.1.0. What comes later is a file of its own beside this one.
--
-- Written in SQLite's words; dialect.go translates the few that PostgreSQL does not know. Amounts are
-- millionths, rates hundredths of a percent, points hundredths, times milliseconds UTC, dates ISO
-- text. A text that is not known is '', a number that is not known NULL: 0 is a figure.
--
-- "Rows are only ever added" says of a table that nothing in it is changed or deleted: the latest row
-- of a subject holds, and the others are its history.


-- The installation.

CREATE TABLE settings (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- Databases from before the first release number their schemas from 1 to 22 as well: this tells them
-- apart (see migrate.go).
INSERT INTO settings (name, value) VALUES ('first_release', '0.1.0');

-- Each write gives what it changed a new random number, in its own transaction. While the number is
-- the same, so is all that was made from the records (docs/adr/0021). structure changes with
-- everything but the log, what is made from it, and who is signed in: while it is the same, an entry
-- is checked against what was read for the one before.
CREATE TABLE stamps (
  id        INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  figures   INTEGER NOT NULL,
  access    INTEGER NOT NULL,
  structure INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO stamps (id, figures, access, structure) VALUES (1, 1, 1, 1);

-- Each entry carries the hash of itself and the one before: a removed or changed line shows.
CREATE TABLE audit (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  at      INTEGER NOT NULL,
  actor   TEXT NOT NULL,
  action  TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail  TEXT NOT NULL,
  hash    TEXT NOT NULL
) STRICT;

-- A write that was answered once is answered the same again, whatever the network did in between.
CREATE TABLE idempotency (
  account     TEXT NOT NULL,
  key         TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  result      INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (account, key)
) STRICT;


-- Units and people.

CREATE TABLE units (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  code      TEXT NOT NULL UNIQUE,
  name      TEXT NOT NULL,
  name_en   TEXT NOT NULL,
  parent_id INTEGER REFERENCES units (id),
  sort      INTEGER NOT NULL
) STRICT;
CREATE INDEX units_by_parent ON units (parent_id);

-- Where a unit belonged before: from the day since to the day before until it was below parent_id.
-- Today's parent stands in units.parent_id and holds from the last until on. What a unit counted in
-- those days stays with that parent and all above it (docs/adr/0006).
CREATE TABLE unit_parents (
  unit_id   INTEGER NOT NULL REFERENCES units (id),
  parent_id INTEGER NOT NULL REFERENCES units (id),
  since     TEXT NOT NULL, -- first day of a month; empty: ever
  until     TEXT NOT NULL CHECK (length(until) = 10),
  PRIMARY KEY (unit_id, until),
  CHECK (since < until)
) STRICT, WITHOUT ROWID;
CREATE INDEX unit_parents_by_parent ON unit_parents (parent_id);

CREATE TABLE accounts (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  name          TEXT NOT NULL UNIQUE,
  full_name     TEXT NOT NULL,
  role          TEXT NOT NULL CHECK (role IN ('leader', 'staff', 'reviewer', 'reporter', 'auditor', 'admin')),
  unit_id       INTEGER REFERENCES units (id),
  password_hash TEXT NOT NULL,
  disabled      INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
  created_at    INTEGER NOT NULL
) STRICT;

-- A session or token is known by the hash of its secret only: a stolen database opens no door.
CREATE TABLE sessions (
  hash       TEXT NOT NULL PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  csrf       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_account ON sessions (account_id);

CREATE TABLE tokens (
  hash       TEXT NOT NULL PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  name       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX tokens_by_account ON tokens (account_id);

-- Failed sign-ins by account name and by address, so that guessing is slow on every server.
CREATE TABLE attempts (
  subject  TEXT NOT NULL PRIMARY KEY,
  failures INTEGER NOT NULL,
  last_at  INTEGER NOT NULL
) STRICT;

-- A comparison that somebody wants to see again: the query of its address, under a name. Its owner
-- sees it, and with shared everybody.
CREATE TABLE views (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  name       TEXT NOT NULL,
  query      TEXT NOT NULL,
  shared     INTEGER NOT NULL CHECK (shared IN (0, 1)),
  saved_at   INTEGER NOT NULL,
  UNIQUE (account_id, name)
) STRICT;

-- A link that shows the board of the current year on a wall, without a sign-in (docs/adr/0044). The
-- secret stands in the link only: here is its hash.
CREATE TABLE displays (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  hash     TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL,
  unit_id  INTEGER NOT NULL REFERENCES units (id),
  made_by  TEXT NOT NULL,
  made_at  INTEGER NOT NULL,
  seen_at  INTEGER NOT NULL, -- to ten minutes; 0: never
  ended_at INTEGER -- NULL: it opens
) STRICT;


-- What a year measures.

CREATE TABLE years (
  year      INTEGER NOT NULL PRIMARY KEY,
  state     TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  sample    INTEGER NOT NULL CHECK (sample IN (0, 1)),
  opened_at INTEGER NOT NULL,
  closed_at INTEGER
) STRICT;

-- The closed years that anybody may read.
CREATE TABLE public_years (
  year    INTEGER NOT NULL PRIMARY KEY REFERENCES years (year),
  indexed INTEGER NOT NULL CHECK (indexed IN (0, 1)), -- search engines may list it
  set_by  TEXT NOT NULL,
  set_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE areas (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  code    TEXT NOT NULL UNIQUE,
  name    TEXT NOT NULL,
  name_en TEXT NOT NULL,
  sort    INTEGER NOT NULL
) STRICT;

-- An archived indicator keeps its history, leaves the years that are open at that moment, and takes
-- no more targets or updates.
CREATE TABLE indicators (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  code           TEXT NOT NULL UNIQUE,
  area_id        INTEGER REFERENCES areas (id),
  name           TEXT NOT NULL,
  name_en        TEXT NOT NULL,
  kind           TEXT NOT NULL CHECK (kind IN ('flow', 'running', 'ratio', 'money', 'level', 'standard')),
  measure        TEXT NOT NULL,
  decimals       INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 6),
  direction      TEXT NOT NULL CHECK (direction IN ('up', 'down')),
  category       TEXT NOT NULL,
  definition     TEXT NOT NULL,
  source         TEXT NOT NULL,
  owner          TEXT NOT NULL,
  partners       TEXT NOT NULL DEFAULT '',
  numerator_id   INTEGER REFERENCES indicators (id),
  denominator_id INTEGER REFERENCES indicators (id),
  -- What a ratio's quotient is multiplied by: 100 for %, 1000 for ‰, 1 for 天 or 人/期. 0: no ratio.
  factor         INTEGER NOT NULL DEFAULT 0 CHECK (factor IN (0, 1, 100, 1000, 10000, 100000, 1000000)),
  part_of_id     INTEGER REFERENCES indicators (id),
  -- The indicators that it is the sum of: their numbers, comma-separated; empty for what is logged.
  sum_of         TEXT NOT NULL DEFAULT '',
  -- What a unit shows of the units below it where readings are rates, which do not add up: '' the sum.
  units_rule     TEXT NOT NULL DEFAULT '' CHECK (units_rule IN ('', 'own', 'mean', 'highest', 'lowest')),
  starts         INTEGER NOT NULL CHECK (starts BETWEEN 1 AND 12),
  note           TEXT NOT NULL,
  sort           INTEGER NOT NULL,
  archived_at    INTEGER, -- NULL: in use
  CHECK ((kind = 'ratio') = (numerator_id IS NOT NULL AND denominator_id IS NOT NULL))
) STRICT;

CREATE TABLE year_indicators (
  year         INTEGER NOT NULL REFERENCES years (year),
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  archived     INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  PRIMARY KEY (year, indicator_id)
) STRICT;

-- Which indicators somebody has taken on, beside those that name them as their owner.
CREATE TABLE owners (
  account_id   INTEGER NOT NULL REFERENCES accounts (id),
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  PRIMARY KEY (account_id, indicator_id)
) STRICT, WITHOUT ROWID;

-- Rows are only ever added: a target is revised by the next.
CREATE TABLE targets (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  year         INTEGER NOT NULL REFERENCES years (year),
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  unit_id      INTEGER NOT NULL REFERENCES units (id),
  sign         TEXT NOT NULL CHECK (sign IN ('>=', '>', '=', '<=', '<', 'level')),
  amount       INTEGER NOT NULL CHECK (amount >= 0),
  level        TEXT NOT NULL,
  weight       INTEGER NOT NULL CHECK (weight BETWEEN 0 AND 10000),
  document     TEXT NOT NULL,
  issuer       TEXT NOT NULL,
  dated        TEXT NOT NULL,
  reason       TEXT NOT NULL,
  curve        TEXT NOT NULL, -- twelve hundredths of a percent, comma-separated; empty: linear
  set_by       TEXT NOT NULL,
  set_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX targets_by_unit ON targets (year, unit_id, indicator_id, id);
CREATE INDEX targets_by_indicator ON targets (year, indicator_id, unit_id, id);

-- What a year measures and scores by. It is read and written whole, and its lists differ from place
-- to place, so the rules are kept as one JSON text; a year without a row has the shipped default.
CREATE TABLE rule_sets (
  year   INTEGER NOT NULL PRIMARY KEY REFERENCES years (year),
  body   TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at INTEGER NOT NULL
) STRICT;


-- The log.

-- Rows are only ever added. A correction or withdrawal answers one earlier entry, and an entry can be
-- answered once. Most answer none, so only those that do have a place among the answers.
--
-- state is how far the review of an entry has come. The truth is the latest step in reviews; the
-- column, the only one that ever changes, follows it in the same transaction and is checked by verify.
-- What nobody reviewed is approved, so that switching review on hides nothing (docs/adr/0031).
--
-- The checks are alternatives: for a list of three SQLite fills a table at each row it checks.
CREATE TABLE updates (
  id           INTEGER PRIMARY KEY, -- entries are never deleted, so no number comes again
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  unit_id      INTEGER NOT NULL REFERENCES units (id),
  dated        TEXT NOT NULL CHECK (length(dated) = 10),
  amount       INTEGER NOT NULL,
  prec         TEXT NOT NULL CHECK (prec = 'exact' OR prec = 'at_least' OR prec = 'below' OR prec = 'about'),
  wording      TEXT NOT NULL,
  level        TEXT NOT NULL,
  note         TEXT NOT NULL,
  act          TEXT NOT NULL CHECK (act = 'log' OR act = 'correct' OR act = 'withdraw'),
  answers_id   INTEGER REFERENCES updates (id),
  reason       TEXT NOT NULL,
  origin       TEXT NOT NULL CHECK (origin = 'form' OR origin = 'api' OR origin = 'import'),
  author       TEXT NOT NULL,
  logged_at    INTEGER NOT NULL,
  state        TEXT NOT NULL DEFAULT 'approved'
    CHECK (state = 'approved' OR state = 'submitted' OR state = 'draft' OR state = 'returned'),
  CHECK ((act = 'log') = (answers_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX updates_by_answer ON updates (answers_id) WHERE answers_id IS NOT NULL;

-- The log is shown by year, newest entry first: these are walked from the end. The year is a number of
-- two bytes where the whole day takes ten. SQLite's indexes end with the row's id by themselves.
CREATE INDEX updates_of_figure ON updates (indicator_id, CAST(substr(dated, 1, 4) AS BIGINT), unit_id/*, id*/);
CREATE INDEX updates_by_indicator ON updates (indicator_id, CAST(substr(dated, 1, 4) AS BIGINT)/*, id*/);
CREATE INDEX updates_by_year ON updates (CAST(substr(dated, 1, 4) AS BIGINT)/*, id*/);
CREATE INDEX updates_in_review ON updates (CAST(substr(dated, 1, 4) AS BIGINT), state/*, id*/)
  WHERE state <> 'approved';

-- The form for a new entry begins with what the person logged last. Only entries by form say so, and
-- files and programs do not pay for it.
CREATE INDEX updates_by_author ON updates (author/*, id*/) WHERE origin = 'form';

-- The steps of reviews. Rows are only ever added.
CREATE TABLE reviews (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  update_id INTEGER NOT NULL REFERENCES updates (id),
  act       TEXT NOT NULL CHECK (act = 'submit' OR act = 'approve' OR act = 'return' OR act = 'draft'),
  state     TEXT NOT NULL -- from then on
    CHECK (state = 'approved' OR state = 'submitted' OR state = 'draft' OR state = 'returned'),
  reason    TEXT NOT NULL,
  done_by   TEXT NOT NULL,
  done_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX reviews_by_update ON reviews (update_id, id);

-- When months were closed to further entries and opened again. Rows are only ever added. seen is the
-- newest entry at that moment: what came while a month was open again lies between two of them.
CREATE TABLE locks (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  year    INTEGER NOT NULL REFERENCES years (year),
  month   INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
  act     TEXT NOT NULL CHECK (act IN ('lock', 'unlock')),
  reason  TEXT NOT NULL,
  seen    INTEGER NOT NULL,
  done_by TEXT NOT NULL,
  done_at INTEGER NOT NULL
) STRICT;
CREATE INDEX locks_by_year ON locks (year, id);

-- What the log adds up to, per unit with everything below it: derived from the log in the transaction
-- that writes it, and rebuilt from it at any time (see kpi.Tally). A board reads all twelve months, so
-- they are one row, which is read faster and takes less space (docs/adr/0022).
CREATE TABLE rollups (
  unit_id      INTEGER NOT NULL REFERENCES units (id),
  year         INTEGER NOT NULL,
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  -- Twelve months, ';' behind each; an empty one adds nothing. A month is amount, entries,
  -- at_least, below, about, entry_sum and the day of the last entry, comma-separated, 0 left out.
  months       TEXT NOT NULL,
  PRIMARY KEY (unit_id, year, indicator_id)
) STRICT, WITHOUT ROWID;

-- verify and bulk loads read one indicator of all units.
CREATE INDEX rollups_by_indicator ON rollups (indicator_id, year, unit_id);

-- A year's evidence is listed, packed and numbered by indicator. What an entry is about never changes,
-- so year, indicator_id and unit_id are kept beside each of its files and the log need not be walked.
CREATE TABLE evidence (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  update_id    INTEGER NOT NULL REFERENCES updates (id),
  year         INTEGER NOT NULL DEFAULT 0,
  indicator_id INTEGER NOT NULL DEFAULT 0,
  unit_id      INTEGER NOT NULL DEFAULT 0,
  name         TEXT NOT NULL,
  media_type   TEXT NOT NULL,
  size         INTEGER NOT NULL CHECK (size > 0),
  sha256       TEXT NOT NULL CHECK (length(sha256) = 64),
  sensitive    INTEGER NOT NULL CHECK (sensitive IN (0, 1)),
  added_by     TEXT NOT NULL,
  added_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX evidence_by_update ON evidence (update_id);
CREATE INDEX evidence_by_year ON evidence (year, id);
CREATE INDEX evidence_by_file ON evidence (sha256); -- whoever attaches a file is told where else it is

-- What was imported, by the hash of the file: the same file twice is noticed.
CREATE TABLE imports (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  year    INTEGER NOT NULL REFERENCES years (year),
  sha256  TEXT NOT NULL CHECK (length(sha256) = 64),
  name    TEXT NOT NULL,
  taken   INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  author  TEXT NOT NULL,
  at      INTEGER NOT NULL
) STRICT;
CREATE INDEX imports_by_file ON imports (year, sha256);

-- What the columns of a table say, as someone once decided, by the table's headings.
CREATE TABLE import_columns (
  shape   TEXT NOT NULL, -- SHA-256 of all headings
  heading TEXT NOT NULL,
  role    TEXT NOT NULL,
  PRIMARY KEY (shape, heading)
) STRICT;


-- What people say of the figures.

-- Why a figure lags and what is done about it. Rows are only ever added.
CREATE TABLE explanations (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  year         INTEGER NOT NULL REFERENCES years (year),
  month        INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
  unit_id      INTEGER NOT NULL REFERENCES units (id),
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  reason       TEXT NOT NULL,
  next_step    TEXT NOT NULL,
  planned      TEXT NOT NULL,
  set_by       TEXT NOT NULL,
  set_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX explanations_of_unit ON explanations (unit_id, year, id);

-- What the office says at a month's end of an indicator's chances, for the monitoring table.
CREATE TABLE outlooks (
  year         INTEGER NOT NULL REFERENCES years (year),
  month        INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  possibility  TEXT NOT NULL CHECK (possibility IN ('certain', 'possible', 'impossible')),
  causes       TEXT NOT NULL, -- comma-separated; empty: none
  reason       TEXT NOT NULL,
  remark       TEXT NOT NULL,
  set_by       TEXT NOT NULL,
  set_at       INTEGER NOT NULL,
  PRIMARY KEY (year, month, indicator_id)
) STRICT;

-- What a unit said at a month's end the year would come to, for the monitoring table. It stands beside
-- the log, for what is expected is no achievement.
CREATE TABLE expectations (
  year         INTEGER NOT NULL REFERENCES years (year),
  month        INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  unit_id      INTEGER NOT NULL REFERENCES units (id),
  amount       INTEGER NOT NULL,
  precision    TEXT NOT NULL,
  wording      TEXT NOT NULL,
  set_by       TEXT NOT NULL,
  set_at       INTEGER NOT NULL,
  PRIMARY KEY (year, month, indicator_id, unit_id)
) STRICT;

-- Questions about one figure as it stood on a day, and their answers (docs/adr/0046).
CREATE TABLE questions (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  year         INTEGER NOT NULL REFERENCES years (year),
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  unit_id      INTEGER NOT NULL REFERENCES units (id),
  as_of        TEXT NOT NULL CHECK (length(as_of) = 10),
  light        TEXT NOT NULL,
  amount       INTEGER,
  prec         TEXT NOT NULL,
  wording      TEXT NOT NULL,
  target       INTEGER,
  rate         INTEGER,
  text         TEXT NOT NULL,
  asked_by     TEXT NOT NULL,
  asked_at     INTEGER NOT NULL,
  answer       TEXT NOT NULL,
  answered_by  TEXT NOT NULL,
  answered_at  INTEGER -- NULL: open
) STRICT;
CREATE INDEX questions_of_figure ON questions (year, indicator_id, unit_id, id);
CREATE INDEX questions_open ON questions (answered_at, id);

-- The scorer's own points. Rows are only ever added. points is NULL in an entry that explains or takes
-- an earlier score back; proposed is what the rules said.
CREATE TABLE scores (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  year         INTEGER NOT NULL REFERENCES years (year),
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  points       INTEGER CHECK (points BETWEEN 0 AND 10000),
  proposed     INTEGER,
  weight       INTEGER NOT NULL,
  reason       TEXT NOT NULL,
  set_by       TEXT NOT NULL,
  set_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX scores_by_indicator ON scores (year, indicator_id, id);


-- Money, projects and people, as the year's documents state them. Money is in 元.

CREATE TABLE budget_lines (
  year      INTEGER NOT NULL REFERENCES years (year),
  fund      TEXT NOT NULL,
  nature    TEXT NOT NULL,
  opening   INTEGER NOT NULL,
  initial   INTEGER, -- 年初预算数; NULL: not known
  full_year INTEGER, -- 全年预算数 (adjusted); NULL: what came in is the budget
  income    INTEGER NOT NULL,
  spent     INTEGER NOT NULL,
  closing   INTEGER NOT NULL,
  months    TEXT NOT NULL, -- twelve amounts, comma-separated
  PRIMARY KEY (year, fund, nature),
  CHECK (opening + income - spent = closing)
) STRICT;

-- How a line's budget came to be what it is: 年初 and 调整后, with the document and the reason.
CREATE TABLE budget_revisions (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  year      INTEGER NOT NULL REFERENCES years (year),
  fund      TEXT NOT NULL,
  nature    TEXT NOT NULL,
  initial   INTEGER,
  full_year INTEGER,
  dated     TEXT NOT NULL,
  document  TEXT NOT NULL,
  reason    TEXT NOT NULL,
  set_by    TEXT NOT NULL,
  set_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX budget_revisions_by_year ON budget_revisions (year, id);

CREATE TABLE budget_sources (
  year   INTEGER NOT NULL REFERENCES years (year),
  source TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount >= 0),
  PRIMARY KEY (year, source)
) STRICT;

-- Money that reports speak of and no budget line carries.
CREATE TABLE budget_others (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  year   INTEGER NOT NULL REFERENCES years (year),
  name   TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount >= 0),
  note   TEXT NOT NULL
) STRICT;
CREATE INDEX budget_others_by_year ON budget_others (year, id);

-- Projects (项目) of a year, for 项目支出绩效自评表.
CREATE TABLE projects (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  year        INTEGER NOT NULL REFERENCES years (year),
  code        TEXT NOT NULL,
  name        TEXT NOT NULL,
  name_en     TEXT NOT NULL,
  supervisor  TEXT NOT NULL, -- 主管部门
  implementer TEXT NOT NULL, -- 实施单位
  fund        TEXT NOT NULL,
  expected    TEXT NOT NULL, -- 年度总体目标: 预期目标
  achieved    TEXT NOT NULL, -- 实际完成情况
  set_by      TEXT NOT NULL,
  set_at      INTEGER NOT NULL,
  UNIQUE (year, code)
) STRICT;

CREATE TABLE project_money (
  project_id INTEGER NOT NULL REFERENCES projects (id),
  source     TEXT NOT NULL CHECK (source IN ('appropriation', 'carried_over', 'other')),
  initial    INTEGER, -- 年初预算数; NULL: not known
  full_year  INTEGER NOT NULL,
  spent      INTEGER NOT NULL,
  PRIMARY KEY (project_id, source)
) STRICT;

CREATE TABLE project_indicators (
  project_id   INTEGER NOT NULL REFERENCES projects (id),
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  weight       INTEGER NOT NULL, -- hundredths of a point, within the project; 0: not set
  points       INTEGER, -- the scorer's; NULL: what the rules propose
  reason       TEXT NOT NULL,
  PRIMARY KEY (project_id, indicator_id)
) STRICT;

-- Posts and people of a year (基础数据表). NULL: nobody stated it.
CREATE TABLE staffing (
  year   INTEGER NOT NULL REFERENCES years (year),
  kind   TEXT NOT NULL CHECK (kind IN ('administrative', 'institution', 'worker', 'retired')),
  posts  INTEGER, -- 编制人数
  people INTEGER, -- 实有人数
  PRIMARY KEY (year, kind)
) STRICT, WITHOUT ROWID;

-- 三公经费; what they sum to is computed.
CREATE TABLE official_costs (
  year      INTEGER NOT NULL REFERENCES years (year),
  kind      TEXT NOT NULL CHECK (kind IN ('abroad', 'reception', 'vehicle_purchase', 'vehicle_running')),
  last_year INTEGER, -- 上年决算数
  initial   INTEGER, -- 年初预算数
  full_year INTEGER, -- 全年预算数
  spent     INTEGER, -- 执行数
  PRIMARY KEY (year, kind)
) STRICT, WITHOUT ROWID;


-- The report.

-- What reports are made from: the latest version of each text.
CREATE TABLE report_texts (
  year     INTEGER NOT NULL REFERENCES years (year),
  section  TEXT NOT NULL,
  language TEXT NOT NULL,
  body     TEXT NOT NULL,
  PRIMARY KEY (year, section, language)
) STRICT;

-- Every version of every text, so that nothing that was written is lost and two people at once are
-- noticed. Rows are only ever added.
CREATE TABLE report_versions (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  year     INTEGER NOT NULL REFERENCES years (year),
  section  TEXT NOT NULL,
  language TEXT NOT NULL,
  body     TEXT NOT NULL,
  author   TEXT NOT NULL,
  at       INTEGER NOT NULL
) STRICT;
CREATE INDEX report_versions_by_section ON report_versions (year, section, language, id);

-- What somebody was writing, saved as they type; base is the version they began from.
CREATE TABLE report_drafts (
  year       INTEGER NOT NULL REFERENCES years (year),
  section    TEXT NOT NULL,
  language   TEXT NOT NULL,
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  body       TEXT NOT NULL,
  base       INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (year, section, language, account_id)
) STRICT;

-- A year's outline where it is not the shipped one, read and written whole as the rules are.
CREATE TABLE outlines (
  year   INTEGER NOT NULL PRIMARY KEY REFERENCES years (year),
  body   TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at INTEGER NOT NULL
) STRICT;

-- Checked reports: what the check found, and the hash of what was checked.
CREATE TABLE report_checks (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  year     INTEGER NOT NULL REFERENCES years (year),
  sha256   TEXT NOT NULL CHECK (length(sha256) = 64),
  errors   INTEGER NOT NULL,
  warnings INTEGER NOT NULL,
  note     TEXT NOT NULL,
  author   TEXT NOT NULL,
  at       INTEGER NOT NULL
) STRICT;
CREATE INDEX report_checks_by_year ON report_checks (year, id);

-- Signed reports, frozen: body is all that their documents are made from (docs/adr/0052). Rows are
-- only ever added.
CREATE TABLE report_signings (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  year   INTEGER NOT NULL REFERENCES years (year),
  number INTEGER NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  as_of  TEXT NOT NULL,
  body   TEXT NOT NULL,
  errors INTEGER NOT NULL,
  reason TEXT NOT NULL,
  author TEXT NOT NULL,
  at     INTEGER NOT NULL,
  UNIQUE (year, number)
) STRICT;

-- The office's own Word file of a form, filled at each download. Years keep theirs.
CREATE TABLE report_templates (
  year    INTEGER NOT NULL REFERENCES years (year),
  form    TEXT NOT NULL, -- empty: the whole report
  name    TEXT NOT NULL,
  content BLOB NOT NULL,
  set_by  TEXT NOT NULL,
  set_at  INTEGER NOT NULL,
  PRIMARY KEY (year, form)
) STRICT;

-- Which lines of a form somebody has typed into the finance system, with what they said then: a line
-- that says something else by now has to be typed again.
CREATE TABLE rekeyed (
  year      INTEGER NOT NULL REFERENCES years (year),
  form      TEXT NOT NULL,
  line      TEXT NOT NULL,
  printed   TEXT NOT NULL,
  ticked_by TEXT NOT NULL,
  ticked_at INTEGER NOT NULL,
  PRIMARY KEY (year, form, line)
) STRICT;


-- Notices.

-- What each figure of the whole office was when it was last looked at: a notice is a difference to it
-- (docs/adr/0045). subject is an indicator's ID, 0 for the budget.
CREATE TABLE notice_states (
  year    INTEGER NOT NULL REFERENCES years (year),
  subject INTEGER NOT NULL,
  state   TEXT NOT NULL,
  PRIMARY KEY (year, subject)
) STRICT, WITHOUT ROWID;

-- What happened, with the figures of that moment; one of a kind per indicator and day.
CREATE TABLE notices (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  kind    TEXT NOT NULL CHECK (kind IN ('red', 'reached', 'overdue', 'budget')),
  year    INTEGER NOT NULL REFERENCES years (year),
  subject INTEGER NOT NULL,
  dated   TEXT NOT NULL CHECK (length(dated) = 10),
  light   TEXT NOT NULL,
  month   INTEGER NOT NULL, -- of a budget alarm; else 0
  amount  INTEGER,
  prec    TEXT NOT NULL,
  wording TEXT NOT NULL,
  target  INTEGER,
  rate    INTEGER,
  at      INTEGER NOT NULL,
  UNIQUE (year, kind, subject, dated)
) STRICT;
CREATE INDEX notices_by_time ON notices (at);

-- Where notices are sent. Rows are never deleted; secret is never shown again.
CREATE TABLE channels (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  kind       TEXT NOT NULL CHECK (kind IN ('mail', 'wecom', 'dingtalk', 'json')),
  name       TEXT NOT NULL,
  address    TEXT NOT NULL, -- host:port of a mail server, else a URL
  security   TEXT NOT NULL, -- of mail: starttls, tls, or none on this machine
  account    TEXT NOT NULL,
  secret     TEXT NOT NULL,
  sender     TEXT NOT NULL,
  recipients TEXT NOT NULL, -- comma-separated
  events     TEXT NOT NULL, -- kinds, comma-separated
  language   TEXT NOT NULL,
  made_by    TEXT NOT NULL,
  made_at    INTEGER NOT NULL,
  ended_at   INTEGER
) STRICT;

-- What is still to be sent where, and what became of it. A message is handed over once: a row is taken
-- before that, and never again when nobody can tell whether it arrived (unsure).
CREATE TABLE outbox (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  notice_id  INTEGER NOT NULL REFERENCES notices (id),
  channel_id INTEGER NOT NULL REFERENCES channels (id),
  state      TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'sent', 'unsure', 'failed')),
  tries      INTEGER NOT NULL,
  due_at     INTEGER NOT NULL,
  said       TEXT NOT NULL, -- what went wrong last
  UNIQUE (notice_id, channel_id)
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, due_at);
CREATE INDEX outbox_by_channel ON outbox (channel_id, id);
