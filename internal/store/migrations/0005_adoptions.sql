-- +goose Up

-- Old reports and tables that are being taken over into a year. body is what was read of one and how its
-- rows were changed since (JSON); made is what became of it (JSON), so that all of it can be undone at once.
-- A draft is nobody's alone: whoever plans the year may go on with it.
CREATE TABLE adoptions (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  year   INTEGER NOT NULL REFERENCES years (year),
  source TEXT NOT NULL, -- the file's name
  state  TEXT NOT NULL CHECK (state IN ('draft', 'made', 'undone')),
  author TEXT NOT NULL,
  at     INTEGER NOT NULL,
  body   TEXT NOT NULL,
  made   TEXT NOT NULL
) STRICT;
