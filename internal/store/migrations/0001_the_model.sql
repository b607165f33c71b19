-- +goose Up

-- Written in SQLite's words; dialect.go translates four of them for PostgreSQL.
-- Amounts are millionths, rates hundredths of a percent, times milliseconds UTC, dates ISO text.

CREATE TABLE settings (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE units (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  code      TEXT NOT NULL UNIQUE,
  name      TEXT NOT NULL,
  name_en   TEXT NOT NULL,
  parent_id INTEGER REFERENCES units (id),
  sort      INTEGER NOT NULL
) STRICT;
CREATE INDEX units_by_parent ON units (parent_id);

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

CREATE TABLE years (
  year      INTEGER NOT NULL PRIMARY KEY,
  state     TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  sample    INTEGER NOT NULL CHECK (sample IN (0, 1)),
  opened_at INTEGER NOT NULL,
  closed_at INTEGER
) STRICT;

CREATE TABLE areas (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  code    TEXT NOT NULL UNIQUE,
  name    TEXT NOT NULL,
  name_en TEXT NOT NULL,
  sort    INTEGER NOT NULL
) STRICT;

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
  numerator_id   INTEGER REFERENCES indicators (id),
  denominator_id INTEGER REFERENCES indicators (id),
  part_of_id     INTEGER REFERENCES indicators (id),
  starts         INTEGER NOT NULL CHECK (starts BETWEEN 1 AND 12),
  note           TEXT NOT NULL,
  sort           INTEGER NOT NULL,
  CHECK ((kind = 'ratio') = (numerator_id IS NOT NULL AND denominator_id IS NOT NULL))
) STRICT;

CREATE TABLE year_indicators (
  year         INTEGER NOT NULL REFERENCES years (year),
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  PRIMARY KEY (year, indicator_id)
) STRICT;

-- A target is revised by adding a row; the latest holds, the others are its history.
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

-- The log. Rows are only ever added. A correction or withdrawal answers one earlier entry, and an
-- entry can be answered once.
CREATE TABLE updates (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  unit_id      INTEGER NOT NULL REFERENCES units (id),
  dated        TEXT NOT NULL CHECK (length(dated) = 10),
  amount       INTEGER NOT NULL,
  prec         TEXT NOT NULL CHECK (prec IN ('exact', 'at_least', 'below', 'about')),
  wording      TEXT NOT NULL,
  level        TEXT NOT NULL,
  note         TEXT NOT NULL,
  act          TEXT NOT NULL CHECK (act IN ('log', 'correct', 'withdraw')),
  answers_id   INTEGER UNIQUE REFERENCES updates (id),
  reason       TEXT NOT NULL,
  origin       TEXT NOT NULL CHECK (origin IN ('form', 'api', 'import')),
  author       TEXT NOT NULL,
  logged_at    INTEGER NOT NULL,
  CHECK ((act = 'log') = (answers_id IS NULL))
) STRICT;
CREATE INDEX updates_of_figure ON updates (indicator_id, unit_id, dated);
CREATE INDEX updates_by_date ON updates (indicator_id, dated, id);
CREATE INDEX updates_by_year ON updates (dated, id);

-- What the log adds up to, per unit with everything below it and month: derived from the log in
-- the transaction that writes it, and rebuilt from it at any time (see kpi.Tally).
CREATE TABLE rollups (
  unit_id      INTEGER NOT NULL REFERENCES units (id),
  year         INTEGER NOT NULL,
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  month        INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
  amount       INTEGER NOT NULL,
  entries      INTEGER NOT NULL,
  at_least     INTEGER NOT NULL,
  below        INTEGER NOT NULL,
  about        INTEGER NOT NULL,
  entry_sum    INTEGER NOT NULL,
  last_date    TEXT NOT NULL,
  PRIMARY KEY (unit_id, year, indicator_id, month)
) STRICT, WITHOUT ROWID;
CREATE INDEX rollups_by_indicator ON rollups (indicator_id, year, unit_id);

CREATE TABLE evidence (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  update_id  INTEGER NOT NULL REFERENCES updates (id),
  name       TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size       INTEGER NOT NULL CHECK (size > 0),
  sha256     TEXT NOT NULL CHECK (length(sha256) = 64),
  sensitive  INTEGER NOT NULL CHECK (sensitive IN (0, 1)),
  added_by   TEXT NOT NULL,
  added_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX evidence_by_update ON evidence (update_id);

CREATE TABLE budget_lines (
  year    INTEGER NOT NULL REFERENCES years (year),
  fund    TEXT NOT NULL,
  nature  TEXT NOT NULL,
  opening INTEGER NOT NULL,
  initial INTEGER, -- 年初预算数; NULL: not known
  full_year INTEGER, -- 全年预算数 (adjusted); NULL: what came in is the budget
  income  INTEGER NOT NULL,
  spent   INTEGER NOT NULL,
  closing INTEGER NOT NULL,
  months  TEXT NOT NULL, -- twelve amounts, comma-separated
  PRIMARY KEY (year, fund, nature),
  CHECK (opening + income - spent = closing)
) STRICT;

CREATE TABLE report_texts (
  year     INTEGER NOT NULL REFERENCES years (year),
  section  TEXT NOT NULL,
  language TEXT NOT NULL,
  body     TEXT NOT NULL,
  PRIMARY KEY (year, section, language)
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
