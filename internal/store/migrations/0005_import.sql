-- +goose Up

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
