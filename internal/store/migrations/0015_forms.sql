-- +goose Up

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

-- Which lines of a form somebody has typed into the finance system, with what they said then: a
-- line that says something else by now has to be typed again.
CREATE TABLE rekeyed (
  year      INTEGER NOT NULL REFERENCES years (year),
  form      TEXT NOT NULL,
  line      TEXT NOT NULL,
  printed   TEXT NOT NULL,
  ticked_by TEXT NOT NULL,
  ticked_at INTEGER NOT NULL,
  PRIMARY KEY (year, form, line)
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
