-- +goose Up

-- Every version of every text of a report, so that nothing that was written is lost and two people
-- at once are noticed. The latest is also in report_texts, which is what reports are made from.
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

INSERT INTO report_versions (year, section, language, body, author, at)
  SELECT year, section, language, body, '', 0 FROM report_texts ORDER BY year, section, language;

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

-- Signed reports, frozen: body is all that their documents are made from. Rows are only ever added.
CREATE TABLE report_signings (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  year    INTEGER NOT NULL REFERENCES years (year),
  number  INTEGER NOT NULL,
  sha256  TEXT NOT NULL CHECK (length(sha256) = 64),
  as_of   TEXT NOT NULL,
  body    TEXT NOT NULL,
  errors  INTEGER NOT NULL,
  reason  TEXT NOT NULL,
  author  TEXT NOT NULL,
  at      INTEGER NOT NULL,
  UNIQUE (year, number)
) STRICT;
