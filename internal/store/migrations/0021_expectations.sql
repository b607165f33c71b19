-- +goose Up

-- What a unit said at a month's end the year would come to, for the monitoring table. It stands beside
-- the log, for what is expected is no achievement.
CREATE TABLE expectations (
  year         INTEGER NOT NULL REFERENCES years (year),
  month        INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  unit_id      INTEGER NOT NULL REFERENCES units (id),
  amount       INTEGER NOT NULL,
  precision    TEXT NOT NULL,
  wording      TEXT NOT NULL,
  set_by       TEXT NOT NULL,
  set_at       INTEGER NOT NULL,
  PRIMARY KEY (year, month, indicator_id, unit_id)
) STRICT;
