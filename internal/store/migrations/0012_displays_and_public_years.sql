-- +goose Up

-- A link that shows the board of the current year on a wall, without a sign-in (docs/adr/0044). The
-- secret stands in the link only: here is its hash.
CREATE TABLE displays (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  hash       TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  unit_id    INTEGER NOT NULL REFERENCES units (id),
  made_by    TEXT NOT NULL,
  made_at    INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL, -- to ten minutes; 0: never
  ended_at   INTEGER -- NULL: it opens
) STRICT;

-- The closed years that anybody may read.
CREATE TABLE public_years (
  year    INTEGER NOT NULL PRIMARY KEY REFERENCES years (year),
  indexed INTEGER NOT NULL CHECK (indexed IN (0, 1)), -- search engines may list it
  set_by  TEXT NOT NULL,
  set_at  INTEGER NOT NULL
) STRICT;
