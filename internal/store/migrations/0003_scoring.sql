-- +goose Up

-- What a year measures and scores by. It is read and written whole, and its lists differ from place
-- to place, so the rules are kept as one JSON text; a year without a row has the shipped default.
CREATE TABLE rule_sets (
  year   INTEGER NOT NULL PRIMARY KEY REFERENCES years (year),
  body   TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at INTEGER NOT NULL
) STRICT;

-- The scorer's own points. Rows are only ever added; the latest of an indicator holds. points is
-- NULL in an entry that explains or takes an earlier score back; proposed is what the rules said.
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
