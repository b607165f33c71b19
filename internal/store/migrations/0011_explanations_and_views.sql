-- +goose Up

-- Why a figure lags and what is done about it. Rows are only ever added; the last one of a month holds.
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
