-- +goose Up

-- What reviewers remarked in a report that came back, until somebody has dealt with it. The text is theirs;
-- written is the time as their file has it. section is '' for a remark on no section. Rows are never
-- deleted: done_by and done_at say who settled one, and when.
CREATE TABLE report_notes (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  year     INTEGER NOT NULL REFERENCES years (year),
  section  TEXT NOT NULL,
  language TEXT NOT NULL,
  author   TEXT NOT NULL,
  written  TEXT NOT NULL,
  quote    TEXT NOT NULL,
  body     TEXT NOT NULL,
  file     TEXT NOT NULL,
  added_by TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  done_by  TEXT NOT NULL DEFAULT '',
  done_at  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX report_notes_by_year ON report_notes (year, section, id);
