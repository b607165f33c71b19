-- +goose Up

-- What a year's papers say of themselves: title, document number, date, whom to call, who signs. Read and
-- written whole, as outlines are; a year without a row prints blanks to be filled in by hand.
CREATE TABLE covers (
  year   INTEGER NOT NULL PRIMARY KEY REFERENCES years (year),
  body   TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at INTEGER NOT NULL
) STRICT;

-- What the rows of a year's forms state beside budget, staff and official costs. Which rows there are is
-- the rule set's to say, so values are kept whole, by the key of their row; rows that a changed rule set
-- no longer has keep theirs.
CREATE TABLE form_values (
  year   INTEGER NOT NULL PRIMARY KEY REFERENCES years (year),
  body   TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at INTEGER NOT NULL
) STRICT;
